"""Kinds of meetings and their agendas: typed where they stand."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.meetings import Section, over, reordered
from ropdesk.i18n import _, describe
from ropdesk.services import meeting_kinds
from ropdesk.services.meeting_kinds import AgendaLine, Kind
from ropdesk.ui.meetings import kinds_cells
from ropdesk.ui.meetings.kinds_cells import LIMIT
from ropdesk.ui.meetings.kinds_table import MINUTES, SECTION, TITLE, AgendaTable
from ropdesk.ui.page import Page, View
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Edit
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import FlatButton, PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.fitting_table import FittingTable

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

NARROW = 720  # pixels at 100 % text scale under which the agenda goes below the kinds
USUAL_MINUTES = 5


class KindsView(View):
    """The kinds at the left, the chosen one's agenda at the right. `go_to` takes ``kind``."""

    watches = frozenset({"meeting_kind", "agenda_item"})

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.kinds_known: list[Kind] = []
        self.lines: list[AgendaLine] = []
        self.menu: QMenu | None = None
        self._code = ""
        both = Columns(NARROW)
        both.add(self._build_kinds(), 46)
        both.add(self._build_agenda(), 54)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(both)
        keys = QShortcut(QKeySequence("Ctrl+N"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.offer_sections)

    # -- the side among the others

    def header_parts(self) -> Sequence[QWidget]:
        """Return the way to a new kind."""
        new = SecondaryButton(_("New kind"))
        new.clicked.connect(self.new_kind)
        return (new,)

    def go_to(self, **where: object) -> None:
        """Show a kind's agenda."""
        code = where.get("kind")
        if isinstance(code, str):
            self._code = code
            self.refresh()

    def reload(self) -> None:
        """Ask for the kinds and for the agenda of the chosen one."""
        with self.context.workspace.read() as connection:
            self.kinds_known = meeting_kinds.kinds(connection, hidden=True)
            agendas = {
                kind.code: meeting_kinds.agenda(connection, kind.code) for kind in self.kinds_known
            }
        if self._code not in agendas:
            self._code = self.kinds_known[0].code
        wanted = self._code
        self.table.set_rows(
            [kinds_cells.row(kind, agendas[kind.code]) for kind in self.kinds_known]
        )
        self._code = wanted  # the table tells of the row it has come to by itself
        place = self.table.current_place()
        if place is None or place[0] != wanted:
            self.table.go_to_cell(wanted, TITLE)
        self.lines = agendas[wanted]
        self._show_agenda()

    @property
    def kind(self) -> Kind:
        """The chosen kind."""
        return next(kind for kind in self.kinds_known if kind.code == self._code)

    # -- what is done

    def new_kind(self) -> None:
        """Add a kind and type its name."""
        taken = {kind.title for kind in self.kinds_known}
        number, title = 1, _("New kind")
        while title in taken:
            number += 1
            title = _("New kind {n}", n=number)
        made: list[str] = []

        def add() -> None:
            made.append(meeting_kinds.add_kind(self.context.workspace, title))

        if self._do(add):
            self._code = made[0]
            self.refresh()
            self._type(self.table, made[0])

    def add_point(self, section: Section) -> None:
        """Add a point after the current one; a free one is named at once."""
        here = self.agenda.currentIndex()
        at = here.row() + 1 if here.isValid() else len(self.lines)
        title = _("New point") if section is Section.FREE else ""
        lines = [*self.lines]
        lines.insert(at, AgendaLine(section, title, USUAL_MINUTES))
        if self._keep(lines):
            self.agenda.go_to_cell(at, TITLE)
            self.agenda.setFocus()
            if section is Section.FREE:
                self._type(self.agenda, at)

    def remove_point(self, at: int) -> None:
        """Take a point out of the agenda."""
        if 0 <= at < len(self.lines):
            self._keep([line for n, line in enumerate(self.lines) if n != at])

    def move_point(self, at: int, to: int) -> None:
        """Give a point another place."""
        order = reordered(range(len(self.lines)), at, to)
        if self._keep([self.lines[n] for n in order]):
            column = self.agenda.current_place()
            self.agenda.go_to_cell(to, TITLE if column is None else column[1])

    def reset(self) -> None:
        """Take the usual agenda back."""
        if self._do(partial(meeting_kinds.reset_agenda, self.context.workspace, self._code)):
            self.refresh()
            self.context.toast(_("The usual agenda is back"), undo=True)

    def hide_or_offer(self) -> None:
        """Hide the chosen kind, or offer it again."""
        kind = self.kind
        if self._do(
            partial(
                meeting_kinds.hide_kind, self.context.workspace, kind.code, hidden=not kind.hidden
            )
        ):
            self.refresh()

    def offer_sections(self) -> None:
        """Offer what a new point can show."""
        self._open_menu(self.add_point, self.adding.mapToGlobal(QPoint(0, self.adding.height())))

    # -- inside

    def _build_kinds(self) -> QWidget:
        card = Card(_("Kinds of meetings"))
        self.table = FittingTable(kinds_cells.columns(), ("team",))
        self.table.setAccessibleName(_("Kinds of meetings"))
        self.table.setSortingEnabled(False)
        self.table.setMinimumHeight(current_theme().px(270))
        self.table.set_edit_handler(self._kind_typed)
        self.table.current_row_changed.connect(self._chosen)
        self.table.editing_changed.connect(self._edited)
        card.body.addWidget(self.table, 1)
        return card

    def _build_agenda(self) -> QWidget:
        self.card = card = Card()
        self.sum = Chip("")
        whole = QSizePolicy.Policy.Fixed  # a long name gives way, not the minutes
        self.sum.setSizePolicy(whole, whole)
        card.add_right(self.sum)
        self.agenda = AgendaTable()
        self.agenda.setMinimumHeight(current_theme().px(250))
        self.agenda.set_edit_handler(self._point_typed)
        self.agenda.editing_changed.connect(self._edited)
        self.agenda.moved.connect(self.move_point)
        self.agenda.removed.connect(self.remove_point)
        self.agenda.cell_activated.connect(self._section_wanted)
        card.body.addWidget(self.agenda, 1)
        hint = QLabel(
            _("Type over a name or minutes. Alt+Up and Alt+Down move a point, so does dragging; "
              "Ctrl+Delete takes it out.")
        )  # fmt: skip
        hint.setWordWrap(True)
        hint.setProperty("role", "hint")
        card.body.addWidget(hint)
        self.team = QCheckBox(_("The team takes part: numbers and attendance of each member"))
        self.team.clicked.connect(self._team_clicked)
        card.body.addWidget(self.team)
        self.adding = PrimaryButton(_("Add a point"))
        self.adding.setToolTip(_("Add a point ({keys})", keys="Ctrl+N"))
        self.adding.clicked.connect(self.offer_sections)
        self.usual = SecondaryButton(_("Usual agenda"))
        self.usual.setToolTip(_("Take the usual agenda of this kind back"))
        self.usual.clicked.connect(self.reset)
        self.hiding = FlatButton("")
        self.hiding.clicked.connect(self.hide_or_offer)
        row = QHBoxLayout()
        for button in (self.adding, self.usual, self.hiding):
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _show_agenda(self) -> None:
        kind = self.kind
        self.card.set_title(kind.title)
        self.agenda.show_lines(self.lines)
        spent = [line.minutes for line in self.lines]
        too_much = over(spent, kind.minutes)
        words = _("{n} of {limit} min", n=sum(spent), limit=kind.minutes)
        if too_much:
            words = _("{sum}, +{n}", sum=words, n=too_much)
        self.sum.set(words, State.WARNING if too_much else State.GOOD)
        self.team.setChecked(kind.team)
        self.usual.setVisible(kind.builtin)
        self.usual.setEnabled(self.lines != meeting_kinds.usual_agenda(kind.code))
        self.hiding.setText(_("Offer again") if kind.hidden else _("Hide the kind"))

    def _chosen(self, key: object) -> None:
        if isinstance(key, str) and key != self._code:
            self._code = key
            with self.context.workspace.read() as connection:
                self.lines = meeting_kinds.agenda(connection, key)
            self._show_agenda()

    def _kind_typed(self, edits: list[Edit]) -> None:
        ws = self.context.workspace
        for edit in edits:
            code = str(edit.row)
            if edit.column == LIMIT:
                meeting_kinds.change_kind(ws, code, minutes=_number(edit.text))
            else:
                meeting_kinds.change_kind(ws, code, title=edit.text)
        self.mark_stale()

    def _point_typed(self, edits: list[Edit]) -> None:
        lines = [*self.lines]
        for edit in edits:
            at = int(str(edit.row))
            line = lines[at]
            if edit.column == MINUTES:
                lines[at] = AgendaLine(line.section, line.title, _number(edit.text))
            else:
                lines[at] = AgendaLine(line.section, edit.text, line.minutes)
        meeting_kinds.set_agenda(self.context.workspace, self._code, lines)
        self.mark_stale()

    def _section_wanted(self, ref: object) -> None:
        if isinstance(ref, tuple) and ref[0] == SECTION:
            at = int(ref[1])
            column = self.agenda.list_model.column_of(SECTION)
            cell = self.agenda.visualRect(self.agenda.list_model.index(at, column))
            spot = self.agenda.viewport().mapToGlobal(cell.bottomLeft())
            self._open_menu(partial(self._choose_section, at), spot)

    def _choose_section(self, at: int, section: Section) -> None:
        line = self.lines[at]
        title = line.title or (line.words if section is Section.FREE else "")
        lines = [*self.lines]
        lines[at] = AgendaLine(section, title, line.minutes)
        self._keep(lines)

    def _open_menu(self, choose: Callable[[Section], object], at: QPoint) -> None:
        self.menu = QMenu(self)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for section in Section:
            self.menu.addAction(
                meeting_kinds.section_title(section), partial(choose, section)
            )  # fmt: skip
        self.menu.popup(at)

    def _team_clicked(self) -> None:
        wanted = self.team.isChecked()
        if self._do(
            partial(meeting_kinds.change_kind, self.context.workspace, self._code, team=wanted)
        ):
            self.refresh()

    def _keep(self, lines: Sequence[AgendaLine]) -> bool:
        done = self._do(
            partial(meeting_kinds.set_agenda, self.context.workspace, self._code, lines)
        )
        if done:
            self.refresh()
        return done

    def _type(self, table: FittingTable | AgendaTable, key: object) -> None:
        row, column = table.list_model.row_of(key), table.list_model.column_of(TITLE)
        index = table.list_model.index(row, column)
        table.setCurrentIndex(index)
        table.setFocus()
        table.edit(index)

    def _edited(self, editing: bool) -> None:
        if editing:
            self.begin_edit()
        else:
            self.end_edit()

    def _do(self, change: Callable[[], object]) -> bool:
        above: QWidget | None = self.parentWidget()
        while above is not None and not isinstance(above, Page):
            above = above.parentWidget()
        told = ""
        try:
            change()
        except DomainError as error:
            told = describe(error)
        if above is not None:
            above.show_error(told)
        return not told


def _number(text: str) -> int:
    digits = "".join(text.split())
    if not digits.isdecimal():
        raise DomainError(N_("«{text}» is not a number of minutes. Type digits."), text=text)
    return int(digits)
