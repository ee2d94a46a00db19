"""The department: the list at the left, the chosen member's card at the right."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Member
from ropdesk.i18n import _, describe, ngettext
from ropdesk.services import board, team
from ropdesk.services import metrics as catalogues
from ropdesk.ui.page import View
from ropdesk.ui.tables.cells import Edit
from ropdesk.ui.team.edits import dated, typed
from ropdesk.ui.team.list_rows import ACTIVE, ALL, LEFT, SPARE, DateRef, Listed, columns, rows
from ropdesk.ui.team.member_card import MemberCard
from ropdesk.ui.team.member_dialog import MemberDialog
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.date_choice import DatePopup
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

OPEN_DEALS = "open_deals"
NARROW = 720  # pixels at 100 % text under which the card goes below the list


class MembersView(View):
    """Everybody, and everything of the one chosen.

    Signals:
        failed: words of an error that has no field of its own.
        counted: how many work here now.
    """

    failed = Signal(str)
    counted = Signal(int)
    watches = frozenset(
        {"member", "member_alias", "ramp_up", "absence", "daily_value", "plan", "plan_value",
         "plan_day", "setting", "own_metric", "calendar_day", "import_batch", "promise",
         "promise_move"}
    )  # fmt: skip

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._month = month
        self._listed: Listed | None = None
        self._chosen: int | None = None
        self.popup: DatePopup | None = None
        self.dialog: MemberDialog | None = None
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._stack.addWidget(self._build())
        self._empty: EmptyState | None = None

    # -- what is shown

    @property
    def chosen(self) -> int | None:
        """Id of the member whose card is shown."""
        return self._chosen

    def set_month(self, month: date) -> None:
        """Show ramp-up, open deals and results of another month."""
        self._month = month
        self.mark_stale()

    def go_to_member(self, member_id: int) -> None:
        """Show a member, whatever the filter and the search hide."""
        self._chosen = member_id
        self.refresh()
        if self._listed is None:
            return
        shown = [member.id for member in self._listed.chosen(self.who.current, self.search.text())]
        if member_id not in shown:
            self.search.clear()
            self.who.set_current(ALL)
            self._show_list()
        self.table.go_to_cell(member_id, "name")
        self._show_card()

    def find_member(self) -> None:
        """Go to the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def add_member(self) -> None:
        """Ask for a new member."""
        self.dialog = MemberDialog(self._add, self._context.today(), self)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.open()

    def reload(self) -> None:
        """Ask who is here, and how their month goes."""
        ws, today = self._context.workspace, self._context.today()
        codes = [metric.code for metric in catalogues.board(ws)]
        shown = board.board(ws, self._month, today, codes=[*codes, OPEN_DEALS])
        self._listed = Listed(team.team(ws), shown, self._month, today)
        people = self._listed.people()
        if not people:
            self._show_empty()
            self.counted.emit(0)
            return
        self._stack.setCurrentIndex(0)
        here = sum(not self._listed.has_left(member) for member in people)
        self.who.set_text(ACTIVE, _("working {n}", n=here))
        self.who.set_text(LEFT, _("have left {n}", n=len(people) - here))
        self.who.updateGeometry()
        self.counted.emit(here)
        self._show_list()
        self._show_card()

    # -- changing

    def stored(self) -> Mapping[int, Member]:
        """Return the members as stored now: what is shown may be a step behind."""
        return team.team(self._context.workspace).members

    # -- inside

    def _build(self) -> QWidget:
        whole = Columns(NARROW)
        card = Card(_("Department"))
        card.body.setSpacing(8)
        tools = QHBoxLayout()
        tools.setSpacing(10)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Name, position or alias (Ctrl+F)"))
        self.search.setAccessibleName(_("Find a member"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show_list)
        self.who = Segmented(
            [(ACTIVE, _("working")), (LEFT, _("have left")), (ALL, _("everybody"))],
            name=_("Who is listed"),
        )
        self.who.changed.connect(self._show_list)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.who)
        card.body.addLayout(tools)
        self.table = FittingTable(columns(), SPARE)
        self.table.setAccessibleName(_("Members of the department"))
        self.table.setMinimumHeight(current_theme().px(220))
        self.table.set_edit_handler(self._edit)
        self.table.cell_activated.connect(self._open_date)
        self.table.current_row_changed.connect(self._choose)
        self.table.editing_changed.connect(self._editing_changed)
        card.body.addWidget(self.table, 1)
        self._card_of_list = card
        whole.add(card, 62)
        self.card = MemberCard(self._context, self)
        whole.add(self.card, 38)
        return whole

    def _show_list(self, *_told: object) -> None:
        if self._listed is None:
            return
        found = self._listed.chosen(self.who.current, self.search.text())
        self.table.set_rows(rows(self._listed, found))
        hint = "" if found else _("nobody fits the search")
        if found and self.search.text():
            hint = ngettext("{n} member found", "{n} members found", len(found))
        self._card_of_list.set_title(_("Department"), hint or _("type in a cell to change it"))
        if found and self._chosen not in [member.id for member in found]:
            self._chosen = found[0].id
            self.table.go_to_cell(self._chosen, "name")
            self._show_card()

    def _show_card(self) -> None:
        if self._listed is None:
            return
        member = self._listed.team.members.get(self._chosen or 0)
        self.card.show_member(self._listed, member)

    def _show_empty(self) -> None:
        if self._empty is None:
            self._empty = EmptyState(
                _(
                    "Here are the people of the department: since when they work, how far they "
                    "have ramped up, how many deals they may hold and when they are away. Plans "
                    "are shared among them. Add them, or import a file: they come with the deals."
                ),
                (_("Add a member…"), self.add_member),
                (_("Import a file…"), self._import),
            )
            self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _import(self) -> None:
        self._context.navigate("imports")

    def _choose(self, key: object) -> None:
        if isinstance(key, int) and key != self._chosen:
            self._chosen = key
            self._show_card()

    def _add(self, member: Member) -> None:
        self._chosen = team.add(self._context.workspace, member)
        self.search.clear()
        if self.who.current == LEFT:
            self.who.set_current(ACTIVE)
        self._context.toast(_("{name} has been added.", name=member.name), undo=True)
        self.go_to_member(self._chosen)

    def _edit(self, edits: Sequence[Edit]) -> None:
        stored = self.stored()
        changed: dict[int, Member] = {}
        for edit in edits:
            if isinstance(edit.row, int):
                member = changed.get(edit.row, stored[edit.row])
                changed[edit.row] = typed(member, edit.column, edit.text, self._month)
        team.update_all(self._context.workspace, list(changed.values()))

    def _open_date(self, ref: object) -> None:
        if not isinstance(ref, DateRef):
            return
        member = self.stored()[ref.member]
        clear = _("Unknown") if ref.field == "hired" else _("Still works here")
        value = member.hired if ref.field == "hired" else member.left
        self.popup = DatePopup(value, self._context.today(), clear, self)
        self.popup.chosen.connect(_DateTaker(self, ref, self))
        place = self.table.visualRect(self.table.currentIndex()).bottomLeft()
        self.popup.open_at(self.table.viewport().mapToGlobal(QPoint(place.x(), place.y() + 2)))

    def take_date(self, ref: DateRef, day: date | None) -> None:
        """Give a member another first or last day."""
        try:
            wanted = dated(self.stored()[ref.member], ref.field, day)
            team.update(self._context.workspace, wanted)
        except DomainError as error:
            self.failed.emit(describe(error))
        else:
            self.failed.emit("")

    def _editing_changed(self, editing: bool) -> None:
        if editing:
            self.begin_edit()
        else:
            self.end_edit()


class _DateTaker(QWidget):
    """Remembers which date the calendar was opened for."""

    def __init__(self, view: MembersView, ref: DateRef, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._view, self._ref = view, ref

    def __call__(self, day: object) -> None:
        self._view.take_date(self._ref, day if isinstance(day, date) else None)
        self.deleteLater()
