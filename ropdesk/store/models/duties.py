"""The duties of a sales head: which are theirs, and when each was done."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row
from ropdesk.store.models.team import Member


class Duty(Row):
    """A duty as changed or added by the sales head; a built-in one has no row until then.

    ``rhythm`` is day, week or month; ``state`` is mine, delegated (to ``member_id``, or to
    somebody else named in ``delegate``) or irrelevant. ``start`` is in minutes after midnight.
    """

    __tablename__ = "duty"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    rhythm: Mapped[str] = mapped_column(String(5))
    title: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(String(10), default="mine")
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey(Member.id, ondelete="SET NULL"), default=None
    )
    delegate: Mapped[str] = mapped_column(default="")
    start: Mapped[int | None] = mapped_column(default=None)
    position: Mapped[int] = mapped_column(default=0)


class DutyMark(Row):
    """A duty done in its period: the day, the week's Monday or the month's first day."""

    __tablename__ = "duty_mark"

    code: Mapped[str] = mapped_column(String(40))
    period: Mapped[date]
    done_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (UniqueConstraint("code", "period"),)
