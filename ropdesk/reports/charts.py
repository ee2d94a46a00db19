"""Line charts as vectors: running totals of a month. Labels stand at the lines, not in a legend.

Lines differ by dash and weight, never by colour alone, so that a greyscale copy still reads:
fact solid and heavy, plan dashed, forecast dotted with its interval as a light tint.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from ropdesk import i18n
from ropdesk.domain.metrics import Kind
from ropdesk.i18n import _
from ropdesk.reports import fonts
from ropdesk.reports.model import Cumulative, Value
from ropdesk.reports.page import WIDTH
from ropdesk.reports.text import GREY, INK
from ropdesk.reports.values import Style, headline_style, rounded, whole

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing, Rect, String
    from reportlab.lib.colors import Color

LABEL = 7.6
LABEL_STEP = 10.0
LABEL_ROOM = 74.0
FORECAST_ROOM = 122.0
TINT = (0.89, 0.90, 0.91)
PALE = (0.93, 0.935, 0.94)
_NOTHING = 1e-9
_STEPS = (1, 2, 3, 5, 10)


def colour(rgb: tuple[float, float, float]) -> "Color":
    """Return a reportlab colour."""
    from reportlab.lib.colors import Color

    return Color(*rgb)


def string(
    x: float,
    y: float,
    text: str,
    *,
    font: str = fonts.FIGURES,
    size: float = LABEL,
    anchor: Literal["start", "middle", "end"] = "start",
    ink: tuple[float, float, float] = INK,
) -> "String":
    """Return a text of a drawing; characters the font lacks are replaced."""
    from reportlab.graphics.shapes import String

    fonts.register()
    return String(
        x,
        y,
        fonts.safe(text),
        fontName=font,
        fontSize=size,
        textAnchor=anchor,
        fillColor=colour(ink),
    )


def ticks(top: float, parts: int = 4) -> list[float]:
    """Return round values from 0 to at least ``top``, about so many steps apart."""
    if top <= _NOTHING:
        return [0.0, 1.0]
    raw = top / parts
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(s * power for s in _STEPS if s * power >= raw * 0.999)
    count = math.ceil(top / step - 1e-9)
    return [step * n for n in range(count + 1)]


def spread(wanted: Sequence[float], step: float, low: float, high: float) -> list[float]:
    """Move label positions apart to at least ``step``, staying near and, if possible, inside."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = [wanted[i] for i in order]
    for n in range(1, len(placed)):
        placed[n] = max(placed[n], placed[n - 1] + step)
    if placed and placed[-1] > high:
        placed[-1] = high
        for n in range(len(placed) - 2, -1, -1):
            placed[n] = min(placed[n], placed[n + 1] - step)
    if placed and placed[0] < low:
        placed[0] = low
        for n in range(1, len(placed)):
            placed[n] = max(placed[n], placed[n - 1] + step)
    result = [0.0] * len(wanted)
    for position, index in enumerate(order):
        result[index] = placed[position]
    return result


