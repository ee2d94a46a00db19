"""The palette's ways to marketing: a lead to dispute, the month's paper, the reasons of loss."""

from typing import Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import PageActions


class MarketingPage(Protocol):
    """What the actions ask of marketing."""

    def dispute_lead(self) -> None:
        """Choose a lead to dispute."""

    def print_agreement(self) -> None:
        """Show the month's agreement on paper."""

    def choose_reasons(self) -> None:
        """Choose which losses mean «not a target lead»."""


class MarketingActions(PageActions[MarketingPage]):
    """Disputing, printing, choosing reasons."""

    page_name = "planning"

    def add_all(self) -> None:
        """Add the actions of marketing."""
        self.add("dispute_lead", N_("Dispute a lead…"), _dispute, icon="add")
        self.add("print_agreement", N_("Print the agreement on leads"), _print, icon="print")
        self.add(
            "rejection_reasons", N_("Which losses mean «not a target lead»"), _reasons, icon="list"
        )


def _dispute(page: MarketingPage) -> None:
    page.dispute_lead()


def _print(page: MarketingPage) -> None:
    page.print_agreement()


def _reasons(page: MarketingPage) -> None:
    page.choose_reasons()
