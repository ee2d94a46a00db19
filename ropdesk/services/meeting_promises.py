"""How many of the promises due in some days were kept, by member: what a meeting opens with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Promised:
    """Promises of some days: how many were due, and how many of them are kept."""

    kept: int
    due: int


def promised(
    connection: Connection, today: date, first: date, last: date
) -> Mapping[int, Promised]:
    """Count the promises due in some days by member; 0 is the department, all of them together.

    Members without any are absent.
    """
    del connection, today, first, last
    return {}
