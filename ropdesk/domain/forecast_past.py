"""Ways to guess the rest of a month, and how well each has done in the workspace's own past.

The parts of `ropdesk.domain.forecast` that learn. Floating point: these are estimates, rounded
once by the caller, and nothing here is a sum of money owed.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, compress
from math import sqrt

from ropdesk.domain.errors import N_, DomainError

ENOUGH_MONTHS = 3  # past months without which there is no interval
_MEMORY = 24  # months looked back
_JUDGED = 12  # months whose errors make the interval
_SHARPNESS = 4  # power of the error in a method's weight
_NEARBY = 3  # working days: errors at neighbouring stages judge a method too
_TRUST_DAYS = 5  # working days of this month that weigh as much as a prior, before learning
_TRUST_MONTHS = 2  # months as which that assumption counts while learning
_COVERAGE = 0.8


class Method(StrEnum):
    """How the rest of a month is guessed."""

    FACT = "fact"
    RUN_RATE = "run_rate"
    PROFILE = "profile"
    RECENT = "recent"
    QUARTER = "quarter"
    YEAR = "year"


METHOD_NAMES = {
    Method.FACT: N_("the month is over"),
    Method.RUN_RATE: N_("pace per working day"),
    Method.PROFILE: N_("pace with days off counted"),
    Method.RECENT: N_("pace and the last three months"),
    Method.QUARTER: N_("pace and the same month of earlier quarters"),
    Method.YEAR: N_("pace and the same month last year"),
}
_PRIORS = (Method.RECENT, Method.QUARTER, Method.YEAR)


@dataclass(frozen=True, slots=True)
class MonthDays:
    """Daily values of a flow in one month, in the metric's stored integers.

    Attributes:
        start: the first day of the month.
        values: one for each calendar day; those of days to come are not looked at.
        working: whether each calendar day is worked (by this member, or by the department).
    """

    start: date
    values: tuple[int, ...]
    working: tuple[bool, ...]

    def __post_init__(self) -> None:
        if len(self.values) != len(self.working):
            raise DomainError(
                N_("A month has {values} daily values and {days} days. Give one value per day."),
                values=len(self.values),
                days=len(self.working),
            )


@lru_cache(maxsize=1024)
def _stages(working: tuple[bool, ...]) -> list[int]:
    """List, for each k, how many calendar days have passed when the k-th working day is over."""
    return [0, *(day + 1 for day, works in enumerate(working) if works)]


class Month:
    """One month with its running sums.

    Args:
        month: its days.
        elapsed: how many of them have passed; all by default.
    """

    __slots__ = ("cum", "days", "off", "stages", "total", "worked", "worked_total")

    def __init__(self, month: MonthDays, elapsed: int | None = None) -> None:
        self.days = len(month.values)
        self.cum = [0, *accumulate(month.values[:elapsed])]
        self.total = self.cum[-1]
        self.stages = _stages(month.working)
        self.worked = len(self.stages) - 1
        self.off = self.days - self.worked
        self.worked_total = sum(compress(month.values, month.working))

    def day_of(self, stage: int) -> int:
        """Count the calendar days passed after a working day, at the latest the last but one."""
        return self.stages[max(0, min(stage, self.worked - 1))]

    def passed(self, day: int) -> int:
        """Count the working days among the first calendar days."""
        return bisect_right(self.stages, day) - 1

    def left(self, stage: int) -> float:
        """Share of the working days that is still to come; never quite nothing."""
        return max(self.worked - stage, 0.5) / max(self.worked, 1)


@dataclass(frozen=True, slots=True)
class _Learnt:
    """What replaying the past at one stage has shown.

    Attributes:
        guesses: for each past month, its total as each method guessed it.
        left: for each past month, the root of the share of working days to come at that stage,
            as which errors shrink towards the month's end.
        trust: how much of the pace, against each prior, was best.
    """

    guesses: list[dict[Method, float]]
    left: list[float]
    trust: dict[Method, float]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How methods weigh at a stage, and how far their weighed guess has been off."""

    weights: dict[Method, float]
    error: float | None
    width: float | None


