"""Rules of what stands out: limits by hand, properties, and how seldom chance alone alarms."""

import random
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import exp, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain import signals
from ropdesk.domain.signals import MIN_WEEKS, Usual, Week

MONDAY = date(2026, 1, 5)
FULL = 500  # a week of five days


def weeks(values, weights=None):
    weights = weights or [FULL] * len(values)
    return [
        Week(MONDAY + timedelta(weeks=n), value, weight)
        for n, (value, weight) in enumerate(zip(values, weights, strict=True))
    ]


STEADY = [100, 104, 98, 102, 96, 100, 103, 97, 101, 99]
many = st.lists(st.integers(0, 10_000), min_size=MIN_WEEKS, max_size=40)


def judge(values, last, **options):
    past = weeks(values)
    week = Week(MONDAY + timedelta(weeks=len(values)), last, FULL)
    learnt = signals.usual(past, **options)
    return learnt and signals.outside(past, week, learnt)


class TestUsual:
    def test_is_wheelers_chart_where_weeks_are_equal(self):
        found = signals.usual(weeks(STEADY))
        moves = [abs(b - a) for a, b in pairwise(STEADY)]
        mean, moving = sum(STEADY) / len(STEADY), sum(moves) / len(moves)
        low, high = (float(limit * FULL) for limit in found.limits(FULL))
        assert low == pytest.approx(mean - 3 / 1.128 * moving)
        assert high == pytest.approx(mean + 3 / 1.128 * moving)
        assert round(3 / 1.128, 2) == 2.66
        assert found.weeks == 10

    def test_fewer_than_ten_weeks_teach_nothing(self):
        assert signals.usual(weeks(STEADY[:-1])) is None

    def test_only_the_last_half_year_counts(self):
        old = [5_000] * 30
        assert signals.usual(weeks(old + [100] * 26)).centre * FULL == 100

    def test_a_short_week_has_wider_limits(self):
        found = signals.usual(weeks(STEADY))
        full, short = found.limits(FULL), found.limits(200)
        assert short[0] < full[0] < full[1] < short[1]

    def test_pieces_scatter_at_least_by_chance(self):
        even = weeks([25] * 12)
        assert signals.usual(even).spread == 0
        low, high = signals.usual(even, pieces=True).limits(FULL)
        assert float(high * FULL) == pytest.approx(25 + 3 * sqrt(25))
        assert float(low * FULL) == pytest.approx(25 - 3 * sqrt(25))

    def test_nothing_goes_below_zero_unless_it_did(self):
        wild = [100, 0] * 6
        assert signals.usual(weeks(wild)).limits(FULL)[0] == 0
        assert signals.usual(weeks([-1, *wild])).limits(FULL)[0] < 0

    @given(values=many, factor=st.integers(2, 1_000))
    def test_the_unit_does_not_matter(self, values, factor):
        one, other = (
            signals.usual(weeks(values)),
            signals.usual(weeks([v * factor for v in values])),
        )
        assert other.centre == one.centre * factor
        assert other.spread == pytest.approx(one.spread * factor)

    @given(values=many, weight=st.integers(1, 10_000))
    def test_the_centre_lies_within_the_limits(self, values, weight):
        found = signals.usual(weeks(values))
        low, high = found.limits(weight)
        assert 0 <= low <= found.centre <= high

    @given(values=many)
    def test_the_centre_is_sum_by_sum(self, values):
        kept = values[-signals.MEMORY :]
        assert signals.usual(weeks(values)).centre == Fraction(sum(kept), FULL * len(kept))


