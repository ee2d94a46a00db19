"""Agreements with marketing about leads, what channels cost, and verdicts on single leads."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row
from ropdesk.store.models.imports import Deal


class LeadAgreement(Row):
    """What marketing and sales owe each other for one source in one month.

    ``accepted_share`` is in basis points, ``price_per_lead`` in kopecks, ``first_contact`` in
    minutes, ``attempts`` in hundredths (a mean); the two ``fact_`` fields are typed by hand, since
    exports do not tell them. ``state`` is draft, agreed or closed. ``corrections`` has a line for
    each change after agreeing, ISO day and reason; ``closed_facts`` keeps what the deals told on
    the day of closing: accepted, rejected, disputed, undecided and cost as a JSON list.
    """

    __tablename__ = "lead_agreement"

    month: Mapped[date]
    source: Mapped[str]
    inquiries: Mapped[int | None] = mapped_column(default=None)
    accepted_share: Mapped[int | None] = mapped_column(default=None)
    criteria: Mapped[str] = mapped_column(default="")
    price_per_lead: Mapped[int | None] = mapped_column(BigInteger, default=None)
    first_contact: Mapped[int | None] = mapped_column(default=None)
    attempts: Mapped[int | None] = mapped_column(default=None)
    marketing_owes: Mapped[str] = mapped_column(default="")
    sales_owe: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(String(8), default="draft")
    agreed_on: Mapped[date | None] = mapped_column(default=None)
    marketing_head: Mapped[str] = mapped_column(default="")
    fact_first_contact: Mapped[int | None] = mapped_column(default=None)
    fact_attempts: Mapped[int | None] = mapped_column(default=None)
    conclusion: Mapped[str] = mapped_column(default="")
    corrections: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None] = mapped_column(default=None)
    closed_facts: Mapped[str] = mapped_column(default="")
    __table_args__ = (UniqueConstraint("month", "source"),)


class ChannelCost(Row):
    """What a source cost in a month, kopecks."""

    __tablename__ = "channel_cost"

    month: Mapped[date]
    source: Mapped[str]
    cost: Mapped[int] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (UniqueConstraint("month", "source"),)


class LeadVerdict(Row):
    """Whether a lead counts: accepted, rejected with a reason, or disputed until settled."""

    __tablename__ = "lead_verdict"

    deal_id: Mapped[int] = mapped_column(ForeignKey(Deal.id, ondelete="CASCADE"), unique=True)
    verdict: Mapped[str] = mapped_column(String(8))
    decided_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    disputed_on: Mapped[date | None] = mapped_column(default=None)
    answer: Mapped[str] = mapped_column(default="")
    settled_on: Mapped[date | None] = mapped_column(default=None)


class RejectionReason(Row):
    """A reason of loss that means the lead was never a target one."""

    __tablename__ = "rejection_reason"

    reason: Mapped[str] = mapped_column(unique=True)
