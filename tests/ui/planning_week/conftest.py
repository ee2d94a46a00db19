"""The week's plan in a window, on a workspace of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import team, week
from ropdesk.services.week import NewAction, Ref
from ropdesk.services.week_lines import ActionLine
from ropdesk.store.workspace import Workspace
from ropdesk.ui.planning.week.box import ActionBox
from ropdesk.ui.planning.week.editor import ActionForm
from ropdesk.ui.planning.week.view import WeekView
from tests.ui.planning.conftest import Desk, open_desk
from tests.workspaces import empty_workspace

TODAY = date(2026, 10, 22)
MON = date(2026, 10, 19)
TUE, WED, THU, FRI = (MON + timedelta(n) for n in range(1, 5))
NINE, TEN = 540, 600
LEFT = Qt.MouseButton.LeftButton


@dataclass
class WeekDesk:
    """The window with its week."""

    desk: Desk
    view: WeekView
    ws: Workspace
    qtbot: QtBot

    def settle(self) -> None:
        """Wait until the week is up to date."""
        self.qtbot.waitUntil(lambda: not self.view.stale)
        self.qtbot.wait(1)

    def add(self, **values: object) -> int:
        """Plan an action behind the window's back, and wait for it."""
        given = {"title": "Разбор", "week": MON} | values
        ref = week.add(self.ws, [NewAction(**given)])[0]  # type: ignore[arg-type]
        self.settle()
        return ref

    def box(self, ref: Ref) -> ActionBox:
        """The box of an action, on the grid or beside it."""
        found = self.view.grid.box(ref) or self.view.aside.box(ref)
        assert found is not None
        return found

    def line(self, ref: Ref) -> ActionLine:
        """An action as it is stored."""
        found = week.week(self.ws, self.view.switcher.week, TODAY)
        return next(x for x in (*found.lines, *found.left) if x.ref == ref)

    def press(self, ref: Ref, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        """Press a key on an action."""
        box = self.box(ref)
        box.setFocus()
        QTest.keyClick(box, key, held or Qt.KeyboardModifier.NoModifier)
        self.settle()

    def drag(self, source: QWidget, grab: QPoint, target: QWidget, there: QPoint) -> None:
        """Drag with the mouse from a point of one widget to a point of another."""
        end = source.mapFromGlobal(target.mapToGlobal(there))
        QTest.mousePress(source, LEFT, pos=grab)
        for step in range(1, 5):
            QTest.mouseMove(source, grab + (end - grab) * step / 4)
            self.qtbot.wait(1)
        QTest.mouseRelease(source, LEFT, pos=end)
        self.settle()

    def form(self) -> ActionForm:
        """The form in sight."""
        form = self.view.changes.dialog
        assert isinstance(form, ActionForm)
        assert form.isVisible()
        return form

    def error(self) -> str:
        """What the page says to be wrong."""
        banner = self.desk.page._banner
        return banner.text if banner.isVisible() else ""


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """Two members, one of them away on Thursday."""
    opened = empty_workspace(tmp_path / "department.ropdesk")
    anna = team.add(opened, Member(0, "Анна"))
    team.add(opened, Member(0, "Борис"))
    team.add_absence(opened, Absence(anna, AbsenceKind.VACATION, THU, THU))
    yield opened
    opened.close()


def open_week(ws: Workspace, qtbot: QtBot) -> WeekDesk:
    """Show the week of a workspace."""
    desk = open_desk(ws, qtbot)
    desk.page.show_view("week")
    made = WeekDesk(desk, cast("WeekView", desk.page.view("week")), ws, qtbot)
    made.settle()
    return made


@pytest.fixture
def at(ws: Workspace, qtbot: QtBot) -> Iterator[WeekDesk]:
    """The window on this week."""
    made = open_week(ws, qtbot)
    yield made
    made.desk.context.runner.close()
    made.desk.window.hide()
