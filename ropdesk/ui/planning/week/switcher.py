"""The switcher of weeks."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ropdesk.domain.week import DAYS, monday
from ropdesk.i18n import _
from ropdesk.ui.fonts import SEMIBOLD
from ropdesk.ui.planning.week import words
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import IconButton, SecondaryButton


class WeekSwitcher(QWidget):
    """◀ 19.10–25.10.2026 ▶ and the way back to this week."""

    changed = Signal(date)

    def __init__(self, week: date, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._week, self._today = monday(week), today
        self.back = IconButton("left", _("Previous week ({keys})", keys="Ctrl+Left"))
        self.back.clicked.connect(self.previous)
        self._label = QLabel()
        self._label.setProperty("role", "strong")
        self.forward = IconButton("right", _("Next week ({keys})", keys="Ctrl+Right"))
        self.forward.clicked.connect(self.following)
        self.now = SecondaryButton(_("This week"))
        self.now.clicked.connect(self.this_week)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.back, self._label, self.forward, self.now):
            row.addWidget(widget)
        self._say()

    @property
    def week(self) -> date:
        """Monday of the week chosen."""
        return self._week

    def set_week(self, day: date) -> None:
        """Choose; `changed` is emitted only by the person's own choice."""
        self._week = monday(day)
        self._say()

    def previous(self) -> None:
        """Go to the week before."""
        self._choose(self._week - timedelta(DAYS))

    def following(self) -> None:
        """Go to the week after."""
        self._choose(self._week + timedelta(DAYS))

    def this_week(self) -> None:
        """Go to the week of today."""
        self._choose(self._today)

    def _choose(self, day: date) -> None:
        if monday(day) != self._week:
            self.set_week(day)
            self.changed.emit(self._week)

    def _say(self) -> None:
        text = words.week_title(self._week)
        theme = current_theme()
        self._label.setText(text)
        self._label.setMinimumWidth(int(theme.metrics(13, SEMIBOLD).horizontalAdvance(text)) + 8)
        self._label.setAccessibleName(_("Week: {days}", days=text))
        self.now.setEnabled(self._week != monday(self._today))
