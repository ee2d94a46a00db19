"""The week's action plan: single actions, recurring ones, and the week's focus."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row
from ropdesk.store.models.investigations import Investigation
from ropdesk.store.models.team import Member


class ActionSeries(Row):
    """A recurring action; ``weekdays`` are numbers from Monday 0, as in ``0,3``."""

    __tablename__ = "action_series"

    title: Mapped[str]
    weekdays: Mapped[str] = mapped_column(String(13))
    first: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey(Member.id, ondelete="CASCADE"), default=None
    )
    metric: Mapped[str] = mapped_column(String(40), default="")
    expected: Mapped[int | None] = mapped_column(BigInteger, default=None)
    start: Mapped[int | None] = mapped_column(default=None)
    minutes: Mapped[int] = mapped_column(default=30)
    note: Mapped[str] = mapped_column(default="")


class PlannedAction(Row):
    """One action: who (nobody named is the sales head), what for, when, and what became of it.

    ``week`` is the Monday of the week it belongs to, ``day`` is empty until it is put on the grid;
    ``start`` is in minutes after midnight. ``state`` is planned, done or dropped. ``expected`` is
    in the metric's stored parts. A row with ``series_id`` stands for the recurring action's
    occurrence on ``series_day``. ``origin_week`` and ``carried`` tell how often it was put off.
    """

    __tablename__ = "planned_action"

    title: Mapped[str]
    week: Mapped[date] = mapped_column(index=True)
    origin_week: Mapped[date]
    day: Mapped[date | None] = mapped_column(default=None)
    start: Mapped[int | None] = mapped_column(default=None)
    minutes: Mapped[int] = mapped_column(default=30)
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey(Member.id, ondelete="CASCADE"), default=None
    )
    metric: Mapped[str] = mapped_column(String(40), default="")
    expected: Mapped[int | None] = mapped_column(BigInteger, default=None)
    state: Mapped[str] = mapped_column(String(8), default="planned")
    done_on: Mapped[date | None] = mapped_column(default=None)
    result: Mapped[str] = mapped_column(default="")
    carried: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    investigation_id: Mapped[int | None] = mapped_column(
        ForeignKey(Investigation.id, ondelete="SET NULL"), default=None, index=True
    )
    series_id: Mapped[int | None] = mapped_column(
        ForeignKey(ActionSeries.id, ondelete="CASCADE"), default=None
    )
    series_day: Mapped[date | None] = mapped_column(default=None)
    __table_args__ = (
        UniqueConstraint("series_id", "series_day"),
        Index(None, "day"),
        Index(None, "state"),
    )


class WeekNote(Row):
    """What the week is about, in the sales head's own words."""

    __tablename__ = "week_note"

    week: Mapped[date] = mapped_column(unique=True)
    text: Mapped[str]
