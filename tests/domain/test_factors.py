"""The split of a deviation holds for all numbers: sums, symmetry, rules for what is missing."""

from fractions import Fraction
from itertools import permutations
from math import factorial, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.factors import (
    PARTS,
    REASONS,
    Factor,
    Flows,
    Reason,
    Split,
    alone,
    effects,
    rest,
    rounded,
    split,
    total,
    why_not,
)

counts = st.integers(0, 400)
factors = st.lists(
    st.tuples(
        st.fractions(-50, 10**6, max_denominator=499), st.fractions(0, 10**6, max_denominator=97)
    ),
    min_size=1,
    max_size=4,
)
parts_of_whole = (Factor.INQUIRIES, Factor.MIX, Factor.CONVERSION, Factor.CHECK, Factor.UNSPLIT)


@st.composite
def flows(draw, *, whole: bool = False):
    inquiries = draw(counts)
    deals = draw(st.integers(0, 60)) if inquiries or not whole else 0
    receipts = draw(st.integers(-(10**6), 10**11)) if deals or not whole else 0
    calls = draw(st.none() | st.integers(0, 9_000))
    if whole:
        return Flows(inquiries, deals, receipts, calls)
    return Flows(
        draw(st.just(inquiries) | st.none() | st.integers(-3, 0)),
        draw(st.just(deals) | st.none() | st.integers(-3, 0)),
        draw(st.just(receipts) | st.none()),
        calls,
    )


any_pairs = st.dictionaries(st.integers(0, 40), st.tuples(flows(), flows()), max_size=12)
clear_pairs = st.dictionaries(
    st.integers(0, 40), st.tuples(flows(whole=True), flows(whole=True)), min_size=1, max_size=12
)


def by_orders(before, after):
    """Shapley's value as it is defined: the mean over every order of turning the factors."""
    found = [Fraction(0)] * len(before)
    for order in permutations(range(len(before))):
        now = list(before)
        for index in order:
            was = prod(now)
            now[index] = after[index]
            found[index] += Fraction(prod(now) - was) / factorial(len(before))
    return found


@given(factors)
def test_effects_are_the_mean_over_all_orders(sides):
    before, after = zip(*sides, strict=True)
    found = effects(before, after)
    assert found == by_orders(before, after)
    assert sum(found) == prod(after) - prod(before)


@given(factors, st.randoms(use_true_random=False))
def test_the_order_of_the_factors_changes_nothing(sides, random):
    order = list(range(len(sides)))
    random.shuffle(order)
    straight = effects(*zip(*sides, strict=True))
    turned = effects(*zip(*(sides[n] for n in order), strict=True))
    assert turned == [straight[n] for n in order]


@given(st.lists(st.fractions(-(10**9), 10**9, max_denominator=997), max_size=9))
def test_rounded_parts_make_the_whole(parts):
    closing = [*parts, -sum(parts, Fraction(0)) % 1]
    whole = rounded(closing)
    assert sum(whole) == sum(closing)
    assert all(abs(w - p) < 1 for w, p in zip(whole, closing, strict=True))


@given(any_pairs)
def test_every_deviation_is_split_to_the_kopeck(pairs):
    found = split(pairs)
    for key, (before, after) in pairs.items():
        part = found.parts[key]
        if before.receipts is None or after.receipts is None:
            assert part == Split(reason=Reason.NO_RECEIPTS)
            continue
        assert part.deviation == after.receipts - before.receipts
        assert sum(part.effect(factor) for factor in parts_of_whole) == part.deviation
        deeper = part.calls + part.calls_mix + part.per_call + part.no_calls
        assert deeper == part.inquiries + part.mix
        assert (part.reason is Reason.NONE) == (why_not(before, after) is Reason.NONE)
        if part.reason is not Reason.NONE:
            assert part.unsplit == part.deviation


@given(any_pairs)
def test_the_parts_make_the_whole_factor_by_factor(pairs):
    found = split(pairs)
    known = [part for part in found.parts.values() if part.deviation is not None]
    for name in PARTS:
        assert getattr(found.whole, name) == sum(getattr(part, name) for part in known)
    if known:
        assert found.whole.deviation == sum(part.deviation for part in known)
        assert set(found.whole.ranked) <= set(Factor)
    else:
        assert found.whole.deviation is None


