from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.errors import DomainError
from ropdesk.domain.split import largest_remainder, split_with_locked

weights = st.lists(
    st.integers(0, 10**6) | st.fractions(0, 1000, max_denominator=997), min_size=1, max_size=40
)
totals = st.integers(-(10**13), 10**13)


@given(totals, weights)
def test_parts_sum_to_the_total_and_keep_proportion(total, shares):
    parts = largest_remainder(total, shares)
    assert sum(parts) == total
    whole = sum(shares)
    for part, share in zip(parts, shares, strict=True):
        exact = Fraction(total) * share / whole if whole else Fraction(total, len(shares))
        assert abs(part - exact) < 1


@given(totals, weights)
def test_negative_mirrors_positive(total, shares):
    assert largest_remainder(-total, shares) == [-part for part in largest_remainder(total, shares)]


@given(totals, weights, st.integers(1, 50))
def test_only_proportion_matters(total, shares, times):
    twin = [share * Fraction(times, 7) for share in shares]
    assert largest_remainder(total, shares) == largest_remainder(total, twin)


def test_known_splits():
    assert largest_remainder(100, [1, 1, 1]) == [34, 33, 33]
    assert largest_remainder(10, [Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)]) == [5, 3, 2]
    assert largest_remainder(7, [0, 0]) == [4, 3]
    assert largest_remainder(0, [3, 5]) == [0, 0]
    assert largest_remainder(3, [0, 1]) == [0, 3]
    assert largest_remainder(0, []) == []


def test_what_cannot_be_split():
    with pytest.raises(DomainError, match="nobody"):
        largest_remainder(5, [])
    with pytest.raises(DomainError, match="below zero"):
        largest_remainder(5, [1, -1])


@given(
    st.dictionaries(st.integers(0, 30), st.integers(1, 100), min_size=2, max_size=30),
    st.data(),
)
def test_locked_parts_stay(shares, data):
    keys = sorted(shares)
    chosen = data.draw(st.sets(st.sampled_from(keys), max_size=len(keys) - 1))
    locked = {key: data.draw(st.integers(0, 1000)) for key in sorted(chosen)}
    total = sum(locked.values()) + data.draw(st.integers(0, 10**9))
    parts = split_with_locked(total, shares, locked)
    assert sum(parts.values()) == total
    assert list(parts) == list(shares)
    assert {key: parts[key] for key in locked} == locked


def test_locked_without_a_weight_counts():
    assert split_with_locked(10, {"a": 1, "b": 1}, {"c": 4}) == {"a": 3, "b": 3, "c": 4}


def test_all_locked_exactly():
    assert split_with_locked(10, {"a": 1}, {"a": 10}) == {"a": 10}


@pytest.mark.parametrize(("total", "locked"), [(1000, {"a": 1250}), (-1000, {"a": -1250})])
def test_locked_beyond_the_total(total, locked):
    with pytest.raises(DomainError, match=r"exceed the plan by 2\.5\. Unlock"):
        split_with_locked(total, {"a": 1, "b": 1}, locked, scale=100)


def test_all_locked_with_a_rest():
    with pytest.raises(DomainError, match="3 of the plan is left over"):
        split_with_locked(10, {"a": 1}, {"a": 7})


def test_a_part_without_weight_gets_nothing():
    assert split_with_locked(10, {"a": 1, "b": 0}, {}) == {"a": 10, "b": 0}
    assert split_with_locked(10, {"a": 0, "b": 0}, {"a": 4}) == {"a": 4, "b": 6}
    with pytest.raises(DomainError, match="3 of the plan is left over"):
        split_with_locked(10, {"a": 1, "b": 0}, {"a": 7})


def test_a_plan_for_nobody():
    with pytest.raises(DomainError, match="nobody"):
        split_with_locked(10, {}, {})
