"""Reading a table from any file a sales head has: judged by its content, never by its extension."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange import delimited, html_tables, rows, sniffing, workbooks
from ropdesk.exchange.table import Preview, RawTable, Rejected, Skipped, unique_names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pandas as pd

# A file of this size takes more than a gigabyte of memory while it is read.
SIZE_LIMIT = 150 * 1024 * 1024
_PREVIEW_BYTES = 256 * 1024


def read_table(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    progress: Callable[[int], None] | None = None,
    limit: int | None = None,
) -> RawTable:
    """Read a table from CSV, TSV, XLSX, XLS, ODS or an HTML page.

    Args:
        encoding, delimiter, sheet, header_row: what is known already; the rest is found out.
            ``header_row`` is a 1-based line or row of the file.
        progress: told the number of rows read so far; may raise to cancel.
        limit: read only so many data rows.

    Raises:
        DomainError: the file cannot be read as a table; says why and what to do.
    """
    size = _check(path)
    try:
        data = path.read_bytes()
        source = _open(path, data, encoding, delimiter, sheet, header_row, progress, limit)
    except PermissionError:
        raise DomainError(_LOCKED, name=path.name) from None
    if progress is not None:
        progress(len(source.grid.frame))
    return _table(source, hashlib.sha256(data).hexdigest(), size, path.name)


def preview(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    rows: int = 20,
) -> Preview:
    """Read only the beginning of a file, cheaply, for the wizard.

    Raises:
        DomainError: as `read_table`.
    """
    _check(path)
    try:
        with path.open("rb") as file:
            data = file.read(_PREVIEW_BYTES)
            whole = len(data) < _PREVIEW_BYTES
        if not whole and sniffing.kind_of(data) == "text":
            data = _whole_lines(data, encoding)
        limit = rows + 1 if whole or sniffing.kind_of(data) != "text" else rows
        source = _open(path, data, encoding, delimiter, sheet, header_row, None, limit)
    except PermissionError:
        raise DomainError(_LOCKED, name=path.name) from None
    source.replaced = False  # a wrong encoding is to be seen, for another to be chosen
    table = _table(source, "", len(data), path.name)
    shown = table.frame.head(rows)
    return Preview(
        columns=table.columns,
        rows=tuple(tuple(str(cell) for cell in row) for row in shown.itertuples(index=False)),
        lines=tuple(table.lines[: len(shown)]),
        encoding=table.encoding,
        delimiter=table.delimiter,
        format=table.format,
        header_row=table.header_row,
        sheet=table.sheet,
        sheets=table.sheets,
        head=tuple(tuple(str(cell) for cell in row) for row in source.head[:rows]),
    )


_LOCKED = N_(
    "«{name}» is open in another program or closed to you. Close it there (Excel, for example) "
    "and try again."
)


@dataclass(slots=True)
class _Source:
    grid: delimited.Grid
    format: str
    header_row: int
    head: Sequence[Sequence[object]]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    replaced: bool = False


def _check(path: Path) -> int:
    if path.is_dir():
        raise DomainError(N_("«{name}» is a folder. Choose a file in it."), name=path.name)
    if path.name.startswith("~$"):
        raise DomainError(
            N_("«{name}» is a lock file of Excel, not a table. Choose the workbook itself."),
            name=path.name,
        )
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise DomainError(
            N_("There is no file «{name}». Check the path."), name=str(path)
        ) from None
    except PermissionError:
        raise DomainError(_LOCKED, name=path.name) from None
    if size == 0:
        raise DomainError(N_("The file «{name}» is empty. Export it again."), name=path.name)
    if size > SIZE_LIMIT:
        raise DomainError(
            N_(
                "The file «{name}» takes {size} MB; at most {limit} MB can be imported. "
                "Export it in parts, by month for example."
            ),
            name=path.name,
            size=-(-size // 1024**2),
            limit=SIZE_LIMIT // 1024**2,
        )
    return size


def _open(
    path: Path,
    data: bytes,
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    header_row: int | None,
    progress: Callable[[int], None] | None,
    limit: int | None,
) -> _Source:
    kind = sniffing.kind_of(data)
    if kind == "binary":
        raise DomainError(
            N_(
                "«{name}» is not a table: it looks like a picture, an archive or another binary "
                "file. Choose a CSV or Excel export."
            ),
            name=path.name,
        )
    if kind == "zip":
        return _from_sheet(
            workbooks.read_zip(path, sheet, _rows_limit(limit), progress), header_row
        )
    if kind == "ole2":
        return _from_sheet(workbooks.read_ole2(path, sheet, _rows_limit(limit)), header_row)
    if encoding in (None, "utf-8"):
        quick = _from_plain_utf8(data, delimiter, header_row, limit)
        if quick is not None:
            return quick
    text, chosen = sniffing.decode(data, encoding or html_tables.declared_encoding(data))
    if not text.strip():
        raise DomainError(N_("The file «{name}» is empty. Export it again."), name=path.name)
    if html_tables.looks_like_html(text):
        source = _from_html(text, path.name, header_row)
    else:
        source = _from_text(text, delimiter, header_row, limit)
    source.encoding = chosen
    source.replaced = "\ufffd" in text
    return source


def _from_plain_utf8(
    data: bytes, delimiter: str | None, header_row: int | None, limit: int | None
) -> _Source | None:
    """Read the usual large file without decoding it twice; None where it is not so plain."""
    if data[:1] in (b"\xef", b"<") or b"\x00" in data or b"\xef\xbf\xbd" in data:
        return None
    returns = data.count(b"\r")
    if returns and returns != data.count(b"\r\n"):
        return None
    cut = data.rfind(b"\n", 0, sniffing.SAMPLE) + 1 if len(data) > sniffing.SAMPLE else len(data)
    try:
        sample = data[:cut].decode("utf-8").replace("\r\n", "\n")
        if not sample.strip() or html_tables.looks_like_html(sample):
            return None
        dialect, header, head = _layout(sample, delimiter, header_row)
        grid = delimited.parse_plain(data, dialect, header, limit)
        if grid is not None and returns and not isinstance(grid.lines, range):
            # Cells hold line ends of their own: these are to be plain too.
            raw = data.replace(b"\r\n", b"\n")
            grid = delimited.parse_plain(raw, dialect, header, limit)
    except (UnicodeDecodeError, DomainError):
        return None
    if grid is None:
        return None
    source = _Source(grid, "csv", header, head, delimiter=dialect.delimiter)
    source.encoding = "utf-8"
    return source


def _rows_limit(limit: int | None) -> int | None:
    return None if limit is None else limit + sniffing.HEADER_WITHIN


def _from_text(
    text: str, delimiter: str | None, header_row: int | None, limit: int | None
) -> _Source:
    dialect, header, head = _layout(text, delimiter, header_row)
    grid = delimited.parse(text, dialect, header, limit)
    return _Source(grid, "csv", header, head, delimiter=dialect.delimiter)


def _layout(
    text: str, delimiter: str | None, header_row: int | None
) -> tuple[sniffing.Dialect, int, list[list[str]]]:
    """Find dialect, 1-based line of the header, and the first records, from a text's beginning."""
    dialect = sniffing.dialect_of(text, delimiter)
    records = sniffing.split(text, dialect, sniffing.HEADER_WITHIN)
    head = [row for _, row in records]
    if header_row is None:
        start = 1 if head[0] and head[0][0].casefold().startswith("sep=") else 0
        header_row = records[start + sniffing.header_at(head[start:])][0]
    elif header_row > text.count("\n") + 1:
        raise _no_header(header_row)
    return dialect, header_row, head


