"""Language: translation through gettext, numbers, money and dates through Babel.

The window, paper and the command line all format here, so a number looks the same everywhere.
Russian is the default language. Every function reads the language set last by `set_language`.
"""

import gettext as _gettext
import io
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ropdesk.domain.errors import DomainError

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES = ("ru", "en")
DOMAIN = "ropdesk"
THIN_SPACE = "\u202f"  # groups of thousands: narrow and non-breaking
KEPT = 8_192  # numbers and days kept as text: a changed fact leaves nearly all the others
DIGITS = 80  # more than any sum has; Babel rounds within the precision in force

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ISO_MONTH = re.compile(r"\d{4}-\d\d")

_translations: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "ru"


def language() -> str:
    """Return the language in force: ``"ru"`` or ``"en"``."""
    return _language


def set_language(code: str) -> None:
    """Set the language of everything shown from now on; an unknown one becomes Russian."""
    global _language, _translations  # noqa: PLW0603 - one process speaks one language
    _language = code if code in LANGUAGES else "ru"
    _translations = _catalogue(_language)


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    if code == "en":
        return _gettext.NullTranslations()
    folder = Path(__file__).parent / "locale" / code / "LC_MESSAGES"
    compiled = folder / f"{DOMAIN}.mo"
    if compiled.exists():
        with compiled.open("rb") as file:
            return _gettext.GNUTranslations(file)
    return _compile_sources(folder.parent)


