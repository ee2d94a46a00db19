"""What a page gets from the application, and nothing more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from ropdesk.ui.actions import ActionRegistry
    from ropdesk.ui.runner import Runner
    from ropdesk.ui.theme import Theme


class Toast(Protocol):
    """Says something in the line at the window's foot; `undo` offers to take it back."""

    def __call__(self, text: str, undo: bool = False) -> None:
        """Show the line; it goes by itself and never takes the focus."""


class Navigate(Protocol):
    """Shows a page by name and tells it where to go: ``navigate("planning", month=…)``."""

    def __call__(self, name: str, /, **where: object) -> None:
        """Show the page, then call its `go_to` with `where` if any was given."""


@dataclass(frozen=True)
class Context:
    """Handed to every page.

    Attributes:
        workspace: the open workspace, whatever the services take.
        today: the day it is; tests give their own.
    """

    workspace: Any
    registry: "ActionRegistry"
    runner: "Runner"
    theme: "Theme"
    toast: Toast
    navigate: Navigate
    today: Callable[[], date]
