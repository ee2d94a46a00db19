"""A member's absences: the coming ones and the last ones; a click changes one."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ropdesk.domain.team import Member
from ropdesk.i18n import _, ngettext
from ropdesk.services import team
from ropdesk.services.team import AbsenceRow, Team
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.team import words
from ropdesk.ui.team.absence_dialog import AbsenceDialog, Proposed
from ropdesk.ui.team.sections import Section
from ropdesk.ui.team.small_table import SmallTable
from ropdesk.ui.widgets.buttons import LinkLabel

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

SHOWN = 8  # newest first; a link shows the others


class AbsencesSection(Section):
    """Rows of absences and «Add»."""

    def __init__(self, context: "Context") -> None:
        super().__init__(_("Absences"))
        self._context = context
        self._team: Team | None = None
        self._member: Member | None = None
        self._rows: dict[int, AbsenceRow] = {}
        self.dialog: AbsenceDialog | None = None
        self._all, self._today = False, context.today()
        self.adding = self.add_link(_("Add…"))
        self.adding.clicked.connect(self.add)
        self.table = SmallTable(
            [
                Column("kind", _("What kind"), Align.LEFT, stretch=True),
                Column("days", _("From and to"), Align.LEFT),
                Column("length", _("Length")),
            ]
        )
        self.table.horizontalHeader().hide()
        self.table.setAccessibleName(_("Absences"))
        self.table.cell_activated.connect(self._open)
        self._words = QLabel(_("None noted."))
        self._words.setProperty("role", "secondary")
        self.older = LinkLabel("")
        self.older.clicked.connect(self._show_older)
        self.body.addWidget(self.table)
        self.body.addWidget(self.older)
        self.body.addWidget(self._words)

    def show_member(self, people: Team, member: Member, today: date) -> None:
        """Show a member's absences, newest first."""
        if self._member is None or self._member.id != member.id:
            self._all = False
        self._team, self._member, self._today = people, member, today
        known = team.absences(self._context.workspace, member.id)
        found = known if self._all else known[:SHOWN]
        hidden = len(known) - len(found)
        self.older.setText(ngettext("{n} earlier absence", "{n} earlier absences", hidden))
        self.older.setVisible(hidden > 0)
        self._rows = {row.id: row for row in found}
        self.table.set_rows([_row(row, today) for row in found])
        self.table.setVisible(bool(found))
        self._words.setVisible(not found)

    def _show_older(self) -> None:
        self._all = True
        if self._team is not None and self._member is not None:
            self.show_member(self._team, self._member, self._today)

    def add(self) -> None:
        """Ask for a new absence of this member."""
        if self._member is not None:
            today = self._context.today()
            self._ask(Proposed(self._member.id, today, today))

    def _open(self, ref: object) -> None:
        if isinstance(ref, int) and ref in self._rows:
            self._ask(self._rows[ref])

    def _ask(self, what: Proposed | AbsenceRow) -> None:
        if self._member is None:
            return
        names = {self._member.id: self._member.name}
        self.dialog = AbsenceDialog(self._context.workspace, names, what, self)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.open()


def _row(row: AbsenceRow, today: date) -> Row:
    absence = row.absence
    past = absence.end < today
    now = absence.start <= today <= absence.end
    note = f" \u00b7 {absence.note}" if absence.note else ""
    told = words.whole(absence)
    return Row(
        row.id,
        (
            Cell(words.kind(absence), muted=past, tooltip=told, ref=row.id, secondary=note),
            Cell(
                words.span(absence, today.year), muted=past, ref=row.id, tooltip=told,
                state=State.WARNING if now else State.NEUTRAL,
            ),
            Cell(words.length(absence), muted=True, ref=row.id, tooltip=told),
        ),
    )  # fmt: skip
