"""Workbooks for tests; openpyxl is imported late, as in the product."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook


def new_book() -> "Workbook":
    """Make an empty workbook."""
    import openpyxl

    return openpyxl.Workbook()


def load_book(path: Path) -> "Workbook":
    """Open a workbook."""
    import openpyxl

    return openpyxl.load_workbook(path)
