"""The facts of an investigation, gathered without asking: numbers, deals, calls, events."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from ropdesk.domain import investigations as rules
from ropdesk.domain.investigations import Span
from ropdesk.domain.metrics import Kind, Metric, Metrics
from ropdesk.domain.months import add_months, month_end
from ropdesk.domain.team import present_days
from ropdesk.services import calendar as calendars
from ropdesk.services import funnel, metrics, team
from ropdesk.services.board import Value, flows_of, share
from ropdesk.services.board_rows import grouped, known, levels
from ropdesk.services.funnel import StuckDeal
from ropdesk.services.investigation_deals import DealFacts, deal_facts
from ropdesk.services.investigation_events import Event, events
from ropdesk.services.investigation_plan import planned
from ropdesk.services.investigation_rows import Case, case
from ropdesk.store.workspace import Workspace

if TYPE_CHECKING:
    from ropdesk.domain.calendar import WorkCalendar
    from ropdesk.services.team import Team

USUAL_PERIODS = 6  # like periods before, whose middle is the usual
FEWEST_USUAL = 3
WEEKS_BEFORE, MOST_WEEKS = 8, 26
CALLS = ("calls", "talk_time", "incoming_calls", "missed_calls")


class Line(StrEnum):
    """What a number of the facts is."""

    FACT = "fact"
    PLAN = "plan"
    BEFORE = "before"
    USUAL = "usual"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Number:
    """One number about the metric.

    Attributes:
        first, last: its days; of the usual, from the first of the periods to the last.
        value: the sum of a flow, the ratio, the level at the end, in the metric's stored parts;
            the usual has none of a flow.
        pace: of a flow, for a working day and, where people are named, for one person and day
            at work; else the same as the value.
        low, high: the range of the usual.
    """

    line: Line
    first: date
    last: date
    value: Value
    pace: Fraction | None
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person's metric in the period and in the one before."""

    member_id: int
    name: str
    value: Value
    before: Value


