"""The actions of the reports page, registered once although pages come and go."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from ropdesk.domain.errors import N_
from ropdesk.ui.reports.kinds import MEMBER_SHEETS, MONTHLY, PLAN_SHEET

if TYPE_CHECKING:
    from ropdesk.ui.actions import ActionRegistry

PAGE = "reports"


class Reports(Protocol):
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

    def previous_month(self) -> None:
        """Show the month before."""

    def next_month(self) -> None:
        """Show the month after."""

    def zoom_in(self) -> None:
        """Show the paper larger."""

    def zoom_out(self) -> None:
        """Show the paper smaller."""

    def fit_width(self) -> None:
        """Fill the width."""


class ReportsActions(QObject):
    """Hands actions to the page of the moment: after a change of language it is another one."""

    def __init__(self, registry: "ActionRegistry") -> None:
        super().__init__(registry)
        self.page: Reports | None = None
        add = registry.add
        add("reports.xlsx", N_("To Excel…"), self._xlsx, icon="table", page=PAGE)
        add("reports.print", N_("Print…"), self._print, shortcut="Ctrl+P", icon="print",
            page=PAGE, enabled=self._ready)  # fmt: skip
        add("reports.save_pdf", N_("Save PDF…"), self._save, shortcut="Ctrl+S", icon="save",
            page=PAGE, enabled=self._ready)  # fmt: skip
        add("reports.monthly", N_("Monthly report"), self._monthly, icon="file", page=PAGE)
        add("reports.plan_sheet", N_("Plan sheet of the department"), self._plan, icon="file",
            page=PAGE)  # fmt: skip
        add("reports.member_sheets", N_("Plan sheets of the managers"), self._members, icon="file",
            page=PAGE)  # fmt: skip
        add("reports.previous_month", N_("Previous month"), self._back, shortcut="Alt+Left",
            icon="left", page=PAGE, listed=False)  # fmt: skip
        add("reports.next_month", N_("Next month"), self._forward, shortcut="Alt+Right",
            icon="right", page=PAGE, listed=False)  # fmt: skip
        add("reports.zoom_in", N_("Larger"), self._larger, shortcut=["Ctrl+=", "Ctrl++"],
            icon="plus", page=PAGE, listed=False)  # fmt: skip
        add("reports.zoom_out", N_("Smaller"), self._smaller, shortcut="Ctrl+-", icon="minus",
            page=PAGE, listed=False)  # fmt: skip
        add("reports.fit_width", N_("Fit the width"), self._fit, shortcut="Ctrl+0", page=PAGE,
            listed=False)  # fmt: skip

    def _ready(self) -> bool:
        return self.page is None or self.page.ready

    def _xlsx(self) -> None:
        if self.page is not None:
            self.page.save_xlsx()

    def _print(self) -> None:
        if self.page is not None:
            self.page.print_paper()

    def _save(self) -> None:
        if self.page is not None:
            self.page.save_pdf()

    def _monthly(self) -> None:
        if self.page is not None:
            self.page.choose(MONTHLY)

    def _plan(self) -> None:
        if self.page is not None:
            self.page.choose(PLAN_SHEET)

    def _members(self) -> None:
        if self.page is not None:
            self.page.choose(MEMBER_SHEETS)

    def _back(self) -> None:
        if self.page is not None:
            self.page.previous_month()

    def _forward(self) -> None:
        if self.page is not None:
            self.page.next_month()

    def _larger(self) -> None:
        if self.page is not None:
            self.page.zoom_in()

    def _smaller(self) -> None:
        if self.page is not None:
            self.page.zoom_out()

    def _fit(self) -> None:
        if self.page is not None:
            self.page.fit_width()


def register(registry: "ActionRegistry") -> ReportsActions:
    """Register the actions on the first call; return what hands them to the page."""
    known = registry.findChild(ReportsActions)
    return known if isinstance(known, ReportsActions) else ReportsActions(registry)
