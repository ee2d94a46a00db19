"""Painters shared by widgets and table cells: chips, thin bars, sparklines."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ropdesk.ui.fonts import MEDIUM, SEMIBOLD
from ropdesk.ui.roles import State
from ropdesk.ui.theme import current_theme


def chip_size(text: str) -> tuple[float, float]:
    """Return the width and height of a chip around this text."""
    theme = current_theme()
    metrics = theme.metrics(12, SEMIBOLD)
    return metrics.horizontalAdvance(text) + theme.px(18), theme.px(20)


def paint_chip(painter: QPainter, rect: QRectF, text: str, state: State) -> None:
    """Draw a rounded chip filling `rect`; a word too long is elided."""
    theme = current_theme()
    ground, ink = theme.roles.chip(state)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(QColor(ink))
    painter.setFont(theme.font(12, SEMIBOLD if state is not State.NEUTRAL else MEDIUM))
    room = rect.adjusted(6, 0, -6, 0)
    shown = painter.fontMetrics().elidedText(
        text, Qt.TextElideMode.ElideRight, int(room.width()) + 4
    )
    painter.drawText(room.adjusted(-4, 0, 4, 0), Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


def paint_bar(
    painter: QPainter,
    rect: QRectF,
    share: float,
    state: State = State.ACCENT,
    tick: float | None = None,
) -> None:
    """Draw a thin progress bar filling `rect`.

    Args:
        share: filled part, 0 to 1; more than 1 fills it all.
        tick: where a small upright mark stands (plan to date), 0 to 1.
    """
    theme = current_theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = rect.height() / 2
    painter.setBrush(theme.colour("track"))
    painter.drawRoundedRect(rect, radius, radius)
    wide = rect.width() * min(1.0, max(0.0, share))
    if wide > 0:
        painter.setBrush(QColor(theme.roles.of(state)))
        painter.drawRoundedRect(
            QRectF(rect.left(), rect.top(), max(wide, rect.height()), rect.height()),
            radius,
            radius,
        )
    if tick is not None:
        place = rect.left() + (rect.width() - 2) * min(1.0, max(0.0, tick))
        mark = QRectF(place, rect.center().y() - 4, 2, 8)
        painter.fillRect(mark, theme.colour("text"))
    painter.restore()


def paint_deviation(painter: QPainter, rect: QRectF, share: float, state: State) -> None:
    """Draw a bar growing left or right from the middle; `share` is −1 to 1 of half the width."""
    theme = current_theme()
    painter.fillRect(rect, theme.colour("track"))
    middle = rect.center().x()
    wide = rect.width() / 2 * min(1.0, abs(share))
    left = middle - wide if share < 0 else middle
    painter.fillRect(QRectF(left, rect.top(), wide, rect.height()), QColor(theme.roles.of(state)))


def paint_spark(
    painter: QPainter, rect: QRectF, values: Sequence[int | None], state: State = State.ACCENT
) -> None:
    """Draw a small line of how a number went; `None` leaves a gap, the last point is marked."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return
    low, high = min(known), max(known)
    span = (high - low) or 1
    step = rect.width() / (len(values) - 1)
    colour = QColor(current_theme().roles.of(state))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4))
    run: list[QPointF] = []
    for number, value in enumerate([*values, None]):
        if value is None:
            if len(run) > 1:
                painter.drawPolyline(QPolygonF(run))
            run = []
            continue
        y = rect.bottom() - (value - low) / span * rect.height()
        run.append(QPointF(rect.left() + number * step, y))
    if values[-1] is not None:
        y = rect.bottom() - (values[-1] - low) / span * rect.height()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(rect.right(), y), 2.2, 2.2)
    painter.restore()
