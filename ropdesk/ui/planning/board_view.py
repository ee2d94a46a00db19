"""Plan–fact of a month: cards, the table, the chart, the comparison; every number leads on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ropdesk.domain.months import month_end
from ropdesk.i18n import _, ngettext
from ropdesk.services import quality
from ropdesk.services.board import Board
from ropdesk.services.quality import Suspicion
from ropdesk.ui.charts.cumulative import CumulativeChart
from ropdesk.ui.page import View, ids_by_table
from ropdesk.ui.planning.behind import BehindDialog, open_behind, open_suspicion
from ropdesk.ui.planning.board_aside import CompareCard
from ropdesk.ui.planning.board_cards import CardRow
from ropdesk.ui.planning.board_cells import Behind
from ropdesk.ui.planning.board_chart import chart_data
from ropdesk.ui.planning.board_source import Asked, BoardSource, SeerKey, Snapshot
from ropdesk.ui.planning.board_table import BoardTable
from ropdesk.ui.planning.board_words import how_forecast, sentence
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import IconButton, LinkLabel
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.services.forecast import Seer
    from ropdesk.ui.context import Context
    from ropdesk.ui.runner import Progress

PLANS = frozenset({"plan", "plan_value", "plan_day", "calendar_day", "setting", "own_metric"})
PAST = frozenset({"deal", "call", "import_batch", "absence", "calendar_day", "setting",
                  "own_metric", "member", "ramp_up"})  # fmt: skip
DOUBTS = frozenset({"deal", "import_batch", "member"})
AFTER_PAINT_MS = 20  # lets the changed fact be painted before the forecast is made
NARROW = 800  # pixels at 100 % text scale
CATCH_UP_MS = 1500  # after a pause what was kept of the past is read again


class BoardView(View):
    """The month at a glance.

    Signals:
        loaded: the `Board` just shown.
        import_wanted, plan_wanted, metrics_wanted: the person asks for an import, for the plan,
            or for the choice of metrics.
    """

    loaded = Signal(object)
    import_wanted = Signal()
    plan_wanted = Signal()
    metrics_wanted = Signal()
    watches = PLANS | PAST | {"daily_value"}
    _below: QBoxLayout
    _chart: CumulativeChart
    _chart_card: Card
    _chart_title: str
    _compare: CompareCard

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._source = BoardSource(context.workspace)
        self._asked = Asked(month, month)
        self._snapshot: Snapshot | None = None
        self._learning: tuple[SeerKey, ...] = ()
        self._doubts_stale = True
        self.dialog: BehindDialog | None = None
        self._catch_up = QTimer(self)
        self._catch_up.setSingleShot(True)
        self._catch_up.setInterval(CATCH_UP_MS)
        self._catch_up.timeout.connect(self._read_past_again)
        self._afterwards = QTimer(self)
        self._afterwards.setSingleShot(True)
        self._afterwards.setInterval(AFTER_PAINT_MS)
        self._afterwards.timeout.connect(self._show_rest)
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._stack.addWidget(self._build())
        self._empty: EmptyState | None = None

    # -- what is shown

    @property
    def snapshot(self) -> Snapshot | None:
        """What is shown."""
        return self._snapshot

    @property
    def board(self) -> Board | None:
        """The month shown."""
        return self._snapshot.board if self._snapshot is not None else None

    def set_month(self, month: date) -> None:
        """Show another month."""
        self._asked = replace(self._asked, month=month.replace(day=1))
        self.mark_stale()

    def choose_metric(self, code: str) -> None:
        """Show a metric in the chart, the plan columns and the sparklines."""
        self._asked = replace(self._asked, metric=code)
        self.refresh()

    def choose_period(self, by: str) -> None:
        """Cut the table into months, weeks or days."""
        self._asked = replace(self._asked, by=by)
        self._by.set_current(by)
        self._right.setVisible(by != "day")  # a month of days wants the whole width
        self.refresh()

    def choose_rows(self, rows: str) -> None:
        """List members or metrics."""
        self._rows.set_current(rows)
        if self._snapshot is not None:
            self._show_table(self._snapshot)

    def on_changed(self, changed: Iterable[str]) -> None:
        """Forget what the change may have touched, then ask again."""
        names = frozenset(changed)
        self._source.hear(ids_by_table(changed))
        self._afterwards.stop()  # the forecast of what is already past must not go first
        if names & PLANS:
            self._source.forget_plans()
        if names & PAST:
            self._source.forget_past()
        elif "daily_value" in names:
            self._catch_up.start()
        self._doubts_stale = self._doubts_stale or bool(names & DOUBTS)
        super().on_changed(names)

    def reload(self) -> None:
        """Read the month and show what differs."""
        today = self._context.today()
        last = month_end(self._asked.month)
        snapshot = self._source.read(replace(self._asked, as_of=min(today, last)), forecasts=False)
        before, snapshot = self._snapshot, _carried(self._snapshot, snapshot)
        self._snapshot = snapshot
        if snapshot.has_data:
            self._stack.setCurrentIndex(0)
            self._show(snapshot)
            if before is None or _subject(before) != _subject(snapshot):
                self._show_words(snapshot)  # else with the forecast: wrapped words cost a layout
            self._afterwards.start()
        else:
            self._show_empty()
        self.loaded.emit(snapshot.board)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the chart below the table where both do not fit beside each other."""
        super().resizeEvent(event)
        narrow = event.size().width() < current_theme().px(NARROW)
        ways = QBoxLayout.Direction
        self._below.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def _show_rest(self) -> None:
        """Forecast and compare, once the changed fact itself has been painted."""
        if self._snapshot is None or not self.isVisible():
            return
        snapshot = self._source.foresee(self._snapshot)
        self._snapshot = snapshot
        self._show(snapshot)
        self._show_words(snapshot)
        self._compare.show_snapshot(snapshot)
        self._learn(snapshot)
        self._check_doubts()

    # -- showing

    def _show(self, snapshot: Snapshot) -> None:
        self._cards.show_snapshot(snapshot)
        self._show_table(snapshot)
        data, title = chart_data(snapshot)
        if data != self._chart.data:
            self._chart.update_data(data)
        if title != self._chart_title:
            self._chart_title = title
            self._chart_card.set_title(title)

    def _show_table(self, snapshot: Snapshot) -> None:
        self._table.show_snapshot(snapshot, self._rows.current)
        self._offer_columns()

    def _show_words(self, snapshot: Snapshot) -> None:
        words = sentence(snapshot)
        if words != self._sentence.text():
            self._sentence.setText(words)
            self._sentence.setVisible(bool(words))
        how = how_forecast(snapshot.chosen, snapshot.outlook) if snapshot.outlook else ""
        ended = snapshot.board.as_of >= snapshot.board.last
        self._method.setText("" if ended else how)
        self._method.setVisible(bool(how) and not ended)
        self._no_plan.setVisible(snapshot.board.plan.status == "none")

    def _offer_columns(self) -> None:
        hidden = self._table.hidden_metrics
        words = _("Only the columns that fit") if self._table.shows_all else ""
        if hidden:
            words = ngettext("Show {n} more metric", "Show {n} more metrics", len(hidden))
        self._more.setToolTip(", ".join(hidden))
        self._more.setText(words)
        self._more.setAccessibleName(words)
        self._more.updateGeometry()
        self._more.setVisible(bool(words))

    def _toggle_columns(self) -> None:
        self._table.show_all(every=not self._table.shows_all)
        self._offer_columns()

    def _show_empty(self) -> None:
        if self._empty is None:
            self._empty = EmptyState(
                _(
                    "Here the month stands against its plan: cards, every member, the forecast. "
                    "Drop an export of your CRM onto the window, or choose the file."
                ),
                (_("Import…"), self.import_wanted.emit),
            )
            self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _build(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._cards = CardRow()
        self._cards.chosen.connect(self.choose_metric)
        self._cards.opened.connect(self._open_card)
        self._cards.made_anew.connect(self._order_focus)
        column.addWidget(self._cards)
        self._below = below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        below.setSpacing(12)
        below.addWidget(self._build_table(), 65)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        self._chart_title = ""
        self._chart_card = Card(" ")
        self._chart = CumulativeChart(
            _("No numbers of this metric this month yet. Enter them or import a file.")
        )
        self._chart.clicked.connect(self._open_day)
        self._chart_card.body.addWidget(self._chart)
        right.addWidget(self._chart_card, 11)
        self._compare = CompareCard()
        self._compare.opened.connect(self.open_rows)
        self._compare.suspicion_opened.connect(self._open_suspicion)
        right.addWidget(self._compare, 9)
        below.addWidget(self._right, 35)
        column.addLayout(below, 1)
        return whole

    def _build_table(self) -> Card:
        card = Card(" ")
        card.set_title(_("Plan–fact"), _("a click on a number opens the rows behind it"))
        self._rows = Segmented(
            [("member", _("members")), ("metric", _("metrics"))], name=_("Rows of the table")
        )
        self._rows.changed.connect(self.choose_rows)
        self._by = Segmented(
            [("month", _("month")), ("week", _("week")), ("day", _("day"))], name=_("Period")
        )
        self._by.changed.connect(self.choose_period)
        choose = IconButton("list", _("Metrics of the board…"))
        choose.clicked.connect(self.metrics_wanted)
        card.add_right(self._rows)
        card.add_right(self._by)
        card.add_right(choose)
        self._table = BoardTable()
        self._table.cell_activated.connect(self.open_rows)
        self._table.metric_wanted.connect(self.choose_metric)
        self._table.columns_changed.connect(self._offer_columns)
        card.body.addWidget(self._table, 1)
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setProperty("role", "secondary")
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._method = QLabel()
        self._method.setWordWrap(True)
        self._method.setProperty("role", "secondary")
        self._no_plan = LinkLabel(_("This month has no plan yet. Set it"))
        self._no_plan.clicked.connect(self.plan_wanted)
        self._no_plan.hide()
        self._more = LinkLabel("")
        self._more.clicked.connect(self._toggle_columns)
        for widget in (self._more, self._sentence, self._method, self._no_plan):
            card.body.addWidget(widget)
        return card

    def _order_focus(self) -> None:
        """Let Tab go through the cards before what stands below them."""
        cards = list(self._cards.cards)
        rest = [
            widget
            for widget in self._stack.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget not in cards
        ]
        for before, after in pairwise([*cards, *rest]):
            QWidget.setTabOrder(before, after)

    # -- the past, learnt beside the window's work

    def _learn(self, snapshot: Snapshot) -> None:
        keys = self._source.unlearnt(snapshot)
        if not keys or keys == self._learning or snapshot.board.as_of < snapshot.board.month:
            return
        self._learning = keys
        learner, age = self._source.learner(keys), self._source.age

        def job(_progress: "Progress") -> "dict[SeerKey, Seer]":
            return learner()

        def done(learnt: "dict[SeerKey, Seer]") -> None:
            self._learning = ()
            self._source.keep(learnt, age)
            self.mark_stale()

        self._context.runner.start(job, done, title=_("Learning the past months"), quiet=True)

    def _read_past_again(self) -> None:
        self._source.forget_past()
        self.mark_stale()

    def _check_doubts(self) -> None:
        if not self._doubts_stale:
            return
        self._doubts_stale = False
        workspace, today = self._context.workspace, self._context.today()

        def job(_progress: "Progress") -> list[Suspicion]:
            return quality.suspicions(workspace, today)

        self._context.runner.start(
            job, self._compare.show_suspicions, title=_("Checking the data"), quiet=True
        )

    # -- where numbers lead

    def open_rows(self, where: object) -> None:
        """Open the rows behind a number."""
        if isinstance(where, Behind):
            self.dialog = open_behind(self._context.workspace, where, self)

    def _open_card(self, code: str) -> None:
        if self._snapshot is not None:
            board = self._snapshot.board
            self.open_rows(Behind(code, None, board.month, board.as_of))

    def _open_day(self, day: date) -> None:
        if self._snapshot is not None and day <= self._snapshot.board.as_of:
            self.open_rows(Behind(self._snapshot.chosen.code, None, day, day))

    def _open_suspicion(self, code: str) -> None:
        workspace, today = self._context.workspace, self._context.today()
        self.dialog = open_suspicion(workspace, code, today, self)


def _subject(snapshot: Snapshot) -> tuple[object, ...]:
    board = snapshot.board
    return board.month, board.as_of, board.plan, snapshot.chosen


def _carried(before: Snapshot | None, now: Snapshot) -> Snapshot:
    """Keep the last forecasts on screen until the new ones are made."""
    if before is None or before.chosen != now.chosen:
        return now
    if (before.board.month, before.board.codes) != (now.board.month, now.board.codes):
        return now
    return replace(now, outlook=before.outlook, people=before.people)
