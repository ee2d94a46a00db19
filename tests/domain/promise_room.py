"""The meeting in which the promise lines of the tests are said."""

from datetime import date
from pathlib import Path

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.metrics import Kind, Metric, Metrics, Unit
from ropdesk.domain.team import Member
from ropdesk.services.promise_line import Reader

TODAY = date(2026, 11, 17)  # a Tuesday
TEAM = {
    1: Member(1, "Галиев Тимур Рустамович", aliases=("Galiev Timur",)),
    2: Member(2, "Ким Дарья"),
    3: Member(3, "Иванова Мария Петровна"),
    4: Member(4, "Петров Алексей"),
    5: Member(5, "Сидоренко Ольга"),
    6: Member(6, "Гайнутдинова Эльвира"),
    7: Member(7, "Волк Сергей"),
    8: Member(8, "Седых Дмитрий"),
    9: Member(9, "Орлов Никита"),
}
OWN = (
    Metric("meetings", "Встречи", Kind.FLOW, Unit.COUNT, builtin=False),
    Metric("margin", "Маржа", Kind.FLOW, Unit.MONEY, builtin=False),
)


def reader(*more: Member, today: date = TODAY, present: set[int] | None = None) -> Reader:
    """Make a reader of that meeting, with more members if asked."""
    return Reader(
        today,
        [*TEAM.values(), *more],
        Metrics(OWN),
        WorkCalendar(),
        present=present,
        sales_head="Соколова Елена",
        customers=("СтройИнвест", "АгроЛайн", "МедСервис"),
    )


def table(name: str) -> list[list[str]]:
    """Read a table of lines: cells between «|», notes after «#» left out."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [[cell.strip() for cell in row.split("|")] for row in rows]
