"""The day's grid: members by metrics, typed like a spreadsheet, pasted from Excel."""

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe, ngettext, weekday_short
from ropdesk.services import facts
from ropdesk.ui.page import View
from ropdesk.ui.planning import day_cells
from ropdesk.ui.planning.behind import BehindDialog, open_behind
from ropdesk.ui.planning.board_cells import Behind
from ropdesk.ui.planning.reason_dialog import ReasonDialog
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Column, Edit
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.banner import Banner
from ropdesk.ui.widgets.buttons import FlatButton, IconButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.fields import DateField

if TYPE_CHECKING:
    from ropdesk.services.facts import DayGrid
    from ropdesk.ui.context import Context

NAME_WIDE = 280


class DayView(View):
    """Facts of one day. One act of the person (a value, a pasted block) is one operation.

    Signals:
        day_chosen: the person went to another day.
        import_wanted: the person asks for an import (nobody is in the team yet).
    """

    day_chosen = Signal(date)
    import_wanted = Signal()
    watches = frozenset({"daily_value", "plan", "plan_day", "member", "absence", "calendar_day",
                         "setting", "own_metric", "deal", "call", "import_batch"})  # fmt: skip

    def __init__(self, context: "Context", day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._day = day
        self._grid: DayGrid | None = None
        self._columns: tuple[Column, ...] = ()
        self.dialog: BehindDialog | ReasonDialog | None = None
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._stack.addWidget(self._build())
        self._empty: EmptyState | None = None
        for keys, slot in (("Ctrl+Left", self.back), ("Ctrl+Right", self.forward)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    @property
    def day(self) -> date:
        """The day shown."""
        return self._day

    @property
    def table(self) -> DataTable:
        """The grid itself."""
        return self._table

    def set_day(self, day: date) -> None:
        """Show a day."""
        self._day = day
        self._field.blockSignals(True)
        self._field.set_value(day)
        self._field.blockSignals(False)
        self.mark_stale()

    def back(self) -> None:
        """Go to the day before."""
        self._go(self._day - timedelta(days=1))

    def forward(self) -> None:
        """Go to the day after."""
        self._go(self._day + timedelta(days=1))

    def start_typing(self) -> None:
        """Put the cursor where facts are typed: the first empty cell, else the first."""
        self.refresh()
        model = self._table.list_model
        places = [
            (row.key, column.key)
            for row in model.rows
            for column, cell in zip(model.columns, row.cells, strict=True)
            if cell.editable and not cell.text
        ]
        first = [(row.key, model.columns[1].key) for row in model.rows if len(model.columns) > 1]
        if self._table.current_place() is None and (places or first):
            self._table.go_to_cell(*(places or first)[0])
        self._table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reload(self) -> None:
        """Read the day and show what differs."""
        grid = facts.grid(self._context.workspace, self._day)
        self._grid = grid
        if not grid.members:
            self._show_empty()
            return
        self._stack.setCurrentIndex(0)
        columns, rows = day_cells.columns(grid), day_cells.rows(grid)
        if columns != self._columns:
            self._columns = columns
            self._table.setMaximumWidth(_wide(columns))
            self._table.set_columns(columns, rows)
        else:
            self._table.set_rows(rows)
        words = weekday_short(grid.day)
        if grid.day == self._context.today():
            words = _("{weekday}, today", weekday=words)
        if grid.working:
            self._chip.set(words)
        else:
            self._chip.set(_("{weekday}, day off", weekday=words), State.WARNING)

    # -- typing

    def take(self, edits: list[Edit]) -> None:
        """Write what was typed; an override of imported numbers asks for its reason first.

        Raises:
            DomainError: a text that is no number; nothing is written.
        """
        if self._grid is None:
            return
        found = day_cells.typed(self._grid, edits)
        if not found.overriding:
            self._write(found, "")
            return
        words = ngettext(
            "{n} number comes from imported files. Say in a word why you change it.",
            "{n} numbers come from imported files. Say in a word why you change them.",
            len(found.overriding),
        )
        dialog = ReasonDialog(words, found.reason, partial(self._write_said, found), self)
        dialog.finished.connect(self._table.setFocus)
        self.dialog = dialog
        dialog.open()

    def _write_said(self, found: day_cells.Typed, reason: str) -> None:
        """Write after the reason was given; there is no cell to say an error at any more."""
        try:
            self._write(found, reason)
        except DomainError as error:
            self._banner.say(describe(error))

    def _write(self, found: day_cells.Typed, reason: str) -> None:
        entries = day_cells.with_reason(found, reason)
        facts.enter(self._context.workspace, self._day, entries)
        self._banner.say("")

    def _follow_editing(self, on: bool) -> None:
        if on:
            self.begin_edit()
        else:
            self.end_edit()

    # -- look

    def _build(self) -> Card:
        card = Card(" ")
        card.set_title(
            _("Facts of the day"), _("type, Enter, next; blocks are copied to and from Excel")
        )
        row = QHBoxLayout()
        row.setSpacing(6)
        back = IconButton("left", _("Previous day (Ctrl+Left)"))
        back.clicked.connect(self.back)
        self._field = DateField(self._day)
        self._field.setAccessibleName(_("Day"))
        self._field.setKeyboardTracking(False)
        self._field.dateChanged.connect(self._date_picked)
        forward = IconButton("right", _("Next day (Ctrl+Right)"))
        forward.clicked.connect(self.forward)
        today = FlatButton(_("Today"))
        today.clicked.connect(self._go_today)
        self._chip = Chip("")
        for widget in (back, self._field, forward, self._chip, today):
            row.addWidget(widget)
        row.addStretch(1)
        legend = QLabel(_("grey: plan of the day · corner: from files · *: changed by hand"))
        legend.setProperty("role", "secondary")
        row.addWidget(legend)
        card.body.addLayout(row)
        self._banner = Banner()
        self._banner.hide()
        card.body.addWidget(self._banner)
        self._table = DataTable()
        self._table.setAccessibleName(_("Facts of the day"))
        self._table.set_edit_handler(self.take)
        self._table.editing_changed.connect(self._follow_editing)
        self._table.cell_activated.connect(self._open_rows)
        card.body.addWidget(self._table, 1)
        return card

    def _show_empty(self) -> None:
        if self._empty is None:
            self._empty = EmptyState(
                _(
                    "Here the day's facts are typed, a row for each member. Nobody worked on this "
                    "day yet: import an export with its owners, or choose another day."
                ),
                (_("Import…"), self.import_wanted.emit),
                (_("Today"), self._go_today),
            )
            self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _go(self, day: date) -> None:
        self.set_day(day)
        self.day_chosen.emit(day)

    def _go_today(self) -> None:
        self._go(self._context.today())

    def _date_picked(self) -> None:
        if self._field.value != self._day:
            self._go(self._field.value)

    def _open_rows(self, where: object) -> None:
        if isinstance(where, Behind):
            self.dialog = open_behind(self._context.workspace, where, self)


def _wide(columns: tuple[Column, ...]) -> int:
    """Keep the numbers near their names on a wide screen."""
    return current_theme().px(NAME_WIDE + sum(column.width or 0 for column in columns) + 14)
