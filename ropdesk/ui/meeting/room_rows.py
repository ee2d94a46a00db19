"""Rows of the room's lists: buttons one under another, walked with Up and Down."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ropdesk.ui.widgets.painted import PaintedButton

NARROWEST = 60
UP, DOWN, EARLIER, LATER, REMOVE, EDIT = "up", "down", "earlier", "later", "remove", "edit"
KEYS = {
    Qt.Key.Key_Up: UP, Qt.Key.Key_Down: DOWN, Qt.Key.Key_Delete: REMOVE, Qt.Key.Key_F2: EDIT,
}  # fmt: skip
WITH_CONTROL = {UP: EARLIER, DOWN: LATER}


class RowButton(PaintedButton):
    """A row as wide as its list.

    Signals:
        commanded: up, down (the focus), earlier, later (the row itself, with Ctrl), remove, edit.
    """

    commanded = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(NARROWEST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the keys of a list; what lies between would scroll with them."""
        name = KEYS.get(Qt.Key(event.key()))
        if name is None:
            super().keyPressEvent(event)
            return
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self.commanded.emit(WITH_CONTROL.get(name, name) if control else name)


def step(rows: list[RowButton], here: QWidget, name: str) -> RowButton | None:
    """Move the focus up or down; return the row it is on, None past the top."""
    place = next((i for i, row in enumerate(rows) if row is here), 0)
    there = place + (1 if name == DOWN else -1)
    if there < 0:
        return None
    row = rows[min(there, len(rows) - 1)]
    row.setFocus(Qt.FocusReason.TabFocusReason)
    return row
