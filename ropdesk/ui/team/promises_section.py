"""A member's promises: the kept share of the last months with its sample, and what is open."""

from datetime import date
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from ropdesk.domain.months import add_months
from ropdesk.domain.promises import Share
from ropdesk.i18n import _, ngettext
from ropdesk.services import metrics, promises
from ropdesk.services import promise_words as words
from ropdesk.services.promises import PromiseLine
from ropdesk.ui.meetings.promises_cells import colour
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.team.sections import Section
from ropdesk.ui.team.small_table import SmallTable

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

MONTHS = 3  # looked back at, this one included
SHOWN = 6  # open ones; the link leads to all


class PromisesSection(Section):
    """The share in words, open promises by day, and the way to all of them."""

    def __init__(self, context: "Context") -> None:
        super().__init__(_("Promises"))
        self._context = context
        self._member: int | None = None
        link = self.add_link(_("All promises"))
        link.clicked.connect(self._open_all)
        self.share = QLabel()
        self.share.setWordWrap(True)
        self.details = QLabel()
        self.details.setWordWrap(True)
        self.details.setProperty("role", "secondary")
        self.table = SmallTable(
            [
                Column("text", _("What is promised"), Align.LEFT, stretch=True),
                Column("due", _("Due"), Align.LEFT),
                Column("verdict", _("State"), Align.LEFT),
            ]
        )
        self.table.horizontalHeader().hide()
        self.table.setAccessibleName(_("Open promises"))
        self.table.cell_activated.connect(self._open)
        self.more = QLabel()
        self.more.setProperty("role", "secondary")
        for widget in (self.share, self.details, self.table, self.more):
            self.body.addWidget(widget)

    def show_member(self, member_id: int, today: date) -> None:
        """Show a member's promises."""
        self._member = member_id
        first = add_months(today.replace(day=1), 1 - MONTHS)
        with self._context.workspace.read() as connection:
            recent = promises.lines(connection, today, member_id=member_id, due=(first, date.max))
            older = promises.lines(
                connection, today, member_id=member_id, due=(date.min, _before(first)),
                open_only=True,
            )  # fmt: skip
            known = metrics.load(connection)
        total = reduce(add, map(promises.counted, recent), Share())
        self.share.setText(
            _("Kept in {n} months: {share}", n=MONTHS, share=words.share(total))
            if total.n
            else _("No promise has been judged in the last {n} months.", n=MONTHS)
        )
        self.details.setText(words.details(total))
        self.details.setVisible(bool(total.n))
        waiting = [line for line in (*older, *recent) if line.unsettled]
        shown = waiting[:SHOWN]
        self.table.set_rows([self._row(line, today, words.fact(known, line)) for line in shown])
        self.table.setVisible(bool(shown))
        hidden = len(waiting) - len(shown)
        self.more.setText(ngettext("{n} more open", "{n} more open", hidden))
        self.more.setVisible(hidden > 0)

    # -- inside

    def _row(self, line: PromiseLine, today: date, fact: str) -> Row:
        customer = f" · {line.customer}" if line.customer else ""
        told = "\n".join(filter(None, (f"{line.text}{customer}", fact, words.sharing(line))))
        return Row(
            line.id,
            (
                Cell(line.text, secondary=customer, tooltip=told, ref=line.id),
                Cell(words.due(line, today), tooltip=words.moved(line), ref=line.id),
                Cell(
                    words.verdict(line, today), chip=True, state=colour(line),
                    tooltip=words.waiting(line), ref=line.id,
                ),
            ),
        )  # fmt: skip

    def _open(self, ref: object) -> None:
        if isinstance(ref, int):
            self._context.navigate("meetings", view="promises", promise=ref)

    def _open_all(self) -> None:
        self._context.navigate("meetings", view="promises", member=self._member)


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
