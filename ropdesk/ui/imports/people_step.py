"""Step 4: whom the names of the file mean."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from ropdesk.i18n import _, ngettext
from ropdesk.services.import_look import Person
from ropdesk.services.owners import CREATE, LEAVE_OUT
from ropdesk.ui.imports.forms import Form
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import FlatButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.labels import ElidedLabel


class PeopleStep(QWidget):
    """The names nobody answers to: a new member, somebody known, or nobody."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, QComboBox] = {}
        self._card = Card(_("Nobody in the team is called so"))
        create = FlatButton(_("Add all"))
        create.clicked.connect(self._create_all)
        leave = FlatButton(_("Leave all out"))
        leave.clicked.connect(self._leave_all)
        self._card.add_right(create)
        self._card.add_right(leave)
        self._form = Form()
        self._card.body.addWidget(self._form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card, 1)

    def show_people(
        self,
        people: tuple[Person, ...],
        members: dict[int, str],
        chosen: dict[str, int | str],
    ) -> None:
        """Show the names, each with what was chosen for it."""
        grid = self._form.fresh()
        grid.setColumnStretch(3, 1)
        grid.setColumnMinimumWidth(0, current_theme().px(260))
        self._boxes.clear()
        for number, person in enumerate(people):
            name = ElidedLabel(person.name)
            count = QLabel(ngettext("{n} row", "{n} rows", person.count))
            count.setProperty("role", "secondary")
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            box = self._box(person, members, chosen.get(person.name))
            self._boxes[person.name] = box
            for place, widget in enumerate((name, count, box)):
                grid.addWidget(widget, number, place)
        grid.setRowStretch(len(people), 1)
        self._card.set_title(
            ngettext(
                "{n} name that nobody in the team has", "{n} names that nobody in the team has",
                len(people),
            )
        )  # fmt: skip

    def _box(self, person: Person, members: dict[int, str], chosen: int | str | None) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("Who is {name}", name=person.name))
        box.setFixedWidth(current_theme().px(300))
        box.addItem(_("a new member"), CREATE)
        box.addItem(_("nobody: leave these rows out"), LEAVE_OUT)
        if members:
            box.insertSeparator(2)
        near = [number for number in person.near if number in members]
        others = [number for number in members if number not in near]
        for number in (*near, *others):
            box.addItem(_("this is {name}", name=members[number]), number)
        if chosen is None:
            chosen = near[0] if len(near) == 1 else CREATE
        box.setCurrentIndex(max(0, box.findData(chosen)))
        return box

    def choose(self, name: str, what: int | str) -> None:
        """Decide about a name, as a person would."""
        box = self._boxes[name]
        box.setCurrentIndex(box.findData(what))

    def answer(self) -> dict[str, int | str]:
        """Return what is chosen for each name."""
        return {name: box.currentData() for name, box in self._boxes.items()}

    def _create_all(self) -> None:
        self._all(CREATE)

    def _leave_all(self) -> None:
        self._all(LEAVE_OUT)

    def _all(self, what: str) -> None:
        for box in self._boxes.values():
            box.setCurrentIndex(box.findData(what))
