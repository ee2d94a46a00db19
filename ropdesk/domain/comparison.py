"""Before and after, with and without: how much a number changed, and how sure that is.

A span is read day by day. A **reading** is what one working day brought (``top``) over what it was
brought by (``weight``): the people at work for a flow, one for a level, the denominator for a
ratio. A side's value is Σtop ÷ Σweight, so one formula serves the three kinds of metrics:

* value R = Σtop ÷ Σweight; its variance is linearised over days (W. G. Cochran, *Sampling
  Techniques*, 3rd ed., 6.3): Var R = n ÷ (n − 1) × Σ(top − R × weight)² ÷ (Σweight)²;
* neighbouring days that resemble each other tell less than independent ones: the variance is
  multiplied by (1 + r) ÷ (1 − r), r the residuals' correlation from day to day (G. V. Bayley,
  J. M. Hammersley, 1946) plus 1 ÷ n for its known bias (M. G. Kendall, 1954), kept between 0
  and 0.8;
* the 80 % interval of the difference is ± t × √(sum of variances), t the 90th percentile of
  Student's distribution with Welch–Satterthwaite degrees of freedom.

With a control (sellers or sources without the thing that was tried) the change is what is left of
the difference after the control's own change (difference in differences). Flows and levels are
assumed to have gone as the control went, in proportion; ratios by as much.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import sqrt

ENOUGH_DAYS = 5
"""Days on a side without which nothing is said of how sure the difference is."""

_Z90 = 1.2815515655446004  # the 90th percentile of the normal distribution
_MOST_ALIKE = Fraction(4, 5)
_FINE = 10**9  # the interval's ends are rounded to this part of a stored unit


class Verdict(StrEnum):
    """What may be said of a difference: its sign, where the whole interval has it."""

    UP = "up"
    DOWN = "down"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """One working day: what it brought over what brought it, both in stored integers."""

    top: int
    weight: int = 1


Side = Sequence[Reading]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A side's value with its uncertainty.

    Attributes:
        value: Σtop ÷ Σweight × scale; None without weight.
        variance: of the value; None with fewer than two days that tell something.
        days: days that tell something.
    """

    value: Fraction | None
    variance: Fraction | None
    days: int


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between two sides.

    Attributes:
        before, after: the two values; None where a side has no weight.
        change: after − before, less the control's change where there is one.
        low, high: the 80 % interval of the change; None with too few days.
        controlled: whether a control was given and could be used.
    """

    before: Estimate
    after: Estimate
    change: Fraction | None
    low: Fraction | None
    high: Fraction | None
    controlled: bool

    @property
    def verdict(self) -> Verdict:
        """Say which way it went: unclear where the interval holds zero, unknown without one."""
        if self.low is None or self.high is None:
            return Verdict.UNKNOWN
        if self.low > 0:
            return Verdict.UP
        return Verdict.DOWN if self.high < 0 else Verdict.UNCLEAR


def estimate(side: Side, scale: Fraction = Fraction(1)) -> Estimate:
    """Estimate a side's value and its variance (formulas at the head of this module).

    Args:
        side: readings in the order of days; days that brought nothing by nothing are passed over.
        scale: what the quotient is multiplied by (the people at work on a usual day, or the parts
            of a unit).
    """
    told = [reading for reading in side if reading.top or reading.weight]
    weight = sum(reading.weight for reading in told)
    if weight <= 0:
        return Estimate(None, None, len(told))
    rate = Fraction(sum(reading.top for reading in told), weight)
    if len(told) < 2:
        return Estimate(rate * scale, None, len(told))
    rest = [reading.top - rate * reading.weight for reading in told]
    squares = sum((each * each for each in rest), Fraction(0))
    variance = squares * len(told) / ((len(told) - 1) * weight * weight)
    return Estimate(rate * scale, variance * _alike(rest, squares) * scale * scale, len(told))


def _alike(rest: Sequence[Fraction], squares: Fraction) -> Fraction:
    """Say how many times fewer independent days there are than days."""
    if not squares:
        return Fraction(1)
    together = sum((one * next_ for one, next_ in pairwise(rest)), Fraction(0))
    likeness = min(_MOST_ALIKE, max(Fraction(0), together / squares + Fraction(1, len(rest))))
    return (1 + likeness) / (1 - likeness)


def compare(
    before: Side,
    after: Side,
    *,
    scale: Fraction = Fraction(1),
    control: tuple[Side, Side] | None = None,
    proportional: bool = True,
) -> Change:
    """Compare two sides, and with a control's two sides where there is one.

    Args:
        scale: see `estimate`.
        control: before and after of those without the thing tried; passed over where it has
            fewer than `ENOUGH_DAYS` on a side, or nothing to be proportional to.
        proportional: expect the same change in proportion as in the control (flows, levels);
            else by as much (ratios).
    """
    one, other = estimate(before, scale), estimate(after, scale)
    if one.value is None or other.value is None:
        return Change(one, other, None, None, None, controlled=False)
    expected, parts, controlled = one.value, [_part(one)], False
    if control is not None:
        base, now = estimate(control[0], scale), estimate(control[1], scale)
        if min(base.days, now.days) >= ENOUGH_DAYS and None not in {base.value, now.value}:
            moved = _moved(one, base, now, proportional=proportional)
            if moved is not None:
                (expected, parts), controlled = moved, True
    change = other.value - expected
    if min(one.days, other.days) < ENOUGH_DAYS:
        return Change(one, other, change, None, None, controlled)
    half = _half_width([_part(other), *parts])
    return Change(one, other, change, change - half, change + half, controlled)


def _moved(
    one: Estimate, base: Estimate, now: Estimate, *, proportional: bool
) -> tuple[Fraction, list[tuple[Fraction, int]]] | None:
    """Say what to expect of a side had it gone as the control went, and how sure that is."""
    value, was, is_ = (side.value or Fraction(0) for side in (one, base, now))
    if not proportional:
        return value + is_ - was, [_part(one), _part(base), _part(now)]
    if was <= 0 or value < 0:
        return None
    # The delta method on value × is ÷ was.
    growth, share = is_ / was, value / was
    parts = [_part(one, growth), _part(now, share), _part(base, share * growth)]
    return value * growth, parts


def _part(side: Estimate, factor: Fraction = Fraction(1)) -> tuple[Fraction, int]:
    """Give a side's share in the variance of the change, and its degrees of freedom."""
    return (side.variance or Fraction(0)) * factor * factor, side.days - 1


def _half_width(parts: Sequence[tuple[Fraction, int]]) -> Fraction:
    total = sum((variance for variance, _ in parts), Fraction(0))
    if not total:
        return Fraction(0)
    # Welch, 1947; Satterthwaite, 1946.
    freedom = 1 / float(
        sum(((variance / total) ** 2 / degrees for variance, degrees in parts), Fraction(0))
    )
    return Fraction(round(student_90(freedom) * sqrt(total) * _FINE), _FINE)


def student_90(freedom: float) -> float:
    """Give the 90th percentile of Student's distribution, right to 0.001 from four degrees on.

    Four terms of the Cornish–Fisher expansion (M. Abramowitz, I. Stegun, 26.7.5).

    Args:
        freedom: degrees of freedom, four or more.
    """
    z = _Z90
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )
