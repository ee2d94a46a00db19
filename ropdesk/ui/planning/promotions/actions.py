"""The palette's ways to something new: a promotion, a customer's word, a trial of a tool."""

from typing import TYPE_CHECKING, Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import PageActions

if TYPE_CHECKING:
    from ropdesk.ui.context import Context


class Beginning(Protocol):
    """What the actions ask of a side."""

    context: "Context"

    def begin(self) -> None:
        """Begin something new."""


class NewPromotionAction(PageActions[Beginning]):
    """A new promotion."""

    page_name = "planning"

    def add_all(self) -> None:
        """Add it."""
        self.add("new_promotion", N_("New promotion"), _promotion, icon="plus")


class HearAction(PageActions[Beginning]):
    """A customer's word."""

    page_name = "planning"

    def add_all(self) -> None:
        """Add it."""
        self.add("hear", N_("Heard from a customer"), _word, icon="plus")


class NewTrialAction(PageActions[Beginning]):
    """A new trial of a tool."""

    page_name = "planning"

    def add_all(self) -> None:
        """Add it."""
        self.add("new_trial", N_("New trial"), _trial, icon="plus")


def _promotion(side: Beginning) -> None:
    side.context.navigate("planning", view="promotions")
    side.begin()


def _word(side: Beginning) -> None:
    side.context.navigate("planning", view="voice", side="customers")
    side.begin()


def _trial(side: Beginning) -> None:
    side.context.navigate("planning", view="voice", side="tools")
    side.begin()
