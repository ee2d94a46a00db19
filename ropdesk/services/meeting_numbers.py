"""The numbers every meeting shows: what was, what was planned, what is agreed for the days to come.

Which days a meeting speaks of follows from its kind, its day and its hour (`days`). Everything is
counted as the board counts it for the same days; only a plan that was agreed at a meeting stands
before the board's, which is kept beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.meetings import MONTHLY, WEEKLY
from ropdesk.domain.metrics import Kind, Metric, Metrics
from ropdesk.domain.months import add_months, month_end
from ropdesk.domain.week import monday
from ropdesk.services import board, calendar, meeting_goals, metrics, settings, team
from ropdesk.services.board import Board, Figure, Value
from ropdesk.services.forecast import Seer
from ropdesk.services.meeting_goals import DEPARTMENT, Held, Plan
from ropdesk.services.meeting_promises import Promised, promised
from ropdesk.services.promise_facts import known_until
from ropdesk.services.week_goals import Goals, read_span

NOON = 13 * 60  # a coordination that begins later speaks of the day itself
WEEK_ENDS = 3  # from Thursday on a weekly meeting speaks of its own week
METRIC = "receipts"


@dataclass(frozen=True, slots=True)
class Spans:
    """The days a meeting speaks of, both ends included: those of the fact and those to come."""

    fact_first: date
    fact_last: date
    plan_first: date
    plan_last: date


@dataclass(frozen=True, slots=True)
class MemberNumbers:
    """What a meeting shows of one member, or of the department (``member_id`` 0, no name).

    Values are in the stored parts of the metric; what is unknown is None.

    Attributes:
        fact: of the days passed.
        plan: what was to be reached in them: agreed at an earlier meeting, else the board's.
        agreed: whether ``plan`` was agreed at a meeting; ``board_plan`` is kept beside it.
        completion: fact ÷ plan of the days counted so far; None where either is unknown.
        goal: the plan of the days to come: agreed, else the board's; ``goal_agreed`` says which.
        promises_kept, promises_due: of the promises due in the days passed; None where none was.
        away: code of the absence on the meeting's day (``vacation``, ``sick_leave``, ``other``),
            or empty; ``away_until`` its last day.
    """

    member_id: int
    name: str
    fact: Value
    plan: Value
    agreed: bool
    board_plan: Value
    completion: Fraction | None
    goal: Value
    goal_agreed: bool
    board_goal: Value
    promises_kept: int | None = None
    promises_due: int | None = None
    away: str = ""
    away_until: date | None = None


@dataclass(frozen=True, slots=True)
class MonthNumbers:
    """The department's month up to the last day of the fact.

    Attributes:
        completion: fact ÷ plan to date.
        p10, p50, p90: where the month is expected to end; None where there is too little past.
    """

    first: date
    as_of: date
    fact: Value
    plan: Value
    plan_to_date: Value
    completion: Fraction | None
    p10: int | None = None
    p50: int | None = None
    p90: int | None = None


@dataclass(frozen=True, slots=True)
class Interim:
    """An indicator of the department over the days of the fact; a stock is its last level."""

    code: str
    fact: Value
    plan: Value
    completion: Fraction | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a meeting shows.

    Attributes:
        metric: what plan and fact are of.
        members: by name; who left numbers or has a plan in these days is among them, and what has
            no owner comes last.
        month: of the last day of the fact.
        interim: the board's other metrics, as far as anything is known of them.
        as_of: ISO time at which it was counted, as the caller gave it.
        known_until: the last day, up to that of the fact, whose facts are in; where it is earlier
            what is missing is not known yet, though counted as nothing.
    """

    spans: Spans
    metric: Metric
    members: tuple[MemberNumbers, ...]
    department: MemberNumbers
    month: MonthNumbers
    interim: tuple[Interim, ...]
    as_of: str = ""
    known_until: date | None = None


def days(day: date, start: int | None, kind: str, work: WorkCalendar) -> Spans:
    """Say which days a meeting speaks of.

    Before 13:00 (or without a time): from the last working day before it through the eve, so that
    what came in over a weekend is not lost, and the plan of the day. Later: the day itself with
    the days off right before it, and the plan of the next working day. A weekly meeting speaks of
    the week before and of its own, from Thursday on of its own and of the next; a monthly one of
    the month before and of its own.
    """
    if kind == WEEKLY:
        week = monday(day) + timedelta(7 if day.weekday() >= WEEK_ENDS else 0)
        return Spans(week - timedelta(7), week - timedelta(1), week, week + timedelta(6))
    if kind == MONTHLY:
        month = day.replace(day=1)
        return Spans(add_months(month, -1), month - timedelta(1), month, month_end(month))
    before = _working_before(day, work)
    if start is None or start < NOON:
        ahead = day if work.is_working(day) else _working_after(day, work)
        return Spans(before, day - timedelta(1), ahead, ahead)
    ahead = _working_after(day, work)
    return Spans(before + timedelta(1), day, ahead, ahead)


def _working_before(day: date, work: WorkCalendar) -> date:
    found = work.working_days(day - timedelta(31), day - timedelta(1))
    return found[-1] if found else day - timedelta(1)


