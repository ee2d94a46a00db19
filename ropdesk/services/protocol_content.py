"""What a protocol says, gathered at the moment it is frozen."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection

from ropdesk.domain.metrics import Kind, Metric
from ropdesk.domain.months import month_end
from ropdesk.domain.promises import Verdict
from ropdesk.domain.team import AbsenceKind
from ropdesk.i18n import _
from ropdesk.reports import protocol_model as model
from ropdesk.reports.model import Value
from ropdesk.services import (
    meeting_numbers,
    meeting_run,
    metrics,
    promises,
    report_lines,
    settings,
    team,
)
from ropdesk.services.investigation_words import ABSENCES
from ropdesk.services.meeting_numbers import MemberNumbers, Numbers
from ropdesk.services.meeting_run import MeetingState
from ropdesk.services.promises import PromiseLine
from ropdesk.store.plain import rows

NUMBERS = {"yesterday", "today", "week", "week_plan", "month", "month_plan"}
INDICATORS = {"interim", "yesterday", "week", "month"}
PROMISES = {"promises"}
Known = Mapping[str, Metric]


def gather(connection: Connection, meeting_id: int, at: datetime) -> model.Protocol:
    """Answer everything the protocol of a meeting says, with the numbers of this moment.

    Raises:
        DomainError: the meeting is gone.
    """
    state = meeting_run.meeting(connection, meeting_id)
    told = _spoken(connection, state, at)
    shown = {point.section for point in state.points}
    known = dict(metrics.load(connection).items())
    tables: tuple[model.NumbersTable, ...] = ()
    month: model.MonthSoFar | None = None
    interim: tuple[model.Indicator, ...] = ()
    kept: model.Kept | None = None
    checked: tuple[model.Pledge, ...] = ()
    if shown & (NUMBERS | INDICATORS | PROMISES):
        main = _numbers(connection, state, at, meeting_numbers.METRIC)
        if state.kind.team and shown & NUMBERS:
            others = [
                _numbers(connection, state, at, code)
                for code in _agreed(connection, meeting_id)
                if code != main.metric.code
            ]
            tables = tuple(_table(connection, each, at.date()) for each in (main, *others))
            tables = tuple(table for table in tables if _says(table))
        if shown & INDICATORS:
            month = _month(main)
        if state.kind.team and shown & INDICATORS:
            interim = tuple(_indicators(main, known, at.date()))
        if state.kind.team and shown & (PROMISES | INDICATORS):
            due = _due(connection, main, at.date(), known)
            kept = model.Kept(sum(each.verdict == Verdict.KEPT for each in due), len(due))
            checked = due if shown & PROMISES else ()
    return replace(
        told, tables=tables, month=month, interim=interim, kept=kept, checked=checked,
        pledges=_pledges(connection, state, at.date(), known),
    )  # fmt: skip


def corrected(
    connection: Connection, meeting_id: int, frozen: model.Protocol, at: datetime
) -> model.Protocol:
    """Answer a new edition: the words and promises as corrected, all numbers as they were frozen.

    A day that was put off after the meeting stays as it was named there.
    """
    state = meeting_run.meeting(connection, meeting_id)
    told = _spoken(connection, state, at)
    known = dict(metrics.load(connection).items())
    elsewhere = tuple(pledge for pledge in frozen.pledges if not pledge.given)
    return replace(
        told, minutes=frozen.minutes, seconds=frozen.seconds, began=frozen.began,
        ended=frozen.ended, company=frozen.company, department=frozen.department,
        tables=frozen.tables, month=frozen.month, interim=frozen.interim, kept=frozen.kept,
        checked=frozen.checked, as_of=frozen.as_of,
        points=tuple(_timed(point, frozen) for point in told.points),
        pledges=(*_given(connection, state, at.date(), known, frozen), *elsewhere),
    )  # fmt: skip


def _timed(point: model.Point, frozen: model.Protocol) -> model.Point:
    """Give a point the time that was frozen."""
    for each in frozen.points:
        if each.row == point.row:
            return replace(point, minutes=each.minutes, seconds=each.seconds)
    return point


def _spoken(connection: Connection, state: MeetingState, at: datetime) -> model.Protocol:
    """Answer the words of a meeting: who, when, what was said and decided."""
    chosen = settings.load(connection)
    company, department = report_lines.names(chosen)
    clock = state.clock(at)
    line = state.line
    return model.Protocol(
        meeting_id=state.id, kind=line.kind, team=state.kind.team, title=line.title, day=line.day,
        number=line.number, year=line.year, company=company, department=department,
        sales_head=chosen.sales_head, minutes=line.minutes, seconds=clock.elapsed,
        began=clock.begun, ended=clock.ended, place=line.place,
        led_by=state.led_by, secretary=state.secretary, guests=state.guests,
        people=tuple(
            model.Person(each.member_id, each.name, each.state, each.reason)
            for each in state.attendance
        ),
        points=tuple(
            model.Point(
                point.section, point.title, point.notes, point.avoid, point.minutes,
                clock.points.get(point.id, 0), point.id,
            )
            for point in state.points
        ),
        decisions=tuple(decision.text for decision in state.decisions),
        tables=(), month=None, interim=(), kept=None, checked=(), pledges=(),
        as_of=at, issued=at,
    )  # fmt: skip


# -- numbers


def _numbers(connection: Connection, state: MeetingState, at: datetime, code: str) -> Numbers:
    return meeting_numbers.numbers(
        connection, state.line, at.date(), code, at=at.isoformat(timespec="seconds")
    )


def _agreed(connection: Connection, meeting_id: int) -> list[str]:
    """List the metrics of which a plan was agreed at the meeting."""
    found = rows(
        connection,
        "SELECT metric FROM meeting_goal WHERE meeting_id = ? GROUP BY metric ORDER BY min(id)",
        (meeting_id,),
    )
    return [code for (code,) in found]


def measure(metric: Metric) -> model.Measure:
    """Return a metric's definition as a protocol keeps it."""
    return model.Measure(
        metric.code, report_lines.name_of(metric), metric.unit, metric.scale,
        metric.kind is Kind.RATIO,
    )  # fmt: skip


