"""The form of a task: what, who, by when, how often; for any place that makes tasks."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.tasks import LONGEST_TITLE, State
from ropdesk.i18n import _, describe
from ropdesk.services import tasks
from ropdesk.services.tasks import NewTask, TaskLine, TaskRef
from ropdesk.services.tasks_due import day_reader
from ropdesk.ui.meetings import tasks_words as words
from ropdesk.ui.meetings.task_due import DueField
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.dialogs import ConfirmReason, Dialog
from ropdesk.ui.widgets.fields import ADJUST, Field, choice, choose
from ropdesk.ui.widgets.notes import NotesEdit
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

THIS, FOLLOWING = "this", "following"
WIDE = 600  # pixels at 100 % text scale


class TaskForm(Dialog):
    """Asks for a task, or changes one; what is wrong stands beside its field."""

    def __init__(
        self,
        context: "Context",
        parent: QWidget | None,
        start: NewTask,
        line: TaskLine | None = None,
        made: Callable[[TaskRef], object] | None = None,
    ) -> None:
        """Make the form.

        Args:
            start: the values to begin with.
            line: the task edited; None for a new one.
            made: hears the ref of what was stored.
        """
        title = _("New task") if line is None else _("Task")
        super().__init__(title, _("Add the task") if line is None else _("Save"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setMinimumWidth(current_theme().px(WIDE))
        self._context, self._start, self._line, self._made = context, start, line, made
        self._fields: dict[str, Field] = {}
        self.title = QLineEdit(start.title)
        self.title.setMaxLength(LONGEST_TITLE)
        self.title.setPlaceholderText(_("For example: review three negotiations of Petrov"))
        self.body.addWidget(self._field("title", _("What is to be done"), self.title))
        self._build_who_and_when()
        self.note = NotesEdit(lines=2, most=5)
        self.note.show_text(start.note)
        self.body.addWidget(self._field("note", _("Note"), self.note))
        closed = line is not None and line.state is not State.OPEN
        self.outcome = QLineEdit(line.result if line is not None else "")
        result = self._field("result", _("What came of it"), self.outcome)
        result.setVisible(closed)
        self.body.addWidget(result)
        self.title.setFocus()

    def submit(self) -> None:
        """Store the task; a refusal is said beside its field."""
        for field in self._fields.values():
            field.set_error("")
        try:
            ref = self._store()
        except DomainError as error:
            name = error.fields.get("field")
            if isinstance(name, str) and name in self._fields:
                self._fields[name].set_error(describe(error))
                self._fields[name].editor.setFocus()
            raise
        if self._made is not None:
            self._made(ref)

    # -- inside

    def _field(self, key: str, label: str, editor: QWidget, hint: str = "") -> Field:
        self._fields[key] = Field(label, editor, hint)
        return self._fields[key]

    def _build_who_and_when(self) -> None:
        context, start = self._context, self._start
        ws, today = context.workspace, context.today()
        self.owner = owner_box(context, start.member_id)
        self.due = DueField(day_reader(ws, today), context.today)
        self.due.set_value(start.due)
        self.due.changed.connect(self._say_scope)
        self.often = choice({often.value: _(text) for often, text in words.REPEATS.items()})
        choose(self.often, start.repeat)
        self.often.activated.connect(self._say_scope)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._field("member_id", _("Who"), self.owner), 1)
        row.addWidget(self._field("due", _("Due"), self.due), 1)
        self.body.addLayout(row)
        hint = _("Done, it makes the next; a day off moves it a working day back.")
        self.body.addWidget(self._field("repeat", _("Repeats"), self.often, hint))
        self.scope = Segmented(
            [(THIS, _("only this time")), (FOLLOWING, _("this and all following"))], THIS,
            _("What is changed"),
        )  # fmt: skip
        self.scope.hide()
        self.body.addWidget(self.scope)

    def _say_scope(self, *_told: object) -> None:
        line, moved = self._line, False
        if line is not None and line.repeat and self.often.currentData() == line.repeat.value:
            try:
                moved = self.due.value != line.due
            except DomainError:
                moved = False
        if moved is self.scope.isHidden():
            self.scope.setVisible(moved)
            self.adjustSize()

    def _store(self) -> TaskRef:
        ws, today = self._context.workspace, self._context.today()
        values: dict[str, Any] = {
            "title": self.title.text(), "member_id": self.owner.currentData(),
            "due": self.due.value, "repeat": self.often.currentData(), "note": self.note.take(),
        }  # fmt: skip
        if self._line is None:
            new = NewTask(**values, origin=self._start.origin, origin_id=self._start.origin_id)
            return tasks.add(ws, new, today)
        if self._line.state is not State.OPEN:
            values["result"] = self.outcome.text()
        rhythm = self.scope.current == FOLLOWING and not self.scope.isHidden()
        tasks.change(ws, self._line.ref, rhythm=rhythm, **values)
        return self._line.ref


class DropReason(ConfirmReason):
    """Asks why a task is given up."""

    def __init__(
        self, line: TaskLine, drop: Callable[[TaskLine, str], object], parent: QWidget
    ) -> None:
        super().__init__(
            _("Drop the task"),
            _("«{title}» stays in the list, crossed out. Why is it dropped?", title=line.title),
            _("Drop"), parent,
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._task, self._drop = line, drop

    def submit(self) -> None:
        """Give the task up for the reason written."""
        super().submit()
        self._drop(self._task, self.reason)


class ResultDialog(Dialog):
    """Asks what came of a task that is done now; nothing need be said."""

    def __init__(
        self, line: TaskLine, finish: Callable[[TaskLine, str], object], parent: QWidget
    ) -> None:
        super().__init__(_("Done"), _("Done"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._task, self._finish = line, finish
        self.outcome = QLineEdit()
        self.outcome.setMaxLength(500)
        self.body.addWidget(Field(_("What came of it"), self.outcome, line.title))
        self.outcome.setFocus()

    def submit(self) -> None:
        """Finish the task with the words written."""
        self._finish(self._task, self.outcome.text())


def owner_box(context: "Context", chosen: int | None = None) -> QComboBox:
    """Return a box of who can be given a task, with one chosen."""
    with context.workspace.read() as connection:
        kept = () if chosen is None else (chosen,)
        people = tasks.owners(connection, context.today(), kept)
    box = QComboBox()
    box.setSizeAdjustPolicy(ADJUST)
    box.setMinimumContentsLength(12)
    fill_owners(box, people, chosen)
    return box


def fill_owners(
    box: QComboBox, people: list[tuple[int | None, str]], chosen: int | None = None
) -> None:
    """Put the owners into a box, with one chosen."""
    box.clear()
    for member_id, name in people:
        box.addItem(name if member_id is not None else _("Sales head"), member_id)
    box.setCurrentIndex(max(0, box.findData(chosen)))


def open_task(
    context: "Context",
    parent: QWidget,
    origin: str = "hand",
    origin_id: int | None = None,
    title: str = "",
    *,
    member_id: int | None = None,
) -> TaskForm:
    """Ask for a new task that comes from a place, and say so when it is made.

    Args:
        origin, origin_id: where it comes from, as `NewTask` has it.
        title: what to begin with; the person changes it.
    """
    start = NewTask(
        title=title[:LONGEST_TITLE], member_id=member_id, origin=origin, origin_id=origin_id
    )
    form = TaskForm(context, parent, start, made=_Told(context))
    form.open()
    return form


class _Told:
    """Says that the task is made, holding neither form nor page."""

    def __init__(self, context: "Context") -> None:
        self._context = context

    def __call__(self, _ref: TaskRef) -> None:
        self._context.toast(_("The task is in the list"), undo=True)