@given(clear_pairs)
def test_volume_and_mix_are_owens(pairs):
    """By member: n = N·s. Summed over members the two parts are those of the formula."""
    sides = [sum(pair[n].inquiries for pair in pairs.values()) for n in (0, 1)]
    if not all(sides):
        return
    volume = mix = Fraction(0)
    for before, after in pairs.values():
        s0, s1 = Fraction(before.inquiries, sides[0]), Fraction(after.inquiries, sides[1])
        c0 = Fraction(before.deals, before.inquiries) if before.inquiries else None
        c1 = Fraction(after.deals, after.inquiries) if after.inquiries else None
        a0 = Fraction(before.receipts, before.deals) if before.deals else None
        a1 = Fraction(after.receipts, after.deals) if after.deals else None
        c0, c1 = (c1 if c0 is None else c0) or 0, (c0 if c1 is None else c1) or 0
        a0, a1 = (a1 if a0 is None else a0) or 0, (a0 if a1 is None else a1) or 0
        worth = (2 * c0 * a0 + c0 * a1 + c1 * a0 + 2 * c1 * a1) / Fraction(6)
        volume += worth * (sides[1] - sides[0]) * (s0 + s1) / 2
        mix += worth * (s1 - s0) * (sides[0] + sides[1]) / 2
    whole = split(pairs).whole
    assert abs(whole.inquiries - volume) <= len(pairs)
    assert abs(whole.mix - mix) <= len(pairs)


@given(clear_pairs, flows(whole=True))
def test_who_is_as_planned_has_no_effect(pairs, same):
    part = split({**pairs, "same": (same, same)}).parts["same"]
    assert part.deviation == 0
    assert not any(getattr(part, name) for name in PARTS)
    assert part.ranked == ()


@given(clear_pairs, st.randoms(use_true_random=False))
def test_the_order_of_the_members_changes_nothing(pairs, random):
    keys = list(pairs)
    random.shuffle(keys)
    assert split({key: pairs[key] for key in keys}) == split(pairs)


@given(flows(whole=True), flows(whole=True))
def test_there_and_back_is_the_same_with_the_other_sign(before, after):
    there, back = alone(before, after), alone(after, before)
    for name in ("inquiries", "mix", "conversion", "average_check"):
        assert abs(getattr(there, name) + getattr(back, name)) <= 1


@given(flows(whole=True), flows(whole=True), st.integers(1, 90))
def test_effects_scale_with_the_receipts(before, after, times):
    larger = [
        Flows(side.inquiries, side.deals, side.receipts * times, side.calls)
        for side in (before, after)
    ]
    small, large = alone(before, after), alone(*larger)
    for name in PARTS:
        assert abs(getattr(large, name) - times * getattr(small, name)) <= 2 * times


@given(flows(whole=True), flows(whole=True), st.integers(2, 9))
def test_equal_members_share_alike_and_have_no_mix(before, after, count):
    found = split(dict.fromkeys(range(count), (before, after)))
    assert found.whole.mix == 0
    assert found.whole.inquiries == count * alone(before, after).inquiries


def test_one_step_at_a_time():
    base = Flows(100, 20, 2_000_000, 1_000)
    more = alone(base, Flows(150, 30, 3_000_000, 1_500))
    assert (more.inquiries, more.conversion, more.average_check) == (1_000_000, 0, 0)
    assert (more.calls, more.per_call, more.no_calls) == (1_000_000, 0, 0)
    better = alone(base, Flows(100, 25, 2_500_000, 1_000))
    assert (better.inquiries, better.conversion, better.average_check) == (0, 500_000, 0)
    dearer = alone(base, Flows(100, 20, 2_400_000, 1_000))
    assert dearer.ranked == (Factor.CHECK,)
    assert dearer.average_check == dearer.effect(Factor.CHECK) == 400_000
    other = alone(base, Flows(100, 20, 2_000_000, 2_000))
    assert (other.calls, other.per_call, other.deeper) == (1_500_000, -1_500_000, True)


