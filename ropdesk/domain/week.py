"""The week's action plan: days, occurrences of what recurs, room in a day, what is carried over.

Times are minutes after midnight, lengths are minutes. A week is named by its Monday.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.team import Absence, AbsenceKind, Member

DAYS = 7
HOUR = 60
STEP = 15  # the grid's step
LONGEST = 12 * HOUR
MIDNIGHT = 24 * HOUR
OPENS = 9 * HOUR
LUNCH = (13 * HOUR, 14 * HOUR)


class State(StrEnum):
    """What became of an action.

    ``removed`` is the place of one occurrence taken out of a recurring action.
    """

    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"
    REMOVED = "removed"


class Away(StrEnum):
    """Why nobody can be given work on a day."""

    NO = ""
    DAY_OFF = "day_off"
    VACATION = "vacation"
    SICK_LEAVE = "sick_leave"
    OTHER = "other"
    NOT_HERE = "not_here"


_AWAY = {
    AbsenceKind.VACATION: Away.VACATION,
    AbsenceKind.SICK_LEAVE: Away.SICK_LEAVE,
    AbsenceKind.OTHER: Away.OTHER,
}


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(day.weekday())


def days_of(week: date) -> tuple[date, ...]:
    """List the seven days of a week, from its Monday."""
    first = monday(week)
    return tuple(first + timedelta(n) for n in range(DAYS))


def shown_days(week: date, calendar: WorkCalendar, used: Collection[date]) -> tuple[date, ...]:
    """List the days a grid shows: Monday to Friday, a weekend's day only if worked or used."""
    return tuple(
        day for day in days_of(week) if day.weekday() < 5 or calendar.is_working(day) or day in used
    )


def weekdays_text(weekdays: Iterable[int]) -> str:
    """Write weekdays as they are stored: numbers from Monday 0, ``0,3``.

    Raises:
        DomainError: no weekday is chosen.
    """
    chosen = sorted(set(weekdays))
    if not chosen:
        raise DomainError(N_("No weekday is chosen. Choose at least one."))
    return ",".join(str(day) for day in chosen)


def weekdays_of(text: str) -> tuple[int, ...]:
    """Read stored weekdays."""
    return tuple(int(day) for day in text.split(",") if day)


def occurrences(
    weekdays: Collection[int],
    first: date,
    until: date | None,
    week: date,
    calendar: WorkCalendar,
) -> dict[date, date]:
    """Say when a recurring action happens in a week: the day by its weekday → the day it is done.

    A day off moves it to the working day before it in the same week. Where there is none, or the
    action stands on that day anyway, it is left out this time.
    """
    named = [
        day
        for day in days_of(week)
        if day.weekday() in weekdays and first <= day and (until is None or day <= until)
    ]
    found = {day: day for day in named if calendar.is_working(day)}
    for day in named:
        if day not in found:
            earlier = [d for d in days_of(week) if d < day and calendar.is_working(d)]
            if earlier and earlier[-1] not in found.values():
                found[day] = earlier[-1]
    return dict(sorted(found.items()))


def away(calendar: WorkCalendar, day: date, member: Member | None, gaps: Iterable[Absence]) -> Away:
    """Say why a person cannot be given work on a day; the sales head is given as None."""
    if not calendar.is_working(day):
        return Away.DAY_OFF
    if member is None:
        return Away.NO
    if not (member.hired or date.min) <= day <= (member.left or date.max):
        return Away.NOT_HERE
    for gap in gaps:
        if gap.member_id == member.id and gap.start <= day <= gap.end:
            return _AWAY[gap.kind]
    return Away.NO


