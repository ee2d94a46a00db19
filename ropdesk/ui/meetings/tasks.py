"""Tasks from every place in one list: written on a line, done with Space."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ropdesk.domain.tasks import Kind, State, When
from ropdesk.i18n import _
from ropdesk.services import tasks
from ropdesk.services.tasks import TaskLine, TaskRef
from ropdesk.ui.meetings import tasks_cells as cells
from ropdesk.ui.meetings import tasks_words as words
from ropdesk.ui.meetings.tasks_actions import TaskActions
from ropdesk.ui.meetings.tasks_changes import Changes
from ropdesk.ui.meetings.tasks_entry import TaskEntry
from ropdesk.ui.page import Page, View
from ropdesk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.fields import ADJUST
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

OPEN, DONE = "open", "done"
TICK, TELL, EDIT, DROP, DELETE, GO = "tick", "tell", "edit", "drop", "delete", "go"
EVERYBODY = -1
_FILTERS = {each.value: each for each in When}


class _Table(FittingTable):
    """Hears the keys of a task.

    Signals:
        pressed: what is to be done with the chosen task.
    """

    pressed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space does, Shift+Space says what came of it, Enter changes, Del drops."""
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_Space:
            shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            self.pressed.emit(TELL if shift else TICK)
        elif key == Qt.Key.Key_Delete:
            self.pressed.emit(DROP)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
            self.pressed.emit(GO if ctrl else EDIT)
        else:
            super().keyPressEvent(event)


