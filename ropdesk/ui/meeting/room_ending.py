"""The end of a meeting: the protocol frozen and printed, or a new edition of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.meetings import State
from ropdesk.i18n import _, describe
from ropdesk.services import meeting_run, protocols
from ropdesk.services.meeting_run import MeetingState
from ropdesk.ui.meeting.room_end_dialog import EndDialog
from ropdesk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.dialogs import ConfirmReason

if TYPE_CHECKING:
    from ropdesk.ui.meeting.room import RoomView
    from ropdesk.ui.runner import Progress

KIND = "protocol"
FORGOTTEN = timedelta(hours=1)  # without a word: nobody talks so long and writes nothing


@dataclass(frozen=True, slots=True)
class _Finish:
    ws: Any
    meeting_id: int
    at: datetime

    def __call__(self, _progress: "Progress") -> int:
        return protocols.finish(self.ws, self.meeting_id, self.at)


@dataclass(frozen=True, slots=True)
class _Issue:
    ws: Any
    meeting_id: int
    note: str
    at: datetime

    def __call__(self, _progress: "Progress") -> int:
        return protocols.issue_edition(self.ws, self.meeting_id, self.note, self.at)


@dataclass(frozen=True, slots=True)
class _Draft:
    ws: Any
    meeting_id: int

    def __call__(self, at: datetime) -> tuple[str, bytes]:
        return protocols.draft_pdf(self.ws, self.meeting_id, at)


class Ending(QObject):
    """Ends a meeting in the worker, then shows its paper."""

    def __init__(self, room: "RoomView") -> None:
        super().__init__(room)
        self._room = room
        self.busy = False
        self.dialog: ConfirmReason | EndDialog | None = None
        self.cancel = SecondaryButton(_("Cancel the corrections"))
        self.cancel.setToolTip(_("The protocol stays as it was issued last"))
        self.cancel.clicked.connect(self.give_up)
        self.primary = PrimaryButton(_("Finish and print"))
        self.primary.clicked.connect(room.finish)

    @property
    def buttons(self) -> tuple[QWidget, ...]:
        """The buttons of the header, the primary one last."""
        return self.cancel, self.primary

    def show_state(self, state: MeetingState) -> None:
        """Offer what goes with the state."""
        correcting = state.line.state is State.CORRECTING
        self.cancel.setVisible(correcting)
        words = _("Issue the new edition…") if correcting else _("Finish and print")
        self.primary.setText(words)
        self.primary.setToolTip(_("{what} ({keys})", what=words, keys="Ctrl+Shift+P"))

    def finish(self) -> None:
        """End the meeting, or issue the edition that was corrected."""
        state = self._room.state
        if state is None:
            return
        if state.line.state is State.RUNNING:
            self._end(state)
            return
        dialog = ConfirmReason(
            _("New edition of the protocol"),
            _("Say in a word what was corrected: it stands on the paper."),
            _("Issue"), self._room,
        )  # fmt: skip
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._issue)
        self.dialog = dialog
        dialog.open()

    def _end(self, state: MeetingState) -> None:
        """End the meeting now; one that was forgotten ended earlier."""
        at, context = self._room.clock(), self._room.context
        with context.workspace.read() as connection:
            last = meeting_run.last_word(connection, state.id, at)
        if last is None or at - last < FORGOTTEN or state.clock(at).paused:
            self._end_at(at)
            return
        self.dialog = EndDialog(last, at, context.today(), self._end_at, self._room)
        self.dialog.open()

    def _end_at(self, at: datetime) -> None:
        state = self._room.state
        if state is not None:
            self._start(_Finish(self._room.context.workspace, state.id, at))

    def _issue(self) -> None:
        state, dialog = self._room.state, self.dialog
        if state is not None and isinstance(dialog, ConfirmReason):
            ws, at = self._room.context.workspace, self._room.clock()
            self._start(_Issue(ws, state.id, dialog.reason, at))

    def _start(self, job: "_Finish | _Issue") -> None:
        """Write the protocol in the worker; nothing is typed meanwhile."""
        self.busy = True
        self._room.setEnabled(False)
        self._room.context.runner.start(
            job, self._finished, self._failed, _("Finishing the protocol…"), quiet=True
        )

    def _stopped(self) -> None:
        self.busy = False
        self._room.setEnabled(True)

    def draft(self) -> None:
        """Show the protocol as it would be now."""
        from ropdesk.ui.reports.paper_dialog import open_paper

        state, context = self._room.state, self._room.context
        if state is not None:
            make = _Draft(context.workspace, state.id)
            open_paper(context, self._room, KIND, state.line.day, make)

    def give_up(self) -> None:
        """Leave the protocol as it was."""
        state = self._room.state
        if state is not None:
            self._room.leave()
            self._room.changes.run(protocols.cancel_correction, state.id)

    def _finished(self, _answer: int) -> None:
        self._stopped()
        context = self._room.context
        context.toast(_("The protocol is finished."), undo=True)
        self._room.ended.emit()

    def _failed(self, error: BaseException) -> None:
        self._stopped()
        if not isinstance(error, DomainError):
            raise error
        self._room.show_error(describe(error))
