"""Meetings: kinds with their usual agendas, and rules by which meetings recur.

Times are minutes after midnight, lengths are minutes. The built-in kinds and what each of them
goes through follow the published duties of a head of sales: a daily coordination of up to twenty
minutes, a weekly meeting of up to an hour, a monthly report to the team, and meetings with the
director, quality control and marketing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.months import add_months, checked_day, month_end
from ropdesk.domain.week import MIDNIGHT, days_of, monday, occurrences

SHORTEST, LONGEST = 5, 12 * 60
LATEST_WORKING_DAY = 15  # every month of every official calendar has as many
IN_TIME = 5  # minutes that a meeting may begin late and still count as begun in time


class State(StrEnum):
    """How far a meeting is. ``correcting``: a new edition of its protocol is being written."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    CORRECTING = "correcting"
    SKIPPED = "skipped"


class Section(StrEnum):
    """What a point of the agenda shows beside its notes."""

    FREE = ""
    YESTERDAY = "yesterday"
    PROMISES = "promises"
    REPEAT = "repeat"
    TODAY = "today"
    INTERIM = "interim"
    TRAINING = "training"
    WEEK = "week"
    CASES = "cases"
    WEEK_PLAN = "week_plan"
    CONTEST = "contest"
    MONTH = "month"
    MONTH_PLAN = "month_plan"
    STANDARDS = "standards"
    SIGNALS = "signals"
    QUALITY = "quality"
    MARKETING = "marketing"
    REQUESTS = "requests"


SECTION_TITLES = {
    Section.FREE: N_("Point without numbers"),
    Section.YESTERDAY: N_("Yesterday's fact"),
    Section.PROMISES: N_("Promises: what is due"),
    Section.REPEAT: N_("What to repeat, what not to repeat"),
    Section.TODAY: N_("Plan of the day"),
    Section.INTERIM: N_("Interim indicators"),
    Section.TRAINING: N_("Training and motivation"),
    Section.WEEK: N_("The week in numbers and tasks"),
    Section.CASES: N_("Cases of the week: difficulties, objections, calls"),
    Section.WEEK_PLAN: N_("Next week: payments and tasks"),
    Section.CONTEST: N_("Contest standings"),
    Section.MONTH: N_("Report on the month"),
    Section.MONTH_PLAN: N_("Goals and plans of the next month"),
    Section.STANDARDS: N_("Changes to technology, standards and documents"),
    Section.SIGNALS: N_("Signals and deviations"),
    Section.QUALITY: N_("Quality of calls and deals"),
    Section.MARKETING: N_("Leads and channels against the agreement"),
    Section.REQUESTS: N_("Requests to the director"),
}
"""The sections' own names (msgids), shown where a point has no title of its own."""


@dataclass(frozen=True, slots=True)
class UsualPoint:
    """A point of a usual agenda: its section, minutes, and a msgid where the section has none."""

    section: Section
    minutes: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class UsualKind:
    """A kind of meeting that every workspace has.

    Attributes:
        title: msgid.
        minutes: the limit.
        team: whether the department takes part.
    """

    code: str
    title: str
    minutes: int
    team: bool
    agenda: tuple[UsualPoint, ...]


DAILY, WEEKLY, MONTHLY = "daily", "weekly", "monthly"
DIRECTOR, QUALITY, MARKETING, OWN = "director", "quality", "marketing", "own"

_KINDS = (
    UsualKind(DAILY, N_("Daily coordination"), 20, True, (
        UsualPoint(Section.YESTERDAY, 4),
        UsualPoint(Section.PROMISES, 3),
        UsualPoint(Section.REPEAT, 4),
        UsualPoint(Section.TODAY, 4),
        UsualPoint(Section.INTERIM, 2),
        UsualPoint(Section.TRAINING, 3),
    )),
    UsualKind(WEEKLY, N_("Weekly meeting"), 60, True, (
        UsualPoint(Section.WEEK, 15),
        UsualPoint(Section.PROMISES, 5),
        UsualPoint(Section.CASES, 20),
        UsualPoint(Section.WEEK_PLAN, 15),
        UsualPoint(Section.CONTEST, 5),
    )),
    UsualKind(MONTHLY, N_("Monthly meeting"), 90, True, (
        UsualPoint(Section.MONTH, 25),
        UsualPoint(Section.MONTH_PLAN, 20),
        UsualPoint(Section.FREE, 20, N_("Strategy and tactics of sales")),
        UsualPoint(Section.STANDARDS, 15),
        UsualPoint(Section.CONTEST, 5),
        UsualPoint(Section.FREE, 5, N_("Questions of the team")),
    )),
    UsualKind(DIRECTOR, N_("Meeting with the director"), 45, False, (
        UsualPoint(Section.MONTH, 10, N_("Results and forecast of the month")),
        UsualPoint(Section.SIGNALS, 10),
        UsualPoint(Section.REQUESTS, 15),
        UsualPoint(Section.MONTH_PLAN, 10),
    )),
    UsualKind(QUALITY, N_("Meeting with quality control"), 45, False, (
        UsualPoint(Section.QUALITY, 10),
        UsualPoint(Section.SIGNALS, 10),
        UsualPoint(Section.FREE, 15, N_("Hypotheses for the indicators that lag")),
        UsualPoint(Section.TRAINING, 10, N_("Plan of training for the sellers")),
    )),
    UsualKind(MARKETING, N_("Meeting with marketing"), 45, False, (
        UsualPoint(Section.MARKETING, 15),
        UsualPoint(Section.FREE, 10, N_("Quality of leads and reasons of refusals")),
        UsualPoint(Section.FREE, 10, N_("Promotions of the coming weeks")),
        UsualPoint(Section.FREE, 10, N_("What we change")),
    )),
    UsualKind(OWN, N_("Own meeting"), 30, True, (
        UsualPoint(Section.FREE, 20, N_("Subject")),
        UsualPoint(Section.FREE, 10, N_("What we agree on")),
    )),
)  # fmt: skip

