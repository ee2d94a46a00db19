"""Words of the team page."""

from datetime import date

from ropdesk.domain.errors import N_
from ropdesk.domain.team import Absence, AbsenceKind
from ropdesk.i18n import _, day_month, ngettext, short_date

KINDS = {
    AbsenceKind.VACATION: N_("Vacation"),
    AbsenceKind.SICK_LEAVE: N_("Sick leave"),
    AbsenceKind.OTHER: N_("Other absence"),
}
LETTERS = {
    AbsenceKind.VACATION: N_("V"),
    AbsenceKind.SICK_LEAVE: N_("S"),
    AbsenceKind.OTHER: N_("O"),
}


def kind(absence: Absence) -> str:
    """Say why a member is away: «отпуск»."""
    return _(KINDS[absence.kind])


def span(absence: Absence, year: int) -> str:
    """Say when: «05.10–18.10», with years where it is not this one's."""
    if absence.start.year == absence.end.year == year:
        first, last = day_month(absence.start), day_month(absence.end)
    else:
        first, last = short_date(absence.start), short_date(absence.end)
    return first if absence.start == absence.end else f"{first}\u2013{last}"


def length(absence: Absence) -> str:
    """Say how long, in calendar days."""
    days = (absence.end - absence.start).days + 1
    return ngettext("{n} day", "{n} days", days)


def near(absence: Absence, today: date) -> str:
    """Say an absence of now or the next one: «отпуск до 18.10», «отпуск с 02.11»."""
    if absence.start <= today:
        return _("{kind} until {day}", kind=kind(absence), day=day_month(absence.end))
    return _("{kind} from {day}", kind=kind(absence), day=day_month(absence.start))


def whole(absence: Absence) -> str:
    """Say everything about an absence, for tooltips and screen readers."""
    words = f"{kind(absence)} {span(absence, 0)}, {length(absence)}"
    return f"{words}. {absence.note}" if absence.note else words
