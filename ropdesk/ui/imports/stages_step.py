"""Step 3: what the stages of deals mean, and what repeated rows of one deal mean."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ropdesk.i18n import _, describe, integer, ngettext
from ropdesk.services.files import FileSpec
from ropdesk.services.import_look import REPEATED, Look
from ropdesk.ui.imports import texts
from ropdesk.ui.imports.forms import Form
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.labels import ElidedLabel
from ropdesk.ui.widgets.segmented import Segmented

NO_STAGE = "\u2014"  # stands where no stage is of a kind: then names are not guessed either


class StagesStep(QWidget):
    """The stages with their counts, each won, lost or open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: Look | None = None
        self._choices: dict[str, Segmented] = {}
        self._question = Card(_("Repeated rows"))
        self._asked = QLabel()
        self._asked.setWordWrap(True)
        self.sum = QRadioButton(_("Lines of one deal: their amounts add up"))
        self.first = QRadioButton(_("The same deal written again: take the first row"))
        self._group = QButtonGroup(self)
        for button in (self.sum, self.first):
            self._group.addButton(button)
        for widget in (self._asked, self.sum, self.first):
            self._question.body.addWidget(widget)
        self._stages = Card(_("What the stages mean"), _("only won deals bring receipts"))
        self._form = Form()
        self._stages.body.addWidget(self._form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._question)
        column.addWidget(self._stages, 1)
        column.addStretch(0)

    def show_look(self, look: Look) -> None:
        """Show the question, if there is one, and the stages."""
        self._look = look
        asked = look.question is not None or bool(look.spec.repeated)
        self._question.setVisible(asked)
        if look.question is not None:
            self._asked.setText(_said(look))
        self.sum.setChecked(look.spec.repeated == "sum")
        self.first.setChecked(look.spec.repeated == "first")
        self._stages.setVisible(bool(look.stages))
        grid = self._form.fresh()
        grid.setColumnStretch(4, 1)
        grid.setVerticalSpacing(5)
        grid.setColumnMinimumWidth(0, current_theme().px(260))
        self._choices.clear()
        for number, stage in enumerate(look.stages):
            name = stage.name or _("(no stage)")
            label = ElidedLabel(name)
            count = QLabel(ngettext("{n} row", "{n} rows", stage.count))
            count.setProperty("role", "secondary")
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            hint = QLabel()
            if stage.closed:
                hint.setText(_("\u26a0 {n} with a closing date", n=integer(stage.closed)))
                hint.setProperty("role", "error")
            choice = Segmented(
                [(key, _(words)) for key, words in texts.STATUSES.items()], stage.status, name
            )
            self._choices[stage.name] = choice
            for place, widget in enumerate((label, count, choice, hint)):
                grid.addWidget(widget, number, place)
        grid.setRowStretch(len(look.stages), 1)

    def choose(self, stage: str, status: str) -> None:
        """Say what a stage means, as a person would."""
        self._choices[stage].choose(status)

    def answer(self, spec: FileSpec) -> FileSpec:
        """Return the specification with what is chosen here."""
        repeated = "sum" if self.sum.isChecked() else "first" if self.first.isChecked() else ""
        spec = replace(spec, repeated=repeated)
        look = self._look
        if look is None or not self._choices:
            return spec
        chosen = {name: choice.current for name, choice in self._choices.items()}
        same = all(chosen[stage.name] == stage.status for stage in look.stages)
        if same and not look.stages_doubtful:
            return spec
        won = tuple(name for name, status in chosen.items() if status == "won") or (NO_STAGE,)
        lost = tuple(name for name, status in chosen.items() if status == "lost") or (NO_STAGE,)
        return replace(spec, won=won, lost=lost)


def _said(look: Look) -> str:
    question = look.question
    if question is None:
        return ""
    if {"id", "lines"} <= question.fields.keys():
        return _(REPEATED, **{name: str(question.fields[name]) for name in ("id", "lines")})
    return describe(question)
