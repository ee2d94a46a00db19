"""The tabs at the left: dark in both themes, with counts of what waits."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ropdesk.i18n import _, ngettext
from ropdesk.ui.fonts import BOLD, MEDIUM, REGULAR, SEMIBOLD
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.painted import PaintedButton

WIDTH = 184
SETTINGS = "settings"  # the page


class SideRow(PaintedButton):
    """One row: a word, and at the right its key or the count of what waits."""

    def __init__(self, text: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._keys = keys
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    @property
    def count(self) -> int:
        """How much waits behind this row."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show how much waits; none is shown as the key."""
        self._count = count
        self._name()
        self.update()

    def rename(self, text: str) -> None:
        """Change the word."""
        self.setText(text)
        self._name()

    def natural_size(self) -> tuple[int, int]:
        """Return the row's height; the sidebar gives the width."""
        return 60, current_theme().px(34)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sidebar_active" if chosen else "sidebar_hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        inner = self.rect().adjusted(10, 0, -10, 0)
        right = self._paint_right(painter, inner)
        painter.setPen(theme.colour("sidebar_strong" if chosen else "sidebar_text"))
        painter.setFont(theme.font(13, SEMIBOLD if chosen else MEDIUM))
        inner.setRight(right - 6)
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        if self.hasFocus():
            painter.setPen(theme.colour("sidebar_strong"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_right(self, painter: QPainter, inner: QRect) -> int:
        """Draw the count or the key; return where it starts."""
        theme = current_theme()
        if not self._count:
            painter.setFont(theme.font(11, REGULAR))
            painter.setPen(theme.colour("sidebar_muted"))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inner, flags, self._keys)
            return inner.right() - painter.fontMetrics().horizontalAdvance(self._keys)
        text = str(self._count) if self._count < 100 else "99+"
        painter.setFont(theme.font(11, SEMIBOLD))
        high = theme.px(18)
        wide = max(high, painter.fontMetrics().horizontalAdvance(text) + 10)
        oval = QRectF(inner.right() - wide + 1, inner.center().y() - high / 2 + 1, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("badge"))
        painter.drawRoundedRect(oval, high / 2, high / 2)
        painter.setPen(theme.colour("on_badge"))
        painter.drawText(oval, Qt.AlignmentFlag.AlignCenter, text)
        return int(oval.left())

    def _name(self) -> None:
        waits = ngettext("{n} waits", "{n} wait", self._count) if self._count else ""
        self.setAccessibleName(f"{self.text()}, {waits}" if waits else self.text())
        self.setToolTip(f"{self.text()} ({self._keys})" if self._keys else "")


class Sidebar(QWidget):
    """Brand, tabs, and at the foot search and settings. Up and Down move between rows."""

    chosen = Signal(str)
    find_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, SideRow] = {}
        self._order: dict[str, int] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 0, 10, 12)
        column.setSpacing(2)
        column.addWidget(_Brand(self))
        self._tabs = QVBoxLayout()
        self._tabs.setSpacing(2)
        column.addLayout(self._tabs)
        column.addStretch(1)
        self._find = SideRow(_("Find…"), "Ctrl+K", self)
        self._find.clicked.connect(self.find_wanted)
        self._settings = SideRow(_("Settings"), "", self)
        self._settings.setCheckable(True)
        self._settings.clicked.connect(self._settings_clicked)
        column.addWidget(self._find)
        column.addWidget(self._settings)
        self.setAccessibleName(_("Tabs"))
        self.fit()

    def add_tab(self, name: str, text: str, number: int) -> None:
        """Add a tab at its place among the others; `number` is its Ctrl key."""
        row = SideRow(text, f"Ctrl+{number}", self)
        row.setCheckable(True)
        row.setObjectName(name)
        row.clicked.connect(self._clicked)
        self._rows[name] = row
        self._order[name] = number
        place = sum(1 for other in self._order.values() if other < number)
        self._tabs.insertWidget(place, row)

    def clear_tabs(self) -> None:
        """Take every tab away."""
        for row in self._rows.values():
            self._tabs.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()
        self._order.clear()

    def tab(self, name: str) -> SideRow:
        """Return the row of a tab."""
        return self._rows[name]

    def set_current(self, name: str) -> None:
        """Mark the row whose page is shown."""
        for key, row in self._rows.items():
            row.setChecked(key == name)
        self._settings.setChecked(name == SETTINGS)

    def retranslate(self, titles: dict[str, str]) -> None:
        """Say the rows in the language now in force."""
        for name, row in self._rows.items():
            row.rename(titles[name])
        self._find.rename(_("Find…"))
        self._settings.rename(_("Settings"))

    def fit(self) -> None:
        """Take the width that goes with the text scale."""
        self.setFixedWidth(current_theme().px(WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between rows with Up and Down."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().colour("sidebar"))

    def _settings_clicked(self) -> None:
        self._settings.toggle()  # the page that gets shown marks the row, not the click
        self.settings_wanted.emit()

    def _clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.set_current(sender.objectName())
            self.chosen.emit(sender.objectName())


class _Brand(QWidget):
    """The product's name."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setFont(theme.font(16, BOLD))
        painter.setPen(theme.colour("sidebar_strong"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(10, 0, 0, 0), flags, "RopDesk")

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(50)
