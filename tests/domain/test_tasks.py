"""Rules of tasks: titles, rhythms, and when something is due."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain import tasks
from ropdesk.domain.calendar import DayKind, WorkCalendar
from ropdesk.domain.errors import DomainError
from ropdesk.domain.tasks import Repeat, When

CALENDAR = WorkCalendar()
THURSDAY = date(2026, 10, 22)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
OFTEN = st.sampled_from([often for often in Repeat if often])


def test_a_title_is_one_line() -> None:
    assert tasks.title("  позвонить\n в банк ") == "позвонить в банк"
    for bad in ("", "   ", "я" * (tasks.LONGEST_TITLE + 1)):
        with pytest.raises(DomainError) as refused:
            tasks.title(bad)
        assert refused.value.fields["field"] == "title"


def test_words_are_kept_as_lines_and_not_longer_than_fits() -> None:
    assert tasks.words(" раз\nдва ", "note") == "раз\nдва"
    with pytest.raises(DomainError) as refused:
        tasks.words("я" * (tasks.LONGEST_TEXT + 1), "note")
    assert refused.value.fields["field"] == "note"


def test_a_repeating_task_needs_a_day() -> None:
    assert tasks.repeat("", None) is Repeat.NO
    assert tasks.repeat("month", THURSDAY) is Repeat.MONTH
    with pytest.raises(DomainError) as refused:
        tasks.repeat("week", None)
    assert refused.value.fields["field"] == "due"


def test_the_31st_comes_back_after_a_shorter_month() -> None:
    start = date(2026, 12, 31)
    assert [tasks.step(start, Repeat.MONTH, n) for n in range(4)] == [
        start, date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31),
    ]  # fmt: skip
    assert tasks.step(date(2024, 2, 29), Repeat.YEAR, 1) == date(2025, 2, 28)
    assert tasks.step(date(2024, 2, 29), Repeat.YEAR, 4) == date(2028, 2, 29)
    assert tasks.step(date(2026, 11, 30), Repeat.QUARTER, 1) == date(2027, 2, 28)


def test_a_day_off_moves_to_the_working_day_before() -> None:
    assert tasks.working(date(2026, 10, 25), CALENDAR) == date(2026, 10, 23)
    assert tasks.working(THURSDAY, CALENDAR) == THURSDAY
    # 31 January 2027 is a Sunday; the month after it is counted from the 31st all the same.
    first = date(2026, 12, 31)
    january = tasks.next_due(first, Repeat.MONTH, first, CALENDAR)
    assert january == date(2027, 1, 29)
    assert tasks.next_due(first, Repeat.MONTH, january, CALENDAR) == date(2027, 2, 26)
    assert tasks.next_due(first, Repeat.MONTH, date(2027, 2, 26), CALENDAR) == date(2027, 3, 31)


def test_in_a_month_without_working_days_a_day_stays() -> None:
    off = {THURSDAY - timedelta(n): DayKind.DAY_OFF for n in range(60)}
    assert tasks.working(THURSDAY, WorkCalendar(edits=off)) == THURSDAY


def test_what_was_missed_is_not_made_up() -> None:
    monday = date(2026, 10, 5)
    assert tasks.next_due(monday, Repeat.WEEK, THURSDAY, CALENDAR) == date(2026, 10, 26)
    assert tasks.next_due(monday, Repeat.DAY, date(2026, 10, 23), CALENDAR) == date(2026, 10, 26)


@given(DAYS, OFTEN, st.integers(0, 900))
def test_the_next_day_is_later_worked_and_of_the_rhythm(
    start: date, often: Repeat, later: int
) -> None:
    after = start + timedelta(later)
    due = tasks.next_due(start, often, after, CALENDAR)
    assert due > after
    assert CALENDAR.is_working(due)
    steps = [tasks.step(start, often, n) for n in range(1, later + 30)]
    assert due == next(
        day for day in (tasks.working(one, CALENDAR) for one in steps) if day > after
    )


@given(DAYS, st.sampled_from([Repeat.MONTH, Repeat.QUARTER, Repeat.YEAR]), st.integers(0, 60))
def test_a_month_keeps_the_number_of_its_day(start: date, often: Repeat, count: int) -> None:
    day = tasks.step(start, often, count)
    assert day.day == min(start.day, monthrange(day.year, day.month)[1])


def test_how_soon_a_task_is_due() -> None:
    told = {
        None: When.SOME_DAY,
        THURSDAY - timedelta(1): When.OVERDUE,
        THURSDAY: When.TODAY,
        date(2026, 10, 23): When.WEEK,
        date(2026, 10, 25): When.WEEK,
        date(2026, 10, 26): When.LATER,
    }
    assert {due: tasks.when(due, THURSDAY) for due in told} == told
