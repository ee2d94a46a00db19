"""Promotions, from the idea to the conclusion."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row
from ropdesk.store.models.team import Member


class Promotion(Row):
    """An offer for a time; ``state`` is idea, proposal, agreed, running or finished.

    Money is in kopecks; ``expected`` is the expected gain in the metric's stored parts.
    """

    __tablename__ = "promotion"

    title: Mapped[str]
    created: Mapped[date]
    state: Mapped[str] = mapped_column(String(8), default="idea")
    offer: Mapped[str] = mapped_column(default="")
    audience: Mapped[str] = mapped_column(default="")
    first: Mapped[date | None] = mapped_column(default=None)
    last: Mapped[date | None] = mapped_column(default=None)
    budget: Mapped[int | None] = mapped_column(BigInteger, default=None)
    spent: Mapped[int | None] = mapped_column(BigInteger, default=None)
    metric: Mapped[str] = mapped_column(String(40), default="receipts")
    expected: Mapped[int | None] = mapped_column(BigInteger, default=None)
    agreed_by: Mapped[str] = mapped_column(default="")
    agreed_on: Mapped[date | None] = mapped_column(default=None)
    conclusion: Mapped[str] = mapped_column(default="")
    concluded_on: Mapped[date | None] = mapped_column(default=None)


class PromotionMember(Row):
    """A member who takes part; without rows, everybody does."""

    __tablename__ = "promotion_member"

    promotion_id: Mapped[int] = mapped_column(ForeignKey(Promotion.id, ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id, ondelete="CASCADE"))
    __table_args__ = (UniqueConstraint("promotion_id", "member_id"),)


class PromotionSource(Row):
    """A source that the promotion works through; without rows, all do."""

    __tablename__ = "promotion_source"

    promotion_id: Mapped[int] = mapped_column(ForeignKey(Promotion.id, ondelete="CASCADE"))
    source: Mapped[str]
    __table_args__ = (UniqueConstraint("promotion_id", "source"),)
