"""The week's actions for the palette; their keys work inside the week alone."""

from typing import Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import PageActions


class WeekPage(Protocol):
    """What the actions ask of the week."""

    def new_action(self) -> None:
        """Open the form of a new action."""

    def export_calendar(self) -> None:
        """Save the week as iCalendar."""


class WeekActions(PageActions[WeekPage]):
    """A new action, the calendar."""

    page_name = "planning"

    def add_all(self) -> None:
        """Add the actions of the week."""
        self.add("week_new", N_("New action of the week"), _new, icon="plus")
        self.add("week_calendar", N_("Week to calendar…"), _export, icon="calendar")


def _new(page: WeekPage) -> None:
    page.new_action()


def _export(page: WeekPage) -> None:
    page.export_calendar()
