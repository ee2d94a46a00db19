"""The monthly report: a page to be read in a minute, then the figures behind it."""

from typing import TYPE_CHECKING

from ropdesk import i18n
from ropdesk.domain.metrics import Kind
from ropdesk.i18n import _
from ropdesk.reports import signatures, wording
from ropdesk.reports.bars import dynamics_chart, dynamics_style, funnel_chart, member_bars
from ropdesk.reports.deviation import Deviation, FactorRow
from ropdesk.reports.doings import doings
from ropdesk.reports.model import FunnelStage, MetricLine, MonthlyReport
from ropdesk.reports.page import WIDTH, build
from ropdesk.reports.summary import member_codes, member_grid, subject_grid, summary
from ropdesk.reports.tables import HEADING_ROOM, Column, Grid, Row, room_for, tables, titled
from ropdesk.reports.text import HAIR, paragraph
from ropdesk.reports.values import (
    UNKNOWN,
    Style,
    change_text,
    share_number,
    style_for,
)
from ropdesk.reports.waterfall import deviation_style, waterfall

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable

SECTION_ROOM = 130.0  # a section begins on the next page when less is left
RULED_LINES = 4
DEVIATION_ROOM = 80.0  # heading and sentence above the waterfall


def monthly_report(report: MonthlyReport) -> bytes:
    """Return the monthly report as a PDF; the same report always gives the same bytes."""
    signers = report.signers or (_("Head of sales"), _("Director"))

    def sign(canvas: "Canvas") -> None:
        signatures.draw_at_foot(canvas, signers[:3])

    return build(report.head, story(report), first_page=sign)


def story(report: MonthlyReport) -> "list[Flowable]":
    """Return the report's flowables, for measuring and for assembling other documents."""
    from reportlab.platypus import PageBreak

    return [
        *summary(report),
        PageBreak(),
        *_department(report),
        *_deviation(report),
        *_members(report),
        *_weeks(report),
        *_funnel(report),
        *_dynamics(report),
        *doings(report.doings),
        *_comments(report),
        *_data(report),
    ]


def _section(title: str, grid: Grid | None = None) -> "list[Flowable]":
    """Return a section's heading, and the table it opens with, on one page if it is short."""
    from reportlab.platypus import CondPageBreak

    heading = paragraph(title, "section")
    if grid is None:
        return [CondPageBreak(SECTION_ROOM), heading]
    return [CondPageBreak(max(SECTION_ROOM, room_for(grid) + HEADING_ROOM)), heading, *tables(grid)]


def _department(report: MonthlyReport) -> "list[Flowable]":
    flow: list[Flowable] = [paragraph(_("Department: plan and fact"), "section")]
    flow.append(paragraph(f"{wording.plan_line(report)} {wording.days_line(report)}", "small"))
    if not report.department:
        return [*flow, paragraph(_("There is no data for this month."))]
    columns, rows = _department_table(report)
    return [*flow, *tables(Grid(_("Metric"), columns, rows))]


def _department_table(report: MonthlyReport) -> tuple[list[Column], list[Row]]:
    lines = report.department
    planned = any(line.plan is not None for line in lines)
    running = not report.finished
    columns = [Column(_("Fact"))]
    if planned:
        columns.append(Column(_("Plan")))
        if running:
            columns.append(Column(_("Plan to date")))
        columns += [Column(_("Completion, %")), Column(_("Deviation"))]
    forecast = running and any(line.forecast is not None for line in lines)
    if forecast:
        columns.append(Column(_("Forecast (80 %)")))
    month_before = any(line.previous is not None for line in lines)
    if month_before:
        columns += [Column(_("Previous month")), Column(_("Change"), tied=True)]
    year_before = any(line.last_year is not None for line in lines)
    if year_before:
        columns += [Column(_("A year ago")), Column(_("Change"), tied=True)]
    rows = []
    for line in lines:
        look = _exact(line)
        cells = [look.text(line.fact, line.scale)]
        if planned:
            cells += _plan_cells(line, look, running=running)
        if forecast:
            cells.append(_forecast(line, look))
        if month_before:
            cells += [look.text(line.previous, line.scale), change_text(line.change, line.unit)]
        if year_before:
            cells += [
                look.text(line.last_year, line.scale),
                change_text(line.change_last_year, line.unit),
            ]
        rows.append(Row(look.heading(line.name), cells))
    return columns, rows


