"""The page's header while the decomposition is shown: working time, state, actions."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from ropdesk.domain.months import add_months
from ropdesk.i18n import _
from ropdesk.ui.page import Page
from ropdesk.ui.planning.decomposition_actions import MENU, DecompositionActions
from ropdesk.ui.planning.decomposition_source import MonthPlan
from ropdesk.ui.planning.decomposition_words import month_alone, plan_state, working_time
from ropdesk.ui.widgets.buttons import IconButton, PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.chips import Chip

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

VIEW = "decomposition"
PRINT = "reports.plan_sheet"


class DecompositionHeader(QObject):
    """Chips and buttons that stand in the page's header while this side is shown."""

    def __init__(
        self, context: "Context", page: Page, actions: DecompositionActions, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._page = page
        self._month: MonthPlan | None = None
        self.time, self.state = Chip(""), Chip("")
        self.copy = SecondaryButton()
        self.copy.clicked.connect(actions.copy_month)
        self.print = SecondaryButton(_("Print"))
        self.print.clicked.connect(actions.print_plan)
        self.more = IconButton("more", _("More: scenarios, quarter and year, versions"))
        self.more.clicked.connect(self.open_menu)
        self.correct = SecondaryButton(_("Correct…"))
        self.correct.clicked.connect(actions.correct)
        self.approve = PrimaryButton(_("Approve…"))
        self.approve.clicked.connect(actions.approve)
        self.chips = _row(self.time, self.state)
        self.buttons = _row(self.copy, self.print, self.more, self.correct, self.approve)

    def show_month(self, month: MonthPlan) -> None:
        """Follow the month shown."""
        self.time.set(working_time(month))
        self.state.set(*plan_state(month.plan))
        approved = month.plan is not None and month.plan.status == "approved"
        self.copy.setText(_("Copy {month}", month=month_alone(add_months(month.month, -1))))
        self.copy.setVisible(month.editable and month.previous and not month.empty)
        self.print.setVisible(PRINT in self._context.registry and not month.empty)
        self.correct.setVisible(approved)
        self.approve.setVisible(not approved)
        self.approve.setEnabled(not month.empty)

    def open_menu(self) -> None:
        """Open what is needed less often."""
        menu = self.make_menu()
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    def make_menu(self) -> QMenu:
        """Return the menu of the rarer actions."""
        menu = QMenu(self.more)
        menu.aboutToHide.connect(menu.deleteLater)
        for name in MENU:
            self._context.registry.refresh(name)
            menu.addAction(self._context.registry[name])
        return menu


def _row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    for widget in widgets:
        row.addWidget(widget)
    return holder
