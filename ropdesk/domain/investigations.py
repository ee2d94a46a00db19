"""Investigations: what each step needs, and which days are compared with which."""

from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from ropdesk.domain import texts
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Kind
from ropdesk.domain.money import half_up
from ropdesk.domain.months import add_months

LONGEST_QUESTION = 200
LONGEST_TEXT = 4_000
KEPT_PARTS = 100  # a flow for a working day keeps two decimals


class About(StrEnum):
    """What is investigated: what went wrong, or what went well."""

    PROBLEM = "problem"
    SUCCESS = "success"


class Source(StrEnum):
    """Where an investigation came from."""

    HAND = "hand"
    SIGNAL = "signal"
    FACTOR = "factor"


class State(StrEnum):
    """How far it has come: facts are gathered, it is acted upon, the verdict is given."""

    OPEN = "open"
    ACTING = "acting"
    CLOSED = "closed"


class Verdict(StrEnum):
    """What the numbers said afterwards."""

    HELPED = "helped"
    PARTLY = "partly"
    NOT_HELPED = "not_helped"
    UNCLEAR = "unclear"


SUCCESSFUL = frozenset({Verdict.HELPED, Verdict.PARTLY})

Span = tuple[date, date]


def question(text: str) -> str:
    """Return the question as it is kept.

    Raises:
        DomainError: it is empty or longer than `LONGEST_QUESTION`.
    """
    return texts.line(
        text, LONGEST_QUESTION, "question",
        N_("An investigation answers a question. Write it."),
        N_("The question is longer than {n} characters. Shorten it; details go to the notes."),
    )  # fmt: skip


def words(text: str, field: str) -> str:
    """Return a longer text as it is kept, lines as they are.

    Raises:
        DomainError: it is longer than `LONGEST_TEXT`.
    """
    return texts.lines(text, LONGEST_TEXT, field)


def period(first: date, last: date) -> Span:
    """Return the days investigated.

    Raises:
        DomainError: they end before they begin.
    """
    if last < first:
        raise DomainError(
            N_("The period ends before it begins. Choose another last day."), field="period"
        )
    return first, last


def check_decision(
    cause: str, decision: str, decided: date, last: date, remeasure: date | None
) -> None:
    """Check what is needed to go from gathering facts to acting.

    Raises:
        DomainError: the cause, the decision or the day of re-measurement is missing, or that day
            leaves nothing to measure.
    """
    if not cause.strip():
        raise DomainError(
            N_("The cause is not written. Write what the facts showed."), field="cause"
        )
    if not decision.strip():
        raise DomainError(
            N_("The decision is not written. Write what will be done."), field="decision"
        )
    if remeasure is None:
        raise DomainError(
            N_("No day of re-measurement. Choose when the numbers are looked at again."),
            field="remeasure_on",
        )
    check_remeasure(decided, last, remeasure)


def check_remeasure(decided: date, last: date, remeasure: date) -> None:
    """Check that days are left to measure between a decision and its re-measurement.

    Raises:
        DomainError: the re-measurement is not after the decision and after the period.
    """
    if remeasure <= decided or remeasure <= last:
        raise DomainError(
            N_("The re-measurement comes after the decision and the period. Choose a later day."),
            field="remeasure_on",
        )


def check_open(state: State) -> None:
    """Refuse to change what a verdict rests upon.

    Raises:
        DomainError: the investigation is closed.
    """
    if state is State.CLOSED:
        raise DomainError(
            N_("The investigation is closed: its numbers stand. Reopen it to change them.")
        )


def check_verdict(state: State) -> None:
    """Check that a verdict can be given.

    Raises:
        DomainError: nothing has been decided yet, or the verdict is there already.
    """
    if state is State.OPEN:
        raise DomainError(N_("Nothing is decided yet. Decide first, then measure."))
    if state is State.CLOSED:
        raise DomainError(N_("The verdict is given already. Reopen the investigation first."))


def due(state: State, remeasure: date | None, today: date) -> bool:
    """Tell whether the numbers are to be looked at again."""
    return state is State.ACTING and remeasure is not None and remeasure <= today


def compared(first: date, last: date, decided: date, remeasure: date) -> tuple[Span, Span]:
    """Return the days before and the days after, both ends included.

    Before is the period investigated; after begins the day after the decision (or after the
    period, where that ends later) and lasts until the day of re-measurement.
    """
    return (first, last), (max(decided, last) + timedelta(days=1), remeasure)


def earlier(first: date, last: date, steps: int = 1) -> Span:
    """Return the like period so many steps before: whole months before whole months, else days.

    Seven days step back by seven days, so weekdays stay weekdays; any other number of days by
    itself.
    """
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        start = add_months(first, -months * steps)
        return start, add_months(start, months) - timedelta(days=1)
    length = (last - first).days + 1
    back = timedelta(days=length * steps)
    return first - back, last - back


def kept(value: Fraction | None, kind: Kind) -> int | None:
    """Return a measured value as it is stored with the verdict; unknown stays unknown.

    Args:
        value: in the metric's stored parts; of a flow, for a working day.
        kind: a flow for a day is kept in hundredths, anything else in whole parts.
    """
    if value is None:
        return None
    return half_up(value * KEPT_PARTS if kind is Kind.FLOW else value)


def measured(stored: int | None, kind: Kind) -> Fraction | None:
    """Return a stored value of a verdict in the metric's stored parts (see `kept`)."""
    if stored is None:
        return None
    return Fraction(stored, KEPT_PARTS if kind is Kind.FLOW else 1)
