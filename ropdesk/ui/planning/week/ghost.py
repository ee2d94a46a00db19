"""Where a dragged action would stand."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ropdesk.ui.fonts import SEMIBOLD
from ropdesk.ui.roles import State
from ropdesk.ui.theme import current_theme


class Ghost(QWidget):
    """A dashed frame with the time in it, or the reason why nothing can stand there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""
        self._state = State.ACCENT

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def show_at(self, place: QRect, text: str, refusal: str) -> None:
        """Show the frame; a refusal stands instead of the time."""
        self._text = refusal or text
        self._state = State.BAD if refusal else State.ACCENT
        least = current_theme().px(18)
        self.setGeometry(place.adjusted(1, 0, -1, max(0, least - place.height())))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame."""
        theme = current_theme()
        ground, ink = theme.roles.chip(self._state)
        tint = QColor(ground)
        tint.setAlpha(220)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(ink), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(tint)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.setFont(theme.font(12, SEMIBOLD))
        top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(self.rect().adjusted(4, 2, -4, 0), top, self._text)
