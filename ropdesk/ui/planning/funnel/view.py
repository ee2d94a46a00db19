"""The funnel of a month: drawn, in tables, and as a list of deals to act on."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ropdesk.domain.errors import N_, DomainError
from ropdesk.i18n import _, describe, integer, ngettext
from ropdesk.services import funnel as service
from ropdesk.services import week
from ropdesk.services.week import NewAction
from ropdesk.ui.planning.behind import BehindDialog, open_deal
from ropdesk.ui.planning.funnel import cells, words
from ropdesk.ui.planning.funnel.choices import Choices
from ropdesk.ui.planning.funnel.drawn import Drawn
from ropdesk.ui.planning.funnel.source import Shown, Wanted, ask
from ropdesk.ui.planning.side import Side
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.ui.context import Context
    from ropdesk.ui.runner import Progress
    from ropdesk.ui.tables.cells import Edit
    from ropdesk.ui.tables.view import DataTable

STAGES, STUCK, LOSSES, MEMBERS, SOURCES = "stages", "stuck", "losses", "members", "sources"
_SIDE_BY_SIDE = 760  # pixels at 100 %
_MOST_STAGES = 7  # in sight at once; more are scrolled to
_SPARE = {
    STAGES: ("over", "back", "lost", "won", "forward"),
    STUCK: ("source", "stage"),
    LOSSES: ("amount",),
    MEMBERS: ("lost", "cycle"),
    SOURCES: ("lost", "cycle"),
}


class FunnelView(Side):
    """Choices above, the drawn funnel at the left, tables at the right."""

    watches = frozenset({"deal", "stage_date", "stage", "import_batch", "member", "daily_value"})

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        self.shown: Shown | None = None
        self.behind: BehindDialog | None = None
        self._asked = 0
        self.tables: dict[str, DataTable] = {}
        self._empty: EmptyState | None = None
        self._pages = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._pages.addWidget(self._build())

    def reload(self) -> None:
        """Ask for the funnel in the worker; an answer overtaken by a later question is dropped."""
        from shiboken6 import isValid

        self._asked += 1
        number = self._asked
        wanted = Wanted(
            self.month, self.context.today(), self.choices.pipeline, self.choices.member,
            self.choices.source,
        )  # fmt: skip

        def work(_progress: "Progress") -> Shown:
            return ask(self.context.workspace, wanted)

        def done(answer: Shown) -> None:
            if isValid(self) and number == self._asked:
                self.show_answer(answer)

        self.context.runner.start(work, done, title=_("Counting the funnel"), quiet=True)

    def show_answer(self, shown: Shown) -> None:
        """Show a month's funnel."""
        self.shown = shown
        if not shown.pipelines:
            self._show_empty()
            return
        self._pages.setCurrentIndex(0)
        self.choices.fill(shown)
        self._draw()
        found = shown.found
        self.tables[STAGES].set_rows(cells.stage_rows(found))
        self._fit_stages()
        self.tables[STUCK].set_rows(cells.stuck_rows(shown))
        self.tables[LOSSES].set_rows(cells.loss_rows(found))
        self.tables[MEMBERS].set_rows(cells.member_rows(shown))
        self.tables[SOURCES].set_rows(cells.source_rows(found))
        self.which.set_text(STUCK, _("Stuck: {n}", n=integer(len(shown.stuck))))
        self._say()

    def go_to(self, **where: object) -> None:
        """Show one of the tables: ``table`` is its key."""
        key = where.get("table")
        if isinstance(key, str) and key in self.tables:
            self.show_table(key)

    def show_table(self, key: str) -> None:
        """Show stuck deals, losses, members or sources below the stages."""
        if key == STAGES:
            self.tables[STAGES].setFocus()
            return
        self.which.set_current(key)
        self._tables.setCurrentWidget(self.tables[key])
        self.to_week.setVisible(key == STUCK)
        self._say()

    def take(self, typed: "list[Edit]") -> None:
        """Write the norms typed, cleared or pasted.

        Raises:
            DomainError: a text that is no number of days; nothing is written.
        """
        norms: list[tuple[str, str, int | None]] = []
        for edit in typed:
            if edit.column != cells.NORM or not isinstance(edit.row, tuple):
                continue
            text = edit.text.strip()
            if text and not (text.isascii() and text.isdigit()):
                raise DomainError(
                    N_("A norm is a number of days from 1 to {most}."), most=3650, field="norm"
                )
            norms.append((*edit.row, int(text) if text else None))
        for pipeline, stage, days in norms:
            service.set_norm(self.context.workspace, pipeline, stage, days)

    def plan_selected(self) -> None:
        """Put the deals selected in the list of stuck ones into this week's plan."""
        if self.shown is None:
            return
        table = self.tables[STUCK]
        keys = {table.list_model.rows[index.row()].key for index in table.selectedIndexes()}
        deals = [deal for deal in self.shown.stuck if deal.deal_id in keys]
        if not deals:
            self.context.toast(_("Select deals in the list first."))
            return
        today = self.context.today()
        actions = [
            NewAction(
                title=_("Move the deal on: {deal}", deal=deal.title or _("Deal without a name")),
                week=today, member_id=deal.member_id, metric="deals_won",
                note=_("Stage «{stage}», {n} days with a norm of {norm}", stage=deal.stage,
                       n=integer(deal.days), norm=integer(deal.norm_days)),
            )
            for deal in deals
        ]  # fmt: skip
        try:
            week.add(self.context.workspace, actions)
        except DomainError as error:
            self.show_error(describe(error))
            return
        said = ngettext(
            "{n} action put into the week's plan", "{n} actions put into the week's plan",
            len(actions),
        )  # fmt: skip
        self.context.toast(said, undo=True)

    def copy_all(self) -> None:
        """Put the table in sight on the clipboard as Excel reads it, its headings first."""
        table = self.tables[self.which.current]
        lines = ["\t".join(column.title for column in table.list_model.columns)]
        lines += ["\t".join(cell.plain for cell in row.cells) for row in table.list_model.rows]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.context.toast(_("The table is on the clipboard: paste it into Excel"))

    def import_file(self) -> None:
        """Go to the imports."""
        if "app.import" in self.context.registry:
            self.context.registry.run("app.import")
        else:
            self.context.navigate("imports")

    # -- making

    def _build(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.choices = Choices()
        self.choices.changed.connect(self.refresh)
        self.how = self.choices.how
        self.how.changed.connect(self._redraw)
        column.addWidget(self.choices)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(12)
        self.drawn = Drawn()
        self._row.addWidget(self.drawn, 4)
        self._row.addWidget(self._build_right(), 7)
        column.addLayout(self._row, 1)
        return whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tables below the drawing where both have no room side by side."""
        super().resizeEvent(event)
        narrow = self.width() < current_theme().px(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self.drawn.set_whole(whole=narrow)

    def _build_right(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.stages_card = Card(_("Stages"), _("type a norm of your own in its column"))
        table = FittingTable(cells.stage_columns(), _SPARE[STAGES])
        table.setAccessibleName(_("Stages"))
        table.set_edit_handler(self.take)
        table.editing_changed.connect(self._follow_editing)
        self.tables[STAGES] = table
        self.stages_card.body.addWidget(table)
        column.addWidget(self.stages_card)
        column.addWidget(self._build_lists(), 1)
        return whole

    def _build_lists(self) -> QWidget:
        card = Card()
        self.which = Segmented(
            [
                (STUCK, _("Stuck: {n}", n=integer(0))),
                (LOSSES, _("Losses")), (MEMBERS, _("Members")), (SOURCES, _("Sources")),
            ],
            name=_("Table"),
        )  # fmt: skip
        self.which.changed.connect(self.show_table)
        card.body.addWidget(self.which)
        self._tables = QStackedWidget()
        columns = {
            STUCK: cells.stuck_columns(),
            LOSSES: cells.loss_columns(), MEMBERS: cells.group_columns(_("Member")),
            SOURCES: cells.group_columns(_("Source")),
        }  # fmt: skip
        names = {
            STUCK: _("Stuck deals"), LOSSES: _("Losses"),
            MEMBERS: _("Members"), SOURCES: _("Sources"),
        }  # fmt: skip
        for key, heads in columns.items():
            table = FittingTable(heads, _SPARE[key])
            table.setAccessibleName(names[key])
            self.tables[key] = table
            self._tables.addWidget(table)
        self.tables[STUCK].cell_activated.connect(self.open_deal)
        self.tables[STUCK].row_activated.connect(self.open_deal)
        card.body.addWidget(self._tables, 1)
        foot = QHBoxLayout()
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.setProperty("role", "secondary")
        foot.addWidget(self._said, 1)
        self.to_week = SecondaryButton(_("Into the week's plan"))
        self.to_week.setToolTip(_("Makes an action of this week for the owner of each deal chosen"))
        self.to_week.clicked.connect(self.plan_selected)
        foot.addWidget(self.to_week)
        self.copy = SecondaryButton(_("Copy all"))
        self.copy.clicked.connect(self.copy_all)
        foot.addWidget(self.copy)
        card.body.addLayout(foot)
        return card

    # -- following

    def open_deal(self, key: object) -> None:
        """Open a deal of the list."""
        if isinstance(key, int):
            self.behind = open_deal(self.context.workspace, key, self)

    def _redraw(self, _key: str) -> None:
        self._draw()

    def _draw(self) -> None:
        if self.shown is not None:
            found = self.shown.found
            line = words.chosen(found, self.choices.pipeline)
            self.drawn.show_line(line, self.how.current, named=len(found.pipelines) > 1)

    def _say(self) -> None:
        if self.shown is None:
            return
        key, shown = self.which.current, self.shown
        said = ""
        if key == STUCK:
            if not shown.stuck:
                said = _("No deal stands longer than it should.")
            elif shown.found.old_after is not None:
                said = _("An old deal is one open for more than {n} days: nine of ten won faster.",
                         n=integer(shown.found.old_after))  # fmt: skip
        elif key == LOSSES and not shown.found.losses:
            said = _("No deal was lost in this month.")
        self._said.setText(said)

    def _fit_stages(self) -> None:
        """Give the stages the height they need, and leave the lists theirs."""
        table = self.tables[STAGES]
        count = min(max(1, table.list_model.rowCount()), _MOST_STAGES)
        high = table.horizontalHeader().sizeHint().height()
        table.setFixedHeight(high + count * table.verticalHeader().defaultSectionSize() + 6)

    def _follow_editing(self, on: bool) -> None:
        if on:
            self.begin_edit()
        else:
            self.end_edit()

    def _show_empty(self) -> None:
        if self._empty is None:
            self._empty = EmptyState(
                _("Here the way of deals through their stages is seen: where they stop, where they "
                  "are lost, which got stuck. Import deals from your CRM first, then again each "
                  "week: the program keeps what changed between two exports."),
                (_("Import…"), self.import_file),
            )  # fmt: skip
            self._pages.addWidget(self._empty)
        self._pages.setCurrentWidget(self._empty)
