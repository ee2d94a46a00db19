"""Rows of a plan file put into the drafts of their months, whole metrics at a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from ropdesk.domain.errors import DomainError
from ropdesk.exchange.table import Rejected
from ropdesk.services.planning_draft import Draft, editing
from ropdesk.services.planning_sharing import reshare
from ropdesk.services.planning_sheet import Cell, Pair, checked_scenario, checked_value, open_draft
from ropdesk.store.workspace import Operation


@dataclass(frozen=True, slots=True)
class Planned:
    """A month's plan from a file: line, month, metric, member (None: the department), value."""

    line: int
    month: date
    metric: str
    member_id: int | None
    value: int


@dataclass(slots=True)
class PlanCounts:
    """What became of the rows of a plan file."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)


def put_plan(
    operation: Operation,
    rows: Sequence[Planned],
    scenario: str,
    progress: Callable[[int, int], None],
) -> PlanCounts:
    """Set plans by hand, as the planning page does: what a file names is locked.

    The rows of one month and metric go in together or, where they do not fit each other or what
    was set by hand, not at all. Months with an approved plan refuse their rows.

    Raises:
        DomainError: there is no such scenario.
    """
    checked_scenario(scenario)
    counts = PlanCounts()
    done = 0
    for month, of_month in groupby(sorted(rows, key=_order), key=lambda row: row.month):
        mine = list(of_month)
        progress(done, len(rows))
        done += len(mine)
        try:
            open_draft(operation, month)
        except DomainError as error:  # approved
            counts.rejected.extend(Rejected(row.line, error) for row in mine)
            continue
        with editing(operation, month, {row.metric for row in mine}, scenario) as draft:
            for code, of_metric in groupby(mine, key=lambda row: row.metric):
                _put(draft, (scenario, code), list(of_metric), counts)
    return counts


def _order(row: Planned) -> tuple[date, str, int]:
    return (row.month, row.metric, row.line)


def _put(draft: Draft, pair: Pair, rows: Iterable[Planned], counts: PlanCounts) -> None:
    sheet = draft.sheet
    cells, days = dict(sheet.cells), dict(sheet.days)
    taken: list[Planned] = []
    for row in rows:
        try:
            sheet.cells[*pair, row.member_id] = Cell(checked_value(row.value), True)
        except DomainError as error:
            counts.rejected.append(Rejected(row.line, error))
        else:
            taken.append(row)
    try:
        reshare(sheet, draft.basis, pair)
    except DomainError as error:
        sheet.cells, sheet.days = cells, days
        counts.rejected.extend(Rejected(row.line, error) for row in taken)
        return
    for row in taken:
        before = cells.get((*pair, row.member_id))
        if before is None:
            counts.created += 1
        elif before == Cell(row.value, True):
            counts.unchanged += 1
        else:
            counts.updated += 1
