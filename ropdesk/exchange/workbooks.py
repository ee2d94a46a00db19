"""Workbooks to rows of Python values: XLSX by openpyxl (exact numbers), XLS by calamine."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
        # Excel's own extensions that openpyxl does not know are of no interest here.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            try:
                titles = tuple(each.title for each in book.worksheets)
                name = _choose(titles, sheet, path)
                worksheet = book[name]
                reset = getattr(worksheet, "reset_dimensions", None)
                if reset is not None:
                    reset()
                rows = _cells(worksheet.iter_rows(values_only=True), limit, progress)
                if sheet is None and not any(any(cell != "" for cell in row) for row in rows):
                    for title in titles:
                        other = book[title]
                        rows = _cells(other.iter_rows(values_only=True), limit, progress)
                        if any(any(cell != "" for cell in row) for row in rows):
                            name = title
                            break
            finally:
                book.close()
    except PermissionError:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError, SyntaxError) as error:
        raise DomainError(DAMAGED, name=path.name) from error
    except (zipfile.error, TypeError, AttributeError, IndexError) as error:
        raise DomainError(DAMAGED, name=path.name) from error
    return SheetRows(rows, name, titles, "xlsx")


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
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        titles = tuple(book.sheet_names)
        name = _choose(titles, sheet, path)
        chosen = book.get_sheet_by_name(name)
        rows: list[list[object]] = [
            list(row) for row in chosen.to_python(skip_empty_area=False, nrows=limit)
        ]
    except PermissionError:
        raise
    except (CalamineError, OSError) as error:
        message = ENCRYPTED if "assword" in str(error) else DAMAGED
        raise DomainError(message, name=path.name) from error
    return SheetRows(rows, name, titles, kind)
