"""The editions of a protocol, each as it was issued."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QLabel, QWidget

from ropdesk.i18n import _, moment
from ropdesk.services.protocols import Edition
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card

ROWS = 5  # shown without scrolling
ROW = 34  # pixels at 100 % text scale


class EditionsCard(Card):
    """The list, newest first; a click or Enter shows an edition. One alone says when it was."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Editions"), "", parent)
        self.table = DataTable(
            [
                Column("edition", _("Edition"), Align.LEFT, stretch=True),
                Column("at", _("Issued at"), Align.RIGHT),
            ]
        )
        self.table.setAccessibleName(_("Editions"))
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.hide()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.cell_activated.connect(self._open)
        self.table.row_activated.connect(self._open)
        self.note = QLabel()
        self.note.setProperty("role", "secondary")
        self.note.setWordWrap(True)
        self.body.addWidget(self.table)
        self.body.addWidget(self.note)

    def show_editions(self, editions: Sequence[Edition], shown: int) -> None:
        """Show the editions, newest first, the one in sight marked."""
        self.table.set_rows([_row(each, shown) for each in editions])
        self.table.setVisible(len(editions) > 1)
        self.table.setFixedHeight(current_theme().px(ROW * min(len(editions), ROWS) + 4))
        here = next(each for each in editions if each.edition == shown)
        said = _("Issued {moment}.", moment=moment(here.at))
        if here.note:
            said += "\n" + _("Corrected: {note}", note=here.note)
        self.note.setText(said)

    def _open(self, key: object) -> None:
        if isinstance(key, int):
            self.opened.emit(key)


def _row(each: Edition, shown: int) -> Row:
    here = each.edition == shown
    name = _("Edition {n}", n=each.edition) if each.edition > 1 else _("First edition")
    tip = f"{moment(each.at)}\n{each.note}".strip()
    cells = (
        Cell(name, bold=here, ref=each.edition, tooltip=tip),
        Cell(moment(each.at), muted=not here, tooltip=tip),
    )
    return Row(each.edition, cells)
