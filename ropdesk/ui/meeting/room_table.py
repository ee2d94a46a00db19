"""A table as high as its rows, at most half the window: notes below it stay in sight."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from ropdesk.ui.tables.cells import Column
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.fitting_table import FittingTable

ROW, HEAD, LEAST_ROWS = 30, 32, 4  # pixels at 100 % text scale


class TallTable(FittingTable):
    """Takes no more height than it has rows."""

    def __init__(
        self, columns: Sequence[Column] = (), spare: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(columns, spare, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """Ask for every row that half the window has room for; the others are scrolled."""
        room = self.window().height() // 2 // current_theme().px(ROW)
        rows = min(len(self.list_model.shown), max(room, LEAST_ROWS))
        return QSize(super().sizeHint().width(), self._high(rows))

    def minimumSizeHint(self) -> QSize:
        """Need a few rows."""
        least = min(len(self.list_model.shown), LEAST_ROWS)
        return QSize(super().minimumSizeHint().width(), self._high(least))

    def _high(self, rows: int) -> int:
        scale = current_theme().px
        return scale(HEAD) + rows * scale(ROW) + 2
