"""Files that came in, and what became of them."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row
from ropdesk.store.models.journal import Operation
from ropdesk.store.models.team import Member


class ImportBatch(Row):
    """One import. Its rows carry its id and are undone by it, not by the journal."""

    __tablename__ = "import_batch"

    kind: Mapped[str] = mapped_column(String(10))
    file_name: Mapped[str]
    operation_id: Mapped[int] = mapped_column(ForeignKey(Operation.id))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[str] = mapped_column(String(25))
    who: Mapped[str] = mapped_column(default="")
    preset: Mapped[str] = mapped_column(String(20), default="")
    encoding: Mapped[str] = mapped_column(String(20), default="")
    delimiter: Mapped[str] = mapped_column(String(4), default="")
    spec: Mapped[str] = mapped_column(default="{}")
    read: Mapped[int] = mapped_column(default=0)
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    duplicates: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    rejections: Mapped[str] = mapped_column(default="[]")
    undone: Mapped[bool] = mapped_column(default=False)
    # The operation that took the batch back out of turn, if any.
    undo_operation_id: Mapped[int | None] = mapped_column(ForeignKey(Operation.id), default=None)
    redo_data: Mapped[bytes | None] = mapped_column(LargeBinary, default=None, deferred=True)


class Mapping(Row):
    """How files with these headers were read last time."""

    __tablename__ = "mapping"

    kind: Mapped[str] = mapped_column(String(10))
    headers_key: Mapped[str] = mapped_column(String(64))
    spec: Mapped[str]
    __table_args__ = (UniqueConstraint("kind", "headers_key"),)


class Deal(Row):
    """One deal as its CRM last told it; ``origin`` keeps ids of different CRMs apart."""

    __tablename__ = "deal"

    origin: Mapped[str] = mapped_column(String(20))
    external_id: Mapped[str]
    title: Mapped[str]
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    stage: Mapped[str]
    status: Mapped[str] = mapped_column(String(4))
    amount: Mapped[int | None] = mapped_column(BigInteger)
    created: Mapped[date | None]
    closed: Mapped[date | None]
    source: Mapped[str]
    pipeline: Mapped[str]
    lost_reason: Mapped[str]
    batch_id: Mapped[int] = mapped_column(ForeignKey(ImportBatch.id))
    line: Mapped[int]
    __table_args__ = (
        UniqueConstraint("origin", "external_id"),
        Index(None, "member_id", "closed"),
        Index(None, "member_id", "created"),
        Index(None, "batch_id"),
    )


class Call(Row):
    """One call; ``answered`` is whether somebody talked."""

    __tablename__ = "call"

    origin: Mapped[str] = mapped_column(String(20))
    external_id: Mapped[str]
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    day: Mapped[date]
    at: Mapped[int | None]
    direction: Mapped[str] = mapped_column(String(3))
    answered: Mapped[bool]
    wait: Mapped[int | None]
    talk: Mapped[int | None]
    rating: Mapped[int | None]
    batch_id: Mapped[int] = mapped_column(ForeignKey(ImportBatch.id))
    line: Mapped[int]
    __table_args__ = (
        UniqueConstraint("origin", "external_id"),
        Index(None, "member_id", "day"),
        Index(None, "batch_id"),
    )


class RowChange(Row):
    """What an import changed in a row that was already there: its old and new values as JSON."""

    __tablename__ = "row_change"

    batch_id: Mapped[int] = mapped_column(ForeignKey(ImportBatch.id))
    table_name: Mapped[str] = mapped_column(String(12))
    row_id: Mapped[int]
    before: Mapped[str]
    after: Mapped[str]
    __table_args__ = (Index(None, "batch_id"), Index(None, "table_name", "row_id"))
