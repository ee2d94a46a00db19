"""The list of imports: who brought which file when, what came of it, and what it changed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange.presets import PRESETS
from ropdesk.exchange.table import Rejected
from ropdesk.i18n import _, describe
from ropdesk.services import team
from ropdesk.store.models import Deal, ImportBatch
from ropdesk.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import. ``preset`` is the product's name; counts are rows of the file."""

    id: int
    kind: str
    file: str
    sha256: str
    size: int
    at: datetime
    who: str
    preset: str
    encoding: str
    read: int
    created: int
    updated: int
    unchanged: int
    duplicates: int
    rejected: int
    undone: bool


@dataclass(frozen=True, slots=True)
class ClosedChange:
    """What an import changed in a deal of a month that was over.

    Attributes:
        month: first day of the month whose figures it touched, the earliest of them.
        field: ``amount``, ``closed``, ``created``, ``owner`` or ``status``.
        before, after: kopecks, a day, a member's name or a status; None for nothing.
    """

    deal_id: int
    external_id: str
    title: str
    month: date
    field: str
    before: int | date | str | None
    after: int | date | str | None


def imports(ws: Workspace, limit: int = 500) -> list[ImportLine]:
    """Return the imports, newest first."""
    titles = {preset.code: preset.title for preset in PRESETS}
    with ws.read() as connection:
        rows = connection.execute(
            select(ImportBatch.__table__).order_by(ImportBatch.id.desc()).limit(limit)
        )
        return [
            ImportLine(
                row.id, row.kind, row.file_name, row.sha256, row.size,
                datetime.fromisoformat(row.at), row.who, titles.get(row.preset, row.preset),
                row.encoding, row.read, row.created, row.updated, row.unchanged, row.duplicates,
                row.rejected, row.undone,
            )
            for row in rows
        ]  # fmt: skip


def rejections(ws: Workspace, batch_id: int) -> list[Rejected]:
    """Return the refused rows of an import with their reasons, by line."""
    with ws.read() as connection:
        text = connection.scalar(select(ImportBatch.rejections).where(ImportBatch.id == batch_id))
    return [Rejected(each["line"], _error(each)) for each in json.loads(text or "[]")]


def _error(stored: Mapping[str, Any]) -> DomainError:
    fields = {
        name: _error(value) if isinstance(value, dict) and "message" in value else value
        for name, value in stored["fields"].items()
    }
    return DomainError(stored["message"], **fields)


def export_rejected(path: Path, rows: Sequence[Rejected]) -> None:
    """Write refused rows to a workbook, or to CSV where the name ends so.

    Raises:
        DomainError: the place cannot be written to.
    """
    from ropdesk.exchange.xlsx_out import Column, Sheet, write_csv, write_xlsx

    head = (_("Line"), _("Why it was refused"))
    body = [(each.line, describe(each.reason)) for each in rows]
    if path.suffix.casefold() == ".csv":
        write_csv(path, head, body)
    else:
        columns = [Column(head[0], "0", 8), Column(head[1])]
        write_xlsx(path, [Sheet(_("Refused rows"), columns, body)])


def closed_month_changes(ws: Workspace, batch_id: int) -> list[ClosedChange]:
    """Return what an import changed in deals of months that were over when it came in.

    A change counts where it moves a figure of such a month: an amount or a state in the month of
    closing, an owner in the months of creation and closing, a date in both its months.
    """
    with ws.read() as connection:
        at = connection.scalar(select(ImportBatch.at).where(ImportBatch.id == batch_id))
        if at is None:
            return []
        current = datetime.fromisoformat(at).date().replace(day=1)
        names = {m.id: m.name for m in team.load(connection).members.values()}
        found = [
            change
            for row in _changed(connection, batch_id)
            for change in _changes(row, current, names)
        ]
    return sorted(found, key=lambda c: (c.month, c.title.casefold(), c.deal_id, c.field))


def deal_ids(ws: Workspace, batch_id: int, limit: int = 5_000) -> list[int]:
    """Return the deals that an import was the last to write, newest first."""
    with ws.read() as connection:
        return list(
            connection.scalars(
                select(Deal.id)
                .where(Deal.batch_id == batch_id)
                .order_by(Deal.id.desc())
                .limit(limit)
            )
        )


def _changed(connection: Connection, batch_id: int) -> Iterable[Any]:
    return connection.exec_driver_sql(
        "SELECT c.row_id, c.before, c.after, d.external_id, d.title FROM row_change c "
        "JOIN deal d ON d.id = c.row_id WHERE c.batch_id = ? AND c.table_name = 'deal'",
        (batch_id,),
    )


def _changes(row: Any, current: date, names: Mapping[int, str]) -> Iterable[ClosedChange]:
    before, after = json.loads(row.before), json.loads(row.after)
    closing = {_month(each["closed"]) for each in (before, after) if each["status"] != "open"}
    opening = {_month(each["created"]) for each in (before, after)}
    touched = {
        "amount": closing, "closed": closing, "status": closing,
        "created": opening, "member_id": opening | closing,
    }  # fmt: skip
    for column, months in touched.items():
        over = [month for month in months if month is not None and month < current]
        if before[column] == after[column] or not over:
            continue
        yield ClosedChange(
            row.row_id, row.external_id, row.title, min(over),
            "owner" if column == "member_id" else column,
            _value(column, before[column], names), _value(column, after[column], names),
        )  # fmt: skip


def _month(day: str | None) -> date | None:
    return date.fromisoformat(day).replace(day=1) if day else None


def _value(column: str, value: Any, names: Mapping[int, str]) -> int | date | str | None:
    if value is None:
        return None
    if column in {"closed", "created"}:
        return date.fromisoformat(value)
    if column == "member_id":
        return names.get(value, N_("a member who is gone"))
    found: int | str = value
    return found
