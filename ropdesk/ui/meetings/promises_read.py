"""What the view of promises shows, read at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ropdesk.domain.metrics import Metrics
from ropdesk.domain.months import add_months
from ropdesk.domain.promises import Share
from ropdesk.services import metrics, promises, team
from ropdesk.services.promises import PromiseLine
from ropdesk.ui.meetings import promises_cells as cells
from ropdesk.ui.tables.cells import Row

if TYPE_CHECKING:
    from ropdesk.store.workspace import Workspace

YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class Shown:
    """What the view shows.

    Attributes:
        lines: promises due in the time looked back at or later, and whatever is still open.
        rows: the same as rows of the table, by id.
        names: everybody by id; ``here``: those who work here now.
    """

    lines: tuple[PromiseLine, ...]
    rows: Mapping[int, Row]
    months: tuple[date, ...]
    shares: Mapping[date, Mapping[int | None, Share]]
    known: Metrics
    names: Mapping[int, str]
    here: tuple[int, ...]


def read(ws: "Workspace", today: date, back: int) -> Shown:
    """Read the promises of some months back, 0 for all of them, and what is open of any time."""
    this = today.replace(day=1)
    first = add_months(this, 1 - back) if back else date.min
    with ws.read() as connection:
        older = []
        if back:
            before = (date.min, first - timedelta(1))
            older = promises.lines(connection, today, due=before, open_only=True)
        recent = promises.lines(connection, today, due=(first, date.max))
        known, people = metrics.load(connection), team.load(connection)
    lines = (*older, *recent)
    return Shown(
        lines, cells.rows_by_id(known, lines, today),
        tuple(add_months(this, step) for step in range(1 - (back or YEAR), 1)),
        promises.by_month(recent), known,
        {m.id: m.name for m in people.active(date.min, date.max)},
        tuple(m.id for m in people.active(today, today)),
    )  # fmt: skip
