"""Whom an investigation is about: a button that opens a list of members to tick."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ropdesk.i18n import _
from ropdesk.ui.planning.investigations.words import people
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import FlatButton, SecondaryButton


class PeoplePopup(QFrame):
    """Members to tick under the button; closing it commits."""

    closed = Signal()

    def __init__(self, names: Mapping[int, str], chosen: Collection[int], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        scale = current_theme().px
        self.boxes: dict[int, QCheckBox] = {}
        inner = QWidget()
        inner.setObjectName("clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(4, 4, 4, 4)
        for member_id, name in names.items():
            box = QCheckBox(name.replace("&", "&&"))
            box.setChecked(member_id in chosen)
            self.boxes[member_id] = box
            column.addWidget(box)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(min(scale(420), inner.sizeHint().width() + scale(28)))
        scroll.setMinimumHeight(min(scale(320), inner.sizeHint().height() + 8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 8, 8, 8)
        note = QLabel(_("Nobody ticked means the whole department."))
        note.setProperty("role", "secondary")
        outer.addWidget(note)
        outer.addWidget(scroll)
        self.everybody = FlatButton(_("The whole department"))
        self.everybody.clicked.connect(self._clear)
        outer.addWidget(self.everybody, 0, Qt.AlignmentFlag.AlignLeft)
        first = next(iter(self.boxes.values()), None)
        (first or self.everybody).setFocus()

    @property
    def chosen(self) -> tuple[int, ...]:
        """Ids of the members ticked."""
        return tuple(member_id for member_id, box in self.boxes.items() if box.isChecked())

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


class PeopleButton(SecondaryButton):
    """Says whom it is about; opens the list."""

    chosen = Signal(object)  # tuple of member ids, by the person's own choice

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._names: Mapping[int, str] = {}
        self._ids: tuple[int, ...] = ()
        self.popup: PeoplePopup | None = None
        self.clicked.connect(self.open)
        self.setMinimumWidth(current_theme().px(120))

    @property
    def ids(self) -> tuple[int, ...]:
        """Ids of the members chosen; none is the department."""
        return self._ids

    def show_people(self, names: Mapping[int, str], ids: Collection[int]) -> None:
        """Offer these members, with some chosen."""
        self._names, self._ids = names, tuple(ids)
        told = [names[one] for one in self._ids if one in names]
        words = people(told)
        fitting = self.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, current_theme().px(210)
        )
        self.setText(fitting.replace("&", "&&"))
        self.setToolTip(", ".join(told) or words)
        self.setAccessibleDescription(_("{value}; opens the list of members", value=words))

    def open(self) -> None:
        """Open the list under the button."""
        self.popup = PeoplePopup(self._names, self._ids, self)
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
        if popup is not None and popup.chosen != tuple(self._ids):
            self.chosen.emit(popup.chosen)
