"""The levers in words."""

from fractions import Fraction

from ropdesk.domain.errors import N_
from ropdesk.domain.levers import DEPARTMENT, WHOLE, Factor, Obstacle
from ropdesk.domain.levers_closing import Best
from ropdesk.domain.metrics import Metric
from ropdesk.i18n import _, month_name, month_short
from ropdesk.services.levers import Changes, Levers, Outcome, Standing, Subject
from ropdesk.ui import values
from ropdesk.ui.planning.board_words import pace_style
from ropdesk.ui.values import Style

SCENARIO_NAMES = {
    "minimum": N_("Minimum"),
    "standard": N_("Standard"),
    "maximum": N_("Maximum"),
}
SCENARIO_MARKS = {
    "minimum": N_("min."),
    "standard": N_("stand."),
    "maximum": N_("max."),
}
_OBSTACLES = {
    Obstacle.NOTHING_LEFT: N_("the forecast expects no more receipts: nothing to multiply"),
    Obstacle.NO_DEALS: N_("no deals are known, so the check is not known either"),
    Obstacle.NO_INQUIRIES: N_("no inquiries are known, so conversion is not known either"),
    Obstacle.NO_TIME: N_("a new inquiry no longer has time to be paid this month"),
    Obstacle.OVER_ALL: N_("it would take a conversion above 100 %"),
    Obstacle.AWAY: N_("away until the end of the month"),
}
UNUSUAL = Fraction(9, 10)  # worth of a new inquiry below which the reason is told
_FLOWS = {
    "receipts": N_("receipts"),
    "deals_won": N_("deals"),
    "inquiries": N_("inquiries"),
}


def name_of(subject: Subject) -> str:
    """Return a member's name, or the department's."""
    return subject.name if subject.id != DEPARTMENT else _("Department")


def metric_of(found: Levers, factor: Factor) -> Metric:
    """Return the metric that a factor is measured by."""
    return found.metrics[factor.value]


def style_of(found: Levers, factor: Factor) -> Style:
    """Return how a factor is shown and typed: pieces, percent, roubles."""
    return values.entry_style(metric_of(found, factor))


def alone(found: Levers, factor: Factor, value: Fraction | None) -> str:
    """Write a factor's value with its unit: «96», «17,1 %», «31 400 ₽»."""
    return values.alone(value, style_of(found, factor))


def label_of(found: Levers, factor: Factor) -> str:
    """Return a lever's label with its unit."""
    if factor is Factor.INQUIRIES:
        return _("Inquiries to the month's end")
    return values.heading(values.name(metric_of(found, factor)), style_of(found, factor))


