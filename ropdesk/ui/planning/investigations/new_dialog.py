"""A new investigation: the question, the metric, the days and the people."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ropdesk.domain import investigations as rules
from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.services.investigations import NewInvestigation
from ropdesk.ui.planning.investigations.case_fields import metric_box, people_button
from ropdesk.ui.planning.investigations.words import ABOUT
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import DateField, Field
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.domain.metrics import Metrics

Start = Callable[[NewInvestigation], object]


class NewCaseDialog(Dialog):
    """Asks for what an investigation begins with; the rest is written into its card."""

    def __init__(
        self, start: Start, known: "Metrics", names: Mapping[int, str], period: rules.Span,
        today: date, parent: QWidget,
    ) -> None:  # fmt: skip
        """Make the dialog.

        Args:
            start: opens it; may raise `DomainError`.
            period: the days proposed.
        """
        super().__init__(_("New investigation"), _("Open"), parent)
        self._start, self._today = start, today
        self.question = QLineEdit()
        self.question.setMaxLength(rules.LONGEST_QUESTION)
        self.question.setPlaceholderText(_("Why has the conversion of new inquiries fallen?"))
        self.kind = Segmented(
            [(about, _(told)) for about, told in ABOUT.items()], name=_("What is looked at")
        )
        self.metric_choice = metric_box(known, "conversion")
        self.first, self.last = DateField(period[0]), DateField(period[1])
        self.people = people_button()
        self.people.show_choice(names, ())
        self.people.chosen.connect(self._people_chosen)
        self._names = names
        self.fields = {
            "question": Field(_("Question"), self.question),
            "metric": Field(_("Metric"), self.metric_choice),
            "members": Field(_("People"), self.people),
            "first": Field(_("First day"), self.first),
            "period": Field(_("Last day"), self.last),
        }
        self.body.addWidget(self.fields["question"])
        self.body.addWidget(self.kind)
        for left, right in (("metric", "members"), ("first", "period")):
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(self.fields[left], 1)
            row.addWidget(self.fields[right], 1)
            self.body.addLayout(row)
        self.setMinimumWidth(520)
        self.question.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Open the investigation; what is wrong is said beside its field."""
        for field in self.fields.values():
            field.set_error("")
        new = NewInvestigation(
            question=self.question.text(), metric=self.metric_choice.currentData(),
            first=self.first.value, last=self.last.value, opened=self._today,
            members=self.people.keys, kind=self.kind.current,
        )  # fmt: skip
        try:
            self._start(new)
        except DomainError as error:
            key = error.fields.get("field")
            if isinstance(key, str) and key in self.fields:
                self.fields[key].set_error(describe(error))
            raise

    def _people_chosen(self, ids: object) -> None:
        if isinstance(ids, tuple):
            self.people.show_choice(self._names, ids)
