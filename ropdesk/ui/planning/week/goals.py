"""The week's goals in a strip: plan, fact so far, and how they stand."""

from fractions import Fraction

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ropdesk.domain.metrics import Kind, Metric
from ropdesk.i18n import _
from ropdesk.services.board import Figure
from ropdesk.services.week_view import Week
from ropdesk.ui import values
from ropdesk.ui.fonts import BOLD
from ropdesk.ui.planning.board_cells import state_of
from ropdesk.ui.roles import State
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.paint import paint_bar

TILE, HIGH, GAP = 132, 58, 8  # pixels at 100 % text scale
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class GoalTile(QWidget):
    """One metric's goal."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = self._value = self._plan = self._percent = ""
        self._state = State.NEUTRAL
        self._share: float | None = None
        self._tick: float | None = None

    def show_goal(self, metric: Metric, figure: Figure) -> None:
        """Show a metric's plan and fact of the week."""
        how = values.headline_style(metric, [figure.plan, figure.fact])
        self._name = values.name(metric)
        self._value = values.text(figure.fact, how)
        plan = values.alone(figure.plan, how) if figure.plan is not None else ""
        self._plan = _("of {plan}", plan=plan) if plan else values.joined("", how.unit)
        if figure.fact is None:  # the week has not begun: the goal is all there is
            self._value, self._plan = plan, _("goal")
        self._percent = ""
        done = figure.completion
        self._state = state_of(done, metric)
        if done is not None:
            self._percent = values.joined(values.completion(done, metric.better), "%")
        self._share = self._tick = None
        if figure.fact is not None and figure.plan:
            self._share = float(Fraction(figure.fact) / Fraction(figure.plan))
            if metric.kind is Kind.FLOW and figure.plan_to_date is not None:
                self._tick = float(Fraction(figure.plan_to_date) / Fraction(figure.plan))
        lines = [f"{self._name}: {values.exact(metric, figure.fact)}"]
        if figure.plan is not None:
            goal = values.exact(metric, figure.plan)
            lines.append(_("goal of the week {value}", value=goal))
        if self._tick is not None:
            passed = values.exact(metric, figure.plan_to_date)
            lines.append(_("plan to date {value}", value=passed))
        if self._percent:
            lines.append(_("{percent} to date", percent=self._percent))
        self.setToolTip("\n".join(lines))
        self.setAccessibleName(", ".join(lines))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name and percent, the numbers, the bar."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        left, wide = 9, self.width() - 18
        painter.setFont(theme.font(12, BOLD))
        percent = painter.fontMetrics().horizontalAdvance(self._percent)
        painter.setPen(theme.roles.of(self._state))
        top = QRect(left, theme.px(4), wide, theme.px(17))
        painter.drawText(top, RIGHT, self._percent)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("secondary"))
        self._line(painter, top.adjusted(0, 0, -percent - 4, 0), self._name)
        middle = QRect(left, theme.px(22), wide, theme.px(18))
        painter.setFont(theme.font(14, BOLD))
        painter.setPen(theme.colour("text"))
        painter.drawText(middle, LEFT, self._value)
        used = painter.fontMetrics().horizontalAdvance(self._value) + 5
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("secondary"))
        self._line(painter, middle.adjusted(used, 0, 0, 0), self._plan)
        if self._share is not None:
            state = State.ACCENT if self._state is State.NEUTRAL else self._state
            bar = QRectF(left, theme.px(46), wide, theme.px(4))
            paint_bar(painter, bar, self._share, state, self._tick)

    def _line(self, painter: QPainter, place: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, LEFT, shown)


class GoalStrip(QWidget):
    """As many goals as fit, the chosen metrics' first ones."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tiles: list[GoalTile] = []
        self._nothing = QLabel()
        self._nothing.setProperty("role", "secondary")
        self._nothing.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._nothing)
        self._nothing.hide()

    @property
    def tiles(self) -> list[GoalTile]:
        """The goals, in order; those without room are hidden."""
        return self._tiles

    def show_week(self, week: Week, owner: int | None) -> None:
        """Show the goals of a member, or of the department."""
        figures = week.goals.of(owner)
        codes = [
            code
            for code in week.goals.codes
            if code in figures
            and (figures[code].plan is not None or figures[code].fact is not None)
        ]
        # What is planned is what the week is for.
        codes.sort(key=lambda code: figures[code].plan is None)
        while len(self._tiles) > len(codes):
            tile = self._tiles.pop()
            tile.hide()
            tile.deleteLater()
        while len(self._tiles) < len(codes):
            self._tiles.append(GoalTile(self))
        for code, tile in zip(codes, self._tiles, strict=True):
            tile.show_goal(week.metrics[code], figures[code])
        self._nothing.setVisible(not codes)
        self._nothing.setText(
            _("The week has no goals yet: they come from the month's plan by days.")
        )
        self.setFixedHeight(current_theme().px(HIGH if codes else 24))
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as fit."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        theme = current_theme()
        fitting = max(1, (self.width() + GAP) // (theme.px(TILE) + GAP))
        count = min(len(self._tiles), fitting)
        for number, tile in enumerate(self._tiles):
            tile.setVisible(number < count)
            if number < count:
                left = (self.width() + GAP) * number // count
                right = (self.width() + GAP) * (number + 1) // count - GAP
                tile.setGeometry(left, 0, right - left, theme.px(HIGH))
