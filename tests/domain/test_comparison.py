"""Before and after: the difference, and whether its interval is worth its name."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import inf, isclose, sqrt
from random import Random
from statistics import fmean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.comparison import (
    ENOUGH_DAYS,
    Change,
    Reading,
    Verdict,
    compare,
    estimate,
    student_90,
)

READINGS = st.builds(Reading, st.integers(0, 10**9), st.integers(1, 40))
SIDES = st.lists(READINGS, min_size=ENOUGH_DAYS, max_size=30)


def side(*tops: int, weight: int = 1) -> list[Reading]:
    return [Reading(top, weight) for top in tops]


def interval(found: Change) -> tuple[Fraction, Fraction]:
    assert found.low is not None
    assert found.high is not None
    return found.low, found.high


def test_a_plain_flow_is_its_mean_a_day_with_the_usual_error_of_a_mean() -> None:
    tops = [3, 7, 4, 9, 2, 8, 1, 9]  # neighbours differ: no likeness from day to day
    found = estimate(side(*tops))
    assert found.value == Fraction(sum(tops), len(tops))
    assert found.days == len(tops)
    assert found.variance is not None
    assert isclose(found.variance, variance(tops) / len(tops))


def test_a_ratio_is_sum_over_sum_and_days_of_nothing_by_nothing_tell_nothing() -> None:
    found = estimate([Reading(1, 2), Reading(0, 0), Reading(2, 2)], Fraction(10_000))
    assert (found.value, found.days) == (Fraction(7_500), 2)
    without = estimate([Reading(0, 0), Reading(5, 0)])
    assert without.value is without.variance is None
    assert without.days == 1
    alone = estimate(side(4))
    assert alone.value == 4
    assert alone.variance is None


def test_days_that_resemble_their_neighbours_make_the_interval_wider() -> None:
    rising, mixed = [1, 2, 3, 4, 5, 6, 7, 8], [1, 8, 2, 7, 3, 6, 4, 5]
    smooth, rough = estimate(side(*rising)).variance, estimate(side(*mixed)).variance
    assert smooth is not None
    assert rough is not None
    assert rough == Fraction(3, 4), "variance 6 over 8 days, taken as independent"
    assert smooth > 2 * rough
    flat = estimate(side(1, 1, 1, 1, 1, 1, *[100] * 6)).variance
    assert flat is not None
    assert isclose(flat, variance([1] * 6 + [100] * 6) / 12 * 9, rel_tol=1e-9), "capped: × 9"


@pytest.mark.parametrize(
    ("freedom", "table"), [(4, 1.5332), (5, 1.4759), (8, 1.3968), (10, 1.3722), (30, 1.3104),
                           (120, 1.2886), (inf, 1.2816)]
)  # fmt: skip
def test_the_percentile_is_that_of_the_printed_tables(freedom: float, table: float) -> None:
    assert isclose(student_90(freedom), table, abs_tol=0.001)


def test_the_interval_is_that_of_welch() -> None:
    before, after = [3, 7, 4, 9, 2, 8], [9, 14, 8, 15, 9, 13, 10]
    found = compare(side(*before), side(*after))
    errors = [variance(before) / len(before), variance(after) / len(after)]
    freedom = sum(errors) ** 2 / (errors[0] ** 2 / 5 + errors[1] ** 2 / 6)
    half = student_90(freedom) * sqrt(sum(errors))
    middle = fmean(after) - fmean(before)
    low, high = interval(found)
    assert isclose(low, middle - half, abs_tol=1e-6)
    assert isclose(high, middle + half, abs_tol=1e-6)
    assert found.verdict is Verdict.UP


@given(SIDES)
def test_the_same_days_twice_are_no_change(days: Sequence[Reading]) -> None:
    found = compare(days, days)
    low, high = interval(found)
    assert found.change == 0
    assert low == -high
    assert found.verdict is Verdict.UNCLEAR


@given(SIDES, SIDES, st.fractions(Fraction(1, 100), 10_000, max_denominator=100))
def test_swapped_sides_flip_the_sign(
    one: Sequence[Reading], other: Sequence[Reading], scale: Fraction
) -> None:
    there, back = compare(one, other, scale=scale), compare(other, one, scale=scale)
    assert there.change is not None
    assert back.change == -there.change
    low, high = interval(there)
    assert interval(back) == (-high, -low)
    opposite = {Verdict.UP: Verdict.DOWN, Verdict.DOWN: Verdict.UP}
    assert back.verdict is opposite.get(there.verdict, there.verdict)


@given(SIDES, SIDES, SIDES, SIDES)
def test_with_a_ratio_the_controls_change_is_taken_off_whole(
    one: Sequence[Reading], other: Sequence[Reading],
    was: Sequence[Reading], now: Sequence[Reading],
) -> None:  # fmt: skip
    plain = compare(one, other)
    apart = compare(was, now)
    found = compare(one, other, control=(was, now), proportional=False)
    assert found.controlled
    assert plain.change is not None
    assert apart.change is not None
    assert found.change == plain.change - apart.change
    assert compare(was, now, control=(was, now), proportional=False).change == 0


@given(SIDES, st.integers(2, 9))
def test_a_side_that_grew_as_the_control_did_has_no_change(
    days: Sequence[Reading], times: int
) -> None:
    grown = [Reading(each.top * times, each.weight) for each in days]
    found = compare(days, grown, control=(days, grown))
    assert found.change == (0 if found.controlled else found.after.value)
    assert found.verdict is Verdict.UNCLEAR


def test_a_control_that_cannot_be_used_is_passed_over_and_that_is_told() -> None:
    before, after = side(1, 2, 1, 2, 1), side(5, 6, 5, 6, 5)
    few = compare(before, after, control=(side(1, 2), side(1, 2, 3, 1, 2)))
    nothing = compare(before, after, control=(side(0, 0, 0, 0, 0), side(1, 1, 1, 1, 1)))
    unknown = compare(
        before, after, control=([Reading(1, 0)] * ENOUGH_DAYS, side(1, 1, 1, 1, 1))
    )  # fmt: skip
    returned = compare(side(-1, -2, -1, -2, -1), after, control=(before, after))
    assert not any(each.controlled for each in (few, nothing, unknown, returned))
    assert few.change == nothing.change == unknown.change == 4
    assert interval(few) == interval(nothing) == interval(unknown)


def test_too_few_days_give_a_difference_without_an_interval() -> None:
    found = compare(side(1, 2, 3, 4), side(5, 6, 7, 8, 9, 10))
    assert found.change == 5
    assert (found.low, found.high, found.verdict) == (None, None, Verdict.UNKNOWN)
    nothing = compare([], side(1, 2, 3, 4, 5))
    assert (nothing.change, nothing.verdict) == (None, Verdict.UNKNOWN)


def test_levels_without_any_spread_are_certain() -> None:
    found = compare(side(*[4] * 6), side(*[3] * 6))
    assert (found.low, found.high) == (Fraction(-1), Fraction(-1))
    assert found.verdict is Verdict.DOWN


def test_what_lifts_both_on_a_day_is_no_error() -> None:
    random, held, narrower, rounds = Random(3), 0, 0, 400
    for _ in range(rounds):
        lifts = [random.uniform(0.2, 3) for _ in range(24)]
        tried, others = (
            [Reading(round(1000 * lift * random.uniform(0.8, 1.2))) for lift in lifts]
            for _ in range(2)
        )
        found = compare(tried[:12], tried[12:], control=(others[:12], others[12:]))
        apart = compare(tried[:12], tried[12:], control=(others[:12], others[12:] + others[12:]))
        low, high = interval(found)
        held += low <= 0 <= high
        narrower += high - low < apart_width(apart)
    assert 0.70 <= held / rounds <= 0.92
    assert narrower / rounds > 0.95


def test_days_that_tell_nothing_of_either_side_change_nothing() -> None:
    before, after = side(1, 2, 3, 2, 1, 4), side(5, 6, 5, 7, 5, 8)
    idle = Reading(0, 0)
    plain = compare(before, after, control=(after, before), proportional=False)
    found = compare(
        [*before, idle], [idle, *after], control=([*after, idle], [idle, *before]),
        proportional=False,
    )  # fmt: skip
    assert (found.change, interval(found)) == (plain.change, interval(plain))
    gone = compare([*before, idle], after, control=([*after, Reading(1, 0)], before))
    assert gone.controlled


def apart_width(found: Change) -> Fraction:
    low, high = interval(found)
    return high - low


def _money(random: Random, days: int, factor: float = 1.0) -> list[Reading]:
    """Days of a small department: few deals of very different size."""
    return [
        Reading(
            round(factor * sum(random.lognormvariate(3, 0.6) for _ in range(random.randint(0, 6))))
        )
        for _ in range(days)
    ]


def _ratio(random: Random, days: int, chance: float) -> list[Reading]:
    asked = [random.randint(2, 14) for _ in range(days)]
    return [Reading(sum(random.random() < chance for _ in range(n)), n) for n in asked]


def _level(random: Random, days: int) -> list[Reading]:
    """A level that leans to where it was yesterday."""
    now, found = 0.0, []
    for _ in range(days):
        now = 0.5 * now + random.gauss(0, 10)
        found.append(Reading(round(200 + now)))
    return found


@pytest.mark.parametrize(
    ("kind", "days"),
    [*product(["money", "ratio", "control"], [5, 10, 22]), ("level", 10), ("level", 22)],
)
def test_the_interval_holds_the_truth_about_four_times_in_five(kind: str, days: int) -> None:
    random, held, rounds = Random(days), 0, 600
    for _ in range(rounds):
        if kind == "ratio":
            truth = 0.1
            found = compare(_ratio(random, days, 0.25), _ratio(random, days, 0.35))
        elif kind == "level":
            truth = 0.0
            found = compare(_level(random, days), _level(random, days))
        else:
            mean = 3 * 24.05  # e^(3 + 0.18) times the mean number of deals
            truth, control = 0.5 * mean, None
            if kind == "control":
                control, truth = (_money(random, 22), _money(random, 22, 1.2)), 0.3 * mean
            found = compare(_money(random, days), _money(random, days, 1.5), control=control)
        low, high = interval(found)
        held += low <= truth <= high
    assert 0.70 <= held / rounds <= 0.92
