"""The report to the director: one page to decide on, and the numbers behind it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ropdesk import i18n
from ropdesk.domain.metrics import Kind
from ropdesk.i18n import _
from ropdesk.reports import signatures
from ropdesk.reports.charts import chart_style, cumulative_chart
from ropdesk.reports.director_model import DirectorPaper, RequestLine
from ropdesk.reports.model import MetricLine
from ropdesk.reports.page import build
from ropdesk.reports.reasons_model import CaseLine
from ropdesk.reports.summary import (
    CHART_HEADING,
    CHART_LEAST,
    CHART_MOST,
    SUMMARY_HEIGHT,
    height,
    subject_grid,
)
from ropdesk.reports.tables import Column, Grid, Row, boxes, tables
from ropdesk.reports.text import NBSP, clip, marked, markup, paragraph
from ropdesk.reports.values import share_number, style_for
from ropdesk.reports.wording import line_style

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable

MOST_BOXES = 4
LONGEST = 160


def director_report(paper: DirectorPaper) -> bytes:
    """Return the report as a PDF; the same paper gives the same bytes."""

    def sign(canvas: "Canvas") -> None:
        signatures.draw_at_foot(canvas, paper.signers)

    return build(paper.head, _story(paper), first_page=sign if paper.signers else None)


def _story(paper: DirectorPaper) -> "list[Flowable]":
    from reportlab.platypus import Spacer

    flow: list[Flowable] = [paragraph(_title(paper), "title")]
    cells = [_box(line) for line in paper.headline[:MOST_BOXES] if line.fact is not None]
    if cells:
        flow.append(boxes(cells))
    if paper.month:
        flow += [Spacer(0, 5), paragraph("; ".join(paper.month) + ".", "small")]
    for title, text in (
        (_("Result"), paper.result),
        (_("Why"), paper.reasons),
        (_("Decisions"), paper.decisions),
    ):
        words = markup(text) if text.strip() else markup(_("Nothing was written down."))
        flow += [paragraph(title, "heading"), marked(words)]
    flow += _requests(_("Requests for help"), paper.requests)
    flow += _requests(_("Still waiting from earlier reports"), paper.followed)
    return [*flow, *_chart(paper, SUMMARY_HEIGHT - height(flow)), *_appendix(paper)]


def _chart(paper: DirectorPaper, room: float) -> "list[Flowable]":
    """Give the rest of the page to the chart, where the words leave enough."""
    data = paper.cumulative
    if data is None or room < CHART_HEADING + CHART_LEAST:
        return []
    drawing = cumulative_chart(data, min(room - CHART_HEADING, CHART_MOST))
    if drawing is None:
        return []
    title = _("{name}, running total", name=data.name)
    return [paragraph(chart_style(data).heading(title), "heading"), drawing]


def _title(paper: DirectorPaper) -> str:
    if not paper.weekly:
        return _("Report for {month}", month=i18n.month_name(paper.start))
    return _(
        "Week of {start}–{end}",
        start=i18n.day_month(paper.start), end=i18n.long_date(paper.end),
    )  # fmt: skip


def _box(line: MetricLine) -> "list[Flowable]":
    look = line_style(line)
    measure = line.plan if line.plan_to_date is None else line.plan_to_date
    notes = []
    if measure is not None:
        notes.append(_("plan {value}", value=look.alone(measure, line.scale)))
    if line.completion is not None:
        notes.append(f"{share_number(line.completion)}{NBSP}%")
    return [
        paragraph(clip(line.name, LONGEST), "box-name"),
        paragraph(look.alone(line.fact, line.scale), "box-value"),
        paragraph(" · ".join(note.replace(" ", NBSP) for note in notes) or _("no plan"),
                  "box-note"),
    ]  # fmt: skip


def _requests(title: str, lines: Sequence[RequestLine]) -> "list[Flowable]":
    if not lines:
        return []
    columns = [
        Column(_("By when"), words=True),
        Column(_("State"), words=True),
        Column(_("The director's answer"), words=True),
    ]
    rows = [Row(line.text, [line.due, line.state, line.answer]) for line in lines]
    grid = Grid(_("What is asked for"), columns, rows)
    return [paragraph(title, "table-heading"), *tables(grid)]


def _appendix(paper: DirectorPaper) -> "list[Flowable]":
    from reportlab.platypus import PageBreak

    parts = [*_department(paper), *_factors(paper), *_members(paper), *_actions(paper)]
    parts += _cases(paper.cases)
    if not parts:
        return []
    return [PageBreak(), paragraph(_("Appendix: the numbers behind it"), "title"), *parts]


def _department(paper: DirectorPaper) -> "list[Flowable]":
    lines = [line for line in paper.department if line.fact is not None or line.plan is not None]
    if not lines:
        return []
    columns = [Column(_("Fact")), Column(_("Plan to date")), Column(_("Completion, %")),
               Column(_("Deviation"))]  # fmt: skip
    rows = []
    for line in lines:
        measure = line.plan if line.plan_to_date is None else line.plan_to_date
        look = style_for(line.unit, line.scale, (line.fact, measure), exact=True,
                         ratio=line.kind is Kind.RATIO)  # fmt: skip
        apart = None if line.fact is None or measure is None else line.fact - measure
        rows.append(
            Row(
                look.heading(line.name),
                [
                    look.text(line.fact, line.scale),
                    look.text(measure, line.scale),
                    share_number(line.completion),
                    look.text(apart, line.scale, sign=True),
                ],
            )
        )
    title = paragraph(_("Department: plan and fact"), "table-heading")
    return [title, *tables(Grid(_("Metric"), columns, rows))]


def _factors(paper: DirectorPaper) -> "list[Flowable]":
    if not paper.factors or not paper.department:
        return []
    money = paper.department[0]
    look = style_for(money.unit, money.scale, [f.effect for f in paper.factors])
    rows = [Row(f.name, [look.text(f.effect, money.scale, sign=True)]) for f in paper.factors]
    total = sum(f.effect for f in paper.factors)
    rows.append(Row(_("Deviation"), [look.text(total, money.scale, sign=True)], total=True))
    grid = Grid(_("Factor"), [Column(look.heading(_("Effect on {name}", name=money.name)))], rows)
    return [paragraph(_("What the deviation is made of"), "table-heading"), *tables(grid)]


def _members(paper: DirectorPaper) -> "list[Flowable]":
    codes = [c for c in paper.member_metrics if any(c in m.metrics for m in paper.members)]
    if not paper.members or not codes:
        return []
    total = {line.code: line for line in paper.department}
    subjects = [(m.name, m.note, m.metrics) for m in paper.members]
    grid = subject_grid(
        _("Manager"), [*subjects, (_("Department"), "", total)], codes, plans_of=codes[:1],
        to_date=True,
    )  # fmt: skip
    return [paragraph(_("By manager"), "table-heading"), *tables(grid)]


def _actions(paper: DirectorPaper) -> "list[Flowable]":
    if not paper.actions:
        return []
    columns = [Column(_("Who"), words=True), Column(_("State"), words=True)]
    rows = [Row(action.title, [action.who, action.state]) for action in paper.actions]
    grid = Grid(_("Action"), columns, rows)
    return [paragraph(_("Actions of the period"), "table-heading"), *tables(grid)]


def _cases(cases: Sequence[CaseLine]) -> "list[Flowable]":
    if not cases:
        return []
    columns = [Column(_("State"), words=True), Column(_("Decision"), words=True)]
    rows = [Row(case.question, [case.state, clip(case.decision, LONGEST)]) for case in cases]
    grid = Grid(_("Investigation"), columns, rows)
    return [paragraph(_("Investigations"), "table-heading"), *tables(grid)]
