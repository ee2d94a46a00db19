"""The action of the factors: start an investigation of what is chosen."""

from typing import Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import PageActions

INVESTIGATE = "planning.factors_investigate"


class FactorsPage(Protocol):
    """What the action asks of the side."""

    @property
    def can_investigate(self) -> bool:
        """Whether a deviation is in sight of the person."""

    def investigate(self) -> None:
        """Start an investigation of the factor chosen."""


class FactorsActions(PageActions[FactorsPage]):
    """Investigate."""

    page_name = "planning"

    def add_all(self) -> None:
        """Add it."""
        self.add("factors_investigate", N_("Investigate the factor"),
                 lambda page: page.investigate(), shortcut="Ctrl+Alt+R", icon="search",
                 enabled=self._possible)  # fmt: skip

    def refresh(self) -> None:
        """Ask again whether it can be used."""
        if INVESTIGATE in self.registry:
            self.registry.refresh(INVESTIGATE)

    def _possible(self) -> bool:
        return self.page is not None and self.page.can_investigate
