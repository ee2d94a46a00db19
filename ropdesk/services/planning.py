"""A month's plan: what it says, and setting, sharing and spreading it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, update

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Kind, Metric
from ropdesk.domain.months import month_end as last_day
from ropdesk.services import metrics, team
from ropdesk.services.planning_draft import editing, require, reshare_all, set_cell
from ropdesk.services.planning_sharing import reshare, respread
from ropdesk.services.planning_sheet import (
    CALLS_PER_INQUIRY,
    METHODS,
    Cell,
    DayCell,
    Key,
    PlanId,
    checked_scenario,
    checked_value,
    current_plan_id,
    editable_id,
    first_day,
    month_text,
    refuse_approved,
    versions,
)
from ropdesk.store.models import Plan
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

__all__ = [
    "Cell",
    "PlanId",
    "PlanView",
    "VersionInfo",
    "current_plan_id",
    "distribute",
    "load",
    "plan",
    "planned",
    "refresh_days",
    "set_day",
    "set_value",
    "unlock",
]


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version of a month's plan, as it stands in a list."""

    id: int
    version: int
    status: str
    reason: str
    approved_by: str
    approved_on: date | None


@dataclass(frozen=True, slots=True)
class PlanView:
    """One version of a month's plan.

    Attributes:
        status: draft, approved or superseded.
        method: history, equal or manual: how the department's plan is shared.
        versions: every version of the month, newest first.
        values: (scenario, metric code, member or None for the department) → the month's plan in
            the metric's stored integers. A department's cell that is not locked is the sum of the
            members'.
    """

    id: int
    month: date
    version: int
    status: str
    reason: str
    method: str
    approved_by: str
    approved_on: date | None
    versions: tuple[VersionInfo, ...]
    values: Mapping[Key, Cell]

    def value(
        self, metric: str, member_id: int | None = None, scenario: str = "standard"
    ) -> int | None:
        """Return one month's value in stored integers, or None."""
        cell = self.values.get((scenario, metric, member_id))
        return None if cell is None else cell.value


def load(connection: Connection, month: date, version: int | None = None) -> PlanView | None:
    """Read a version of a month's plan: the draft if there is one, else the approved one."""
    known = versions(connection, month)
    by_status = {row.status: row for row in known}
    if version is None:
        row = by_status.get("draft") or by_status.get("approved")
    else:
        row = next((row for row in known if row.version == version), None)
    if row is None:
        return None
    cells = rows(
        connection,
        "SELECT scenario, metric, member_id, value, locked FROM plan_value "
        "WHERE plan_id = ? AND metric != ? ORDER BY id",
        [row.id, CALLS_PER_INQUIRY],
    )
    return PlanView(
        row.id, row.month, row.version, row.status, row.reason, row.method, row.approved_by,
        row.approved_on,
        tuple(
            VersionInfo(r.id, r.version, r.status, r.reason, r.approved_by, r.approved_on)
            for r in known
        ),
        {(name, code, who): Cell(value, bool(locked)) for name, code, who, value, locked in cells},
    )  # fmt: skip


def plan(ws: Workspace, month: date, version: int | None = None) -> PlanView | None:
    """Return a month's plan: a version by number, or the draft, or the approved one, or None."""
    with ws.read() as connection:
        return load(connection, month, version)


def planned(connection: Connection, month: date) -> bool:
    """Say whether a month has a plan that counts or is worked on."""
    return editable_id(connection, month) is not None


def _shown(metric: Metric) -> DomainError:
    """Return a metric's name in a form that is translated within a sentence."""
    return DomainError(metric.name)


def _existing_member(connection: Connection, member_id: int | None) -> None:
    if member_id is not None and member_id not in team.load(connection).members:
        raise DomainError(N_("This member is gone. Open the team again."))


def set_value(
    ws: Workspace,
    month: date,
    metric: str,
    value: int | None,
    member_id: int | None = None,
    scenario: str = "standard",
) -> None:
    """Set the month's plan of a metric by hand, in stored integers; None clears it.

    The department's value is shared between the members who are not locked; a member's value is
    locked and the others share the remainder. Where the department has no value of its own, it is
    the sum of its members. Days follow. Ratios stand for themselves.

    Raises:
        DomainError: the plan is approved, or the value does not fit what else was set by hand.
    """
    known = metrics.catalogue(ws)[metric]
    checked_scenario(scenario)
    label = N_("Set the plan of «{metric}» for {month}")
    with ws.operation(label, metric=known.name, month=month_text(month)) as operation:
        _existing_member(operation.conn, member_id)
        if value is None and editable_id(operation.conn, month) is None:
            return
        with editing(operation, month, {metric}, scenario) as draft:
            set_cell(draft, (scenario, metric, member_id), value)


