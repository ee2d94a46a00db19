"""Every past forecast against what came."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import Kind
from ropdesk.i18n import _, describe
from ropdesk.services import forecast_record, metrics, team
from ropdesk.services.forecast import DEPARTMENT
from ropdesk.ui import values
from ropdesk.ui.charts.months import LinesChart
from ropdesk.ui.planning.forecasts import words
from ropdesk.ui.planning.side import Side
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card, MetricCard
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.fitting_table import FittingTable

if TYPE_CHECKING:
    from ropdesk.services.forecast_record import Record
    from ropdesk.ui.context import Context
    from ropdesk.ui.runner import Progress, Task

FIRST = "receipts"
TABLE_HEIGHT, CHART_HEIGHT, BOX_WIDTH = 300, 230, 260  # pixels at 100 % text scale


class ForecastsView(Side):
    """The track record of one flow, of the department or a member; the month does not matter."""

    watches = frozenset({"daily_value", "calendar_day", "absence", "member", "own_metric"})

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        self._record: Record | None = None
        self._task: Task[Record] | None = None
        self._again = False
        self.metrics, self.people = QComboBox(), QComboBox()
        self.metrics.setAccessibleName(_("Metric"))
        self.people.setAccessibleName(_("Whose forecasts"))
        for box in (self.metrics, self.people):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(current_theme().px(BOX_WIDTH))
            box.activated.connect(self.mark_stale)
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(12)
        self.cards: dict[int, MetricCard] = {}
        self._stage = forecast_record.STAGES[1]
        self.table = FittingTable(spare=("plain",))
        self.chart = LinesChart(_("There is nothing to draw."))
        self._stack = QStackedWidget()
        self._empty: EmptyState | None = None
        self._build()

    @property
    def record(self) -> "Record | None":
        """What is shown; None while nothing is."""
        return self._record

    def set_month(self, month: date) -> None:
        """Remember the month: the record is of all of them."""
        self.month = month

    def reload(self) -> None:
        """Replay the past in the worker."""
        self._fill_choices()
        if self._task is not None:
            self._again = True
            return
        code, member = self.metrics.currentData(), self.people.currentData()
        if code is None:
            self._say(_("There is no metric to forecast. Import an export of your CRM."))
            return
        job = partial(
            _replay, self.context.workspace, code, self.context.today(), member or DEPARTMENT
        )
        self._task = self.context.runner.start(
            job, self._made, self._failed, _("Replaying past months"), quiet=True
        )

    def go_to(self, **where: object) -> None:
        """Show the record of a metric and a member."""
        self._fill_choices()
        for box, key in ((self.metrics, "metric"), (self.people, "member")):
            place = box.findData(where.get(key)) if key in where else -1
            if place >= 0:
                box.setCurrentIndex(place)
                self.mark_stale()

    def choose_stage(self, working_day: int) -> None:
        """Draw the forecasts of another working day."""
        self._stage = working_day
        if self._record is not None:
            self._show_chart(self._record)

    # -- inside

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.metrics)
        top.addWidget(self.people)
        top.addWidget(self._sentence, 1)
        self._chart_card = Card(_("Forecast and what came"))
        self._chart_card.body.addWidget(self.chart, 1)
        self.chart.setMinimumHeight(current_theme().px(CHART_HEIGHT))
        self._table_card = Card(_("Every past forecast"), _("made from what was known that day"))
        self._table_card.body.addWidget(self.table, 1)
        self.table.setAccessibleName(_("Every past forecast"))
        self.table.setMinimumHeight(current_theme().px(TABLE_HEIGHT))
        both = Columns(narrow=980)
        both.add(self._table_card, 10)
        both.add(self._chart_card, 5)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addLayout(self._cards)
        inside.addWidget(both, 1)
        self._content = content
        self._stack.addWidget(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._stack, 1)

    def _fill_choices(self) -> None:
        known = metrics.catalogue(self.context.workspace)
        flows = [(values.name(m), m.code) for m in known.values() if m.kind is Kind.FLOW]
        _refill(self.metrics, flows, self.metrics.currentData() or FIRST)
        people = team.team(self.context.workspace)
        names = sorted(
            ((m.name, m.id) for m in people.members.values() if m.id != people.nobody),
            key=lambda pair: pair[0].casefold(),
        )
        whole = (_("Department"), DEPARTMENT)
        _refill(self.people, [whole, *names], self.people.currentData() or DEPARTMENT)

    def _made(self, record: "Record") -> None:
        if not self._alive():
            return
        self._record = record
        if not record.trials:
            self._say(
                _(
                    "There is no track record yet: it takes four finished months with facts. "
                    "Import earlier exports to have it at once."
                )
            )
            return
        self._sentence.setText(words.sentence(record))
        self._show_cards(record)
        self.table.set_columns(words.columns(record), words.rows(record))
        self._show_chart(record)
        self._stack.setCurrentWidget(self._content)

    def _show_cards(self, record: "Record") -> None:
        wanted = {stage.working_day: words.card(stage) for stage in record.stages}
        for day, card in list(self.cards.items()):
            if day not in wanted:
                del self.cards[day]
                card.hide()
                card.deleteLater()
        before: QWidget = self.people
        for day, view in wanted.items():
            if day in self.cards:
                self.cards[day].show_value(view)
                before = self.cards[day]
                continue
            made = self.cards[day] = MetricCard(view)
            made.setObjectName(str(day))
            made.clicked.connect(self._card_clicked)
            self._cards.addWidget(made)
            QWidget.setTabOrder(before, made)
            before = made
        if self._stage not in wanted:
            self._stage = next(iter(wanted))

    def _show_chart(self, record: "Record") -> None:
        self._chart_card.set_title(
            _("Forecast and what came"), _("made on working day {day}", day=self._stage)
        )
        self.chart.update_data(words.chart(record, self._stage))

    def _card_clicked(self) -> None:
        self.choose_stage(int(self.sender().objectName()))

    def _say(self, text: str) -> None:
        self._sentence.setText("")
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = EmptyState(text, (_("Import…"), self.import_file))
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def import_file(self) -> None:
        """Go to the imports: more of the past is what is missing."""
        self.context.registry.run("app.import")

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, DomainError):
            raise error
        if self._alive():
            self._say(describe(error))

    def _alive(self) -> bool:
        """Say whether the answer still has a place; ask again if the question has changed."""
        from shiboken6 import isValid

        self._task = None
        if not isValid(self):
            return False
        if self._again:
            self._again = False
            self.mark_stale()
            return False
        return True


def _replay(ws: Any, code: str, today: date, member: int, _progress: "Progress") -> "Record":
    return forecast_record.record(ws, code, today, member)


def _refill(box: QComboBox, options: Sequence[tuple[str, object]], current: object) -> None:
    if [(box.itemText(n), box.itemData(n)) for n in range(box.count())] == list(options):
        return
    box.clear()
    for text, data in options:
        box.addItem(text, data)
    box.setCurrentIndex(max(0, box.findData(current)))
