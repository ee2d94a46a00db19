"""The team as far as planning needs it."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row


class Member(Row):
    """One seller. ``nobody`` is the one row that carries what has no owner."""

    __tablename__ = "member"

    name: Mapped[str]
    position: Mapped[str] = mapped_column(default="")
    hired: Mapped[date | None] = mapped_column(default=None)
    left: Mapped[date | None] = mapped_column(default=None)
    deal_limit: Mapped[int | None] = mapped_column(default=None)
    nobody: Mapped[bool] = mapped_column(default=False)
    birthday: Mapped[date | None] = mapped_column(default=None)
    probation_until: Mapped[date | None] = mapped_column(default=None)


class MemberAlias(Row):
    """A name or key under which an export knows a member; ``key`` is its normal form."""

    __tablename__ = "member_alias"

    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id, ondelete="CASCADE"), index=True)
    alias: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)


class RampUp(Row):
    """The share (basis points) of a full norm that a member carries in a month."""

    __tablename__ = "ramp_up"

    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id, ondelete="CASCADE"))
    month: Mapped[date]
    share: Mapped[int]
    __table_args__ = (UniqueConstraint("member_id", "month"),)


class Absence(Row):
    """Days away, both ends included."""

    __tablename__ = "absence"

    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id, ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(12))
    first: Mapped[date]
    last: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (Index(None, "member_id", "first"),)
