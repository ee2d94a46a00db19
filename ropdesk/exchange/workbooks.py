"""Workbooks to rows of Python values: XLSX by openpyxl (exact numbers), XLS by calamine."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ropdesk.domain.errors import N_, DomainError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

DAMAGED = N_(
    "The workbook «{name}» is damaged or incomplete. Open it in Excel, save it anew, and try again."
)
ENCRYPTED = N_(
    "The workbook «{name}» has a password. Save a copy without a password and import it."
)
# A damaged workbook breaks wherever the damage is: the archive, its packing, the XML, its meaning.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, SyntaxError, KeyError, ValueError,
    TypeError, AttributeError, IndexError,
)  # fmt: skip
_MAX_CELLS = 60_000_000


@dataclass(slots=True)
class SheetRows:
    """One sheet: rows from row 1 on, empty cells as ``""``."""

    rows: list[list[object]]
    sheet: str
    sheets: tuple[str, ...]
    format: str


def read_zip(
    path: Path, sheet: str | None, limit: int | None, progress: Callable[[int], None] | None
) -> SheetRows:
    """Read a zip container: XLSX or XLSM exactly, ODS and XLSB through calamine."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        raise DomainError(DAMAGED, name=path.name) from None
    if "xl/workbook.xml" in names:
        return _read_xlsx(path, sheet, limit, progress)
    if "xl/workbook.bin" in names:
        return read_calamine(path, sheet, "xlsb", limit)
    if "content.xml" in names and "mimetype" in names:
        return read_calamine(path, sheet, "ods", limit)
    if any(name.startswith("xl/") for name in names):
        return _read_xlsx(path, sheet, limit, progress)
    raise DomainError(
        N_("«{name}» is an archive, not a table. Unpack it and import the file inside."),
        name=path.name,
    )


def _read_xlsx(
    path: Path, sheet: str | None, limit: int | None, progress: Callable[[int], None] | None
) -> SheetRows:
    import warnings

    import openpyxl

    try:
        # A handle, not a path: openpyxl judges a path by its extension.
        with path.open("rb") as file, warnings.catch_warnings():
            # Excel's own extensions that openpyxl does not know are of no interest here.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            titles = tuple(each.title for each in book.worksheets)
            shown = {each.title for each in book.worksheets if each.sheet_state == "visible"}
            wanted = [_choose(titles, sheet, path)] if sheet is not None else _order(titles, shown)
            name, rows = "", []
            for name in wanted or [_choose(titles, None, path)]:
                rows = _sheet_rows(book[name], limit, progress)
                if any(cell != "" for row in rows for cell in row):
                    break
            else:
                name = wanted[0]
    except PermissionError:
        raise
    except _BROKEN as error:
        raise DomainError(DAMAGED, name=path.name) from error
    return SheetRows(rows, name, titles, "xlsx")


def _order(titles: tuple[str, ...], shown: set[str]) -> list[str]:
    """Put hidden sheets last: programs keep their lists there, and people their data in sight."""
    return sorted(titles, key=lambda title: title not in shown)


def _sheet_rows(
    worksheet: Any, limit: int | None, progress: Callable[[int], None] | None
) -> list[list[object]]:
    # A sheet of charts has no cells. Some programs write a wrong size of the sheet, and only that
    # much would be read.
    if not hasattr(worksheet, "reset_dimensions"):
        return []
    worksheet.reset_dimensions()
    return _cells(worksheet.iter_rows(values_only=True), limit, progress)


def _cells(
    source: Iterable[tuple[object, ...]], limit: int | None, progress: Callable[[int], None] | None
) -> list[list[object]]:
    rows: list[list[object]] = []
    count = 0
    for row in source:
        rows.append(["" if cell is None else cell for cell in row])
        count += len(row)
        if limit is not None and len(rows) >= limit:
            break
        if progress is not None and len(rows) % 2000 == 0:
            progress(len(rows))
        if count > _MAX_CELLS:
            raise DomainError(N_("The sheet is too large. Split it into smaller files."))
    return rows


def _choose(titles: tuple[str, ...], wanted: str | None, path: Path) -> str:
    if not titles:
        raise DomainError(N_("The workbook «{name}» has no sheets with cells."), name=path.name)
    if wanted is None:
        return titles[0]
    if wanted not in titles:
        raise DomainError(
            N_("There is no sheet «{sheet}» in «{name}». Its sheets: {sheets}."),
            sheet=wanted,
            name=path.name,
            sheets=", ".join(titles),
        )
    return wanted


def read_ole2(path: Path, sheet: str | None, limit: int | None) -> SheetRows:
    """Read an OLE2 container: an old XLS, or an encrypted XLSX, which is refused."""
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as container:
            encrypted = container.exists("EncryptedPackage")
            book = container.exists("Workbook") or container.exists("Book")
    except OSError:
        raise DomainError(DAMAGED, name=path.name) from None
    if encrypted:
        raise DomainError(ENCRYPTED, name=path.name)
    if not book:
        raise DomainError(
            N_("«{name}» is not a table. Export deals or calls as CSV or XLSX."), name=path.name
        )
    return read_calamine(path, sheet, "xls", limit)


def read_calamine(path: Path, sheet: str | None, kind: str, limit: int | None) -> SheetRows:
    """Read a workbook with calamine."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    rows: list[list[object]]
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        titles = tuple(book.sheet_names)
        visible = SheetVisibleEnum.Visible
        shown = {each.name for each in book.sheets_metadata if each.visible == visible}
        wanted = [] if sheet is not None else _order(titles, shown)
        name, rows = "", []
        for name in wanted or [_choose(titles, sheet, path)]:
            chosen = book.get_sheet_by_name(name)
            rows = [list(row) for row in chosen.to_python(skip_empty_area=False, nrows=limit)]
            if any(cell != "" for row in rows for cell in row):
                break
        else:
            name = (wanted or [name])[0]
    except PermissionError:
        raise
    except (CalamineError, OSError) as error:
        message = ENCRYPTED if "assword" in str(error) else DAMAGED
        raise DomainError(message, name=path.name) from error
    return SheetRows(rows, name, titles, kind)
