"""The cards above the board: one for each metric, in the sales head's order."""

from fractions import Fraction

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ropdesk.domain.metrics import Direction, Kind, Metric
from ropdesk.i18n import _
from ropdesk.services.board import Figure
from ropdesk.ui import values
from ropdesk.ui.planning.board_cells import state_of
from ropdesk.ui.planning.board_source import Snapshot
from ropdesk.ui.planning.board_words import how_forecast
from ropdesk.ui.roles import State
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import MetricCard, MetricView

RATIO_PLACE = Fraction(9, 10)  # where a plan that is no sum stands on the bar
GAP = 10


def card_view(snapshot: Snapshot, code: str) -> MetricView:
    """Return what a metric's card shows."""
    metric = snapshot.board.metrics[code]
    figure = snapshot.board.department[code]
    share, tick = _bar(metric, figure)
    lines = [values.exact(metric, figure.fact)]
    if figure.plan is not None:
        lines.append(_("plan of the month {value}", value=values.exact(metric, figure.plan)))
    if figure.plan_to_date is not None and metric.kind is Kind.FLOW:
        lines.append(_("plan to date {value}", value=values.exact(metric, figure.plan_to_date)))
    if metric.kind is Kind.FLOW and snapshot.outlook is not None:
        lines.append(how_forecast(metric, snapshot.outlook))
    lines.append(
        _("Click: show in the chart and the table. Click again: the rows behind the number.")
    )
    return MetricView(
        values.name(metric), values.headline(metric, figure.fact),
        _note(snapshot, metric, figure), "", _state(metric, figure), share, tick,
        "\n".join(lines),
    )  # fmt: skip


def _state(metric: Metric, figure: Figure) -> State:
    return state_of(figure.completion, metric)


def _bar(metric: Metric, figure: Figure) -> tuple[float | None, float | None]:
    if figure.fact is None or not figure.plan:
        return None, None
    share = Fraction(figure.fact) / Fraction(figure.plan)
    if metric.kind is not Kind.FLOW:
        return float(share * RATIO_PLACE), float(RATIO_PLACE)
    passed = Fraction(figure.plan_to_date or 0) / Fraction(figure.plan)
    return float(share), float(passed)


def _note(snapshot: Snapshot, metric: Metric, figure: Figure) -> str:
    parts = []
    forecast = _forecast_range(snapshot, metric)
    if metric.kind is Kind.FLOW:
        if figure.completion is not None:
            percent = values.percent(figure.completion)
            parts.append(percent if forecast else _("{percent} to date", percent=percent))
        if forecast:
            parts.append(_("forecast {range}", range=forecast))
        elif figure.plan is not None:
            parts.append(_("plan {value}", value=values.headline(metric, figure.plan)))
    elif figure.plan is not None:
        parts.append(_("plan {value}", value=values.headline(metric, figure.plan)))
        if figure.fact is not None and metric.better is not Direction.NONE:
            parts.append(values.deviation(metric, figure.fact, figure.plan))
    if figure.plan is None and metric.kind is Kind.FLOW and not forecast:
        parts.append(_("no plan"))
    if figure.fact is None and not parts:
        parts.append(_("no data yet"))
    return " · ".join(parts)


def _forecast_range(snapshot: Snapshot, metric: Metric) -> str:
    board = snapshot.board
    if board.as_of >= board.last or snapshot.outlook is None:
        return ""
    found = snapshot.outlook.of(metric.code)
    if found is None:
        return ""
    how = values.headline_style(metric, [found.p50])
    if how.divisor == values.MILLION * metric.scale:
        how = values.Style(how.divisor, 1, how.unit)
    if found.p10 is None or found.p90 is None:
        return values.text(found.p50, how)
    low, high = values.text(found.p10, how), values.text(found.p90, how)
    return f"{low}\u2013{high}" if low != high else low


class SelectableCard(MetricCard):
    """A card that can be the chosen one."""

    def __init__(self, code: str, view: MetricView) -> None:
        super().__init__(view)
        self.code = code
        self.setObjectName(f"card.{code}")
        self.setCheckable(True)

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


class CardRow(QWidget):
    """The cards in rows as wide as the page allows."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._cards: dict[str, SelectableCard] = {}
        self._across = 0
        self._chosen = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)

    @property
    def cards(self) -> tuple[SelectableCard, ...]:
        """The cards in order."""
        return tuple(self._cards.values())

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show these numbers; cards whose number has not changed are left alone."""
        views = {code: card_view(snapshot, code) for code in snapshot.board.codes}
        if list(views) != list(self._cards):
            self._rebuild(views)
        for code, view in views.items():
            if self._cards[code].view != view:
                self._cards[code].show_value(view)
        self._chosen = snapshot.chosen.code
        for code, card in self._cards.items():
            card.setChecked(code == self._chosen)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many beside each other as fit."""
        super().resizeEvent(event)
        self._place()

    def _rebuild(self, views: dict[str, MetricView]) -> None:
        for card in self._cards.values():
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = {code: SelectableCard(code, view) for code, view in views.items()}
        for card in self._cards.values():
            card.clicked.connect(self._clicked)
        self._across = 0

    def _place(self) -> None:
        count = len(self._cards)
        if not count:
            return
        wide = max(card.natural_size()[0] for card in self._cards.values()) + GAP
        fits = max(1, (self.width() + GAP) // wide)
        rows = -(-count // fits)
        across = -(-count // rows)
        if across == self._across:
            return
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        self._across = across
        for number, card in enumerate(self._cards.values()):
            self._grid.addWidget(card, number // across, number % across)
        for column in range(across):
            self._grid.setColumnStretch(column, 1)

    def _clicked(self) -> None:
        card = self.sender()
        if not isinstance(card, SelectableCard):
            return
        again = card.code == self._chosen
        card.setChecked(True)
        (self.opened if again else self.chosen).emit(card.code)
