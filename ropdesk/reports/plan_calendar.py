"""The month as a calendar on paper: a row a week, the day's plan under its number."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ropdesk import i18n
from ropdesk.reports import fonts
from ropdesk.reports.charts import PALE, colour, string
from ropdesk.reports.model import PlanDay
from ropdesk.reports.page import WIDTH
from ropdesk.reports.text import GREY, HAIR, INK, elide

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

CELL = 38.0
HEAD = 15.0
FIGURE = 8.25
LEAST_FIGURE = 3.5


def calendar_table(days: Sequence[PlanDay], texts: Mapping[date, str]) -> "Drawing":
    """Draw the calendar of the days; ``texts`` are their plans, ready to print.

    Days off are tinted; a note («vacation») stands beside the day's number.
    """
    from reportlab.graphics.shapes import Drawing

    first = days[0].day - timedelta(days=days[0].day.weekday())
    weeks = (days[-1].day - first).days // 7 + 1
    drawing = Drawing(WIDTH, HEAD + CELL * weeks + 2)
    side = WIDTH / 7
    size = _figure_size(texts, side - 10)
    _weekdays(drawing, first, side)
    for day in days:
        place = (day.day - first).days
        left = (place % 7) * side
        bottom = drawing.height - HEAD - CELL * (place // 7 + 1)
        _day(drawing, day, texts.get(day.day, ""), (left, bottom, side, size))
    return drawing


def _figure_size(texts: Mapping[date, str], room: float) -> float:
    widest = max((fonts.width(t, fonts.FIGURES_BOLD, FIGURE) for t in texts.values()), default=0.0)
    return FIGURE if widest <= room else max(FIGURE * room / widest, LEAST_FIGURE)


def _weekdays(drawing: "Drawing", monday: date, side: float) -> None:
    for index in range(7):
        name = i18n.weekday_short(monday + timedelta(days=index))
        drawing.add(string(index * side + 5, drawing.height - 10, name, font=fonts.MEDIUM))


def _day(
    drawing: "Drawing", day: PlanDay, text: str, place: tuple[float, float, float, float]
) -> None:
    from reportlab.graphics.shapes import Rect

    left, bottom, side, size = place
    box = Rect(left, bottom, side, CELL)
    box.fillColor = None if day.working else colour(PALE)
    box.strokeColor = colour(HAIR)
    box.strokeWidth = 0.4
    drawing.add(box)
    ink = INK if day.working else GREY
    right = left + side - 5
    top = bottom + CELL - 10.5
    drawing.add(string(left + 5, top, str(day.day.day), size=7.6, ink=GREY))
    if day.note:
        note = elide(day.note, fonts.REGULAR, 6.8, side - 22)
        drawing.add(string(right, top, note, font=fonts.REGULAR, size=6.8, anchor="end", ink=GREY))
    if text:
        drawing.add(
            string(
                right, bottom + 7, text, font=fonts.FIGURES_BOLD, size=size, anchor="end", ink=ink
            )
        )
