"""The journal: TEMP triggers that log every changed row, and the replay behind undo and redo.

Triggers see bulk statements and cascades, which ORM events do not. They live on the writer's
connection alone and are generated from the metadata, so a new table is followed by existing.
Modes of the connection (temp table ``journal_state``): ``idle`` refuses writes, ``log`` writes each
row before and after, ``silent`` is for rows that an import batch or a replay accounts for itself.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table

from ropdesk.store import models

UNJOURNALLED = frozenset({"operation", "change", "alembic_version"})


@dataclass(frozen=True, slots=True)
class Changed:
    """What a committed operation touched: row ids by table; an empty set means "many"."""

    tables: Mapping[str, frozenset[int]]
    label: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    operation_id: int | None = None

    def touches(self, watched: frozenset[str]) -> bool:
        """Tell whether a watcher of these tables has to look again."""
        return not watched.isdisjoint(self.tables)


def journalled() -> list[Table]:
    """Return the tables whose rows are followed."""
    return [t for t in models.Base.metadata.sorted_tables if t.name not in UNJOURNALLED]


def _columns(table: Table) -> list[str]:
    return [c.name for c in table.columns]


@cache
def _blobs(table_name: str) -> frozenset[str]:
    table = models.Base.metadata.tables[table_name]
    return frozenset(c.name for c in table.columns if isinstance(c.type, LargeBinary))


def _as_json(table: Table, side: str) -> str:
    pairs = (
        f"'{name}', hex({side}.{name})"
        if name in _blobs(table.name)
        else f"'{name}', {side}.{name}"
        for name in _columns(table)
    )
    return f"json_object({', '.join(pairs)})"


def _trigger(table: Table, event: str) -> str:
    name = table.name
    before = "NULL" if event == "INSERT" else _as_json(table, "OLD")
    after = "NULL" if event == "DELETE" else _as_json(table, "NEW")
    key = "OLD.id" if event == "DELETE" else "NEW.id"
    differs = " OR ".join(f"OLD.{c} IS NOT NEW.{c}" for c in _columns(table))
    condition = f" AND ({differs})" if event == "UPDATE" else ""
    return f"""
        CREATE TEMP TRIGGER journal_{event.lower()}_{name} AFTER {event} ON main.{name}
        WHEN (SELECT mode FROM journal_state) <> 'silent'{condition}
        BEGIN
            SELECT RAISE(ABORT, 'write outside an operation')
            FROM journal_state WHERE mode = 'idle';
            INSERT INTO change (operation_id, table_name, row_id, before, after)
            SELECT operation_id, '{name}', {key}, {before}, {after} FROM journal_state;
        END"""


def install(cursor: Any) -> None:
    """Create the journal's state and triggers on a fresh writer connection (a DB-API cursor).

    It takes the tables of every duty, so it waits for the first operation; until then the
    connection may not write at all.
    """
    cursor.execute("CREATE TEMP TABLE journal_state (operation_id INTEGER, mode TEXT NOT NULL)")
    cursor.execute("INSERT INTO journal_state VALUES (NULL, 'idle')")
    for table in journalled():
        for event in ("INSERT", "UPDATE", "DELETE"):
            cursor.execute(_trigger(table, event))


def set_mode(connection: Connection, mode: str, operation_id: int | None) -> None:
    """Switch the connection's journal to ``idle``, ``log`` or ``silent``."""
    connection.exec_driver_sql(
        "UPDATE temp.journal_state SET mode = ?, operation_id = ?", (mode, operation_id)
    )


@contextmanager
def silent(connection: Connection, operation_id: int) -> Iterator[None]:
    """Leave rows unlogged that an import batch accounts for."""
    set_mode(connection, "silent", operation_id)
    yield
    set_mode(connection, "log", operation_id)


def touched(connection: Connection, operation_id: int) -> dict[str, frozenset[int]]:
    """Collect the row ids that an operation logged, by table."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT table_name, row_id FROM change WHERE operation_id = ?", (operation_id,)
    )
    found: dict[str, set[int]] = {}
    for table, row_id in rows:
        found.setdefault(table, set()).add(row_id)
    return {table: frozenset(ids) for table, ids in found.items()}


def replay(connection: Connection, operation_id: int, *, forward: bool) -> None:
    """Put every row of an operation back (or forward again), in the order that keeps it whole.

    Only columns that the operation changed are written, so what others changed since stays.
    """
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    order = "ASC" if forward else "DESC"
    rows = connection.exec_driver_sql(
        f"SELECT table_name, row_id, before, after FROM change WHERE operation_id = ? "
        f"ORDER BY id {order}",
        (operation_id,),
    ).fetchall()
    for table, row_id, before, after in rows:
        old, new = (before, after) if forward else (after, before)
        write_row(connection, table, row_id, load_row(table, old), load_row(table, new))


def load_row(table: str, text: str | None) -> dict[str, Any] | None:
    """Read a row as the journal wrote it, bytes included; None is "no such row"."""
    if text is None:
        return None
    row: dict[str, Any] = json.loads(text)
    for name in _blobs(table):
        row[name] = bytes.fromhex(row[name]) if row[name] is not None else None
    return row


def write_row(
    connection: Connection,
    table: str,
    row_id: int,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
) -> None:
    """Turn a row from one state into another; None is "no such row"."""
    if table == "daily_value":
        row_id, old, new = _daily_value(connection, row_id, old, new)
    if new is None:
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        return
    if old is None:
        names = ", ".join(new)
        marks = ", ".join("?" * len(new))
        connection.exec_driver_sql(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",
            tuple(new.values()),
        )
        return
    diff = {name: value for name, value in new.items() if old.get(name) != value}
    if diff:
        sets = ", ".join(f"{name} = ?" for name in diff)
        connection.exec_driver_sql(
            f"UPDATE {table} SET {sets} WHERE id = ?",
            (*diff.values(), old.get("id", row_id)),
        )


Row = Mapping[str, Any] | None


def _daily_value(connection: Connection, row_id: int, old: Row, new: Row) -> tuple[int, Row, Row]:
    """Find the row of a daily value by member, metric and day.

    What is counted from deals and calls comes and goes unjournalled, each time under another id.
    """
    key = new or old or {}
    here = connection.exec_driver_sql(
        "SELECT id FROM daily_value WHERE member_id = ? AND metric = ? AND day = ?",
        (key["member_id"], key["metric"], key["day"]),
    ).scalar()
    if here is not None:
        if new is not None and old is None:
            old = {"id": here}
        return here, old and {**old, "id": here}, new and {**new, "id": here}
    if new is None:
        return -1, old, None  # gone already, and its id may be another's by now
    taken = connection.exec_driver_sql("SELECT 1 FROM daily_value WHERE id = ?", (row_id,)).first()
    if taken:
        new = {name: value for name, value in new.items() if name != "id"}
    return row_id, None, new