class TestOutside:
    def test_a_fall_below_the_range_is_seen(self):
        found = judge(STEADY, 60)
        assert (found.side, found.strength > 1) == (-1, True)

    def test_a_rise_above_the_range_is_seen(self):
        assert judge(STEADY, 140).side == 1

    def test_a_usual_week_is_none(self):
        assert judge(STEADY, 94) is None

    def test_barely_outside_is_none(self):
        usual = signals.usual(weeks(STEADY))
        edge = float(usual.limits(FULL)[1]) * FULL
        assert judge(STEADY, round(edge) + 1) is None

    def test_a_small_change_is_none_however_steady_the_weeks(self):
        assert judge([1_000, 1_001] * 6, 1_149) is None
        assert judge([1_000, 1_001] * 6, 1_151) is not None

    def test_what_happened_before_is_no_news(self):
        assert judge([*STEADY, 200, *STEADY], 200) is None

    def test_equal_weeks_have_no_range(self):
        assert judge([100] * 12, 500) is None

    def test_pieces_of_equal_weeks_have_the_range_of_chance(self):
        assert judge([100] * 12, 500, pieces=True) is not None

    @given(values=many, last=st.integers(0, 10_000))
    def test_it_is_always_beyond_the_limit_and_the_past(self, values, last):
        found = judge(values, last)
        if found is not None:
            low, high = (limit * FULL for limit in found.usual.limits(FULL))
            kept = values[-signals.MEMORY :]
            assert (last > high and last > max(kept)) or (last < low and last < min(kept))

    def test_a_ratio_of_few_must_differ_more(self):
        past = weeks([30, 33, 29, 31, 28, 30, 32, 29, 31, 30], [100] * 10)
        learnt = signals.usual(past)
        monday = MONDAY + timedelta(weeks=10)
        assert signals.outside(past, Week(monday, 50, 100), learnt) is not None
        assert signals.outside(past, Week(monday, 5, 10), learnt) is None


class TestWidth:
    def test_it_is_three_sigmas_for_a_department(self):
        assert signals.width(0) == signals.width(1) == signals.width(60) == 3

    def test_it_grows_with_what_is_watched(self):
        assert 3 < signals.width(200) < signals.width(2_000) < 5


class TestStreak:
    BASE = (*STEADY, 100, 101)
    FALLING = (100, 90, 80, 70, 60, 50)

    def test_five_worse_weeks_in_a_row(self):
        found = signals.streak(weeks([*self.BASE, *self.FALLING[1:]]), 1)
        assert (found.steps, found.start.value) == (5, 101)
        assert found.strength >= 1

    def test_where_less_is_better_rising_is_worse(self):
        rising = [*self.BASE, 110, 120, 130, 140, 150]
        assert signals.streak(weeks(rising), -1).steps == 7  # from 99 on
        assert signals.streak(weeks(rising), 1) is None

    def test_four_are_not_enough(self):
        assert signals.streak(weeks([*self.BASE, 90, 80, 70, 60]), 1) is None

    def test_an_equal_week_ends_it(self):
        assert signals.streak(weeks([*self.BASE, 90, 80, 80, 70, 60, 50]), 1) is None

    def test_a_small_fall_is_none(self):
        assert signals.streak(weeks([*self.BASE, 98, 97, 96, 95, 94]), 1) is None

    def test_coming_down_from_a_peak_is_none(self):
        assert signals.streak(weeks([*self.BASE, 200, 180, 160, 140, 120, 110]), 1) is None

    def test_too_short_a_past_tells_nothing(self):
        assert signals.streak(weeks(self.FALLING), 1) is None

    def test_without_scatter_before_there_is_no_measure(self):
        assert signals.streak(weeks([100] * 12 + [90, 80, 70, 60, 50]), 1) is None

    def test_a_series_that_only_falls_is_read_to_its_beginning(self):
        assert signals.streak(weeks(list(range(100, 60, -1))), 1) is None


class TestRecord:
    @pytest.mark.parametrize(
        ("best", "value", "gain"),
        [(100, 115, Fraction(3, 20)), (100, 114, None), (0, 50, None), (100, 90, None)],
    )
    def test_it_must_be_beaten_by_the_margin(self, best, value, gain):
        assert signals.record(best, value, Fraction(3, 20)) == gain


