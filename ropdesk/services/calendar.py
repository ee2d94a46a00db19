"""The production calendar as this workspace works by it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection, select

from ropdesk.domain.calendar import DayKind, WorkCalendar, remember_years
from ropdesk.domain.errors import N_
from ropdesk.services import settings
from ropdesk.services.calendar_years import KeptYears
from ropdesk.store.models import CalendarDay
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

remember_years(KeptYears())


def load(connection: Connection, chosen: settings.Settings | None = None) -> WorkCalendar:
    """Build the calendar within a connection: the law's days and the sales head's edits.

    Args:
        chosen: the settings, where they have been read already.
    """
    chosen = chosen or settings.load(connection)
    edited = rows(connection, "SELECT day, kind FROM calendar_day")
    return WorkCalendar(
        week_days=chosen.week_days,
        edits={date.fromisoformat(day): DayKind(kind) for day, kind in edited},
        decree_days=chosen.decree_days,
    )


def calendar(ws: Workspace) -> WorkCalendar:
    """Return the calendar of a workspace."""
    with ws.read() as connection:
        return load(connection)


def edits(ws: Workspace) -> Mapping[date, tuple[DayKind, str]]:
    """Return the days that differ from the law's calendar, with their notes."""
    with ws.read() as connection:
        return load_edits(connection)


def load_edits(connection: Connection) -> Mapping[date, tuple[DayKind, str]]:
    """Return the same within a connection."""
    edited = rows(connection, "SELECT day, kind, note FROM calendar_day ORDER BY day")
    return {date.fromisoformat(day): (DayKind(kind), note) for day, kind, note in edited}


def set_day(ws: Workspace, day: date, kind: DayKind | None, note: str = "") -> None:
    """Change one day, or give it back to the law's calendar with ``kind=None``."""
    with ws.operation(N_("Change {day} in the calendar"), day=day.isoformat()) as operation:
        row = operation.session.scalar(select(CalendarDay).where(CalendarDay.day == day))
        if kind is None:
            if row is not None:
                operation.session.delete(row)
        elif row is None:
            operation.session.add(CalendarDay(day=day, kind=kind.value, note=note))
        else:
            row.kind, row.note = kind.value, note


def reset_year(ws: Workspace, year: int) -> None:
    """Give every day of a year back to the law's calendar."""
    with ws.operation(N_("Reset the calendar of {year}"), year=year) as operation:
        for row in operation.session.scalars(select(CalendarDay)):
            if row.day.year == year:
                operation.session.delete(row)


def import_days(ws: Workspace, days: Sequence[tuple[date, DayKind]], note: str) -> int:
    """Take a year's calendar from a file: what it says replaces the year's edits.

    Only days that differ from the law's calendar are kept, so the edits stay readable.

    Returns:
        How many days now differ.
    """
    if not days:
        return 0
    years = {day.year for day, _ in days}
    told = dict(days)
    with ws.operation(N_("Import the calendar of {year}"), year=min(years)) as operation:
        chosen = settings.load(operation.conn)
        law = WorkCalendar(week_days=chosen.week_days, decree_days=chosen.decree_days)
        for row in operation.session.scalars(select(CalendarDay)):
            if row.day.year in years:
                operation.session.delete(row)
        operation.session.flush()
        differing = 0
        for year in sorted(years):
            for day in _days_of(year):
                wanted = told.get(day, _ordinary(day, chosen.week_days))
                if wanted is not law.kind(day):
                    operation.session.add(CalendarDay(day=day, kind=wanted.value, note=note))
                    differing += 1
    return differing


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


def _ordinary(day: date, week_days: int) -> DayKind:
    return DayKind.WORKDAY if day.weekday() < week_days else DayKind.DAY_OFF