def inside(name: str) -> str:
    """Write a name as it stands within a sentence; an abbreviation stays as it is."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def change(base: Fraction | None, value: Fraction | None) -> str:
    """Write a relative change: «+12 %», «+0,4 %»; nothing where there is none."""
    if not base or value is None or value == base:
        return ""
    share = value / base - 1
    return values.percent(share, 0 if abs(share) >= Fraction(1, 100) else 1, sign=True)


def reference(found: Levers, factor: Factor, base: Fraction | None, best: Best | None) -> str:
    """Say what a factor is by forecast and what it was at its best."""
    now = _("forecast {value}", value=alone(found, factor, base))
    if best is None:
        return now
    return _("{now} · best {value}, {month}", now=now, value=alone(found, factor, best.value),
             month=month_of(best))  # fmt: skip


def month_of(best: Best) -> str:
    """Write the month of a record shortly: «май 2026»."""
    return f"{month_short(best.month)} {best.month.year}"


def reference_more(factor: Factor, best: Best | None) -> str:
    """Explain a reference, for its tooltip."""
    if best is None:
        return _("No past month to compare with")
    if factor is Factor.INQUIRIES:
        return _("The pace of {month} per working day, over the days left",
                 month=month_name(best.month))  # fmt: skip
    return _("The best of the last 12 months: {month}", month=month_name(best.month))


def obstacle(why: Obstacle) -> str:
    """Say why a lever cannot be moved."""
    return _(_OBSTACLES[why])


def lag(found: Levers) -> str:
    """Say how much of new inquiries pays this month, in words."""
    if found.share is None or found.cycle is None:
        return _(
            "How long a deal takes is not known (no won deals with dates), so new inquiries are "
            "counted as paid at once."
        )
    days = values.alone(found.cycle, Style(1, 1, _("days")))
    if not found.share:
        return _(
            "A deal takes {days} on average: inquiries that come from now on will be paid in "
            "later months.",
            days=days,
        )
    return _(
        "A deal takes {days} on average: of the inquiries still to come {share} will be paid "
        "this month, the rest in later months.",
        days=days,
        share=values.percent(found.share, 0 if found.share >= Fraction(1, 100) else 1),
    )


def remarks(subject: Subject) -> str:
    """Say what is unusual about a subject's numbers; nothing where all is as it should be."""
    said = []
    if subject.guessed:
        said.append(_guessed(subject))
    rest = subject.rest
    if rest.conversion is not None and rest.fresh < UNUSUAL:
        said.append(
            _(
                "Conversion is above the usual {usual}: deals of earlier inquiries are closing. "
                "New inquiries are counted at the usual rate.",
                usual=values.percent(rest.conversion * rest.fresh / WHOLE, 1),
            )
        )
    return " ".join(said)


def _guessed(subject: Subject) -> str:
    flows = ", ".join(_(_FLOWS[code]) for code in subject.guessed)
    return _(
        "No forecast yet for: {flows}. The mean of the last three months stands in, without an "
        "interval.",
        flows=flows,
    )


def effects(found: Levers, outcome: Outcome) -> str:
    """Say what the changes bring to the department, and what comes later."""
    receipts = found.metrics["receipts"]
    if not outcome.effects:
        return _("Move a lever or type a number: the month's end changes at once.")
    whole = sum(outcome.effects.values())
    how = pace_style(receipts, whole)
    parts = ", ".join(
        f"{name_of(found.subject(who))} {values.text(amount, how, sign=True)}"
        for who, amount in outcome.effects.items()
    )
    said = _("The changes give the department {amount}",
             amount=values.alone(whole, how, sign=True))  # fmt: skip
    said += f" ({parts})." if len(outcome.effects) > 1 else "."
    if outcome.later:
        later = values.alone(outcome.later, pace_style(receipts, outcome.later), sign=True)
        said += " " + _("In later months: {amount} more.", amount=later)
    return said


def changed(found: Levers, changes: Changes) -> str:
    """List what has been changed, by subject."""
    said: dict[int, list[str]] = {}
    for (who, factor), value in changes.items():
        said.setdefault(who, []).append(
            _(
                "{metric} {old} → {new}",
                metric=inside(values.short_name(metric_of(found, factor))),
                old=alone(found, factor, found.subject(who).rest.value(factor)),
                new=alone(found, factor, value),
            )
        )
    return "; ".join(
        _("{name}: {list}", name=name_of(found.subject(who)), list=", ".join(parts))
        for who, parts in said.items()
    )


def closed_sentence(found: Levers) -> str:
    """Say why a month's levers cannot be moved."""
    month = month_name(found.month)
    return {
        Standing.FINISHED: _(
            "{month}: no working day is left, the result stands. Levers move the rest of a "
            "running month.",
            month=month,
        ),
        Standing.NOT_BEGUN: _(
            "{month} has not begun. Levers move the rest of a running month: what it needs from "
            "the first day on is in «Decomposition».",
            month=month,
        ),
        Standing.UNKNOWN: _(
            "Here you see what a change of inquiries, conversion or check does to the month's "
            "end. There is nothing to go on yet: it takes three working days of facts, or a past "
            "month."
        ),
    }[found.standing]
