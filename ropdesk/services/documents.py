"""Issued paper: kept byte for byte, so that a reprint is the same document."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.store.models import Document, ReportComment
from ropdesk.store.workspace import Workspace, now


@dataclass(frozen=True, slots=True)
class Issued:
    """A line in the list of issued documents."""

    id: int
    kind: str
    period: date
    title: str
    at: datetime
    sha256: str


def issue(ws: Workspace, kind: str, period: date, title: str, pdf: bytes) -> int:
    """Keep a document that was printed or saved; the same bytes are kept once.

    Returns:
        Its id.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    with ws.read() as connection:
        known = connection.scalar(
            select(Document.id).where(Document.sha256 == digest, Document.kind == kind)
        )
    if known is not None:
        return known
    with ws.operation(N_("Issue «{title}»"), title=title) as operation:
        row = Document(kind=kind, period=period, title=title, at=now(), sha256=digest, pdf=pdf)
        operation.session.add(row)
        operation.session.flush()
        return row.id


def issued(ws: Workspace, kind: str | None = None) -> list[Issued]:
    """List issued documents, newest first."""
    query = select(
        Document.id, Document.kind, Document.period, Document.title, Document.at, Document.sha256
    ).order_by(Document.id.desc())
    if kind is not None:
        query = query.where(Document.kind == kind)
    with ws.read() as connection:
        return [
            Issued(r.id, r.kind, r.period, r.title, datetime.fromisoformat(r.at), r.sha256)
            for r in connection.execute(query)
        ]


def pdf(ws: Workspace, document_id: int) -> bytes:
    """Return an issued document as it was.

    Raises:
        DomainError: there is no such document.
    """
    with ws.read() as connection:
        found = connection.scalar(select(Document.pdf).where(Document.id == document_id))
    if found is None:
        raise DomainError(N_("This document is gone. Open the list of documents again."))
    return found


def comments(ws: Workspace, month: date) -> dict[str, str]:
    """Return what the sales head wrote into a month's report, by field."""
    with ws.read() as connection:
        rows = connection.execute(
            select(ReportComment.field, ReportComment.text).where(ReportComment.month == month)
        )
        return dict(rows.all())


def set_comment(ws: Workspace, month: date, field: str, text: str) -> None:
    """Write a field of a month's report; an empty text clears it."""
    with ws.operation(N_("Write in the report of {month}"), month=month.isoformat()) as operation:
        row = operation.session.scalar(
            select(ReportComment).where(ReportComment.month == month, ReportComment.field == field)
        )
        if not text.strip():
            if row is not None:
                operation.session.delete(row)
        elif row is None:
            operation.session.add(ReportComment(month=month, field=field, text=text.strip()))
        else:
            row.text = text.strip()
