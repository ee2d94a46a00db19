"""What something changed: a metric before and after it, and against those who went without."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain.comparison import Reading, Side, compare
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Kind, Metric, Metrics
from ropdesk.domain.team import present_days
from ropdesk.services import calendar, metrics, team
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

BY_SOURCE = ("inquiries", "deals_won", "deals_lost", "receipts", "cycle_time")
"""Flows that deals tell by their source."""

_OF_DEALS = {
    "inquiries": ("created", "count(*)", ""),
    "deals_won": ("closed", "count(*)", "AND status = 'won'"),
    "deals_lost": ("closed", "count(*)", "AND status = 'lost'"),
    "receipts": ("closed", "coalesce(sum(amount), 0)", "AND status = 'won'"),
    "cycle_time": (
        "closed", "sum(julianday(closed) - julianday(created))",
        "AND status = 'won' AND closed >= created",
    ),
}  # fmt: skip

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Effect:
    """A metric before and after, in the metric's smallest parts (`Metric.scale`), as on the board.

    Attributes:
        before, after: per working day for a flow (before: at the number of people at work after),
            sum ÷ sum for a ratio, the mean level for a stock; None where nothing is known.
        change: after − before, less what those without it changed by, where a control was given.
        low, high: the 80 % interval of the change; None with fewer than five days on a side.
        days_before, days_after: working days that tell something.
        total: what a flow gained over the days after (change × days); None for other kinds.
        verdict: ``up``, ``down``, ``unclear`` (the interval holds zero) or ``unknown`` (too few
            days): of the number itself, whichever way is better.
        controlled: whether the control could be used.
    """

    metric: str
    before: Fraction | None
    after: Fraction | None
    change: Fraction | None
    low: Fraction | None
    high: Fraction | None
    days_before: int
    days_after: int
    total: Fraction | None
    verdict: str
    controlled: bool = False

    @property
    def total_low(self) -> Fraction | None:
        """Low end of the 80 % interval of ``total``."""
        return None if self.total is None or self.low is None else self.low * self.days_after

    @property
    def total_high(self) -> Fraction | None:
        """High end of the 80 % interval of ``total``."""
        return None if self.total is None or self.high is None else self.high * self.days_after


@dataclass(frozen=True, slots=True)
class Group:
    """Whose numbers: members (none named: all) through sources (none named: all)."""

    members: frozenset[int] = frozenset()
    sources: frozenset[str] = frozenset()


def measure(
    ws: Workspace,
    metric: str,
    first: date,
    last: date,
    *,
    before: Span,
    members: Collection[int] = (),
    control: Collection[int] = (),
    sources: Collection[str] = (),
    control_sources: Collection[str] = (),
) -> Effect:
    """Compare a metric's days from ``first`` to ``last`` with the days before.

    Working days alone are counted; what came on a day off is added to the working day before it.
    Days away lower what is expected of a flow. Days later than the last facts, and earlier than
    the metric's first, are unknown and left out. Where one of the weekdays of the days before does
    not occur after, it is left out.

    Args:
        before: the days to compare with, both ends included.
        members: whose numbers; none named means everybody's, those without an owner included.
        control: members who went without; their own change is taken off.
        sources: count deals of these sources alone (metrics that deals tell).
        control_sources: sources that went without, for the same members.

    Raises:
        DomainError: no such metric, or sources are given and deals do not tell it by source.
    """
    with ws.read() as connection:
        return read(
            connection, metric, (first, last), before,
            Group(frozenset(members), frozenset(sources)),
            _control(members, control, sources, control_sources),
        )  # fmt: skip


def _control(
    members: Collection[int],
    control: Collection[int],
    sources: Collection[str],
    control_sources: Collection[str],
) -> Group | None:
    if control:
        return Group(frozenset(control), frozenset(sources))
    if control_sources:
        return Group(frozenset(members), frozenset(control_sources))
    return None


def read(
    connection: Connection,
    metric: str,
    after: Span,
    before: Span,
    group: Group,
    control: Group | None = None,
) -> Effect:
    """Answer `measure` within a connection."""
    source = Series(connection, metric)
    after, before = source.known(after), source.known(before)
    one, other = source.side(before, group), source.side(after, group)
    common = {day.weekday() for day in other.days} or set(range(7))
    measured = source.metric
    found = compare(
        one.readings(common),
        other.readings(),
        scale=source.scale * (other.crew if measured.kind is Kind.FLOW else 1),
        control=None if control is None else (
            source.side(before, control).readings(common), source.side(after, control).readings()
        ),
        proportional=measured.kind is not Kind.RATIO,
    )  # fmt: skip
    days = found.after.days
    flow = measured.kind is Kind.FLOW and found.change is not None
    return Effect(
        metric, found.before.value, found.after.value, found.change, found.low, found.high,
        found.before.days, days, found.change * days if flow and found.change is not None else None,
        found.verdict.value, found.controlled,
    )  # fmt: skip


def by_source(known: Metrics, metric: str) -> bool:
    """Tell whether deals tell a metric by source: a flow of theirs, or a ratio of two."""
    return all(code in BY_SOURCE for code in _parts(known[metric]))


def _parts(metric: Metric) -> tuple[str, ...]:
    """List the stored metrics behind one: a ratio's numerator and denominator, else itself."""
    if metric.kind is Kind.RATIO:
        return metric.numerator or "", metric.denominator or ""
    return (metric.code,)


