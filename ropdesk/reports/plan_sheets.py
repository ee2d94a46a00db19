"""Plan sheets to sign: the department's month, and one sheet for each member."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ropdesk import i18n
from ropdesk.i18n import _, ngettext
from ropdesk.reports import signatures
from ropdesk.reports.model import (
    MemberPlanSheet,
    PlanColumn,
    PlanDay,
    PlanMember,
    PlanSheet,
    PlanWeek,
    ScenarioValue,
    Value,
)
from ropdesk.reports.page import build, build_parts
from ropdesk.reports.plan_calendar import calendar_table
from ropdesk.reports.tables import Column, Grid, Row, boxes, titled
from ropdesk.reports.text import NBSP, clip, paragraph
from ropdesk.reports.values import UNKNOWN, Style, headline_style, style_for

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

MOST_BOXES = 4
LONGEST_NAME = 120
SHORT = 32  # letters that stay on one line


def plan_sheet(sheet: PlanSheet) -> bytes:
    """Return the department's plan of a month as a PDF; the same sheet gives the same bytes."""
    return build(sheet.head, _department_story(sheet))


def member_plan_sheets(sheets: Sequence[MemberPlanSheet]) -> bytes:
    """Return the members' sheets as one PDF, each on its own page; [] is a ValueError."""
    if not sheets:
        raise ValueError("member_plan_sheets needs at least one sheet")
    return build_parts([s.head for s in sheets], [_member_story(s) for s in sheets])


def _department_story(sheet: PlanSheet) -> "list[Flowable]":
    title = _("Plan for {month}", month=i18n.month_name(sheet.month))
    flow: list[Flowable] = [paragraph(title, "title")]
    facts = [_("scenario «{name}»", name=sheet.scenario)] if sheet.scenario else []
    flow.append(paragraph(_state(sheet, facts)))
    if sheet.reason.strip():
        flow.append(paragraph(_("Reason for this version: {reason}", reason=sheet.reason.strip())))
    flow.append(_gap(7))
    if sheet.metrics:
        flow.append(_totals(sheet.metrics))
    if sheet.scenarios and sheet.metrics:
        flow.append(_gap(5))
        flow.append(paragraph(_scenarios(sheet.metrics[0], sheet.scenarios)))
    flow += _members(sheet)
    flow += _calendar(sheet.metrics, sheet.day_metric, sheet.days)
    return flow + _signatures(sheet.signers or (_("Head of sales"), _("Director")))


def _member_story(sheet: MemberPlanSheet) -> "list[Flowable]":
    flow: list[Flowable] = [paragraph(clip(sheet.name, LONGEST_NAME), "title")]
    facts = [text for text in (sheet.position, sheet.note) if text]
    month = _("Plan for {month}", month=i18n.month_name(sheet.month))
    flow.append(paragraph(_state(sheet, [month, *facts], first=True)))
    flow.append(_gap(7))
    if sheet.metrics:
        flow.append(_totals(sheet.metrics))
    flow += _weeks(sheet)
    flow += _calendar(sheet.metrics, sheet.day_metric, sheet.days)
    return flow + _signatures(sheet.signers or (sheet.name, _("Head of sales")))


def _gap(height: float) -> "Flowable":
    from reportlab.platypus import Spacer

    return Spacer(0, height)


def _state(sheet: PlanSheet | MemberPlanSheet, facts: Sequence[str], *, first: bool = False) -> str:
    """Return «Версия 2, утверждён 30.09.2026 (Смирнов А. В.) · рабочих дней: 22»."""
    state = _("Version {version}, {status}", version=sheet.version, status=sheet.status)
    if sheet.approved_on is not None:
        state += f"{NBSP}{i18n.short_date(sheet.approved_on)}"
    if sheet.approved_by:
        state += f" ({sheet.approved_by})"
    days = ngettext("{n} working day", "{n} working days", sheet.working_days)
    parts = [*facts, state, days] if first else [state, *facts, days]
    return " · ".join(p.replace(" ", NBSP) if len(p) < SHORT else p for p in parts)


def _is_ratio(column: PlanColumn) -> bool:
    return isinstance(column.total, Fraction)


