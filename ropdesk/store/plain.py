"""Rows as the driver gives them, for the questions that are asked all the time."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection


def rows(connection: Connection, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """Answer a query with plain tuples, days as ISO text: SQLAlchemy's rows cost far more.

    It reads within the transaction that the connection is in, and only reads.
    """
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
    finally:
        cursor.close()
