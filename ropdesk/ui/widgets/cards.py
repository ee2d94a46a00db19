"""Cards: the titled frame, and the card of one number."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ropdesk.ui.fonts import BOLD, SEMIBOLD
from ropdesk.ui.roles import State
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.labels import ElidedLabel
from ropdesk.ui.widgets.paint import paint_bar
from ropdesk.ui.widgets.painted import PaintedButton


class Card(QFrame):
    """A frame with a title, a hint beside it, a slot at the right and `body` below."""

    def __init__(self, title: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 10, 12, 10)
        outer.setSpacing(6)
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._title = ElidedLabel()
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._title.setProperty("role", "cardTitle")
        self._hint = ElidedLabel()
        self._hint.setProperty("role", "hint")
        row.addWidget(self._title)
        row.addWidget(self._hint, 1)
        self._right = QHBoxLayout()
        self._right.setSpacing(8)
        row.addLayout(self._right)
        outer.addWidget(self._head)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        outer.addLayout(self.body, 1)
        self.set_title(title, hint)

    def set_title(self, title: str, hint: str = "") -> None:
        """Change the title and the hint beside it; without both the head goes away."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._hint.setText(hint)
        self._head.setVisible(bool(title or hint or self._right.count()))
        self.setAccessibleName(title)

    def add_right(self, widget: QWidget) -> None:
        """Put a widget at the right of the title."""
        self._right.addWidget(widget)
        self._head.show()


@dataclass(frozen=True, slots=True)
class MetricView:
    """One number for a card, every text ready to show.

    Attributes:
        name: what it is, with its period where the page does not say it.
        value: the number with its unit.
        note: the line below: plan, forecast, deviation with its sign.
        aside: a few words beside the value, in the colour of `state`.
        share: filled part of the bar, 0 to 1; none leaves the bar out.
        tick: where the plan to date stands on the bar, 0 to 1.
        tooltip: the exact value.
    """

    name: str
    value: str
    note: str = ""
    aside: str = ""
    state: State = State.NEUTRAL
    share: float | None = None
    tick: float | None = None
    tooltip: str = ""


class MetricCard(PaintedButton):
    """The card of one number. A click, Enter or Space (`clicked`) opens what stands behind."""

    def __init__(self, view: MetricView, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._view = view
        self.show_value(view)

    @property
    def view(self) -> MetricView:
        """What is shown."""
        return self._view

    def show_value(self, view: MetricView) -> None:
        """Show another number."""
        wanted = self.natural_size()
        self._view = view
        parts = (view.name, view.value, view.aside, view.note)
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.setToolTip(view.tooltip or view.note)
        if self.natural_size() != wanted:
            self.updateGeometry()
        self.update()

    def natural_size(self) -> tuple[int, int]:
        """Return a width that fits the number, and the height of four lines."""
        theme = current_theme()
        value = QFontMetrics(theme.font(19, BOLD)).horizontalAdvance(self._view.value)
        return max(theme.px(130), value + 26), theme.px(99)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        painter = QPainter(self)
        self._frame(painter)
        self._content(painter)

    def _frame(self, painter: QPainter) -> None:
        theme = current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        edge = "accent" if focused else ("field_line" if self.underMouse() else "line")
        painter.setPen(QPen(theme.colour(edge), 2 if focused else 1))
        painter.setBrush(theme.colour("card"))
        inset = 1.0 if focused else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)

    def _content(self, painter: QPainter) -> None:
        theme, view = current_theme(), self._view
        left, wide = 13, self.width() - 26
        self._line(painter, QRect(left, theme.px(9), wide, theme.px(20)), view.name)
        self._value(painter, QRect(left, theme.px(30), wide, theme.px(25)))
        if view.share is not None:
            bar = QRectF(left, theme.px(60), wide, theme.px(4))
            paint_bar(painter, bar, view.share, self._bar_state(), view.tick)
        self._line(painter, QRect(left, theme.px(68), wide, theme.px(20)), view.note)

    def _bar_state(self) -> State:
        return State.ACCENT if self._view.state is State.NEUTRAL else self._view.state

    def _line(self, painter: QPainter, rect: QRect, text: str) -> None:
        theme = current_theme()
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("secondary"))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _value(self, painter: QPainter, rect: QRect) -> None:
        theme = current_theme()
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(19, BOLD))
        painter.setPen(theme.colour("text"))
        painter.drawText(rect, flags, self._view.value)
        if self._view.aside:
            rect.setLeft(
                rect.left() + painter.fontMetrics().horizontalAdvance(self._view.value) + 6
            )
            painter.setFont(theme.font(13, SEMIBOLD))
            painter.setPen(theme.roles.of(self._view.state))
            shown = painter.fontMetrics().elidedText(
                self._view.aside, Qt.TextElideMode.ElideRight, rect.width()
            )
            painter.drawText(rect.adjusted(0, 1, 0, 1), flags, shown)
