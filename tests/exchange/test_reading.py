import csv
import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.exchange.reading import preview, read_table
from tests.exchange.books import new_book
from tests.exchange.ole2 import xls

HEADER = ["ID", "Название сделки", "Бюджет", "Ответственный", "Этап сделки", "Дата закрытия"]
ROWS = [
    [
        "20115001",
        "Окна; двери, «Ромашка»",
        "1 250,50",
        "Иванова Анна",
        "Успешно реализовано",
        "01.03.2024",
    ],
    ["20115002", 'ООО "Лютик"', "300000", "Петров Пётр", "Переговоры", "не закрыта"],
    ["20115003", "Заметка\nв две строки", "", "Петров Пётр", "Переговоры", "не закрыта"],
]
ENCODINGS = ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be"]


def text_of(rows, delimiter=",", quoting=csv.QUOTE_MINIMAL, end="\r\n"):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    return out.getvalue()


def cells(table):
    return [list(row) for row in table.frame.itertuples(index=False)]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_and_delimiter(tmp_path: Path, encoding, delimiter):
    file = tmp_path / "deals.csv"
    file.write_bytes(text_of([HEADER, *ROWS], delimiter).encode(encoding))
    table = read_table(file)
    assert table.columns == tuple(HEADER)
    assert cells(table) == ROWS
    assert list(table.lines) == [2, 3, 4]
    assert table.delimiter == delimiter
    assert table.skipped == () == table.rejected
    assert preview(file).rows[0] == tuple(ROWS[0])


@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_quoting_styles_and_line_ends(tmp_path: Path, quoting, end):
    file = tmp_path / "deals.txt"
    rows = [row for row in ROWS if "\n" not in row[1]]
    file.write_bytes(text_of([HEADER, *rows], ";", quoting, end).encode())
    assert cells(read_table(file)) == rows


def test_apostrophes_as_quotes(tmp_path: Path):
    file = tmp_path / "deals.csv"
    file.write_text("'ID','Название'\n'1','Окна, двери'\n'2','Полы'\n", encoding="utf-8")
    assert cells(read_table(file)) == [["1", "Окна, двери"], ["2", "Полы"]]


def test_backslash_escapes(tmp_path: Path):
    file = tmp_path / "deals.csv"
    file.write_text('ID,Название\n1,"ООО \\"Лютик\\", Тверь"\n', encoding="utf-8")
    assert cells(read_table(file)) == [["1", 'ООО "Лютик", Тверь']]


def test_sep_line_of_excel(tmp_path: Path):
    file = tmp_path / "deals.csv"
    file.write_text("sep=;\nID;Сумма\n1;1,5\n2;2,5\n", encoding="utf-8")
    table = read_table(file)
    assert table.columns == ("ID", "Сумма")
    assert list(table.lines) == [3, 4]


def test_preamble_lines_are_skipped_and_header_found(tmp_path: Path):
    file = tmp_path / "uis.csv"
    file.write_text(
        "Отчёт по звонкам\nПериод: 01.11.2025 - 30.11.2025\n\n"
        "Статус;Тип;Дата и время;Номер абонента;Длительность звонка;Сотрудник\n"
        "Принят;Входящий;2025-11-03 10:11:12;79001234567;0:01:05;Иванова\n",
        encoding="cp1251",
    )
    table = read_table(file)
    assert table.header_row == 4
    assert table.encoding == "cp1251"
    assert list(table.lines) == [5]
    assert {each.line for each in table.skipped} == {1, 2, 3}


def test_totals_blanks_and_repeated_headers_are_skipped(tmp_path: Path):
    file = tmp_path / "deals.csv"
    file.write_text(
        "Менеджер;Месяц;Сумма\nИванова;2024-01;10\n;;\nПетров;2024-01;20\nИтого за месяц;;30\n"
        "Менеджер;Месяц;Сумма\nTotal Energies;2024-02;5\nВСЕГО;2024-02;35\nTotal;;35\n",
        encoding="utf-8",
    )
    table = read_table(file)
    assert [row[0] for row in cells(table)] == ["Иванова", "Петров", "Total Energies"]
    assert [(each.line, each.kind) for each in table.skipped] == [
        (3, "blank"), (5, "total"), (6, "header"), (8, "total"), (9, "total"),
    ]  # fmt: skip
    assert list(table.lines) == [2, 4, 7]


