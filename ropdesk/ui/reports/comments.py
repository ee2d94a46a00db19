"""What the sales head writes into the month's report, kept as it is typed."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import documents
from ropdesk.services.reports import COMMENTS
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fields import Field
from ropdesk.ui.widgets.notes import NotesEdit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ropdesk.ui.context import Context

LONGEST = 4000


class CommentsCard(Card):
    """The fields of a month's report."""

    failed = Signal(str)

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(_("Comments"), _("kept as you type"), parent)
        self._context = context
        self._month = month
        self._kept: Mapping[str, str] = {}
        self.edits: dict[str, NotesEdit] = {}
        for field, title in COMMENTS.items():
            edit = NotesEdit(most=None, as_typed=True)
            edit.setObjectName(f"comment-{field}")
            edit.committed.connect(partial(self._keep, field))
            self.edits[field] = edit
            self.body.addWidget(Field(_(title), edit), 1)
        self.edits["reasons"].setPlaceholderText(
            _("Empty: the report names those farthest below the plan.")
        )

    @property
    def month(self) -> date:
        """First day of the month whose words are shown."""
        return self._month

    def set_month(self, month: date) -> None:
        """Keep what was typed; show another month's words."""
        self.keep()
        self._month = month
        self.load(everything=True)

    def load(self, *, everything: bool = False) -> None:
        """Show what is kept; what is being typed stays unless told otherwise."""
        kept = documents.comments(self._context.workspace, self._month)
        for field, edit in self.edits.items():
            edit.show_text(kept.get(field, ""), other=everything)
        self._kept = kept

    def keep(self) -> None:
        """Keep the fields that differ from what is stored."""
        for edit in self.edits.values():
            edit.commit()

    def _keep(self, field: str, text: str) -> None:
        text = text[:LONGEST].strip()
        try:
            documents.set_comment(self._context.workspace, self._month, field, text)
        except DomainError as error:
            self.edits[field].refused(self._kept.get(field, ""))
            self.failed.emit(describe(error))
        else:
            self._kept = {**self._kept, field: text}
