"""Paper that was made: comments before printing, and the documents themselves."""

from datetime import date

from sqlalchemy import LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row


class ReportComment(Row):
    """A field of the monthly report that the sales head fills in."""

    __tablename__ = "report_comment"

    month: Mapped[date]
    field: Mapped[str] = mapped_column(String(20))
    text: Mapped[str]
    __table_args__ = (UniqueConstraint("month", "field"),)


class Document(Row):
    """An issued document, kept byte for byte so that a reprint is identical."""

    __tablename__ = "document"

    kind: Mapped[str] = mapped_column(String(20))
    period: Mapped[date]
    title: Mapped[str]
    at: Mapped[str] = mapped_column(String(25))
    sha256: Mapped[str] = mapped_column(String(64))
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
