"""The line on which a task is written: what, who, by when, how often; Enter anywhere adds it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.tasks import LONGEST_TITLE
from ropdesk.i18n import _, describe
from ropdesk.services import tasks
from ropdesk.services.tasks import NewTask, TaskRef
from ropdesk.services.tasks_due import Reader, day_reader
from ropdesk.ui.meetings import tasks_words as words
from ropdesk.ui.meetings.task_dialog import fill_owners
from ropdesk.ui.meetings.task_due import DueField
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import PrimaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.fields import ADJUST, FieldError, choose
from ropdesk.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from datetime import date

    from ropdesk.domain.promise_line import Part
    from ropdesk.ui.context import Context

NARROW = 900  # pixels at 100 % text scale under which the title takes a line of its own


class _Box(QComboBox):
    """A box in which Enter adds the task."""

    accepted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the entry with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.accepted.emit()
        else:
            super().keyPressEvent(event)


class TaskEntry(Card):
    """One line; after Enter it is empty again, the owner stays.

    Signals:
        added: ref of the new task.
    """

    added = Signal(object)

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self._days: Reader | None = None
        self.title = QLineEdit()
        self.title.setMaxLength(LONGEST_TITLE)
        self.title.setPlaceholderText(_("New task: what is to be done"))
        self.title.setAccessibleName(_("What is to be done"))
        self.title.returnPressed.connect(self.submit)
        self.owner = _Box()
        self.owner.setSizeAdjustPolicy(ADJUST)
        self.owner.setMinimumContentsLength(10)
        self.owner.setAccessibleName(_("Who"))
        self.owner.accepted.connect(self.submit)
        self.due = DueField(self._read, context.today, takes_enter=True)
        self.due.setAccessibleName(_("Due"))
        self.due.accepted.connect(self.submit)
        self.often = _Box()
        self.often.setSizeAdjustPolicy(ADJUST)
        self.often.setMinimumContentsLength(10)
        self.often.setAccessibleName(_("Repeats"))
        for often, text in words.REPEATS.items():
            self.often.addItem(_(text), often.value)
        self.often.accepted.connect(self.submit)
        self.button = PrimaryButton(_("Add"))
        self.button.setToolTip(_("Add the task (Enter)"))
        self.button.clicked.connect(self.submit)
        rest = QWidget()
        flow = FlowLayout(rest, spacing=12)
        for widget in (self.owner, self.due, self.often, self.button):
            flow.addWidget(widget)
        line = Columns(NARROW)
        line.add(self.title, 1)
        line.add(rest, 0)
        self.error = FieldError()
        self.body.addWidget(line)
        self.body.addWidget(self.error)
        self.title.setMinimumWidth(current_theme().px(160))

    def show_owners(self, people: list[tuple[int | None, str]]) -> None:
        """Offer these; who was chosen stays chosen."""
        self._days = None  # the calendar may have changed too
        fill_owners(self.owner, people, self.owner.currentData())

    def begin(self) -> None:
        """Be ready to type."""
        self.title.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.title.selectAll()

    def submit(self) -> None:
        """Add what is written."""
        self.error.say("")
        try:
            ref = self._add()
        except DomainError as error:
            self.error.say(describe(error))
            wrong = {"due": self.due.line, "member_id": self.owner}.get(
                str(error.fields.get("field", "")), self.title
            )
            wrong.setFocus()
            return
        self.title.clear()
        self.due.set_value(None)
        choose(self.often, "")
        self.title.setFocus()
        self.added.emit(ref)

    def _add(self) -> TaskRef:
        new = NewTask(
            title=self.title.text(), due=self.due.value, member_id=self.owner.currentData(),
            repeat=self.often.currentData(),
        )  # fmt: skip
        return tasks.add(self._context.workspace, new, self._context.today())

    def _read(self, text: str) -> "Part[date] | None":
        if self._days is None:
            self._days = day_reader(self._context.workspace, self._context.today())
        return self._days(text)
