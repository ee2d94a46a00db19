"""Pages: the header, the sub-tabs, and the rule of when a page asks for its data again."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ropdesk.ui.widgets.banner import Banner
from ropdesk.ui.widgets.flow import HeaderLayout
from ropdesk.ui.widgets.tabs import TabRow

if TYPE_CHECKING:
    from ropdesk.ui.context import Context


def ids_by_table(changed: Iterable[str]) -> dict[str, frozenset[int]]:
    """Return the changed rows' ids by table; an empty set means many, or not told."""
    if isinstance(changed, Mapping):
        return {
            name: ids if isinstance(ids, frozenset) else frozenset()
            for name, ids in changed.items()
        }
    return dict.fromkeys(changed, frozenset())


class View(QWidget):
    """Something that shows data and knows which tables that data comes from.

    Set `watches` to the names of those tables. Override `reload` to ask the services and show
    the answer; it runs when the view is first shown and after each change of a watched table:
    at once (once per event-loop turn) while visible, on the next showing while hidden, and
    after `end_edit` while something is being edited.
    """

    watches: frozenset[str] = frozenset()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stale = True
        self._editing = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._refresh_now)

    @property
    def stale(self) -> bool:
        """Whether the data shown may be out of date."""
        return self._stale

    def reload(self) -> None:
        """Ask for the data and show it. Override."""

    def on_changed(self, changed: Iterable[str]) -> None:
        """Hear which tables have changed: their names, with the rows' ids where they are known."""
        if not self.watches.isdisjoint(changed):
            self.mark_stale()

    def mark_stale(self) -> None:
        """Ask for the data again as soon as it is of use."""
        self._stale = True
        self._schedule()

    def begin_edit(self) -> None:
        """Hold refreshes back while a person is typing; calls nest."""
        self._editing += 1

    def end_edit(self) -> None:
        """Let refreshes through again, at once if one is waiting."""
        self._editing = max(0, self._editing - 1)
        self._schedule()

    def refresh(self) -> None:
        """Reload now if visible; used after navigation and by tests."""
        self._stale = True
        self._refresh_now()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while hidden."""
        super().showEvent(event)
        self._schedule()

    def hideEvent(self, event: QHideEvent) -> None:
        """Do no work for what nobody sees."""
        super().hideEvent(event)
        self._timer.stop()

    def _schedule(self) -> None:
        if self._stale and self.isVisible() and not self._editing and not self._timer.isActive():
            self._timer.start()

    def _refresh_now(self) -> None:
        if not self._stale or self._editing or not self.isVisible():
            return
        self._stale = False
        self.reload()


class Page(View):
    """A page of the window: title, period, chips and actions above, content below.

    Content goes to `body` (a vertical layout), or, where a duty has several sides, into
    `add_view`, which makes each side on its first showing.
    """

    view_changed = Signal(str)

    def __init__(self, context: "Context", title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._factories: dict[str, Callable[[], QWidget]] = {}
        self._views: dict[str, QWidget] = {}
        self._view = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 14, 18, 14)
        outer.setSpacing(12)
        outer.addWidget(self._build_header(title))
        self._tabs = TabRow(self)
        self._tabs.chosen.connect(self.show_view)
        self._tabs.hide()
        outer.addWidget(self._tabs)
        self._banner = Banner(self)
        self._banner.hide()
        outer.addWidget(self._banner)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedWidget(inner)
        self._stack.hide()
        column.addWidget(self._stack, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        column.addLayout(self.body, 1)
        self._column = column
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        inner.setObjectName("clear")  # not through viewport(): its first call costs 30 ms
        outer.addWidget(scroll, 1)
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            self._shortcut(keys, step)
        self._shortcut("Ctrl+Shift+Tab", -1)

    @property
    def title(self) -> str:
        """The page's heading."""
        return self._title.text()

    def set_title(self, text: str) -> None:
        """Change the heading."""
        self._title.setText(text)
        self.setAccessibleName(text)

    def set_period(self, widget: QWidget) -> None:
        """Put the period switcher beside the title."""
        self._period.addWidget(widget)

    def set_chips(self, chips: Iterable[QWidget]) -> None:
        """Replace the chips that say the page's state."""
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for chip in chips:
            self._chips.addWidget(chip)

    def add_action_widget(self, widget: QWidget) -> None:
        """Add a button at the right of the header; the primary one comes last."""
        self._actions.addWidget(widget)

    def add_header_action(self, name: str, *, primary: bool = False) -> QWidget:
        """Add a button for a registered action at the right of the header."""
        from ropdesk.ui.widgets.buttons import action_button

        button = action_button(self.context.registry[name], primary=primary)
        self._actions.addWidget(button)
        return button

    def add_view(self, key: str, title: str, factory: Callable[[], QWidget]) -> None:
        """Add a side of the duty as a sub-tab; `factory` runs when it is first shown."""
        self._factories[key] = factory
        self._tabs.add(key, title)
        self._tabs.setVisible(len(self._factories) > 1)
        if self._stack.isHidden():
            self._stack.show()
            self._column.setStretchFactor(self.body, 0)

    @property
    def view_names(self) -> tuple[str, ...]:
        """Keys of the sides, in order; empty where the page has one side only."""
        return tuple(self._factories)

    @property
    def current_view(self) -> str:
        """Key of the side shown, empty where there are none."""
        return self._view

    def view(self, key: str) -> QWidget:
        """Return a side of the duty, making it if nobody has seen it yet."""
        if key not in self._views:
            widget = self._factories[key]()
            self._views[key] = widget
            widget.setParent(self._stack)
        return self._views[key]

    def show_view(self, key: str) -> None:
        """Show a side of the duty."""
        widget = self.view(key)
        self._view = key
        self._tabs.set_current(key)
        shown = self._stack.currentWidget()
        if shown is not widget:
            if shown is not None:
                self._stack.removeWidget(shown)  # a tall side must not make the others scroll
            self._stack.addWidget(widget)
        self.view_changed.emit(key)

    def go_to(self, **where: object) -> None:
        """Go where `navigate` says. The base understands ``view="key"``; override for more."""
        key = where.get("view")
        if isinstance(key, str) and key in self._factories:
            self.show_view(key)

    def pictures(self) -> Mapping[str, Mapping[str, object]]:
        """Return what the page is drawn as in a gallery: a name → where to go for it."""
        return {}

    def show_error(self, text: str) -> None:
        """Say what is wrong and what to do above the content; empty text takes it away."""
        self._banner.say(text)

    def clear_error(self) -> None:
        """Take the error away."""
        self._banner.say("")

    def on_changed(self, changed: Iterable[str]) -> None:
        """Pass the news to the sides already made; each judges for itself."""
        super().on_changed(changed)
        for widget in self._views.values():
            if isinstance(widget, View):
                widget.on_changed(changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the first side on the first visit."""
        if self._factories and not self._view:
            self.show_view(next(iter(self._factories)))
        super().showEvent(event)

    def _build_header(self, title: str) -> QWidget:
        header = QWidget()
        policy = header.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(policy.Policy.Minimum)
        header.setSizePolicy(policy)
        flow = HeaderLayout(header)
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self.set_title(title)
        flow.addWidget(self._title)
        self._period, self._chips, self._actions = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for layout in (self._period, self._chips, self._actions):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(10)
            slot = QWidget()
            slot.setLayout(layout)
            flow.addWidget(slot)
        return header

    def _shortcut(self, keys: str, step: int) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._tabs.next_tab if step > 0 else self._tabs.previous_tab)
