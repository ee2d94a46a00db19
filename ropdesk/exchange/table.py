"""What a file says before anyone asks what it means: columns, cells and their line numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd

    from ropdesk.domain.errors import DomainError


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be taken.

    Attributes:
        line: 1-based physical line (text) or row (sheet) of the file.
        reason: what is wrong with it; shown with `ropdesk.i18n.describe`.
    """

    line: int
    reason: DomainError


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is not data.

    Attributes:
        line: 1-based physical line or row of the file.
        kind: ``"preamble"``, ``"blank"``, ``"total"`` or ``"header"`` (a repeated header).
    """

    line: int
    kind: str


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as read.

    Attributes:
        columns: unique names, in the file's order; the second «Источник» is «Источник (2)».
        original: the names as the file has them.
        frame: cells; text in text formats, Python values in sheets, ``""`` where empty.
        lines: 1-based line or row of the file, one for each row of the frame.
        encoding: of a text format (``""`` for workbooks).
        delimiter: of a delimited text (``""`` otherwise).
        format: ``"csv"``, ``"html"``, ``"xlsx"``, ``"xls"`` or ``"ods"``.
        header_row: 1-based line or row of the header.
        sheets: names of all sheets; ``sheet`` is the one that was read.
        sha256: of the file's bytes, in hexadecimal.
        size: of the file in bytes.
        skipped: rows that are not data.
        rejected: rows that cannot be told apart into cells, or hold unreadable characters.
    """

    columns: tuple[str, ...]
    original: tuple[str, ...]
    frame: pd.DataFrame
    lines: Sequence[int]
    encoding: str
    delimiter: str
    format: str
    header_row: int
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    sha256: str = ""
    size: int = 0
    skipped: tuple[Skipped, ...] = ()
    rejected: tuple[Rejected, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.frame)

    def cells(self, column: str) -> np.ndarray:
        """Return one column's cells as an object array."""
        return self.frame[column].to_numpy(dtype=object)


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a file, for looking at before importing.

    Attributes:
        head: the first lines as they are, header and preamble included, split into cells.
        columns: names found in the header row.
        rows: the first data rows as text.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    encoding: str
    delimiter: str
    format: str
    header_row: int
    sheet: str
    sheets: tuple[str, ...]
    head: tuple[tuple[str, ...], ...] = ()


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """Make column names unique by position: the second «Источник» becomes «Источник (2)».

    A nameless column is called by its number: «(3)».
    """
    seen: set[str] = set()
    result = []
    for number, raw in enumerate(names, start=1):
        base = raw or f"({number})"
        name, copy = base, 1
        while name in seen:
            copy += 1
            name = f"{base} ({copy})"
        seen.add(name)
        result.append(name)
    return tuple(result)