def _from_html(text: str, name: str, header_row: int | None) -> _Source:
    cells, lines = html_tables.read_html(text, name)
    at = sniffing.header_at(cells[: sniffing.HEADER_WITHIN])
    if header_row is not None:
        if header_row not in lines:
            raise _no_header(header_row)
        at = lines.index(header_row)
    grid = _grid([list(row) for row in cells], at, lines)
    return _Source(grid, "html", lines[at], cells)


def _from_sheet(sheet: workbooks.SheetRows, header_row: int | None) -> _Source:
    if header_row is None:
        at = sniffing.header_at(sheet.rows[: sniffing.HEADER_WITHIN])
    else:
        at = header_row - 1
        if not 0 <= at < len(sheet.rows):
            raise _no_header(header_row)
    grid = _grid(sheet.rows, at, range(1, len(sheet.rows) + 1))
    return _Source(grid, sheet.format, at + 1, sheet.rows, sheet=sheet.sheet, sheets=sheet.sheets)


def _no_header(row: int) -> DomainError:
    return DomainError(N_("The file has no row {row}. Choose another header row."), row=row)


def _grid(cells: Sequence[Sequence[object]], at: int, lines: Sequence[int]) -> delimited.Grid:
    import pandas as pd

    header = list(cells[at]) if cells else []
    body = cells[at + 1 :]
    width = max((_width(row) for row in (header, *body)), default=0)
    filled = [[*row[:width], *([""] * (width - len(row)))] for row in body]
    frame = pd.DataFrame(filled, columns=range(width), dtype=object)
    names = [str(cell).strip() for cell in header[:width]] + [""] * (width - len(header))
    return delimited.Grid(names, frame, lines[at + 1 :])


def _width(row: Sequence[object]) -> int:
    return max((at + 1 for at, cell in enumerate(row) if cell not in ("", None)), default=0)


def _table(source: _Source, sha256: str, size: int, name: str) -> RawTable:
    import numpy as np

    grid = source.grid
    keep, skipped = rows.split_rows(grid.frame, grid.lines, grid.names)
    rejected: list[Rejected] = list(grid.rejected)
    if source.replaced:
        for at, refusal in rows.unreadable(grid.frame, grid.lines).items():
            if keep[at]:
                keep[at] = False
                rejected.append(refusal)
    frame, lines = grid.frame, grid.lines
    if not keep.all():
        frame = frame[keep].reset_index(drop=True)
        lines = [int(line) for line in np.asarray(lines)[keep]]
    if frame.empty and not rejected:
        raise DomainError(
            N_("The file «{name}» has a header but no rows under it. Export it again."), name=name
        )
    columns = unique_names(grid.names)
    frame.columns = _index(columns)
    preamble = [Skipped(line, "preamble") for line in range(1, source.header_row)]
    return RawTable(
        columns=columns,
        original=tuple(grid.names),
        frame=frame,
        lines=lines,
        encoding=source.encoding,
        delimiter=source.delimiter,
        format=source.format,
        header_row=source.header_row,
        sheet=source.sheet,
        sheets=source.sheets,
        sha256=sha256,
        size=size,
        skipped=(*preamble, *skipped),
        rejected=tuple(rejected),
    )


def _index(columns: tuple[str, ...]) -> pd.Index[str]:
    import pandas as pd

    return pd.Index(columns, dtype=object)


def _whole_lines(data: bytes, encoding: str | None) -> bytes:
    """Drop a line cut by the end of a preview, so that it is not taken for a bad one."""
    chosen = encoding or sniffing.encoding_of(data)
    wide = "16" in chosen
    cut = data.rfind(b"\n\x00" if wide and "be" not in chosen else b"\n")
    if cut <= 0:
        return data
    return data[: cut + (2 if wide and data[cut : cut + 2] == b"\n\x00" else 1)]
