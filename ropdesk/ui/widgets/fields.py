"""Fields of forms: a label, the field, and the error beside it."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QDateEdit,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ropdesk.i18n import language
from ropdesk.ui.theme import current_theme

ADJUST = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class FieldError(QLabel):
    """The words beside a field that say what is wrong with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "error")
        self.setWordWrap(True)
        self.hide()

    def say(self, text: str) -> None:
        """Show the words; none hides the line."""
        self.setText(f"\u26a0 {text}" if text else "")
        self.setVisible(bool(text))


class Field(QWidget):
    """A label above a field, the error below it."""

    def __init__(self, label: str, editor: QWidget, hint: str = "") -> None:
        super().__init__()
        self.editor = editor
        caption = QLabel(label)
        caption.setBuddy(editor)
        caption.setProperty("role", "secondary")
        editor.setAccessibleName(label)
        self._error = FieldError()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(caption)
        column.addWidget(editor)
        if hint:
            below = QLabel(hint)
            below.setProperty("role", "secondary")
            below.setWordWrap(True)
            column.addWidget(below)
        column.addWidget(self._error)

    @property
    def error(self) -> str:
        """What is said to be wrong, empty if nothing is."""
        return self._error.text()

    def set_error(self, text: str) -> None:
        """Say what is wrong beside the field and mark it; none clears both."""
        self._error.say(text)
        mark_invalid(self.editor, invalid=bool(text))
        self.editor.setAccessibleDescription(text)


def mark_invalid(widget: QWidget, *, invalid: bool) -> None:
    """Draw a field's edge as wrong, or as right again."""
    widget.setProperty("invalid", "true" if invalid else "false")
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class NumberBox(QSpinBox):
    """A whole number with arrows; its text stands as far from the edge as in other fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(current_theme().px(6), 0, 0, 0)


class DateField(QDateEdit):
    """A date chosen from a calendar, or typed as dd.MM.yyyy."""

    def __init__(self, value: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        self.setDisplayFormat("dd.MM.yyyy" if language() == "ru" else "dd/MM/yyyy")
        calendar = self.calendarWidget()
        if isinstance(calendar, QCalendarWidget):
            calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.set_value(value)

    @property
    def value(self) -> date:
        """The date chosen."""
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def set_value(self, value: date) -> None:
        """Choose a date."""
        self.setDate(QDate(value.year, value.month, value.day))


def choice(options: Mapping[str, str], name: str = "") -> QComboBox:
    """Return a box of words already translated, by key; ``name`` is for screen readers."""
    box = QComboBox()
    box.setSizeAdjustPolicy(ADJUST)
    box.setMinimumContentsLength(12)
    for key, words in options.items():
        box.addItem(words, key)
    if name:
        box.setAccessibleName(name)
    return box


def choose(box: QComboBox, key: object) -> None:
    """Show a key in a box, or its first where it is not there."""
    box.setCurrentIndex(max(0, box.findData(key)))
