"""The cases: all investigations at the left, the chosen one at the right."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ropdesk.domain.investigations import State
from ropdesk.domain.months import month_end
from ropdesk.i18n import _
from ropdesk.services import investigations, team
from ropdesk.services import metrics as catalogues
from ropdesk.ui import values
from ropdesk.ui.planning.investigations import words
from ropdesk.ui.planning.investigations.case_card import CaseCard
from ropdesk.ui.planning.investigations.case_list import CaseItem, CaseList
from ropdesk.ui.planning.investigations.new_dialog import NewCaseDialog
from ropdesk.ui.planning.side import Side
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.domain.metrics import Metrics
    from ropdesk.services.investigation_rows import CaseLine
    from ropdesk.services.investigations import NewInvestigation
    from ropdesk.ui.context import Context

ALL = "all"
NARROW = 760  # pixels at 100 % text scale under which the card goes below the list


class CasesSide(Side):
    """Investigations by state and the chosen one. `go_to` takes ``record`` (an id)."""

    watches = frozenset(
        {"investigation", "investigation_member", "finding", "planned_action", "member", "absence",
         "daily_value", "plan", "plan_value", "plan_day", "promotion", "promotion_member",
         "calendar_day", "setting", "own_metric", "import_batch", "task"}
    )  # fmt: skip

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        self._lines: list[CaseLine] = []
        self._chosen: int | None = None
        self.dialog: NewCaseDialog | None = None
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._stack.addWidget(self._build())
        self._empty: EmptyState | None = None
        keys = QShortcut(QKeySequence("Ctrl+N"), self)
        keys.activated.connect(self.new_case)

    @property
    def chosen(self) -> int | None:
        """Id of the investigation shown in the card."""
        return self._chosen

    def header_parts(self) -> Sequence[QWidget]:
        """Return printing and the way to a new investigation."""
        self.printing = SecondaryButton(_("Print"))
        self.printing.setToolTip(_("Print this investigation (Ctrl+P)"))
        self.printing.clicked.connect(self.print_paper)
        self.opening = PrimaryButton(_("New investigation…"))
        self.opening.setToolTip(_("New investigation… (Ctrl+N)"))
        self.opening.clicked.connect(self.new_case)
        self._allow()
        return (self.printing, self.opening)

    def go_to(self, **where: object) -> None:
        """Show an investigation, whatever the filter hides."""
        record = where.get("record")
        if isinstance(record, int):
            self._chosen = record
            self.refresh()
            if record not in [line.id for line in self._shown()]:
                self.state.set_current(ALL)
            self._show_list()

    def print_paper(self) -> bool:
        """Print the investigation shown."""
        return self._chosen is not None and self.card.print_paper()

    def set_month(self, month: date) -> None:
        """Remember the month: a new investigation is proposed for it."""
        self.month = month

    def reload(self) -> None:
        """Ask for the list, then for the chosen case."""
        ws, today = self.context.workspace, self.context.today()
        self._lines = investigations.cases(ws, today)
        self._allow()
        if not self._lines:
            self._chosen = None
            self._show_empty()
            return
        self._stack.setCurrentIndex(0)
        for state in State:
            count = sum(line.state is state for line in self._lines)
            self.state.set_text(state.value, _WORDS[state](count))
        self.state.updateGeometry()
        self._show_list()

    def new_case(self) -> None:
        """Ask for a new investigation, of the month shown."""
        ws, today = self.context.workspace, self.context.today()
        last = month_end(self.month)
        period = self.month, today if self.month <= today <= last else last
        self.dialog = NewCaseDialog(
            self._start, catalogues.catalogue(ws), self._names(period), period, today, self
        )
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.open()

    # -- inside

    def _build(self) -> QWidget:
        whole = Columns(NARROW)
        card = Card(_("Investigations"))
        self.state = Segmented(
            [(ALL, _("all")), *((state.value, _WORDS[state](0)) for state in State)],
            name=_("Which investigations"),
        )
        self.state.changed.connect(self._show_list)
        card.body.addWidget(self.state)
        self.table = CaseList()
        self.table.setAccessibleName(_("Investigations"))
        self.table.setMinimumHeight(current_theme().px(140))
        self.table.chosen.connect(self._choose)
        card.body.addWidget(self.table, 1)
        whole.add(card, 36)
        self.card = CaseCard(self.context, self)
        whole.add(self.card, 64)
        return whole

    def _shown(self) -> list["CaseLine"]:
        wanted = self.state.current
        return [line for line in self._lines if wanted in {ALL, line.state.value}]

    def _show_list(self, *_told: object) -> None:
        known = catalogues.catalogue(self.context.workspace)
        shown = self._shown()
        ids = [line.id for line in shown]
        if self._chosen not in ids:
            self._chosen = ids[0] if ids else None
        today = self.context.today()
        self.table.set_items([_item(line, known, today) for line in shown], self._chosen)
        self._show_card()

    def _show_card(self) -> None:
        self.card.setVisible(self._chosen is not None)
        self._allow()
        if self._chosen is None:
            return
        today = self.context.today()
        case = investigations.case(self.context.workspace, self._chosen, today)
        self.card.show_case(case, self._names((case.first, case.last), case.member_ids))

    def _names(self, period: tuple[date, date], more: Sequence[int] = ()) -> dict[int, str]:
        """Name the members of the days, and those already chosen."""
        people = team.team(self.context.workspace)
        found = {member.id: member.name for member in people.active(*period)}
        for member_id in more:
            if member_id in people.members:
                found.setdefault(member_id, people.members[member_id].name)
        return found

    def _show_empty(self) -> None:
        if self._empty is None:
            self._empty = EmptyState(
                _(
                    "An investigation asks why a number fell or rose. The program gathers the "
                    "facts; you write the cause, decide, act, and on a day you choose it puts the "
                    "numbers before and after side by side."
                ),
                (_("New investigation…"), self.new_case),
            )
            self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _start(self, new: "NewInvestigation") -> None:
        self._chosen = investigations.start(self.context.workspace, new)
        self.state.set_current(ALL)
        self.refresh()

    def _choose(self, key: int) -> None:
        if key != self._chosen:
            self.card.decision.keep_all()
            self._chosen = key
            self._show_card()

    def _allow(self) -> None:
        if hasattr(self, "printing"):
            self.printing.setEnabled(self._chosen is not None)


def _item(line: "CaseLine", known: "Metrics", today: date) -> CaseItem:
    told, state = words.state_chip(line, today)
    metric = values.name(known[line.metric]) if line.metric in known else line.metric
    about = ", ".join((metric, words.people(line.members), words.span(line.first, line.last)))
    tip = "\n".join(part for part in (line.question, about, words.counts(line)) if part)
    return CaseItem(line.id, line.question, about, told, state, line.state is not State.CLOSED, tip)


def _open(count: int) -> str:
    return _("open {n}", n=count)


def _acting(count: int) -> str:
    return _("acting {n}", n=count)


def _closed(count: int) -> str:
    return _("closed {n}", n=count)


_WORDS = {State.OPEN: _open, State.ACTING: _acting, State.CLOSED: _closed}
