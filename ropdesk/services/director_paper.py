"""The report to the director as it is printed, and the words the numbers suggest for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from ropdesk import i18n
from ropdesk.domain.director import ReportKind, RequestState, span
from ropdesk.domain.errors import N_
from ropdesk.domain.investigations import State as CaseState
from ropdesk.domain.investigations import Verdict
from ropdesk.domain.week import State
from ropdesk.i18n import _
from ropdesk.reports import director_model as model
from ropdesk.reports import wording
from ropdesk.reports.model import Cumulative, DocumentHead, Factor, MemberRow, MetricLine
from ropdesk.reports.reasons_model import CaseLine
from ropdesk.services import (
    board,
    director,
    factor_words,
    factors,
    investigation_rows,
    metrics,
    report_lines,
    settings,
    team,
)
from ropdesk.services.board import Figures
from ropdesk.services.forecast import Outlook, Seer
from ropdesk.services.week_goals import DEPARTMENT, read_goals
from ropdesk.services.week_lines import ActionLine, lines_between, member_names, read_lines
from ropdesk.store.workspace import Workspace

HEADLINE = ("receipts", "deals_won", "conversion", "average_check")
MEMBER_METRICS = 4
SUGGESTED_ACTIONS = 3
REQUEST_STATES = {
    RequestState.OPEN: N_("no answer yet"),
    RequestState.PROMISED: N_("promised"),
    RequestState.DECLINED: N_("declined"),
    RequestState.DONE: N_("done"),
}
CASE_STATES = {
    CaseState.OPEN: N_("gathering facts"),
    CaseState.ACTING: N_("being acted upon"),
    CaseState.CLOSED: N_("closed"),
}
VERDICTS = {
    Verdict.HELPED: N_("helped"),
    Verdict.PARTLY: N_("helped in part"),
    Verdict.NOT_HELPED: N_("did not help"),
    Verdict.UNCLEAR: N_("unclear"),
}
ACTION_STATES = {
    State.PLANNED: N_("not done"),
    State.DONE: N_("done"),
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the books say of the period.

    Attributes:
        department: the metrics of the board, HEADLINE ones first.
        month: the month so far in words, one sentence part a metric.
        factors: parts of the month's deviation of receipts, with the sentence about them.
    """

    start: date
    end: date
    as_of: date
    department: tuple[MetricLine, ...]
    members: tuple[MemberRow, ...]
    month: tuple[str, ...]
    factors: tuple[Factor, ...]
    factor_sentence: str
    actions: tuple[model.ActionLine, ...]
    cases: tuple[CaseLine, ...]
    best: str
    next_actions: tuple[str, ...]
    cumulative: Cumulative | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words made of the numbers, to begin from."""

    result: str
    reasons: str
    decisions: str


def numbers(ws: Workspace, kind: ReportKind, day: date, today: date) -> Numbers:
    """Gather what the period brought.

    Args:
        today: a running period is counted up to this day.
    """
    start, end = span(kind, day)
    as_of = min(end, today)
    month = as_of.replace(day=1) if as_of >= start else start.replace(day=1)
    deviation = factors.factors(ws, month, as_of)
    decided = cases_of(ws, start, end, today)
    ahead = Seer(ws, month, HEADLINE[:1], members=False).look(ws, as_of)
    with ws.read() as connection:
        known = metrics.load(connection)
        shown = [c for c in HEADLINE if c in known]
        shown += [c for c in settings.load(connection).board if c in known and c not in shown]
        monthly = board.read(connection, month, as_of, codes=shown)
        department, by_member = _figures(connection, kind, start, as_of, shown, monthly)
        finished = as_of >= end
        people = team.load(connection)

        def lines(figures: Figures) -> dict[str, MetricLine]:
            return {
                code: report_lines.line(known[code], figures[code], finished=finished)
                for code in shown
                if code in figures
            }

        members = tuple(
            MemberRow(people.members[member].name, lines(figures))
            for member, figures in sorted(
                by_member.items(), key=lambda pair: people.members[pair[0]].name.casefold()
            )
            if any(
                figure.fact is not None or figure.plan is not None for figure in figures.values()
            )
        )
        whole = tuple(lines(department).values())
        return Numbers(
            start, end, as_of, whole, members, _month_words(monthly, kind),
            tuple(Factor(s.name, s.effect) for s in factor_words.steps(deviation)),
            _reason(deviation, kind), _actions(connection, start, end), decided,
            _best(members), _next(connection, end), _cumulative(connection, monthly, ahead),
        )  # fmt: skip


def suggest(ws: Workspace, kind: ReportKind, day: date, today: date) -> Suggestion:
    """Word the result, the reasons and the decisions from the books."""
    found = numbers(ws, kind, day, today)
    result = [_result(found.department, kind)] if found.department else []
    if found.best:
        result.append(found.best)
    reasons = [found.factor_sentence] if found.factor_sentence else []
    decisions = [_("{question} {decision}", question=case.question, decision=case.decision)
                 for case in found.cases if case.decision]  # fmt: skip
    if found.next_actions:
        decisions.append(_("Next: {actions}.", actions="; ".join(found.next_actions)))
    return Suggestion(" ".join(result), " ".join(reasons), "\n".join(decisions))


def paper(
    ws: Workspace, kind: ReportKind, day: date, today: date, issued: datetime
) -> model.DirectorPaper:
    """Answer everything the report prints."""
    kept = director.report(ws, kind, day)
    found = numbers(ws, kind, day, today)
    chosen = settings.settings(ws)
    company, department = report_lines.names(chosen)
    weekly = kind is ReportKind.WEEK
    title = _("Weekly report to the director") if weekly else _("Monthly report to the director")
    return model.DirectorPaper(
        head=DocumentHead(company, department, title, _period(found, kind), issued),
        weekly=weekly, start=found.start, end=found.end, as_of=found.as_of,
        headline=tuple(line for line in found.department if line.code in HEADLINE),
        month=found.month if weekly else (),
        result=kept.result, reasons=kept.reasons or found.factor_sentence,
        decisions=kept.decisions,
        requests=tuple(_request(each, today) for each in kept.requests),
        followed=tuple(_request(each, today) for each in kept.followed),
        cumulative=found.cumulative, actions=found.actions, cases=found.cases,
        factors=found.factors,
        department=found.department, members=found.members,
        member_metrics=tuple(line.code for line in found.department)[:MEMBER_METRICS],
        signers=(report_lines.signer(_("Head of sales"), chosen.sales_head), _("Director")),
    )  # fmt: skip


def pdf(
    ws: Workspace, kind: ReportKind, day: date, today: date, issued: datetime
) -> tuple[str, bytes]:
    """Return the report's title and its PDF."""
    from ropdesk.reports.director import director_report

    made = paper(ws, kind, day, today, issued)
    return f"{made.head.title}, {made.head.period}", director_report(made)


