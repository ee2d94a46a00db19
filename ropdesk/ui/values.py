"""Metric values as the window shows them, and typed text back into stored integers.

A value is an int or an exact Fraction in the metric's smallest parts (`Metric.scale`). One column
has one `Style`: the unit stands in its heading, never in every cell.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from ropdesk import i18n
from ropdesk.domain import facts
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Direction, Kind, Metric, Unit
from ropdesk.domain.money import half_up
from ropdesk.i18n import _

Value = int | Fraction | None

UNKNOWN = "\u2014"
THOUSAND, MILLION = 1_000, 1_000_000
HOUR, MINUTE = 3_600, 60
BIGGEST = 2**62

_SHORT = {
    "talk_time": N_("Talk"),
    "deals_won": N_("Deals"),
    "deals_lost": N_("Lost"),
    "qualified_inquiries": N_("Qualified"),
    "conversion": N_("Conv."),
    "average_check": N_("Av. check"),
    "sales_cycle": N_("Cycle"),
    "lead_quality": N_("Quality"),
    "on_time_rate": N_("On time"),
    "aht": N_("AHT"),
    "asa": N_("ASA"),
    "csat": N_("CSAT"),
    "occupancy": N_("Occup."),
    "abandonment": N_("Missed"),
    "overdue_tasks": N_("Overdue"),
    "cycle_time": N_("Deal days"),
}


@dataclass(frozen=True, slots=True)
class Style:
    """How the values of one column are written.

    Attributes:
        divisor: stored units in one shown unit (100 000 kopecks in a thousand roubles).
        places: decimals.
        unit: the shown unit, translated; empty for pieces.
        clock: seconds as hours and minutes, «187:05».
    """

    divisor: int = 1
    places: int = 0
    unit: str = ""
    clock: bool = False


def name(metric: Metric) -> str:
    """Return a metric's name: from the catalogue, or as the sales head typed it."""
    return _(metric.name) if metric.builtin else metric.name


def short_name(metric: Metric) -> str:
    """Return a name for a narrow heading."""
    return _(_SHORT[metric.code]) if metric.code in _SHORT else name(metric)


