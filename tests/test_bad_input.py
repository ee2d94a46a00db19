"""What a person may drop on the program by mistake: told in a sentence, and nothing is changed."""

import datetime as dt
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ropdesk import i18n
from ropdesk.__main__ import main
from ropdesk.store.workspace import create
from tests.exchange.books import new_book
from tests.exchange.ole2 import compound
from tests.store.dumps import whole_dump
from tests.store.places import close_to_writing, closed_folder, fill, small_disk

GOOD = (
    "ID;Название;Ответственный;Этап;Бюджет;Дата создания;Дата закрытия\n"
    "1;Окна;Иванова Мария;Успешно реализовано;1 000,50;01.10.2026;05.10.2026\n"
    "2;Двери;Петров Алексей;Новая;500;02.10.2026;\n"
)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    yield
    i18n.set_language("ru")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(workspace: Path, *argv: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["--lang", "ru", "--workspace", str(workspace), *map(str, argv)])
        streams = capsys.readouterr()
        return code, streams.out, streams.err

    return call


@pytest.fixture
def workspace(tmp_path: Path, run: Run) -> Path:
    path = tmp_path / "отдел.ropdesk"
    good = tmp_path / "прежняя выгрузка.csv"
    good.write_text(GOOD, encoding="utf-8")
    code, _out, err = run(path, "import", "deals", good, "--create-members")
    assert code == 0, err
    return path


@pytest.fixture
def refused(run: Run, workspace: Path) -> Callable[..., str]:
    """Import a file into a workspace with data; the answer must be one sentence or two."""

    def call(file: Path, *argv: object, kind: str = "deals") -> str:
        before = whole_dump(workspace)
        create_members = () if kind == "members" else ("--create-members",)
        code, out, err = run(workspace, "import", kind, file, *create_members, *argv)
        assert (code, out) == (1, "")
        is_a_clear_sentence(err)
        assert whole_dump(workspace) == before
        return err

    return call


def is_a_clear_sentence(text: str) -> None:
    assert "Traceback" not in text
    assert "Error" not in text
    assert "допустил ошибку" not in text
    assert text.count("\n") == 1
    assert text.rstrip().endswith((".", "?"))
    assert any("а" <= letter <= "я" for letter in text)


def made(tmp_path: Path, name: str, data: bytes | str, encoding: str = "utf-8") -> Path:
    file = tmp_path / name
    file.write_bytes(data.encode(encoding) if isinstance(data, str) else data)
    return file


# -- files that are no tables


@pytest.mark.parametrize("kind", ["deals", "calls", "facts", "plan", "members"])
@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\n"])
def test_an_empty_file(refused: Callable[..., str], tmp_path: Path, data: bytes, kind: str) -> None:
    said = refused(made(tmp_path, "пустой.csv", data), kind=kind)
    assert "пустой.csv" in said


def test_a_picture_renamed_to_csv(refused: Callable[..., str], tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (60, 40), "red").save(tmp_path / "picture.png")
    (tmp_path / "picture.png").rename(tmp_path / "сделки.csv")
    assert "сделки.csv" in refused(tmp_path / "сделки.csv")


