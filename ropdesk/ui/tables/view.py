"""The table: look, keys, sorting, the clipboard, editing in place."""

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
    QWidget,
)

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import describe
from ropdesk.ui.tables.bubble import CellError
from ropdesk.ui.tables.cells import Column, Edit, Row
from ropdesk.ui.tables.delegate import CellDelegate
from ropdesk.ui.tables.model import ListModel
from ropdesk.ui.tables.widths import fit_columns
from ropdesk.ui.theme import current_theme

EditHandler = Callable[[list[Edit]], object]


class DataTable(QTableView):
    """A table of prepared cells.

    `set_edit_handler` gives the one function that takes what was typed, cleared or pasted: one
    call for one act of the person. It may raise `DomainError`; the words then stand at the cell.
    """

    cell_activated = Signal(object)  # Cell.ref
    row_activated = Signal(object)  # Row.key: double click or Enter on a cell without a ref
    current_row_changed = Signal(object)  # Row.key
    editing_changed = Signal(bool)

    def __init__(self, columns: Sequence[Column] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ListModel(columns, self)
        self.setModel(self._model)
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self._delegate.typed.connect(self._typed)
        self._delegate.opened.connect(self._editor_opened)
        self._handler: EditHandler | None = None
        self._pressed: QPersistentModelIndex | None = None
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)  # Tab leaves a table that is only read
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(36)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        self._fit_rows()
        self._model.modelReset.connect(self._after_reset)

    # -- what is shown

    @property
    def list_model(self) -> ListModel:
        """The model behind."""
        return self._model

    def set_columns(self, columns: Sequence[Column], rows: Sequence[Row] = ()) -> None:
        """Change the columns, and the rows with them."""
        self._model.set_columns(columns, rows)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; place and selection are kept where the rows remain."""
        here = self.current_place()
        first = not self._model.rowCount()
        self._model.set_rows(rows)
        if here is not None and self.current_place() != here:
            self.go_to_cell(*here)
        if first:
            self.fit()

    def current_place(self) -> tuple[Hashable, str] | None:
        """Return the row's and the column's key of the current cell."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        return self._model.shown[index.row()].key, self._model.columns[index.column()].key

    def go_to_cell(self, row_key: Hashable, column_key: str) -> None:
        """Make a cell current, if it is shown."""
        row, column = self._model.row_of(row_key), self._model.column_of(column_key)
        if row >= 0 and column >= 0:
            self.setCurrentIndex(self._model.index(row, column))

    def set_edit_handler(self, handler: EditHandler) -> None:
        """Set what takes edits: a list of `Edit`, one list for one act."""
        self._handler = handler
        self.setTabKeyNavigation(True)

    def fit(self) -> None:
        """Give the columns the widths their texts want, the stretching one the rest."""
        fit_columns(self, self._model)

    # -- keys and clipboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, clear, open, move."""
        key = event.key()
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # what the editor let through is not for the table
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._clear()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter(event)
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected block on the clipboard as Excel reads it."""
        block = self._block()
        if block is None:
            return
        top, left, bottom, right = block
        lines = (
            "\t".join(self._model.cell(row, column).plain for column in range(left, right + 1))
            for row in range(top, bottom + 1)
        )
        QApplication.clipboard().setText("\n".join(lines))

    def paste(self) -> None:
        """Put a block from the clipboard over the cells, from the current one on.

        One copied value fills the whole selection. Cells that cannot be edited are passed over.
        """
        block = self._block()
        texts = _parsed(QApplication.clipboard().text())
        if block is None or not texts:
            return
        top, left, bottom, right = block
        if len(texts) == 1 and len(texts[0]) == 1:
            texts = [texts[0] * (right - left + 1)] * (bottom - top + 1)
        places = [
            (top + i, left + j, text) for i, line in enumerate(texts) for j, text in enumerate(line)
        ]
        self._send([edit for place in places if (edit := self._edit_at(*place)) is not None])

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the press was: a click is a press and a release on one cell."""
        super().mousePressEvent(event)
        self._pressed = QPersistentModelIndex(self.indexAt(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what stands behind the number clicked; in an editable cell with Ctrl."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        if self._pressed is None or QPersistentModelIndex(index) != self._pressed:
            return
        cell = self._model.cell(index.row(), index.column())
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if cell.ref is not None and (ctrl or not cell.editable):
            self.cell_activated.emit(cell.ref)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row."""
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self._model.cell(index.row(), index.column()).editable:
            self.row_activated.emit(self._model.shown[index.row()].key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the row under the pointer; a hand over what can be clicked."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover(index.row())
        opens = index.isValid() and self._model.cell(index.row(), index.column()).ref is not None
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(hand if opens else arrow)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the tint away."""
        super().leaveEvent(event)
        self._hover(-1)

    # -- look

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the stretching column take what is left."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_delegate"):
            self._fit_rows()
            self.fit()

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Tell which row is current."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.current_row_changed.emit(self._model.shown[current.row()].key)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter go to the next cell below, after Tab to the right."""
        ends = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, ends.NoHint)
        self.editing_changed.emit(False)
        if hint is ends.SubmitModelCache:
            self._move(1, 0)
        elif hint in {ends.EditNextItem, ends.EditPreviousItem}:
            self._move(0, 1 if hint is ends.EditNextItem else -1)

    # -- inside

    def _editor_opened(self) -> None:
        self.editing_changed.emit(True)

    def _typed(self, row: int, column: int, text: str) -> None:
        edit = self._edit_at(row, column, text)
        if edit is not None and text != self._model.cell(row, column).plain:
            self._send([edit])

    def _enter(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        cell = self._model.cell(index.row(), index.column())
        special = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if cell.editable and not event.modifiers() & special:
            self._move(1, 0)
        elif cell.ref is not None:
            self.cell_activated.emit(cell.ref)
        else:
            self.row_activated.emit(self._model.shown[index.row()].key)

    def _clear(self) -> None:
        block = self._block()
        if block is None:
            return
        top, left, bottom, right = block
        cells = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
        edits = [self._edit_at(r, c, "") for r, c in cells if self._model.cell(r, c).plain]
        self._send([edit for edit in edits if edit is not None])

    def _edit_at(self, row: int, column: int, text: str) -> Edit | None:
        inside = row < self._model.rowCount() and column < self._model.columnCount()
        if not inside or not self._model.cell(row, column).editable:
            return None
        return Edit(self._model.shown[row].key, self._model.columns[column].key, text.strip())

    def _send(self, edits: list[Edit]) -> None:
        if not edits or self._handler is None:
            return
        try:
            self._handler(edits)
        except DomainError as error:
            self._say_at_cell(edits[0], describe(error))

    def _say_at_cell(self, edit: Edit, words: str) -> None:
        row, column = self._model.row_of(edit.row), self._model.column_of(edit.column)
        spot = self.visualRect(self._model.index(row, column)).bottomLeft()
        bubble = CellError(self.viewport(), words)
        bubble.place(spot)

    def _move(self, down: int, right: int) -> None:
        index = self.currentIndex()
        target = self._model.index(index.row() + down, index.column() + right)
        if target.isValid():
            self.setCurrentIndex(target)

    def _block(self) -> tuple[int, int, int, int] | None:
        """Return top, left, bottom, right of the selection."""
        indexes = self.selectionModel().selectedIndexes()
        if not indexes:
            return None
        rows = [index.row() for index in indexes]
        columns = [index.column() for index in indexes]
        return min(rows), min(columns), max(rows), max(columns)

    def _hover(self, row: int) -> None:
        before = self._delegate.hovered_row
        if row == before:
            return
        self._delegate.hovered_row = row
        for number in (before, row):
            if 0 <= number < self._model.rowCount():
                top = self.rowViewportPosition(number)
                self.viewport().update(0, top, self.viewport().width(), self.rowHeight(number))

    def _fit_rows(self) -> None:
        theme = current_theme()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(30))
        self.horizontalHeader().setFixedHeight(theme.px(32))

    def _after_reset(self) -> None:
        self._delegate.hovered_row = -1
        self.fit()


def _parsed(text: str) -> list[list[str]]:
    """Split what Excel copies: lines of cells between tabs, a last line break of no meaning."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return [line.split("\t") for line in lines.split("\n")] if lines or "\t" in text else []
