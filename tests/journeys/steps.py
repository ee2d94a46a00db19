"""What a person does with the application: drops, clicks, keys; and what they see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QWidget,
)

from ropdesk.services import history
from ropdesk.store.workspace import Workspace
from ropdesk.ui.planning.board_table import BoardTable
from ropdesk.ui.planning.members_card import PLAN
from ropdesk.ui.window_desk import Desk

TODAY = date(2026, 10, 22)
PATIENCE = 30_000  # milliseconds, on a machine that others use as well


@dataclass
class Person:
    """Somebody before the window."""

    desk: Desk
    qtbot: Any
    monkeypatch: pytest.MonkeyPatch

    # -- the window

    @property
    def ws(self) -> Workspace:
        assert self.desk.workspace is not None
        return self.desk.workspace

    @property
    def page(self) -> Any:
        return self.desk.window.current_page

    def wait(self, condition: Any) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE)

    def settle(self) -> None:
        """Wait until nothing is being computed or shown anew."""
        for _turn in range(3):
            self.qtbot.wait(40)
            self.wait(lambda: not self.desk.runner.busy)
        if QApplication.activeWindow() is None:  # no window manager gives the focus back here
            self.desk.window.activateWindow()
            self.wait(self.desk.window.isActiveWindow)

    def answer_file_dialog(self, path: Path) -> None:
        """Choose this file in the next dialog of the system."""
        answer = (str(path), "")
        self.monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_all: answer)
        self.monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_all: answer)

    def press_button(self, text: str) -> None:
        found = [
            button
            for button in self.desk.window.findChildren(QPushButton)
            if button.text() == text and button.isVisible() and button.isEnabled()
        ]
        assert found, f"no button «{text}»"
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def press(self, keys: Any) -> None:
        """Press a shortcut anywhere in the window."""
        QTest.keySequence(QApplication.focusWidget() or self.desk.window, keys)

    def drop(self, file: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        event = QDropEvent(
            QPointF(400, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        self.desk.window.dropEvent(event)

    # -- files

    def import_file(self, file: Path, **answers: Callable[[Any], None]) -> list[str]:
        """Drop a file and take what the wizard proposes, but for answers to some of its steps.

        Returns:
            The steps that it showed.
        """
        self.drop(file)
        self.wait(lambda: self.page.wizard.look is not None and not self.page.wizard.busy)
        wizard = self.page.wizard
        left: list[bool] = []
        wizard.left.connect(lambda: left.append(True))
        steps = []
        while not left:
            steps.append(wizard.step)
            assert len(steps) < 8, (steps, wizard.error)
            if wizard.step in answers:
                answers.pop(wizard.step)(wizard)
            QTest.keyClick(wizard.next_button, Qt.Key.Key_Return)
            self.wait(lambda: bool(left) or not wizard.busy)
        self.settle()
        return steps

    def choose(self, field: str, text: str) -> None:
        """Choose in the list of this name on the page shown."""
        (box,) = [
            each
            for each in self.page.findChildren(QComboBox)
            if each.accessibleName() == field and each.isVisible()
        ]
        at = box.findText(text)
        assert at >= 0, (field, [box.itemText(n) for n in range(box.count())])
        box.setCurrentIndex(at)

    def type_in(self, field: str, text: str) -> None:
        """Type into the field of this name on the page shown."""
        (line,) = [
            each
            for each in self.page.findChildren(QLineEdit)
            if each.accessibleName() == field and each.isVisible()
        ]
        line.setFocus()
        QTest.keyClicks(line, text)

    # -- planning

    def show_planning(self, view: str, month: date) -> QWidget:
        self.desk.window.show_page("planning", month=month, view=view)
        self.settle()
        found = self.page.view(view)
        assert isinstance(found, QWidget)
        return found

    def board(self) -> dict[str, dict[str, str]]:
        """What the board's table says, by name and column."""
        self.settle()
        model = self.page.board.findChildren(BoardTable)[0].list_model
        return {
            row.cells[0].text: {
                column.key: cell.text.replace("\u202f", " ")
                for column, cell in zip(model.columns, row.cells, strict=True)
            }
            for row in model.rows
        }

    def type_plan(self, field: str, text: str) -> None:
        view = self.page.view("decomposition")
        number = view.scenario_card.field(field)
        QTest.mouseClick(number, Qt.MouseButton.LeftButton)
        self.type_and_enter(number, text)

    def type_members_plan(self, member: int, text: str) -> None:
        table = self.page.view("decomposition").members_card.table
        table.setFocus()
        table.go_to_cell(member, PLAN)
        self.type_over(table, text)

    def type_days_plan(self, day: date, text: str) -> None:
        grid = self.page.view("decomposition").days_card.grid
        grid.setFocus()
        grid.go_to(day)
        self.type_over(grid, text)

    def type_and_enter(self, field: QWidget, text: str) -> None:
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.settle()

    def type_over(self, table: QWidget, text: str) -> None:
        """Type over the current cell: the first key opens the editor."""
        QTest.keyClick(table, text[0])
        self.qtbot.wait(20)
        editor = QApplication.focusWidget()
        assert editor is not None
        assert editor is not table
        self.type_and_enter(editor, text[1:])

    # -- history

    def undo_all(self) -> int:
        return self._replay("app.undo", "done")

    def redo_all(self) -> int:
        return self._replay("app.redo", "undone")

    def _replay(self, action: str, state: str) -> int:
        steps = 0
        while left := self._in(state):
            self.desk.registry.run(action)
            self.wait(lambda before=left: self._in(state) == before - 1)
            self.settle()
            steps += 1
        return steps

    def _in(self, state: str) -> int:
        return sum(entry.state == state for entry in history.entries(self.ws))


def amocrm(header: Sequence[str], rows: Sequence[dict[str, object]]) -> str:
    """Write rows in amoCRM's shape, as its export does."""
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    for row in rows:
        writer.writerow([row.get(name, "") for name in header])
    return buffer.getvalue()


def says(shown: str, roubles: int) -> bool:
    """Tell whether a cell in thousands says this sum, to as many places as it shows."""
    number = Decimal(shown.replace(" ", "").replace(",", "."))
    return number == (Decimal(roubles) / 1000).quantize(number, ROUND_HALF_UP)
