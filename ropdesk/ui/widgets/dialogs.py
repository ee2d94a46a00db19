"""Dialogs: a title, the content, the error line, and buttons with Qt's own words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ropdesk.domain.errors import N_, DomainError
from ropdesk.i18n import _, describe
from ropdesk.ui.widgets.buttons import PrimaryButton
from ropdesk.ui.widgets.fields import Field, FieldError


class Dialog(QDialog):
    """Content in `body`; the primary button runs `submit` and closes if it did not refuse.

    Override `submit` to do the work; a `DomainError` it raises is said in the error line and the
    dialog stays.
    """

    def __init__(
        self, title: str, accept_words: str, parent: QWidget | None = None, *, cancel: bool = True
    ) -> None:
        """Make the dialog.

        Args:
            accept_words: the primary button: a verb («Create»), not «OK».
            cancel: whether there is a button to leave without doing anything.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        self._title = QLabel(title)
        self._title.setProperty("role", "title")
        self._title.setWordWrap(True)
        outer.addWidget(self._title)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        outer.addLayout(self.body, 1)
        self._error = FieldError()
        outer.addWidget(self._error)
        self.primary = PrimaryButton(accept_words)
        self.primary.clicked.connect(self.try_submit)
        self.buttons = QDialogButtonBox()
        self.buttons.addButton(self.primary, QDialogButtonBox.ButtonRole.ActionRole)
        if cancel:
            self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
            self.buttons.rejected.connect(self.reject)
        outer.addWidget(self.buttons)
        self.primary.setDefault(True)  # only now does the dialog learn of it
        self.setMinimumWidth(420)

    @property
    def error(self) -> str:
        """What is said to be wrong, empty if nothing is."""
        return self._error.text()

    def show_error(self, text: str) -> None:
        """Say what is wrong; none clears it."""
        self._error.say(text)

    def submit(self) -> None:
        """Do what the dialog is for. Override; raise `DomainError` to refuse."""

    def try_submit(self) -> None:
        """Run `submit`; close the dialog, or say why not, unless a field says it already."""
        self._error.say("")
        try:
            self.submit()
        except DomainError as error:
            if not any(field.error for field in self.findChildren(Field)):
                self._error.say(describe(error))
        else:
            self.accept()


class ConfirmReason(Dialog):
    """Asks for a word of reason before something that should be explained.

    After `exec()` returned true the words are in `reason`.
    """

    def __init__(
        self,
        title: str,
        question: str,
        accept_words: str,
        parent: QWidget | None = None,
        *,
        reason: str = "",
    ) -> None:
        super().__init__(title, accept_words, parent)
        self.setModal(True)
        words = QLabel(question)
        words.setWordWrap(True)
        self.body.addWidget(words)
        self._line = QLineEdit(reason)
        self._line.setMaxLength(500)
        self._field = Field(_("Reason"), self._line)
        self.body.addWidget(self._field)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def reason(self) -> str:
        """The words given."""
        return self._line.text().strip()

    def submit(self) -> None:
        """Refuse an empty reason."""
        if not self.reason:
            raise DomainError(N_("No reason is given. Write a word or two."))


def ask_reason(
    title: str, question: str, accept_words: str, parent: QWidget | None = None
) -> str | None:
    """Ask for a reason; `None` if the person thought better of it."""
    dialog = ConfirmReason(title, question, accept_words, parent)
    try:
        return dialog.reason if dialog.exec() else None
    finally:
        dialog.deleteLater()
