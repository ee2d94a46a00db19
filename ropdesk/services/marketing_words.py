"""Agreements about leads in words: states, verdicts and deviations, for the window and paper."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from ropdesk import i18n
from ropdesk.domain.marketing import Kept, Outcome, Side, TermResult
from ropdesk.domain.money import half_up
from ropdesk.i18n import _, pgettext
from ropdesk.services.marketing import AgreementLine, AgreementMonth

UNKNOWN = "\u2013"


def state(name: str) -> str:
    """Say the state of an agreement."""
    return {
        "draft": pgettext("agreement", "draft"),
        "agreed": pgettext("agreement", "agreed"),
        "closed": pgettext("agreement", "closed"),
    }.get(name, pgettext("agreement", "no agreement"))


def source(name: str) -> str:
    """Return a source's name, or that deals have none."""
    return name or _("No source given")


def term_name(code: str) -> str:
    """Return what a term of an agreement is called."""
    return {
        "inquiries": _("Inquiries"),
        "accepted_share": _("Share accepted"),
        "price_per_lead": _("Price per lead"),
        "first_contact": _("First contact"),
        "attempts": _("Attempts to reach"),
    }[code]


def term_value(code: str, value: Fraction | int | None, *, sign: bool = False) -> str:
    """Write a value of a term with its unit; unknown is a dash.

    Args:
        value: pieces, basis points, kopecks, minutes or hundredths, as the term is stored.
    """
    if value is None:
        return UNKNOWN
    units = {
        "accepted_share": _("p.p.") if sign else "%",
        "price_per_lead": "₽",
        "first_contact": _("min"),
    }
    number = bare(code, value, sign=sign)
    return f"{number}{i18n.THIN_SPACE}{units[code]}" if code in units else number


def bare(code: str, value: Fraction | int | None, *, sign: bool = False) -> str:
    """Write a value of a term without its unit, which stands in a heading."""
    if value is None:
        return UNKNOWN
    exact = Fraction(value)
    if code in {"inquiries", "first_contact"}:
        return _rounded(exact, 0, sign=sign)
    places = 0 if exact % 100 == 0 or code == "price_per_lead" else 1
    return _rounded(exact / 100, places, sign=sign)


def _rounded(value: Fraction, places: int, *, sign: bool) -> str:
    number = Decimal(half_up(value * 10**places)).scaleb(-places)
    return i18n.decimal(number, places, sign=sign)


def outcome(verdict: Outcome, *, running: bool) -> str:
    """Say how a side stands to what it promised.

    Args:
        running: the month is not over, so that it is on the way rather than done.
    """
    if verdict is Outcome.FULFILLED:
        return pgettext("agreement", "on track") if running else pgettext("agreement", "fulfilled")
    if verdict is Outcome.PARTLY:
        return pgettext("agreement", "partly")
    if verdict is Outcome.NOT:
        return (
            pgettext("agreement", "behind") if running else pgettext("agreement", "not fulfilled")
        )
    return pgettext("agreement", "no fact") if verdict is Outcome.UNKNOWN else UNKNOWN


def term(result: TermResult, *, running: bool) -> str:
    """Say a promise beside its fact: «обращения 552, к дате нужно 509 (+43)»."""
    name = term_name(result.code)
    name = name[:1].lower() + name[1:]
    due = term_value(result.code, result.due)
    if result.kept is Kept.UNKNOWN:
        return _("{term}: {promised} promised, no fact", term=name, promised=due)
    fields = {
        "term": name,
        "fact": term_value(result.code, result.fact),
        "due": due,
        "deviation": _deviation(result),
    }
    if running and result.code == "inquiries":
        return _("{term} {fact}, {due} due to date ({deviation})", **fields)
    return _("{term} {fact}, {due} promised ({deviation})", **fields)


def _deviation(result: TermResult) -> str:
    text = term_value(result.code, result.deviation, sign=True)
    vanishes = result.kept is Kept.BROKEN and not any(sign in "123456789" for sign in text)
    return pgettext("agreement", "almost") if vanishes else text


def side(line: AgreementLine, whose: Side, *, running: bool) -> str:
    """Say how one side stands, term by term; empty where it promised no number."""
    terms = [each for each in line.judgement.terms if each.side is whose]
    if not terms:
        return ""
    verdict = line.judgement.marketing if whose is Side.MARKETING else line.judgement.sales
    fields = {
        "outcome": outcome(verdict, running=running),
        "terms": "; ".join(term(each, running=running) for each in terms),
    }
    if whose is Side.MARKETING:
        return _("Marketing: {outcome}. {terms}.", **_capital(fields))
    return _("Sales: {outcome}. {terms}.", **_capital(fields))


def _capital(fields: dict[str, str]) -> dict[str, str]:
    terms = fields["terms"]
    return {**fields, "terms": terms[:1].upper() + terms[1:]}


def promised(line: AgreementLine, whose: Side) -> str:
    """Say what a side promised in numbers; a dash where it promised none."""
    terms = [_promised(each) for each in line.judgement.terms if each.side is whose]
    return ", ".join(terms) or UNKNOWN


def _promised(result: TermResult) -> str:
    name = term_name(result.code)
    fields = {
        "term": name[:1].lower() + name[1:],
        "value": term_value(result.code, result.promised),
    }
    if result.code in {"price_per_lead", "first_contact"}:
        return _("{term} at most {value}", **fields)
    return _("{term} at least {value}", **fields)


def is_running(view: AgreementMonth, line: AgreementLine | None = None) -> bool:
    """Tell whether the month (or this line of it) is still on its way."""
    if line is not None and line.state == "closed":
        return False
    return view.passed < view.days


def verdict(name: str) -> str:
    """Say how a lead counts."""
    return {
        "accepted": pgettext("lead", "accepted"),
        "rejected": pgettext("lead", "not a target lead"),
        "disputed": pgettext("lead", "disputed"),
    }.get(name, pgettext("lead", "not decided yet"))


def listed(names: Iterable[str]) -> str:
    """Join names: «Дорого», «Не наш профиль»."""
    return ", ".join(_("«{name}»", name=name) for name in names)
