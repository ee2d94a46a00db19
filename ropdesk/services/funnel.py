"""The funnel: deals by stage, their way through a month, and those that got stuck."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from ropdesk.store import plain
from ropdesk.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckDeal:
    """An open deal that stands longer than it should.

    Attributes:
        days: calendar days in the stage, at least so many where the day it came is not known.
        norm_days: how long a deal may stay there.
        amount: kopecks, None where nobody filled it in.
        why: ``stage`` — longer in its stage than the norm; ``age`` — nobody knows since when it is
            in its stage, and it is open longer than nine of ten won deals took.
    """

    deal_id: int
    title: str
    member_id: int
    pipeline: str
    stage: str
    days: int
    norm_days: int
    amount: int | None
    source: str
    created: date | None
    why: str


def stuck(ws: Workspace, as_of: date) -> list[StuckDeal]:
    """List open deals that got stuck, the longest beyond the norm first."""
    return []


def sources(connection: Connection) -> list[str]:
    """List the sources that deals name, by how many there are of each."""
    found = plain.rows(
        connection,
        "SELECT source FROM deal WHERE source <> '' GROUP BY source ORDER BY count(*) DESC, source",
    )
    return [str(source) for (source,) in found]
