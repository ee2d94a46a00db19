"""The sales head's words to the director: kept as they are typed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ropdesk.domain.errors import N_, DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import director
from ropdesk.services.director import FIELDS, SENT, Report
from ropdesk.ui.widgets.buttons import FlatButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fields import Field
from ropdesk.ui.widgets.notes import NotesEdit

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

TITLES = {"result": N_("Result"), "reasons": N_("Why"), "decisions": N_("Decisions")}


class TextsCard(Card):
    """Three fields of one report."""

    failed = Signal(str)
    suggestion_wanted = Signal()

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(_("In your words"), _("kept as you type"), parent)
        self._context = context
        self._report: Report | None = None
        self.edits: dict[str, NotesEdit] = {}
        for field in FIELDS:
            edit = NotesEdit(most=None, as_typed=True)
            edit.setObjectName(f"director-{field}")
            edit.committed.connect(self.keep)
            self.edits[field] = edit
            self.body.addWidget(Field(_(TITLES[field]), edit), 1)
        self.suggest = FlatButton(_("Fill empty fields from the numbers"))
        self.suggest.clicked.connect(self.suggestion_wanted)
        self.add_right(self.suggest)

    def show_report(self, report: Report) -> None:
        """Show another report, or the same one as it is kept now."""
        before = self._report
        another = before is None or (before.kind, before.start) != (report.kind, report.start)
        for field, edit in self.edits.items():
            edit.show_text(getattr(report, field), other=another)
            edit.setReadOnly(report.state == SENT)
        self.suggest.setEnabled(report.state != SENT)
        self._report = report

    def fill_empty(self, words: dict[str, str]) -> None:
        """Put words into the fields that have none, and keep them."""
        for field, text in words.items():
            if not self.edits[field].text():
                self.edits[field].setPlainText(text)
        self.keep()

    def keep(self) -> None:
        """Keep what was typed."""
        report = self._report
        if report is None or report.state == SENT:
            return
        typed = {field: edit.take() for field, edit in self.edits.items()}
        if all(typed[field] == getattr(report, field) for field in FIELDS):
            return
        try:
            director.write(self._context.workspace, report.kind, report.start, **typed)
        except DomainError as error:
            for field, edit in self.edits.items():
                edit.refused(getattr(report, field))
            self.failed.emit(describe(error))
