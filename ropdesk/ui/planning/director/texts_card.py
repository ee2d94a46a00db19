"""The sales head's words to the director: kept as they are typed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ropdesk.domain.errors import N_, DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import director
from ropdesk.services.director import FIELDS, SENT, Report
from ropdesk.ui.reports.comments import PAUSE_MS, CommentEdit
from ropdesk.ui.widgets.buttons import FlatButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fields import Field

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
        self.edits: dict[str, CommentEdit] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        for field in FIELDS:
            edit = CommentEdit()
            edit.setObjectName(f"director-{field}")
            edit.textChanged.connect(self._typed)
            edit.left.connect(self.keep)
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
            fresh = getattr(report, field)
            known = "" if before is None else getattr(before, field)
            if another or (edit.toPlainText().strip() == known and fresh != known):
                self._put(field, fresh)
            edit.setReadOnly(report.state == SENT)
        self.suggest.setEnabled(report.state != SENT)
        self._report = report

    def fill_empty(self, words: dict[str, str]) -> None:
        """Put words into the fields that have none, and keep them."""
        for field, text in words.items():
            if not self.edits[field].toPlainText().strip():
                self._put(field, text)
        self.keep()

    def keep(self) -> None:
        """Keep what was typed."""
        self._pause.stop()
        report = self._report
        if report is None or report.state == SENT:
            return
        typed = {field: edit.toPlainText().strip() for field, edit in self.edits.items()}
        if all(typed[field] == getattr(report, field) for field in FIELDS):
            return
        try:
            director.write(self._context.workspace, report.kind, report.start, **typed)
        except DomainError as error:
            self.failed.emit(describe(error))

    def _put(self, field: str, text: str) -> None:
        edit = self.edits[field]
        edit.blockSignals(True)
        edit.setPlainText(text)
        edit.blockSignals(False)

    def _typed(self) -> None:
        self._pause.start()
