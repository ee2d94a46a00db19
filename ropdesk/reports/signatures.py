"""Lines to sign on: the role above a rule, wide enough for a signature, a name and a date."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ropdesk.reports import fonts
from ropdesk.reports.page import MARGIN, WIDTH
from ropdesk.reports.text import INK, elide

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing
    from reportlab.pdfgen.canvas import Canvas

GAP = 22.0
PER_ROW = 3
ROW = 34.0
SIZE = 8.25


def draw_at_foot(canvas: "Canvas", roles: Sequence[str], bottom: float = 61.0) -> None:
    """Draw up to three lines side by side at the foot of a page."""
    room = _room(len(roles))
    canvas.saveState()
    canvas.setStrokeColorRGB(*INK)
    canvas.setFillColorRGB(*INK)
    canvas.setLineWidth(0.75)
    canvas.setFont(fonts.REGULAR, SIZE)
    for index, role in enumerate(roles):
        left = MARGIN + index * (room + GAP)
        canvas.line(left, bottom, left + room, bottom)
        canvas.drawString(left, bottom + 3.5, elide(role, fonts.REGULAR, SIZE, room * 0.86))
    canvas.restoreState()


def lines(roles: Sequence[str]) -> "Drawing":
    """Return signature lines as a block of the text, three in a row."""
    from reportlab.graphics.shapes import Drawing, Line, String
    from reportlab.lib.colors import Color

    rows = [roles[i : i + PER_ROW] for i in range(0, len(roles), PER_ROW)]
    drawing = Drawing(WIDTH, ROW * max(len(rows), 1))
    ink = Color(*INK)
    room = _room(min(len(roles), PER_ROW))
    for number, row in enumerate(rows):
        base = drawing.height - ROW * (number + 1) + 4
        for index, role in enumerate(row):
            left = index * (room + GAP)
            drawing.add(Line(left, base, left + room, base, strokeColor=ink, strokeWidth=0.75))
            name = elide(role, fonts.REGULAR, SIZE, room * 0.86)
            drawing.add(
                String(left, base + 3.5, name, fontName=fonts.REGULAR, fontSize=SIZE, fillColor=ink)
            )
    return drawing


def _room(count: int) -> float:
    shown = max(count, 1)
    return (WIDTH - GAP * (max(shown, 2) - 1)) / max(shown, 2)
