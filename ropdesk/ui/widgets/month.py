"""The switcher of months: back, forward, and a grid of months to jump."""

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ropdesk.domain.months import add_months
from ropdesk.i18n import _, month_name, month_short
from ropdesk.ui.widgets.buttons import Button, FlatButton, IconButton


class MonthSwitcher(QWidget):
    """◀ October 2026 ▶. Alt+Left and Alt+Right anywhere on the page; a click opens the grid."""

    changed = Signal(date)

    def __init__(self, month: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month = month.replace(day=1)
        self._popup: MonthPopup | None = None
        back = IconButton("left", _("Previous month (Alt+Left)"))
        back.clicked.connect(self.back)
        self._label = FlatButton()
        self._label.clicked.connect(self.open_grid)
        forward = IconButton("right", _("Next month (Alt+Right)"))
        forward.clicked.connect(self.forward)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (back, self._label, forward):
            row.addWidget(widget)
        self._keys: list[QShortcut] = []
        self._say()

    @property
    def month(self) -> date:
        """First day of the month chosen."""
        return self._month

    def set_month(self, month: date) -> None:
        """Choose; `changed` is emitted only by the person's own choice."""
        self._month = month.replace(day=1)
        self._say()

    def choose(self, month: date) -> None:
        """Choose as the person does."""
        if month.replace(day=1) != self._month:
            self.set_month(month)
            self.changed.emit(self._month)

    def back(self) -> None:
        """Go to the month before."""
        self.choose(add_months(self._month, -1))

    def forward(self) -> None:
        """Go to the month after."""
        self.choose(add_months(self._month, 1))

    def bind_keys(self, page: QWidget) -> None:
        """Let Alt+Left and Alt+Right work anywhere on this page."""
        for keys, slot in (("Alt+Left", self.back), ("Alt+Right", self.forward)):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
            self._keys.append(shortcut)

    def open_grid(self) -> None:
        """Open the grid of months under the name."""
        self._popup = MonthPopup(self._month, self)
        self._popup.chosen.connect(self.choose)
        self._popup.move(self._label.mapToGlobal(QPoint(0, self._label.height() + 2)))
        self._popup.show()

    def _say(self) -> None:
        text = month_name(self._month)
        self._label.setText(text)
        self._label.setAccessibleName(_("Month: {month}", month=text))


class MonthPopup(QFrame):
    """Twelve months of a year; arrows move, PageUp and PageDown turn the year, Enter chooses."""

    chosen = Signal(date)

    def __init__(self, month: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._marked = month
        self._year = month.year
        outer = QVBoxLayout(self)
        head = QHBoxLayout()
        back = IconButton("left", _("Previous year"))
        back.clicked.connect(self._year_back)
        self._title = QLabel()
        self._title.setProperty("role", "strong")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        forward = IconButton("right", _("Next year"))
        forward.clicked.connect(self._year_forward)
        head.addWidget(back)
        head.addWidget(self._title, 1)
        head.addWidget(forward)
        outer.addLayout(head)
        grid = QGridLayout()
        grid.setSpacing(4)
        self._cells: list[Button] = []
        for index in range(12):
            cell = FlatButton()
            cell.setObjectName(str(index + 1))
            cell.clicked.connect(self._clicked)
            grid.addWidget(cell, index // 4, index % 4)
            self._cells.append(cell)
        outer.addLayout(grid)
        self._fill()
        self._cells[month.month - 1].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move over the grid."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -4,
            Qt.Key.Key_Down: 4,
        }
        key = Qt.Key(event.key())
        if key in steps:
            here = next((i for i, cell in enumerate(self._cells) if cell.hasFocus()), 0)
            self._cells[(here + steps[key]) % 12].setFocus(Qt.FocusReason.TabFocusReason)
        elif key == Qt.Key.Key_PageUp:
            self._year_back()
        elif key == Qt.Key.Key_PageDown:
            self._year_forward()
        else:
            super().keyPressEvent(event)

    def _year_back(self) -> None:
        self._year -= 1
        self._fill()

    def _year_forward(self) -> None:
        self._year += 1
        self._fill()

    def _fill(self) -> None:
        self._title.setText(str(self._year))
        for index, cell in enumerate(self._cells):
            month = date(self._year, index + 1, 1)
            cell.setText(month_short(month))
            cell.setAccessibleName(month_name(month))
            cell.setProperty("kind", "primary" if month == self._marked else "flat")
            cell.style().polish(cell)

    def _clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            month = date(self._year, int(sender.objectName()), 1)
            self.close()
            self.chosen.emit(month)
