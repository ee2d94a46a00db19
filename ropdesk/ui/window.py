"""The main window: sidebar, pages made on their first visit, dropped files, undo, the toast."""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from ropdesk.domain.errors import N_
from ropdesk.i18n import _
from ropdesk.ui.actions import ActionRegistry
from ropdesk.ui.page import Page, ids_by_table
from ropdesk.ui.sidebar import Sidebar
from ropdesk.ui.theme import Theme
from ropdesk.ui.undo import UndoActions
from ropdesk.ui.widgets.toast import ToastLine

if TYPE_CHECKING:
    from ropdesk.ui.palette import Palette, Provider

TABS = ("today", "planning", "meetings", "team", "training", "hiring", "motivation", "reports")
TITLES = {
    "today": N_("Today"),
    "planning": N_("Planning"),
    "meetings": N_("Meetings"),
    "team": N_("Team"),
    "training": N_("Training"),
    "hiring": N_("Hiring"),
    "motivation": N_("Motivation"),
    "reports": N_("Reports"),
}
UNDER = {"meeting": "meetings"}  # a page without a tab → the tab it belongs to
MINIMUM = (1100, 680)
_GEOMETRY = "window/geometry"


class Settings(Protocol):
    """Where the window keeps its place on the screen."""

    def get(self, key: str) -> str | None:
        """Return what was kept, or nothing."""

    def set(self, key: str, value: str) -> None:
        """Keep a value."""


@dataclass(frozen=True, slots=True)
class _Known:
    title: str
    factory: Callable[[], Page]


