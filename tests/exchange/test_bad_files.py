import os
import re
import sys
from pathlib import Path

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.exchange import reading
from ropdesk.exchange.reading import preview, read_table
from ropdesk.i18n import describe, set_language
from tests.exchange.books import new_book
from tests.exchange.ole2 import compound


@pytest.fixture(autouse=True)
def english():
    set_language("en")
    yield
    set_language("ru")


def refusal(path: Path) -> str:
    with pytest.raises(DomainError) as caught:
        read_table(path)
    with pytest.raises(DomainError):
        preview(path)
    text = describe(caught.value)
    assert text.endswith((".", "?"))
    return text


def make(tmp_path: Path, data: bytes, name: str = "deals.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n \n", "\ufeff".encode("utf-16-le")])
def test_empty(tmp_path, data):
    assert "is empty" in refusal(make(tmp_path, data))


@pytest.mark.parametrize("data", [b"ID;Name;Sum\n", b"ID;Name;Sum", b"ID;Name;Sum\n;;\n\n"])
def test_only_a_header(tmp_path, data):
    assert "no rows under it" in refusal(make(tmp_path, data))


def test_workbook_with_only_a_header(tmp_path):
    book = new_book()
    book.active.append(["ID", "Сумма"])
    book.save(tmp_path / "a.xlsx")
    assert "no rows under it" in refusal(tmp_path / "a.xlsx")


def test_workbook_without_cells(tmp_path):
    new_book().save(tmp_path / "a.xlsx")
    assert refusal(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + os.urandom(200),
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)),
        b"GIF89a" + bytes(100),
        b"%PDF-1.7\n" + bytes(50),
    ],
)
def test_picture_renamed_to_csv(tmp_path, data):
    assert "not a table" in refusal(make(tmp_path, data))


def test_zero_bytes_name_the_line(tmp_path):
    text = refusal(make(tmp_path, b"ID;Sum\n1;5\n2;\x00\x00\n3;6\n"))
    assert re.search(r"Line 3 .*zero bytes", text)


def test_too_large(tmp_path, monkeypatch):
    file = make(tmp_path, b"ID;Sum\n1;5\n")
    with file.open("r+b") as out:
        out.truncate(reading.SIZE_LIMIT + 1)
    assert "at most 150 MB" in refusal(file)


def test_missing_and_folder(tmp_path):
    assert "no file" in refusal(tmp_path / "none.csv")
    assert "folder" in refusal(tmp_path)


def test_lock_file_of_excel(tmp_path):
    assert "lock file" in refusal(make(tmp_path, b"\x05Anna" + bytes(160), "~$deals.xlsx"))


def test_file_closed_to_us(tmp_path):
    file = make(tmp_path, b"ID;Sum\n1;5\n")
    file.chmod(0)
    if os.access(file, os.R_OK) or sys.platform == "win32":
        pytest.skip("this account reads everything")
    assert "open in another program" in refusal(file)


def test_encrypted_workbook(tmp_path):
    file = make(tmp_path, compound("EncryptedPackage", os.urandom(5000)), "deals.xlsx")
    assert "password" in refusal(file)


def test_word_document(tmp_path):
    assert "not a table" in refusal(make(tmp_path, compound("WordDocument", bytes(5000)), "a.xls"))


def test_damaged_old_workbook(tmp_path):
    file = make(tmp_path, compound("Workbook", os.urandom(5000)), "deals.xls")
    assert "damaged" in refusal(file)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_truncated_workbook(tmp_path, share):
    book = new_book()
    for number in range(500):
        book.active.append([number, f"deal {number}", number * 100])
    book.save(tmp_path / "whole.xlsx")
    whole = (tmp_path / "whole.xlsx").read_bytes()
    file = make(tmp_path, whole[: int(len(whole) * share)], "cut.xlsx")
    assert "damaged" in refusal(file)


def test_workbook_with_a_damaged_inside(tmp_path):
    book = new_book()
    for number in range(2000):
        book.active.append([number, f"deal {number}"])
    book.save(tmp_path / "whole.xlsx")
    data = bytearray((tmp_path / "whole.xlsx").read_bytes())
    at = data.index(b"xl/worksheets/sheet1.xml") + 200
    data[at : at + 400] = bytes(400)
    assert "damaged" in refusal(make(tmp_path, bytes(data), "bent.xlsx"))


def test_archive(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("deals.csv", "ID;Sum\n1;2\n")
    assert "archive" in refusal(tmp_path / "a.zip")


def test_unclosed_quotation_mark(tmp_path):
    text = refusal(make(tmp_path, b'ID;Name\n1;"Windows\n2;Doors\n3;Floors\n'))
    assert "line 2" in text


def test_web_page_without_a_table(tmp_path):
    assert "without a table" in refusal(
        make(tmp_path, b"<html><body><p>Log in</p><title>x</title>")
    )


def test_unknown_encoding_sheet_and_row(tmp_path):
    file = make(tmp_path, b"ID;Sum\n1;5\n")
    with pytest.raises(DomainError, match="no encoding"):
        read_table(file, encoding="klingon")
    with pytest.raises(DomainError, match="no row 99"):
        read_table(file, header_row=99)
    book = new_book()
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(DomainError, match="no sheet"):
        read_table(tmp_path / "a.xlsx", sheet="Март")


def test_an_exhausting_file_is_refused_before_it_is_read(tmp_path):
    file = tmp_path / "huge.csv"
    with file.open("wb") as out:
        out.truncate(200 * 1000 * 1000)
    assert "takes 191 MB; at most 150 MB" in refusal(file)


@pytest.mark.parametrize("name", ["deals.csv", "deals.xlsx", "deals"])
def test_the_name_does_not_matter(tmp_path, name):
    file = make(tmp_path, "ID;Сумма\n1;5\n".encode("cp1251"), name)
    assert read_table(file).columns == ("ID", "Сумма")
