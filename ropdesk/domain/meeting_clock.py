"""The time of a meeting, read from the moments that were kept of its course.

Nothing runs between two looks at it: the moments are stored, and the rest is the wall clock. So a
program that was killed in the middle of a meeting knows the time as well as one that was not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

NEAR = (4, 5)  # of the limit, from which on the time is nearly up
MINUTE = 60


class Event(StrEnum):
    """What happened at a kept moment."""

    BEGIN = "begin"
    POINT = "point"  # the point that is talked of from now on
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


class Level(StrEnum):
    """How far a time has gone towards its limit."""

    CALM = "calm"
    NEAR = "near"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Mark:
    """A kept moment; ``at`` knows its offset, ``point`` is the point an event is about."""

    at: datetime
    event: Event
    point: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of a meeting at one moment.

    Attributes:
        elapsed: seconds of the meeting, pauses out.
        points: seconds of each point that was talked of, pauses out, by id.
        current: the point talked of; None before the first, after the end, or if it is gone.
        paused: whether the time stands still.
        begun, ended: when; None is not yet.
    """

    elapsed: int = 0
    points: Mapping[int, int] = field(default_factory=dict, hash=False)
    current: int | None = None
    paused: bool = False
    begun: datetime | None = None
    ended: datetime | None = None

    @property
    def running(self) -> bool:
        """Whether the time goes on by itself."""
        return self.begun is not None and self.ended is None and not self.paused


def clock(marks: Sequence[Mark], now: datetime) -> Clock:
    """Read the time of a meeting from its marks, in the order in which they were made.

    A computer's clock that was set back adds nothing: time between two marks is never negative.
    """
    elapsed = 0.0
    points: dict[int, float] = {}
    current: int | None = None
    begun: datetime | None = None
    ended: datetime | None = None
    since: datetime | None = None  # from when on time counts; None while it stands still

    def count(until: datetime) -> None:
        nonlocal elapsed
        if since is not None:
            gone = max(0.0, (until - since).total_seconds())
            elapsed += gone
            if current is not None:
                points[current] = points.get(current, 0.0) + gone

    for mark in marks:
        count(mark.at)
        match mark.event:
            case Event.BEGIN:
                begun, since = begun or mark.at, mark.at
            case Event.POINT:
                current = mark.point
                since = mark.at if since is not None else None  # a paused meeting stays paused
            case Event.PAUSE:
                since = None
            case Event.RESUME:
                since = mark.at
            case _:  # the end: what comes after it does not count
                ended, since = mark.at, None
                break
    count(now)
    return Clock(
        elapsed=int(elapsed),
        points={point: int(spent) for point, spent in points.items()},
        current=None if ended is not None else current,
        paused=begun is not None and ended is None and since is None,
        begun=begun,
        ended=ended,
    )


def level(spent: int, minutes: int) -> Level:
    """Judge seconds spent against a limit in minutes; without a limit nothing is judged."""
    limit = minutes * MINUTE
    if not limit:
        return Level.CALM
    if spent >= limit:
        return Level.OVER
    return Level.NEAR if spent * NEAR[1] >= limit * NEAR[0] else Level.CALM
