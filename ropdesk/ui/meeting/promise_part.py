"""One part of a promise line: a chip that becomes a field when it is come to."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ropdesk.domain.promise_line import Sure
from ropdesk.ui.meeting.promise_draft import Name
from ropdesk.ui.meeting.promise_words import caption
from ropdesk.ui.roles import State
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.paint import chip_size, paint_chip

STATES = {Sure.SURE: State.ACCENT, Sure.UNSURE: State.WARNING, Sure.MISSING: State.NEUTRAL}
GAP = 6
NARROW, WIDE = 90, 230  # pixels of the field at 100 % text scale


class PartRow(QWidget):
    """The parts, line after line, always as high as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clear")
        self._flow = FlowLayout(self, GAP)

    def add(self, part: "PartEdit") -> None:
        """Add a part at the end."""
        self._flow.addWidget(part)

    def event(self, event: QEvent) -> bool:
        """Fit the height when a part has changed its size."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height when another width breaks the lines anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        high = self._flow.heightForWidth(self.width())
        if self.height() != high or self.minimumHeight() != high:
            self.setFixedHeight(high)


class PartEdit(QLineEdit):
    """A part: painted as a chip, edited in place.

    Signals:
        stepped: the arrows ask for the value before (−1) or after (+1).
        entered: Enter settles the part.
        escaped: Escape gives its correction up.
        come: it has the focus.
        gone: it has lost the focus; what was typed holds.
    """

    stepped = Signal(int)
    entered = Signal()
    escaped = Signal()
    come = Signal()
    gone = Signal()

    def __init__(self, name: Name, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._chip, self._sure = "", Sure.MISSING
        self.setAccessibleName(caption(name))
        self.setMaxLength(400)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def chip(self) -> str:
        """What the chip says."""
        return self._chip

    @property
    def sure(self) -> Sure:
        """How sure the part is."""
        return self._sure

    def show_part(self, chip: str, plain: str, sure: Sure) -> None:
        """Show the part; what is being typed stays."""
        self._chip, self._sure = chip, sure
        if not (self.hasFocus() and self.isModified()):
            self.setText(plain)
        self.setToolTip(f"{caption(self.name)}: {chip}")
        self.setPlaceholderText(chip)
        self.setAccessibleDescription(chip)
        self.updateGeometry()
        self.update()

    def show_choice(self, plain: str) -> None:
        """Show the value that the arrows chose, whatever was typed."""
        self.setModified(False)
        self.setText(plain)
        self.selectAll()

    def sizeHint(self) -> QSize:
        """Fit the chip; as a field, give room to type."""
        theme = current_theme()
        wide = chip_size(self._chip)[0]
        if self.hasFocus():
            most = WIDE if self.name is Name.TEXT else NARROW
            wide = max(wide + theme.px(14), theme.px(most))
        return QSize(int(wide) + 1, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Give way: the chip is elided."""
        return QSize(current_theme().px(40), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a chip, or the field that is being edited."""
        if self.hasFocus():
            super().paintEvent(event)
            return
        high = chip_size(self._chip)[1]
        top = (self.height() - high) / 2
        state = STATES[self._sure]
        paint_chip(QPainter(self), QRectF(0, top, self.width(), high), self._chip, state)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Become a field, everything selected."""
        super().focusInEvent(event)
        self.updateGeometry()
        self.selectAll()
        self.come.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Become a chip again."""
        super().focusOutEvent(event)
        self.gone.emit()
        self.setModified(False)
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """Keep the arrows and Escape from the page's shortcuts."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            kept = {Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down}
            if event.key() in kept and not event.modifiers():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with the arrows, settle with Enter, give up with Escape."""
        key = event.key()
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
