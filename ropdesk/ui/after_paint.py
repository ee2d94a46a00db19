"""Work that waits until the window is on the screen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

LONGEST_WAIT_MS = 1_000  # a window that starts minimized is not painted


class AfterPaint(QObject):
    """Does something once, when a widget has been painted (or could not be for a while)."""

    def __init__(self, widget: QWidget, do: Callable[[], object]) -> None:
        super().__init__(widget)
        self._widget, self._do, self._waits = widget, do, True
        widget.installEventFilter(self)
        QTimer.singleShot(LONGEST_WAIT_MS, self._go)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint; what is to be done comes in the next turn, after it."""
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self._go)
        return False

    def _go(self) -> None:
        if self._waits:
            self._waits = False
            self._do()
