"""A month's goal as a funnel: scenarios, numbers typed in place, and the past beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ropdesk.i18n import _
from ropdesk.ui.planning.members_card import title_width
from ropdesk.ui.planning.number_field import NumberField
from ropdesk.ui.planning.number_fields import NumberFields, TypedHandler
from ropdesk.ui.roles import State
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.labels import ElidedLabel
from ropdesk.ui.widgets.paint import paint_bar
from ropdesk.ui.widgets.segmented import Segmented


@dataclass(frozen=True, slots=True)
class FieldView:
    """One number of the funnel, every text ready.

    Attributes:
        key: the funnel's field.
        label: its name with the unit.
        by_hand: typed by a person, not worked out from the others.
        share: the plan on the scale of the past, 0 to 1; none leaves the bar out.
        tick: where the usual month stands on that scale.
        reference: the past in a few words.
        tooltip: the exact value; ``reference_tooltip``: the months one by one.
    """

    key: str
    label: str
    shown: str = ""
    raw: str = ""
    by_hand: bool = False
    tooltip: str = ""
    share: float | None = None
    tick: float | None = None
    state: State = State.ACCENT
    reference: str = ""
    reference_tooltip: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """What the card shows.

    Attributes:
        segments: words of each scenario with its total.
        advice: what does not fit and what can be done: rich text whose links are keys.
    """

    title: str
    segments: dict[str, str]
    current: str
    fields: Sequence[FieldView]
    advice: str
    editable: bool


class Reference(QWidget):
    """A thin bar over a few words: the planned number against the past."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: FieldView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_view(self, view: FieldView) -> None:
        """Show another number's past."""
        self._view = view
        self.setToolTip(view.reference_tooltip or view.reference)
        self.setAccessibleName(view.reference)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a bar and a line."""
        theme = current_theme()
        return QSize(theme.px(170), theme.px(27))

    def minimumSizeHint(self) -> QSize:
        """Let the words be elided."""
        return QSize(current_theme().px(90), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar and the words."""
        view = self._view
        if view is None:
            return
        theme = current_theme()
        painter = QPainter(self)
        if view.share is not None:
            bar = QRectF(0, theme.px(3), self.width(), theme.px(5))
            paint_bar(painter, bar, view.share, view.state, view.tick)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("secondary"))
        room = self.rect()
        if view.share is not None:
            room.setTop(theme.px(10))
        shown = QFontMetrics(painter.font()).elidedText(
            view.reference, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class ScenarioCard(Card):
    """The funnel of one scenario. The handler takes what was typed and may raise `DomainError`."""

    scenario_chosen = Signal(str)
    advised = Signal(str)  # key of the step chosen
    editing_changed = Signal(bool)

    def __init__(self, scenarios: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.segments = Segmented(scenarios, "standard", _("Scenario"))
        self.segments.changed.connect(self.scenario_chosen)
        self.add_right(self.segments)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        self.body.addLayout(self._grid)
        self._fields = NumberFields(self)
        self._fields.editing_changed.connect(self.editing_changed)
        self.body.addWidget(self._fields.error)
        self.advice = QLabel()
        self.advice.setProperty("role", "secondary")
        self.advice.setTextFormat(Qt.TextFormat.RichText)
        self.advice.setWordWrap(True)
        self.advice.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.advice.linkActivated.connect(self.advised)
        self.body.addWidget(self.advice)
        self.body.addStretch(1)
        self._labels: dict[str, ElidedLabel] = {}
        self._references: dict[str, Reference] = {}
        self._heading = ""

    @property
    def error(self) -> str:
        """What is said to be wrong with the number typed last."""
        return self._fields.error.text()

    def field(self, key: str) -> NumberField:
        """Return the field of a number of the funnel."""
        return self._fields[key]

    def set_handler(self, handler: TypedHandler) -> None:
        """Set what takes a typed number: the funnel's field and the text."""
        self._fields.set_handler(handler)

    def show_scenario(self, view: ScenarioView) -> None:
        """Show a scenario."""
        self._heading = view.title
        self._fit_title()
        for key, words in view.segments.items():
            self.segments.set_text(key, words)
        self.segments.set_current(view.current)
        if [field.key for field in view.fields] != self._fields.keys:
            self._build(view.fields)
        for field in view.fields:
            editor = self._fields[field.key]
            editor.setReadOnly(not view.editable)
            editor.show_value(field.shown, field.raw, field.tooltip, by_hand=field.by_hand)
            self._labels[field.key].setText(field.label)
            self._references[field.key].show_view(field)
        self.advice.setText(view.advice)
        self.advice.setVisible(bool(view.advice))

    def forget_typing(self) -> None:
        """Take back what was refused: another month or scenario is shown."""
        self._fields.forget_typing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the title out where the scenarios need its place."""
        super().resizeEvent(event)
        self._fit_title()

    def _fit_title(self) -> None:
        room = self.width() - self.segments.sizeHint().width() - 40
        self.set_title(self._heading if title_width(self._heading) <= room else "")
        self.setAccessibleName(self._heading)

    def _build(self, fields: Sequence[FieldView]) -> None:
        for widget in (*self._fields.clear(), *self._labels.values(), *self._references.values()):
            widget.hide()
            widget.deleteLater()
        self._labels, self._references = {}, {}
        for row, view in enumerate(fields):
            label = ElidedLabel(view.label)
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            editor = NumberField(view.label)
            label.setBuddy(editor)
            reference = Reference()
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(editor, row, 1)
            self._grid.addWidget(reference, row, 2)
            self._fields.add(view.key, editor)
            self._labels[view.key], self._references[view.key] = label, reference
