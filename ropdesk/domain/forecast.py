"""The forecast of a month's end, learnt from the workspace's own past.

Five ways to guess the rest of a month are replayed over every past month at the same working day,
each knowing only the months before it. Their guesses are then weighed by how well they did
(mean relative error to the power of −4, so the best one mostly decides and a near tie is shared).
The interval is the spread of the weighed guess's own past errors.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import erf, sqrt

from ropdesk.domain.forecast_past import (
    ENOUGH_MONTHS,
    METHOD_NAMES,
    Method,
    Month,
    MonthDays,
    Past,
    leader,
    weighed,
)

__all__ = [
    "METHOD_NAMES",
    "BacktestRow",
    "Forecast",
    "Forecaster",
    "Method",
    "MonthDays",
    "Trial",
    "backtest",
    "coverage",
    "forecast",
    "trials",
]

ENOUGH_DAYS = 3  # working days without which a run rate says nothing
_Z90 = 1.2816  # the 90th percentile of the normal distribution


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a month will come to.

    Attributes:
        p10, p90: ends of the 80 % interval; None with fewer than three past months.
        p50: the forecast itself.
        method: the way of guessing that weighs most.
        usual_error: mean relative error of past forecasts at this stage; None without them.
        months: past months learnt from.
        fact: what has come already.
        spread: half of the interval before it is cut off at the fact.
        may_fall: whether values below zero have come, so that the fact may still fall.
    """

    p10: int | None
    p50: int
    p90: int | None
    method: Method
    usual_error: Fraction | None
    months: int
    fact: int
    spread: int | None
    may_fall: bool = False

    def probability(self, target: int) -> Fraction | None:
        """Say how probable it is to reach a target, in whole per cent; None without an interval.

        Normal around the forecast, with the interval as its 10th and 90th percentiles. Never 0 or
        1 while the month goes on and the target is not reached.
        """
        reached = self.fact >= target
        if self.method is Method.FACT or (reached and not self.may_fall):
            return Fraction(int(reached))
        if self.spread is None:
            return None
        sigma = max(self.spread, 1) / _Z90
        chance = (1 - erf((target - self.p50) / sigma / sqrt(2))) / 2
        return Fraction(min(99, max(1, round(chance * 100))), 100)


class Forecaster:
    """Forecasts of one series (a metric of a member or of the department).

    Learns a stage of the month once, when first asked, and then answers from memory.

    Args:
        past: the finished months before the current one, in order, without gaps.
    """

    def __init__(self, past: Sequence[MonthDays]) -> None:
        self._past = Past(past)

    def at(self, current: MonthDays, as_of: date) -> Forecast | None:
        """Forecast the end of a month from what has come up to and including a day.

        A finished month is its own fact. None where there is too little to go on: under three
        working days passed with under three past months, or nothing has ever come.
        """
        elapsed = max(0, min(len(current.values), (as_of - current.start).days + 1))
        month = Month(current, elapsed)
        fact, months = month.total, len(self._past.months)
        if elapsed == len(current.values):
            return Forecast(fact, fact, fact, Method.FACT, None, months, fact, 0)
        seen = current.values[:elapsed]
        stage = month.passed(elapsed)
        known = stage >= ENOUGH_DAYS or months >= ENOUGH_MONTHS
        if not known or not (any(seen) or months):
            return None
        judgement = self._past.judge(stage)
        guesses = self._past.guess(month, elapsed)
        middle = weighed(guesses, judgement.weights)
        method = leader(guesses, judgement.weights)
        may_fall = self._past.signed or min(seen, default=0) < 0
        floor = None if may_fall else fact
        p50 = _at_least(floor, middle)
        if judgement.width is None or judgement.error is None:
            return Forecast(None, p50, None, method, None, months, fact, None, may_fall)
        usual = Fraction(round(judgement.error * 10_000), 10_000)
        wide = max(abs(middle), self._past.floor) * judgement.width
        spread = round(wide * sqrt(month.left(stage)))
        p10, p90 = _at_least(floor, middle - spread), _at_least(floor, middle + spread)
        return Forecast(p10, p50, p90, method, usual, months, fact, spread, may_fall)


