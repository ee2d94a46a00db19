"""Days that the sales head changed in the production calendar."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row


class CalendarDay(Row):
    """A day whose kind differs from the law's: workday, shortened or day_off."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(default="")
