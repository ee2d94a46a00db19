"""Amounts in any notation to kopecks, exactly."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.money import scaled
from ropdesk.exchange.columns import Parsed, is_empty, shown, spread, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

LIMIT = 2**63 - 1
_CURRENCY = re.compile(r"(₽|р\.|руб\.?(лей|ля|ль)?|rub|rur|usd|eur|\$|€|р(?=\s*$))", re.IGNORECASE)
_SPACE = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’`]+")
_GROUPS = re.compile(r"[1-9]\d{0,2}( \d{3})+([.,]\d+)?")
_PLAIN = re.compile(r"\d+|\d+[.,]\d*|[.,]\d+")
_COMMA_GROUPS = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d*)?")
_DOT_GROUPS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d*)?")
_UNSURE = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def parse_amount(
    cell: object, scale: int = 100, *, decimal_mark: str | None = None
) -> int | DomainError | None:
    """Parse one amount.

    Args:
        cell: text in any notation, or a number from a sheet.
        scale: stored integers per whole unit: 100 for kopecks.
        decimal_mark: ``"."`` or ``","`` where the column proves it; decides what «1,234» means.

    Returns:
        The amount in the smallest unit, rounded half up; None for an empty cell; or the error.
    """
    if isinstance(cell, str):
        return _from_text(cell, scale, decimal_mark)
    if cell is None:
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return _wrong(cell)
    try:
        return _within(
            scaled(Decimal(repr(cell) if isinstance(cell, float) else cell), scale), cell
        )
    except (InvalidOperation, ValueError, OverflowError):
        return _wrong(cell)


def parse_amounts(cells: Iterable[object], scale: int = 100) -> Parsed[int]:
    """Parse a column of amounts; what «1,234» means is decided by the whole column."""
    column = cells if isinstance(cells, list) else list(cells)
    digits = _digits_only(column)
    if digits is not None:
        return Parsed([int(cell) * scale if cell else None for cell in digits])
    table: dict[object, int | DomainError | None] = {}
    hard: list[object] = []
    for cell in dict.fromkeys(column):
        # Most cells are plain decimals; the full grammar costs ten times as much.
        if type(cell) is str and scale == 100 and len(cell) < 16 and cell.isascii():
            whole, dot, part = cell.partition(".")
            if dot and len(part) == 2 and whole.isdigit() and part.isdigit():
                table[cell] = int(whole + part)
                continue
        hard.append(cell)
    if hard:
        mark = decimal_mark_of(column)
        for cell in hard:
            table[cell] = parse_amount(cell, scale, decimal_mark=mark)
    return spread(column, table)


def _digits_only(column: list[object]) -> list[str] | None:
    """Return the column where every cell is a few digits or empty: an export's usual amounts."""
    cells = texts(column)
    if not cells:
        return None
    text = "".join(cells)
    plain = text.isascii() and text.isdigit() and max(map(len, cells)) < 16
    return cells if plain else None


def decimal_mark_of(cells: Iterable[object]) -> str | None:
    """Find which mark separates decimals, where any cell of the column proves it."""
    dot = comma = False
    for cell in dict.fromkeys(cells):
        if not isinstance(cell, str):
            continue
        text = _clean(cell)[0]
        if not ("." in text or "," in text) or _UNSURE.fullmatch(text):
            continue
        if "." in text and "," in text:
            last = max(text.rfind("."), text.rfind(","))
            dot, comma = dot or text[last] == ".", comma or text[last] == ","
        elif text.count(".") + text.count(",") > 1:
            dot, comma = dot or "," in text, comma or "." in text
        else:
            dot, comma = dot or "." in text, comma or "," in text
    if dot != comma:
        return "." if dot else ","
    return None


def _clean(text: str) -> tuple[str, bool]:
    """Strip currency, sign and outer spaces; inner spaces become single."""
    bare = _CURRENCY.sub("", text).strip()
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        bare, negative = bare[1:-1].strip(), True
    if bare[:1] in ("-", "\u2212", "–"):
        bare, negative = bare[1:].strip(), not negative
    elif bare[:1] == "+":
        bare = bare[1:].strip()
    return _SPACE.sub(" ", bare).strip(), negative


def _from_text(cell: str, scale: int, mark: str | None) -> int | DomainError | None:
    if is_empty(cell):
        return None
    text, negative = _clean(cell)
    if _GROUPS.fullmatch(text):
        text = text.replace(" ", "")
    elif mark != "," and _COMMA_GROUPS.fullmatch(text) and (mark or not _UNSURE.fullmatch(text)):
        text = text.replace(",", "")
    elif mark != "." and _DOT_GROUPS.fullmatch(text) and (mark or not _UNSURE.fullmatch(text)):
        text = text.replace(".", "")
    elif mark is None and _UNSURE.fullmatch(text):
        return DomainError(
            N_("«{text}» may mean thousands or a fraction. Write it without a separator."),
            text=shown(cell),
        )
    if not _PLAIN.fullmatch(text) or not text.isascii():
        return _wrong(cell)
    if len(text) > 400:
        return _too_large(cell)
    value = scaled(Decimal(text.replace(",", ".")), scale)
    return _within(-value if negative else value, cell)


def _within(value: int, cell: object) -> int | DomainError:
    return value if -LIMIT <= value <= LIMIT else _too_large(cell)


def _too_large(cell: object) -> DomainError:
    return DomainError(N_("The amount «{text}» is too large. Correct it."), text=shown(cell))


def _wrong(cell: object) -> DomainError:
    return DomainError(N_("«{text}» is not an amount. Correct it."), text=shown(cell))
