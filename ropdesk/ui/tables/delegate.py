"""Draws prepared cells: text, its small tail, chip, bar or line; edits by typing."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ropdesk.ui.fonts import REGULAR, SEMIBOLD
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Pin
from ropdesk.ui.tables.model import ListModel
from ropdesk.ui.theme import Theme, current_theme
from ropdesk.ui.widgets.paint import chip_size, paint_bar, paint_chip, paint_spark

Index = QModelIndex | QPersistentModelIndex
PAD = 7
BAR_WIDTH = 90


class CellDelegate(QStyledItemDelegate):
    """The look of the tables. The view tells it which row the pointer is over."""

    typed = Signal(int, int, str)  # row, column, text
    opened = Signal()
    hovered_row = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        model = index.model()
        if not isinstance(model, ListModel):
            super().paint(painter, option, index)
            return
        theme = current_theme()
        row = model.shown[index.row()]
        cell = row.cells[index.column()]
        rect = QRectF(option.rect)
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = self._ground(selected, row.pin, index.row())
        if ground:
            painter.fillRect(rect, theme.colour(ground))
        line = theme.colour("row_line" if row.pin is Pin.NONE else "line")
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), line)
        if cell.editable:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawRect(rect.adjusted(0, -1, -1, -1))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 1.6))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        align = cell.align or model.columns[index.column()].align
        pad = theme.px(PAD)
        self._content(painter, rect.adjusted(pad, 0, -pad, -1), cell, align)
        if cell.marked:
            self._mark(painter, rect, theme)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room the cell needs."""
        theme = current_theme()
        model = index.model()
        if not isinstance(model, ListModel):
            return QSize(0, theme.px(30))
        return QSize(int(cell_width(model.cell(index.row(), index.column()))), theme.px(30))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a plain field standing over the number."""
        self.opened.emit()
        editor = QLineEdit(parent)
        editor.setFrame(False)
        model = index.model()
        if isinstance(model, ListModel):
            column = model.columns[index.column()]
            right = column.align is Align.RIGHT
            editor.setAlignment(
                Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            )
            name = index.data(Qt.ItemDataRole.AccessibleTextRole)
            editor.setAccessibleName(str(name))
        return editor

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """Hand what was typed to the view: services change data, the model only shows it."""
        if isinstance(editor, QLineEdit):
            self.typed.emit(index.row(), index.column(), editor.text())

    def _ground(self, selected: bool, pin: Pin, row: int) -> str:
        if selected:
            return "accent_tint"
        if row == self.hovered_row:
            return "hover"
        return "total" if pin is not Pin.NONE else ""

    def _content(self, painter: QPainter, rect: QRectF, cell: Cell, align: Align) -> None:
        if cell.spark:
            paint_spark(painter, rect.adjusted(2, 8, -4, -8), cell.spark, _ink_state(cell))
        elif cell.chip and cell.text:
            wide, high = chip_size(cell.text)
            wide = min(wide, rect.width())
            left = {
                Align.LEFT: rect.left(),
                Align.RIGHT: rect.right() - wide,
                Align.CENTER: rect.center().x() - wide / 2,
            }[align]
            spot = QRectF(left, rect.center().y() - high / 2, wide, high)
            paint_chip(painter, spot, cell.text, cell.state)
        else:
            if cell.bar is not None:
                rect = _bar(painter, rect, cell)
            _text(painter, rect, cell, align)

    def _mark(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        side = 5.0
        top_right = rect.topRight()
        painter.drawPolygon(
            QPolygonF([top_right, top_right - QPointF(side, 0), top_right + QPointF(0, side)])
        )


def _ink_state(cell: Cell) -> State:
    return State.ACCENT if cell.state is State.NEUTRAL else cell.state


def _bar(painter: QPainter, rect: QRectF, cell: Cell) -> QRectF:
    """Draw the bar at the left, as wide as the text leaves; return the text's room."""
    theme = current_theme()
    words = theme.metrics(13).horizontalAdvance(cell.text)
    room = max(20.0, rect.width() - words - 8)
    high = theme.px(6)
    spot = QRectF(rect.left(), rect.center().y() - high / 2, room, high)
    paint_bar(painter, spot, cell.bar or 0.0, _ink_state(cell))
    return rect.adjusted(room + 4, 0, 0, 0)


def _text(painter: QPainter, rect: QRectF, cell: Cell, align: Align) -> None:
    theme = current_theme()
    empty = not cell.text and bool(cell.behind)
    font = theme.font(12 if cell.muted else 13, SEMIBOLD if cell.bold else REGULAR)
    tail_font = theme.font(11)
    tail_wide = theme.metrics(11).horizontalAdvance(cell.secondary) if cell.secondary else 0
    metrics = theme.metrics(12 if cell.muted else 13, SEMIBOLD if cell.bold else REGULAR)
    text = cell.behind if empty else cell.text
    shown, wide = text, metrics.horizontalAdvance(text)
    if wide > rect.width() + 1:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 1)
        wide = metrics.horizontalAdvance(shown)
    tail_wide = max(0.0, min(tail_wide, rect.width() - wide))
    left = {
        Align.LEFT: rect.left(),
        Align.RIGHT: rect.right() - wide - tail_wide,
        Align.CENTER: rect.center().x() - (wide + tail_wide) / 2,
    }[align]
    painter.setFont(font)
    painter.setPen(_ink(cell, empty=empty))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(left, rect.top(), wide + 2, rect.height()), flags, shown)
    if cell.secondary:
        painter.setFont(tail_font)
        painter.setPen(theme.colour("secondary"))
        spot = QRectF(left + wide, rect.top() + 1, tail_wide + 2, rect.height())
        tail = painter.fontMetrics().elidedText(
            cell.secondary, Qt.TextElideMode.ElideRight, int(tail_wide) + 2
        )
        painter.drawText(spot, flags, tail)


def _ink(cell: Cell, *, empty: bool) -> QColor:
    theme = current_theme()
    if empty or cell.muted:
        return theme.colour("secondary")
    if cell.state is State.NEUTRAL:
        return theme.colour("text")
    return QColor(theme.roles.of(cell.state))


def cell_width(cell: Cell) -> float:
    """Return the width a cell wants, its padding included."""
    theme = current_theme()
    pads = 2 * theme.px(PAD)
    if cell.chip:
        return chip_size(cell.text)[0] + pads
    if cell.spark:
        return theme.px(80)
    main = theme.metrics(13, SEMIBOLD if cell.bold else REGULAR)
    wide = main.horizontalAdvance(cell.text or cell.behind) + pads + 2
    if cell.secondary:
        wide += theme.metrics(11).horizontalAdvance(cell.secondary)
    return wide + (theme.px(BAR_WIDTH) if cell.bar is not None else 0)
