"""What the list of meetings shows, read at once."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from ropdesk.domain.meetings import State
from ropdesk.services import meeting_effect, meeting_kinds, meetings
from ropdesk.services.meeting_effect import Held
from ropdesk.services.meetings import MeetingLine, Ref, Series

if TYPE_CHECKING:
    from ropdesk.store.workspace import Workspace

AHEAD, BACK = 14, 92  # days shown
FAR = 62  # days in which the next time of a rule is looked for
GOING_ON = frozenset({State.RUNNING, State.CORRECTING})


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the list shows.

    Attributes:
        coming: the next two weeks' meetings, and what is going on, by time.
        past: those of the last three months, the latest first.
        held: what those held took, by id.
        series: the recurring ones, ended ones last.
        titles: of the kinds, by code.
        following: the next day of each recurring meeting, by its id.
    """

    coming: tuple[MeetingLine, ...]
    past: tuple[MeetingLine, ...]
    held: dict[int, Held]
    series: dict[int, Series]
    titles: dict[str, str]
    following: dict[int, date]

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all."""
        return not (self.coming or self.past or self.series)

    def find(self, ref: Ref | None) -> MeetingLine | None:
        """Return a meeting by its name or its row's id, if it is shown."""
        if ref is None:
            return None
        return next(
            (line for line in (*self.coming, *self.past) if ref in (line.ref, line.id)), None
        )


def read(ws: "Workspace", today: date) -> Shelf:
    """Read all of it."""
    with ws.read() as connection:
        found = meetings.between(connection, today - timedelta(BACK), today + timedelta(AHEAD - 1))
        held = meeting_effect.held(connection, found)
        rules = sorted(meetings.series(connection), key=partial(ended, today))
        titles = meeting_kinds.titles(connection)
        ahead = meetings.between(connection, today, today + timedelta(FAR))
    coming = [line for line in found if line.day >= today or line.state in GOING_ON]
    following: dict[int, date] = {}
    for line in ahead:
        if line.series_id is not None and line.state is State.PLANNED:
            following.setdefault(line.series_id, line.day)
    return Shelf(
        tuple(coming), tuple(line for line in reversed(found) if line not in coming), held,
        {one.id: one for one in rules}, titles, following,
    )  # fmt: skip


def ended(today: date, one: Series) -> bool:
    """Say whether a recurring meeting is held no more."""
    return one.rule.until is not None and one.rule.until < today
