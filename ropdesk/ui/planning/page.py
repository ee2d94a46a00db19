"""The planning page: plan–fact, the plan, the day, and the sides of reasons and actions."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ropdesk.domain.months import add_months, month_end
from ropdesk.i18n import _, day_month
from ropdesk.services import board as boards
from ropdesk.services.board import Board, PlanState
from ropdesk.ui.page import Page
from ropdesk.ui.planning.actions import PlanningActions
from ropdesk.ui.planning.board_view import BoardView
from ropdesk.ui.planning.board_words import working_day
from ropdesk.ui.planning.sides import SIDES, make
from ropdesk.ui.roles import State
from ropdesk.ui.wall import WallScale
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.month import MonthSwitcher

if TYPE_CHECKING:
    from ropdesk.ui.context import Context
    from ropdesk.ui.planning.day_grid import DayView
    from ropdesk.ui.planning.decomposition import DecompositionView
    from ropdesk.ui.planning.metrics_dialog import MetricsDialog
    from ropdesk.ui.planning.side import Side

BOARD, PLAN, DAY = "board", "decomposition", "day"


class PlanningPage(Page):
    """One month and its sides.

    `go_to` takes ``month`` (a date), ``view``, ``day``, ``metric``, ``deal``; what else is given
    goes to the side in ``view``.
    """

    watches = frozenset({"plan", "calendar_day", "setting"})

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(context, _("Planning"), parent)
        PlanningActions.of(context.registry).page = self
        self._month = context.today().replace(day=1)
        self._switcher = MonthSwitcher(self._month)
        self._switcher.changed.connect(self.set_month)
        self.set_period(self._switcher)
        self._days_chip = Chip("")
        self._plan_chip = Chip("")
        self.set_chips([self._days_chip, self._plan_chip])
        self._buttons = self._add_buttons()
        self._plan_parts: list[QWidget] = []
        # The other sides are imported when they are first shown: the board must not wait for them.
        self._board: BoardView | None = None
        self._plan: DecompositionView | None = None
        self._day: DayView | None = None
        self._wall = WallScale(context.theme, self)
        self.dialog: MetricsDialog | None = None
        self.add_view(BOARD, _("Plan–fact"), self._make_board)
        self.add_view(PLAN, _("Decomposition"), self._make_plan)
        self.add_view(DAY, _("Facts of the day"), self._make_day)
        self._sides: dict[str, Side] = {}
        self._side_parts: dict[str, list[QWidget]] = {}
        for key, words, _room, _name in SIDES:
            self.add_view(key, _(words), partial(self._make_side, key))
        self.view_changed.connect(self._follow_view)

    @property
    def month(self) -> date:
        """First day of the month shown."""
        return self._month

    def set_month(self, month: date) -> None:
        """Show another month on every side."""
        self._month = month.replace(day=1)
        self._switcher.set_month(self._month)
        for side in (self._board, self._plan):
            if side is not None:
                side.set_month(self._month)
        if self._day is not None and self._day.day.replace(day=1) != self._month:
            self._day.set_day(self._day_of_month())
        for made in self._sides.values():
            made.set_month(self._month)
        self.mark_stale()

    def reload(self) -> None:
        """Say how far the month has gone and how its plan stands."""
        month = self._month
        as_of = min(self.context.today(), month_end(month))
        self._show_state(boards.board(self.context.workspace, month, as_of, codes=("receipts",)))

    def go_to(self, **where: object) -> None:
        """Go to a month, a side, a day, a metric or a deal."""
        month = where.get("month")
        if isinstance(month, date):
            self.set_month(month)
        super().go_to(**where)
        if self.current_view in self._sides:
            self._sides[self.current_view].go_to(**where)
            return
        metric, day = where.get("metric"), where.get("day")
        if isinstance(metric, str):
            self.show_view(BOARD)
            self.board.choose_metric(metric)
        if isinstance(day, date):
            self.set_month(day)
            self.show_view(DAY)
            self.day_view.set_day(day)
        deal = where.get("deal")
        if isinstance(deal, int):
            from ropdesk.ui.planning import behind

            behind.open_deal(self.context.workspace, deal, self)

    @property
    def board(self) -> BoardView:
        """The side «plan–fact»."""
        self.view(BOARD)
        return cast("BoardView", self._board)

    @property
    def day_view(self) -> "DayView":
        """The side «facts of the day»."""
        self.view(DAY)
        return cast("DayView", self._day)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the window in and out of full screen."""
        super().showEvent(event)
        self._wall.watch(self.window())

    # -- actions

    def enter_fact(self) -> None:
        """Open the day's grid and start typing."""
        self.show_view(DAY)
        self.day_view.start_typing()

    def import_file(self) -> None:
        """Go to the imports."""
        if "app.import" in self.context.registry:
            self.context.registry.run("app.import")
        else:
            self.context.navigate("imports")

    def print_month(self) -> None:
        """Go to the paper of what is shown: a side's own, the month's report, its plan sheet."""
        shown = self._sides.get(self.current_view)
        if shown is not None and shown.print_paper():
            return
        kind = "plan_sheet" if self.current_view == PLAN else "monthly"
        self.context.navigate("reports", kind=kind, month=self._month)

    def choose_metrics(self) -> None:
        """Open the choice of metrics."""
        from ropdesk.ui.planning.metrics_dialog import MetricsDialog

        self.dialog = MetricsDialog(self.context.workspace, self)
        self.dialog.open()

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

    def _add_buttons(self) -> list[QWidget]:
        registry = self.context.registry
        registry.refresh()
        possible = [n for n in ("planning.import", "planning.print") if registry[n].isEnabled()]
        buttons = [self.add_header_action(name) for name in possible]
        return [*buttons, self.add_header_action("planning.enter_fact", primary=True)]

    def _make_board(self) -> QWidget:
        view = BoardView(self.context, self._month)
        view.import_wanted.connect(self.import_file)
        view.plan_wanted.connect(self._open_plan)
        view.metrics_wanted.connect(self.choose_metrics)
        self._board = view
        return view

    def _make_plan(self) -> QWidget:
        from ropdesk.ui.planning.decomposition import DecompositionView

        view = DecompositionView(self.context, self)
        view.set_month(self._month)
        chips = [view.header.time, view.header.state]
        for chip in chips:
            self._chips.addWidget(chip)
        self.add_action_widget(view.header.buttons)
        self._plan_parts = [*chips, view.header.buttons]
        self._plan = view
        return view

    def _make_day(self) -> QWidget:
        from ropdesk.ui.planning.day_grid import DayView

        view = DayView(self.context, self._day_of_month())
        view.import_wanted.connect(self.import_file)
        view.day_chosen.connect(self._follow_day)
        self._day = view
        return view

    def _make_side(self, key: str) -> QWidget:
        side = make(key, self.context, self._month)
        self._sides[key] = side
        parts = list(side.header_parts())
        for part in parts:
            self.add_action_widget(part)
        self._side_parts[key] = parts
        return side

    def _day_of_month(self) -> date:
        today, last = self.context.today(), month_end(self._month)
        return today if self._month <= today <= last else min(last, max(today, self._month))

    def _follow_day(self, day: date) -> None:
        if day.replace(day=1) != self._month:
            self.set_month(day)

    def _follow_view(self, key: str) -> None:
        """Let each side have its own chips and buttons in the header."""
        side = self._sides.get(key)
        for chip in (self._days_chip, self._plan_chip):
            chip.setVisible(key != PLAN and not (side is not None and side.own_period))
        owned = {PLAN: self._plan_parts, **self._side_parts}
        for widget in self._buttons:
            widget.setVisible(key in {BOARD, DAY})
        for owner, parts in owned.items():
            for widget in parts:
                widget.setVisible(owner == key)

    def _open_plan(self) -> None:
        self.show_view(PLAN)

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