@dataclass(frozen=True, slots=True)
class Point:
    """A week (or, over a long time, a month) of the metric: its pace, as in `Number`."""

    first: date
    last: date
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class CallFact:
    """A flow about calls in the period and in the one before, in stored parts."""

    metric: Metric
    value: int
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about an investigation without asking anybody.

    Attributes:
        until: the last day counted: the period's end, or today while it runs.
        working_days: of the period up to ``until``.
        per_person: whether paces are for one person, because people are named.
        people: the people named, or the whole department, the largest change first.
        weeks: the metric over time, from eight weeks before the period.
    """

    case: Case
    metric: Metric
    until: date
    working_days: int
    per_person: bool
    numbers: tuple[Number, ...]
    people: tuple[Person, ...]
    weeks: tuple[Point, ...]
    deals: DealFacts
    calls: tuple[CallFact, ...]
    events: tuple[Event, ...]

    def number(self, line: Line) -> Number | None:
        """Return one of the numbers; None where it is not known."""
        return next((number for number in self.numbers if number.line is line), None)


def facts(ws: Workspace, investigation_id: int, today: date) -> Facts:
    """Gather the facts of an investigation.

    Args:
        today: nothing later is counted.

    Raises:
        DomainError: the investigation is gone.
    """
    shown = case(ws, investigation_id, today)
    until = min(shown.last, today)
    mine = frozenset(shown.member_ids)
    with ws.read() as connection:
        gathered = _Gathered(connection, shown, until, today)
        numbers = gathered.numbers()
        before = rules.earlier(shown.first, shown.last)
        return Facts(
            case=shown, metric=gathered.metric, until=until,
            working_days=gathered.days((shown.first, until)), per_person=bool(mine),
            numbers=tuple(numbers), people=tuple(gathered.people()), weeks=tuple(gathered.weeks()),
            deals=deal_facts(connection, (shown.first, until), gathered.so_far(before), mine),
            calls=tuple(gathered.calls()),
            events=tuple(events(connection, shown.first, until, mine)),
        )  # fmt: skip


def stuck_deals(ws: Workspace, found: Facts) -> list[StuckDeal]:
    """List the deals of the people that were stuck on the last day counted, the worst first.

    Apart from the other facts: the norms of stages take the whole history.
    """
    mine = frozenset(found.case.member_ids)
    return [deal for deal in funnel.stuck(ws, found.until) if not mine or deal.member_id in mine]


class _Gathered:
    """One investigation's numbers, read in one consistent view."""

    def __init__(self, connection: Connection, shown: Case, until: date, today: date) -> None:
        self.connection, self.shown, self.until, self.today = connection, shown, until, today
        self.known: Metrics = metrics.load(connection)
        self.metric = self.known[shown.metric]
        self.calendar: WorkCalendar = calendars.load(connection)
        self.team: Team = team.load(connection)
        self.mine = frozenset(shown.member_ids)
        self.flows = [
            code
            for code in flows_of(self.known, [shown.metric])
            if self.known[code].kind is Kind.FLOW
        ]
        self._sums: dict[Span, dict[tuple[str, int], int]] = {}

    def days(self, span: Span) -> int:
        """Count the working days of a span."""
        return len(self.calendar.working_days(*span))

    def so_far(self, before: Span) -> Span:
        """Cut an earlier period to as many days as the running one has had."""
        if self.until == self.shown.last:
            return before
        gone = self.until - self.shown.first
        return before[0], max(before[0], min(before[1], before[0] + gone))

    def numbers(self) -> list[Number]:
        """Put the fact beside the plan, the period before, the usual and the rest."""
        shown = self.shown
        now = shown.first, self.until
        if self.until < shown.first:
            return []
        before = self.so_far(rules.earlier(shown.first, shown.last))
        made = [
            self._number(Line.FACT, now, self.mine),
            self._plan(now),
            self._number(Line.BEFORE, before, self.mine),
            self._usual(),
        ]
        rest = frozenset(m.id for m in self.team.active(*now)) - self.mine
        if self.mine and rest:
            made.append(self._number(Line.REST, now, rest))
        return [number for number in made if number is not None]

    def people(self) -> list[Person]:
        """List each person's metric now and before, the largest change first."""
        now = self.shown.first, self.until
        before = self.so_far(rules.earlier(self.shown.first, self.shown.last))
        if self.until < self.shown.first:
            return []
        wanted = self.mine or frozenset(m.id for m in self.team.active(*now))
        made = [
            Person(
                member, self.team.members[member].name, self.value(now, {member}),
                self.value(before, {member}),
            )
            for member in wanted
            if member in self.team.members
        ]  # fmt: skip
        return sorted(made, key=lambda p: (-_change(p), p.name.casefold()))

    def weeks(self) -> list[Point]:
        """Follow the metric by weeks, by months where there are too many weeks."""
        shown = self.shown
        start = shown.first - timedelta(weeks=WEEKS_BEFORE, days=shown.first.weekday())
        end = min(self.today, max(shown.last, shown.remeasure_on or shown.last))
        if (end - start).days > MOST_WEEKS * 7:
            spans = [(month, min(end, month_end(month))) for month in _months(start, end)]
        else:
            count = (end - start).days // 7 + 1
            starts = [start + timedelta(weeks=n) for n in range(count)]
            spans = [(one, min(end, one + timedelta(days=6))) for one in starts]
        return [Point(first, last, self.pace((first, last), self.mine)) for first, last in spans]

    def calls(self) -> list[CallFact]:
        """Count calls in the period and before, as far as they are known."""
        now = self.shown.first, self.until
        before = self.so_far(rules.earlier(self.shown.first, self.shown.last))
        made = []
        for code in CALLS:
            if known(self.connection, code, self.until):
                value, earlier = (self._sum(span, code, self.mine) for span in (now, before))
                if value or earlier:
                    made.append(CallFact(self.known[code], value, earlier))
        return made

    def value(self, span: Span, people: Collection[int]) -> Value:
        """Answer the metric of some people (none: of all) over a span; unknown before it began."""
        metric = self.metric
        if not self._belonged(span, people):
            return None
        if metric.kind is Kind.STOCK:
            found = [
                value
                for member, value in levels(self.connection, metric.code, span[1])
                if not people or member in people
            ]
            return sum(found) if found else None
        if not all(known(self.connection, code, span[1]) for code in self.flows):
            return None
        if metric.kind is Kind.FLOW:
            return self._sum(span, metric.code, people)
        top, bottom = (
            self._sum(span, code or "", people) for code in (metric.numerator, metric.denominator)
        )
        return share(metric, self.known, top, bottom)

    def pace(self, span: Span, people: Collection[int]) -> Fraction | None:
        """Answer a flow for a working day (and person), anything else as it is."""
        value = self.value(span, people)
        if value is None or self.metric.kind is not Kind.FLOW:
            return None if value is None else Fraction(value)
        days = self.worked(span, people)
        return Fraction(value, days) if days else None

    def worked(self, span: Span, people: Collection[int]) -> int:
        """Count the days that people were at work; of the department, the working days."""
        days = self.calendar.working_days(*span)
        if not people:
            return len(days)
        here = [self.team.members[one] for one in people if one in self.team.members]
        return sum(len(present_days(member, self.team.absences, days)) for member in here)

    def _belonged(self, span: Span, people: Collection[int]) -> bool:
        """Tell whether any of the people belonged to the department within a span."""
        active = {member.id for member in self.team.active(*span)}
        return not people or not active.isdisjoint(people)

    def _number(self, line: Line, span: Span, people: frozenset[int]) -> Number | None:
        value = self.value(span, people)
        if value is None:
            return None
        return Number(line, *span, value, self.pace(span, people))

    def _plan(self, span: Span) -> Number | None:
        value = planned(self.connection, self.known, self.metric, span, self.mine)
        if value is None:
            return None
        days = self.worked(span, self.mine)
        flow = self.metric.kind is Kind.FLOW
        pace = (Fraction(value) / days if days else None) if flow else Fraction(value)
        return Number(Line.PLAN, *span, value, pace)

    def _usual(self) -> Number | None:
        """Take the middle of the like periods before, and their range."""
        shown = self.shown
        spans = [rules.earlier(shown.first, shown.last, n + 1) for n in range(USUAL_PERIODS)]
        found = [
            pace
            for span in spans
            if self._began(span) and (pace := self.pace(span, self.mine)) is not None
        ]
        if len(found) < FEWEST_USUAL:
            return None
        middle = median(found)
        value = None if self.metric.kind is Kind.FLOW else middle
        return Number(
            Line.USUAL, spans[len(found) - 1][0], spans[0][1], value, middle, min(found), max(found)
        )

    def _began(self, span: Span) -> bool:
        """Tell whether the people were here and the metric known when a span began."""
        hired = [self.team.members[m].hired for m in self.mine if m in self.team.members]
        if hired and not any(day is None or day <= span[0] for day in hired):
            return False
        codes = self.flows or [self.metric.code]
        return all(known(self.connection, code, span[0]) for code in codes)

    def _sum(self, span: Span, code: str, people: Collection[int]) -> int:
        if span not in self._sums:
            wanted = {*self.flows, *CALLS}
            self._sums[span] = {
                (metric, member): value
                for member, metric, value in grouped(self.connection, wanted, *span)
            }
        return sum(
            value
            for (metric, member), value in self._sums[span].items()
            if metric == code and (not people or member in people)
        )


def _change(person: Person) -> Fraction:
    return abs(Fraction(person.value or 0) - Fraction(person.before or 0))


def _months(start: date, end: date) -> list[date]:
    made, month = [], start.replace(day=1)
    while month <= end:
        made.append(month)
        month = add_months(month, 1)
    return made
