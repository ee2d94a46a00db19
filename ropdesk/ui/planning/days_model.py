"""A month's days in weeks, and how a day is drawn and typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ropdesk.i18n import weekday_short
from ropdesk.ui.fonts import BOLD, REGULAR, SEMIBOLD
from ropdesk.ui.theme import current_theme

Index = QModelIndex | QPersistentModelIndex
WEEK = 7
_ROOT = QModelIndex()
_ROLE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class DayView:
    """One day, every text ready.

    Attributes:
        text: the day's plan, grouped; empty where nothing is planned.
        raw: the same for the editor.
        working: whether the calendar says so.
        pinned: set by hand.
        today: whether it is the day of today.
        tooltip: the exact value, what kind of day it is, its name or note.
        spoken: the whole of it for screen readers.
    """

    day: date
    text: str = ""
    raw: str = ""
    working: bool = True
    pinned: bool = False
    today: bool = False
    tooltip: str = ""
    spoken: str = ""


class DayModel(QAbstractTableModel):
    """Weeks by weekdays, Monday first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._days: tuple[DayView, ...] = ()
        self._offset = 0
        self.editable = False

    def set_days(self, days: Sequence[DayView], *, editable: bool) -> None:
        """Show these days: a whole month, in order."""
        same = [view.day for view in days] == [view.day for view in self._days]
        if same and editable == self.editable:
            before, self._days = self._days, tuple(days)
            for old, new in zip(before, self._days, strict=True):
                if old != new:
                    index = self.index_of(new.day)
                    self.dataChanged.emit(index, index)
            return
        self.beginResetModel()
        self._days = tuple(days)
        self._offset = days[0].day.weekday() if days else 0
        self.editable = editable
        self.endResetModel()

    def day_at(self, index: Index) -> DayView | None:
        """Return the day shown there; None outside the month."""
        if not index.isValid():
            return None
        number = index.row() * WEEK + index.column() - self._offset
        return self._days[number] if 0 <= number < len(self._days) else None

    def index_of(self, day: date) -> QModelIndex:
        """Return where a day is shown; an invalid index if it is not."""
        if not self._days:
            return QModelIndex()
        number = (day - self._days[0].day).days
        if not 0 <= number < len(self._days):
            return QModelIndex()
        return self.index((number + self._offset) // WEEK, (number + self._offset) % WEEK)

    def next_working(self, day: date) -> date | None:
        """Return the working day after one."""
        return next((view.day for view in self._days if view.day > day and view.working), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many weeks the month touches."""
        return 0 if parent.isValid() else -(-(len(self._days) + self._offset) // WEEK)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the days of a week."""
        return 0 if parent.isValid() else WEEK

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Hand out what the day was prepared with."""
        view = self.day_at(index)
        if view is None:
            return None
        if role == _ROLE:
            return view
        if role == Qt.ItemDataRole.DisplayRole:
            return view.text
        if role == Qt.ItemDataRole.EditRole:
            return view.raw
        if role == Qt.ItemDataRole.ToolTipRole:
            return view.tooltip or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return view.spoken
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Hand out the weekdays' names."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return weekday_short(date(2024, 1, 1) + timedelta(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say which days can be gone to, and typed into."""
        if self.day_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return base | Qt.ItemFlag.ItemIsEditable if self.editable else base


class DayDelegate(QStyledItemDelegate):
    """Draws a day as a small box: its number, and its plan below or beside it."""

    typed = Signal(date, str)
    opened = Signal()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one day."""
        view = index.data(_ROLE)
        if not isinstance(view, DayView):
            return
        theme = current_theme()
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        box = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "accent" if view.pinned or focused else "field_line" if hovered else "line"
        painter.setPen(QPen(theme.colour(edge), 2 if focused else 1))
        painter.setBrush(theme.colour("card" if view.working else "off_day"))
        painter.drawRoundedRect(box, 4, 4)
        self._texts(painter, box.adjusted(6, 2, -6, -2), view)
        painter.restore()

    def _texts(self, painter: QPainter, room: QRectF, view: DayView) -> None:
        theme = current_theme()
        number_font = theme.font(12, SEMIBOLD if view.today else REGULAR)
        value_font = theme.font(13, BOLD)
        two_lines = room.height() >= theme.px(30)
        painter.setFont(number_font)
        painter.setPen(theme.colour("accent" if view.today else "secondary"))
        flags = Qt.AlignmentFlag.AlignLeft
        place = Qt.AlignmentFlag.AlignTop if two_lines else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags | place, str(view.day.day))
        if not two_lines:
            room = room.adjusted(theme.px(18), 0, 0, 0)
            value_font = theme.font(12, BOLD)
        painter.setFont(value_font)
        painter.setPen(theme.colour("text" if view.working else "secondary"))
        shown = painter.fontMetrics().elidedText(
            view.text, Qt.TextElideMode.ElideRight, int(room.width()) + 6
        )
        side = Qt.AlignmentFlag.AlignLeft if two_lines else Qt.AlignmentFlag.AlignRight
        foot = Qt.AlignmentFlag.AlignBottom if two_lines else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room.adjusted(0, 0, 4, 0), side | foot, shown)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a plain field standing over the day."""
        self.opened.emit()
        editor = QLineEdit(parent)
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return editor

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """Hand what was typed to the view: services change data, the model only shows it."""
        view = index.data(_ROLE)
        if isinstance(editor, QLineEdit) and isinstance(view, DayView):
            self.typed.emit(view.day, editor.text().strip())
