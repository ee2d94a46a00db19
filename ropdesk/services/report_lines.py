"""Figures of the board turned into lines that paper prints."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from ropdesk import i18n
from ropdesk.domain.errors import N_
from ropdesk.domain.metrics import Kind, Metric, Unit
from ropdesk.i18n import _
from ropdesk.reports import model
from ropdesk.services.board import Board, Figure, Figures, Value
from ropdesk.services.forecast import DEPARTMENT, Outlook
from ropdesk.services.settings import Settings

Lines = dict[str, model.MetricLine]
SCENARIOS = {"minimum": N_("minimum"), "standard": N_("standard"), "maximum": N_("maximum")}


def name_of(metric: Metric) -> str:
    """Return a metric's name as shown: builtin ones translated, own ones as typed."""
    return _(metric.name) if metric.builtin else metric.name


def signer(role: str, name: str) -> str:
    """Return what stands under a signature line: the role, with the name if it is known."""
    return f"{role}, {name}" if name else role


def names(chosen: Settings) -> tuple[str, str]:
    """Return what a page is headed with: the company and the department, whichever is known."""
    department = chosen.department or _("sales department")
    return (chosen.company, department) if chosen.company else (department, "")


def month_inside(month: date) -> str:
    """Return a month and its year as written inside a sentence: «октябрь 2026»."""
    name = i18n.month_name(month)
    return name[:1].lower() + name[1:] if i18n.language() == "ru" else name


def whole(metric: Metric, value: Value) -> model.Value:
    """Turn a board's value into paper's: stored integers stay, ratios become whole units."""
    if value is None or metric.kind is not Kind.RATIO:
        return None if value is None else int(value)
    return Fraction(value) / metric.scale


def change(metric: Metric, fact: Value, other: Value) -> Fraction | None:
    """Say how far a fact is from another: relative, but a difference for shares."""
    if fact is None or other is None:
        return None
    if metric.kind is Kind.RATIO and metric.unit is Unit.SHARE:
        return (Fraction(fact) - Fraction(other)) / metric.scale
    return Fraction(fact) / Fraction(other) - 1 if other > 0 else None


def line(
    metric: Metric,
    figure: Figure,
    *,
    finished: bool,
    previous: Figure | None = None,
    last_year: Figure | None = None,
    forecast: model.Forecast | None = None,
) -> model.MetricLine:
    """Put one metric into a line."""
    measure = figure.plan if finished or metric.kind is not Kind.FLOW else figure.plan_to_date
    fact, plan = whole(metric, figure.fact), whole(metric, measure)
    completion = None
    if figure.fact is not None and measure is not None and measure > 0:
        completion = Fraction(figure.fact) / Fraction(measure)
    before = previous.fact if previous else None
    year = last_year.fact if last_year else None
    return model.MetricLine(
        metric.code, name_of(metric), metric.unit, metric.scale, metric.kind, fact,
        plan=whole(metric, figure.plan), plan_to_date=whole(metric, figure.plan_to_date),
        completion=completion,
        deviation=None if fact is None or plan is None else fact - plan,
        previous=whole(metric, before), change=change(metric, figure.fact, before),
        last_year=whole(metric, year), change_last_year=change(metric, figure.fact, year),
        forecast=forecast, better=metric.better,
    )  # fmt: skip


def lines(
    board: Board,
    figures: Figures,
    *,
    finished: bool,
    previous: Figures | None = None,
    last_year: Figures | None = None,
    outlook: Outlook | None = None,
    member: int = DEPARTMENT,
) -> Lines:
    """Put the board's metrics of one subject into lines, in the board's order."""
    made: Lines = {}
    for code in board.codes:
        found = None if finished or outlook is None else outlook.of(code, member)
        made[code] = line(
            board.metrics[code],
            figures[code],
            finished=finished,
            previous=(previous or {}).get(code),
            last_year=(last_year or {}).get(code),
            forecast=model.Forecast(found.p10, found.p50, found.p90) if found else None,
        )
    return made


def cumulative(
    metric: Metric,
    board: Board,
    facts: Mapping[date, int],
    plans: Mapping[date, int],
    outlook: Outlook | None,
    scenarios: Iterable[model.ScenarioValue],
) -> model.Cumulative:
    """Run a flow's plan, fact and forecast up over the days of a month."""
    days = [board.month + timedelta(n) for n in range((board.last - board.month).days + 1)]
    fact = _running(days, facts, board.as_of)
    forecast: tuple[model.Value, ...] = ()
    p10: tuple[model.Value, ...] = ()
    p90: tuple[model.Value, ...] = ()
    found = outlook.of(metric.code) if outlook and board.as_of < board.last else None
    begun = [value for value in fact if value is not None]
    if found is not None and begun:
        forecast = _towards(days, board.as_of, begun[-1], found.p50)
        if found.p10 is not None and found.p90 is not None:
            p10 = _towards(days, board.as_of, begun[-1], found.p10)
            p90 = _towards(days, board.as_of, begun[-1], found.p90)
    return model.Cumulative(
        name_of(metric), metric.unit, metric.scale, tuple(days), fact,
        plan=_running(days, plans, board.last) if plans else (),
        forecast=forecast, p10=p10, p90=p90, scenarios=tuple(scenarios),
    )  # fmt: skip


def _running(days: list[date], values: Mapping[date, int], until: date) -> tuple[int | None, ...]:
    total = 0
    found: list[int | None] = []
    for day in days:
        total += values.get(day, 0)
        found.append(total if day <= until else None)
    return tuple(found)


def _towards(days: list[date], since: date, start: int, end: int) -> tuple[int | None, ...]:
    """Draw a straight way from today's total to the month's end."""
    left = (days[-1] - since).days
    return tuple(
        None if day < since else start + (end - start) * (day - since).days // max(1, left)
        for day in days
    )
