"""Below the members: the loads to look at before approval, and what each day needs."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ropdesk.i18n import _
from ropdesk.ui.planning import members_texts
from ropdesk.ui.planning.decomposition_source import MonthPlan
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import LinkLabel
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fitting_table import FittingTable

_LEAST_ROWS = 2
_SIDE_BY_SIDE = 620  # pixels from which both lists have room


class _ListTable(FittingTable):
    """A narrow table: names stay whole, what is needed less goes first."""

    def sizeHint(self) -> QSize:
        """Ask for little; the layout gives what there is."""
        theme = current_theme()
        return QSize(theme.px(200), theme.px(32) + _LEAST_ROWS * theme.px(30))


class _ListCard(Card):
    """A table, or a sentence where there is nothing to list.

    Where only one of the two lists has room, a link shows the other.
    """

    other_wanted = Signal()

    def __init__(self, name: str, other: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.other = LinkLabel(other)
        self.other.clicked.connect(self.other_wanted)
        self.add_right(self.other)
        self.table = _ListTable(spare=members_texts.SPARE)
        self.table.setAccessibleName(name)
        theme = current_theme()
        self.table.setMinimumHeight(theme.px(32) + _LEAST_ROWS * theme.px(30))
        self.table.setMinimumWidth(theme.px(200))
        self.words = QLabel()
        self.words.setProperty("role", "secondary")
        self.words.setWordWrap(True)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.words)
        self.body.addStretch(0)

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.table.setVisible(not words)
        self.body.setStretch(2, 1 if words else 0)


class LoadsCard(_ListCard):
    """Loads near or beyond what was ever carried; Enter or a double click leads to the plan."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Loads to look at before approval"), _("Needed per day"), parent)
        self.table.set_columns(members_texts.load_columns())

    def show_month(self, month: MonthPlan) -> None:
        """Show the loads of a month's plan."""
        self.set_title(members_texts.loads_title(month))
        if month.overloads:
            self._say("")
            self.table.set_rows(members_texts.load_rows(month))
        elif month.empty:
            self._say(_("Once there is a plan, overloaded managers are named here."))
        elif not month.has_past:
            self._say(_("There is no past yet to judge the load by."))
        else:
            self._say("\u2713 " + _("Everybody's plan is within what they can carry."))


class PaceCard(_ListCard):
    """What each member's remaining working days must bring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Needed per day by manager"), _("Before approval"), parent)
        self._headings: tuple[str, ...] = ()

    def show_month(self, month: MonthPlan) -> None:
        """Show what the days of a month need."""
        self.set_title(_("Needed per day"))
        if not month.paces:
            self._say(_("Once the managers have a plan, what each day needs stands here."))
            return
        self._say("")
        columns = members_texts.pace_columns(month)
        headings = tuple(column.title for column in columns)
        if headings != self._headings:
            self._headings = headings
            self.table.set_columns(columns, members_texts.pace_rows(month))
        else:
            self.table.set_rows(members_texts.pace_rows(month))


class OutlookRow(QWidget):
    """The two lists side by side; where that is too narrow, one of them and a link."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.loads, self.paces = LoadsCard(), PaceCard()
        self._one: _ListCard = self.loads
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.loads, 54)
        row.addWidget(self.paces, 46)
        self.loads.other_wanted.connect(self._show_paces)
        self.paces.other_wanted.connect(self._show_loads)
        self._fit()

    def show_month(self, month: MonthPlan) -> None:
        """Show both lists of a month."""
        self.loads.show_month(month)
        self.paces.show_month(month)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether there is room for two."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < current_theme().px(_SIDE_BY_SIDE)
        for card in (self.loads, self.paces):
            card.other.setVisible(narrow)
            card.setVisible(not narrow or card is self._one)

    def _show_paces(self) -> None:
        self._choose(self.paces)

    def _show_loads(self) -> None:
        self._choose(self.loads)

    def _choose(self, card: _ListCard) -> None:
        self._one = card
        self._fit()
        card.other.setFocus()
