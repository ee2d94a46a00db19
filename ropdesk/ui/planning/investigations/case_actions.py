"""The actions an investigation led to: in whose week they stand and what became of them."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.tasks import State as TaskState
from ropdesk.domain.week import State as Done
from ropdesk.i18n import _, day_month, describe, ngettext
from ropdesk.services import tasks, week
from ropdesk.services.tasks import TaskRef
from ropdesk.services.week import NewAction
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.team.sections import Section
from ropdesk.ui.team.small_table import SmallTable
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import DateField, Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ropdesk.services.investigation_rows import Case
    from ropdesk.services.tasks import TaskLine
    from ropdesk.services.week import ActionLine
    from ropdesk.ui.context import Context
    from ropdesk.ui.meetings.task_dialog import TaskForm

ADJUST = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class ActionDialog(Dialog):
    """An action of the week: what, who, in which week."""

    def __init__(
        self, context: "Context", names: "Mapping[int, str]", new: NewAction, parent: QWidget
    ) -> None:
        """Make the dialog; `new` holds what is proposed."""
        super().__init__(_("Action of the week"), _("Add"), parent)
        self._context, self._new = context, new
        self.title = QLineEdit(new.title)
        self.title.setMaxLength(200)
        self.owner = QComboBox()
        self.owner.setSizeAdjustPolicy(ADJUST)
        self.owner.addItem(_("sales head"), None)
        for member_id, name in names.items():
            self.owner.addItem(name, member_id)
        self.owner.setCurrentIndex(max(0, self.owner.findData(new.member_id)))
        self.day = DateField(new.week)
        self._title_field = Field(_("What is to be done"), self.title)
        self.body.addWidget(self._title_field)
        row = QHBoxLayout()
        row.addWidget(Field(_("Who"), self.owner), 2)
        row.addWidget(Field(_("In the week of"), self.day), 1)
        self.body.addLayout(row)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Put the action into the week."""
        self._title_field.set_error("")
        action = NewAction(
            title=self.title.text(), week=self.day.value, member_id=self.owner.currentData(),
            metric=self._new.metric, minutes=self._new.minutes, note=self._new.note,
            investigation_id=self._new.investigation_id,
        )  # fmt: skip
        try:
            week.add(self._context.workspace, [action])
        except DomainError as error:
            self._title_field.set_error(describe(error))
            raise


class CaseActions(Section):
    """Rows of actions; a click shows the week, a link adds one."""

    def __init__(self, context: "Context") -> None:
        super().__init__(_("Actions"))
        self._context = context
        self._case: Case | None = None
        self._names: Mapping[int, str] = {}
        self._weeks: dict[int, date] = {}
        self.dialog: ActionDialog | None = None
        self.task_dialog: TaskForm | None = None
        self.adding = self.add_link(_("Add an action…"))
        self.adding.clicked.connect(self.add)
        self.making = self.add_link(_("Make a task…"))
        self.making.clicked.connect(self.make_task)
        self.table = SmallTable(
            [
                Column("title", _("What is to be done"), Align.LEFT, stretch=True),
                Column("who", _("Who"), Align.LEFT),
                Column("when", _("When"), Align.LEFT),
                Column("state", _("State"), Align.LEFT),
            ]
        )
        self.table.setAccessibleName(_("Actions"))
        self.table.horizontalHeader().hide()
        self.table.cell_activated.connect(self._open_week)
        self.none = QLabel(_("No actions yet. A decision without an action changes nothing."))
        self.none.setProperty("role", "secondary")
        self.none.setWordWrap(True)
        self.body.addWidget(self.table)
        self.body.addWidget(self.none)

    def show_case(self, case: "Case", names: "Mapping[int, str]") -> None:
        """Show the actions of a case."""
        self._case, self._names = case, names
        self._weeks = {one.ref: one.week for one in case.actions if isinstance(one.ref, int)}
        with self._context.workspace.read() as connection:
            made = tasks.of_origin(connection, "investigation", case.id)
        rows = [*(_row(action) for action in case.actions), *(_task_row(task) for task in made)]
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)

    def add(self) -> None:
        """Ask for one more action, for the person and the metric of the case."""
        case = self._case
        if case is None:
            return
        who = case.member_ids[0] if len(case.member_ids) == 1 else None
        first = not case.actions and len(case.decision) <= 200
        new = NewAction(
            title=case.decision if first else "", week=self._context.today(), member_id=who,
            metric=case.metric, investigation_id=case.id,
        )  # fmt: skip
        self.dialog = ActionDialog(self._context, self._names, new, self)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.open()

    def make_task(self) -> None:
        """Ask for a task that comes from the case."""
        from ropdesk.ui.meetings.task_dialog import open_task

        case = self._case
        if case is not None:
            who = case.member_ids[0] if len(case.member_ids) == 1 else None
            self.task_dialog = open_task(
                self._context, self, "investigation", case.id, member_id=who
            )

    def _open_week(self, ref: object) -> None:
        if isinstance(ref, TaskRef):
            self._context.navigate("meetings", view="tasks", record=ref)
        if isinstance(ref, int) and ref in self._weeks:
            monday = self._weeks[ref]
            self._context.navigate("planning", view="week", day=monday, record=ref)


def _row(action: "ActionLine") -> Row:
    told, state = _state(action)
    tip = "\n".join(part for part in (action.title, action.result or action.note) if part)
    return Row(
        action.ref,
        (
            Cell(action.title, ref=action.ref, tooltip=tip),
            Cell(action.owner or _("sales head"), muted=not action.owner, tooltip=action.owner),
            Cell(_when(action), muted=True),
            Cell(told, chip=True, state=state),
        ),
    )


def _task_row(task: "TaskLine") -> Row:
    """Return a task that came from the case."""
    when = task.due if task.done_on is None else task.done_on
    told, state = _("task"), State.ACCENT
    if task.state is TaskState.DONE:
        told, state = _("done"), State.GOOD
    elif task.state is TaskState.DROPPED:
        told, state = _("dropped"), State.NEUTRAL
    return Row(
        task.ref,
        (
            Cell(task.title, ref=task.ref, tooltip=task.note or task.title),
            Cell(task.owner or _("sales head"), muted=not task.owner),
            Cell("" if when is None else day_month(when), muted=True),
            Cell(told, chip=True, state=state),
        ),
    )


def _when(action: "ActionLine") -> str:
    if action.day is not None:
        return day_month(action.day)
    last = action.week + timedelta(days=6)
    return f"{day_month(action.week)}\u2013{day_month(last)}"


def _state(action: "ActionLine") -> tuple[str, State]:
    if action.state is Done.DONE:
        done = f" {day_month(action.done_on)}" if action.done_on else ""
        return _("done") + done, State.GOOD
    if action.state is Done.DROPPED:
        return _("dropped"), State.NEUTRAL
    if action.carried:
        return ngettext("put off {n} time", "put off {n} times", action.carried), State.WARNING
    return _("planned"), State.ACCENT
