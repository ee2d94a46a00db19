"""Promises: who, what, by when, how much, and how often the day was moved."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row
from ropdesk.store.models.meetings import Meeting
from ropdesk.store.models.team import Member


class Promise(Row):
    """One promise; nobody named is the sales head.

    ``first`` is the first day whose facts count towards ``amount`` (in the metric's stored
    parts). ``state`` is open as long as the program judges, else what was judged by hand: kept,
    partly, broken, or dropped with its reason in ``result``.
    """

    __tablename__ = "promise"

    text: Mapped[str]
    given: Mapped[date]
    due: Mapped[date] = mapped_column(index=True)
    first: Mapped[date]
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey(Member.id, ondelete="CASCADE"), default=None, index=True
    )
    meeting_id: Mapped[int | None] = mapped_column(
        ForeignKey(Meeting.id, ondelete="SET NULL"), default=None, index=True
    )
    customer: Mapped[str] = mapped_column(default="")
    metric: Mapped[str] = mapped_column(String(40), default="")
    amount: Mapped[int | None] = mapped_column(BigInteger, default=None)
    state: Mapped[str] = mapped_column(String(7), default="open", index=True)
    settled_on: Mapped[date | None] = mapped_column(default=None)
    result: Mapped[str] = mapped_column(default="")


class PromiseMove(Row):
    """A day put off, with the reason."""

    __tablename__ = "promise_move"

    promise_id: Mapped[int] = mapped_column(ForeignKey(Promise.id, ondelete="CASCADE"), index=True)
    moved_on: Mapped[date]
    due_from: Mapped[date]
    due_to: Mapped[date]
    reason: Mapped[str]