class TestConversion:
    PAST = ([12, 15, 13, 14, 16, 12, 15, 14, 13, 16], [100] * 10)  # 14 %

    def now(self, won, came):
        return Week(MONDAY + timedelta(weeks=10), won, came)

    def test_a_collapse(self):
        found = signals.conversion(weeks(*self.PAST), self.now(5, 200))
        assert (found.side, found.before, found.weeks) == (-1, Fraction(14, 100), 10)
        assert found.low < found.before < found.high
        assert Fraction(5, 200) < found.low

    def test_a_rise(self):
        assert signals.conversion(weeks(*self.PAST), self.now(60, 200)).side == 1

    def test_by_hand(self):
        # p0 = 14 % of 1000, now 2.5 % of 200: h = 0.449, half-width 3 · √(1/200 + 1/1000) = 0.232
        found = signals.conversion(weeks(*self.PAST), self.now(5, 200))
        assert found.strength == pytest.approx(0.4494 / 0.2324, abs=0.002)

    @pytest.mark.parametrize(
        ("won", "came"),
        [(0, 19), (0, 30), (20, 200), (14, 100)],
        ids=["too few", "too few expected", "within the range", "the same"],
    )
    def test_nothing_to_say(self, won, came):
        assert signals.conversion(weeks(*self.PAST), self.now(won, came)) is None

    def test_a_small_change_is_none_however_many_there_are(self):
        past = weeks([14_000] * 10, [100_000] * 10)
        assert signals.conversion(past, self.now(11_000, 100_000)) is None

    def test_it_takes_ten_weeks(self):
        assert signals.conversion(weeks(*self.PAST)[:9], self.now(5, 200)) is None

    def test_weeks_that_scatter_widen_the_range(self):
        wild = weeks([2, 26] * 5, [100] * 10)
        assert signals.conversion(wild, self.now(5, 200)) is None

    @given(
        st.lists(st.tuples(st.integers(0, 50), st.integers(1, 100)), min_size=10, max_size=26),
        st.integers(0, 300),
        st.integers(1, 300),
    )
    def test_the_range_is_of_shares(self, past, won, came):
        series = weeks([min(w, c) for w, c in past], [c for _, c in past])
        found = signals.conversion(series, self.now(min(won, came), came))
        if found is not None:
            assert 0 <= found.low <= found.before <= found.high <= 1


# -- chance alone


def poisson(chance, mean):
    count, product, limit = 0, chance.random(), exp(-mean)
    while product > limit:
        count, product = count + 1, product * chance.random()
    return count


def quiet_member(chance, length):
    """Make a member whose work does not change: calls, inquiries, deals, receipts, by week."""
    series = {"calls": [], "inquiries": [], "deals": [], "receipts": []}
    for number in range(length):
        weight = chance.choice([FULL, FULL, FULL, FULL, 400, 300])
        part = weight / FULL
        deals = poisson(chance, 6 * part)
        money = sum(int(chance.lognormvariate(10, 0.8) * 100) for _ in range(deals))
        made = {
            "calls": sum(poisson(chance, 40 * part) for _ in range(5)),
            "inquiries": poisson(chance, 20 * part),
            "deals": deals,
            "receipts": money,
        }
        for name, value in made.items():
            series[name].append(Week(MONDAY + timedelta(weeks=number), value, weight))
    return series


def test_chance_alone_alarms_in_less_than_two_of_a_hundred_quiet_weeks():
    """Thirty sellers whose work never changes, for a year after the first twelve weeks."""
    chance = random.Random(20_261_022)
    sigmas = signals.width(30 * 4)
    judged = alarmed = 0
    for _member in range(30):
        series = quiet_member(chance, 64)
        for number in range(12, 64):
            found = []
            for name, known in series.items():
                pieces = name != "receipts"
                learnt = signals.usual(known[:number], sigmas, pieces=pieces)
                found += [
                    signals.outside(known[:number], known[number], learnt),
                    signals.streak(known[: number + 1], 1, sigmas, pieces=pieces),
                ]
            judged += 1
            alarmed += any(found)
    assert judged == 30 * 52
    assert alarmed / judged < 0.02


def test_a_lost_third_is_seen_within_two_weeks():
    """The same sellers after a third of their calls has gone: the rules are not merely silent."""
    chance = random.Random(7)
    seen = 0
    for _member in range(40):
        calls = quiet_member(chance, 28)["calls"]
        later = [Week(w.monday, w.value * 2 // 3, w.weight) for w in calls[26:]]
        learnt = signals.usual(calls[:26], signals.width(120), pieces=True)
        seen += any(signals.outside(calls[:26], week, learnt) for week in later)
    assert seen > 32


def test_a_usual_range_without_floor_may_be_negative():
    bare = Usual(Fraction(1), 10.0, 3.0, 12, 1.1, None)
    assert bare.limits(1)[0] < 0
