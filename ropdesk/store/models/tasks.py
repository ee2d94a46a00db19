"""Tasks from any place: who, what, by when, again and again."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row
from ropdesk.store.models.team import Member


class Task(Row):
    """One task; nobody named is the sales head.

    ``state`` is open, done or dropped. ``repeat`` is empty, day, week, month, quarter or year:
    finishing such a task makes the next one, which names it as ``previous_id``. ``origin`` says
    where it came from (hand, meeting, investigation, …), ``origin_id`` the record there.
    ``counted_from`` is the day that a repeating task's days are counted from: its 31 comes back
    after February, and a day moved away from a day off moves that time alone.
    """

    __tablename__ = "task"

    title: Mapped[str]
    created: Mapped[date]
    due: Mapped[date | None] = mapped_column(default=None, index=True)
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey(Member.id, ondelete="CASCADE"), default=None, index=True
    )
    state: Mapped[str] = mapped_column(String(7), default="open", index=True)
    done_on: Mapped[date | None] = mapped_column(default=None)
    result: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    repeat: Mapped[str] = mapped_column(String(7), default="")
    counted_from: Mapped[date | None] = mapped_column(default=None)
    origin: Mapped[str] = mapped_column(String(13), default="hand")
    origin_id: Mapped[int | None] = mapped_column(default=None)
    previous_id: Mapped[int | None] = mapped_column(
        ForeignKey("task.id", ondelete="SET NULL"), default=None
    )
