"""The one table model: rows of prepared cells, sorted here, changed by difference."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ropdesk.ui.tables.cells import Align, Cell, Column, Pin, Row

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ALIGNMENT = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Align.CENTER: Qt.AlignmentFlag.AlignCenter,
}
_ROOT = QModelIndex()


class ListModel(QAbstractTableModel):
    """Rows as they are shown. `set_rows` repaints only the cells that differ."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._source: tuple[Row, ...] = ()
        self._shown: list[Row] = []
        self._sort: tuple[int, Qt.SortOrder] | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return self._columns

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in the order shown."""
        return tuple(self._shown)

    @property
    def shown(self) -> Sequence[Row]:
        """The same without a copy, for painting."""
        return self._shown

    def row_of(self, key: Hashable) -> int:
        """Return where a row is shown; −1 if it is not."""
        return next((i for i, row in enumerate(self._shown) if row.key == key), -1)

    def column_of(self, key: str) -> int:
        """Return where a column is; −1 if it is not."""
        return next((i for i, column in enumerate(self._columns) if column.key == key), -1)

    def cell(self, row: int, column: int) -> Cell:
        """Return the cell shown there."""
        return self._shown[row].cells[column]

    def set_columns(self, columns: Sequence[Column], rows: Sequence[Row] = ()) -> None:
        """Change the columns, and the rows with them."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._sort = None
        self._source = tuple(rows)
        self._shown = list(self._ordered(self._source))
        self.endResetModel()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows. Same rows in the same order: only changed cells are repainted."""
        self._source = tuple(rows)
        fresh = self._ordered(self._source)
        if [row.key for row in fresh] != [row.key for row in self._shown]:
            self.beginResetModel()
            self._shown = fresh
            self.endResetModel()
            return
        stale, self._shown = self._shown, fresh
        for number, (old, new) in enumerate(zip(stale, fresh, strict=True)):
            if old is not new and old != new:
                self._tell_changes(number, old, new)

    def update_cells(self, row_key: Hashable, cells: Mapping[str, Cell]) -> None:
        """Replace some cells of one row, by the columns' keys; unknown rows are passed over."""
        number = self.row_of(row_key)
        if number < 0:
            return
        old = self._shown[number]
        changed = list(old.cells)
        for key, cell in cells.items():
            changed[self.column_of(key)] = cell
        new = Row(old.key, tuple(changed), old.pin, old.tooltip)
        self._shown[number] = new
        self._source = tuple(new if row.key == row_key else row for row in self._source)
        self._tell_changes(number, old, new)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Hand out what the cell was prepared with."""
        row = self._shown[index.row()]
        cell = row.cells[index.column()]
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.EditRole:
            return cell.plain
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tooltip or row.tooltip or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENT[cell.align or self._columns[index.column()].align]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            title = self._columns[index.column()].title
            return f"{row.cells[0].text}, {title}: {cell.text} {cell.secondary}".strip()
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Hand out the columns' headings."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tooltip or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENT[column.align]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say whether a cell can be typed into."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self.cell(index.row(), index.column()).editable:
            return base | Qt.ItemFlag.ItemIsEditable
        return base

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; pinned ones stay. A negative column restores the order."""
        self._sort = (column, order) if column >= 0 else None
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        keys = [self._shown[index.row()].key for index in kept]
        self._shown = self._ordered(self._source)
        places = {row.key: number for number, row in enumerate(self._shown)}
        moved = [
            self.index(places[key], index.column()) for key, index in zip(keys, kept, strict=True)
        ]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def _ordered(self, rows: Sequence[Row]) -> list[Row]:
        first = [row for row in rows if row.pin is Pin.FIRST]
        last = [row for row in rows if row.pin is Pin.LAST]
        free = [row for row in rows if row.pin is Pin.NONE]
        if self._sort is not None:
            column, order = self._sort
            down = order is Qt.SortOrder.DescendingOrder
            known = [row for row in free if _has_key(row.cells[column])]
            blank = [row for row in free if not _has_key(row.cells[column])]
            free = sorted(known, key=lambda row: _key(row.cells[column]), reverse=down) + blank
        return [*first, *free, *last]

    def _tell_changes(self, number: int, old: Row, new: Row) -> None:
        """Tell of each run of changed cells in a row."""
        start: int | None = None
        for column in range(len(self._columns) + 1):
            differs = column < len(self._columns) and old.cells[column] != new.cells[column]
            if differs and start is None:
                start = column
            elif not differs and start is not None:
                self.dataChanged.emit(self.index(number, start), self.index(number, column - 1))
                start = None


def _has_key(cell: Cell) -> bool:
    return cell.sort_key is not None or bool(cell.text)


def _key(cell: Cell) -> tuple[int, float, str]:
    """Numbers before words, words without regard to case and «ё»."""
    key = cell.text if cell.sort_key is None else cell.sort_key
    if isinstance(key, str):
        return 1, 0, key.casefold().replace("ё", "е")
    return 0, key, ""
