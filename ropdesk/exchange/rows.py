"""Rows that are not data: blanks, totals, subtotals and headers repeated inside a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange.columns import joined
from ropdesk.exchange.table import Rejected, Skipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd

_TOTAL = re.compile(
    r"\s*(общий\s+итог|промежуточный\s+итог|итоги?|итого|всего|grand\s+total|sub-?total|total)"
    r"(?P<more>\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_COUNTED = re.compile(
    r"\D{0,20}\d[\d\s.,:]*\s*(звонк\w*|звонок|минут\w*|сделк\w*|сделок|секунд\w*|calls|deals|minutes)",
    re.IGNORECASE,
)
_TOTAL_STARTS = frozenset("иИвВоОпПtTsSgG \t\xa0")


def split_rows(
    frame: pd.DataFrame, lines: Sequence[int], names: Sequence[str]
) -> tuple[np.ndarray, list[Skipped]]:
    """Tell data rows from the rest.

    Returns:
        A mask of rows to keep, and what the others are.
    """
    import numpy as np

    keep = np.ones(len(frame), dtype=bool)
    skipped: list[Skipped] = []
    columns = [frame[column].to_numpy(dtype=object) for column in frame.columns]
    if not columns or not len(frame):
        return keep, skipped
    for at in _blank(columns):
        keep[at] = False
        skipped.append(Skipped(lines[at], "blank"))
    named = next((at for at, name in enumerate(names) if name), 0)
    for at in _equal(columns[named], names[named]) if names[named] else ():
        if all(str(cells[at]).strip() == name for cells, name in zip(columns, names, strict=True)):
            keep[at] = False
            skipped.append(Skipped(lines[at], "header"))
    for at in _totals(columns, keep):
        keep[at] = False
        skipped.append(Skipped(lines[at], "total"))
    return keep, sorted(skipped, key=lambda each: each.line)


# In a joined column, an empty cell or one that begins with a space shows as one of these.
_GAPS = ("\x1f\x1f", "\x1f ", "\x1f\t", "\x1f\n", "\x1f\xa0", "\x1f\u200b", "\x1f\u202f")


def _equal(cells: np.ndarray, name: str) -> list[int]:
    import numpy as np

    return [int(at) for at in np.flatnonzero(cells == name)]


def _blank(columns: list[np.ndarray]) -> list[int]:
    import numpy as np

    text = joined(columns[0].tolist())
    if text is not None and not any(mark in f"\x1f{text}\x1f" for mark in _GAPS):
        return []
    first = [type(cell) is str and (not cell or cell.isspace()) for cell in columns[0]]
    at = np.flatnonzero(first)
    for cells in columns[1:]:
        if not len(at):
            break
        at = at[[_empty(cell) for cell in cells[at]]]
    return [int(each) for each in at]


def _empty(cell: object) -> bool:
    return cell == "" or (isinstance(cell, str) and (cell.isspace() or cell == "\u200b"))


def _totals(columns: list[np.ndarray], keep: np.ndarray) -> list[int]:
    import numpy as np

    # A total row starts with its word or has gaps where a record has its id or date, so only such
    # rows are looked at: a look at every cell would cost more than reading the file.
    candidates = [
        at
        for at, cell in enumerate(columns[0])
        if type(cell) is str and (not cell or cell[0] in _TOTAL_STARTS) and keep[at]
    ]
    for cells in columns[1:3]:
        gaps = np.flatnonzero(cells == "")
        if len(gaps) * 4 < len(keep):
            candidates.extend(int(at) for at in gaps if keep[at])
    if not candidates:
        return []
    sample = np.flatnonzero(keep)[:2000]
    filled = np.sum([cells != "" for cells in columns], axis=0)
    usual = float(np.median(filled[sample]))
    last = int(np.flatnonzero(keep)[-1])
    found = []
    for at in sorted(set(candidates)):
        row = [cells[at] for cells in columns]
        if _is_total(row, int(filled[at]), usual, at == last):
            found.append(at)
    return found


def _is_total(row: list[object], filled: int, usual: float, last: bool) -> bool:
    first = next((str(cell) for cell in row if cell != ""), "")
    match = _TOTAL.fullmatch(first)
    sparse = filled <= 0.6 * usual
    if match:
        bare = not re.search(r"\w", match["more"])
        russian = not first.strip()[0].isascii()
        fewer = filled < usual
        return sparse or (russian and (bare or fewer)) or (bare and (last or fewer))
    return filled <= 0.5 * usual and any(
        isinstance(cell, str) and _COUNTED.fullmatch(cell.strip()) for cell in row
    )


def unreadable(frame: pd.DataFrame, lines: Sequence[int]) -> dict[int, Rejected]:
    """Find rows with characters that the chosen encoding does not know (U+FFFD)."""
    found: dict[int, Rejected] = {}
    for column in frame.columns:
        for at, cell in enumerate(frame[column]):
            if isinstance(cell, str) and "\ufffd" in cell and at not in found:
                found[at] = Rejected(
                    lines[at],
                    DomainError(
                        N_(
                            "«{text}» has characters that cannot be read. "
                            "Choose the encoding or correct the row."
                        ),
                        text=cell[:60],
                    ),
                )
    return found
