"""A table that leaves out its least needed columns rather than scroll sideways."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ropdesk.ui.tables.cells import Column
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.theme import current_theme

_READABLE, _NARROWEST = 120, 70  # pixels of a column at 100 % text scale


class FittingTable(DataTable):
    """Shows as many whole columns as there is room for.

    Args:
        spare: keys of the columns to leave out, the first to go first.
    """

    def __init__(
        self, columns: Sequence[Column] = (), spare: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        self._spare = tuple(spare)
        super().__init__(columns, parent)

    def set_spare(self, keys: Sequence[str]) -> None:
        """Say anew which columns are left out first, before other columns are set."""
        self._spare = tuple(keys)

    def fit(self) -> None:
        """Fit the columns, and hide those for which there is no room."""
        columns = self.list_model.columns
        for number in range(len(columns)):
            self.setColumnHidden(number, False)
        super().fit()
        room = self.viewport().width()
        wide = sum(self.columnWidth(number) for number in range(len(columns)))
        for key in self._spare:
            if wide <= room:
                break
            number = self.list_model.column_of(key)
            if number >= 0:
                wide -= self.columnWidth(number)
                self.setColumnHidden(number, True)
        shown = [n for n in range(len(columns)) if not self.isColumnHidden(n)]
        stretching = next((n for n in shown if columns[n].stretch), None)
        if stretching is None or wide == room:
            return
        if wide < room:
            self.setColumnWidth(stretching, self.columnWidth(stretching) + room - wide)
            return
        # The widest elide, the next after the one before; names stay whole where they can.
        others = sorted((n for n in shown if n != stretching), key=self.columnWidth, reverse=True)
        for number in (*others, stretching):
            self._cut(number, wide - room, current_theme().px(_READABLE))
            wide = sum(self.columnWidth(n) for n in shown)
        self._cut(others[0] if others else stretching, wide - room, current_theme().px(_NARROWEST))

    def _cut(self, number: int, excess: int, least: int) -> None:
        width = self.columnWidth(number)
        if excess > 0 and width > least:
            self.setColumnWidth(number, max(width - excess, least))
