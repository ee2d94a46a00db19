"""How the room of a meeting is laid out: agenda and people, the point, promises and decisions."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from ropdesk.i18n import _
from ropdesk.ui.meeting.room_agenda import AgendaCard
from ropdesk.ui.meeting.room_decisions import DecisionsCard
from ropdesk.ui.meeting.room_due import DueCard
from ropdesk.ui.meeting.room_interim import InterimCard
from ropdesk.ui.meeting.room_notes import NotesCard
from ropdesk.ui.meeting.room_numbers import NumbersCard
from ropdesk.ui.meeting.room_people import PeopleCard
from ropdesk.ui.meeting.room_private import PrivateCard
from ropdesk.ui.meeting.room_promises import PromisesCard
from ropdesk.ui.meeting.room_timer import BigTimer
from ropdesk.ui.meeting.side import MeetingSide
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.notes import NotesEdit

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

# Width of the room, of its left and of its right column: pixels at 100 % text scale.
WIDTHS = ((1_040, 212, 328), (800, 190, 248), (0, 158, 196))
NARROW = 620  # below it promises and decisions go under the rest, and the page scrolls
NARROW_HIGH, BELOW_HIGH = 340, 240
WIDEST = (1 << 24) - 1  # Qt's own


class RoomLayout(MeetingSide):
    """The cards of the room in three columns; the middle one shows what the point needs."""

    _narrow = False

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.timer = BigTimer()
        self.agenda, self.people = AgendaCard(), PeopleCard()
        self.numbers, self.due = NumbersCard(context), DueCard()
        self.interim, self.notes = InterimCard(), NotesCard()
        self.promises, self.decisions = PromisesCard(), DecisionsCard()
        self.private = PrivateCard()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Meeting in progress"))
        self._build()

    @property
    def edits(self) -> list[NotesEdit]:
        """Every field of words that are kept as they are typed."""
        rows = [row.edit for row in self.decisions.rows.values()]
        return [*self.notes.edits, self.private.edit, *rows]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the middle the room it needs."""
        super().resizeEvent(event)
        px = current_theme().px
        left, right = next((a, b) for least, a, b in WIDTHS if self.width() >= px(least))
        self._left.setFixedWidth(px(left))
        narrow = self.width() < px(NARROW)
        if narrow:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(WIDEST)
        else:
            self._right.setFixedWidth(px(right))
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay()

    def _lay(self) -> None:
        """Put the right column beside the others, or under them."""
        ways = QBoxLayout.Direction
        px = current_theme().px
        self._grid.removeWidget(self._right)
        if self._narrow:
            self._grid.addWidget(self._right, 1, 0, 1, 2)
        else:
            self._grid.addWidget(self._right, 0, 2)
        self._beside.setDirection(ways.LeftToRight if self._narrow else ways.TopToBottom)
        self._grid.setRowMinimumHeight(0, px(NARROW_HIGH) if self._narrow else 0)
        self._grid.setRowMinimumHeight(1, px(BELOW_HIGH) if self._narrow else 0)

    def _build(self) -> None:
        self._left, self._right = QWidget(), QWidget()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        middle = QWidget()
        for widget, cards in (
            (self._left, ((self.agenda, 3), (self.people, 2))),
            (middle, ((self.numbers, 4), (self.due, 4), (self.interim, 0), (self.notes, 3))),
            (self._right, ((self.private, 3), (self.promises, 4), (self.decisions, 3))),
        ):
            column = QBoxLayout(QBoxLayout.Direction.TopToBottom, widget)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(12)
            for card, stretch in cards:
                column.addWidget(card, stretch)
            self._beside = column  # the right one is the last
        self._grid.addWidget(self._left, 0, 0)
        self._grid.addWidget(middle, 0, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(0, 1)
        self._lay()
