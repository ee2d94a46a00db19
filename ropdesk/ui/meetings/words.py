"""How meetings are said: rules, times, states."""

from datetime import date, timedelta

from ropdesk import i18n
from ropdesk.domain.meetings import Rule
from ropdesk.domain.meetings import State as Step
from ropdesk.i18n import _
from ropdesk.services import meeting_calendar
from ropdesk.services.meetings import MeetingLine
from ropdesk.ui.planning.week.words import clock, length, span
from ropdesk.ui.roles import State

__all__ = ["clock", "length", "nth_words", "rule_words", "span", "state_chip", "weekdays", "when"]

WORKWEEK = (0, 1, 2, 3, 4)
MONDAY = date(2024, 1, 1)  # any Monday: only the names of weekdays are wanted


def day_words(day: date, today: date) -> str:
    """Name a day: «сегодня», «завтра», else with its weekday: «вт 20.10»."""
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((day - today).days)
    return near or f"{i18n.weekday_short(day)} {i18n.day_month(day)}"


def when(line: MeetingLine) -> str:
    """Say when and where a meeting is: «Четверг, 22 октября · 9:00–9:20 · Переговорная»."""
    parts = [i18n.weekday_date(line.day), span(line.start, line.minutes), line.place]
    return " · ".join(part for part in parts if part)


def state_chip(line: MeetingLine, today: date) -> tuple[str, State]:
    """Say how far a meeting is, for its chip; nothing for one that simply comes."""
    match line.state:
        case Step.RUNNING:
            return _("is running"), State.GOOD
        case Step.CORRECTING:
            return _("being corrected"), State.WARNING
        case Step.DONE:
            return _("protocol № {n}", n=line.number), State.NEUTRAL
        case Step.SKIPPED:
            return _("skipped"), State.NEUTRAL
    if line.day < today:
        return _("not held"), State.WARNING
    if line.moved:
        return _("moved"), State.ACCENT
    return "", State.NEUTRAL


def why(line: MeetingLine) -> str:
    """Say why a meeting was moved or skipped, and from which day."""
    told = meeting_calendar.why(line)
    if line.moved > 1 and line.state is not Step.SKIPPED:
        told += " · " + i18n.ngettext("moved {n} time", "moved {n} times", line.moved)
    return told


def weekdays(numbers: tuple[int, ...]) -> str:
    """Name weekdays: «по рабочим дням», «пн, чт»."""
    if tuple(sorted(numbers)) == WORKWEEK:
        return _("on weekdays")
    return ", ".join(i18n.weekday_short(MONDAY + timedelta(number)) for number in sorted(numbers))


def nth_words(nth: int) -> str:
    """Name a working day of a month: «3-й рабочий день месяца», «последний рабочий день»."""
    if nth == -1:
        return _("last working day of the month")
    if nth < 0:
        return _("working day {n} from the end of the month", n=-nth)
    return _("working day {n} of the month", n=nth)


def rule_words(rule: Rule) -> str:
    """Say when a meeting recurs: «пн, чт», «вт, раз в 2 недели», «1-й рабочий день месяца»."""
    if rule.month_day is not None:
        told = nth_words(rule.month_day)
    else:
        told = weekdays(rule.weekdays)
        if rule.every > 1:
            step = i18n.ngettext("every {n} week", "every {n} weeks", rule.every)
            told = f"{told}, {step}"
    if rule.until is not None:
        told = _("{rule}, until {day}", rule=told, day=i18n.short_date(rule.until))
    return told
