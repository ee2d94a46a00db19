"""Chips: a state in a word."""

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ropdesk.ui.roles import State
from ropdesk.ui.widgets.paint import chip_size, paint_chip


class Chip(QWidget):
    """A word on a tint. The word says the state, the colour repeats it."""

    def __init__(
        self, text: str, state: State = State.NEUTRAL, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set(text, state)

    @property
    def text(self) -> str:
        """The word."""
        return self._text

    @property
    def state(self) -> State:
        """The state the colour repeats."""
        return self._state

    def set(self, text: str, state: State = State.NEUTRAL) -> None:
        """Change the word and the state."""
        self._text, self._state = text, state
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Fit the word."""
        wide, high = chip_size(self._text)
        return QSize(int(wide + 1), int(high))

    def minimumSizeHint(self) -> QSize:
        """Give way where room is scarce: the word is elided, the tooltip has it whole."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), 48), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        paint_chip(QPainter(self), QRectF(self.rect()), self._text, self._state)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the text scale."""
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.updateGeometry()
        super().changeEvent(event)
