"""Findings: what somebody does well or badly, typed in place."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import practices
from ropdesk.ui.planning.investigations.words import BAD_SIGN, GOOD_SIGN
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Edit, Row
from ropdesk.ui.team.sections import Section
from ropdesk.ui.team.small_table import SmallTable
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.fields import FieldError, mark_invalid
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ropdesk.services.investigation_rows import Case
    from ropdesk.services.practices import FindingLine
    from ropdesk.ui.context import Context

GOOD, BAD = "good", "bad"
KIND, WHO, PROVEN = "kind", "who", "proven"


class CaseFindings(Section):
    """A table whose words are typed in place, and a line for one more finding."""

    def __init__(self, context: "Context") -> None:
        super().__init__(_("Successful and unsuccessful actions"))
        self._context = context
        self._case: Case | None = None
        self._names: Mapping[int, str] = {}
        self.menu: QMenu | None = None
        self.table = SmallTable(
            [
                Column("kind", "", Align.CENTER, width=34),
                Column("text", _("What is done"), Align.LEFT, stretch=True),
                Column("who", _("Who"), Align.LEFT),
                Column("note", _("Note"), Align.LEFT),
                Column("proven", _("Library"), Align.LEFT),
            ]
        )
        self.table.setAccessibleName(_("Findings"))
        self.table.set_edit_handler(self._edit)
        self.table.cell_activated.connect(self._activate)
        self.body.addWidget(self.table)
        good, bad = _("works"), _("does not work")
        self.kind = Segmented(
            [(GOOD, f"{GOOD_SIGN} {good}"), (BAD, f"{BAD_SIGN} {bad}")],
            name=_("Kind of finding"),
        )
        self.field = QLineEdit()
        self.field.setMaxLength(500)
        self.field.setPlaceholderText(_("what somebody does, in one sentence"))
        self.field.setAccessibleName(_("One more finding"))
        self.field.returnPressed.connect(self.add)
        self.adding = SecondaryButton(_("Add"))
        self.adding.clicked.connect(self.add)
        row = QHBoxLayout()
        row.addWidget(self.kind)
        row.addWidget(self.field, 1)
        row.addWidget(self.adding)
        self.body.addLayout(row)
        self.error = FieldError()
        self.body.addWidget(self.error)
        self.hint = QLabel(
            _("Click a sign, a name or «library» to change it; clear the words to remove a line.")
        )
        self.hint.setProperty("role", "secondary")
        self.hint.setWordWrap(True)
        self.body.addWidget(self.hint)

    def show_case(self, case: "Case", names: "Mapping[int, str]", *, other: bool) -> None:
        """Show the findings of a case."""
        self._case, self._names = case, names
        if other:
            self.field.clear()
            self._say("")
        self.table.set_rows([_row(finding) for finding in case.findings])
        self.table.setVisible(bool(case.findings))
        self.hint.setVisible(bool(case.findings))

    def add(self) -> None:
        """Write one more finding; the first person of the case is proposed as who did it."""
        case = self._case
        if case is None:
            return
        who = case.member_ids[0] if len(case.member_ids) == 1 else None
        good = self.kind.current == GOOD
        try:
            practices.add_finding(
                self._context.workspace, case.id, self.field.text(), self._context.today(),
                successful=good, member_id=None if good else who,
            )  # fmt: skip
        except DomainError as error:
            self._say(describe(error))
        else:
            self.field.clear()
            self._say("")

    # -- inside

    def _say(self, text: str) -> None:
        self.error.say(text)
        mark_invalid(self.field, invalid=bool(text))

    def _edit(self, edits: Sequence[Edit]) -> None:
        ws = self._context.workspace
        for edit in edits:
            if not isinstance(edit.row, int):
                continue
            if edit.column == "text" and not edit.text:
                practices.remove_finding(ws, edit.row)
                self._context.toast(_("The finding has been removed."), undo=True)
            else:
                practices.change_finding(ws, edit.row, **{edit.column: edit.text})

    def _activate(self, ref: object) -> None:
        if not isinstance(ref, tuple) or self._case is None:
            return
        what, finding_id = ref
        finding = next((one for one in self._case.findings if one.id == finding_id), None)
        if finding is None:
            return
        ws = self._context.workspace
        if what == KIND:
            practices.change_finding(ws, finding.id, successful=not finding.successful)
        elif what == PROVEN:
            practices.prove(ws, [finding.id], proven=not finding.proven)
        else:
            self._choose_who(finding)

    def _choose_who(self, finding: "FindingLine") -> None:
        self.menu = QMenu(self)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for member_id, name in ((None, _("nobody named")), *self._names.items()):
            action = QAction(name.replace("&", "&&"), self.menu)
            action.setCheckable(True)
            action.setChecked(member_id == finding.member_id)
            action.triggered.connect(partial(self._set_who, finding.id, member_id))
            self.menu.addAction(action)
        self.menu.popup(QCursor.pos())

    def _set_who(self, finding_id: int, member_id: int | None, _checked: bool = False) -> None:
        practices.change_finding(self._context.workspace, finding_id, member_id=member_id)


def _row(finding: "FindingLine") -> Row:
    good = finding.successful
    sign = GOOD_SIGN if good else BAD_SIGN
    proven = _("in the library") if finding.proven else _("put in")
    return Row(
        finding.id,
        (
            Cell(sign, state=State.GOOD if good else State.BAD, ref=(KIND, finding.id), bold=True,
                 tooltip=_("works") if good else _("does not work")),
            Cell(finding.text, editable=True, tooltip=finding.text),
            Cell(finding.member or "\u2013", ref=(WHO, finding.id), muted=not finding.member,
                 tooltip=finding.member or _("nobody named")),
            Cell(finding.note, editable=True, muted=True, tooltip=finding.note,
                 behind="" if finding.note else _("note")),
            Cell(proven, chip=finding.proven, state=State.GOOD if finding.proven
                 else State.ACCENT, ref=(PROVEN, finding.id)),
        ),
    )  # fmt: skip