def _figures(
    connection: Connection, kind: ReportKind, start: date, as_of: date, codes: Sequence[str],
    monthly: board.Board,
) -> tuple[Figures, Mapping[int, Figures]]:  # fmt: skip
    if kind is ReportKind.MONTH:
        return monthly.department, {
            line.member.id: line.figures
            for line in monthly.members
            if line.member.id != monthly.nobody
        }
    goals = read_goals(connection, monthly.metrics, codes, start, as_of)
    people = team.load(connection)
    return goals.of(None), {
        member: figures
        for member, figures in goals.figures.items()
        if member not in {DEPARTMENT, people.nobody}
    }


def _month_words(monthly: board.Board, kind: ReportKind) -> tuple[str, ...]:
    if kind is ReportKind.MONTH:
        return ()
    words = []
    for code in HEADLINE[:2]:
        if code not in monthly.department:
            continue
        line = report_lines.line(
            monthly.metrics[code], monthly.department[code], finished=monthly.as_of == monthly.last
        )
        if line.fact is not None:
            words.append(_measured(line))
    if words:
        words[0] = _("{month} so far: {words}", month=i18n.month_name(monthly.month),
                     words=words[0])  # fmt: skip
    return tuple(words)


def _measured(line: MetricLine) -> str:
    look = wording.line_style(line)
    fields = {"name": wording.lower_first(line.name), "fact": look.alone(line.fact, line.scale)}
    if line.plan is None:
        return _("{name} {fact}", **fields)
    plan = look.alone(line.plan, line.scale)
    if line.completion is None:
        return _("{name} {fact} of {plan}", plan=plan, **fields)
    return _("{name} {fact} of {plan}, {share} of the plan to date", plan=plan,
             share=i18n.percent(line.completion), **fields)  # fmt: skip


