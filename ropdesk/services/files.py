"""From a file on the disk to rows ready to be judged: deals and calls."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange.calls import FIELDS as CALL_FIELDS
from ropdesk.exchange.calls import CallRows, CallSpec, call_spec, parse_calls
from ropdesk.exchange.deals import FIELDS as DEAL_FIELDS
from ropdesk.exchange.deals import DealRows, DealSpec, deal_spec, parse_deals
from ropdesk.exchange.facts import FACT_FIELDS, FactSpec, fact_spec
from ropdesk.exchange.headers import headers_key
from ropdesk.exchange.presets import parse_maps
from ropdesk.exchange.reading import read_table
from ropdesk.exchange.table import RawTable
from ropdesk.services.imports import FileInfo, Incoming
from ropdesk.services.stage_history import Told


@dataclass(frozen=True, slots=True)
class FileSpec:
    """How a file is to be read; empty values are found out from the file.

    Attributes:
        kind: ``deals``, ``calls``, ``facts``, ``plan`` or ``members``.
        preset: code of a known export, or ``auto``.
        maps: ``FIELD=COLUMN`` or ``FIELD==TEXT``, as on the command line.
        exact: ``maps`` name all fields there are; nothing more is guessed from the header.
        won, lost: names of the stages that close a deal.
        repeated: what rows of one id mean: ``sum``, ``first``, ``refuse`` or empty.
        metric: code of the one metric of a file of facts or plans.
        scenario: which scenario a file of plans fills.
        day_first: whether 03/04/2025 is the third of April; None to let the file prove it.
    """

    kind: str
    preset: str = "auto"
    maps: tuple[str, ...] = ()
    exact: bool = False
    won: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    repeated: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 0
    metric: str = ""
    scenario: str = "standard"
    day_first: bool | None = None

    def remembered(self) -> dict[str, Any]:
        """Return what is worth keeping for the next file with the same headers."""
        kept = {
            k: v
            for k, v in asdict(self).items()
            if v not in ("", 0, None, (), []) and v is not False
        }
        # These are found out anew for each file: a mapping must survive a change of encoding.
        for name in ("encoding", "delimiter", "header_row", "sheet"):
            kept.pop(name, None)
        return kept


def spec_from(stored: Mapping[str, Any]) -> FileSpec:
    """Rebuild a remembered specification."""
    known = {k: v for k, v in stored.items() if k in FileSpec.__slots__}
    for name in ("maps", "won", "lost"):
        known[name] = tuple(known.get(name, ()))
    return FileSpec(**known)


def load(
    path: Path,
    spec: FileSpec,
    progress: Callable[[int], None] | None = None,
) -> RawTable:
    """Read the table of a file as the specification says.

    Raises:
        DomainError: the file cannot be read as a table.
    """
    return read_table(
        path,
        encoding=spec.encoding or None,
        delimiter=spec.delimiter or None,
        sheet=spec.sheet or None,
        header_row=spec.header_row or None,
        progress=progress,
    )


def parse(path: Path, table: RawTable, spec: FileSpec, today: date) -> Incoming:
    """Turn the table of a file into rows of deals or calls.

    Raises:
        DomainError: required columns are missing, or repeated rows leave a doubt.
    """
    if spec.kind == "deals":
        return _deals(path, table, spec, today)
    if spec.kind == "calls":
        return _calls(path, table, spec)
    raise DomainError(N_("«{kind}» is not read as rows of deals or calls."), kind=spec.kind)


def read(
    path: Path,
    spec: FileSpec,
    today: date,
    progress: Callable[[int], None] | None = None,
) -> Incoming:
    """Read and parse a file of deals or calls."""
    return parse(path, load(path, spec, progress), spec, today)


def info(path: Path, table: RawTable, preset: str) -> FileInfo:
    """Say which file it was, for the list of imports."""
    return FileInfo(path.name, table.sha256, table.size, preset, table.encoding, table.delimiter)


def deal_mapping(table: RawTable, spec: FileSpec, today: date) -> DealSpec:
    """Say which column is which field of a deal."""
    made = deal_spec(
        table, preset=spec.preset, maps=spec.maps, won=spec.won, lost=spec.lost,
        repeated=spec.repeated or None, today=today,
    )  # fmt: skip
    if spec.exact:
        exact = _exact(table, spec, DEAL_FIELDS)
        plain = {name: column for name, column in exact.items() if name in DEAL_FIELDS}
        taken = {*plain.values()}
        stages = {name: column for name, column in made.stages.items() if column not in taken}
        made = replace(made, mapping=plain, stages=stages)
    return replace(made, day_first=spec.day_first)


def call_mapping(table: RawTable, spec: FileSpec) -> CallSpec:
    """Say which column is which field of a call."""
    made = call_spec(table, preset=spec.preset, maps=spec.maps)
    if spec.exact:
        made = replace(made, mapping=_exact(table, spec, CALL_FIELDS))
    return replace(made, day_first=spec.day_first)


def fact_mapping(table: RawTable, spec: FileSpec) -> FactSpec:
    """Say which column is which field of facts and plans."""
    made = fact_spec(table, maps=spec.maps, metric=spec.metric)
    if spec.exact:
        made = replace(made, mapping=_exact(table, spec, FACT_FIELDS))
    return replace(made, day_first=spec.day_first)


def _exact(table: RawTable, spec: FileSpec, fields: tuple[str, ...]) -> dict[str, str]:
    chosen = parse_maps(spec.maps, fields, table.columns)
    return {name: columns[-1] for name, columns in chosen.columns.items()}


def _deals(path: Path, table: RawTable, spec: FileSpec, today: date) -> Incoming:
    made = deal_mapping(table, spec, today)
    rows = parse_deals(table, made)
    fields = {*made.mapping, *made.constants}
    told = _told(path, rows, today)
    return Incoming(
        "deals", rows.preset, info(path, table, rows.preset), rows.line, rows.external_id,
        rows.owner, _deal_values(rows), _absent(fields, _DEAL_COLUMNS), rows.read,
        rows.duplicates, tuple(rows.rejected), headers_key(table.columns), spec.remembered(),
        rows.stages, rows.unmapped_stages, Counter(code for _line, code in rows.suspicious),
        told,
    )  # fmt: skip


def _told(path: Path, rows: DealRows, today: date) -> Told:
    """Say when an export was made: after its newest day, and before its file was last written."""
    last = today.isoformat()
    days = {*rows.created, *rows.closed}
    days.update(day for dates in rows.stage_dates.values() for _stage, day in dates)
    since = max((day for day in days if day is not None and day <= last), default=None)
    try:
        written = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    except OSError:  # gone since it was read
        written = today
    newest = date.fromisoformat(since) if since else None
    until = min(today, written)
    return Told(newest, max(until, newest) if newest else until, rows.stage_dates)


_DEAL_COLUMNS = {
    name: name
    for name in ("title", "amount", "created", "closed", "source", "pipeline", "lost_reason")
}
_CALL_COLUMNS = {name: name for name in ("wait", "talk", "rating", "direction")}


def _absent(fields: set[str], columns: Mapping[str, str]) -> frozenset[str]:
    return frozenset(column for column, field in columns.items() if field not in fields)


def _deal_values(rows: DealRows) -> dict[str, list[Any]]:
    return {
        "title": rows.title, "stage": rows.stage, "status": rows.status, "amount": rows.amount,
        "created": rows.created, "closed": rows.closed, "source": rows.source,
        "pipeline": rows.pipeline, "lost_reason": rows.lost_reason,
    }  # fmt: skip


def _calls(path: Path, table: RawTable, spec: FileSpec) -> Incoming:
    rows = parse_calls(table, call_mapping(table, spec))
    return Incoming(
        "calls", rows.preset, info(path, table, rows.preset), rows.line, rows.external_id,
        rows.member, _call_values(rows), frozenset(), rows.read, rows.duplicates,
        tuple(rows.rejected), headers_key(table.columns), spec.remembered(),
    )  # fmt: skip


def _call_values(rows: CallRows) -> dict[str, list[Any]]:
    return {
        "day": rows.day, "at": rows.at, "direction": rows.direction, "answered": rows.answered,
        "wait": rows.wait, "talk": rows.talk, "rating": rows.rating,
    }  # fmt: skip
