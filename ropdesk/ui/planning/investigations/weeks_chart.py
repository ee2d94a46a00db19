"""A small chart of an investigation: the metric by weeks, its period and its decision marked."""

from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ropdesk.i18n import _, day_month
from ropdesk.services.investigation_facts import Facts, Line
from ropdesk.ui import values
from ropdesk.ui.planning.investigations import words
from ropdesk.ui.theme import current_theme

HEIGHT = 132


class WeeksChart(QWidget):
    """The pace week by week; the days investigated are tinted, the decision is a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: Facts | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_facts(self, facts: Facts | None) -> None:
        """Draw other facts; None draws nothing."""
        self._facts = facts
        if facts is not None:
            self.setAccessibleName(self._described(facts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a few lines' height."""
        return QSize(current_theme().px(240), current_theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Shrink in width alone."""
        return QSize(current_theme().px(140), current_theme().px(HEIGHT))

    def words_at(self, number: int) -> str:
        """Say the exact value of a point."""
        facts = self._facts
        if facts is None or not 0 <= number < len(facts.weeks):
            return ""
        point = facts.weeks[number]
        told = words.number(facts.metric, point.value)
        return f"{words.span(point.first, point.last)}: {told}"

    def event(self, event: QEvent) -> bool:
        """Show the exact value under the pointer."""
        if isinstance(event, QHelpEvent) and self._facts is not None:
            plot = self._plot()
            share = (event.pos().x() - plot.left()) / max(1.0, plot.width())
            number = round(share * (len(self._facts.weeks) - 1))
            QToolTip.showText(event.globalPos(), self.words_at(number), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chart, or say that there is nothing to draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        facts, theme = self._facts, current_theme()
        painter.setFont(theme.font(11))
        if facts is None:
            return
        known = [point.value for point in facts.weeks if point.value is not None]
        if len(known) < 2:
            painter.setPen(theme.colour("secondary"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _("Too few weeks to draw"))
            return
        levels = [line.pace for line in facts.numbers if line.line is Line.PLAN]
        top = float(max([*known, *(level for level in levels if level is not None)])) or 1.0
        self._draw_marks(painter, facts)
        if levels and levels[0] is not None:
            self._draw_plan(painter, float(levels[0]) / top)
        self._draw_line(painter, facts, top)
        self._draw_words(painter, facts, top)

    # -- inside

    def _plot(self) -> QRectF:
        theme = current_theme()
        box = QRectF(self.rect())
        return box.adjusted(theme.px(4), theme.px(18), -theme.px(8), -theme.px(20))

    def _x(self, facts: Facts, day: date) -> float:
        """Place a day: each week as wide as the others, its point in its middle."""
        plot, weeks = self._plot(), facts.weeks
        for number, point in enumerate(weeks):
            if day <= point.last:
                length = (point.last - point.first).days + 1
                part = ((day - point.first).days + 0.5) / length - 0.5
                return plot.left() + plot.width() * (number + part) / max(1, len(weeks) - 1)
        return plot.right()

    def _draw_marks(self, painter: QPainter, facts: Facts) -> None:
        theme, plot = current_theme(), self._plot()
        left = max(plot.left(), self._x(facts, facts.case.first))
        right = min(plot.right(), self._x(facts, facts.until))
        tint = QRectF(left, plot.top() - 4, max(2.0, right - left), plot.height() + 4)
        painter.fillRect(tint, theme.colour("accent_tint"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        decided = facts.case.decided_on
        if decided is not None and decided <= facts.weeks[-1].last:
            x = self._x(facts, decided)
            painter.setPen(QPen(theme.colour("secondary"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, plot.top() - 4), QPointF(x, plot.bottom()))

    def _draw_plan(self, painter: QPainter, share: float) -> None:
        plot = self._plot()
        y = plot.bottom() - plot.height() * share
        painter.setPen(QPen(current_theme().colour("secondary"), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))

    def _draw_line(self, painter: QPainter, facts: Facts, top: float) -> None:
        theme, plot, weeks = current_theme(), self._plot(), facts.weeks
        painter.setPen(QPen(theme.colour("accent"), 2))
        run: list[QPointF] = []
        for number, point in enumerate([*weeks, None]):
            if point is None or point.value is None:
                painter.drawPolyline(QPolygonF(run))
                run = []
                continue
            x = plot.left() + plot.width() * number / max(1, len(weeks) - 1)
            run.append(QPointF(x, plot.bottom() - plot.height() * float(point.value) / top))

    def _draw_words(self, painter: QPainter, facts: Facts, top: float) -> None:
        theme, plot, weeks = current_theme(), self._plot(), facts.weeks
        painter.setPen(theme.colour("secondary"))
        foot = QRectF(plot.left(), plot.bottom() + 2, plot.width(), theme.px(17))
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, day_month(weeks[0].first))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, day_month(weeks[-1].last))
        last = next(n for n in reversed(range(len(weeks))) if weeks[n].value is not None)
        value = weeks[last].value
        share = float(value or 0) / top
        told = words.number(facts.metric, value)
        painter.setPen(theme.colour("accent"))
        x = plot.left() + plot.width() * last / max(1, len(weeks) - 1)
        y = plot.bottom() - plot.height() * share
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(QPointF(x, y), 3, 3)
        box = QRectF(plot.left(), max(0.0, y - theme.px(20)), x - plot.left() + 4, theme.px(16))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, told)

    def _described(self, facts: Facts) -> str:
        told = [values.text(p.value, words.paced(facts.metric, [p.value])) for p in facts.weeks]
        return _("{metric} by weeks: {values}", metric=values.name(facts.metric),
                 values="; ".join(told))  # fmt: skip
