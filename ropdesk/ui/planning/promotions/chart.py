"""A small chart of a promotion: each working day before, during and after, with the levels."""

from fractions import Fraction

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ropdesk.i18n import _, day_month, short_date
from ropdesk.services import effect_words
from ropdesk.services.promotion_results import Detail, Point
from ropdesk.ui.theme import current_theme

HEIGHT = 150
_BARS = {"before": "secondary", "between": "track", "during": "accent", "after": "track"}


class PromotionChart(QWidget):
    """Bars by working day; dashed, the level before; dotted, what was to be expected without it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail: Detail | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("The metric by working day"))

    def show_detail(self, detail: Detail | None) -> None:
        """Draw another promotion; None draws nothing."""
        self._detail = detail
        self.setAccessibleDescription(self._described())
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a few lines' height."""
        return QSize(current_theme().px(260), current_theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Shrink in width alone."""
        return QSize(current_theme().px(160), current_theme().px(HEIGHT))

    def words_at(self, number: int) -> str:
        """Say the exact value of a day."""
        points = self._points()
        if not 0 <= number < len(points) or self._detail is None:
            return ""
        metric, point = self._detail.result.metric, points[number]
        return f"{short_date(point.day)}: {effect_words.said(metric, point.value)}"

    def event(self, event: QEvent) -> bool:
        """Show the exact value under the pointer."""
        points = self._points()
        if isinstance(event, QHelpEvent) and points:
            plot = self._plot()
            place = (event.pos().x() - plot.left()) / max(1.0, plot.width()) * len(points)
            QToolTip.showText(event.globalPos(), self.words_at(int(place)), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chart, or say that there is nothing to draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, points = current_theme(), self._points()
        painter.setFont(theme.font(11))
        known = [point.value for point in points if point.value is not None]
        if not known or self._detail is None:
            painter.setPen(theme.colour("secondary"))
            words = _("Set the period, and the days before are drawn here.")
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words
            )
            return
        top = float(max(known)) or 1.0
        self._draw_bars(painter, points, top)
        self._draw_levels(painter, points, top)
        self._draw_words(painter, points)

    # -- inside

    def _points(self) -> tuple[Point, ...]:
        return () if self._detail is None else self._detail.points

    def _plot(self) -> QRectF:
        theme = current_theme()
        return QRectF(self.rect()).adjusted(theme.px(4), theme.px(20), -theme.px(6), -theme.px(20))

    def _edges(self, points: tuple[Point, ...], part: str) -> tuple[float, float] | None:
        plot = self._plot()
        places = [n for n, point in enumerate(points) if point.part == part]
        if not places:
            return None
        step = plot.width() / len(points)
        return plot.left() + step * places[0], plot.left() + step * (places[-1] + 1)

    def _draw_bars(self, painter: QPainter, points: tuple[Point, ...], top: float) -> None:
        theme, plot = current_theme(), self._plot()
        step = plot.width() / len(points)
        during = self._edges(points, "during")
        if during is not None:
            tint = QRectF(during[0], plot.top() - 4, during[1] - during[0], plot.height() + 4)
            painter.fillRect(tint, theme.colour("accent_tint"))
        for number, point in enumerate(points):
            if point.value is None:
                continue
            height = max(0.0, plot.height() * float(point.value) / top)
            gap = min(2.0, step * 0.15)
            bar = QRectF(plot.left() + step * number + gap, plot.bottom() - height,
                         max(1.0, step - 2 * gap), height)  # fmt: skip
            painter.fillRect(bar, theme.colour(_BARS[point.part]))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())

    def _draw_levels(self, painter: QPainter, points: tuple[Point, ...], top: float) -> None:
        """Draw the level before over those days, and the level without it over its own days."""
        effect = self._detail.result.effect if self._detail is not None else None
        if effect is None or effect.before is None:
            return
        self._level(painter, points, "before", effect.before, top, Qt.PenStyle.DashLine)
        if effect.after is not None and effect.change is not None:
            expected = effect.after - effect.change
            self._level(painter, points, "during", expected, top, Qt.PenStyle.DotLine)

    def _level(
        self, painter: QPainter, points: tuple[Point, ...], part: str, value: Fraction, top: float,
        style: Qt.PenStyle,
    ) -> None:  # fmt: skip
        edges, plot = self._edges(points, part), self._plot()
        if edges is None:
            return
        y = plot.bottom() - plot.height() * min(1.08, float(value) / top)
        painter.setPen(QPen(current_theme().colour("text"), 1.8, style))
        painter.drawLine(QPointF(edges[0], y), QPointF(edges[1], y))

    def _draw_words(self, painter: QPainter, points: tuple[Point, ...]) -> None:
        theme, plot = current_theme(), self._plot()
        names = {"before": _("before"), "during": _("promotion"), "after": _("after")}
        for part, name in names.items():
            edges = self._edges(points, part)
            if edges is None:
                continue
            painter.setPen(theme.colour("accent" if part == "during" else "secondary"))
            wide = max(edges[1] - edges[0], float(theme.px(64)))
            left = min(edges[0], plot.right() - wide)
            head = QRectF(left, 0, wide, theme.px(16))
            painter.drawText(head, Qt.AlignmentFlag.AlignLeft, name)
            first = next(point.day for point in points if point.part == part)
            foot = QRectF(left, plot.bottom() + 2, wide, theme.px(17))
            painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, day_month(first))

    def _described(self) -> str:
        detail = self._detail
        if detail is None or detail.result.effect is None:
            return ""
        return effect_words.daily(detail.result.metric, detail.result.effect)
