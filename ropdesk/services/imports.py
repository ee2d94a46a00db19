"""Deals and calls from files: judged against what is there, then written in one undoable step."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange.table import Rejected
from ropdesk.services import batches, owners, stage_history
from ropdesk.services.import_lines import insert_batch
from ropdesk.services.owners import Choice, Owners
from ropdesk.services.stage_history import Told
from ropdesk.store.models import ImportBatch
from ropdesk.store.models import Mapping as MappingRow
from ropdesk.store.workspace import Operation, Workspace

Progress = Callable[[int, int], None]
CHUNK = 5_000

COLUMNS = {
    "deals": (
        "title", "member_id", "stage", "status", "amount", "created", "closed", "source",
        "pipeline", "lost_reason",
    ),
    "calls": ("member_id", "day", "at", "direction", "answered", "wait", "talk", "rating"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileInfo:
    """Where rows came from, for the list of imports."""

    name: str
    sha256: str
    size: int
    preset: str = ""
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Parsed rows of one file, column by column, ready to be judged.

    Attributes:
        kind: ``deals`` or ``calls``.
        owner: the owner's name of every row, as the file has it.
        values: column of `COLUMNS` (but for ``member_id``) → its values, days as ISO text.
        absent: columns the file does not have: what is stored of them stays.
        spec: how the file was read, to be remembered (JSON-ready).
        stages: every stage of a file of deals → what it means, and its number of rows.
        unmapped: stages taken for open although rows in them have a closing day → such rows.
        suspicious: code of a rule (`ropdesk.services.quality`) → rows of the file.
        told: when the export was made, and dates of stages that it gives.
    """

    kind: str
    origin: str
    file: FileInfo
    lines: Sequence[int]
    external_ids: Sequence[str]
    owner: Sequence[str]
    values: Mapping[str, Sequence[Any]]
    absent: frozenset[str]
    read: int
    duplicates: int
    rejected: tuple[Rejected, ...]
    headers_key: str = ""
    spec: Mapping[str, Any] = field(default_factory=dict)
    stages: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    unmapped: Mapping[str, int] = field(default_factory=dict)
    suspicious: Mapping[str, int] = field(default_factory=dict)
    told: Told = field(default_factory=Told)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came, or would come, of an import; ``batch_id`` is None for a dry run."""

    file: FileInfo
    read: int
    created: int
    updated: int
    unchanged: int
    duplicates: int
    rejected: tuple[Rejected, ...]
    members_created: tuple[str, ...]
    unknown: tuple[str, ...]
    batch_id: int | None = None


@dataclass(slots=True)
class _Judged:
    created: list[tuple[Any, ...]] = field(default_factory=list)
    updated: list[tuple[int, tuple[Any, ...], tuple[Any, ...]]] = field(default_factory=list)
    unchanged: int = 0
    ids: dict[str, int] = field(default_factory=dict)  # of the deals that were there
    standing: list[int] = field(default_factory=list)  # open deals told as they were
    rejected: list[Rejected] = field(default_factory=list)


def _nothing(_step: int, _total: int) -> None:
    """Report no progress."""


def dry_run(ws: Workspace, incoming: Incoming, choice: Choice) -> Outcome:
    """Say what an import would do, without doing it."""
    with ws.read() as connection:
        sorted_out = owners.sort_out(connection, incoming.owner, choice)
        sorted_out.pretend()
        judged = _judge(connection, incoming, sorted_out)
    return _outcome(incoming, judged, sorted_out, sorted_out.new, None)


def run(
    ws: Workspace, incoming: Incoming, choice: Choice, progress: Progress = _nothing
) -> Outcome:
    """Import the rows as one undoable operation.

    Args:
        progress: called with rows done and rows in all; what it raises cancels everything.
    """
    label = N_("Import deals from {file}") if incoming.kind == "deals" else N_(
        "Import calls from {file}")  # fmt: skip
    with ws.operation(label, file=incoming.file.name) as operation:
        sorted_out = owners.sort_out(operation.conn, incoming.owner, choice)
        nobody = owners.NOBODY_KEY in incoming.owner
        made = owners.settle(operation.session, sorted_out, choice, nobody=nobody)
        judged = _judge(operation.conn, incoming, sorted_out)
        outcome = _outcome(incoming, judged, sorted_out, tuple(made), None)
        batch_id = _write(operation, incoming, judged, outcome, progress)
        remember(operation, incoming.kind, incoming.headers_key, incoming.spec)
        operation.fields.update(created=outcome.created, updated=outcome.updated)
        operation.undoable = bool(outcome.created or outcome.updated or made)
        operation.touch(batches.TABLES[incoming.kind], "daily_value", "import_batch", "stage_date")
    return _outcome(incoming, judged, sorted_out, tuple(made), batch_id)


def _outcome(
    incoming: Incoming,
    judged: _Judged,
    sorted_out: Owners,
    made: tuple[str, ...],
    batch_id: int | None,
) -> Outcome:
    return Outcome(
        incoming.file, incoming.read, len(judged.created), len(judged.updated), judged.unchanged,
        incoming.duplicates,
        tuple(sorted((*incoming.rejected, *judged.rejected), key=lambda r: r.line)),
        made, sorted_out.unknown, batch_id,
    )  # fmt: skip


def _rows(incoming: Incoming, sorted_out: Owners, judged: _Judged) -> Iterator[tuple[Any, ...]]:
    """Yield (external id, line, *COLUMNS) of every row whose owner is known."""
    refused = {name: error for name in dict.fromkeys(incoming.owner)
               if (error := sorted_out.refusal(name)) is not None}  # fmt: skip
    members = [sorted_out.ids.get(name) for name in incoming.owner]
    columns = [
        members if name == "member_id" else incoming.values[name] for name in COLUMNS[incoming.kind]
    ]
    rows = zip(incoming.external_ids, incoming.lines, *columns, strict=True)
    if not refused:
        yield from rows
        return
    for owner, row in zip(incoming.owner, rows, strict=True):
        if owner in refused:
            judged.rejected.append(Rejected(row[1], refused[owner]))
        else:
            yield row


def _judge(connection: Connection, incoming: Incoming, sorted_out: Owners) -> _Judged:
    judged = _Judged()
    rows = list(_rows(incoming, sorted_out, judged))
    stored = _stored(connection, incoming, rows)
    if not stored:
        judged.created = rows
        return judged
    names = COLUMNS[incoming.kind]
    kept = [n for n, name in enumerate(names) if name in incoming.absent]
    status = names.index("status") if "status" in names else None
    judged.ids = {key: row[0] for key, row in stored.items()}
    for row in rows:
        before = stored.get(row[0])
        if before is None:
            judged.created.append(row)
            continue
        after = row[2:]
        if kept:
            after = tuple(before[n + 1] if n in kept else v for n, v in enumerate(after))
        if after == before[1 : len(after) + 1]:
            judged.unchanged += 1
            if status is not None and after[status] == "open":
                judged.standing.append(before[0])
        else:
            judged.updated.append((before[0], before[1:], (*after, row[1])))
    return judged


def _stored(
    connection: Connection, incoming: Incoming, rows: Sequence[tuple[Any, ...]]
) -> dict[str, tuple[Any, ...]]:
    """Fetch what is stored under the rows' ids: id, *COLUMNS, batch_id, line by external id."""
    table = batches.TABLES[incoming.kind]
    if not connection.exec_driver_sql(
        f"SELECT 1 FROM {table} WHERE origin = ? LIMIT 1",
        (incoming.origin,),
    ).first():
        return {}
    found: dict[str, tuple[Any, ...]] = {}
    names = ", ".join(COLUMNS[incoming.kind])
    for part in _chunks(rows):
        marks = ", ".join("?" * len(part))
        for row in connection.exec_driver_sql(
            f"SELECT external_id, id, {names}, batch_id, line FROM {table} "
            f"WHERE origin = ? AND external_id IN ({marks})",
            (incoming.origin, *(row[0] for row in part)),
        ):
            found[row[0]] = tuple(row[1:])
    return found


