"""General settings: the department's names, this computer's look, the workspace's file."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ropdesk.ui.page import View
from ropdesk.ui.settings.computer_card import ComputerCard
from ropdesk.ui.settings.department_card import DepartmentCard
from ropdesk.ui.settings.file_card import FileCard
from ropdesk.ui.widgets.columns import Columns

if TYPE_CHECKING:
    from ropdesk.ui.context import Context


class GeneralView(View):
    """Three cards."""

    failed = Signal(str)
    watches = frozenset({"setting"})

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.department = DepartmentCard(context)
        self.computer = ComputerCard(context)
        self.computer.failed.connect(self.failed)
        self.file = FileCard(context)
        columns = Columns(640)
        columns.add(self.department)
        columns.add(self.computer)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(columns)
        outer.addWidget(self.file)
        outer.addStretch(1)

    def reload(self) -> None:
        """Show what is set."""
        self.department.reload()
        self.file.reload()
