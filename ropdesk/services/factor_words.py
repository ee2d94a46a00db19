"""The split of a deviation in words: names of factors, the sentence, and how each was counted."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ropdesk import i18n
from ropdesk.domain.errors import N_
from ropdesk.domain.factors import REASONS, Factor, Flows, Reason, Split
from ropdesk.domain.metrics import CATALOGUE
from ropdesk.domain.money import half_up
from ropdesk.domain.months import month_end
from ropdesk.i18n import _
from ropdesk.services.factors import PLAN, FactorLine, FactorReport

MONEY = 100  # kopecks in a rouble
SHOWN = 51  # kopecks: less is written as nothing, and is not worth a word of the sentence
METRICS = {metric.code: metric for metric in CATALOGUE}
NAMES = {
    Factor.INQUIRIES: N_("Inquiries"),
    Factor.CONVERSION: N_("Conversion"),
    Factor.CHECK: N_("Average check"),
    Factor.UNSPLIT: N_("Not split"),
}
# What rows a factor leads to.
BEHIND = {
    Factor.INQUIRIES: "inquiries", Factor.MIX: "inquiries", Factor.CONVERSION: "conversion",
    Factor.CHECK: "average_check", Factor.UNSPLIT: "receipts",
}  # fmt: skip
RULES = (
    N_("A factor's effect is the mean of what turning it from the base to the fact changes, over "
       "every order of turning the factors (Shapley's method). No order is preferred, and the "
       "effects add up to the deviation to the kopeck."),
    N_("Receipts = inquiries × conversion × average check. «Distribution» is what it changed that "
       "the inquiries went to other members (or weeks) than in the base, where an inquiry is worth "
       "more or less than on average."),
    N_("No inquiries on one side: conversion and check are taken from the other side, and all goes "
       "to the inquiries. No deals on one side: the check is taken from the other side."),
    N_("Deals without a single inquiry, receipts without a single deal, an unknown number: the "
       "deviation is shown as not split, with the reason."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A factor of the department: its effect in kopecks, and the numbers it was counted from."""

    factor: Factor
    name: str
    effect: int
    how: str


def factor_name(factor: Factor, by: str = "member") -> str:
    """Return a factor's name; what the mix is between depends on the cut."""
    if factor is Factor.MIX:
        return _("Distribution between weeks") if by == "week" else _("Distribution of inquiries")
    return _(NAMES[factor])


def money(kopecks: int, *, sign: bool = True) -> str:
    """Write an amount inside a sentence: «−391 т₽»."""
    return i18n.metric_value(kopecks, "money", MONEY, sign=sign)


def base_words(report: FactorReport) -> str:
    """Say what the month is measured by: «план на дату», «сентябрь 2026, по 22.09»."""
    if report.against == PLAN:
        return _("plan of the month") if report.whole else _("plan to date")
    if report.other is None or report.other_as_of is None:  # pragma: no cover - a month has both
        return ""
    month = i18n.month_name(report.other)
    if i18n.language() == "ru":
        month = month.lower()
    if report.whole or report.other_as_of == month_end(report.other):
        return month
    return _("{month} up to {day}", month=month, day=i18n.day_month(report.other_as_of))


def sentence(report: FactorReport) -> str:
    """Say the deviation and what made it, the largest first."""
    split = report.department.split
    if split.deviation is None:
        return no_deviation(report)
    fields = {
        "fact": money(report.department.fact.receipts or 0, sign=False),
        "base": base_words(report),
        "value": money(report.department.base.receipts or 0, sign=False),
        "deviation": money(split.deviation),
    }
    said = [_("Receipts {fact}, {base} {value}: {deviation}.", **fields)]
    largest = report.largest
    if largest is Factor.UNSPLIT and len(split.ranked) == 1:
        said.append(unsplit_words(split))
        return " ".join(said)
    if largest is not None:
        told = _("{factor} {effect}", factor=inside(largest, report.by),
                 effect=money(split.effect(largest)))  # fmt: skip
        most = report.most(largest)
        if most is not None and report.by == "member":
            told = _("{told} (most of all {name}: {effect})", told=told, name=most.name,
                     effect=money(most.split.effect(largest)))  # fmt: skip
        said.append(_("The largest: {factor}.", factor=told))
        rest = [
            _("{factor} {effect}", factor=inside(factor, report.by),
              effect=money(split.effect(factor)))
            for factor in split.ranked[1:]
            if abs(split.effect(factor)) >= SHOWN
        ]  # fmt: skip
        if rest:
            said.append(_("Then: {factors}.", factors=", ".join(rest)))
    return " ".join(said)


