"""The moment a meeting's marks are kept with."""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ropdesk.ui.context import Context


def moment(context: "Context") -> datetime:
    """Return the time of this computer, with its offset, on the day that the window shows."""
    now = datetime.now().astimezone().replace(microsecond=0)
    return datetime.combine(context.today(), now.time()).astimezone()
