"""Exports in the shapes of real ones, taken in through the window by one Enter."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from ropdesk.domain.team import Member
from ropdesk.services import board, import_list, team
from tests.exchange.books import new_book
from tests.exchange.shapes import BITRIX, CALLS, filled

CALL_NUMBERS = {
    "calls": 3, "incoming_calls": 2, "answered_calls": 1, "missed_calls": 1, "talk_time": 185,
}  # fmt: skip


def text(path: Path, rows, encoding: str = "utf-8-sig", preamble: str = "") -> Path:
    """Write a file with semicolons."""
    out = io.StringIO(newline="")
    out.write(preamble)
    csv.writer(out, delimiter=";").writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def workbook(path: Path, rows, preamble: int = 0) -> Path:
    """Write a workbook with some rows before its header."""
    book = new_book()
    for number in range(preamble):
        book.active.append(["История внешних звонков" if number == 0 else None])
    for row in rows:
        book.active.append([None if cell == "" else cell for cell in row])
    book.save(path)
    return path


def page(path: Path, rows) -> Path:
    """Write what Bitrix24 calls an .xls: a page with a table."""
    head, *body = rows
    lines = [
        '<meta http-equiv="Content-type" content="text/html;charset=UTF-8" />',
        "<table><thead><tr>", *(f"<th>{name}</th>" for name in head), "</tr></thead><tbody>",
        *("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in body),
        "</tbody></table>",
    ]  # fmt: skip
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def deal(number: int, stage: str, amount: str, product: str, closed: str) -> list[object]:
    """Return one product row of a deal."""
    return filled(
        BITRIX,
        {
            "ID": str(number), "Направление": "Общее", "Стадия сделки": stage,
            "Название сделки": f"Сделка {number}", "Тип": "Продажа", "Сумма": amount,
            "Валюта": "RUB", "Ответственный": "Дуба", "Дата создания": "03.11.2025 10:00:00",
            "Дата изменения": "05.11.2025 10:00:00", "Дата начала": "03.11.2025 00:00:00",
            "Предполагаемая дата закрытия": closed, "Источник": "Звонок", "Товар": product,
            "Контакт: Рабочий телефон": "996776338175",
        },
    )  # fmt: skip


DEALS = [
    BITRIX,
    deal(1, "Сделка успешна", "350000.00", "Насос", "10.11.2025"),
    deal(1, "Сделка успешна", "350000.00", "Шланг", "10.11.2025"),
    deal(1, "Сделка успешна", "350000.00", "Фильтр", "10.11.2025"),
    deal(2, "Сделка провалена", "1000.50", "Насос", "11.11.2025"),
    deal(3, "Подготовка документов", "70000.00", "Насос", "25.12.2026"),
]
DEAL_NUMBERS = {
    "inquiries": 3, "deals_won": 1, "deals_lost": 1, "receipts": 350_000_00, "open_deals": 1,
}  # fmt: skip


def calls(code: str) -> list[list[object]]:
    """Return the table of an export of calls."""
    head, rows = CALLS[code]
    return [head, *rows]


MAKERS = {
    "bitrix24-html": ("bitrix24", lambda at: page(at / "DEAL_20260922_a1_b2.xls", DEALS)),
    "bitrix24-csv": ("bitrix24", lambda at: text(at / "DEAL.csv", DEALS)),
    "megafon": (
        "megafon",
        lambda at: workbook(at / "История внешних звонков.xlsx", calls("megafon"), 9),
    ),
    "uis": (
        "uis",
        lambda at: text(at / "uis.csv", calls("uis"), "cp1251", "Отчёт по звонкам\nза ноябрь\n"),
    ),
    "onlinepbx": ("onlinepbx", lambda at: workbook(at / "onlinepbx.xlsx", calls("onlinepbx"))),
    "sbis": ("sbis", lambda at: workbook(at / "sbis.xlsx", calls("sbis"))),
    "sipuni": ("sipuni", lambda at: text(at / "sipuni.csv", calls("sipuni"))),
}


@pytest.mark.parametrize("shape", MAKERS)
def test_a_real_export_comes_in_by_one_enter(room, tmp_path: Path, shape: str) -> None:
    code, make = MAKERS[shape]
    team.add(room.ws, Member(0, "Дуба", "", date(2025, 1, 1)))
    path = make(tmp_path)
    room.drop(path)
    look = room.wizard.look
    assert (look.known, look.preset) == ("preset", code)
    assert room.wizard.step == "result", room.wizard.error
    outcome = look.outcome
    assert (outcome.created, outcome.duplicates, len(outcome.rejected)) == (
        (3, 2, 0) if code == "bitrix24" else (3, 0, 0)
    )
    room.enter()
    assert room.page.list_view.isVisible(), room.wizard.error
    [line] = import_list.imports(room.ws)
    assert (line.created, line.rejected) == (3, 0)
    expected = DEAL_NUMBERS if code == "bitrix24" else CALL_NUMBERS
    shown = board.board(room.ws, date(2025, 11, 1), date(2025, 11, 30), codes=list(expected))
    assert {name: shown.department[name].fact for name in expected} == expected
    room.drop(path)
    assert room.wizard.look.seen
