"""What would change the month's end: the rest of the month as inquiries × conversion × check.

Receipts still to come are R = N·c·a: inquiries still to come, deals won per inquiry, receipts per
deal. A change multiplies the rest, so the month's end becomes fact + R·k. An inquiry added now
pays this month only if there is time left to close it, so of a change of N only that share counts
here; the rest of it comes in later months.

Figures are in stored parts: pieces, basis points, kopecks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.forecast import Forecast
from ropdesk.domain.money import half_up

FEW = 5  # pieces below which a forecast in whole pieces is too coarse to divide by
WHOLE = 10_000  # basis points
ONE = Fraction(1)
MOST = 1_000_000  # times: beyond it a typed number is a slip of the finger


class Factor(StrEnum):
    """What can be changed; the values are codes of metrics."""

    INQUIRIES = "inquiries"
    CONVERSION = "conversion"
    CHECK = "average_check"


class Obstacle(StrEnum):
    """Why a lever cannot be moved, or why moving it does not help."""

    NOTHING_LEFT = "nothing_left"  # the rest of the month brings no receipts: nothing to multiply
    NO_DEALS = "no_deals"  # no deals are known, so no check
    NO_INQUIRIES = "no_inquiries"  # no inquiries are known, so no conversion
    NO_TIME = "no_time"  # an inquiry of these days closes only after the month
    OVER_ALL = "over_all"  # more deals than inquiries
    AWAY = "away"  # the member is not there until the month's end


Change = Mapping[Factor, Fraction]
"""New values of some factors of one subject."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What the rest of a month brings one subject.

    Attributes:
        inquiries: pieces still to come; None when unknown.
        conversion: deals won per inquiry, basis points; None when unknown.
        check: receipts per deal won, kopecks; None when unknown.
        receipts: still to come, kopecks: the product of the three where all are known.
        fresh: what a new inquiry is worth, as a share of what the conversion says; below one where
            deals of earlier inquiries make the conversion higher than usual.
    """

    inquiries: Fraction | None
    conversion: Fraction | None
    check: Fraction | None
    receipts: int
    fresh: Fraction = ONE

    def value(self, factor: Factor) -> Fraction | None:
        """Return a factor as it is without any change."""
        return {
            Factor.INQUIRIES: self.inquiries,
            Factor.CONVERSION: self.conversion,
            Factor.CHECK: self.check,
        }[factor]

    def obstacle(self, factor: Factor) -> Obstacle | None:
        """Say why a factor cannot be changed; None when it can."""
        if self.receipts <= 0:
            return Obstacle.NOTHING_LEFT
        if self.check is None:
            return Obstacle.NO_DEALS
        if factor is not Factor.CHECK and self.conversion is None:
            return Obstacle.NO_INQUIRIES
        return None


def rest_of(
    receipts: int,
    deals: Fraction | int | None,
    inquiries: Fraction | int | None,
    usual_check: Fraction | None = None,
    usual_conversion: Fraction | None = None,
) -> Rest:
    """Take the receipts to come apart into inquiries, conversion and check.

    Forecasts come in whole pieces. Under five deals the usual check is taken and the deals follow
    from the receipts; under five inquiries the usual conversion is taken and they follow from the
    deals. So the product stays the receipts in every case. A new inquiry is taken to become a deal
    no more often than usual: what is above that comes from inquiries of earlier days.

    Args:
        receipts: kopecks still to come.
        deals, inquiries: pieces still to come; None when unknown.
        usual_check, usual_conversion: of the last months, kopecks and basis points.
    """
    if receipts <= 0:
        return Rest(None if inquiries is None else Fraction(inquiries), None, None, receipts)
    won = _pieces(deals, None if not usual_check else receipts / usual_check)
    if won is None:
        return Rest(None if inquiries is None else Fraction(inquiries), None, None, receipts)
    come = _pieces(inquiries, None if not usual_conversion else won * WHOLE / usual_conversion)
    conversion = None if come is None else won * WHOLE / come
    fresh = ONE
    if conversion and usual_conversion:
        fresh = min(ONE, usual_conversion / conversion)
    return Rest(come, conversion, receipts / won, receipts, fresh)


def _pieces(count: Fraction | int | None, otherwise: Fraction | None) -> Fraction | None:
    if count is not None and count >= FEW:
        return Fraction(count)
    if otherwise is not None:
        return otherwise
    return Fraction(count) if count is not None and count > 0 else None


def in_time(cycles: Mapping[int, int], left: Sequence[int]) -> Fraction | None:
    """Say which share of inquiries that come in the rest of the month closes before its end.

    They are taken to come evenly over the working days left, and to close as won deals did.

    Args:
        cycles: days from creation to closing → how many won deals took so long.
        left: for each working day to come, the calendar days from it to the month's end.

    Returns:
        None where no won deal tells its time or no working day is left.
    """
    deals = sum(cycles.values())
    if not deals or not left:
        return None
    closed = sum(count * sum(days <= room for room in left) for days, count in cycles.items())
    return Fraction(closed, deals * len(left))


def check_change(rest: Rest, factor: Factor, value: Fraction) -> None:
    """Make sure a factor can be set to a value.

    Raises:
        DomainError: the lever cannot be moved, or the value is not above zero, or absurd.
    """
    base = rest.value(factor)
    if rest.obstacle(factor) is not None or base is None:
        raise DomainError(
            N_("This cannot be changed: nothing is known to multiply. Choose another lever."),
            field=factor.value,
        )
    if value <= 0:
        raise DomainError(
            N_("The number must be above zero. Type a larger one."), field=factor.value
        )
    if value > base * MOST:
        raise DomainError(N_("The number is too large. Check it."), field=factor.value)


@dataclass(frozen=True, slots=True)
class Relative:
    """By what each factor is multiplied; inquiries by their worth, new ones at the usual rate."""

    inquiries: Fraction = ONE
    conversion: Fraction = ONE
    check: Fraction = ONE

    def on_top(self, other: "Relative") -> "Relative":
        """Multiply two changes: a member's, and the department's over it."""
        return Relative(
            self.inquiries * other.inquiries,
            self.conversion * other.conversion,
            self.check * other.check,
        )

    def now(self, share: Fraction | None) -> Fraction:
        """Say by what this month's rest is multiplied.

        Args:
            share: of added inquiries that close within the month (`in_time`); None counts them all.
        """
        return (1 + (self.inquiries - 1) * _known(share)) * self.conversion * self.check

    def later(self, share: Fraction | None) -> Fraction:
        """Say what added inquiries bring after the month, as a share of this month's rest."""
        return (self.inquiries - 1) * (1 - _known(share)) * self.conversion * self.check


