"""The agenda of a meeting that is prepared: names and minutes are typed where they stand."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.meetings import State as Standing
from ropdesk.i18n import _, ngettext
from ropdesk.services.meeting_prep import AgendaPoint, Preparation
from ropdesk.ui.meeting.room_table import TallTable
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Edit, Row
from ropdesk.ui.widgets.buttons import IconButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.fields import FieldError
from ropdesk.ui.widgets.labels import ElidedLabel

LEAST_ROWS = 6
TITLE, MINUTES = "title", "minutes"
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class AgendaTable(TallTable):
    """The points in order. Alt+↑ and Alt+↓ move the point, Delete takes it off.

    Signals:
        moved: place of a point and the step it is to take.
        removed: place of a point.
    """

    moved = Signal(int, int)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_columns(), parent=parent)
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.setAccessibleName(_("Points of the agenda"))

    @property
    def place(self) -> int | None:
        """Place of the current point; None without one."""
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def minimumSizeHint(self) -> QSize:
        """Need the points of a usual agenda."""
        least = min(len(self.list_model.shown), LEAST_ROWS)
        return QSize(super().minimumSizeHint().width(), self._high(least))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the point, or take it off."""
        place, step = self.place, _STEPS.get(Qt.Key(event.key()), 0)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        typing = self.state() is TallTable.State.EditingState
        if place is None or typing:
            super().keyPressEvent(event)
        elif alt and step:
            self.moved.emit(place, step)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit(place)
        else:
            super().keyPressEvent(event)


class AgendaCard(Card):
    """The points with their minutes, the line of a new one, and the sum against the limit.

    Signals:
        added: words of a new point.
        moved: place and step; removed: place.
        editing: whether something is being typed in the table.
    """

    added = Signal(str)
    moved = Signal(int, int)
    removed = Signal(int)
    editing = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Agenda"), "", parent)
        self._fixed = False
        self.sum = Chip("")
        self.up = IconButton("up", _("Point up (Alt+↑)"))
        self.down = IconButton("down", _("Point down (Alt+↓)"))
        self.off = IconButton("trash", _("Take the point off the agenda (Delete)"))
        self.up.clicked.connect(self._up)
        self.down.clicked.connect(self._down)
        self.off.clicked.connect(self._off)
        for widget in (self.sum, self.up, self.down, self.off):
            self.add_right(widget)
        self.table = AgendaTable()
        self.table.moved.connect(self.moved)
        self.table.removed.connect(self.removed)
        self.table.editing_changed.connect(self.editing)
        self.table.current_row_changed.connect(self._follow)
        self.body.addWidget(self.table, 1)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("New point, minutes"))
        self.line.setAccessibleName(_("New point: its name, and its minutes at the end"))
        self.line.setToolTip(_("For example: «New CRM 5». Enter adds it (Ctrl+N)."))
        self.line.setMaxLength(200)
        self.line.returnPressed.connect(self._add)
        row = QHBoxLayout()
        row.addWidget(self.line)
        self.body.addLayout(row)
        self.error = FieldError()
        self.body.addWidget(self.error)
        self.too_long = ElidedLabel()
        self.too_long.setProperty("role", "secondary")
        self.too_long.hide()
        self.body.addWidget(self.too_long)
        self.setSizePolicy(self.table.sizePolicy())

    def show_agenda(self, found: Preparation, *, fixed: bool) -> None:
        """Show the points; ``fixed`` ones can only be read."""
        self._fixed = fixed
        self.table.set_rows(
            [_row(place, point, fixed=fixed) for place, point in enumerate(found.points)]
        )
        for widget in (self.line, self.up, self.down, self.off):
            widget.setVisible(not fixed)
        self._say_sum(found)
        self.table.updateGeometry()
        self._follow()

    def select(self, place: int) -> None:
        """Make a point the current one."""
        column = self.table.current_place()
        self.table.go_to_cell(place, column[1] if column else TITLE)

    def say_error(self, text: str) -> None:
        """Say what is wrong with the new point; empty takes it away."""
        self.error.say(text)

    def start_new(self) -> None:
        """Go to the line of a new point."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def take_focus(self) -> None:
        """Go to the points."""
        if self.table.place is None:
            self.select(0)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- inside

    def _say_sum(self, found: Preparation) -> None:
        limit = found.line.minutes
        words = _("{n} of {limit} min", n=found.minutes, limit=limit)
        self.sum.set(
            f"\u26a0 {words}" if found.over else words,
            State.WARNING if found.over else State.GOOD,
        )
        if found.line.state is Standing.SKIPPED:
            self.too_long.show()
            self.too_long.setText(_("Skipped: {reason}", reason=found.line.reason))
            return
        self.too_long.setVisible(bool(found.over))
        self.too_long.setText(
            ngettext(
                "The points take {n} minute more than the meeting may. Make some shorter, or "
                "leave one for another day.",
                "The points take {n} minutes more than the meeting may. Make some shorter, or "
                "leave one for another day.",
                found.over,
            )
        )

    def _follow(self, _key: object = None) -> None:
        place, last = self.table.place, len(self.table.list_model.shown) - 1
        self.up.setEnabled(place is not None and place > 0)
        self.down.setEnabled(place is not None and place < last)
        self.off.setEnabled(place is not None)

    def _up(self) -> None:
        self._step(-1)

    def _down(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        if self.table.place is not None:
            self.moved.emit(self.table.place, step)

    def _off(self) -> None:
        if self.table.place is not None:
            self.removed.emit(self.table.place)

    def _add(self) -> None:
        if self.line.text().strip():
            self.added.emit(self.line.text())


def minutes_of(edit: Edit) -> int:
    """Read minutes as they were typed; an empty cell is none.

    Raises:
        DomainError: it is no whole number.
    """
    text = edit.text.strip()
    if not text:
        return 0
    if not text.isdecimal():
        raise DomainError(N_("Minutes are a whole number, for example 5."), field=MINUTES)
    return int(text)


def _columns() -> tuple[Column, ...]:
    return (
        Column("number", "№", width=34),
        Column(TITLE, _("Point"), Align.LEFT, stretch=True,
               tooltip=_("Type to change the name; Enter goes to the next point.")),
        Column(MINUTES, _("Minutes"), width=86),
    )  # fmt: skip


def _row(place: int, point: AgendaPoint, *, fixed: bool) -> Row:
    return Row(
        place,
        (
            Cell(str(place + 1), muted=True),
            Cell(point.title, tooltip=point.title, editable=not fixed),
            Cell(str(point.minutes), editable=not fixed, sort_key=point.minutes),
        ),
    )
