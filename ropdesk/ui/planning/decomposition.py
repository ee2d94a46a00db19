"""The decomposition of a month: the funnel, the days, the members, and approving it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import planning
from ropdesk.services.planning_funnel import change_funnel
from ropdesk.services.planning_import import paste_block
from ropdesk.ui import values
from ropdesk.ui.page import Page, View
from ropdesk.ui.planning import days_texts, members_texts, scenario_texts
from ropdesk.ui.planning.days_card import DaysCard
from ropdesk.ui.planning.decomposition_actions import DecompositionActions
from ropdesk.ui.planning.decomposition_header import DecompositionHeader
from ropdesk.ui.planning.decomposition_source import MonthPlan, read
from ropdesk.ui.planning.members_card import PLAN, MembersCard
from ropdesk.ui.planning.offers_card import OffersCard
from ropdesk.ui.planning.outlook_cards import OutlookRow
from ropdesk.ui.planning.scenario_card import ScenarioCard
from ropdesk.ui.tables.cells import Edit
from ropdesk.ui.theme import current_theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from ropdesk.ui.context import Context

VIEW = "decomposition"
_LEFT = 440  # the funnel and the days, in pixels at 100 % text scale


class DecompositionView(View):
    """One month's plan, taken apart: department → members → days, receipts → calls."""

    watches = frozenset(
        {
            "absence", "calendar_day", "daily_value", "member", "own_metric", "plan", "plan_day",
            "plan_value", "ramp_up", "setting",
        }
    )  # fmt: skip

    def __init__(self, context: "Context", page: Page) -> None:
        super().__init__()
        self._context = context
        self._page = page
        self._month = context.today().replace(day=1)
        self._scenario = "standard"
        self._metric = "receipts"
        self._shown: MonthPlan | None = None
        self._build()
        self.actions_of_month = DecompositionActions(context, page, self)
        self.header = DecompositionHeader(context, page, self.actions_of_month, self)
        self._connect()

    # -- what is shown

    @property
    def month(self) -> date:
        """First day of the month shown."""
        return self._month

    @property
    def shown(self) -> MonthPlan | None:
        """What was read last."""
        return self._shown

    @property
    def scenario(self) -> str:
        """The scenario shown."""
        return self._scenario

    def set_month(self, month: date) -> None:
        """Show another month."""
        if month.replace(day=1) != self._month:
            self._month = month.replace(day=1)
            self._shown = None
            self.scenario_card.forget_typing()
            self.mark_stale()

    def set_scenario(self, scenario: str) -> None:
        """Show another scenario."""
        self._scenario = scenario
        self.scenario_card.forget_typing()
        self.refresh()

    def set_metric(self, code: str) -> None:
        """Take another metric apart."""
        self._metric = code
        self.refresh()

    def reload(self) -> None:
        """Ask for the month and show it."""
        today = self._context.today()
        month = read(self._context.workspace, self._month, self._scenario, self._metric, today)
        self._shown = month
        self.scenario_card.show_scenario(scenario_texts.scenario_view(month))
        self.days_card.show_days(days_texts.days_view(month))
        self.members_card.show_members(members_texts.members_view(month))
        self.offers.show_month(month)
        self.outlook.show_month(month)
        self.header.show_month(month)

    # -- what is typed

    def _typed_field(self, field: str, text: str) -> None:
        month = self._now()
        metric = scenario_texts.funnel_metric(month, field)
        value = values.parse(metric, text, scenario_texts.field_style(month, field))
        change_funnel(self._context.workspace, self._month, self._scenario, field, value)
        self._page.clear_error()

    def _typed_day(self, day: date, text: str) -> None:
        month = self._now()
        value = values.parse(month.metric, text, days_texts.day_style(month))
        planning.set_day(
            self._context.workspace, self._month, day, month.metric.code, value, None,
            self._scenario,
        )  # fmt: skip

    def _typed_members(self, edits: Sequence[Edit]) -> None:
        month = self._now()
        how = members_texts.plan_style(month)
        wanted = [
            (_member_of(edit), values.parse(month.metric, edit.text, how))
            for edit in edits
            if edit.column == PLAN
        ]
        block = {member: value for member, value in wanted if value is not None}
        if len(wanted) > 1 and len(block) == len(wanted):
            paste_block(
                self._context.workspace, self._month, month.metric.code, block, self._scenario
            )
            return
        for member, value in wanted:
            planning.set_value(
                self._context.workspace, self._month, month.metric.code, value, member,
                self._scenario,
            )  # fmt: skip

    def _unlock(self, member: object) -> None:
        month = self._now()
        self.attempt(
            planning.unlock, self._context.workspace, self._month, month.metric.code, member,
            self._scenario,
        )  # fmt: skip

    def _share_by(self, method: str) -> None:
        month = self._now()
        if month.plan is None:
            return
        self.attempt(planning.distribute, self._context.workspace, self._month, method)
        self.mark_stale()

    def _advised(self, key: str) -> None:
        step = scenario_texts.step_of(key)
        if step is None:
            self.actions_of_month.run(key)
        elif self.attempt(
            change_funnel, self._context.workspace, self._month, self._scenario, *step
        ):
            self._context.toast(_("The funnel follows."), undo=True)

    def attempt(self, service: object, *arguments: object) -> bool:
        """Call a service; an error is said above the page. Returns whether it went through."""
        if not callable(service):
            raise TypeError(service)
        try:
            service(*arguments)
        except DomainError as error:
            self._page.show_error(describe(error))
            return False
        self._page.clear_error()
        return True

    def _go_to_load(self, key: object) -> None:
        """Go to the plan's cell of an overloaded member."""
        month = self._now()
        if not isinstance(key, tuple):
            return
        member, code = key
        if code in {metric.code for metric in month.options} and code != self._metric:
            self.set_metric(code)
        self.members_card.table.go_to_cell(member, PLAN)
        self.members_card.table.setFocus()

    def type_receipts(self) -> None:
        """Put the cursor where the goal is typed."""
        self.scenario_card.field("receipts").setFocus()

    def _now(self) -> MonthPlan:
        if self._shown is None:
            self.refresh()
        if self._shown is None:  # hidden: read it all the same
            self.reload()
        assert self._shown is not None  # noqa: S101 - reload has just set it
        return self._shown

    # -- the frame

    def _build(self) -> None:
        names = [(key, _(name)) for key, name in scenario_texts.SCENARIO_NAMES.items()]
        self.scenario_card = ScenarioCard(names)
        self.days_card = DaysCard()
        self.members_card = MembersCard()
        self.offers = OffersCard()
        self.outlook = OutlookRow()
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addWidget(self.scenario_card)
        left.addWidget(self.days_card, 1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.offers)
        right.addWidget(self.members_card, 3)
        right.addWidget(self.outlook, 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._left)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.scenario_card.set_handler(self._typed_field)
        self.scenario_card.scenario_chosen.connect(self.set_scenario)
        self.scenario_card.advised.connect(self._advised)
        self.scenario_card.editing_changed.connect(self._hold)
        self.days_card.grid.set_handler(self._typed_day)
        self.days_card.grid.editing_changed.connect(self._hold)
        table = self.members_card.table
        table.set_edit_handler(self._typed_members)
        table.editing_changed.connect(self._hold)
        table.unlock_wanted.connect(self._unlock)
        self.members_card.metric_chosen.connect(self.set_metric)
        self.members_card.method_chosen.connect(self._share_by)
        self.outlook.loads.table.row_activated.connect(self._go_to_load)
        self.offers.copy_wanted.connect(self.actions_of_month.copy_month)
        self.offers.history_wanted.connect(self.actions_of_month.plan_from_history)
        self.offers.typing_wanted.connect(self.type_receipts)

    def _hold(self, editing: bool) -> None:
        if editing:
            self.begin_edit()
        else:
            self.end_edit()

    def resizeEvent(self, event: "QResizeEvent") -> None:
        """Give the left side its width."""
        super().resizeEvent(event)
        left = min(current_theme().px(_LEFT), self.width() * 49 // 100)
        self._left.setFixedWidth(left)


def _member_of(edit: Edit) -> int | None:
    """Return the member of an edited row; None for the department."""
    return edit.row if isinstance(edit.row, int) else None
