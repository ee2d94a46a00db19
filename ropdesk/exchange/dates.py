"""Dates and moments in any notation; what a column does not prove is refused, not guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange.columns import Parsed, is_empty, shown, spread, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

YEARS = range(1990, 2101)
_EPOCH = date(1899, 12, 30)  # day 0 of Excel's serials from March 1900 on
_DMY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})")
_YMD = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_WORDS = re.compile(
    r"(\d{1,2})[ .-]+([а-яёa-z]{3,9})\.?[ ,.-]+(\d{4})(?: ?г(?:\.|ода)?)?", re.IGNORECASE
)
_US_WORDS = re.compile(r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.IGNORECASE)
_TIME = re.compile(
    r"[T ,]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]m)?"
    r"\s*(?:Z|UTC|GMT|MSK|МСК|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\[(\d{1,2}:\d{2}(?::\d{2})?)\]\s*(.+)")
_NUMBER = re.compile(r"\d{1,7}(?:[.,]\d+)?")
_ZERO = re.compile(r"0{2,4}[-./]0{2}[-./]0{2,4}")
_MONTHS = (
    "январь января january", "февраль февраля february", "март марта march",
    "апрель апреля april", "май мая may", "июнь июня june", "июль июля july",
    "август августа august", "сентябрь сентября september", "октябрь октября october",
    "ноябрь ноября november", "декабрь декабря december",
)  # fmt: skip


def _month_number(word: str) -> int:
    """Return the month of a name or an abbreviation of three letters or more; 0 for no month."""
    start = word.casefold()
    for number, names in enumerate(_MONTHS, start=1):
        if any(name.startswith(start) for name in names.split()):
            return number
    return 0


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and where the file has it, the second of the day."""

    day: str
    second: int | None = None


@dataclass(frozen=True, slots=True)
class Notation:
    """What a column proves about its own dates.

    Attributes:
        day_first: whether 03/04 is the third of April; None where nothing proves it.
        serials: whether bare numbers are Excel's day numbers (all cells are).
    """

    day_first: bool | None = None
    serials: bool = False


def notation_of(cells: Iterable[object], day_first: bool | None = None) -> Notation:
    """See what a column's cells prove about its notation."""
    firsts = seconds = False
    numbers = others = 0
    for cell in dict.fromkeys(cells):
        if isinstance(cell, str):
            if is_empty(cell):
                continue
            text = cell.strip()
            if _NUMBER.fullmatch(text):
                numbers += 1
                continue
            match = _DMY.match(text)
            if match and match[2] != ".":
                firsts, seconds = firsts or int(match[1]) > 12, seconds or int(match[3]) > 12
            others += 1
        elif isinstance(cell, int | float) and not isinstance(cell, bool):
            numbers += 1
        elif cell is not None:
            others += 1
    if day_first is None and firsts != seconds:
        day_first = firsts
    return Notation(day_first, numbers > 0 and others == 0)


def parse_date(cell: object, notation: Notation | None = None) -> str | DomainError | None:
    """Parse one date to ISO text; the time of day, if any, is checked and dropped.

    A moment with a time zone keeps the day that is written: a file says when in its own terms.
    """
    answer = parse_moment(cell, notation)
    return answer.day if isinstance(answer, Moment) else answer


def parse_moment(cell: object, notation: Notation | None = None) -> Moment | DomainError | None:
    """Parse a date with or without a time of day.

    Returns:
        The moment, None for an empty cell, or the error: no such day, a year before 1990 or
        after 2100, a day and a month that cannot be told apart.
    """
    rules = notation or Notation(serials=not isinstance(cell, str))
    if isinstance(cell, str):
        return None if is_empty(cell) else _from_text(cell.strip(), rules)
    if isinstance(cell, datetime):
        second = cell.hour * 3600 + cell.minute * 60 + cell.second
        return _ranged(cell.date(), second, cell)
    if isinstance(cell, date):
        return _ranged(cell, None, cell)
    if cell is None:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool) and rules.serials:
        return _from_serial(float(cell), cell)
    return _wrong(cell)


def parse_dates(cells: Iterable[object], day_first: bool | None = None) -> Parsed[str]:
    """Parse a column of dates to ISO text ``YYYY-MM-DD``."""
    column = cells if isinstance(cells, list) else list(cells)
    days = _days_of_moments(column) or column
    distinct = dict.fromkeys(days)
    rules = notation_of(distinct, day_first)
    return spread(days, {cell: parse_date(cell, rules) for cell in distinct})


def _days_of_moments(column: list[object]) -> list[object] | None:
    """Cut «01.02.2024 10:11:12» to its day, where the time is sound; None if there are none.

    Moments are nearly all different, days are few: parsing days alone is much cheaper.
    """
    import numpy as np

    if not any(type(cell) is str and len(cell) == 19 for cell in column[:50]):
        return None
    cells = texts(column)
    if cells is None:
        return None
    at = np.flatnonzero(np.array(list(map(len, cells)), dtype=np.int64) == 19)
    moments = cells if len(at) == len(cells) else [cells[each] for each in at]
    codes = np.array(moments, dtype="U19").view(np.int32).reshape(len(at), 19) - ord("0")
    clock = codes[:, [11, 12, 14, 15, 17, 18]]
    sound = ((clock >= 0) & (clock <= 9)).all(axis=1)
    sound &= (codes[:, [13, 16]] == ord(":") - ord("0")).all(axis=1)
    sound &= np.isin(codes[:, 10], [ord(" ") - ord("0"), ord("T") - ord("0")])
    sound &= (clock[:, 0] * 10 + clock[:, 1] < 24) & (clock[:, 2] < 6) & (clock[:, 4] < 6)
    sound &= (codes[:, 9] >= 0) & (codes[:, 9] <= 9)
    if sound.all() and len(at) == len(cells):
        return [cell[:10] for cell in cells]
    days: list[object] = [*cells]
    for each in at[sound].tolist():
        days[each] = cells[each][:10]
    return days


