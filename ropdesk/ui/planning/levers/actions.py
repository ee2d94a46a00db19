"""The actions of the levers: take all changes back, turn them into the week's actions."""

from typing import Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import PageActions

RESET, ACT = "planning.levers_reset", "planning.levers_act"


class LeversPage(Protocol):
    """What the actions ask of the side."""

    @property
    def can_act(self) -> bool:
        """Whether something is changed, in sight of the person."""

    def reset(self) -> None:
        """Take all changes back."""

    def make_actions(self) -> None:
        """Turn the changes into actions."""


class LeversActions(PageActions[LeversPage]):
    """Reset and act."""

    page_name = "planning"

    def add_all(self) -> None:
        """Add both."""
        self.add("levers_reset", N_("Reset the levers"), lambda page: page.reset(),
                 shortcut="Ctrl+Alt+0", icon="undo", enabled=self._possible)  # fmt: skip
        self.add("levers_act", N_("Turn into actions"), lambda page: page.make_actions(),
                 shortcut="Ctrl+Alt+Return", icon="check", enabled=self._possible)  # fmt: skip

    def refresh(self) -> None:
        """Ask again whether they can be used."""
        for name in (RESET, ACT):
            if name in self.registry:
                self.registry.refresh(name)

    def _possible(self) -> bool:
        return self.page is not None and self.page.can_act
