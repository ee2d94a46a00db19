"""The command palette: any page, action, person or deal by a few letters (Ctrl+K)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from ropdesk.i18n import _
from ropdesk.ui import icons
from ropdesk.ui.matching import score
from ropdesk.ui.theme import current_theme

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from ropdesk.ui.window import MainWindow

MOST = 40
_ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the palette can find.

    Attributes:
        title: what is matched and shown.
        subtitle: what kind of thing it is: «page», «deal 180 000 ₽».
        icon: a name for `ropdesk.ui.icons`.
        callback: what choosing it does.
        keys: the shortcut, shown at the right.
    """

    title: str
    subtitle: str
    icon: str | None
    callback: Callable[[], object]
    keys: str = ""


Provider = Callable[[str], list[Entry]]


class Palette(QFrame):
    """A field and what it finds. Arrows choose, Enter runs, Escape closes.

    Pages and actions come from the registry. `add_provider` adds people, deals and the like: a
    provider is asked with the words typed (at least two letters) and answers with what it has
    found itself, best first.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAccessibleName(_("Find a page, a person, a deal or an action"))
        self._window = window
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Find a page, a person, a deal or an action"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.found = QListWidget()
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setAccessibleName(_("Found"))
        self.found.setItemDelegate(_EntryDelegate(self.found))
        self.found.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.found.itemClicked.connect(self._run)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.field)
        column.addWidget(self.found)

    def open_at_top(self) -> None:
        """Open in the upper middle of the window, empty."""
        theme = current_theme()
        wide = min(theme.px(560), self._window.width() - 80)
        self.resize(wide, theme.px(420))
        corner = QPoint((self._window.width() - wide) // 2, 70)
        self.move(self._window.mapToGlobal(corner))
        self._window.registry.refresh()
        self.field.clear()
        self._search("")
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the field's arrows and Enter work the list."""
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and self._key(event.key())
        ):
            return True
        return super().eventFilter(watched, event)

    def entries(self, query: str) -> list[Entry]:
        """Return what the words find, best first."""
        own = sorted(self._own_entries(), key=lambda entry: entry.subtitle != _("page"))
        known = [(score(query, entry.title), entry) for entry in own]
        ranked = sorted(
            (pair for pair in known if pair[0] is not None), key=lambda pair: -(pair[0] or 0)
        )
        result = [entry for _rank, entry in ranked]
        if len(query.strip()) >= 2:
            for provider in self._window.palette_providers:
                result.extend(provider(query.strip()))
        return result[:MOST]

    def _own_entries(self) -> list[Entry]:
        result = []
        for item in self._window.registry:
            if not item.listed or not item.action.isEnabled():
                continue
            shown = item.name.startswith("go.") or ".view_" in item.name
            kind = _("page") if shown else _("action")
            keys = item.action.shortcut().toString()
            icon = item.icon or "go"
            result.append(Entry(item.action.text(), kind, icon, item.action.trigger, keys))
        return result

    def _search(self, query: str) -> None:
        self.found.clear()
        for entry in self.entries(query):
            item = QListWidgetItem(entry.title)
            item.setData(_ENTRY, entry)
            words = f"{entry.title}, {entry.subtitle}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            self.found.addItem(item)
        if self.found.count():
            self.found.setCurrentRow(0)
        else:
            item = QListWidgetItem(_("Nothing found. Try fewer letters."))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.found.addItem(item)

    def _key(self, key: int) -> bool:
        rows = self.found.count()
        steps = {
            Qt.Key.Key_Down.value: 1,
            Qt.Key.Key_Up.value: -1,
            Qt.Key.Key_PageDown.value: 8,
            Qt.Key.Key_PageUp.value: -8,
        }
        if key in steps:
            row = max(0, min(rows - 1, self.found.currentRow() + steps[key]))
            self.found.setCurrentRow(row)
            return True
        if key in {Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value}:
            self._run(self.found.currentItem())
            return True
        return False

    def _run(self, item: QListWidgetItem | None) -> None:
        entry = item.data(_ENTRY) if item is not None else None
        if isinstance(entry, Entry):
            self.hide()
            entry.callback()


class _EntryDelegate(QStyledItemDelegate):
    """Icon, title, kind, and at the right the key."""

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: "QModelIndex | QPersistentModelIndex"
    ) -> QSize:
        return QSize(100, current_theme().px(32))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: "QModelIndex | QPersistentModelIndex",
    ) -> None:
        theme = current_theme()
        entry = index.data(_ENTRY)
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_tint"))
        inner = rect.adjusted(10, 0, -10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        left, right = Qt.AlignmentFlag.AlignLeft | middle, Qt.AlignmentFlag.AlignRight | middle
        if not isinstance(entry, Entry):
            painter.setPen(theme.colour("secondary"))
            painter.drawText(inner, left, str(index.data()))
            return
        side = theme.px(16)
        if entry.icon:
            spot = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
            icons.icon(entry.icon, "secondary").paint(painter, spot.toRect())
        inner.setLeft(inner.left() + side + 10)
        tail = "  ".join(part for part in (entry.subtitle, entry.keys) if part)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("secondary"))
        painter.drawText(inner, right, tail)
        inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(tail) - 10)
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("text"))
        title = painter.fontMetrics().elidedText(
            entry.title, Qt.TextElideMode.ElideRight, int(inner.width())
        )
        painter.drawText(inner, left, title)
