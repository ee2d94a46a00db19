"""The sides of marketing."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ropdesk.i18n import _
from ropdesk.ui.planning.marketing.actions import MarketingActions
from ropdesk.ui.planning.marketing.agreements import AgreementsSide
from ropdesk.ui.planning.marketing.channels import ChannelsSide
from ropdesk.ui.planning.marketing.disputes import DisputesSide
from ropdesk.ui.planning.side import Sides

if TYPE_CHECKING:
    from ropdesk.ui.context import Context


class MarketingView(Sides):
    """What marketing and sales owe each other, what channels give, which leads are disputed."""

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            month,
            [
                ("agreements", _("Agreement on leads"), AgreementsSide),
                ("channels", _("Channels"), ChannelsSide),
                ("disputes", _("Disputed leads"), DisputesSide),
            ],
            _("Side of marketing"),
            parent,
        )
        MarketingActions.of(context.registry).page = self

    def dispute_lead(self) -> None:
        """Choose a lead to dispute."""
        self._disputes().dispute()

    def choose_reasons(self) -> None:
        """Choose which losses mean «not a target lead»."""
        self._disputes().choose_reasons()

    def print_agreement(self) -> None:
        """Show the month's agreement on paper."""
        self.context.navigate("planning", view="marketing", side="agreements")
        self.shown.print_paper()

    def _disputes(self) -> DisputesSide:
        self.context.navigate("planning", view="marketing", side="disputes")
        side = self.side("disputes")
        if not isinstance(side, DisputesSide):
            raise TypeError(side)
        return side
