"""The field of one planned number: shown grouped, typed plain, taken by Enter, Tab or leaving."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ropdesk.ui.fonts import SEMIBOLD
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.fields import mark_invalid

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class NumberField(QLineEdit):
    """A number typed in place.

    `committed` carries what was typed once the person is done with it; nothing is sent when it
    is as it was. Escape takes the typing back. An outline says that the number was set by hand.
    """

    committed = Signal(str)
    typing = Signal(bool)
    step = Signal(int)  # Enter and the arrows: to the next field, or the one before

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._shown = ""
        self._raw = ""
        self._by_hand = False
        self._typing = False
        self._refused = False
        self._clicked = False  # since the focus came, or the number changed
        self.textEdited.connect(self._typed)

    def show_value(self, shown: str, raw: str, tooltip: str = "", *, by_hand: bool = False) -> None:
        """Show a number; while the person types it waits behind the typing.

        Args:
            shown: grouped, for reading.
            raw: plain, for typing.
            by_hand: whether a person set it (not worked out from the others).
        """
        self._shown, self._raw, self._by_hand = shown, raw, by_hand
        self.setToolTip(tooltip)
        self.setFont(current_theme().font(13, SEMIBOLD))
        if not self._typing and not self._refused:
            self._rest()
        self.update()

    def say_error(self, words: str) -> None:
        """Mark the number as impossible, in words for the tooltip and for screen readers."""
        mark_invalid(self, invalid=bool(words))
        self.setAccessibleDescription(words)
        if words:
            self.setToolTip(words)

    def take_back(self) -> None:
        """Forget the typing, refused or not."""
        self._set_typing(False)
        self._refused = False
        self.say_error("")
        self._rest()

    def sizeHint(self) -> QSize:
        """Give room to nine digits."""
        theme = current_theme()
        return QSize(theme.px(84), theme.px(27))

    def minimumSizeHint(self) -> QSize:
        """Never cut the number."""
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Offer the plain number, all of it selected."""
        super().focusInEvent(event)
        if not self._typing and not self._refused and not self.isReadOnly():
            self.setText(self._raw)
        self.selectAll()
        self._clicked = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the number by the first click, place the cursor by the next."""
        fresh, self._clicked = not self._clicked and not self._typing, True
        super().mousePressEvent(event)
        if fresh:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed; a menu over the field is not leaving."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()
            if not self._refused:
                self._rest()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes and goes on; Escape takes the typing back; arrows walk the fields."""
        key = Qt.Key(event.key())
        if key in _ENTER or key is Qt.Key.Key_Down:
            self.commit()
            self.step.emit(1)
        elif key is Qt.Key.Key_Up:
            self.commit()
            self.step.emit(-1)
        elif key is Qt.Key.Key_Escape and (self._typing or self._refused):
            self.take_back()
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def commit(self) -> None:
        """Send what was typed, if it differs."""
        if not self._typing:
            return
        self._set_typing(False)
        text = self.text().strip()
        if text != self._raw:
            self.committed.emit(text)

    def keep_refused(self, text: str, words: str) -> None:
        """Leave a refused text in the field, to be mended or taken back by Escape."""
        self.setText(text)
        self._refused = True
        self.say_error(words)
        self._clicked = False
        self.selectAll()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the outline of a number set by hand."""
        super().paintEvent(event)
        if self._by_hand and self.isEnabled() and self.property("invalid") != "true":
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(current_theme().colour("accent"), 1.2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.6, 0.6, -0.6, -0.6), 5, 5)

    def _rest(self) -> None:
        plain = self.hasFocus() and not self.isReadOnly()
        self.setText(self._raw if plain else self._shown)
        if plain:
            self._clicked = False
            self.selectAll()

    def _typed(self, _text: str) -> None:
        self._refused = False
        self.say_error("")
        self._set_typing(True)

    def _set_typing(self, typing: bool) -> None:
        if typing != self._typing:
            self._typing = typing
            self.typing.emit(typing)
