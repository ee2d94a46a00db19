"""Weeks of every metric and member, summed by the database, as the rules of signals want them."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Connection

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.metrics import (
    DERIVED_FROM_CALLS,
    DERIVED_FROM_DEALS,
    Direction,
    Kind,
    Metric,
    Metrics,
)
from ropdesk.domain.signals import MEMORY, Week
from ropdesk.domain.team import present_days
from ropdesk.services import calendar, metrics, team
from ropdesk.store.plain import rows

DEPARTMENT = 0
DAY = 100  # a day's weight
HABIT_STEP = 10  # of the volume of days off: it wavers, and need not be known better
LOOK_BACK = MEMORY + 14  # weeks of a series handed out
MIN_WEIGHT = 3 * DAY  # of a week worth comparing
# Their ratios are told instead; losses in heaps are somebody tidying the CRM, and a cycle grows by
# every holiday it spans.
PARTS = frozenset(
    {
        "cycle_time", "sales_cycle", "wait_time", "handle_time", "rating_points", "ratings",
        "tasks_on_time", "deals_lost",
    }
)  # fmt: skip
# They come whether or not sellers are at work, so the department's are not measured by presence.
ARRIVING = frozenset({"inquiries", "qualified_inquiries"})
WEEK_OF = "CAST((julianday({day}) - 1721425.5) / 7 AS INT)"  # weeks since Monday 0001-01-01

Sums = dict[int, int]
"""A value by number of the week."""


def number_of(day: date) -> int:
    """Return the number of the week of a day; weeks begin on Monday."""
    return (day.toordinal() - 1) // 7


def monday_of(number: int) -> date:
    """Return the first day of a week."""
    return date.fromordinal(number * 7 + 1)


@dataclass
class Weeks:
    """Sums by week of a span, and what a week weighs."""

    metrics: Metrics
    people: team.Team
    days: WorkCalendar
    first: int
    last: int
    sums: Mapping[tuple[str, int], Sums]
    off: Mapping[str, Sums]
    until: Mapping[str, date]
    _weights: dict[tuple[int, int], tuple[int, int, int, int]] = field(default_factory=dict)
    _habits: dict[tuple[str, int], int] = field(default_factory=dict)
    _series: dict[tuple[str, int, int], list[Week]] = field(default_factory=dict)

    def subjects(self, number: int) -> list[int]:
        """List the department and the members of a week."""
        monday = monday_of(number)
        active = self.people.active(monday, monday + timedelta(days=6))
        return [DEPARTMENT, *(member.id for member in active)]

    def judged(self, number: int) -> list[Metric]:
        """List the metrics that a week can be judged by: known to its end, with a direction."""
        return [
            metric
            for metric in self.metrics.values()
            if metric.better is not Direction.NONE
            and metric.code not in PARTS
            and all(self.complete(code, number) for code in _flows(metric))
        ]

    def complete(self, code: str, number: int) -> bool:
        """Tell whether a metric's numbers reach to the end of a week: a late file is no fall."""
        until = self.until.get(code)
        if until is None:
            return False
        monday = monday_of(number)
        worked = self.days.working_days(monday, monday + timedelta(days=6))
        return until >= (worked[-2:] or [monday + timedelta(days=6)])[0]

    def series(self, metric: Metric, member: int, number: int) -> list[Week]:
        """Return the weeks of a metric up to one, oldest first; without those hardly worked.

        The week in which a series begins is left out, and so is one without a single number of
        the whole department: a file is missing.
        """
        habit = self.habit(metric.code, number) if metric.kind is Kind.FLOW else 0
        key = metric.code, member, habit
        if key not in self._series:
            self._series[key] = self._all(metric, member, habit)
        return up_to(self._series[key], number)

    def _all(self, metric: Metric, member: int, habit: int) -> list[Week]:
        flows = _flows(metric)
        mine = self.sums.get((flows[0], member), {})
        if metric.kind is Kind.RATIO:
            below = self.sums.get((flows[1], member), {})
            return [
                Week(monday_of(each), mine.get(each, 0), below[each])
                for each in range(self._begun(flows[1], member), self.last + 1)
                if below.get(each, 0) > 0
            ]
        if metric.kind is Kind.STOCK:
            return self._levels(mine)
        whole = self.sums.get((flows[0], DEPARTMENT), {})
        found = []
        for each in range(self._begun(flows[0], member), self.last + 1):
            weight = self.weight(flows[0], member, each, habit)
            if weight >= MIN_WEIGHT and whole.get(each):
                found.append(Week(monday_of(each), mine.get(each, 0), weight))
        return found

    def weight(self, code: str, member: int, number: int, habit: int) -> int:
        """Say what a week weighs: days worked by it in hundredths, days off by their habit."""
        worked, off, full, full_off = self._presence(member, number)
        if member == DEPARTMENT and code in ARRIVING:
            worked, off = full, full_off
        return worked + off * habit // DAY

    def habit(self, code: str, seen: int) -> int:
        """Say how much of a working day's volume comes on a day off, in hundredths, 100 at most.

        Where customers buy on weekends too, a holiday does not shorten the week.
        """
        key = code, seen
        if key not in self._habits:
            whole, off = self.sums.get((code, DEPARTMENT), {}), self.off.get(code, {})
            at_work = away = on_work = on_off = 0
            for each in range(seen - MEMORY, seen + 1):
                if each in whole:
                    _mine, _off, worked, rest = self._presence(DEPARTMENT, each)
                    at_work, away = at_work + worked, away + rest
                    on_off += off.get(each, 0)
                    on_work += whole[each] - off.get(each, 0)
            share = DAY * on_off * at_work // (on_work * away) if on_work > 0 and away else 0
            self._habits[key] = min(max(share, 0), DAY) // HABIT_STEP * HABIT_STEP
        return self._habits[key]

    def _begun(self, code: str, member: int) -> int:
        own = self.sums.get((code, member), {})
        return min(own, default=self.last) + 1

    def _levels(self, mine: Sums) -> list[Week]:
        found, level = [], 0
        for each in range(min(mine, default=self.last + 1), self.last + 1):
            level = mine.get(each, level)
            found.append(Week(monday_of(each), level, DAY))
        return found

    def _presence(self, member: int, number: int) -> tuple[int, int, int, int]:
        """Return days at work and off in hundredths, those present for and those there were."""
        key = member, number
        if key not in self._weights:
            monday = monday_of(number)
            week = [monday + timedelta(days=n) for n in range(7)]
            worked = self.days.working_days(monday, week[-1])
            off = [day for day in week if day not in worked]
            full, full_off = DAY * len(worked), DAY * len(off)
            if member != DEPARTMENT:
                there = present_days(self.people.members[member], self.people.absences, week)
                mine = sum(DAY for day in worked if day in there)
                found = mine, DAY * len(there) - mine, full, full_off
            else:
                share = self._share_present(monday, week)
                found = full * share // DAY, full_off * share // DAY, full, full_off
            self._weights[key] = found
        return self._weights[key]

    def _share_present(self, monday: date, week: list[date]) -> int:
        """Say which share of the department's days is not lost to absences, in hundredths."""
        away = [a for a in self.people.absences if a.start <= week[-1] and a.end >= monday]
        if not away:
            return DAY
        there = possible = 0
        for member in self.people.active(monday, week[-1]):
            there += len(present_days(member, away, week))
            possible += len(present_days(member, (), week))
        return DAY * there // possible if possible else DAY


