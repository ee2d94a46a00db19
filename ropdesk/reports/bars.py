"""Bar charts as vectors: members against plan, twelve months, the funnel."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ropdesk import i18n
from ropdesk.domain.metrics import Kind
from ropdesk.i18n import _
from ropdesk.reports import fonts
from ropdesk.reports.charts import PALE, TINT, colour, is_level, rectangle, string
from ropdesk.reports.model import Dynamics, FunnelStage, MemberRow, MetricLine, Value
from ropdesk.reports.page import WIDTH
from ropdesk.reports.text import GREY, INK, elide
from ropdesk.reports.values import Style, headline_style, share, style_for, whole

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

BAR = (0.36, 0.38, 0.41)
ROW = 14.0
PER_DRAWING = 10  # rows in one drawing: small blocks fill the pages


def _amount(value: Value, scale: int) -> float:
    amount = whole(value, scale)
    return max(float(amount), 0.0) if amount is not None else 0.0


def member_bars(members: Sequence[MemberRow], code: str) -> "list[Drawing]":
    """Draw fact bars with a mark at the plan, one member a line; several drawings if many."""
    rows = [(m, m.metrics[code]) for m in members if code in m.metrics]
    rows = [(m, line) for m, line in rows if line.fact is not None or line.plan is not None]
    if not rows:
        return []
    first = rows[0][1]
    every = [v for _m, line in rows for v in (line.fact, line.plan)]
    top = max(_amount(v, first.scale) for v in every)
    if top <= 0:
        return []
    look = style_for(first.unit, first.scale, every, ratio=first.kind is Kind.RATIO)
    count = -(-len(rows) // PER_DRAWING)
    size = -(-len(rows) // count)
    return [_member_drawing(rows[i : i + size], top, look) for i in range(0, len(rows), size)]


def _member_drawing(
    rows: Sequence[tuple[MemberRow, MetricLine]], top: float, look: Style
) -> "Drawing":
    from reportlab.graphics.shapes import Drawing, Line

    names, numbers = 128.0, 88.0
    room = WIDTH - names - numbers - 10
    drawing = Drawing(WIDTH, ROW * len(rows))
    for index, (member, line) in enumerate(rows):
        base = drawing.height - ROW * (index + 1)
        length = room * _amount(line.fact, line.scale) / top
        drawing.add(string(0, base + 2.8, elide(member.name, fonts.FIGURES, 8, names - 8), size=8))
        drawing.add(rectangle(names, base + 1.5, room, 7.5, PALE))
        drawing.add(rectangle(names, base + 1.5, length, 7.5, BAR))
        if line.plan is not None:
            x = names + room * _amount(line.plan, line.scale) / top
            drawing.add(
                Line(x, base - 0.7, x, base + 11.2, strokeColor=colour(INK), strokeWidth=1.4)
            )
        right = WIDTH - 34
        drawing.add(
            string(right, base + 2.8, look.text(line.fact, line.scale), size=8, anchor="end")
        )
        if line.completion is not None:
            drawing.add(
                string(
                    WIDTH,
                    base + 2.8,
                    share(line.completion),
                    size=8,
                    anchor="end",
                    font=fonts.FIGURES_BOLD,
                )
            )
    return drawing


def dynamics_chart(data: Dynamics, height: float = 92.0) -> "Drawing | None":
    """Draw up to twelve months: bars (a line for levels and ratios), plan as dashes above."""
    from reportlab.graphics.shapes import Drawing

    every = [v for p in data.points for v in (p.fact, p.plan)]
    top = max((_amount(v, data.scale) for v in every), default=0.0)
    if top <= 0:
        return None
    look = dynamics_style(data)
    drawing = Drawing(WIDTH, height)
    bottom, ceiling = 13.0, height - 13
    low = _floor(data, top)
    slot = (WIDTH - 2) / max(len(data.points), 1)
    line = is_level(data.kind)

    def height_of(value: Value) -> float | None:
        if value is None:
            return None
        return bottom + (ceiling - bottom) * (_amount(value, data.scale) - low) / (top - low)

    heights = [height_of(p.fact) for p in data.points]
    marks = [height_of(p.plan) for p in data.points]
    _month_axis(drawing, data, slot, bottom)
    (_month_line if line else _month_bars)(drawing, heights, slot, bottom)
    _month_plans(drawing, marks, slot)
    for index, point in enumerate(data.points):
        middle = slot * (index + 0.5)
        at = heights[index]
        if at is None:
            drawing.add(string(middle, bottom + 4, "—", anchor="middle", ink=GREY))
            continue
        plan = marks[index]
        blocked = plan is not None and at <= plan < at + 9.5
        y = (plan if blocked and plan is not None else at) + 3.2
        last = index == len(data.points) - 1
        drawing.add(
            string(
                middle,
                y,
                look.text(point.fact, data.scale),
                size=7.2,
                anchor="middle",
                font=fonts.FIGURES_BOLD if last else fonts.FIGURES,
            )
        )
    return drawing


def _floor(data: Dynamics, top: float) -> float:
    """Return the value at the foot: zero under bars; nearer to a line, whose shape matters."""
    if not is_level(data.kind):
        return 0.0
    least = min(
        _amount(v, data.scale) for p in data.points for v in (p.fact, p.plan) if v is not None
    )
    return max(0.0, least - max(top - least, top * 0.08) * 1.5)


def dynamics_style(data: Dynamics) -> Style:
    """Return the style of the chart's values, for its heading."""
    values = [v for p in data.points for v in (p.fact, p.plan)]
    if data.kind is Kind.RATIO:
        return style_for(data.unit, data.scale, values, ratio=True)
    return headline_style(data.unit, data.scale, values, ratio=False)


