"""Promotions: all of them by state at the left, the chosen one at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ropdesk.domain.promotions import ORDER, State
from ropdesk.i18n import _, integer
from ropdesk.services import metrics, promotion_paper, promotion_results, promotions, team
from ropdesk.services import promotion_words as words
from ropdesk.services.promotion_results import Detail
from ropdesk.services.promotions import NewPromotion
from ropdesk.ui.planning.promotions import cells
from ropdesk.ui.planning.promotions.actions import NewPromotionAction
from ropdesk.ui.planning.promotions.asking import AskingSide, scrolling
from ropdesk.ui.planning.promotions.card import Choices, PromotionCard
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import PrimaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.store.workspace import Workspace
    from ropdesk.ui.context import Context
    from ropdesk.ui.reports.paper_dialog import PaperDialog

ALL = "all"
TABLE_HEIGHT = 130  # pixels at 100 % text scale


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the side shows."""

    details: tuple[Detail, ...]
    choices: Choices


def read(ws: "Workspace", today: date) -> Shelf:
    """Read all promotions with their results."""
    people = team.team(ws)
    names = {m.id: m.name for m in people.active(date.min, date.max)}
    details = tuple(
        promotion_results.detail(ws, each.id, today) for each in promotions.promotions(ws)
    )
    choices = Choices(metrics.catalogue(ws), names, promotion_results.sources(ws))
    return Shelf(details, choices)


class PromotionsView(AskingSide):
    """From the idea to the conclusion."""

    watches = frozenset({
        "promotion", "promotion_member", "promotion_source", "daily_value", "deal", "member",
        "absence", "calendar_day", "own_metric",
    })  # fmt: skip

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        NewPromotionAction.of(context.registry).page = self
        self.shelf: Shelf | None = None
        self.paper: PaperDialog | None = None
        self._record: int | None = None
        self._fresh = False
        self.primary = PrimaryButton(_("New promotion"))
        self.primary.setToolTip(_("New promotion (Ctrl+N)"))
        self.primary.clicked.connect(self.begin)
        self.stack.addWidget(self._build())

    def header_parts(self) -> Sequence[QWidget]:
        """Return the button."""
        return (self.primary,)

    def set_month(self, month: date) -> None:
        """Remember the month: promotions are of any."""
        self.month = month

    def go_to(self, **where: object) -> None:
        """Show one promotion: ``record`` is its id."""
        record = where.get("record")
        if isinstance(record, int):
            self._record = record
            self.state.set_current(ALL)
            self.mark_stale()

    def print_paper(self) -> bool:
        """Show the page of the chosen promotion."""
        chosen = self.card.detail
        if chosen is None or self.stack.currentIndex() != 0:
            return False
        from ropdesk.ui.reports.paper_dialog import open_paper

        found, context = chosen.promotion, self.context
        make = partial(_paper, context.workspace, found.id, context.today())
        self.paper = open_paper(context, self, "promotion", found.first or found.created, make)
        return True

    def reload(self) -> None:
        """Read promotions and their results."""
        self.ask(partial(read, self.context.workspace, self.context.today()), self.show_shelf)

    def show_shelf(self, shelf: Shelf) -> None:
        """Show promotions."""
        self.shelf = shelf
        if not shelf.details:
            self.show_empty(
                _("Promotions from the idea to the conclusion: what is offered, to whom, for how "
                  "much, and what it really brought. Note the first idea."),
                (_("New promotion"), self.begin),
            )  # fmt: skip
            return
        self.stack.setCurrentIndex(0)
        self._count(shelf)
        shown, wanted = self._shown(shelf), self._record
        self.table.set_rows(cells.rows(shown))
        self._record = wanted  # the table tells of the row it has come to by itself
        ids = [each.promotion.id for each in shown]
        if self._record not in ids:
            self._record = ids[0] if ids else None
        if self._record is not None:
            self.table.go_to_cell(self._record, "title")
        self._show_record()

    def begin(self) -> None:
        """Note a new idea and type its name."""
        new = NewPromotion(title=_("New promotion"), created=self.context.today())
        made: list[int] = []

        def make() -> None:
            made.append(promotions.add(self.context.workspace, new))

        if self.do(make):
            self._record, self._fresh = made[0], True
            self.state.set_current(ALL)

    # -- inside

    def _build(self) -> QWidget:
        self.state = Segmented(
            [(ALL, _("all")), *((each.value, words.state(each)) for each in ORDER)],
            name=_("State of promotions"),
        )
        self.state.changed.connect(self._filter)
        self.table = FittingTable(cells.columns(), ("expected", "period", "gain"))
        self.table.setAccessibleName(_("Promotions"))
        self.table.current_row_changed.connect(self._row_chosen)
        listed = Card(_("Promotions"))
        listed.body.addWidget(self.state)
        listed.body.addWidget(self.table, 1)
        self.card = PromotionCard(self)
        self.card.paper_wanted.connect(self.print_paper)
        left = QWidget()
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        beside.addWidget(listed, 1)
        beside.addWidget(self.card.result)
        self.table.setMinimumHeight(current_theme().px(TABLE_HEIGHT))
        both = Columns(narrow=720)
        both.add(left, 5)
        both.add(scrolling(self.card), 5)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(both, 1)
        return whole

    def _shown(self, shelf: Shelf) -> list[Detail]:
        wanted = self.state.current
        return [
            each for each in shelf.details if wanted in {ALL, each.promotion.state.value}
        ]  # fmt: skip

    def _count(self, shelf: Shelf) -> None:
        states = [each.promotion.state for each in shelf.details]
        self.state.set_text(ALL, _("all") + f" {integer(len(states))}")
        for each in State:
            words_ = words.state(each)
            self.state.set_text(each.value, f"{words_} {integer(states.count(each))}")

    def _filter(self, _key: str) -> None:
        if self.shelf is not None:
            self.show_shelf(self.shelf)

    def _row_chosen(self, key: object) -> None:
        if isinstance(key, int) and key != self._record:
            self._record = key
            self._show_record()

    def _show_record(self) -> None:
        if self.shelf is None:
            return
        found = next((d for d in self.shelf.details if d.promotion.id == self._record), None)
        self.card.setVisible(found is not None)
        self.card.result.setVisible(found is not None)
        if found is not None:
            self.card.show_detail(found, self.shelf.choices)
            if self._fresh:
                self._fresh = False
                self.card.start_typing()


def _paper(ws: "Workspace", promotion_id: int, today: date, at: datetime) -> tuple[str, bytes]:
    return promotion_paper.paper(ws, promotion_id, today, at)
