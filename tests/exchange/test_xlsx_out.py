import datetime as dt
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.errors import DomainError
from ropdesk.exchange import xlsx_out
from ropdesk.exchange.reading import read_table
from ropdesk.exchange.xlsx_out import Column, Sheet, write_csv, write_xlsx
from tests.exchange.books import load_book

COLUMNS = (
    Column("Менеджер", width=20),
    Column("Поступления", xlsx_out.MONEY),
    Column("Дата", xlsx_out.DAY),
    Column("Выполнение", xlsx_out.PERCENT),
)


def sheet(*rows, **more) -> Sheet:
    return Sheet("Март: план/факт", COLUMNS, rows, **more)


def test_numbers_and_dates_are_real(tmp_path: Path):
    file = tmp_path / "board.xlsx"
    write_xlsx(
        file,
        [
            sheet(
                ("Анна", Decimal("1134672.05"), dt.date(2024, 3, 1), Decimal("0.9456")),
                ("=1+1", None, None, None),
                totals=("Всего", Decimal("1134672.05"), None, None),
                heading=("План–факт", "март 2024"),
            ),
            sheet(),
            Sheet("", (), ()),
        ],
    )
    book = load_book(file)
    assert book.sheetnames == ["Март  план факт", "Март  план факт (2)", "1"]
    board = book.worksheets[0]
    assert [cell.value for cell in board[3]] == ["Менеджер", "Поступления", "Дата", "Выполнение"]
    assert board["B4"].value == 1134672.05
    assert "₽" in board["B4"].number_format
    assert board["C4"].is_date
    assert board["D4"].number_format == "0.0%"
    assert (board["A5"].value, board["A5"].data_type) == ("=1+1", "s")
    assert board["A3"].font.bold
    assert board["B6"].font.bold
    assert board.freeze_panes == "B4"
    assert board.auto_filter.ref == "A3:D5"
    assert board.column_dimensions["A"].width == 20


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_text_is_never_a_formula(tmp_path_factory, texts):
    file = tmp_path_factory.mktemp("out") / "a.xlsx"
    write_xlsx(file, [Sheet("s", (Column("t"),), [(f"={text}",) for text in texts])])
    book = load_book(file)
    assert all(cell.data_type == "s" for row in book.worksheets[0].rows for cell in row)


def test_csv_opens_in_excel_and_runs_nothing(tmp_path: Path):
    file = tmp_path / "rejected.csv"
    write_csv(file, ["Строка", "Причина"], [[3, "=cmd|' /C calc'!A0"], [4, "две\nстроки; и"]])
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    table = read_table(file)
    assert list(table.cells("Причина")) == ["'=cmd|' /C calc'!A0", "две\nстроки; и"]


def test_nothing_is_left_when_writing_fails(tmp_path: Path):
    def rows():
        yield ["1"]
        raise RuntimeError("stop")

    file = tmp_path / "rejected.csv"
    file.write_text("before", encoding="utf-8")
    with pytest.raises(RuntimeError):
        write_csv(file, ["a"], rows())
    assert file.read_text(encoding="utf-8") == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["rejected.csv"]


def test_places_that_cannot_be_written(tmp_path: Path):
    with pytest.raises(DomainError, match="cannot be written"):
        write_csv(tmp_path / "none" / "a.csv", ["a"], [])
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(DomainError, match="cannot be written"):
        write_xlsx(tmp_path / "folder.xlsx", [sheet()])


@pytest.mark.skipif(not Path("/dev/full").exists() or os.name == "nt", reason="no full device here")
def test_full_disk(monkeypatch, tmp_path: Path):
    real = xlsx_out.tempfile.mkstemp

    def on_a_full_device(**_options):
        descriptor, name = real(dir=tmp_path)
        os.close(descriptor)
        return os.open("/dev/full", os.O_WRONLY), name

    monkeypatch.setattr(xlsx_out.tempfile, "mkstemp", on_a_full_device)
    with pytest.raises(DomainError, match="cannot be written"):
        write_csv(tmp_path / "a.csv", ["a"], [["b"]])
    assert list(tmp_path.iterdir()) == []
