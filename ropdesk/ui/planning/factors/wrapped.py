"""Words that wrap and are never cut: inside a scrolled page a wrapped label would be squeezed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget


class Wrapped(QLabel):
    """A label as high as its words need at its width; they can be selected and copied."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if role:
            self.setProperty("role", role)

    def setText(self, text: str) -> None:
        """Change the words, and the height with them."""
        super().setText(text)
        self._follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height of another width."""
        super().resizeEvent(event)
        self._follow()

    def _follow(self) -> None:
        needed = self.heightForWidth(self.width())
        if needed > 0 and needed != self.minimumHeight():
            self.setMinimumHeight(needed)
