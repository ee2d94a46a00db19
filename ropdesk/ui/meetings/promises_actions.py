"""The palette's way to a new promise."""

from typing import TYPE_CHECKING, Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import PageActions

if TYPE_CHECKING:
    from ropdesk.ui.context import Context


class Beginning(Protocol):
    """What the action asks of the view."""

    context: "Context"

    def begin(self) -> None:
        """Ask for a new promise."""


class NewPromiseAction(PageActions[Beginning]):
    """A new promise."""

    page_name = "meetings"

    def add_all(self) -> None:
        """Add it."""
        self.add("new_promise", N_("New promise"), _promise, icon="plus")


def _promise(view: Beginning) -> None:
    view.context.navigate("meetings", view="promises")
    view.begin()