def test_duplicate_names_are_told_apart_by_position(tmp_path: Path):
    file = tmp_path / "deals.csv"
    file.write_text("ID,Источник,Товар,Источник,\n1,сайт,окна,звонок,x\n", encoding="utf-8")
    table = read_table(file)
    assert table.columns == ("ID", "Источник", "Товар", "Источник (2)", "(5)")
    assert table.original == ("ID", "Источник", "Товар", "Источник", "")
    assert list(table.cells("Источник (2)")) == ["звонок"]


def test_rows_with_too_many_cells_are_rejected_by_line(tmp_path: Path):
    file = tmp_path / "deals.csv"
    file.write_text("ID,Сумма\n1,5\n2,6,7,8\n3,9,\n4\n", encoding="utf-8")
    table = read_table(file)
    assert cells(table) == [["1", "5"], ["3", "9"], ["4", ""]]
    assert [each.line for each in table.rejected] == [3]
    assert list(table.lines) == [2, 4, 5]


def test_bytes_that_mean_nothing_are_rejected_by_line(tmp_path: Path):
    file = tmp_path / "deals.csv"
    lines = ["ID,Менеджер", *(f"{n},Иванова Анна Сергеевна" for n in range(20))]
    raw = "\n".join(lines).encode()
    file.write_bytes(raw.replace("5,Иван".encode(), b"5,\xff\xfe\xff", 1))
    table = read_table(file)
    assert len(table) == 19
    assert [each.line for each in table.rejected] == [7]


def test_header_row_delimiter_and_encoding_can_be_told(tmp_path: Path):
    file = tmp_path / "odd.csv"
    file.write_bytes("1|2|3\nа|б|в\n4|5|6\n".encode("cp866"))
    table = read_table(file, encoding="cp866", delimiter="|", header_row=2)
    assert table.columns == ("а", "б", "в")
    assert cells(table) == [["4", "5", "6"]]


def test_limit_and_cheap_preview(tmp_path: Path):
    file = tmp_path / "big.csv"
    line = "20115001;Окна и двери;1000;Иванова Анна\n"
    file.write_text("ID;Название;Сумма;Менеджер\n" + line * 50_000, encoding="utf-16")
    assert len(read_table(file, limit=10)) == 10
    seen = preview(file, rows=5)
    assert len(seen.rows) == 5
    assert seen.rows[4] == ("20115001", "Окна и двери", "1000", "Иванова Анна")


def test_preview_shows_what_a_wrong_encoding_does(tmp_path: Path):
    file = tmp_path / "deals.csv"
    file.write_bytes("ID;Имя\n1;Анна\n".encode("cp1251"))
    assert preview(file).rows == (("1", "Анна"),)
    garbled = preview(file, encoding="utf-8").rows
    assert garbled[0][0] == "1"
    assert "\ufffd" in garbled[0][1]


