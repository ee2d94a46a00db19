"""A draft being changed within an operation: opened, reshared, and written as the difference."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Kind
from ropdesk.services.planning_basis import Basis
from ropdesk.services.planning_sharing import reshare
from ropdesk.services.planning_sheet import (
    Cell,
    Key,
    PlanId,
    Sheet,
    checked_value,
    editable_id,
    load_sheet,
    month_text,
    open_draft,
    save_sheet,
)
from ropdesk.store.workspace import Operation


@dataclass(slots=True)
class Draft:
    """A draft being changed within an operation."""

    operation: Operation
    sheet: Sheet
    basis: Basis


@contextmanager
def editing(
    operation: Operation,
    month: date,
    metrics_of: set[str] | None = None,
    scenario: str | None = None,
) -> Iterator[Draft]:
    """Open a month's draft (a new one where there is no plan), and write what changed in it.

    Args:
        metrics_of: the only metrics that will change; all unless given. So with ``scenario``.

    Raises:
        DomainError: the plan is approved.
    """
    plan_id = open_draft(operation, month)
    sheet = load_sheet(operation.conn, plan_id, metrics_of, scenario)
    yield Draft(operation, sheet, Basis(operation.conn, month))
    save_sheet(operation, sheet)


def set_cell(draft: Draft, key: Key, value: int | None) -> None:
    """Set or clear one month's value by hand and let the others follow.

    Raises:
        DomainError: what was set by hand does not fit any more.
    """
    sheet, pair, member_id = draft.sheet, key[:2], key[2]
    if value is not None:
        sheet.cells[key] = Cell(checked_value(value), True)
    elif member_id is None and draft.basis.metrics[key[1]].kind is not Kind.RATIO:
        whole = sheet.cells.get(key)
        if whole is not None:
            sheet.cells[key] = Cell(whole.value, False)
    else:
        sheet.cells.pop(key, None)
    reshare(sheet, draft.basis, pair)
    if key not in sheet.cells:
        sheet.drop(key)


def require(connection: Connection, month: date) -> PlanId:
    """Find the version that is worked on.

    Raises:
        DomainError: the month has no plan.
    """
    found = editable_id(connection, month)
    if found is None:
        raise DomainError(
            N_("There is no plan for {month} yet. Set the department's plan first."),
            month=month_text(month),
        )
    return found


def reshare_all(draft: Draft) -> None:
    """Share every scenario and metric of a draft anew."""
    pairs = [pair for pair in draft.sheet.pairs() if pair[1] in draft.basis.metrics]
    draft.basis.read_past({metric for _scenario, metric in pairs})
    for pair in pairs:
        reshare(draft.sheet, draft.basis, pair)