UNCHANGED = Relative()


def relative(rest: Rest, change: Change) -> Relative:
    """Say by what a change multiplies each factor; what cannot be changed stays."""

    def times(factor: Factor) -> Fraction:
        base = rest.value(factor)
        if factor not in change or not base or rest.obstacle(factor) is not None:
            return ONE
        return change[factor] / base

    more = (times(Factor.INQUIRIES) - 1) * rest.fresh
    return Relative(1 + more, times(Factor.CONVERSION), times(Factor.CHECK))


def _known(share: Fraction | None) -> Fraction:
    return ONE if share is None else share


@dataclass(frozen=True, slots=True)
class Total:
    """What changes of several subjects come to, in kopecks.

    Attributes:
        rest: the department's rest of the month after them, not rounded.
        later: what they bring after the month.
        effects: what each changed subject adds to the month's end; their sum is the whole effect.
    """

    rest: Fraction
    later: int
    effects: Mapping[int, int]


DEPARTMENT = 0


def add_up(
    parts: Mapping[int, int], changes: Mapping[int, Relative], share: Fraction | None
) -> Total:
    """Add up the effects of changes of members and of the department over them.

    Args:
        parts: the department's rest by member, kopecks; they sum to it exactly.
        changes: by member's id; `DEPARTMENT` changes everybody's.
    """
    whole = changes.get(DEPARTMENT, UNCHANGED)
    own = {m: changes[m] for m in parts if m in changes}
    alike = sum(part for m, part in parts.items() if m not in own)  # reckoned at one go
    alone = {m: parts[m] * (change.now(share) - 1) for m, change in own.items()}
    rest, later = alike * whole.now(share), alike * whole.later(share)
    for m, change in own.items():
        together = change.on_top(whole)
        rest += parts[m] * together.now(share)
        later += parts[m] * together.later(share)
    shares = dict(alone)
    if DEPARTMENT in changes:
        effect = rest - sum(parts.values())
        shares[DEPARTMENT] = effect - sum(alone.values(), Fraction(0))
    effects, sum_so_far = {}, Fraction(0)
    for subject, amount in shares.items():  # rounded as running sums: together they are exact
        before, sum_so_far = sum_so_far, sum_so_far + amount
        effects[subject] = half_up(sum_so_far) - half_up(before)
    return Total(rest, half_up(later), effects)


@dataclass(frozen=True, slots=True)
class End:
    """What the month comes to.

    Attributes:
        p10, p50, p90: kopecks; the interval is None where the forecast has none.
    """

    p10: int | None
    p50: int
    p90: int | None


@dataclass(frozen=True, slots=True)
class Course:
    """Where a month is heading: its fact, and what the rest brings.

    Attributes:
        fact: what has come, kopecks.
        rest: what is still to come in the middle case.
        forecast: where the rest comes from; None when it is the recent months' mean.
    """

    fact: int
    rest: int
    forecast: Forecast | None = None

    @property
    def end(self) -> int:
        """The month's end in the middle case."""
        return self.fact + self.rest

    def times(self, k: Fraction) -> End:
        """Multiply the rest and its interval."""

        def grown(value: int | None) -> int | None:
            return None if value is None else self.fact + half_up((value - self.fact) * k)

        made = self.forecast
        middle = self.end + half_up(self.rest * (k - 1))
        if made is None:
            return End(None, middle, None)
        return End(grown(made.p10), middle, grown(made.p90))

    def chance(self, target: int, k: Fraction = ONE) -> Fraction | None:
        """Say how probable a target is when the rest is multiplied.

        It is the forecast's own probability of the target that lies as far in its unmultiplied
        rest. None without an interval.
        """
        if self.forecast is None or k <= 0:
            return None
        away = (target - self.fact) / k
        return self.forecast.probability(self.fact - ((-away.numerator) // away.denominator))


def mean_rest(months: Sequence[int], days_left: int, days_total: int) -> Fraction | None:
    """Guess the rest of a month from recent months: their mean by the share of days left.

    Args:
        months: totals of the recent months.

    Returns:
        None where there are none, or the month has no working day.
    """
    if not months or days_total <= 0:
        return None
    return Fraction(sum(months) * days_left, len(months) * days_total)
