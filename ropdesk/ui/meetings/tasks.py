"""Tasks from every place in one list: written on a line, done with Space."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.tasks import Kind, State, When
from ropdesk.i18n import _, describe
from ropdesk.services import tasks
from ropdesk.services.tasks import NewTask, TaskLine, TaskRef
from ropdesk.ui.meetings import tasks_cells as cells
from ropdesk.ui.meetings import tasks_words as words
from ropdesk.ui.meetings.task_dialog import DropReason, ResultDialog, TaskForm
from ropdesk.ui.meetings.tasks_actions import TaskActions
from ropdesk.ui.meetings.tasks_entry import TaskEntry
from ropdesk.ui.page import Page, View
from ropdesk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.fields import ADJUST
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

OPEN, DONE = "open", "done"
EVERYBODY = -1
_FILTERS = {each.value: each for each in When}


class _Table(FittingTable):
    """Hears the keys of a task."""

    ticked = Signal()
    told = Signal()
    dropped = Signal()
    followed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space does, Shift+Space says what came of it, Del drops, Ctrl+Enter follows."""
        key, modifiers = event.key(), event.modifiers()
        enter = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if key == Qt.Key.Key_Space:
            shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            (self.told if shift else self.ticked).emit()
        elif key == Qt.Key.Key_Delete:
            self.dropped.emit()
        elif enter and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.followed.emit()
        elif enter and self.current_place() is not None:
            self.row_activated.emit(self.current_place()[0])  # type: ignore[index]
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
        self.dialog: Dialog | None = None
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
            self.which.set_current(OPEN)
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
        self._open(TaskForm(self.context, self, NewTask(title=""), made=self._follow))

    def reload(self) -> None:
        """Ask for the list and show it."""
        ws, today = self.context.workspace, self.context.today()
        with ws.read() as connection:
            found = tasks.tasks(connection, today, open_only=False)
            people = tasks.owners(connection, today)
        self.entry.show_owners(people)
        self.lines = {line.ref: line for line in found}
        self._show_owners(found)
        self._show()

    # -- inside

    def _build(self) -> QWidget:
        card = Card(_("Tasks"))
        head = QWidget()
        flow = FlowLayout(head, spacing=12)
        options = [
            (OPEN, _("open {n}", n=0)),
            *((each.value, _(words.WHEN[each], n=0)) for each in When),
            (DONE, _("done")),
        ]
        self.which = Segmented(options, name=_("Which tasks"))
        self.which.changed.connect(self._show)
        self.whose = QComboBox()
        self.whose.setSizeAdjustPolicy(ADJUST)
        self.whose.setMinimumContentsLength(14)
        self.whose.setAccessibleName(_("Whose tasks"))
        self.whose.activated.connect(self._show)
        flow.addWidget(self.which)
        flow.addWidget(self.whose)
        card.body.addWidget(head)
        self.table = _Table(cells.columns(closed=False), cells.SPARE)
        self.table.setAccessibleName(_("Tasks"))
        self.table.ticked.connect(self._tick)
        self.table.told.connect(self._tell)
        self.table.dropped.connect(self._drop)
        self.table.followed.connect(self._go)
        self.table.row_activated.connect(self._edit)
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
        options: tuple[tuple[str, str, str, Callable[[], object]], ...] = (
            ("tick", _("Done"), "Space", self._tick),
            ("tell", _("Done, with a result…"), "Shift+Space", self._tell),
            ("edit", _("Change…"), "Enter", self._edit_current),
            ("drop", _("Drop…"), "Del", self._drop),
            ("delete", _("Delete"), "", self._delete),
            ("go", _("Where it came from"), "Ctrl+Enter", self._go),
        )
        for key, text, keys, run in options:
            button = SecondaryButton(text)
            if keys:
                button.setToolTip(_("{what} ({keys})", what=text, keys=keys))
            button.clicked.connect(run)
            self.buttons[key] = button
            flow.addWidget(button)
        return holder

    def _show_owners(self, found: Sequence[TaskLine]) -> None:
        named = {line.member_id: line.owner for line in found if line.member_id is not None}
        chosen = self.whose.currentData()
        self.whose.clear()
        self.whose.addItem(_("everybody's"), EVERYBODY)
        self.whose.addItem(_("Sales head"), None)
        for member_id, name in sorted(named.items(), key=lambda one: one[1].casefold()):
            self.whose.addItem(name, member_id)
        self.whose.setCurrentIndex(max(0, self.whose.findData(chosen)) if self._closed is not None
                                   else 0)  # fmt: skip

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
        self.buttons["tick"].setText(_("Done") if waits or line is None else _("Open again"))
        self.buttons["tick"].setEnabled(ticks)
        self.buttons["tell"].setEnabled(waits and ticks)
        self.buttons["edit"].setEnabled(line is not None)
        self.buttons["drop"].setEnabled(waits and ticks)
        self.buttons["delete"].setEnabled(own)
        self.buttons["go"].setEnabled(line is not None and bool(words.origin(line)))

    def _tick(self) -> None:
        line = self._current()
        if line is None:
            return
        if not line.ticks:
            self._go()
        elif line.state is State.OPEN:
            self._finish(line.ref)
        else:
            self._do(partial(tasks.reopen, self.context.workspace, line.ref))

    def _finish(self, ref: TaskRef, result: str = "") -> None:
        line, on = self.lines[ref], self.context.today()
        made: list[TaskRef | None] = []

        def finish() -> None:
            made.append(tasks.finish(self.context.workspace, ref, on, result))

        if self._do(finish):
            following = made[0]
            said = _("Done: «{title}»", title=line.title)
            if following is not None:
                said = self._next_words(following) or said
            self.context.toast(said, undo=True)

    def _next_words(self, ref: TaskRef) -> str:
        with self.context.workspace.read() as connection:
            line = tasks.find(connection, int(str(ref.key)))
        if line is None or line.due is None:
            return ""
        return _("Done; next time on {day}", day=line.due)

    def _tell(self) -> None:
        line = self._current()
        if line is not None and line.ticks and line.state is State.OPEN:
            self._open(ResultDialog(line, self._finish, self))

    def _drop(self) -> None:
        line = self._current()
        if line is not None and line.ticks and line.state is State.OPEN:
            self._open(DropReason(line, self._dropped, self))

    def _dropped(self, ref: TaskRef, reason: str) -> None:
        tasks.drop(self.context.workspace, ref, reason, self.context.today())
        self.context.toast(_("Dropped: «{title}»", title=self.lines[ref].title), undo=True)

    def _delete(self) -> None:
        line = self._current()
        if line is not None and self._do(partial(tasks.remove, self.context.workspace, line.ref)):
            self.context.toast(_("Deleted: «{title}»", title=line.title), undo=True)

    def _edit_current(self) -> None:
        line = self._current()
        if line is not None:
            self._edit(line.ref)

    def _edit(self, key: object) -> None:
        line = self.lines.get(key) if isinstance(key, TaskRef) else None
        if line is None:
            return
        if line.ref.kind is not Kind.TASK:
            self._go()
            return
        start = NewTask(
            title=line.title, due=line.due, member_id=line.member_id, note=line.note,
            repeat=line.repeat.value, origin=line.origin, origin_id=line.origin_id,
        )  # fmt: skip
        self._open(TaskForm(self.context, self, start, line, self._follow))

    def _clicked(self, ref: Any) -> None:
        kind, key = ref
        self.table.go_to_cell(key, "title")
        (self._tick if kind == cells.TICK else self._go)()

    def _go(self) -> None:
        line = self._current()
        if line is not None and words.origin(line):
            page, where = line.where
            self.context.navigate(page, **where)

    def _follow(self, ref: TaskRef) -> None:
        self._wanted = ref
        self.mark_stale()

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _do(self, change: Callable[[], object]) -> bool:
        try:
            change()
        except DomainError as error:
            self._say(describe(error))
            return False
        self._say("")
        return True

    def _say(self, text: str) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, Page):
            above = above.parentWidget()
        if above is not None:
            above.show_error(text)


def _by_done(line: TaskLine) -> tuple[int, str]:
    return (0 if line.done_on is None else line.done_on.toordinal()), line.title