def _sample(column: list[object]) -> Iterable[object]:
    """Cut moments to days, so that a column's notation is judged on few distinct texts."""
    return dict.fromkeys(cell[:10] if type(cell) is str else cell for cell in column)


def parse_moments(cells: Iterable[object], day_first: bool | None = None) -> Parsed[Moment]:
    """Parse a column of moments."""
    column = cells if isinstance(cells, list) else list(cells)
    rules = notation_of(_sample(column), day_first)
    return spread(column, {cell: parse_moment(cell, rules) for cell in dict.fromkeys(column)})


def parse_time_of_day(cell: object) -> int | DomainError | None:
    """Parse a time of day to seconds since midnight."""
    if is_empty(cell):
        return None
    if isinstance(cell, datetime | time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    if isinstance(cell, timedelta):
        return int(cell.total_seconds()) % 86400
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return round((float(cell) % 1) * 86400) % 86400
    text = str(cell).strip().strip("[]")
    second = _seconds(text)
    if second is None and re.fullmatch(r"0[.,]\d+", text):
        second = round(float(text.replace(",", ".")) * 86400) % 86400
    return second if second is not None else _wrong(cell)


def _from_text(text: str, rules: Notation) -> Moment | DomainError | None:
    bracketed = _BRACKETS.fullmatch(text)
    if bracketed:
        return _join(bracketed[2], bracketed[1], text, rules)
    if _NUMBER.fullmatch(text):
        if rules.serials:
            return _from_serial(float(text.replace(",", ".")), text)
        return _wrong(text)
    if len(text) == 8 and text.isdigit():
        return _ranged_numbers(int(text[:4]), int(text[4:6]), int(text[6:]), None, text)
    for pattern, pick in _PATTERNS:
        match = pattern.match(text)
        if match:
            return _join_match(match, pick, text, rules)
    return _wrong(text)


Picked = tuple[int, int, int]


def _join_match(
    match: re.Match[str],
    pick: Callable[[re.Match[str], Notation], Picked | None],
    text: str,
    rules: Notation,
) -> Moment | DomainError | None:
    if _ZERO.fullmatch(match[0]):
        return None
    rest = text[match.end() :]
    second = None
    if rest:
        second = _seconds(rest) if rest[0] in "T ," else None
        if second is None:
            return _wrong(text)
    picked = pick(match, rules)
    if picked is None:
        return DomainError(
            N_(
                "«{text}» may be read with the day or the month first. "
                "Export dates as DD.MM.YYYY or YYYY-MM-DD."
            ),
            text=shown(text),
        )
    if picked[1] == 0:
        return _wrong(text)
    return _ranged_numbers(*picked, second, text)


def _join(day: str, clock: str, text: str, rules: Notation) -> Moment | DomainError | None:
    answer = _from_text(day.strip(), rules)
    second = _seconds(clock)
    if not isinstance(answer, Moment):
        return answer
    return Moment(answer.day, second) if second is not None else _wrong(text)


def _pick_dmy(match: re.Match[str], rules: Notation) -> Picked | None:
    first, second = int(match[1]), int(match[3])
    year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    if match[2] == "." or first == second:
        return year, second, first
    if rules.day_first is not None:
        return (year, second, first) if rules.day_first else (year, first, second)
    if first > 12:
        return year, second, first
    return (year, first, second) if second > 12 else None


def _pick_ymd(match: re.Match[str], _rules: Notation) -> Picked | None:
    return int(match[1]), int(match[3]), int(match[4])


def _pick_words(match: re.Match[str], _rules: Notation) -> Picked | None:
    return int(match[3]), _month_number(match[2]), int(match[1])


def _pick_us_words(match: re.Match[str], _rules: Notation) -> Picked | None:
    return int(match[3]), _month_number(match[1]), int(match[2])


_PATTERNS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], Notation], Picked | None]], ...
] = (
    (_YMD, _pick_ymd),
    (_DMY, _pick_dmy),
    (_WORDS, _pick_words),
    (_US_WORDS, _pick_us_words),
)


def _seconds(text: str) -> int | None:
    match = _TIME.fullmatch(text)
    if not match:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        hour = hour % 12 + (12 if match[4].casefold() == "pm" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return hour * 3600 + minute * 60 + second


def _from_serial(serial: float, cell: object) -> Moment | DomainError:
    if not 0 < serial < 100_000:
        return _wrong(cell)
    days = int(serial)
    second = round((serial - days) * 86400)
    if second == 86400:
        days, second = days + 1, 0
    return _ranged(_EPOCH + timedelta(days=days), second if serial != days else None, cell)


def _ranged_numbers(
    year: int, month: int, day: int, second: int | None, cell: object
) -> Moment | DomainError:
    try:
        found = date(year, month, day)
    except ValueError:
        return DomainError(N_("There is no date «{text}». Correct it."), text=shown(cell))
    return _ranged(found, second, cell)


def _ranged(day: date, second: int | None, cell: object) -> Moment | DomainError:
    if day.year not in YEARS:
        return DomainError(
            N_("The year of «{text}» is outside {first}–{last}. Correct the date."),
            text=shown(cell),
            first=YEARS[0],
            last=YEARS[-1],
        )
    return Moment(day.isoformat(), second)


def _wrong(cell: object) -> DomainError:
    return DomainError(N_("«{text}» is not a date. Correct it."), text=shown(cell))
