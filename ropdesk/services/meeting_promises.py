"""How many of the promises due in some days were kept, by member: what a meeting opens with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from ropdesk.domain.promises import Verdict
from ropdesk.services import promises
from ropdesk.services.meeting_goals import DEPARTMENT


@dataclass(frozen=True, slots=True)
class Promised:
    """Promises of some days: how many were due, and how many of them are kept."""

    kept: int = 0
    due: int = 0


def promised(
    connection: Connection, today: date, first: date, last: date
) -> Mapping[int, Promised]:
    """Count the promises due in some days by member, as they stand today.

    `DEPARTMENT` are all of its members together, without the sales head's own. What waits for its
    facts is due and not kept yet; what was dropped does not count. Members without any are absent.
    """
    found: dict[int, Promised] = {}
    for each in promises.lines(connection, today, due=(first, last)):
        if each.verdict is Verdict.DROPPED or each.member_id is None:
            continue
        for key in (each.member_id, DEPARTMENT):
            before = found.get(key, Promised())
            kept = before.kept + (each.verdict is Verdict.KEPT)
            found[key] = Promised(kept, before.due + 1)
    return found