def style(metric: Metric, values: Iterable[Value] = ()) -> Style:
    """Choose one style for all the values of a column: thousands of roubles where they are many."""
    if metric.unit is Unit.MONEY:
        return _money_style(metric, _largest(values))
    if metric.unit is Unit.SHARE:
        return Style(metric.scale // 100, 1, "%")
    if metric.unit is Unit.SECONDS and metric.kind is not Kind.RATIO:
        return Style(HOUR, 0, _("h:mm"), clock=True)
    if metric.unit is Unit.SECONDS:
        return Style(metric.scale, 0, _("s"))
    places = (2 if metric.unit is Unit.POINTS else 1) if metric.kind is Kind.RATIO else 0
    return Style(metric.scale, places, _("days") if metric.unit is Unit.DAYS else "")


def headline_style(metric: Metric, values: Iterable[Value] = ()) -> Style:
    """Choose the style of a large number standing alone: money from a million on in millions."""
    kept = list(values)
    largest = _largest(kept)
    if metric.unit is Unit.MONEY:
        if largest >= MILLION * metric.scale:
            return Style(MILLION * metric.scale, 2, _("m ₽"))
        return Style(metric.scale, 0, "₽")
    if metric.unit is Unit.SECONDS and metric.kind is not Kind.RATIO and largest >= 100 * HOUR:
        return Style(HOUR, 0, _("h"))
    return style(metric, kept)


def entry_style(metric: Metric) -> Style:
    """Return the style in which values are typed: whole units, money to the kopeck."""
    if metric.unit is Unit.MONEY:
        return Style(metric.scale, 0, "₽")
    return style(metric)


def _money_style(metric: Metric, largest: Fraction) -> Style:
    thousand = THOUSAND * metric.scale
    if largest >= THOUSAND * thousand:
        return Style(thousand, 0, _("k₽"))
    if largest >= 10 * thousand:
        return Style(thousand, 1, _("k₽"))
    return Style(metric.scale, 0, "₽")


def _largest(values: Iterable[Value]) -> Fraction:
    return max((abs(Fraction(value)) for value in values if value is not None), default=Fraction(0))


def text(value: Value, how: Style, *, sign: bool = False) -> str:
    """Write a value without its unit; unknown is a dash."""
    if value is None:
        return UNKNOWN
    return _text(i18n.language(), value, how, sign)


@lru_cache(maxsize=50_000)
def _text(_language: str, value: int | Fraction, how: Style, sign: bool) -> str:
    if how.clock:
        return _clock(value, sign=sign)
    return i18n.decimal(_rounded(value, how), how.places, sign=sign)


def _rounded(value: int | Fraction, how: Style) -> Decimal:
    return Decimal(half_up(Fraction(value) * 10**how.places / how.divisor)).scaleb(-how.places)


def _clock(value: int | Fraction, *, sign: bool = False, seconds: bool = False) -> str:
    total = half_up(Fraction(value))
    mark = "\u2212" if total < 0 else ("+" if sign and total > 0 else "")
    total = abs(total)
    if not seconds:
        minutes = half_up(Fraction(total, MINUTE))
        return f"{mark}{i18n.integer(minutes // 60)}:{minutes % 60:02}"
    rest = f"{total % HOUR // MINUTE:02}:{total % MINUTE:02}"
    return f"{mark}{i18n.integer(total // HOUR)}:{rest}"


def alone(value: Value, how: Style, *, sign: bool = False) -> str:
    """Write a value with its unit: «8,42 млн ₽»; unknown is a dash."""
    if value is None:
        return UNKNOWN
    return joined(text(value, how, sign=sign), "" if how.clock else how.unit)


def headline(metric: Metric, value: Value) -> str:
    """Write a large number standing alone: «8,42 млн ₽», «31 418 ₽», «187 ч»."""
    return alone(value, headline_style(metric, [value]))


def exact(metric: Metric, value: Value) -> str:
    """Write a value to the last part of its unit, with the unit: for tooltips."""
    return UNKNOWN if value is None else _exact(i18n.language(), metric, value)


@lru_cache(maxsize=20_000)
def _exact(_language: str, metric: Metric, value: int | Fraction) -> str:
    if metric.unit is Unit.MONEY:
        return i18n.money(half_up(Fraction(value)))
    if metric.unit is Unit.SECONDS and metric.kind is not Kind.RATIO:
        return _clock(value, seconds=True)
    if metric.unit is Unit.SHARE:
        return alone(value, Style(metric.scale // 100, 2, "%"))
    how = style(metric)
    places = 2 if metric.kind is Kind.RATIO else 0
    return alone(value, Style(how.divisor, places, how.unit))


def heading(title: str, how: Style) -> str:
    """Return a heading with the unit: «Поступления, т₽»."""
    return f"{title}, {how.unit}" if how.unit else title


def joined(number: str, unit: str) -> str:
    """Put a unit behind a number."""
    return f"{number}{i18n.THIN_SPACE}{unit}" if unit else number


def percent(share: Fraction | None, places: int = 0, *, sign: bool = False) -> str:
    """Write a share with its sign: «97 %»; unknown is a dash."""
    return UNKNOWN if share is None else joined(percent_number(share, places, sign=sign), "%")


def percent_number(share: Fraction | None, places: int = 0, *, sign: bool = False) -> str:
    """Write a share as the number of percent, where the heading has the sign."""
    if share is None:
        return UNKNOWN
    return _text(i18n.language(), share * 10_000, Style(100, places), sign)


def completion(share: Fraction | None, better: Direction) -> str:
    """Write a share of a plan as whole percent that never contradict its colour: «99»."""
    if share is None:
        return UNKNOWN
    return percent_number(Fraction(facts.whole_percent(share, better), 100))


def deviation(metric: Metric, fact: Value, plan: Value) -> str:
    """Write how far a fact is from its plan: «−0,8 п. п.» for shares, else «+0,7 %»."""
    if fact is None or plan is None:
        return UNKNOWN
    if metric.unit is Unit.SHARE:
        return alone(fact - plan, Style(metric.scale // 100, 1, _("p.p.")), sign=True)
    if not plan:
        return UNKNOWN
    return percent(Fraction(fact) / Fraction(plan) - 1, 1, sign=True)


def plain(value: Value, how: Style) -> str:
    """Write a value for an editor or the clipboard: nothing grouped, nothing lost."""
    if value is None:
        return ""
    if how.clock:
        total = half_up(Fraction(value))
        if total % MINUTE:
            return _clock(total, seconds=True).replace(i18n.THIN_SPACE, "").replace("\u2212", "-")
        return _clock(total).replace(i18n.THIN_SPACE, "").replace("\u2212", "-")
    number = Decimal(half_up(Fraction(value))) / how.divisor
    written = format(number.normalize(), "f")
    return written.replace(".", ",") if i18n.language() == "ru" else written


_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_CURRENCY = re.compile(r"(₽|руб\.?|р\.|%)$", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+|[+-]?\d{1,3}(\.\d{3})+,\d+")
_CLOCK = re.compile(r"(-?)(\d+):([0-5]\d)(?::([0-5]\d))?")


def parse(metric: Metric, typed: str, how: Style | None = None) -> int | None:
    """Read what a person typed in a column's unit into the metric's stored integers.

    Groups of thousands, a comma or a point, a currency sign, and h:mm for times are understood;
    nothing typed is None. Parts smaller than what is stored are rounded half up.

    Raises:
        DomainError: not a number, or one too large to keep.
    """
    how = how or entry_style(metric)
    bare = _CURRENCY.sub("", _SPACES.sub("", typed).replace("\u2212", "-"))
    if not bare:
        return None
    found = _CLOCK.fullmatch(bare)
    if found and metric.unit is Unit.SECONDS:
        return _read_clock(metric, *found.groups())
    if _GROUPED.fullmatch(bare):
        last = max(bare.rfind(","), bare.rfind("."))
        bare = bare[:last].replace(",", "").replace(".", "") + "." + bare[last + 1 :]
    if not _NUMBER.fullmatch(bare):
        example = "1:30" if how.clock else "12 500"
        raise DomainError(
            N_("«{text}» is not a number. Type it like {example}."),
            text=typed.strip()[:40],
            example=example,
        )
    return _kept(metric, half_up(Fraction(bare.replace(",", ".")) * how.divisor))


def _read_clock(metric: Metric, minus: str, first: str, second: str, third: str | None) -> int:
    total = int(first) * HOUR + int(second) * MINUTE + int(third or 0)
    per_second = metric.scale if metric.kind is Kind.RATIO else 1
    if metric.kind is Kind.RATIO and third is None:  # a mean time is minutes and seconds
        total = int(first) * MINUTE + int(second)
    return _kept(metric, (-total if minus else total) * per_second)


def _kept(metric: Metric, value: int) -> int:
    if abs(value) > BIGGEST:
        raise DomainError(
            N_("«{metric}»: the number is too large. Check it."), metric=DomainError(metric.name)
        )
    return value
