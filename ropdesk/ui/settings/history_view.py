"""The history of the workspace: every operation, and what it changed, before and after."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe, integer, label, moment, ngettext
from ropdesk.services import history
from ropdesk.services.history import Entry, RowChange
from ropdesk.ui.page import View
from ropdesk.ui.settings import change_words
from ropdesk.ui.settings.change_words import Named
from ropdesk.ui.settings.record_dialog import RecordDialog, named
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.widgets.buttons import LinkLabel, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

PAGE = 500


class HistoryView(View):
    """Operations at the left, the rows of the chosen one at the right."""

    failed = Signal(str)
    watches = frozenset(change_words.TABLES)

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._limit = PAGE
        self._entries: dict[int, Entry] = {}
        self._changes: dict[int, RowChange] = {}
        self._operation: int | None = None
        self._change: int | None = None
        self.dialog: RecordDialog | None = None
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        self._empty = EmptyState(
            _("Everything you do is written down here: what, when, and what was there before.")
        )
        outer.addWidget(self._build_list(), 11)
        outer.addWidget(self._build_details(), 9)
        outer.addWidget(self._empty, 20)
        self._empty.hide()

    def reload(self) -> None:
        """Ask for the newest operations."""
        found = history.entries(self._context.workspace, self._limit)
        self._entries = {entry.id: entry for entry in found}
        self._list.setVisible(bool(found))
        self._details.setVisible(bool(found))
        self._empty.setVisible(not found)
        self.more.setVisible(len(found) == self._limit)
        self._show_list()

    # -- inside

    def _build_list(self) -> Card:
        self._list = Card(_("Operations"), _("newest first"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find in the history"))
        self.search.setAccessibleName(_("Find in the history"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show_list)
        self._list.body.addWidget(self.search)
        self.table = DataTable(
            [
                Column("at", _("When"), Align.LEFT),
                Column("what", _("What was done"), Align.LEFT, stretch=True),
                Column("rows", _("Rows")),
            ]
        )
        self.table.setAccessibleName(_("Operations"))
        self.table.current_row_changed.connect(self._choose)
        self._list.body.addWidget(self.table, 1)
        self.more = LinkLabel(_("Show older ones"))
        self.more.clicked.connect(self._show_more)
        self._list.body.addWidget(self.more)
        return self._list

    def _build_details(self) -> Card:
        self._details = Card(" ")
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.setProperty("role", "secondary")
        self._details.body.addWidget(self._said)
        self.rows = DataTable(
            [
                Column("record", _("Record"), Align.LEFT, 170),
                Column("how", _("Before and after"), Align.LEFT, stretch=True),
            ]
        )
        self.rows.setAccessibleName(_("What was changed"))
        self.rows.current_row_changed.connect(self._choose_row)
        self._details.body.addWidget(self.rows, 1)
        self._exact = QLabel()
        self._exact.setWordWrap(True)
        self._details.body.addWidget(self._exact)
        self.restoring = SecondaryButton(_("Restore what was before"))
        self.restoring.clicked.connect(self._restore)
        self.record = SecondaryButton(_("History of the record…"))
        self.record.clicked.connect(self._open_record)
        buttons = QHBoxLayout()
        buttons.addWidget(self.restoring)
        buttons.addWidget(self.record)
        buttons.addStretch(1)
        self._details.body.addLayout(buttons)
        return self._details

    def _show_list(self, *_told: object) -> None:
        wanted = self.search.text().strip().casefold()
        found = [entry for entry in self._entries.values() if wanted in said(entry).casefold()]
        self.table.set_rows([_row(entry) for entry in found])
        ids = [entry.id for entry in found]
        if self._operation not in ids:
            self._operation = ids[0] if ids else None
            if self._operation is not None:
                self.table.go_to_cell(self._operation, "what")
        self._show_details()

    def _show_more(self) -> None:
        self._limit += PAGE
        self.refresh()

    def _choose(self, key: object) -> None:
        if isinstance(key, int) and key != self._operation:
            self._operation = key
            self._show_details()

    def _show_details(self) -> None:
        entry = self._entries.get(self._operation or 0)
        if entry is None:
            self._details.set_title(_("Nothing is chosen"))
            self.rows.set_rows([])
            self._choose_row(None)
            return
        ws = self._context.workspace
        found = history.changes(ws, entry.id)
        known = named(ws)
        self._changes = {change.change_id: change for change in found}
        self._details.set_title(said(entry))
        self._said.setText(self._about(entry, len(found)))
        self.rows.set_rows([_change_row(change, known) for change in found])
        first = found[0].change_id if found else None
        if first is not None:
            self.rows.go_to_cell(first, "how")
        self._choose_row(first)

    def _about(self, entry: Entry, shown: int) -> str:
        words = [moment(entry.at.astimezone())]
        if entry.state == "undone":
            words.append(_("undone"))
        if not shown:
            words.append(_("rows of a file: the list of imports shows them"))
        elif shown < entry.rows:
            words.append(_("the first {n} rows", n=integer(shown)))
        return " \u00b7 ".join(words)

    def _choose_row(self, key: object) -> None:
        self._change = key if isinstance(key, int) else None
        change = self._changes.get(self._change or 0)
        self.record.setEnabled(change is not None)
        self.restoring.setEnabled(change is not None and change.before is not None)
        if change is None:
            self._exact.setText("")
            return
        known = named(self._context.workspace)
        changed = change_words.lines(change.table, change.before, change.after, known)
        self._exact.setText("\n".join(change_words.sentence(line) for line in changed[:12]))

    def _restore(self) -> None:
        if self._change is None:
            return
        try:
            history.restore(self._context.workspace, self._change)
        except DomainError as error:
            self.failed.emit(describe(error))
        else:
            self.failed.emit("")
            self._context.toast(_("The earlier version is back."), undo=True)

    def _open_record(self) -> None:
        change = self._changes.get(self._change or 0)
        if change is None:
            return
        known = named(self._context.workspace)
        title = _record(change, known)
        self.dialog = RecordDialog(
            self._context.workspace, change.table, change.row_id, title, self
        )
        self.dialog.open()


def said(entry: Entry) -> str:
    """Say what an operation did."""
    return label(entry.label, entry.fields)


def _row(entry: Entry) -> Row:
    undone = entry.state == "undone"
    what = said(entry)
    tail = "  " + _("undone") if undone else ""
    rows = integer(entry.rows) if entry.rows else ""
    told = ngettext("{n} row", "{n} rows", entry.rows)
    return Row(
        entry.id,
        (
            Cell(moment(entry.at.astimezone()), muted=True, sort_key=entry.id),
            Cell(what, secondary=tail, muted=undone, tooltip=what),
            Cell(rows, muted=True, sort_key=entry.rows, tooltip=told),
        ),
    )


def _record(change: RowChange, known: Named) -> str:
    row = change.after or change.before or {}
    name = change_words.record_name(change.table, row, known)
    kind = change_words.table_name(change.table)
    return f"{kind}: {name}" if name else kind


def _change_row(change: RowChange, known: Named) -> Row:
    changed = change_words.lines(change.table, change.before, change.after, known)
    told = [change_words.sentence(line) for line in changed]
    how = "; ".join(told)
    if change.before is None:
        how = _("new record: {values}", values=how)
    elif change.after is None:
        how = _("removed: {values}", values=how)
    record = _record(change, known)
    return Row(
        change.change_id,
        (Cell(record, tooltip=record), Cell(how, tooltip="\n".join(told))),
    )
