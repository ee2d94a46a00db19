"""Words of the investigations' window: chips, numbers, sentences."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import partial

from ropdesk.domain.investigations import State, Verdict
from ropdesk.domain.metrics import Kind, Metric
from ropdesk.i18n import _, day_month, ngettext
from ropdesk.services import investigation_words as shared
from ropdesk.services.effects import Effect
from ropdesk.services.investigation_facts import Facts
from ropdesk.services.investigation_rows import Case, CaseLine
from ropdesk.services.investigation_words import (
    ABOUT,
    LINES,
    STATES,
    VERDICTS,
    event,
    people,
    span,
)
from ropdesk.ui import values
from ropdesk.ui.roles import State as Colour

__all__ = [
    "ABOUT",
    "ARROW",
    "BAD_SIGN",
    "GOOD_SIGN",
    "LINES",
    "STATES",
    "VERDICTS",
    "compared",
    "counts",
    "effect",
    "event",
    "number",
    "paced",
    "people",
    "span",
    "state_chip",
    "unit_of_pace",
]

VERDICT_STATES = {
    Verdict.HELPED: Colour.GOOD,
    Verdict.PARTLY: Colour.GOOD,
    Verdict.NOT_HELPED: Colour.BAD,
    Verdict.UNCLEAR: Colour.WARNING,
}
ARROW = "\u2192"
GOOD_SIGN, BAD_SIGN = "\u2713", "\u2717"


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
    """Choose the style of paces: a small count for a day keeps one or two decimals."""
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
    return shared.compared(facts, partial(values.deviation, facts.metric))


def effect(metric: Metric, found: Effect) -> str:
    """Say what changed after the decision, and how sure that is."""
    return shared.effect(metric, found, partial(_say, paced(metric, [found.before, found.after])))


def _say(how: values.Style, value: Fraction, difference: bool) -> str:
    points = difference and how.unit == "%"
    unit = _("p.p.") if points else how.unit
    style = values.Style(how.divisor, how.places, unit, how.clock)
    return values.alone(value, style, sign=difference)


def counts(case: CaseLine) -> str:
    """Say how many findings and actions there are: «2 находки · действия 1/3»."""
    told = []
    if case.findings:
        told.append(ngettext("{n} finding", "{n} findings", case.findings))
    if case.actions:
        told.append(_("actions {done}/{all}", done=case.done, all=case.actions))
    return " \u00b7 ".join(told)
