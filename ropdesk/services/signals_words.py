"""Signals in words: what happened, and how that was judged."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from ropdesk import i18n
from ropdesk.domain.metrics import Kind, Metric, Metrics, Unit
from ropdesk.domain.signal_stories import RECORD, Whose
from ropdesk.i18n import _, ngettext
from ropdesk.reports.values import Style, style_for
from ropdesk.reports.wording import lower_first
from ropdesk.services.signals_find import COHORT_WEEKS, Find
from ropdesk.services.team import Team

TENTH = Decimal("0.1")


def metric_name(metric: Metric) -> str:
    """Return a metric's name inside a sentence."""
    # «AHT, average handle time»: inside a sentence its short name is enough.
    return lower_first(_(metric.name).split(", ")[0]) if metric.builtin else metric.name


def who(whose: Whose, people: Team) -> str:
    """Name what a signal is about."""
    if whose.member is not None:
        return people.members[whose.member].name
    if whose.source is not None:
        return _("Source «{name}»", name=whose.source)
    if whose.stage is not None:
        return _("Stage «{name}»", name=whose.stage)
    return _("Department")


def bounds(found: Find) -> tuple[Fraction, Fraction] | None:
    """Return the usual range as it is shown: pieces are whole, and inside the limits."""
    if found.low is None or found.high is None:
        return None
    if _pieces(found.metric):
        return Fraction(ceil(found.low)), Fraction(max(floor(found.high), 0))
    return found.low, found.high


def _pieces(metric: Metric) -> bool:
    return metric.unit is Unit.COUNT and metric.kind is not Kind.RATIO


def style(metric: Metric, values: Iterable[Fraction | None]) -> Style:
    """Choose one style for the numbers of a sentence, which are in stored parts."""
    known = [_shown(metric, value) for value in values if value is not None]
    return style_for(metric.unit, 1, known, ratio=metric.kind is Kind.RATIO)


def _shown(metric: Metric, value: Fraction) -> Fraction:
    """Return whole units, without kopecks or seconds that only disturb."""
    units = value / metric.scale
    return units if metric.kind is Kind.RATIO else Fraction(round(units))


def number(metric: Metric, value: Fraction | None, how: Style) -> str:
    """Write a value with its unit."""
    return how.alone(None if value is None else _shown(metric, value), 1)


def title(found: Find, name: str) -> str:
    """Say in one sentence what stands out.

    Args:
        name: of whom it is said.
    """
    metric = found.metric
    usual = bounds(found)
    how = style(metric, (found.value, found.before, *(usual or ())))
    said = {"who": name, "metric": metric_name(metric), "value": number(metric, found.value, how)}
    before = number(metric, found.before, how)
    rule = found.sighting.rule
    if rule == RECORD:
        return _record(found, said, before)
    if rule == "streak":
        return ngettext(
            "{who}: {metric} worse {n} week in a row, from {before} to {value}",
            "{who}: {metric} worse {n} weeks in a row, from {before} to {value}",
            found.steps,
            before=before,
            **said,
        )
    if rule == "stuck":
        return _("{who}: {value} deals stuck, four weeks ago {before}", before=before, **said)
    low, high = (number(metric, value, how) for value in usual or (None, None))
    if rule == "cohort":
        span = span_words(found.first, found.last)
        return _(
            "{who}: {metric} of the inquiries of {span} is {value}, usually {low} to {high}",
            span=span, low=low, high=high, **said,
        )  # fmt: skip
    if usual is not None and usual[0] <= 0:
        return _("{who}: {metric} {value}, usually up to {high}", high=high, **said)
    return _("{who}: {metric} {value}, usually {low} to {high}", low=low, high=high, **said)


def _record(found: Find, said: dict[str, str], before: str) -> str:
    on = found.before_on or found.first
    if _month(found):
        when = i18n.month_name(on).lower() if i18n.language() == "ru" else i18n.month_name(on)
        return _(
            "{who}: the best month so far, {metric} {value}; the best before was {before}, {when}",
            before=before, when=when, **said,
        )  # fmt: skip
    return _(
        "{who}: the best week so far, {metric} {value}; the best before was {before}, {when}",
        before=before, when=span_words(on, on + timedelta(days=6)), **said,
    )  # fmt: skip


def _month(found: Find) -> bool:
    return found.first.day == 1 and (found.last - found.first).days > 7


def span_words(first: date, last: date) -> str:
    """Write some days of one year or two: «12.10–18.10»."""
    return f"{i18n.day_month(first)}–{i18n.day_month(last)}"


def judged(found: Find, known: Metrics) -> str:
    """Say how it was judged, with its limits and how many weeks they were learnt from.

    Args:
        known: the catalogue, to name a ratio's denominator.
    """
    rule, metric, weeks = found.sighting.rule, found.metric, found.weeks
    how = style(metric, (found.value, found.before))
    if rule == RECORD:
        if _month(found):
            return ngettext(
                "Better than each of the {n} month before it, by a twentieth at least.",
                "Better than each of the {n} months before it, by a twentieth at least.",
                weeks,
            )
        return ngettext(
            "Better than each of the {n} week before it, by 15 % at least.",
            "Better than each of the {n} weeks before it, by 15 % at least.",
            weeks,
        )
    if rule == "stuck":
        return _(
            "Deals that stand in the stage longer than its norm: half as many again as four weeks "
            "before, and five at least."
        )
    learnt = ngettext("{n} week before it", "{n} weeks before it", weeks)
    sigmas = i18n.decimal(Decimal(found.sigmas).quantize(TENTH), 1)
    mean = number(metric, found.before, how)
    if rule == "cohort":
        lag = ngettext("{n} week", "{n} weeks", found.steps)
        block = ngettext("{n} week", "{n} weeks", COHORT_WEEKS)
        return _(
            "Inquiries of {block}, won within {lag} of their coming, against {mean} of those of "
            "the {learnt}, at the same age. The range is {sigmas} sigmas of the difference of two "
            "shares; where weeks scatter more than chance lets them, it is wider.",
            block=block, lag=lag, mean=mean, learnt=learnt, sigmas=sigmas,
        )  # fmt: skip
    if rule == "streak":
        return _(
            "Five weeks or more, each worse than the one before; in all, the change is over half "
            "the usual range of the {learnt}. Weeks are compared by days worked.",
            learnt=learnt,
        )
    limits = _(
        "Usual is the mean of the {learnt}, {mean}, and {sigmas} sigmas to each side; sigma is the "
        "mean moving range ÷ 1.128.",
        learnt=learnt, mean=mean, sigmas=sigmas,
    )  # fmt: skip
    if metric.kind is Kind.RATIO:
        below = known[metric.denominator or ""]
        name = _(below.name) if below.builtin else below.name
        weighed = _("The fewer the week has of «{below}», the wider the range.", below=name)
    else:
        weighed = _("The week is measured by days worked: holidays and absences are allowed for.")
    return f"{limits} {weighed}"
