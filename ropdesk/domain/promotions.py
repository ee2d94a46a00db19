"""Promotions: what each step of one needs, and which of them disturb each other."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ropdesk.domain import texts
from ropdesk.domain.errors import N_, DomainError

LONGEST_TITLE = 120
LONGEST_TEXT = 4_000


class State(StrEnum):
    """How far a promotion has come."""

    IDEA = "idea"
    PROPOSAL = "proposal"
    AGREED = "agreed"
    RUNNING = "running"
    FINISHED = "finished"


ORDER = tuple(State)
COUNTED = frozenset({State.AGREED, State.RUNNING, State.FINISHED})
"""States in which a promotion is an event of its days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is agreed about a promotion.

    Attributes:
        members, sources: who takes part and through which sources; none named means all.
    """

    offer: str = ""
    first: date | None = None
    last: date | None = None
    agreed_by: str = ""
    conclusion: str = ""
    members: Collection[int] = field(default=())
    sources: Collection[str] = field(default=())


_NEEDED = (
    (State.PROPOSAL, "offer", N_("The offer is not written. Write what customers get.")),
    (State.AGREED, "first", N_("The period is not set. Choose the first and the last day.")),
    (State.AGREED, "last", N_("The period is not set. Choose the first and the last day.")),
    (State.AGREED, "agreed_by", N_("It is not said who agreed. Write the name.")),
    (State.FINISHED, "conclusion", N_("The conclusion is not written. Write what came of it.")),
)


def missing(state: State, terms: Terms) -> tuple[tuple[str, str], ...]:
    """List what a state needs and the terms lack: the field and the words of the complaint."""
    reached = ORDER.index(state)
    return tuple(
        (name, words)
        for needed, name, words in _NEEDED
        if ORDER.index(needed) <= reached and getattr(terms, name) in {None, ""}
    )


def check(state: State, terms: Terms) -> None:
    """Check that a promotion can be in a state.

    Raises:
        DomainError: something that the state needs is missing; ``field`` names the first of it.
    """
    for name, words in missing(state, terms):
        raise DomainError(words, field=name)
    period(terms.first, terms.last)


def period(first: date | None, last: date | None) -> None:
    """Check the days of a promotion.

    Raises:
        DomainError: they end before they begin.
    """
    if first is not None and last is not None and last < first:
        raise DomainError(
            N_("The period ends before it begins. Choose another last day."), field="last"
        )


def title(text: str) -> str:
    """Return a title as it is kept, on one line.

    Raises:
        DomainError: it is empty or longer than `LONGEST_TITLE`.
    """
    return texts.line(
        text, LONGEST_TITLE, "title", N_("It needs a name. Write one."),
        N_("The name is longer than {n} characters. Shorten it."),
    )  # fmt: skip


def words(text: str, name: str) -> str:
    """Return a longer text as it is kept.

    Raises:
        DomainError: it is longer than `LONGEST_TEXT`.
    """
    return texts.lines(text, LONGEST_TEXT, name)


def cost(kopecks: int | None, name: str) -> int | None:
    """Return a sum of money as it is kept; None is unknown.

    Raises:
        DomainError: it is below zero.
    """
    if kopecks is not None and kopecks < 0:
        raise DomainError(N_("A cost cannot be below zero. Check the number."), field=name)
    return kopecks


def overlap(one: Terms, other: Terms) -> bool:
    """Tell whether two promotions share a day, a member and a source: they cannot be told apart."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    apart = one.last < other.first or other.last < one.first
    return not apart and _meet(one.members, other.members) and _meet(one.sources, other.sources)


def _meet(one: Collection[object], other: Collection[object]) -> bool:
    return not one or not other or not set(one).isdisjoint(other)


def to_do(state: State, terms: Terms, today: date) -> State | None:
    """Say which step the calendar asks for: to start, or to be concluded; None when nothing."""
    if state is State.AGREED and terms.first is not None and terms.first <= today:
        return State.RUNNING
    if state is State.RUNNING and terms.last is not None and terms.last < today:
        return State.FINISHED
    return None


def returned(gain: Fraction | None, spent: int | None) -> Fraction | None:
    """Say what one rouble spent brought: gain ÷ cost, both in kopecks; None when unknown."""
    return gain / spent if gain is not None and spent else None
