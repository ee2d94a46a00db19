"""Below the numbers of a preparation: how the month and the other indicators stand."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ropdesk.services import metrics
from ropdesk.ui.meeting import preparation_words as words
from ropdesk.ui.meeting.room_numbers import NumbersCard
from ropdesk.ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ropdesk.domain.metrics import Metrics


class Sums(QWidget):
    """The month to date with its forecast, and the board's metrics on the days passed.

    Two lines that elide, for words that wrap would not let the tables above give way. They stand
    in the card of the numbers and follow the metric chosen there.
    """

    def __init__(self, card: NumbersCard) -> None:
        super().__init__()
        self._card = card
        self._known: Metrics | None = None
        self.month, self.interim = ElidedLabel(), ElidedLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for line in (self.month, self.interim):
            line.setProperty("role", "secondary")
            column.addWidget(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()
        card.body.addWidget(self)
        card.chosen.activated.connect(self._say)

    def load(self, connection: "Connection") -> None:
        """Say it of the numbers that the card shows now."""
        self._known = metrics.load(connection)
        self._say()

    def _say(self) -> None:
        numbers = self._card.numbers
        if numbers is None or self._known is None:
            return
        for line, said in (
            (self.month, words.month(numbers)), (self.interim, words.interim(numbers, self._known))
        ):  # fmt: skip
            line.setText(said)
            line.setVisible(bool(said))
        self.setVisible(bool(self.month.text() or self.interim.text()))
