"""The actions of the planning page."""

from functools import partial
from typing import Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import MonthPage, PageActions
from ropdesk.ui.planning.sides import SIDES


class Planning(MonthPage, Protocol):
    """What the actions ask of the page."""

    def enter_fact(self) -> None:
        """Open the day's grid."""

    def import_file(self) -> None:
        """Go to the imports."""

    def print_month(self) -> None:
        """Go to the month's report."""

    def choose_metrics(self) -> None:
        """Open the choice of metrics."""

    def this_month(self) -> None:
        """Show the month of today."""

    def show_view(self, key: str) -> None:
        """Show one of the sides."""


class PlanningActions(PageActions[Planning]):
    """Facts, files, paper, metrics, months."""

    page_name = "planning"

    def add_all(self) -> None:
        """Add the actions of planning."""
        add = self.add
        add("enter_fact", N_("Enter facts"), lambda page: page.enter_fact(), shortcut="Ctrl+E",
            icon="edit")  # fmt: skip
        add("import", N_("Import…"), lambda page: page.import_file(), icon="upload",
            enabled=self._can_import, listed=False)  # fmt: skip
        add("print", N_("Print"), lambda page: page.print_month(), shortcut="Ctrl+P",
            icon="print", enabled=self._can_print)  # fmt: skip
        add("metrics", N_("Metrics of the board…"), lambda page: page.choose_metrics(),
            shortcut="Ctrl+M", icon="list")  # fmt: skip
        self.add_month_steps(listed=True)
        add("this_month", N_("This month"), lambda page: page.this_month(),
            shortcut="Alt+Home", icon="today")  # fmt: skip
        for key, words, _room, _name in SIDES:
            add(f"view_{key}", words, partial(_show, key), icon="list")

    def _can_import(self) -> bool:
        return "app.import" in self.registry or "go.imports" in self.registry

    def _can_print(self) -> bool:
        return "go.reports" in self.registry


def _show(key: str, page: Planning) -> None:
    page.show_view(key)
