"""Promotions in words, the same on the screen and on paper."""

from collections.abc import Sequence
from datetime import date

from ropdesk import i18n
from ropdesk.domain.errors import N_
from ropdesk.domain.metrics import Kind
from ropdesk.domain.promotions import State
from ropdesk.i18n import _
from ropdesk.services import effect_words
from ropdesk.services.promotion_results import BY_MEMBERS, BY_SOURCES, Detail, Result
from ropdesk.services.promotions import Promotion

STATES = {
    State.IDEA: N_("idea"),
    State.PROPOSAL: N_("proposal"),
    State.AGREED: N_("agreed"),
    State.RUNNING: N_("running"),
    State.FINISHED: N_("finished"),
}


def state(value: State) -> str:
    """Say a state."""
    return _(STATES[value])


def span(first: date | None, last: date | None) -> str:
    """Say a period: «05.10–16.10.2026»; nothing where it is not set."""
    if first is None or last is None:
        return ""
    if first == last:
        return i18n.short_date(first)
    start = i18n.day_month(first) if first.year == last.year else i18n.short_date(first)
    return f"{start}–{i18n.short_date(last)}"


def took_part(result: Result) -> str:
    """Say how many took part, of those at work."""
    if not result.people:
        return ""
    if result.took_part == result.people:
        return _("everybody took part")
    return _("{n} of {all} took part", n=result.took_part, all=result.people)


def how_measured(result: Result) -> str:
    """Say what the result is compared with."""
    if result.before is None:
        return _("The period is not set: there is nothing to compare.")
    days = span(*result.before)
    if result.against == BY_MEMBERS:
        text = _("Compared with {days}; the change of those who did not take part is taken off.",
                 days=days)  # fmt: skip
    elif result.against == BY_SOURCES:
        text = _("Compared with {days}; the change of other sources is taken off.", days=days)
    else:
        text = _("Compared with {days} only: nobody went without it.", days=days)
    if not result.sources_told:
        text += " " + _("Exports do not tell this metric by source: all sources are counted.")
    return text


def fact(result: Result) -> str:
    """Say what it brought and how sure that is: the sentence of the result."""
    if result.effect is None:
        return _("The result appears after its first working day.")
    parts = [effect_words.sentence(result.metric, result.effect), took_part(result)]
    return "; ".join(part for part in parts if part) + "."


def against_expected(promotion: Promotion, result: Result) -> str:
    """Say the gain against what was expected."""
    if promotion.expected is None:
        return ""
    wanted = effect_words.said(result.metric, promotion.expected, sign=True)
    if result.gain is None:
        return _("Expected {wanted}.", wanted=wanted)
    text = _("Expected {wanted}, came {gain}.", wanted=wanted,
             gain=effect_words.said(result.metric, result.gain, sign=True))  # fmt: skip
    low, high = result.gain_low, result.gain_high
    if low is not None and high is not None and low <= promotion.expected <= high:
        text += " " + _("The expected value lies within what is likely.")
    return text


def money(promotion: Promotion, result: Result) -> str:
    """Say the effect against the budget."""
    parts = []
    if promotion.spent is not None and promotion.budget is not None:
        parts.append(_("Spent {spent} of {budget}", spent=i18n.money(promotion.spent, 0),
                       budget=i18n.money(promotion.budget, 0)))  # fmt: skip
    elif promotion.spent is not None:
        parts.append(_("Spent {spent}", spent=i18n.money(promotion.spent, 0)))
    elif promotion.budget is not None:
        parts.append(_("Budget {budget}", budget=i18n.money(promotion.budget, 0)))
    if result.returned is not None:
        brought = effect_words.times(result.returned)
        parts.append(_("a rouble spent brought {n} ₽", n=brought))
    return "; ".join(parts) + "." if parts else ""


def overlaps(found: Sequence[Promotion]) -> str:
    """Warn of promotions whose effect cannot be told apart."""
    if not found:
        return ""
    names = "; ".join(f"«{each.title}» ({span(each.first, each.last)})" for each in found)
    return _("Runs at the same time as {names}: their effects cannot be told apart.", names=names)


def next_step(detail: Detail) -> str:
    """Say what the calendar asks for."""
    if detail.step is State.RUNNING:
        return _("The first day has come: start it.")
    if detail.step is State.FINISHED:
        return _("The last day is over: write the conclusion and finish it.")
    return ""


def short_gain(result: Result) -> str:
    """Say the gain alone, for a table."""
    if result.gain is None:
        return ""
    return effect_words.said(result.metric, result.gain, sign=True)


def expected_heading(kind: Kind) -> str:
    """Say what the expected effect is: a sum over the period, or a change."""
    if kind is Kind.FLOW:
        return _("Expected over the period")
    return _("Expected change")