def unlock(
    ws: Workspace, month: date, metric: str, member_id: int | None, scenario: str = "standard"
) -> None:
    """Let a member's value (everybody's, without a member) follow the department's again.

    Where the department's plan was only the sum of its members, that sum becomes its value.
    """
    known = metrics.catalogue(ws)[metric]
    checked_scenario(scenario)
    label = N_("Unlock the plan of «{metric}» for {month}")
    with ws.operation(label, metric=known.name, month=month_text(month)) as operation:
        if editable_id(operation.conn, month) is None or known.kind is Kind.RATIO:
            return
        with editing(operation, month, {metric}, scenario) as draft:
            sheet, pair = draft.sheet, (scenario, metric)
            whole = sheet.cells.get((*pair, None))
            chosen = {
                key: cell
                for key, cell in sheet.members(pair).items()
                if cell.locked and member_id in {None, key}
            }
            if whole is None or not chosen:
                return
            sheet.cells[*pair, None] = Cell(whole.value, True)
            for key, cell in chosen.items():
                sheet.cells[*pair, key] = Cell(cell.value)
            reshare(sheet, draft.basis, pair)


def distribute(
    ws: Workspace,
    month: date,
    by: str = "history",
    metric: str | None = None,
    scenario: str | None = None,
) -> None:
    """Share the department's plan between the members anew; locked values stay.

    Args:
        by: ``history`` (what each brought per day), ``equal``, or ``manual`` (in proportion to
            what they have in the plan now). Later changes are shared the same way.
        metric, scenario: only this one; all of them unless given.

    Raises:
        DomainError: there is no plan, it is approved, or there is no such way of sharing.
    """
    if by not in METHODS:
        raise DomainError(
            N_("A plan is not shared by «{name}». Choose history, equal or manual."), name=by
        )
    if scenario is not None:
        checked_scenario(scenario)
    only = None if metric is None else {metrics.catalogue(ws)[metric].code}
    with ws.operation(N_("Share the plan for {month}"), month=month_text(month)) as operation:
        require(operation.conn, month)
        with editing(operation, month, only, scenario) as draft:
            draft.sheet.method = by
            operation.conn.execute(
                update(Plan)
                .where(Plan.id == draft.sheet.plan_id, Plan.method != by)
                .values(method=by)
            )
            reshare_all(draft)


def set_day(
    ws: Workspace,
    month: date,
    day: date,
    metric: str,
    value: int | None,
    member_id: int | None = None,
    scenario: str = "standard",
) -> None:
    """Set one day's part by hand; None releases it. Months stay exact: other days absorb it.

    The department's day is shared between the members' days.

    Raises:
        DomainError: not a flow, no plan for the month, another month's day, an approved plan, or
            a value that the month cannot hold.
    """
    known = metrics.catalogue(ws)[metric]
    checked_scenario(scenario)
    if known.kind is not Kind.FLOW:
        raise DomainError(
            N_("«{metric}» has no plan by days: it does not add up over them."),
            metric=_shown(known),
        )
    if not first_day(month) <= day <= last_day(month):
        raise DomainError(N_("This day lies outside the month of the plan. Choose another day."))
    label = N_("Set the plan of «{metric}» for {day}")
    with ws.operation(label, metric=known.name, day=f"{day:%d.%m.%Y}") as operation:
        require(operation.conn, month)
        with editing(operation, month, {metric}, scenario) as draft:
            key = (scenario, metric, member_id)
            if key not in draft.sheet.cells:
                raise DomainError(
                    N_("There is no plan of «{metric}» for {month} yet. Set it first."),
                    metric=_shown(known),
                    month=month_text(month),
                )
            days = draft.sheet.days.setdefault(key, {})
            if value is None:
                days.pop(day, None)
            else:
                days[day] = DayCell(checked_value(value), True)
            respread(draft.sheet, draft.basis, key[:2])


def refresh_days(ws: Workspace, month: date) -> bool:
    """Bring a draft in line with changed absences, calendar, team or ramp-up.

    Members' shares and days are computed anew; locked values and pinned days stay. An approved
    plan never changes.

    Returns:
        Whether there was a draft to refresh.
    """
    with ws.operation(
        N_("Bring the plan for {month} in line with the calendar"), month=month_text(month)
    ) as operation:
        found = editable_id(operation.conn, month)
        if found is None:
            return False
        if found.status != "draft":
            raise refuse_approved(month)
        with editing(operation, month) as draft:
            reshare_all(draft)
    return True