def _exact(line: MetricLine) -> Style:
    values = (line.fact, line.plan, line.plan_to_date, line.previous, line.last_year)
    ratio = line.kind is Kind.RATIO
    return style_for(line.unit, line.scale, values, exact=True, ratio=ratio)


def _plan_cells(line: MetricLine, look: Style, *, running: bool) -> list[str]:
    cells = [look.text(line.plan, line.scale)]
    if running:
        cells.append(look.text(line.plan_to_date, line.scale))
    return [*cells, share_number(line.completion), look.text(line.deviation, line.scale, sign=True)]


def _forecast(line: MetricLine, look: Style) -> str:
    known = line.forecast
    if known is None:
        return UNKNOWN
    whole_look = Style(look.divisor, min(look.places, 1), look.suffix)
    p10, p50, p90 = (whole_look.text(v, line.scale) for v in (known.p10, known.p50, known.p90))
    return f"{p50} ({p10}–{p90})"


def _deviation(report: MonthlyReport) -> "list[Flowable]":
    from reportlab.platypus import CondPageBreak, Spacer

    data = report.deviation
    if data is None:
        return []
    drawing = waterfall(data)
    title = deviation_style(data).heading(_("Why receipts differ"))
    flow: list[Flowable] = [
        CondPageBreak(drawing.height + DEVIATION_ROOM),
        paragraph(title, "section"),
        paragraph(data.sentence),
        Spacer(0, 4),
        drawing,
    ]
    if not data.rows:
        return flow
    rows = [_effects(data, row) for row in data.rows]
    grid = Grid(
        _("Manager"),
        [Column(_("Deviation")), *(Column(name) for name in data.columns)],
        [*rows, _effects(data, data.total, total=True)],
    )
    return [*flow, *titled(_style(data).heading(_("What each factor brought")), grid)]


def _style(data: Deviation) -> Style:
    """Return one style for all the effects of the members' table."""
    rows = (*data.rows, data.total)
    return style_for(data.unit, data.scale, [v for row in rows for v in (row.effects or ())])


def _effects(data: Deviation, row: FactorRow, *, total: bool = False) -> Row:
    look = _style(data)
    effects: tuple[int | None, ...] = row.effects or (None,) * len(data.columns)
    cells = [look.text(value, data.scale, sign=True) for value in (row.deviation, *effects)]
    return Row(row.name, cells, note=row.note, total=total)


def _members(report: MonthlyReport) -> "list[Flowable]":
    from reportlab.platypus import KeepTogether

    codes = member_codes(report)
    if not report.members or not codes:
        return [*_section(_("By manager")), paragraph(_("No figures by manager."))]
    grid = member_grid(report, report.members, codes, plans_of=codes)
    flow = _section(_("By manager"), grid)
    for code in codes[:2]:
        drawings = member_bars(report.members, code)
        if drawings:
            sample = next(m.metrics[code] for m in report.members if code in m.metrics)
            heading = paragraph(_bars_heading(report, sample, code), "heading")
            flow.append(KeepTogether([heading, drawings[0]]))
            flow += drawings[1:]
    return flow


def _bars_heading(report: MonthlyReport, sample: MetricLine, code: str) -> str:
    values = [
        v
        for m in report.members
        if code in m.metrics
        for v in (m.metrics[code].fact, m.metrics[code].plan)
    ]
    look = style_for(sample.unit, sample.scale, values, ratio=sample.kind is Kind.RATIO)
    name = look.heading(sample.name)
    planned = any(m.metrics[code].plan is not None for m in report.members if code in m.metrics)
    return _("{name}: bar is fact, mark is plan", name=name) if planned else name


