"""The first page of the monthly report: what a director reads in a minute."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ropdesk import i18n
from ropdesk.domain.metrics import Kind
from ropdesk.i18n import _
from ropdesk.reports import wording
from ropdesk.reports.charts import chart_style, cumulative_chart
from ropdesk.reports.model import ForecastAccuracy, MemberRow, MetricLine, MonthlyReport, Value
from ropdesk.reports.page import BODY_BOTTOM, BODY_TOP, PAGE_HEIGHT, SIGNATURE_ROOM, WIDTH
from ropdesk.reports.tables import Column, Grid, Row, boxes, columns_of, tables
from ropdesk.reports.text import clip, marked, markup, paragraph
from ropdesk.reports.values import (
    UNKNOWN,
    headline_style,
    share,
    share_number,
    style_for,
    whole,
)

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

MOST_MEMBERS = 12  # more make the summary longer than its page
EXTREMES = 3
MOST_BOXES = 4
SUMMARY_HEIGHT = BODY_TOP - BODY_BOTTOM - SIGNATURE_ROOM
CHART_HEADING, CHART_LEAST, CHART_MOST = 40.0, 96.0, 215.0
TALLEST_PAIR = 240.0
LEAST_OF_TEXT = 70.0
LONGEST_NAME = 80
SUMMARY_METRICS = 4  # the headline metric with plan and percent, and three more


def summary(report: MonthlyReport) -> "list[Flowable]":
    """Return the flowables of the first page."""
    flow: list[Flowable] = [paragraph(wording.headline(report), "title")]
    cells = _boxes(report)
    if cells:
        flow.append(boxes(cells))
    flow += _block(_("Why"), wording.why(report) or markup(_no_reasons(report)))
    below = [*_members(report), *_outcome(report)]
    return [*flow, *_chart(report, SUMMARY_HEIGHT - height([*flow, *below])), *below]


def height(flow: "Sequence[Flowable]") -> float:
    """Return what flowables take, so that the chart can have the rest of the page."""
    return sum(
        f.wrap(WIDTH, PAGE_HEIGHT)[1] + max(f.getSpaceBefore(), f.getSpaceAfter()) for f in flow
    )


def _block(title: str, text: str) -> "list[Flowable]":
    return [paragraph(title, "heading"), marked(text)]


def _running(block: "list[Flowable]") -> "list[Flowable]":
    """Let a long text begin under its heading here and run on over the next pages."""
    from reportlab.platypus import CondPageBreak

    heading, text = block
    heading.keepWithNext = 0
    return [CondPageBreak(LEAST_OF_TEXT), heading, text]


def _no_reasons(report: MonthlyReport) -> str:
    if report.headline and report.headline[0].plan is None:
        return wording.plan_line(report)
    return _("No reasons were written down.")


def _boxes(report: MonthlyReport) -> "list[list[Flowable]]":
    accuracy = report.forecast_accuracy
    room = MOST_BOXES - (accuracy is not None)
    cells = [
        _box(
            line.name,
            wording.line_style(line).alone(line.fact, line.scale),
            wording.box_note(line, report.month, first=index == 0),
        )
        for index, line in enumerate(report.headline[:room])
    ]
    if accuracy is not None:
        cells.append(_accuracy(accuracy))
    return cells


def _box(name: str, value: str, note: str) -> "list[Flowable]":
    return [
        paragraph(clip(name, LONGEST_NAME), "box-name"),
        paragraph(value, "box-value"),
        paragraph(note, "box-note"),
    ]


def _accuracy(accuracy: ForecastAccuracy) -> "list[Flowable]":
    look = headline_style(accuracy.unit, accuracy.scale, [accuracy.value], ratio=False)
    name = _("Forecast on {date} was", date=i18n.day_month(accuracy.made_on))
    note = "" if accuracy.error is None else _("error {share}", share=share(accuracy.error, 1))
    return _box(name, look.alone(accuracy.value, accuracy.scale), note)


def _chart(report: MonthlyReport, room: float) -> "list[Flowable]":
    data = report.cumulative
    if data is None:
        return []
    drawing = cumulative_chart(data, min(max(room - CHART_HEADING, CHART_LEAST), CHART_MOST))
    if drawing is None:
        return _block(
            _("{name}, running total", name=data.name),
            markup(_("There is nothing to draw: no plan and no fact.")),
        )
    title = _("{name}, running total", name=data.name)
    return [paragraph(chart_style(data).heading(title), "heading"), drawing]


def _members(report: MonthlyReport) -> "list[Flowable]":
    if not report.members:
        return []
    codes = member_codes(report)[:SUMMARY_METRICS]
    members: Sequence[MemberRow] = report.members
    title = _("By manager")
    if len(members) > MOST_MEMBERS:
        members = extremes(members, codes[0] if codes else "")
        title = _(
            "By manager: the best and those behind (all {n} on the next pages)",
            n=i18n.integer(len(report.members)),
        )
    for count in range(len(codes), 0, -1):
        body = tables(member_grid(report, members, codes[:count], plans_of=codes[:1]))
        if len(body) == 1:  # the summary has room for one table; the rest is on the next pages
            return [paragraph(title, "heading"), *body]
    return []


def member_codes(report: MonthlyReport) -> list[str]:
    """Return the codes of the members' columns that any member has, in order."""
    wanted = report.member_metrics or tuple(line.code for line in report.department)
    return [c for c in wanted if any(c in m.metrics for m in report.members)]


