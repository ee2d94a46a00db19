"""Sections of the monthly report: the funnel, twelve months, the forecast, the next plan."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain.metrics import Kind, Metrics
from ropdesk.domain.months import month_end
from ropdesk.reports import model
from ropdesk.services import board as boards
from ropdesk.services import report_lines
from ropdesk.services.board import Board, Figures
from ropdesk.services.forecast import Outlook, Seer
from ropdesk.services.planning import PlanView
from ropdesk.services.planning import load as load_plan

FUNNEL = ("calls", "inquiries", "deals_won", "receipts")
FORECAST_DAY = 15  # the forecast whose accuracy is told was made in the middle of the month
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Facts:
    """What the parts of the report share."""

    board: Board
    finished: bool
    previous: Board
    last_year: Board
    outlook: Outlook
    plan: PlanView | None


def main_flow(board: Board) -> str | None:
    """Choose the metric that the report is about: receipts, or the board's first flow."""
    flows = [c for c in board.codes if board.metrics[c].kind is Kind.FLOW]
    return "receipts" if "receipts" in flows else next(iter(flows), None)


def dynamics(connection: Connection, facts: Facts) -> tuple[model.Dynamics, ...]:
    """Answer plan and fact of the board's metrics over a year."""
    shown = facts.board
    months = _months_before(shown.month, MONTHS - 1)
    read = [boards.read(connection, m, month_end(m), codes=shown.codes) for m in months]
    read.append(shown)
    made = []
    for code in shown.codes:
        metric = shown.metrics[code]
        points = tuple(
            model.MonthPoint(
                each.month,
                report_lines.whole(metric, each.department[code].fact),
                report_lines.whole(metric, each.department[code].plan),
            )
            for each in read
        )
        if any(point.fact is not None for point in points):
            made.append(
                model.Dynamics(
                    code, report_lines.name_of(metric), metric.unit, metric.scale, metric.kind,
                    points,
                )
            )  # fmt: skip
    return tuple(made)


def _months_before(month: date, count: int) -> list[date]:
    found: list[date] = []
    first = month
    for _step in range(count):
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return found[::-1]


def funnel(connection: Connection, facts: Facts) -> tuple[model.FunnelStage, ...]:
    """Answer the steps of the funnel that have numbers."""
    shown = facts.board
    now = boards.read(connection, shown.month, shown.as_of, codes=FUNNEL).department
    before = boards.read(
        connection, facts.previous.month, facts.previous.as_of, codes=FUNNEL
    ).department
    stages = [code for code in FUNNEL if now[code].fact is not None or now[code].plan is not None]
    made = []
    above: str | None = None
    for code in stages:
        step: str | None = None if code == "receipts" else above
        made.append(_stage(shown.metrics, code, step, now, before))
        above = code
    return tuple(made)


def _stage(
    metrics: Metrics, code: str, above: str | None, now: Figures, before: Figures
) -> model.FunnelStage:
    metric = metrics[code]

    def share(figures: Figures, what: str) -> Fraction | None:
        top, bottom = (
            (getattr(figures[code], what), getattr(figures[above], what)) if above else (None, None)
        )
        return Fraction(top, bottom) if top is not None and bottom else None

    return model.FunnelStage(
        code, report_lines.name_of(metric), metric.unit, metric.scale,
        report_lines.whole(metric, now[code].fact),
        plan=report_lines.whole(metric, now[code].plan),
        previous=report_lines.whole(metric, before[code].fact),
        conversion=share(now, "fact"), conversion_plan=share(now, "plan"),
        conversion_previous=share(before, "fact"),
    )  # fmt: skip


def accuracy(connection: Connection, seer: Seer, facts: Facts) -> model.ForecastAccuracy | None:
    """Answer what was forecast in the middle of the month, and how far it was off."""
    shown = facts.board
    code = main_flow(shown)
    made_on = shown.month.replace(day=FORECAST_DAY)
    if code is None or shown.as_of < made_on:
        return None
    then = seer.read(connection, made_on).of(code)
    if then is None:
        return None
    fact = shown.department[code].fact
    error = None
    if facts.finished and fact:
        error = abs(Fraction(then.p50) - fact) / abs(Fraction(fact))
    metric = shown.metrics[code]
    return model.ForecastAccuracy(made_on, then.p50, metric.unit, metric.scale, error)


def next_plan(connection: Connection, facts: Facts) -> model.NextPlan | None:
    """Answer the following month's plan and what it needs."""
    code = main_flow(facts.board)
    following = facts.board.last + timedelta(days=1)
    plan = load_plan(connection, following)
    if code is None or plan is None:
        return None
    metric = facts.board.metrics[code]
    required = [c for c in FUNNEL if c != code]
    return model.NextPlan(
        following, metric.unit, metric.scale,
        **{name: plan.value(code, scenario=name) for name in report_lines.SCENARIOS},
        approved_on=plan.approved_on, approved_by=plan.approved_by,
        required=tuple(
            model.Requirement(
                report_lines.name_of(facts.board.metrics[c]), facts.board.metrics[c].unit,
                facts.board.metrics[c].scale, value,
            )
            for c in required
            if (value := plan.value(c)) is not None
        ),
    )  # fmt: skip
