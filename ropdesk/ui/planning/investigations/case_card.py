"""The card of one investigation: from the question to the verdict."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.investigations import State
from ropdesk.i18n import _, describe, short_date
from ropdesk.services import investigations
from ropdesk.services import metrics as catalogues
from ropdesk.ui.planning.investigations import words
from ropdesk.ui.planning.investigations.case_actions import CaseActions
from ropdesk.ui.planning.investigations.case_decision import CaseDecision
from ropdesk.ui.planning.investigations.case_facts import CaseFacts
from ropdesk.ui.planning.investigations.case_fields import CaseFields
from ropdesk.ui.planning.investigations.case_findings import CaseFindings
from ropdesk.ui.planning.investigations.case_verdict import CaseVerdict
from ropdesk.ui.settings.record_dialog import RecordDialog
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import LinkLabel
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.fields import FieldError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ropdesk.services.investigation_rows import Case
    from ropdesk.ui.context import Context
    from ropdesk.ui.reports.paper_dialog import PaperDialog

HEIGHT = 320
KIND = "investigation"


class CaseCard(Card):
    """Sections from top to bottom in the order of the work."""

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._context = context
        self.case: Case | None = None
        self.history_dialog: RecordDialog | None = None
        self.paper_dialog: PaperDialog | None = None
        self.setMinimumHeight(current_theme().px(HEIGHT))
        self.state = Chip("")
        self.add_right(self.state)
        self.fields = CaseFields(context)
        self.facts = CaseFacts(context)
        self.findings = CaseFindings(context)
        self.decision = CaseDecision(context)
        self.actions_made = CaseActions(context)
        self.verdict = CaseVerdict(context)
        inner = QWidget()
        inner.setObjectName("clear")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self.fields)
        for section in (
            self.facts, self.findings, self.decision, self.actions_made, self.verdict,
        ):  # fmt: skip
            self._column.addWidget(section)
        self._column.addLayout(self._build_foot())
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self.body.addWidget(self._scroll, 1)

    def show_case(self, case: "Case", names: "Mapping[int, str]") -> None:
        """Show a case; the facts follow from the worker."""
        other = self.case is None or self.case.id != case.id
        if other and self.case is not None:
            self.decision.keep_all()
        today = self._context.today()
        self.case = case
        known = catalogues.catalogue(self._context.workspace)
        self.set_title(
            _("Investigation {n}", n=case.id), _("opened {day}", day=short_date(case.opened))
        )
        self.state.set(*words.state_chip(case, today))
        self.fields.show_case(case, known, names, other=other)
        self.findings.show_case(case, names, other=other)
        self.decision.show_case(case, other=other)
        self.actions_made.show_case(case, names)
        self._show_verdict(case, known, other=other)
        self._error.say("")
        self.reopening.setVisible(case.state is not State.OPEN)
        self.reopening.setText(
            _("Reopen") if case.state is State.CLOSED else _("Back to gathering facts")
        )
        if other:
            self._scroll.verticalScrollBar().setValue(0)
        self.facts.ask(case.id, today)

    def open_history(self) -> None:
        """Show every version of this record; an earlier one can be brought back."""
        if self.case is not None:
            self.history_dialog = RecordDialog(
                self._context.workspace, "investigation", self.case.id, self.case.question, self
            )
            self.history_dialog.open()

    def print_paper(self) -> bool:
        """Show the investigation's page."""
        from ropdesk.ui.reports.paper_dialog import open_paper

        if self.case is None:
            return False
        self.decision.keep_all()
        make = partial(_paper, self._context.workspace, self.case.id)
        self.paper_dialog = open_paper(self._context, self, KIND, self.case.first, make)
        return True

    def remove(self) -> None:
        """Remove the investigation; undo brings it back."""
        if self.case is None:
            return
        ws, question = self._context.workspace, self.case.question
        investigations.delete_investigation(ws, self.case.id)
        self._context.toast(_("«{name}» has been removed.", name=question), undo=True)

    def reopen(self) -> None:
        """Go a step back."""
        if self.case is None:
            return
        try:
            investigations.reopen(self._context.workspace, self.case.id)
        except DomainError as error:
            self._error.say(describe(error))

    # -- inside

    def _show_verdict(self, case: "Case", known: Any, *, other: bool) -> None:
        """Put the re-measurement first once it is due: that is what the person comes for."""
        self.verdict.show_case(case, known[case.metric], other=other)
        place = 1 if case.due or case.state is State.CLOSED else 5
        if self._column.indexOf(self.verdict) != place:
            self._column.removeWidget(self.verdict)
            self._column.insertWidget(place, self.verdict)

    def _build_foot(self) -> QVBoxLayout:
        self._error = FieldError()
        self.history_link = LinkLabel(_("History…"))
        self.history_link.clicked.connect(self.open_history)
        self.reopening = LinkLabel(_("Reopen"))
        self.reopening.clicked.connect(self.reopen)
        self.removing = LinkLabel(_("Remove the investigation"))
        self.removing.clicked.connect(self.remove)
        row = QHBoxLayout()
        row.addWidget(self.history_link)
        row.addWidget(self.reopening)
        row.addStretch(1)
        row.addWidget(self.removing)
        column = QVBoxLayout()
        column.addWidget(self._error)
        column.addLayout(row)
        return column


def _paper(ws: Any, case_id: int, at: datetime) -> tuple[str, bytes]:
    from ropdesk.services import investigation_paper

    return investigation_paper.paper(ws, case_id, at)
