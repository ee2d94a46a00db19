"""Channels: what each source brought, cost and gave back."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ropdesk.i18n import _
from ropdesk.services import marketing_channels, marketing_costs
from ropdesk.services import marketing_words as words
from ropdesk.services.marketing_channels import CLOSED, CREATED
from ropdesk.ui.planning.marketing import channel_cells as cells
from ropdesk.ui.planning.marketing.agreement_cells import TOTAL, edits
from ropdesk.ui.planning.marketing.asking import MarketingSide, fit_height
from ropdesk.ui.widgets.cards import Card, MetricCard
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.flow import CardRow
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ropdesk.services.marketing_channels import Channels, Month
    from ropdesk.ui.context import Context
    from ropdesk.ui.tables.cells import Column, Edit

_SPARE = ("per_won", "quality", "trend", "won", "per_inquiry")
_ROWS, _MONTHS = 8, 2  # kept in sight; the rest scrolls


class ChannelsSide(MarketingSide):
    """A table of sources; their costs are typed where they stand."""

    watches = frozenset({"channel_cost", "lead_verdict", "rejection_reason", "deal",
                         "import_batch", "member"})  # fmt: skip

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        self.found: Channels | None = None
        self.months: Sequence[Month] = ()
        self._source: str | None = None
        self._columns: tuple[Column, ...] = ()
        self._month_columns: tuple[Column, ...] = ()
        self.metric_cards: list[MetricCard] = []
        self.stack.addWidget(self._build())

    def reload(self) -> None:
        """Count the span and show it."""
        self.ask(
            partial(
                marketing_channels.channels, self.context.workspace, self.month,
                self.context.today(), months=int(self.span.current), basis=self.basis.current,
            ),
            self.show_channels,
        )  # fmt: skip

    def show_channels(self, found: "Channels") -> None:
        """Show the channels of a span."""
        self.found = found
        if not found.channels:
            self.show_empty(
                _("Here every source is weighed: what it brought, what it cost, what came back. "
                  "Import deals with their sources first."),
                (_("Import…"), self.import_file),
            )  # fmt: skip
            return
        self.stack.setCurrentIndex(0)
        self._show_cards(found)
        columns = cells.columns(found)
        if columns != self._columns:
            self._columns = columns
            place = self.table.current_place()
            self.table.set_columns(columns, cells.rows(found))
            if place is not None:
                self.table.go_to_cell(*place)
        else:
            self.table.set_rows(cells.rows(found))
        fit_height(self.table, _ROWS)
        self._sentence.setText(_rule(found))
        if self._source not in {None, *(channel.source for channel in found.channels)}:
            self._source = None
        self._ask_months()

    def show_months(self, months: "Sequence[Month]") -> None:
        """Show the chosen source month by month."""
        self.months = months
        name = _("All sources") if self._source is None else words.source(self._source)
        self._months_card.set_title(_("{source} by month", source=name), _("the latest first"))
        columns = cells.month_columns(months)
        rows = cells.month_rows(months, self._source, self.basis.current)
        if columns != self._month_columns:
            self._month_columns = columns
            self.month_table.set_columns(columns, rows)
        else:
            self.month_table.set_rows(rows)
        fit_height(self.month_table, _MONTHS)

    def take(self, typed: "list[Edit]") -> None:
        """Write the costs typed or pasted.

        Raises:
            DomainError: a text that is no number; nothing is written.
        """
        costs = {
            edit.source: edit.value if isinstance(edit.value, int) else None
            for edit in edits(typed)
            if edit.field == "cost"
        }
        ws, on = self.context.workspace, self.context.today()
        marketing_channels.set_costs(ws, self.month, costs, on)

    def take_months(self, typed: "list[Edit]") -> None:
        """Write the costs of one source typed or pasted over its months.

        Raises:
            DomainError: a text that is no number; nothing is written.
        """
        if self._source is None:
            return
        costs = {
            date.fromisoformat(edit.source): edit.value if isinstance(edit.value, int) else None
            for edit in edits(typed)
            if edit.field == "cost"
        }
        ws = self.context.workspace
        marketing_costs.set_source_costs(ws, self._source, costs)

    def _build(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._cards = CardRow()
        column.addWidget(self._cards)
        card = Card(" ")
        card.set_title(_("Channels"), _("a click on a number opens the deals behind it"))
        self.basis = Segmented(
            [(CREATED, _("by inquiry")), (CLOSED, _("by payment"))],
            name=_("To which month a deal belongs"),
        )
        self.span = Segmented(
            [("1", _("month")), ("3", _("3 months")), ("12", _("12 months"))], name=_("Period")
        )
        for choice in (self.basis, self.span):
            choice.changed.connect(self._chosen)
            card.add_right(choice)
        self.table = FittingTable((), _SPARE)
        self.table.setAccessibleName(_("Channels"))
        self.table.set_edit_handler(self.take)
        self.table.editing_changed.connect(self._follow_editing)
        self.table.cell_activated.connect(self.open_behind)
        card.body.addWidget(self.table, 20)
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setProperty("role", "secondary")
        card.body.addWidget(self._sentence)
        self.table.current_row_changed.connect(self._row_chosen)
        column.addWidget(card)
        self._months_card = Card(" ")
        self.month_table = FittingTable((), ("per_won", "quality", "won", "per_inquiry"))
        self.month_table.setAccessibleName(_("One source by month"))
        self.month_table.set_edit_handler(self.take_months)
        self.month_table.editing_changed.connect(self._follow_editing)
        self.month_table.cell_activated.connect(self.open_behind)
        ways = QSizePolicy.Policy  # what is left of the page, not what Qt thinks a table wants
        self.month_table.setSizePolicy(ways.Expanding, ways.Ignored)
        self._months_card.body.addWidget(self.month_table, 1)
        column.addWidget(self._months_card, 1)
        return whole

    def _row_chosen(self, key: object) -> None:
        source = None if key == TOTAL else key
        if (source is None or isinstance(source, str)) and source != self._source:
            self._source = source
            self._ask_months()

    def _ask_months(self) -> None:
        self.ask(
            partial(
                marketing_channels.by_month, self.context.workspace, self._source, self.month,
                self.context.today(), self.basis.current,
            ),
            self.show_months, "months",
        )  # fmt: skip

    def _show_cards(self, found: "Channels") -> None:
        views = cells.cards(found)
        if not self.metric_cards:
            for view in views:
                card = MetricCard(view)
                self._cards.add(card)
                self.metric_cards.append(card)
        for card, view in zip(self.metric_cards, views, strict=True):
            card.show_value(view)

    def _chosen(self, _key: str) -> None:
        self.refresh()

    def _follow_editing(self, on: bool) -> None:
        if on:
            self.begin_edit()
        else:
            self.end_edit()


def _rule(found: "Channels") -> str:
    """Say which deals are counted, and what the star means."""
    if found.basis == CLOSED:
        return _(
            "By payment: deals paid within the period, whenever they were asked for; the sum is "
            "that of the plan–fact. Conversion is deals ÷ inquiries of the period."
        )
    said = _("By inquiry: what the inquiries of the period have brought so far, whenever they "
             "paid. Grey: the period before.")  # fmt: skip
    if all(channel.ripe for channel in found.channels):
        return said
    star = _("*: not ripe, more than 5 % of these inquiries are still open.")
    return f"{said} {star}"
