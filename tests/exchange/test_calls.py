import csv
import io
from pathlib import Path

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.exchange.calls import answered_of, call_spec, direction_of, operator_name, parse_calls
from ropdesk.exchange.reading import read_table
from tests.exchange.books import new_book
from tests.exchange.shapes import CALLS, SIPUNI, SIPUNI_SHORT

TEXT = {"sipuni", "uis", "megafon_api", "asterisk"}


def as_csv(path: Path, rows, encoding="utf-8-sig", preamble=""):
    out = io.StringIO(newline="")
    out.write(preamble)
    csv.writer(out, delimiter=";").writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def as_xlsx(path: Path, rows, preamble=0):
    book = new_book()
    for number in range(preamble):
        book.active.append(["История внешних звонков" if number == 0 else None])
    for row in rows:
        book.active.append([None if cell == "" else cell for cell in row])
    book.save(path)
    return path


def parse(path: Path, *maps: str):
    table = read_table(path)
    calls = parse_calls(table, call_spec(table, maps=maps))
    assert calls.read == len(calls) + len(calls.rejected) + calls.duplicates
    return calls


@pytest.mark.parametrize("code", sorted(CALLS))
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251"])
def test_presets(tmp_path, code, encoding):
    header, rows = CALLS[code]
    if code in TEXT:
        preamble = "Отчёт\nза ноябрь\n" if code == "uis" else ""
        file = as_csv(tmp_path / "calls.csv", [header, *rows], encoding, preamble)
    else:
        file = as_xlsx(tmp_path / "calls.xlsx", [header, *rows], 9 if code == "megafon" else 0)
    calls = parse(file)
    assert calls.preset == code
    assert calls.rejected == []
    assert calls.direction == ["in", "in", "out"]
    assert calls.answered == [True, False, True]
    assert calls.talk == [65, None, 120]
    assert calls.member == ["Дуба", "", "Дуба"]
    assert calls.day == ["2025-11-03"] * 3
    assert calls.at == [36672, 37200, 39600]
    if code not in ("onlinepbx", "sbis", "asterisk"):
        assert (calls.wait[0], calls.wait[2]) == (7, 20)
    assert len(set(calls.external_id)) == 3
    assert parse(file).external_id == calls.external_id
    if code == "sipuni":
        assert calls.rating == [5, None, None]


def test_short_and_full_exports_of_one_call_agree(tmp_path):
    full = list(CALLS["sipuni"][1])
    short = [[row[SIPUNI.index(name)] for name in SIPUNI_SHORT] for row in full]
    one = parse(as_csv(tmp_path / "full.csv", [SIPUNI, *full]))
    two = parse(as_csv(tmp_path / "short.csv", [SIPUNI_SHORT, *short]))
    assert one.external_id == two.external_id


def test_direction_may_be_told(tmp_path):
    rows = [
        ["Дата и время", "Оператор", "Длительность"],
        ["03.11.2025 10:00", "Анна", "1:05"],
        ["03.11.2025 10:05", "Анна", "–"],
    ]
    file = as_csv(tmp_path / "calls.csv", rows)
    assert parse(file).direction == ["", ""]
    for word in ("incoming", "входящий", "in"):
        told = parse(file, f"direction=={word}")
        assert told.direction == ["in", "in"]
        assert told.answered == [True, False]


def test_repeated_and_bad_rows(tmp_path):
    rows = [
        ["Call Id", "Agent", "Date", "Time", "Talk", "Type"],
        ["1", "Anna", "2025-11-03", "10:00", "65", "in"],
        ["1", "Anna", "2025-11-03", "10:00", "65", "in"],
        ["2", "Anna", "31.02.2025", "10:00", "65", "in"],
        ["3", "Anna", "2025-11-03", "25:00", "65", "in"],
        ["4", "Anna", "2025-11-03", "10:00", "x", "in"],
        ["5", "Anna", "", "10:00", "5", "in"],
        ["", "Anna", "2025-11-03", "10:00", "5", "in"],
        ["6", "Anna", "2025-11-03", "10:00", "5", "internal"],
    ]
    calls = parse(as_csv(tmp_path / "calls.csv", rows))
    assert calls.external_id == ["1"]
    assert calls.duplicates == 1
    assert [each.line for each in calls.rejected] == [4, 5, 6, 7, 8, 9]


def test_needed_columns(tmp_path):
    file = as_csv(tmp_path / "calls.csv", [["Оператор", "Длительность"], ["Анна", "1:05"]])
    with pytest.raises(DomainError, match="started=COLUMN"):
        parse(file)
    file = as_csv(
        tmp_path / "calls.csv", [["Дата и время", "Длительность"], ["03.11.2025", "1:05"]]
    )
    with pytest.raises(DomainError, match="member=COLUMN"):
        parse(file)


@pytest.mark.parametrize(
    ("text", "direction", "answered"),
    [
        ("входящий", "in", None),
        ("Исходящий", "out", None),
        ("неотвеченный", "in", False),
        ("неуспешный исходящий", "out", False),
        ("Пропущенный", "in", False),
        ("не дождался", "", False),
        ("занято", "", False),
        ("вышло время", "", False),
        ("не отвечен", "", False),
        ("Отвечен", "", True),
        ("Принятый", "", True),
        ("ANSWERED", "", True),
        ("NO ANSWER", "", False),
        ("Y", "", True),
        ("missed", "in", False),
        ("outbound", "out", None),
        ("", "", None),
    ],
)
def test_words(text, direction, answered):
    assert direction_of(text) == direction
    assert answered_of(text) is answered


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("205 (Дуба) 65", "Дуба"),
        ("205 (Дуба)", "Дуба"),
        ("205", "205"),
        ("Анна (стажёр)", "Анна (стажёр)"),
        ("8 (900) 111", "8 (900) 111"),
    ],
)
def test_operator(text, name):
    assert operator_name(text) == name