def _working_after(day: date, work: WorkCalendar) -> date:
    found = work.working_days(day + timedelta(1), day + timedelta(31))
    return found[0] if found else day + timedelta(1)


def numbers(
    connection: Connection,
    meeting: Held,
    today: date,
    metric: str = METRIC,
    *,
    at: str = "",
    month: Board | None = None,
) -> Numbers:
    """Count what a meeting shows.

    Args:
        today: facts are counted up to this day at most.
        metric: code of the metric whose plan and fact stand in the table.
        at: ISO time of the counting, kept in `Numbers.as_of`.
        month: a board that is read already; it is not read again where it is the one needed.

    Raises:
        DomainError: no such metric.
    """
    known = metrics.load(connection)
    chosen = settings.load(connection)
    asked = known[metric]
    spans = days(meeting.day, meeting.start, meeting.kind, calendar.load(connection, chosen))
    until = min(spans.fact_last, today)
    codes = tuple(dict.fromkeys((metric, *chosen.board)))
    past = read_span(connection, known, codes, spans.fact_first, spans.fact_last, until)
    ahead = read_span(connection, known, (metric,), spans.plan_first, spans.plan_last, until)
    people = team.load(connection)
    shown = _shown(people, spans, metric, (past, ahead))
    plans = meeting_goals.plans(
        connection, meeting, asked, (spans.fact_first, spans.fact_last), until, past, shown
    )
    goals = meeting_goals.plans(
        connection, meeting, asked, (spans.plan_first, spans.plan_last), until, ahead, shown
    )
    silent = _silent(past, asked)
    promises = promised(connection, today, spans.fact_first, spans.fact_last)
    away = _away(people, meeting.day)

    def line(member_id: int, name: str) -> MemberNumbers:
        return _line(
            (member_id, name), past.of(member_id).get(metric, silent), plans[member_id],
            goals[member_id], promises.get(member_id), away.get(member_id),
        )  # fmt: skip

    return Numbers(
        spans=spans,
        metric=asked,
        members=tuple(line(id_, people.members[id_].name) for id_ in shown),
        department=line(DEPARTMENT, ""),
        month=_month(connection, metric, until, month),
        interim=_interim(past, metric),
        as_of=at,
        known_until=_known_until(connection, known, metric, until),
    )


def _shown(people: team.Team, spans: Spans, metric: str, read: Sequence[Goals]) -> list[int]:
    here = {m.id for m in people.active(spans.fact_first, spans.plan_last)}
    for goals in read:
        for member_id, figures in goals.figures.items():
            figure = figures.get(metric)
            if member_id in people.members and figure and (figure.fact or figure.plan):
                here.add(member_id)
    return sorted(here, key=lambda id_: (id_ == people.nobody, people.members[id_].name.casefold()))


def _silent(past: Goals, metric: Metric) -> Figure:
    """Return the figure of who has neither a fact nor a plan: nothing of a flow that has begun."""
    whole = past.of(None).get(metric.code)
    begun = whole is not None and whole.fact is not None and metric.kind is Kind.FLOW
    return Figure(0 if begun else None, None, None)


def _line(
    who: tuple[int, str],
    figure: Figure,
    plan: Plan,
    goal: Plan,
    promises: Promised | None,
    away: tuple[str, date] | None,
) -> MemberNumbers:
    return MemberNumbers(
        member_id=who[0], name=who[1], fact=figure.fact, plan=plan.value, agreed=plan.agreed,
        board_plan=plan.board, completion=Figure(figure.fact, plan.value, plan.to_date).completion,
        goal=goal.value, goal_agreed=goal.agreed, board_goal=goal.board,
        promises_kept=promises.kept if promises else None,
        promises_due=promises.due if promises else None,
        away=away[0] if away else "", away_until=away[1] if away else None,
    )  # fmt: skip


def _away(people: team.Team, day: date) -> Mapping[int, tuple[str, date]]:
    return {
        gap.member_id: (gap.kind.value, gap.end)
        for gap in people.absences
        if gap.start <= day <= gap.end
    }


def _month(connection: Connection, metric: str, until: date, read: Board | None) -> MonthNumbers:
    first = until.replace(day=1)
    if read is None or (read.month, read.as_of) != (first, until) or metric not in read.codes:
        read = board.read(connection, first, until, codes=(metric,))
    figure = read.department[metric]
    outlook = Seer.within(connection, first, (metric,), members=False).read(connection, until)
    ahead = outlook.of(metric)
    return MonthNumbers(
        first, until, figure.fact, figure.plan, figure.plan_to_date, figure.completion,
        *((ahead.p10, ahead.p50, ahead.p90) if ahead else ()),
    )  # fmt: skip


def _interim(past: Goals, metric: str) -> tuple[Interim, ...]:
    return tuple(
        Interim(code, figure.fact, figure.plan, figure.completion)
        for code, figure in past.of(None).items()
        if code != metric and (figure.fact is not None or figure.plan is not None)
    )


def _known_until(connection: Connection, known: Metrics, code: str, until: date) -> date | None:
    stored = board.flows_of(known, (code,))
    found = known_until(connection, stored, until).metrics
    return min((found[each] for each in stored if each in found), default=None)
