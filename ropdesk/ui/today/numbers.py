"""The numbers above the day's lists: four in a row, or two by two where it is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import MetricCard, MetricView

SHARES = (7, 6, 6, 5)  # of the width, where all stand in one row
LEAST = 200  # pixels of a card in which its lines can be read


class Numbers(QWidget):
    """Cards of the day; a click on any is `clicked`."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = [MetricCard(MetricView("", "")) for _share in SHARES]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        for card in self.cards:
            card.setMinimumWidth(1)  # the grid decides how many stand in a row
            card.clicked.connect(self.clicked)
        self._columns = 0
        self._lay(len(self.cards))

    def show_views(self, views: Sequence[MetricView]) -> None:
        """Show these numbers."""
        for card, view in zip(self.cards, views, strict=True):
            card.show_value(view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find how many have room in a row."""
        super().resizeEvent(event)
        wide = event.size().width() >= len(self.cards) * current_theme().px(LEAST)
        self._lay(len(self.cards) if wide else len(self.cards) // 2)

    def _lay(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, card in enumerate(self.cards):
            self._grid.addWidget(card, number // columns, number % columns)
        for column, share in enumerate(SHARES):
            one_row = columns == len(self.cards)
            self._grid.setColumnStretch(column, share if one_row else int(column < columns))
        self.updateGeometry()
