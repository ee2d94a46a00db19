"""Undo and redo of imported deals and calls: by their batch, not row by row in the journal."""

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from ropdesk.services import batch_dependents, stage_history
from ropdesk.store import derive, journal

TABLES = {"deals": "deal", "calls": "call"}
_MANY: frozenset[int] = frozenset()


def undo(connection: Connection, operation_id: int) -> dict[str, frozenset[int]]:
    """Take back what an operation did with batches; returns the touched tables."""
    return _toggle(connection, operation_id, forward=False)


def redo(connection: Connection, operation_id: int) -> dict[str, frozenset[int]]:
    """Bring back what `undo` took."""
    return _toggle(connection, operation_id, forward=True)


def _toggle(
    connection: Connection, operation_id: int, *, forward: bool
) -> dict[str, frozenset[int]]:
    rows = connection.exec_driver_sql(
        "SELECT id, kind, operation_id FROM import_batch "
        "WHERE operation_id = ? OR undo_operation_id = ?",
        (operation_id, operation_id),
    ).fetchall()
    touched: dict[str, frozenset[int]] = {}
    for batch_id, kind, origin in rows:
        brings = (origin == operation_id) is forward
        others = (put_back if brings else take_back)(connection, batch_id, kind)
        touched |= {"import_batch": _MANY} | dict.fromkeys(others, _MANY)
        if kind in TABLES:
            touched |= {TABLES[kind]: _MANY, "daily_value": _MANY}
    return touched


def take_back(connection: Connection, batch_id: int, kind: str) -> set[str]:
    """Remove what a batch created, give changed rows their old values, and recount their days.

    What people wrote about the removed rows goes with them, and comes back with them.

    Returns:
        The other tables whose rows went or lost their link.
    """
    payload: dict[str, Any] = {"created": [], "changed": []}
    others: set[str] = set()
    if kind in TABLES:
        table = TABLES[kind]
        changed = connection.exec_driver_sql(
            "SELECT id, row_id, before, after FROM row_change WHERE batch_id = ? ORDER BY id",
            (batch_id,),
        ).fetchall()
        pairs = set(_pairs(connection, kind, batch_id))
        ids = {row_id for _, row_id, _, _ in changed}
        for _, row_id, before, after in changed:
            journal.write_row(connection, table, row_id, json.loads(after), json.loads(before))
        connection.exec_driver_sql("DELETE FROM row_change WHERE batch_id = ?", (batch_id,))
        created = connection.exec_driver_sql(
            f"SELECT * FROM {table} WHERE batch_id = ?",
            (batch_id,),
        )
        payload["columns"] = list(created.keys())
        payload["created"] = [list(row) for row in created]
        payload["changed"] = [list(row[1:]) for row in changed]
        if kind == "deals":
            payload["stages"] = stage_history.rows_of(connection, batch_id)
            payload["export_day"] = stage_history.day_of(connection, batch_id)
            others |= {"stage_date", "export_day"}
        payload["others"] = batch_dependents.collect(connection, table, payload)
        others.update(batch_dependents.tables(payload["others"]))
        connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE batch_id = ?",
            (batch_id,),
        )
        pairs |= set(_pairs_of_rows(connection, kind, ids))
        recount(connection, kind, pairs)
    connection.exec_driver_sql(
        "UPDATE import_batch SET undone = 1, redo_data = ? WHERE id = ?",
        (zlib.compress(json.dumps(payload).encode()), batch_id),
    )
    return others


def put_back(connection: Connection, batch_id: int, kind: str) -> set[str]:
    """Bring a batch back as it was; returns the other tables whose rows came back with it."""
    others: set[str] = set()
    data = connection.exec_driver_sql(
        "SELECT redo_data FROM import_batch WHERE id = ?", (batch_id,)
    ).scalar_one()
    payload = json.loads(zlib.decompress(data))
    if kind in TABLES:
        table = TABLES[kind]
        ids = {row_id for row_id, _, _ in payload["changed"]}
        pairs = set(_pairs_of_rows(connection, kind, ids))
        if payload["created"]:
            names = ", ".join(payload["columns"])
            marks = ", ".join("?" * len(payload["columns"]))
            connection.exec_driver_sql(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",
                [tuple(row) for row in payload["created"]],
            )
        for row_id, before, after in payload["changed"]:
            journal.write_row(connection, table, row_id, json.loads(before), json.loads(after))
        note_changes(connection, batch_id, table, payload["changed"])
        if kind == "deals":
            stage_history.put_back(connection, payload.get("stages", ()))
            stage_history.put_day_back(connection, payload.get("export_day", ()))
            others |= {"stage_date", "export_day"}
        kept = payload.get("others", {})  # batches taken back by an earlier version have none
        batch_dependents.put_back(connection, kept)
        others.update(batch_dependents.tables(kept))
        pairs |= set(_pairs(connection, kind, batch_id))
        recount(connection, kind, pairs)
    connection.exec_driver_sql(
        "UPDATE import_batch SET undone = 0, redo_data = NULL WHERE id = ?", (batch_id,)
    )
    return others


def note_changes(
    connection: Connection, batch_id: int, table: str, changes: Iterable[Sequence[Any]]
) -> None:
    """Keep what an import changed: (row id, before JSON, after JSON)."""
    rows = [(batch_id, table, *change) for change in changes]
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO row_change (batch_id, table_name, row_id, before, after) "
            "VALUES (?, ?, ?, ?, ?)",
            rows,
        )


def recount(connection: Connection, kind: str, pairs: set[tuple[int, str]]) -> None:
    """Bring the daily values of (member, day) pairs back in step with their rows."""
    derive.refresh(connection, kind, pairs)
    if kind == "deals":
        derive.refresh_open_deals(connection, {member for member, _ in pairs})


_DAYS = {"deals": ("created", "closed"), "calls": ("day",)}


def _pairs(connection: Connection, kind: str, batch_id: int) -> Iterable[tuple[int, str]]:
    for column in _DAYS[kind]:
        found = connection.exec_driver_sql(
            f"SELECT DISTINCT member_id, {column} FROM {TABLES[kind]} "
            f"WHERE batch_id = ? AND {column} IS NOT NULL",
            (batch_id,),
        )
        yield from ((int(row[0]), str(row[1])) for row in found)


def _pairs_of_rows(
    connection: Connection, kind: str, ids: Iterable[int]
) -> Iterable[tuple[int, str]]:
    wanted = sorted(ids)
    for start in range(0, len(wanted), 5000):
        part = wanted[start : start + 5000]
        marks = ", ".join("?" * len(part))
        for column in _DAYS[kind]:
            found = connection.exec_driver_sql(
                f"SELECT DISTINCT member_id, {column} FROM {TABLES[kind]} "
                f"WHERE id IN ({marks}) AND {column} IS NOT NULL",
                tuple(part),
            )
            yield from ((int(row[0]), str(row[1])) for row in found)
