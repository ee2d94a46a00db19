"""Undo, redo and the history of everything, also after a restart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from ropdesk.domain.errors import N_, DomainError
from ropdesk.services import batches
from ropdesk.store import journal
from ropdesk.store.journal import Changed
from ropdesk.store.models import Change, Operation
from ropdesk.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the workspace's history; label and fields are translated where shown."""

    id: int
    label: str
    fields: Mapping[str, Any]
    at: datetime
    state: str
    rows: int


@dataclass(frozen=True, slots=True)
class Version:
    """One change of a record: its values before and after (None: it did not exist)."""

    change_id: int
    operation: Entry
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that an operation changed: its values before and after (None: no such row)."""

    change_id: int
    table: str
    row_id: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def _entry(row: Any, rows: int = 0) -> Entry:
    return Entry(
        row.id, row.label, json.loads(row.fields), datetime.fromisoformat(row.at), row.state, rows
    )


def entries(ws: Workspace, limit: int = 500) -> list[Entry]:
    """Return the newest operations first, with how many rows each changed."""
    with ws.read() as connection:
        rows = connection.execute(
            select(Operation.__table__)
            .where(Operation.state != "dropped")
            .order_by(Operation.id.desc())
            .limit(limit)
        ).all()
        counts: dict[int, int] = dict(
            connection.exec_driver_sql(
                "SELECT operation_id, count(*) FROM change WHERE operation_id >= ? GROUP BY 1",
                (rows[-1].id if rows else 0,),
            ).all()
        )
    return [_entry(row, counts.get(row.id, 0)) for row in rows]


def undoable(ws: Workspace) -> Entry | None:
    """Return the operation that undo would take back, or None."""
    with ws.read() as connection:
        row = _next(connection, "done", newest=True)
    return _entry(row) if row else None


def redoable(ws: Workspace) -> Entry | None:
    """Return the operation that redo would bring back, or None."""
    with ws.read() as connection:
        row = _next(connection, "undone", newest=False)
    return _entry(row) if row else None


def _next(connection: Connection, state: str, *, newest: bool) -> Any:
    order = Operation.id.desc() if newest else Operation.id.asc()
    return connection.execute(
        select(Operation.__table__).where(Operation.state == state).order_by(order).limit(1)
    ).one_or_none()


def undo(ws: Workspace) -> Entry | None:
    """Take back the newest operation, whatever it touched; None when there is nothing left."""
    return _step(ws, forward=False)


def redo(ws: Workspace) -> Entry | None:
    """Bring back the operation undone last; None when there is none."""
    return _step(ws, forward=True)


def _step(ws: Workspace, *, forward: bool) -> Entry | None:
    with ws.replaying() as connection:
        row = _next(connection, "undone" if forward else "done", newest=not forward)
        if row is None:
            return None
        touched = dict(journal.touched(connection, row.id))
        if forward:
            journal.replay(connection, row.id, forward=True)
            touched |= batches.redo(connection, row.id)
        else:
            touched |= batches.undo(connection, row.id)
            journal.replay(connection, row.id, forward=False)
        connection.execute(
            update(Operation)
            .where(Operation.id == row.id)
            .values(state="done" if forward else "undone")
        )
    ws.tell(Changed(touched, row.label, json.loads(row.fields), row.id))
    return _entry(row)


def changes(ws: Workspace, operation_id: int, limit: int = 300) -> list[RowChange]:
    """Return the rows that an operation changed, in the order it changed them."""
    with ws.read() as connection:
        rows = connection.execute(
            select(Change.id, Change.table_name, Change.row_id, Change.before, Change.after)
            .where(Change.operation_id == operation_id)
            .order_by(Change.id)
            .limit(limit)
        ).all()
    return [
        RowChange(
            row.id,
            row.table_name,
            row.row_id,
            json.loads(row.before) if row.before else None,
            json.loads(row.after) if row.after else None,
        )
        for row in rows
    ]


def record(ws: Workspace, table: str, row_id: int) -> list[Version]:
    """Return every change of one record, newest first.

    SQLite gives the number of a removed row to a later one; what another record was before that
    is left out.
    """
    with ws.read() as connection:
        rows = connection.execute(
            select(Change.id.label("change_id"), Change.before, Change.after, Operation.__table__)
            .join(Operation, Operation.id == Change.operation_id)
            .where(Change.table_name == table, Change.row_id == row_id, Operation.state == "done")
            .order_by(Change.id.desc())
        ).all()
    versions = [
        Version(
            row.change_id,
            _entry(row),
            json.loads(row.before) if row.before else None,
            json.loads(row.after) if row.after else None,
        )
        for row in rows
    ]
    for number, (newer, older) in enumerate(pairwise(versions)):
        if newer.before is None and older.before != newer.after:
            return versions[: number + 1]
    return versions


def restore(ws: Workspace, change_id: int) -> None:
    """Give a record the values it had before a change, as a new operation.

    Raises:
        DomainError: there is no such change, the record did not exist before it, or other
            records have since taken what it would need.
    """
    try:
        _restore(ws, change_id)
    except IntegrityError as error:
        raise DomainError(
            N_(
                "This version cannot come back beside what was entered later: a name, a day or "
                "a record it belongs to is taken or gone. Change those first."
            )
        ) from error


def _restore(ws: Workspace, change_id: int) -> None:
    with ws.operation(N_("Restore an earlier version")) as operation:
        change = operation.session.get(Change, change_id)
        if change is None or change.before is None:
            raise DomainError(N_("There is no earlier version to restore."))
        wanted = journal.load_row(change.table_name, change.before)
        current = operation.conn.exec_driver_sql(
            f"SELECT * FROM {change.table_name} WHERE id = ?",
            (change.row_id,),
        ).one_or_none()
        now = dict(current._mapping) if current else None
        journal.write_row(operation.conn, change.table_name, change.row_id, now, wanted)
