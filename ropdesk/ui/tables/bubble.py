"""The words at a cell that say why what was typed cannot be taken."""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

SECONDS = 7


class CellError(QFrame):
    """Stands under the cell until the next click or key, or a few seconds."""

    def __init__(self, parent: QWidget, words: str) -> None:
        super().__init__(parent)
        self._around = parent
        for other in parent.findChildren(CellError):
            if other is not self:
                other.hide()
                other.deleteLater()
        self.setObjectName("banner")
        self.text = words
        self.setAccessibleName(words)
        label = QLabel(f"\u26a0 {words}")
        label.setWordWrap(True)
        label.setMaximumWidth(320)
        label.setMinimumWidth(min(320, label.fontMetrics().horizontalAdvance(label.text()) + 8))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 5, 8, 5)
        row.addWidget(label)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.deleteLater)
        timer.start(SECONDS * 1000)

    def place(self, spot: QPoint) -> None:
        """Stand at a point of the parent, inside its bounds."""
        self.adjustSize()
        around = self._around.rect()
        x = max(0, min(spot.x(), around.width() - self.width()))
        y = max(0, min(spot.y() + 2, around.height() - self.height()))
        self.move(x, y)
        self.show()
        self.raise_()
