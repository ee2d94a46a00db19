"""What the decomposition asks the services for: one month, one scenario, one metric."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from ropdesk.domain.calendar import DayKind, MonthNorm
from ropdesk.domain.metrics import Kind, Metric, Metrics
from ropdesk.domain.planning import required_pace
from ropdesk.domain.team import Member, present_days
from ropdesk.services import board as boards
from ropdesk.services import calendar, metrics, planning, settings, team
from ropdesk.services.board import Board, flows_of, month_end
from ropdesk.services.planning import PlanView
from ropdesk.services.planning_capacity import Overload
from ropdesk.services.planning_funnel import FunnelView, funnel
from ropdesk.services.planning_reference import (
    DayPlanRow,
    MemberPlanRow,
    Pace,
    capacity,
    day_rows,
    member_rows,
    required_per_day,
    weekday_weights,
)
from ropdesk.store.workspace import Workspace

SCENARIOS = ("minimum", "standard", "maximum")


@dataclass(frozen=True, slots=True)
class MemberPace:
    """What the rest of the month asks of one member, in stored integers.

    Attributes:
        days_left: working days left on which the member is there.
        per_day: what each of them must bring; None when none is left and the plan is not reached.
    """

    member_id: int
    plan: int
    fact: int
    days_left: int
    per_day: int | None


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
    known = metrics.catalogue(ws)
    chosen = settings.settings(ws)
    options = _options(known, chosen.board)
    metric = next((one for one in options if one.code == code), options[0])
    found = planning.plan(ws, month)
    view = funnel(ws, month, scenario)
    rows = tuple(member_rows(ws, month, metric.code, scenario))
    as_of = min(today, month_end(month))
    work = calendar.calendar(ws)
    return MonthPlan(
        month=month,
        scenario=scenario,
        plan=found,
        previous=planning.plan(ws, _before(month)) is not None,
        has_past=any(reference.mean is not None for reference in view.references.values()),
        metrics=known,
        options=options,
        metric=metric,
        totals={
            one: None if found is None else found.value("receipts", None, one) for one in SCENARIOS
        },
        funnel=view,
        rows=rows,
        days=tuple(day_rows(ws, month, metric.code, scenario)),
        notes={day: note for day, (_kind, note) in calendar.edits(ws).items() if note},
        weights=weekday_weights(ws, month, metric.code),
        pace=required_per_day(ws, month, as_of, metric.code, scenario),
        paces=_paces(ws, month, as_of, metric, rows),
        overloads=tuple(capacity(ws, month, scenario)),
        norm=work.month_norm(month.year, month.month),
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


def _paces(
    ws: Workspace, month: date, as_of: date, metric: Metric, rows: tuple[MemberPlanRow, ...]
) -> tuple[MemberPace, ...]:
    """Say what each member's remaining days must bring; nothing for whom nothing is planned."""
    people = team.team(ws)
    work = calendar.calendar(ws)
    left = [day for day in work.working_days(month, month_end(month)) if day > as_of]
    facts = _facts(boards.board(ws, month, as_of, codes=[metric.code]), metric.code)
    found = []
    for row in rows:
        if row.value is None:
            continue
        member: Member = people.members[row.member_id]
        fact = facts.get(row.member_id, 0)
        days = len(present_days(member, people.absences, left))
        found.append(
            MemberPace(row.member_id, row.value, fact, days, required_pace(row.value, fact, days))
        )
    return tuple(found)


def _facts(board: Board, code: str) -> dict[int, int]:
    facts = {}
    for line in board.members:
        fact = line.figures[code].fact
        if isinstance(fact, int):
            facts[line.member.id] = fact
    return facts


def is_off(row: DayPlanRow) -> bool:
    """Say whether the calendar gives the day off."""
    return row.kind is DayKind.DAY_OFF