@dataclass(frozen=True, slots=True)
class _Origin:
    """What the months before one have to say.

    Attributes:
        day_off: what a day off brings, in working days.
        levels: what each prior says that a working day brings.
    """

    day_off: float
    levels: list[tuple[Method, float]]


class Past:
    """The finished months of one series, and what they teach at each stage of a month.

    Args:
        months: in order, without gaps. Months before the first that brought anything are not
            history and are passed over; only the last two years count.
    """

    def __init__(self, months: Sequence[MonthDays]) -> None:
        first = next((i for i, month in enumerate(months) if any(month.values)), len(months))
        kept = months[max(first, len(months) - _MEMORY) :]
        self.months = [Month(month) for month in kept]
        self.signed = any(min(month.values, default=0) < 0 for month in kept)
        whole = sum(month.total for month in self.months)
        # A relative error needs a floor, or one empty month would outweigh all others.
        self.floor = max(1.0, abs(whole) / max(1, len(kept)) / 10)
        self._scales = [max(abs(month.total), self.floor) for month in self.months]
        self._origins = self._known_before_each()
        self._learnt: dict[int, _Learnt] = {}
        self._judged: dict[int, Judgement] = {}

    def _known_before_each(self) -> list[_Origin]:
        origins = []
        worked = off = brought = on_days_off = 0
        for before in range(len(self.months) + 1):
            known = self.months[:before]
            for last in known[-1:]:
                worked, off = worked + last.worked, off + last.off
                brought += last.worked_total
                on_days_off += last.total - last.worked_total
            worth = 0.0
            if off and brought > 0:
                worth = max(0.0, on_days_off / off * worked / brought)
            priors = (
                (Method.RECENT, known[-3:]),
                (Method.QUARTER, known[-3::-3][:2]),
                (Method.YEAR, known[-12:-11]),
            )
            levels = []
            for prior, chosen in priors:
                days = sum(m.worked + worth * m.off for m in chosen)
                if days:
                    levels.append((prior, sum(m.total for m in chosen) / days))
            origins.append(_Origin(worth, levels))
        return origins

    def _apart(self, before: int, month: Month, day: int) -> dict[Method, float]:
        """Guess a month's total from its own pace and from each prior, taken apart.

        Knows the first `before` months and the month's first days.
        """
        fact, stage = month.cum[day], month.passed(day)
        guesses = {Method.RUN_RATE: fact * month.worked / stage if stage else float(fact)}
        if before:
            worth = self._origins[before].day_off
            spent = stage + worth * (day - stage)
            rest = month.worked + worth * month.off - spent
            guesses[Method.PROFILE] = fact + (fact / spent * rest if spent else 0.0)
            for prior, level in self._origins[before].levels:
                guesses[prior] = fact + level * rest
        return guesses

    def guess(self, month: Month, day: int) -> dict[Method, float]:
        """Guess the total of the month after these in every way, from its first days."""
        stage = month.passed(day)
        apart = self._apart(len(self.months), month, day)
        return _blend(apart, self._learn(stage).trust, _assumed(stage))

    def _learn(self, stage: int) -> _Learnt:
        """Replay the past at a stage: guess each month, then learn from what it came to."""
        if stage in self._learnt:
            return self._learnt[stage]
        assumed = _assumed(stage)
        sums = dict.fromkeys(_PRIORS, (0.0, 0.0, 0))
        learnt = self._learnt[stage] = _Learnt([], [], {})
        for before, month in enumerate(self.months):
            apart = self._apart(before, month, month.day_of(stage))
            learnt.guesses.append(_blend(apart, learnt.trust, assumed))
            learnt.left.append(sqrt(month.left(min(stage, month.worked - 1))))
            scale = self._scales[before]
            for prior in _PRIORS:
                if prior in apart:
                    # Least squares of (truth − prior) on (pace − prior), drawn to the assumption.
                    x = (apart[Method.PROFILE] - apart[prior]) / scale
                    y = (month.total - apart[prior]) / scale
                    xx, xy, n = sums[prior]
                    xx, xy, n = sums[prior] = (xx + x * x, xy + x * y, n + 1)
                    doubt = _TRUST_MONTHS * xx / n
                    if xx:
                        share = (xy + assumed * doubt) / (xx + doubt)
                        learnt.trust[prior] = min(1.0, max(0.0, share))
        return learnt

    def judge(self, stage: int) -> Judgement:
        """Weigh the methods by their past at a stage and near it; measure the weighed guess."""
        if stage in self._judged:
            return self._judged[stage]
        # Before the first working day there is no pace, so only that stage itself can judge.
        nearby = {max(1, stage - _NEARBY), stage, stage + _NEARBY} if stage else {0}
        replays = [self._learn(near) for near in sorted(nearby)]
        weights = self._weigh(replays)
        errors, here = [], []
        months = range(1, len(self.months))[-_JUDGED:]
        for i in months:
            total, scale = self.months[i].total, self._scales[i]
            off = [
                abs(weighed(replay.guesses[i], weights) - total) / scale / replay.left[i]
                for replay in replays
            ]
            errors.append(sum(off) / len(off))
            here.append(abs(weighed(self._learn(stage).guesses[i], weights) - total) / scale)
        judgement = Judgement(weights, None, None)
        if len(self.months) >= ENOUGH_MONTHS:
            judgement = Judgement(weights, sum(here) / len(here), _width(errors))
        self._judged[stage] = judgement
        return judgement

    def _weigh(self, replays: Sequence[_Learnt]) -> dict[Method, float]:
        scores = {}
        for way in (Method.RUN_RATE, Method.PROFILE, *_PRIORS):
            off = [
                abs(replay.guesses[i][way] - month.total) / self._scales[i] / replay.left[i]
                for replay in replays
                for i, month in enumerate(self.months)
                if way in replay.guesses[i]
            ]
            months = len(off) / len(replays)
            if months >= 2:
                # A method judged by few months is given less credit.
                scores[way] = max(sum(off) / len(off) * (1 + 1 / months), 1e-9)
        best = min(scores.values(), default=1.0)
        return {way: (best / score) ** _SHARPNESS for way, score in scores.items()}


