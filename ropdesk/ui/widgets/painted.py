"""Buttons that draw themselves: the base of tabs, sidebar rows, segments and links."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ropdesk.ui.theme import current_theme


class PaintedButton(QAbstractButton):
    """A button with its own look. Enter presses it as Space does; hovering repaints it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def natural_size(self) -> tuple[int, int]:
        """Return the width and height needed at the present text scale. Override."""
        return 0, 0

    def sizeHint(self) -> QSize:
        """Ask for the natural size."""
        return QSize(*self.natural_size())

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def text_width(self, font: QFont) -> int:
        """Return the width of the text, underscores and all."""
        return QFontMetrics(font).horizontalAdvance(self.text())

    def paint_focus(self, painter: QPainter, rect: QRect, radius: int = 4) -> None:
        """Draw the ring that says where the keyboard is."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(current_theme().colour("accent"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, radius, radius)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is here."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer has gone."""
        self.update()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the text scale."""
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.updateGeometry()
            self.update()
        super().changeEvent(event)
