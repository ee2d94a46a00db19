"""One investigation on paper: its facts, findings, decision and numbers afterwards."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import partial

from ropdesk.domain import investigations as rules
from ropdesk.domain.investigations import State
from ropdesk.domain.metrics import Kind, Metric, Unit
from ropdesk.domain.week import State as Done
from ropdesk.i18n import _, day_month, integer, ngettext, short_date
from ropdesk.reports import values
from ropdesk.reports.investigation_model import (
    ActionRow,
    FindingRow,
    InvestigationPaper,
    NumberBox,
    Weeks,
)
from ropdesk.reports.model import DocumentHead
from ropdesk.services import investigation_words as words
from ropdesk.services import investigations, settings
from ropdesk.services.investigation_facts import Facts, Line, facts
from ropdesk.services.investigation_rows import Case
from ropdesk.services.week import ActionLine
from ropdesk.store.workspace import Workspace


def paper(ws: Workspace, investigation_id: int, at: datetime) -> tuple[str, bytes]:
    """Return an investigation's title and its PDF.

    Args:
        at: when it is made, in the user's clock; nothing later is counted.

    Raises:
        DomainError: the investigation is gone.
    """
    from ropdesk.reports import investigation

    found = model(ws, investigation_id, at)
    return found.head.title, investigation.investigation(found)


def model(ws: Workspace, investigation_id: int, at: datetime) -> InvestigationPaper:
    """Return everything that an investigation's paper says.

    Raises:
        DomainError: the investigation is gone.
    """
    known = facts(ws, investigation_id, at.date())
    case, metric = known.case, known.metric
    chosen = settings.settings(ws)
    how = _style(metric, [v for n in known.numbers for v in (n.pace, n.low, n.high)])
    measured, outcome = _outcome(ws, case, metric, at.date())
    deals = known.deals
    return InvestigationPaper(
        head=DocumentHead(
            chosen.company, chosen.department, _("Investigation {n}", n=case.id), "", at
        ),
        question=case.question, about=_about(case, metric),
        pace=_pace(known), numbers=tuple(_numbers(known, how)),
        sentence=words.compared(known, partial(_deviation, metric)),
        weeks=_weeks(known, how),
        deals=() if deals.empty else (
            _("Won {n}, before {before}", n=integer(deals.won), before=integer(deals.won_before)),
            _("Lost {n}, before {before}", n=integer(deals.lost),
              before=integer(deals.lost_before)),
        ),
        reasons=tuple(
            _counted(one.words or _("reason not given"), one.count, one.before)
            for one in deals.reasons
        ),
        events=tuple(
            f"{words.span(one.first, one.last)}: {words.event(one)}" for one in known.events
        ),
        findings=tuple(
            FindingRow(one.text, one.successful, one.member, one.note, one.proven)
            for one in case.findings
        ),
        notes=case.notes, cause=case.cause, decision=case.decision,
        actions=tuple(
            ActionRow(one.title, one.owner or _("sales head"), _when(one), _state(one))
            for one in case.actions
        ),
        measured=measured, outcome=outcome,
    )  # fmt: skip


def _counted(told: str, count: int, before: int) -> str:
    return f"{told}: {integer(count)} ({integer(before)})"


def _about(case: Case, metric: Metric) -> str:
    parts = [
        words.metric_name(metric), words.people(case.members, 5),
        words.span(case.first, case.last),
        _("opened {day}", day=short_date(case.opened)), _(words.STATES[case.state]),
    ]  # fmt: skip
    if case.decided_on is not None:
        parts.append(_("decided {day}", day=short_date(case.decided_on)))
    if case.state is State.ACTING and case.remeasure_on is not None:
        parts.append(_("re-measurement {day}", day=short_date(case.remeasure_on)))
    return " \u00b7 ".join(parts)


def _style(metric: Metric, shown: Sequence[Fraction | None]) -> values.Style:
    scaled = [_whole(metric, value) for value in shown]
    ratio = metric.kind is not Kind.STOCK
    how = values.style_for(metric.unit, metric.scale, scaled, ratio=ratio)
    if metric.unit is not Unit.COUNT or metric.kind is not Kind.FLOW:
        return how
    largest = max((abs(value) for value in scaled if value is not None), default=Fraction(0))
    return values.Style(how.divisor, 0 if largest >= 100 else 1 if largest >= 10 else 2)


def _whole(metric: Metric, value: Fraction | None) -> Fraction | None:
    """Return a value in whole units, as the paper takes exact numbers."""
    return None if value is None else value / metric.scale


def _say(metric: Metric, how: values.Style, value: Fraction | None, sign: bool = False) -> str:
    amount = _whole(metric, value)
    return how.change(amount, metric.scale) if sign else how.alone(amount, metric.scale)


def _deviation(metric: Metric, fact: Fraction, other: Fraction) -> str:
    if metric.unit is Unit.SHARE:
        return _say(metric, _style(metric, [fact]), fact - other, True)
    change = values.Style(Fraction(1, 100), 1, "%")
    return change.change(fact / other - 1, 1)


def _pace(known: Facts) -> str:
    if known.metric.kind is not Kind.FLOW:
        return ""
    days = ngettext("{n} working day", "{n} working days", known.working_days)
    if known.per_person:
        return _("For a working day of one person; {days} in the period.", days=days)
    return _("For a working day; {days} in the period.", days=days)


def _numbers(known: Facts, how: values.Style) -> list[NumberBox]:
    made = []
    for number in known.numbers:
        note = words.span(number.first, number.last)
        if number.line is Line.USUAL and number.low is not None and number.high is not None:
            low, high = (_say(known.metric, how, one) for one in (number.low, number.high))
            note = _("from {low} to {high}", low=low, high=high)
        name = _(words.LINES[number.line])
        made.append(NumberBox(name, _say(known.metric, how, number.pace), note))
    return made


def _weeks(known: Facts, how: values.Style) -> Weeks | None:
    points = [_whole(known.metric, point.value) for point in known.weeks]
    if sum(point is not None for point in points) < 2:
        return None
    inside = [
        number
        for number, week in enumerate(known.weeks)
        if week.first <= known.until and week.last >= known.case.first
    ]
    plan = known.number(Line.PLAN)
    last = next(point.value for point in reversed(known.weeks) if point.value is not None)
    return Weeks(
        tuple(points), day_month(known.weeks[0].first), day_month(known.weeks[-1].last),
        (inside[0], inside[-1]) if inside else (0, 0),
        _whole(known.metric, plan.pace) if plan is not None else None,
        _say(known.metric, how, last),
    )  # fmt: skip


def _when(action: ActionLine) -> str:
    if action.day is not None:
        return day_month(action.day)
    return f"{day_month(action.week)}\u2013{day_month(action.week + timedelta(days=6))}"


def _state(action: ActionLine) -> str:
    if action.state is Done.DONE:
        day = day_month(action.done_on) if action.done_on else ""
        done = _("done")
        return f"{done} {day}".strip()
    return _("dropped") if action.state is Done.DROPPED else _("planned")


def _outcome(
    ws: Workspace, case: Case, metric: Metric, today: date
) -> tuple[tuple[NumberBox, ...], str]:
    """Answer the numbers before and after, and what they or the verdict say."""
    if case.decided_on is None or case.remeasure_on is None:
        return (), ""
    if case.verdict is not None:
        on = case.verdict_on or case.remeasure_on
        spans = rules.compared(case.first, case.last, case.decided_on, min(case.remeasure_on, on))
        kept = [rules.measured(one, metric.kind) for one in (case.before_value, case.after_value)]
        told = _("{verdict}, {day}", verdict=_(words.VERDICTS[case.verdict]), day=short_date(on))
        told = told[:1].upper() + told[1:]
        return (
            _pair(metric, kept, spans),
            f"{told}. {case.verdict_text}" if case.verdict_text else told,
        )
    found = investigations.compare(ws, case.id, today)
    if found is None or found.effect is None:
        return (), ""
    sides = [found.effect.before, found.effect.after]
    say = partial(_say, metric, _style(metric, sides))
    told = words.effect(metric, found.effect, say)
    return _pair(metric, sides, (found.before, found.after)), told


def _pair(
    metric: Metric, sides: Sequence[Fraction | None], spans: Sequence[rules.Span]
) -> tuple[NumberBox, ...]:
    how = _style(metric, sides)
    names = _("Before"), _("After")
    return tuple(
        NumberBox(name, _say(metric, how, value), words.span(*days))
        for name, value, days in zip(names, sides, spans, strict=True)
    )
