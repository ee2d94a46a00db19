"""What imports tell about the way of deals through their stages.

An export says where a deal stands, not how it came there. So the program keeps what changed between
two exports, as a span: no earlier than the export that still told the old stage, no later than the
one that told the new. An export with dates of stages says the day itself.

The first sighting of a deal writes nothing: its day of creation is when it entered the pipeline,
and whether it entered this very stage then nobody knows. The row of the first stage is written
when a later import changes the deal, since the change hides when the deal was first seen.
"""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from ropdesk.store import plain
from ropdesk.store.workspace import now

PART = 5_000
_INSERT = (
    "INSERT INTO stage_date (deal_id, pipeline, stage, day, exact, not_before, batch_id) "
    "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Told:
    """When an export was made, and the dates of stages that it gives.

    Attributes:
        since: it is no older than this day, None where nothing in it says.
        until: it is no newer than this day, None for the day of the import.
        dates: deal's id in the export → open stages with the days it came to them.
    """

    since: date | None = None
    until: date | None = None
    dates: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """Deals of an import that were there: (id, values before, values now), ids, unchanged open."""

    updated: Sequence[tuple[int, tuple[Any, ...], tuple[Any, ...]]]
    ids: Mapping[str, int]
    standing: Sequence[int]


@dataclass(frozen=True, slots=True)
class Known:
    """A deal that was there before the import: what it was, and what it is now.

    ``key`` is its id in the export.
    """

    id: int
    key: str
    stage: str
    pipeline: str
    status: str
    created: str | None
    batch_id: int
    stage_now: str
    pipeline_now: str
    status_now: str


def write(
    connection: Connection, batch_id: int, when: Told, judged: Judged, columns: Sequence[str]
) -> None:
    """Keep what an export says about the deals' way through their stages.

    Args:
        judged: deals that were there before; ``columns`` are those of their values.
    """
    until = _told(connection, batch_id, when, judged.standing)
    keys = {row_id: key for key, row_id in judged.ids.items()} if judged.updated else {}
    at = {name: n for n, name in enumerate(columns)}
    stage, pipeline, status = at["stage"], at["pipeline"], at["status"]
    changed = [
        Known(
            row_id, keys[row_id], before[stage], before[pipeline], before[status],
            before[at["created"]], before[at["batch_id"]], after[stage], after[pipeline],
            after[status],
        )
        for row_id, before, after in judged.updated
    ]  # fmt: skip
    _write_changes(connection, batch_id, until, changed, when)
    if when.dates:
        rows = plain.rows(
            connection, "SELECT external_id, id FROM deal WHERE batch_id = ?", (batch_id,)
        )
        _write_dates(connection, batch_id, when, {**judged.ids, **dict(rows)})


def _told(connection: Connection, batch_id: int, when: Told, standing: Sequence[int]) -> str:
    """Write when the export of a batch was made, and which open deals it told unchanged.

    Returns:
        The latest day it may have been made, ISO.
    """
    until = (when.until or date.fromisoformat(now()[:10])).isoformat()
    since = min(when.since.isoformat(), until) if when.since else None
    packed = zlib.compress(json.dumps(standing).encode(), 1) if standing else None
    connection.exec_driver_sql(
        "INSERT INTO export_day (batch_id, told_from, told_on, standing) VALUES (?, ?, ?, ?)",
        (batch_id, since, until, packed),
    )
    return until


def _write_changes(
    connection: Connection, batch_id: int, until: str, changed: Iterable[Known], when: Told
) -> None:
    """Write what an import says about deals that were there: where they were and are.

    Args:
        until: the latest day the export may have been made.
        changed: deals of which something changed, as they were and are.
    """
    deals = [each for each in changed if each.status == "open" or each.status_now == "open"]
    if not deals:
        return
    days = _export_days(connection)
    with_rows = _with_rows(connection, [each.id for each in deals])
    last = _last_told(connection, batch_id, [each for each in deals if _moved(each)])
    rows: list[tuple[Any, ...]] = []
    for deal in deals:
        dates = dict(reversed(when.dates.get(deal.key, ())))
        _since, seen = days.get(deal.batch_id, (None, until))
        if deal.status == "open" and deal.id not in with_rows and deal.stage not in dates:
            day = min(seen, dates.get(deal.stage_now, until) if _moved(deal) else until)
            born = min(deal.created, day) if deal.created else None
            rows.append((deal.id, deal.pipeline, deal.stage, day, 0, born, batch_id))
        if deal.status_now == "open" and _moved(deal) and deal.stage_now not in dates:
            since, _seen = days.get(last.get(deal.id, deal.batch_id), (None, until))
            since = min(since, until) if since else None
            new = (deal.id, deal.pipeline_now, deal.stage_now, until, 0, since, batch_id)
            rows.append(new)
    if rows:
        connection.exec_driver_sql(_INSERT, rows)


def _write_dates(
    connection: Connection,
    batch_id: int,
    when: Told,
    ids: Mapping[str, int],
) -> None:
    """Write the dates of stages that an export gives.

    Args:
        ids: deals of the export by their id in it; the others were refused.
    """
    if not when.dates:
        return
    pipelines: dict[int, str] = {}
    for part in _parts(sorted(ids.values())):
        marks = ", ".join("?" * len(part))
        pipelines |= dict(
            plain.rows(connection, f"SELECT id, pipeline FROM deal WHERE id IN ({marks})", part)
        )
    rows = [
        (ids[key], pipelines[ids[key]], stage, day, 1, None, batch_id)
        for key, dates in when.dates.items()
        if key in ids
        for stage, day in dates
    ]
    if rows:
        connection.exec_driver_sql(_INSERT, rows)


def _moved(deal: Known) -> bool:
    return (deal.stage, deal.pipeline) != (deal.stage_now, deal.pipeline_now)


def _export_days(connection: Connection) -> dict[int, tuple[str | None, str]]:
    found = plain.rows(connection, "SELECT batch_id, told_from, told_on FROM export_day")
    return {batch: (since, until) for batch, since, until in found}


def _with_rows(connection: Connection, ids: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for part in _parts(ids):
        marks = ", ".join("?" * len(part))
        sql = f"SELECT DISTINCT deal_id FROM stage_date WHERE deal_id IN ({marks})"
        found.update(row[0] for row in plain.rows(connection, sql, part))
    return found


def _last_told(connection: Connection, batch_id: int, deals: Sequence[Known]) -> dict[int, int]:
    """Find the last import that told each deal's old stage again, where one has."""
    wanted = {deal.id: deal.batch_id for deal in deals if deal.status == "open"}
    if not wanted:
        return {}
    found: dict[int, int] = {}
    oldest = min(wanted.values())
    for batch, packed in plain.rows(
        connection,
        "SELECT e.batch_id, e.standing FROM export_day AS e "
        "JOIN import_batch AS b ON b.id = e.batch_id "
        "WHERE NOT b.undone AND e.standing IS NOT NULL AND e.batch_id > ? AND e.batch_id < ? "
        "ORDER BY e.batch_id DESC",
        (oldest, batch_id),
    ):
        for deal in json.loads(zlib.decompress(packed)):
            if wanted.get(deal, batch) < batch:
                found[deal] = batch
                del wanted[deal]
        if not wanted:
            break
    return found


def _parts(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), PART):
        yield values[start : start + PART]


def rows_of(connection: Connection, batch_id: int) -> list[list[Any]]:
    """Take a batch's rows away and return them, to be written again by `put_back`."""
    found = plain.rows(
        connection,
        "SELECT id, deal_id, pipeline, stage, day, exact, not_before, batch_id FROM stage_date "
        "WHERE batch_id = ?",
        (batch_id,),
    )
    connection.exec_driver_sql("DELETE FROM stage_date WHERE batch_id = ?", (batch_id,))
    return [list(row) for row in found]


def put_back(connection: Connection, rows: Collection[Sequence[Any]]) -> None:
    """Write again what `rows_of` took away."""
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO stage_date "
            "(id, deal_id, pipeline, stage, day, exact, not_before, batch_id) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [tuple(row) for row in rows],
        )


def day_of(connection: Connection, batch_id: int) -> list[list[Any]]:
    """Take away when a batch's export was made and return it, to be written by `put_day_back`."""
    found = plain.rows(
        connection,
        "SELECT id, batch_id, told_from, told_on, hex(standing) FROM export_day WHERE batch_id = ?",
        (batch_id,),
    )
    connection.exec_driver_sql("DELETE FROM export_day WHERE batch_id = ?", (batch_id,))
    return [list(row) for row in found]


def put_day_back(connection: Connection, rows: Collection[Sequence[Any]]) -> None:
    """Write again what `day_of` took away."""
    for row_id, batch_id, told_from, told_on, standing in rows:
        connection.exec_driver_sql(
            "INSERT INTO export_day (id, batch_id, told_from, told_on, standing) "
            "VALUES (?, ?, ?, ?, ?)",
            (row_id, batch_id, told_from, told_on, bytes.fromhex(standing) if standing else None),
        )