def test_a_worked_example():
    """430 → 412 inquiries, 20 % → 18 % (74.16 deals are 74), 100 → 110 roubles a deal."""
    found = alone(Flows(430, 86, 860_000), Flows(412, 74, 814_000))
    c0, c1, a0, a1 = Fraction(1, 5), Fraction(74, 412), 10_000, 11_000
    exact = -18 * (2 * c0 * a0 + c0 * a1 + c1 * a0 + 2 * c1 * a1) / 6
    assert abs(found.inquiries - exact) < 1
    assert found.deviation == -46_000
    assert found.ranked[0] is Factor.CONVERSION


def test_inquiries_that_move_to_a_better_seller_are_mix():
    weak, strong = Flows(100, 10, 1_000_000), Flows(100, 30, 3_000_000)
    moved = split(
        {"weak": (weak, Flows(50, 5, 500_000)), "strong": (strong, Flows(150, 45, 4_500_000))}
    )
    assert (moved.whole.inquiries, moved.whole.mix) == (0, 1_000_000)
    assert (moved.whole.conversion, moved.whole.average_check) == (0, 0)
    # an inquiry is worth 10 and 30 thousand; on the mean of the shares, 3 : 5, that is 22.5
    assert moved.parts["weak"].inquiries == -moved.parts["strong"].inquiries == -1_125_000
    assert (moved.parts["weak"].mix, moved.parts["strong"].mix) == (625_000, 375_000)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # a newcomer nobody had planned, and who has gone: all is inquiries
        (Flows(0, 0, 0), Flows(10, 2, 5_000), (5_000, 0, 0)),
        (Flows(10, 2, 5_000), Flows(0, 0, 0), (-5_000, 0, 0)),
        # inquiries without deals: half of the loss is theirs, the check has no part in it
        (Flows(10, 2, 5_000), Flows(10, 0, 0), (0, -5_000, 0)),
        (Flows(10, 2, 5_000), Flows(20, 0, 0), (2_500, -7_500, 0)),
        (Flows(10, 0, 0), Flows(10, 2, 5_000), (0, 5_000, 0)),
        (Flows(10, 0, 0), Flows(20, 0, 0), (0, 0, 0)),
        (Flows(0, 0, 0), Flows(0, 0, 0), (0, 0, 0)),
        # deals won for nothing have a check of zero
        (Flows(10, 2, 0), Flows(10, 2, 100), (0, 0, 100)),
    ],
)
def test_what_is_zero_goes_by_rule(before, after, expected):
    found = alone(before, after)
    assert (found.inquiries, found.conversion, found.average_check) == expected
    assert found.reason is Reason.NONE
    assert found.unsplit == found.mix == 0


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (Flows(0, 2, 5_000), Reason.DEALS_ALONE),
        (Flows(9, 0, 5_000), Reason.RECEIPTS_ALONE),
        (Flows(0, 0, 5_000), Reason.RECEIPTS_ALONE),
        (Flows(None, 2, 5_000), Reason.UNKNOWN),
        (Flows(9, None, 5_000), Reason.UNKNOWN),
        (Flows(-9, 2, 5_000), Reason.NEGATIVE),
        (Flows(9, -2, 5_000), Reason.NEGATIVE),
    ],
)
def test_what_cannot_be_split_says_why(after, reason):
    base = Flows(10, 2, 4_000)
    for pair, deviation in (((base, after), 1_000), ((after, base), -1_000)):
        found = alone(*pair)
        assert (found.deviation, found.unsplit, found.reason) == (deviation, deviation, reason)
        assert found.ranked == (Factor.UNSPLIT,)
        assert REASONS[reason]


MONTH = Flows(100, 20, 200_000, 1_000)


@pytest.mark.parametrize("base", [Flows(5, 0, 10_000), Flows(0, 1, 10_000), Flows(0, 0, 10_000)])
def test_a_plan_to_date_below_a_deal_takes_the_months_ratios(base):
    """10 000 of 200 000 is a twentieth: five inquiries, one deal."""
    assert why_not(base, base) is not Reason.NONE
    found = alone(base, Flows(10, 2, 20_000), MONTH)
    assert (found.deviation, found.inquiries) == (10_000, 10_000)
    assert (found.conversion, found.average_check, found.unsplit) == (0, 0, 0)


