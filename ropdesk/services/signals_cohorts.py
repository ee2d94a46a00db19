"""Inquiries followed until they are won, and the best weeks and months there have been."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from ropdesk.domain.metrics import Metric, Metrics
from ropdesk.domain.signals import MEMORY, Week
from ropdesk.services.signals_data import (
    DEPARTMENT,
    LOOK_BACK,
    WEEK_OF,
    monday_of,
    up_to,
)
from ropdesk.store.plain import rows

LAGS, NEVER, MEMBERS = 1_000, 999, 10**9  # places of a number that holds week, lag and member
MIN_WON, LONGEST = 20, 8  # deals that tell how long a deal takes; weeks that are waited at most

Lags = Mapping[int, Mapping[int | None, int]]
"""Inquiries by the number of their week and by how many weeks they took to be won, None if not."""


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Inquiries of the department, of members and of sources by the week they came in.

    Attributes:
        begun: the first closing that is known.
    """

    members: Mapping[int, Lags]
    sources: Mapping[str, Lags]
    begun: date
    _series: dict[tuple[int | str, int], list[Week]] = field(default_factory=dict)

    def lag(self, number: int) -> int | None:
        """Say within how many weeks half the won deals are won, as known at a week's end.

        Eight at most; None where hardly anything was won.
        """
        taken: Counter[int] = Counter()
        for week, by_lag in self.members.get(DEPARTMENT, {}).items():
            for lag, count in by_lag.items():
                if lag is not None and number - MEMORY < week + lag <= number:
                    taken[lag] += count
        half, passed = taken.total() / 2, 0
        if half < MIN_WON / 2:
            return None
        lags = iter(sorted(taken))
        lag = 1
        while passed < half:
            lag = next(lags)
            passed += taken[lag]
        return min(max(lag, 1), LONGEST)

    def series(self, of: int | str, lag: int, number: int) -> list[Week]:
        """Return weeks of inquiries up to one, with those won within some weeks of their coming.

        Args:
            of: a member's id, `DEPARTMENT`, or a source.
        """
        key = of, lag
        if key not in self._series:
            lags = self.sources.get(of, {}) if isinstance(of, str) else self.members.get(of, {})
            self._series[key] = [
                Week(
                    monday_of(week),
                    sum(n for taken, n in by_lag.items() if taken is not None and taken <= lag),
                    sum(by_lag.values()),
                )
                for week, by_lag in sorted(lags.items())
            ]
        return up_to(self._series[key], number)


def load_cohorts(connection: Connection, first: int, last: int) -> Cohorts | None:
    """Read the inquiries of the weeks, and of those before them that they are compared with.

    None of them is older than the first closing that is known: older ones cannot show that they
    were won. None without deals.
    """
    [(begun,)] = rows(connection, "SELECT min(closed) FROM deal")
    if begun is None:
        return None
    first_closing = date.fromisoformat(begun)
    begin = max(monday_of(first - LOOK_BACK), first_closing)
    end = monday_of(last) + timedelta(days=6)
    members: dict[int, dict[int, Counter[int | None]]] = {}
    sources: dict[str, dict[int, Counter[int | None]]] = {}
    # One number of week, lag and member: rows are grouped by it in two thirds of the time.
    found: list[tuple[Any, ...]] = rows(
        connection,
        f"SELECT ({WEEK_OF.format(day='created')} * {LAGS} + CASE WHEN status = 'won' "
        "AND closed >= created THEN "
        f"min(CAST((julianday(closed) - julianday(created) + 6) / 7 AS INT), {NEVER - 1}) "
        f"ELSE {NEVER} END) * {MEMBERS} + member_id, source, count(*) "
        "FROM deal WHERE created BETWEEN ? AND ? GROUP BY 1, 2",
        (begin.isoformat(), end.isoformat()),
    )
    for packed, source, count in found:
        rest, member = divmod(packed, MEMBERS)
        week, taken = divmod(rest, LAGS)
        lag = None if taken == NEVER else taken
        for each in (member, DEPARTMENT):
            members.setdefault(each, {}).setdefault(week, Counter())[lag] += count
        if source:
            sources.setdefault(source, {}).setdefault(week, Counter())[lag] += count
    return Cohorts(members, sources, first_closing)


@dataclass(frozen=True)
class Best:
    """The best ever of one metric, by member, as it was after each week and each month."""

    metric: Metric
    weeks: Mapping[int, Sequence["Peak"]]
    months: Mapping[int, Sequence["Peak"]]


@dataclass(frozen=True, slots=True)
class Peak:
    """A week or a month by its first day, and the best of those before it."""

    start: date
    value: int
    best: int
    best_on: date


def load_best(connection: Connection, known: Metrics, codes: Iterable[str]) -> Best | None:
    """Read all the past of the first of some metrics that has any; None where none has."""
    for code in codes:
        weeks, months = (
            _summed(connection, code, start)
            for start in ("date(day, '-6 days', 'weekday 1')", "date(day, 'start of month')")
        )
        if weeks:
            return Best(known[code], _peaks(weeks), _peaks(months))
    return None


def _summed(connection: Connection, code: str, start: str) -> dict[int, Counter[date]]:
    found: dict[int, Counter[date]] = {}
    for member, day, value in rows(
        connection,
        f"SELECT member_id, {start}, sum(value) FROM daily_value WHERE metric = ? GROUP BY 1, 2",
        (code,),
    ):
        found.setdefault(member, Counter())[date.fromisoformat(day)] = value
    return found


def _peaks(of: dict[int, Counter[date]]) -> dict[int, list[Peak]]:
    of[DEPARTMENT] = sum(of.values(), Counter())
    found: dict[int, list[Peak]] = {}
    for member, values in of.items():
        best, best_on = 0, date.min
        for start, value in sorted(values.items()):
            found.setdefault(member, []).append(Peak(start, value, best, best_on))
            if value > best:
                best, best_on = value, start
    return found
