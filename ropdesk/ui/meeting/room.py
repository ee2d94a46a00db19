"""The room of a meeting that is held: agenda, numbers, notes, promises, decisions, the timer."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ropdesk.domain.meetings import Section, State
from ropdesk.i18n import _
from ropdesk.services import meeting_run, meetings, metrics, promises
from ropdesk.services.meeting_run import MeetingState
from ropdesk.ui.meeting.clock import moment
from ropdesk.ui.meeting.room_changes import Changes
from ropdesk.ui.meeting.room_ending import Ending
from ropdesk.ui.meeting.room_layout import RoomLayout
from ropdesk.ui.meeting.room_number_cells import days_words
from ropdesk.ui.meeting.room_promise_words import due_lines
from ropdesk.ui.widgets.buttons import SecondaryButton

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from ropdesk.services.promise_line import Reader
    from ropdesk.ui.context import Context
    from ropdesk.ui.meetings.task_dialog import TaskForm
    from ropdesk.ui.runner import Progress

TICK_MS = 1_000
NUMBERED = frozenset({
    Section.YESTERDAY, Section.TODAY, Section.REPEAT, Section.WEEK, Section.WEEK_PLAN,
    Section.MONTH, Section.MONTH_PLAN, Section.CONTEST,
})  # fmt: skip


class RoomView(RoomLayout):
    """A meeting while it is held, or while the words of its protocol are corrected.

    The timer runs here alone: it reads the kept marks and the clock, and nothing is written by it.

    Attributes:
        clock: says what time it is; tests set their own.

    Signals:
        ended: the protocol is finished, or its new edition is issued.
    """

    ended = Signal()

    watches = frozenset({
        "meeting", "meeting_point", "meeting_mark", "meeting_attendance", "meeting_decision",
        "meeting_goal", "promise", "promise_move", "daily_value", "plan", "plan_day", "member",
        "absence", "own_metric", "setting", "deal", "calendar_day",
    })  # fmt: skip

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.state: MeetingState | None = None
        self.clock: Callable[[], datetime] = partial(moment, context)
        self.changes = Changes(self)
        self.ending = Ending(self)
        self.task_dialog: TaskForm | None = None
        self._reader_of: tuple[object, ...] = ()
        self._point: int | None = None
        self._watched: QWidget | None = None
        self._typed: set[int] = set()
        self._pause = SecondaryButton(_("Pause"))
        self._pause.clicked.connect(self.toggle_pause)
        self._connect()
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self._ticker.timeout.connect(self.tick)

    # -- what is shown

    def header_parts(self) -> Sequence[QWidget]:
        """Return the timer and the buttons."""
        return (self.timer, self._pause, *self.ending.buttons)

    @property
    def point_id(self) -> int | None:
        """Id of the point that is talked of, or looked at."""
        return self._point

    @property
    def held(self) -> bool:
        """Whether the meeting is running, not corrected afterwards."""
        return self.state is not None and self.state.line.state is State.RUNNING

    def reload(self) -> None:
        """Read the meeting and show what differs."""
        if self.ref is None:
            return
        with self.context.workspace.read() as connection:
            line = meetings.line(connection, self.ref)
            if line.id is None or line.state not in {State.RUNNING, State.CORRECTING}:
                return  # the page is about to show another side
            state = meeting_run.meeting(connection, line.id)
            other = self.state is None or self.state.id != state.id
            self.state = state
            self.numbers.load(connection, state.line, editable=True)
            self._show_promises(connection, state)
            known = metrics.load(connection)
        found = self.numbers.numbers
        if found is not None:
            spans, today = found.spans, self.context.today()
            days = days_words(spans.fact_first, spans.fact_last, today)
            self.interim.show_numbers(found, known, days)
        self.agenda.show_agenda(state, fixed=not self.held)
        self.people.show_people(state)
        self.decisions.show_decisions(state.decisions)
        self.private.show_text(state.private, other=other)
        if other:
            self._point = None
        self._show_point(self._point if not self.held and self._point else state.current)
        self.ending.show_state(state)
        self._follow_time()

    def tick(self) -> None:
        """Show the time; keep words that have been typed for a second or two without a pause."""
        self._show_time()
        still = {id(edit) for edit in self.edits if edit.changed}
        for edit in self.edits:
            if id(edit) in still & self._typed:
                edit.commit()
        self._typed = still

    # -- actions

    def next_point(self) -> None:
        """Talk of the next point."""
        self._step(1)

    def previous_point(self) -> None:
        """Talk of the point before."""
        self._step(-1)

    def point_done(self) -> None:
        """Keep what was said; go on, or say that the agenda is done."""
        if not self._step(1):
            self.context.toast(_("The agenda is done. Finish and print: Ctrl+Shift+P."))

    def toggle_pause(self) -> None:
        """Let the time stand still, or go on."""
        if self.state is None or not self.held:
            return
        at = self.clock()
        run = (
            meeting_run.resume if self._read(self.state.id).clock(at).paused else meeting_run.pause
        )
        self.changes.run(run, self.state.id, at)
        self.state = self._read(self.state.id)  # at once: what is being typed holds reloads back
        self._show_time()

    def finish(self) -> None:
        """End the meeting and print; while correcting: issue the new edition."""
        if self.ending.busy:
            return
        self.leave()
        self.ending.finish()

    def print_draft(self) -> None:
        """Show the protocol as it would be now."""
        self.leave()
        self.ending.draft()

    def go_promise(self) -> None:
        """Go to the promise line."""
        self.promises.take_focus()

    def go_notes(self) -> None:
        """Go to the notes of the point."""
        self.notes.take_focus()

    def go_decision(self) -> None:
        """Go to the line of a new decision."""
        self.decisions.take_focus()

    def go_numbers(self) -> None:
        """Go to the plans to be agreed, or to the promises to be judged."""
        if self.due.isVisible():
            self.due.take_focus()
        elif self.numbers.isVisible():
            self.numbers.start_typing()

    def go_agenda(self) -> None:
        """Go to the agenda."""
        self.agenda.take_focus(self._point)

    def go_people(self) -> None:
        """Go to the attendance."""
        self.people.take_focus()

    def say_roles(self) -> None:
        """Say who leads, writes and visits."""
        self.changes.ask_roles()

    def new_point(self) -> None:
        """Add a point to the agenda."""
        if self.held:
            self.agenda.start_new()

    def make_task(self) -> None:
        """Ask for a task that comes from the meeting; a decision in focus gives it its words."""
        from ropdesk.ui.meetings.task_dialog import open_task

        if self.state is not None:
            words = self.decisions.chosen()
            self.task_dialog = open_task(self.context, self, "meeting", self.state.id, words)

    def toggle_private(self) -> None:
        """Show or hide the private notes."""
        if self.private.isVisible():
            self.private.conceal()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.private.reveal()

    def show_point(self, point_id: int) -> None:
        """Talk of a point; of a finished meeting, show it."""
        if self.state is None:
            return
        self.notes.commit()
        if self.held:
            self.changes.run(meeting_run.go_to_point, self.state.id, point_id, self.clock())
            self.refresh()
        else:
            self._show_point(point_id)

    def leave(self) -> None:
        """Keep everything that is being typed."""
        for card in (self.notes, self.people, self.decisions):
            card.commit()
        self.private.edit.commit()

    # -- events

    def showEvent(self, event: QShowEvent) -> None:
        """Let the timer run again; follow the window."""
        super().showEvent(event)
        if self._watched is not self.window():
            self._watched = self.window()
            self._watched.installEventFilter(self)
        self._follow_window()
        self._follow_time()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is being typed; nobody looks at the timer."""
        super().hideEvent(event)
        self._ticker.stop()
        self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep words before the window closes; hide the private notes when it fills the screen."""
        if event.type() == QEvent.Type.Close and self.isVisible():
            self.leave()
        elif event.type() == QEvent.Type.WindowStateChange:
            self._follow_window()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pause with Space where no field has the focus; leave a field with Esc."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.toggle_pause()
        elif event.key() == Qt.Key.Key_Escape:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    # -- inside

    def _connect(self) -> None:
        self.agenda.chosen.connect(self.show_point)
        self.agenda.added.connect(self.changes.add_point)
        self.agenda.command.connect(self.changes.point_command)
        self.people.changed.connect(self.changes.attendance)
        self.people.roles_wanted.connect(self.changes.ask_roles)
        self.numbers.editing.connect(self._follow_editing)
        self.due.commanded.connect(self.changes.on_promise)
        self.notes.said.connect(self.changes.said)
        self.promises.accepted.connect(self.changes.promised)
        self.promises.removed.connect(self.changes.remove_promise)
        self.promises.opened.connect(self.changes.open_promise)
        self.decisions.added.connect(self.changes.decided)
        self.decisions.changed.connect(self.changes.change_decision)
        self.decisions.removed.connect(self.changes.remove_decision)
        self.private.said.connect(self.changes.private)

    def _read(self, meeting_id: int) -> MeetingState:
        with self.context.workspace.read() as connection:
            return meeting_run.meeting(connection, meeting_id)

    def _step(self, step: int) -> bool:
        state = self.state
        if state is None or not state.points:
            return False
        ids = [point.id for point in state.points]
        here = ids.index(self._point) if self._point in ids else 0
        there = here + step
        self.notes.commit()
        if not 0 <= there < len(ids):
            return False
        self.show_point(ids[there])
        return True

    def _show_point(self, point_id: int | None) -> None:
        """Show what a point needs: numbers, promises to be judged, indicators, notes."""
        state = self.state
        point = state.point(point_id) if state is not None else None
        moved = point_id != self._point
        self._point = None if point is None else point.id
        section = point.section if point is not None else Section.FREE
        # The numbers of a finished meeting stay as they were printed: today's would be others.
        self.due.setVisible(self.held and section == Section.PROMISES)
        self.interim.setVisible(self.held and section == Section.INTERIM)
        self.numbers.setVisible(self.held and section in NUMBERED)
        self.notes.show_point(point, correcting=not self.held)
        self._show_time()
        if moved:
            self.agenda.show_row(self._point)

    def _show_time(self) -> None:
        state = self.state
        if state is None:
            return
        found = state.clock(self.clock())
        self.agenda.show_times(state, found.points, self._point)
        self.timer.setVisible(self.held)
        self.timer.show_time(found.elapsed, state.line.minutes, paused=found.paused)
        self._pause.setVisible(self.held)
        words = _("Go on") if found.paused else _("Pause")
        self._pause.setText(words)
        self._pause.setToolTip(_("{what} ({keys})", what=words, keys=_("F8, Space")))

    def _follow_time(self) -> None:
        going = self.held and self.isVisible()
        if going and not self._ticker.isActive():
            self._ticker.start()
        elif not going:
            self._ticker.stop()
        self._show_time()

    def _follow_window(self) -> None:
        on = self.window().isFullScreen()
        self.timer.set_wall(on=on)
        if on and self.private.isVisible():
            self.private.conceal()

    def _follow_editing(self, on: bool) -> None:
        if on:
            self.begin_edit()
        else:
            self.end_edit()

    def _show_promises(self, connection: "Connection", state: MeetingState) -> None:
        today = self.context.today()
        known = metrics.load(connection)
        given = promises.lines(connection, today, meeting_id=state.id)
        due = due_lines(connection, state, self.numbers.numbers, today)
        broken = [line for line in due if line.verdict.value in {"broken", "partly"}]
        self.promises.show_promises(given, broken, today, known)
        self.due.show_due(due, today, known)
        here = frozenset(each.member_id for each in state.attendance if each.state != "absent")
        if (state.id, here) != self._reader_of:
            from ropdesk.services.promise_line import promise_reader

            self._reader_of = (state.id, here)
            reader = promise_reader(self.context.workspace, state.line.day, here or None)
            self.promises.set_reader(reader)
            self.context.runner.start(partial(_learn, reader), _learnt, quiet=True)


def _learn(reader: "Reader", _progress: "Progress") -> None:
    """Learn everybody's names before the line is needed: it takes a quarter of a second."""
    reader.prepare()


def _learnt(_nothing: None) -> None:
    """The line knows the names from now on."""
