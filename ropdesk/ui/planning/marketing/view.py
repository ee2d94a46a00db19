"""The sides of marketing."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ropdesk.i18n import _
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
