"""The actions of investigations for the palette; their keys work on their own sides alone."""

from typing import Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import PageActions


class Investigations(Protocol):
    """What the actions ask of the sides."""

    def begin_case(self) -> None:
        """Show the investigations and ask for a new one."""

    def open_library(self) -> None:
        """Show the library of proven actions, ready to search."""


class InvestigationActions(PageActions[Investigations]):
    """A new investigation, the library."""

    page_name = "planning"

    def add_all(self) -> None:
        """Add the actions of investigations."""
        self.add("investigation_new", N_("New investigation…"), _new, icon="plus")
        self.add("library", N_("Find a proven action"), _find, icon="search")


def _new(page: Investigations) -> None:
    page.begin_case()


def _find(page: Investigations) -> None:
    page.open_library()
