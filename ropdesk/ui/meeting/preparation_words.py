"""Words of a meeting's preparation: groups of offers, when and whose they are."""

from collections.abc import Sequence
from datetime import date

from ropdesk.domain.errors import N_
from ropdesk.domain.metrics import Metrics
from ropdesk.i18n import _, day_month, month_name
from ropdesk.services.meeting_numbers import Numbers
from ropdesk.services.meeting_offers import Offer, Source, Standing
from ropdesk.ui import values
from ropdesk.ui.roles import State

GROUPS = {
    Source.PROMISE: N_("Promises"),
    Source.ACTION: N_("Unfinished actions"),
    Source.TASK: N_("Tasks"),
    Source.SIGNAL: N_("Signals"),
    Source.INVESTIGATION: N_("Investigations"),
    Source.REQUEST: N_("Requests to the director"),
    Source.PRACTICE: N_("What proved itself"),
}
ADD, TAKEN = "+", "\u2713"


def group(source: Source, offers: Sequence[Offer]) -> str:
    """Return a group's heading with how many there are."""
    return f"{_(GROUPS[source])} · {len(offers)}"


def chip(offer: Offer, today: date) -> tuple[str, State] | None:
    """Say how an offer stands; None where there is nothing to say."""
    if offer.standing is Standing.BROKEN:
        if offer.source is Source.PRACTICE:
            return _("not to repeat"), State.WARNING
        return _("not kept: {day}", day=_day(offer.due, today)), State.BAD
    if offer.standing is Standing.GOOD:
        return _("good news") if offer.source is Source.SIGNAL else _("to repeat"), State.GOOD
    if offer.due is None:
        return None
    if offer.source is Source.INVESTIGATION:
        words = _("re-measure: {day}", day=_day(offer.due, today))
        return words, State.NEUTRAL if offer.standing is Standing.PLAIN else State.WARNING
    if offer.standing is Standing.OVERDUE:
        return _("overdue: {day}", day=_day(offer.due, today)), State.BAD
    if offer.standing is Standing.TODAY:
        return _("today"), State.ACCENT
    return _("by {day}", day=day_month(offer.due)), State.NEUTRAL


def spoken(offer: Offer, today: date, *, taken: bool) -> str:
    """Say an offer in one line, for screen readers and tooltips."""
    said = chip(offer, today)
    parts = (offer.who, offer.title, said[0] if said else "", _("on the agenda") if taken else "")
    return ", ".join(part for part in parts if part)


def month(numbers: Numbers) -> str:
    """Say how the month stands and where it goes; empty where nothing is known of it."""
    metric, found = numbers.metric, numbers.month
    if found.fact is None:
        return ""
    fact = values.headline(metric, found.fact)
    if found.plan is not None:
        fact = _("{fact} of {plan}", fact=fact, plan=values.headline(metric, found.plan))
    parts = [fact]
    if found.completion is not None:
        share = values.joined(values.completion(found.completion, metric.better), "%")
        parts.append(_("{share} of the plan to date", share=share))
    if found.p50 is not None:
        parts.append(_("forecast {value}", value=values.headline(metric, found.p50)))
    return f"{month_name(found.first)}: {', '.join(parts)}."


def interim(numbers: Numbers, known: Metrics) -> str:
    """Say the board's other metrics on the days passed, each against its plan."""
    said = []
    for each in numbers.interim:
        if each.fact is None or each.code not in known:
            continue
        metric = known[each.code]
        words = f"{values.name(metric)} {values.headline(metric, each.fact)}"
        if each.completion is not None:
            share = values.joined(values.completion(each.completion, metric.better), "%")
            words = f"{words} ({share})"
        said.append(words)
    return " · ".join(said)


def _day(day: date | None, today: date) -> str:
    if day is None:
        return ""
    known = {0: _("today"), -1: _("yesterday"), 1: _("tomorrow")}
    return known.get((day - today).days, day_month(day))
