"""Daily values, the one table every board, chart and forecast reads; and the own metrics."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row
from ropdesk.store.models.imports import ImportBatch
from ropdesk.store.models.team import Member


class OwnMetric(Row):
    """A metric that the sales head added."""

    __tablename__ = "own_metric"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(8))
    unit: Mapped[str] = mapped_column(String(8))
    better: Mapped[str] = mapped_column(String(8))
    numerator: Mapped[str | None] = mapped_column(String(40), default=None)
    denominator: Mapped[str | None] = mapped_column(String(40), default=None)


class DailyValue(Row):
    """What a member had of a metric on a day, from up to three hands.

    ``entered`` (by hand, with a reason where it overrides) wins over ``imported`` (a file of daily
    values), which wins over ``derived`` (counted from deals or calls). ``value`` is the winner.
    A stock is stored on the days it changes and holds until the next row.
    """

    __tablename__ = "daily_value"

    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id, ondelete="CASCADE"))
    metric: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    derived: Mapped[int | None] = mapped_column(BigInteger, default=None)
    imported: Mapped[int | None] = mapped_column(BigInteger, default=None)
    entered: Mapped[int | None] = mapped_column(BigInteger, default=None)
    reason: Mapped[str] = mapped_column(default="")
    batch_id: Mapped[int | None] = mapped_column(ForeignKey(ImportBatch.id), default=None)
    # Not a generated column: SQLite's covering indexes leave those out, and the board needs one.
    value: Mapped[int] = mapped_column(BigInteger, init=False)
    __table_args__ = (
        UniqueConstraint("member_id", "metric", "day"),
        CheckConstraint("value = coalesce(entered, imported, derived)", name="winner"),
        # The board reads a span of days and needs nothing but these columns: a covering index.
        Index(None, "day", "metric", "member_id", "value"),
        Index("ix_daily_value_level", "metric", "member_id", "day", "value"),
    )

    def __post_init__(self) -> None:
        """Settle the value of a new row."""
        self.settle()

    def settle(self) -> None:
        """Let the winner be the value; call after changing any of the three.

        Raises:
            ValueError: nothing is left to win.
        """
        for candidate in (self.entered, self.imported, self.derived):
            if candidate is not None:
                self.value = candidate
                return
        raise ValueError("a daily value needs a value")
