"""A month's plan: versions, scenarios, members, days."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row
from ropdesk.store.models.team import Member


class Plan(Row):
    """One version of a month's plan: draft, approved or superseded. Approved never changes."""

    __tablename__ = "plan"

    month: Mapped[date]
    version: Mapped[int]
    status: Mapped[str] = mapped_column(String(10), default="draft")
    reason: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(String(8), default="history")
    approved_by: Mapped[str] = mapped_column(default="")
    approved_on: Mapped[date | None] = mapped_column(default=None)
    __table_args__ = (UniqueConstraint("month", "version"),)


class PlanValue(Row):
    """The plan of a metric for the department (no member) or a member, in one scenario."""

    __tablename__ = "plan_value"

    plan_id: Mapped[int] = mapped_column(ForeignKey(Plan.id, ondelete="CASCADE"))
    scenario: Mapped[str] = mapped_column(String(8))
    metric: Mapped[str] = mapped_column(String(40))
    member_id: Mapped[int | None] = mapped_column(ForeignKey(Member.id, ondelete="CASCADE"))
    value: Mapped[int] = mapped_column(BigInteger)
    locked: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        Index(
            "uq_plan_value_cell",
            "plan_id",
            "scenario",
            "metric",
            text("coalesce(member_id, 0)"),
            unique=True,
        ),
    )


class PlanDay(Row):
    """A day's part of a flow's plan; ``pinned`` parts were set by hand and keep their value."""

    __tablename__ = "plan_day"

    plan_id: Mapped[int] = mapped_column(ForeignKey(Plan.id, ondelete="CASCADE"))
    scenario: Mapped[str] = mapped_column(String(8))
    metric: Mapped[str] = mapped_column(String(40))
    member_id: Mapped[int | None] = mapped_column(ForeignKey(Member.id, ondelete="CASCADE"))
    day: Mapped[date]
    value: Mapped[int] = mapped_column(BigInteger)
    pinned: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        Index(
            "uq_plan_day_cell",
            "plan_id",
            "scenario",
            "metric",
            text("coalesce(member_id, 0)"),
            "day",
            unique=True,
        ),
        Index("ix_plan_day_cover", "plan_id", "scenario", "day", "metric", "member_id", "value"),
    )
