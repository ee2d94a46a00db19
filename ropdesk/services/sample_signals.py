"""The sample's signals: they come out of its numbers; one of them has been hidden with a reason."""

from collections.abc import Mapping
from datetime import date, timedelta

from ropdesk.i18n import _
from ropdesk.services import signals
from ropdesk.store.workspace import Workspace

QUARTER = 13  # weeks
LARGE_DEALS = frozenset({"average_check", "receipts"})


def sample(ws: Workspace, today: date, members: Mapping[str, int]) -> None:
    """Hide the oldest good news of a seller that one large deal would explain, if there is any.

    Args:
        members: ids of the sample's sellers by name.
    """
    known = set(members.values())
    last = signals.last_week(today)
    first = last - timedelta(weeks=QUARTER - 1)
    for one in reversed(signals.history(ws, first, last, stuck=False)):
        if one.good and one.member_id in known and one.metric.code in LARGE_DEALS:
            reason = _("One large deal, not a change in the work")
            signals.dismiss(ws, one.key, reason, min(one.week + timedelta(days=9), today))
            return
