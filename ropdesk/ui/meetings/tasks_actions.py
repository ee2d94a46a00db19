"""The palette's way to a new task."""

from typing import TYPE_CHECKING, Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import PageActions

if TYPE_CHECKING:
    from ropdesk.ui.context import Context


class Writing(Protocol):
    """What the actions ask of the side."""

    context: "Context"


class TaskActions(PageActions[Writing]):
    """A new task, from anywhere."""

    page_name = "meetings"

    def add_all(self) -> None:
        """Add it."""
        self.add("new_task", N_("New task"), _new, icon="plus")


def _new(side: Writing) -> None:
    side.context.navigate("meetings", view="tasks", new=True)