class MainWindow(QMainWindow):
    """The frame around the pages.

    Args:
        registry: the actions; the window adds its own (``go.*``, ``app.*``).
        settings: keeps the geometry; without it every start looks the same.
    """

    files_dropped = Signal(list)  # list[Path]
    page_shown = Signal(str)
    closing = Signal()

    def __init__(
        self, registry: ActionRegistry, theme: Theme, settings: Settings | None = None
    ) -> None:
        super().__init__()
        self.registry = registry
        self.theme = theme
        self._settings = settings
        self._known: dict[str, _Known] = {}
        self._pages: dict[str, Page] = {}
        self._current = ""
        self._palette: Palette | None = None
        self.palette_providers: list[Provider] = []
        self.setWindowTitle("RopDesk")
        self.setMinimumSize(*MINIMUM)
        self.setAcceptDrops(True)
        self.sidebar = Sidebar()
        self._stack = QStackedWidget()
        self._stack.setAccessibleName(_("Page"))
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(self._stack, 1)
        self.setCentralWidget(centre)
        self._toast = ToastLine(centre)
        self.undo = UndoActions(registry, self)
        self._add_actions()
        theme.changed.connect(self.sidebar.fit)
        registry.wanted_page.connect(self.show_page)
        registry.added.connect(self._adopt_action)
        for entry in registry:
            self._adopt_action(entry.name)
        self._restore_geometry()

    # -- pages

    def register_page(
        self, name: str, factory: Callable[[], Page], title: str | None = None
    ) -> None:
        """Make a page known; it is made on its first visit.

        Args:
            name: one of `TABS`, or any other name for a page without a tab (settings, imports).
            factory: makes the page.
            title: msgid of its name in the palette; tabs have theirs already.
        """
        text = title or TITLES[name]
        self._known[name] = _Known(text, factory)
        keys = None
        if name in TABS:
            number = TABS.index(name) + 1
            keys = f"Ctrl+{number}"
            self.sidebar.add_tab(name, _(text), number)
        self.registry.add(f"go.{name}", text, _Go(self, name), shortcut=keys, icon="go")

    @property
    def current_page(self) -> Page | None:
        """The page shown."""
        return self._pages.get(self._current)

    @property
    def current_page_name(self) -> str:
        """Name of the page shown, empty before the first."""
        return self._current

    def page(self, name: str) -> Page:
        """Return a page, making it if it has not been visited."""
        if name not in self._pages:
            page = self._known[name].factory()
            self._pages[name] = page
            self._stack.addWidget(page)
        return self._pages[name]

    def show_page(self, name: str, /, **where: object) -> None:
        """Show a page and, if told, a place in it."""
        page = self.page(name)
        if name != self._current:
            self._current = name
            self._stack.setCurrentWidget(page)
            page.setFocus(Qt.FocusReason.OtherFocusReason)
            self.sidebar.set_current(UNDER.get(name, name))
            self.registry.show_page_shortcuts(name)
            self.page_shown.emit(name)
        if where:
            page.go_to(**where)

    def set_badge(self, name: str, count: int) -> None:
        """Show beside a tab how much waits there; a tab that is not shown is passed over."""
        if name in self._known:
            self.sidebar.tab(name).set_count(count)

    def on_changed(self, changed: Iterable[str]) -> None:
        """Pass on which tables have changed; pages judge for themselves."""
        news = ids_by_table(changed)
        for page in self._pages.values():
            page.on_changed(news)
        self.registry.refresh()

    # -- what is said

    def toast(self, text: str, undo: bool = False) -> None:
        """Say something at the foot of the window, with «Undo» if it can be taken back."""
        self._toast.say(text, self.registry["app.undo"] if undo else None)

    def show_error(self, text: str) -> None:
        """Say an error on the page shown."""
        page = self.current_page
        if page is None:
            self.toast(text)
        else:
            page.show_error(text)

    # -- the frame itself

    def toggle_full_screen(self) -> None:
        """Fill the screen, or come back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.sidebar.setVisible(not self.isFullScreen())

    def open_palette(self) -> None:
        """Open the command palette."""
        from ropdesk.ui.palette import Palette

        if self._palette is None:
            self._palette = Palette(self)
        self._palette.open_at_top()

    def add_palette_provider(self, provider: "Provider") -> None:
        """Let the palette find more: people, deals, whatever the provider knows."""
        self.palette_providers.append(provider)

    def settings_wanted(self) -> None:
        """Open the settings, if the application has any."""
        if "app.settings" in self.registry:
            self.registry.run("app.settings")
        elif "settings" in self._known:
            self.show_page("settings")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, wherever they hover."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which files were dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the toast at the foot."""
        super().resizeEvent(event)
        self._toast.place()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the sidebar in step when the system leaves full screen by itself."""
        if event.type() == QEvent.Type.WindowStateChange:
            self.sidebar.setVisible(not self.isFullScreen())
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the place on the screen; tell the application."""
        if self._settings is not None and not self.isFullScreen():
            data = base64.b64encode(self.saveGeometry().data()).decode("ascii")
            self._settings.set(_GEOMETRY, data)
        self.closing.emit()
        super().closeEvent(event)

    def forget_pages(self) -> None:
        """Drop every page and what was registered for them: another workspace is coming."""
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        for name in self._known:
            self.registry.remove(f"go.{name}")
        self._known.clear()
        self.sidebar.clear_tabs()
        self.registry.remove_pages()
        self._current = ""

    def retranslate(self) -> None:
        """Say everything in the language now in force; pages are made anew."""
        self.registry.retranslate()
        self.sidebar.retranslate({name: _(known.title) for name, known in self._known.items()})
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        name, self._current = self._current, ""
        if name:
            self.show_page(name)

    def _add_actions(self) -> None:
        add = self.registry.add
        add("app.find", N_("Find…"), self.open_palette, shortcut="Ctrl+K", listed=False)
        add("app.full_screen", N_("Full screen"), self.toggle_full_screen, shortcut="F11",
            icon="fullscreen")  # fmt: skip
        add("app.quit", N_("Quit"), self.close, shortcut="Ctrl+Q")
        self.sidebar.chosen.connect(self.show_page)
        self.sidebar.find_wanted.connect(self.open_palette)
        self.sidebar.settings_wanted.connect(self.settings_wanted)

    def _adopt_action(self, name: str) -> None:
        self.addAction(self.registry[name])

    def _restore_geometry(self) -> None:
        kept = self._settings.get(_GEOMETRY) if self._settings is not None else None
        if kept is None or not self.restoreGeometry(QByteArray.fromBase64(kept.encode())):
            screen = QApplication.primaryScreen().availableGeometry()
            self.resize(min(1366, screen.width()), min(768, screen.height()))


class _Go:
    """Shows one page."""

    def __init__(self, window: MainWindow, name: str) -> None:
        self._window = window
        self._name = name

    def __call__(self) -> None:
        self._window.show_page(self._name)
