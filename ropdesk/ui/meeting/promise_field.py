"""The promise line: typed in one line, shown as understood, corrected by Tab, accepted by Enter."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ropdesk.services.promise_line import Reader


class PromiseField(QWidget):
    """A promise in one line.

    Signals:
        accepted: the `PromiseInput` that the sales head confirmed.
    """

    accepted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader: Reader | None = None
        self.line = QLineEdit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)
        self.setFocusProxy(self.line)

    def set_reader(self, reader: Reader) -> None:
        """Read lines with the people and the day of a meeting."""
        self._reader = reader
