"""A table as high as its rows, for the card's sections."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ropdesk.ui.tables.cells import Column, Row
from ropdesk.ui.tables.view import DataTable


class SmallTable(DataTable):
    """Shows every row; the card scrolls, not the table."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(columns, parent)
        self.setSortingEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabKeyNavigation(False)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows and take their height."""
        super().set_rows(rows)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Ask for the height of all the rows."""
        head = 0 if self.horizontalHeader().isHidden() else self.horizontalHeader().height()
        rows = self.list_model.rowCount() * self.verticalHeader().defaultSectionSize()
        return QSize(super().sizeHint().width(), head + rows + 2)

    def minimumSizeHint(self) -> QSize:
        """Never show less than all the rows."""
        return QSize(120, self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the card scroll."""
        event.ignore()
