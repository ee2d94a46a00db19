"""Fields that save in place: lines, texts, sums, and lists to tick."""

from collections.abc import Collection, Hashable, Mapping
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ropdesk.i18n import _
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import FlatButton, SecondaryButton

K = TypeVar("K", bound=Hashable)
ADJUST = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class TextLine(QLineEdit):
    """A line that tells its new text once the person leaves it or presses Enter."""

    committed = Signal(str)

    def __init__(self, longest: int = 120, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(longest)
        self.editingFinished.connect(self._left)

    def show_text(self, text: str, *, other: bool) -> None:
        """Show a text; what is being typed stays unless it is of another record."""
        if other or not (self.hasFocus() and self.isModified()):
            self.setText(text)
            self.setCursorPosition(0)
            self.setToolTip(text)

    def _left(self) -> None:
        if self.isModified():
            self.setModified(False)
            self.committed.emit(self.text())


class TextBox(QPlainTextEdit):
    """A few lines of text that tell themselves when left; Ctrl+Enter leaves, Tab goes on."""

    committed = Signal(str)

    def __init__(self, lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._lines = lines
        self._fit()

    def show_text(self, text: str, *, other: bool) -> None:
        """Show a text; what is being typed stays unless it is of another record."""
        if other or not (self.hasFocus() and self.document().isModified()):
            if self.toPlainText() != text:
                self.setPlainText(text)
            self.document().setModified(False)
        self._fit()

    def commit(self) -> None:
        """Tell the text, if it was changed."""
        if self.document().isModified():
            self.document().setModified(False)
            self.committed.emit(self.toPlainText())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed; a menu over the field is not leaving."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the text with Ctrl+Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.commit()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        wanted = max(self._lines, min(6, self.document().blockCount()))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * wanted + current_theme().px(22))


class TickPopup(QFrame):
    """Things to tick under the button; closing it commits."""

    closed = Signal()

    def __init__(
        self, names: Mapping[Hashable, str], chosen: Collection[Hashable], all_words: str,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        scale = current_theme().px
        self.boxes: dict[Hashable, QCheckBox] = {}
        inner = QWidget()
        inner.setObjectName("clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(4, 4, 4, 4)
        for key, name in names.items():
            box = QCheckBox(name.replace("&", "&&"))
            box.setChecked(key in chosen)
            self.boxes[key] = box
            column.addWidget(box)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(min(scale(420), inner.sizeHint().width() + scale(28)))
        scroll.setMinimumHeight(min(scale(320), inner.sizeHint().height() + 8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 8, 8, 8)
        outer.addWidget(scroll)
        self.every = FlatButton(all_words)
        self.every.clicked.connect(self._clear)
        outer.addWidget(self.every, 0, Qt.AlignmentFlag.AlignLeft)
        (next(iter(self.boxes.values()), None) or self.every).setFocus()

    @property
    def chosen(self) -> tuple[Hashable, ...]:
        """Keys of what is ticked."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows; Enter is done."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.close()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: object) -> None:
        """Tell that the choice is made, however the list went away."""
        del event
        self.closed.emit()

    def _clear(self) -> None:
        for box in self.boxes.values():
            box.setChecked(False)
        self.close()


class TickButton(SecondaryButton, Generic[K]):
    """Says what is chosen; opens the list. Nothing chosen means all."""

    chosen = Signal(object)  # tuple of keys, by the person's own choice

    def __init__(self, all_words: str, parent: QWidget | None = None) -> None:
        super().__init__(all_words, parent)
        self._all = all_words
        self._names: Mapping[K, str] = {}
        self._keys: tuple[K, ...] = ()
        self.popup: TickPopup | None = None
        self.clicked.connect(self.open)

    @property
    def keys(self) -> tuple[K, ...]:
        """What is chosen."""
        return self._keys

    def show_choice(self, names: Mapping[K, str], keys: Collection[K]) -> None:
        """Offer these, with some chosen; what is chosen and not offered is offered too."""
        more = {key: str(key) for key in keys if key not in names}
        self._names, self._keys = {**names, **more}, tuple(keys)
        told = [self._names[key] for key in self._keys]
        words = ", ".join(told) or self._all
        if len(told) > 2:
            words = _("{first} and {n} more", first=told[0], n=len(told) - 1)
        room = current_theme().px(210)
        fitting = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        self.setText(fitting.replace("&", "&&"))
        self.setToolTip(", ".join(told) or self._all)
        self.setAccessibleDescription(_("{value}; opens the list", value=words))

    def open(self) -> None:
        """Open the list under the button."""
        names = cast("Mapping[Hashable, str]", self._names)
        self.popup = TickPopup(names, self._keys, self._all, self)
        self.popup.closed.connect(self._closed)
        self.popup.adjustSize()
        spot = self.mapToGlobal(QPoint(0, self.height() + 2))
        room = self.screen().availableGeometry()
        x = max(room.left(), min(spot.x(), room.right() - self.popup.width()))
        y = max(room.top(), min(spot.y(), room.bottom() - self.popup.height()))
        self.popup.move(x, y)
        self.popup.show()

    def _closed(self) -> None:
        popup, self.popup = self.popup, None
        if popup is not None and set(popup.chosen) != set(self._keys):
            self.chosen.emit(popup.chosen)


def choice(options: Mapping[str, str], name: str = "") -> QComboBox:
    """Return a box of words already translated, by key; ``name`` is for screen readers."""
    box = QComboBox()
    box.setSizeAdjustPolicy(ADJUST)
    box.setMinimumContentsLength(12)
    for key, words in options.items():
        box.addItem(words, key)
    if name:
        box.setAccessibleName(name)
    return box


def choose(box: QComboBox, key: object) -> None:
    """Show a key in a box, or its first where it is not there."""
    box.setCurrentIndex(max(0, box.findData(key)))
