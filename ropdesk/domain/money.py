"""Money in kopecks, and the one rounding rule: half up, once, at the end of a formula."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

KOPECKS = 100


def half_up(value: Decimal | Fraction) -> int:
    """Round to a whole number, halves away from zero (the accountant's rule)."""
    if isinstance(value, Fraction):
        sign = -1 if value < 0 else 1
        return sign * int(abs(value) + Fraction(1, 2))
    return int(value.to_integral_value(rounding=ROUND_HALF_UP))


def scaled(text: Decimal | int | str, scale: int) -> int:
    """Turn whole units into stored integers: ``scaled("12.345", 100) == 1235``."""
    return half_up(Decimal(text) * scale)


def unscaled(value: int, scale: int) -> Decimal:
    """Turn a stored integer back into whole units, exactly: ``unscaled(1235, 100) == 12.35``."""
    return Decimal(value) / scale
