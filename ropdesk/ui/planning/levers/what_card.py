"""The levers themselves: whose, which, how far."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ropdesk.i18n import _
from ropdesk.ui.planning.levers.slider import LeverSlider
from ropdesk.ui.planning.number_field import NumberField
from ropdesk.ui.planning.number_fields import NumberFields, TypedHandler
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import LinkLabel
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.labels import ElidedLabel


@dataclass(frozen=True, slots=True)
class LeverView:
    """One lever, every text ready.

    Attributes:
        key: the factor's code.
        label: its name with the unit.
        shown, raw: the value, grouped and plain.
        change: relative change in words, empty without one.
        percent: where the slider stands; best: where the best month does.
        reference: forecast and best month in words, or why the lever cannot be moved.
    """

    key: str
    label: str
    shown: str = ""
    raw: str = ""
    change: str = ""
    percent: int = 0
    best: int | None = None
    reference: str = ""
    tooltip: str = ""
    enabled: bool = True


class LeverRow:
    """The widgets of one lever in the card's grid."""

    def __init__(self, view: LeverView, grid: QGridLayout, row: int) -> None:
        self.label = ElidedLabel(view.label)
        self.label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.slider = LeverSlider(view.label)
        self.slider.setObjectName(view.key)
        self.field = NumberField(view.label)
        self.change = QLabel()
        self.change.setProperty("role", "strong")
        self.change.setMinimumWidth(current_theme().px(52))
        self.reference = ElidedLabel()
        self.reference.setProperty("role", "secondary")
        self.reference.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.label.setBuddy(self.field)
        above = QHBoxLayout()
        above.setSpacing(10)
        above.addWidget(self.label)
        above.addWidget(self.reference, 1)
        grid.addLayout(above, row, 0, 1, 3)
        grid.addWidget(self.slider, row + 1, 0)
        grid.addWidget(self.field, row + 1, 1)
        grid.addWidget(self.change, row + 1, 2)

    def show_view(self, view: LeverView) -> None:
        """Show the lever as it stands."""
        self.label.setText(view.label)
        self.slider.setEnabled(view.enabled)
        self.slider.show_percent(view.percent, view.best)
        self.slider.setAccessibleDescription(f"{view.shown} {view.change}".strip())
        self.field.setEnabled(view.enabled)
        self.field.show_value(view.shown, view.raw, view.tooltip, by_hand=bool(view.change))
        self.change.setText(view.change)
        self.reference.setText(view.reference)
        self.reference.setToolTip(f"{view.reference}\n{view.tooltip}".strip())


class WhatCard(Card):
    """Whose levers, three of them, and how soon new inquiries pay.

    The handler takes what was typed and may raise `DomainError`.
    """

    subject_chosen = Signal(int)
    moved = Signal(str, int)  # factor's code, per cent
    best_wanted = Signal()
    halfway_wanted = Signal()
    editing_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("What if"), parent=parent)
        self.subjects = QComboBox()
        self.subjects.setAccessibleName(_("Whose levers"))
        self.subjects.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.subjects.setMinimumContentsLength(20)
        self.subjects.currentIndexChanged.connect(self._chosen)
        self.add_right(self.subjects)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self._fields = NumberFields(self)
        self._fields.editing_changed.connect(self.editing_changed)
        self.body.addWidget(self._fields.error)
        self.body.addWidget(self._build_presets())
        self.lag = _sentence()
        self.remarks = _sentence()
        self.changed = _sentence()
        for words in (self.lag, self.remarks, self.changed):
            self.body.addWidget(words)
        self.body.addStretch(1)
        self._rows: dict[str, LeverRow] = {}

    def _build_presets(self) -> QWidget:
        self.best = LinkLabel(_("As in the best months"))
        self.best.setToolTip(_("Set each lever to the best month, where that is more"))
        self.best.clicked.connect(self.best_wanted)
        self.halfway = LinkLabel(_("Halfway to the best"))
        self.halfway.setToolTip(_("Set each lever halfway between the forecast and the best month"))
        self.halfway.clicked.connect(self.halfway_wanted)
        holder = QWidget()
        policy = holder.sizePolicy()
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        row = FlowLayout(holder, 16)
        row.addWidget(self.best)
        row.addWidget(self.halfway)
        return holder

    @property
    def error(self) -> str:
        """What is said to be wrong with the number typed last."""
        return self._fields.error.text()

    def lever(self, key: str) -> LeverRow:
        """Return the widgets of a factor."""
        return self._rows[key]

    def set_handler(self, handler: TypedHandler) -> None:
        """Set what takes a typed number: the factor's code and the text."""
        self._fields.set_handler(handler)

    def show_subjects(self, options: Sequence[tuple[int, str]], current: int) -> None:
        """Offer the department and the members."""
        blocked = self.subjects.blockSignals(True)
        shown = [
            (self.subjects.itemData(n), self.subjects.itemText(n))
            for n in range(self.subjects.count())
        ]
        if shown != list(options):
            self.subjects.clear()
            for key, words in options:
                self.subjects.addItem(words, key)
        self.subjects.setCurrentIndex(max(0, self.subjects.findData(current)))
        self.subjects.setToolTip(self.subjects.currentText())
        self.subjects.blockSignals(blocked)

    def show_levers(self, views: Sequence[LeverView]) -> None:
        """Show the three levers."""
        before: QWidget = self.subjects
        for number, view in enumerate(views):
            if view.key not in self._rows:
                row = LeverRow(view, self._grid, 2 * number)
                QWidget.setTabOrder(before, row.slider)
                QWidget.setTabOrder(row.slider, row.field)
                row.slider.valueChanged.connect(self._moved)
                self._fields.add(view.key, row.field)
                self._rows[view.key] = row
            self._rows[view.key].show_view(view)
            before = self._rows[view.key].field

    def offer_best(self, *, possible: bool) -> None:
        """Offer the best months, where any lever was once higher."""
        self.best.setEnabled(possible)
        self.halfway.setEnabled(possible)

    def say(self, lag: str, remarks: str, changed: str) -> None:
        """Say what stands below the levers."""
        for label, words in ((self.lag, lag), (self.remarks, remarks), (self.changed, changed)):
            label.setText(words)
            label.setVisible(bool(words))

    def forget_typing(self) -> None:
        """Take back what was refused: another subject or month is shown."""
        self._fields.forget_typing()

    def _chosen(self, index: int) -> None:
        key = self.subjects.itemData(index)
        if isinstance(key, int):
            self.subject_chosen.emit(key)

    def _moved(self, percent: int) -> None:
        self._fields.error.say("")
        self.moved.emit(self.sender().objectName(), percent)


def percent_of(base: Fraction | None, value: Fraction | None) -> int | None:
    """Say where a value stands on the slider, in whole per cent of the base."""
    if not base or value is None:
        return None
    return round((value / base - 1) * 100)


def _sentence() -> QLabel:
    label = QLabel()
    label.setProperty("role", "secondary")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.hide()
    return label