def _weeks(report: MonthlyReport) -> "list[Flowable]":
    total = {line.code: line for line in report.department}
    subjects = [
        (f"{i18n.day_month(week.start)}–{i18n.day_month(week.end)}", "", week.metrics)
        for week in report.weeks
    ]
    codes = [
        line.code
        for line in report.department
        if any(line.code in week.metrics for week in report.weeks)
    ]
    if not codes:
        return [*_section(_("By week")), paragraph(_("No figures by week."))]
    grid = subject_grid(_("Week"), [*subjects, (_("Month"), "", total)], codes, plans_of=codes)
    return _section(_("By week"), grid)


def _funnel(report: MonthlyReport) -> "list[Flowable]":
    from reportlab.platypus import Spacer

    if not report.funnel:
        return []
    flow = _section(_("Funnel"))
    drawing = funnel_chart(report.funnel)
    if drawing is not None:
        flow += [drawing, Spacer(0, 6)]
    planned = any(s.plan is not None for s in report.funnel)
    before = any(s.previous is not None for s in report.funnel)
    columns = [Column(_("Fact"))]
    columns += [Column(_("Plan"))] if planned else []
    columns += [Column(_("Previous month"))] if before else []
    columns.append(Column(_("Conversion, %")))
    columns += [Column(_("Planned conversion, %"))] if planned else []
    columns += [Column(_("Previous conversion, %"))] if before else []
    rows = [_funnel_row(stage, planned=planned, before=before) for stage in report.funnel]
    return [*flow, *tables(Grid(_("Step"), columns, rows))]


def _funnel_row(stage: FunnelStage, *, planned: bool, before: bool) -> Row:
    look = style_for(stage.unit, stage.scale, (stage.fact, stage.plan, stage.previous), exact=True)
    cells = [look.text(stage.fact, stage.scale)]
    cells += [look.text(stage.plan, stage.scale)] if planned else []
    cells += [look.text(stage.previous, stage.scale)] if before else []
    cells.append(share_number(stage.conversion, 1))
    cells += [share_number(stage.conversion_plan, 1)] if planned else []
    cells += [share_number(stage.conversion_previous, 1)] if before else []
    return Row(look.heading(stage.name), cells)


def _dynamics(report: MonthlyReport) -> "list[Flowable]":
    from reportlab.platypus import KeepTogether

    if not report.dynamics:
        return []
    flow = _section(_("Twelve months"))
    flow.append(paragraph(_("The dash over a month is its plan."), "small"))
    for data in report.dynamics:
        heading = paragraph(dynamics_style(data).heading(data.name), "heading")
        drawing = dynamics_chart(data)
        body = drawing or paragraph(_("No figures for these months."))
        flow.append(KeepTogether([heading, body]))
    return flow


def _comments(report: MonthlyReport) -> "list[Flowable]":
    from reportlab.platypus import KeepTogether

    if not report.comments:
        return []
    flow = _section(_("Comments"))
    for comment in report.comments:
        heading = paragraph(comment.title, "heading")
        if comment.text.strip():
            flow += [heading, paragraph(comment.text)]
        else:
            flow.append(KeepTogether([heading, ruled_lines(RULED_LINES)]))
    return flow


def ruled_lines(count: int) -> "Drawing":
    """Return empty lines to write on by hand."""
    from reportlab.graphics.shapes import Drawing, Line
    from reportlab.lib.colors import Color

    step = 20.0
    drawing = Drawing(WIDTH, step * count)
    for index in range(count):
        drawing.add(
            Line(
                0,
                step * index + 1,
                WIDTH,
                step * index + 1,
                strokeColor=Color(*HAIR),
                strokeWidth=0.5,
            )
        )
    return drawing


def _data(report: MonthlyReport) -> "list[Flowable]":
    flow = _section(_("About the data"))
    for note in report.data_quality:
        flow.append(paragraph(f"— {note}"))
    if not report.data_quality:
        flow.append(paragraph(_("No suspicious data was found.")))
    if report.sources:
        columns = [Column(_("What"), words=True), Column(_("Imported")), Column(_("Rows"))]
        rows = [
            Row(s.name, (s.what, i18n.moment(s.imported), i18n.integer(s.rows)))
            for s in report.sources
        ]
        flow += titled(_("Imported files"), Grid(_("File"), columns, rows))
    return flow
