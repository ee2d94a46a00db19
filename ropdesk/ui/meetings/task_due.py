"""By when: a day typed in words or chosen from a calendar, said back at once."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from ropdesk import i18n
from ropdesk.domain.errors import DomainError
from ropdesk.domain.promise_line import Part, Sure
from ropdesk.i18n import _, short_date
from ropdesk.services.tasks_due import Reader
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import IconButton
from ropdesk.ui.widgets.date_choice import DatePopup

WIDE, SAID = 142, 100  # pixels at 100 % text scale: of the line, of what was understood


class _Line(QLineEdit):
    """A line that Down opens the calendar from."""

    opened = Signal()
    accepted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the calendar, or take the entry."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_F4}:
            self.opened.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.receivers_waiting():
            self.accepted.emit()
        else:
            super().keyPressEvent(event)

    def receivers_waiting(self) -> bool:
        """Say whether somebody takes Enter; a dialog's own button does otherwise."""
        return bool(self.property("takes_enter"))


class DueField(QWidget):
    """A day: «завтра», «пт», «25.10»; Down opens the calendar.

    Signals:
        changed: what is understood may have changed.
        accepted: Enter, where ``takes_enter``.
    """

    changed = Signal()
    accepted = Signal()

    def __init__(
        self,
        reader: Reader,
        today: Callable[[], date],
        parent: QWidget | None = None,
        *,
        takes_enter: bool = False,
    ) -> None:
        super().__init__(parent)
        self._reader, self._today = reader, today
        self.popup: DatePopup | None = None
        scale = current_theme().px
        self.line = _Line()
        self.line.setMaxLength(60)
        self.line.setPlaceholderText(_("tomorrow, Fri, 25.10"))
        self.line.setToolTip(_("A day in words or digits; Down opens the calendar"))
        self.line.setMinimumWidth(scale(WIDE))
        self.line.setProperty("takes_enter", takes_enter)
        self.line.textChanged.connect(self._typed)
        self.line.opened.connect(self.open)
        self.line.accepted.connect(self.accepted)
        self.button = IconButton("calendar", _("Choose the day in a calendar"))
        self.button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.button.clicked.connect(self.open)
        self.said = QLabel(_("No day"))
        self.said.setProperty("role", "secondary")
        self.said.setMinimumWidth(scale(SAID))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        row.addWidget(self.said)
        self.setFocusProxy(self.line)

    def setAccessibleName(self, name: str) -> None:
        """Name the line too: it has the focus."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    @property
    def value(self) -> date | None:
        """The day understood; None where nothing is written.

        Raises:
            DomainError: what is written is not a day.
        """
        found = self._reader(self.line.text())
        return None if found is None else found.value

    def set_value(self, value: date | None) -> None:
        """Write a day."""
        self.line.setText("" if value is None else short_date(value))

    def open(self) -> None:
        """Open the calendar under the line."""
        try:
            value = self.value
        except DomainError:
            value = None
        self.popup = DatePopup(value, self._today(), _("No day"), self)
        self.popup.chosen.connect(self._chosen)
        self.popup.destroyed.connect(self._gone)
        self.popup.open_at(self.line.mapToGlobal(QPoint(0, self.line.height() + 2)))

    def _chosen(self, value: date | None) -> None:
        self.set_value(value)
        self.line.setFocus()

    def _gone(self) -> None:
        self.popup = None

    def _typed(self, text: str) -> None:
        try:
            said = words_of(self._reader(text))
        except DomainError:
            said = _("which day?")
        self.said.setText(said)
        self.said.setToolTip(said)
        self.line.setAccessibleDescription(said)
        self.changed.emit()


def words_of(found: Part[date] | None) -> str:
    """Say what day was understood, and what else it may be."""
    if found is None or found.value is None:
        return _("No day")
    said = day_words(found.value)
    if found.sure is Sure.SURE:
        return said
    if found.others:
        return _("{day}? or {other}", day=said, other=i18n.day_month(found.others[0]))
    return _("{day}?", day=said)


def day_words(day: date) -> str:
    """Write a day with its weekday: «пт 23.10»."""
    return f"{i18n.weekday_short(day)} {i18n.day_month(day)}"
