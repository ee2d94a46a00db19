"""Promises: who, what, by when; how each stands, and how many are kept."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.promises import Verdict
from ropdesk.i18n import _, describe
from ropdesk.services import promises
from ropdesk.services.promises import PromiseLine
from ropdesk.ui.meeting.promise_field import PromiseField
from ropdesk.ui.meetings import promises_card as commands
from ropdesk.ui.meetings import promises_cells as cells
from ropdesk.ui.meetings.promises_actions import NewPromiseAction
from ropdesk.ui.meetings.promises_behind import open_rows
from ropdesk.ui.meetings.promises_card import PromiseCard
from ropdesk.ui.meetings.promises_changes import PromiseChanges
from ropdesk.ui.meetings.promises_chart import ShareChartCard
from ropdesk.ui.meetings.promises_filters import (
    ALL,
    ANYBODY,
    BROKEN,
    OPEN,
    OVERDUE,
    PromiseFilters,
)
from ropdesk.ui.meetings.promises_read import Shown, read
from ropdesk.ui.meetings.promises_shares import HEAD, TOTAL, SharesCard
from ropdesk.ui.page import View
from ropdesk.ui.planning.promotions.asking import scrolling
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import PrimaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.fitting_table import FittingTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ropdesk.services.promise_line import PromiseInput
    from ropdesk.ui.context import Context
    from ropdesk.ui.planning.behind import BehindDialog
    from ropdesk.ui.runner import Progress

NAMES = frozenset({"member", "member_alias", "own_metric", "setting"})
TABLE_HEIGHT, SHARES_HEIGHT = 180, 150  # pixels at 100 % text scale


class PromisesView(View):
    """The list at the left, the chosen promise beside it, the kept shares below.

    `go_to` takes ``promise`` (an id), ``member`` (an id, or None for the sales head) and ``show``
    (open, overdue, broken or all).
    """

    watches = frozenset({
        "promise", "promise_move", "deal", "call", "daily_value", "member", "own_metric",
        "import_batch",
    })  # fmt: skip

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        NewPromiseAction.of(context.registry).page = self
        self.shown: Shown | None = None
        self.changes = PromiseChanges(context, self)
        self.behind: BehindDialog | None = None
        self._record: int | None = None
        self._reads_lines = False  # whether the line knows the names as they are now
        self._asked = 0
        self._empty: EmptyState | None = None
        self.primary = PrimaryButton(_("New promise…"))
        self.primary.setToolTip(_("New promise (Ctrl+N)"))
        self.primary.clicked.connect(self.begin)
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._stack.addWidget(self._build())
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.begin)

    # -- what the page asks of a side

    def header_parts(self) -> Sequence[QWidget]:
        """Return the button."""
        return (self.primary,)

    def go_to(self, **where: object) -> None:
        """Show a promise, or somebody's."""
        record, show = where.get("promise"), where.get("show")
        if isinstance(record, int):
            self._record = record
            self.filters.set_person(ANYBODY)
            self.filters.state.set_current(ALL)
        if "member" in where:
            member = where["member"]
            self.filters.set_person(member if isinstance(member, int) else None)
            self.filters.state.set_current(ALL)
        if isinstance(show, str):
            self.filters.state.set_current(show)
        self.mark_stale()

    def reload(self) -> None:
        """Read in the worker; an answer overtaken by a later question is dropped."""
        from shiboken6 import isValid

        self._asked += 1
        number = self._asked
        back = self.filters.months
        ws, today = self.context.workspace, self.context.today()

        def work(_progress: "Progress") -> Shown:
            return read(ws, today, back)

        def done(answer: Shown) -> None:
            if isValid(self) and number == self._asked:
                self.show_all(answer)

        self.context.runner.start(work, done, title=_("Judging promises"), quiet=True)

    def show_all(self, shown: Shown) -> None:
        """Show promises and shares."""
        self.shown = shown
        self._learn_names()
        if not shown.lines:
            self._show_empty()
            return
        self._stack.setCurrentIndex(0)
        self.filters.offer(shown)
        self.shares.show_shares(shown.months, shown.shares, shown.names)
        self._show_list()

    # -- what can be done

    def begin(self) -> None:
        """Ask for a new promise, of the person whose promises are shown."""
        here = self.shown.here if self.shown is not None else ()
        person = self.filters.person
        member = person if person != ANYBODY else next(iter(here), None)
        self.changes.write(member if isinstance(member, int) else None, self._written)

    def run(self, command: str) -> None:
        """Run a command of the card on the promise chosen."""
        line = self.chosen
        if line is not None:
            self.changes.run(command, line)

    @property
    def chosen(self) -> PromiseLine | None:
        """The promise shown beside the list."""
        lines = self.shown.lines if self.shown is not None else ()
        return next((line for line in lines if line.id == self._record), None)

    def open_rows(self) -> None:
        """Open the rows behind the fact of the chosen promise."""
        line = self.chosen
        if line is not None and line.fact is not None:
            self.behind = open_rows(self.context.workspace, line, self.context.today(), self)

    # -- inside

    def _build(self) -> QWidget:
        self.filters = PromiseFilters()
        self.filters.changed.connect(self._show_list)
        self.filters.further.connect(self.mark_stale)
        self.quick = PromiseField()
        self.quick.accepted.connect(self._said)
        self.table = FittingTable(cells.columns(), cells.SPARE)
        self.table.setAccessibleName(_("Promises"))
        self.table.setMinimumHeight(current_theme().px(TABLE_HEIGHT))
        self.table.current_row_changed.connect(self._row_chosen)
        self.table.row_activated.connect(self._row_opened)
        self.table.cell_activated.connect(self._fact_opened)
        self.nothing = QLabel()
        self.nothing.setProperty("role", "secondary")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.shares = SharesCard()
        self.shares.table.setMinimumHeight(current_theme().px(SHARES_HEIGHT))
        self.shares.chosen.connect(self._share_opened)
        listed = Card()
        listed.body.addWidget(self.quick)
        listed.body.addWidget(self.filters)
        listed.body.addWidget(self.nothing)
        listed.body.addWidget(self.table, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(listed, 3)
        column.addWidget(self.shares, 2)
        both = Columns(narrow=820)
        both.add(left, 5)
        both.add(self._build_beside(), 2)
        return both

    def _build_beside(self) -> QWidget:
        self.card = PromiseCard()
        self.card.asked.connect(self.run)
        self.card.behind.connect(self.open_rows)
        self.card.meeting.connect(self._meeting_wanted)
        self.card.result.connect(self._result_told)
        for command, keys in commands.KEYS.items():
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.setObjectName(command)
            shortcut.activated.connect(self._key_pressed)
        self.chart = ShareChartCard()
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.card, 1)
        column.addWidget(self.chart)
        return scrolling(beside)

    def _show_empty(self) -> None:
        if self._empty is None:
            self._empty = EmptyState(
                _("Who promised what and by when, judged by the program as soon as the facts are "
                  "in. Promises come from meetings; the first can be written down here."),
                (_("New promise…"), self.begin),
            )  # fmt: skip
            self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _of_person(self) -> list[PromiseLine]:
        every = self.shown.lines if self.shown is not None else ()
        return [line for line in every if self.filters.person in {ANYBODY, line.member_id}]

    def _of_state(self, state: str) -> list[PromiseLine]:
        today, mine = self.context.today(), self._of_person()
        if state == OPEN:
            return [line for line in mine if line.unsettled]
        if state == OVERDUE:
            return [line for line in mine if line.overdue(today)]
        # What is over is read from its end.
        mine.reverse()
        return mine if state == ALL else [x for x in mine if x.verdict is Verdict.BROKEN]

    def _show_list(self) -> None:
        if self.shown is None:
            return
        states = {state: self._of_state(state) for state in (OPEN, OVERDUE, BROKEN, ALL)}
        self.filters.show_counts({state: len(lines) for state, lines in states.items()})
        wanted, lines = self._record, states[self.filters.state.current]
        self.table.set_rows([self.shown.rows[line.id] for line in lines])
        self._record = wanted  # the table tells of the row it has come to by itself
        ids = [line.id for line in lines]
        if self._record not in ids:
            self._record = ids[0] if ids else None
        if self._record is not None:
            self.table.go_to_cell(self._record, "text")
        person = self.filters.person
        self.chart.show_person(TOTAL if person == ANYBODY else person, self.shown)
        self.table.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        self.nothing.setText(_("Nothing here: no promise of this kind."))
        self._show_record()

    def _show_record(self) -> None:
        line = self.chosen
        self.card.setVisible(line is not None)
        if line is None or self.shown is None:
            return
        moves = []
        if line.moves:
            with self.context.workspace.read() as connection:
                moves = promises.moves(connection, line.id)
        self.card.show_line(self.shown.known, line, moves, self.context.today())

    # -- what was chosen

    def _share_opened(self, key: object) -> None:
        self.filters.set_person(None if key == HEAD else key if isinstance(key, int) else ANYBODY)
        self.filters.state.set_current(ALL)
        self._show_list()

    def _row_chosen(self, key: object) -> None:
        if isinstance(key, int) and key != self._record:
            self._record = key
            self._show_record()

    def _row_opened(self, _key: object) -> None:
        self.run(commands.CHANGE)

    def _fact_opened(self, key: object) -> None:
        self._row_chosen(key)
        self.open_rows()

    def _key_pressed(self) -> None:
        self.run(self.sender().objectName())

    def _meeting_wanted(self) -> None:
        line = self.chosen
        if line is not None and line.meeting_id is not None:
            self.context.navigate("meeting", meeting=line.meeting_id)

    def _result_told(self, text: str) -> None:
        line = self.chosen
        if line is not None and line.id == self.card.shown:
            self.changes.tell_result(line, text)

    def _written(self, promise_id: int) -> None:
        self._record = promise_id
        if self.filters.state.current in {OVERDUE, BROKEN}:
            self.filters.state.set_current(OPEN)

    # -- a promise in one line

    def on_changed(self, changed: "Iterable[str]") -> None:
        """Hear of other names, too: the line must know them."""
        if not NAMES.isdisjoint(changed):
            self._reads_lines = False
            self.mark_stale()
        super().on_changed(changed)

    def _learn_names(self) -> None:
        if not self._reads_lines:
            from ropdesk.services.promise_line import promise_reader

            self.quick.set_reader(promise_reader(self.context.workspace, self.context.today()))
            self._reads_lines = True

    def _said(self, said: "PromiseInput") -> None:
        new = promises.new_promise(self.context.today(), said)
        try:
            self._written(promises.add(self.context.workspace, new))
        except DomainError as error:
            self.quick.give_back(describe(error))
            return
        self.context.toast(_("Written down: {text}", text=new.text[:60]), undo=True)
