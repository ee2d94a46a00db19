"""The chosen day: what it is, and the fields that change it."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ropdesk.domain.calendar import DayKind
from ropdesk.domain.errors import N_
from ropdesk.i18n import _
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import FlatButton
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.labels import ElidedLabel
from ropdesk.ui.widgets.segmented import Segmented

KIND_WORDS = {
    DayKind.WORKDAY: N_("working day"),
    DayKind.SHORTENED: N_("shortened day"),
    DayKind.DAY_OFF: N_("day off"),
}
NOTE_WIDTH = 260
LINE = 28  # height of the fields, in which smaller ones stand in the middle


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What is known of the chosen day, `words` ready to show."""

    day: date
    words: str
    kind: DayKind
    note: str
    edited: bool


class DayBar(QWidget):
    """Kind, note and reset of one day."""

    kind_chosen = Signal(object)  # DayKind
    note_typed = Signal(str)
    reset_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day: date | None = None
        self._words = ElidedLabel()
        self.kind = Segmented([(k.value, _(w)) for k, w in KIND_WORDS.items()], name=_("Day"))
        self.kind.setMinimumHeight(current_theme().px(LINE))
        self.kind.changed.connect(self._chosen)
        self.note = QLineEdit()
        self.note.setMaxLength(500)
        self.note.setPlaceholderText(_("note: why this day is changed"))
        self.note.setAccessibleName(_("Note on the day"))
        self.note.setFixedWidth(NOTE_WIDTH)
        self.note.editingFinished.connect(self._typed)
        self.reset = FlatButton(_("As by law"))
        self.reset.clicked.connect(self.reset_wanted)
        tools = QWidget()
        flow = FlowLayout(tools, 10)
        for widget in (self.kind, self.note, self.reset):
            flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addWidget(tools)

    @property
    def words(self) -> str:
        """What is said of the day."""
        return self._words.text()

    def show_day(self, facts: DayFacts) -> None:
        """Show a day."""
        other = facts.day != self._day
        self._day = facts.day
        self._words.setText(facts.words)
        self.kind.set_current(facts.kind.value)
        if other or not (self.note.hasFocus() and self.note.isModified()):
            self.note.setText(facts.note)
        self.reset.setEnabled(facts.edited)

    def _chosen(self, key: str) -> None:
        self.kind_chosen.emit(DayKind(key))

    def _typed(self) -> None:
        if self.note.isModified():
            self.note.setModified(False)
            self.note_typed.emit(self.note.text().strip())