def inside(factor: Factor, by: str) -> str:
    """Return a factor's name as it stands inside a sentence."""
    name = factor_name(factor, by)
    return name[:1].lower() + name[1:]


def no_deviation(report: FactorReport) -> str:
    """Say why there is nothing to split."""
    fact, base = report.department.fact.receipts, report.department.base.receipts
    if fact is None:
        return _("There are no receipts in {month} yet.", month=i18n.month_name(report.month))
    if base is None and report.against == PLAN:
        return _("The month has no plan of receipts. Set it in the decomposition, or compare with "
                 "another month.")  # fmt: skip
    return _("Nothing is known of the month compared with. Choose another one.")


def unsplit_words(split: Split) -> str:
    """Say why a deviation is not split, and what to do."""
    if split.reason is Reason.NONE:
        return ""
    reason = _(REASONS[split.reason])
    if split.reason is Reason.UNKNOWN:
        return _("It is not split: {reason}. Plan inquiries and deals too, or compare with another "
                 "month.", reason=reason)  # fmt: skip
    return _("It is not split: {reason}.", reason=reason)


def steps(report: FactorReport) -> tuple[Step, ...]:
    """List the department's factors in the order of the funnel, with the numbers behind each."""
    return line_steps(report.department, report.by)


def line_steps(line: FactorLine, by: str) -> tuple[Step, ...]:
    """List the factors of one line; none where there is no deviation."""
    split = line.split
    if split.deviation is None:
        return ()
    found = []
    for factor in Factor:
        effect = split.effect(factor)
        if effect or (factor in _ALWAYS and split.reason is not Reason.UNKNOWN):
            how = _how(factor, split, line.base, line.fact, by)
            found.append(Step(factor, factor_name(factor, by), effect, how))
    return tuple(found)


_ALWAYS = (Factor.INQUIRIES, Factor.CONVERSION, Factor.CHECK)


def _how(factor: Factor, split: Split, base: Flows, fact: Flows, by: str) -> str:
    if factor is Factor.MIX:
        if by == "week":
            return _("the same inquiries in other weeks")
        return _("the same inquiries in other hands")
    if factor is Factor.UNSPLIT:
        return _(REASONS[split.reason]) if split.reason is not Reason.NONE else ""
    if base.receipts and not (base.deals and base.inquiries):
        return _("the plan is below a whole deal: by the ratios of the month's plan")
    if factor is Factor.INQUIRIES:
        change = (fact.inquiries or 0) - (base.inquiries or 0)
        worth = half_up(Fraction(split.inquiries, change)) if change else 0
        return _("{fact} − {base} = {change}, each worth {money}",
                 fact=i18n.integer(fact.inquiries or 0), base=i18n.integer(base.inquiries or 0),
                 change=i18n.decimal(change, sign=True), money=_roubles(worth)) if change else _(
            "{fact}, as many as in the base", fact=i18n.integer(fact.inquiries or 0))  # fmt: skip
    if factor is Factor.CONVERSION:
        sides = [_share(side.deals, side.inquiries) for side in (fact, base)]
    else:
        sides = [_check(side.receipts, side.deals) for side in (fact, base)]
    return _("{fact} against {base}", fact=sides[0], base=sides[1])


def change_words(fact: int | None, base: int | None) -> str:
    """Write two counts and their difference: «3 454 − 3 257 = +197»."""
    change = (fact or 0) - (base or 0)
    return _("{fact} − {base} = {change}", fact=i18n.integer(fact or 0),
             base=i18n.integer(base or 0), change=i18n.decimal(change, sign=True))  # fmt: skip


def rate_words(fact: Flows, base: Flows) -> str:
    """Write how many inquiries a call brings, then and now."""
    rates = [
        i18n.decimal(Decimal(side.inquiries or 0) / side.calls, 2) if side.calls else "–"
        for side in (fact, base)
    ]
    return _("{fact} against {base}", fact=rates[0], base=rates[1])


def _share(deals: int | None, inquiries: int | None) -> str:
    return i18n.percent(Fraction(deals or 0, inquiries), 1) if inquiries else "–"


def _check(receipts: int | None, deals: int | None) -> str:
    return _roubles(half_up(Fraction(receipts or 0, deals))) if deals else "–"


def _roubles(kopecks: int) -> str:
    return f"{i18n.integer(half_up(Fraction(kopecks, MONEY)))}{i18n.THIN_SPACE}₽"
