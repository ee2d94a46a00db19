"""The monthly report: everything it prints, put together from the other services."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlalchemy import Connection, func, select

from ropdesk import i18n
from ropdesk.domain.errors import N_
from ropdesk.domain.factors import REASONS, Factor, Reason, Split
from ropdesk.domain.months import month_end
from ropdesk.i18n import _, ngettext
from ropdesk.reports import model
from ropdesk.reports.deviation import Deviation, FactorRow
from ropdesk.services import board as boards
from ropdesk.services import (
    calendar,
    documents,
    factor_words,
    factors,
    metrics,
    quality,
    report_lines,
    report_sections,
    settings,
)
from ropdesk.services.board import Board
from ropdesk.services.forecast import Seer
from ropdesk.services.planning import PlanView
from ropdesk.services.planning import load as load_plan
from ropdesk.services.report_sections import Facts
from ropdesk.store.models import DailyValue, ImportBatch
from ropdesk.store.workspace import Workspace

COMMENTS = {
    "reasons": N_("Why"),
    "done": N_("Done"),
    "decisions": N_("Decisions"),
    "requests": N_("Requests for help"),
}
HEADLINE = ("receipts", "deals_won", "conversion", "average_check")
FARTHEST = 3


def monthly(ws: Workspace, month: date, today: date, issued: datetime) -> model.MonthlyReport:
    """Answer everything the report of a month prints.

    Args:
        today: a finished month is counted whole, a running one up to this day.
        issued: when the document is made, in the user's clock.
    """
    from ropdesk.services import report_doings  # half of all duties, which few who import this want

    comments = documents.comments(ws, month)
    suspicious = quality.suspicions(ws, today)
    done = report_doings.doings(ws, month, today)
    known = metrics.catalogue(ws)
    board_codes = [code for code in settings.settings(ws).board if code in known]
    seer = Seer(ws, month, [*HEADLINE, *report_sections.FUNNEL, *board_codes])
    with ws.read() as connection:
        facts = _facts(connection, month, today, seer)
        shown = facts.board
        chosen = settings.load(connection)
        return model.MonthlyReport(
            head=_head(connection, chosen, facts, issued),
            month=month, as_of=shown.as_of, finished=facts.finished,
            headline=_headline(facts),
            department=tuple(_department(facts).values()),
            members=_members(facts),
            plan=_plan_state(facts),
            working_days=shown.days_total, working_days_passed=shown.days_passed,
            member_metrics=tuple(c for c in shown.codes),
            weeks=_weeks(facts), cumulative=_cumulative(connection, facts),
            dynamics=report_sections.dynamics(connection, facts),
            funnel=report_sections.funnel(connection, facts),
            forecast_accuracy=report_sections.accuracy(connection, seer, facts),
            deviation=_deviation(connection, facts),
            reasons=comments.get("reasons") or _farthest(facts),
            done=comments.get("done", ""), decisions=_decisions(comments),
            comments=tuple(
                model.CommentField(code, _(title))
                for code, title in COMMENTS.items()
                if not comments.get(code)  # what was written stands on the first page
            ),
            next_plan=report_sections.next_plan(connection, facts),
            doings=done,
            data_quality=tuple(_doubt(each) for each in suspicious),
            sources=_sources(connection, month),
            signers=(report_lines.signer(_("Head of sales"), chosen.sales_head), _("Director")),
        )  # fmt: skip


def _doubt(found: quality.Suspicion) -> str:
    deals = ngettext("{n} deal", "{n} deals", found.count)
    return f"{_(found.name)}: {deals}. {_(found.rule)}"


def _facts(connection: Connection, month: date, today: date, seer: Seer) -> Facts:
    codes = settings.load(connection).board
    board = boards.read(connection, month, today, codes=codes, by="week")
    finished = board.as_of == board.last
    days = calendar.load(connection)

    def same_stage(other: date) -> Board:
        """Read another month whole, or up to the same working day if this one is running."""
        until = month_end(other)
        if not finished:
            until = factors.same_day(days, board.month, board.as_of, other)
        return boards.read(connection, other, until, codes=codes)

    facts = Facts(
        board, finished,
        same_stage((month - timedelta(days=1)).replace(day=1)),
        same_stage(month.replace(year=month.year - 1)),
        seer.read(connection, board.as_of),
        load_plan(connection, month, board.plan.version) if board.plan.version else None,
    )  # fmt: skip
    told = tuple(code for code in board.codes if _is_told(facts, code))
    return replace(facts, board=replace(board, codes=told or board.codes))


def _is_told(facts: Facts, code: str) -> bool:
    """Say whether there is any number of a metric: rows of dashes are not worth their paper."""
    months = (facts.board, facts.previous, facts.last_year)
    figures = [each.department[code] for each in months]
    return any(figure.fact is not None or figure.plan is not None for figure in figures)


def _head(
    connection: Connection, chosen: settings.Settings, facts: Facts, issued: datetime
) -> model.DocumentHead:
    edits = connection.execute(
        select(func.count()).where(
            DailyValue.day.between(facts.board.month, facts.board.last),
            DailyValue.entered.is_not(None),
            func.coalesce(DailyValue.derived, DailyValue.imported).is_not(None),
        )
    ).scalar_one()
    last = connection.execute(
        select(func.max(ImportBatch.at)).where(ImportBatch.kind == "deals", ~ImportBatch.undone)
    ).scalar_one()
    notes = []
    if last:
        day = datetime.fromisoformat(last).astimezone().date()
        notes.append(_("CRM data of {date}", date=i18n.short_date(day)))
    if edits:
        notes.append(_("corrected by hand: {n}", n=i18n.integer(edits)))
    return model.DocumentHead(
        *report_lines.names(chosen),
        _("Report for {month}", month=report_lines.month_inside(facts.board.month)), "",
        issued, ", ".join(notes),
    )  # fmt: skip


def _department(facts: Facts) -> report_lines.Lines:
    return report_lines.lines(
        facts.board, facts.board.department, finished=facts.finished,
        previous=facts.previous.department, last_year=facts.last_year.department,
        outlook=facts.outlook,
    )  # fmt: skip


def _headline(facts: Facts) -> tuple[model.MetricLine, ...]:
    made = _department(facts)
    chosen = [code for code in HEADLINE if code in made] or list(made)
    return tuple(made[code] for code in chosen[:4])


def _members(facts: Facts) -> tuple[model.MemberRow, ...]:
    before = {x.member.id: x.figures for x in facts.previous.members}
    rows = []
    for each in facts.board.members:
        member = each.member
        note = ""
        if each.ramp != 10_000:
            note = _("ramp-up {share}", share=i18n.percent(Fraction(each.ramp, 10_000)))
        elif member.left is not None and member.left <= facts.board.last:
            note = _("until {date}", date=i18n.short_date(member.left))
        made = report_lines.lines(
            facts.board, each.figures, finished=facts.finished,
            previous=before.get(member.id), outlook=facts.outlook, member=member.id,
        )  # fmt: skip
        name = _(member.name) if member.id == facts.board.nobody else member.name
        rows.append(model.MemberRow(name, made, member.position, note))
    return tuple(rows)


def _weeks(facts: Facts) -> tuple[model.WeekRow, ...]:
    return tuple(
        model.WeekRow(
            each.start,
            each.end,
            report_lines.lines(
                facts.board, each.department, finished=facts.board.as_of >= each.end
            ),
        )
        for each in facts.board.periods
    )


def _plan_state(facts: Facts) -> model.PlanState | None:
    plan = facts.plan
    if plan is None:
        return None
    return model.PlanState(
        _(report_lines.SCENARIOS["standard"]), plan.version, plan.approved_on, plan.approved_by
    )


def _scenarios(plan: PlanView | None, code: str) -> list[model.ScenarioValue]:
    if plan is None:
        return []
    return [
        model.ScenarioValue(_(name), value)
        for scenario, name in report_lines.SCENARIOS.items()
        if scenario != "standard" and (value := plan.value(code, scenario=scenario)) is not None
    ]


def _cumulative(connection: Connection, facts: Facts) -> model.Cumulative | None:
    code = report_sections.main_flow(facts.board)
    if code is None:
        return None
    shown = facts.board
    return report_lines.cumulative(
        shown.metrics[code], shown,
        boards.daily(connection, code, shown.month, shown.as_of),
        boards.planned_days(connection, shown.plan.id, code, shown.scenario),
        None if facts.finished else facts.outlook,
        _scenarios(facts.plan, code),
    )  # fmt: skip


def _decisions(comments: Mapping[str, str]) -> str:
    """Put what was decided and what is asked for into one paragraph."""
    asked = comments.get("requests")
    asks = _("Requests for help: {text}", text=asked) if asked else ""
    return "\n".join(text for text in (comments.get("decisions"), asks) if text)


def _deviation(connection: Connection, facts: Facts) -> Deviation | None:
    """Take the deviation of the receipts apart, as the planning tab does."""
    shown = facts.board
    if report_sections.main_flow(shown) != "receipts" or shown.plan.id is None:
        return None
    found = factors.read(connection, shown.month, shown.as_of, whole=facts.finished)
    whole = found.department
    if not found.known or whole.split.reason is Reason.UNKNOWN:
        return None
    rows = [(_member_name(line), line.split) for line in found.lines]
    if found.rest is not None:
        rows.append((_("Not shared out"), found.rest))
    told = [f for f in Factor if any(split.effect(f) for _name, split in rows)]
    receipts = shown.metrics["receipts"]
    return Deviation(
        receipts.unit, receipts.scale, factor_words.base_words(found),
        whole.base.receipts or 0, whole.fact.receipts or 0,
        tuple(model.Factor(step.name, step.effect) for step in factor_words.steps(found)),
        factor_words.sentence(found),
        tuple(factor_words.factor_name(factor) for factor in told),
        tuple(_factor_row(name, split, told) for name, split in rows),
        _factor_row(_("Department"), whole.split, told),
    )  # fmt: skip


def _member_name(line: factors.FactorLine) -> str:
    if line.left is None:
        return line.name
    return _("{name}, until {date}", name=line.name, date=i18n.short_date(line.left))


def _factor_row(name: str, split: Split, told: list[Factor]) -> FactorRow:
    note = "" if split.reason is Reason.NONE else _(REASONS[split.reason])
    effects = tuple(split.effect(factor) for factor in told)
    return FactorRow(name, split.deviation, None if split.deviation is None else effects, note)


def _farthest(facts: Facts) -> str:
    """Name the members farthest below the plan: the part of the reasons that numbers know."""
    code = report_sections.main_flow(facts.board)
    if code is None:
        return ""
    metric = facts.board.metrics[code]
    behind = []
    for each in facts.board.members:
        figure = each.figures[code]
        measure = figure.plan if facts.finished else figure.plan_to_date
        if figure.fact is not None and measure and figure.fact < measure:
            name = _(each.member.name) if each.member.id == facts.board.nobody else each.member.name
            behind.append((Fraction(figure.fact) - measure, name))
    if not behind:
        return ""
    named = ", ".join(
        f"{name} ({i18n.metric_value(value, metric.unit, metric.scale, sign=True)})"
        for value, name in sorted(behind)[:FARTHEST]
    )
    return _("Farthest below the plan in «{metric}»: {members}.",
             metric=report_lines.name_of(metric), members=named)  # fmt: skip


WHAT: Mapping[str, str] = {
    "deals": N_("deals"), "calls": N_("calls"), "facts": N_("daily facts"),
    "plan": N_("plan"), "members": N_("members"),
}  # fmt: skip


def _sources(connection: Connection, month: date) -> tuple[model.Source, ...]:
    """List the imports made since the month began that could have brought its numbers."""
    rows = connection.execute(
        select(ImportBatch.file_name, ImportBatch.at, ImportBatch.read, ImportBatch.kind)
        .where(~ImportBatch.undone, ImportBatch.at >= month.isoformat())
        .order_by(ImportBatch.id.desc())
        .limit(10)
    )
    return tuple(
        model.Source(
            row.file_name, datetime.fromisoformat(row.at).astimezone().replace(tzinfo=None),
            row.read, _(WHAT.get(row.kind, row.kind)),
        )
        for row in rows
    )  # fmt: skip


def says_anything(report: model.MonthlyReport) -> bool:
    """Say whether a report has a fact or a plan at all; an empty one is not worth its paper."""
    return report.plan is not None or any(line.fact for line in report.department)


def monthly_pdf(ws: Workspace, month: date, today: date, issued: datetime) -> bytes:
    """Make the monthly report as a PDF; the same data and moment give the same bytes."""
    from ropdesk.reports.monthly import monthly_report

    return monthly_report(monthly(ws, month, today, issued))
