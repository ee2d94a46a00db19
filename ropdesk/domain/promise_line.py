"""A promise typed in one line: what was understood of it, and how surely.

«Галиев завтра оплата СтройИнвест 180к» → who, by when, which metric and how much, which customer,
and what remains as the promise's words. A part that could mean two things is never chosen
silently: it is unsure, with the other meanings beside it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Sure(StrEnum):
    """How surely a part of the line was understood."""

    SURE = "sure"
    UNSURE = "unsure"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One part of a promise.

    Attributes:
        value: what it means; where it is missing or unsure, a suggestion or None.
        text: the words of the line it came from.
        others: what else it may mean, the likeliest first.
    """

    value: T | None
    sure: Sure
    text: str = ""
    others: tuple[T, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A line as it was understood.

    Attributes:
        member: who promises; None with certainty is the sales head's own promise.
        due: by when; where the line names no day, the next working day as a suggestion.
        whole_span: facts count from the day it was given to the due day («до», «к»); otherwise
            on the due day alone («завтра», «25-го»).
        metric: code of the metric, only together with an amount.
        amount: in the metric's stored parts: kopecks, pieces, seconds.
        text: what is promised, without name, day and, where understood, amount.
    """

    member: Part[int]
    due: Part[date]
    whole_span: bool
    metric: Part[str]
    amount: Part[int]
    customer: Part[str]
    text: str

    @property
    def certain(self) -> bool:
        """Whether it may be accepted without a second look.

        Who, what and by when are named surely, and nothing of the rest is in doubt: a promise
        without a number or a customer is an ordinary promise.
        """
        rest = (self.metric, self.amount, self.customer)
        named = self.member.sure is Sure.SURE and self.due.sure is Sure.SURE and bool(self.text)
        return named and all(part.sure is not Sure.UNSURE for part in rest)
