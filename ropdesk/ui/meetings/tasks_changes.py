"""What a person does with a task: each is one service call and one sentence."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.tasks import Kind, State
from ropdesk.i18n import _, describe
from ropdesk.services import tasks
from ropdesk.services.tasks import NewTask, TaskLine
from ropdesk.ui.meetings import tasks_words as words
from ropdesk.ui.meetings.task_dialog import DropReason, ResultDialog, TaskForm
from ropdesk.ui.meetings.task_due import day_words
from ropdesk.ui.widgets.dialogs import Dialog

if TYPE_CHECKING:
    from ropdesk.ui.context import Context


class Changes(QObject):
    """Changes of the tasks in sight.

    Signals:
        refused: what is wrong and what to do; empty when a change went through.
        follow: the ref of the task that was made or changed.
    """

    refused = Signal(str)
    follow = Signal(object)

    def __init__(self, context: "Context", parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._window = context, parent
        self.dialog: Dialog | None = None

    def new(self) -> None:
        """Ask for a task with all its fields."""
        form = TaskForm(self._context, self._window, NewTask(title=""), made=self.follow.emit)
        self._open(form)

    def tick(self, line: TaskLine) -> None:
        """Finish a task, or take back that it is done; open what needs a verdict."""
        if not line.ticks:
            self.go(line)
        elif line.state is State.OPEN:
            self._do(partial(self.finish, line))
        else:
            self._do(partial(tasks.reopen, self._context.workspace, line.ref))

    def finish(self, line: TaskLine, result: str = "") -> None:
        """Finish a task and say when it is due next.

        Raises:
            DomainError: it is gone.
        """
        ws, today = self._context.workspace, self._context.today()
        following = tasks.finish(ws, line.ref, today, result)
        said = _("Done: «{title}»", title=line.title)
        if following is not None:
            with ws.read() as connection:
                made = tasks.find(connection, int(str(following.key)))
            if made is not None and made.due is not None:
                said = _("Done; next time on {day}", day=day_words(made.due))
        self._context.toast(said, undo=True)

    def tell(self, line: TaskLine) -> None:
        """Ask what came of a task, then finish it."""
        if line.ticks and line.state is State.OPEN:
            self._open(ResultDialog(line, self.finish, self._window))

    def drop(self, line: TaskLine) -> None:
        """Ask why a task is given up."""
        if line.ticks and line.state is State.OPEN:
            self._open(DropReason(line, self._dropped, self._window))

    def delete(self, line: TaskLine) -> None:
        """Delete a task written here."""
        if self._do(partial(tasks.remove, self._context.workspace, line.ref)):
            self._context.toast(_("Deleted: «{title}»", title=line.title), undo=True)

    def edit(self, line: TaskLine) -> None:
        """Open a task; what is kept elsewhere is opened there."""
        if line.ref.kind is not Kind.TASK:
            self.go(line)
            return
        start = NewTask(
            title=line.title, due=line.due, member_id=line.member_id, note=line.note,
            repeat=line.repeat.value, origin=line.origin, origin_id=line.origin_id,
        )  # fmt: skip
        self._open(TaskForm(self._context, self._window, start, line, self.follow.emit))

    def go(self, line: TaskLine) -> None:
        """Show where a task came from."""
        if words.origin(line):
            page, where = line.where
            self._context.navigate(page, **where)

    # -- inside

    def _dropped(self, line: TaskLine, reason: str) -> None:
        tasks.drop(self._context.workspace, line.ref, reason, self._context.today())
        self._context.toast(_("Dropped: «{title}»", title=line.title), undo=True)

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _do(self, change: Callable[[], object]) -> bool:
        try:
            change()
        except DomainError as error:
            self.refused.emit(describe(error))
            return False
        self.refused.emit("")
        return True