def rectangle(
    x: float, y: float, wide: float, high: float, ink: tuple[float, float, float]
) -> "Rect":
    """Return a filled rectangle without an outline."""
    from reportlab.graphics.shapes import Rect

    shape = Rect(x, y, wide, high)
    shape.fillColor = colour(ink)
    shape.strokeColor = None
    return shape


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where days and values lie on the drawing."""

    left: float
    right: float
    bottom: float
    top: float
    days: int
    ceiling: float

    def x(self, index: int) -> float:
        return self.left + (self.right - self.left) * index / max(self.days - 1, 1)

    def y(self, value: float) -> float:
        return self.bottom + (self.top - self.bottom) * value / self.ceiling


@dataclass(frozen=True, slots=True)
class _Label:
    text: str
    at: float
    bold: bool = False


def cumulative_chart(data: Cumulative, height: float = 150.0) -> "Drawing | None":
    """Draw the running totals of a month; None when there is nothing to draw."""
    from reportlab.graphics.shapes import Drawing

    levels = [s.value for s in data.scenarios]
    largest = [*data.plan, *data.fact, *data.forecast, *data.p90, *levels]
    amounts = [a for v in largest if (a := whole(v, data.scale)) is not None]
    if not amounts or max(amounts) <= 0 or not data.days:
        return None
    look = headline_style(data.unit, data.scale, largest, ratio=False)
    values = ticks(float(max(amounts) / look.divisor))
    labels = [_tick(value, values[1]) for value in values]
    left = max(fonts.width(text, fonts.FIGURES, LABEL) for text in labels) + 8
    right = WIDTH - (FORECAST_ROOM if data.p90 else LABEL_ROOM)
    plot = _Plot(
        left,
        right,
        16.0,
        height - 8,
        len(data.days),
        values[-1],
    )
    drawing = Drawing(WIDTH, height)
    _grid(drawing, plot, values, labels)
    _day_axis(drawing, plot, data)
    _scenario_levels(drawing, plot, data, look)
    ends = _lines(drawing, plot, data, look)
    _end_labels(drawing, plot, ends)
    return drawing


def _tick(value: float, step: float) -> str:
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    return i18n.decimal(rounded(Fraction(value).limit_denominator(10**6), places), places)


def _grid(drawing: "Drawing", plot: _Plot, values: Sequence[float], labels: Sequence[str]) -> None:
    from reportlab.graphics.shapes import Line

    for value, text in zip(values, labels, strict=True):
        y = plot.y(value)
        drawing.add(
            Line(
                plot.left,
                y,
                plot.right,
                y,
                strokeColor=colour(TINT),
                strokeWidth=0.75 if value else 1.0,
            )
        )
        drawing.add(string(plot.left - 5, y - 2.7, text, anchor="end"))


def _day_axis(drawing: "Drawing", plot: _Plot, data: Cumulative) -> None:
    last = len(data.days) - 1
    for index, day in enumerate(data.days):
        shown = index in {0, last} or (day.day % 7 == 0 and last - index >= 2)
        if shown:
            drawing.add(string(plot.x(index), plot.bottom - 11, str(day.day), anchor="middle"))


def _scenario_levels(drawing: "Drawing", plot: _Plot, data: Cumulative, look: Style) -> None:
    """Draw totals of scenarios as thin lines, named on the left where the curves are low."""
    from reportlab.graphics.shapes import Line

    known = [
        (s, float(a / look.divisor))
        for s in data.scenarios
        if (a := whole(s.value, data.scale)) is not None
    ]
    heights = spread([plot.y(v) + 2 for _s, v in known], 8.5, plot.bottom, plot.top + 2)
    for (scenario, value), at in zip(known, heights, strict=True):
        y = plot.y(value)
        drawing.add(Line(plot.left, y, plot.right, y, strokeColor=colour(GREY), strokeWidth=0.3))
        text = f"{scenario.name} {look.text(scenario.value, data.scale)}"
        drawing.add(string(plot.left + 4, at, text, size=6.8, ink=GREY))


def _points(plot: _Plot, series: Sequence[Value], scale: int, look: Style) -> list[float]:
    points: list[float] = []
    for index, value in enumerate(series):
        amount = whole(value, scale)
        if amount is not None:
            points += [plot.x(index), plot.y(max(float(amount / look.divisor), 0.0))]
    return points


def _lines(drawing: "Drawing", plot: _Plot, data: Cumulative, look: Style) -> list[_Label]:
    from reportlab.graphics.shapes import Circle, Polygon, PolyLine

    low = _points(plot, data.p10, data.scale, look)
    high = _points(plot, data.p90, data.scale, look)
    if len(low) >= 4 and len(low) == len(high):
        back = [c for i in range(len(high) - 2, -1, -2) for c in high[i : i + 2]]
        drawing.add(Polygon(low + back, fillColor=colour(TINT), strokeColor=None))
    ends: list[_Label] = []
    for series, name, weight, dash, shade in (
        (data.plan, _("plan"), 1.0, (4.0, 2.5), GREY),
        (data.forecast, _("forecast"), 1.2, (0.8, 2.2), INK),
        (data.fact, _("fact"), 1.7, (), INK),
    ):
        points = _points(plot, series, data.scale, look)
        if len(points) >= 4:
            drawing.add(
                PolyLine(
                    points,
                    strokeColor=colour(shade),
                    strokeWidth=weight,
                    strokeDashArray=dash,
                    strokeLineJoin=1,
                    strokeLineCap=1 if dash and dash[0] < 1 else 0,
                )
            )
        if points:
            last = [v for v in series if v is not None][-1]
            text = f"{name} {look.text(last, data.scale)}"
            if series is data.forecast:
                text += _interval(data, look)
            inside = series is data.fact and points[-2] < plot.right - 1
            if not inside:
                ends.append(_Label(text, points[-1], bold=series is data.fact))
            else:
                _label_inside(drawing, points[-2], points[-1], text)
                drawing.add(
                    Circle(points[-2], points[-1], 2.2, fillColor=colour(INK), strokeColor=None)
                )
    return ends


def _interval(data: Cumulative, look: Style) -> str:
    """Return the 80 % interval of the month's end in brackets, or nothing."""
    if not data.p10 or not data.p90 or data.p10[-1] is None or data.p90[-1] is None:
        return ""
    return f" ({look.text(data.p10[-1], data.scale)}–{look.text(data.p90[-1], data.scale)})"


def _label_inside(drawing: "Drawing", x: float, y: float, text: str) -> None:
    """Name a line that ends before the month does: below right, where rising lines leave room."""
    drawing.add(string(x + 4, y - 9, text, font=fonts.FIGURES_BOLD))


def _end_labels(drawing: "Drawing", plot: _Plot, ends: Sequence[_Label]) -> None:
    heights = spread([e.at - 2.7 for e in ends], LABEL_STEP, plot.bottom - 3, plot.top + 3)
    for end, y in zip(ends, heights, strict=True):
        drawing.add(
            string(
                plot.right + 6, y, end.text, font=fonts.FIGURES_BOLD if end.bold else fonts.FIGURES
            )
        )


def chart_style(data: Cumulative) -> Style:
    """Return the style the chart writes its values in, for its heading."""
    series: Iterable[Value] = (
        *data.plan,
        *data.fact,
        *data.forecast,
        *data.p90,
        *(s.value for s in data.scenarios),
    )
    return headline_style(data.unit, data.scale, series, ratio=False)


def is_level(kind: Kind) -> bool:
    """Whether months of a metric are better joined by a line than drawn as bars."""
    return kind is not Kind.FLOW
