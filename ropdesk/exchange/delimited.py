"""Delimited text to a grid of cells: the fast C parser, and an exact slow path for ragged files."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange.sniffing import Dialect, split
from ropdesk.exchange.table import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_SLOW_BUT_WHOLE = 131072 * 8


@dataclass(slots=True)
class Grid:
    """Cells under a header.

    Attributes:
        names: the header's cells, stripped.
        frame: data rows, columns numbered from 0, cells as in the file, ``""`` where missing.
        lines: 1-based physical line of each row.
        rejected: rows with more cells than the header.
    """

    names: list[str]
    frame: pd.DataFrame
    lines: Sequence[int]
    rejected: list[Rejected] = field(default_factory=list)


def parse(text: str, dialect: Dialect, header_line: int, limit: int | None) -> Grid:
    """Parse a text whose header starts on a given 1-based physical line."""
    raw = text.encode("utf-8", "surrogatepass")
    grid = parse_plain(raw, dialect, header_line, limit)
    return grid or _slow(text[_offset_of_line(text, header_line) :], dialect, header_line, limit)


def _offset_of_line(text: str, line: int) -> int:
    offset = 0
    for _number in range(line - 1):
        offset = text.index("\n", offset) + 1
    return offset


def parse_plain(raw: bytes, dialect: Dialect, header_line: int, limit: int | None) -> Grid | None:
    """Parse UTF-8 with plain line ends by pandas.

    Returns:
        None when a row does not fit the header or quotes are unusual: `parse` then says more.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    import pandas as pd

    if dialect.quote != '"':
        return None

    body = io.BytesIO(raw)
    for _number in range(header_line - 1):
        body.readline()
    start = body.tell()
    try:
        frame = pd.read_csv(
            body,
            sep=dialect.delimiter,
            escapechar=dialect.escape,
            header=None,
            index_col=False,
            dtype=object,
            na_filter=False,
            skip_blank_lines=False,
            nrows=None if limit is None else limit + 1,
            low_memory=False,
        )
    except (pd.errors.ParserError, pd.errors.ParserWarning):
        return None
    names = [str(cell).strip() for cell in frame.iloc[0]]
    header_height = 1 + sum(str(cell).count("\n") for cell in frame.iloc[0])
    frame = frame.iloc[1:].reset_index(drop=True)
    first = header_line + header_height
    physical = raw.count(b"\n", start) + (not raw.endswith(b"\n")) - header_height
    if limit is None and physical == len(frame):
        return Grid(names, frame, range(first, first + len(frame)))
    return Grid(names, frame, _lines(frame, first))


def _lines(frame: pd.DataFrame, first: int) -> list[int]:
    """Number rows whose quoted cells span lines."""
    import numpy as np

    extra = np.zeros(len(frame), dtype=np.int64)
    for column in frame.columns:
        extra += np.fromiter(
            (cell.count("\n") for cell in frame[column]), dtype=np.int64, count=len(frame)
        )
    steps = np.cumsum(extra + 1)
    starts: list[int] = (first + np.concatenate(([0], steps[:-1]))).tolist() if len(frame) else []
    return starts


def _slow(body: str, dialect: Dialect, header_line: int, limit: int | None) -> Grid:
    import csv

    import pandas as pd

    previous = csv.field_size_limit(max(len(body) + 1, _SLOW_BUT_WHOLE))
    try:
        records = split(body, dialect, None if limit is None else limit + 1)
    finally:
        csv.field_size_limit(previous)
    _refuse_open_quote(records, body, dialect, header_line)
    names = [cell.strip() for cell in records[0][1]]
    width = len(names)
    if all(not any(row[width:]) for _, row in records[1:]):
        extra = 0
    else:
        extra = _common_extra(records, width)
    width += extra
    names += [""] * extra
    rows: list[list[str]] = []
    lines: list[int] = []
    rejected: list[Rejected] = []
    for start, row in records[1:]:
        line = start + header_line - 1
        if any(row[width:]):
            rejected.append(
                Rejected(
                    line,
                    DomainError(
                        N_("The row has {cells} cells where the header has {columns}."),
                        cells=len(row),
                        columns=width,
                    ),
                )
            )
            continue
        rows.append(row[:width] + [""] * (width - len(row)))
        lines.append(line)
    frame = pd.DataFrame(rows, columns=range(width), dtype=object)
    return Grid(names, frame, lines, rejected)


def _common_extra(records: list[tuple[int, list[str]]], width: int) -> int:
    """Count nameless columns at the right: most rows have them, so the header is what is short."""
    longer = [len(row) - width for _, row in records[1:] if any(row[width:])]
    return max(longer) if len(longer) * 2 > len(records) - 1 else 0


def _refuse_open_quote(
    records: list[tuple[int, list[str]]], body: str, dialect: Dialect, header_line: int
) -> None:
    start, last = records[-1]
    tail = last[-1] if last else ""
    if body.count(dialect.quote) % 2 and tail.count("\n") > 1:
        raise DomainError(
            N_(
                "A quotation mark opened on line {line} is never closed, so the rows below it "
                "cannot be told apart. Correct that line or export the file again."
            ),
            line=start + header_line - 1,
        )
