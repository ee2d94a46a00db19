"""The palette's way to the search through the protocols."""

from typing import TYPE_CHECKING, Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import PageActions

if TYPE_CHECKING:
    from ropdesk.ui.context import Context


class Searching(Protocol):
    """What the action asks of the view."""

    context: "Context"

    def begin(self) -> None:
        """Go to the search line."""


class FindProtocol(PageActions[Searching]):
    """Find something in the protocols."""

    page_name = "meetings"

    def add_all(self) -> None:
        """Add it."""
        self.add("find_protocol", N_("Find in the protocols"), _find, icon="search")


def _find(view: Searching) -> None:
    view.context.navigate("meetings", view="protocols")
    view.begin()
