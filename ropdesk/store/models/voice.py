"""The voice of the customer, and tools that were tried."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row
from ropdesk.store.models.imports import Deal
from ropdesk.store.models.team import Member


class Voice(Row):
    """A need, an objection or a refusal that customers name.

    ``kind`` is need, objection or refusal; ``state`` is new, passed (on to the product side),
    accepted, done or declined.
    """

    __tablename__ = "voice"

    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str]
    product: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(String(8), default="new")
    passed_to: Mapped[str] = mapped_column(default="")
    passed_on: Mapped[date | None] = mapped_column(default=None)
    answer: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None] = mapped_column(default=None)


class VoiceMention(Row):
    """One time it was heard: when, where, from whom. Their number is its frequency."""

    __tablename__ = "voice_mention"

    voice_id: Mapped[int] = mapped_column(ForeignKey(Voice.id, ondelete="CASCADE"))
    day: Mapped[date]
    source: Mapped[str] = mapped_column(String(10), default="call")
    customer: Mapped[str] = mapped_column(default="")
    quote: Mapped[str] = mapped_column(default="")
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey(Member.id, ondelete="SET NULL"), default=None
    )
    deal_id: Mapped[int | None] = mapped_column(
        ForeignKey(Deal.id, ondelete="SET NULL"), default=None
    )
    __table_args__ = (Index(None, "voice_id", "day"),)


class ToolTrial(Row):
    """A tool or an automation that was tried; ``state`` is trying, kept or dropped."""

    __tablename__ = "tool_trial"

    title: Mapped[str]
    first: Mapped[date]
    why: Mapped[str] = mapped_column(default="")
    last: Mapped[date | None] = mapped_column(default=None)
    metric: Mapped[str] = mapped_column(String(40), default="")
    cost: Mapped[int | None] = mapped_column(BigInteger, default=None)
    state: Mapped[str] = mapped_column(String(8), default="trying")
    conclusion: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None] = mapped_column(default=None)


class ToolTrialMember(Row):
    """Who tried it; without rows, everybody."""

    __tablename__ = "tool_trial_member"

    tool_trial_id: Mapped[int] = mapped_column(ForeignKey(ToolTrial.id, ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id, ondelete="CASCADE"))
    __table_args__ = (UniqueConstraint("tool_trial_id", "member_id"),)
