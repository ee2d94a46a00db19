"""Cells to values: durations, yes and no, ratings, ids, names; with dates and amounts beside."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange.amounts import LIMIT as AMOUNT_LIMIT
from ropdesk.exchange.amounts import parse_amount, parse_amounts
from ropdesk.exchange.columns import Parsed, is_empty, joined, parse_by_unique, shown, spread, texts
from ropdesk.exchange.dates import (
    Moment,
    Notation,
    notation_of,
    parse_date,
    parse_dates,
    parse_moment,
    parse_moments,
    parse_time_of_day,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "AMOUNT_LIMIT", "Moment", "Notation", "Parsed", "notation_of", "parse_amount", "parse_amounts",
    "parse_boolean", "parse_by_unique", "parse_date", "parse_dates", "parse_duration",
    "parse_durations", "parse_id", "parse_ids", "parse_moment", "parse_moments", "parse_rating",
    "parse_time_of_day", "plain_text", "plain_texts",
]  # fmt: skip

_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?")
_UNITS = re.compile(
    r"(?:(\d+)\s*(?:ч|час\w*|h)\.?\s*)?(?:(\d+)\s*(?:м|мин\w*|min|m)\.?\s*)?"
    r"(?:(\d+)\s*(?:с|сек\w*|sec|s)\.?)?",
    re.IGNORECASE,
)
_YES = frozenset(("y", "yes", "да", "1", "true", "истина", "д", "+"))
_NO = frozenset(("n", "no", "нет", "0", "false", "ложь", "н"))
_SHORTENED = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)
_LONGEST = 31 * 86400
_EXCEL_ZERO = datetime.combine(date(1899, 12, 30), time())


def parse_duration(cell: object, *, fractions: bool | None = None) -> int | DomainError | None:
    """Parse a duration to seconds.

    Args:
        cell: seconds, H:MM:SS, MM:SS, «1 мин 5 с», an Excel time or a fraction of a day.
        fractions: whether numbers are fractions of a day; by default those between 0 and 1 are.
    """
    if is_empty(cell):
        return None
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    if isinstance(cell, timedelta):
        return _checked(round(cell.total_seconds()), cell)
    if isinstance(cell, datetime):
        # Excel shows [h]:mm beyond a day as a date near its own beginning of time.
        return _checked(round((cell - _EXCEL_ZERO).total_seconds()), cell)
    if isinstance(cell, bool | date):
        return _wrong(cell)
    if isinstance(cell, int | float):
        number = Decimal(repr(cell))
        day = fractions if fractions is not None else 0 < cell < 1
        return _checked(int((number * (86400 if day else 1)).to_integral_value()), cell)
    return _duration_text(str(cell).strip(), fractions)


def _duration_text(text: str, fractions: bool | None) -> int | DomainError:
    if text.isascii() and text.isdigit():
        return (
            _checked(int(text) * (86400 if fractions else 1), text)
            if len(text) < 9
            else _wrong(text)
        )
    match = _CLOCK.fullmatch(text)
    if match:
        hours, minutes, seconds = int(match[1] or 0), int(match[2]), int(match[3])
        if seconds > 59 or (match[1] is not None and minutes > 59):
            return _wrong(text)
        return _checked(hours * 3600 + minutes * 60 + seconds, text)
    if re.fullmatch(r"\d{1,7}[.,]\d{1,20}", text):
        number = Decimal(text.replace(",", "."))
        day = fractions if fractions is not None else number < 1
        return _checked(int((number * (86400 if day else 1)).to_integral_value()), text)
    match = _UNITS.fullmatch(text)
    if match and any(match.groups()):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return _checked(hours * 3600 + minutes * 60 + seconds, text)
    return _wrong(text)


def _checked(seconds: int, cell: object) -> int | DomainError:
    return seconds if 0 <= seconds <= _LONGEST else _wrong(cell)


def _wrong(cell: object) -> DomainError:
    return DomainError(N_("«{text}» is not a duration. Correct it."), text=shown(cell))


def parse_durations(cells: Iterable[object]) -> Parsed[int]:
    """Parse a column of durations; numbers are day fractions when any lies between 0 and 1."""
    column = cells if isinstance(cells, list) else list(cells)
    distinct = dict.fromkeys(column)
    numbers = [number for cell in distinct if (number := _number(cell)) is not None]
    parts = [number for number in numbers if number % 1]
    fractions = bool(parts) and all(0 < number < 1 for number in parts) and max(numbers) <= 3
    return spread(
        column, {cell: parse_duration(cell, fractions=fractions or None) for cell in distinct}
    )


def _number(cell: object) -> Decimal | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Decimal(repr(cell))
    if isinstance(cell, str) and re.fullmatch(r"\d{1,9}([.,]\d{1,20})?", cell.strip()):
        return Decimal(cell.strip().replace(",", "."))
    return None


def parse_boolean(cell: object) -> bool | DomainError | None:
    """Parse yes or no: Y/N, Да/Нет, 1/0, true/false."""
    if isinstance(cell, bool):
        return cell
    if is_empty(cell):
        return None
    text = str(cell).strip().casefold().removesuffix(".0")
    if text in _YES:
        return True
    if text in _NO:
        return False
    return DomainError(N_("«{text}» is neither yes nor no. Correct it."), text=shown(cell))


def parse_rating(cell: object) -> int | DomainError | None:
    """Parse a customer's rating: a whole number of points, 0 to 100."""
    if is_empty(cell):
        return None
    text = str(cell).strip().replace(",", ".")
    text = re.sub(r"\.0+$", "", text).split("/")[0].strip()
    if text.isascii() and text.isdigit() and int(text) <= 100:
        return int(text)
    return DomainError(N_("«{text}» is not a rating. Correct it."), text=shown(cell))


