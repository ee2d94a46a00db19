"""Words about investigations that the window and the paper share."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from ropdesk.domain.errors import N_
from ropdesk.domain.investigations import About, State, Verdict
from ropdesk.domain.metrics import Direction, Metric
from ropdesk.domain.months import month_end
from ropdesk.domain.team import AbsenceKind
from ropdesk.i18n import _, day_month, integer, month_name, short_date
from ropdesk.services.effects import Effect
from ropdesk.services.investigation_events import Event, What
from ropdesk.services.investigation_facts import Facts, Line, Number

STATES = {
    State.OPEN: N_("gathering facts"),
    State.ACTING: N_("being acted upon"),
    State.CLOSED: N_("closed"),
}
ABOUT = {About.PROBLEM: N_("what went wrong"), About.SUCCESS: N_("what went well")}
VERDICTS = {
    Verdict.HELPED: N_("helped"),
    Verdict.PARTLY: N_("helped in part"),
    Verdict.NOT_HELPED: N_("did not help"),
    Verdict.UNCLEAR: N_("unclear"),
}
LINES = {
    Line.FACT: N_("Fact"),
    Line.PLAN: N_("Plan"),
    Line.BEFORE: N_("Period before"),
    Line.USUAL: N_("Usual"),
    Line.REST: N_("Rest of the department"),
}
ABSENCES = {
    AbsenceKind.VACATION: N_("vacation"),
    AbsenceKind.SICK_LEAVE: N_("sick leave"),
    AbsenceKind.OTHER: N_("absence"),
}

Say = Callable[[Fraction, bool], str]
"""Writes a value of the metric with its unit; the second tells that it is a difference."""


def span(first: date, last: date) -> str:
    """Say a period: «октябрь 2026», «05.10–18.10.2026», «28.12.2025–03.01.2026»."""
    if first.day == 1 and last == month_end(first):
        return month_name(first)
    if first == last:
        return short_date(first)
    if first.year == last.year:
        return f"{day_month(first)}\u2013{short_date(last)}"
    return f"{short_date(first)}\u2013{short_date(last)}"


def people(names: Sequence[str], most: int = 2) -> str:
    """Say whom it is about: «Ким Дарья, Орлов Никита», «отдел», «Ким Дарья и ещё 3»."""
    if not names:
        return _("the department")
    if len(names) <= most:
        return ", ".join(names)
    return _("{names} and {n} more", names=names[0], n=len(names) - 1)


def metric_name(metric: Metric) -> str:
    """Say a metric: from the catalogue, or as the sales head typed it."""
    return _(metric.name) if metric.builtin else metric.name


def event(found: Event) -> str:
    """Say an event: «Ким Дарья: отпуск», «Акция «Осень»», «Сокращённый день»."""
    if found.what is What.ABSENCE:
        told = _("{name}: {what}", name=found.who, what=_(ABSENCES[AbsenceKind(found.code)]))
        return f"{told} ({found.text})" if found.text else told
    if found.what is What.PROMOTION:
        return _("Promotion «{name}»", name=found.text)
    if found.what is What.PLAN:
        told = _("Plan corrected, version {n}", n=found.number)
        return f"{told}: {found.text}" if found.text else told
    if found.what is What.IMPORT:
        return _("Import of «{name}»: {n} rows", name=found.text, n=integer(found.number))
    if found.what is What.CALENDAR:
        return found.text or _("Calendar changed")
    return _("Shortened day") if found.what is What.SHORTENED else _("Days off")


def compared(facts: Facts, change: Callable[[Fraction, Fraction], str]) -> str:
    """Say in a sentence how the fact stands to the plan and to the usual.

    Args:
        change: says how far one value is from another: «−8,6 %».
    """
    fact = facts.number(Line.FACT)
    if fact is None or fact.pace is None:
        return _("There are no numbers of this metric for these days yet.")
    parts = []
    for line, told in (
        (Line.PLAN, N_("{change} against the plan")),
        (Line.BEFORE, N_("{change} against the period before")),
        (Line.REST, N_("{change} against the rest of the department")),
    ):
        other = facts.number(line)
        if other is not None and other.pace:
            parts.append(_(told, change=change(fact.pace, other.pace)))
    usual = facts.number(Line.USUAL)
    if usual is not None:
        parts.append(_beside_usual(fact, usual))
    return "; ".join(parts)


def _beside_usual(fact: Number, usual: Number) -> str:
    if fact.pace is None or usual.low is None or usual.high is None:
        return ""
    if fact.pace < usual.low:
        return _("below the usual range")
    if fact.pace > usual.high:
        return _("above the usual range")
    return _("within the usual range")


def effect(metric: Metric, found: Effect, say: Say) -> str:
    """Say what changed after the decision, and how sure that is."""
    if found.change is None or found.before is None:
        return _("There is nothing to compare yet: on one of the sides there are no numbers.")
    told = _("Change {change}", change=say(found.change, True))
    if found.low is None or found.high is None:
        return _("{change}. Fewer than five days on a side: too few to judge.", change=told)
    reach = _(
        "{change}; in four cases of five it lies from {low} to {high}.",
        change=told, low=say(found.low, True), high=say(found.high, True),
    )  # fmt: skip
    return f"{reach} {_(_judged(metric, found))}"


def _judged(metric: Metric, found: Effect) -> str:
    if found.verdict in {"unclear", "unknown"}:
        return N_("The numbers alone do not tell whether it helped.")
    if metric.better is Direction.NONE:
        return N_("The number has changed; whether that is good is yours to say.")
    if (found.verdict == "up") == (metric.better is Direction.UP):
        return N_("The numbers have become better.")
    return N_("The numbers have become worse.")
