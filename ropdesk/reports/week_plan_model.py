"""What the week's plan on paper shows, already computed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ropdesk.domain.metrics import Unit
from ropdesk.reports.model import DocumentHead, Value


class Mark(StrEnum):
    """What stands in an action's box."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class WeekGoal:
    """A metric's goal of the week; values as in `ropdesk.reports.model`."""

    name: str
    unit: Unit
    scale: int
    plan: Value
    fact: Value
    ratio: bool = False


@dataclass(frozen=True, slots=True)
class Aim:
    """The metric an action is for, with the change expected of it in stored parts."""

    name: str
    unit: Unit
    scale: int
    expected: int | None
    ratio: bool


@dataclass(frozen=True, slots=True)
class WeekAction:
    """One line to tick.

    Attributes:
        start, minutes: of the day; no start means any time.
        result: what came of it, or why it was dropped.
        carried: how often it was put off.
    """

    title: str
    owner: str
    start: int | None
    minutes: int
    mark: Mark
    aim: Aim | None = None
    carried: int = 0
    result: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class WeekGroup:
    """A day with its actions (no day: those that have none yet, or were left from before).

    Attributes:
        note: day off, who is away, how much time is taken.
    """

    title: str
    day: date | None
    note: str
    actions: tuple[WeekAction, ...]


@dataclass(frozen=True, slots=True)
class WeekPlanPaper:
    """A week's action plan.

    Attributes:
        focus: what the week is about, in the sales head's words.
    """

    head: DocumentHead
    title: str
    focus: str
    goals: tuple[WeekGoal, ...]
    groups: tuple[WeekGroup, ...]