def capacity(
    calendar: WorkCalendar, day: date, member: Member | None, gaps: Iterable[Absence]
) -> int:
    """Count the minutes a person works on a day: the calendar's hours, none when they are away."""
    return 0 if away(calendar, day, member, gaps) else calendar.hours(day) * HOUR


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a day."""

    start: int
    minutes: int

    @property
    def end(self) -> int:
        """The minute after the last one."""
        return self.start + self.minutes

    def meets(self, other: "Span") -> bool:
        """Say whether two stretches share a minute."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Room:
    """How full a person's day is, in minutes.

    Attributes:
        works: what the calendar and absences leave.
        busy: what the day's actions take; two at the same time count twice.
    """

    works: int
    busy: int

    @property
    def over(self) -> int:
        """What does not fit."""
        return max(0, self.busy - self.works)

    @property
    def free(self) -> int:
        """What is left."""
        return max(0, self.works - self.busy)


def opening(works: int) -> tuple[Span, ...]:
    """Lay the working minutes of a day from 9:00, with an hour for lunch at 13:00."""
    morning = min(works, LUNCH[0] - OPENS)
    rest = works - morning
    spans = (Span(OPENS, morning), Span(LUNCH[1], rest))
    return tuple(span for span in spans if span.minutes > 0)


def free_start(works: int, taken: Iterable[Span], minutes: int, after: int = 0) -> int | None:
    """Find the first start, on the grid, of a free stretch within the working time of a day.

    Args:
        works: working minutes of the day.
        taken: what is on the day already.
        minutes: how long a stretch is wanted; it does not run through lunch.
        after: not before this minute.
    """
    busy = list(taken)
    for span in opening(works):
        for start in range(span.start, span.end - minutes + 1, STEP):
            wanted = Span(start, minutes)
            if start >= after and not any(wanted.meets(other) for other in busy):
                return start
    return None


def lanes(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Lay stretches side by side where they meet: for each its lane and how many lanes there are.

    Stretches that meet one another, directly or through others, share the number of lanes.
    """
    order = sorted(range(len(spans)), key=lambda at: (spans[at].start, -spans[at].minutes, at))
    found = [(0, 1)] * len(spans)
    group: list[int] = []
    ends: list[int] = []
    for at in order:
        span = spans[at]
        if all(end <= span.start for end in ends):
            _close(found, group, len(ends))
            group, ends = [], []
        lane = next((n for n, end in enumerate(ends) if end <= span.start), len(ends))
        if lane == len(ends):
            ends.append(span.end)
        else:
            ends[lane] = span.end
        found[at] = (lane, 1)
        group.append(at)
    _close(found, group, len(ends))
    return found


def _close(found: list[tuple[int, int]], group: Iterable[int], wide: int) -> None:
    for at in group:
        found[at] = (found[at][0], wide)


def snapped(minute: int) -> int:
    """Bring a minute to the nearest step of the grid."""
    return (minute + STEP // 2) // STEP * STEP


def checked_time(start: int | None, minutes: int) -> None:
    """Refuse a time that a day does not have.

    Raises:
        DomainError: shorter than five minutes or longer than twelve hours, or past midnight.
    """
    if not 5 <= minutes <= LONGEST:
        raise DomainError(
            N_("An action takes from 5 minutes to 12 hours. Change its length."), field="minutes"
        )
    if start is not None and not 0 <= start <= MIDNIGHT - minutes:
        raise DomainError(
            N_("The action would end after midnight. Begin earlier or make it shorter."),
            field="start",
        )


def carried_to(week: date, carried: int, into: date) -> tuple[date, int]:
    """Put an action off to a later week: that week's Monday, and how often it was put off now.

    Raises:
        DomainError: the other week is not later.
    """
    if monday(into) <= monday(week):
        raise DomainError(N_("An action is carried over to a later week. Choose a later one."))
    return monday(into), carried + 1


def effect_spans(done: date) -> tuple[tuple[date, date], tuple[date, date]]:
    """Return the seven days up to the day an action was done, and the seven after it.

    Both hold every weekday once, so weekends do not distort the comparison.
    """
    return (
        (done - timedelta(DAYS - 1), done),
        (done + timedelta(1), done + timedelta(DAYS)),
    )
