"""Cause, decision and the day of re-measurement: what turns facts into acting."""

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel

from ropdesk.domain.errors import DomainError
from ropdesk.domain.investigations import State
from ropdesk.i18n import _, describe, short_date
from ropdesk.services import investigations
from ropdesk.ui.team.sections import Section
from ropdesk.ui.widgets.buttons import PrimaryButton
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.date_choice import DateButton
from ropdesk.ui.widgets.fields import Field
from ropdesk.ui.widgets.notes import NotesEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from ropdesk.services.investigation_rows import Case
    from ropdesk.ui.context import Context

TEXTS = ("notes", "cause", "decision")
USUAL_WAIT = timedelta(weeks=2)
NARROW = 460


class CaseDecision(Section):
    """Three texts kept when they are left, the day, and the button that decides."""

    def __init__(self, context: "Context") -> None:
        super().__init__(_("Cause and decision"))
        self._context = context
        self._case: Case | None = None
        self.texts = {name: NotesEdit() for name in TEXTS}
        self.remeasure = DateButton(_("choose a day"), _("No day"), context.today() + USUAL_WAIT)
        self.fields = {
            "notes": Field(_("Notes: what was asked, heard, checked"), self.texts["notes"]),
            "cause": Field(_("Cause"), self.texts["cause"]),
            "decision": Field(_("Decision"), self.texts["decision"]),
            "remeasure_on": Field(_("Re-measurement"), self.remeasure),
        }
        self.body.addWidget(self.fields["notes"])
        pair = Columns(NARROW)
        pair.add(self.fields["cause"])
        pair.add(self.fields["decision"])
        self.body.addWidget(pair)
        for name, edit in self.texts.items():
            edit.setObjectName(f"case-{name}")
            edit.committed.connect(partial(self._keep, name))
        self.remeasure.chosen.connect(self._day_chosen)
        self.deciding = PrimaryButton(_("Decided: act"))
        self.deciding.clicked.connect(self.decide)
        self.told = QLabel()
        self.told.setProperty("role", "secondary")
        self.told.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.fields["remeasure_on"])
        row.addSpacing(10)
        row.addWidget(self.told, 1)
        row.addWidget(self.deciding)
        self.body.addLayout(row)

    def show_case(self, case: "Case", *, other: bool) -> None:
        """Show what is written; what is being typed stays unless it is another case."""
        self._case = case
        if other:
            for field in self.fields.values():
                field.set_error("")
        for name, edit in self.texts.items():
            edit.show_text(getattr(case, name), other=other)
        self.remeasure.set_value(case.remeasure_on)
        self.remeasure.setEnabled(case.state is not State.CLOSED)
        self.deciding.setVisible(case.state is State.OPEN)
        decided = case.decided_on
        self.told.setText(_("decided {day}", day=short_date(decided)) if decided else "")

    def keep_all(self) -> None:
        """Keep every text: another case is shown next."""
        for edit in self.texts.values():
            edit.commit()

    def decide(self) -> None:
        """Go over to acting; what is missing is said beside its field."""
        case = self._case
        if case is None:
            return
        for field in self.fields.values():
            field.set_error("")
        self.texts["notes"].commit()
        cause, decision = (self.texts[name].text() for name in ("cause", "decision"))
        self._take(
            "remeasure_on",
            partial(
                investigations.decide, self._context.workspace, case.id, cause, decision,
                self.remeasure.value, self._context.today(),
            ),
        )  # fmt: skip

    # -- inside

    def _keep(self, name: str, text: str) -> None:
        case = self._case
        if case is not None:
            change = investigations.change
            keep = partial(change, self._context.workspace, case.id, **{name: text})
            if not self._take(name, keep):
                self.texts[name].refused(getattr(case, name))

    def _take(self, name: str, change: "Callable[[], object]") -> bool:
        try:
            change()
        except DomainError as error:
            told = error.fields.get("field")
            key = told if isinstance(told, str) and told in self.fields else name
            self.fields[key].set_error(describe(error))
            return False
        self.fields[name].set_error("")
        return True

    def _day_chosen(self, day: object) -> None:
        case = self._case
        if case is None:
            return
        wanted = day if isinstance(day, date) else None
        self.keep_all()
        change = investigations.change
        self._take(
            "remeasure_on", partial(change, self._context.workspace, case.id, remeasure_on=wanted)
        )
