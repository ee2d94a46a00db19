"""The actions of the reports page."""

from typing import Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import MonthPage, PageActions
from ropdesk.ui.reports.kinds import MEMBER_SHEETS, MONTHLY, PLAN_SHEET


class Reports(MonthPage, Protocol):
    """What the actions ask of the page."""

    @property
    def ready(self) -> bool:
        """Whether there is paper to print."""

    def save_pdf(self) -> None:
        """Ask where, and save."""

    def print_paper(self) -> None:
        """Ask which printer, and print."""

    def save_xlsx(self) -> None:
        """Ask where, and write the workbook."""

    def choose(self, kind: str) -> None:
        """Show another kind of document."""

    def zoom_in(self) -> None:
        """Show the paper larger."""

    def zoom_out(self) -> None:
        """Show the paper smaller."""

    def fit_width(self) -> None:
        """Fill the width."""


class ReportsActions(PageActions[Reports]):
    """Paper: which, whose month, where to, how large."""

    page_name = "reports"

    def add_all(self) -> None:
        """Add the actions of the reports."""
        add = self.add
        add("xlsx", N_("To Excel…"), lambda page: page.save_xlsx(), icon="table")
        add("print", N_("Print…"), lambda page: page.print_paper(), shortcut="Ctrl+P",
            icon="print", enabled=self._ready)  # fmt: skip
        add("save_pdf", N_("Save PDF…"), lambda page: page.save_pdf(), shortcut="Ctrl+S",
            icon="save", enabled=self._ready)  # fmt: skip
        add("monthly", N_("Monthly report"), lambda page: page.choose(MONTHLY), icon="file")
        add("plan_sheet", N_("Plan sheet of the department"),
            lambda page: page.choose(PLAN_SHEET), icon="file")  # fmt: skip
        add("member_sheets", N_("Plan sheets of the managers"),
            lambda page: page.choose(MEMBER_SHEETS), icon="file")  # fmt: skip
        self.add_month_steps()
        add("zoom_in", N_("Larger"), lambda page: page.zoom_in(), shortcut=["Ctrl+=", "Ctrl++"],
            icon="plus", listed=False)  # fmt: skip
        add("zoom_out", N_("Smaller"), lambda page: page.zoom_out(), shortcut="Ctrl+-",
            icon="minus", listed=False)  # fmt: skip
        add("fit_width", N_("Fit the width"), lambda page: page.fit_width(), shortcut="Ctrl+0",
            listed=False)  # fmt: skip

    def _ready(self) -> bool:
        return self.page is None or self.page.ready
