from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.money import half_up, scaled, unscaled


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.5", 1), ("1.5", 2), ("2.5", 3), ("-0.5", -1), ("-2.5", -3), ("2.49", 2), ("-2.49", -2)],
)
def test_halves_go_away_from_zero(value, rounded):
    assert half_up(Decimal(value)) == rounded
    assert half_up(Fraction(value)) == rounded


@given(st.fractions())
def test_rounding_is_within_half(value):
    assert abs(half_up(value) - value) <= Fraction(1, 2)
    assert half_up(-value) == -half_up(value)


@given(st.integers(-(10**18), 10**18), st.sampled_from((1, 100, 10_000)))
def test_scaling_there_and_back(value, scale):
    assert scaled(unscaled(value, scale), scale) == value


def test_scaled():
    assert scaled("12.345", 100) == 1235
    assert scaled(7, 100) == 700
