"""The forms of promises: a new one or a correction, and a move with its reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import Metrics
from ropdesk.domain.promises import LONGEST, LONGEST_CUSTOMER, LONGEST_REASON
from ropdesk.i18n import _, describe, short_date
from ropdesk.services import promise_words as words
from ropdesk.services.promises import PromiseLine
from ropdesk.ui import values
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import DateField, Field, choice, choose

WIDE = 520  # pixels at 100 % text scale
FIRST_METRICS = ("receipts", "deals_won", "calls", "inquiries", "talk_time", "overdue_tasks")
"""What is promised most; the others follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a form says.

    Attributes:
        whole: facts count from the day it was given, not on the due day alone.
    """

    member_id: int | None
    text: str
    customer: str
    metric: str
    amount: int | None
    due: date
    whole: bool


class PromiseForm(Dialog):
    """Asks for a promise; what is wrong stands beside its field.

    Args:
        people: names by id; the sales head is offered besides.
        start: the values to begin with.
        save: stores what was filled in; may refuse with `DomainError`.
    """

    def __init__(
        self, heading: str, verb: str, known: Metrics, people: Mapping[int, str], start: Filled,
        save: Callable[[Filled], object], parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(heading, verb, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setMinimumWidth(current_theme().px(WIDE))
        self._known, self._save = known, save
        self._fields: dict[str, Field] = {}
        self._build_who(people, start)
        self._build_number(start)
        self._follow_metric()
        self.who.setFocus()

    def submit(self) -> None:
        """Store the promise; a refusal is said beside its field."""
        for field in self._fields.values():
            field.set_error("")
        try:
            self._save(self.filled())
        except DomainError as error:
            name = str(error.fields.get("field", ""))
            if name in self._fields:
                self._fields[name].set_error(describe(error))
                self._fields[name].editor.setFocus()
            raise

    def filled(self) -> Filled:
        """Return what the form says.

        Raises:
            DomainError: the amount is not a number.
        """
        return Filled(
            member_id=self.who.currentData(), text=self.text.text(), customer=self.customer.text(),
            metric=self.metric_box.currentData(), amount=self._amount(), due=self.due.value,
            whole=self.whole.isChecked(),
        )  # fmt: skip

    # -- inside

    def _field(self, key: str, label: str, editor: QWidget, hint: str = "") -> Field:
        self._fields[key] = Field(label, editor, hint)
        return self._fields[key]

    def _build_who(self, people: Mapping[int, str], start: Filled) -> None:
        self.who = choice({})
        for id_, name in people.items():
            self.who.addItem(name, id_)
        self.who.addItem(_("Sales head"), None)
        self.who.setCurrentIndex(
            self.who.count() - 1
            if start.member_id is None
            else max(0, self.who.findData(start.member_id))
        )
        self.due = DateField(start.due)
        self.text = QLineEdit(start.text)
        self.text.setMaxLength(LONGEST)
        self.text.setPlaceholderText(_("For example: send the offer"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._field("member_id", _("Who"), self.who), 1)
        row.addWidget(self._field("due", _("Due"), self.due))
        self.body.addLayout(row)
        self.body.addWidget(self._field("text", _("What is promised"), self.text))

    def _build_number(self, start: Filled) -> None:
        self.metric_box = choice({"": _("no number")})
        first = [code for code in FIRST_METRICS if code in self._known]
        for code in (*first, *(code for code in self._known if code not in first)):
            self.metric_box.addItem(values.name(self._known[code]), code)
        choose(self.metric_box, start.metric)
        self.metric_box.activated.connect(self._follow_metric)
        self.amount = QLineEdit()
        if start.metric in self._known:
            metric = self._known[start.metric]
            self.amount.setText(values.plain(start.amount, values.entry_style(metric)))
        self.customer = QLineEdit(start.customer)
        self.customer.setMaxLength(LONGEST_CUSTOMER)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._field("metric", _("Metric"), self.metric_box), 1)
        row.addWidget(self._field("amount", _("How much"), self.amount), 1)
        self.body.addLayout(row)
        hint = _("Receipts of a customer are looked for in the member's won deals by this name.")
        self.body.addWidget(self._field("customer", _("Customer"), self.customer, hint))
        self.whole = QCheckBox(_("Count from the day it was given, not on the due day alone"))
        self.whole.setChecked(start.whole)
        self.body.addWidget(self.whole)

    def _follow_metric(self) -> None:
        code = self.metric_box.currentData()
        self.amount.setEnabled(bool(code))
        self.whole.setEnabled(bool(code))
        unit = values.entry_style(self._known[code]).unit if code else ""
        self.amount.setPlaceholderText(unit)

    def _amount(self) -> int | None:
        code = self.metric_box.currentData()
        if not code:
            return None
        try:
            return values.parse(self._known[code], self.amount.text())
        except DomainError as error:
            raise DomainError(error.message, **{**error.fields, "field": "amount"}) from None


class MoveForm(Dialog):
    """Asks for a later day and the reason.

    Args:
        proposed: the day to begin with.
        save: stores day and reason; may refuse with `DomainError`.
    """

    def __init__(
        self, line: PromiseLine, proposed: date, save: Callable[[date, str], object],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(_("Put the promise off"), _("Put off"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._save = save
        told = QLabel(f"{words.who(line)}: {line.text}")
        told.setWordWrap(True)
        self.body.addWidget(told)
        said = (_("Due {day}", day=short_date(line.due)), words.moved(line))
        before = QLabel(", ".join(filter(None, said)))
        before.setWordWrap(True)
        before.setProperty("role", "secondary")
        self.body.addWidget(before)
        self.day = DateField(max(proposed, line.due + timedelta(1)))
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_REASON)
        self._fields = {
            "due": Field(_("New day"), self.day),
            "reason": Field(_("Reason"), self.reason),
        }
        for field in self._fields.values():
            self.body.addWidget(field)
        self.reason.setFocus()

    def submit(self) -> None:
        """Store the move; a refusal is said beside its field."""
        for field in self._fields.values():
            field.set_error("")
        try:
            self._save(self.day.value, self.reason.text())
        except DomainError as error:
            name = str(error.fields.get("field", ""))
            if name in self._fields:
                self._fields[name].set_error(describe(error))
                self._fields[name].editor.setFocus()
            raise
