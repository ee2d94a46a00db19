"""What the sales head writes into the month's report, kept as it is typed."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import documents
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fields import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ropdesk.ui.context import Context

PAUSE_MS = 700  # of typing, after which the words are kept
LONGEST = 4000


class CommentEdit(QPlainTextEdit):
    """One field; Tab leaves it, as the keys of a form do."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def sizeHint(self) -> QSize:
        """Ask for three lines."""
        return QSize(super().sizeHint().width(), current_theme().px(70))

    def minimumSizeHint(self) -> QSize:
        """Be content with two."""
        return QSize(80, current_theme().px(46))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the person has gone on."""
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the words at once with Ctrl+Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.left.emit()
            return
        super().keyPressEvent(event)


class CommentsCard(Card):
    """The fields of a month's report."""

    failed = Signal(str)

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        from ropdesk.services.reports import COMMENTS  # an investigation wants one field alone

        super().__init__(_("Comments"), _("kept as you type"), parent)
        self._context = context
        self._month = month
        self._kept: Mapping[str, str] = {}
        self.edits: dict[str, CommentEdit] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        for field, title in COMMENTS.items():
            edit = CommentEdit()
            edit.setObjectName(f"comment-{field}")
            edit.textChanged.connect(self._typed)
            edit.left.connect(self.keep)
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
            known, typed = self._kept.get(field, ""), edit.toPlainText()
            fresh = kept.get(field, "")
            if everything or (typed.strip() == known and fresh != known):
                edit.blockSignals(True)
                edit.setPlainText(fresh)
                edit.blockSignals(False)
        self._kept = kept

    def keep(self) -> bool:
        """Keep the fields that differ; answer whether there was anything to keep."""
        self._pause.stop()
        changed = False
        for field, edit in self.edits.items():
            text = edit.toPlainText()[:LONGEST].strip()
            if text == self._kept.get(field, ""):
                continue
            try:
                documents.set_comment(self._context.workspace, self._month, field, text)
            except DomainError as error:
                self.failed.emit(describe(error))
                return changed
            self._kept = {**self._kept, field: text}
            changed = True
        return changed

    def _typed(self) -> None:
        self._pause.start()
