"""A meeting as it stands, and the rows that may be changed while it is prepared or held."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.meeting_clock import Clock, Event, Mark, clock
from ropdesk.domain.meetings import State
from ropdesk.services import meeting_kinds
from ropdesk.services.meeting_kinds import Kind
from ropdesk.services.meeting_lines import GONE, MeetingLine, line
from ropdesk.store.models import Meeting, MeetingPoint
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Operation

PRESENT, LATE, ABSENT = "present", "late", "absent"
POINT_GONE = N_("This point is gone. Open the meeting again.")


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
    line: MeetingLine
    kind: Kind
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
        """Id of the point talked of last; the first one unless there was any."""
        known = [point.id for point in self.points]
        talked = [mark.point for mark in self.marks if mark.event is Event.POINT]
        return next((p for p in reversed(talked) if p in known), known[0] if known else None)

    def point(self, point_id: int | None) -> Point | None:
        """Return a point of the agenda, if it is one."""
        return next((point for point in self.points if point.id == point_id), None)

    def clock(self, at: datetime) -> Clock:
        """Read the time of the meeting and of each point."""
        return clock(self.marks, at)


def meeting(connection: Connection, meeting_id: int) -> MeetingState:
    """Return a meeting as it stands.

    Raises:
        DomainError: it is gone.
    """
    texts = rows(
        connection,
        "SELECT kind, private, led_by, secretary, guests FROM meeting WHERE id = ?",
        (meeting_id,),
    )
    if not texts:
        raise DomainError(GONE)
    code, private, led_by, secretary, guests = texts[0]
    return MeetingState(
        id=meeting_id, line=line(connection, meeting_id),
        kind=meeting_kinds.kind(connection, code), points=points(connection, meeting_id),
        attendance=attendance(connection, meeting_id),
        decisions=decisions(connection, meeting_id), marks=marks(connection, meeting_id),
        private=private, led_by=led_by, secretary=secretary, guests=guests,
    )  # fmt: skip


def points(connection: Connection, meeting_id: int) -> tuple[Point, ...]:
    """List the points of a meeting's agenda, in order."""
    return tuple(
        Point(*row)
        for row in rows(
            connection,
            "SELECT id, title, section, minutes, notes, avoid, source, source_key"
            " FROM meeting_point WHERE meeting_id = ? ORDER BY position, id",
            (meeting_id,),
        )
    )


def attendance(connection: Connection, meeting_id: int) -> tuple[Attendance, ...]:
    """List who is there and who is not, by name."""
    found = [
        Attendance(*row)
        for row in rows(
            connection,
            "SELECT a.member_id, m.name, a.state, a.reason FROM meeting_attendance a"
            " JOIN member m ON m.id = a.member_id WHERE a.meeting_id = ?",
            (meeting_id,),
        )
    ]
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def decisions(connection: Connection, meeting_id: int) -> tuple[Decision, ...]:
    """List what was decided, in order."""
    return tuple(
        Decision(*row)
        for row in rows(
            connection,
            "SELECT id, text, point_id FROM meeting_decision WHERE meeting_id = ?"
            " ORDER BY position, id",
            (meeting_id,),
        )
    )


def marks(connection: Connection, meeting_id: int) -> tuple[Mark, ...]:
    """List the kept moments of a meeting, in the order in which they were made."""
    return tuple(
        Mark(datetime.fromisoformat(at), Event(event), point)
        for at, event, point in rows(
            connection,
            "SELECT at, event, point_id FROM meeting_mark WHERE meeting_id = ? ORDER BY id",
            (meeting_id,),
        )
    )


_WORDS = " UNION ".join(
    f"SELECT '{table}', id FROM {table} WHERE meeting_id = :id"
    for table in (
        "meeting_point", "meeting_mark", "meeting_attendance", "meeting_decision", "meeting_goal",
        "promise",
    )
)  # fmt: skip


def last_word(connection: Connection, meeting_id: int, now: datetime) -> datetime | None:
    """Tell when something was last written at a meeting, up to now; None before it has begun.

    A meeting that nobody finished ended about then, whatever the clock says since.
    """
    moments = [mark.at for mark in marks(connection, meeting_id)]
    if not moments:
        return None
    kept = connection.exec_driver_sql(
        "SELECT max(o.at) FROM change c JOIN operation o ON o.id = c.operation_id"
        " WHERE o.state = 'done' AND o.at <= :now AND (c.table_name, c.row_id) IN"
        f" (SELECT 'meeting', :id UNION {_WORDS})",
        {"id": meeting_id, "now": now.astimezone(UTC).isoformat(timespec="seconds")},
    ).scalar()
    if kept is not None:
        moments.append(datetime.fromisoformat(kept).astimezone(now.tzinfo))
    return max(moments)


def open_row(operation: Operation, meeting_id: int) -> Meeting:
    """Return a meeting's row to be changed.

    Raises:
        DomainError: the meeting is gone, was skipped, or is done: its protocol is frozen.
    """
    row = operation.session.get(Meeting, meeting_id)
    if row is None:
        raise DomainError(GONE)
    if row.state == State.DONE:
        raise DomainError(
            N_("The protocol of this meeting is finished. Correct it as a new edition.")
        )
    if row.state == State.SKIPPED:
        raise DomainError(N_("This meeting was skipped. Take it back to the plan first."))
    return row


def live_row(operation: Operation, meeting_id: int) -> Meeting:
    """Return the row of a meeting that is running.

    Raises:
        DomainError: it is not.
    """
    row = open_row(operation, meeting_id)
    if row.state == State.CORRECTING:
        raise DomainError(
            N_("The course and the numbers of a finished meeting stay. Correct its words only.")
        )
    if row.state != State.RUNNING:
        raise DomainError(N_("This meeting has not begun. Begin it first."))
    return row


def agenda_row(operation: Operation, meeting_id: int) -> Meeting:
    """Return the row of a meeting whose agenda may be changed: planned or running.

    Raises:
        DomainError: it may not.
    """
    row = open_row(operation, meeting_id)
    return row if row.state == State.PLANNED else live_row(operation, meeting_id)


def open_point(operation: Operation, point_id: int) -> MeetingPoint:
    """Return a point's row of a meeting that may be changed."""
    row = operation.session.get(MeetingPoint, point_id)
    if row is None:
        raise DomainError(POINT_GONE)
    open_row(operation, row.meeting_id)
    return row


def point_rows(session: Session, meeting_id: int) -> list[MeetingPoint]:
    """List the rows of a meeting's points, in order."""
    query = select(MeetingPoint).where(MeetingPoint.meeting_id == meeting_id)
    return list(session.scalars(query.order_by(MeetingPoint.position, MeetingPoint.id)))


def place_after(order: list[MeetingPoint], after: int | None) -> int:
    """Return the place of a new point among the others."""
    return next((i + 1 for i, row in enumerate(order) if row.id == after), len(order))


def number(order: list[MeetingPoint]) -> None:
    """Give the points of a meeting their places anew."""
    for place, row in enumerate(order):
        if row.position != place:
            row.position = place
