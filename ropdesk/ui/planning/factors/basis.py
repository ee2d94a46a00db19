"""The choice of what a month is measured by, and how it is cut."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from ropdesk.domain.months import add_months
from ropdesk.i18n import _
from ropdesk.services.factors import PLAN
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.month import MonthSwitcher
from ropdesk.ui.widgets.segmented import Segmented

TO_DATE, WHOLE_PLAN, PREVIOUS, YEAR, OTHER = "to_date", "plan", "previous", "year", "other"


@dataclass(frozen=True, slots=True)
class Basis:
    """What the person chose: the arguments of `services.factors`."""

    against: str | date
    whole: bool
    by: str


class BasisRow(QWidget):
    """The plan to date or whole, or another month up to the same day or whole; by whom."""

    changed = Signal()

    def __init__(self, month: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month = month
        self.box = QComboBox()
        self.box.setAccessibleName(_("Compare with"))
        for key, words in (
            (TO_DATE, _("Plan to date")), (WHOLE_PLAN, _("Plan of the month")),
            (PREVIOUS, _("Previous month")), (YEAR, _("The same month a year ago")),
            (OTHER, _("Another month…")),
        ):  # fmt: skip
            self.box.addItem(words, key)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.other = MonthSwitcher(add_months(month, -2))
        self.span = Segmented(
            [("day", _("to the same working day")), ("whole", _("the whole month"))],
            name=_("How much of the month"),
        )
        self.by = Segmented(
            [("member", _("by member")), ("week", _("by week"))], name=_("Rows of the table")
        )
        for choice in (self.span, self.by):
            choice.setMinimumHeight(self.box.sizeHint().height())
        row = FlowLayout(self)
        for widget in (self.box, self.other, self.span, self.by):
            row.addWidget(widget)
        self.box.activated.connect(self._chosen)
        self.other.changed.connect(self.changed)
        self.span.changed.connect(self.changed)
        self.by.changed.connect(self.changed)
        self._follow()

    @property
    def basis(self) -> Basis:
        """What is chosen."""
        key = self.box.currentData()
        if key in {TO_DATE, WHOLE_PLAN}:
            return Basis(PLAN, key == WHOLE_PLAN, self.by.current)
        return Basis(self._against(key), self.span.current == "whole", self.by.current)

    def set_month(self, month: date) -> None:
        """Follow the month of the page; the month compared with stays as far from it."""
        self._month = month

    def choose(self, key: str) -> None:
        """Choose what is compared with, as the person does."""
        self.box.setCurrentIndex(self.box.findData(key))
        self._chosen()

    def _against(self, key: str) -> date:
        if key == OTHER:
            return self.other.month
        return add_months(self._month, -1 if key == PREVIOUS else -12)

    def _chosen(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        key = self.box.currentData()
        self.other.setVisible(key == OTHER)
        self.span.setVisible(key not in {TO_DATE, WHOLE_PLAN})
