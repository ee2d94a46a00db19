"""Steps between months."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.months import add_months, month_end

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
