"""How tasks are said: rhythms, where they come from, when they are due."""

from datetime import date

from ropdesk import i18n
from ropdesk.domain.errors import N_
from ropdesk.domain.tasks import Kind, Repeat, State, When
from ropdesk.i18n import _
from ropdesk.services.tasks import TaskLine
from ropdesk.ui.roles import State as Colour

REPEATS = {
    Repeat.NO: N_("does not repeat"),
    Repeat.DAY: N_("every working day"),
    Repeat.WEEK: N_("every week"),
    Repeat.MONTH: N_("every month"),
    Repeat.QUARTER: N_("every quarter"),
    Repeat.YEAR: N_("every year"),
}
WHEN = {
    When.OVERDUE: N_("overdue {n}"),
    When.TODAY: N_("today {n}"),
    When.WEEK: N_("this week {n}"),
    When.LATER: N_("later {n}"),
    When.SOME_DAY: N_("without a day {n}"),
}
_ORIGINS = {
    "hand": "",
    "meeting": N_("a meeting"),
    "investigation": N_("an investigation"),
    "action": N_("the week's plan"),
    "request": N_("a report to the director"),
    "signal": N_("a signal"),
    "member": N_("a member's card"),
    "hiring": N_("the hiring"),
    "training": N_("the training"),
}


def repeat(often: Repeat) -> str:
    """Say how often a task comes again; nothing where it does not."""
    return _(REPEATS[often]) if often else ""


def origin(line: TaskLine) -> str:
    """Say where a task came from; nothing for one written right here."""
    words = _ORIGINS.get(line.origin, "")
    return _(words) if words else ""


def owner(line: TaskLine) -> str:
    """Return who does it: a member, the director, or the sales head."""
    if line.ref.kind is Kind.REQUEST:
        return _("Director")
    return line.owner or _("Sales head")


def due(day: date, today: date) -> str:
    """Write a due day for a chip: «вчера», «сегодня», «завтра», «24.10»."""
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get((day - today).days)
    if near is not None:
        return near
    return i18n.day_month(day) if day.year == today.year else i18n.short_date(day)


def due_state(line: TaskLine, today: date) -> Colour:
    """Return the colour of a due day."""
    if line.state is not State.OPEN:
        return Colour.NEUTRAL
    return {When.OVERDUE: Colour.BAD, When.TODAY: Colour.ACCENT}.get(
        line.when(today), Colour.NEUTRAL
    )
