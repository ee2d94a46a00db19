"""Plans that come from a file: parsed rows become drafts, line by line accounted for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Metrics
from ropdesk.services import metrics
from ropdesk.services.planning_basis import Basis
from ropdesk.services.planning_sharing import reshare
from ropdesk.services.planning_sheet import (
    Cell,
    Key,
    Pair,
    Sheet,
    checked_scenario,
    checked_value,
    editable_id,
    first_day,
    load_sheet,
    month_text,
    open_draft,
    refuse_approved,
    save_sheet,
)
from ropdesk.store.workspace import Operation, Workspace


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One parsed line: a month's plan in stored integers, the department's without a member."""

    line: int
    member_id: int | None
    month: date
    metric: str
    value: int


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of a line: created, updated, unchanged, duplicate or rejected with a reason."""

    line: int
    outcome: str
    reason: DomainError | None = None


def import_plan(
    ws: Workspace, rows: Iterable[PlanRow], scenario: str = "standard"
) -> list[RowOutcome]:
    """Take plans from a file's rows into drafts, as one operation; see `import_rows`."""
    with ws.operation(N_("Import plans")) as operation:
        return import_rows(operation, rows, scenario)


def paste_block(
    ws: Workspace, month: date, metric: str, values: Mapping[int | None, int], scenario: str
) -> None:
    """Take a block of one metric's plans, by member (None: the department), as one operation.

    Raises:
        DomainError: one of them cannot be; nothing of the block is written then.
    """
    label = N_("Paste a block into the plan for {month}")
    rows = [
        PlanRow(line, member_id, month, metric, value)
        for line, (member_id, value) in enumerate(values.items(), 1)
    ]
    with ws.operation(label, month=month_text(month)) as operation:
        for outcome in import_rows(operation, rows, scenario):
            if outcome.reason is not None:
                raise outcome.reason


def import_rows(
    operation: Operation, rows: Iterable[PlanRow], scenario: str = "standard"
) -> list[RowOutcome]:
    """Take plans from rows into drafts within a running operation.

    Values are locked. The department's is the one given; without one it stays as it was as long as
    the members' fit into it, and is otherwise their sum. Rows of approved months are rejected.

    Returns:
        The outcome of every row, by line.
    """
    found = []
    for month, sheet, outcomes in _judged(operation.conn, rows, scenario):
        found += outcomes
        if sheet is not None and any(o.outcome in {"created", "updated"} for o in outcomes):
            sheet.plan_id = open_draft(operation, month)
            save_sheet(operation, sheet)
    return sorted(found, key=lambda outcome: outcome.line)


def judge_rows(
    connection: Connection, rows: Iterable[PlanRow], scenario: str = "standard"
) -> list[RowOutcome]:
    """Say what `import_rows` would do, and change nothing (the dry run)."""
    found = [o for _month, _sheet, many in _judged(connection, rows, scenario) for o in many]
    return sorted(found, key=lambda outcome: outcome.line)


def _judged(
    connection: Connection, rows: Iterable[PlanRow], scenario: str
) -> Iterable[tuple[date, Sheet | None, list[RowOutcome]]]:
    checked_scenario(scenario)
    known = metrics.load(connection)
    by_month: dict[date, list[PlanRow]] = {}
    for row in rows:
        by_month.setdefault(first_day(row.month), []).append(row)
    for month in sorted(by_month):
        found = editable_id(connection, month)
        if found is not None and found.status != "draft":
            reason = refuse_approved(month)
            yield month, None, [RowOutcome(r.line, "rejected", reason) for r in by_month[month]]
            continue
        chosen, outcomes = _usable(by_month[month], known)
        codes = {row.metric for row in chosen.values()}
        sheet = Sheet(0, month, "history")
        if found is not None:
            sheet = load_sheet(connection, found.id, codes, scenario)
        if chosen:
            basis = Basis(connection, month)
            basis.read_past(codes)
            for code in dict.fromkeys(row.metric for row in chosen.values()):
                outcomes += _put(sheet, basis, (scenario, code), chosen)
        yield month, sheet, outcomes


def _usable(
    rows: list[PlanRow], known: Metrics
) -> tuple[dict[tuple[str, int | None], PlanRow], list[RowOutcome]]:
    """Keep one row for each cell; account for the others."""
    chosen: dict[tuple[str, int | None], PlanRow] = {}
    outcomes = []
    for row in rows:
        try:
            known[row.metric]
            checked_value(row.value)
        except DomainError as error:
            outcomes.append(RowOutcome(row.line, "rejected", error))
            continue
        first = chosen.setdefault((row.metric, row.member_id), row)
        if first is row:
            continue
        if first.value == row.value:
            outcomes.append(RowOutcome(row.line, "duplicate"))
        else:
            twice = DomainError(
                N_("Line {line} already gives another value for this. Keep one of them."),
                line=first.line,
            )
            outcomes.append(RowOutcome(row.line, "rejected", twice))
    return chosen, outcomes


def _put(
    sheet: Sheet,
    basis: Basis,
    pair: Pair,
    chosen: Mapping[tuple[str, int | None], PlanRow],
) -> list[RowOutcome]:
    """Put one metric's rows of a month into the sheet."""
    rows = [row for (code, _member), row in chosen.items() if code == pair[1]]
    before = dict(sheet.cells)
    outcomes = []
    for row in rows:
        key: Key = (*pair, row.member_id)
        was, wanted = before.get(key), Cell(row.value, True)
        outcome = "created" if was is None else "unchanged" if was == wanted else "updated"
        outcomes.append(RowOutcome(row.line, outcome))
        sheet.cells[key] = wanted
    refused = _tried(sheet, basis, pair)
    if refused is None:
        return outcomes
    # The members prevail: over the department's earlier plan, and over one given beside them.
    whole = chosen.get((pair[1], None))
    sheet.cells[*pair, None] = Cell(0)
    if whole is not None and len(rows) > 1:
        kept = before.get((*pair, None), Cell(0))
        sheet.cells[*pair, None] = kept
        if kept.locked and _tried(sheet, basis, pair) is not None:
            sheet.cells[*pair, None] = Cell(0)
        outcomes = [o for o in outcomes if o.line != whole.line]
        outcomes.append(RowOutcome(whole.line, "rejected", refused))
    stuck = refused if rows == [whole] else _tried(sheet, basis, pair)
    if stuck is not None:
        sheet.cells = before
        return [RowOutcome(row.line, "rejected", stuck) for row in rows]
    return outcomes


def _tried(sheet: Sheet, basis: Basis, pair: Pair) -> DomainError | None:
    """Reshare, or leave the sheet as it is and return what stands in the way."""
    cells, days = dict(sheet.cells), {key: dict(by) for key, by in sheet.days.items()}
    try:
        reshare(sheet, basis, pair)
    except DomainError as error:
        sheet.cells, sheet.days = cells, days
        return error
    return None
