"""The month's end as forecast from this workspace's own past."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.forecast import Forecast, Forecaster, MonthDays
from ropdesk.domain.metrics import Kind
from ropdesk.domain.months import add_months, month_end
from ropdesk.domain.team import Member, present_days
from ropdesk.services import board, calendar, metrics, settings, team
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

MEMORY = 25  # months read back: what the forecaster remembers, and the one begun
DEPARTMENT = 0

Key = tuple[str, int]
"""A flow's code and a member's id; `DEPARTMENT` stands for all of them together."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Forecasts of a month as of a day, by flow and member; absent where there is too little."""

    month: date
    as_of: date
    forecasts: Mapping[Key, Forecast]

    def of(self, code: str, member: int = DEPARTMENT) -> Forecast | None:
        """Return the forecast of a flow for a member or the department."""
        return self.forecasts.get((code, member))

    def chance(self, code: str, target: int, member: int = DEPARTMENT) -> Fraction | None:
        """Say how probable it is that the month reaches a target."""
        found = self.of(code, member)
        return found.probability(target) if found else None


class Seer:
    """Forecasts of one month; learns the past once and then follows the current facts.

    Args:
        codes: metrics to forecast; a ratio stands for its two flows. The board's by default.
        members: forecast every member too, not only the department.
    """

    def __init__(
        self,
        ws: Workspace,
        month: date,
        codes: Sequence[str] | None = None,
        *,
        members: bool = True,
    ) -> None:
        with ws.read() as connection:
            self._learn(connection, month, codes, members)

    @classmethod
    def within(
        cls,
        connection: Connection,
        month: date,
        codes: Sequence[str] | None = None,
        *,
        members: bool = True,
    ) -> "Seer":
        """Learn the past within a connection."""
        made = cls.__new__(cls)
        made._learn(connection, month, codes, members)
        return made

    def _learn(
        self, connection: Connection, month: date, codes: Sequence[str] | None, members: bool
    ) -> None:
        self.month = month
        self._last = month_end(month)
        self._members = members
        known = metrics.load(connection)
        stored = board.flows_of(known, codes or settings.load(connection).board)
        self._codes = [c for c in stored if known[c].kind is Kind.FLOW]
        self._days = calendar.load(connection)
        self._people = team.load(connection)
        first = add_months(month, -MEMORY)
        until = month - timedelta(days=1)
        values = _values(connection, self._codes, first, until, members=members)
        self._calendars: dict[tuple[int, date], tuple[bool, ...]] = {}
        self._learnt = {
            key: Forecaster(self._months(key[1], series, first)) for key, series in values.items()
        }

    def look(self, ws: Workspace, as_of: date) -> Outlook:
        """Forecast from the facts up to a day."""
        with ws.read() as connection:
            return self.read(connection, as_of)

    def read(self, connection: Connection, as_of: date) -> Outlook:
        """Forecast within a connection."""
        until = min(as_of, self._last)
        current = _values(connection, self._codes, self.month, until, members=self._members)
        keys = {*current, *self._learnt}
        found = {}
        for key in keys:
            month = self._month(key[1], current.get(key, {}), self.month)
            forecaster = self._learnt.get(key) or Forecaster(())
            forecast = forecaster.at(month, until)
            if forecast is not None:
                found[key] = forecast
        return Outlook(self.month, until, found)

    def _months(self, member: int, series: Mapping[str, int], first: date) -> list[MonthDays]:
        months = []
        start = first
        while start < self.month:
            months.append(self._month(member, series, start))
            start = month_end(start) + timedelta(days=1)
        return months

    def _month(self, member: int, series: Mapping[str, int], start: date) -> MonthDays:
        working = self._working(member, start)
        prefix = start.isoformat()[:8]
        return MonthDays(
            start,
            tuple(series.get(f"{prefix}{day:02}", 0) for day in range(1, len(working) + 1)),
            working,
        )

    def _working(self, member: int, start: date) -> tuple[bool, ...]:
        key = member, start
        if key not in self._calendars:
            self._calendars[key] = working_days(
                self._days, self._people, self._people.members.get(member), start
            )
        return self._calendars[key]


def working_days(
    days: WorkCalendar, people: team.Team, member: Member | None, start: date
) -> tuple[bool, ...]:
    """Say for each day of a month whether it is worked, by a member or by the department."""
    last = month_end(start)
    worked: Iterable[date] = days.working_days(start, last)
    if member is not None and member.id != people.nobody:
        worked = present_days(member, people.absences, worked) or worked
    numbers = {day.day for day in worked}
    return tuple(day in numbers for day in range(1, last.day + 1))


def outlook(ws: Workspace, month: date, as_of: date, codes: Sequence[str] | None = None) -> Outlook:
    """Forecast a month once, members included."""
    return Seer(ws, month, codes).look(ws, as_of)


def _values(
    connection: Connection, codes: Sequence[str], first: date, last: date, *, members: bool
) -> dict[Key, dict[str, int]]:
    """Read daily values by flow and member (if asked), and the department's sums."""
    marks = ", ".join("?" * len(codes))
    found: dict[Key, dict[str, int]] = {}
    each = ("member_id", "value", "") if members else (DEPARTMENT, "sum(value)", "GROUP BY 2, 3")
    # A plus keeps SQLite to the index of days: by metric it would walk all their history.
    for member, code, day, value in rows(
        connection,
        f"SELECT {each[0]}, metric, day, {each[1]} FROM daily_value "
        f"WHERE day BETWEEN ? AND ? AND +metric IN ({marks}) {each[2]}",
        (first.isoformat(), last.isoformat(), *codes),
    ):
        found.setdefault((code, member), {})[day] = value
        if members:
            total = found.setdefault((code, DEPARTMENT), {})
            total[day] = total.get(day, 0) + value
    return found
