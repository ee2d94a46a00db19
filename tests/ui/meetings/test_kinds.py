"""The kinds of meetings and their agendas, typed where they stand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ropdesk.domain.meetings import Section
from ropdesk.services import history, meeting_kinds
from ropdesk.services.meeting_kinds import AgendaLine
from ropdesk.ui.meetings.kinds import KindsView
from ropdesk.ui.tables.view import DataTable
from tests.ui.meetings.list_desk import MeetingsDesk, opened

Key = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
USUAL = [
    "Факт за вчера", "Обещания: что на сегодня", "Что повторить, чего не повторять",
    "План на день", "Промежуточные показатели", "Обучение и мотивация",
]  # fmt: skip


@pytest.fixture
def at(tmp_path: Path, qtbot: QtBot) -> Iterator[MeetingsDesk]:
    """The window on the kinds."""
    with opened(tmp_path, qtbot) as desk:
        assert isinstance(desk.kinds, KindsView)
        yield desk


def names(at: MeetingsDesk) -> list[str]:
    """The points as the table names them."""
    return [row.cells[1].text or row.cells[1].behind for row in at.kinds.agenda.list_model.rows]


def type_over(at: MeetingsDesk, table: DataTable, row: int, column: str, text: str) -> None:
    """Type a text into a cell and press Enter."""
    index = table.list_model.index(row, table.list_model.column_of(column))
    at.window.activateWindow()
    table.setFocus()
    table.setCurrentIndex(index)
    QTest.keyClick(table, Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setText(text)
    QTest.keyClick(editor, Key.Key_Return)
    at.settle()


def stored(at: MeetingsDesk, code: str = "daily") -> list[AgendaLine]:
    """The agenda as it is kept."""
    with at.ws.read() as connection:
        return meeting_kinds.agenda(connection, code)


def test_the_usual_agenda_stands_there(at: MeetingsDesk) -> None:
    assert names(at) == USUAL
    assert at.kinds.sum.text == "20 из 20 мин"
    assert at.shown(at.kinds.table, 1) == ["20", "60", "90", "45", "45", "45", "30"]
    assert not at.kinds.usual.isEnabled()


def test_minutes_and_names_are_typed_over(at: MeetingsDesk) -> None:
    type_over(at, at.kinds.agenda, 0, "minutes", "9")
    assert stored(at)[0].minutes == 9
    assert at.kinds.sum.text == "25 из 20 мин, +5"
    assert at.shown(at.kinds.table, 2)[0] == "25 ↑"
    type_over(at, at.kinds.agenda, 0, "title", "Вчера: цифры")
    assert names(at)[0] == "Вчера: цифры"
    type_over(at, at.kinds.agenda, 0, "title", "")
    assert names(at) == USUAL
    history.undo(at.ws)
    at.settle()
    assert names(at)[0] == "Вчера: цифры"


def test_what_is_no_number_is_refused_at_the_cell(at: MeetingsDesk) -> None:
    type_over(at, at.kinds.agenda, 0, "minutes", "пять")
    assert stored(at)[0].minutes == 4
    type_over(at, at.kinds.agenda, 0, "minutes", "0")
    assert stored(at)[0].minutes == 4


def test_points_move_by_keyboard(at: MeetingsDesk) -> None:
    table = at.kinds.agenda
    table.go_to_cell(2, "title")
    at.press(table, Key.Key_Up, ALT)
    assert names(at)[:3] == [USUAL[0], USUAL[2], USUAL[1]]
    assert table.current_place() == (1, "title")
    at.press(table, Key.Key_Up, ALT)
    at.press(table, Key.Key_Up, ALT)  # it stands first already
    assert names(at)[0] == USUAL[2]
    at.press(table, Key.Key_Down, ALT)
    assert names(at)[:2] == [USUAL[0], USUAL[2]]


def test_points_move_by_dragging(at: MeetingsDesk) -> None:
    table = at.kinds.agenda
    start = table.visualRect(table.list_model.index(0, 0)).center()
    there = table.visualRect(table.list_model.index(3, 0))
    view, left = table.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, pos=start)
    QTest.mouseMove(view, (start + there.center()) / 2)
    QTest.mouseMove(view, QPoint(start.x(), there.bottom() - 2))
    QTest.mouseRelease(view, left, pos=QPoint(start.x(), there.bottom() - 2))
    at.settle()
    assert names(at) == [*USUAL[1:4], USUAL[0], *USUAL[4:]]


def test_a_point_is_added_named_and_taken_out(at: MeetingsDesk) -> None:
    view = at.kinds
    view.agenda.go_to_cell(0, "title")
    at.press(view.agenda, Key.Key_N, CTRL)
    assert view.menu is not None
    words = [action.text() for action in view.menu.actions()]
    assert len(words) == len(Section)
    view.menu.actions()[words.index("Сигналы и отклонения")].trigger()
    view.menu.close()
    at.settle()
    assert names(at)[1] == "Сигналы и отклонения"
    view.add_point(Section.FREE)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setText("Разное")
    QTest.keyClick(editor, Key.Key_Return)
    at.settle()
    assert names(at)[2] == "Разное"
    at.window.activateWindow()
    view.agenda.go_to_cell(2, "title")
    at.press(view.agenda, Key.Key_Delete, CTRL)
    assert "Разное" not in names(at)
    assert view.usual.isEnabled()
    view.usual.click()
    at.settle()
    assert names(at) == USUAL
    assert stored(at) == meeting_kinds.usual_agenda("daily")


def test_what_a_point_shows_is_chosen(at: MeetingsDesk) -> None:
    view = at.kinds
    view.agenda.go_to_cell(5, "section")
    at.press(view.agenda, Key.Key_Return)
    assert view.menu is not None
    view.menu.actions()[list(Section).index(Section.FREE)].trigger()
    view.menu.close()
    at.settle()
    assert stored(at)[5] == AgendaLine(Section.FREE, "Обучение и мотивация", 3)


def test_the_last_point_stays(at: MeetingsDesk) -> None:
    for _point in USUAL[1:]:
        at.kinds.remove_point(0)
    assert names(at) == USUAL[-1:]
    at.kinds.remove_point(0)
    assert "последний пункт" in at.error()
    assert names(at) == USUAL[-1:]


def test_a_kind_is_renamed_hidden_and_offered_again(at: MeetingsDesk) -> None:
    view = at.kinds
    type_over(at, view.table, 5, "title", "Сверка с маркетингом")
    assert at.shown(view.table, 0)[5] == "Сверка с маркетингом"
    type_over(at, view.table, 5, "limit", "40")
    view.table.go_to_cell("marketing", "title")
    at.settle()
    assert view.sum.text == "45 из 40 мин, +5"
    assert not view.team.isChecked()
    view.team.click()
    at.settle()
    assert view.kind.team
    view.hiding.click()
    at.settle()
    assert view.table.list_model.rows[5].cells[0].secondary.strip() == "скрыт"
    view.hiding.click()
    at.settle()
    assert not view.kind.hidden


def test_a_kind_of_ones_own(at: MeetingsDesk) -> None:
    view = at.kinds
    view.new_kind()
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setText("Пятиминутка")
    QTest.keyClick(editor, Key.Key_Return)
    at.settle()
    assert at.shown(view.table, 0)[-1] == "Пятиминутка"
    assert view.kind.title == "Пятиминутка"
    assert not view.usual.isVisible()
    view.add_point(Section.TODAY)
    at.settle()
    assert names(at) == ["План на день"]
    at.page.go_to(view="kinds", kind="weekly")
    assert view.kind.code == "weekly"
