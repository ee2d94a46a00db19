"""What the changes come to: the month's end and each scenario's chance, before and after."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from ropdesk.i18n import _
from ropdesk.ui.planning.levers.end_bars import EndBars, EndView
from ropdesk.ui.tables.cells import Align, Column, Row
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fitting_table import FittingTable

_SCENARIOS = 3
_CHANCE = 124  # pixels: «98 % → 99 %», whatever it is before the change


@dataclass(frozen=True, slots=True)
class ResultView:
    """What the card shows.

    Attributes:
        heading: unit of the plans and the deviation.
        sentence: what the changes bring, in words; ``note``: how sure it is.
    """

    title: str
    end: EndView
    headings: tuple[str, str]
    rows: Sequence[Row]
    sentence: str
    note: str


class _Scenarios(FittingTable):
    """Three lines, no more and no less."""

    def sizeHint(self) -> QSize:
        """Ask for the heading and the lines."""
        theme = current_theme()
        return QSize(theme.px(300), theme.px(32) + _SCENARIOS * theme.px(30) + 2)

    def minimumSizeHint(self) -> QSize:
        """Never hide a scenario."""
        return QSize(current_theme().px(220), self.sizeHint().height())


class ResultCard(Card):
    """The month's end before and after, live."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.bars = EndBars()
        self.table = _Scenarios(spare=("plan",))
        self.table.setAccessibleName(_("Chances of the scenarios"))
        self.table.setSortingEnabled(False)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.note = QLabel()
        self.note.setProperty("role", "secondary")
        self.note.setWordWrap(True)
        self.body.addWidget(self.bars)
        self.body.addWidget(self.table)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.note)
        self.body.addStretch(1)
        self._headings: tuple[str, str] = ("", "")

    def show_result(self, view: ResultView) -> None:
        """Show another result."""
        self.set_title(view.title)
        self.bars.show_view(view.end)
        if view.headings != self._headings:
            self._headings = view.headings
            self.table.set_columns(_columns(view.headings), view.rows)
        else:
            self.table.set_rows(view.rows)
        self.sentence.setText(view.sentence)
        self.note.setText(view.note)
        self.note.setVisible(bool(view.note))


def _columns(headings: tuple[str, str]) -> list[Column]:
    return [
        Column("scenario", _("Scenario"), Align.LEFT, stretch=True),
        Column("plan", headings[0]),
        Column(
            "away", headings[1], tooltip=_("The month's end after the changes against the plan")
        ),
        Column(
            "chance",
            _("Probability"),
            width=_CHANCE,
            tooltip=_("Probability of the plan without the changes and with them"),
        ),
    ]