def parse_id(cell: object) -> str | DomainError | None:
    """Parse an identifier: exact digits, never a number rounded by a spreadsheet."""
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        if math.isnan(cell) or abs(cell) >= 2**53:
            return _shortened(cell)
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    text = visible(str(cell)).strip()
    if text.startswith("'"):
        text = text[1:].strip()
    if not text or text in ("-", "–", "—"):
        return None
    return _shortened(text) if _SHORTENED.fullmatch(text) else text


def _shortened(cell: object) -> DomainError:
    return DomainError(
        N_(
            "The number «{text}» was shortened by a spreadsheet and is lost. "
            "Export the file again without opening it in between."
        ),
        text=shown(cell),
    )


def parse_ids(cells: Iterable[object]) -> Parsed[str]:
    """Parse a column of identifiers."""
    column = cells if isinstance(cells, list) else list(cells)
    ready = texts(column)
    if ready is not None and all(ready) and "".join(ready).isalnum():
        return Parsed([*ready])
    return parse_by_unique(column, parse_id)


# Zero-width space, word joiner, byte order mark, soft hyphen, marks of direction. The joiner of
# emoji (U+200D) has a meaning and stays.
_MARKS = ("\u200b", "\u2060", "\ufeff", "\xad", "\u200e", "\u200f")
_INVISIBLE = dict.fromkeys(map(ord, _MARKS))


def plain_text(cell: object) -> str:
    """Return a cell as text in one line: names compare equal whatever spaces they carry."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        return " ".join(visible(cell).split())
    found = parse_id(cell)
    return found if isinstance(found, str) else str(cell)


def visible(text: str) -> str:
    """Return a text without the marks nobody sees, which web pages and messengers leave in it."""
    return text if text.isascii() else text.translate(_INVISIBLE)


def plain_texts(cells: Iterable[object]) -> list[str]:
    """Return a column as texts in one line."""
    column = cells if isinstance(cells, list) else list(cells)
    ready = texts(column)
    distinct = dict.fromkeys(column)
    if ready is not None:
        text = joined(list(distinct)) or ""
        if text.strip() == text and not any(mark in text for mark in _UNTIDY):
            return ready
    table = {cell: plain_text(cell) for cell in distinct}
    return list(map(table.__getitem__, column))


# Any of these in a column's joined text means that some cell has spaces to tidy up.
_UNTIDY = ("  ", "\t", "\n", "\r", "\x0b", "\x0c", "\xa0", "\u2007", "\u2009", "\u202f", "\u3000",
           " \x1f", "\x1f ", "\u2003", "\u2002", "\u205f", "\u200a", "\x85", "\u2028", "\x1c",
           "\x1d", "\x1e", *_MARKS)  # fmt: skip
