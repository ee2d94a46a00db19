"""Who is away when: the whole team by the days of a month."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ropdesk.domain.months import month_end
from ropdesk.domain.team import Absence, Member
from ropdesk.i18n import _, month_name, ngettext
from ropdesk.services import calendar, team
from ropdesk.services.team import AbsenceRow
from ropdesk.ui.page import View
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.team.absence_dialog import AbsenceDialog, Proposed
from ropdesk.ui.team.away_delegate import AwayDelegate
from ropdesk.ui.team.away_rows import Month, columns, rows
from ropdesk.ui.team.words import KINDS, LETTERS
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

# Days are narrow: their numbers need the room that other headings keep free.
HEADER = """
QHeaderView::section { padding-left: 0; padding-right: 0; }
QHeaderView::section:first { padding-left: 8px; }
QHeaderView::section:last { padding-right: 8px; }
"""


class AwayView(View):
    """Members by days; a click on an absence changes it, Enter on free days notes one."""

    watches = frozenset({"member", "absence", "calendar_day", "setting"})

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._month = month
        self._known: dict[int, AbsenceRow] = {}
        self._names: dict[int, str] = {}
        self.dialog: AbsenceDialog | None = None
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._card = Card(" ")
        self.table = DataTable()
        self.table.setAccessibleName(_("Absences by day"))
        self.table.setSortingEnabled(False)
        self.table.horizontalHeader().setMinimumSectionSize(16)
        self.table.horizontalHeader().setStyleSheet(HEADER)
        self._delegate = AwayDelegate(self.table)
        self.table.cell_activated.connect(self._open)
        self.table.row_activated.connect(self._note)
        self._card.body.addWidget(self.table, 1)
        self._card.body.addLayout(self._legend())
        self._stack.addWidget(self._card)
        self._empty = EmptyState(
            _("Here is who is away on which days of the month. Nobody works here this month yet.")
        )
        self._stack.addWidget(self._empty)

    def set_month(self, month: date) -> None:
        """Show another month."""
        self._month = month
        self.mark_stale()

    def reload(self) -> None:
        """Ask who is away, and which days are worked."""
        ws, today, last = self._context.workspace, self._context.today(), month_end(self._month)
        people = team.team(ws)
        members = people.active(self._month, last)
        self._names = {member.id: member.name for member in members}
        found = [row for row in team.absences(ws) if _within(row.absence, self._month, last)]
        self._known = {row.id: row for row in found}
        if not members:
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentWidget(self._card)
        month = Month(self._month, last, calendar.calendar(ws), today)
        shown = columns(month)
        if [c.key for c in shown] != [c.key for c in self.table.list_model.columns]:
            self.table.set_columns(shown)
            for number in range(1, len(shown) - 1):
                self.table.setItemDelegateForColumn(number, self._delegate)
            self.table.setItemDelegateForColumn(len(shown) - 1, self.table.itemDelegate())
        self._delegate.month = month
        self.table.set_rows(rows(month, members, found))
        self.table.viewport().update()
        self._card.set_title(_("Absences: {month}", month=month_name(self._month)),
                             self._hint(members, people.absences, today))  # fmt: skip

    def add(self) -> None:
        """Ask for an absence of the row and the days selected."""
        place = self.table.current_place()
        if place is not None and isinstance(place[0], int):
            self._note(place[0])
        elif self._names:
            self._note(next(iter(self._names)))

    # -- inside

    def _hint(self, members: list[Member], gaps: tuple[Absence, ...], today: date) -> str:
        if not self._month <= today <= month_end(self._month):
            return _("Enter on free days notes an absence; a click on one changes it")
        ids = {member.id for member in members}
        away = {g.member_id for g in gaps if g.start <= today <= g.end} & ids
        if not away:
            return _("today everybody is here")
        return ngettext("{n} away today of {all}", "{n} away today of {all}", len(away),
                        all=len(members))  # fmt: skip

    def _legend(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for kind, words in KINDS.items():
            text = QLabel(f"{_(LETTERS[kind])} \u2014 {_(words).lower()}")
            text.setProperty("role", "secondary")
            row.addWidget(text)
        row.addStretch(1)
        row.setSpacing(16)
        return row

    def _open(self, ref: object) -> None:
        if isinstance(ref, int) and ref in self._known:
            self._ask(self._known[ref])

    def _note(self, key: object) -> None:
        if not isinstance(key, int):
            return
        today = self._context.today()
        days = sorted(
            self._month + timedelta(index.column() - 1)
            for index in self.table.selectedIndexes()
            if 0 < index.column() < self.table.list_model.columnCount() - 1
        )
        if not days:
            days = [today if self._month <= today <= month_end(self._month) else self._month]
        self._ask(Proposed(key, days[0], days[-1]))

    def _ask(self, what: Proposed | AbsenceRow) -> None:
        self.dialog = AbsenceDialog(self._context.workspace, self._names, what, self)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.open()


def _within(absence: Absence, first: date, last: date) -> bool:
    return absence.start <= last and absence.end >= first
