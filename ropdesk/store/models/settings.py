"""What belongs to the whole workspace and has one value."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row


class Setting(Row):
    """A named value, as JSON text."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    value: Mapped[str]
