"""Tasks: where they come from, when the next of a repeating one is due, how urgent one is."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.months import add_months, checked_day

LONGEST_TITLE = 200
LONGEST_TEXT = 4_000
_FAR = 31  # days back in which a working day is looked for


class Kind(StrEnum):
    """What stands behind a line of the one list."""

    TASK = "task"
    ACTION = "action"
    INVESTIGATION = "investigation"
    REQUEST = "request"


class State(StrEnum):
    """What became of a task."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Repeat(StrEnum):
    """How often a task comes again; ``day`` is every working day."""

    NO = ""
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class When(StrEnum):
    """How soon a task is due."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    SOME_DAY = "some_day"


_MONTHS = {Repeat.MONTH: 1, Repeat.QUARTER: 3, Repeat.YEAR: 12}
_LONGEST = {
    Repeat.DAY: 1, Repeat.WEEK: 7, Repeat.MONTH: 31, Repeat.QUARTER: 92, Repeat.YEAR: 366,
}  # fmt: skip


def title(text: str) -> str:
    """Return a task's title as it is kept: one line.

    Raises:
        DomainError: it is empty or longer than `LONGEST_TITLE`.
    """
    kept = " ".join(text.split())
    if not kept:
        raise DomainError(N_("The task has no name. Write what is to be done."), field="title")
    if len(kept) > LONGEST_TITLE:
        raise DomainError(
            N_("The task is longer than {n} characters. Shorten it; details go to the note."),
            n=LONGEST_TITLE,
            field="title",
        )
    return kept


def words(text: str, field: str) -> str:
    """Return a longer text as it is kept.

    Raises:
        DomainError: it is longer than `LONGEST_TEXT`.
    """
    kept = text.strip()
    if len(kept) > LONGEST_TEXT:
        raise DomainError(
            N_("The text is longer than {n} characters. Shorten it."), n=LONGEST_TEXT, field=field
        )
    return kept


def repeat(code: str, due: date | None) -> Repeat:
    """Return how often a task comes again.

    Raises:
        DomainError: it repeats but has no day to count from, or its day is too far away.
    """
    kept = Repeat(code)
    if due is not None:
        checked_day(due, "due")
    if kept and due is None:
        raise DomainError(
            N_("A repeating task needs a first day. Choose by when it is due."), field="due"
        )
    return kept


def working(day: date, calendar: WorkCalendar) -> date:
    """Move a day off to the working day before it; a working day stays.

    After a month without any working day it stays too.
    """
    for back in range(_FAR):
        earlier = day - timedelta(back)
        if calendar.is_working(earlier):
            return earlier
    return day


def step(start: date, often: Repeat, number: int) -> date:
    """Return the n-th time of a rhythm, before days off are looked at.

    It is counted from the first time, so that the 31st comes back after a shorter month.
    """
    if often is Repeat.WEEK:
        return start + timedelta(7 * number)
    if often in _MONTHS:
        month = add_months(start, _MONTHS[often] * number)
        last = monthrange(month.year, month.month)[1]
        return month.replace(day=min(start.day, last))
    return start + timedelta(number)


def next_due(start: date, often: Repeat, after: date, calendar: WorkCalendar) -> date:
    """Return when a repeating task is due next: the first of its days after a day.

    Args:
        start: the day its rhythm is counted from.
        after: the day it was due or done, whichever is later: what was missed is not made up.
        calendar: a day off moves the time to the working day before it.
    """
    number = max(1, (after - start).days // _LONGEST[often])
    while True:
        due = working(step(start, often, number), calendar)
        if due > after:
            return due
        number += 1


def when(due: date | None, today: date) -> When:
    """Say how soon a task is due; the week is that of today, to its Sunday."""
    if due is None:
        return When.SOME_DAY
    if due < today:
        return When.OVERDUE
    if due == today:
        return When.TODAY
    return When.WEEK if due <= today + timedelta(6 - today.weekday()) else When.LATER
