"""The duties of a sales head: the starting set, periods, streaks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain import duties
from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.duties import STARTING_SET, Rhythm, State
from ropdesk.domain.errors import DomainError

CALENDAR = WorkCalendar()
THURSDAY = date(2026, 10, 22)
FLOOR = date(2025, 10, 1)


def test_the_starting_set_is_whole() -> None:
    assert 20 <= len(STARTING_SET) <= 35
    assert len({duty.code for duty in STARTING_SET}) == len(STARTING_SET)
    assert len({duty.title for duty in STARTING_SET}) == len(STARTING_SET)
    rhythms = [duty.rhythm for duty in STARTING_SET]
    assert rhythms == sorted(rhythms, key=list(Rhythm).index)
    assert set(rhythms) == set(Rhythm)
    assert {duty.start for duty in STARTING_SET} == {None, 9 * 60, 18 * 60}
    assert all(len(duty.code) <= 40 for duty in STARTING_SET)


def test_what_a_period_is_called_by() -> None:
    assert duties.period(Rhythm.DAY, THURSDAY) == THURSDAY
    assert duties.period(Rhythm.WEEK, THURSDAY) == date(2026, 10, 19)
    assert duties.period(Rhythm.MONTH, THURSDAY) == date(2026, 10, 1)


def test_the_day_before_is_the_working_day_before() -> None:
    monday = date(2026, 10, 19)
    assert duties.before(Rhythm.DAY, monday, CALENDAR) == date(2026, 10, 16)
    assert duties.before(Rhythm.WEEK, monday, CALENDAR) == date(2026, 10, 12)
    assert duties.before(Rhythm.MONTH, date(2026, 1, 1), CALENDAR) == date(2025, 12, 1)


def streak(rhythm: Rhythm, *done: date, today: date = THURSDAY) -> int:
    return duties.streak(rhythm, set(done), today, CALENDAR, FLOOR)


def test_an_open_period_does_not_break_a_streak() -> None:
    wednesday, friday = date(2026, 10, 21), date(2026, 10, 16)
    week = [wednesday, date(2026, 10, 20), date(2026, 10, 19), friday]
    assert streak(Rhythm.DAY, *week) == 4
    assert streak(Rhythm.DAY, THURSDAY, *week) == 5
    assert streak(Rhythm.DAY, THURSDAY, *week[1:]) == 1
    assert streak(Rhythm.DAY) == 0
    assert streak(Rhythm.WEEK, date(2026, 10, 12), date(2026, 10, 5)) == 2
    assert streak(Rhythm.MONTH, date(2026, 10, 1), date(2026, 9, 1)) == 2


def test_a_day_off_neither_counts_nor_breaks() -> None:
    saturday, friday = date(2026, 10, 24), date(2026, 10, 23)
    assert streak(Rhythm.DAY, friday, THURSDAY, today=saturday) == 2
    assert streak(Rhythm.DAY, saturday, friday, THURSDAY, today=saturday) == 2


@given(st.integers(0, 400))
def test_a_streak_ends_where_looking_ends(days: int) -> None:
    floor = THURSDAY - timedelta(days)
    every = {THURSDAY - timedelta(n) for n in range(800)}
    counted = duties.streak(Rhythm.DAY, every, THURSDAY, CALENDAR, floor)
    between = len(CALENDAR.working_days(floor, THURSDAY))
    assert between <= counted <= between + 1


def test_a_duty_of_ones_own_needs_a_name_that_fits() -> None:
    assert duties.title(" Обход  зала ") == "Обход зала"
    for bad in (" ", "я" * (duties.LONGEST_TITLE + 1)):
        with pytest.raises(DomainError):
            duties.title(bad)


def test_a_time_is_one_that_a_day_has() -> None:
    assert duties.start(None) is None
    assert duties.start(0) == 0
    for bad in (-1, 24 * 60):
        with pytest.raises(DomainError):
            duties.start(bad)


def test_a_delegated_duty_has_somebody() -> None:
    assert duties.delegate(State.DELEGATED, 3, "Ольга") == (3, "")
    assert duties.delegate(State.DELEGATED, None, " старший  менеджер ") == (
        None, "старший менеджер",
    )  # fmt: skip
    assert duties.delegate(State.MINE, 3, "Ольга") == (None, "")
    with pytest.raises(DomainError) as refused:
        duties.delegate(State.DELEGATED, None, " ")
    assert refused.value.fields["field"] == "delegate"
