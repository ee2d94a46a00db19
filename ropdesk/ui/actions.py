"""Every action of the window, registered once by name.

Menus, buttons, shortcuts, the command palette and the tests all take it from here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from ropdesk.i18n import _

Handler = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Registered:
    """One action with what it was registered with. `text` is an English msgid."""

    name: str
    text: str
    action: QAction
    page: str | None
    icon: str | None
    enabled: Callable[[], bool] | None
    listed: bool


class ActionRegistry(QObject):
    """The actions by name."""

    added = Signal(str)
    wanted_page = Signal(str)  # an action of this page is about to run

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[str, Registered] = {}

    def add(
        self,
        name: str,
        text: str,
        handler: Handler,
        *,
        shortcut: str | list[str] | None = None,
        icon: str | None = None,
        page: str | None = None,
        enabled: Callable[[], bool] | None = None,
        listed: bool = True,
    ) -> QAction:
        """Register an action; a name registered twice is a mistake of ours (`ValueError`).

        Args:
            name: ``"planning.enter_fact"``.
            text: msgid marked with `N_`; translated here, again after a language switch.
            handler: a bound method without arguments.
            shortcut: one or several key sequences, works anywhere in the window; with `page`
                only while that page is shown.
            icon: name for `ropdesk.ui.icons`.
            page: page the action belongs to; run from elsewhere, that page is shown first.
            enabled: asked whenever `refresh` runs and before the palette lists the action.
            listed: whether the command palette offers it.
        """
        if name in self._entries:
            raise ValueError(f"action {name!r} is registered twice")
        action = QAction(_(text), self)
        action.setObjectName(name)
        if shortcut is not None:
            keys = [shortcut] if isinstance(shortcut, str) else shortcut
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self._entries[name] = Registered(name, text, action, page, icon, enabled, listed)
        action.triggered.connect(_Run(self, name, handler))
        if enabled is not None:
            action.setEnabled(enabled())
        self.added.emit(name)
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._entries[name].action

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[Registered]:
        return iter(tuple(self._entries.values()))

    def entry(self, name: str) -> Registered:
        """Return how an action was registered."""
        return self._entries[name]

    def run(self, name: str) -> None:
        """Run an action by name, as a click on it would; a disabled one does nothing."""
        self.refresh(name)
        self._entries[name].action.trigger()

    def refresh(self, name: str | None = None) -> None:
        """Ask `enabled` again, of one action or of all."""
        entries = self._entries.values() if name is None else [self._entries[name]]
        for entry in entries:
            if entry.enabled is not None:
                entry.action.setEnabled(entry.enabled())

    def remove(self, name: str) -> None:
        """Forget an action."""
        entry = self._entries.pop(name)
        entry.action.deleteLater()

    def remove_pages(self) -> None:
        """Forget the actions of all pages, and who handed them on: their pages are gone."""
        for name in [entry.name for entry in self._entries.values() if entry.page is not None]:
            self.remove(name)
        for child in self.findChildren(QObject, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if not isinstance(child, QAction):  # or the next page would take its actions for there
                child.setParent(None)
                child.deleteLater()

    def show_page_shortcuts(self, page: str | None) -> None:
        """Let only the shortcuts of this page and of the whole window be pressed."""
        for entry in self._entries.values():
            if entry.page is None:
                continue
            context = (
                Qt.ShortcutContext.WindowShortcut
                if entry.page == page
                else Qt.ShortcutContext.WidgetShortcut
            )
            entry.action.setShortcutContext(context)

    def retranslate(self) -> None:
        """Say every action in the language now in force."""
        for entry in self._entries.values():
            entry.action.setText(_(entry.text))


class _Run:
    """Shows the action's page, then runs its handler."""

    def __init__(self, registry: ActionRegistry, name: str, handler: Handler) -> None:
        self._registry = registry
        self._name = name
        self._handler = handler

    def __call__(self, _checked: bool = False) -> None:
        page = self._registry.entry(self._name).page
        if page is not None:
            self._registry.wanted_page.emit(page)
        self._handler()
