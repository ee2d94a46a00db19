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
assumed to have gone as the control went, in proportion; ratios by as much. Both are read on the
same days, so their errors are subtracted day by day before they are squared.
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
        pulls: how far each reading pulls the value from itself; None where it tells nothing.
    """

    value: Fraction | None
    variance: Fraction | None
    days: int
    pulls: tuple[Fraction | None, ...] = ()


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
    pulls = tuple(
        (each.top - rate * each.weight) * scale / weight if each.top or each.weight else None
        for each in side
    )
    variance = _spread(pulls)[0] if len(told) > 1 else None
    return Estimate(rate * scale, variance, len(told), pulls)


def _spread(pulls: Sequence[Fraction | None]) -> tuple[Fraction, int]:
    """Give the variance of a sum of pulls by days, and its degrees of freedom."""
    told = [pull for pull in pulls if pull is not None]
    squares = sum((pull * pull for pull in told), Fraction(0))
    return squares * len(told) / (len(told) - 1) * _alike(told, squares), len(told) - 1


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
    expected, factor, share, base, now = one.value, Fraction(1), Fraction(0), None, None
    if control is not None:
        base, now = estimate(control[0], scale), estimate(control[1], scale)
        moved = _moved(one.value, base, now, proportional=proportional)
        if moved is None:
            base = now = None
        else:
            expected, factor, share = moved
    change, controlled = other.value - expected, base is not None
    if min(one.days, other.days) < ENOUGH_DAYS:
        return Change(one, other, change, None, None, controlled)
    parts = _parts(other, now, Fraction(1), share) + _parts(one, base, factor, share * factor)
    half = _half_width(parts)
    return Change(one, other, change, change - half, change + half, controlled)


def _moved(
    value: Fraction, base: Estimate, now: Estimate, *, proportional: bool
) -> tuple[Fraction, Fraction, Fraction] | None:
    """Say what to expect of a side had it gone as the control went.

    Returns:
        The expected value, by how much the side's own error is multiplied in it, and by how much
        the control's (the delta method on value × now ÷ base); None where there is no saying.
    """
    was, is_ = base.value, now.value
    if was is None or is_ is None or min(base.days, now.days) < ENOUGH_DAYS:
        return None
    if not proportional:
        return value + is_ - was, Fraction(1), Fraction(1)
    if was <= 0 or value < 0:
        return None
    return value * is_ / was, is_ / was, value / was


def _parts(
    own: Estimate, other: Estimate | None, factor: Fraction, share: Fraction
) -> list[tuple[Fraction, int]]:
    """Give the variances of a side less its control's share, with their degrees of freedom.

    Of the same days the two are taken together day by day: what lifted both that day is no error.
    """
    mine = [None if pull is None else pull * factor for pull in own.pulls]
    if other is None:
        return [_spread(mine)]
    theirs = [None if pull is None else pull * share for pull in other.pulls]
    if len(mine) != len(theirs):
        return [_spread(mine), _spread(theirs)]
    return [_spread([_less(one, two) for one, two in zip(mine, theirs, strict=True)])]


def _less(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    if one is None and other is None:
        return None
    return (one or Fraction(0)) - (other or Fraction(0))


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
