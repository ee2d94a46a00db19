"""Columns that become rows where the place is too narrow for them."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ropdesk.ui.theme import current_theme


class Columns(QWidget):
    """Widgets side by side; one under another when narrower than `narrow` (at 100 % text)."""

    def __init__(self, narrow: int = 700, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = narrow
        self._widgets: list[QWidget] = []
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)

    def add(self, widget: QWidget, stretch: int = 1) -> None:
        """Add a column; `stretch` shares the width."""
        self._row.addWidget(widget, stretch)
        self._widgets.append(widget)

    def minimumSizeHint(self) -> QSize:
        """Need only the widest column: the rest can go below."""
        hint = super().minimumSizeHint()
        widest = max((widget.minimumSizeHint().width() for widget in self._widgets), default=0)
        return QSize(widest, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the columns into rows, or back."""
        super().resizeEvent(event)
        narrow = event.size().width() < current_theme().px(self._narrow)
        ways = QBoxLayout.Direction
        direction = ways.TopToBottom if narrow else ways.LeftToRight
        if direction is not self._row.direction():
            self._row.setDirection(direction)
            self.updateGeometry()
