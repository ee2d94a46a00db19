"""The wizard: from a dropped file to rows on the board, asking only what has to be asked."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ropdesk.domain.errors import DomainError
from ropdesk.exchange.table import Preview
from ropdesk.i18n import _, describe
from ropdesk.services import metrics, team
from ropdesk.services.files import FileSpec
from ropdesk.services.import_look import FileSession, Look
from ropdesk.services.imports import Outcome
from ropdesk.services.owners import Choice
from ropdesk.ui.context import Context
from ropdesk.ui.imports import texts
from ropdesk.ui.imports.columns_step import ColumnsStep
from ropdesk.ui.imports.file_step import FileStep
from ropdesk.ui.imports.jobs import ImportJob, LookJob, PreviewJob
from ropdesk.ui.imports.people_step import PeopleStep
from ropdesk.ui.imports.result_step import ResultStep
from ropdesk.ui.imports.stages_step import StagesStep
from ropdesk.ui.imports.step_bar import StepBar
from ropdesk.ui.imports.waiting import Waiting, missing_words, undecided
from ropdesk.ui.widgets.buttons import FlatButton, PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.fields import FieldError
from ropdesk.ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from ropdesk.ui.runner import Task

ORDER = tuple(texts.STEPS)


class Wizard(QWidget):
    """Takes one file in. `left` comes when it is done or given up.

    Each answer is judged by `FileSession.look` in the worker; the step shown next is the first
    that still has something to decide.
    """

    left = Signal()
    imported = Signal(int)  # the line of the list of imports

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._session: FileSession | None = None
        self._spec = FileSpec("")
        self._chosen: dict[str, int | str] = {}
        self._look: Look | None = None
        self._step = "file"
        self._forward = True
        self._task: Task[Any] | None = None
        self._build()

    def _build(self) -> None:
        self.file_step = FileStep()
        self.columns_step = ColumnsStep(metrics.catalogue(self.context.workspace))
        self.stages_step = StagesStep()
        self.people_step = PeopleStep()
        self.result_step = ResultStep()
        self.file_step.changed.connect(self._preview)
        self._widgets = dict(
            zip(
                ORDER,
                (self.file_step, self.columns_step, self.stages_step, self.people_step,
                 self.result_step),
                strict=True,
            )
        )  # fmt: skip
        self._bar = StepBar()
        self._bar.chosen.connect(self._jump)
        self._name = ElidedLabel()
        self._name.setProperty("role", "secondary")
        self._name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top = QHBoxLayout()
        top.addWidget(self._bar)
        top.addWidget(self._name, 1)
        self._stack = QStackedWidget()
        for widget in self._widgets.values():
            self._stack.addWidget(widget)
        self._waiting = Waiting()
        self._stack.addWidget(self._waiting)
        self._error = FieldError()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        column.addWidget(self._error)
        column.addLayout(self._build_buttons())
        for keys, slot in (
            ("Return", self._enter), ("Enter", self._enter), ("Escape", self.back),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _build_buttons(self) -> QHBoxLayout:
        self.cancel_button = FlatButton(_("Cancel"))
        self.cancel_button.clicked.connect(self.give_up)
        self.back_button = SecondaryButton(_("Back"))
        self.back_button.clicked.connect(self.back)
        self.next_button = PrimaryButton(_("Next"))
        self.next_button.clicked.connect(self.go_on)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        row.addWidget(self.back_button)
        row.addWidget(self.next_button)
        return row

    # -- what the page and the tests ask

    @property
    def step(self) -> str:
        """The step shown."""
        return self._step

    @property
    def look(self) -> Look | None:
        """What the file was last seen to hold."""
        return self._look

    @property
    def busy(self) -> bool:
        """Whether something is being read or written."""
        return self._task is not None

    @property
    def error(self) -> str:
        """What is said to be wrong."""
        return self._error.text()

    def start(self, path: Path, kind: str | None = None) -> None:
        """Take a file in; the first step shown is the first with something to decide."""
        self._stop()
        self._session = FileSession(self.context.workspace, path, self.context.today())
        self._spec = FileSpec(kind or "")
        self._chosen, self._look, self._step = {}, None, "file"
        self._forward = True
        self._name.setText(path.name)
        self.file_step.clear()
        self._error.say("")
        self._stack.setCurrentWidget(self._waiting)
        self._judge()

    def go_on(self) -> None:
        """Take the answers of this step and go to the next that has a question."""
        if self._session is None or self.busy:
            return
        self._error.say("")
        if self._step == "result":
            self._finish()
            return
        if self._look is None:
            self._judge()
            return
        if (problem := self._take_answers()) is not None:
            self._error.say(problem)
            return
        self._forward = True
        self._judge()

    def back(self) -> None:
        """Go to the step before; from the first one, give up."""
        if self.busy:
            return
        self._error.say("")
        earlier = [
            key for key in self._within_reach() if ORDER.index(key) < ORDER.index(self._step)
        ]
        if earlier:
            self._show(earlier[-1])
        else:
            self.give_up()

    def give_up(self) -> None:
        """Leave without importing anything."""
        self._stop()
        self._session = None
        self.left.emit()

    # -- inside

    def _enter(self) -> None:
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton) and focused is not self.next_button:
            focused.click()
        else:
            self.go_on()

    def _jump(self, step: str) -> None:
        if self.busy or step == self._step:
            self._show(self._step)
            return
        if ORDER.index(step) < ORDER.index(self._step):
            self._show(step)
        else:
            self.go_on()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._set_busy(busy=False)

    def _take_answers(self) -> str | None:
        """Read the step's answers into the specification; answers what is wrong with them."""
        if self._step == "file":
            self._spec = replace(self.file_step.spec, kind=self.file_step.kind.current)
            if self._look is not None and self._spec.kind != self._look.spec.kind:
                self._chosen = {}
        elif self._step == "columns":
            self._spec = self.columns_step.answer(self._spec)
        elif self._step == "stages":
            self._spec = self.stages_step.answer(self._spec)
            if self._look is not None and self._look.question and not self._spec.repeated:
                return _("Say what the repeated rows mean: choose one of the two.")
        elif self._step == "people":
            self._chosen = self.people_step.answer()
        return None

    def _choice(self) -> Choice:
        return Choice(self._chosen)

    def _judge(self) -> None:
        if self._session is None:
            return
        spec = self._spec if self._spec.kind or self._look is not None else None
        job = LookJob(self._session, spec, self._choice())
        self._run(job, self._looked, _("Reading the file"))

    def _preview(self) -> None:
        if self._session is None:
            return
        spec = self.file_step.spec
        task = self.context.runner.start(
            PreviewJob(self._session, spec), self._previewed, self._preview_failed, quiet=True
        )
        task.setObjectName("preview")

    def _run(self, job: Any, done: Any, title: str) -> None:
        self._set_busy(busy=True)
        self._task = self.context.runner.start(
            job, done, self._failed, title, on_cancelled=self._cancelled
        )

    def _set_busy(self, *, busy: bool) -> None:
        for button in (self.back_button, self.next_button):
            button.setEnabled(not busy)
        if not busy and self.isVisible():
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _looked(self, answer: tuple[FileSession, Look]) -> None:
        session, look = answer
        if session is not self._session:
            return
        self._task = None
        first = self._look is None
        self._look, self._spec = look, look.spec if first else self._spec
        if first:
            self._preview()
        self._fill(look)
        self._set_busy(busy=False)
        self._show(self._next_question(look, first=first))

    def _fill(self, look: Look) -> None:
        self.file_step.show_look(look)
        self.columns_step.show_look(look)
        self.stages_step.show_look(look)
        people = team.team(self.context.workspace)
        named = sorted(
            (m for m in people.members.values() if m.id != people.nobody),
            key=lambda member: member.name.casefold(),
        )
        members = {member.id: member.name for member in named}
        self.people_step.show_people(look.people, members, self._chosen)
        self.result_step.show_look(look)

    def _next_question(self, look: Look, *, first: bool) -> str:
        if look.missing or look.dates_doubtful:
            if not first:
                self._error.say(missing_words(look))
            return "columns"
        after = -1 if first else ORDER.index(self._step)
        if look.question is not None:
            return "stages"
        if after < 1 and not look.known:
            return "columns"
        if after < ORDER.index("stages") and look.stages_doubtful:
            return "stages"
        if after < ORDER.index("people") and undecided(look, self._chosen):
            return "people"
        return "result"

    def _within_reach(self) -> list[str]:
        look = self._look
        if look is None:
            return ["file"]
        steps = ["file", "columns"]
        if look.question is not None or len(look.stages) > 1 or look.spec.repeated:
            steps.append("stages")
        if look.people:
            steps.append("people")
        if look.outcome is not None and self._step == "result":
            steps.append("result")
        return steps

    def _show(self, step: str) -> None:
        self._step = step
        self._stack.setCurrentWidget(self._widgets[step])
        self._bar.show_state(step, self._within_reach())
        self.next_button.setText(self._next_words(step))
        if self.isVisible():
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next_words(self, step: str) -> str:
        if step != "result":
            return _("Next")
        return _("Close") if self._nothing_to_do() else _("Import now")

    def _nothing_to_do(self) -> bool:
        outcome = self._look.outcome if self._look else None
        return outcome is None or not (outcome.created or outcome.updated)

    def _finish(self) -> None:
        if self._session is None or self._nothing_to_do():
            self.give_up()
            return
        job = ImportJob(self.context.workspace, self._session, self._spec, self._choice())
        self._run(job, self._done, _("Import of {file}", file=self._session.path.name))

    def _done(self, answer: tuple[FileSession, Outcome]) -> None:
        session, outcome = answer
        text = _("Imported {file}: {counts}", file=session.path.name, counts=texts.counted(outcome))
        self.context.toast(text, undo=True)
        if session is not self._session:
            return
        self._task = None
        self._session = None
        self._set_busy(busy=False)
        if outcome.batch_id is not None:
            self.imported.emit(outcome.batch_id)
        self.left.emit()

    def _previewed(self, answer: tuple[FileSession, Preview]) -> None:
        session, preview = answer
        if session is self._session:
            self._error.say("")
            self.file_step.show_preview(preview, self.file_step.spec)

    def _preview_failed(self, error: BaseException) -> None:
        if not isinstance(error, DomainError):
            raise error
        self._error.say(describe(error))

    def _failed(self, error: BaseException) -> None:
        self._task = None
        self._set_busy(busy=False)
        if not isinstance(error, DomainError):
            raise error
        self._show(self._step)
        self._error.say(describe(error))

    def _cancelled(self) -> None:
        if self._session is None:
            return
        self._task = None
        self._set_busy(busy=False)
        if self._look is None:
            self.give_up()
        else:
            self._error.say(_("Cancelled: nothing was changed."))
