"""What can be done with a month's plan as a whole, registered by name."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from shiboken6 import isValid

from ropdesk.domain.errors import N_
from ropdesk.domain.months import add_months
from ropdesk.i18n import _, month_name, ngettext
from ropdesk.services import planning, planning_start, planning_versions
from ropdesk.services.planning_funnel import change_funnel
from ropdesk.services.planning_reference import capacity
from ropdesk.ui.page import Page
from ropdesk.ui.planning.compare_texts import compared_lines
from ropdesk.ui.planning.decomposition_source import MonthPlan
from ropdesk.ui.planning.decomposition_words import version_details, version_words
from ropdesk.ui.planning.members_texts import overload_lines
from ropdesk.ui.planning.versions_dialog import ComparedLine, VersionChoice, VersionsDialog
from ropdesk.ui.widgets.dialogs import ConfirmReason, Dialog

if TYPE_CHECKING:
    from ropdesk.ui.actions import ActionRegistry
    from ropdesk.ui.context import Context
    from ropdesk.ui.planning.decomposition import DecompositionView

VIEW = "decomposition"
PRINT = "reports.plan_sheet"
STANDARD = "standard"
MENU = (
    "planning.scale_scenarios",
    "planning.plan_span",
    "planning.compare_versions",
    "planning.refresh_days",
    "planning.discard_draft",
)
_SCALE = (88, 112)  # percent of the standard proposed for the minimum and the maximum


class DecompositionActions(QObject):
    """The actions of a month's plan; dialogs where they ask something."""

    def __init__(self, context: "Context", page: Page, view: "DecompositionView") -> None:
        super().__init__(view)
        self._context = context
        self._page = page
        self._view = view
        self.dialog: Dialog | None = None
        self._register()

    def run(self, key: str) -> None:
        """Run what a link in the text means."""
        known: dict[str, Callable[[], object]] = {
            "correct": self.correct,
            "scale": self.scale_scenarios,
        }
        known[key]()

    # -- starting a plan

    def copy_month(self) -> None:
        """Start from the plan of the month before."""
        source = add_months(self._month, -1)
        if self._attempt(planning_start.copy_plan, self._month, source):
            self._said(_("The plan of {month} is copied.", month=month_name(source)))

    def plan_from_history(self) -> None:
        """Start from the mean of the last six months."""
        shown = self._shown
        mean = None if shown is None else shown.funnel.references["receipts"].mean
        if mean is None:
            return
        rounded = mean // 100 * 100  # whole roubles
        if self._attempt(change_funnel, self._month, self._view.scenario, "receipts", rounded):
            self._said(_("The plan is the mean of the last 6 months."))

    def plan_span(self) -> None:
        """Plan a quarter or a year."""
        from ropdesk.ui.planning.span_dialog import SpanDialog

        shown = self._shown
        if shown is not None:
            self._open(SpanDialog(self._month, shown.options, self._plan_span, self._page))

    def _plan_span(self, first: date, months: int, code: str, total: int) -> None:
        planning_start.plan_span(
            self._context.workspace, first, months, code, total, self._view.scenario
        )
        self._said(ngettext("{n} month is planned.", "{n} months are planned.", months))

    def scale_scenarios(self) -> None:
        """Make the minimum and the maximum of the standard."""
        from ropdesk.ui.planning.scale_dialog import ScaleDialog

        self._open(ScaleDialog(*self._percents(), self._scale, self._page))

    def _percents(self) -> tuple[int, int]:
        """Propose the percentages that the scenarios have now."""
        shown = self._shown
        standard = None if shown is None else shown.totals[STANDARD]
        if shown is None or not standard:
            return _SCALE
        low, high = shown.totals["minimum"], shown.totals["maximum"]
        minimum = _SCALE[0] if low is None else min(100, low * 100 // standard)
        maximum = _SCALE[1] if high is None else max(100, high * 100 // standard)
        return max(1, minimum), maximum

    def _scale(self, minimum: int, maximum: int) -> None:
        planning_start.scale_scenarios(self._context.workspace, self._month, minimum, maximum)
        self._said(_("Minimum and maximum follow the standard."))

    def refresh_days(self) -> None:
        """Share and spread the draft anew: absences, calendar, team or ramp-up have changed."""
        if self._attempt(planning.refresh_days, self._month):
            self._said(_("The draft follows the calendar and the team."))

    # -- versions

    def approve(self) -> None:
        """Show the overload, ask who approves and when, approve."""
        from ropdesk.ui.planning.approve_dialog import ApproveDialog

        shown = self._shown
        if shown is None or not self._is_draft():
            return
        loads = capacity(self._context.workspace, self._month, STANDARD)
        self._open(
            ApproveDialog(
                self._month, overload_lines(shown, loads), shown.sales_head,
                self._context.today(), self._approve, self._page,
            )
        )  # fmt: skip

    def _approve(self, by: str, on: date) -> None:
        planning_versions.approve(self._context.workspace, self._month, by, on)
        self._said(_("The plan for {month} is approved.", month=month_name(self._month)))

    def correct(self) -> None:
        """Ask for the reason and start a new version."""
        if not self._is_approved():
            return
        dialog = ConfirmReason(
            _("Correct the plan: {month}", month=month_name(self._month)),
            _(
                "A new version starts as a copy of the approved one, which stays in force until "
                "the new one is approved."
            ),
            _("Start a new version"),
            self._page,
        )
        dialog.accepted.connect(self._correct)
        self._open(dialog)

    def _correct(self) -> None:
        if isinstance(self.dialog, ConfirmReason):
            self._attempt(planning_versions.correct, self._month, self.dialog.reason)

    def discard_draft(self) -> None:
        """Throw the draft away; undoable."""
        if self._attempt(planning_versions.discard_draft, self._month):
            self._said(_("The draft is discarded."))

    def compare_versions(self) -> None:
        """Show two versions side by side."""
        shown = self._shown
        if shown is None or shown.plan is None:
            return
        choices = [
            VersionChoice(one.version, version_words(one), version_details(one))
            for one in shown.plan.versions
        ]
        self._open(VersionsDialog(self._month, choices, self._compare, self._page))

    def _compare(self, a: int, b: int) -> Sequence[ComparedLine]:
        return compared_lines(self._context.workspace, self._month, a, b)

    def print_plan(self) -> None:
        """Go where the plan sheet is printed."""
        if PRINT in self._context.registry:
            self._context.navigate("reports", kind="plan_sheet", month=self._month)

    # -- inside

    @property
    def _month(self) -> date:
        return self._view.month

    @property
    def _shown(self) -> MonthPlan | None:
        return self._view.shown

    def _attempt(self, service: Callable[..., object], *arguments: object) -> bool:
        return self._view.attempt(service, self._context.workspace, *arguments)

    def _said(self, words: str) -> None:
        self._context.toast(words, undo=True)

    def _open(self, dialog: Dialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _is_draft(self) -> bool:
        shown = self._shown
        return shown is not None and shown.plan is not None and not shown.empty and shown.editable

    def _is_approved(self) -> bool:
        shown = self._shown
        return shown is not None and shown.plan is not None and shown.plan.status == "approved"

    def _can_copy(self) -> bool:
        return self._shown is not None and self._shown.editable and self._shown.previous

    def _can_compare(self) -> bool:
        shown = self._shown
        return shown is not None and shown.plan is not None and len(shown.plan.versions) > 1

    def _can_discard(self) -> bool:
        shown = self._shown
        return shown is not None and shown.plan is not None and shown.plan.status == "draft"

    def _can_print(self) -> bool:
        shown = self._shown
        return shown is not None and not shown.empty and PRINT in self._context.registry

    def _register(self) -> None:
        registry = self._context.registry
        registered: list[tuple[str, QAction]] = []
        for name, text, handler, enabled, icon in (
            ("planning.approve", N_("Approve the plan…"), self.approve, self._is_draft, "check"),
            ("planning.correct", N_("Correct the approved plan…"), self.correct, self._is_approved,
             "edit"),
            ("planning.copy_month", N_("Copy last month's plan"), self.copy_month, self._can_copy,
             "copy"),
            ("planning.scale_scenarios", N_("Scenarios by percent…"), self.scale_scenarios,
             self._is_draft, "chart"),
            ("planning.plan_span", N_("Plan a quarter or a year…"), self.plan_span, None,
             "calendar"),
            ("planning.compare_versions", N_("Compare versions…"), self.compare_versions,
             self._can_compare, "history"),
            ("planning.refresh_days", N_("Share anew by calendar and team"), self.refresh_days,
             self._is_draft, "refresh"),
            ("planning.discard_draft", N_("Discard the draft"), self.discard_draft,
             self._can_discard, "trash"),
            ("planning.print_plan", N_("Print the plan"), self.print_plan, self._can_print,
             "print"),
        ):  # fmt: skip
            if name in registry:  # of a view that is gone: pages are made anew in another language
                registry.remove(name)
            action = registry.add(name, text, handler, icon=icon, page="planning", enabled=enabled)
            registered.append((name, action))
        self._view.destroyed.connect(_Unregister(registry, registered))


class _Unregister:
    """Takes a view's actions out of the registry when the view goes."""

    def __init__(self, registry: "ActionRegistry", actions: list[tuple[str, QAction]]) -> None:
        self._registry = registry
        self._actions = actions

    def __call__(self, _gone: QObject | None = None) -> None:
        if not isValid(self._registry):
            return
        for name, action in self._actions:
            if name in self._registry and self._registry[name] is action:
                self._registry.remove(name)