def _chunks(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def _write(
    operation: Operation, incoming: Incoming, judged: _Judged, outcome: Outcome, progress: Progress
) -> int:
    with operation.silent():
        batch_id = insert_batch(operation, incoming.kind, outcome, incoming.spec)
        total = len(judged.created) + len(judged.updated)
        done = _insert(operation.conn, incoming, judged.created, batch_id, progress, total)
        _update(operation.conn, incoming, judged.updated, batch_id)
        if incoming.kind == "deals":
            known = stage_history.Judged(judged.updated, judged.ids, judged.standing)
            names = (*COLUMNS["deals"], "batch_id")
            stage_history.write(operation.conn, batch_id, incoming.told, known, names)
        progress(done, total)
        batches.recount(operation.conn, incoming.kind, _touched(incoming.kind, judged))
        progress(total, total)
    return batch_id


def _insert(
    connection: Connection,
    incoming: Incoming,
    rows: Sequence[tuple[Any, ...]],
    batch_id: int,
    progress: Progress,
    total: int,
) -> int:
    names = ("external_id", "line", *COLUMNS[incoming.kind])
    marks = ", ".join("?" * len(names))
    # What is the same for all rows is written into the statement, not bound for each of them.
    origin = incoming.origin.replace("'", "''")
    statement = (
        f"INSERT INTO {batches.TABLES[incoming.kind]} ({', '.join(names)}, origin, batch_id) "
        f"VALUES ({marks}, '{origin}', {batch_id})"
    )
    done = 0
    for part in _chunks(rows):
        connection.exec_driver_sql(statement, list(part))
        done += len(part)
        progress(done, total)
    return done


def _update(
    connection: Connection,
    incoming: Incoming,
    rows: Sequence[tuple[int, tuple[Any, ...], tuple[Any, ...]]],
    batch_id: int,
) -> None:
    if not rows:
        return
    names = (*COLUMNS[incoming.kind], "batch_id", "line")
    table = batches.TABLES[incoming.kind]
    sets = ", ".join(f"{name} = ?" for name in names)
    written = [
        (row_id, before, (*after[:-1], batch_id, after[-1])) for row_id, before, after in rows
    ]
    connection.exec_driver_sql(
        f"UPDATE {table} SET {sets} WHERE id = ?",
        [(*after, row_id) for row_id, _, after in written],
    )
    batches.note_changes(
        connection,
        batch_id,
        table,
        ((row_id, _json(names, before), _json(names, after)) for row_id, before, after in written),
    )


def _json(names: Sequence[str], values: Sequence[Any]) -> str:
    return json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False)


