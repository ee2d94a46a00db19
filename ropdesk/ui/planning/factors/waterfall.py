"""From the base to the fact, factor by factor: bars that begin where the one above ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ropdesk.ui.fonts import REGULAR, SEMIBOLD
from ropdesk.ui.roles import State
from ropdesk.ui.theme import current_theme

ROW, THICK = 40, 14  # pixels at 100 % text scale
NAMES, NUMBERS = 0.5, 96  # part of the width; pixels
_STEPS = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}
_OPENS = {Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value, Qt.Key.Key_Space.value}


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the chart, every text ready to show.

    Attributes:
        how: the numbers it was counted from, below the name.
        value: with its sign.
        start, end: where the bar begins and ends, in kopecks from the base.
        total: the base, the fact: not a factor.
        tip: the exact value, the whole name.
    """

    key: str
    name: str
    how: str
    value: str
    start: int
    end: int
    total: bool = False
    tip: str = ""

    @property
    def state(self) -> State:
        """Whether it adds or takes away; the sign in ``value`` says the same."""
        if self.total or self.start == self.end:
            return State.NEUTRAL
        return State.GOOD if self.end > self.start else State.BAD


class Waterfall(QWidget):
    """Rows to walk with Up and Down; Enter or a click opens what stands behind a factor."""

    activated = Signal(str)
    current_changed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._bars: tuple[Bar, ...] = ()
        self._current = -1
        self._hovered = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    @property
    def current(self) -> str:
        """Key of the row the person is at, empty for none."""
        return self._bars[self._current].key if self._current >= 0 else ""

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these; the current row stays where it remains."""
        here = self.current
        self._bars = tuple(bars)
        keys = [bar.key for bar in self._bars]
        self._current = keys.index(here) if here in keys else -1
        self._hovered = -1
        said = "; ".join(f"{bar.name} {bar.value}" for bar in self._bars)
        self.setAccessibleDescription(said)
        self._take_height()
        self.update()

    def set_current(self, key: str) -> None:
        """Choose a row without a word to anybody."""
        keys = [bar.key for bar in self._bars]
        self._current = keys.index(key) if key in keys else -1
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for all the rows."""
        theme = current_theme()
        return QSize(theme.px(420), theme.px(ROW) * max(1, len(self._bars)) + 4)

    def minimumSizeHint(self) -> QSize:
        """Never cut a row; the names elide."""
        return QSize(current_theme().px(300), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the text scale."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._take_height()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, high = self._reach()
        left, right = self._plot()
        unit = (right - left) / max(1, high - low)
        zero = left - low * unit
        theme = current_theme()
        for number, bar in enumerate(self._bars):
            self._ground(painter, number)
            self._texts(painter, number, bar)
        painter.setPen(QPen(theme.colour("secondary"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(zero, 2), QPointF(zero, self.height() - 2))
        for number, bar in enumerate(self._bars):
            self._bar(painter, number, bar, zero, unit)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the row under the pointer."""
        row = self._row_at(event.position().y())
        opens = row >= 0 and not self._bars[row].total
        shape = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        if row != self._hovered:
            self._hovered = row
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the tint away."""
        super().leaveEvent(event)
        self._hovered = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the row and open what stands behind it."""
        row = self._row_at(event.position().y())
        if event.button() is Qt.MouseButton.LeftButton and row >= 0:
            self._go_to(row)
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with Up and Down, open with Enter."""
        step = _STEPS.get(event.key(), 0)
        if step and self._bars:
            self._go_to(max(0, min(len(self._bars) - 1, self._current + step)))
        elif event.key() in _OPENS and self._current >= 0:
            self._open()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand at the first row."""
        super().focusInEvent(event)
        if self._current < 0 and self._bars:
            self._go_to(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say the exact value of the row under the pointer."""
        if isinstance(event, QHelpEvent):
            row = self._row_at(event.pos().y())
            tip = self._bars[row].tip if row >= 0 else ""
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    def _take_height(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()

    def _go_to(self, row: int) -> None:
        if row != self._current:
            self._current = row
            bar = self._bars[row]
            self.setAccessibleName(f"{self._name}: {bar.name} {bar.value}, {bar.how}")
            self.current_changed.emit(bar.key)
        self.update()

    def _open(self) -> None:
        bar = self._bars[self._current]
        if not bar.total:
            self.activated.emit(bar.key)

    def _row_at(self, y: float) -> int:
        row = int(y // current_theme().px(ROW))
        return row if 0 <= row < len(self._bars) else -1

    def _reach(self) -> tuple[int, int]:
        ends = [0, *(end for bar in self._bars for end in (bar.start, bar.end))]
        return min(ends), max(ends)

    def _plot(self) -> tuple[float, float]:
        theme = current_theme()
        left = self.width() * NAMES
        return left + 4, max(left + 40, self.width() - theme.px(NUMBERS) - 6)

    def _ground(self, painter: QPainter, number: int) -> None:
        theme = current_theme()
        high = theme.px(ROW)
        room = QRectF(0, number * high, self.width(), high).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if number == self._current:
            painter.setBrush(theme.colour("accent_tint"))
            painter.drawRoundedRect(room, 4, 4)
        elif number == self._hovered:
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(room, 4, 4)
        if number == self._current and self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(room, 4, 4)

    def _texts(self, painter: QPainter, number: int, bar: Bar) -> None:
        theme = current_theme()
        high = theme.px(ROW)
        top, wide = number * high, int(self.width() * NAMES) - 10
        elide = Qt.TextElideMode.ElideRight
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(13, SEMIBOLD if bar.total else REGULAR))
        painter.setPen(theme.colour("text"))
        name_high = theme.px(20) if bar.how else high
        name = QRect(6, top + (theme.px(2) if bar.how else 0), wide, name_high)
        painter.drawText(name, flags, painter.fontMetrics().elidedText(bar.name, elide, wide))
        if bar.how:
            painter.setFont(theme.font(11))
            painter.setPen(theme.colour("secondary"))
            how = QRect(6, top + theme.px(20), wide, theme.px(17))
            painter.drawText(how, flags, painter.fontMetrics().elidedText(bar.how, elide, wide))
        painter.setFont(theme.font(13, SEMIBOLD))
        painter.setPen(theme.colour("text"))
        if bar.state is not State.NEUTRAL:
            painter.setPen(QColor(theme.roles.of(bar.state)))
        number_room = QRect(self.width() - theme.px(NUMBERS) - 6, top, theme.px(NUMBERS), high)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(number_room, right, bar.value)

    def _bar(self, painter: QPainter, number: int, bar: Bar, zero: float, unit: float) -> None:
        theme = current_theme()
        high, thick = theme.px(ROW), theme.px(THICK)
        middle = number * high + high / 2
        start, end = zero + bar.start * unit, zero + bar.end * unit
        colour = QColor(theme.roles.of(bar.state))
        if bar.total:
            colour = theme.colour("accent")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        room = QRectF(min(start, end), middle - thick / 2, max(2.0, abs(end - start)), thick)
        if not bar.total or bar.start != bar.end:
            painter.drawRoundedRect(room, 2, 2)
        if number + 1 < len(self._bars) and number:
            painter.setPen(QPen(theme.colour("field_line"), 1))
            painter.drawLine(
                QPointF(end, middle + thick / 2), QPointF(end, middle + high - thick / 2)
            )
