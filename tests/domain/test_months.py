"""Steps between months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk import i18n
from ropdesk.domain.errors import DomainError
from ropdesk.domain.months import add_months, checked_day, month_end

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(DAYS, st.integers(-200, 200), st.integers(-200, 200))
def test_steps_add_up(day, one, other):
    assert add_months(add_months(day, one), other) == add_months(day, one + other)
    assert add_months(day, 0) == day.replace(day=1)


@given(DAYS)
def test_the_day_after_the_last_begins_the_next_month(day):
    assert month_end(day) + timedelta(1) == add_months(day, 1)
    assert month_end(day).replace(day=1) == day.replace(day=1)


def test_over_the_years_end():
    assert add_months(date(2026, 1, 31), -1) == date(2025, 12, 1)
    assert month_end(date(2024, 2, 10)) == date(2024, 2, 29)


@pytest.mark.parametrize("year", [1, 1991, 2101, 9999])
def test_a_year_far_away_is_mistyped(year):
    with pytest.raises(DomainError) as said:
        checked_day(date(year, 5, 1), "due")
    assert said.value.fields["field"] == "due"
    assert str(year) in i18n.describe(said.value)


def test_days_of_this_century_are_taken():
    for day in (date(1992, 1, 1), date(2026, 10, 22), date(2100, 12, 31)):
        assert checked_day(day) == day
