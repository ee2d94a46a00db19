"""Operations and the row changes they made: undo, redo and history in one place."""

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Base


class Operation(Base):
    """One thing the sales head did, as it reads in the history.

    ``label`` is an English msgid, ``fields`` its values as JSON; ``at`` is UTC, ISO to the second.
    ``state`` is ``done``, ``undone`` (can be redone) or ``dropped`` (undone, then overwritten),
    or ``noted`` (left a line in the history and nothing to undo).
    """

    __tablename__ = "operation"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]
    fields: Mapped[str] = mapped_column(default="{}")
    at: Mapped[str] = mapped_column(String(25))
    state: Mapped[str] = mapped_column(String(8), default="done")
    __table_args__ = (Index(None, "state"),)


class Change(Base):
    """One row before and after; written by triggers, never by hand."""

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    operation_id: Mapped[int] = mapped_column(ForeignKey(Operation.id, ondelete="CASCADE"))
    table_name: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int] = mapped_column(BigInteger)
    before: Mapped[str | None]
    after: Mapped[str | None]
    __table_args__ = (Index(None, "operation_id"), Index(None, "table_name", "row_id"))
