"""Ways to start a plan: from another month, a quarter or a year, or from another scenario."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from sqlalchemy import Connection, update

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Kind, Metric
from ropdesk.domain.money import half_up
from ropdesk.domain.months import add_months
from ropdesk.domain.months import month_end as last_day
from ropdesk.domain.split import Weight, largest_remainder
from ropdesk.services import metrics
from ropdesk.services.planning_basis import Basis
from ropdesk.services.planning_draft import Draft, editing, require, set_cell
from ropdesk.services.planning_sharing import reshare
from ropdesk.services.planning_sheet import (
    CALLS_PER_INQUIRY,
    Cell,
    Pair,
    Sheet,
    checked_scenario,
    checked_value,
    current_plan_id,
    first_day,
    load_sheet,
    month_text,
)
from ropdesk.store.models import Plan
from ropdesk.store.workspace import Workspace

POINTS = 10_000


def copy_plan(ws: Workspace, month: date, source_month: date) -> None:
    """Start a month's draft as another month's plan, shared anew over this month's days.

    The department's values and those locked come over; what the draft had before is replaced.

    Raises:
        DomainError: the source has no plan, or this month's plan is approved.
    """
    label = N_("Copy the plan of {source} to {month}")
    source_text = month_text(source_month)
    with ws.operation(label, source=source_text, month=month_text(month)) as operation:
        found = current_plan_id(operation.conn, source_month)
        if found is None:
            raise DomainError(
                N_("There is no plan for {month} to copy. Choose another month."), month=source_text
            )
        source = load_sheet(operation.conn, found.id)
        with editing(operation, month) as draft:
            sheet = draft.sheet
            for key in list(sheet.cells):
                sheet.drop(key)
            sheet.method = source.method
            operation.conn.execute(
                update(Plan)
                .where(Plan.id == sheet.plan_id, Plan.method != source.method)
                .values(method=source.method)
            )
            for pair in source.pairs():
                _copy_pair(source, draft, pair)


def _copy_pair(source: Sheet, draft: Draft, pair: Pair) -> None:
    here = {member.id for member in draft.basis.members}
    locked = {key: cell for key, cell in source.members(pair).items() if cell.locked}
    kept = {key: cell for key, cell in locked.items() if key in here}
    if len(kept) < len(locked) and kept.keys() == here:
        # Somebody left, and nobody is free to take over: all share anew.
        kept = {key: Cell(cell.value) for key, cell in kept.items()}
    whole = source.cells.get((*pair, None))
    if whole is not None:
        draft.sheet.cells[*pair, None] = whole
    for key, cell in kept.items():
        draft.sheet.cells[*pair, key] = cell
    if pair[1] in draft.basis.metrics:
        reshare(draft.sheet, draft.basis, pair)


def plan_span(
    ws: Workspace,
    first_month: date,
    months: int,
    metric: str,
    total: int,
    scenario: str = "standard",
) -> Mapping[date, int]:
    """Plan a quarter or a year: a flow's total is split over the months into a draft for each.

    The months weigh by what each brought per working day a year before, times this year's working
    days; where last year does not show all of them, by working days alone. A level or a ratio is
    the same in every month.

    Returns:
        The department's value of every month, in stored integers.

    Raises:
        DomainError: one of the months is approved, or no number of months is given.
    """
    known = metrics.catalogue(ws)[metric]
    checked_scenario(scenario)
    checked_value(total)
    if not 1 <= months <= 12:
        raise DomainError(N_("Plan from 1 to 12 months at a time."))
    label = N_("Plan «{metric}» for {months} months from {month}")
    start = month_text(first_month)
    with ws.operation(label, metric=known.name, months=months, month=start) as operation:
        span = [add_months(first_day(first_month), n) for n in range(months)]
        values = [total] * months
        if known.kind is Kind.FLOW:
            unit = 1 if total % known.scale else known.scale
            weights = _season(operation.conn, span, known)
            values = [part * unit for part in largest_remainder(total // unit, weights)]
        for month, value in zip(span, values, strict=True):
            with editing(operation, month, {metric}, scenario) as draft:
                set_cell(draft, (scenario, metric, None), value)
    return dict(zip(span, values, strict=True))


def _season(connection: Connection, span: list[date], metric: Metric) -> list[Weight]:
    basis = Basis(connection, span[0])
    past = {month: sum(by.values()) for month, by in basis.finished(metric.code).items()}
    days = [len(basis.calendar.working_days(month, last_day(month))) for month in span]
    seen: list[Weight] = []
    for month, count in zip(span, days, strict=True):
        before = add_months(month, -12)
        worked = len(basis.calendar.working_days(before, last_day(before)))
        if past.get(before, 0) <= 0:
            return list(days)
        seen.append(Fraction(past[before] * count, worked))
    return seen


def scale_scenarios(ws: Workspace, month: date, minimum_bp: int, maximum_bp: int) -> None:
    """Make the minimum and the maximum from the standard by percent, in basis points.

    Flows and levels are scaled with what is locked in them; ratios are taken over as they are.

    Raises:
        DomainError: no plan, an approved plan, or a minimum above or a maximum below the standard.
    """
    if not 0 <= minimum_bp <= POINTS <= maximum_bp <= 10 * POINTS:
        raise DomainError(
            N_("The minimum is at most 100 % of the standard and the maximum from 100 to 1000 %.")
        )
    label = N_("Derive the scenarios of {month}")
    with ws.operation(label, month=month_text(month)) as operation:
        require(operation.conn, month)
        with editing(operation, month) as draft:
            for pair in draft.sheet.pairs(scenario="standard"):
                for scenario, points in (("minimum", minimum_bp), ("maximum", maximum_bp)):
                    _scale(draft, pair, scenario, points)


def _scale(draft: Draft, source: Pair, scenario: str, points: int) -> None:
    sheet, pair = draft.sheet, (scenario, source[1])
    known = draft.basis.metrics
    for member_id in (None, *sheet.members(pair)):
        sheet.drop((*pair, member_id))
    whole, cells = sheet.cells.get((*source, None)), sheet.members(source)
    if pair[1] == CALLS_PER_INQUIRY or known[pair[1]].kind is Kind.RATIO:
        if whole is not None:
            sheet.cells[*pair, None] = whole
        for member_id, cell in cells.items():
            sheet.cells[*pair, member_id] = cell
        return
    if whole is None:
        return
    metric = known[pair[1]]
    unit = 1 if whole.value % metric.scale else metric.scale
    total = checked_value(half_up(Fraction(whole.value * points, POINTS * unit)) * unit)
    sheet.cells[*pair, None] = Cell(total, whole.locked)
    parts = largest_remainder(total // unit, [c.value for c in cells.values()]) if cells else []
    for (member_id, cell), part in zip(cells.items(), parts, strict=True):
        sheet.cells[*pair, member_id] = Cell(part * unit, cell.locked)
    reshare(sheet, draft.basis, pair)
