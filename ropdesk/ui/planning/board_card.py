"""One card of the board: it can be the chosen one, and low where the cards stand in rows."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent

from ropdesk.ui.fonts import BOLD
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import MetricCard, MetricView
from ropdesk.ui.widgets.paint import paint_bar

PADDING = 10  # of a low card, at either side
APART = 6  # between the number and its note on a low card


class BoardCard(MetricCard):
    """A metric's number. A low card has its note beside the number, not below."""

    def __init__(self, code: str, view: MetricView) -> None:
        self._low = False
        super().__init__(view)
        self.code = code
        self.setObjectName(f"card.{code}")
        self.setCheckable(True)

    def set_low(self, *, low: bool) -> None:
        """Be low, or as high as a card standing in the only row."""
        if low != self._low:
            self._low = low
            self.updateGeometry()
            self.update()

    def natural_size(self) -> tuple[int, int]:
        """Return a width that fits the number, and the height of the lines."""
        wide, high = super().natural_size()
        return wide, current_theme().px(61) if self._low else high

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, and a line at its foot when it is chosen."""
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(current_theme().colour("accent"))
            foot = QRectF(self.rect()).adjusted(10, self.height() - 3, -10, 0)
            painter.drawRoundedRect(foot, 1.5, 1.5)

    def _content(self, painter: QPainter) -> None:
        if not self._low:
            super()._content(painter)
            return
        theme, view = current_theme(), self.view
        wide = self.width() - 2 * PADDING
        self._line(painter, QRect(PADDING, theme.px(5), wide, theme.px(18)), view.name)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(low_font())
        painter.setPen(theme.colour("text"))
        painter.drawText(QRect(PADDING, theme.px(23), wide, theme.px(22)), flags, view.value)
        taken = low_value_width(view.value)
        note = QRect(PADDING + taken, theme.px(25), wide - taken, theme.px(20))
        self._line(painter, note, view.note)
        if view.share is not None:
            bar = QRectF(PADDING, theme.px(49), wide, theme.px(3))
            paint_bar(painter, bar, view.share, self._bar_state(), view.tick)


def low_font() -> QFont:
    """Return the font of the number on a low card."""
    return current_theme().font(14, BOLD)


def low_value_width(value: str) -> int:
    """Return the room that a number takes on a low card, the gap after it included."""
    return QFontMetrics(low_font()).horizontalAdvance(value) + APART
