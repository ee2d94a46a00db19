"""The actions of the day's page."""

from typing import Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import PageActions


class Today(Protocol):
    """What the actions ask of the page."""

    def begin_meeting(self) -> None:
        """Begin the day's coordination, or go on with what is running."""

    def enter_fact(self) -> None:
        """Go to where facts are entered."""

    def add_task(self) -> None:
        """Go to where a task is typed."""

    def arrange_duties(self) -> None:
        """Say which duties are one's own."""


class TodayActions(PageActions[Today]):
    """What begins here."""

    page_name = "today"

    def add_all(self) -> None:
        """Register them."""
        add = self.add
        add("enter_fact", N_("Enter facts"), lambda page: page.enter_fact(), shortcut="Ctrl+E",
            icon="edit")  # fmt: skip
        add("begin", N_("Begin the coordination"), lambda page: page.begin_meeting(),
            shortcut="Ctrl+Return", icon="go")  # fmt: skip
        add("task", N_("New task"), lambda page: page.add_task(), shortcut="Ctrl+N", icon="plus")
        add("duties", N_("Duties: mine, delegated, not relevant…"),
            lambda page: page.arrange_duties())  # fmt: skip
