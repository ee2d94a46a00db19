"""Rows of the absences of a month: members by days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.team import AbsenceKind, Member
from ropdesk.i18n import _, integer, long_date, weekday_short
from ropdesk.services.team import AbsenceRow
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.team import words

STATES = {
    AbsenceKind.VACATION: State.ACCENT,
    AbsenceKind.SICK_LEAVE: State.BAD,
    AbsenceKind.OTHER: State.WARNING,
}
DAY_WIDTH = 24


@dataclass(frozen=True, slots=True)
class Month:
    """The days shown."""

    first: date
    last: date
    calendar: WorkCalendar
    today: date

    @property
    def days(self) -> list[date]:
        """Every day, in order."""
        return [self.first + timedelta(n) for n in range((self.last - self.first).days + 1)]


def columns(month: Month) -> list[Column]:
    """Return a column for the name, one for each day, one for the sum."""
    return [
        Column("name", _("Full name"), Align.LEFT, stretch=True),
        *(
            Column(day.isoformat(), str(day.day), Align.CENTER, DAY_WIDTH,
                   tooltip=f"{long_date(day)}, {weekday_short(day)}")
            for day in month.days
        ),
        Column("sum", _("Days away"), tooltip=_("Working days away this month")),
    ]  # fmt: skip


def rows(month: Month, members: Sequence[Member], found: Iterable[AbsenceRow]) -> list[Row]:
    """Return a row for each member."""
    gaps: dict[int, list[AbsenceRow]] = {}
    for row in found:
        gaps.setdefault(row.absence.member_id, []).append(row)
    return [_row(month, member, gaps.get(member.id, [])) for member in members]


def _row(month: Month, member: Member, gaps: list[AbsenceRow]) -> Row:
    cells = [Cell(member.name, tooltip=member.name)]
    away = 0
    for day in month.days:
        gap = next((row for row in gaps if row.absence.start <= day <= row.absence.end), None)
        if gap is None:
            cells.append(Cell(""))
            continue
        away += month.calendar.is_working(day)
        absence = gap.absence
        cells.append(
            Cell(
                _(words.LETTERS[absence.kind]), state=STATES[absence.kind], ref=gap.id,
                tooltip=words.whole(absence),
            )
        )  # fmt: skip
    cells.append(Cell(integer(away) if away else "", bold=True, sort_key=away))
    return Row(member.id, tuple(cells))
