"""Investigations, what was found in them, and what the sales head did about signals."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row
from ropdesk.store.models.team import Member


class Investigation(Row):
    """A deviation, or a success: its question, cause, decision, and the numbers afterwards.

    ``kind`` is problem or success; ``source`` is hand, signal or factor, with the signal's key.
    ``state`` is open (facts are gathered), acting (decided, to be measured again) or closed.
    ``verdict`` is empty, helped, partly, not_helped or unclear; ``before_value`` and
    ``after_value`` keep the metric as it stood when the verdict was given, in its stored parts;
    of a flow, in hundredths of a stored part for a working day.
    """

    __tablename__ = "investigation"

    question: Mapped[str]
    metric: Mapped[str] = mapped_column(String(40))
    first: Mapped[date]
    last: Mapped[date]
    opened: Mapped[date]
    kind: Mapped[str] = mapped_column(String(8), default="problem")
    state: Mapped[str] = mapped_column(String(8), default="open")
    source: Mapped[str] = mapped_column(String(8), default="hand")
    source_key: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    cause: Mapped[str] = mapped_column(default="")
    decision: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None] = mapped_column(default=None)
    remeasure_on: Mapped[date | None] = mapped_column(default=None)
    verdict: Mapped[str] = mapped_column(String(12), default="")
    verdict_text: Mapped[str] = mapped_column(default="")
    verdict_on: Mapped[date | None] = mapped_column(default=None)
    before_value: Mapped[int | None] = mapped_column(BigInteger, default=None)
    after_value: Mapped[int | None] = mapped_column(BigInteger, default=None)
    __table_args__ = (Index(None, "state"), Index(None, "source_key"))


class InvestigationMember(Row):
    """Whom an investigation is about; without rows, the department."""

    __tablename__ = "investigation_member"

    investigation_id: Mapped[int] = mapped_column(ForeignKey(Investigation.id, ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id, ondelete="CASCADE"))
    __table_args__ = (UniqueConstraint("investigation_id", "member_id"),)


class Finding(Row):
    """A successful or unsuccessful action somebody found; proven ones make the library."""

    __tablename__ = "finding"

    investigation_id: Mapped[int | None] = mapped_column(
        ForeignKey(Investigation.id, ondelete="SET NULL"), index=True
    )
    text: Mapped[str]
    successful: Mapped[bool]
    noted_on: Mapped[date]
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey(Member.id, ondelete="SET NULL"), default=None
    )
    metric: Mapped[str] = mapped_column(String(40), default="")
    proven: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")


class SignalMark(Row):
    """What became of a signal: dismissed with a reason, or opened as an investigation."""

    __tablename__ = "signal_mark"

    key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(String(10))
    marked_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    investigation_id: Mapped[int | None] = mapped_column(
        ForeignKey(Investigation.id, ondelete="CASCADE"), default=None
    )
