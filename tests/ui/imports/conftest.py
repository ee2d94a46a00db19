"""The page of imports over a workspace in the test's own folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

from ropdesk.store.workspace import Workspace
from ropdesk.ui.actions import ActionRegistry
from ropdesk.ui.context import Context
from ropdesk.ui.imports.page import ImportsPage
from ropdesk.ui.runner import Runner
from tests.services.importing import TODAY
from tests.workspaces import empty_workspace


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """Give a fresh workspace, closed at the end."""
    opened = empty_workspace(tmp_path / "department.ropdesk")
    yield opened
    opened.close()


class Room(QObject):
    """The page with what the window would give it."""

    committed = Signal(object)

    def __init__(self, ws: Workspace, theme, qtbot) -> None:
        super().__init__()
        self.ws = ws
        self.toasts: list[str] = []
        self.registry = ActionRegistry()
        self.runner = Runner()
        self.context = Context(
            workspace=ws, registry=self.registry, runner=self.runner, theme=theme,
            toast=self.toast, navigate=self.navigate, today=lambda: TODAY,
        )  # fmt: skip
        self.page = ImportsPage(self.context)
        self.wizard = self.page.wizard
        self._qtbot = qtbot
        ws.subscribe(self.committed.emit)
        self.committed.connect(self.hear)

    def toast(self, text: str, undo: bool = False) -> None:
        self.toasts.append(text)

    def navigate(self, page_name: str, **where: object) -> None:
        raise AssertionError(page_name)

    def hear(self, changed) -> None:
        self.page.on_changed(changed.tables)

    def wait(self) -> None:
        self._qtbot.waitUntil(lambda: not self.runner.busy, timeout=20_000)

    def drop(self, path: Path, kind: str | None = None) -> None:
        self.page.go_to(file=path, kind=kind)
        self.wait()

    def enter(self, times: int = 1) -> None:
        """Press Enter as a person would."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        for _ in range(times):
            QTest.keyClick(self.wizard.next_button, Qt.Key.Key_Return)
            self.wait()


@pytest.fixture
def room(ws: Workspace, theme, qtbot) -> Iterator[Room]:
    """Show the page."""
    made = Room(ws, theme, qtbot)
    qtbot.addWidget(made.page)
    made.page.resize(1180, 760)
    made.page.show()
    qtbot.waitExposed(made.page)
    yield made
    made.runner.close()
    qtbot.wait(1)


Drop = Callable[[Path], None]
