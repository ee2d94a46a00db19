"""One meeting: prepared, held, read afterwards."""

from collections.abc import Iterable
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.meetings import State as MeetingStep
from ropdesk.i18n import _, describe, full_day, weekday_date
from ropdesk.services import meeting_run, meetings
from ropdesk.ui.meeting.actions import MeetingActions
from ropdesk.ui.meeting.side import MeetingSide
from ropdesk.ui.page import Page
from ropdesk.ui.roles import State
from ropdesk.ui.wall import WallScale
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ropdesk.services.meetings import MeetingLine, Ref
    from ropdesk.ui.context import Context
    from ropdesk.ui.meeting.actions import Room
    from ropdesk.ui.meeting.room import RoomView

# What shows a meeting in each of its states: a room of ``ropdesk.ui.meeting`` and a `MeetingSide`.
AROUND = timedelta(weeks=2)  # where meetings worth a picture are looked for
LARGER = 150  # percent, in full screen: a meeting is read from the other end of the room
PREPARATION, ROOM, DONE = "preparation", "room", "done"
SIDES = {PREPARATION: "PreparationView", ROOM: "RoomView", DONE: "DoneView"}
STATES = {
    MeetingStep.RUNNING: ROOM, MeetingStep.CORRECTING: ROOM, MeetingStep.DONE: DONE,
}  # fmt: skip


class MeetingPage(Page):
    """One meeting, as its state wants it.

    `go_to` takes ``meeting`` (a `Ref`); what else is given goes to the side shown. Without one the
    meeting that is running is shown, or the next one of the day.
    """

    watches = frozenset({"meeting", "meeting_series", "meeting_kind", "calendar_day"})

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(context, _("Meeting"), parent)
        MeetingActions.of(context.registry).page = self
        self.ref: Ref | None = None
        self._key = ""
        self._sides: dict[str, MeetingSide] = {}
        self._parts: dict[str, list[QWidget]] = {}
        self._empty: EmptyState | None = None
        self._day_chip, self._number_chip, self._state_chip = Chip(""), Chip(""), Chip("")
        self.set_chips([self._day_chip, self._number_chip, self._state_chip])
        self._content = QStackedWidget()
        self.body.addWidget(self._content, 1)
        self._wall = WallScale(context.theme, self, LARGER)

    @property
    def side(self) -> MeetingSide | None:
        """What shows the meeting now; None while there is none to show."""
        return self._sides.get(self._key)

    @property
    def room(self) -> "Room | None":
        """The room, while a meeting is held or its protocol is corrected."""
        return cast("Room | None", self.side) if self._key == ROOM else None

    def go_to(self, **where: object) -> None:
        """Show a meeting, and go on there."""
        if "meeting" in where:
            if self.side is not None:
                self.side.leave()
            self.ref = cast("Ref", where["meeting"])
        self.clear_error()
        self.refresh()
        if self.side is not None:
            self.side.go_to(**where)

    def pictures(self) -> dict[str, dict[str, object]]:
        """Name a meeting in each of its states: to come, running, held."""
        today = self.context.today()
        with self.context.workspace.read() as connection:
            near = meetings.between(connection, today - AROUND, today + AROUND)
        found: dict[str, dict[str, object]] = {}
        for line in near:
            side = STATES.get(line.state, PREPARATION)
            # The last one held, the first one to come.
            if line.state is not MeetingStep.SKIPPED and (side == DONE or side not in found):
                found[side] = {"meeting": line.ref}
        return found

    def reload(self) -> None:
        """Show the side that goes with the meeting's state."""
        with self.context.workspace.read() as connection:
            line = self._line(connection)
        if line is None:
            self._show_empty()
            return
        self.ref = line.ref
        self._say(line)
        self._show(STATES.get(line.state, PREPARATION))
        if self.side is not None:
            self.side.set_meeting(line.ref)
        self.context.registry.refresh()

    def on_changed(self, changed: Iterable[str]) -> None:
        """Pass the news to the sides already made; each judges for itself."""
        super().on_changed(changed)
        for side in self._sides.values():
            side.on_changed(changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the window in and out of full screen."""
        super().showEvent(event)
        self._wall.watch(self.window())

    def to_the_list(self) -> None:
        """Go to the list of meetings."""
        self.context.navigate("meetings")

    # -- inside

    def _line(self, connection: "Connection") -> "MeetingLine | None":
        if self.ref is not None:
            try:
                return meetings.line(connection, self.ref)
            except DomainError as error:
                self.ref = None
                self.show_error(describe(error))
        running = meeting_run.running(connection)
        if running is not None:
            return meetings.line(connection, running)
        today = meetings.on_day(connection, self.context.today())
        return next((line for line in today if line.state is MeetingStep.PLANNED), None)

    def _say(self, line: "MeetingLine") -> None:
        self.set_title(line.title)
        same = line.day.year == self.context.today().year
        self._day_chip.set(weekday_date(line.day) if same else full_day(line.day))
        self._number_chip.setVisible(line.number is not None)
        self._number_chip.set(_("protocol № {n}", n=line.number))
        words, state = {
            MeetingStep.RUNNING: (_("in progress"), State.GOOD),
            MeetingStep.DONE: (_("held"), State.NEUTRAL),
            MeetingStep.CORRECTING: (_("being corrected"), State.WARNING),
            MeetingStep.SKIPPED: (_("skipped"), State.WARNING),
            MeetingStep.PLANNED: (_("planned"), State.NEUTRAL),
        }[line.state]
        self._state_chip.set(words, state)
        self._day_chip.show()
        self._state_chip.setVisible(line.state is not MeetingStep.RUNNING)  # the timer says it

    def _show(self, key: str) -> None:
        side = self._side(key)
        if self.side is not None and key != self._key:
            self.side.leave()
        lost = key != self._key and self._has_keyboard()
        self._key = key
        for owner, parts in self._parts.items():
            for part in parts:
                part.setVisible(owner == key)
        if side is not None:
            self._put(side)
            if lost:  # what is hidden gives the keyboard to a stranger
                side.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _put(self, widget: QWidget) -> None:
        shown = self._content.currentWidget()
        if shown is not widget:
            if shown is not None:
                self._content.removeWidget(shown)  # a tall side must not make the others scroll
            self._content.addWidget(widget)

    def _side(self, key: str) -> MeetingSide | None:
        if key not in self._sides and find_spec(f"ropdesk.ui.meeting.{key}") is not None:
            room = import_module(f"ropdesk.ui.meeting.{key}")
            side = cast("MeetingSide", getattr(room, SIDES[key])(self.context))
            side.setParent(self._content)
            self._sides[key] = side
            if key == ROOM:
                cast("RoomView", side).ended.connect(self._ended)
            self._parts[key] = list(side.header_parts())
            for part in self._parts[key]:
                self.add_action_widget(part)
        return self._sides.get(key)

    def _ended(self) -> None:
        """Show the paper of the meeting that has just been finished."""
        self.refresh()
        if self.side is not None and self._key == DONE:
            self.side.print_paper()

    def _show_empty(self) -> None:
        self._show("")
        self.set_title(_("Meeting"))
        for chip in (self._day_chip, self._number_chip, self._state_chip):
            chip.hide()
        if self._empty is None:
            self._empty = EmptyState(
                _(
                    "Here a meeting is prepared, held with its timer, and finished with a printed "
                    "protocol. No meeting is planned for today."
                ),
                (_("Go to the meetings"), self.to_the_list),
            )
        self._put(self._empty)
