"""Over the drawing: labels beside lines, the mark under the pointer, clicks and keys."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from ropdesk.ui.charts.ticks import spread
from ropdesk.ui.fonts import REGULAR, SEMIBOLD
from ropdesk.ui.theme import current_theme

_POSITIONS = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside a line, at a place in the data's coordinates."""

    text: str
    x: float
    y: float
    role: str = "secondary"
    bold: bool = False
    dot: bool = False
    above: bool = False  # above and left of the point instead of at the right edge


class Overlay(QWidget):
    """Transparent; draws in pixels, so labels never overlap and never scale."""

    picked = Signal(int)

    def __init__(self, to_pixels: Callable[[float, float], QPointF], parent: QWidget) -> None:
        super().__init__(parent)
        self._to_pixels = to_pixels
        self._labels: tuple[Label, ...] = ()
        self._xs: tuple[float, ...] = ()
        self._say: Callable[[int], str] | None = None
        self._here = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_labels(self, labels: tuple[Label, ...]) -> None:
        """Draw these labels."""
        self._labels = labels
        self.update()

    def set_points(self, xs: tuple[float, ...], say: Callable[[int], str]) -> None:
        """Set where the pointer can stand and what is said there."""
        self._xs = xs
        self._say = say
        self._here = min(self._here, len(xs) - 1)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw labels, dots, the upright line and the focus."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if 0 <= self._here < len(self._xs):
            x = self._to_pixels(self._xs[self._here], 0).x()
            painter.setPen(QPen(theme.colour("field_line"), 1))
            painter.drawLine(QPointF(x, 4), QPointF(x, self.height() - theme.px(22)))
        self._paint_edge_labels(painter)
        for label in self._labels:
            if label.above:
                self._paint_above(painter, label)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the exact values of the nearest point."""
        self._stand(self._nearest(event.position().x()), event.globalPosition())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lead to the rows behind the nearest point."""
        place = self._nearest(event.position().x())
        if place >= 0 and self.rect().contains(event.position().toPoint()):
            self.picked.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the points with Left and Right, open with Enter."""
        step = _POSITIONS.get(event.key(), 0)
        if step and self._xs:
            place = max(0, min(len(self._xs) - 1, self._here + step))
            spot = self._to_pixels(self._xs[place], 0)
            corner = self.mapToGlobal(QPointF(spot.x(), self.height() / 3))
            self._stand(place, corner)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._here >= 0:
            self.picked.emit(self._here)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the line away."""
        super().leaveEvent(event)
        self._here = -1
        self.update()

    def _stand(self, place: int, corner: QPointF) -> None:
        if place < 0:
            return
        if place != self._here:
            self._here = place
            self.update()
        if self._say is not None:
            QToolTip.showText(corner.toPoint(), self._say(place), self)

    def _nearest(self, pixel: float) -> int:
        if not self._xs:
            return -1
        distances = [abs(self._to_pixels(x, 0).x() - pixel) for x in self._xs]
        return distances.index(min(distances))

    def _paint_edge_labels(self, painter: QPainter) -> None:
        """Labels of lines' ends: to the right of the point, pushed apart."""
        theme = current_theme()
        edge = [label for label in self._labels if not label.above]
        spots = [self._to_pixels(label.x, label.y) for label in edge]
        high = theme.px(15)
        places = spread([spot.y() for spot in spots], high, high / 2, self.height() - theme.px(30))
        for label, spot, y in zip(edge, spots, places, strict=True):
            painter.setFont(theme.font(11, SEMIBOLD if label.bold else REGULAR))
            painter.setPen(theme.colour(label.role))
            room = QRectF(spot.x() + 6, y - high / 2, self.width() - spot.x() - 8, high)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            text = painter.fontMetrics().elidedText(
                label.text, Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(room, flags, text)

    def _paint_above(self, painter: QPainter, label: Label) -> None:
        theme = current_theme()
        spot = self._to_pixels(label.x, label.y)
        if label.dot:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(spot, 4, 4)
        font = theme.font(11, SEMIBOLD if label.bold else REGULAR)
        wide = QFontMetricsF(font).horizontalAdvance(label.text) + 2
        left = max(theme.px(34), spot.x() - wide - 6)
        room = QRectF(left, max(0, spot.y() - theme.px(20)), wide, theme.px(15))
        painter.setFont(font)
        painter.setPen(theme.colour(label.role))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, label.text)
