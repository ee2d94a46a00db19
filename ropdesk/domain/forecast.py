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
    "backtest",
    "forecast",
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
    """Replay finished months: forecast each from the earlier ones alone, and compare.

    Months without three earlier ones, and those that brought nothing, are not counted.
    """
    rows = []
    for stage in at_working_days:
        plain, ours, inside = [], [], []
        for i in range(ENOUGH_MONTHS, len(months)):
            month = months[i]
            whole = Month(month)
            as_of = month.start + timedelta(days=whole.day_of(stage) - 1)
            made = forecast(month, as_of, months[:i])
            if whole.total <= 0 or stage >= whole.worked or made is None:
                continue
            fact = whole.cum[whole.day_of(stage)]
            plain.append(abs(Fraction(fact * whole.worked, stage) / whole.total - 1))
            ours.append(abs(Fraction(made.p50, whole.total) - 1))
            if made.p10 is not None and made.p90 is not None:
                inside.append(made.p10 <= whole.total <= made.p90)
        if ours:
            rows.append(BacktestRow(stage, Method.RUN_RATE, len(plain), _mean(plain), None))
            coverage = Fraction(sum(inside), len(inside)) if inside else None
            rows.append(BacktestRow(stage, None, len(ours), _mean(ours), coverage))
    return rows


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
