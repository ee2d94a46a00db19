"""The row of sub-tabs under a page's header."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ropdesk.ui.fonts import MEDIUM, SEMIBOLD
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.painted import PaintedButton

_GAP, _LEAST_GAP = 16, 6  # pixels between tabs


class Tab(PaintedButton):
    """One sub-tab: a word, underlined when chosen."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the word and, for the chosen one, the line."""
        theme = current_theme()
        painter = QPainter(self)
        chosen = self.isChecked()
        strong = chosen or self.underMouse()
        painter.setPen(theme.colour("text" if strong else "secondary"))
        painter.setFont(theme.font(13, SEMIBOLD if chosen else MEDIUM))
        room = self.rect().adjusted(0, 0, 0, -6)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.text())
        if chosen:
            bar = QRectF(0, self.height() - 2, self.width(), 2)
            painter.fillRect(bar, theme.colour("accent"))
        if self.hasFocus():
            self.paint_focus(painter, self.rect().adjusted(0, 0, -1, -5))

    def natural_size(self) -> tuple[int, int]:
        """Return width and height the word needs."""
        theme = current_theme()
        return self.text_width(theme.font(13, SEMIBOLD)) + 2, theme.px(28)


class _TabFlow(FlowLayout):
    """Tabs that stand closer where that keeps them all in one line."""

    def places(self, width: int) -> list[QRect]:
        shown = self._shown()
        gaps = max(1, len(shown) - 1)
        free = (width - sum(item.sizeHint().width() for item in shown)) // gaps
        self._gap = free if _LEAST_GAP <= free < _GAP else _GAP
        return super().places(width)


class TabRow(QWidget):
    """Sub-tabs; Tab reaches the chosen one, arrows move between them."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: dict[str, Tab] = {}
        self._row = _TabFlow(self, _GAP)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, key: str, title: str) -> None:
        """Add a tab at the end."""
        tab = Tab(title, self)
        tab.setCheckable(True)
        tab.setObjectName(key)
        tab.setAccessibleName(title)
        tab.clicked.connect(self._clicked)
        self._tabs[key] = tab
        self._row.addWidget(tab)

    def set_current(self, key: str) -> None:
        """Mark one as chosen."""
        for name, tab in self._tabs.items():
            tab.setChecked(name == key)
            tab.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if name == key else Qt.FocusPolicy.ClickFocus
            )

    def next_tab(self) -> None:
        """Choose the next one, round and round."""
        self._step(1)

    def previous_tab(self) -> None:
        """Choose the one before, round and round."""
        self._step(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows."""
        if event.key() == Qt.Key.Key_Right:
            self._step(1, focus=True)
        elif event.key() == Qt.Key.Key_Left:
            self._step(-1, focus=True)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line the tabs stand on."""
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, current_theme().colour("line"))

    def _clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(sender.objectName())

    def _step(self, step: int, *, focus: bool = False) -> None:
        keys = list(self._tabs)
        if len(keys) < 2:
            return
        current = next((i for i, key in enumerate(keys) if self._tabs[key].isChecked()), 0)
        key = keys[(current + step) % len(keys)]
        self.chosen.emit(key)
        if focus:
            self._tabs[key].setFocus(Qt.FocusReason.TabFocusReason)
