"""Levers: exact identities, the lag of inquiries, the smallest change that closes a gap."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ropdesk.domain.errors import DomainError
from ropdesk.domain.forecast import Forecast, Method
from ropdesk.domain.levers import (
    DEPARTMENT,
    ONE,
    UNCHANGED,
    WHOLE,
    Course,
    Factor,
    Obstacle,
    Relative,
    Rest,
    add_up,
    check_change,
    in_time,
    mean_rest,
    relative,
    rest_of,
)
from ropdesk.domain.levers_closing import (
    Best,
    PastMonth,
    Reach,
    best_month,
    lever,
    needed,
    ranked,
    usual,
)

MAY, JUNE, JULY = (date(2026, month, 1) for month in (5, 6, 7))

money = st.integers(1, 10**11)
pieces = st.integers(0, 5_000)
shares = st.none() | st.fractions(0, 1, max_denominator=400)
times = st.fractions(Fraction(1, 10), 5, max_denominator=50)
usuals = st.none() | st.fractions(1, 10**7, max_denominator=30)


def rest(inquiries: int = 100, deals: int = 20, receipts: int = 600_000_00) -> Rest:
    return rest_of(receipts, deals, inquiries)


# -- taking the rest apart


@given(money, st.none() | pieces, st.none() | pieces, usuals, usuals)
def test_the_three_factors_always_make_the_receipts(receipts, deals, inquiries, check, conversion):
    found = rest_of(receipts, deals, inquiries, check, conversion)
    assert found.receipts == receipts
    if found.conversion is not None:
        assert found.inquiries * found.conversion / WHOLE * found.check == receipts


def test_many_pieces_are_taken_from_the_forecast():
    found = rest_of(600_000_00, 20, 100, Fraction(1), Fraction(1))
    assert (found.inquiries, found.conversion, found.check) == (100, 2_000, 30_000_00)


def test_a_few_deals_are_too_coarse_so_the_usual_check_is_taken():
    found = rest_of(90_000_00, 2, 30, Fraction(30_000_00), None)
    assert found.check == 30_000_00
    assert found.conversion == Fraction(3 * WHOLE, 30)


def test_a_few_inquiries_follow_from_the_usual_conversion():
    found = rest_of(600_000_00, 20, 3, None, Fraction(2_500))
    assert (found.inquiries, found.conversion) == (80, 2_500)


def test_a_few_pieces_without_a_past_are_taken_as_they_are():
    found = rest_of(60_000_00, 2, 4)
    assert (found.inquiries, found.conversion, found.check) == (4, 5_000, 30_000_00)


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (rest_of(0, 5, 5), dict.fromkeys(Factor, Obstacle.NOTHING_LEFT)),
        (rest_of(-5, None, None), dict.fromkeys(Factor, Obstacle.NOTHING_LEFT)),
        (rest_of(100, 0, None), dict.fromkeys(Factor, Obstacle.NO_DEALS)),
        (rest_of(100, None, 50), dict.fromkeys(Factor, Obstacle.NO_DEALS)),
        (
            rest_of(100, 6, 0),
            {
                Factor.INQUIRIES: Obstacle.NO_INQUIRIES,
                Factor.CONVERSION: Obstacle.NO_INQUIRIES,
                Factor.CHECK: None,
            },
        ),
        (rest(), dict.fromkeys(Factor)),
    ],
)
def test_what_cannot_be_moved_says_why(found, why):
    assert {factor: found.obstacle(factor) for factor in Factor} == why


def test_a_new_inquiry_is_worth_no_more_than_usual():
    backlog = rest_of(600_000_00, 130, 100, None, Fraction(6_500))
    assert backlog.fresh == Fraction(1, 2)
    more = relative(backlog, {Factor.INQUIRIES: Fraction(150)})
    assert more.now(ONE) == Fraction(5, 4)
    assert needed(backlog, Factor.INQUIRIES, Fraction(5, 4), ONE) == 150
    assert rest_of(600_000_00, 10, 100, None, Fraction(6_500)).fresh == 1
    assert rest().fresh == 1


# -- the lag


def test_an_inquiry_closes_in_time_only_if_its_cycle_fits():
    cycles = {0: 1, 5: 2, 30: 1}
    assert in_time(cycles, [10, 4, 0]) == Fraction(3 + 1 + 1, 12)
    assert in_time(cycles, [40]) == 1
    assert in_time({50: 3}, [20, 10]) == 0


def test_without_won_deals_or_days_nothing_is_known_of_the_lag():
    assert in_time({}, [3]) is None
    assert in_time({1: 1}, []) is None


@given(st.dictionaries(st.integers(0, 90), st.integers(1, 50), min_size=1),
       st.lists(st.integers(0, 30), min_size=1, max_size=22))  # fmt: skip
def test_more_days_never_make_fewer_closings(cycles, left):
    share = in_time(cycles, left)
    assert 0 <= share <= 1
    assert in_time(cycles, [days + 1 for days in left]) >= share


@given(times, shares)
def test_what_new_inquiries_bring_is_split_between_now_and_later(more, share):
    change = Relative(more)
    assert change.now(share) - 1 + change.later(share) == more - 1


def test_unknown_lag_counts_all_at_once():
    change = Relative(Fraction(3, 2))
    assert (change.now(None), change.later(None)) == (Fraction(3, 2), 0)
    assert (change.now(Fraction(0)), change.later(Fraction(0))) == (1, Fraction(1, 2))


# -- changes


@given(times, times, times, shares)
def test_conversion_and_check_multiply_the_rest(inquiries, conversion, check, share):
    change = Relative(inquiries, conversion, check)
    alone = Relative(inquiries).now(share)
    assert change.now(share) == alone * conversion * check
    assert change.on_top(UNCHANGED) == change


def test_a_change_is_relative_to_the_forecast():
    found = relative(rest(), {Factor.CONVERSION: Fraction(2_500), Factor.INQUIRIES: Fraction(90)})
    assert found == Relative(Fraction(9, 10), Fraction(5, 4), ONE)


def test_what_cannot_be_moved_stays():
    assert relative(rest_of(100, None, 50), {Factor.CHECK: Fraction(5)}) == UNCHANGED


@pytest.mark.parametrize("value", [Fraction(0), Fraction(-1), Fraction(10**20)])
def test_an_impossible_value_is_refused(value):
    with pytest.raises(DomainError) as caught:
        check_change(rest(), Factor.CONVERSION, value)
    assert caught.value.fields["field"] == "conversion"


def test_a_lever_without_anything_to_multiply_is_refused():
    with pytest.raises(DomainError):
        check_change(rest_of(0, 0, 0), Factor.CHECK, Fraction(1))
    check_change(rest(), Factor.CHECK, Fraction(1))


changes = st.builds(Relative, times, times, times)


@given(
    st.dictionaries(st.integers(1, 9), st.integers(0, 10**10), min_size=1),
    st.dictionaries(st.integers(0, 12), changes),
    shares,
)
def test_effects_sum_to_the_whole_effect(parts, moved, share):
    total = add_up(parts, moved, share)
    whole = sum(parts.values())
    course = Course(0, whole)
    k = total.rest / whole if whole else ONE
    assert course.times(k).p50 == whole + sum(total.effects.values())
    assert set(total.effects) == {who for who in moved if who in parts or who == DEPARTMENT}


@given(st.dictionaries(st.integers(1, 9), st.integers(0, 10**10), min_size=1), changes, shares)
def test_the_same_change_of_everybody_is_the_departments(parts, change, share):
    each = add_up(parts, dict.fromkeys(parts, change), share)
    whole = add_up(parts, {DEPARTMENT: change}, share)
    assert each.rest == whole.rest == sum(parts.values()) * change.now(share)
    assert each.later == whole.later


@given(st.dictionaries(st.integers(1, 9), st.integers(0, 10**10)), shares)
def test_nothing_changed_changes_nothing(parts, share):
    total = add_up(parts, {}, share)
    assert (total.rest, total.later, total.effects) == (sum(parts.values()), 0, {})


# -- the month's end


def forecast(fact: int = 400, p50: int = 1_000, spread: int | None = 100) -> Forecast:
    low, high = (None, None) if spread is None else (p50 - spread, p50 + spread)
    return Forecast(low, p50, high, Method.RECENT, None, 12, fact, spread)


def test_the_interval_scales_with_the_rest():
    end = Course(400, 600, forecast()).times(Fraction(3, 2))
    assert (end.p10, end.p50, end.p90) == (400 + 750, 400 + 900, 400 + 1_050)


def test_without_a_forecast_there_is_no_interval_and_no_chance():
    course = Course(400, 600)
    end = course.times(Fraction(2))
    assert (end.p10, end.p50, end.p90) == (None, 1_600, None)
    assert course.chance(1_000) is None
    bare = Course(400, 600, forecast(spread=None))
    assert bare.times(ONE).p10 is None
    assert bare.chance(1_000) is None


def test_the_chance_is_the_forecasts_own_where_the_target_lies_as_far():
    made = forecast()
    course = Course(400, 600, made)
    assert course.chance(1_100) == made.probability(1_100)
    assert course.chance(1_400, Fraction(2)) == made.probability(900)
    assert course.chance(300, Fraction(2)) == 1
    assert course.chance(1_000, Fraction(0)) is None


@given(st.integers(401, 3_000), times, times)
def test_a_better_rest_is_never_less_probable(target, one, other):
    course = Course(400, 600, forecast())
    low, high = sorted((one, other))
    assert course.chance(target, low) <= course.chance(target, high)


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**9))
def test_unchanged_the_end_is_the_forecast(fact, left):
    made = Forecast(fact, fact + left, fact + 2 * left, Method.RECENT, None, 9, fact, left)
    end = Course(fact, left, made).times(ONE)
    assert (end.p10, end.p50, end.p90) == (made.p10, made.p50, made.p90)


def test_the_mean_of_recent_months_stands_in_by_the_days_left():
    assert mean_rest([100, 200, 300], 11, 22) == 100
    assert mean_rest([], 11, 22) is None
    assert mean_rest([100], 0, 0) is None


# -- closing a gap

factors = st.sampled_from(list(Factor))


@given(
    money, st.integers(1, 500), st.integers(1, 5_000), st.integers(1, 10**11), factors, shares,
    st.integers(1, 10**10), usuals,
)  # fmt: skip
def test_the_needed_value_closes_the_gap_exactly(
    receipts, deals, inquiries, gap, factor, share, part, conversion
):
    assume(share != 0)
    found = rest_of(receipts, deals, inquiries, None, conversion)
    one = lever(3, found, factor, gap, part, share, None)
    assert one.needed is not None
    k = relative(found, {factor: one.needed}).now(share)
    assert part * (k - 1) == gap
    assert one.change == one.needed / one.base - 1 > 0


def test_a_lever_within_the_best_month_was_reached():
    best = Best(Fraction(2_600), MAY)
    one = lever(0, rest(), Factor.CONVERSION, 150_000_00, 600_000_00, None, best)
    assert (one.needed, one.change, one.reach) == (2_500, Fraction(1, 4), Reach.REACHED)
    assert (one.covers, one.obstacle, one.best) == (1, None, best)


def test_beyond_the_best_month_it_says_how_much_the_best_would_close():
    best = Best(Fraction(2_200), MAY)
    one = lever(0, rest(), Factor.CONVERSION, 150_000_00, 600_000_00, None, best)
    assert (one.reach, one.covers) == (Reach.BEYOND, Fraction(2, 5))
    worse = Best(Fraction(1_000), MAY)
    assert lever(0, rest(), Factor.CONVERSION, 1, 600_000_00, None, worse).covers == 0


@pytest.mark.parametrize(
    ("factor", "bound"),
    [
        (Factor.INQUIRIES, 600_000_00),
        (Factor.CONVERSION, 300_000_00),
        (Factor.CHECK, 300_000_00),
    ],
)
def test_a_leap_is_unrealistic_whatever_the_best_was(factor, bound):
    best = Best(Fraction(10**12), MAY)
    assert lever(0, rest(), factor, bound, 600_000_00, None, best).reach is Reach.REACHED
    assert lever(0, rest(), factor, bound + 1, 600_000_00, None, best).reach is Reach.LEAP


def test_without_a_past_how_realistic_is_unknown():
    assert lever(0, rest(), Factor.CHECK, 1, 600_000_00, None, None).reach is Reach.UNKNOWN


def test_more_deals_than_inquiries_is_impossible_unless_it_has_been_so():
    high = rest(inquiries=25)
    one = lever(0, high, Factor.CONVERSION, 300_000_00, 600_000_00, None, None)
    assert (one.reach, one.obstacle, one.needed) == (
        Reach.IMPOSSIBLE, Obstacle.OVER_ALL, 12_000,
    )  # fmt: skip
    been = Best(Fraction(12_500), MAY)
    assert lever(0, high, Factor.CONVERSION, 300_000_00, 600_000_00, None, been).reach is (
        Reach.REACHED
    )


@pytest.mark.parametrize(
    ("found", "factor", "part", "share", "known", "why"),
    [
        (rest(), Factor.INQUIRIES, 100, Fraction(0), None, Obstacle.NO_TIME),
        (rest(), Factor.CHECK, 0, None, None, Obstacle.NOTHING_LEFT),
        (rest_of(100, None, 50), Factor.CHECK, 100, None, None, Obstacle.NO_DEALS),
        (rest(), Factor.CHECK, 100, None, Obstacle.AWAY, Obstacle.AWAY),
    ],
)
def test_what_cannot_close_a_gap_says_why(found, factor, part, share, known, why):
    one = lever(0, found, factor, 50, part, share, Best(Fraction(1), MAY), known)
    assert (one.reach, one.obstacle, one.needed, one.change) == (Reach.IMPOSSIBLE, why, None, None)


def test_nothing_is_needed_of_what_cannot_be_moved():
    assert needed(rest_of(0, 0, 0), Factor.CHECK, Fraction(2), None) is None
    assert needed(rest(), Factor.INQUIRIES, Fraction(2), Fraction(0)) is None
    assert needed(rest(), Factor.INQUIRIES, Fraction(3, 2), Fraction(1, 2)) == 200


def test_what_was_reached_comes_first_then_the_smallest_change():
    best = Best(Fraction(2_500), MAY)

    def made(who, gap, known=best, factor=Factor.CONVERSION):
        return lever(who, rest(), factor, gap * 100, 600_000_00, Fraction(0), known)

    found = [made(1, 140_000), made(2, 160_000), made(3, 90_000), made(4, 10_000, None),
             made(5, 900_000), made(6, 1, factor=Factor.INQUIRIES)]  # fmt: skip
    assert [one.subject for one in ranked(found)] == [3, 1, 4, 2, 5, 6]


# -- the past


def month(start, inquiries, deals, receipts, days=20):
    return PastMonth(start, inquiries, deals, receipts, days)


def test_the_usual_is_sum_over_sum():
    months = [month(MAY, 100, 10, 300_000), month(JUNE, 300, 30, 1_100_000)]
    assert usual(months) == (35_000, 1_000)
    assert usual([]) == (None, None)
    assert usual([month(MAY, 10, 0, 0)]) == (None, None)


def test_the_best_month_of_each_factor():
    months = [month(MAY, 100, 10, 400_000), month(JUNE, 300, 45, 1_350_000, 30),
              month(JULY, 200, 20, 600_000)]  # fmt: skip
    assert best_month(months, Factor.CONVERSION, 5) == Best(Fraction(1_500), JUNE)
    assert best_month(months, Factor.INQUIRIES, 5) == Best(Fraction(50), JULY)
    assert best_month(months, Factor.CHECK, 5) == Best(Fraction(30_000), JULY)


def test_a_lucky_deal_is_not_the_best_month():
    months = [month(MAY, 2, 2, 900_000), month(JUNE, 100, 10, 200_000)]
    assert best_month(months, Factor.CONVERSION, 5) == Best(Fraction(1_000), JUNE)
    assert best_month(months, Factor.CHECK, 5) == Best(Fraction(20_000), JUNE)


def test_without_numbers_there_is_no_best_month():
    assert best_month([], Factor.CHECK, 5) is None
    assert best_month([month(MAY, 0, 0, 0, 0)], Factor.CONVERSION, 5) is None
    assert best_month([month(MAY, 50, 0, 0)], Factor.CONVERSION, 5) is None
