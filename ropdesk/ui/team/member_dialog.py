"""A new member: name, position and the first day; the rest is added in the card."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.team import Member
from ropdesk.i18n import _, describe
from ropdesk.ui.widgets.date_choice import DateButton
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import Field


class MemberDialog(Dialog):
    """Asks for a new member and hands it to `add`, which may refuse with a `DomainError`."""

    def __init__(self, add: Callable[[Member], object], today: date, parent: QWidget) -> None:
        super().__init__(_("New member"), _("Add"), parent)
        self._add = add
        self.name = QLineEdit()
        self.name.setMaxLength(120)
        self._name_field = Field(_("Full name"), self.name)
        self.position = QLineEdit()
        self.position.setMaxLength(120)
        self.hired = DateButton(_("unknown"), _("Unknown"), today)
        self.hired.chosen.connect(self.hired.set_value)
        self.hired.set_value(today)
        self.body.addWidget(self._name_field)
        self.body.addWidget(Field(_("Position"), self.position))
        self.body.addWidget(
            Field(_("First day"), self.hired, _("Before this day no plan is shared to them."))
        )
        self.name.setFocus()

    def submit(self) -> None:
        """Add the member; a name that cannot be is said beside its field."""
        self._name_field.set_error("")
        member = Member(0, self.name.text().strip(), self.position.text(), self.hired.value)
        try:
            if not member.name:
                raise DomainError(N_("A member needs a name. Type one."))
            self._add(member)
        except DomainError as error:
            self._name_field.set_error(describe(error))
            self.name.setFocus()
            raise
