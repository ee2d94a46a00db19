"""Versions of a month's plan: approving, correcting, comparing."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select, update

from ropdesk.domain.errors import N_, DomainError
from ropdesk.services.planning_draft import require
from ropdesk.services.planning_sheet import (
    CALLS_PER_INQUIRY,
    editable_id,
    first_day,
    month_text,
    new_version,
    refuse_approved,
    versions,
)
from ropdesk.store.models import Plan, PlanDay, PlanValue
from ropdesk.store.workspace import Operation, Workspace


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell of two versions side by side, in stored integers; None where it has no plan."""

    scenario: str
    metric: str
    member_id: int | None
    a: int | None
    b: int | None


def approve(ws: Workspace, month: date, by: str, on: date) -> None:
    """Approve the draft; the version approved before becomes superseded.

    Raises:
        DomainError: there is no draft, it is empty, or nobody approves.
    """
    if not by.strip():
        raise DomainError(N_("A plan is approved by somebody. Type the name."), field="by")
    with ws.operation(N_("Approve the plan for {month}"), month=month_text(month)) as operation:
        found = require(operation.conn, month)
        if found.status != "draft":
            raise refuse_approved(month)
        if operation.conn.scalar(select(PlanValue.id).where(PlanValue.plan_id == found.id)) is None:
            raise DomainError(
                N_("The plan for {month} is empty. Set the department's plan first."),
                month=month_text(month),
            )
        operation.conn.execute(
            update(Plan)
            .where(Plan.month == first_day(month), Plan.status == "approved")
            .values(status="superseded")
        )
        operation.conn.execute(
            update(Plan)
            .where(Plan.id == found.id)
            .values(status="approved", approved_by=by.strip(), approved_on=on)
        )


def correct(ws: Workspace, month: date, reason: str) -> int:
    """Start a new version of an approved plan as its copy; returns the version's number.

    Raises:
        DomainError: no reason, nothing approved to correct, or a draft is already there.
    """
    if not reason.strip():
        raise DomainError(N_("A new version of a plan needs a reason. Type one."), field="reason")
    with ws.operation(N_("Correct the plan for {month}"), month=month_text(month)) as operation:
        rows = {row.status: row for row in reversed(versions(operation.conn, month))}
        if "draft" in rows:
            raise DomainError(
                N_("The plan for {month} already has a draft. Change it or discard it."),
                month=month_text(month),
            )
        if "approved" not in rows:
            raise DomainError(
                N_("There is no approved plan for {month} to correct."), month=month_text(month)
            )
        number: int = versions(operation.conn, month)[0].version + 1
        approved = rows["approved"]
        draft = new_version(
            operation, month, version=number, reason=reason.strip(), method=approved.method
        )
        copy_rows(operation, approved.id, draft)
    return number


def copy_rows(operation: Operation, source: int, target: int) -> None:
    """Copy the cells and days of one version into another, empty one."""
    for model in (PlanValue, PlanDay):
        table = model.__table__
        columns = [c for c in table.columns if c.name not in {"id", "plan_id"}]
        rows = operation.conn.execute(
            select(*columns).where(model.plan_id == source).order_by(model.id)
        ).mappings()
        copies = [{**row, "plan_id": target} for row in rows]
        if copies:
            operation.conn.execute(insert(model), copies)


def discard_draft(ws: Workspace, month: date) -> None:
    """Throw a draft away; what was approved stays in force.

    Raises:
        DomainError: there is no draft.
    """
    with ws.operation(N_("Discard the draft for {month}"), month=month_text(month)) as operation:
        found = editable_id(operation.conn, month)
        if found is None or found.status != "draft":
            raise DomainError(
                N_("There is no draft of the plan for {month}."), month=month_text(month)
            )
        for model in (PlanDay, PlanValue):
            operation.conn.execute(delete(model).where(model.plan_id == found.id))
        operation.conn.execute(delete(Plan).where(Plan.id == found.id))


def compare(ws: Workspace, month: date, a: int, b: int) -> list[Difference]:
    """Put two versions side by side: every cell that either has, the department's first.

    Raises:
        DomainError: there is no such version.
    """
    with ws.read() as connection:
        ids = {row.version: row.id for row in versions(connection, month)}
        sides: list[dict[tuple[str, str, int | None], int]] = []
        for version in (a, b):
            if version not in ids:
                raise DomainError(
                    N_("The plan for {month} has no version {version}."),
                    month=month_text(month),
                    version=version,
                )
            cells = connection.execute(
                select(PlanValue.__table__)
                .where(PlanValue.plan_id == ids[version], PlanValue.metric != CALLS_PER_INQUIRY)
                .order_by(PlanValue.member_id.is_not(None), PlanValue.id)
            )
            sides.append({(c.scenario, c.metric, c.member_id): c.value for c in cells})
    one, other = sides
    return [Difference(*key, one.get(key), other.get(key)) for key in dict.fromkeys([*one, *other])]
