"""Values of the command line and of its JSON: days, numbers, mappings."""

import re
from argparse import ArgumentTypeError
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

from ropdesk.domain.metrics import Kind, Metric, Unit
from ropdesk.domain.money import half_up
from ropdesk.i18n import _, decimal

FIRST_YEAR, LAST_YEAR = 1992, 2100  # what the production calendar can answer for


def month(text: str) -> date:
    """Read a month, YYYY-MM, as its first day."""
    if not re.fullmatch(r"\d{4}-\d{2}", text):
        raise ArgumentTypeError(_("«{text}» is no month. Write it as 2026-10.", text=text))
    return day(f"{text}-01")


def against(text: str) -> str | date:
    """Read what a month is compared with: ``plan``, or another month."""
    return text if text == "plan" else month(text)


def day(text: str) -> date:
    """Read a day, YYYY-MM-DD."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        found = date.fromisoformat(text)
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise ValueError(text)
        return found
    except ValueError:
        raise ArgumentTypeError(
            _("«{text}» is no day. Write it as 2026-10-22.", text=text)
        ) from None


def year(text: str) -> int:
    """Read a year that the calendar can answer for."""
    if not re.fullmatch(r"\d{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise ArgumentTypeError(_("«{text}» is no year from 1992 to 2100.", text=text))
    return int(text)


def nth(text: str) -> int:
    """Read the number that a line has in its list."""
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise ArgumentTypeError(_("«{text}» is no number of a list. Write it as 12.", text=text))
    return int(text)


def number(text: str) -> Decimal:
    """Read a number; spaces between thousands and a decimal comma are fine."""
    try:
        value = Decimal(re.sub(r"[\s_]", "", text).replace(",", "."))
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or abs(value) >= 10**15:
        raise ArgumentTypeError(_("«{text}» is no number.", text=text))
    return value


def size(text: str) -> tuple[int, int]:
    """Read a window's size, WxH in pixels."""
    match = re.fullmatch(r"(\d{3,4})[xX×](\d{3,4})", text)
    if not match:
        raise ArgumentTypeError(_("«{text}» is no size. Write it as 1366x768.", text=text))
    return int(match[1]), int(match[2])


def mapping(fields: Sequence[str]) -> Callable[[str], str]:
    """Make the check of a ``--map`` for a kind of file."""

    def read(text: str) -> str:
        name, sign, rest = text.partition("=")
        name = name.strip()
        stage = name.startswith("stage:") and len(name) > len("stage:") and "stage:NAME" in fields
        if not sign or not rest or not (name in fields or stage):
            raise ArgumentTypeError(
                _(
                    "«{text}» is no mapping. Write FIELD=COLUMN or FIELD==TEXT; fields: {fields}.",
                    text=text,
                    fields=", ".join(fields),
                )
            )
        return text

    return read


def places(metric: Metric) -> int:
    """Say how many decimals a metric has in JSON: money 2, other ratios and shares 4."""
    if metric.unit is Unit.MONEY:
        return 2
    return 4 if metric.kind is Kind.RATIO or metric.unit is Unit.SHARE else 0


def whole(value: Fraction | Decimal | int | None, decimals: int) -> str | None:
    """Write a number of whole units with fixed decimals, rounded half up; None stays."""
    if value is None:
        return None
    units = half_up(Fraction(value) * 10**decimals)
    return str(Decimal(units).scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals)))


def stored(value: Fraction | int | None, metric: Metric) -> str | None:
    """Write a figure in a metric's smallest parts in whole units."""
    return None if value is None else whole(Fraction(value) / metric.scale, places(metric))


def now() -> datetime:
    """Return the moment it is where the person sits."""
    return datetime.now().astimezone()


def today() -> date:
    """Return the day it is where the person sits."""
    return now().date()


def fraction(value: Fraction | Decimal | None) -> str | None:
    """Write a share as a fraction of one, four decimals: 0.9456."""
    return whole(value, 4)


def shown(text: str | None) -> str:
    """Write a JSON number for a person: grouped, a dash where there is none."""
    if text is None:
        return "–"
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    return decimal(value.quantize(value, ROUND_HALF_UP), decimals)
