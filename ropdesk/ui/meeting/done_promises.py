"""What became of the promises that were given at a meeting."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from ropdesk.domain.metrics import Metrics
from ropdesk.domain.promises import Verdict
from ropdesk.i18n import _, integer, short_date
from ropdesk.services import promise_words as words
from ropdesk.services.promises import PromiseLine
from ropdesk.ui.meetings.promises_cells import colour
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fitting_table import FittingTable


class PledgesCard(Card):
    """The promises of a meeting as they stand today; a click or Enter opens one."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Its promises today"), "", parent)
        self.table = FittingTable(
            [
                Column("text", _("What is promised"), Align.LEFT, stretch=True),
                Column("verdict", _("State"), Align.LEFT),
            ]
        )
        self.table.setAccessibleName(_("Its promises today"))
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().hide()
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.cell_activated.connect(self._open)
        self.table.row_activated.connect(self._open)
        self._empty = QLabel(_("No promise was given at this meeting."))
        self._empty.setProperty("role", "secondary")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._empty)
        self.body.addWidget(self.table, 1)

    def show_promises(self, lines: Sequence[PromiseLine], known: Metrics, today: date) -> None:
        """Show promises."""
        self.table.set_rows([_row(line, known, today) for line in lines])
        self.table.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        kept = sum(line.verdict is Verdict.KEPT for line in lines)
        of = {"kept": integer(kept), "n": integer(len(lines))}
        self.set_title(_("Its promises today"), _("kept {kept} of {n}", **of) if lines else "")

    def _open(self, key: object) -> None:
        if isinstance(key, int):
            self.opened.emit(key)


def _row(line: PromiseLine, known: Metrics, today: date) -> Row:
    said = f"{words.who(line)}: {line.text}"
    parts = [said, line.customer, _("due {date}", date=short_date(line.due))]
    amount = words.value(words.what_metric(known, line), line.amount)
    if line.amount is not None:
        parts.insert(2, amount)
    tip = "\n".join(part for part in parts if part)
    return Row(
        line.id,
        (
            Cell(said, ref=line.id, tooltip=tip),
            Cell(words.verdict(line, today), state=colour(line), chip=True, tooltip=tip),
        ),
    )
