"""The points of an agenda: typed where they stand, moved by Alt and an arrow or by dragging."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ropdesk import i18n
from ropdesk.i18n import _
from ropdesk.services.meeting_kinds import AgendaLine, section_title
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.fitting_table import FittingTable

TITLE, SECTION, MINUTES = "title", "section", "minutes"
GRIP = 0  # the column that is dragged


class AgendaTable(FittingTable):
    """The points in their order; a row's key is its place.

    Signals:
        moved: the place of a point, and the place it is to have.
        removed: the place of a point.
    """

    moved = Signal(int, int)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            (
                Column("place", "", Align.CENTER, width=48),
                Column(TITLE, _("Point"), Align.LEFT, stretch=True),
                Column(SECTION, _("What it shows"), Align.LEFT, width=180),
                Column(MINUTES, _("Minutes"), width=66),
            ),
            parent=parent,
        )
        self.setSortingEnabled(False)
        self.setAccessibleName(_("Points of the agenda"))
        self._held: int | None = None
        self._gap: int | None = None

    def show_lines(self, lines: list[AgendaLine]) -> None:
        """Show the points."""
        self.set_rows([_row(number, line) for number, line in enumerate(lines)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move a point with Alt and an arrow, take it out with Ctrl+Delete."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        here, held = self.currentIndex(), event.modifiers()
        if here.isValid() and step and held & Qt.KeyboardModifier.AltModifier:
            if 0 <= here.row() + step < self.list_model.rowCount():
                self.moved.emit(here.row(), here.row() + step)
        elif (
            here.isValid()
            and event.key() == Qt.Key.Key_Delete
            and held & Qt.KeyboardModifier.ControlModifier
        ):
            self.removed.emit(here.row())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a point by its number."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        grip = index.isValid() and index.column() == GRIP
        self._held = index.row() if grip and event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where the point would come to stand."""
        if self._held is None:
            super().mouseMoveEvent(event)
            hand = self.columnAt(int(event.position().x())) == GRIP
            if hand:
                self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
            return
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._gap = self._gap_at(event.position().toPoint())
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the point go."""
        held, gap = self._held, self._gap
        self._held = self._gap = None
        if held is None or gap is None:
            super().mouseReleaseEvent(event)
            return
        self.viewport().update()
        to = gap - 1 if gap > held else gap
        if to != held:
            self.moved.emit(held, to)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and the line where a dragged point would stand."""
        super().paintEvent(event)
        if self._gap is None:
            return
        rows = self.list_model.rowCount()
        if self._gap < rows:
            high = self.rowViewportPosition(self._gap)
        else:
            high = self.rowViewportPosition(rows - 1) + self.rowHeight(rows - 1)
        painter = QPainter(self.viewport())
        painter.setPen(QPen(current_theme().colour("accent"), 2))
        painter.drawLine(0, high, self.viewport().width(), high)

    def _gap_at(self, spot: QPoint) -> int:
        row = self.rowAt(spot.y())
        if row < 0:
            return 0 if spot.y() < 0 else self.list_model.rowCount()
        middle = self.rowViewportPosition(row) + self.rowHeight(row) // 2
        return row if spot.y() < middle else row + 1


def _row(number: int, line: AgendaLine) -> Row:
    hint = _("Drag, or Alt+Up and Alt+Down")
    shown = section_title(line.section)
    return Row(
        number,
        (
            Cell(f"{number + 1} ↕", muted=True, tooltip=hint),
            Cell(line.title, editable=True, behind=line.words, tooltip=line.words),
            Cell(
                shown, muted=True, ref=(SECTION, number),
                tooltip=_("{section}. Click to choose another", section=shown),
            ),
            Cell(i18n.integer(line.minutes), editable=True, raw=str(line.minutes)),
        ),
    )  # fmt: skip
