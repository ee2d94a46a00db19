"""A request for help, and the director's answer to it."""

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from ropdesk.domain.director import ReportKind, RequestState
from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import director
from ropdesk.services.director import Request
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.date_choice import DateButton
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import Field
from ropdesk.ui.widgets.segmented import Segmented

LONGEST = 500
SOON = timedelta(days=7)


class RequestDialog(Dialog):
    """Asks the director for something, or words a request anew."""

    def __init__(
        self,
        ws: Any,
        kind: ReportKind,
        start: date,
        today: date,
        known: Request | None,
        parent: QWidget,
    ) -> None:
        title = _("Change the request to the director") if known else _("Ask the director for help")
        super().__init__(title, _("Change") if known else _("Add"), parent)
        self._ws, self._kind, self._start, self._known = ws, kind, start, known
        self.text = QLineEdit(known.text if known else "")
        self.text.setMaxLength(LONGEST)
        self.text.setPlaceholderText(_("What is needed, and what it will give"))
        self._field = Field(_("What is asked for"), self.text)
        self.body.addWidget(self._field)
        self.needed = DateButton(_("no day"), _("No day"), today + SOON)
        self.needed.set_value(known.needed_by if known else None)
        self.needed.chosen.connect(self.needed.set_value)
        self.body.addWidget(Field(_("By when"), self.needed))
        if known is not None:
            self.removing = SecondaryButton(_("Remove"))
            self.removing.clicked.connect(self._remove)
            self.buttons.addButton(self.removing, QDialogButtonBox.ButtonRole.ResetRole)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep the request; what is wrong is said beside the words."""
        self._field.set_error("")
        try:
            if self._known is None:
                director.add_request(
                    self._ws, self._kind, self._start, self.text.text(), self.needed.value
                )
            else:
                director.change_request(
                    self._ws, self._known.id, self.text.text(), self.needed.value
                )
        except DomainError as error:
            self._field.set_error(describe(error))
            raise

    def _remove(self) -> None:
        if self._known is None:
            return
        try:
            director.remove_request(self._ws, self._known.id)
        except DomainError as error:
            self._field.set_error(describe(error))
        else:
            self.accept()


class AnswerDialog(Dialog):
    """What the director said, or that it has been done."""

    def __init__(self, ws: Any, request: Request, today: date, parent: QWidget) -> None:
        super().__init__(_("The director's answer"), _("Note the answer"), parent)
        self._ws, self._request, self._today = ws, request, today
        asked = QLabel(request.text)
        asked.setWordWrap(True)
        asked.setTextFormat(Qt.TextFormat.PlainText)
        self.body.addWidget(asked)
        options = [
            (RequestState.PROMISED.value, _("promised")),
            (RequestState.DONE.value, _("done")),
            (RequestState.DECLINED.value, _("declined")),
            (RequestState.OPEN.value, _("no answer yet")),
        ]
        first = request.state if request.state is not RequestState.OPEN else RequestState.PROMISED
        self.state = Segmented(options, first.value, _("The director's answer"))
        self.state.changed.connect(self._follow)
        self.body.addWidget(self.state)
        self.words = QLineEdit(request.answer)
        self.words.setMaxLength(LONGEST)
        row = QHBoxLayout()
        row.addWidget(Field(_("In the director's words"), self.words), 1)
        self.promised = DateButton(_("no day"), _("No day"), request.needed_by or today + SOON)
        self.promised.set_value(request.promised_for)
        self.promised.chosen.connect(self.promised.set_value)
        self._promised = Field(_("Promised for"), self.promised)
        row.addWidget(self._promised)
        self.body.addLayout(row)
        self._follow(first.value)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep the answer."""
        director.answer(
            self._ws, self._request.id, RequestState(self.state.current), self._today,
            self.words.text(), self.promised.value,
        )  # fmt: skip

    def _follow(self, state: str) -> None:
        self._promised.setVisible(state == RequestState.PROMISED.value)
        self.words.setEnabled(state != RequestState.OPEN.value)
