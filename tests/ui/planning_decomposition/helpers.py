"""What a person does: clicks a field or a cell, types, presses Enter."""

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ropdesk.services import planning
from ropdesk.ui.planning.members_card import PLAN

NOV = date(2026, 11, 1)


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def press(widget, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifier)
    settle()


def type_field(view, key: str, text: str, end=Qt.Key.Key_Return) -> None:
    """Click a number of the funnel, type over it, press Enter."""
    field = view.scenario_card.field(key)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    settle()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, end)
    settle()


def type_member(view, member, text: str, end=Qt.Key.Key_Return) -> None:
    """Go to a member's plan, type over it, press Enter."""
    table = view.members_card.table
    table.setFocus()
    table.go_to_cell(member, PLAN)
    type_over(table, text, end)


def type_day(view, day: date, text: str, end=Qt.Key.Key_Return) -> None:
    grid = view.days_card.grid
    grid.setFocus()
    grid.go_to(day)
    type_over(grid, text, end)


def type_over(table, text: str, end=Qt.Key.Key_Return) -> None:
    """Type over the current cell as a person does: the first key opens the editor."""
    QTest.keyClick(table, text[0])
    settle()
    editor = QApplication.focusWidget()
    assert editor is not table
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, end)
    settle()


def plan(ws, metric="receipts", member=None, scenario="standard", month=NOV):
    found = planning.plan(ws, month)
    return None if found is None else found.value(metric, member, scenario)


def cell(view, member, column: str):
    model = view.members_card.table.list_model
    return model.cell(model.row_of(member), model.column_of(column))


def click_day(view, day: date) -> None:
    grid = view.days_card.grid
    spot = grid.visualRect(grid.day_model.index_of(day)).center() + QPoint(0, 0)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
