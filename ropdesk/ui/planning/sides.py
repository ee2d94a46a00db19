"""The sides of planning beyond the board, the plan and the day: one line each."""

from importlib import import_module
from typing import TYPE_CHECKING, cast

from ropdesk.domain.errors import N_

if TYPE_CHECKING:
    from datetime import date

    from ropdesk.ui.context import Context
    from ropdesk.ui.planning.side import Side

# Key, words of the tab, room in ``ropdesk.ui.planning``, and the class that shows it. A room is
# imported when its tab is first shown: the board must not wait for it.
SIDES: tuple[tuple[str, str, str, str], ...] = (
    ("reasons", N_("Reasons"), "reasons", "ReasonsView"),
    ("investigations", N_("Investigations"), "investigations.view", "InvestigationsView"),
    ("week", N_("Week's plan"), "week.view", "WeekView"),
    ("funnel", N_("Funnel"), "funnel.view", "FunnelView"),
    ("marketing", N_("Marketing"), "marketing.view", "MarketingView"),
    ("promotions", N_("Promotions"), "promotions.view", "PromotionsView"),
    ("voice", N_("Customer's voice"), "voice.view", "VoiceView"),
    ("director", N_("To the director"), "director.view", "DirectorView"),
)


def make(key: str, context: "Context", month: "date") -> "Side":
    """Make one of the sides."""
    room, name = next((room, name) for known, _words, room, name in SIDES if known == key)
    module = import_module(f"ropdesk.ui.planning.{room}")
    return cast("Side", getattr(module, name)(context, month))
