"""The actions of a meeting that is prepared."""

from typing import Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import PageActions

BEGIN, PRINT, NEW, OTHER = "prepared_begin", "prepared_print", "prepared_point", "prepared_other"


class Prepared(Protocol):
    """What the actions ask of the preparation."""

    @property
    def open(self) -> bool:
        """Whether it is seen, and its meeting may begin."""

    def begin(self) -> None:
        """Begin the meeting."""

    def print_agenda(self) -> None:
        """Show the page to take along."""

    def new_point(self) -> None:
        """Go to the line of a new point."""

    def other_side(self) -> None:
        """Go from the agenda to what is offered, and back."""


class PreparationActions(PageActions[Prepared]):
    """What can be done before a meeting begins."""

    page_name = "meeting"

    def add_all(self) -> None:
        """Add the actions."""
        self.add(BEGIN, N_("Begin the meeting"), _begin, icon="go", enabled=self._open,
                 shortcut=["Ctrl+Return", "Ctrl+Enter"])  # fmt: skip
        self.add(PRINT, N_("Print the agenda…"), _print, icon="print", enabled=self._open,
                 shortcut="Ctrl+P")  # fmt: skip
        self.add(NEW, N_("New point of the agenda"), _new, icon="plus", enabled=self._open,
                 shortcut="Ctrl+N")  # fmt: skip
        self.add(OTHER, N_("From the agenda to the offers and back"), _other, icon="list",
                 enabled=self._open, shortcut="F6")  # fmt: skip

    def refresh(self) -> None:
        """Ask anew which of them can be done."""
        for name in (BEGIN, PRINT, NEW, OTHER):
            self.registry.refresh(f"{self.page_name}.{name}")

    def _open(self) -> bool:
        return self.page is not None and self.page.open


def _begin(view: Prepared) -> None:
    view.begin()


def _print(view: Prepared) -> None:
    view.print_agenda()


def _new(view: Prepared) -> None:
    view.new_point()


def _other(view: Prepared) -> None:
    view.other_side()