def _at_least(floor: int | None, value: float) -> int:
    return round(value) if floor is None else max(floor, round(value))


def forecast(current: MonthDays, as_of: date, past: Sequence[MonthDays]) -> Forecast | None:
    """Forecast one month once; for many days of one series keep a `Forecaster`."""
    return Forecaster(past).at(current, as_of)


@dataclass(frozen=True, slots=True)
class Trial:
    """A forecast of a past month as it would have been given then, and what came.

    Attributes:
        month: first day of the month.
        working_day: how many of its working days had passed.
        as_of: the last day that was known.
        fact: what had come until then.
        forecast: made from the months before and the days until then alone.
        run_rate: fact ÷ working days passed × working days of the month, the plain way.
        total: what the month came to.
    """

    month: date
    working_day: int
    as_of: date
    fact: int
    forecast: Forecast
    run_rate: Fraction
    total: int

    @property
    def error(self) -> Fraction:
        """How far the forecast was off, as a share of the month; above zero it was too high."""
        return Fraction(self.forecast.p50, self.total) - 1

    @property
    def plain_error(self) -> Fraction:
        """How far the plain run rate was off, likewise."""
        return self.run_rate / self.total - 1

    @property
    def inside(self) -> bool | None:
        """Whether the month ended inside the interval; None where none was given."""
        p10, p90 = self.forecast.p10, self.forecast.p90
        return None if p10 is None or p90 is None else p10 <= self.total <= p90


def trials(
    months: Sequence[MonthDays], at_working_days: Sequence[int] = (5, 10, 15)
) -> list[Trial]:
    """Replay finished months: forecast each from the earlier ones alone.

    Months without three earlier ones, and those that brought nothing, are not counted. Other
    periods may stand for months, as long as all are of one kind (weeks).
    """
    found = []
    for i in range(ENOUGH_MONTHS, len(months)):
        month, whole = months[i], Month(months[i])
        forecaster = Forecaster(months[:i])
        for stage in at_working_days:
            passed = whole.day_of(stage)
            as_of = month.start + timedelta(days=passed - 1)
            made = forecaster.at(month, as_of)
            if whole.total > 0 and stage < whole.worked and made is not None:
                rate = Fraction(whole.cum[passed] * whole.worked, stage)
                found.append(
                    Trial(month.start, stage, as_of, whole.cum[passed], made, rate, whole.total)
                )
    return found


@dataclass(frozen=True, slots=True)
class BacktestRow:
    """How forecasts made on one working day of past months turned out.

    Attributes:
        method: RUN_RATE alone, or None for the forecast that the program gives.
        months: months that were forecast.
        mape: mean absolute error as a share of the month.
        coverage: share of months inside the interval; None where there was none.
    """

    working_day: int
    method: Method | None
    months: int
    mape: Fraction
    coverage: Fraction | None


def backtest(
    months: Sequence[MonthDays], at_working_days: Sequence[int] = (5, 10, 15)
) -> list[BacktestRow]:
    """Sum up the trials of finished months, two rows a working day: run rate, then ours."""
    made = trials(months, at_working_days)
    rows = []
    for stage in at_working_days:
        here = [trial for trial in made if trial.working_day == stage]
        if here:
            plain = _mean([abs(trial.plain_error) for trial in here])
            ours = _mean([abs(trial.error) for trial in here])
            rows.append(BacktestRow(stage, Method.RUN_RATE, len(here), plain, None))
            rows.append(BacktestRow(stage, None, len(here), ours, coverage(here)))
    return rows


def coverage(made: Sequence[Trial]) -> Fraction | None:
    """Return the share of trials that ended inside their interval; None without intervals."""
    inside = [trial.inside for trial in made if trial.inside is not None]
    return Fraction(sum(inside), len(inside)) if inside else None


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
