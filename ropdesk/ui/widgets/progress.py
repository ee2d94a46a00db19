"""The dialog of long work: what is being done, how far, and «Cancel»."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from ropdesk.i18n import _, integer
from ropdesk.ui.runner import Progress
from ropdesk.ui.widgets.buttons import SecondaryButton


class ProgressDialog(QWidget):
    """Shows a job's progress; Escape, closing and «Cancel» ask the job to stop."""

    def __init__(self, title: str, progress: Progress, window: QWidget | None) -> None:
        super().__init__(window, Qt.WindowType.Dialog)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title or _("Please wait"))
        self._progress = progress
        self._ended = False
        self._words = QLabel(title)
        self._words.setProperty("role", "strong")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._count = QLabel()
        self._count.setProperty("role", "secondary")
        self.cancel_button = SecondaryButton(_("Cancel"))
        self.cancel_button.clicked.connect(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        row.addWidget(self.cancel_button)
        column.addLayout(row)
        self.setMinimumWidth(380)
        progress.told.connect(self._tell)

    def cancel(self) -> None:
        """Ask the job to stop; the dialog stays until it has."""
        self._progress.cancel()
        self.cancel_button.setEnabled(False)
        self._count.setText(_("Stopping…"))

    def finish(self) -> None:
        """Go away: the job has ended."""
        self._ended = True
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape cancel."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing by hand is cancelling."""
        if self._ended:
            event.accept()
        else:
            event.ignore()
            self.cancel()

    def _tell(self, done: int, total: int, words: str) -> None:
        if words:
            self._words.setText(words)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if total and not self._progress.cancelled:
            text = _("{done} of {total}", done=integer(done), total=integer(total))
            self._count.setText(text)
