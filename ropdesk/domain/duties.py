"""The duties of a sales head: the starting set, periods, streaks."""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.months import add_months


class Rhythm(StrEnum):
    """How often a duty comes; ``day`` is every working day."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class State(StrEnum):
    """Whose a duty is."""

    MINE = "mine"
    DELEGATED = "delegated"
    IRRELEVANT = "irrelevant"


def period(rhythm: Rhythm, day: date) -> date:
    """Return what a duty's period is called by: the day, its Monday or the month's first day."""
    if rhythm is Rhythm.MONTH:
        return day.replace(day=1)
    return day - timedelta(day.weekday()) if rhythm is Rhythm.WEEK else day


def before(rhythm: Rhythm, start: date, calendar: WorkCalendar) -> date:
    """Return the period before one; of a daily duty, the working day before."""
    if rhythm is Rhythm.MONTH:
        return add_months(start, -1)
    if rhythm is Rhythm.WEEK:
        return start - timedelta(7)
    earlier = start - timedelta(1)
    while not calendar.is_working(earlier):
        earlier -= timedelta(1)
    return earlier


def streak(
    rhythm: Rhythm, done: Collection[date], today: date, calendar: WorkCalendar, floor: date
) -> int:
    """Count the periods in a row in which a duty was done, back from the current one.

    An open current period neither counts nor breaks it. A day off counts only if it was done.

    Args:
        done: periods, as `period` calls them.
        floor: nothing before this day is looked at.
    """
    at = period(rhythm, today)
    count = int(at in done)
    at = before(rhythm, at, calendar)
    while at in done and at >= floor:
        count += 1
        at = before(rhythm, at, calendar)
    return count
