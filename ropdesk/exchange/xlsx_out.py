"""Tables out: workbooks with real numbers and dates, and CSV that Excel opens by itself."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ropdesk.domain.errors import N_, DomainError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime, time
    from decimal import Decimal

    from openpyxl.worksheet.worksheet import Worksheet

    Cell = str | int | float | bool | Decimal | date | datetime | time | None

MONEY, COUNT, PERCENT, DAY, MOMENT, SECONDS, TEXT = (
    '#,##0.00\\ "₽"', "#,##0", "0.0%", "dd.mm.yyyy", "dd.mm.yyyy hh:mm", "[h]:mm:ss", "@",
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BAD_TITLE = re.compile(r"[\[\]:*?/\\]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes:
        title: what the header says.
        format: Excel's number format, ``""`` for general.
        width: in characters; 0 to fit the content.
    """

    title: str
    format: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook.

    Attributes:
        title: the tab's name.
        columns: the header.
        rows: cells as Python values; money as Decimal roubles, shares as fractions.
        totals: a last row, in bold.
        heading: lines above the header.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    totals: Sequence[Cell] | None = None
    heading: Sequence[str] = field(default=())


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write a workbook, whole or not at all.

    Text that looks like a formula stays text. The file appears under its name only when complete.

    Raises:
        DomainError: the place cannot be written to, or the workbook is open in Excel.
    """
    import openpyxl

    book = openpyxl.Workbook()
    if book.active is not None:
        book.remove(book.active)
    taken: set[str] = set()
    for sheet in sheets:
        title = _title(sheet.title, taken)
        taken.add(title.casefold())
        _fill(book.create_sheet(title), sheet)
    _replace(path, book.save)


def _title(wanted: str, taken: set[str]) -> str:
    base = _BAD_TITLE.sub(" ", wanted).strip().strip("'")[:31] or "1"
    title, copy = base, 1
    while title.casefold() in taken:
        copy += 1
        title = f"{base[:27]} ({copy})"
    return title


def _fill(worksheet: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    bold = Font(bold=True)
    for line in sheet.heading:
        worksheet.append([None])
        _put(worksheet, worksheet.max_row, 1, line, "")
        worksheet.cell(worksheet.max_row, 1).font = bold
    top = len(sheet.heading) + 1
    widths = [column.width or len(column.title) + 2 for column in sheet.columns]
    for number, column in enumerate(sheet.columns, start=1):
        _put(worksheet, top, number, column.title, "")
        header = worksheet.cell(top, number)
        header.font = bold
        header.fill = PatternFill("solid", fgColor="E8EDF3")
        header.alignment = Alignment(vertical="center", wrap_text=True)
    row = top
    for row, values in enumerate(sheet.rows, start=top + 1):
        _put_row(worksheet, row, values, sheet.columns, widths)
    if sheet.totals is not None:
        row += 1
        _put_row(worksheet, row, sheet.totals, sheet.columns, widths)
        for number in range(1, len(sheet.columns) + 1):
            worksheet.cell(row, number).font = bold
    for number, width in enumerate(widths, start=1):
        worksheet.column_dimensions[get_column_letter(number)].width = min(max(width, 8), 60)
    worksheet.freeze_panes = f"B{top + 1}"
    if sheet.columns and row > top:
        last = get_column_letter(len(sheet.columns))
        bottom = row - (sheet.totals is not None)
        worksheet.auto_filter.ref = f"A{top}:{last}{max(bottom, top)}"


def _put_row(
    worksheet: Worksheet,
    row: int,
    values: Sequence[Cell],
    columns: Sequence[Column],
    widths: list[int],
) -> None:
    for number, (value, column) in enumerate(zip(values, columns, strict=True), start=1):
        _put(worksheet, row, number, value, column.format)
        if not column.width and value is not None:
            widths[number - 1] = max(widths[number - 1], len(str(value)) + 2)


def _put(worksheet: Worksheet, row: int, number: int, value: Cell, number_format: str) -> None:
    cell = worksheet.cell(row, number)
    if isinstance(value, str):
        cell.value = _CONTROL.sub("", value)[:32767]
        cell.data_type = "s"  # a formula is what openpyxl makes of «=», text is what it is
        return
    cell.value = value
    if number_format:
        cell.number_format = number_format


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV that Excel opens by itself (UTF-8 with BOM, semicolons), whole or not at all.

    Text that a spreadsheet would run as a formula gets an apostrophe before it.

    Raises:
        DomainError: the place cannot be written to, or the file is open in Excel.
    """

    def save(file: BinaryIO) -> None:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        writer = csv.writer(text, delimiter=";")
        writer.writerow([_inert(cell) for cell in header])
        writer.writerows([_inert(cell) for cell in row] for row in rows)
        text.flush()
        text.detach()

    _replace(path, save)


def _inert(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _replace(path: Path, save: Callable[[BinaryIO], object]) -> None:
    try:
        descriptor, name = tempfile.mkstemp(prefix=".ropdesk-", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise _cannot_write(path) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            save(file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        raise _cannot_write(path) from error
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


def _cannot_write(path: Path) -> DomainError:
    return DomainError(
        N_(
            "«{name}» cannot be written. Close it in Excel, or choose another folder with free "
            "space."
        ),
        name=str(path),
    )
