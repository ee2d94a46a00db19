"""Short rows that are ticked off or opened: what is held, promised, to be done, to be looked at."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ropdesk.ui.roles import State
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.chips import Chip


@dataclass(frozen=True, slots=True)
class CheckView:
    """One row, every text ready to show.

    Attributes:
        key: what the signals carry.
        lead: a few bold letters before the text (the hour).
        note: the second line, in secondary colour.
        chip: a word at the right, in the colour of ``state``.
        checked: None leaves the box out.
        button: words of a button at the right; ``primary`` makes it the one thing to do.
        spoken: what a screen reader says after the text.
    """

    key: Hashable
    text: str
    lead: str = ""
    note: str = ""
    chip: str = ""
    state: State = State.NEUTRAL
    checked: bool | None = None
    button: str = ""
    primary: bool = False
    muted: bool = False
    tooltip: str = ""
    spoken: str = ""


class CheckRow(QWidget):
    """A row: Space ticks or presses the button, Enter or a click opens, arrows go on."""

    ticked = Signal(object, bool)
    opened = Signal(object)
    pressed = Signal(object)
    stepped = Signal(object, int)

    def __init__(self, view: CheckView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(view.tooltip)
        said = (view.lead, view.text, view.note, view.chip, view.spoken)
        self.setAccessibleName(", ".join(part for part in said if part))
        theme = current_theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(2, theme.px(6), 2, theme.px(6))
        row.setSpacing(8)
        self.box: QCheckBox | None = None
        if view.checked is not None:
            self.box = QCheckBox()
            self.box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.box.setChecked(view.checked)
            self.box.setAccessibleName(view.text)
            self.box.clicked.connect(self._tick)
            row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignVCenter)
        if view.lead:
            lead = QLabel(view.lead)
            lead.setProperty("role", "strong")
            lead.setMinimumWidth(theme.px(44))
            row.addWidget(lead, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._words(), 1)
        if view.chip:
            row.addWidget(Chip(view.chip, view.state), 0, Qt.AlignmentFlag.AlignVCenter)
        self.button: PrimaryButton | SecondaryButton | None = None
        if view.button:
            self.button = (
                PrimaryButton(view.button) if view.primary else SecondaryButton(view.button)
            )
            self.button.setAccessibleDescription(view.text)
            self.button.clicked.connect(self._press)
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _words(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(1)
        column.setContentsMargins(0, 0, 0, 0)
        for text, role in ((self.view.text, ""), (self.view.note, "secondary")):
            if text:
                label = QLabel(text)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setWordWrap(True)
                if role or self.view.muted:
                    label.setProperty("role", role or "secondary")
                column.addWidget(label)
        return column

    def _tick(self) -> None:
        if self.box is not None:
            self.ticked.emit(self.view.key, self.box.isChecked())

    def _press(self) -> None:
        self.pressed.emit(self.view.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick, open, or go on."""
        key = event.key()
        press = self.box or self.button
        if key == Qt.Key.Key_Space and press is not None:
            press.click()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self.view.key)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(self.view.key, 1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open on a click beside the box."""
        inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and inside:
            self.opened.emit(self.view.key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line below, and the focus."""
        theme = current_theme()
        painter = QPainter(self)
        rect = self.rect()
        painter.setPen(theme.colour("line"))
        painter.drawLine(QPointF(0, rect.bottom()), QPointF(rect.right(), rect.bottom()))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.colour("accent"))
            painter.drawRoundedRect(rect.adjusted(0, 0, -1, -2), 4, 4)


class CheckList(QWidget):
    """Rows one under another. The row in focus keeps it when the list is shown anew."""

    ticked = Signal(object, bool)
    opened = Signal(object)
    pressed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._rows: list[CheckRow] = []

    @property
    def rows(self) -> tuple[CheckRow, ...]:
        """The rows, from above."""
        return tuple(self._rows)

    @property
    def views(self) -> tuple[CheckView, ...]:
        """What the rows show."""
        return tuple(row.view for row in self._rows)

    def row(self, key: Hashable) -> CheckRow | None:
        """Return the row of a key."""
        return next((row for row in self._rows if row.view.key == key), None)

    def show_rows(self, views: Sequence[CheckView]) -> None:
        """Show these rows; those that are the same stay as they are."""
        if list(views) == [row.view for row in self._rows]:
            return
        at = next((n for n, row in enumerate(self._rows) if row.hasFocus()), None)
        focused = self._rows[at].view.key if at is not None else None
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._made(view) for view in views]
        if at is not None and self._rows:
            again = self.row(focused) or self._rows[min(at, len(self._rows) - 1)]
            again.show()  # the layout would show it only in a later turn
            again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, view: CheckView) -> CheckRow:
        row = CheckRow(view, self)
        row.ticked.connect(self.ticked)
        row.opened.connect(self.opened)
        row.pressed.connect(self.pressed)
        row.stepped.connect(self._step)
        self._column.addWidget(row)
        return row

    def _step(self, key: Hashable, step: int) -> None:
        keys = [row.view.key for row in self._rows]
        there = keys.index(key) + step
        if 0 <= there < len(keys):
            self._rows[there].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focusNextPrevChild(step > 0)
