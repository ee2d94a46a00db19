"""What every change of a meeting does first: find its row, or make that of a recurring time."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import Session

from ropdesk.domain.errors import DomainError
from ropdesk.services import calendar, meeting_kinds
from ropdesk.services.meeting_kinds import AgendaLine
from ropdesk.services.meeting_lines import GONE, Occurrence, Ref, day_named, one_series
from ropdesk.store.models import Meeting, MeetingPoint
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Operation

TEMPLATE = "template"


def find_row(session: Session, ref: Ref) -> Meeting | None:
    """Find the row of a meeting; None for a recurring one's time without a row.

    Raises:
        DomainError: a meeting of this id is gone.
    """
    if isinstance(ref, Occurrence):
        return session.scalar(
            select(Meeting).where(Meeting.series_id == ref.series_id, Meeting.series_day == ref.day)
        )
    row = session.get(Meeting, ref)
    if row is None:
        raise DomainError(GONE)
    return row


def ensure(operation: Operation, ref: Ref) -> Meeting:
    """Return the row of a meeting within a running operation; a recurring time gets its own.

    A row that is made gets the points of its kind's agenda.

    Raises:
        DomainError: there is no such meeting.
    """
    row = find_row(operation.session, ref)
    if row is None:
        row = made(operation, ref)
        add_row(operation, row)
    return row


def made(operation: Operation, ref: Ref) -> Meeting:
    """Make the row of a recurring meeting's time that has none; it is not added yet.

    Raises:
        DomainError: the meeting does not recur, or its rule has no such time.
    """
    if not isinstance(ref, Occurrence):
        raise DomainError(GONE)
    one = one_series(operation.conn, ref.series_id)
    day = day_named(one, ref.day, calendar.load(operation.conn))
    if day is None:
        raise DomainError(GONE)
    return Meeting(
        kind=one.kind, title=one.title, day=day, start=one.start, minutes=one.minutes,
        place=one.place, series_id=one.id, series_day=ref.day,
    )  # fmt: skip


def add_row(operation: Operation, row: Meeting) -> None:
    """Add a meeting with the points of its kind's agenda."""
    operation.session.add(row)
    operation.session.flush()
    renew_points(operation, row.id, meeting_kinds.agenda(operation.conn, row.kind))


def renew_points(operation: Operation, meeting_id: int, lines: Sequence[AgendaLine]) -> None:
    """Give a meeting the points of an agenda instead of those it has."""
    operation.session.execute(delete(MeetingPoint).where(MeetingPoint.meeting_id == meeting_id))
    operation.session.add_all(
        MeetingPoint(
            meeting_id=meeting_id, position=at, title=line.words, section=line.section.value,
            minutes=line.minutes, source=TEMPLATE,
        )
        for at, line in enumerate(lines)
    )  # fmt: skip
    operation.session.flush()


def untouched(connection: Connection, meeting_id: int, lines: Sequence[AgendaLine]) -> bool:
    """Say whether a meeting's points are an agenda's, with nothing said or changed yet."""
    kept = rows(
        connection,
        "SELECT section, title, minutes, notes, avoid, source FROM meeting_point "
        "WHERE meeting_id = ? ORDER BY position, id",
        (meeting_id,),
    )
    usual = [(line.section.value, line.words, line.minutes, "", "", TEMPLATE) for line in lines]
    return [tuple(row) for row in kept] == usual
