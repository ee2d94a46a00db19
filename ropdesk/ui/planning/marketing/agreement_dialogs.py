"""Agreeing, closing, opening again, correcting: what has to be said before."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe, month_name
from ropdesk.services.marketing_edit import LONGEST_NAME
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import DateField, Field
from ropdesk.ui.widgets.labels import ElidedLabel
from ropdesk.ui.widgets.notes import NotesEdit

_WIDE = 700  # pixels at 100 % text scale
_LINES_SHOWN = 8


def listed(lines: Sequence[str]) -> QWidget:
    """Return sentences one under another; many of them scroll."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for line in lines:
        column.addWidget(ElidedLabel(line))
    if len(lines) <= _LINES_SHOWN:
        return box
    box.setObjectName("clear")
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setWidget(box)
    scroll.setMinimumHeight(current_theme().px(_LINES_SHOWN * 22))
    return scroll


class OneFieldDialog(Dialog):
    """Asks one thing; what refuses it is said beside the field.

    Args:
        take: does it with what was typed; may raise `DomainError`.
        lines: sentences above the field.
        long: several lines of text.
    """

    def __init__(
        self, title: str, label: str, accept: str, take: Callable[[str], object],
        lines: Sequence[str] = (), parent: QWidget | None = None, *, text: str = "",
        long: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(title, accept, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._take = take
        if lines:
            self.body.addWidget(listed(lines))
        self.editor: QLineEdit | NotesEdit
        if long:
            self.editor = NotesEdit()
            self.editor.show_text(text)
        else:
            self.editor = QLineEdit(text)
            self.editor.setMaxLength(500)
        self.field = Field(label, self.editor)
        self.body.addWidget(self.field)
        self.setMinimumWidth(current_theme().px(_WIDE))
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> str:
        """Return what was typed."""
        if isinstance(self.editor, QLineEdit):
            return self.editor.text().strip()
        return self.editor.text()

    def submit(self) -> None:
        """Do it, or say beside the field why not."""
        self.field.set_error("")
        try:
            self._take(self.typed())
        except DomainError as error:
            self.field.set_error(describe(error))
            raise


class AgreeDialog(Dialog):
    """Who agrees for marketing, and when."""

    def __init__(
        self, month: date, head: str, on: date, drafts: Sequence[str],
        agree: Callable[[str, date], object], parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Make the dialog.

        Args:
            head, on: proposed name and date.
            drafts: a line for each draft: the source and what is promised.
            agree: does it; may raise `DomainError`.
        """
        title = _("Agreement on leads: {month}", month=month_name(month))
        super().__init__(title, _("Agree"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._agree = agree
        self.body.addWidget(listed(drafts))
        self.name = QLineEdit(head)
        self.name.setMaxLength(LONGEST_NAME)
        self.date = DateField(on)
        self._name_field = Field(_("Who agrees for marketing"), self.name)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._name_field, 2)
        row.addWidget(Field(_("Date"), self.date), 1)
        self.body.addLayout(row)
        note = QLabel(
            _("What is agreed changes by a correction with its reason only. Print it for two "
              "signatures afterwards.")
        )  # fmt: skip
        note.setProperty("role", "secondary")
        note.setWordWrap(True)
        self.body.addWidget(note)
        self.setMinimumWidth(current_theme().px(_WIDE))
        (self.primary if head else self.name).setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Agree; what refuses the name is said beside it."""
        self._name_field.set_error("")
        try:
            self._agree(self.name.text(), self.date.value)
        except DomainError as error:
            if error.fields.get("field") == "head":
                self._name_field.set_error(describe(error))
            raise