@pytest.mark.parametrize(
    "lent", [None, Flows(0, 20, 200_000), Flows(100, 0, 9), Flows(None, 2, 3), Flows(9, 2, 0)]
)
def test_who_has_nothing_to_lend_lends_nothing(lent):
    base, fact = Flows(5, 0, 10_000), Flows(10, 2, 20_000)
    assert alone(base, fact, lent).reason is Reason.RECEIPTS_ALONE


@pytest.mark.parametrize(
    "base",
    [Flows(5, 1, 10_000), Flows(5, 0, 0), Flows(0, 0, 0), Flows(5, 0, -10_000), Flows(5, 2, None),
     Flows(None, 0, 10_000), Flows(5, None, 10_000)],
)  # fmt: skip
def test_a_base_that_says_enough_borrows_nothing(base):
    fact = Flows(10, 2, 20_000)
    assert alone(base, fact, MONTH) == alone(base, fact)


@given(any_pairs, st.dictionaries(st.integers(0, 40), flows(), max_size=12))
def test_borrowing_keeps_every_kopeck(pairs, lent):
    found = split(pairs, lent)
    for part in found.parts.values():
        assert sum(part.effect(factor) for factor in parts_of_whole) == (part.deviation or 0)
        deeper = part.calls + part.calls_mix + part.per_call + part.no_calls
        assert deeper == part.inquiries + part.mix


def test_unknown_receipts_have_no_deviation():
    unknown = Flows(10, 2, None)
    assert alone(unknown, Flows(10, 2, 5)).deviation is None
    assert split({}).whole == Split(reason=Reason.NO_RECEIPTS)
    known = (Flows(10, 2, 5), Flows(10, 2, 9))
    assert split({1: (unknown, unknown), 2: known}).whole == alone(*known)


def test_several_reasons_are_told_as_several():
    base, ill, worse = Flows(10, 2, 5), Flows(0, 2, 5), Flows(None, 2, 5)
    assert split({1: (base, ill), 2: (base, base)}).whole.reason is Reason.DEALS_ALONE
    assert split({1: (base, ill), 2: (base, worse)}).whole.reason is Reason.SEVERAL


@pytest.mark.parametrize(
    ("before", "after", "deeper"),
    [
        (Flows(10, 2, 500, None), Flows(20, 4, 1_000, 9), False),
        (Flows(10, 2, 500, 9), Flows(20, 4, 1_000, None), False),
        (Flows(10, 2, 500, 0), Flows(20, 4, 1_000, 9), True),
        (Flows(10, 2, 500, 9), Flows(20, 4, 1_000, 0), True),
        (Flows(10, 2, 500, -1), Flows(20, 4, 1_000, 9), True),
        (Flows(10, 2, 500, 9), Flows(20, 4, 1_000, -1), True),
    ],
)
def test_calls_that_explain_nothing_are_said_so(before, after, deeper):
    found = alone(before, after)
    assert (found.calls, found.per_call, found.no_calls) == (0, 0, 500)
    assert found.deeper is deeper


def test_calls_that_move_to_who_makes_more_of_them_are_named():
    weak, strong = Flows(10, 2, 200, 100), Flows(30, 6, 600, 100)
    found = split({1: (weak, Flows(5, 1, 100, 50)), 2: (strong, Flows(45, 9, 900, 150))}).whole
    assert (found.calls, found.calls_mix, found.per_call) == (0, 200, 0)
    assert (found.inquiries, found.mix) == (200, 0)


def test_no_calls_on_a_side_without_inquiries_are_all_calls():
    found = alone(Flows(0, 0, 0, 0), Flows(10, 2, 500, 40))
    assert (found.calls, found.per_call, found.no_calls) == (500, 0, 0)


@given(clear_pairs)
def test_what_the_parts_leave_is_told_factor_by_factor(pairs):
    found = split(pairs)
    left = rest(found.whole, found.parts.values())
    assert left.deviation == 0
    assert not any(getattr(left, name) for name in PARTS)
    keys = list(pairs)
    some = [found.parts[key] for key in keys[1:]]
    left = rest(found.whole, some)
    assert (left.deviation or 0) + (total(some).deviation or 0) == found.whole.deviation
