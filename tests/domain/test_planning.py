import random
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.errors import DomainError
from ropdesk.domain.planning import (
    Funnel,
    Method,
    PastMonth,
    change,
    conversion_for,
    day_weights,
    decompose,
    department_days,
    member_weights,
    plan_to_date,
    required_pace,
    shortage,
    spread,
    weekday_weights,
)
from ropdesk.domain.split import split_with_locked
from ropdesk.domain.team import Member

NOVEMBER = date(2026, 11, 1)
GOAL = decompose(1_200_000_000, 3_140_000, 1850, 898)
FIELDS = list(Funnel.__slots__)
amounts = st.integers(0, 10**9)
optional = st.none() | amounts


def sound(funnel):
    """Everything known suffices, with less to spare than one more step takes."""
    f = funnel
    pairs = (
        (f.receipts, f.deals, f.average_check, 1),
        (f.deals, f.inquiries, f.conversion, 10_000),
    )
    for upper, lower, rate, unit in pairs:
        if None not in (upper, lower) and rate:
            assert upper * unit <= lower * rate < (upper + 1) * unit + rate
    if None not in (f.inquiries, f.calls) and f.calls_per_inquiry:
        cost = f.calls_per_inquiry
        assert f.inquiries * cost <= f.calls * 100 < (f.inquiries + 1) * cost + 100


def test_decompose():
    assert (GOAL.deals, GOAL.inquiries, GOAL.calls) == (383, 2071, 18598)
    assert decompose(0, 100, 100, 100) == Funnel(0, 100, 0, 100, 0, 100, 0)


@given(optional, optional, optional, optional)
def test_decompose_takes_the_least_that_suffices(receipts, check, conversion, calls):
    funnel = decompose(receipts, check, conversion, calls)
    sound(funnel)
    if not check or receipts is None:
        assert funnel.deals is None
    else:
        assert (funnel.deals - 1) * check < receipts <= funnel.deals * check
    assert (funnel.inquiries is None) == (funnel.deals is None or not conversion)
    assert (funnel.calls is None) == (funnel.inquiries is None or not calls)


@given(
    st.tuples(optional, optional, optional, optional),
    st.lists(st.tuples(st.sampled_from(FIELDS), optional), max_size=6),
)
def test_any_chain_of_changes_stays_sound(start, changes):
    funnel = decompose(*start)
    for field, value in changes:
        funnel = change(funnel, field, value)
        sound(funnel)
        if value is not None:
            assert getattr(funnel, field) == value
        assert change(funnel, field, value) == funnel


def test_changing_a_driver_moves_everything_below():
    dearer = change(GOAL, "average_check", 4_000_000)
    assert (dearer.deals, dearer.inquiries) == (300, 1622)
    assert change(GOAL, "conversion", 2000).deals == 383


def test_changing_a_result_moves_the_goal():
    more = change(GOAL, "deals", 400)
    assert (more.receipts, more.inquiries) == (400 * 3_140_000, 2163)
    fewer = change(GOAL, "inquiries", 2000)
    assert (fewer.inquiries, fewer.deals, fewer.receipts) == (2000, 370, 370 * 3_140_000)
    assert fewer.calls == 17960
    calls = change(GOAL, "calls", 17960)
    assert (calls.inquiries, calls.deals) == (2000, 370)


def test_an_unknown_driver_stops_the_chain():
    bare = decompose(500, None, None, None)
    assert change(bare, "deals", 3) == Funnel(receipts=500, deals=3)
    assert change(bare, "inquiries", 30) == Funnel(receipts=500, inquiries=30)
    assert change(bare, "calls", 90) == Funnel(receipts=500, calls=90)
    assert change(change(bare, "deals", 3), "conversion", 1000).inquiries == 30


def test_what_a_funnel_refuses():
    with pytest.raises(DomainError, match="below zero"):
        decompose(-1, 1, 1, 1)
    with pytest.raises(DomainError, match="profit"):
        change(GOAL, "profit", 1)


def test_gap():
    assert conversion_for(383, 2000) == 1915
    assert conversion_for(383, 0) is None
    assert conversion_for(None, 5) is None
    assert shortage(2071, 2000) == 71
    assert shortage(2000, 2071) == 0
    assert shortage(None, 1) is None


def days(count):
    return tuple(NOVEMBER + timedelta(days=n) for n in range(count))


OLD, HALF, NEW = Member(1, "A"), Member(2, "B"), Member(3, "C", ramp={NOVEMBER: 5000})


