"""The actions of the team page."""

from typing import Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import MonthPage, PageActions


class Team(MonthPage, Protocol):
    """What the actions ask of the page."""

    def add_member(self) -> None:
        """Ask for a new member."""

    def add_absence(self) -> None:
        """Ask for an absence of the member shown."""

    def find_member(self) -> None:
        """Go to the search field."""


class TeamActions(PageActions[Team]):
    """Adding, absences, search, months."""

    page_name = "team"

    def add_all(self) -> None:
        """Add the actions of the team."""
        self.add("add", N_("Add a member…"), lambda page: page.add_member(), shortcut="Ctrl+N",
                 icon="plus")  # fmt: skip
        self.add("absence", N_("Note an absence…"), lambda page: page.add_absence(),
                 shortcut="Ctrl+Shift+N", icon="calendar")  # fmt: skip
        self.add("find", N_("Find a member"), lambda page: page.find_member(), shortcut="Ctrl+F",
                 icon="search", listed=False)  # fmt: skip
        self.add_month_steps()
