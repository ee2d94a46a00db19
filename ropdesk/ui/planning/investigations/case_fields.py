"""What an investigation asks: the question, its metric, period and people, changed in place."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ropdesk.domain import investigations as rules
from ropdesk.domain.errors import DomainError
from ropdesk.domain.investigations import About, State
from ropdesk.i18n import _, describe
from ropdesk.services import investigations
from ropdesk.ui import values
from ropdesk.ui.planning.investigations.words import ABOUT
from ropdesk.ui.widgets.fields import DateField, Field, choice, choose
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.ticks import TickButton

if TYPE_CHECKING:
    from ropdesk.domain.metrics import Metrics
    from ropdesk.services.investigation_rows import Case
    from ropdesk.ui.context import Context


def metric_box(known: "Metrics", chosen: str) -> QComboBox:
    """Return a choice of all metrics by name."""
    box = choice({code: values.name(known[code]) for code in known})
    choose(box, chosen)
    return box


def people_button() -> TickButton[int]:
    """Return a button that says whom an investigation is about, and asks it."""
    return TickButton(
        _("the department"), every=_("The whole department"),
        note=_("Nobody ticked means the whole department."),
    )  # fmt: skip


class CaseFields(QWidget):
    """The question and its frame; each field saves when it is left or chosen."""

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._case: Case | None = None
        self._known: Metrics | None = None
        today = context.today()
        self.question = QLineEdit()
        self.question.setMaxLength(rules.LONGEST_QUESTION)
        self.kind = QComboBox()
        for about, words in ABOUT.items():
            self.kind.addItem(_(words), about)
        self.metric_choice = choice({})
        self.first, self.last = DateField(today), DateField(today)
        self.people = people_button()
        self.fields = {
            "question": Field(_("Question"), self.question),
            "kind": Field(_("What is looked at"), self.kind),
            "metric": Field(_("Metric"), self.metric_choice),
            "first": Field(_("First day"), self.first),
            "period": Field(_("Last day"), self.last),
            "members": Field(_("People"), self.people),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.fields["question"], 1)
        head.addWidget(self.fields["kind"])
        column.addLayout(head)
        row = QWidget()
        policy = row.sizePolicy()
        policy.setHeightForWidth(True)
        row.setSizePolicy(policy)
        flow = FlowLayout(row)
        for key in ("metric", "first", "period", "members"):
            flow.addWidget(self.fields[key])
        column.addWidget(row)
        self.question.editingFinished.connect(self._question_left)
        self.kind.activated.connect(self._kind_chosen)
        self.metric_choice.activated.connect(self._metric_chosen)
        self.first.editingFinished.connect(self._dates_left)
        self.last.editingFinished.connect(self._dates_left)
        for field in (self.first, self.last):
            field.calendarWidget().clicked.connect(self._dates_left)
        self.people.chosen.connect(self._people_chosen)

    def show_case(
        self, case: "Case", known: "Metrics", names: Mapping[int, str], *, other: bool
    ) -> None:
        """Show a case; what is being typed stays unless it is another one."""
        self._case = case
        if other:
            for field in self.fields.values():
                field.set_error("")
        if other or not (self.question.hasFocus() and self.question.isModified()):
            self.question.setText(case.question)
            self.question.setCursorPosition(0)
        if self._known is None or list(self._known) != list(known):
            self._known = known
            self.metric_choice.clear()
            for code in known:
                self.metric_choice.addItem(values.name(known[code]), code)
        self.metric_choice.setCurrentIndex(self.metric_choice.findData(case.metric))
        self.kind.setCurrentIndex(self.kind.findData(case.kind))
        self.first.set_value(case.first)
        self.last.set_value(case.last)
        self.people.show_choice(names, case.member_ids)
        closed = case.state is State.CLOSED
        for widget in (self.metric_choice, self.first, self.last, self.people):
            widget.setEnabled(not closed)
            widget.setToolTip(_("Reopen the investigation to change this.") if closed else "")

    # -- inside

    def _take(self, key: str, change: Callable[[], object]) -> None:
        try:
            change()
        except DomainError as error:
            self.fields[key].set_error(describe(error))
        else:
            self.fields[key].set_error("")

    def _change(self, key: str, **wanted: object) -> None:
        case = self._case
        if case is None or all(getattr(case, name) == value for name, value in wanted.items()):
            return
        self._take(key, partial(investigations.change, self._context.workspace, case.id, **wanted))

    def _question_left(self) -> None:
        if self.question.isModified():
            self.question.setModified(False)
            self._change("question", question=self.question.text())

    def _kind_chosen(self) -> None:
        self._change("kind", kind=About(self.kind.currentData()))

    def _metric_chosen(self) -> None:
        self._change("metric", metric=self.metric_choice.currentData())

    def _dates_left(self) -> None:
        self._change("period", first=self.first.value, last=self.last.value)

    def _people_chosen(self, ids: object) -> None:
        if self._case is not None and isinstance(ids, tuple):
            set_members = investigations.set_members
            self._take("members", partial(set_members, self._context.workspace, self._case.id, ids))
