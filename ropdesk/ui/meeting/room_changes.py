"""Everything a person changes in the room of a meeting: one service each, errors said above."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import meeting_run, promises
from ropdesk.ui.meeting.room_notes import AVOID
from ropdesk.ui.meeting.room_rows import EARLIER, LATER, REMOVE
from ropdesk.ui.meetings import promises_card
from ropdesk.ui.meetings.promises_changes import PromiseChanges

if TYPE_CHECKING:
    from ropdesk.services.promise_line import PromiseInput
    from ropdesk.ui.meeting.room import RoomView
    from ropdesk.ui.widgets.dialogs import Dialog

MINUTES = re.compile(r"\s+(\d{1,3})(?:\s*(?:мин|min)\.?)?$")
USUAL = 5  # minutes of a point for which none are said


def read_point(words: str) -> tuple[str, int]:
    """Read «Новая CRM 7» as a name and its minutes."""
    found = MINUTES.search(words.strip())
    if found is None:
        return words.strip(), USUAL
    return words.strip()[: found.start()].strip(), int(found.group(1))


class Changes(QObject):
    """What is changed goes to the service; what it refuses is said on the page."""

    def __init__(self, room: "RoomView") -> None:
        super().__init__(room)
        self._room = room
        self.dialog: Dialog | None = None
        self.promises = PromiseChanges(room.context, room)

    def run(self, service: Callable[..., object], *args: Any, **kwargs: Any) -> bool:
        """Call a service with the workspace; False if it refused."""
        try:
            service(self._room.context.workspace, *args, **kwargs)
        except DomainError as error:
            self._room.show_error(describe(error))
            return False
        self._room.show_error("")
        return True

    @property
    def _id(self) -> int:
        state = self._room.state
        return 0 if state is None else state.id

    def add_point(self, words: str) -> None:
        """Add a point after the one that is talked of."""
        state = self._room.state
        if state is not None:
            title, minutes = read_point(words)
            after = state.points[-1].id if state.points else None
            self.run(meeting_run.add_point, self._id, title, minutes, after=after)

    def point_command(self, point_id: int, name: str) -> None:
        """Move, change or take off a point."""
        if not self._room.held:
            return
        if name in {EARLIER, LATER}:
            self.run(meeting_run.move_point, point_id, 1 if name == LATER else -1)
        elif name == REMOVE:
            if self.run(meeting_run.remove_point, point_id):
                self._room.context.toast(_("The point is off the agenda."), undo=True)
        else:
            self._edit_point(point_id)

    def _edit_point(self, point_id: int) -> None:
        from ropdesk.ui.meeting.room_point_dialog import PointDialog

        state = self._room.state
        point = state.point(point_id) if state is not None else None
        if point is not None:
            self.dialog = PointDialog(self._room.context.workspace, point, self._room)
            self.dialog.open()

    def attendance(self, member_id: int, state: str, reason: str) -> None:
        """Say whether a member is there."""
        self.run(meeting_run.set_attendance, self._id, member_id, state, reason)

    def ask_roles(self) -> None:
        """Ask who leads, writes and visits."""
        from ropdesk.ui.meeting.room_roles_dialog import RolesDialog

        if self._room.state is not None:
            self.dialog = RolesDialog(self._room.context.workspace, self._room.state, self._room)
            self.dialog.open()

    def said(self, point_id: int, which: str, text: str) -> None:
        """Write what was said under a point."""
        words = {AVOID: text} if which == AVOID else {"notes": text}
        if not self.run(meeting_run.set_notes, point_id, **words):
            self._room.notes.refused()

    def private(self, text: str) -> None:
        """Write what is not shown."""
        if not self.run(meeting_run.set_private, self._id, text):
            state = self._room.state
            self._room.private.edit.refused("" if state is None else state.private)

    def decided(self, text: str) -> None:
        """Write a decision down under the point that is talked of."""
        if not self.run(meeting_run.add_decision, self._id, text, self._room.point_id):
            self._room.decisions.line.setText(text)

    def change_decision(self, decision_id: int, text: str) -> None:
        """Put a decision in other words."""
        self.run(meeting_run.change_decision, decision_id, text)

    def remove_decision(self, decision_id: int) -> None:
        """Take a decision away."""
        if self.run(meeting_run.remove_decision, decision_id):
            self._room.context.toast(_("The decision is taken away."), undo=True)

    def promised(self, said: object) -> None:
        """Write a confirmed promise down as one of this meeting."""
        given = self._room.context.today()
        new = promises.new_promise(given, cast("PromiseInput", said), self._id)
        try:
            promises.add(self._room.context.workspace, new)
        except DomainError as error:
            self._room.promises.field.give_back(describe(error))

    def remove_promise(self, promise_id: int) -> None:
        """Take a promise away that was written down by mistake."""
        if self.run(promises.remove, promise_id):
            self._room.context.toast(_("The promise is taken away."), undo=True)

    def on_promise(self, promise_id: int, command: str) -> None:
        """Judge, put off or correct a promise, as in the list of promises."""
        today = self._room.context.today()
        with self._room.context.workspace.read() as connection:
            line = promises.line(connection, today, promise_id)
        self.promises.run(command, line)

    def open_promise(self, promise_id: int) -> None:
        """Correct a promise."""
        self.on_promise(promise_id, promises_card.CHANGE)
