"""The voice of the customer, and tools that were tried: their states and their words."""

import re
from datetime import date, timedelta
from enum import StrEnum

from ropdesk.domain import texts
from ropdesk.domain.errors import N_, DomainError

LONGEST = 300


class Kind(StrEnum):
    """What customers say."""

    NEED = "need"
    OBJECTION = "objection"
    REFUSAL = "refusal"


class State(StrEnum):
    """How far the product side has come with it."""

    NEW = "new"
    PASSED = "passed"
    ACCEPTED = "accepted"
    DONE = "done"
    DECLINED = "declined"


ANSWERS = (State.ACCEPTED, State.DONE, State.DECLINED)


class Heard(StrEnum):
    """Where it was heard."""

    CALL = "call"
    MEETING = "meeting"
    LETTER = "letter"
    CHAT = "chat"
    OTHER = "other"


class Trial(StrEnum):
    """What became of a tool."""

    TRYING = "trying"
    KEPT = "kept"
    DROPPED = "dropped"


Span = tuple[date, date]


def text(value: str, name: str = "text") -> str:
    """Return what was said as it is kept, on one line.

    Raises:
        DomainError: it is empty or longer than `LONGEST`.
    """
    empty = N_("Nothing is written. Write it in the customer's words.")
    return texts.line(value, LONGEST, name, empty)


def _words(value: str) -> list[str]:
    return re.findall(r"\w+", value.casefold().replace("ё", "е"))


def found(asked: str, value: str) -> bool:
    """Tell whether every word asked for begins some word of a text; case and ё do not matter."""
    have = _words(value)
    return all(any(word.startswith(wanted) for word in have) for wanted in _words(asked))


def earlier(first: date, last: date) -> Span:
    """Return the span just before one, as long as it; before a whole month, the month before."""
    day = timedelta(days=1)
    if first.day == 1 and (last + day).day == 1 and (last - first).days < 31:
        return (first - day).replace(day=1), first - day
    return first - (last - first) - day, first - day


def check_pass(state: State, to: str) -> str:
    """Check that something can be passed on, and return to whom as it is kept.

    Raises:
        DomainError: nobody is named, or it has been answered already.
    """
    if not to.strip():
        raise DomainError(N_("It is not said to whom. Write the name or the team."), field="to")
    if state in ANSWERS:
        raise DomainError(N_("It has been answered already. Take the answer back first."))
    return to.strip()


def check_answer(state: State, answer: State) -> None:
    """Check that an answer can be noted.

    Raises:
        DomainError: it was never passed on, or this is no answer.
    """
    if state is State.NEW:
        raise DomainError(N_("It was not passed on yet. Pass it on, then note the answer."))
    if answer not in ANSWERS:
        raise DomainError(N_("An answer is accepted, done or declined. Choose one."))


def check_trial(state: Trial, conclusion: str, first: date, last: date | None) -> None:
    """Check a trial of a tool.

    Raises:
        DomainError: it ends before it begins, or it is decided without a conclusion.
    """
    if last is not None and last < first:
        raise DomainError(
            N_("The period ends before it begins. Choose another last day."), field="last"
        )
    if state is not Trial.TRYING and not conclusion.strip():
        raise DomainError(
            N_("The conclusion is not written. Write what came of it."), field="conclusion"
        )
