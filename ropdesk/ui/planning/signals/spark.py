"""The little chart of a signal: its weeks against their usual range."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ropdesk.ui.roles import State
from ropdesk.ui.theme import current_theme

WIDE, HIGH = 150, 54
EDGE = 5  # pixels kept free, so that no point is cut


class Spark(QWidget):
    """A line of weeks, the last one marked; the usual range is a tint between dashed lines."""

    def __init__(
        self,
        points: Sequence[Fraction],
        limits: tuple[Fraction, Fraction] | None,
        state: State,
        words: str,
        parent: QWidget | None = None,
    ) -> None:
        """Take the values, oldest first.

        Args:
            limits: lowest and highest usual value, if there is a usual range.
            state: what the last point is, in colour.
            words: the same for those who cannot see it, and on hovering.
        """
        super().__init__(parent)
        self._points = [float(value) for value in points]
        self._limits = (float(limits[0]), float(limits[1])) if limits else None
        self._state = state
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for a small place that grows with the text."""
        theme = current_theme()
        return QSize(theme.px(WIDE), theme.px(HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the range, the line and the last point."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
        if self._limits is not None:
            low, high = (self._y(value, room) for value in self._limits)
            painter.fillRect(
                QRectF(room.left(), high, room.width(), low - high), theme.colour("neutral_tint")
            )
            painter.setPen(QPen(theme.colour("secondary"), 1, Qt.PenStyle.DashLine))
            for y in (low, high):
                painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        step = room.width() / max(len(self._points) - 1, 1)
        line = [
            QPointF(room.left() + number * step, self._y(value, room))
            for number, value in enumerate(self._points)
        ]
        painter.setPen(QPen(theme.colour("secondary"), 1.4))
        painter.drawPolyline(QPolygonF(line))
        painter.setPen(QPen(theme.colour("card"), 1.5))
        painter.setBrush(QColor(theme.roles.of(self._state)))
        painter.drawEllipse(line[-1], 4.0, 4.0)

    def _y(self, value: float, room: QRectF) -> float:
        every = [*self._points, *(self._limits or ())]
        low, high = min(every), max(every)
        share: float = (value - low) / ((high - low) or 1.0)
        bottom: float = room.bottom()
        height: float = room.height()
        return bottom - share * height
