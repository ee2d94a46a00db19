"""Which single change would close a gap, and how realistic it is by what was once reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ropdesk.domain.levers import (
    FEW,
    ONE,
    WHOLE,
    Factor,
    Obstacle,
    Rest,
    relative,
)

# Relative changes that the rest of a month does not see, whatever a whole month once was.
LEAPS = {
    Factor.INQUIRIES: ONE,
    Factor.CONVERSION: Fraction(1, 2),
    Factor.CHECK: Fraction(1, 2),
}


class Reach(StrEnum):
    """How realistic a needed value is, by what was once reached."""

    REACHED = "reached"
    UNKNOWN = "unknown"  # there is no past to compare with
    BEYOND = "beyond"  # more than the best month
    LEAP = "leap"  # more than one and a half times what is (of inquiries: more than twice)
    IMPOSSIBLE = "impossible"


def needed(rest: Rest, factor: Factor, k: Fraction, share: Fraction | None) -> Fraction | None:
    """Return the value of one factor that multiplies the rest by k; None when none does."""
    base = rest.value(factor)
    if base is None or rest.obstacle(factor) is not None:
        return None
    if factor is not Factor.INQUIRIES:
        return base * k
    part = rest.fresh * (ONE if share is None else share)
    return base * (1 + (k - 1) / part) if part else None


@dataclass(frozen=True, slots=True)
class Best:
    """What was once reached: the value of a factor, and in which month."""

    value: Fraction
    month: date


@dataclass(frozen=True, slots=True)
class Lever:
    """One single change that would close a gap.

    Attributes:
        subject: a member's id; 0 is the department.
        base, needed: the factor's value now and the one that closes the gap.
        change: relative change, needed ÷ base − 1.
        best: what was once reached.
        covers: share of the gap closed by reaching the best; None when unknown.
        obstacle: why it is impossible.
    """

    subject: int
    factor: Factor
    base: Fraction | None
    needed: Fraction | None
    change: Fraction | None
    best: Best | None
    reach: Reach
    covers: Fraction | None = None
    obstacle: Obstacle | None = None


def lever(
    subject: int,
    rest: Rest,
    factor: Factor,
    gap: int,
    part: int,
    share: Fraction | None,
    best: Best | None,
    obstacle: Obstacle | None = None,
) -> Lever:
    """Work out the single change of one factor that closes a gap.

    Args:
        gap: receipts missing at the month's end, kopecks, above zero.
        part: what of the department's rest is this subject's, kopecks.
        share: of added inquiries that close in time.
        best: the best month, as the reference of what is realistic.
        obstacle: why the lever cannot be moved, if the caller knows of one.
    """
    base = rest.value(factor)
    obstacle = obstacle or rest.obstacle(factor)
    if obstacle is None and part <= 0:
        obstacle = Obstacle.NOTHING_LEFT
    if obstacle is None and factor is Factor.INQUIRIES and share == 0:
        obstacle = Obstacle.NO_TIME
    wanted = None if obstacle else needed(rest, factor, 1 + Fraction(gap, part), share)
    if wanted is None or base is None:
        return Lever(subject, factor, base, None, None, best, Reach.IMPOSSIBLE, None, obstacle)
    covers = None
    if best is not None:
        brings = part * (relative(rest, {factor: best.value}).now(share) - 1)
        covers = min(ONE, max(Fraction(0), brings / gap))
    most = max(WHOLE, base, best.value if best else 0)
    change = wanted / base - 1
    if factor is Factor.CONVERSION and wanted > most:
        over = Obstacle.OVER_ALL
        return Lever(subject, factor, base, wanted, change, best, Reach.IMPOSSIBLE, covers, over)
    reach = Reach.LEAP if change > LEAPS[factor] else _reach(wanted, best)
    return Lever(subject, factor, base, wanted, change, best, reach, covers)


def _reach(wanted: Fraction, best: Best | None) -> Reach:
    if best is None:
        return Reach.UNKNOWN
    return Reach.REACHED if wanted <= best.value else Reach.BEYOND


_ORDER = tuple(Reach)


def ranked(levers: Sequence[Lever]) -> list[Lever]:
    """Put first what was once reached, then what nothing is known of; by the smallest change."""
    far = Fraction(10**18)
    return sorted(
        levers,
        key=lambda one: (
            _ORDER.index(one.reach),
            far if one.change is None else one.change,
            one.subject,
        ),
    )


@dataclass(frozen=True, slots=True)
class PastMonth:
    """A finished month of one subject: stored sums, and the working days it was there."""

    month: date
    inquiries: int
    deals: int
    receipts: int
    days: int


def usual(months: Sequence[PastMonth]) -> tuple[Fraction | None, Fraction | None]:
    """Return the check and the conversion of several months together, sum ÷ sum."""
    deals = sum(month.deals for month in months)
    inquiries = sum(month.inquiries for month in months)
    receipts = sum(month.receipts for month in months)
    check = Fraction(receipts, deals) if deals > 0 and receipts > 0 else None
    conversion = Fraction(deals * WHOLE, inquiries) if inquiries > 0 and deals > 0 else None
    return check, conversion


def best_month(months: Sequence[PastMonth], factor: Factor, days_left: int) -> Best | None:
    """Find the month in which a factor was at its best; of equals the latest.

    Inquiries are compared by working day and given for the days left. A ratio counts only where
    enough stands under it: at least five pieces, and half of what the subject usually has, or one
    lucky deal would be called the best that can be.
    """
    under = {month.month: _under(month, factor) for month in months}
    known = [count for count in under.values() if count > 0]
    if not known:
        return None
    enough = max(Fraction(FEW), Fraction(sum(known), 2 * len(known)))
    found: Best | None = None
    for month in months:
        count = under[month.month]
        if count <= 0 or (factor is not Factor.INQUIRIES and count < enough):
            continue
        value = _worth(month, factor, count, days_left)
        if value > 0 and (found is None or value >= found.value):
            found = Best(value, month.month)
    return found


def _under(month: PastMonth, factor: Factor) -> int:
    return {
        Factor.INQUIRIES: month.days,
        Factor.CONVERSION: month.inquiries,
        Factor.CHECK: month.deals,
    }[factor]


def _worth(month: PastMonth, factor: Factor, count: int, days_left: int) -> Fraction:
    top = {
        Factor.INQUIRIES: month.inquiries * days_left,
        Factor.CONVERSION: month.deals * WHOLE,
        Factor.CHECK: month.receipts,
    }[factor]
    return Fraction(top, count)
