"""What a metric is worth over a span: from daily values to a figure, its completion and state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ropdesk.domain.metrics import Direction, Kind, Metric, ratio
from ropdesk.domain.money import half_up

_GOOD = Fraction(1)
_WARNING = Fraction(95, 100)


class State(StrEnum):
    """How a value stands to its plan."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Cell:
    """One stored daily value of a flow or a stock."""

    day: date
    member_id: int
    value: int


def flow_total(cells: Iterable[Cell]) -> int:
    """Add up a flow over days and members, in stored integers."""
    return sum(cell.value for cell in cells)


def stock_total(cells: Iterable[Cell]) -> int | None:
    """Add up each member's last level, in stored integers; None without any."""
    last: dict[int, Cell] = {}
    for cell in cells:
        known = last.get(cell.member_id)
        if known is None or cell.day >= known.day:
            last[cell.member_id] = cell
    return sum(cell.value for cell in last.values()) if last else None


def aggregate(
    metric: Metric, metrics: Mapping[str, Metric], cells: Mapping[str, Iterable[Cell]]
) -> Fraction | None:
    """Say what a metric is worth over the cells of a span, in whole units.

    A flow adds up (nothing is zero), a stock is the sum of each member's last level, a ratio is
    sum ÷ sum and None where its denominator is zero.

    Args:
        metric: the metric asked for.
        metrics: the catalogue, to look up the two flows of a ratio.
        cells: daily values of the span by metric code.
    """
    if metric.kind is Kind.RATIO:
        top = metrics[metric.numerator or ""]
        bottom = metrics[metric.denominator or ""]
        sums = [flow_total(cells.get(part.code, ())) for part in (top, bottom)]
        return ratio(sums[0], sums[1], bottom, top)
    own = cells.get(metric.code, ())
    total = stock_total(own) if metric.kind is Kind.STOCK else flow_total(own)
    return None if total is None else Fraction(total, metric.scale)


def completion(fact: Fraction | None, plan: Fraction | None) -> Fraction | None:
    """Divide fact by plan, both in the same unit; None when unknown or the plan is not positive."""
    return fact / plan if fact is not None and plan is not None and plan > 0 else None


def whole_percent(share: Fraction, better: Direction) -> int:
    """Round a completion to a whole percent that never contradicts how it is judged.

    99.6 % is judged «a little behind»: written as 100 it would look reached, so it is 99.
    """
    nearest = half_up(share * 100)
    judged = state(share, better)
    fitting = (
        number
        for number in (nearest, nearest - 1, nearest + 1)
        if state(Fraction(number, 100), better) is judged
    )
    return next(fitting, nearest)


def deviation(fact: Fraction | None, plan: Fraction | None) -> Fraction | None:
    """Subtract plan from fact; None when either is unknown."""
    return fact - plan if fact is not None and plan is not None else None


def state(share: Fraction | None, better: Direction) -> State:
    """Judge a completion: good from 100 %, a warning from 95 %, bad below.

    Where less is better the share is turned over (plan ÷ fact). Unknown, or a metric without a
    direction, is neutral.
    """
    if share is None or better is Direction.NONE:
        return State.NEUTRAL
    if better is Direction.DOWN:
        share = 1 / share if share > 0 else _GOOD
    if share >= _GOOD:
        return State.GOOD
    return State.WARNING if share >= _WARNING else State.BAD
