"""The meetings' actions for the palette; their keys work inside the list alone."""

from typing import TYPE_CHECKING, Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import PageActions

if TYPE_CHECKING:
    from ropdesk.ui.meetings.list import ListView


class Meetings(Protocol):
    """What the actions ask of the page."""

    @property
    def list(self) -> "ListView":
        """The coming and past meetings, shown."""

    def show_view(self, key: str) -> None:
        """Show a side."""


class MeetingsActions(PageActions[Meetings]):
    """New meetings, the next one, the calendar, the agendas."""

    page_name = "meetings"

    def add_all(self) -> None:
        """Add the actions of the list."""
        self.add("new", N_("New meeting…"), _new, icon="plus")
        self.add("rule", N_("Meetings by rule…"), _rule, icon="calendar")
        self.add("next", N_("Prepare the next meeting"), _next, icon="go")
        self.add("calendar", N_("Meetings to calendar…"), _calendar, icon="calendar")
        self.add("kinds", N_("Agendas of meetings"), _kinds, icon="go")


def _new(page: Meetings) -> None:
    page.list.new_meeting()


def _rule(page: Meetings) -> None:
    page.list.new_rule()


def _next(page: Meetings) -> None:
    page.list.prepare_next()


def _calendar(page: Meetings) -> None:
    page.list.export_calendar()


def _kinds(page: Meetings) -> None:
    page.show_view("kinds")