@dataclass(frozen=True, slots=True)
class DaySide:
    """A group's working days: what each brought, and by what (people, one, the denominator)."""

    days: tuple[date, ...]
    tops: tuple[int, ...]
    weights: tuple[int, ...]

    @property
    def crew(self) -> Fraction:
        """People at work on a usual day."""
        return Fraction(sum(self.weights), len(self.days)) if self.days else Fraction(1)

    def readings(self, weekdays: Collection[int] | None = None) -> Side:
        """Give the days for `compare`, of some weekdays only where those are any."""
        found = [
            (day, Reading(top, weight))
            for day, top, weight in zip(self.days, self.tops, self.weights, strict=True)
        ]
        kept = [each for day, each in found if weekdays is None or day.weekday() in weekdays]
        return kept or [each for _, each in found]


class Series:
    """One metric by working day, for any group and span; reads the catalogue and team once."""

    def __init__(self, connection: Connection, metric: str) -> None:
        self._connection = connection
        catalogue = metrics.load(connection)
        self.metric: Metric = catalogue[metric]
        self._codes = _parts(self.metric)
        self._calendar = calendar.load(connection)
        self._team = team.load(connection)
        self.scale = Fraction(1)
        if self.metric.kind is Kind.RATIO:
            top, bottom = (catalogue[code] for code in self._codes)
            self.scale = Fraction(self.metric.scale * bottom.scale, top.scale)

    def known(self, span: Span) -> Span:
        """Cut a span to the days that facts tell: from the metric's first to the last of any."""
        marks = ", ".join("?" * len(self._codes))
        begun = rows(
            self._connection,
            f"SELECT min(day) FROM daily_value WHERE metric IN ({marks})",
            self._codes,
        )[0][0]
        ended = rows(self._connection, "SELECT max(day) FROM daily_value")[0][0]
        if begun is None or ended is None:
            return span[0], span[0] - timedelta(1)
        return (
            max(span[0], date.fromisoformat(begun)),
            min(span[1], date.fromisoformat(ended)),
        )

    def side(self, span: Span, group: Group) -> DaySide:
        """Answer a group's working days of a span.

        Raises:
            DomainError: sources are asked for and deals do not tell this metric.
        """
        if group.sources and not all(code in BY_SOURCE for code in self._codes):
            raise DomainError(
                N_("«{metric}» is not known by source. Choose receipts, deals or inquiries."),
                metric=self.metric.name,
            )
        first, last = span
        days = self._calendar.working_days(first, last) if first <= last else ()
        if not days:
            return DaySide((), (), ())
        if self.metric.kind is Kind.STOCK:
            levels = self._levels(days, group)
            told = [(day, level) for day, level in zip(days, levels, strict=True)
                    if level is not None]  # fmt: skip
            return DaySide(
                tuple(day for day, _ in told), tuple(n for _, n in told), (1,) * len(told)
            )
        values = [folded(days, self._flow(code, span, group)) for code in self._codes]
        if self.metric.kind is Kind.RATIO:
            return DaySide(days, values[0], values[1])
        return DaySide(days, values[0], self._present(days, group))

    def _flow(self, code: str, span: Span, group: Group) -> Mapping[date, int]:
        values: list[object] = [span[0].isoformat(), span[1].isoformat()]
        if group.sources:
            column, value, condition = _OF_DEALS[code]
            query = (
                f"SELECT {column}, {value} FROM deal WHERE {column} BETWEEN ? AND ? {condition} "
                f"AND source IN ({', '.join('?' * len(group.sources))})"
            )
            values += sorted(group.sources)
        else:
            column = "day"
            query = (
                "SELECT day, sum(value) FROM daily_value WHERE day BETWEEN ? AND ? AND metric = ?"
            )
            values.append(code)
        if group.members:
            query += f" AND member_id IN ({', '.join('?' * len(group.members))})"
            values += sorted(group.members)
        found = rows(self._connection, f"{query} GROUP BY {column}", values)
        return {date.fromisoformat(day): int(value) for day, value in found}

    def _present(self, days: Sequence[date], group: Group) -> tuple[int, ...]:
        """Count who of a group is at work on each day; one where nobody is known to be."""
        people = [
            m for m in self._team.members.values()
            if m.id in group.members or (not group.members and m.id != self._team.nobody)
        ]  # fmt: skip
        at_work = dict.fromkeys(days, 0)
        for member in people:
            for day in present_days(member, self._team.absences, days):
                at_work[day] += 1
        return tuple(at_work.values()) if any(at_work.values()) else (1,) * len(days)

    def _levels(self, days: Sequence[date], group: Group) -> list[int | None]:
        """Answer the level at the end of each day; None before the first."""
        marks, values = "", [self.metric.code, days[-1].isoformat()]
        if group.members:
            marks = f" AND member_id IN ({', '.join(str(each) for each in sorted(group.members))})"
        found = rows(
            self._connection,
            f"SELECT day, member_id, value FROM daily_value WHERE metric = ? AND day <= ?{marks} "
            "ORDER BY day",
            values,
        )
        held: dict[int, int] = {}
        levels: list[int | None] = []
        place = 0
        for day in days:
            while place < len(found) and found[place][0] <= day.isoformat():
                held[found[place][1]] = found[place][2]
                place += 1
            levels.append(sum(held.values()) if held else None)
        return levels


def folded(days: Sequence[date], values: Mapping[date, int]) -> tuple[int, ...]:
    """Add what came on days off to the working day before it (or to the first one)."""
    totals = dict.fromkeys(days, 0)
    ordered = sorted(values.items())
    place = 0
    for day, value in ordered:
        while place + 1 < len(days) and days[place + 1] <= day:
            place += 1
        totals[days[place]] += value
    return tuple(totals.values())


def comparable(ws: Workspace, first: date, last: date) -> Span:
    """Choose the days to compare a span with: the same weekdays, as many working days, before it.

    The span is moved back by whole weeks until it ends before ``first``; where holidays leave it
    fewer working days, it begins earlier.
    """
    with ws.read() as connection:
        return comparable_days(connection, first, last)


def comparable_days(connection: Connection, first: date, last: date) -> Span:
    """Answer `comparable` within a connection."""
    days = calendar.load(connection)
    shift = timedelta(days=7 * (((last - first).days + 7) // 7))
    start, end = first - shift, last - shift
    wanted = len(days.working_days(first, last))
    have = len(days.working_days(start, end))
    while have < wanted:
        start -= timedelta(days=1)
        have += days.is_working(start)
    return start, end