def up_to(weeks: list[Week], number: int) -> list[Week]:
    """Return the weeks of a series up to one: as many as any rule looks back on."""
    end = bisect_right(weeks, monday_of(number), key=_monday)
    return weeks[max(end - LOOK_BACK, 0) : end]


def _monday(week: Week) -> date:
    return week.monday


def _flows(metric: Metric) -> tuple[str, ...]:
    if metric.kind is Kind.RATIO:
        return metric.numerator or "", metric.denominator or ""
    return (metric.code,)


def load(connection: Connection, first: int, last: int) -> Weeks:
    """Read the weeks from one number to another, with the half year before them to learn from."""
    known = metrics.load(connection)
    days = calendar.load(connection)
    begin = first - MEMORY - 6  # some weeks are left out, and some more are looked back on
    span = monday_of(begin), monday_of(last) + timedelta(days=6)
    sums: dict[tuple[str, int], Sums] = {}
    off: dict[str, Sums] = {}
    stocks = {m.code for m in known.values() if m.kind is Kind.STOCK}
    dates = span[0].isoformat(), span[1].isoformat()
    for member, code, number, value in rows(
        connection,
        f"SELECT member_id, metric, {WEEK_OF.format(day='day')}, sum(value) FROM daily_value "
        "WHERE day BETWEEN ? AND ? GROUP BY 1, 2, 3",
        dates,
    ):
        if code in stocks:
            continue
        sums.setdefault((code, member), {})[number] = value
        whole = sums.setdefault((code, DEPARTMENT), {})
        whole[number] = whole.get(number, 0) + value
    for code, day, value in rows(
        connection,
        "SELECT metric, day, sum(value) FROM daily_value "
        "WHERE day IN (SELECT value FROM json_each(?)) GROUP BY 1, 2",
        (json.dumps(_days_off(days, *span)),),
    ):
        mine = off.setdefault(code, {})
        number = number_of(date.fromisoformat(day))
        mine[number] = mine.get(number, 0) + value
    watched = sorted(c for c in stocks if known[c].better is not Direction.NONE)
    _add_levels(connection, watched, dates, sums)
    people = team.load(connection)
    return Weeks(known, people, days, begin, last, sums, off, _until(connection, known))


