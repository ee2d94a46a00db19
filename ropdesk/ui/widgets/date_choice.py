"""A date that may be unknown: chosen from a calendar, or cleared."""

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget

from ropdesk.i18n import _, short_date
from ropdesk.ui.widgets.buttons import FlatButton, SecondaryButton


class DatePopup(QFrame):
    """A calendar under the field; arrows and Enter choose, Escape leaves."""

    chosen = Signal(object)  # date or None

    def __init__(self, value: date | None, start: date, clear_words: str, parent: QWidget) -> None:
        """Make the popup; `start` is shown while there is no value."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = value or start
        self.calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self.calendar.activated.connect(self._activated)
        self.calendar.clicked.connect(self._activated)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.calendar)
        if value is not None:
            self.clear = FlatButton(clear_words)
            self.clear.clicked.connect(self._cleared)
            column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeft)
        self.calendar.setFocus()

    def open_at(self, spot: QPoint) -> None:
        """Show the popup at a point of the screen, inside the screen."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = max(screen.left(), min(spot.x(), screen.right() - self.width()))
        y = max(screen.top(), min(spot.y(), screen.bottom() - self.height()))
        self.move(x, y)
        self.show()

    def _activated(self, day: QDate) -> None:
        self.close()
        self.chosen.emit(date(day.year(), day.month(), day.day()))

    def _cleared(self) -> None:
        self.close()
        self.chosen.emit(None)


class DateButton(SecondaryButton):
    """Shows a date or that there is none; opens the calendar."""

    chosen = Signal(object)  # date or None, by the person's own choice

    def __init__(self, none_words: str, clear_words: str, start: date) -> None:
        super().__init__(none_words)
        self._none, self._clear, self._start = none_words, clear_words, start
        self._value: date | None = None
        self.popup: DatePopup | None = None
        self.clicked.connect(self.open)

    @property
    def value(self) -> date | None:
        """The date shown."""
        return self._value

    def set_value(self, value: date | None) -> None:
        """Show a date."""
        self._value = value
        words = self._none if value is None else short_date(value)
        self.setText(words)
        self.setAccessibleDescription(_("{value}; opens the calendar", value=words))

    def open(self) -> None:
        """Open the calendar under the button."""
        self.popup = DatePopup(self._value, self._start, self._clear, self)
        self.popup.chosen.connect(self.chosen)
        self.popup.destroyed.connect(self._gone)
        self.popup.open_at(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _gone(self) -> None:
        self.popup = None
