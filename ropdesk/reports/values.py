"""Numbers on paper: one unit and one precision for a whole column, the unit in its heading."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ropdesk import i18n
from ropdesk.domain import facts
from ropdesk.domain.metrics import Direction, Unit
from ropdesk.domain.money import half_up
from ropdesk.i18n import _
from ropdesk.reports.model import Value

UNKNOWN = "—"
THOUSAND = 1_000
MILLION = 1_000_000


def whole(value: Value, scale: int) -> Fraction | None:
    """Return a value in whole units, exactly: an int is divided by its scale."""
    if value is None or isinstance(value, Fraction):
        return value
    return Fraction(value, scale)


def rounded(value: Fraction, places: int) -> Decimal:
    """Round half up to so many decimals."""
    return Decimal(half_up(value * 10**places)).scaleb(-places)


@dataclass(frozen=True, slots=True)
class Style:
    """How the values of one column are written.

    Attributes:
        divisor: whole units per shown unit (1000 for thousands of roubles; 1/100 for percent).
        places: decimals.
        suffix: the shown unit, for a heading or after a number standing alone; may be empty.
        difference: the unit of a difference, where it has a name of its own.
    """

    divisor: Fraction = Fraction(1)
    places: int = 0
    suffix: str = ""
    difference: str = ""

    def text(self, value: Value, scale: int, *, sign: bool = False) -> str:
        """Format a value without its unit; unknown is a dash."""
        amount = whole(value, scale)
        if amount is None:
            return UNKNOWN
        return i18n.decimal(rounded(amount / self.divisor, self.places), self.places, sign=sign)

    def alone(self, value: Value, scale: int) -> str:
        """Format a value with its unit: «11,74 млн ₽»."""
        return _joined(self.text(value, scale), self.suffix, known=value is not None)

    def change(self, value: Value, scale: int) -> str:
        """Format a signed difference with its unit: «−0,6 п. п.»."""
        unit = self.difference or self.suffix
        return _joined(self.text(value, scale, sign=True), unit, known=value is not None)

    def heading(self, name: str) -> str:
        """Return a heading with the unit: «Поступления, т₽»."""
        return f"{name}, {self.suffix}" if self.suffix else name


def _joined(number: str, unit: str, *, known: bool) -> str:
    return f"{number}{i18n.THIN_SPACE}{unit}" if unit and known else number


def style_for(
    unit: Unit, scale: int, values: Iterable[Value], *, exact: bool = False, ratio: bool = False
) -> Style:
    """Choose one style for all the values of a column.

    Args:
        unit: the unit of the metric.
        scale: stored integers per whole unit.
        values: everything the column shows.
        exact: money to the rouble (to the kopeck where there are any), never in thousands.
        ratio: the values are averages; counts get decimals, small money too.
    """
    known = [amount for v in values if (amount := whole(v, scale)) is not None]
    largest = max((abs(v) for v in known), default=Fraction(0))
    if unit is Unit.MONEY:
        return _money(known, largest, exact=exact, ratio=ratio)
    if unit is Unit.SHARE:
        return Style(Fraction(1, 100), 1, "%", _("p.p."))
    if unit is Unit.SECONDS:
        if largest >= 36_000:
            return Style(Fraction(3600), 0 if largest >= 360_000 else 1, _("h"))
        if largest >= 600:
            return Style(Fraction(60), 0 if largest >= 6_000 else 1, _("min"))
        return Style(places=1 if ratio else 0, suffix=_("s"))
    if unit is Unit.DAYS:
        return Style(places=1 if ratio else 0, suffix=_("days"))
    integral = all(v.denominator == 1 for v in known)
    return Style(places=0 if integral and not ratio else 2)


def _money(known: list[Fraction], largest: Fraction, *, exact: bool, ratio: bool) -> Style:
    if not exact and largest >= THOUSAND * 1000:
        return Style(Fraction(THOUSAND), 0, _("k₽"))
    if not exact and largest >= 10 * THOUSAND:
        return Style(Fraction(THOUSAND), 1, _("k₽"))
    kopecks = not ratio and any(v.denominator != 1 for v in known)
    return Style(places=2 if kopecks else 0, suffix="₽")


def headline_style(unit: Unit, scale: int, values: Iterable[Value], *, ratio: bool) -> Style:
    """Choose the style of the large numbers: money from a million on in millions."""
    kept = list(values)
    amounts = [abs(a) for v in kept if (a := whole(v, scale)) is not None]
    if unit is Unit.MONEY and max(amounts, default=Fraction(0)) >= MILLION:
        return Style(Fraction(MILLION), 2, _("m ₽"))
    return style_for(unit, scale, kept, ratio=ratio, exact=unit is Unit.MONEY)


def share(value: Fraction | None, places: int = 0) -> str:
    """Format a share as a percentage: «98 %»; unknown is a dash."""
    return UNKNOWN if value is None else i18n.percent(rounded(value, places + 2), places)


def done(value: Fraction | None, *, sign: bool = True) -> str:
    """Format a share of a plan as the window does: 99.6 % is «99 %», since 100 is not reached.

    Args:
        sign: with the sign of percent; without it for a column whose heading has it.
    """
    if value is None:
        return UNKNOWN
    rounded_share = Fraction(facts.whole_percent(value, Direction.UP), 100)
    return share(rounded_share) if sign else share_number(rounded_share)


def share_number(value: Fraction | None, places: int = 0) -> str:
    """Format a share as the number of percent, for a column whose heading has the sign."""
    return UNKNOWN if value is None else i18n.decimal(rounded(value * 100, places), places)


def change_text(value: Fraction | None, unit: Unit) -> str:
    """Format a change: «+4 %», or «+0,6 п. п.» for a ratio in percent; unknown is a dash."""
    if value is None:
        return UNKNOWN
    if unit is Unit.SHARE:
        points = i18n.decimal(rounded(value * 100, 1), 1, sign=True)
        return points + i18n.THIN_SPACE + _("p.p.")
    return f"{i18n.decimal(rounded(value * 100, 0), sign=True)}{i18n.THIN_SPACE}%"