def _totals(columns: Sequence[PlanColumn]) -> "Flowable":
    cells: list[list[Flowable]] = []
    for column in columns[:MOST_BOXES]:
        look = headline_style(column.unit, column.scale, [column.total], ratio=_is_ratio(column))
        exact = _column_style(column, [])
        whole = exact.alone(column.total, column.scale)
        large = look.alone(column.total, column.scale)
        note = whole if whole != large else ""
        cells.append(
            [paragraph(clip(column.name, LONGEST_NAME), "box-name"), paragraph(large, "box-value")]
        )
        if note:
            cells[-1].append(paragraph(note, "box-note"))
    return boxes(cells)


def _scenarios(column: PlanColumn, scenarios: Sequence[ScenarioValue]) -> str:
    look = headline_style(column.unit, column.scale, [s.value for s in scenarios], ratio=False)
    known = [f"{s.name} {look.alone(s.value, column.scale)}" for s in scenarios]
    return _("Scenarios: {list}.", list=", ".join(known))


def _column_style(column: PlanColumn, values: Sequence[Value]) -> Style:
    every = [*values, column.total]
    return style_for(column.unit, column.scale, every, exact=True, ratio=_is_ratio(column))


def _members(sheet: PlanSheet) -> "list[Flowable]":
    if not sheet.members:
        return []
    columns: list[Column] = []
    cells: list[list[str]] = [[] for _row in range(len(sheet.members) + 1)]
    for metric in sheet.metrics:
        values = [m.values.get(metric.code) for m in sheet.members]
        if all(v is None for v in values):
            continue
        look = _column_style(metric, values)
        columns.append(Column(look.heading(metric.name)))
        for row, value in zip(cells, [*values, metric.total], strict=True):
            row.append(look.text(value, metric.scale))
    rows = [_member_row(m, row) for m, row in zip(sheet.members, cells[:-1], strict=True)]
    rows.append(Row(_("Department"), cells[-1], total=True))
    return titled(_("By manager"), Grid(_("Manager"), columns, rows))


def _member_row(member: PlanMember, cells: Sequence[str]) -> Row:
    return Row(member.name, cells, note=member.note)


def _weeks(sheet: MemberPlanSheet) -> "list[Flowable]":
    if not sheet.weeks:
        return []
    columns = [Column(_("Working days"))]
    cells = [[i18n.integer(w.working_days)] for w in sheet.weeks]
    totals = [i18n.integer(sheet.working_days)]
    for metric in sheet.metrics:
        values = [w.values.get(metric.code) for w in sheet.weeks]
        if all(v is None for v in values):
            continue
        look = _column_style(metric, values)
        columns.append(Column(look.heading(metric.name)))
        for row, value in zip(cells, values, strict=True):
            row.append(look.text(value, metric.scale))
        totals.append(look.text(metric.total, metric.scale))
    rows = [Row(_span(w), row) for w, row in zip(sheet.weeks, cells, strict=True)]
    rows.append(Row(_("Month"), totals, total=True))
    return titled(_("By week"), Grid(_("Week"), columns, rows))


def _span(week: PlanWeek) -> str:
    if week.start == week.end:
        return i18n.day_month(week.start)
    return f"{i18n.day_month(week.start)}–{i18n.day_month(week.end)}"


def _calendar(
    columns: Sequence[PlanColumn], code: str, days: Sequence[PlanDay]
) -> "list[Flowable]":
    from reportlab.platypus import KeepTogether

    metric = next((c for c in columns if c.code == code), None)
    if metric is None or not days:
        return []
    values = [day.values.get(code) for day in days]
    look = style_for(metric.unit, metric.scale, [*values, metric.total], exact=True)
    heading = _("By day: {name}", name=look.heading(metric.name))
    body = calendar_table(days, {day.day: _day_text(day, metric, look) for day in days})
    return [KeepTogether([paragraph(heading, "heading"), body])]


def _day_text(day: PlanDay, metric: PlanColumn, look: Style) -> str:
    value = day.values.get(metric.code)
    if value is None:
        return UNKNOWN if day.working and not day.note else ""
    return look.text(value, metric.scale)


def _signatures(roles: Sequence[str]) -> "list[Flowable]":
    from reportlab.platypus import KeepTogether

    return [KeepTogether([_gap(26), signatures.lines(roles)])]