def _month_axis(drawing: "Drawing", data: Dynamics, slot: float, bottom: float) -> None:
    from reportlab.graphics.shapes import Line

    drawing.add(Line(0, bottom, WIDTH, bottom, strokeColor=colour(GREY), strokeWidth=0.5))
    for index, point in enumerate(data.points):
        new_year = index == 0 or point.month.month == 1
        name = i18n.month_short(point.month)
        text = f"{name} {point.month.year}" if new_year else name
        drawing.add(string(slot * (index + 0.5), bottom - 10, text, anchor="middle", size=7.2))


def _month_bars(
    drawing: "Drawing", heights: Sequence[float | None], slot: float, bottom: float
) -> None:
    for index, at in enumerate(heights):
        if at is not None:
            wide = min(slot * 0.56, 30.0)
            last = index == len(heights) - 1
            drawing.add(
                rectangle(
                    slot * (index + 0.5) - wide / 2,
                    bottom,
                    wide,
                    at - bottom,
                    BAR if last else (0.70, 0.72, 0.74),
                )
            )


def _month_line(
    drawing: "Drawing", heights: Sequence[float | None], slot: float, _bottom: float
) -> None:
    from reportlab.graphics.shapes import Circle, PolyLine

    run: list[float] = []
    for index, at in enumerate([*heights, None]):
        if at is not None:
            run += [slot * (index + 0.5), at]
            continue
        if len(run) >= 4:
            drawing.add(PolyLine(run, strokeColor=colour(INK), strokeWidth=1.3, strokeLineJoin=1))
        for n in range(0, len(run), 2):
            drawing.add(Circle(run[n], run[n + 1], 1.8, fillColor=colour(INK), strokeColor=None))
        run = []


def _month_plans(drawing: "Drawing", marks: Sequence[float | None], slot: float) -> None:
    from reportlab.graphics.shapes import Line

    for index, at in enumerate(marks):
        if at is not None:
            middle, half = slot * (index + 0.5), min(slot * 0.44, 21.0)
            drawing.add(
                Line(
                    middle - half,
                    at,
                    middle + half,
                    at,
                    strokeColor=colour(INK),
                    strokeWidth=1.0,
                    strokeDashArray=[3, 1.5],
                )
            )


def funnel_chart(stages: Sequence[FunnelStage]) -> "Drawing | None":
    """Draw the steps of the funnel that are counted in pieces, with conversions between them."""
    from reportlab.graphics.shapes import Drawing, Line

    counted = [s for s in stages if s.unit is stages[0].unit]
    top = max((_amount(v, s.scale) for s in counted for v in (s.fact, s.plan)), default=0.0)
    if top <= 0:
        return None
    names, step, thick = 108.0, 33.0, 15.0
    room = WIDTH - names - 120
    drawing = Drawing(WIDTH, step * len(counted))
    for index, stage in enumerate(counted):
        base = drawing.height - step * index - thick - 3
        length = room * _amount(stage.fact, stage.scale) / top
        drawing.add(string(0, base + 4.5, elide(stage.name, fonts.REGULAR, 9, names - 8), size=9))
        drawing.add(rectangle(names, base, length, thick, BAR))
        look = style_for(stage.unit, stage.scale, [stage.fact, stage.plan])
        text = look.text(stage.fact, stage.scale)
        label = names + length + 6
        if stage.plan is not None:
            x = names + room * _amount(stage.plan, stage.scale) / top
            drawing.add(
                Line(x, base - 3, x, base + thick + 3, strokeColor=colour(INK), strokeWidth=1.4)
            )
            label = max(label, x + 6)
        drawing.add(string(label, base + 4.5, text, size=9, font=fonts.FIGURES_BOLD))
        if stage.plan is not None:
            shift = fonts.width(text, fonts.FIGURES_BOLD, 9) + 6
            plan = _("plan") + f" {look.text(stage.plan, stage.scale)}"
            drawing.add(string(label + shift, base + 4.5, plan, size=8, ink=GREY))
        if index and stage.conversion is not None:
            drawing.add(
                Line(
                    names,
                    base + thick + 3,
                    names,
                    base + step - 3,
                    strokeColor=colour(TINT),
                    strokeWidth=0.5,
                )
            )
            drawing.add(string(names + 5, base + thick + 6, _conversion(stage), size=7.6, ink=GREY))
    return drawing


def _conversion(stage: FunnelStage) -> str:
    if stage.conversion_plan is None:
        return _("conversion {share}", share=share(stage.conversion, 1))
    return _(
        "conversion {share}, plan {plan}",
        share=share(stage.conversion, 1),
        plan=share(stage.conversion_plan, 1),
    )
