"""The chosen meeting: when, its agenda and minutes, and what can be done with it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ropdesk.domain.meetings import State, over
from ropdesk.i18n import _, integer
from ropdesk.services.meeting_effect import Held, PointTime
from ropdesk.services.meetings import MeetingLine
from ropdesk.ui.meetings import words
from ropdesk.ui.roles import State as Colour
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import Button, FlatButton, PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.labels import ElidedLabel

OPEN, BEGIN, PREPARE, RESTORE = "open", "begin", "prepare", "restore"
MOVE, SKIP, CHANGE, REMOVE = "move", "skip", "change", "remove"
KEYS = {OPEN: "Enter", BEGIN: "B", PREPARE: "P", MOVE: "M", SKIP: "Del", CHANGE: "F2"}


def choices(line: MeetingLine, today: date) -> tuple[tuple[str, str], ...]:
    """List what can be done with a meeting, the most likely first: command and words."""
    match line.state:
        case State.RUNNING:
            return ((OPEN, _("Return to the meeting")),)
        case State.CORRECTING:
            return ((OPEN, _("Return to the correction")),)
        case State.DONE:
            return ((OPEN, _("Open the protocol")),)
        case State.SKIPPED:
            found = [(RESTORE, _("Hold it after all"))]
        case _:
            begin, prepare = (BEGIN, _("Begin")), (PREPARE, _("Prepare"))
            found = [begin, prepare] if line.day <= today else [prepare, begin]
            found += [(MOVE, _("Move…")), (SKIP, _("Skip…")), (CHANGE, _("Change…"))]
    if not line.recurring:
        found.append((REMOVE, _("Delete")))
    return tuple(found)


class MeetingCard(Card):
    """One meeting. ``asked`` tells the command of the button pressed."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.when = QLabel()
        self.when.setWordWrap(True)
        self.body.addWidget(self.when)
        self.chip = Chip("")
        row = QHBoxLayout()
        row.addWidget(self.chip)
        row.addStretch(1)
        self.body.addLayout(row)
        self.reason = QLabel()
        self.reason.setWordWrap(True)
        self.reason.setProperty("role", "secondary")
        self.body.addWidget(self.reason)
        self._points = QWidget()
        self._grid = QGridLayout(self._points)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.body.addWidget(self._points)
        self._actions = QWidget()
        policy = self._actions.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self._actions.setSizePolicy(policy)
        self._flow = FlowLayout(self._actions, spacing=6)
        self.body.addWidget(self._actions)
        self.buttons: dict[str, Button] = {}

    def show_line(
        self, line: MeetingLine, points: Sequence[PointTime], held: Held | None, today: date
    ) -> None:
        """Show a meeting with its points and their minutes; one that was held with what it took."""
        self.set_title(line.title)
        self.when.setText(words.when(line))
        told, state = words.state_chip(line, today)
        self.chip.set(told, state)
        self.chip.setVisible(bool(told))
        reason = words.why(line)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self._show_points(points, line, held)
        self._show_buttons(choices(line, today))

    # -- inside

    def _show_points(
        self, points: Sequence[PointTime], line: MeetingLine, held: Held | None
    ) -> None:
        _empty(self._grid)
        for number, point in enumerate(points):
            name = ElidedLabel(f"{number + 1}. {point.title}")
            self._grid.addWidget(name, number, 0)
            self._grid.addWidget(_minutes(point), number, 1)
        planned = [point.minutes for point in points]
        spent = sum(planned) if held is None else held.minutes
        too_much = bool(over(planned, line.minutes)) if held is None else not held.within
        if points:
            total = Chip(
                _("{n} of {limit} min", n=spent, limit=line.minutes) + (" ↑" if too_much else ""),
                Colour.WARNING if too_much else Colour.NEUTRAL,
            )
            self._grid.addWidget(total, len(points), 0, 1, 2, Qt.AlignmentFlag.AlignRight)
        self._points.setVisible(bool(points))

    def _show_buttons(self, wanted: Sequence[tuple[str, str]]) -> None:
        if [(key, button.text()) for key, button in self.buttons.items()] == list(wanted):
            return  # the one in focus stays
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        for number, (key, text) in enumerate(wanted):
            kind = PrimaryButton if number == 0 else SecondaryButton if number < 2 else FlatButton
            button = kind(text)
            button.setObjectName(key)
            button.setMinimumHeight(current_theme().px(30))  # the framed and the plain ones alike
            keys = "Enter" if number == 0 else KEYS.get(key, "")
            if keys:
                button.setToolTip(f"{text} ({keys})")
            button.clicked.connect(self._pressed)
            self._flow.addWidget(button)
            self.buttons[key] = button
        self._actions.updateGeometry()

    def _pressed(self) -> None:
        self.asked.emit(self.sender().objectName())


def _minutes(point: PointTime) -> QLabel:
    text = integer(point.minutes)
    if point.spent is not None:
        text = f"{integer(point.spent)} / {text}" + (" ↑" if point.spent > point.minutes else "")
    label = QLabel(text)
    label.setProperty("role", "secondary")
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if point.spent is not None:
        label.setToolTip(_("{spent} min of {n}", spent=point.spent, n=point.minutes))
    return label


def _empty(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
