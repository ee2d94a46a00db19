"""The chosen rule: when meetings come by it, and what can be done."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ropdesk import i18n
from ropdesk.i18n import _
from ropdesk.services.meetings import Series
from ropdesk.ui.meetings import words
from ropdesk.ui.widgets.buttons import Button, PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card

CHANGE, END = "change", "end"


class RuleCard(Card):
    """One recurring meeting. ``asked`` tells the command of the button pressed."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.rule, self.time, self.since = QLabel(), QLabel(), QLabel()
        for label in (self.rule, self.time, self.since):
            label.setWordWrap(True)
            self.body.addWidget(label)
        self.since.setProperty("role", "secondary")
        change, end = PrimaryButton(_("Change…")), SecondaryButton(_("End…"))
        change.setToolTip(_("Change… (Enter)"))
        end.setToolTip(_("End… (Del)"))
        self.buttons: dict[str, Button] = {CHANGE: change, END: end}
        row = QHBoxLayout()
        for key, button in self.buttons.items():
            button.setObjectName(key)
            button.clicked.connect(self._pressed)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_series(self, found: Series, titles: Mapping[str, str], today: date) -> None:
        """Show a recurring meeting; one that has ended can only be looked at."""
        self.set_title(found.title or titles.get(found.kind, found.kind))
        self.rule.setText(words.rule_words(found.rule))
        place = [words.span(found.start, found.minutes), found.place]
        self.time.setText(" · ".join(part for part in place if part))
        self.since.setText(_("since {day}", day=i18n.short_date(found.rule.first)))
        ended = found.rule.until is not None and found.rule.until < today
        for button in self.buttons.values():
            button.setEnabled(not ended)

    def _pressed(self) -> None:
        self.asked.emit(self.sender().objectName())
