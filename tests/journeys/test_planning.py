"""From an empty laptop to a printed month, as a sales head goes."""

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ropdesk.services import planning, team
from ropdesk.store import backup
from ropdesk.ui.planning.approve_dialog import ApproveDialog
from tests.exchange.shapes import AMO_2022
from tests.journeys.steps import TODAY, Person, amocrm, says
from tests.store.dumps import Dump, dump

MONTH = date(2026, 10, 1)
SELLERS = ("Иванова Мария", "Петров Алексей", "Королёв Пётр")
Start = Callable[..., Person]


def made_rows() -> list[dict[str, object]]:
    """Made up: every seller wins a deal each third day from March on, and loses some."""
    rows = []
    day, number = date(2026, 3, 2), 20115000
    while day < TODAY:
        for place, seller in enumerate(SELLERS):
            number += 1
            won = (day.toordinal() + place) % 4 != 0
            rows.append(
                {
                    "ID": number,
                    "Название сделки": f"Окна; дом {number}",
                    "Бюджет": 40_000 + 10_000 * place + number % 7 * 1_000,
                    "Ответственный": seller,
                    "Дата создания сделки": f"{day - timedelta(days=20):%d.%m.%Y} 10:00:00",
                    "Дата закрытия": f"{day:%d.%m.%Y} 17:30:00",
                    "Этап сделки": "Успешно реализовано" if won else "Закрыто и не реализовано",
                    "Воронка": "Продажи",
                }
            )
        day += timedelta(days=3)
    rows.append(
        rows[0]
        | {"ID": 1, "Этап сделки": "Переговоры", "Дата закрытия": "не закрыта", "Бюджет": 90_000}
    )
    return rows


def won_in(month: date, seller: str | None = None) -> int:
    return sum(
        int(str(row["Бюджет"]))
        for row in made_rows()
        if row["Этап сделки"] == "Успешно реализовано"
        and str(row["Дата закрытия"])[3:10] == f"{month:%m.%Y}"
        and seller in (None, row["Ответственный"])
    )


def test_from_an_empty_laptop_to_a_printed_month(start: Start, tmp_path: Path) -> None:
    path, pdf = tmp_path / "Отдел продаж.ropdesk", tmp_path / "октябрь.pdf"
    export = tmp_path / "amocrm_export_leads_2026-10-22.csv"
    export.write_text(amocrm(AMO_2022, made_rows()), encoding="utf-8")

    # An empty laptop: the welcome, a new workspace.
    person = start()
    assert person.desk.window.current_page_name == "welcome"
    person.answer_file_dialog(path)
    person.press_button("Новый файл отдела…")
    person.settle()
    assert path.is_file()
    empty = dump(path)

    # The export is dropped on the window; the wizard asks about the unknown people alone.
    steps = person.import_file(export)
    assert steps == ["people", "result"]
    members = members_of(person)
    assert sorted(members) == sorted(SELLERS)

    # The board shows the month.
    person.show_planning("board", MONTH)
    board = person.board()
    assert says(board["Отдел"]["fact"], won_in(MONTH))
    for seller in SELLERS:
        assert says(board[seller]["fact"], won_in(MONTH, seller))

    # The month's plan: the department, a member by hand, a day by hand.
    person.show_planning("decomposition", MONTH)
    person.type_plan("receipts", "1500")
    person.type_members_plan(members["Петров Алексей"], "600")
    person.type_days_plan(date(2026, 10, 5), "111")
    plan = planning.plan(person.ws, MONTH)
    assert plan is not None
    assert plan.value("receipts") == 1_500_000_00
    assert plan.value("receipts", members["Петров Алексей"]) == 600_000_00
    assert sum(plan.value("receipts", member) or 0 for member in members.values()) == 1_500_000_00
    days = {
        row["day"]: row["value"]
        for row in dump(path)["plan_day"]
        if (row["metric"], row["scenario"], row["member_id"]) == ("receipts", "standard", None)
    }
    assert (sum(days.values()), days["2026-10-05"]) == (1_500_000_00, 111_000_00)

    # Approved with a name.
    person.desk.registry.run("planning.approve")
    person.settle()
    dialog = person.desk.window.findChild(ApproveDialog)
    assert dialog is not None
    dialog.name.setFocus()
    QTest.keyClicks(dialog.name, "Smirnov A. V.")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    person.settle()
    approved = planning.plan(person.ws, MONTH)
    assert approved is not None
    assert approved.status == "approved"

    # A fact by hand: the board moves.
    person.show_planning("board", MONTH)
    before = person.board()
    person.desk.registry.run("planning.enter_fact")
    person.settle()
    table = person.page.day_view.table
    table.go_to_cell(members["Иванова Мария"], "receipts")
    table.setFocus()
    person.type_over(table, "250000")
    person.show_planning("board", MONTH)
    after = person.board()
    total = won_in(MONTH) + 250_000
    assert says(before["Отдел"]["fact"], won_in(MONTH))
    assert says(after["Отдел"]["fact"], total)
    assert says(after["Иванова Мария"]["fact"], won_in(MONTH, "Иванова Мария") + 250_000)
    assert after["Петров Алексей"] == before["Петров Алексей"]

    # The month's report, saved as PDF, says the same numbers.
    person.desk.registry.run("planning.print")
    person.wait(lambda: person.page.ready and not person.desk.runner.busy)
    assert person.page.wanted.month == MONTH
    person.answer_file_dialog(pdf)
    person.desk.registry.run("reports.save_pdf")
    person.wait(pdf.is_file)
    person.settle()
    words = text_of(pdf.read_bytes())
    for expected in (*SELLERS, grouped(total), grouped(1_500_000), "Smirnov A. V."):
        assert expected in words, expected
    issued = dump(path)["document"]
    assert [row["pdf"] for row in issued] == [pdf.read_bytes()]

    # Everything is taken back, and done again.
    full = held(path)
    taken = person.undo_all()
    assert held(path) == held_of(empty)
    assert person.redo_all() == taken >= 6
    assert held(path) == full

    # Closed and opened again, it is as it was.
    person.desk.window.close()
    again = start(path)
    again.show_planning("board", MONTH)
    assert again.board() == after
    assert held(path) == full
    backups = sorted(each.stem.rpartition("_")[2] for each in backup.made(path))
    assert backups[0] == "closing"


def held(path: Path) -> dict[str, object]:
    return held_of(dump(path))


def held_of(found: Dump) -> dict[str, object]:
    """Say what a person would call the same: counted values have no lasting ids, an undone import
    keeps its line."""
    counted = sorted(
        ({name: value for name, value in row.items() if name != "id"}
         for row in found["daily_value"]),
        key=str,
    )  # fmt: skip
    imports = [row["file_name"] for row in found["import_batch"] if not row["undone"]]
    return found | {"daily_value": counted, "import_batch": imports}


def text_of(pdf: bytes) -> str:
    reader = PdfReader(io.BytesIO(pdf))
    words = " ".join(page.extract_text() for page in reader.pages)
    return re.sub(r"[\s\u202f\u00a0]+", " ", words)


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def members_of(person: Person) -> dict[str, int]:
    people = team.team(person.ws)
    return {m.name: m.id for m in people.members.values() if m.id != people.nobody}
