"""The dialog of our own mistake: what happened, where the report lies, a button to copy it."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QPlainTextEdit, QWidget

from ropdesk.i18n import _
from ropdesk.ui.widgets.dialogs import Dialog


class ReportDialog(Dialog):
    """The program goes on; what was saved is saved."""

    def __init__(self, text: str, file: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(_("Something went wrong in RopDesk"), _("Copy the report"), parent)
        words = QLabel(
            _(
                "This is our mistake, not yours. Everything saved is safe and you can go on. "
                "Nothing is sent anywhere: copy the report and pass it to the developers."
            )
        )
        words.setWordWrap(True)
        self.body.addWidget(words)
        self.details = QPlainTextEdit(text)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("Report"))
        self.details.setMinimumHeight(180)
        self.body.addWidget(self.details)
        if file is not None:
            place = QLabel(_("The report is kept in {file}", file=file))
            place.setProperty("role", "secondary")
            place.setWordWrap(True)
            self.body.addWidget(place)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.removeButton(cancel)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self.resize(620, 420)

    def submit(self) -> None:
        """Copy the report."""
        QApplication.clipboard().setText(self.details.toPlainText())