def extremes(members: Sequence[MemberRow], code: str) -> list[MemberRow]:
    """Return the few best and the few worst by completion, by fact where there is no plan."""

    def order(member: MemberRow) -> tuple[bool, Fraction]:
        line = member.metrics.get(code)
        if line is None:
            return (False, Fraction(0))
        if line.completion is not None:
            return (True, line.completion)
        return (False, whole(line.fact, line.scale) or Fraction(0))

    known = [m for m in members if code in m.metrics]
    ranked = sorted(known, key=order, reverse=True)
    return [*ranked[:EXTREMES], *ranked[max(len(ranked) - EXTREMES, EXTREMES) :]]


def member_grid(
    report: MonthlyReport,
    members: Sequence[MemberRow],
    codes: Sequence[str],
    *,
    plans_of: Sequence[str],
    exact: bool = False,
) -> Grid:
    """Return the table of members and the department; ``plans_of`` get plan and completion."""
    total = {line.code: line for line in report.department}
    subjects = [(m.name, m.note, m.metrics) for m in members]
    return subject_grid(
        _("Manager"),
        [*subjects, (_("Department"), "", total)],
        codes,
        plans_of=plans_of,
        exact=exact,
        to_date=not report.finished,
    )


def subject_grid(
    heading: str,
    subjects: Sequence[tuple[str, str, Mapping[str, MetricLine]]],
    codes: Sequence[str],
    *,
    plans_of: Sequence[str],
    exact: bool = False,
    to_date: bool = False,
) -> Grid:
    """Return a table of subjects by metrics; the last subject is the total.

    Args:
        to_date: show the plan to date, which the completion of a running month divides by.
    """
    columns: list[Column] = []
    cells: list[list[str]] = [[] for _subject in subjects]
    for code in codes:
        lines = [metrics.get(code) for _name, _note, metrics in subjects]
        for column, texts in metric_columns(
            lines, plan=code in plans_of, exact=exact, to_date=to_date
        ):
            columns.append(column)
            for row, text in zip(cells, texts, strict=True):
                row.append(text)
    last = len(subjects) - 1
    rows = [
        Row(name, row, note=note, total=index == last)
        for index, ((name, note, _metrics), row) in enumerate(zip(subjects, cells, strict=True))
    ]
    return Grid(heading, columns, rows)


def metric_columns(
    lines: Sequence[MetricLine | None], *, plan: bool, exact: bool, to_date: bool = False
) -> list[tuple[Column, list[str]]]:
    """Return the columns of one metric: fact, and plan and completion where there are any."""
    known = [line for line in lines if line is not None]
    if not known:
        return []
    sample = known[-1]
    facts = [line.fact for line in known]
    plans = [_plan(line, to_date=to_date) for line in known]
    # a plan of the total alone stands in the department's table; here it would be dashes
    shows_plan = plan and any(line is not None and line.plan is not None for line in lines[:-1])
    values = [*facts, *plans] if shows_plan else facts
    look = style_for(
        sample.unit, sample.scale, values, exact=exact, ratio=sample.kind is Kind.RATIO
    )
    result = [
        (
            Column(look.heading(sample.name)),
            [UNKNOWN if i is None else look.text(i.fact, i.scale) for i in lines],
        )
    ]
    if shows_plan:
        result.append(
            (
                Column(look.heading(_("Plan to date") if to_date else _("Plan")), tied=True),
                [
                    UNKNOWN if i is None else look.text(_plan(i, to_date=to_date), i.scale)
                    for i in lines
                ],
            )
        )
        if any(line.completion is not None for line in known):
            result.append(
                (
                    Column(_("Completion, %"), tied=True),
                    [UNKNOWN if i is None else share_number(i.completion) for i in lines],
                )
            )
    return result


def _plan(line: MetricLine, *, to_date: bool) -> Value:
    return line.plan_to_date if to_date and line.plan_to_date is not None else line.plan


def _outcome(report: MonthlyReport) -> "list[Flowable]":
    from reportlab.platypus import Spacer

    plan = report.next_plan
    following = plan.month if plan else wording.month_after(report.month)
    left = _block(_("Done"), markup(report.done or _("Nothing was written down.")))
    text = wording.next_plan(plan, report.month)
    decisions = f"{text} {report.decisions.strip()}".strip()
    title = _("Decisions and {month}", month=wording.month_inside(following))
    right = _block(title, markup(decisions))
    beside = columns_of(left, right)
    if beside.wrap(WIDTH, PAGE_HEIGHT)[1] > TALLEST_PAIR:  # a row of a table cannot run on
        return [*_running(left), *_running(right)]
    return [Spacer(0, 7), beside]
