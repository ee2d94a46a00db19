"""Daily facts, plans and the team from files: judged, then written in one undoable step.

A dry run is the import itself, rolled back: it cannot answer anything else than the import would.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange.facts import FactRows, parse_facts, parse_plan
from ropdesk.exchange.headers import headers_key
from ropdesk.exchange.table import RawTable, Rejected
from ropdesk.exchange.team import MemberRows, parse_members
from ropdesk.services import facts, files, import_lines, imports, metrics, owners
from ropdesk.services.files import FileSpec
from ropdesk.services.import_members import put_members
from ropdesk.services.imports import FileInfo, Outcome, Progress
from ropdesk.services.owners import Choice, Owners
from ropdesk.services.planning_import import PlanRow, import_rows
from ropdesk.store.workspace import Operation, Workspace

KINDS = ("facts", "plan", "members")
CHUNK = 500

_LABELS = {
    "facts": N_("Import daily facts from {file}"),
    "plan": N_("Import a plan from {file}"),
    "members": N_("Import the team from {file}"),
}


@dataclass(frozen=True, slots=True)
class TableRows:
    """A parsed table of facts, plans or members, ready to be judged."""

    file: FileInfo
    rows: FactRows | MemberRows
    spec: FileSpec
    headers_key: str
    today: date

    @property
    def names(self) -> Sequence[str]:
        """Whom each row names; the team itself is matched by its own rules."""
        return self.rows.member if isinstance(self.rows, FactRows) else ()


@dataclass(slots=True)
class _Counted:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    made: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    def count(self, outcome: str) -> None:
        """Count one row by what became of it."""
        match outcome:
            case "created":
                self.created += 1
            case "updated":
                self.updated += 1
            case "duplicate":
                self.duplicates += 1
            case _:
                self.unchanged += 1


def parse(ws: Workspace, path: Path, table: RawTable, spec: FileSpec, today: date) -> TableRows:
    """Turn the table of a file into facts, plans or members.

    Raises:
        DomainError: required columns are missing, or a metric of the file is not known.
    """
    rows: FactRows | MemberRows
    if spec.kind == "members":
        rows = parse_members(table, spec.maps)
    else:
        known = metrics.catalogue(ws)
        made = files.fact_mapping(table, spec)
        rows = (parse_plan if spec.kind == "plan" else parse_facts)(table, made, known)
    return TableRows(files.info(path, table, ""), rows, spec, headers_key(table.columns), today)


def dry_run(ws: Workspace, table: TableRows, choice: Choice) -> Outcome:
    """Say what an import would do; the workspace stays as it is."""
    try:
        with ws.operation(_LABELS[table.spec.kind], file=table.file.name) as operation:
            counted = _put(operation, table, choice, _no_progress, batch_id=None)
            raise _Rehearsed(_outcome(table, counted, None))
    except _Rehearsed as rehearsed:
        return rehearsed.outcome


def run(
    ws: Workspace, table: TableRows, choice: Choice, progress: Progress | None = None
) -> Outcome:
    """Import a table as one undoable operation.

    Args:
        progress: called with rows done and rows in all; what it raises cancels everything.
    """
    tell = progress or _no_progress
    kind = table.spec.kind
    with ws.operation(_LABELS[kind], file=table.file.name) as operation:
        remembered = table.spec.remembered()
        # The line of the list comes first: daily values point to it. Its counts follow.
        with operation.silent():
            empty = _outcome(table, _Counted(), None)
            batch_id = import_lines.insert_batch(operation, kind, empty, remembered)
        counted = _put(operation, table, choice, tell, batch_id)
        outcome = _outcome(table, counted, batch_id)
        with operation.silent():
            import_lines.count_batch(operation, batch_id, outcome)
        imports.remember(operation, kind, table.headers_key, remembered)
        operation.fields.update(created=outcome.created, updated=outcome.updated)
        operation.touch("import_batch")
        tell(len(table.rows), len(table.rows))
    return outcome


class _Rehearsed(Exception):  # noqa: N818 - ends a dry run; nothing went wrong
    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def _no_progress(_done: int, _total: int) -> None:
    """Report nothing."""


def _outcome(table: TableRows, counted: _Counted, batch_id: int | None) -> Outcome:
    rejected = sorted((*table.rows.rejected, *counted.rejected), key=lambda each: each.line)
    return Outcome(
        table.file, table.rows.read, counted.created, counted.updated, counted.unchanged,
        table.rows.duplicates + counted.duplicates, tuple(rejected), counted.made,
        counted.unknown, batch_id,
    )  # fmt: skip


def _put(
    operation: Operation, table: TableRows, choice: Choice, tell: Progress, batch_id: int | None
) -> _Counted:
    rows = table.rows
    if isinstance(rows, MemberRows):
        done = put_members(operation.session, rows)
        return _Counted(
            done.created, done.updated, done.unchanged, 0, done.rejected, done.names
        )  # fmt: skip
    whose = [name for name in rows.member if name] if table.spec.kind == "plan" else rows.member
    sorted_out = owners.sort_out(operation.conn, whose, choice)
    made = owners.settle(operation.session, sorted_out, choice, nobody=owners.NOBODY_KEY in whose)
    counted = _Counted(made=tuple(made), unknown=sorted_out.unknown)
    if table.spec.kind == "plan":
        _put_plans(operation, table, rows, sorted_out, counted, tell)
    else:
        _put_facts(operation, table, rows, sorted_out, counted, tell, batch_id)
    return counted


def _put_facts(
    operation: Operation,
    table: TableRows,
    rows: FactRows,
    sorted_out: Owners,
    counted: _Counted,
    tell: Progress,
    batch_id: int | None,
) -> None:
    known = metrics.load(operation.conn)
    named = {
        (when, code)
        for when, code, member in zip(rows.period, rows.metric, rows.member, strict=True)
        if member
    }
    seen: dict[tuple[int, str, str], tuple[int, int]] = {}
    taken: list[facts.Imported] = []
    for at, line in enumerate(rows.line):
        name, when, code, value = rows.member[at], rows.period[at], rows.metric[at], rows.value[at]
        try:
            if not name and (when, code) in named:
                raise DomainError(_TOTAL_OF_MEMBERS)
            if (refusal := sorted_out.refusal(name)) is not None:
                raise refusal
            if when > table.today.isoformat():
                raise DomainError(N_("{day} has not come yet. Correct the date."), day=when)
            facts.check(known[code], value)
            member_id = sorted_out.ids[name]
            if _is_repeated(seen, (member_id, when, code), value, line):
                counted.duplicates += 1
                continue
        except DomainError as error:
            counted.rejected.append(Rejected(line, error))
            continue
        taken.append(facts.Imported(line, member_id, code, date.fromisoformat(when), value))
    for start in range(0, len(taken), CHUNK):
        tell(start, len(taken))
        part = taken[start : start + CHUNK]
        if batch_id is None:
            done = facts.judge(operation.session, part)
        else:
            done = facts.put(operation, part, batch_id)
        counted.created += done.created
        counted.updated += done.updated
        counted.unchanged += done.unchanged


_TOTAL_OF_MEMBERS = N_(
    "The row names nobody, and other rows of the same day and metric name members: it looks like "
    "their total. Name a member, or leave the row out."
)


def _is_repeated(
    seen: dict[tuple[int, str, str], tuple[int, int]],
    key: tuple[int, str, str],
    value: int,
    line: int,
) -> bool:
    """Tell whether a member has this value already, perhaps under another name."""
    earlier = seen.setdefault(key, (value, line))
    if earlier[1] == line:
        return False
    if earlier[0] != value:
        raise DomainError(
            N_("Line {line} has another value of the same member, period and metric."),
            line=earlier[1],
        )
    return True


def _put_plans(
    operation: Operation,
    table: TableRows,
    rows: FactRows,
    sorted_out: Owners,
    counted: _Counted,
    tell: Progress,
) -> None:
    seen: dict[tuple[int, str, str], tuple[int, int]] = {}
    taken: list[PlanRow] = []
    for at, line in enumerate(rows.line):
        name, when, code, value = rows.member[at], rows.period[at], rows.metric[at], rows.value[at]
        try:
            if name and (refusal := sorted_out.refusal(name)) is not None:
                raise refusal
            member_id = sorted_out.ids[name] if name else None
            if _is_repeated(seen, (member_id or 0, when, code), value, line):
                counted.duplicates += 1
                continue
        except DomainError as error:
            counted.rejected.append(Rejected(line, error))
            continue
        month = date.fromisoformat(f"{when[:7]}-01")
        taken.append(PlanRow(line, member_id, month, code, value))
    tell(0, len(taken))
    for row in import_rows(operation, taken, table.spec.scenario):
        if row.reason is not None:
            counted.rejected.append(Rejected(row.line, row.reason))
        else:
            counted.count(row.outcome)
    tell(len(taken), len(taken))


def _read(ws: Workspace, path: Path, spec: FileSpec, today: date) -> TableRows:
    return parse(ws, path, files.load(path, spec), spec, today)


def dry_run_facts(
    ws: Workspace, path: Path, spec: FileSpec, choice: Choice, today: date
) -> Outcome:
    """Say what importing a file of daily facts would do."""
    return dry_run(ws, _read(ws, path, spec, today), choice)


def run_facts(ws: Workspace, path: Path, spec: FileSpec, choice: Choice, today: date) -> Outcome:
    """Import a file of daily facts as one undoable operation."""
    return run(ws, _read(ws, path, spec, today), choice)


def dry_run_plan(ws: Workspace, path: Path, spec: FileSpec, choice: Choice, today: date) -> Outcome:
    """Say what importing a file of monthly plans would do; ``spec.scenario`` says which plan."""
    return dry_run(ws, _read(ws, path, spec, today), choice)


def run_plan(ws: Workspace, path: Path, spec: FileSpec, choice: Choice, today: date) -> Outcome:
    """Import a file of monthly plans as one undoable operation."""
    return run(ws, _read(ws, path, spec, today), choice)


def dry_run_members(
    ws: Workspace, path: Path, spec: FileSpec, choice: Choice, today: date
) -> Outcome:
    """Say what importing the team would do."""
    return dry_run(ws, _read(ws, path, spec, today), choice)


def run_members(ws: Workspace, path: Path, spec: FileSpec, choice: Choice, today: date) -> Outcome:
    """Import the team as one undoable operation."""
    return run(ws, _read(ws, path, spec, today), choice)
