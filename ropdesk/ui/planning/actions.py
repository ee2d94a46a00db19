"""The actions of the planning page, registered once although pages come and go."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from ropdesk.domain.errors import N_

if TYPE_CHECKING:
    from ropdesk.ui.actions import ActionRegistry

PAGE = "planning"


class Planning(Protocol):
    """What the actions ask of the page."""

    def enter_fact(self) -> None:
        """Open the day's grid."""

    def import_file(self) -> None:
        """Go to the imports."""

    def print_month(self) -> None:
        """Go to the month's report."""

    def choose_metrics(self) -> None:
        """Open the choice of metrics."""

    def previous_month(self) -> None:
        """Show the month before."""

    def next_month(self) -> None:
        """Show the month after."""

    def this_month(self) -> None:
        """Show the month of today."""


class PlanningActions(QObject):
    """Hands actions to the page of the moment: after a change of language it is another one."""

    def __init__(self, registry: "ActionRegistry") -> None:
        super().__init__(registry)
        self._registry = registry
        self.page: Planning | None = None
        add = registry.add
        add("planning.enter_fact", N_("Enter facts"), self._enter_fact, shortcut="Ctrl+E",
            icon="edit", page=PAGE)  # fmt: skip
        add("planning.import", N_("Import…"), self._import, icon="upload",
            page=PAGE, enabled=self._can_import, listed=False)  # fmt: skip
        add("planning.print", N_("Print"), self._print, shortcut="Ctrl+P", icon="print",
            page=PAGE, enabled=self._can_print)  # fmt: skip
        add("planning.metrics", N_("Metrics of the board…"), self._metrics, shortcut="Ctrl+M",
            icon="list", page=PAGE)  # fmt: skip
        add("planning.previous_month", N_("Previous month"), self._back,
            shortcut="Alt+Left", icon="left", page=PAGE)  # fmt: skip
        add("planning.next_month", N_("Next month"), self._forward,
            shortcut="Alt+Right", icon="right", page=PAGE)  # fmt: skip
        add("planning.this_month", N_("This month"), self._today,
            shortcut="Alt+Home", icon="today", page=PAGE)  # fmt: skip

    def _can_import(self) -> bool:
        return "app.import" in self._registry or "go.imports" in self._registry

    def _can_print(self) -> bool:
        return "go.reports" in self._registry

    def _enter_fact(self) -> None:
        if self.page is not None:
            self.page.enter_fact()

    def _import(self) -> None:
        if self.page is not None:
            self.page.import_file()

    def _print(self) -> None:
        if self.page is not None:
            self.page.print_month()

    def _metrics(self) -> None:
        if self.page is not None:
            self.page.choose_metrics()

    def _back(self) -> None:
        if self.page is not None:
            self.page.previous_month()

    def _forward(self) -> None:
        if self.page is not None:
            self.page.next_month()

    def _today(self) -> None:
        if self.page is not None:
            self.page.this_month()


def register(registry: "ActionRegistry") -> PlanningActions:
    """Register the actions on the first call; return what hands them to the page."""
    known = registry.findChild(PlanningActions)
    return known if isinstance(known, PlanningActions) else PlanningActions(registry)
