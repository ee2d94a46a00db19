"""Who leads a meeting, who writes its protocol, who else is there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from ropdesk.i18n import _
from ropdesk.services import meeting_run
from ropdesk.services.meeting_run import MeetingState
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import Field

if TYPE_CHECKING:
    from ropdesk.store.workspace import Workspace

LONGEST = 120


class RolesDialog(Dialog):
    """Three lines; names of the department are offered."""

    def __init__(self, ws: "Workspace", state: MeetingState, parent: QWidget) -> None:
        super().__init__(_("Who leads, who writes"), _("Keep the changes"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ws, self._id = ws, state.id
        names = [each.name for each in state.attendance]
        self.led_by = self._line(_("Led by"), state.led_by, names)
        self.secretary = self._line(_("Protocol written by"), state.secretary, names)
        self.guests = self._line(_("Guests"), state.guests, [])

    def submit(self) -> None:
        """Write the three."""
        meeting_run.set_people(
            self._ws, self._id, led_by=self.led_by.text(), secretary=self.secretary.text(),
            guests=self.guests.text(),
        )  # fmt: skip

    def _line(self, label: str, text: str, names: list[str]) -> QLineEdit:
        line = QLineEdit(text)
        line.setMaxLength(LONGEST)
        if names:
            offered = QCompleter(names, line)
            offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            line.setCompleter(offered)
        self.body.addWidget(Field(label, line))
        return line
