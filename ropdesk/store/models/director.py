"""Reports to the director, what was asked for, and what was answered."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row
from ropdesk.store.models.reports import Document


class DirectorReport(Row):
    """The sales head's words for a week (from its Monday) or a month; draft or sent."""

    __tablename__ = "director_report"

    kind: Mapped[str] = mapped_column(String(5))
    start: Mapped[date]
    state: Mapped[str] = mapped_column(String(5), default="draft")
    result: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str] = mapped_column(default="")
    decisions: Mapped[str] = mapped_column(default="")
    sent_on: Mapped[date | None] = mapped_column(default=None)
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey(Document.id, ondelete="SET NULL"), default=None
    )
    __table_args__ = (UniqueConstraint("kind", "start"),)


class DirectorRequest(Row):
    """A request for help; ``state`` is open, promised, declined or done."""

    __tablename__ = "director_request"

    report_id: Mapped[int] = mapped_column(
        ForeignKey(DirectorReport.id, ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    state: Mapped[str] = mapped_column(String(8), default="open")
    needed_by: Mapped[date | None] = mapped_column(default=None)
    answer: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None] = mapped_column(default=None)
    promised_for: Mapped[date | None] = mapped_column(default=None)
    done_on: Mapped[date | None] = mapped_column(default=None)
