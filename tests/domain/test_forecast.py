import csv
import random
from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.errors import DomainError
from ropdesk.domain.forecast import (
    METHOD_NAMES,
    Forecaster,
    Method,
    MonthDays,
    backtest,
    forecast,
)

DATA = Path(__file__).parents[3] / "shared" / "data"
CALENDAR = WorkCalendar()


def first_day(number):
    return date(2024 + number // 12, number % 12 + 1, 1)


def build(number, value_of):
    start = first_day(number)
    days = [start + timedelta(days=n) for n in range(monthrange(start.year, start.month)[1])]
    working = tuple(CALENDAR.is_working(day) for day in days)
    values = tuple(value_of(day, works) for day, works in zip(days, working, strict=True))
    return MonthDays(start, values, working)


def steady(number, level=100):
    return build(number, lambda day, works: level if works else 0)


def end_of(month, working_day):
    passed = [n for n, works in enumerate(month.working) if works][working_day - 1]
    return month.start + timedelta(days=passed)


def history(count, seed=1):
    source = random.Random(seed)
    return [
        build(n, lambda day, works: source.randint(60, 140) if works else 0) for n in range(count)
    ]


def test_a_finished_month_is_its_fact():
    month = steady(0)
    total = sum(month.values)
    made = forecast(month, date(2024, 1, 31), [])
    assert (made.p10, made.p50, made.p90, made.method) == (total, total, total, Method.FACT)
    assert made.probability(total) == 1
    assert made.probability(total + 1) == 0
    assert forecast(month, date(2030, 1, 1), []) == made


def test_without_history_the_pace_alone_and_no_interval():
    month = steady(0)
    made = forecast(month, end_of(month, 3), [])
    assert (made.p50, made.method) == (sum(month.values), Method.RUN_RATE)
    assert made.p10 is made.p90 is made.usual_error is made.spread is None
    assert made.probability(10**6) is None
    assert made.probability(made.fact) == 1
    assert made.months == 0


def test_too_little_to_go_on():
    month = steady(2)
    assert forecast(month, end_of(month, 2), []) is None
    assert forecast(month, end_of(month, 2), history(2)) is None
    assert forecast(month, end_of(month, 3), history(2)).p10 is None
    assert forecast(month, end_of(month, 2), history(3)).p10 is not None
    nothing = steady(2, level=0)
    assert forecast(nothing, end_of(nothing, 9), [steady(0, level=0), steady(1, level=0)]) is None


def test_before_the_month_starts_history_speaks():
    made = forecast(steady(6), date(2024, 6, 30), [steady(n) for n in range(6)])
    assert made.p50 == sum(steady(6).values)
    assert made.fact == 0


def test_days_to_come_are_not_looked_at():
    past = history(8)
    month = history(9)[-1]
    as_of = end_of(month, 9)
    passed = (as_of - month.start).days + 1
    blank = month.values[:passed] + (0,) * (len(month.values) - passed)
    later = MonthDays(month.start, blank, month.working)
    assert forecast(month, as_of, past) == forecast(later, as_of, past)


def test_days_off_that_bring_something_are_counted():
    def every_day(number):
        return build(number, lambda day, works: 100)

    past = [every_day(n) for n in range(4, 10)]
    january = every_day(12)
    made = forecast(january, end_of(january, 5), past)
    # Eight holidays have brought as much as working days do: the plain pace is far too high.
    assert made.p50 == pytest.approx(3100, rel=0.02)
    assert made.method is not Method.RUN_RATE


def test_a_season_within_the_quarter_is_learnt():
    def seasonal(number):
        return steady(number, level=(50, 100, 150)[number % 3])

    past = [seasonal(n) for n in range(12)]
    month = seasonal(12)
    made = forecast(month, end_of(month, 1), past)
    assert made.method in {Method.QUARTER, Method.YEAR, Method.RUN_RATE, Method.PROFILE}
    before = forecast(month, month.start - timedelta(days=1), past)
    assert before.method in {Method.QUARTER, Method.YEAR}
    assert before.p50 == sum(month.values)


def test_months_before_the_first_sale_are_no_history():
    empty = [steady(n, level=0) for n in range(5)]
    month = steady(9)
    made = forecast(month, end_of(month, 5), [*empty, *(steady(n) for n in range(5, 9))])
    assert made == forecast(month, end_of(month, 5), [steady(n) for n in range(5, 9)])
    assert made.months == 4


def test_only_two_years_count():
    past = history(30)
    month = steady(30)
    assert forecast(month, end_of(month, 5), past).months == 24


def test_refunds_may_lower_the_month():
    past = [build(n, lambda day, works: -50 if day.day > 20 else 100) for n in range(6)]
    month = build(6, lambda day, works: 100 if day.day <= 20 else 0)
    made = forecast(month, date(2024, 7, 20), past)
    assert made.p10 < made.fact
    assert made.may_fall
    assert made.probability(made.fact) < 1
    refund = build(6, lambda day, works: -10)
    assert forecast(refund, date(2024, 7, 20), history(6)).p50 < 600


def test_a_month_without_working_days_keeps_its_fact():
    away = MonthDays(date(2024, 7, 1), (5,) * 31, (False,) * 31)
    made = forecast(away, date(2024, 7, 20), history(6))
    assert made.p50 == made.fact == 100
    past = [*history(3), MonthDays(date(2024, 4, 1), (0,) * 30, (False,) * 30), *history(3)]
    month = steady(8)
    assert forecast(month, end_of(month, 5), past).p50 > 1000
    leave = [MonthDays(date(2024, n, 1), (7,) * 28, (False,) * 28) for n in (1, 2, 3)]
    assert forecast(month, end_of(month, 5), leave).p50 >= 500


def test_a_month_needs_a_value_for_every_day():
    with pytest.raises(DomainError, match="one value per day"):
        MonthDays(date(2024, 1, 1), (1, 2), (True,))


def test_every_method_has_a_name():
    assert set(METHOD_NAMES) == set(Method)


@given(
    st.lists(st.integers(0, 10**9), min_size=31, max_size=31),
    st.integers(0, 8),
    st.integers(-2, 29),
    st.integers(0, 10**11),
)
def test_forecasts_are_sound(values, months, day, target):
    month = build(12, lambda day, works: values[day.day - 1])
    past = history(12)[12 - months :]
    made = Forecaster(past).at(month, month.start + timedelta(days=day))
    if made is None:
        return
    assert made.fact == sum(values[: max(0, day + 1)])
    assert made.p50 >= made.fact
    if made.p10 is None:
        assert len(past) < 3
        return
    assert made.fact <= made.p10 <= made.p50 <= made.p90
    chance = made.probability(target)
    assert 0 <= chance <= 1
    assert chance >= made.probability(target + 10**6)
    if made.p90 > made.p50:
        assert abs(made.probability(made.p90) - Fraction(1, 10)) <= Fraction(1, 100)


def test_asking_again_gives_the_same():
    past = history(12)
    forecaster = Forecaster(past)
    month = steady(12)
    for working_day in (5, 9, 5):
        as_of = end_of(month, working_day)
        assert forecaster.at(month, as_of) == forecast(month, as_of, past)


def test_the_interval_holds_about_as_often_as_it_says():
    inside = []
    for seed in range(12):
        rows = backtest(history(18, seed), (5, 10, 15))
        inside += [row.coverage for row in rows if row.coverage is not None]
    assert Fraction(7, 10) <= sum(inside) / len(inside) <= Fraction(9, 10)


def test_backtest_of_too_little():
    assert backtest(history(3)) == []
    assert backtest(history(6), (40,)) == []
    assert backtest([steady(n, level=0) for n in range(8)]) == []
    late = [*(steady(n, level=0) for n in range(3)), steady(3), steady(4), steady(5)]
    rows = backtest(late, (5,))
    assert [row.coverage for row in rows] == [None, None]
    assert rows[0].months == 3


def months_of(series):
    first, last = min(series), max(series)
    start, months = first.replace(day=1), []
    while start <= last:
        length = monthrange(start.year, start.month)[1]
        days = [start + timedelta(days=n) for n in range(length)]
        values = tuple(series.get(day, 0) for day in days)
        months.append(MonthDays(start, values, tuple(map(CALENDAR.is_working, days))))
        start += timedelta(days=length)
    return months


def rows_of(path, delimiter):
    if not path.exists():
        pytest.skip(f"{path.name} (../shared/data) is not here")
    with path.open(encoding="utf-8-sig") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def crm_receipts():
    series = defaultdict(int)
    for row in rows_of(DATA / "crm_deals" / "sales_pipeline.csv", ","):
        if row["deal_stage"] == "Won":
            series[date.fromisoformat(row["close_date"])] += round(float(row["close_value"]) * 100)
    return series


def adventureworks_sales():
    series = defaultdict(int)
    for row in rows_of(DATA / "adventureworks" / "Sales.csv", "|"):
        day = date(*map(int, row["OrderDate"].split("/")))
        series[day] += round(float(row["Sales"]) * 100)
    return series


@pytest.mark.parametrize("series", [crm_receipts, adventureworks_sales])
def test_better_than_the_plain_run_rate_on_real_months(series):
    rows = backtest(months_of(series()))
    assert [row.working_day for row in rows] == [5, 5, 10, 10, 15, 15]
    for plain, ours in zip(rows[::2], rows[1::2], strict=True):
        assert ours.mape < plain.mape
    covered = sum(row.coverage * row.months for row in rows[1::2])
    share = covered / sum(row.months for row in rows[1::2])
    assert Fraction(7, 10) <= share <= Fraction(91, 100)
