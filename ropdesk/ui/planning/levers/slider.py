"""A slider of relative change, with marks at «as forecast» and at the best month."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from ropdesk.ui.theme import current_theme

LEAST, MOST = -50, 100  # per cent
_EDGE = 8  # room for the handle at both ends, pixels
_PAGE = 10


class LeverSlider(QSlider):
    """Per cent more or less than forecast. Arrows step by one, Page keys by ten, Home is zero."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(name)
        self.setRange(LEAST, MOST)
        self.setSingleStep(1)
        self.setPageStep(_PAGE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._best: int | None = None

    def show_percent(self, percent: int, best: int | None) -> None:
        """Show a change without telling anybody.

        Args:
            best: where the best month stands; out of range it is not marked.
        """
        self._best = best if best is not None and LEAST <= best <= MOST else None
        blocked = self.blockSignals(True)
        self.setValue(percent)
        self.blockSignals(blocked)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a finger's height."""
        theme = current_theme()
        return QSize(theme.px(160), theme.px(24))

    def minimumSizeHint(self) -> QSize:
        """Stay long enough to be moved."""
        return QSize(current_theme().px(80), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Home go back to the forecast."""
        if event.key() == Qt.Key.Key_Home:
            self.setValue(0)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the person has chosen this lever."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump to where the person presses."""
        if event.button() is Qt.MouseButton.LeftButton and self.isEnabled():
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position().x()))
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self.setSliderDown(False)
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Go back to the forecast."""
        self.setValue(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the track, what is changed, the marks and the handle."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, thick = self.height() / 2, 4
        left, right = self._place(LEAST), self._place(MOST)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(int(left), int(middle - 2), int(right - left), thick, 2, 2)
        zero, here = self._place(0), self._place(self.value())
        ink = theme.colour("accent" if self.isEnabled() else "disabled")
        painter.setBrush(ink)
        painter.drawRect(int(min(zero, here)), int(middle - 2), int(abs(here - zero)), thick)
        painter.fillRect(int(zero - 1), int(middle - 6), 2, 12, theme.colour("secondary"))
        if self._best is not None:
            self._mark_best(painter, self._place(self._best), middle)
        painter.setPen(QPen(ink, 2))
        painter.setBrush(theme.colour("card"))
        size = 7 if self.hasFocus() else 6
        painter.drawEllipse(int(here - size), int(middle - size), 2 * size, 2 * size)
        if self.hasFocus():
            painter.setBrush(ink)
            painter.drawEllipse(int(here - 3), int(middle - 3), 6, 6)

    def _mark_best(self, painter: QPainter, place: float, middle: float) -> None:
        painter.setPen(QPen(current_theme().colour("good"), 2))
        painter.drawLine(int(place), int(middle - 9), int(place), int(middle - 4))
        painter.drawLine(int(place), int(middle + 4), int(place), int(middle + 9))

    def _place(self, percent: int) -> float:
        room = self.width() - 2 * _EDGE
        return _EDGE + room * (percent - LEAST) / (MOST - LEAST)

    def _value_at(self, x: float) -> int:
        room = max(1, self.width() - 2 * _EDGE)
        return round(LEAST + (x - _EDGE) / room * (MOST - LEAST))
