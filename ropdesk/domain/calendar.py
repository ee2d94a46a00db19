"""The working calendar of Russia, by law and by the government's yearly transfers of days off.

Days come from the `holidays` package: public holidays, days off moved by the government and the
weekends worked for them. Shortened days follow article 95 of the Labour Code: the working day
right before a public holiday, and a weekend that is worked instead of such a day. That rule gives
every official calendar since 2018, so the only table kept here is of one-off presidential decrees.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Protocol

from ropdesk.domain.errors import N_, DomainError

_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6
_MOVED = "Выходной (перенесено с "
_MOVED_BY_LAW = "(выходной)"

# Days paid and not worked by a president's decree: 25.03.2020 No. 206, 02.04.2020 No. 239,
# 28.04.2020 No. 294, 29.05.2020 No. 345, 01.06.2020 No. 354, 23.04.2021 No. 242,
# 20.10.2021 No. 595. First and last day of each.
_DECREES = (
    (date(2020, 3, 30), date(2020, 4, 30)),
    (date(2020, 5, 6), date(2020, 5, 8)),
    (date(2020, 6, 24), date(2020, 6, 24)),
    (date(2020, 7, 1), date(2020, 7, 1)),
    (date(2021, 5, 4), date(2021, 5, 7)),
    (date(2021, 10, 30), date(2021, 11, 3)),
)


class DayKind(StrEnum):
    """What the calendar says of a day."""

    WORKDAY = "workday"
    SHORTENED = "shortened"
    DAY_OFF = "day_off"


@dataclass(frozen=True, slots=True)
class MonthNorm:
    """Working time of a month.

    Attributes:
        month: its first day.
        working_days: days worked in the chosen week, shortened ones included.
        hours_40: hours of a 40-hour five-day week, whatever week is chosen.
    """

    month: date
    working_days: int
    hours_40: int


@dataclass(frozen=True, slots=True)
class YearNorm:
    """Working time of a year, and the days that make it unlike a plain one.

    Attributes:
        working_weekends: Saturdays and Sundays worked (Sundays alone in a six-day week).
        source_known: whether the government's transfers for this year are known. Where they are
            not, only the public holidays and the moves that the law itself makes are counted.
    """

    year: int
    working_days: int
    hours_40: int
    months: tuple[MonthNorm, ...]
    working_weekends: tuple[date, ...]
    shortened: tuple[date, ...]
    source_known: bool


@dataclass(frozen=True, slots=True)
class OfficialYear:
    """One year as the state publishes it.

    Attributes:
        holidays: public holidays (article 112), with 1 January of the next year.
        moved: day off → the weekend it was moved from.
        worked: weekends worked instead of a moved day off.
    """

    holidays: frozenset[date]
    moved: Mapping[date, date]
    worked: frozenset[date]
    known: bool


class YearMemory(Protocol):
    """Keeps official years between two runs of the program."""

    def get(self, year: int) -> OfficialYear | None:
        """Return a year that was put, or None."""

    def put(self, year: int, official: OfficialYear) -> None:
        """Keep a year."""


_memories: list[YearMemory] = []


def remember_years(memory: YearMemory) -> None:
    """Ask a memory for a year before the `holidays` package, whose import costs 0.2 seconds."""
    _memories[:] = [memory]


@cache
def _official(year: int) -> OfficialYear:
    for memory in _memories:
        known = memory.get(year)
        if known is not None:
            return known
    found = published(year)
    for memory in _memories:
        memory.put(year, found)
    return found


def published(year: int) -> OfficialYear:
    """Ask the `holidays` package for a year."""
    # Half of the package's cost is its import, which must not delay the window.
    from holidays import country_holidays

    source = country_holidays("RU", years=year, language="ru")
    holidays, moved, by_law = set(), {}, []
    for day, name in sorted(source.items()):
        if name.startswith(_MOVED):
            of_day, of_month, of_year = name.removeprefix(_MOVED).rstrip(")").split(".")
            moved[day] = date(int(of_year), int(of_month), int(of_day))
        elif name.endswith(_MOVED_BY_LAW):
            by_law.append(day)
        else:
            holidays.add(day)
    known = bool(moved or by_law)
    if known:
        on_weekends = sorted(day for day in holidays if day.weekday() >= _SATURDAY)
        moved |= {day: on_weekends[bisect_left(on_weekends, day) - 1] for day in by_law}
    else:
        moved = _moved_by_law(holidays)
    if year < date.max.year:
        holidays.add(date(year + 1, 1, 1))
    return OfficialYear(frozenset(holidays), moved, frozenset(source.weekend_workdays), known)


def _moved_by_law(holidays: set[date]) -> dict[date, date]:
    """Move days off by article 112: a holiday on a weekend frees the next working day.

    The government alone moves the weekends of January, so they stay where they are.
    """
    moved: dict[date, date] = {}
    for holiday in sorted(holidays):
        if holiday.month > 1 and holiday.weekday() >= _SATURDAY:
            day = holiday + _DAY
            while day.weekday() >= _SATURDAY or day in holidays or day in moved:
                day += _DAY
            moved[day] = holiday
    return moved


def _days(start: date, end: date) -> Iterator[date]:
    return map(date.fromordinal, range(start.toordinal(), end.toordinal() + 1))


@cache
def _kinds(year: int, week_days: int, decree_days: bool) -> Mapping[date, DayKind]:
    """Every day of a year, as the state has it for a five- or six-day week."""
    official = _official(year)
    # A six-day week has no Saturday off, so nothing can be moved from it.
    free = _SUNDAY if week_days == 6 else _SATURDAY
    moved = {day: of for day, of in official.moved.items() if of.weekday() >= free}
    eves = {holiday - _DAY for holiday in official.holidays if holiday > date.min}
    eves |= {of for day, of in moved.items() if of in official.worked and day in eves}
    decreed = {day for first, last in _DECREES if decree_days for day in _days(first, last)}
    kinds = {}
    for day in _days(date(year, 1, 1), date(year, 12, 31)):
        weekend = day.weekday() >= free and day not in official.worked
        if weekend or day in official.holidays or day in moved or day in decreed:
            kinds[day] = DayKind.DAY_OFF
        else:
            kinds[day] = DayKind.SHORTENED if day in eves else DayKind.WORKDAY
    return MappingProxyType(kinds)


@cache
def _worked_by_law(year: int, week_days: int, decree_days: bool) -> tuple[date, ...]:
    kinds = _kinds(year, week_days, decree_days)
    return tuple(day for day, kind in kinds.items() if kind is not DayKind.DAY_OFF)


@dataclass(frozen=True)
class WorkCalendar:
    """The working calendar of a workspace.

    In a six-day week Saturdays are worked, unless they are public holidays, and days off moved
    from a Saturday do not exist; the norm of hours stays that of the 40-hour five-day week.

    Args:
        week_days: 5 or 6.
        edits: days that the sales head has set, over everything else.
        decree_days: whether the one-off non-working days of 2020 and 2021 are days off.

    Raises:
        DomainError: a week of other than 5 or 6 days.
    """

    week_days: int = 5
    edits: Mapping[date, DayKind] = field(default_factory=dict)
    decree_days: bool = False
    _worked: dict[int, tuple[date, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if self.week_days not in {5, 6}:
            raise DomainError(
                N_("A week of {days} working days is not supported. Choose 5 or 6."),
                days=self.week_days,
            )

    def kind(self, day: date) -> DayKind:
        """Say what a day is."""
        edit = self.edits.get(day)
        return _kinds(day.year, self.week_days, self.decree_days)[day] if edit is None else edit

    def is_working(self, day: date) -> bool:
        """Say whether a day is worked, shortened days included."""
        return self.kind(day) is not DayKind.DAY_OFF

    def hours(self, day: date) -> int:
        """Count the hours of a day: 8, a shortened one 7, a day off 0.

        In a six-day week 7, and 5 on the eve of the Sunday (article 95, part 3); a shortened day
        is one hour less (part 1).
        """
        kind = self.kind(day)
        if kind is DayKind.DAY_OFF:
            return 0
        full = 8 if self.week_days == 5 else 5 if day.weekday() == _SATURDAY else 7
        return full - (kind is DayKind.SHORTENED)

    def working_days(self, start: date, end: date) -> tuple[date, ...]:
        """List the working days from start to end, both included, in order."""
        days: tuple[date, ...] = ()
        for year in range(start.year, end.year + 1):
            worked = self._year(year)
            days += worked[bisect_left(worked, start) : bisect_right(worked, end)]
        return days

    def month_norm(self, year: int, month: int) -> MonthNorm:
        """Count the working days and hours of a month (order of 13.08.2009 No. 588n)."""
        first = date(year, month, 1)
        days = [day for day in _days(first, date(year, 12, 31)) if day.month == month]
        five = _kinds(year, 5, self.decree_days)
        kinds = [self.edits.get(day, five[day]) for day in days]
        worked = len(kinds) - kinds.count(DayKind.DAY_OFF)
        hours = worked * 8 - kinds.count(DayKind.SHORTENED)
        return MonthNorm(first, len(self.working_days(first, days[-1])), hours)

    def year_norm(self, year: int) -> YearNorm:
        """Count the working days and hours of a year, by months and as a whole."""
        months = tuple(self.month_norm(year, month) for month in range(1, 13))
        worked = self._year(year)
        free = _SUNDAY if self.week_days == 6 else _SATURDAY
        return YearNorm(
            year=year,
            working_days=len(worked),
            hours_40=sum(month.hours_40 for month in months),
            months=months,
            working_weekends=tuple(day for day in worked if day.weekday() >= free),
            shortened=tuple(day for day in worked if self.kind(day) is DayKind.SHORTENED),
            source_known=_official(year).known,
        )

    def _year(self, year: int) -> tuple[date, ...]:
        if year not in self._worked:
            law = _worked_by_law(year, self.week_days, self.decree_days)
            if any(day.year == year for day in self.edits):
                days = _kinds(year, self.week_days, self.decree_days)
                law = tuple(day for day in days if self.is_working(day))
            self._worked[year] = law
        return self._worked[year]
