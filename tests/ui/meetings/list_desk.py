"""The window with its meetings, on a workspace of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ropdesk.domain.meetings import Rule
from ropdesk.services import meetings
from ropdesk.services.meetings import MeetingLine, NewSeries, Ref
from ropdesk.store.workspace import Workspace
from ropdesk.ui.actions import ActionRegistry
from ropdesk.ui.context import Context
from ropdesk.ui.meetings.kinds import KindsView
from ropdesk.ui.meetings.list import ListView
from ropdesk.ui.meetings.page import MeetingsPage
from ropdesk.ui.page import Page
from ropdesk.ui.runner import Runner
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.window import MainWindow
from tests.workspaces import empty_workspace

TODAY = date(2026, 10, 22)
MON = date(2026, 10, 19)
NINE, TEN = 540, 600


class Elsewhere(Page):
    """Stands for the page of one meeting: remembers where it was told to go."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Meeting")
        self.where: list[dict[str, object]] = []

    def go_to(self, **where: object) -> None:
        """Remember."""
        self.where.append(where)


@dataclass
class MeetingsDesk:
    """The window, its page and its workspace."""

    window: MainWindow
    page: MeetingsPage
    ws: Workspace
    context: Context
    qtbot: QtBot
    elsewhere: list[Elsewhere] = field(default_factory=list)

    @property
    def view(self) -> ListView:
        """The list of meetings."""
        return cast("ListView", self.page.view("list"))

    @property
    def kinds(self) -> KindsView:
        """The kinds and agendas, shown."""
        self.page.show_view("kinds")
        self.settle()
        return cast("KindsView", self.page.view("kinds"))

    def settle(self) -> None:
        """Wait until what is in sight is up to date."""
        self.qtbot.wait(20)
        view = self.page.view(self.page.current_view)
        self.qtbot.waitUntil(lambda: not (view.isVisible() and getattr(view, "stale", False)))

    def press(self, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        """Press a key as a person does."""
        self.window.activateWindow()  # a dialog that was closed leaves no window active
        self.qtbot.waitUntil(self.window.isActiveWindow)
        widget.setFocus()
        QTest.keyClick(widget, key, held or Qt.KeyboardModifier.NoModifier)
        self.settle()

    def dialog(self) -> Dialog:
        """The dialog in sight."""
        found = self.view.changes.dialog
        assert found is not None
        assert found.isVisible()
        return found

    def line(self, ref: Ref) -> MeetingLine:
        """A meeting as it is stored."""
        with self.ws.read() as connection:
            return meetings.line(connection, ref)

    def shown(self, table: DataTable, column: int) -> list[str]:
        """The texts of a column."""
        return [row.cells[column].text for row in table.list_model.rows]

    def error(self) -> str:
        """What the page says to be wrong."""
        banner = self.page._banner
        return banner.text if banner.isVisible() else ""


def daily(ws: Workspace, first: date = MON) -> int:
    """Add the daily coordination at nine."""
    rule = Rule(first, (0, 1, 2, 3, 4))
    return meetings.add_series(
        ws, NewSeries(kind="daily", rule=rule, start=NINE, place="Переговорная")
    )


@contextmanager
def opened(path: Path, qtbot: QtBot, ws: Workspace | None = None) -> Iterator[MeetingsDesk]:
    """Show the meetings of a workspace."""
    ws = ws or empty_workspace(path / "department.ropdesk")
    theme = current_theme()
    theme.start("light")
    registry = ActionRegistry()
    window = MainWindow(registry, theme)
    qtbot.addWidget(window)
    runner = Runner(window)
    context = Context(ws, registry, runner, theme, window.toast, window.show_page, lambda: TODAY)
    there: list[Elsewhere] = []

    def elsewhere() -> Page:
        there.append(Elsewhere(context))
        return there[-1]

    window.register_page("meetings", lambda: MeetingsPage(context))
    window.register_page("meeting", elsewhere, "Meeting")
    ws.subscribe(lambda changed: window.on_changed(changed.tables))
    window.resize(1366, 768)
    window.show()
    window.show_page("meetings")
    page = window.current_page
    assert isinstance(page, MeetingsPage)
    desk = MeetingsDesk(window, page, ws, context, qtbot, there)
    desk.settle()
    yield desk
    runner.close()
    window.hide()
    ws.close()