def _add_levels(
    connection: Connection,
    codes: Iterable[str],
    dates: tuple[str, str],
    sums: dict[tuple[str, int], Sums],
) -> None:
    """Put the last level of each week beside the sums; the department's is everybody's."""
    for code in codes:
        mine: dict[int, Sums] = {}
        # SQLite gives the bare column of the row that has the greatest day.
        for member, number, value, _day in rows(
            connection,
            f"SELECT member_id, {WEEK_OF.format(day='day')}, value, max(day) FROM daily_value "
            "WHERE metric = ? AND day BETWEEN ? AND ? GROUP BY 1, 2",
            (code, *dates),
        ):
            mine.setdefault(member, {})[number] = value
        whole: Sums = {}
        numbers = sorted({number for own in mine.values() for number in own})
        for number in range(numbers[0], numbers[-1] + 1) if numbers else ():
            whole[number] = sum(_level(own, number) for own in mine.values())
        if whole:
            sums.update({(code, member): own for member, own in mine.items()})
            sums[code, DEPARTMENT] = whole


def _level(own: Sums, number: int) -> int:
    known = [each for each in own if each <= number]
    return own[max(known)] if known else 0


def _days_off(days: WorkCalendar, first: date, last: date) -> list[str]:
    worked = set(days.working_days(first, last))
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day.isoformat() for day in every if day not in worked]


def _until(connection: Connection, known: Iterable[str]) -> dict[str, date]:
    """Say up to which day the numbers of each metric go; those of one export go together."""
    found = {
        code: date.fromisoformat(day)
        for code, day in rows(
            connection,
            "SELECT asked.value, (SELECT max(day) FROM daily_value WHERE metric = asked.value) "
            "AS last FROM json_each(?) AS asked WHERE last IS NOT NULL",
            (json.dumps(list(known)),),
        )
    }
    for together in (DERIVED_FROM_DEALS, DERIVED_FROM_CALLS):
        ends = [found[code] for code in together if code in found]
        for code in together:
            if code in found:
                found[code] = max(ends)
    return found
