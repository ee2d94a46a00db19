"""Another name or other minutes for a point of the agenda."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import meeting_run
from ropdesk.services.meeting_run import Point
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import Field, NumberBox

if TYPE_CHECKING:
    from ropdesk.store.workspace import Workspace

LONGEST = 240


class PointDialog(Dialog):
    """The name and the minutes of a point."""

    def __init__(self, ws: "Workspace", point: Point, parent: QWidget) -> None:
        super().__init__(_("Point of the agenda"), _("Keep the changes"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ws, self._point = ws, point
        self.name = QLineEdit(point.title)
        self.name.setMaxLength(200)
        self.minutes = NumberBox()
        self.minutes.setRange(0, LONGEST)
        self.minutes.setValue(point.minutes)
        self._name_field = Field(_("Name"), self.name)
        self.body.addWidget(self._name_field)
        self.body.addWidget(Field(_("Minutes"), self.minutes))

    def submit(self) -> None:
        """Write the name and the minutes; what is wrong is said beside the name."""
        try:
            meeting_run.set_point(
                self._ws, self._point.id, minutes=self.minutes.value(), title=self.name.text()
            )
        except DomainError as error:
            self._name_field.set_error(describe(error))
            raise
