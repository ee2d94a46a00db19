"""What a workspace holds, as text to compare: every row of the followed tables."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from ropdesk.store import journal

Dump = dict[str, list[dict[str, Any]]]


def dump(path: Path) -> Dump:
    """Read every followed table with a connection of our own."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = _as_dict
        return {
            table.name: connection.execute(f"SELECT * FROM {table.name} ORDER BY id").fetchall()
            for table in journal.journalled()
        }


def _as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip((column[0] for column in cursor.description), row, strict=True))


def whole_dump(path: Path) -> list[str]:
    """Read everything in the file, the history included."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())
