"""An action as a box: on the grid or in a list; dragged, lengthened, and worked by keyboard."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QWidget

from ropdesk.domain.week import State
from ropdesk.services.week_lines import ActionLine
from ropdesk.ui.fonts import MEDIUM, SEMIBOLD
from ropdesk.ui.roles import State as Colour
from ropdesk.ui.theme import current_theme

EDGE = 6  # pixels at the foot by which a box is lengthened
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
_ANYWHERE = QTextOption()
_ANYWHERE.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key
# What a key asks for; the view does it.
COMMANDS = {
    (Key.Key_Return, NONE): "edit",
    (Key.Key_Enter, NONE): "edit",
    (Key.Key_F2, NONE): "edit",
    (Key.Key_Space, NONE): "done",
    (Key.Key_Delete, NONE): "drop",
    (Key.Key_Delete, SHIFT): "delete",
    (Key.Key_Left, NONE): "left",
    (Key.Key_Right, NONE): "right",
    (Key.Key_Up, NONE): "up",
    (Key.Key_Down, NONE): "down",
    (Key.Key_Left, ALT): "day_back",
    (Key.Key_Right, ALT): "day_on",
    (Key.Key_Up, ALT): "earlier",
    (Key.Key_Down, ALT): "later",
    (Key.Key_Up, ALT | SHIFT): "shorter",
    (Key.Key_Down, ALT | SHIFT): "longer",
    (Key.Key_PageDown, ALT): "carry",
}


def command_of(event: QKeyEvent) -> str:
    """Return what a key asks of an action, empty if nothing."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return COMMANDS.get((Key(event.key()), held), "")


class ActionBox(QWidget):
    """One action.

    Signals:
        command: its ref and what is asked of it (the values of `COMMANDS`).
        menu_wanted: its ref and where.
        dragged, dropped: its ref, the pointer on the screen, whether the foot is drawn.
        let_go: the drag was given up.
    """

    command = Signal(object, str)
    menu_wanted = Signal(object, QPoint)
    dragged = Signal(object, QPoint, bool)
    dropped = Signal(object, QPoint, bool)
    let_go = Signal()

    def __init__(self, line: ActionLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.line = line
        self.hold = QPoint()
        self._lines: tuple[str, ...] = ()
        self._colour = Colour.ACCENT
        self._pressed = False
        self._dragging = False
        self._stretching = False

    @property
    def dragging(self) -> bool:
        """Whether it is being dragged."""
        return self._dragging

    def show_line(self, line: ActionLine, lines: tuple[str, ...], spoken: str,
                  colour: Colour) -> None:  # fmt: skip
        """Show an action.

        Args:
            lines: its title, then what else there is room for.
            spoken: everything about it, for the tooltip and screen readers.
            colour: repeats the state, which stands in the words.
        """
        self.line, self._lines, self._colour = line, lines, colour
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = True
            self.hold = event.position().toPoint()
            self._stretching = self._at_edge(self.hold)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag once the pointer has gone a little way."""
        here = event.position().toPoint()
        if not self._pressed:
            at_edge = self._at_edge(here)
            shape = Qt.CursorShape.SizeVerCursor if at_edge else Qt.CursorShape.OpenHandCursor
            self.setCursor(shape)
            return
        far = (here - self.hold).manhattanLength() >= QApplication.startDragDistance()
        if self._dragging or far:
            self._dragging = True
            self.dragged.emit(self.line.ref, event.globalPosition().toPoint(), self._stretching)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go where the pointer is."""
        dragging, self._pressed, self._dragging = self._dragging, False, False
        if dragging:
            self.dropped.emit(self.line.ref, event.globalPosition().toPoint(), self._stretching)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Edit."""
        self._pressed = False
        self.command.emit(self.line.ref, "edit")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu."""
        self.menu_wanted.emit(self.line.ref, event.globalPos())

    def _at_edge(self, point: QPoint) -> bool:
        placed = self.line.day is not None and self.line.start is not None
        return placed and point.y() >= self.height() - EDGE

    # -- keyboard

    def event(self, event: QEvent) -> bool:
        """Keep the keys of an action from the page's shortcuts (Alt+Left turns the month)."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and command_of(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand on what the key asks; Escape gives a drag up."""
        if event.key() == Key.Key_Escape and self._dragging:
            self._pressed = self._dragging = False
            self.let_go.emit()
            return
        name = command_of(event)
        if name:
            self.command.emit(self.line.ref, name)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring above its neighbours."""
        self.raise_()
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self.update()
        super().focusOutEvent(event)

    # -- look

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tint, the stripe and as many lines as fit."""
        theme = current_theme()
        ground, ink = theme.roles.chip(self._colour)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = theme.colour("accent") if self.hasFocus() else theme.colour("card")
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(frame, 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.roles.of(self._colour)))
        painter.drawRoundedRect(QRectF(1.5, 2, 3, self.height() - 4), 1.5, 1.5)
        self._draw_lines(painter, ink)

    def _draw_lines(self, painter: QPainter, ink: str) -> None:
        if not self._lines:
            return
        theme = current_theme()
        high = theme.px(15)
        room = QRect(8, 2, self.width() - 11, self.height() - 3)
        fitting = max(1, room.height() // high)
        rest = self._lines[1:fitting]
        most = max(1, fitting - min(len(rest), 1))  # the title goes before what it is for
        bold = QFont(theme.font(12, SEMIBOLD))
        bold.setStrikeOut(self.line.state is State.DROPPED)
        painter.setPen(QColor(ink))
        painter.setFont(bold)
        used = self._draw_title(painter, room, high, most)
        painter.setFont(theme.font(12, MEDIUM))
        for number, text in enumerate(rest[: fitting - used], used):
            place = QRect(room.left(), room.top() + number * high, room.width(), high)
            self._draw_line(painter, place, text)

    def _draw_title(self, painter: QPainter, room: QRect, high: int, most: int) -> int:
        """Draw the title over so many lines at most; return how many it took."""
        text = self._lines[0]
        if most == 1:
            alone = room.height() < 2 * high
            place = QRect(room.left(), room.top(), room.width(), room.height() if alone else high)
            self._draw_line(painter, place, text)
            return 1
        layout = QTextLayout(text, painter.font())
        layout.setTextOption(_ANYWHERE)
        layout.beginLayout()
        rows = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room.width())
            place = QRect(room.left(), room.top() + rows * high, room.width(), high)
            rows += 1
            if rows == most:
                self._draw_line(painter, place, text[line.textStart() :])
                break
            self._draw_line(painter, place, text[line.textStart() :][: line.textLength()].rstrip())
        layout.endLayout()
        return rows

    def _draw_line(self, painter: QPainter, place: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
