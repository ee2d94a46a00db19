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

MIN_WON, LONGEST = 20, 8  # deals that tell how long a deal takes; weeks that are waited at most

Lags = Mapping[int, Mapping[int | None, int]]
"""Inquiries by the number of their week and by how many weeks they took to be won, None if not."""


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Inquiries of the department, of members and of sources by the week they came in."""

    members: Mapping[int, Lags]
    sources: Mapping[str, Lags]
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
    begin = max(monday_of(first - LOOK_BACK), date.fromisoformat(begun))
    end = monday_of(last) + timedelta(days=6)
    members: dict[int, dict[int, Counter[int | None]]] = {}
    sources: dict[str, dict[int, Counter[int | None]]] = {}
    found: list[tuple[Any, ...]] = rows(
        connection,
        f"SELECT member_id, source, {WEEK_OF.format(day='created')}, CASE WHEN status = 'won' "
        "AND closed >= created THEN CAST((julianday(closed) - julianday(created) + 6) / 7 AS INT) "
        "END, count(*) FROM deal WHERE created BETWEEN ? AND ? GROUP BY 1, 2, 3, 4",
        (begin.isoformat(), end.isoformat()),
    )
    for member, source, week, lag, count in found:
        for each in (member, DEPARTMENT):
            members.setdefault(each, {}).setdefault(week, Counter())[lag] += count
        if source:
            sources.setdefault(source, {}).setdefault(week, Counter())[lag] += count
    return Cohorts(members, sources)


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
        weeks: dict[int, Counter[date]] = {}
        months: dict[int, Counter[date]] = {}
        for member, text, value in rows(
            connection, "SELECT member_id, day, value FROM daily_value WHERE metric = ?", (code,)
        ):
            day = date.fromisoformat(text)
            for of, start in (
                (weeks, day - timedelta(days=day.weekday())),
                (months, day.replace(day=1)),
            ):
                of.setdefault(member, Counter())[start] += value
        if weeks:
            return Best(known[code], _peaks(weeks), _peaks(months))
    return None


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
