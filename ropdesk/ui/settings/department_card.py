"""The names that stand on paper: company, department, sales head."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from ropdesk.i18n import _
from ropdesk.services import settings
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fields import Field

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

LONGEST = 200


class DepartmentCard(Card):
    """Fields that commit when left or on Enter."""

    def __init__(self, context: "Context") -> None:
        super().__init__(_("Department"), _("belongs to this workspace, stands on paper"))
        self._context = context
        self.fields: dict[str, QLineEdit] = {}
        for key, words in (
            ("company", _("Company")),
            ("department", _("Department")),
            ("sales_head", _("Sales head: approves and signs")),
        ):
            line = QLineEdit()
            line.setMaxLength(LONGEST)
            line.setObjectName(key)
            line.editingFinished.connect(self._typed)
            self.fields[key] = line
            self.body.addWidget(Field(words, line))
        self.body.addStretch(1)

    def reload(self) -> None:
        """Show what is set, but never over what is being typed."""
        known = settings.settings(self._context.workspace)
        for key, line in self.fields.items():
            if not (line.hasFocus() and line.isModified()):
                line.setText(getattr(known, key))

    def _typed(self) -> None:
        line = self.sender()
        if isinstance(line, QLineEdit) and line.isModified():
            line.setModified(False)
            settings.change(self._context.workspace, **{line.objectName(): line.text().strip()})
