"""Arranging duties: which are one's own, which are delegated, which are not relevant."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ropdesk.domain.duties import LONGEST_TITLE, Rhythm, State
from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import duties
from ropdesk.services.duties import DutyLine
from ropdesk.ui.planning.week.words import clock
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.theme import current_theme
from ropdesk.ui.today import duties_words as words
from ropdesk.ui.today.duties_panel import DutyPanel, DutyTable, EntryLine, TimeBox
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import Field, choice
from ropdesk.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

WIDE, HIGH = 860, 560  # pixels at 100 % text scale


class DutiesDialog(Dialog):
    """All duties in a list; what is chosen there is arranged below. Kept at once."""

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(_("Duties of the sales head"), _("Close"), parent, cancel=False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._context = context
        self.lines: dict[str, DutyLine] = {}
        note = QLabel(
            _(
                "Each duty is yours, delegated to somebody, or not relevant to your work. Only "
                "yours stand on the page of the day. Keys in the list: 1 mine, 2 delegated, "
                "3 not relevant."
            )
        )
        note.setWordWrap(True)
        note.setProperty("role", "secondary")
        self.body.addWidget(note)
        self.table = DutyTable(
            [
                Column("title", _("Duty"), Align.LEFT, stretch=True),
                Column("rhythm", _("How often"), Align.LEFT),
                Column("start", _("Time"), Align.RIGHT),
                Column("whose", _("Whose duty"), Align.LEFT),
                Column("streak", _("In a row"), Align.LEFT),
            ],
            ("streak", "rhythm", "start"),
        )
        self.table.setAccessibleName(_("Duties of the sales head"))
        self.table.setSelectionBehavior(DutyTable.SelectionBehavior.SelectRows)
        self.table.current_row_changed.connect(self._choose)
        self.body.addWidget(self.table, 1)
        self.panel = DutyPanel(context)
        self.panel.changed.connect(self.show_all)
        self.table.state_wanted.connect(self.panel.choose_state)
        self.body.addWidget(self.panel)
        self._build_new()
        screen = self.screen().availableGeometry()
        scale = current_theme().px
        self.resize(min(scale(WIDE), screen.width() - 40), min(scale(HIGH), screen.height() - 60))
        self.show_all()
        self.table.setFocus()

    def show_all(self) -> None:
        """Ask for the duties and show them; the chosen one stays chosen."""
        with self._context.workspace.read() as connection:
            found = duties.duties(connection, self._context.today())
        self.lines = {line.code: line for line in found}
        self.table.set_rows([_row(line) for line in found])
        if self.table.current_place() is None and found:
            self.table.go_to_cell(found[0].code, "title")
        place = self.table.current_place()
        if place is not None:
            self._choose(place[0])

    def add_own(self) -> None:
        """Add the duty that is written."""
        code = self._try_add()
        if code:
            self.title.clear()
            self.show_all()
            self.table.go_to_cell(code, "title")

    # -- inside

    def _choose(self, code: object) -> None:
        line = self.lines.get(str(code))
        if line is not None:
            self.panel.show_line(line)

    def _build_new(self) -> None:
        row = QWidget()
        flow = FlowLayout(row, spacing=10)
        self.title = EntryLine()
        self.title.setMaxLength(LONGEST_TITLE)
        self.title.setMinimumWidth(current_theme().px(220))
        self.title.setPlaceholderText(_("For example: walk through the sales floor"))
        self.rhythm = choice({key.value: _(text) for key, text in words.RHYTHMS.items()})
        self.rhythm.setMinimumContentsLength(18)
        self.start = TimeBox()
        self.adding = SecondaryButton(_("Add"))
        self.adding.clicked.connect(self.add_own)
        self.title.entered.connect(self.add_own)
        self.field = Field(_("Add a duty of your own"), self.title)
        flow.addWidget(self.field)
        flow.addWidget(Field(_("How often"), self.rhythm))
        flow.addWidget(Field(_("Time"), self.start))
        flow.addWidget(Field(" ", self.adding))
        self.body.addWidget(row)

    def _try_add(self) -> str:
        self.field.set_error("")
        try:
            return duties.add_own(
                self._context.workspace, self.title.text(), Rhythm(self.rhythm.currentData()),
                self.start.value,
            )  # fmt: skip
        except DomainError as error:
            self.field.set_error(describe(error))
            self.title.setFocus()
            return ""


def _row(line: DutyLine) -> Row:
    off = line.state is not State.MINE
    start = "" if line.start is None else clock(line.start)
    return Row(
        line.code,
        (
            Cell(line.title, muted=off),
            Cell(_(words.RHYTHMS[line.rhythm]), muted=True),
            Cell(start, sort_key=line.start),
            Cell(words.whose(line), muted=off),
            Cell(words.streak(line), muted=True, sort_key=line.streak),
        ),
        tooltip=f"{line.title}\n{words.seen_by(line)}",
    )


def open_duties(context: "Context", parent: QWidget) -> DutiesDialog:
    """Open the list of all duties."""
    dialog = DutiesDialog(context, parent)
    dialog.open()
    return dialog
