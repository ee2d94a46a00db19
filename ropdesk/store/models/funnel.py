"""Where deals stood and when: dated stages, and the stages' order and norms."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row
from ropdesk.store.models.imports import Deal, ImportBatch


class StageDate(Row):
    """A deal came to a stage on a day.

    ``exact`` is true for a date that the export gave; otherwise the change was seen between two
    imports: after ``not_before`` and no later than ``day``. Rows belong to the import that told.
    """

    __tablename__ = "stage_date"

    deal_id: Mapped[int] = mapped_column(ForeignKey(Deal.id, ondelete="CASCADE"))
    pipeline: Mapped[str]
    stage: Mapped[str]
    day: Mapped[date]
    exact: Mapped[bool]
    batch_id: Mapped[int] = mapped_column(ForeignKey(ImportBatch.id))
    not_before: Mapped[date | None] = mapped_column(default=None)
    __table_args__ = (
        UniqueConstraint("deal_id", "stage", "day"),
        Index(None, "day"),
        Index(None, "batch_id"),
    )


class Stage(Row):
    """A stage's place in its pipeline and the days a deal may stay in it, set by hand."""

    __tablename__ = "stage"

    pipeline: Mapped[str]
    stage: Mapped[str]
    position: Mapped[int]
    norm_days: Mapped[int | None] = mapped_column(default=None)
    __table_args__ = (UniqueConstraint("pipeline", "stage"),)
