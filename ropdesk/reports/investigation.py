"""One investigation on one page: question, facts, findings, cause, decision, numbers after."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ropdesk.i18n import _, ngettext
from ropdesk.reports.charts import colour, rectangle, string
from ropdesk.reports.investigation_model import InvestigationPaper, NumberBox, Weeks
from ropdesk.reports.page import BODY_BOTTOM, BODY_TOP, WIDTH, build
from ropdesk.reports.tables import Column, Grid, Row, boxes, columns_of, tables
from ropdesk.reports.text import GREY, INK, clip, paragraph

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing
    from reportlab.platypus import Flowable

_ROOM = BODY_TOP - BODY_BOTTOM
# Letters of a paragraph, and rows of a list, that are tried until all fits on the page.
_TRIES = ((2_000, 20), (900, 12), (500, 8), (300, 6), (180, 4), (90, 3), (60, 2), (40, 1))
_CHART_HIGH = 62.0
_TINT = (0.90, 0.905, 0.91)
_BOXES = 5


def investigation(paper: InvestigationPaper) -> bytes:
    """Return an investigation as a PDF of one page; the same paper gives the same bytes.

    What is too long for the page is shortened with an ellipsis, and long lists say how many more
    there are.
    """
    for letters, rows in _TRIES:
        story = _story(paper, letters, rows)
        if _height(story) <= _ROOM:
            break
    return build(paper.head, _story(paper, letters, rows))


def _height(story: "Sequence[Flowable]") -> float:
    """Return how high the story stands on the page."""
    total = 0.0
    for number, each in enumerate(story):
        before = each.getSpaceBefore() if number else 0.0
        total += each.wrap(WIDTH, 10 * _ROOM)[1] + before + each.getSpaceAfter()
    return total


def _story(paper: InvestigationPaper, letters: int, rows: int) -> "list[Flowable]":
    flow: list[Flowable] = [paragraph(clip(paper.question, min(200, 3 * letters)), "title")]
    flow.append(paragraph(clip(paper.about, 300)))
    flow += _facts(paper, letters, rows)
    flow += _findings(paper, letters, rows)
    flow += _texts(_("Notes"), paper.notes, letters)
    left = _texts(_("Cause"), paper.cause, letters)
    right = _texts(_("Decision"), paper.decision, letters)
    if left or right:
        flow += [_gap(6), columns_of(left, right)]
    flow += _actions(paper, letters, rows)
    if paper.measured:
        flow += [paragraph(_("Re-measurement"), "heading"), _boxes(paper.measured)]
    if paper.outcome:
        flow += [_gap(4), paragraph(clip(paper.outcome, letters))]
    return flow


def _facts(paper: InvestigationPaper, letters: int, rows: int) -> "list[Flowable]":
    flow: list[Flowable] = [paragraph(_("Facts"), "heading")]
    if paper.numbers:
        flow.append(_boxes(paper.numbers[:_BOXES]))
        flow += [_gap(3), paragraph(paper.pace, "small")]
    flow.append(paragraph(paper.sentence))
    if paper.weeks is not None:
        flow += [_gap(4), _chart(paper.weeks)]
    deals: list[Flowable] = [paragraph(line) for line in paper.deals]
    if paper.reasons:
        deals += [
            paragraph(_("Why deals were lost (in brackets, the period before)"), "heading"),
            *_lines(paper.reasons, letters, rows),
        ]
    events: list[Flowable] = [
        paragraph(_("Events"), "heading"),
        *_lines(paper.events, letters, rows),
    ]
    if not paper.events:
        events = [paragraph(_("Events"), "heading"), paragraph(_("Nothing else is known."))]
    left: list[Flowable] = [paragraph(_("Deals"), "heading"), *deals] if deals else []
    flow += [_gap(8), columns_of(left or list(events), list(events) if left else [])]
    return flow


def _lines(lines: Sequence[str], letters: int, rows: int) -> "list[Flowable]":
    shown: list[Flowable] = [paragraph(clip(line, min(120, letters))) for line in lines[:rows]]
    if len(lines) > rows:
        left = len(lines) - rows
        shown.append(paragraph(ngettext("and {n} more", "and {n} more", left), "small"))
    return shown


def _findings(paper: InvestigationPaper, letters: int, rows: int) -> "list[Flowable]":
    if not paper.findings:
        return []
    made = [
        Row(
            clip(found.text, letters),
            (
                _("works") if found.successful else _("does not work"),
                clip(found.who, min(60, letters)),
                _("yes") if found.proven else "",
            ),
            clip(found.note, min(60, letters)),
        )
        for found in paper.findings[:rows]
    ]
    grid = Grid(
        _("What is done"),
        (
            Column("", words=True),
            Column(_("Who"), words=True, most=110),
            Column(_("In the library"), words=True),
        ),
        made,
        14.0,
    )
    title = _("Successful and unsuccessful actions")
    return [paragraph(title, "heading"), *tables(grid), *_more(len(paper.findings) - rows)]


def _actions(paper: InvestigationPaper, letters: int, rows: int) -> "list[Flowable]":
    if not paper.actions:
        return []
    made = [
        Row(
            clip(one.title, min(120, letters)),
            (clip(one.who, min(60, letters)), one.when, one.state),
        )
        for one in paper.actions[:rows]
    ]
    grid = Grid(
        _("What is to be done"),
        (
            Column(_("Who"), words=True, most=110),
            Column(_("When"), words=True),
            Column(_("State"), words=True),
        ),
        made,
        14.0,
    )
    heading = paragraph(_("Actions"), "heading")
    return [heading, *tables(grid), *_more(len(paper.actions) - rows)]


def _more(left: int) -> "list[Flowable]":
    if left <= 0:
        return []
    return [paragraph(ngettext("and {n} more", "and {n} more", left), "small")]


def _texts(title: str, text: str, letters: int) -> "list[Flowable]":
    if not text.strip():
        return []
    return [paragraph(title, "heading"), paragraph(clip(text, letters))]


def _boxes(numbers: Sequence[NumberBox]) -> "Flowable":
    return boxes(
        [
            [
                paragraph(number.name, "box-name"),
                paragraph(number.value, "box-value"),
                paragraph(number.note, "box-note"),
            ]
            for number in numbers
        ]
    )


def _gap(height: float) -> "Flowable":
    from reportlab.platypus import Spacer

    return Spacer(0, height)


def _chart(weeks: Weeks) -> "Drawing":
    from reportlab.graphics.shapes import Drawing, Line, PolyLine

    drawing = Drawing(WIDTH, _CHART_HIGH)
    left, right, bottom, top = 2.0, WIDTH - 60.0, 12.0, _CHART_HIGH - 6
    known = [value for value in weeks.values if value is not None]
    highest = float(max([*known, weeks.plan or 0])) or 1.0
    step = (right - left) / max(1, len(weeks.values) - 1)

    def place(number: int, value: float) -> tuple[float, float]:
        return left + number * step, bottom + (top - bottom) * value / highest

    start = left + max(0.0, weeks.tinted[0] - 0.5) * step
    end = min(right, left + (weeks.tinted[1] + 0.5) * step)
    drawing.add(rectangle(start, bottom, max(end - start, 2.0), top - bottom + 4, _TINT))
    drawing.add(Line(left, bottom, right, bottom, strokeColor=colour(GREY), strokeWidth=0.5))
    if weeks.plan is not None:
        _x, y = place(0, float(weeks.plan))
        plan = Line(left, y, right, y, strokeColor=colour(GREY), strokeWidth=0.8)
        plan.strokeDashArray = [3, 2]
        drawing.add(plan)
    run: list[float] = []
    for number, value in enumerate((*weeks.values, None)):
        if value is not None:
            run += place(number, float(value))
        elif run:
            drawing.add(PolyLine(run, strokeColor=colour(INK), strokeWidth=1.4))
            run = []
    drawing.add(string(left, 2, weeks.first, ink=GREY))
    drawing.add(string(right, 2, weeks.last, ink=GREY, anchor="end"))
    last = next((n for n in reversed(range(len(weeks.values))) if weeks.values[n] is not None), 0)
    x, y = place(last, float(weeks.values[last] or 0)) if known else (left, bottom)
    drawing.add(string(x + 4, y - 2, weeks.end))
    return drawing
