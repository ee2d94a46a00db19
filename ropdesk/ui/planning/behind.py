"""The rows behind a number: what it is made of, and the files and lines they came from."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ropdesk.domain.metrics import Kind, Metrics
from ropdesk.domain.months import month_end
from ropdesk.i18n import _, integer, long_date, month_name, ngettext, short_date
from ropdesk.services import metrics as catalogues
from ropdesk.services import quality, rows, team
from ropdesk.store.workspace import Workspace
from ropdesk.ui import values
from ropdesk.ui.planning import behind_cells as cells
from ropdesk.ui.planning.board_cells import Behind
from ropdesk.ui.tables.cells import Column, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.tabs import TabRow

SIZE = (1060, 560)


@dataclass(frozen=True, slots=True)
class Part:
    """One tab: deals, calls or daily values, with how many there are in all."""

    key: str
    title: str
    count: int
    columns: tuple[Column, ...]
    rows: list[Row]


class BehindDialog(QDialog):
    """Lists rows; Ctrl+C copies the selected block as Excel reads it."""

    def __init__(
        self, title: str, subtitle: str, parts: list[Part], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self._parts = parts
        self.tables: dict[str, DataTable] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        for text, role in ((title, "cardTitle"), (subtitle, "secondary")):
            label = QLabel(text)
            label.setProperty("role", role)
            label.setWordWrap(True)
            column.addWidget(label)
        self._tabs = TabRow(self)
        self._stack = QStackedWidget()
        for part in parts:
            self._add(part)
        self._tabs.chosen.connect(self.show_part)
        self._tabs.setVisible(len(parts) > 1)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
        column.addLayout(self._foot())
        if parts:
            self.show_part(parts[0].key)

    @property
    def parts(self) -> tuple[str, ...]:
        """Keys of the tabs shown."""
        return tuple(self.tables)

    def show_part(self, key: str) -> None:
        """Show deals, calls or values."""
        self._tabs.set_current(key)
        self._stack.setCurrentWidget(self.tables[key])
        part = next(part for part in self._parts if part.key == key)
        shown, count = len(part.rows), part.count
        words = ngettext("{n} row", "{n} rows", count)
        if shown < count:
            words = _("The first {shown} of {words}", shown=integer(shown), words=words)
        self._count.setText(words)
        self.tables[key].setFocus()

    def copy_all(self) -> None:
        """Put the whole list on the clipboard, its headings first."""
        for part in self._parts:
            table = self.tables[part.key]
            if table is self._stack.currentWidget():
                lines = ["\t".join(column.title for column in part.columns)]
                lines += [
                    "\t".join(cell.plain for cell in row.cells) for row in table.list_model.rows
                ]
                QGuiApplication.clipboard().setText("\n".join(lines))
                self._count.setText(_("Copied: {rows}", rows=self._count.text()))

    def _add(self, part: Part) -> None:
        table = DataTable()
        table.setAccessibleName(part.title)
        table.set_columns(part.columns, part.rows)
        self._tabs.add(part.key, f"{part.title} · {integer(part.count)}")
        self._stack.addWidget(table)
        self.tables[part.key] = table

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._count = QLabel()
        self._count.setProperty("role", "secondary")
        row.addWidget(self._count)
        row.addStretch(1)
        if not self._parts:
            self._count.setText(_("There are no rows behind this number."))
        else:
            copy = SecondaryButton(_("Copy all"))
            copy.clicked.connect(self.copy_all)
            row.addWidget(copy)
        close = SecondaryButton(_("Close"))
        close.clicked.connect(self.close)
        row.addWidget(close)
        return row


def open_behind(workspace: Workspace, where: Behind, parent: QWidget) -> BehindDialog:
    """Open the rows behind a number of the board."""
    known = catalogues.catalogue(workspace)
    found = rows.behind(workspace, where.metric, where.member, where.first, where.last)
    parts = []
    if found.deal_count:
        deals = cells.deal_rows(found.deals)
        parts.append(Part("deals", _("Deals"), found.deal_count, cells.deal_columns(), deals))
    if found.call_count:
        calls = cells.call_rows(found.calls)
        parts.append(Part("calls", _("Calls"), found.call_count, cells.call_columns(), calls))
    if found.values:
        typed = cells.value_rows(found.values, known)
        parts.append(Part("values", _("Daily values"), len(typed), cells.value_columns(), typed))
    title = _title(workspace, known, where)
    dialog = BehindDialog(title, _made_of(known, where.metric), parts, parent)
    dialog.show()
    return dialog


def open_deal(workspace: Workspace, deal_id: int, parent: QWidget) -> BehindDialog | None:
    """Open one deal, found by the palette; None when it is gone."""
    deals = rows.deals_by_id(workspace, [deal_id])
    if not deals:
        return None
    part = Part("deals", _("Deals"), 1, cells.deal_columns(), cells.deal_rows(deals))
    title = deals[0].title or deals[0].external_id
    dialog = BehindDialog(title, deals[0].member, [part], parent)
    dialog.show()
    return dialog


def open_suspicion(workspace: Workspace, code: str, today: date, parent: QWidget) -> BehindDialog:
    """Open the deals that a rule of data quality finds."""
    name, rule = quality.NAMES[code]
    ids = quality.rows(workspace, code, today)
    deals = rows.deals_by_id(workspace, ids)
    part = Part(
        "deals", _("Deals"), len(ids), cells.deal_columns(), cells.deal_rows(deals)
    )  # fmt: skip
    dialog = BehindDialog(_(name), _(rule), [part], parent)
    dialog.show()
    return dialog


def _title(workspace: Workspace, known: Metrics, where: Behind) -> str:
    who = _("Department")
    if where.member is not None:
        member = team.team(workspace).members.get(where.member)
        who = _(member.name) if member is not None else ""
    return f"{values.name(known[where.metric])} · {who} · {span_words(where.first, where.last)}"


def span_words(first: date, last: date) -> str:
    """Say a span: a day, a month, or from … to …."""
    if first == last:
        return long_date(first)
    if first.day == 1 and last == month_end(first):
        return month_name(first)
    return _("{first} to {last}", first=short_date(first), last=short_date(last))


def _made_of(known: Metrics, code: str) -> str:
    metric = known[code]
    if metric.kind is not Kind.RATIO:
        return ""
    top, bottom = known[metric.numerator or ""], known[metric.denominator or ""]
    return _("{top} ÷ {bottom}", top=values.name(top), bottom=values.name(bottom))
