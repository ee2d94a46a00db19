"""A computer that has never seen the program, and the application on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from ropdesk.ui import window_desk
from ropdesk.ui.theme import Theme
from ropdesk.ui.window_desk import Desk
from ropdesk.ui.window_memory import WindowMemory
from tests.journeys.steps import TODAY, Person
from tests.ui.conftest import no_leaks, no_qt_warnings, russian, started_theme, theme

__all__ = ["no_leaks", "no_qt_warnings", "russian", "started_theme", "theme"]


@pytest.fixture(autouse=True)
def laptop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give an empty home and a day that is the same on every run."""
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "APPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "home" / variable))
    monkeypatch.setattr(window_desk, "today", lambda: TODAY)


@pytest.fixture
def start(qtbot, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Person]]:
    """Start the application; a second start is the same person the next day."""
    desks: list[Desk] = []

    def begin(path: Path | None = None) -> Person:
        desk = Desk(theme, WindowMemory())
        desks.append(desk)
        desk.first = path
        desk.window.resize(1366, 768)
        desk.window.show()
        qtbot.waitExposed(desk.window)
        desk.begin()
        return Person(desk, qtbot, monkeypatch)

    yield begin
    for desk in desks:
        desk.runner.close()
        desk.window.close()
        desk.window.deleteLater()
        desk.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
