"""What stands out in a series of weeks: values outside their usual range, streaks, records.

The range is a control chart of the series' own past (W. Shewhart; D. Wheeler, «Understanding
Variation»): the mean ± 2.66 mean moving ranges, which is three sigmas. A week counts by its weight,
the days worked or a ratio's denominator, after D. Laney («Improved control charts for attributes»,
2002): z = (rate - mean) · √weight, sigma is the mean moving range of z ÷ 1.128, and the limits of a
week are mean ± 3 · sigma ÷ √weight. With equal weights it is Wheeler's chart exactly; a short week
or a ratio of few deals gets wider limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import asin, pi, sin, sqrt
from statistics import NormalDist

MIN_WEEKS = 10  # of its own past, before anything is called unusual
MEMORY = 26  # weeks of the past that make the usual range
SIGMAS = 3.0
FALSE_ALARMS = 0.25  # expected a week, over everything that is watched
RANGE_TO_SIGMA = 1.128  # mean moving range of two ÷ sigma, for normal values (d2)
STREAK = 5  # weeks in a row, each worse than the one before
MIN_FALL = Fraction(1, 5)  # of the first week's level
CLEARLY = 1.1  # times the way to the limit: a value that rounds to its limit convinces nobody
LONG_TAILED = 1.3  # the same for money and time, whose chance has longer tails than a count's
MIN_SHIFT = Fraction(3, 20)  # of the centre: less is not worth a word, however steady the weeks
MIN_COHORT, MIN_WINS = 20, 5
MIN_CHANGE = Fraction(3, 10)  # of a conversion


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a series.

    Attributes:
        monday: its first day.
        value: sum of the flow, or of a ratio's numerator, in stored parts.
        weight: what the value is measured against, above zero: days worked in hundredths, or
            the sum of a ratio's denominator.
    """

    monday: date
    value: int
    weight: int

    @property
    def rate(self) -> Fraction:
        """Value for one unit of weight."""
        return Fraction(self.value, self.weight)

    def score(self, centre: float) -> float:
        """Say how many units of weight one it lies from a rate: z of Laney's chart."""
        return (self.value / self.weight - centre) * sqrt(self.weight)


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual range of a series.

    Attributes:
        centre: mean rate of the weeks learnt from: sum ÷ sum.
        spread: sigma of the rate of a week of weight one.
        width: how many sigmas the limits are away.
        weeks: how many weeks it was learnt from.
        clearly: how many times the way to the limit a week must go to be told.
        floor: nothing below this rate is possible, or None where values went below zero.
    """

    centre: Fraction
    spread: float
    width: float
    weeks: int
    clearly: float
    floor: int | None

    def limits(self, weight: int) -> tuple[Fraction, Fraction]:
        """Return the lowest and the highest usual rate of a week of this weight."""
        half = Fraction(self.width * self.spread / sqrt(weight))
        low = self.centre - half
        return (low if self.floor is None else max(low, Fraction(self.floor))), self.centre + half


@dataclass(frozen=True, slots=True)
class Unusual:
    """A week that stands out.

    Attributes:
        side: 1 above the usual, -1 below.
        strength: distance from the centre ÷ distance of the limit; above 1 is outside.
    """

    usual: Usual
    side: int
    strength: float


@cache
def width(series: int) -> float:
    """Say how many sigmas away the limits are when so many series are watched at once.

    Three, as is usual; more where chance alone would give over one false alarm in four weeks:
    from some eighty series on (Bonferroni's division of the expected number).
    """
    share = FALSE_ALARMS / (2 * max(series, 1))
    return max(SIGMAS, NormalDist().inv_cdf(1 - share)) if share < 0.5 else SIGMAS


def usual(past: Sequence[Week], sigmas: float = SIGMAS, *, pieces: bool = False) -> Usual | None:
    """Learn the usual range from finished weeks, oldest first; None from fewer than ten.

    Args:
        pieces: whether single things are counted: then chance alone scatters a week by the root
            of its expected number (Poisson), and the range is never narrower than that.
    """
    past = past[-MEMORY:]
    if len(past) < MIN_WEEKS:
        return None
    centre = Fraction(sum(w.value for w in past), sum(w.weight for w in past))
    middle = float(centre)
    spread = _spread([week.score(middle) for week in past])
    if pieces:
        spread = max(spread, sqrt(max(middle, 0.0)))
    floor = None if any(week.value < 0 for week in past) else 0
    clearly = CLEARLY if pieces else LONG_TAILED
    return Usual(centre, spread, sigmas, len(past), clearly, floor)


def _spread(scores: Sequence[float]) -> float:
    moves = [abs(after - before) for before, after in pairwise(scores)]
    return sum(moves) / len(moves) / RANGE_TO_SIGMA


def outside(past: Sequence[Week], week: Week, found: Usual) -> Unusual | None:
    """Tell whether a week lies clearly outside its usual range.

    It must be a tenth beyond the limit (three tenths, unless pieces are counted), a good seventh
    away from the mean, and further out than any week learnt from: what happened within half a year
    already is not news.
    """
    if found.spread == 0:
        return None
    middle = float(found.centre)
    score = week.score(middle)
    side = 1 if score > 0 else -1
    strength = abs(score) / (found.width * found.spread)
    if strength < found.clearly or abs(week.rate - found.centre) < MIN_SHIFT * abs(found.centre):
        return None
    if side * score <= max(side * known.score(middle) for known in past[-MEMORY:]):
        return None
    return Unusual(found, side, strength)


@dataclass(frozen=True, slots=True)
class Streak:
    """Weeks in a row, each worse than the one before.

    Attributes:
        start: the last week before the worsening began.
        steps: how many times it got worse.
        strength: the total change ÷ half the width of the usual range.
    """

    start: Week
    steps: int
    usual: Usual
    strength: float


def streak(
    weeks: Sequence[Week], better: int, sigmas: float = SIGMAS, *, pieces: bool = False
) -> Streak | None:
    """Find a worsening that ends with the last week.

    It takes five worse weeks in a row, a total change of a fifth and of half the usual range, and
    an end on the bad side of what was usual before it began: coming down from a peak is none.

    Args:
        better: 1 where more is better, -1 where less is.
        pieces: as in `usual`.
    """
    steps = 0
    while steps + 1 < len(weeks):
        newer, older = weeks[-1 - steps], weeks[-2 - steps]
        if better * (newer.value * older.weight - older.value * newer.weight) >= 0:
            break
        steps += 1
    if steps < STREAK:
        return None
    before = usual(weeks[: len(weeks) - steps], sigmas, pieces=pieces)
    if before is None or before.spread == 0:
        return None
    start, last = weeks[-1 - steps], weeks[-1]
    change = abs(last.rate - start.rate)
    strength = float(change) * sqrt(last.weight) / (before.width * before.spread)
    ended_bad = better * (last.rate - before.centre) < 0
    if not ended_bad or strength < 1 or change < MIN_FALL * abs(start.rate):
        return None
    return Streak(start, steps, before, strength)


def record(best: int, value: int, margin: Fraction) -> Fraction | None:
    """Say by what share a value beats the best before it; None where it does not by the margin."""
    if best <= 0:
        return None
    gain = Fraction(value - best, best)
    return gain if gain >= margin else None


@dataclass(frozen=True, slots=True)
class Conversion:
    """A conversion that is unlike its past.

    Attributes:
        before: the share of the past.
        low, high: usual range of the share for this many inquiries.
        side, strength: as in `Unusual`.
        weeks: how many weeks of inquiries it was learnt from.
    """

    before: Fraction
    low: Fraction
    high: Fraction
    side: int
    strength: float
    weeks: int


def conversion(past: Sequence[Week], now: Week, sigmas: float = SIGMAS) -> Conversion | None:
    """Compare the conversion of inquiries with that of earlier ones, all at the same age.

    Two shares are compared after the transform 2 · arcsin √p, whose variance is 1 ÷ n whatever
    the share (J. Cohen's h). Where the past's weeks scatter more than chance would let them, sigma
    is theirs (Laney's). It takes 20 inquiries, 5 expected wins and a change of three tenths.

    Args:
        past: weeks of inquiries, oldest first: value is won, weight is inquiries.
        now: the inquiries judged, of one or several weeks.
    """
    past = past[-MEMORY:]
    if len(past) < MIN_WEEKS or now.weight < MIN_COHORT:
        return None
    count = sum(week.weight for week in past)
    before = Fraction(sum(week.value for week in past), count)
    if before * now.weight < MIN_WINS:
        return None
    middle = _angle(before)
    spread = max(1.0, _spread([(_angle(w.rate) - middle) * sqrt(w.weight) for w in past]))
    half = sigmas * spread * sqrt(1 / now.weight + 1 / count)
    strength = abs(_angle(now.rate) - middle) / half
    if strength < CLEARLY or abs(now.rate - before) < MIN_CHANGE * before:
        return None
    low, high = _share(middle - half), _share(middle + half)
    return Conversion(before, low, high, 1 if now.rate > before else -1, strength, len(past))


def _angle(share: Fraction) -> float:
    return 2 * asin(sqrt(share))


def _share(angle: float) -> Fraction:
    return Fraction(sin(min(max(angle, 0.0), pi) / 2) ** 2)