def _assumed(stage: int) -> float:
    return stage / (stage + _TRUST_DAYS)


def _blend(
    apart: dict[Method, float], trust: dict[Method, float], assumed: float
) -> dict[Method, float]:
    """Mix every prior with this month's pace."""
    mixed = dict(apart)
    for prior in _PRIORS:
        if prior in apart:
            share = trust.get(prior, assumed)
            mixed[prior] = share * apart[Method.PROFILE] + (1 - share) * apart[prior]
    return mixed


def weighed(guesses: dict[Method, float], weights: dict[Method, float]) -> float:
    """Average guesses by weight; where none has any, take that of `leader`."""
    shares = {way: weights[way] for way in guesses if way in weights}
    whole = sum(shares.values())
    if not whole:
        return guesses[leader(guesses, weights)]
    return sum(share * guesses[way] for way, share in shares.items()) / whole


def leader(guesses: dict[Method, float], weights: dict[Method, float]) -> Method:
    """Name the method that weighs most; unweighed, the one that knows most."""
    unweighed = {Method.RECENT: 2e-12, Method.RUN_RATE: 1e-12}
    return max(guesses, key=lambda way: weights.get(way, unweighed.get(way, 0.0)))


def _width(errors: Sequence[float]) -> float:
    """Estimate the error that 80 % of months stay within.

    The (n + 1)-rank of the sorted errors, read on beyond the largest where there are few, and
    a quarter of a month's worth wider because the weights were chosen on the same months.
    """
    ranked = sorted(errors)
    n = len(ranked)
    rank = _COVERAGE * (n + 1) - 1
    low = int(rank)
    if low >= n - 1:
        quantile = ranked[-1] * (1 + rank - (n - 1))
    else:
        quantile = ranked[low] + (rank - low) * (ranked[low + 1] - ranked[low])
    return quantile * (1 + 0.25 / n)
