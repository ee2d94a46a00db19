"""«What would close the gap»: every single change, the easiest first; a click tries it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLabel, QWidget

from ropdesk.i18n import _
from ropdesk.ui.tables.cells import Align, Column, Row
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import LinkLabel
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.segmented import Segmented

_LEAST_ROWS = 4


@dataclass(frozen=True, slots=True)
class ClosingView:
    """What the card shows.

    Attributes:
        hint: the gap in words, beside the title.
        sentence: the easiest way in words, or why nothing is listed.
        plan_wanted: whether there is no plan, so that one has to be made first.
    """

    hint: str
    sentence: str
    rows: Sequence[Row]
    plan_wanted: bool = False


class _Table(FittingTable):
    """Asks for little; the layout gives what there is."""

    def sizeHint(self) -> QSize:
        """Ask for a few rows."""
        theme = current_theme()
        return QSize(theme.px(400), theme.px(32) + _LEAST_ROWS * theme.px(30))

    def minimumSizeHint(self) -> QSize:
        """Show a few rows at least."""
        return QSize(current_theme().px(240), self.sizeHint().height())


class ClosingCard(Card):
    """The ranked list; a click on a needed value, or Enter, tries it on the levers."""

    scenario_chosen = Signal(str)
    plan_wanted = Signal()

    def __init__(self, scenarios: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(_("What would close the gap"), parent=parent)
        self.segments = Segmented(scenarios, "standard", _("To the plan"))
        self.segments.changed.connect(self.scenario_chosen)
        self.add_right(self.segments)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.plan = LinkLabel(_("Make a plan"))
        self.plan.clicked.connect(self.plan_wanted)
        self.table = _Table(spare=("covers", "now", "best", "change"))
        self.table.setAccessibleName(_("What would close the gap"))
        self.table.set_columns(_columns())
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.plan)
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)

    def show_closing(self, view: ClosingView) -> None:
        """Show another list."""
        self.set_title(_("What would close the gap"), view.hint)
        self.sentence.setText(view.sentence)
        self.sentence.setVisible(bool(view.sentence))
        self.plan.setVisible(view.plan_wanted)
        self.table.set_rows(view.rows)
        self.table.setVisible(bool(view.rows))
        self.body.setStretch(3, 0 if view.rows else 1)


def _columns() -> list[Column]:
    return [
        Column("who", _("Whose"), Align.LEFT, stretch=True),
        Column("lever", _("Lever"), Align.LEFT),
        Column("now", _("Forecast")),
        Column("needed", _("Needed"), tooltip=_("Click or Enter: try it on the levers")),
        Column("change", _("Change")),
        Column("best", _("Best month"), tooltip=_("What was once reached in the last 12 months")),
        Column(
            "covers",
            _("Best closes"),
            tooltip=_("Which part of the gap the best month's value would close"),
        ),
        Column("reach", _("How realistic"), Align.LEFT),
    ]
