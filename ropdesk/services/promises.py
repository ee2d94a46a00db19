"""Promises: who, what, by when and how much; judged from facts whenever they are read.

Nothing of a judgement by the program is stored. A judgement by hand is, and it wins.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection

from ropdesk.domain import promises as rules
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.promises import Share, Verdict, Way
from ropdesk.services import metrics
from ropdesk.services.promise_line import PromiseInput
from ropdesk.store.models import Promise, PromiseMove
from ropdesk.store.workspace import Operation, Workspace

GONE = N_("This promise is gone. Open the list again.")


class Anybody(Enum):
    """Whose promises: not asked (nobody named, None, is the sales head)."""

    ANYBODY = "anybody"


ANYBODY = Anybody.ANYBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPromise:
    """A promise as it is given.

    Attributes:
        first: the first day whose facts count; ``due`` where that day alone is meant.
        member_id: who promises; None for the sales head, who answers for the department.
        metric, amount: code and stored parts; empty and None where it is no number.
    """

    text: str
    given: date
    due: date
    first: date
    member_id: int | None = None
    meeting_id: int | None = None
    customer: str = ""
    metric: str = ""
    amount: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """A promise as it stands today.

    Attributes:
        name: the member's; empty for the sales head.
        fact: what there is of it so far, in the metric's stored parts; None when unknown.
        by_hand: whether the verdict was given by hand.
        way: what the program judges it by; `Way.HAND` waits for the sales head's word.
        settled_on: the day it was kept, or the due day of one that was not; None until then.
        late: whether it was kept after its (present) day.
        moves: how often the day was put off; ``original_due`` is the first day named.
        result: what was written at a judgement by hand; the reason of a dropped one.
        shared_with: other promises that count some of the same facts.
    """

    id: int
    text: str
    customer: str
    member_id: int | None
    name: str
    given: date
    due: date
    first: date
    metric: str
    amount: int | None
    verdict: Verdict
    by_hand: bool
    fact: int | Fraction | None
    settled_on: date | None
    late: bool
    moves: int
    meeting_id: int | None
    result: str
    way: Way
    original_due: date
    shared_with: tuple[int, ...] = ()

    @property
    def on_time(self) -> bool:
        """Kept by the day that was named first: neither late nor ever put off."""
        return self.verdict is Verdict.KEPT and not self.late and not self.moves

    @property
    def unsettled(self) -> bool:
        """Whether it is still open or waiting."""
        return self.verdict in rules.UNSETTLED

    @property
    def asks(self) -> bool:
        """Whether its day is over and only the sales head's word is missing."""
        return self.verdict is Verdict.WAITING and self.way is Way.HAND

    def overdue(self, today: date) -> bool:
        """Tell whether its day is over and it is not settled."""
        return self.unsettled and self.due < today


@dataclass(frozen=True, slots=True)
class Move:
    """A day put off, with the reason."""

    moved_on: date
    due_from: date
    due_to: date
    reason: str


def new_promise(given: date, said: PromiseInput, meeting_id: int | None = None) -> NewPromise:
    """Make a promise of a confirmed promise line."""
    return NewPromise(
        text=said.text, given=given, due=said.due,
        first=min(given, said.due) if said.since_given else said.due, member_id=said.member_id,
        meeting_id=meeting_id, customer=said.customer, metric=said.metric, amount=said.amount,
    )  # fmt: skip


def lines(
    connection: Connection,
    today: date,
    *,
    member_id: int | None | Anybody = ANYBODY,
    meeting_id: int | None = None,
    due: tuple[date, date] | None = None,
    open_only: bool = False,
) -> list[PromiseLine]:
    """List promises as they stand today: by due day, then in the order given.

    Args:
        member_id: of one member; None for those of the sales head.
        meeting_id: given at one meeting.
        due: due between two days, both included.
        open_only: only those open or waiting.
    """
    raise NotImplementedError


def line(connection: Connection, today: date, promise_id: int) -> PromiseLine:
    """Read one promise as it stands today.

    Raises:
        DomainError: it is gone.
    """
    raise NotImplementedError


def moves(connection: Connection, promise_id: int) -> list[Move]:
    """List how the day of a promise was put off, the first move first."""
    raise NotImplementedError


def shares(connection: Connection, today: date, first: date, last: date) -> dict[int | None, Share]:
    """Count promises due in a span by member (None: the sales head's own), as judged today."""
    raise NotImplementedError


def shares_by_month(
    connection: Connection, today: date, first: date, last: date
) -> dict[date, dict[int | None, Share]]:
    """Count promises by the month they were due in (its first day) and by member."""
    raise NotImplementedError


def add(ws: Workspace, new: NewPromise) -> int:
    """Write a promise down and return its id.

    Raises:
        DomainError: what cannot be (its ``field`` says where: text, due, first, customer, metric,
            amount).
    """
    raise NotImplementedError


def change(ws: Workspace, promise_id: int, **values: Any) -> None:
    """Correct what was promised, as one operation.

    Args:
        values: text, customer, member_id, metric, amount, first, due (earlier only: a later day
            is a move and needs a reason), meeting_id.

    Raises:
        DomainError: what cannot be.
    """
    raise NotImplementedError


def remove(ws: Workspace, promise_id: int) -> None:
    """Remove a promise written by mistake, with its moves."""
    raise NotImplementedError


def move(ws: Workspace, promise_id: int, due: date, reason: str, on: date) -> None:
    """Put a promise off to a later day; counted, and kept with its reason.

    Raises:
        DomainError: no reason, a day that is not later, or it has been judged by hand.
    """
    raise NotImplementedError


def judge(ws: Workspace, promise_id: int, verdict: Verdict, on: date, result: str = "") -> None:
    """Judge by hand: kept, partly or broken. It wins over what the program finds.

    Args:
        on: the day it was done (kept, partly): after the due day it counts as late. Give
            ``min(due, today)`` for «done in time, said only today».

    Raises:
        DomainError: no such judgement.
    """
    raise NotImplementedError


def reopen(ws: Workspace, promise_id: int) -> None:
    """Take a judgement by hand back, or a dropped promise up again; the program judges anew."""
    raise NotImplementedError


def drop(ws: Workspace, promise_id: int, reason: str) -> None:
    """Take a promise back with a reason: it counts for nobody, neither kept nor broken.

    Raises:
        DomainError: no reason is given.
    """
    raise NotImplementedError