def _touched(kind: str, judged: _Judged) -> set[tuple[int, str]]:
    names = COLUMNS[kind]
    member = names.index("member_id")
    days = [names.index(n) for n in (("created", "closed") if kind == "deals" else ("day",))]
    pairs: set[tuple[int, str | None]] = set()
    for day in days:
        pairs.update((row[2 + member], row[2 + day]) for row in judged.created)
        for _, before, after in judged.updated:
            pairs.add((before[member], before[day]))
            pairs.add((after[member], after[day]))
    return {(who, day) for who, day in pairs if day is not None}


def remember(operation: Operation, kind: str, key: str, spec: Mapping[str, Any]) -> None:
    """Keep how files with these headers are read, for the next one and the watched folder."""
    if not key:
        return
    text = json.dumps(spec, ensure_ascii=False)
    row = operation.session.scalar(
        select(MappingRow).where(MappingRow.kind == kind, MappingRow.headers_key == key)
    )
    if row is None:
        operation.session.add(MappingRow(kind=kind, headers_key=key, spec=text))
    elif row.spec != text:
        row.spec = text


def remembered(
    ws: Workspace, key: str, kind: str | None = None
) -> tuple[str, dict[str, Any]] | None:
    """Return (kind, spec) of the last import of a file with these headers, of a kind if asked."""
    query = select(MappingRow.kind, MappingRow.spec).where(MappingRow.headers_key == key)
    if kind is not None:
        query = query.where(MappingRow.kind == kind)
    with ws.read() as connection:
        row = connection.execute(query.order_by(MappingRow.id.desc())).first()
    return (row.kind, json.loads(row.spec)) if row else None


def take_back(ws: Workspace, batch_id: int) -> None:
    """Take an import back out of turn: its rows go, what it changed is as before.

    Members it created stay. Undoing this brings the import back.

    Raises:
        DomainError: it was taken back already, or a later import changed the same rows.
    """
    with ws.operation(N_("Take back the import of {file}"), file="") as operation:
        batch = operation.session.get(ImportBatch, batch_id)
        if batch is None or batch.undone:
            raise DomainError(N_("This import was taken back already."))
        if batch.kind not in batches.TABLES:
            raise DomainError(N_("Imports of plans, facts and members are taken back with Undo."))
        operation.fields["file"] = batch.file_name
        later = operation.conn.exec_driver_sql(
            "SELECT 1 FROM row_change WHERE table_name = ? AND batch_id > ? "
            "AND json_extract(before, '$.batch_id') = ? LIMIT 1",
            (batches.TABLES[batch.kind], batch_id, batch_id),
        ).first()
        if later:
            raise DomainError(
                N_("A later import changed rows of «{file}». Take that one back first."),
                file=batch.file_name,
            )
        kind = batch.kind
        with operation.silent():
            others = batches.take_back(operation.conn, batch_id, kind)
            operation.conn.exec_driver_sql(
                "UPDATE import_batch SET undo_operation_id = ? WHERE id = ?",
                (operation.id, batch_id),
            )
        operation.touch(batches.TABLES[kind], "daily_value", "import_batch", *others)
