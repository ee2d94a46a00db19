"""A meeting's protocol: everything it says, with the numbers as they stood.

It is kept as JSON from the moment the meeting is finished, so it names no row that may change or
go: metrics come with their definition, people with their names, texts as they were written.
Values are those of `ropdesk.reports.model`: stored parts as int, exact ratios as Fraction.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from ropdesk.domain.metrics import Unit
from ropdesk.reports.model import Value


@dataclass(frozen=True, slots=True)
class Measure:
    """A metric as it was defined: enough to write its values.

    Attributes:
        name: as shown in the language of the moment.
        scale: stored integers per whole unit.
        ratio: one flow over another; its values are Fractions in whole units.
    """

    code: str
    name: str
    unit: Unit
    scale: int
    ratio: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the team at the meeting.

    Attributes:
        state: present, late or absent.
        reason: of being late or absent, in words; may be empty.
    """

    member_id: int | None
    name: str
    state: str = "present"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """A line of numbers: a member's or the department's.

    Attributes:
        fact, plan, completion: of the days that are over.
        goal: plan of the days to come; ``agreed`` where it was agreed at this meeting.
        away: why the member is away on the days to come.
    """

    name: str
    fact: Value = None
    plan: Value = None
    completion: Fraction | None = None
    goal: Value = None
    agreed: bool = False
    away: str = ""


@dataclass(frozen=True, slots=True)
class NumbersTable:
    """One metric by member: fact and plan of the days that are over, plan of those to come.

    Attributes:
        known: whether any fact of those days was in.
        to_date: the days were not over; completion is of the plan for those counted so far.
    """

    measure: Measure
    fact_first: date
    fact_last: date
    plan_first: date
    plan_last: date
    members: tuple[Figures, ...]
    department: Figures
    known: bool = True
    to_date: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """An interim indicator of the department on the days that are over.

    Attributes:
        to_date: whether ``completion`` is of the part of the plan for the days counted so far.
    """

    measure: Measure
    fact: Value
    plan: Value = None
    completion: Fraction | None = None
    to_date: bool = False


@dataclass(frozen=True, slots=True)
class MonthSoFar:
    """The month to date: fact, plan of the month, completion of the plan to date, forecast.

    Attributes:
        finished: the month is over, so ``completion`` is of its plan and nothing is forecast.
    """

    month: date
    measure: Measure
    fact: Value
    plan: Value = None
    completion: Fraction | None = None
    p10: Value = None
    p50: Value = None
    p90: Value = None
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the agenda with what was said.

    Attributes:
        section: code of the section, empty for a free point.
        avoid: what not to repeat.
        minutes: given to it beforehand; ``seconds`` is what it took.
        row: id of its row, for putting a correction back.
    """

    section: str
    title: str
    notes: str = ""
    avoid: str = ""
    minutes: int = 0
    seconds: int = 0
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise given at the meeting, or, with a verdict, one of before that was looked at.

    Attributes:
        name: who promises; empty for the sales head.
        amount: stored parts of the measure; None where it is no number.
        moves: how often the day was put off.
        verdict: code of `ropdesk.domain.promises.Verdict`, empty for a new promise.
        fact: what came by then, where it is a number.
        row: id of its row; ``given`` whether it was first given at this meeting.
    """

    member_id: int | None
    name: str
    text: str
    customer: str
    due: date
    measure: Measure | None = None
    amount: int | None = None
    moves: int = 0
    verdict: str = ""
    fact: Value = None
    late: bool = False
    result: str = ""
    row: int | None = None
    given: bool = True


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of the promises due on the days that are over were kept."""

    kept: int
    due: int


@dataclass(frozen=True, slots=True)
class Protocol:
    """What one edition of a protocol says.

    Attributes:
        kind: code of the kind of meeting; ``team`` whether the department takes part.
        number, year: number within the year; None in the draft of a meeting without one.
        minutes: the limit; ``seconds`` is how long it took without pauses.
        began, ended: wall clock with its offset; None while it has not.
        as_of: the moment whose numbers these are; the same in every edition.
        edition, note, issued: an edition after the first says what it corrects.
        draft: the meeting still goes on.
    """

    meeting_id: int
    kind: str
    team: bool
    title: str
    day: date
    number: int | None
    year: int | None
    company: str
    department: str
    sales_head: str
    minutes: int
    seconds: int
    began: datetime | None
    ended: datetime | None
    place: str
    led_by: str
    secretary: str
    guests: str
    people: tuple[Person, ...]
    points: tuple[Point, ...]
    tables: tuple[NumbersTable, ...]
    month: MonthSoFar | None
    interim: tuple[Indicator, ...]
    kept: Kept | None
    checked: tuple[Pledge, ...]
    decisions: tuple[str, ...]
    pledges: tuple[Pledge, ...]
    as_of: datetime
    issued: datetime
    edition: int = 1
    note: str = ""
    draft: bool = False
