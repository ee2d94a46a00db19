"""Minimum and maximum as a percentage of the standard plan."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ropdesk.i18n import _
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import Field, NumberBox

Scale = Callable[[int, int], object]  # basis points of the standard


class ScaleDialog(Dialog):
    """Asks for two percentages and makes the two scenarios of them."""

    def __init__(
        self, minimum: int, maximum: int, scale: Scale, parent: QWidget | None = None
    ) -> None:
        """Make the dialog; percentages are whole percent of the standard."""
        super().__init__(_("Scenarios by percent"), _("Set the scenarios"), parent)
        self.setModal(True)
        self._scale = scale
        words = QLabel(
            _(
                "Minimum and maximum become a share of the standard plan: every total, manager "
                "and day. Numbers locked in them are replaced."
            )
        )
        words.setWordWrap(True)
        self.body.addWidget(words)
        self.minimum = _percent(1, 100, minimum)
        self.maximum = _percent(100, 300, maximum)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field(_("Minimum, % of the standard"), self.minimum))
        row.addWidget(Field(_("Maximum, % of the standard"), self.maximum))
        self.body.addLayout(row)
        self.minimum.setFocus()
        self.minimum.selectAll()

    def submit(self) -> None:
        """Make the scenarios."""
        self._scale(self.minimum.value() * 100, self.maximum.value() * 100)


def _percent(least: int, most: int, value: int) -> NumberBox:
    box = NumberBox()
    box.setRange(least, most)
    box.setSuffix("\u202f%")
    box.setValue(value)
    return box
