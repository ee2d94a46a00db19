"""The month's end as two bars, before and after: what has come, what is to come, the plans."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ropdesk.ui.fonts import SEMIBOLD
from ropdesk.ui.theme import current_theme

_HEAD, _LINE, _BAR = 20, 40, 14  # heights at 100 %
_GAP = 4


@dataclass(frozen=True, slots=True)
class BarView:
    """One bar.

    Attributes:
        label: what it shows; value: the month's end in words, with its interval.
        low, high: ends of the interval; None without one.
    """

    label: str
    value: str
    fact: int
    middle: int
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class EndView:
    """Both bars, and all of it in words for screen readers.

    Attributes:
        plans: words and value of each; of two that would overlap the first is named.
    """

    bars: Sequence[BarView] = ()
    plans: Sequence[tuple[str, int]] = ()
    said: str = ""


class EndBars(QWidget):
    """Fact solid, the rest light, the interval as a tint, plans as thin dashed lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._view = EndView()

    @property
    def view(self) -> EndView:
        """What is shown."""
        return self._view

    def show_view(self, view: EndView) -> None:
        """Show other bars."""
        self._view = view
        self.setAccessibleName(view.said)
        self.setToolTip(view.said)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for two bars and the line of plans."""
        theme = current_theme()
        return QSize(theme.px(300), theme.px(_HEAD + 2 * _LINE))

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(current_theme().px(220), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars."""
        if not self._view.bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = current_theme()
        top = self._top()
        for number, bar in enumerate(self._view.bars):
            self._draw(painter, bar, theme.px(_HEAD) + number * theme.px(_LINE), top)
        self._draw_plans(painter, top)

    def _top(self) -> int:
        shown = [value for _words, value in self._view.plans]
        for bar in self._view.bars:
            shown += [bar.fact, bar.middle, bar.high or 0]
        return max(1, *shown) * 103 // 100

    def _x(self, value: int, top: int) -> float:
        return self.width() * max(0, min(value, top)) / top

    def _draw(self, painter: QPainter, bar: BarView, y: int, top: int) -> None:
        theme = current_theme()
        text = QRectF(0, y, self.width(), theme.px(20))
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("secondary"))
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | flags, bar.label)
        painter.setFont(theme.font(12, SEMIBOLD))
        painter.setPen(theme.colour("text"))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | flags, bar.value)
        track = QRectF(0, y + theme.px(21), self.width(), theme.px(_BAR))
        self._bar(painter, bar, track, top)

    def _bar(self, painter: QPainter, bar: BarView, track: QRectF, top: int) -> None:
        theme = current_theme()
        high, y = track.height(), track.top()
        painter.fillRect(QRectF(0, y + high - 1, track.width(), 1), theme.colour("line"))
        fact, middle = self._x(bar.fact, top), self._x(bar.middle, top)
        if bar.low is not None and bar.high is not None:
            left, right = self._x(bar.low, top), self._x(bar.high, top)
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.setBrush(theme.colour("accent_tint"))
            painter.drawRect(QRectF(left, y + 0.5, max(1.0, right - left), high - 1))
        accent = theme.colour("accent")
        painter.fillRect(QRectF(0, y + 2, fact, high - 4), accent)
        painter.fillRect(QRectF(fact, y + high / 2 - 2, max(0.0, middle - fact), 4), accent)
        painter.fillRect(QRectF(middle - 1.5, y - 1, 3, high + 2), theme.colour("text"))

    def _draw_plans(self, painter: QPainter, top: int) -> None:
        theme = current_theme()
        painter.setFont(theme.font(12))
        bottom = theme.px(_HEAD + 2 * _LINE) - 2
        taken: list[QRectF] = []
        for words, value in self._view.plans:
            x = self._x(value, top)
            painter.setPen(QPen(theme.colour("secondary"), 1, Qt.PenStyle.DashLine))
            for number in range(len(self._view.bars)):  # the numbers between the bars stay free
                y = theme.px(_HEAD) + number * theme.px(_LINE) + theme.px(19)
                painter.drawLine(QPointF(x, y), QPointF(x, min(bottom, y + theme.px(_BAR + 5))))
            wide = painter.fontMetrics().horizontalAdvance(words)
            left = min(max(0.0, x - wide / 2), self.width() - wide)
            room = QRectF(left, 0, wide + 1, theme.px(_HEAD) - 2)
            if any(room.adjusted(-_GAP, 0, _GAP, 0).intersects(other) for other in taken):
                continue
            taken.append(room)
            painter.setPen(theme.colour("secondary"))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)
            painter.drawLine(QPointF(x, theme.px(_HEAD) - 3), QPointF(x, theme.px(_HEAD)))
