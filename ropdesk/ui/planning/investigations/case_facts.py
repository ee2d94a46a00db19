"""The facts of an investigation: gathered by the program, shown beside a small chart."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import investigation_facts
from ropdesk.ui.planning.investigations import facts_rows, words
from ropdesk.ui.planning.investigations.weeks_chart import WeeksChart
from ropdesk.ui.tables.cells import Column, Row
from ropdesk.ui.team.sections import Section
from ropdesk.ui.team.small_table import SmallTable
from ropdesk.ui.widgets.buttons import LinkLabel
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from datetime import date

    from ropdesk.services.funnel import StuckDeal
    from ropdesk.services.investigation_facts import Facts
    from ropdesk.ui.context import Context
    from ropdesk.ui.runner import Progress

NUMBERS, PEOPLE, DEALS, EVENTS = "numbers", "people", "deals", "events"


class CaseFacts(Section):
    """Numbers and a chart, people, deals, events; asked for in the worker."""

    def __init__(self, context: "Context") -> None:
        super().__init__(_("Facts"))
        self._context = context
        self._asked = 0
        self.facts: Facts | None = None
        self._looked: Facts | None = None  # whose stuck deals have been asked for
        self.choice = Segmented(
            [(NUMBERS, _("numbers")), (PEOPLE, _("people")), (DEALS, _("deals and calls")),
             (EVENTS, _("events"))],
            name=_("Facts"),
        )  # fmt: skip
        self.choice.changed.connect(self._show_part)
        self.behind = LinkLabel(_("Rows behind the number"))
        self.behind.clicked.connect(self._open_behind)
        self._head.addWidget(self.behind)
        self.body.addWidget(self.choice)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("role", "secondary")
        self.chart = WeeksChart()
        self.tables: dict[str, SmallTable] = {}
        self._parts = {
            NUMBERS: self._part(self.chart, self._table("numbers")),
            PEOPLE: self._part(self._table("people")),
            DEALS: self._part(
                self._table("deals"), self._table("sources"), self._table("large"),
                self._table("calls"),
            ),
            EVENTS: self._part(self._table("events")),
        }  # fmt: skip
        self.tables["large"].cell_activated.connect(self._open_deal)
        self.tables["people"].cell_activated.connect(self._open_person)
        self.body.addWidget(self.sentence)
        for part in self._parts.values():
            self.body.addWidget(part)
        self._show_part()

    def ask(self, case_id: int, today: "date") -> None:
        """Gather the facts of a case; the answer is shown unless another was asked for since."""
        self._asked = case_id
        self._context.runner.start(
            partial(_gather, self._context.workspace, case_id, today),
            self._answered, self._failed, quiet=True,
        )  # fmt: skip

    def _answered(self, facts: "Facts") -> None:
        from shiboken6 import isValid

        if not isValid(self) or facts.case.id != self._asked:
            return
        self.facts = facts
        self.sentence.setText(words.compared(facts))
        self.chart.show_facts(facts)
        for key, (columns, rows) in {
            "numbers": facts_rows.numbers(facts),
            "people": facts_rows.people(facts),
            "deals": facts_rows.deals(facts),
            "sources": facts_rows.sources(facts.deals),
            "large": facts_rows.large(facts),
            "calls": facts_rows.calls(facts),
            "events": facts_rows.events(facts, self._context.today().year),
        }.items():
            self._fill(self.tables[key], columns, rows)
        self.behind.setVisible(len(facts.case.member_ids) < 2)
        self.choice.set_text(EVENTS, _("events {n}", n=len(facts.events)))
        self._show_part()

    def _look_for_stuck(self, facts: "Facts") -> None:
        """Ask for the stuck deals when somebody looks at deals: they take their time."""
        if self._looked is facts:
            return
        self._looked = facts
        self._context.runner.start(
            partial(_stuck, self._context.workspace, facts),
            partial(self._stuck_found, facts), self._failed, quiet=True,
        )  # fmt: skip

    def _stuck_found(self, facts: "Facts", found: "list[StuckDeal]") -> None:
        from shiboken6 import isValid

        if isValid(self) and self.facts is facts:
            self._fill(self.tables["large"], *facts_rows.large(facts, found))

    def _failed(self, error: BaseException) -> None:
        from shiboken6 import isValid

        if not isinstance(error, DomainError):
            raise error
        if isValid(self):
            self.sentence.setText(describe(error))

    # -- inside

    def _fill(self, table: SmallTable, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        if [c.title for c in table.list_model.columns] != [c.title for c in columns]:
            table.set_columns(columns)
        table.set_rows(rows)
        table.setVisible(bool(rows))

    def _table(self, key: str) -> SmallTable:
        table = SmallTable([])
        table.setAccessibleName(_("Facts"))
        table.hide()
        self.tables[key] = table
        return table

    def _part(self, *widgets: QWidget) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            column.addWidget(widget)
        return part

    def _show_part(self, *_told: object) -> None:
        for key, part in self._parts.items():
            part.setVisible(key == self.choice.current)
        facts, chosen = self.facts, self.choice.current
        if facts is not None and chosen == DEALS:
            self._look_for_stuck(facts)
        if facts is None:
            self.sentence.setText("")
        elif chosen == NUMBERS:
            self.sentence.setText(words.compared(facts))
        elif chosen == DEALS and facts.deals.empty:
            self.sentence.setText(_("No deals closed on these days, nor in the period before."))
        elif chosen == EVENTS and not facts.events:
            self.sentence.setText(_("Nothing else is known of these days."))
        else:
            self.sentence.setText("")
        self.sentence.setVisible(bool(self.sentence.text()))

    def _open_behind(self) -> None:
        if self.facts is not None:
            self._open(next(iter(self.facts.case.member_ids), None))

    def _open_person(self, ref: object) -> None:
        if isinstance(ref, int):
            self._open(ref)

    def _open(self, member: int | None) -> None:
        from ropdesk.ui.planning import behind
        from ropdesk.ui.planning.board_cells import Behind

        if self.facts is not None:
            case = self.facts.case
            where = Behind(case.metric, member, case.first, self.facts.until)
            behind.open_behind(self._context.workspace, where, self)

    def _open_deal(self, ref: object) -> None:
        from ropdesk.ui.planning import behind

        if isinstance(ref, int):
            behind.open_deal(self._context.workspace, ref, self)


def _stuck(ws: Any, facts: "Facts", _progress: "Progress") -> "list[StuckDeal]":
    return investigation_facts.stuck_deals(ws, facts)


def _gather(ws: Any, case_id: int, today: "date", _progress: "Progress") -> "Facts":
    return investigation_facts.facts(ws, case_id, today)
