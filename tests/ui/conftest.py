"""What every test of the window stands on: no screen, no stray Qt warning, no leak."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import threading
from datetime import date

import pytest
from PySide6.QtCore import QThreadPool, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from ropdesk.i18n import language, set_language
from ropdesk.ui.actions import ActionRegistry
from ropdesk.ui.context import Context
from ropdesk.ui.runner import Runner
from ropdesk.ui.theme import Theme, current_theme
from ropdesk.ui.window import MainWindow

# What the offscreen platform says of itself; no person ever meets it.
HARMLESS = ("This plugin does not support",)
TODAY = date(2026, 10, 22)


@pytest.fixture(autouse=True)
def no_qt_warnings(request):
    """Fail a test in which Qt complained."""
    said = []

    def take(kind, context, message):
        if kind is not QtMsgType.QtDebugMsg and not message.startswith(HARMLESS):
            said.append(message)

    before = qInstallMessageHandler(take)
    yield
    qInstallMessageHandler(before)
    if request.node.get_closest_marker("qt_warnings") is None:
        assert not said, f"Qt said: {said}"


@pytest.fixture(autouse=True)
def no_leaks(request):
    """Fail a test that leaves a thread or a running timer behind."""
    threads = set(threading.enumerate())
    yield
    assert not [t for t in set(threading.enumerate()) - threads if not t.name.startswith("Dummy")]
    assert QThreadPool.globalInstance().activeThreadCount() == 0
    app = QApplication.instance()
    if app is not None:
        app.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
        running = [
            timer
            for widget in QApplication.topLevelWidgets()
            if not widget.isVisible() and widget.parent() is None
            for timer in widget.findChildren(QTimer)
            if timer.isActive()
        ]
        assert not running, f"timers still run: {[(t.parent(), t.interval()) for t in running]}"


@pytest.fixture(autouse=True)
def russian():
    """Begin each test in Russian."""
    before = language()
    set_language("ru")
    yield
    set_language(before)


@pytest.fixture(scope="session")
def started_theme(qapp) -> Theme:
    theme = current_theme()
    theme.start("light")
    return theme


@pytest.fixture
def theme(started_theme):
    """The theme, back to light and 100 % afterwards."""
    yield started_theme
    started_theme.set_theme("light")
    started_theme.set_scale(100)


@pytest.fixture
def registry(qapp):
    return ActionRegistry(qapp)


@pytest.fixture
def window(qtbot, theme, registry):
    """An empty main window, shown."""
    made = MainWindow(registry, theme)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def runner(window):
    made = Runner(window)
    yield made
    made.close()


@pytest.fixture
def context(window, registry, runner, theme):
    """What a page gets, with nothing behind it."""
    return Context(
        workspace=None,
        registry=registry,
        runner=runner,
        theme=theme,
        toast=window.toast,
        navigate=window.show_page,
        today=lambda: TODAY,
    )