def _compile_sources(folder: Path) -> _gettext.NullTranslations:
    """Compile the .po files of a checkout in memory (a wheel carries the .mo instead)."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged = Catalog(locale="ru", domain=DOMAIN)
    for source in sorted(folder.glob("*.po")):
        with source.open("rb") as file:
            for message in read_po(file, locale="ru"):
                if message.id:
                    merged[message.id] = message
    buffer = io.BytesIO()
    write_mo(buffer, merged)
    buffer.seek(0)
    return _gettext.GNUTranslations(buffer)


def _(message: str, **fields: object) -> str:
    """Translate, then fill in named fields: ``_("{n} rows", n=3)``."""
    text = _translations.gettext(message)
    return text.format(**fields) if fields else text


def pgettext(context: str, message: str, **fields: object) -> str:
    """Translate a message whose meaning depends on its place."""
    text = _translations.pgettext(context, message)
    return text.format(**fields) if fields else text


def ngettext(singular: str, plural: str, n: int, **fields: object) -> str:
    """Translate with the right plural form; ``{n}`` is filled in, grouped."""
    return _translations.ngettext(singular, plural, n).format(n=integer(n), **fields)


def describe(error: DomainError) -> str:
    """Say a domain error in the language in force."""
    return label(error.message, error.fields)


def label(message: str, fields: Mapping[str, object]) -> str:
    """Say a stored msgid with its values: an operation of the history, an error of an import."""
    text = _translations.gettext(message)
    return text.format(**{name: _said(value) for name, value in fields.items()}) if fields else text


def _said(value: object) -> object:
    if isinstance(value, DomainError):
        return describe(value)
    if isinstance(value, str):
        return _said_text(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return short_date(value)
    if isinstance(value, Decimal):
        return decimal(value, max(0, -int(value.as_tuple().exponent)))
    return value


def _said_text(value: str) -> str:
    try:
        if _ISO_DAY.fullmatch(value):
            return short_date(date.fromisoformat(value))
        if _ISO_MONTH.fullmatch(value):
            return month_name(date.fromisoformat(f"{value}-01"))
    except ValueError:
        return value  # no such day: a cell that is being complained of, said as it is
    return value


@cache
def _locale(code: str) -> "Locale":
    # Babel is a tenth of what the window's first paint costs, so it waits for the first number.
    from babel import Locale

    return Locale.parse("ru_RU" if code == "ru" else "en_GB")


@lru_cache(KEPT)
def _number(value: Decimal | int, pattern: str, code: str) -> str:
    from babel.numbers import format_decimal

    with localcontext(prec=DIGITS):
        text: str = format_decimal(value, pattern, locale=_locale(code))
    return text


@lru_cache(KEPT)
def _percent(share: Decimal, pattern: str, code: str) -> str:
    from babel.numbers import format_percent

    with localcontext(prec=DIGITS):
        text: str = format_percent(share, pattern, locale=_locale(code))
    return text


@lru_cache(KEPT)
def _date(day: date, pattern: str, code: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, _locale(code))


def _thin(text: str) -> str:
    return text.replace("\xa0", THIN_SPACE).replace("-", "\u2212", 1) if text else text


def decimal(value: Decimal | int, places: int = 0, *, sign: bool = False) -> str:
    """Format a number with grouped thousands and a fixed number of decimals.

    Args:
        sign: write + before a positive number too (deviations).
    """
    pattern = "#,##0" + ("." + "0" * places if places else "")
    text = _number(value, pattern, _language)
    if _language == "en":
        text = text.replace(",", THIN_SPACE)
    return ("+" if sign and value > 0 else "") + _thin(text)


def integer(value: int) -> str:
    """Format a whole number with grouped thousands."""
    return decimal(value)


def percent(share: Decimal | Fraction, places: int = 0) -> str:
    """Format a fraction as a percentage: 0.185 becomes «18,5 %»."""
    pattern = "#,##0" + ("." + "0" * places if places else "") + f"{THIN_SPACE}%"
    if isinstance(share, Fraction):
        share = Decimal(share.numerator) / share.denominator
    return _thin(_percent(share, pattern, _language))


def money(kopecks: int, places: int = 2) -> str:
    """Format roubles with the sign of the currency: «1 250 000,00 ₽»."""
    return f"{decimal(Decimal(kopecks) / 100, places)}{THIN_SPACE}₽"


def short_date(day: date) -> str:
    """Format a day in numbers: «22.10.2026»."""
    return _date(day, "dd.MM.yyyy" if _language == "ru" else "dd/MM/yyyy", _language)


def day_month(day: date) -> str:
    """Format a day without its year: «22.10»."""
    return _date(day, "dd.MM" if _language == "ru" else "dd/MM", _language)


def long_date(day: date) -> str:
    """Format a day in words: «22 октября 2026 г.»."""
    return _date(day, "long", _language)


def month_name(day: date) -> str:
    """Format the month and year of a day, as a title: «Октябрь 2026»."""
    text = _date(day, "LLLL yyyy", _language)
    return text[:1].upper() + text[1:]


def month_short(day: date) -> str:
    """Format the month in three letters, as on an axis: «окт»."""
    return _date(day, "LLL", _language).rstrip(".")


def weekday_short(day: date) -> str:
    """Format the weekday in two or three letters: «пн»."""
    return _date(day, "EEEEEE" if _language == "ru" else "EEE", _language)


def full_day(day: date) -> str:
    """Format a day with its weekday, as at the head of a letter: «22 октября 2026, четверг»."""
    return _date(day, "d MMMM y, EEEE", _language)


def weekday_date(day: date) -> str:
    """Format a day as a title: «Четверг, 22 октября»."""
    text = _date(day, "EEEE, d MMMM", _language)
    return text[:1].upper() + text[1:]


def moment(at: datetime) -> str:
    """Format a moment to the minute: «22.10.2026 8:55»."""
    from babel.dates import format_skeleton

    return f"{short_date(at.date())} {format_skeleton('Hm', at, locale=_locale(_language))}"


set_language("ru")


def metric_value(value: Fraction | int, unit: str, scale: int, *, sign: bool = False) -> str:
    """Format a value in smallest parts inside a sentence: «−220 т₽», «12,4 %», «1:30»."""
    whole = Decimal(Fraction(value).numerator) / Decimal(Fraction(value).denominator) / scale
    if unit == "money":
        places, suffix, number = (0, "₽", whole)
        if abs(whole) >= 10_000:
            suffix, number = _("k₽"), whole / 1000
        return f"{decimal(number, places, sign=sign)}{THIN_SPACE}{suffix}"
    if unit == "share":
        return percent(whole, 1)
    return decimal(whole, 0, sign=sign)
