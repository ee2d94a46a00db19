"""The chosen metric running up over the month, as the chart takes it."""

from datetime import date
from itertools import accumulate

from ropdesk.domain.metrics import Kind, Metric
from ropdesk.i18n import _
from ropdesk.ui import values
from ropdesk.ui.charts.data import CumulativeData, Scale
from ropdesk.ui.planning.board_source import SCENARIOS, Snapshot


class Exact:
    """Says a stored value of a metric exactly."""

    def __init__(self, metric: Metric) -> None:
        self._metric = metric

    def __call__(self, value: int) -> str:
        """Write the value with its unit."""
        return values.exact(self._metric, value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exact) and other._metric == self._metric

    def __hash__(self) -> int:
        return hash(self._metric)


def chart_scale(metric: Metric, largest: int) -> tuple[Scale, str]:
    """Return the axis's unit and its name."""
    how = values.headline_style(metric, [largest])
    if how.unit == "₽" and largest >= 10 * values.THOUSAND * metric.scale:
        how = values.style(metric, [largest])
    places = min(how.places, 1) if how.divisor == values.MILLION * metric.scale else how.places
    unit = _("h") if how.clock else how.unit
    return Scale(how.divisor, places, Exact(metric)), unit


def chart_title(metric: Metric, unit: str) -> str:
    """Return the chart's heading with its unit."""
    name = values.name(metric)
    words = {
        Kind.FLOW: _("{metric} running up", metric=name),
        Kind.RATIO: _("{metric} since the month's beginning", metric=name),
        Kind.STOCK: _("{metric} by day", metric=name),
    }[metric.kind]
    return f"{words}, {unit}" if unit else words


def chart_data(snapshot: Snapshot) -> tuple[CumulativeData, str]:
    """Return the lines of the chart and its heading."""
    chosen = snapshot.chosen
    standard = snapshot.scenarios.get("standard")
    plan = standard.running if standard is not None else ()
    others = tuple(
        (_(SCENARIOS[key]), scenario.running)
        for key, scenario in snapshot.scenarios.items()
        if key != "standard" and scenario.running and chosen.kind is Kind.FLOW
    )
    forecast, low, high = _forecast(snapshot)
    largest = max((*plan[-1:], *snapshot.fact[-1:], *high[-1:], *forecast[-1:]), default=0)
    scale, unit = chart_scale(chosen, largest)
    data = CumulativeData(
        snapshot.days, plan, snapshot.fact, forecast, low, high, others, scale
    )  # fmt: skip
    return data, chart_title(chosen, unit)


Line = tuple[int, ...]


def _forecast(snapshot: Snapshot) -> tuple[Line, Line, Line]:
    """Lead from the fact to the forecast evenly over the working days left."""
    chosen, outlook, board = snapshot.chosen, snapshot.outlook, snapshot.board
    ahead = [day for day in snapshot.days if day > board.as_of]
    found = outlook.of(chosen.code) if outlook is not None else None
    if found is None or not ahead or not snapshot.fact or chosen.kind is not Kind.FLOW:
        return (), (), ()
    steps = _steps(ahead, snapshot.working)
    start, whole = snapshot.fact[-1], steps[-1]

    def line(end: int | None) -> Line:
        if end is None:
            return ()
        away = 2 * (end - start)
        return tuple([start + (away * step + whole) // (2 * whole) for step in steps])

    return line(found.p50), line(found.p10), line(found.p90)


def _steps(ahead: list[date], working: frozenset[date]) -> list[int]:
    """Count the working days passed by each day to come; all days where none is worked."""
    steps = list(accumulate(int(day in working) for day in ahead))
    return steps if steps[-1] else list(range(1, len(ahead) + 1))