BUILTIN = {kind.code: kind for kind in _KINDS}
"""The kinds that every workspace has, by code, in the order shown."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When a meeting recurs.

    Attributes:
        first: not before this day.
        weekdays: numbers from Monday 0; empty for a monthly rule.
        every: of every n-th week, counted from that of ``first``.
        month_day: the n-th working day of a month (1 the first, -1 the last); None by weekdays.
        until: the last day; None leaves it open.
    """

    first: date
    weekdays: tuple[int, ...] = ()
    every: int = 1
    month_day: int | None = None
    until: date | None = None

    def times(self, first: date, last: date, calendar: WorkCalendar) -> dict[date, date]:
        """Say when it happens between two days: the time's name → the day it takes place.

        A weekday's time is named by that day; one that falls on a day off moves to the working
        day before it in the same week, or is left out where there is none (`week.occurrences`).
        A month's time is named by the first of the month, whatever its working day turns out to
        be; a month without so many working days has none.
        """
        named = self._monthly if self.month_day is not None else self._weekly
        return {
            name: day for name, day in sorted(named(first, last, calendar)) if first <= day <= last
        }

    def _weekly(
        self, first: date, last: date, calendar: WorkCalendar
    ) -> Iterator[tuple[date, date]]:
        week = monday(max(first, self.first))
        end = last if self.until is None else min(last, days_of(self.until)[-1])
        while week <= end:
            if (week - monday(self.first)).days // 7 % self.every == 0:
                yield from occurrences(
                    self.weekdays, self.first, self.until, week, calendar
                ).items()
            week += timedelta(days=7)

    def _monthly(
        self, first: date, last: date, calendar: WorkCalendar
    ) -> Iterator[tuple[date, date]]:
        month = max(first, self.first).replace(day=1)
        end = last if self.until is None else min(last, self.until)
        while month <= end:
            days = calendar.working_days(month, month_end(month))
            nth = self.month_day or 1
            if abs(nth) <= len(days):
                day = days[nth - 1 if nth > 0 else nth]
                if self.first <= day and (self.until is None or day <= self.until):
                    yield month, day
            month = add_months(month, 1)


def checked_rule(rule: Rule) -> Rule:
    """Refuse a rule that names no day.

    Raises:
        DomainError: no weekday, a step of weeks or a working day out of bounds, an end before
            the beginning.
    """
    if rule.month_day is None and not rule.weekdays:
        raise DomainError(N_("No weekday is chosen. Choose at least one."), field="weekdays")
    if not 1 <= rule.every <= 8:
        raise DomainError(
            N_("A meeting recurs every 1 to 8 weeks. Change the number."), field="every"
        )
    if rule.month_day is not None and not 1 <= abs(rule.month_day) <= LATEST_WORKING_DAY:
        raise DomainError(
            N_("The working day of a month is from 1 to {last}. Change it."),
            last=LATEST_WORKING_DAY, field="month_day",
        )  # fmt: skip
    checked_day(rule.first, "first")
    if rule.until is not None and rule.until < rule.first:
        raise DomainError(
            N_("The last day is before the first one. Choose a later day."), field="until"
        )
    checked_day(rule.until or rule.first, "until")
    return rule


def checked_time(start: int | None, minutes: int) -> None:
    """Refuse a time that a day does not have.

    Raises:
        DomainError: shorter than five minutes or longer than twelve hours, or past midnight.
    """
    if not SHORTEST <= minutes <= LONGEST:
        raise DomainError(
            N_("A meeting takes from 5 minutes to 12 hours. Change its length."), field="minutes"
        )
    if start is not None and not 0 <= start <= MIDNIGHT - minutes:
        raise DomainError(
            N_("The meeting would end after midnight. Begin earlier or make it shorter."),
            field="start",
        )


def checked_reason(reason: str) -> str:
    """Return a reason without spaces around it.

    Raises:
        DomainError: there is none.
    """
    if not reason.strip():
        raise DomainError(
            N_("A meeting is moved or skipped with a reason. Write why."), field="reason"
        )
    return reason.strip()


def began_in_time(day: date, start: int, begun: datetime) -> bool:
    """Say whether a meeting set for a day and minute began no more than five minutes late.

    ``begun`` is read by the clock on the wall where it was held: its own offset.
    """
    late = begun.replace(tzinfo=None) - datetime.combine(day, time()) - timedelta(minutes=start)
    return late <= timedelta(minutes=IN_TIME)


def over(minutes: Iterable[int], limit: int) -> int:
    """Count the minutes that an agenda has beyond its meeting's limit."""
    return max(0, sum(minutes) - limit)


def reordered(order: Sequence[int], at: int, to: int) -> list[int]:
    """Move what stands at one place to another; places beyond the ends are the ends."""
    left = list(order)
    moved = left.pop(at)
    left.insert(max(0, min(to, len(left))), moved)
    return left
