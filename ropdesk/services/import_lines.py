"""The line that an import leaves in the list of imports."""

import getpass
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, update

from ropdesk.domain.errors import DomainError
from ropdesk.exchange.table import Rejected
from ropdesk.services import settings
from ropdesk.store.models import ImportBatch
from ropdesk.store.workspace import Operation, now

if TYPE_CHECKING:
    from ropdesk.services.imports import Outcome


def insert_batch(
    operation: Operation, kind: str, outcome: "Outcome", spec: Mapping[str, Any]
) -> int:
    """Write the line of an import in the list of imports; returns its id."""
    file = outcome.file
    result = operation.conn.execute(
        insert(ImportBatch).values(
            kind=kind, file_name=file.name, sha256=file.sha256, size=file.size, at=now(),
            who=_who(operation.conn),
            preset=file.preset, encoding=file.encoding, delimiter=file.delimiter,
            spec=json.dumps(spec, ensure_ascii=False), read=outcome.read, created=outcome.created,
            updated=outcome.updated, unchanged=outcome.unchanged, duplicates=outcome.duplicates,
            rejected=len(outcome.rejected), operation_id=operation.id,
            rejections=_rejections(outcome.rejected),
        )
    )  # fmt: skip
    key = result.inserted_primary_key
    return int(key[0]) if key else 0


def _who(connection: Connection) -> str:
    """Say who imports: the sales head by name, else the person as the computer knows them."""
    name = settings.load(connection).sales_head
    if name:
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a computer may have no name for its user
        return ""


def count_batch(operation: Operation, batch_id: int, outcome: "Outcome") -> None:
    """Write what came of an import into its line of the list."""
    operation.conn.execute(
        update(ImportBatch)
        .where(ImportBatch.id == batch_id)
        .values(
            read=outcome.read, created=outcome.created, updated=outcome.updated,
            unchanged=outcome.unchanged, duplicates=outcome.duplicates,
            rejected=len(outcome.rejected), rejections=_rejections(outcome.rejected),
        )
    )  # fmt: skip


def _rejections(rows: Sequence[Rejected]) -> str:
    return json.dumps([_rejection(each) for each in rows], ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    """Keep a nested error as one, so that it is said in the language of the reader."""
    if isinstance(value, DomainError):
        return {"message": value.message, "fields": value.fields}
    return str(value)


def _rejection(row: Rejected) -> dict[str, Any]:
    return {"line": row.line, "message": row.reason.message, "fields": row.reason.fields}