def _result(lines: Sequence[MetricLine], kind: ReportKind) -> str:
    parts = []
    for line in lines:
        if line.code not in HEADLINE or line.fact is None:
            continue
        look = wording.line_style(line)
        measure = line.plan if line.plan_to_date is None else line.plan_to_date
        fields = {"name": wording.lower_first(line.name), "fact": look.alone(line.fact, line.scale)}
        if measure is None:
            parts.append(_("{name} {fact}", **fields))
        else:
            plan = look.alone(measure, line.scale)
            parts.append(_("{name} {fact} of {plan}", plan=plan, **fields))
    if not parts:
        return ""
    whole = ", ".join(parts)
    if kind is ReportKind.WEEK:
        return _("In the week: {parts}.", parts=whole)
    return _("In the month: {parts}.", parts=whole)


def _best(members: Sequence[MemberRow]) -> str:
    """Name who did best against the plan of receipts, and who is farthest behind."""
    known = [
        (line.completion, row.name)
        for row in members
        if (line := row.metrics.get(HEADLINE[0])) is not None and line.completion is not None
    ]
    if len(known) < 2:
        return ""
    (low, last), (high, first) = min(known), max(known)
    return _(
        "Best against the plan: {first}, {high}; farthest behind: {last}, {low}.",
        first=first, high=i18n.percent(high), last=last, low=i18n.percent(low),
    )  # fmt: skip


def _cumulative(connection: Connection, shown: board.Board, ahead: Outlook) -> Cumulative | None:
    code = HEADLINE[0]
    return report_lines.cumulative(
        shown.metrics[code],
        shown,
        board.daily(connection, code, shown.month, shown.as_of),
        board.planned_days(connection, shown.plan.id, code, shown.scenario),
        ahead,
        (),
    )


def _reason(deviation: factors.FactorReport, kind: ReportKind) -> str:
    """Say what the month's deviation is made of; beside a week's figures with its period."""
    words = factor_words.sentence(deviation)
    if kind is ReportKind.MONTH or not words:
        return words
    return _("{month} so far: {words}", month=i18n.month_name(deviation.month),
             words=wording.lower_first(words))  # fmt: skip


def _actions(connection: Connection, start: date, end: date) -> tuple[model.ActionLine, ...]:
    """List the period's actions; the times of a recurring one stand in one line."""
    found = lines_between(connection, start, end)
    told: dict[tuple[str, str], list[ActionLine]] = {}
    for line in found:
        told.setdefault((line.title, line.owner), []).append(line)
    return tuple(
        model.ActionLine(title, owner or _("Sales head"), _outcome(lines))
        for (title, owner), lines in told.items()
    )


def _outcome(lines: Sequence[ActionLine]) -> str:
    if len(lines) == 1:
        return lines[0].result or _(ACTION_STATES[lines[0].state])
    done = sum(line.state is State.DONE for line in lines)
    return _("done {done} of {n}", done=done, n=len(lines))


def _next(connection: Connection, end: date) -> tuple[str, ...]:
    """Name the first actions planned after the period."""
    found = read_lines(
        connection, member_names(connection), "week > ? AND state = 'planned'", (end.isoformat(),)
    )
    return tuple(line.title for line in found[:SUGGESTED_ACTIONS])


def cases_of(ws: Workspace, start: date, end: date, today: date) -> tuple[CaseLine, ...]:
    """List the investigations opened, decided or judged between two days."""
    told = []
    for line in investigation_rows.cases(ws, today):
        case = investigation_rows.case(ws, line.id, today)
        days = (case.opened, case.decided_on, case.verdict_on)
        if any(day is not None and start <= day <= end for day in days):
            told.append(CaseLine(case.question, _case_state(case), case.decision))
    return tuple(told)


def _case_state(case: investigation_rows.Case) -> str:
    if case.verdict is not None:
        return _(VERDICTS[case.verdict])
    if case.remeasure_on is None:
        return _(CASE_STATES[case.state])
    return _("re-measurement {day}", day=i18n.day_month(case.remeasure_on))


def _request(request: director.Request, today: date) -> model.RequestLine:
    state = _(REQUEST_STATES[request.state])
    if request.state is RequestState.PROMISED and request.promised_for is not None:
        state = _("promised for {day}", day=i18n.day_month(request.promised_for))
    if request.overdue(today):
        state = _("{state}, overdue", state=state)
    due = "" if request.needed_by is None else i18n.short_date(request.needed_by)
    return model.RequestLine(request.text, due, state, request.answer)


def _period(found: Numbers, kind: ReportKind) -> str:
    if kind is ReportKind.MONTH:
        return i18n.month_name(found.start)
    return f"{i18n.short_date(found.start)}–{i18n.short_date(found.end)}"
