"""Where deals stood and when: dated stages, and the stages' order and norms."""

from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row
from ropdesk.store.models.imports import Deal, ImportBatch


class StageDate(Row):
    """A deal came to a stage on a day.

    ``exact`` is true for a date that the export gave; otherwise the change was seen between two
    imports: no earlier than ``not_before`` and no later than ``day``. Rows belong to the import
    that told. Stages that close a deal have no rows: the deal itself has its closing day.
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


class ExportDay(Row):
    """When an export of deals was made: no earlier than ``told_from``, no later than ``told_on``.

    ``standing`` lists the open deals that it told without a change, so that a stage a deal has
    left is known to have lasted at least until then: ids as compressed JSON, None for none.
    """

    __tablename__ = "export_day"

    batch_id: Mapped[int] = mapped_column(ForeignKey(ImportBatch.id), unique=True)
    told_from: Mapped[date | None]
    told_on: Mapped[date]
    standing: Mapped[bytes | None] = mapped_column(LargeBinary, default=None, deferred=True)
