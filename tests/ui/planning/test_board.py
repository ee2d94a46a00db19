"""Plan–fact as the sales head sees and uses it."""

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ropdesk import i18n
from ropdesk.services import facts, history, planning, team
from ropdesk.services.facts import Entry
from ropdesk.store.workspace import Workspace
from ropdesk.ui.planning.board_table import BoardTable
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.widgets.empty import EmptyState
from tests.ui.planning.conftest import MONTH, TODAY, Desk, open_desk


def table_of(desk: Desk) -> BoardTable:
    """The board's table."""
    return desk.page.board.findChildren(BoardTable)[0]


def text(table: DataTable, row: object, column: str) -> str:
    """What a cell says, thin spaces as plain ones."""
    model = table.list_model
    cell = model.cell(model.row_of(row), model.column_of(column))
    return cell.text.replace("\u202f", " ")


def click(table: DataTable, row: object, column: str) -> None:
    """Click a cell as a person does."""
    model = table.list_model
    index = model.index(model.row_of(row), model.column_of(column))
    place = table.visualRect(index).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_department_stands_first_with_plan_and_percent(desk: Desk) -> None:
    table = table_of(desk)
    first = table.list_model.rows[0]
    assert first.key == 0
    assert first.cells[0].bold
    assert text(table, 0, "fact") == "1 200"
    assert text(table, 0, "plan") == "3 200"
    assert text(table, 0, "percent") == "37"


def test_a_newcomer_is_named_as_one(desk: Desk) -> None:
    cells = {row.cells[0].text: row.cells[0].secondary for row in table_of(desk).list_model.rows}
    assert cells["Ким Дарья"].replace("\u202f", " ") == " · стажёр 60 %"
    assert cells["Иванова Мария"] == ""


def test_cards_stand_in_the_chosen_order(desk: Desk) -> None:
    names = [card.code for card in desk.page.board._cards.cards]
    assert names == ["receipts", "deals_won", "inquiries", "conversion"]
    assert desk.page.board._cards.cards[0].view.value.replace("\u202f", " ") == "1,20 млн ₽"
    assert desk.page.board._cards.cards[3].view.value.replace("\u202f", " ") == "20,0 %"


def test_the_sentence_says_the_pace_needed(desk: Desk) -> None:
    words = desk.page.board._sentence.text().replace("\u202f", " ")
    assert words.startswith(
        "Чтобы выйти на план «Стандарт», отделу нужно 533 т₽ в день (сейчас 75)."
    )


def test_a_card_leads_the_chart_and_the_table_and_then_to_its_rows(desk: Desk) -> None:
    card = desk.page.board._cards.cards[3]
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.page.board.snapshot.chosen.code == "conversion"
    assert table_of(desk).list_model.columns[1].title == "Конв., %"
    QTest.mouseClick(desk.page.board._cards.cards[3], Qt.MouseButton.LeftButton)
    dialog = desk.page.board.dialog
    assert dialog is not None
    assert dialog.parts == ("values",)
    assert dialog.windowTitle().startswith("Конверсия · Отдел")
    assert dialog.tables["values"].list_model.rowCount() == 24
    dialog.close()


def test_a_click_on_a_number_opens_the_rows_behind_it(desk: Desk) -> None:
    member = table_of(desk).list_model.rows[1].key
    click(table_of(desk), member, "fact")
    dialog = desk.page.board.dialog
    assert dialog is not None
    rows = dialog.tables["values"].list_model.rows
    assert len(rows) == 4
    assert {row.cells[1].text for row in rows} == {"Иванова Мария"}
    dialog.copy_all()
    dialog.close()


def test_a_changed_fact_moves_cards_table_and_chart(desk: Desk) -> None:
    member = table_of(desk).list_model.rows[1].key
    facts.enter(desk.ws, TODAY, [Entry(member, "receipts", 50_000_00)])
    desk.settle()
    assert text(table_of(desk), 0, "fact") == "1 250"
    assert text(table_of(desk), member, "fact") == "450"
    assert desk.page.board._cards.cards[0].view.value.replace("\u202f", " ") == "1,25 млн ₽"
    assert desk.page.board._chart.data.fact[-1] == 1_250_000_00
    history.undo(desk.ws)
    desk.settle()
    assert text(table_of(desk), 0, "fact") == "1 200"


def test_weeks_and_days(desk: Desk) -> None:
    desk.page.board.choose_period("week")
    desk.settle()
    table = table_of(desk)
    columns = table.list_model.columns
    assert [column.title for column in columns][1:3] == ["1\u20134", "5\u201311"]
    assert columns[1].tooltip == "01.10\u201304.10"
    assert text(table, 0, "2026-10-05") == "600"
    desk.page.board.choose_period("day")
    desk.settle()
    assert text(table, 0, "2026-10-06") == "300"
    click(table, 0, "2026-10-06")
    dialog = desk.page.board.dialog
    assert len(dialog.tables["values"].list_model.rows) == 3
    dialog.close()


def test_metrics_as_rows(desk: Desk) -> None:
    desk.page.board.choose_rows("metric")
    table = table_of(desk)
    assert text(table, "conversion", "fact") == "20,0"
    assert text(table, "receipts", "whole") == "4 400"


def test_two_keys_go_to_a_past_month_and_back(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(desk.page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk.page.month == date(2026, 9, 1)
    desk.settle()
    assert desk.page.board.board.month == date(2026, 9, 1)
    assert desk.page.board.board.as_of == date(2026, 9, 30)
    assert desk.page.board._no_plan.isVisible()
    qtbot.keyClick(desk.page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert desk.page.month == MONTH


def test_a_changed_plan_moves_the_board(desk: Desk) -> None:
    planning.set_value(desk.ws, date(2026, 11, 1), "receipts", 5_000_000_00)
    desk.page.set_month(date(2026, 11, 1))
    desk.settle()
    assert desk.page.board.board.department["receipts"].plan == 5_000_000_00


def test_nothing_at_all_says_what_to_do(empty_ws: Workspace, qtbot: QtBot) -> None:
    desk = open_desk(empty_ws, qtbot)
    said = [w for w in desk.page.board.findChildren(EmptyState) if w.isVisible()]
    assert said
    assert said[0].primary.text() == "Импорт…"
    desk.context.runner.close()


def test_the_board_speaks_english_too(ws: Workspace, qtbot: QtBot) -> None:
    i18n.set_language("en")
    desk = open_desk(ws, qtbot)
    assert table_of(desk).list_model.columns[0].title == "Member"
    desk.context.runner.close()


def test_sixty_members_are_listed(ws: Workspace, qtbot: QtBot) -> None:
    from ropdesk.domain.team import Member

    for number in range(57):
        team.add(ws, Member(0, f"Менеджер {number:02}", hired=date(2026, 1, 1)))
    desk = open_desk(ws, qtbot)
    assert table_of(desk).list_model.rowCount() == 61
    header = table_of(desk).horizontalHeader()
    x = header.sectionViewportPosition(1) + 10
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 8))
    assert table_of(desk).list_model.rows[0].key == 0
    desk.context.runner.close()
