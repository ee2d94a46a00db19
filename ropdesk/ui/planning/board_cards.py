"""The cards above the board: one for each metric, in the sales head's order."""

from fractions import Fraction

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ropdesk.domain.metrics import Direction, Kind, Metric
from ropdesk.i18n import _, language
from ropdesk.services.board import Figure
from ropdesk.ui import values
from ropdesk.ui.planning.board_card import BoardCard, low_value_width
from ropdesk.ui.planning.board_cells import state_of
from ropdesk.ui.planning.board_source import Snapshot
from ropdesk.ui.planning.board_words import how_forecast
from ropdesk.ui.roles import State
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import MetricView

RATIO_PLACE = Fraction(9, 10)  # where a plan that is no sum stands on the bar
GAP = 10
CARD_PADDING = 28
LOW_ROOM = 8  # a low card has narrower margins


def card_view(snapshot: Snapshot, code: str, room: int = 1_000, *, low: bool = False) -> MetricView:
    """Return what a metric's card shows.

    Args:
        room: the width of its lines in pixels.
        low: the note stands beside the number.
    """
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
    number = values.headline(metric, figure.fact)
    notes = _notes(snapshot, metric, figure)
    if low:
        note = _fitting([*notes, ""], room + LOW_ROOM - low_value_width(number))
    else:
        note = _fitting(notes, room)
    return MetricView(
        values.name(metric), number, note, "", _state(metric, figure), share, tick,
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


def _notes(snapshot: Snapshot, metric: Metric, figure: Figure) -> list[str]:
    """Return the line below the number, longest first: a narrow card takes a shorter one."""
    plan = ""
    if figure.plan is not None:
        plan = _("plan {value}", value=values.headline(metric, figure.plan))
    if metric.kind is not Kind.FLOW:
        away = ""
        if plan and figure.fact is not None and metric.better is not Direction.NONE:
            away = values.deviation(metric, figure.fact, figure.plan)
        short = _("{deviation} to plan", deviation=away) if away else plan
        known = bool(plan) or figure.fact is not None
        return [_dotted(plan, away), short, away or short] if known else [_no_data()]
    percent = ""
    if figure.completion is not None:
        percent = values.joined(values.completion(figure.completion, metric.better), "%")
    ranged, single = _forecast(snapshot, metric)
    if ranged:
        wide = _("forecast {range}", range=ranged)
        narrow = _("forecast {range}", range=single)
        return [_dotted(percent, wide), _dotted(percent, narrow), percent or narrow]
    if not plan:
        return [_("no plan") if figure.fact is not None else _no_data()]
    done = _("{percent} to date", percent=percent) if percent else ""
    return [_dotted(done, plan), _dotted(percent, plan), percent]


def _fitting(notes: list[str], room: int) -> str:
    metrics = QFontMetricsF(current_theme().font(12))
    fits = (note for note in notes if metrics.horizontalAdvance(note) <= room)
    return next(fits, notes[-1])


def _no_data() -> str:
    return _("no data yet")


def _dotted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _forecast(snapshot: Snapshot, metric: Metric) -> tuple[str, str]:
    """Return the interval and the middle of a forecast, empty where there is none."""
    board = snapshot.board
    found = snapshot.outlook.of(metric.code) if snapshot.outlook is not None else None
    if found is None or board.as_of >= board.last:
        return "", ""
    how = values.headline_style(metric, [found.p50])
    if how.divisor == values.MILLION * metric.scale:
        how = values.Style(how.divisor, 1, how.unit)
    single = values.text(found.p50, how)
    if found.p10 is None or found.p90 is None:
        return single, single
    low, high = values.text(found.p10, how), values.text(found.p90, how)
    return (f"{low}\u2013{high}" if low != high else low), single


class CardRow(QWidget):
    """The cards in rows as wide as the page allows."""

    chosen = Signal(str)
    opened = Signal(str)
    made_anew = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._cards: dict[str, BoardCard] = {}
        self._across = 0
        self._low = False
        self._chosen = ""
        self._snapshot: Snapshot | None = None
        self._kept: dict[str, tuple[object, MetricView]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)

    @property
    def cards(self) -> tuple[BoardCard, ...]:
        """The cards in order."""
        return tuple(self._cards.values())

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show these numbers; cards whose number has not changed are left alone."""
        self._snapshot = snapshot
        views = self._views(snapshot)
        anew = list(views) != list(self._cards)
        if anew:
            self._rebuild(views)
        for code, view in views.items():
            if self._cards[code].view != view:
                self._cards[code].show_value(view)
        self._chosen = snapshot.chosen.code
        for code, card in self._cards.items():
            card.setChecked(code == self._chosen)
        if self._place():
            self.show_snapshot(snapshot)
        if anew:
            self.made_anew.emit()

    def _views(self, snapshot: Snapshot) -> dict[str, MetricView]:
        """Make the views whose figures are new, keep the others."""
        room, board, outlook = self._room(), snapshot.board, snapshot.outlook
        ended = board.as_of >= board.last
        kept, self._kept = self._kept, {}
        for code in board.codes:
            forecast = outlook.of(code) if outlook is not None else None
            inputs = (board.department[code], board.metrics[code], forecast, outlook is None,
                      room, self._low, ended, language())  # fmt: skip
            before = kept.get(code)
            if before is None or before[0] != inputs:
                before = inputs, card_view(snapshot, code, room, low=self._low)
            self._kept[code] = before
        return {code: view for code, (_inputs, view) in self._kept.items()}

    def minimumSizeHint(self) -> QSize:
        """Give way in width: cards go to the next row."""
        return QSize(current_theme().px(140), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many beside each other as fit."""
        super().resizeEvent(event)
        self._place()
        if self._snapshot is not None and event.size().width() != event.oldSize().width():
            self.show_snapshot(self._snapshot)

    def _room(self) -> int:
        across = max(1, self._across)
        return (self.width() - GAP * (across - 1)) // across - CARD_PADDING

    def _rebuild(self, views: dict[str, MetricView]) -> None:
        for card in self._cards.values():
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = {code: BoardCard(code, view) for code, view in views.items()}
        for card in self._cards.values():
            card.clicked.connect(self._clicked)
        self._across = 0

    def _place(self) -> bool:
        """Lay the cards out; say whether there are now more or fewer beside each other."""
        count = len(self._cards)
        if not count:
            return False
        wide = max(card.natural_size()[0] for card in self._cards.values()) + GAP
        fits = max(1, (self.width() + GAP) // wide)
        rows = -(-count // fits)
        across, low = -(-count // rows), rows > 1  # several rows must leave room for the table
        if across == self._across and low == self._low:
            return False
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        self._across, self._low = across, low
        for number, card in enumerate(self._cards.values()):
            card.set_low(low=low)
            self._grid.addWidget(card, number // across, number % across)
        for column in range(across):
            self._grid.setColumnStretch(column, 1)
        return True

    def _clicked(self) -> None:
        card = self.sender()
        if not isinstance(card, BoardCard):
            return
        again = card.code == self._chosen
        card.setChecked(True)
        (self.opened if again else self.chosen).emit(card.code)
