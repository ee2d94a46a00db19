"""One page of a promotion: the proposal to be agreed and, afterwards, what it brought."""

from typing import TYPE_CHECKING

from ropdesk.i18n import _
from ropdesk.reports import signatures
from ropdesk.reports.charts import colour, rectangle, string
from ropdesk.reports.page import WIDTH, build
from ropdesk.reports.promotion_model import PromotionPaper
from ropdesk.reports.text import GREY, INK, clip, marked, markup, paragraph

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing, Line
    from reportlab.platypus import Flowable

HEIGHT, FOOT, HEAD = 118.0, 14.0, 6.0
LONGEST = 1_200  # letters of one text: the page stays one page
LABELS = 118.0
_SHADES = {
    "before": (0.62, 0.64, 0.67),
    "between": (0.88, 0.89, 0.90),
    "during": (0.20, 0.22, 0.25),
    "after": (0.80, 0.81, 0.83),
}


def promotion_page(paper: PromotionPaper) -> bytes:
    """Return the page as a PDF; the same paper gives the same bytes."""
    return build(paper.head, _story(paper))


def _story(paper: PromotionPaper) -> "list[Flowable]":
    from reportlab.platypus import KeepTogether, Spacer

    flow: list[Flowable] = [paragraph(clip(paper.title, 160), "title"), paragraph(paper.state)]
    flow.append(Spacer(0, 6))
    flow.append(_facts(paper))
    if paper.result:
        flow.append(paragraph(_("Result"), "heading"))
        flow.append(marked(f"<b>{markup(paper.result)}</b>"))
    if paper.bars:
        flow.append(
            KeepTogether([paragraph(paper.chart_title, "heading"), Spacer(0, 3), _chart(paper)])
        )
    flow += [paragraph(text) for text in paper.details]
    if paper.conclusion:
        flow.append(paragraph(_("Conclusion"), "heading"))
        flow.append(paragraph(clip(paper.conclusion, LONGEST)))
    flow.append(KeepTogether([Spacer(0, 26), signatures.lines(paper.signers)]))
    return flow


def _facts(paper: PromotionPaper) -> "Flowable":
    from reportlab.lib.colors import Color
    from reportlab.platypus import Table

    from ropdesk.reports.text import HAIR

    rows = [
        [paragraph(label, "cell-head"), paragraph(clip(text, LONGEST), "body")]
        for label, text in paper.facts
    ]
    table = Table(rows, colWidths=[LABELS, WIDTH - LABELS], hAlign="LEFT")
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, Color(*HAIR)),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    return table


def _chart(paper: PromotionPaper) -> "Drawing":
    """Draw a bar for each working day; levels differ by dash, parts by shade and by words."""
    from reportlab.graphics.shapes import Drawing

    drawing = Drawing(WIDTH, HEIGHT)
    room = HEIGHT - FOOT - HEAD
    step = WIDTH / len(paper.bars)
    gap = min(1.5, step * 0.15)
    for number, bar in enumerate(paper.bars):
        if bar.height:
            drawing.add(
                rectangle(
                    step * number + gap, FOOT, step - 2 * gap, room * max(0.0, bar.height),
                    _SHADES[bar.part],
                )
            )  # fmt: skip
    for part, level, dash in (
        ("before", paper.levels[0], (4, 2)), ("during", paper.levels[1], (1, 2)),
    ):  # fmt: skip
        _level(drawing, paper, part, level, dash)
    drawing.add(_line(0, FOOT, WIDTH, FOOT))
    for part, text in paper.marks:
        places = [n for n, bar in enumerate(paper.bars) if bar.part == part]
        if places:
            drawing.add(string(step * places[0] + gap, 3, text, ink=GREY))
    return drawing


def _level(
    drawing: "Drawing", paper: PromotionPaper, part: str, level: float | None, dash: tuple[int, int]
) -> None:
    places = [n for n, bar in enumerate(paper.bars) if bar.part == part]
    if level is None or not places:
        return
    step = WIDTH / len(paper.bars)
    y = FOOT + (HEIGHT - FOOT - HEAD) * max(0.0, min(1.04, level))
    drawing.add(_line(step * places[0], y, step * (places[-1] + 1), y, dash))


def _line(
    left: float, bottom: float, right: float, top: float, dash: tuple[int, int] | None = None
) -> "Line":
    from reportlab.graphics.shapes import Line

    line = Line(left, bottom, right, top, strokeColor=colour(INK), strokeWidth=0.6)
    if dash is not None:
        line.strokeWidth, line.strokeDashArray = 1.1, list(dash)
    return line
