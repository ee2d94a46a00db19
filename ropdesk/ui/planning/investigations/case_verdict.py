"""The re-measurement: the numbers before and after, and the verdict they ask for."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ropdesk.domain import investigations as rules
from ropdesk.domain.errors import DomainError
from ropdesk.domain.investigations import State, Verdict
from ropdesk.domain.metrics import Kind
from ropdesk.i18n import _, describe, short_date
from ropdesk.services import investigations
from ropdesk.ui import values
from ropdesk.ui.planning.investigations import words
from ropdesk.ui.team.sections import Section
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import PrimaryButton
from ropdesk.ui.widgets.cards import MetricCard, MetricView
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.fields import Field, FieldError
from ropdesk.ui.widgets.notes import NotesEdit
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from datetime import date

    from ropdesk.domain.metrics import Metric
    from ropdesk.services.investigation_rows import Case
    from ropdesk.services.investigations import Comparison
    from ropdesk.ui.context import Context
    from ropdesk.ui.runner import Progress

DECISION = 0  # stands for the decision among the findings offered to the library
NARROW = 420


class ElidedBox(QCheckBox):
    """A box whose words end in «…» where there is no room; the tooltip has them whole."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the words to the width."""
        super().resizeEvent(event)
        room = event.size().width() - current_theme().px(30)
        fitting = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(fitting.replace("&", "&&"))


