"""The planning page: plan–fact, the plan itself and the day's facts of one month."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ropdesk.i18n import _, day_month
from ropdesk.services.board import Board, PlanState
from ropdesk.ui.page import Page
from ropdesk.ui.planning import actions
from ropdesk.ui.planning.board_view import BoardView
from ropdesk.ui.planning.board_words import working_day
from ropdesk.ui.roles import State
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.month import MonthSwitcher, add_months

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

BOARD, PLAN, DAY = "board", "decomposition", "day"


class PlanningPage(Page):
    """One month, three sides. `go_to` takes ``month`` (a date), ``view``, ``day``, ``metric``."""

    watches = frozenset({"plan", "calendar_day", "setting"})

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(context, _("Planning"), parent)
        actions.register(context.registry).page = self
        self._month = context.today().replace(day=1)
        self._switcher = MonthSwitcher(self._month)
        self._switcher.changed.connect(self.set_month)
        self.set_period(self._switcher)
        self._days_chip = Chip("")
        self._plan_chip = Chip("")
        self.set_chips([self._days_chip, self._plan_chip])
        self._add_buttons()
        self.add_view(BOARD, _("Plan–fact"), self._make_board)

    @property
    def month(self) -> date:
        """First day of the month shown."""
        return self._month

    def set_month(self, month: date) -> None:
        """Show another month on every side."""
        self._month = month.replace(day=1)
        self._switcher.set_month(self._month)
        for key in (BOARD,):
            if key in self._views:
                self._tell_month(self.view(key))
        self.mark_stale()

    def reload(self) -> None:
        """Say how far the month has gone and how its plan stands."""
        from ropdesk.services import board

        month = self._month
        as_of = min(self.context.today(), board.month_end(month))
        self._show_state(board.board(self.context.workspace, month, as_of, codes=("receipts",)))

    def go_to(self, **where: object) -> None:
        """Go to a month, a side, a day or a metric."""
        month = where.get("month")
        if isinstance(month, date):
            self.set_month(month)
        super().go_to(**where)
        metric = where.get("metric")
        board = self.view(BOARD)
        if isinstance(metric, str) and isinstance(board, BoardView):
            board.choose_metric(metric)

    # -- actions

    def enter_fact(self) -> None:
        """Open the day's grid."""

    def import_file(self) -> None:
        """Go to the imports."""
        self.context.navigate("imports")

    def print_month(self) -> None:
        """Go to the month's report."""
        self.context.navigate("reports", month=self._month)

    def choose_metrics(self) -> None:
        """Open the choice of metrics."""

    def previous_month(self) -> None:
        """Show the month before."""
        self.set_month(add_months(self._month, -1))

    def next_month(self) -> None:
        """Show the month after."""
        self.set_month(add_months(self._month, 1))

    def this_month(self) -> None:
        """Show the month of today."""
        self.set_month(self.context.today())

    # -- inside

    def _add_buttons(self) -> None:
        registry = self.context.registry
        registry.refresh()
        for name in ("planning.import", "planning.print"):
            if registry[name].isEnabled():
                self.add_header_action(name)
        self.add_header_action("planning.enter_fact", primary=True)

    def _make_board(self) -> QWidget:
        view = BoardView(self.context, self._month)
        view.import_wanted.connect(self.import_file)
        view.plan_wanted.connect(self._open_plan)
        return view

    def _open_plan(self) -> None:
        if PLAN in self._factories:
            self.show_view(PLAN)

    def _tell_month(self, view: QWidget) -> None:
        if isinstance(view, BoardView):
            view.set_month(self._month)

    def _show_state(self, board: Board) -> None:
        self._days_chip.set(working_day(board, self.context.today()))
        self._plan_chip.set(*plan_words(board.plan))


def plan_words(plan: PlanState) -> tuple[str, State]:
    """Say how a month's plan stands, for its chip."""
    if plan.status == "none":
        return _("no plan"), State.WARNING
    if plan.status == "draft":
        return _("Plan is a draft"), State.WARNING
    on = day_month(plan.approved_on) if plan.approved_on is not None else ""
    words = _("Plan approved {day}", day=on)
    if plan.version is not None and plan.version > 1:
        words = _("Plan approved {day} · version {version}", day=on, version=plan.version)
    return words, State.GOOD
