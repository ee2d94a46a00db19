"""Words of the investigations: states, verdicts, periods, events."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from ropdesk.domain.errors import N_
from ropdesk.domain.investigations import About, State, Verdict
from ropdesk.domain.metrics import Direction, Kind, Metric
from ropdesk.domain.team import AbsenceKind
from ropdesk.i18n import _, day_month, integer, month_name, ngettext, short_date
from ropdesk.services.effects import Effect
from ropdesk.services.investigation_events import Event, What
from ropdesk.services.investigation_facts import Facts, Line, Number
from ropdesk.services.investigation_rows import Case, CaseLine
from ropdesk.ui import values
from ropdesk.ui.roles import State as Colour

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
VERDICT_STATES = {
    Verdict.HELPED: Colour.GOOD,
    Verdict.PARTLY: Colour.GOOD,
    Verdict.NOT_HELPED: Colour.BAD,
    Verdict.UNCLEAR: Colour.WARNING,
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
ARROW = "\u2192"
GOOD_SIGN, BAD_SIGN = "\u2713", "\u2717"


def span(first: date, last: date) -> str:
    """Say a period: «октябрь 2026», «05.10–18.10», «28.12.2025–03.01.2026»."""
    if first.day == 1 and last == _month_end(first):
        return month_name(first)
    if first == last:
        return short_date(first)
    if first.year == last.year:
        return f"{day_month(first)}\u2013{short_date(last)}"
    return f"{short_date(first)}\u2013{short_date(last)}"


def _month_end(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def people(names: Sequence[str], most: int = 2) -> str:
    """Say whom it is about: «Ким Дарья, Орлов Никита», «отдел», «Ким Дарья и ещё 3»."""
    if not names:
        return _("the department")
    if len(names) <= most:
        return ", ".join(names)
    return _("{names} and {n} more", names=names[0], n=len(names) - 1)


def state_chip(case: CaseLine | Case, today: date) -> tuple[str, Colour]:
    """Say how far an investigation has come, in a word or two."""
    if case.verdict is not None:
        return _(VERDICTS[case.verdict]), VERDICT_STATES[case.verdict]
    if case.state is State.OPEN or case.remeasure_on is None:
        return _(STATES[case.state]), Colour.NEUTRAL
    if case.due:
        return _("re-measure now"), Colour.WARNING
    day = case.remeasure_on
    if day == today + timedelta(days=1):
        return _("re-measurement tomorrow"), Colour.ACCENT
    return _("re-measurement {day}", day=day_month(day)), Colour.ACCENT


def number(metric: Metric, value: values.Value) -> str:
    """Write a number of the metric with its unit."""
    return values.alone(value, paced(metric, [value]))


def paced(metric: Metric, shown: Sequence[values.Value]) -> values.Style:
    """Choose the style of paces: a count for a day keeps two decimals."""
    how = values.style(metric, shown)
    whole = metric.kind is Kind.FLOW and not how.places and not how.clock
    small = max((abs(Fraction(v)) for v in shown if v is not None), default=Fraction(0))
    if whole and small < 100 * how.divisor:
        return values.Style(how.divisor, 1 if small >= 10 * how.divisor else 2, how.unit)
    return how


def unit_of_pace(facts: Facts) -> str:
    """Say what a pace is for: a day, or a day of one person."""
    if facts.metric.kind is not Kind.FLOW:
        return _("Value")
    return _("A day, per person") if facts.per_person else _("A working day")


def compared(facts: Facts) -> str:
    """Say in a sentence how the fact stands to the plan and to the usual."""
    fact = facts.number(Line.FACT)
    if fact is None or fact.pace is None:
        return _("There are no numbers of this metric for these days yet.")
    parts = []
    for line, words in (
        (Line.PLAN, N_("{change} against the plan")),
        (Line.BEFORE, N_("{change} against the period before")),
        (Line.REST, N_("{change} against the rest of the department")),
    ):
        other = facts.number(line)
        if other is not None and other.pace:
            parts.append(_(words, change=values.deviation(facts.metric, fact.pace, other.pace)))
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


def event(found: Event) -> str:
    """Say an event: «Ким Дарья: отпуск», «Акция «Осень»», «сокращённый день»."""
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


def effect(metric: Metric, found: Effect) -> str:
    """Say what changed after the decision, and how sure that is."""
    if found.change is None or found.before is None:
        return _("There is nothing to compare yet: on one of the sides there are no numbers.")
    how = paced(metric, [found.before, found.after])
    told = _("Change {change}", change=_changed(found.change, how))
    if found.low is None or found.high is None:
        return _("{change}. Fewer than five days on a side: too few to judge.", change=told)
    reach = _(
        "{change}; in four cases of five it lies from {low} to {high}.",
        change=told, low=_changed(found.low, how), high=_changed(found.high, how),
    )  # fmt: skip
    return f"{reach} {_(_judged(metric, found))}"


def _changed(change: Fraction, how: values.Style) -> str:
    unit = _("p.p.") if how.unit == "%" else how.unit
    style = values.Style(how.divisor, max(how.places, 1) if unit != how.unit else how.places, unit,
                         how.clock)  # fmt: skip
    return values.alone(change, style, sign=True)


def _judged(metric: Metric, found: Effect) -> str:
    if found.verdict in {"unclear", "unknown"}:
        return N_("The numbers alone do not tell whether it helped.")
    if metric.better is Direction.NONE:
        return N_("The number has changed; whether that is good is yours to say.")
    if (found.verdict == "up") == (metric.better is Direction.UP):
        return N_("The numbers have become better.")
    return N_("The numbers have become worse.")


def counts(case: CaseLine) -> str:
    """Say how many findings and actions there are: «2 находки · действия 1/3»."""
    told = []
    if case.findings:
        told.append(ngettext("{n} finding", "{n} findings", case.findings))
    if case.actions:
        told.append(_("actions {done}/{all}", done=case.done, all=case.actions))
    return " \u00b7 ".join(told)