class CaseVerdict(Section):
    """Before and after side by side; four verdicts, words, and what goes to the library."""

    def __init__(self, context: "Context") -> None:
        super().__init__(_("Re-measurement"))
        self._context = context
        self._case: Case | None = None
        self._metric: Metric | None = None
        self._asked = 0
        self.before = MetricCard(MetricView(_("Before"), values.UNKNOWN))
        self.after = MetricCard(MetricView(_("After"), values.UNKNOWN))
        pair = Columns(NARROW)
        pair.add(self.before)
        pair.add(self.after)
        self.body.addWidget(pair)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.body.addWidget(self.sentence)
        self._form = QWidget()
        self._fill_form()
        self.body.addWidget(self._form)
        self.error = FieldError()
        self.body.addWidget(self.error)

    def show_case(self, case: "Case", metric: "Metric", *, other: bool) -> None:
        """Show what is measured; ask for the verdict while none is given."""
        before, self._case, self._metric = self._case, case, metric
        self.setVisible(case.state is not State.OPEN)
        self.error.say("")
        if other or (before is not None and before.verdict_text != case.verdict_text):
            self.text.show_text(case.verdict_text, other=True)
        if other:
            self.choice.set_current(Verdict.HELPED)
        closed = case.state is State.CLOSED
        self._form.setVisible(case.state is State.ACTING)
        self._offer()
        self._asked = case.id
        if closed:
            self._show_kept(case, metric)
        elif case.state is State.ACTING:
            self._context.runner.start(
                partial(_compare, self._context.workspace, case.id, self._context.today()),
                partial(self._answered, case.id), self._failed, quiet=True,
            )  # fmt: skip

    def give(self) -> None:
        """Close the case with the verdict chosen."""
        case = self._case
        if case is None:
            return
        ticked = [key for key, box in self.boxes.items() if box.isChecked()]
        try:
            investigations.verdict(
                self._context.workspace, case.id, Verdict(self.choice.current),
                self.text.text(), self._context.today(),
                prove=[key for key in ticked if key != DECISION],
                prove_decision=DECISION in ticked,
            )  # fmt: skip
        except DomainError as error:
            self.error.say(describe(error))
        else:
            self._context.toast(_("The verdict is written."), undo=True)

    # -- inside

    def _fill_form(self) -> None:
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        self.early = QLabel()
        self.early.setWordWrap(True)
        self.early.setProperty("role", "secondary")
        column.addWidget(self.early)
        self.choice = Segmented(
            [(verdict, _(told)) for verdict, told in words.VERDICTS.items()], name=_("Verdict")
        )
        self.choice.changed.connect(self._offer)
        column.addWidget(self.choice)
        self.text = NotesEdit()
        column.addWidget(Field(_("Conclusion in words"), self.text))
        self.boxes: dict[int, QCheckBox] = {}
        self._offered = QVBoxLayout()
        self.offer = QLabel(_("Put into the library of proven actions:"))
        self.offer.setProperty("role", "secondary")
        column.addWidget(self.offer)
        column.addLayout(self._offered)
        self.giving = PrimaryButton(_("Give the verdict"))
        self.giving.clicked.connect(self.give)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.giving)
        column.addLayout(row)

    def _offer(self, *_told: object) -> None:
        """Offer the successful findings to the library where the verdict is that it helped."""
        case = self._case
        if case is None:
            return
        ticked = {key: box.isChecked() for key, box in self.boxes.items()}
        for box in self.boxes.values():
            self._offered.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {}
        fits = Verdict(self.choice.current) in rules.SUCCESSFUL
        self.offer.setVisible(fits)
        if not fits:
            return
        offered = {f.id: f.text for f in case.findings if f.successful and not f.proven}
        offered[DECISION] = _("The decision: {text}", text=" ".join(case.decision.split()))
        for key, text in offered.items():
            box = ElidedBox(text)
            box.setChecked(ticked.get(key, key != DECISION or len(offered) == 1))
            self.boxes[key] = box
            self._offered.addWidget(box)

    def _answered(self, case_id: int, found: "Comparison | None") -> None:
        from shiboken6 import isValid

        metric = self._metric
        if not isValid(self) or case_id != self._asked or found is None or metric is None:
            return
        effect = found.effect
        one, two = (effect.before, effect.after) if effect else (None, None)
        unit = _("a working day") if metric.kind is Kind.FLOW else ""
        how = words.paced(metric, [one, two])
        self.before.show_value(
            MetricView(_("Before"), values.alone(one, how), _about(unit, *found.before))
        )
        self.after.show_value(
            MetricView(_("After"), values.alone(two, how), _about(unit, *found.after))
        )
        self.sentence.setText(
            words.effect(metric, effect)
            if effect
            else _("The days after the decision begin {day}.", day=short_date(found.after[0]))
        )
        day = self._case.remeasure_on if self._case else None
        self.early.setText(
            "" if found.complete or day is None
            else _("The re-measurement is on {day}; you may judge earlier.", day=short_date(day))
        )  # fmt: skip
        self.early.setVisible(bool(self.early.text()))

    def _show_kept(self, case: "Case", metric: "Metric") -> None:
        if case.decided_on is None or case.remeasure_on is None or case.verdict is None:
            return
        one = rules.measured(case.before_value, metric.kind)
        two = rules.measured(case.after_value, metric.kind)
        on = case.verdict_on or case.remeasure_on
        before, after = rules.compared(
            case.first, case.last, case.decided_on, min(case.remeasure_on, on)
        )
        unit = _("a working day") if metric.kind is Kind.FLOW else ""
        how = words.paced(metric, [one, two])
        self.before.show_value(
            MetricView(_("Before"), values.alone(one, how), _about(unit, *before))
        )
        self.after.show_value(
            MetricView(
                _("After"), values.alone(two, how), _about(unit, *after),
                values.deviation(metric, two, one) if two is not None and one else "",
            )
        )  # fmt: skip
        told = _("{verdict}, {day}", verdict=_(words.VERDICTS[case.verdict]), day=short_date(on))
        told = told[:1].upper() + told[1:]
        self.sentence.setText(f"{told}. {case.verdict_text}" if case.verdict_text else told)

    def _failed(self, error: BaseException) -> None:
        from shiboken6 import isValid

        if not isinstance(error, DomainError):
            raise error
        if isValid(self):
            self.error.say(describe(error))


def _about(unit: str, first: "date", last: "date") -> str:
    told = words.span(first, last)
    return f"{unit}, {told}" if unit else told


def _compare(ws: Any, case_id: int, today: "date", _progress: "Progress") -> "Comparison | None":
    return investigations.compare(ws, case_id, today)
