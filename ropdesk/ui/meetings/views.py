"""The sides of the meetings page: one line each."""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from ropdesk.domain.errors import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ropdesk.ui.context import Context
    from ropdesk.ui.page import View

LIST = "list"

# Key, words of the tab, module in ``ropdesk.ui.meetings``, and the class that shows it, made as
# ``Class(context)``. A module is imported when its tab is first shown.
VIEWS: tuple[tuple[str, str, str, str], ...] = (
    (LIST, N_("Meetings"), "list", "ListView"),
    ("promises", N_("Promises"), "promises", "PromisesView"),
    ("tasks", N_("Tasks"), "tasks", "TasksView"),
    ("protocols", N_("Protocols"), "protocols", "ProtocolsView"),
    ("kinds", N_("Kinds and agendas"), "kinds", "KindsView"),
)


@runtime_checkable
class WithHeader(Protocol):
    """A side that brings its own chips and buttons to the page's header."""

    def header_parts(self) -> "Sequence[QWidget]":
        """Return them; called once, the primary button last."""


@runtime_checkable
class WithPlaces(Protocol):
    """A side that can be told where to go."""

    def go_to(self, **where: object) -> None:
        """Go to a record of this side."""


def known() -> list[tuple[str, str]]:
    """List the sides that are there: key and msgid of the words."""
    return [
        (key, words)
        for key, words, module, _name in VIEWS
        if find_spec(f"ropdesk.ui.meetings.{module}") is not None
    ]


def make(key: str, context: "Context") -> "View":
    """Make one of the sides."""
    module, name = next((module, name) for found, _words, module, name in VIEWS if found == key)
    room = import_module(f"ropdesk.ui.meetings.{module}")
    return cast("View", getattr(room, name)(context))