def test_formula_looking_text_stays_text(tmp_path: Path):
    file = tmp_path / "deals.csv"
    file.write_text("ID,Телефон,Имя\n1,'+79001234567,=1+1\n2,+7900,@SUM(A1)\n", encoding="utf-8")
    assert cells(read_table(file)) == [
        ["1", "'+79001234567", "=1+1"],
        ["2", "+7900", "@SUM(A1)"],
    ]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = new_book()
    sheet = book.active
    sheet.title = "Сделки"
    sheet.merge_cells("A1:C1")
    sheet["A1"] = "Выгрузка сделок"
    sheet.append([])
    sheet.append(["ID", "Название", "Сумма", "Закрыта"])
    sheet.append([7777, "=1+1", 10.5, dt.datetime.fromisoformat("2024-03-01T10:00:00")])
    sheet["B4"].data_type = "s"
    sheet.append([2, "Окна", 7, None])
    sheet.append([None, None, None, None])
    sheet.append(["Итого", None, 17.5, None])
    book.create_sheet("Пустой")
    book.save(tmp_path / "short.xlsx")
    path = tmp_path / "deals.xlsx"
    with zipfile.ZipFile(tmp_path / "short.xlsx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            # Excel and openpyxl cut long numbers to 15 digits; other programs write them whole.
            new.writestr(name, old.read(name).replace(b"<v>7777</v>", b"<v>12345678901234567</v>"))
    return path


def test_xlsx_keeps_types_and_long_numbers(workbook: Path):
    table = read_table(workbook)
    assert table.format == "xlsx"
    assert table.sheets == ("Сделки", "Пустой")
    assert table.header_row == 3
    assert list(table.lines) == [4, 5]
    assert cells(table)[0] == [
        12345678901234567,
        "=1+1",
        10.5,
        dt.datetime.fromisoformat("2024-03-01T10:00:00"),
    ]
    assert cells(table)[1] == [2, "Окна", 7, ""]
    assert len(table.sha256) == 64


def test_content_decides_not_the_extension(workbook: Path, tmp_path: Path):
    renamed = workbook.rename(tmp_path / "deals.csv")
    assert read_table(renamed).format == "xlsx"


def test_old_xls(tmp_path: Path):
    file = tmp_path / "deals.xls"
    file.write_bytes(
        xls([["ID", "Название", "Сумма"], [20115001.0, "Окна", 10.5], [2.0, "Двери", 7.0]])
    )
    table = read_table(file)
    assert table.format == "xls"
    assert table.sheets == ("Лист1",)
    assert cells(table) == [[20115001, "Окна", 10.5], [2, "Двери", 7]]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_xls_that_is_an_html_page(tmp_path: Path, encoding):
    file = tmp_path / "DEAL_20260922_aa_bb.xls"
    file.write_bytes(
        (
            f'<meta http-equiv="Content-type" content="text/html;charset={encoding}" />'
            "<table><tr><td>меню</td></tr></table>"
            "<table border='1'><thead><tr><th>ID</th>"
            "<th>Стадия сделки</th><th>Сумма</th></tr></thead>"
            "<tbody><tr><td>1</td><td>Сделка\n  успешна</td><td>350000.00</td></tr>"
            "<tr><td>2</td><td>Новая &amp; др.<br>ещё</td><td></td></tr></tbody></table>"
        ).encode(encoding)
    )
    table = read_table(file)
    assert table.format == "html"
    assert table.columns == ("ID", "Стадия сделки", "Сумма")
    assert cells(table)[1] == ["2", "Новая & др.\nещё", ""]


def test_progress_may_cancel(tmp_path: Path):
    class CancelledError(Exception):
        pass

    def stop(_rows: int) -> None:
        raise CancelledError

    file = tmp_path / "deals.csv"
    file.write_text("ID,Сумма\n1,2\n", encoding="utf-8")
    with pytest.raises(CancelledError):
        read_table(file, progress=stop)


WORD = st.text(
    alphabet=st.characters(
        codec="cp1251", exclude_categories=["Cc", "Zl", "Zp", "Zs", "Cf"], exclude_characters="'\\"
    )
    | st.sampled_from(' \n"|;,\t'),
    max_size=12,
)


@given(
    rows=st.lists(st.tuples(WORD, WORD, WORD), min_size=1, max_size=8),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(ENCODINGS),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read_back(tmp_path_factory, rows, delimiter, encoding, quoting, end):
    file = tmp_path_factory.mktemp("round") / "table.csv"
    body = [[str(number), "сделка", *row] for number, row in enumerate(rows, start=100)]
    header = ["ID", "Название сделки", "Ответственный", "Примечание", "Теги"]
    file.write_bytes(text_of([header, *body], delimiter, quoting, end).encode(encoding))
    table = read_table(file, delimiter=delimiter, encoding=encoding)
    assert table.columns == tuple(header)
    assert cells(table) == body
    physical = 2
    for line, row in zip(table.lines, body, strict=True):
        assert line == physical
        physical += 1 + sum(cell.count("\n") for cell in row)
