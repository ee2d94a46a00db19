"""One import: its file, what came of it, what it refused and changed, and taking it back."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe, integer, moment, money, month_name, ngettext, short_date
from ropdesk.services import import_list, imports
from ropdesk.services.import_list import ClosedChange, ImportLine
from ropdesk.ui.context import Context
from ropdesk.ui.imports import texts
from ropdesk.ui.imports.forms import yielding
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fields import FieldError
from ropdesk.ui.widgets.labels import ElidedLabel
from ropdesk.ui.widgets.segmented import Segmented

REFUSED, CLOSED = "refused", "closed"


class Detail(Card):
    """The import chosen in the list."""

    rows_wanted = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.context = context
        self._line: ImportLine | None = None
        self._facts = QLabel()
        self._facts.setProperty("role", "secondary")
        self._facts.setWordWrap(True)
        self._counts = QLabel()
        self._counts.setWordWrap(True)
        self._error = FieldError()
        self._build_buttons()
        self.sides = Segmented([(REFUSED, ""), (CLOSED, "")], name=_("What to list"))
        self.sides.changed.connect(self._show_side)
        self.save_button = SecondaryButton(_("Save the list…"))
        self.save_button.clicked.connect(self._ask_where)
        bar = QHBoxLayout()
        bar.addWidget(self.sides)
        bar.addStretch(1)
        bar.addWidget(self.save_button)
        self.table = DataTable()
        self.table.setAccessibleName(_("Rows of the import worth a look"))
        yielding(self.table)
        self._quiet = ElidedLabel()
        self._quiet.setProperty("role", "secondary")
        for widget in (self._facts, self._counts):
            self.body.addWidget(widget)
        self.body.addLayout(self._buttons)
        self.body.addWidget(self._error)
        self.body.addLayout(bar)
        self.body.addWidget(self._quiet)
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)

    def _build_buttons(self) -> None:
        self.rows_button = SecondaryButton(_("Open its rows"))
        self.rows_button.clicked.connect(self._open_rows)
        self.undo_button = SecondaryButton(_("Take the import back"))
        self.undo_button.clicked.connect(self.take_back)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addWidget(self.rows_button)
        self._buttons.addWidget(self.undo_button)
        self._buttons.addStretch(1)

    def show_line(self, line: ImportLine) -> None:
        """Show an import."""
        fresh = self._line is None or self._line.id != line.id
        self._line = line
        self.set_title(line.file, _("taken back") if line.undone else "")
        source = line.preset or _(texts.KINDS[line.kind])
        facts = [source, moment(line.at.astimezone()), line.who, texts.file_size(line.size)]
        facts += [line.encoding, _("hash {hash}", hash=line.sha256[:12])]
        self._facts.setText(" · ".join(each for each in facts if each))
        self._facts.setToolTip(line.sha256)
        self._counts.setText(_counts(line))
        self.rows_button.setVisible(line.kind == "deals" and not line.undone)
        self.undo_button.setVisible(not line.undone)
        if fresh:
            self._error.say("")
        ws = self.context.workspace
        self._closed = [] if line.undone else import_list.closed_month_changes(ws, line.id)
        self.sides.set_text(REFUSED, _("Refused: {n}", n=integer(line.rejected)))
        self.sides.set_text(CLOSED, _("Closed months: {n}", n=integer(len(self._closed))))
        if fresh:
            self.sides.set_current(CLOSED if self._closed and not line.rejected else REFUSED)
        self._show_side(self.sides.current)

    def _show_side(self, side: str) -> None:
        if self._line is None:
            return
        if side == REFUSED:
            rows = [
                Row(n, (Cell(str(each.line), sort_key=each.line), Cell(describe(each.reason))),
                    tooltip=describe(each.reason))
                for n, each in enumerate(
                    import_list.rejections(self.context.workspace, self._line.id)
                )
            ]  # fmt: skip
            columns = [
                Column("line", _("Line")), Column("why", _("Why"), Align.LEFT, stretch=True),
            ]  # fmt: skip
            self._quiet.setText(_("No row was refused."))
        else:
            rows = [_closed_row(n, each) for n, each in enumerate(self._closed)]
            columns = [
                Column("deal", _("Deal"), Align.LEFT, stretch=True),
                Column("month", _("Month"), Align.LEFT),
                Column("field", _("What"), Align.LEFT),
                Column("before", _("Before")),
                Column("after", _("After")),
            ]
            self._quiet.setText(_("Figures of months that were over are as they were."))
        self.table.set_columns(columns, rows)
        self.table.setVisible(bool(rows))
        self._quiet.setVisible(not rows)
        self.save_button.setVisible(bool(rows) and side == REFUSED)

    def take_back(self) -> None:
        """Take the import back; what it changed is as before."""
        if self._line is None:
            return
        try:
            imports.take_back(self.context.workspace, self._line.id)
        except DomainError as error:
            self._error.say(describe(error))
        else:
            self._error.say("")
            self.context.toast(_("Taken back: {file}", file=self._line.file), undo=True)

    def _open_rows(self) -> None:
        if self._line is not None:
            self.rows_wanted.emit(self._line.id)

    def _ask_where(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Save the refused rows"), _("Refused rows") + ".xlsx",
            _("Excel (*.xlsx);;CSV (*.csv)"),
        )  # fmt: skip
        if name and self._line is not None:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the refused rows of the import to a file."""
        if self._line is None:
            return
        refused = import_list.rejections(self.context.workspace, self._line.id)
        try:
            import_list.export_rejected(path, refused)
        except DomainError as error:
            self._error.say(describe(error))


def _counts(line: ImportLine) -> str:
    read = ngettext("{n} row read", "{n} rows read", line.read)
    parts = [
        _("new {n}", n=integer(line.created)), _("changed {n}", n=integer(line.updated)),
        _("unchanged {n}", n=integer(line.unchanged)),
        _("repeated {n}", n=integer(line.duplicates)),
        _("refused {n}", n=integer(line.rejected)),
    ]  # fmt: skip
    return f"{read}: " + ", ".join(parts)


_FIELDS = {
    "amount": texts.FIELDS["deals"]["amount"],
    "closed": texts.FIELDS["deals"]["closed"],
    "created": texts.FIELDS["deals"]["created"],
    "owner": texts.FIELDS["deals"]["owner"],
    "status": texts.FIELDS["deals"]["stage"],
}


def _closed_row(number: int, change: ClosedChange) -> Row:
    return Row(
        number,
        (
            Cell(change.title or change.external_id, tooltip=change.external_id),
            Cell(month_name(change.month), sort_key=change.month.isoformat()),
            Cell(_(_FIELDS[change.field])),
            Cell(_said(change.before)),
            Cell(_said(change.after)),
        ),
    )


def _said(value: int | date | str | None) -> str:
    if value is None:
        return "\u2014"
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, int):
        return money(value)
    return _(texts.STATUSES[value]) if value in texts.STATUSES else value
