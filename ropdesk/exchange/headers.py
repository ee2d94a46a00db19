"""Column names: their normal form, and whether a row looks like a known header."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNS = re.compile(r"[,(]?\s*(₽|руб\.?|rub|\$|€)\s*\)?$")
_COPY = re.compile(r" \(\d+\)$")
_SPACE = re.compile(r"\s+")


def normal(name: str) -> str:
    """Return a name as it is compared: case, spaces and a currency sign do not matter."""
    text = _SPACE.sub(" ", name.replace("\ufeff", "").replace("\u200b", "")).strip().casefold()
    return _SIGNS.sub("", text).strip().replace("ё", "е")


def without_copy(name: str) -> str:
    """Drop the number that `ropdesk.exchange.table.unique_names` gave a repeated name."""
    return _COPY.sub("", name)


def headers_key(columns: Sequence[str]) -> str:
    """Return a key under which a mapping is remembered: equal for files with equal headers."""
    text = "\x1f".join(normal(name) for name in columns)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def known_share(row: Sequence[str]) -> float:
    """Return which share of the row's filled cells are names of columns that exports use."""
    filled = [normal(cell) for cell in row if cell and cell.strip()]
    if not filled:
        return 0.0
    return sum(cell in _known() for cell in filled) / len(filled)


@cache
def _known() -> frozenset[str]:
    from ropdesk.exchange import preset_tables

    return frozenset(normal(name) for name in preset_tables.KNOWN_COLUMNS)