class TasksView(View):
    """All tasks. `go_to` takes ``record`` (a `TaskRef` or a task's id), ``new`` and ``when``."""

    watches = frozenset({
        "task", "planned_action", "action_series", "investigation", "director_request",
        "director_report", "member", "calendar_day", "setting",
    })  # fmt: skip

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        TaskActions.of(context.registry).page = self
        self.lines: dict[TaskRef, TaskLine] = {}
        self.changes = Changes(context, self)
        self.changes.refused.connect(self._say)
        self.changes.follow.connect(self._follow)
        self._wanted: TaskRef | None = None
        self._closed: bool | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.entry = TaskEntry(context)
        self.entry.added.connect(self._follow)
        column.addWidget(self.entry)
        column.addWidget(self._build(), 1)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.begin)

    def header_parts(self) -> Sequence[QWidget]:
        """Return the button that makes a task with a note."""
        new = PrimaryButton(_("New task…"))
        new.setToolTip(_("New task with a note (Ctrl+Shift+N)"))
        new.clicked.connect(self.new_task)
        QShortcut(QKeySequence("Ctrl+Shift+N"), self).activated.connect(self.new_task)
        return (new,)

    def go_to(self, **where: object) -> None:
        """Show a task, the tasks of a time, or be ready to write one."""
        record, when = where.get("record"), where.get("when")
        if isinstance(record, int):
            record = TaskRef(Kind.TASK, record)
        if isinstance(record, TaskRef):
            self._wanted = record
            self.which.set_current(DONE if self._is_closed(record) else OPEN)
        elif isinstance(when, str) and when in {OPEN, DONE, *_FILTERS}:
            self.which.set_current(when)
        self.mark_stale()
        if where.get("new"):
            self.begin()

    def begin(self) -> None:
        """Be ready to write a task."""
        self.entry.begin()

    def new_task(self) -> None:
        """Ask for a task with all its fields."""
        self.changes.new()

    def reload(self) -> None:
        """Ask for the list and show it."""
        ws, today = self.context.workspace, self.context.today()
        with ws.read() as connection:
            # What is done grows with the years; it is read where it is looked at.
            closed = self.which.current == DONE
            found = tasks.tasks(connection, today, open_only=not closed)
            people = tasks.owners(connection, today)
        self.entry.show_owners(people)
        self.lines = {line.ref: line for line in found}
        self._show_owners(found)
        self._show()

    # -- inside

    def _build(self) -> QWidget:
        card = Card(_("Tasks"))
        head = QHBoxLayout()
        head.setSpacing(12)
        options = [
            (OPEN, _("open {n}", n=0)),
            *((each.value, _(words.WHEN[each], n=0)) for each in When),
            (DONE, _("done")),
        ]
        self.which = Segmented(options, name=_("Which tasks"), wraps=True)
        self.which.changed.connect(self._filter)
        self.whose = QComboBox()
        self.whose.setSizeAdjustPolicy(ADJUST)
        self.whose.setMinimumContentsLength(14)
        self.whose.setAccessibleName(_("Whose tasks"))
        self.whose.activated.connect(self._show)
        head.addWidget(self.which, 1)
        head.addWidget(self.whose, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        self.table = _Table(cells.columns(closed=False), cells.SPARE)
        self.table.setAccessibleName(_("Tasks"))
        self.table.setSelectionBehavior(_Table.SelectionBehavior.SelectRows)
        self.table.pressed.connect(self._pressed)
        self.table.row_activated.connect(self._activated)
        self.table.cell_activated.connect(self._clicked)
        self.table.current_row_changed.connect(self._say_buttons)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self._empty: EmptyState | None = None
        card.body.addWidget(self.stack, 1)
        card.body.addWidget(self._buttons())
        return card

    def _buttons(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=8)
        self.buttons: dict[str, SecondaryButton] = {}
        for name, text, keys in (
            (TICK, _("Done"), "Space"),
            (TELL, _("Done, with a result…"), "Shift+Space"),
            (EDIT, _("Change…"), "Enter"),
            (DROP, _("Drop…"), "Del"),
            (DELETE, _("Delete"), ""),
            (GO, _("Where it came from"), "Ctrl+Enter"),
        ):
            button = SecondaryButton(text)
            button.setObjectName(name)
            if keys:
                button.setToolTip(_("{what} ({keys})", what=text, keys=keys))
            button.clicked.connect(self._act)
            self.buttons[name] = button
            flow.addWidget(button)
        return holder

    def _show_owners(self, found: Sequence[TaskLine]) -> None:
        named = {line.member_id: line.owner for line in found if line.member_id is not None}
        chosen = self.whose.currentData()
        self.whose.clear()
        self.whose.addItem(_("All owners"), EVERYBODY)
        self.whose.addItem(_("Sales head"), None)
        for member_id, name in sorted(named.items(), key=lambda one: one[1].casefold()):
            self.whose.addItem(name, member_id)
        self.whose.setCurrentIndex(max(0, self.whose.findData(chosen)) if self._closed is not None
                                   else 0)  # fmt: skip

    def _filter(self, key: str) -> None:
        if (key == DONE) is self._closed:
            self._show()
        else:
            self.refresh()

    def _is_closed(self, ref: TaskRef) -> bool:
        if ref.kind is not Kind.TASK or not isinstance(ref.key, int):
            return False
        with self.context.workspace.read() as connection:
            line = tasks.find(connection, ref.key)
        return line is not None and line.state is not State.OPEN

    def _mine(self) -> list[TaskLine]:
        whose = self.whose.currentData()
        return [
            line
            for line in self.lines.values()
            if whose == EVERYBODY or (line.member_id == whose and line.ref.kind is not Kind.REQUEST)
        ]

    def _show(self, *_told: object) -> None:
        today, found = self.context.today(), self._mine()
        waiting = [line for line in found if line.state is State.OPEN]
        self.which.set_text(OPEN, _("open {n}", n=len(waiting)))
        for each in When:
            count = sum(line.when(today) is each for line in waiting)
            self.which.set_text(each.value, _(words.WHEN[each], n=count))
        wanted = self.which.current
        if wanted == DONE:
            shown = [line for line in found if line.state is not State.OPEN]
            shown.sort(key=_by_done, reverse=True)
        else:
            only = _FILTERS.get(wanted)
            shown = [line for line in waiting if only in {None, line.when(today)}]
        closed = wanted == DONE
        rows = cells.rows(shown, today)
        if closed is not self._closed:
            self._closed = closed
            self.table.set_columns(cells.columns(closed=closed), rows)
        else:
            self.table.set_rows(rows)
        if self._wanted is not None and self._wanted in self.lines:
            self.table.go_to_cell(self._wanted, "title")
            self._wanted = None
        elif rows and self.table.current_place() is None:
            self.table.go_to_cell(rows[0].key, "title")
        self._show_empty(empty=not rows)
        self._say_buttons()

    def _show_empty(self, *, empty: bool) -> None:
        if empty and self._empty is not None:
            self.stack.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if empty:
            sentence = _(
                "Everything that is to be done stands here: what is written on the line above, "
                "the week's actions, investigations to be measured again, requests to the director."
            ) if not self.lines else _("Nothing here.")  # fmt: skip
            action = (_("Write a task"), self.begin) if not self.lines else None
            self._empty = EmptyState(sentence, action)
            self.stack.addWidget(self._empty)
            self.stack.setCurrentWidget(self._empty)
        else:
            self.stack.setCurrentWidget(self.table)

    # -- what a person does

    def _current(self) -> TaskLine | None:
        place = self.table.current_place()
        key = None if place is None or self.stack.currentWidget() is not self.table else place[0]
        return self.lines.get(key) if isinstance(key, TaskRef) else None

    def _say_buttons(self, *_told: object) -> None:
        line = self._current()
        waits = line is not None and line.state is State.OPEN
        own = line is not None and line.ref.kind is Kind.TASK
        ticks = line is not None and line.ticks
        self.buttons[TICK].setText(_("Done") if waits or line is None else _("Open again"))
        self.buttons[TICK].setEnabled(ticks)
        self.buttons[TELL].setEnabled(waits and ticks)
        self.buttons[EDIT].setEnabled(line is not None)
        self.buttons[DROP].setEnabled(waits and ticks)
        self.buttons[DELETE].setEnabled(own)
        self.buttons[GO].setEnabled(line is not None and bool(words.origin(line)))

    def _act(self) -> None:
        """Run what the button or the key is for, on the chosen task."""
        sender, line = self.sender(), self._current()
        if line is not None and sender is not None:
            self._run(sender.objectName(), line)

    def _run(self, name: str, line: TaskLine) -> None:
        acts: dict[str, Callable[[TaskLine], object]] = {
            TICK: self.changes.tick, TELL: self.changes.tell, EDIT: self.changes.edit,
            DROP: self.changes.drop, DELETE: self.changes.delete, GO: self.changes.go,
        }  # fmt: skip
        acts[name](line)

    def _pressed(self, name: str) -> None:
        line = self._current()
        if line is not None:
            self._run(name, line)

    def _activated(self, key: object) -> None:
        line = self.lines.get(key) if isinstance(key, TaskRef) else None
        if line is not None:
            self.changes.edit(line)

    def _clicked(self, ref: Any) -> None:
        kind, key = ref
        self.table.go_to_cell(key, "title")
        self._pressed(TICK if kind == cells.TICK else GO)

    def _follow(self, ref: TaskRef) -> None:
        self._wanted = ref
        self.mark_stale()

    def _say(self, text: str) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, Page):
            above = above.parentWidget()
        if above is not None:
            above.show_error(text)


def _by_done(line: TaskLine) -> tuple[int, str]:
    return (0 if line.done_on is None else line.done_on.toordinal()), line.title
