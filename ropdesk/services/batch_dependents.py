"""Rows of other tables that point at what an import created: they go with it and come back.

Taking an import back deletes its deals; SQLite then deletes or unlinks whatever points at them.
The foreign keys of the metadata say what that will be, so a new table is followed by existing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, Table

from ropdesk.store import plain
from ropdesk.store.models import Base

PART = 5_000
Kept = Mapping[str, Any]
"""``gone``: table → columns and rows; ``unlinked``: [table, column, [[row, pointed at], …]]."""


def collect(connection: Connection, table: str, payload: Mapping[str, Any]) -> Kept:
    """Read what deleting rows will take along, before they are deleted.

    Args:
        payload: ``columns`` and ``created``, the rows about to go.
    """
    gone: dict[str, dict[str, Any]] = {}
    unlinked: list[list[Any]] = []
    at = payload["columns"].index("id")
    waiting = [(table, [row[at] for row in payload["created"]])]
    while waiting:
        name, ids = waiting.pop()
        for other, column in _pointing(name):
            if _rule(column) == "CASCADE":
                found = _rows(connection, other, column, ids)
                seen = gone.setdefault(
                    other.name, {"columns": [each.name for each in other.columns], "rows": []}
                )
                place = seen["columns"].index("id")
                known = {row[place] for row in seen["rows"]}
                new = [row for row in found if row[place] not in known]
                seen["rows"] += new
                if new:
                    waiting.append((other.name, [row[place] for row in new]))
            elif _rule(column) == "SET NULL":
                links = _links(connection, other, column, ids)
                if links:
                    unlinked.append([other.name, column.name, links])
    return {
        "gone": {name: each for name, each in gone.items() if each["rows"]}, "unlinked": unlinked
    }  # fmt: skip


def put_back(connection: Connection, kept: Kept) -> None:
    """Bring back what `collect` read, after the rows it points at have come back."""
    order = {table.name: n for n, table in enumerate(Base.metadata.sorted_tables)}
    for name in sorted(kept.get("gone", {}), key=order.__getitem__):
        each = kept["gone"][name]
        blobs = [n for n, c in enumerate(each["columns"]) if _is_blob(name, c)]
        marks = ", ".join("?" * len(each["columns"]))
        connection.exec_driver_sql(
            f"INSERT INTO {name} ({', '.join(each['columns'])}) VALUES ({marks})",
            [_with_bytes(row, blobs) for row in each["rows"]],
        )
    for name, column, links in kept.get("unlinked", ()):
        connection.exec_driver_sql(
            f"UPDATE {name} SET {column} = ? WHERE id = ? AND {column} IS NULL",
            [(target, row) for row, target in links],
        )


def tables(kept: Kept) -> set[str]:
    """Name the tables that are concerned."""
    return {*kept.get("gone", {}), *(name for name, _column, _links in kept.get("unlinked", ()))}


def _pointing(name: str) -> Iterator[tuple[Table, Column[Any]]]:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table.name == name for key in column.foreign_keys):
                yield table, column


def _rule(column: Column[Any]) -> str:
    return next(iter(column.foreign_keys)).ondelete or ""


def _is_blob(table: str, column: str) -> bool:
    return isinstance(Base.metadata.tables[table].columns[column].type, LargeBinary)


def _rows(
    connection: Connection, table: Table, column: Column[Any], ids: Sequence[int]
) -> list[list[Any]]:
    names = ", ".join(
        f"hex({c.name})" if _is_blob(table.name, c.name) else c.name for c in table.columns
    )
    found: list[list[Any]] = []
    for part in _parts(ids):
        marks = ", ".join("?" * len(part))
        found += map(
            list,
            plain.rows(
                connection, f"SELECT {names} FROM {table.name} WHERE {column.name} IN ({marks})",
                part,
            ),
        )  # fmt: skip
    return found


def _links(
    connection: Connection, table: Table, column: Column[Any], ids: Sequence[int]
) -> list[list[int]]:
    found: list[list[int]] = []
    for part in _parts(ids):
        marks = ", ".join("?" * len(part))
        sql = f"SELECT id, {column.name} FROM {table.name} WHERE {column.name} IN ({marks})"
        found += map(list, plain.rows(connection, sql, part))
    return found


def _with_bytes(row: Sequence[Any], blobs: Iterable[int]) -> tuple[Any, ...]:
    values = list(row)
    for at in blobs:
        values[at] = bytes.fromhex(values[at]) if values[at] else None
    return tuple(values)


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), PART):
        yield ids[start : start + PART]