def _table(connection: Connection, found: Numbers, today: date) -> model.NumbersTable:
    people = team.load(connection)
    spans, metric = found.spans, found.metric

    def line(each: MemberNumbers, name: str) -> model.Figures:
        return model.Figures(
            name, report_lines.whole(metric, each.fact), report_lines.whole(metric, each.plan),
            each.completion, report_lines.whole(metric, each.goal), each.goal_agreed,
            _(ABSENCES[AbsenceKind(each.away)]) if each.away else "",
        )  # fmt: skip

    members = tuple(
        line(each, _(each.name) if each.member_id == people.nobody else each.name)
        for each in found.members
    )
    known = found.known_until is not None and found.known_until >= spans.fact_first
    return model.NumbersTable(
        measure(metric), spans.fact_first, spans.fact_last, spans.plan_first, spans.plan_last,
        members, line(found.department, _("Department")), known, today < spans.fact_last,
    )  # fmt: skip


def _says(table: model.NumbersTable) -> bool:
    """Say whether there is any number in a table: rows of dashes are not worth their paper."""
    lines = (*table.members, table.department)
    return any(value is not None for line in lines for value in (line.fact, line.plan, line.goal))


def _month(found: Numbers) -> model.MonthSoFar | None:
    shown, metric = found.month, found.metric
    if shown.fact is None and shown.plan is None:
        return None
    finished = shown.as_of == month_end(shown.first)
    ahead = (None, None, None) if finished else (shown.p10, shown.p50, shown.p90)
    return model.MonthSoFar(
        shown.first, measure(metric), report_lines.whole(metric, shown.fact),
        report_lines.whole(metric, shown.plan), shown.completion, *ahead, finished,
    )  # fmt: skip


def _indicators(found: Numbers, known: Known, today: date) -> Iterable[model.Indicator]:
    for each in found.interim:
        metric = known[each.code]
        if each.fact is not None:
            yield model.Indicator(
                measure(metric), report_lines.whole(metric, each.fact),
                report_lines.whole(metric, each.plan), each.completion,
                to_date=today < found.spans.fact_last,
            )  # fmt: skip


# -- promises


def _due(
    connection: Connection, found: Numbers, today: date, known: Known
) -> tuple[model.Pledge, ...]:
    """List the members' promises that were due in the days of the fact, if their day is over."""
    spans = found.spans
    due = promises.lines(connection, today, due=(spans.fact_first, spans.fact_last))
    return tuple(
        replace(
            _pledge(line, known), verdict=line.verdict.value, late=line.late, result=line.result,
            fact=_fact(line, known), given=False,
        )
        for line in due
        if line.verdict not in (Verdict.DROPPED, Verdict.OPEN) and line.member_id is not None
    )  # fmt: skip


def _fact(line: PromiseLine, known: Known) -> Value:
    metric = known.get(line.metric)
    return None if metric is None else report_lines.whole(metric, line.fact)


def _pledges(
    connection: Connection, state: MeetingState, today: date, known: Known
) -> tuple[model.Pledge, ...]:
    """List the promises given at a meeting, then those whose day was put off there."""
    moved: tuple[model.Pledge, ...] = ()
    if state.kind.team:
        moved = tuple(
            replace(_pledge(line, known), given=False)
            for line in _moved(connection, state.line.day, today)
            if line.meeting_id != state.id
        )
    return (*_given(connection, state, today, known), *moved)


def _given(
    connection: Connection, state: MeetingState, today: date, known: Known,
    frozen: model.Protocol | None = None,
) -> tuple[model.Pledge, ...]:  # fmt: skip
    before = {pledge.row: pledge.moves for pledge in frozen.pledges} if frozen else {}
    given = []
    for line in promises.lines(connection, today, meeting_id=state.id):
        if line.verdict is Verdict.DROPPED and frozen is None:
            continue
        pledge = _pledge(line, known)
        if frozen is not None:
            then = before.get(line.id, 0)
            later = promises.moves(connection, line.id)[then:]
            due = later[0].due_from if later else pledge.due
            pledge = replace(pledge, due=due, moves=min(then, pledge.moves))
        given.append(pledge)
    return tuple(sorted(given, key=lambda each: each.row or 0))


def _moved(connection: Connection, day: date, today: date) -> list[PromiseLine]:
    """List the promises put off on the day of a meeting that are still to be kept."""
    found = rows(
        connection,
        "SELECT DISTINCT promise_id FROM promise_move WHERE moved_on = ?",
        (day.isoformat(),),
    )
    lines = [promises.line(connection, today, promise_id) for (promise_id,) in found]
    return [line for line in lines if line.due >= day and line.unsettled]


def _pledge(line: PromiseLine, known: Known) -> model.Pledge:
    metric = known.get(line.metric)
    return model.Pledge(
        line.member_id, line.name, line.text, line.customer, line.due,
        None if metric is None else measure(metric), line.amount, line.moves, row=line.id,
    )  # fmt: skip
