"""The documents that were saved or printed, each as it was."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QLabel, QWidget

from ropdesk.i18n import _, moment, short_date
from ropdesk.services import documents
from ropdesk.services.documents import Issued
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.widgets.cards import Card

if TYPE_CHECKING:
    from ropdesk.ui.context import Context


class IssuedCard(Card):
    """The list, newest first; a click or Enter opens a document."""

    opened = Signal(object)  # Issued

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(_("Issued documents"), "", parent)
        self._context = context
        self._known: dict[int, Issued] = {}
        self.table = DataTable(
            [
                Column("title", _("Document"), Align.LEFT, stretch=True),
                Column("at", _("Issued at"), Align.RIGHT),
            ]
        )
        self.table.setAccessibleName(_("Issued documents"))
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.hide()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.cell_activated.connect(self._open)
        self.table.row_activated.connect(self._open)
        self._empty = QLabel(
            _("A saved or printed document stays here as it was, to be printed again.")
        )
        self._empty.setProperty("role", "secondary")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._empty)
        self.body.addWidget(self.table, 1)

    def load(self) -> None:
        """Show what was issued."""
        found = documents.issued(self._context.workspace)
        self._known = {each.id: each for each in found}
        self.table.set_rows([_row(each) for each in found])
        self.table.setVisible(bool(found))
        self._empty.setVisible(not found)

    def _open(self, key: object) -> None:
        if isinstance(key, int) and key in self._known:
            self.opened.emit(self._known[key])


def _row(each: Issued) -> Row:
    local = each.at.astimezone()
    exact = f"{each.title}\n{moment(local)}"
    day = Cell(short_date(local.date()), muted=True, sort_key=each.at.isoformat(), tooltip=exact)
    return Row(each.id, (Cell(each.title, ref=each.id, tooltip=exact), day))
