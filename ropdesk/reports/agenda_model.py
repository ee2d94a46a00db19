"""The page taken along to a meeting, already computed."""

from dataclasses import dataclass
from datetime import date

from ropdesk.reports.model import DocumentHead
from ropdesk.reports.protocol_model import Figures, Measure, MonthSoFar, Pledge


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """The numbers of a member or of the department, with the promises due and kept; None: none."""

    figures: Figures
    kept: int | None = None
    due: int | None = None


@dataclass(frozen=True, slots=True)
class AgendaTable:
    """One metric by member: the days that are over, and those to come."""

    measure: Measure
    fact_first: date
    fact_last: date
    plan_first: date
    plan_last: date
    members: tuple[AgendaLine, ...]
    department: AgendaLine


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """A point with its minutes; ``halved`` leaves room for what to repeat and what not."""

    title: str
    minutes: int
    halved: bool = False


@dataclass(frozen=True, slots=True)
class AgendaPaper:
    """One page.

    Attributes:
        opening: when and how long, where, who is away, in one sentence or more.
        day: of the meeting.
        limit: minutes it may take.
        table: None where there is no number to show.
        promises: not kept of the days that are over first, then those due; no more is known than
            is printed.
    """

    head: DocumentHead
    title: str
    opening: str
    day: date
    limit: int
    points: tuple[AgendaPoint, ...]
    table: AgendaTable | None
    month: MonthSoFar | None
    promises: tuple[Pledge, ...]
