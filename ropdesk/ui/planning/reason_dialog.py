"""Asks for the word of reason that an override of imported numbers needs."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ropdesk.i18n import _
from ropdesk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.fields import Field


class ReasonDialog(QDialog):
    """One line; Enter accepts it, Escape leaves the numbers as they were."""

    def __init__(
        self,
        words: str,
        reason: str,
        on_reason: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Change an imported number"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        self._on_reason = on_reason
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        label = QLabel(words)
        label.setWordWrap(True)
        column.addWidget(label)
        self.field = QLineEdit(reason)
        self.field.setMaxLength(200)
        self.field.textChanged.connect(self._follow)
        column.addWidget(Field(_("Reason"), self.field))
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = SecondaryButton(_("Leave as it was"))
        cancel.clicked.connect(self.reject)
        self.accept_button = PrimaryButton(_("Change the number"))
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self.accept)
        row.addWidget(cancel)
        row.addWidget(self.accept_button)
        column.addLayout(row)
        self._follow(reason)
        self.field.setFocus()

    def accept(self) -> None:
        """Take the reason, if there is one."""
        reason = self.field.text().strip()
        if reason:
            super().accept()
            self._on_reason(reason)

    def _follow(self, text: str) -> None:
        self.accept_button.setEnabled(bool(text.strip()))
