"""Draws the days of the absences: days off tinted, an absence as one band."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ropdesk.ui.fonts import SEMIBOLD
from ropdesk.ui.tables.cells import Cell
from ropdesk.ui.tables.model import ListModel
from ropdesk.ui.team.away_rows import Month
from ropdesk.ui.theme import current_theme

Index = QModelIndex | QPersistentModelIndex
ROUND = 5


class AwayDelegate(QStyledItemDelegate):
    """One day of one member. `month` says which days are worked."""

    month: Month | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of the day, and the piece of a band."""
        model = index.model()
        if not isinstance(model, ListModel) or self.month is None:
            return
        theme = current_theme()
        rect = QRectF(option.rect)
        day = self.month.days[index.column() - 1]
        painter.save()
        if not self.month.calendar.is_working(day):
            painter.fillRect(rect, theme.colour("off_day"))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_tint"))
        if day == self.month.today:
            painter.fillRect(QRectF(rect.left(), rect.top(), 2, rect.height()),
                             theme.colour("accent"))  # fmt: skip
        painter.fillRect(
            QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.colour("row_line")
        )
        cells = model.shown[index.row()].cells
        cell = cells[index.column()]
        if cell.ref is not None:
            before = cells[index.column() - 1].ref
            after = cells[index.column() + 1].ref if index.column() + 1 < len(cells) else None
            self._band(painter, rect, cell, starts=before != cell.ref, ends=after != cell.ref)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _band(
        self, painter: QPainter, rect: QRectF, cell: Cell, *, starts: bool, ends: bool
    ) -> None:
        theme = current_theme()
        ground, ink = theme.roles.chip(cell.state)
        high = theme.px(20)
        band = QRectF(rect.left(), rect.center().y() - high / 2, rect.width(), high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.setClipRect(rect)
        shown = band.adjusted(2 if starts else -ROUND * 2, 0, -2 if ends else ROUND * 2, 0)
        painter.drawRoundedRect(shown, ROUND, ROUND)
        painter.setClipping(False)
        painter.setPen(QColor(ink))
        painter.setFont(theme.font(12, SEMIBOLD))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, cell.text)
