"""Things to tick in a list that a button opens: whom it is about, which sources."""

from collections.abc import Collection, Hashable, Mapping
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ropdesk.i18n import _
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import FlatButton, SecondaryButton

K = TypeVar("K", bound=Hashable)


class TickPopup(QFrame):
    """Things to tick under the button; closing it commits."""

    closed = Signal()

    def __init__(
        self, names: Mapping[Hashable, str], chosen: Collection[Hashable], every: str,
        note: str, parent: QWidget,
    ) -> None:  # fmt: skip
        """Make the list.

        Args:
            every: the button that unticks everything.
            note: a sentence above the list; none is shown if empty.
        """
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
        if note:
            above = QLabel(note)
            above.setProperty("role", "secondary")
            outer.addWidget(above)
        outer.addWidget(scroll)
        self.every = FlatButton(every)
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
    """Says what is chosen; opens the list. Nothing chosen means all.

    Args:
        all_words: what the button says where nothing is chosen.
        every: what the list's button that chooses nothing says, if not the same.
        note: a sentence above the list.

    Signals:
        chosen: a tuple of keys, by the person's own choice.
    """

    chosen = Signal(object)

    def __init__(
        self, all_words: str, parent: QWidget | None = None, *, every: str = "", note: str = ""
    ) -> None:
        super().__init__(all_words, parent)
        self._all, self._every, self._note = all_words, every or all_words, note
        self._names: Mapping[K, str] = {}
        self._keys: tuple[K, ...] = ()
        self.popup: TickPopup | None = None
        self.clicked.connect(self.open)
        self.setMinimumWidth(current_theme().px(120))

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
        self.popup = TickPopup(names, self._keys, self._every, self._note, self)
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
