"""The list of investigations: the question in two lines, what it is about, and its state."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ropdesk.ui.fonts import REGULAR, SEMIBOLD
from ropdesk.ui.roles import State
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.paint import chip_size, paint_chip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
LINES = 2


@dataclass(frozen=True, slots=True)
class CaseItem:
    """One investigation, every text ready to show.

    Attributes:
        about: metric, people and period, in one line.
        chip, state: how far it has come.
        strong: not closed yet.
    """

    id: int
    question: str
    about: str
    chip: str
    state: State
    strong: bool
    tooltip: str


class CaseModel(QAbstractListModel):
    """The items in their order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: tuple[CaseItem, ...] = ()

    def set_items(self, items: Sequence[CaseItem]) -> None:
        """Show these items; the same ones in the same order are only repainted."""
        fresh = tuple(items)
        if [one.id for one in fresh] == [one.id for one in self.items]:
            self.items = fresh
            if fresh:
                self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self.items = fresh
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Hand out the words for screen readers and tooltips."""
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.question
        if role == Qt.ItemDataRole.ToolTipRole:
            return item.tooltip
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.question}, {item.chip}, {item.about}"
        return None


class CaseDelegate(QStyledItemDelegate):
    """Draws one item."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Take the lines that the question needs, two at most."""
        theme, model = current_theme(), index.model()
        if not isinstance(model, CaseModel):
            return QSize()
        room = (
            option.widget.viewport().width() - theme.px(16)
            if isinstance(option.widget, QListView)
            else option.rect.width()
        )
        lines = len(_lines(model.items[index.row()], room))
        return QSize(60, theme.px(14 + 19 * lines + 24))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the question, the line about it and the chip."""
        theme, model = current_theme(), index.model()
        if not isinstance(model, CaseModel):
            return
        item, rect = model.items[index.row()], option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, theme.colour("accent_tint"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        painter.setPen(QPen(theme.colour("row_line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        left, wide = rect.left() + theme.px(8), rect.width() - theme.px(16)
        top = rect.top() + theme.px(6)
        painter.setFont(theme.font(13, SEMIBOLD if item.strong else REGULAR))
        painter.setPen(theme.colour("text"))
        for line in _lines(item, wide):
            painter.drawText(
                QRect(left, top, wide, theme.px(19)), Qt.AlignmentFlag.AlignVCenter, line
            )
            top += theme.px(19)
        chip_wide, chip_high = chip_size(item.chip)
        box = QRectF(left + wide - chip_wide, top + theme.px(2), chip_wide, chip_high)
        paint_chip(painter, box, item.chip, item.state)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("secondary"))
        about = QRect(left, top + theme.px(2), int(wide - chip_wide) - 8, theme.px(20))
        shown = painter.fontMetrics().elidedText(
            item.about, Qt.TextElideMode.ElideRight, about.width()
        )
        painter.drawText(about, Qt.AlignmentFlag.AlignVCenter, shown)
        focused = QStyle.StateFlag.State_HasFocus
        if chosen and option.state & focused:
            painter.setPen(QPen(theme.colour("accent"), 1.5))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()


def _lines(item: CaseItem, width: int) -> list[str]:
    """Break the question into two lines at most; the second is elided."""
    font = current_theme().font(13, SEMIBOLD if item.strong else REGULAR)
    layout = QTextLayout(item.question, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    made: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(40, width))
        start = line.textStart()
        if len(made) == LINES - 1:
            rest = item.question[start:]
            elided = QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
            made.append(elided)
            break
        made.append(item.question[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return made or [""]


class CaseList(QListView):
    """Investigations; `chosen` tells which one is current."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list_model = CaseModel(self)
        self.setModel(self.list_model)
        self.setItemDelegate(CaseDelegate(self))
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def set_items(self, items: Sequence[CaseItem], current: int | None) -> None:
        """Show these, one of them chosen."""
        self.list_model.set_items(items)
        ids = [item.id for item in items]
        if current in ids:
            self.setCurrentIndex(self.list_model.index(ids.index(current)))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which one is current."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(self.list_model.items[current.row()].id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the questions anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
