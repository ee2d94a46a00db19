"""Running a meeting: its course, what is said under each point, who is there, what is decided.

Nothing of a meeting that is done is changed: its protocol is frozen. While a new edition is being
written (`correcting`), texts and decisions may change, the course and the numbers may not.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from ropdesk.domain.meeting_clock import Clock, Mark, clock
from ropdesk.store.workspace import Workspace

if TYPE_CHECKING:
    from ropdesk.services.meeting_kinds import Kind
    from ropdesk.services.meetings import MeetingLine, Ref

PRESENT, LATE, ABSENT = "present", "late", "absent"


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the agenda with what was said; ``avoid`` is what not to repeat."""

    id: int
    title: str
    section: str
    minutes: int
    notes: str
    avoid: str
    source: str
    source_key: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """Whether a member is there: ``state`` is present, late or absent; ``reason`` in words."""

    member_id: int
    name: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, and under which point."""

    id: int
    text: str
    point_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingState:
    """A meeting as it stands; ``clock`` reads the time from ``marks``."""

    id: int
    line: "MeetingLine"
    kind: "Kind"
    points: tuple[Point, ...]
    attendance: tuple[Attendance, ...]
    decisions: tuple[Decision, ...]
    marks: tuple[Mark, ...]
    private: str
    led_by: str
    secretary: str
    guests: str

    @property
    def current(self) -> int | None:
        """Id of the point talked of, or of the last one once the meeting has ended."""
        raise NotImplementedError

    def clock(self, at: datetime) -> Clock:
        """Read the time of the meeting and of each point."""
        return clock(self.marks, at)


def meeting(connection: Connection, meeting_id: int) -> MeetingState:
    """Return a meeting. Raises `DomainError` if it is gone."""
    raise NotImplementedError


def running(connection: Connection) -> int | None:
    """Return the id of the meeting that is running, if one is."""
    raise NotImplementedError


def begin(ws: Workspace, ref: "Ref", at: datetime) -> int:
    """Begin a meeting: its number of the year, who is there, the first point.

    Returns:
        Its id.

    Raises:
        DomainError: another meeting is running, or this one was held or skipped.
    """
    raise NotImplementedError


def go_to_point(ws: Workspace, meeting_id: int, point_id: int, at: datetime) -> None:
    """Talk of another point from now on; a paused meeting stays paused."""
    raise NotImplementedError


def pause(ws: Workspace, meeting_id: int, at: datetime) -> None:
    """Let the time stand still."""
    raise NotImplementedError


def resume(ws: Workspace, meeting_id: int, at: datetime) -> None:
    """Let the time go on."""
    raise NotImplementedError


def set_notes(
    ws: Workspace, point_id: int, notes: str | None = None, avoid: str | None = None
) -> None:
    """Write what was said under a point; what is None stays."""
    raise NotImplementedError


def add_point(
    ws: Workspace, meeting_id: int, title: str, minutes: int = 5, *, section: str = "",
    source: str = "hand", source_key: str = "", after: int | None = None,
) -> int:  # fmt: skip
    """Add a point, after another one or at the end; return its id."""
    raise NotImplementedError


def move_point(ws: Workspace, point_id: int, step: int) -> None:
    """Move a point up (-1) or down (+1)."""
    raise NotImplementedError


def remove_point(ws: Workspace, point_id: int) -> None:
    """Take a point off the agenda."""
    raise NotImplementedError


def set_point(
    ws: Workspace, point_id: int, *, minutes: int | None = None, title: str | None = None
) -> None:
    """Give a point other minutes or another name."""
    raise NotImplementedError


def set_attendance(
    ws: Workspace, meeting_id: int, member_id: int, state: str, reason: str = ""
) -> None:
    """Say whether a member is there (present, late, absent)."""
    raise NotImplementedError


def add_decision(ws: Workspace, meeting_id: int, text: str, point_id: int | None = None) -> int:
    """Write down what was decided; return its id."""
    raise NotImplementedError


def change_decision(ws: Workspace, decision_id: int, text: str) -> None:
    """Put a decision in other words."""
    raise NotImplementedError


def remove_decision(ws: Workspace, decision_id: int) -> None:
    """Take a decision away."""
    raise NotImplementedError


def set_goal(
    ws: Workspace, meeting_id: int, member_id: int, day: date, metric: str, value: int | None
) -> None:
    """Agree a member's plan of a day, in the metric's stored parts; None takes it back."""
    raise NotImplementedError


def set_private(ws: Workspace, meeting_id: int, text: str) -> None:
    """Write what is neither shown to the team nor printed."""
    raise NotImplementedError


def set_people(
    ws: Workspace, meeting_id: int, *, led_by: str | None = None, secretary: str | None = None,
    guests: str | None = None,
) -> None:  # fmt: skip
    """Say who leads, who writes, who else is there; what is None stays."""
    raise NotImplementedError