@pytest.mark.parametrize("name", ["сделки.csv", "сделки.xlsx"])
def test_two_hundred_megabytes(refused: Callable[..., str], tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    with file.open("wb") as out:
        out.write(GOOD.encode())
        out.truncate(200 * 2**20)
    said = refused(file)
    assert name in said
    assert "МБ" in said


def test_a_file_that_excel_holds_open(refused: Callable[..., str], tmp_path: Path) -> None:
    lock = made(tmp_path, "~$сделки.xlsx", b"\x04Anna" + bytes(160))
    assert "сделки.xlsx" in refused(lock)


def test_an_encrypted_workbook(refused: Callable[..., str], tmp_path: Path) -> None:
    file = made(tmp_path, "сделки.xlsx", compound("EncryptedPackage", os.urandom(5000)))
    said = refused(file)
    assert "сделки.xlsx" in said
    assert "парол" in said


@pytest.mark.parametrize("share", [0.05, 0.5, 0.97])
def test_a_truncated_workbook(refused: Callable[..., str], tmp_path: Path, share: float) -> None:
    book = new_book()
    for number in range(300):
        book.active.append([number, f"сделка {number}", "Иванова Мария", number * 100])
    book.save(tmp_path / "whole.xlsx")
    whole = (tmp_path / "whole.xlsx").read_bytes()
    said = refused(made(tmp_path, "сделки.xlsx", whole[: int(len(whole) * share)]))
    assert "сделки.xlsx" in said


def test_zero_bytes(refused: Callable[..., str], tmp_path: Path) -> None:
    said = refused(made(tmp_path, "сделки.csv", GOOD.encode() + b"3;\0\0\0;;;;;\n"))
    assert "строке 4" in said


@pytest.mark.parametrize("what", ["missing", "folder"])
def test_a_file_that_is_not_there(refused: Callable[..., str], tmp_path: Path, what: str) -> None:
    path = tmp_path / "нет такого.csv"
    if what == "folder":
        path.mkdir()
    assert "нет такого.csv" in refused(path)


def test_a_table_of_something_else(refused: Callable[..., str], tmp_path: Path) -> None:
    refused(made(tmp_path, "погода.csv", "Город;Погода\nТула;снег\nОрёл;дождь\n"))


# -- rows that cannot be


@pytest.fixture
def imported(run: Run, workspace: Path) -> Callable[..., tuple[dict[str, object], list[str]]]:
    """Import a file; gives the JSON answer and the reasons of refused rows."""
    import json

    def call(file: Path, *argv: object, kind: str = "deals") -> tuple[dict[str, object], list[str]]:
        code, out, err = run(workspace, "import", kind, file, "--create-members", "--json", *argv)
        assert code == 0, err
        answer = json.loads(out)
        return answer, [f"{row['line']}: {row['reason']}" for row in answer["rejected"]]

    return call


def deals(workspace: Path) -> dict[str, tuple[object, ...]]:
    with closing(sqlite3.connect(workspace)) as connection:
        return {
            row[0]: row[1:]
            for row in connection.execute(
                "SELECT external_id, title, m.name, status, amount, created, closed "
                "FROM deal JOIN member m ON m.id = member_id"
            )
        }


HEAD = GOOD.splitlines()[0] + "\n"
TAKEN = ("Окна", "Иванова Мария", "won", 100050, "2026-10-01", "2026-10-05")
Imported = Callable[..., tuple[dict[str, object], list[str]]]


def test_cells_that_cannot_be_are_refused_by_line(
    imported: Imported, workspace: Path, tmp_path: Path
) -> None:
    rows = [
        "10;Окна;Иванова Мария;Новая;5;31.02.2026;",
        "11;Окна;Иванова Мария;Новая;99999999999999999999;01.10.2026;",
        "12;Окна;Иванова Мария;Новая;много;01.10.2026;",
        "13;Окна;Иванова Мария;Новая;5;45.10.2026;",
        "14;Окна;Иванова Мария;Новая;5;01.01.1900;",
        "15;Окна;Иванова Мария;Новая;5;01.10.2026;",
    ]
    answer, reasons = imported(made(tmp_path, "a.csv", HEAD + "\n".join(rows) + "\n"))
    assert [reason.split(":")[0] for reason in reasons] == ["2", "3", "4", "5", "6"]
    assert "31.02.2026" in reasons[0]
    assert answer["created"] == 1
    assert set(deals(workspace)) == {"1", "2", "15"}
    for reason in reasons:
        assert reason.endswith(".")


def test_columns_that_swap_halfway(imported: Imported, workspace: Path, tmp_path: Path) -> None:
    rows = [f"{n};Окна;Иванова Мария;Новая;{n};01.10.2026;" for n in range(10, 20)]
    rows += [f"{n};Окна;Новая;{n};Иванова Мария;;01.10.2026" for n in range(20, 25)]
    _answer, reasons = imported(made(tmp_path, "a.csv", HEAD + "\n".join(rows) + "\n"))
    assert len(reasons) == 5
    assert not {str(n) for n in range(20, 25)} & set(deals(workspace))


def test_formulas_stay_texts(imported: Imported, workspace: Path, tmp_path: Path) -> None:
    row = "30;\"=cmd|' /C calc'!A0\";Иванова Мария;Новая;5;01.10.2026;"
    imported(made(tmp_path, "a.csv", HEAD + row + "\n"))
    assert deals(workspace)["30"][0] == "=cmd|' /C calc'!A0"


# -- the disk and the workspace


def test_a_full_disk(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"{n};Окна;Иванова Мария;Новая;5;01.10.2026;\n" for n in range(20_000))
    file = made(tmp_path, "a.csv", HEAD + rows)
    with small_disk(tmp_path / "stick", "2m") as stick:
        path = stick / "отдел.ropdesk"
        create(path).close()
        before = whole_dump(path)
        code, out, err = run(path, "import", "deals", file, "--create-members")
        assert (code, out) == (1, "")
        is_a_clear_sentence(err)
        assert "отдел.ropdesk" in err
        assert whole_dump(path) == before


def test_no_room_for_the_backup_that_comes_first(run: Run, tmp_path: Path) -> None:
    file = made(tmp_path, "a.csv", GOOD)
    with small_disk(tmp_path / "stick") as stick:
        path = stick / "отдел.ropdesk"
        create(path).close()
        before = whole_dump(path)
        fill(stick, 50_000)
        code, out, err = run(path, "import", "deals", file, "--create-members")
        assert (code, out) == (1, "")
        is_a_clear_sentence(err)
        assert whole_dump(path) == before


def test_a_closed_folder(run: Run, tmp_path: Path) -> None:
    file = made(tmp_path, "a.csv", GOOD)
    with closed_folder(tmp_path / "закрыта") as folder:
        path = folder / "отдел.ropdesk"
        create(path).close()
        before = path.read_bytes()
        close_to_writing(folder)
        for target in (path, folder / "новый.ropdesk"):
            code, out, err = run(target, "import", "deals", file, "--create-members")
            assert (code, out) == (1, "")
            is_a_clear_sentence(err)
        assert path.read_bytes() == before
        assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("command", [("board", "--month", "2026-10"), ("check",), ("members",)])
def test_a_damaged_workspace(run: Run, workspace: Path, command: tuple[str, ...]) -> None:
    content = bytearray(workspace.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    workspace.write_bytes(bytes(content))
    code, out, err = run(workspace, *command)
    assert (code, out) == (1, "")
    is_a_clear_sentence(err)
    assert "отдел.ropdesk" in err
    assert workspace.read_bytes()[100:] == bytes(content)[100:]


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n" + bytes(3000), b"ID;Name\n" * 500, b"SQLite format 3\0"]
)
def test_a_file_that_is_no_workspace(run: Run, tmp_path: Path, data: bytes) -> None:
    path = made(tmp_path, "отдел.ropdesk", data)
    file = made(tmp_path, "a.csv", GOOD)
    for command in (("import", "deals", file), ("board", "--month", "2026-10"), ("check",)):
        code, out, err = run(path, *command)
        assert (code, out) == (1, "")
        is_a_clear_sentence(err)
        assert "отдел.ropdesk" in err
    assert path.read_bytes() == data


def test_a_newer_workspace(run: Run, workspace: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(workspace)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = workspace.read_bytes()
    code, out, err = run(workspace, "import", "deals", made(tmp_path, "a.csv", GOOD))
    assert (code, out) == (1, "")
    is_a_clear_sentence(err)
    assert "отдел.ropdesk" in err
    assert workspace.read_bytes() == before


# -- dirty, but readable


def test_a_header_in_the_twelfth_row(imported: Imported, workspace: Path, tmp_path: Path) -> None:
    preamble = "".join(f"Отчёт, строка {n};;;;;;\n" for n in range(6)) + ";;;;;;\n" * 5
    text = preamble + HEAD + "1;Окна;Иванова Мария;Новая;7;01.10.2026;\n;;;Итого:;7;;\n"
    answer, reasons = imported(made(tmp_path, "a.csv", text, "cp1251"))
    assert (answer["updated"], reasons) == (1, [])
    assert deals(workspace)["1"][3] == 700


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251", "utf-16-le", "utf-16-be"])
def test_every_encoding_changes_nothing_the_second_time(
    imported: Imported, workspace: Path, tmp_path: Path, encoding: str
) -> None:
    answer, reasons = imported(made(tmp_path, "a.csv", GOOD, encoding))
    assert (answer["unchanged"], reasons) == (2, [])
    assert deals(workspace)["1"] == TAKEN


def test_names_with_spaces_and_yo_are_one_person(
    imported: Imported, workspace: Path, tmp_path: Path
) -> None:
    rows = [
        f"{n};Окна;{name};Новая;5;01.10.2026;"
        for n, name in enumerate(["Королёв  Пётр", " королев петр ", "Королев\u00a0Пётр"], 40)
    ]
    answer, reasons = imported(made(tmp_path, "a.csv", HEAD + "\n".join(rows) + "\n"))
    assert reasons == []
    assert len(answer["members_created"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "kopecks"),
    [
        ("1'234'567.89", 123456789),
        ("1’234’567,89", 123456789),
        ("1 234 567,89 ₽", 123456789),
        ("1\u202f234\u00a0567,89 руб.", 123456789),
        ("-500", None),
        ('"1,234,567.89"', 123456789),
        ("1.234.567,89", 123456789),
    ],
)
def test_amounts_in_every_dress(
    imported: Imported, workspace: Path, tmp_path: Path, cell: str, kopecks: int | None
) -> None:
    file = made(tmp_path, "a.csv", HEAD + f"50;Окна;Иванова Мария;Новая;{cell};01.10.2026;\n")
    _answer, reasons = imported(file)
    if kopecks is None:
        assert deals(workspace).get("50", (None,) * 4)[3] == -50000 or len(reasons) == 1
    else:
        assert reasons == []
        assert deals(workspace)["50"][3] == kopecks


def test_semicolons_and_line_ends_inside_quotes(
    imported: Imported, workspace: Path, tmp_path: Path
) -> None:
    row = '60;"Окна; ""Уют""\nи двери";Иванова Мария;Новая;5;01.10.2026;\n'
    _answer, reasons = imported(made(tmp_path, "a.csv", HEAD + row))
    assert reasons == []
    assert deals(workspace)["60"][0] == 'Окна; "Уют" и двери'


def test_words_for_no_closing_date(imported: Imported, workspace: Path, tmp_path: Path) -> None:
    rows = [
        "70;Окна;Иванова Мария;Новая;5;01.10.2026;не закрыта",
        "71;О;Иванова Мария;Новая;5;01.10.2026;-",
    ]
    _answer, reasons = imported(made(tmp_path, "a.csv", HEAD + "\n".join(rows) + "\n"))
    assert reasons == []
    assert deals(workspace)["70"][5] is None
    assert deals(workspace)["71"][5] is None


def test_three_hundred_columns(imported: Imported, workspace: Path, tmp_path: Path) -> None:
    extra = ";".join(f"Поле {n}" for n in range(293))
    text = (
        HEAD.strip()
        + ";"
        + extra
        + "\n"
        + "80;Окна;Иванова Мария;Новая;5;01.10.2026;;"
        + ";" * 292
        + "\n"
    )
    _answer, reasons = imported(made(tmp_path, "a.csv", text))
    assert reasons == []
    assert "80" in deals(workspace)


def test_days_as_numbers_of_excel(imported: Imported, workspace: Path, tmp_path: Path) -> None:
    rows = [f"{n};Окна;Иванова Мария;Новая;5;46296;" for n in range(90, 95)]
    _answer, reasons = imported(made(tmp_path, "a.csv", HEAD + "\n".join(rows) + "\n"))
    assert reasons == []
    assert deals(workspace)["90"][4] == "2026-10-01"


def test_a_workbook_with_merged_titles_and_a_hidden_sheet_first(
    imported: Imported, workspace: Path, tmp_path: Path
) -> None:
    book = new_book()
    hidden = book.active
    hidden.title = "служебный"
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    sheet = book.create_sheet("Сделки")
    sheet.append(["Выгрузка за октябрь"])
    sheet.merge_cells("A1:G1")
    sheet.append([])
    sheet.append(HEAD.strip().split(";"))
    day = dt.datetime(2026, 10, 1)  # noqa: DTZ001 - Excel knows no zones
    sheet.append([100, "Окна", "Иванова Мария", "Новая", 5.5, day, None])
    sheet.append([None, None, None, "ИТОГО", 5.5, None, None])
    book.save(tmp_path / "a.xlsx")
    _answer, reasons = imported(tmp_path / "a.xlsx")
    assert reasons == []
    assert deals(workspace)["100"][3:5] == (550, "2026-10-01")


def test_a_second_header_row_and_empty_columns(
    imported: Imported, workspace: Path, tmp_path: Path
) -> None:
    text = (
        ";ID;;Название;Ответственный;Этап;Бюджет;Дата создания;Дата закрытия;;\n"
        ";110;;Окна;Иванова Мария;Новая;5;01.10.2026;;;\n"
        ";ID;;Название;Ответственный;Этап;Бюджет;Дата создания;Дата закрытия;;\n"
        ";111;;Окна;Иванова Мария;Новая;6;01.10.2026;;;\n"
    )
    _answer, reasons = imported(made(tmp_path, "a.csv", text))
    assert reasons == []
    assert {"110", "111"} <= set(deals(workspace))


def test_repeated_ids_with_different_words_are_asked_about(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    rows = [
        "120;Окна;Иванова Мария;Новая;5;01.10.2026;",
        "120;Двери;Петров Алексей;Успешно реализовано;7;01.10.2026;05.10.2026",
    ]
    refused(made(tmp_path, "a.csv", HEAD + "\n".join(rows) + "\n"))


@pytest.mark.skipif(sys.platform == "win32", reason="names of other alphabets")
def test_mixed_encodings_are_refused_by_line(
    imported: Imported, workspace: Path, tmp_path: Path
) -> None:
    rows = "".join(f"{n};Окна;Иванова Мария;Новая;5;01.10.2026;\n" for n in range(200, 240))
    data = (HEAD + rows).encode()
    data += "131;Двери;Иванова Мария;Новая;5;01.10.2026;\n".encode("cp1251")
    _answer, reasons = imported(made(tmp_path, "a.csv", data))
    assert [reason.split(":")[0] for reason in reasons] == ["42"]
    assert set(deals(workspace)) == {"1", "2", *map(str, range(200, 240))}


def test_marks_that_nobody_sees_make_no_other_person_and_no_other_deal(
    imported: Imported, workspace: Path, tmp_path: Path
) -> None:
    row = (
        "\u200b1\u200e;Ок\u00adна;\ufeffИванова\u200b Мария;Успешно реализовано;1000,5;"
        "01.10.2026;05.10.2026"
    )
    answer, reasons = imported(made(tmp_path, "a.csv", HEAD + row + "\n"))
    assert (answer["unchanged"], answer["members_created"], reasons) == (1, [], [])
    assert deals(workspace)["1"] == TAKEN


def test_group_headings_above_the_header(
    imported: Imported, workspace: Path, tmp_path: Path
) -> None:
    text = ";;Люди;;Деньги;Даты;\n" + HEAD + "140;Окна;Иванова Мария;Новая;5;01.10.2026;\n"
    _answer, reasons = imported(made(tmp_path, "a.csv", text))
    assert reasons == []
    assert deals(workspace)["140"][3:5] == (500, "2026-10-01")


def test_line_ends_in_the_header(imported: Imported, workspace: Path, tmp_path: Path) -> None:
    head = (
        'ID;"Название\nсделки";Ответственный;Этап;"Бюджет,\nруб.";"Дата\nсоздания";Дата закрытия\n'
    )
    _answer, reasons = imported(
        made(tmp_path, "a.csv", head + "141;Окна;Иванова Мария;Новая;5;01.10.2026;\n")
    )
    assert reasons == []
    assert deals(workspace)["141"][3:5] == (500, "2026-10-01")


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("1,23457E+15", False), ("12345678901234567890", True), ("00123", True), ("", False)],
)
def test_identifiers_are_exact_or_refused(
    imported: Imported, workspace: Path, tmp_path: Path, cell: str, kept: bool
) -> None:
    rows = f"{cell};Окна;Иванова Мария;Новая;5;01.10.2026;\n150;Окна;Иванова Мария;Новая;5;;\n"
    _answer, reasons = imported(made(tmp_path, "a.csv", HEAD + rows))
    assert (cell in deals(workspace)) is kept
    assert len(reasons) == (not kept)


@pytest.mark.parametrize(
    "cell", ["01/02/2026", "3 дня назад", "2026-13-01", "2026-02-31", "2026-00"]
)
def test_a_day_that_may_be_two_days_is_never_guessed(
    imported: Imported, workspace: Path, tmp_path: Path, cell: str
) -> None:
    rows = f"151;Окна;Иванова Мария;Новая;5;{cell};\n"
    _answer, reasons = imported(made(tmp_path, "a.csv", HEAD + rows))
    assert [cell in reason for reason in reasons] == [True]
    assert "151" not in deals(workspace)


@pytest.mark.parametrize(
    "text", ['[{"ID": 1}]\n', '<?xml version="1.0"?><a><b>1</b></a>', "привет"]
)
def test_other_texts_are_refused(refused: Callable[..., str], tmp_path: Path, text: str) -> None:
    assert "данные.csv" in refused(made(tmp_path, "данные.csv", text))
