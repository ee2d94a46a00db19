"""What the decomposition asks the services for: one month, one scenario, one metric."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from ropdesk.domain.calendar import DayKind, MonthNorm
from ropdesk.domain.metrics import Kind, Metric, Metrics
from ropdesk.domain.months import month_end
from ropdesk.services import calendar, metrics, planning, settings
from ropdesk.services.board import flows_of
from ropdesk.services.planning import PlanView
from ropdesk.services.planning_capacity import Overload
from ropdesk.services.planning_funnel import FunnelView
from ropdesk.services.planning_reference import (
    DayPlanRow,
    MemberPace,
    MemberPlanRow,
    Pace,
    decomposition,
)
from ropdesk.store.workspace import Workspace

SCENARIOS = ("minimum", "standard", "maximum")


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """One month as the decomposition shows it.

    Attributes:
        plan: the draft, else the approved version, else None.
        previous: whether the month before has a plan to copy.
        has_past: whether there are facts to plan from.
        options: what can be decomposed: the flows of the board.
        metric: the one shown.
        totals: the receipts of each scenario in kopecks.
        notes: names or notes of days that the sales head changed.
        as_of: the last day whose facts are counted.
    """

    month: date
    scenario: str
    plan: PlanView | None
    previous: bool
    has_past: bool
    metrics: Metrics
    options: tuple[Metric, ...]
    metric: Metric
    totals: Mapping[str, int | None]
    funnel: FunnelView
    rows: tuple[MemberPlanRow, ...]
    days: tuple[DayPlanRow, ...]
    notes: Mapping[date, str]
    weights: Mapping[int, Fraction]
    pace: Pace | None
    paces: tuple[MemberPace, ...]
    overloads: tuple[Overload, ...]
    norm: MonthNorm
    sales_head: str
    today: date
    as_of: date

    @property
    def editable(self) -> bool:
        """Whether typing changes the plan: a draft, or no plan at all yet."""
        return self.plan is None or self.plan.status == "draft"

    @property
    def whole(self) -> int | None:
        """The department's plan of the metric shown, in stored integers."""
        return None if self.plan is None else self.plan.value(self.metric.code, None, self.scenario)

    @property
    def empty(self) -> bool:
        """Whether nothing is planned in any scenario."""
        return self.plan is None or not self.plan.values


def read(ws: Workspace, month: date, scenario: str, code: str, today: date) -> MonthPlan:
    """Ask for everything that the view of a month shows.

    Args:
        code: the metric to decompose; another is taken where it is not among the board's flows.
        today: facts up to here count.
    """
    as_of = min(today, month_end(month))
    with ws.read() as connection:
        known = metrics.load(connection)
        chosen = settings.load(connection)
        options = _options(known, chosen.board)
        metric = next((one for one in options if one.code == code), options[0])
        found = planning.load(connection, month)
        previous = planning.planned(connection, _before(month))
        notes = {day: note for day, (_kind, note) in calendar.load_edits(connection).items()}
        answer = decomposition(connection, month, metric.code, scenario, as_of)
    return MonthPlan(
        month=month,
        scenario=scenario,
        plan=found,
        previous=previous,
        has_past=any(past.mean is not None for past in answer.funnel.references.values()),
        metrics=known,
        options=options,
        metric=metric,
        totals={
            one: None if found is None else found.value("receipts", None, one) for one in SCENARIOS
        },
        funnel=answer.funnel,
        rows=answer.rows,
        days=answer.days,
        notes={day: note for day, note in notes.items() if note},
        weights=answer.weights,
        pace=answer.pace,
        paces=answer.paces,
        overloads=answer.overloads,
        norm=answer.norm,
        sales_head=chosen.sales_head,
        today=today,
        as_of=as_of,
    )


def _options(known: Metrics, board: tuple[str, ...]) -> tuple[Metric, ...]:
    flows = [
        known[code]
        for code in flows_of(known, [c for c in board if c in known])
        if known[code].kind is Kind.FLOW
    ]
    return tuple(flows) or (known["receipts"],)


def _before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def is_off(row: DayPlanRow) -> bool:
    """Say whether the calendar gives the day off."""
    return row.kind is DayKind.DAY_OFF
