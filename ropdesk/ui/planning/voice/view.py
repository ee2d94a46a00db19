"""The sides of the voice of the customer."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ropdesk.i18n import _
from ropdesk.ui.planning.side import Sides
from ropdesk.ui.planning.voice.customers import CustomersSide
from ropdesk.ui.planning.voice.tools import ToolsSide

if TYPE_CHECKING:
    from ropdesk.ui.context import Context


class VoiceView(Sides):
    """What customers say, and what the department tried."""

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            month,
            [
                ("customers", _("What customers say"), CustomersSide),
                ("tools", _("Tools tried"), ToolsSide),
            ],
            _("Side of the customer's voice"),
            parent,
        )