def test_weights_by_history():
    present = {1: days(20), 2: days(10), 3: days(20)}
    history = {
        1: [PastMonth(10**9, 20), *[PastMonth(400, 20)] * 6],
        2: [PastMonth(100, 20, ramp=5000), PastMonth(7, 0)],
        9: [PastMonth(10**9, 1)],
    }
    weights = member_weights([OLD, HALF, NEW], NOVEMBER, present, history)
    # Paces are 20 and 10 a day; the newcomer takes their median, 15, at half strength.
    assert [weights[key] for key in (1, 2, 3)] == [400 * 10_000, 100 * 10_000, 150 * 10_000]


def test_weights_equally():
    present = {1: days(20), 2: days(10)}
    expected = {1: 200_000, 2: 100_000, 3: 0}
    history = {1: [PastMonth(5, 5)]}
    assert member_weights([OLD, HALF, NEW], NOVEMBER, present, history, Method.EQUAL) == expected
    nothing = {1: [PastMonth(0, 5)], 2: [PastMonth(-5, 5)]}
    assert member_weights([OLD, HALF, NEW], NOVEMBER, present, nothing) == expected


@given(
    st.dictionaries(
        st.integers(1, 8),
        st.lists(st.builds(PastMonth, st.integers(-100, 10**9), st.integers(0, 23)), max_size=9),
    ),
    st.integers(0, 10**12),
)
def test_shares_sum_to_the_plan(history, total):
    team = [Member(key, str(key)) for key in range(1, 6)]
    present = {key: days(key * 4) for key in range(1, 6)}
    weights = member_weights(team, NOVEMBER, present, history)
    parts = split_with_locked(total, weights, {})
    assert sum(parts.values()) == total
    assert min(parts.values()) >= 0


def test_weekdays_of_noise_are_plain():
    ones = dict.fromkeys(range(7), Fraction(1))
    assert weekday_weights({}) == ones
    assert weekday_weights({0: [10] * 7, 1: [90] * 7}) == ones
    assert weekday_weights({0: [10] * 8}) == ones
    assert weekday_weights({0: [0] * 8, 1: [0] * 8}) == ones
    random.seed(5)
    noise = {day: [random.randint(0, 100) for _ in range(40)] for day in range(5)}
    assert all(abs(weight - 1) < Fraction(1, 8) for weight in weekday_weights(noise).values())
    assert weekday_weights({0: [0, 100] * 4, 1: [100, 0] * 4}) == ones


def test_weekdays_keep_a_lasting_pattern():
    random.seed(5)
    history = {
        day: [level + random.randint(-20, 20) for _ in range(20)]
        for day, level in enumerate((100, 150, 100, 100, 50))
    }
    weights = weekday_weights(history)
    assert weights[1] > Fraction(14, 10)
    assert weights[4] < Fraction(6, 10)
    assert weights[5] == weights[6] == 1
    assert all((weight * 100).denominator == 1 for weight in weights.values())


def test_day_weights():
    assert day_weights(days(3), days(2)) == {days(3)[0]: 1, days(3)[1]: 1, days(3)[2]: 0}
    assert set(day_weights(days(3), ()).values()) == {1}
    assert day_weights(days(2), days(2), {6: Fraction(1, 2)})[NOVEMBER] == Fraction(1, 2)


def test_pinned_days_stay():
    month = spread(1000, day_weights(days(4), days(3)), {days(4)[1]: 500, days(9)[8]: 100})
    assert list(month.values()) == [200, 500, 200, 0, 100]
    with pytest.raises(DomainError, match=r"exceed the plan by 5\."):
        spread(1000, day_weights(days(4), days(4)), {NOVEMBER: 1500}, scale=100)


@given(st.integers(0, 10**12), st.integers(1, 31), st.sets(st.integers(0, 30)))
def test_days_sum_to_the_month(total, count, away):
    working = days(count)
    present = [day for n, day in enumerate(working) if n not in away]
    month = spread(total, day_weights(working, present, {0: Fraction(6, 5)}))
    assert sum(month.values()) == total == plan_to_date(month, working[-1])
    assert plan_to_date(month, working[0]) == month[working[0]]


def test_department_days():
    one, two = {days(2)[1]: 5}, {days(2)[0]: 1, days(2)[1]: 2}
    assert list(department_days([one, two]).items()) == [(days(2)[0], 1), (days(2)[1], 7)]


def test_required_pace():
    assert required_pace(100, 100, 0) == 0
    assert required_pace(100, 0, 0) is None
    assert required_pace(100, 40, 7) == 9


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(1, 23))
def test_required_pace_reaches_the_plan_and_no_more(plan, fact, left):
    pace = required_pace(plan, fact, left)
    assert fact + pace * left >= plan
    assert pace == 0 or fact + (pace - 1) * left < plan
