"""From the plan to the fact, factor by factor: bars that begin where the one above ended."""

from typing import TYPE_CHECKING

from ropdesk.i18n import _
from ropdesk.reports import fonts
from ropdesk.reports.charts import colour, rectangle, string
from ropdesk.reports.deviation import Deviation
from ropdesk.reports.page import WIDTH
from ropdesk.reports.text import GREY, INK, elide
from ropdesk.reports.values import Style, style_for

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

ROW, BAR = 19.0, 11.0
NAMES, NUMBERS = 168.0, 78.0
DARK, LIGHT = (0.36, 0.38, 0.41), (0.86, 0.87, 0.88)


def waterfall(data: Deviation) -> "Drawing":
    """Draw the factors between base and fact.

    The dashed line is the base. What takes away is dark, what adds is light with an edge, and each
    has its sign: a greyscale copy still reads.
    """
    from reportlab.graphics.shapes import Drawing, Line

    look = deviation_style(data)
    drawing = Drawing(WIDTH, ROW * (len(data.factors) + 2) + 2)
    reach = _reach(data)
    room = WIDTH - NAMES - NUMBERS - 12
    unit = room / max(1, reach[1] - reach[0])
    zero = NAMES + 6 - reach[0] * unit
    base = drawing.height - ROW
    drawing.add(Line(zero, 2, zero, drawing.height - 2, strokeColor=colour(GREY),
                     strokeWidth=0.7, strokeDashArray=[3, 2]))  # fmt: skip
    _words(
        drawing,
        base,
        data.base_name[:1].upper() + data.base_name[1:],
        look.text(data.base, data.scale),
        bold=True,
    )
    reached = 0
    for factor in data.factors:
        base -= ROW
        _bar(drawing, zero + reached * unit, factor.effect * unit, base)
        _words(drawing, base, factor.name, look.text(factor.effect, data.scale, sign=True))
        reached += factor.effect
        x = zero + reached * unit
        drawing.add(Line(x, base - ROW + BAR, x, base + 4, strokeColor=colour(GREY),
                         strokeWidth=0.4))  # fmt: skip
    base -= ROW
    drawing.add(rectangle(min(zero, zero + reached * unit), base + 4, abs(reached) * unit, BAR,
                          INK))  # fmt: skip
    total = look.text(data.fact - data.base, data.scale, sign=True)
    text = f"{look.text(data.fact, data.scale)} ({total})"
    _words(drawing, base, _("Fact"), text, bold=True)
    return drawing


def deviation_style(data: Deviation) -> Style:
    """Return the style the chart writes its values in, for its heading."""
    return style_for(data.unit, data.scale, [data.base, data.fact])


def _reach(data: Deviation) -> tuple[int, int]:
    """Return how far the running sum goes below and above the base."""
    sums = [0]
    for factor in data.factors:
        sums.append(sums[-1] + factor.effect)
    return min(sums), max(sums)


def _bar(drawing: "Drawing", start: float, length: float, base: float) -> None:
    shape = rectangle(
        start + min(length, 0), base + 4, abs(length), BAR, DARK if length < 0 else LIGHT
    )
    if length > 0:
        shape.strokeColor = colour(INK)
        shape.strokeWidth = 0.6
    drawing.add(shape)


def _words(drawing: "Drawing", base: float, name: str, number: str, *, bold: bool = False) -> None:
    face = fonts.FIGURES_BOLD if bold else fonts.FIGURES
    drawing.add(string(0, base + 6.5, elide(name, face, 8.4, NAMES - 6), size=8.4, font=face))
    drawing.add(string(WIDTH, base + 6.5, number, size=8.4, font=fonts.FIGURES_BOLD, anchor="end"))
