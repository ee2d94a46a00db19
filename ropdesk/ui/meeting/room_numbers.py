"""The card of a meeting's numbers: today's plan is typed where it stands."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Kind
from ropdesk.i18n import _, day_month
from ropdesk.services import meeting_run, metrics, settings
from ropdesk.services.meeting_numbers import METRIC, Numbers, numbers
from ropdesk.ui import values
from ropdesk.ui.meeting import room_number_cells as cells
from ropdesk.ui.meeting.room_table import TallTable
from ropdesk.ui.tables.cells import Column, Edit
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fields import choice, choose

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ropdesk.services.meetings import MeetingLine
    from ropdesk.ui.context import Context

FAR_MORE = 100  # times the largest number of the table: the unit was mistaken


class NumbersCard(Card):
    """Fact, plan, completion, the plan to come and promises by member.

    Signals:
        editing: whether a number is being typed.
    """

    editing = Signal(bool)

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._context = context
        self._line: MeetingLine | None = None
        self._columns: tuple[Column, ...] = ()
        self._known: tuple[str, ...] = ()
        self.numbers: Numbers | None = None
        self.chosen = choice({METRIC: ""}, _("Metric of the numbers"))
        self.chosen.setMinimumContentsLength(8)  # the title has the name whole
        self.chosen.activated.connect(self._switched)
        self.add_right(self.chosen)
        self.table = TallTable(spare=("promises", "plan", "completion"))
        self.table.setAccessibleName(_("Numbers by member"))
        self.table.set_edit_handler(self.take)
        self.table.editing_changed.connect(self.editing)
        self.body.addWidget(self.table, 1)
        self.nobody = QLabel(_("Nobody is in the department on these days: add the team first."))
        self.nobody.setProperty("role", "secondary")
        self.nobody.setWordWrap(True)
        self.nobody.hide()
        self.body.addWidget(self.nobody)
        self.setSizePolicy(self.table.sizePolicy())

    def load(self, connection: "Connection", line: "MeetingLine", *, editable: bool) -> None:
        """Read and show the numbers of a meeting."""
        self._line = line
        today = self._context.today()
        self._offer(connection)
        code = self.chosen.currentData() or METRIC
        found = numbers(connection, line, today, code)
        self.numbers = found
        may = editable and cells.can_be_agreed(found)
        columns, rows = cells.columns(found, today), cells.rows(found, editable=may)
        if columns != self._columns:
            self._columns = columns
            self.table.set_columns(columns, rows)
        else:
            self.table.set_rows(rows)
        self.set_title(cells.title(found), self._facts_in(found, today))
        self._fit()

    def take(self, edits: list[Edit]) -> None:
        """Agree the plans that were typed; a cleared one is the board's again.

        Raises:
            DomainError: a text that is no number, or a number in another unit than the table's.
        """
        found, line = self.numbers, self._line
        if found is None or line is None or line.id is None:
            return
        read = cells.typed(found, edits)
        self._refuse_other_unit(found, [value for _member, value in read])
        day, code = found.spans.plan_first, found.metric.code
        for member_id, value in read:
            meeting_run.set_goal(self._context.workspace, line.id, member_id, day, code, value)

    def start_typing(self) -> None:
        """Go to the first plan to be agreed."""
        if self.table.current_place() is None and self.numbers is not None:
            first = next((each.member_id for each in self.numbers.members), None)
            if first is not None:
                self.table.go_to_cell(first, cells.GOAL)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- inside

    def _offer(self, connection: "Connection") -> None:
        """Offer the metrics of the board that add up."""
        known = metrics.load(connection)
        shown = (known[code] for code in settings.load(connection).board if code in known)
        adding = (metric.code for metric in shown if metric.kind is not Kind.RATIO)
        codes = tuple(dict.fromkeys((METRIC, *adding)))
        if codes == self._known:
            return
        now = self.chosen.currentData() or METRIC
        self._known = codes
        self.chosen.clear()
        for code in codes:
            self.chosen.addItem(values.name(known[code]), code)
        choose(self.chosen, now)
        self.chosen.setVisible(len(codes) > 1)

    def _facts_in(self, found: Numbers, today: date) -> str:
        last = found.spans.fact_last
        if found.known_until is None or found.known_until >= min(last, today):
            return ""
        return _("facts are in up to {day}", day=day_month(found.known_until))

    def _fit(self) -> None:
        empty = len(self.table.list_model.shown) <= 1
        self.nobody.setVisible(empty)
        self.table.setVisible(not empty)
        self.table.updateGeometry()

    def _refuse_other_unit(self, found: Numbers, typed: list[int | None]) -> None:
        every = [*found.members, found.department]
        known = [v for n in every for v in (n.fact, n.plan, n.goal, n.board_goal) if v]
        largest = max(known, default=0)
        how = cells.style_of(found)
        for value in typed:
            if value is not None and largest and value > FAR_MORE * largest:
                raise DomainError(
                    N_("{value} is far more than everything here. The table is in {unit}."),
                    value=values.alone(value, how), unit=how.unit or values.name(found.metric),
                )  # fmt: skip

    def _switched(self, _index: int) -> None:
        if self._line is not None:
            editable = self._line.state == "running"
            with self._context.workspace.read() as connection:
                self.load(connection, self._line, editable=editable)
