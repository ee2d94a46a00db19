"""Taking a correction back: a meeting's words as its last edition has them."""

from collections import Counter

from sqlalchemy import delete, func, select

from ropdesk.reports.protocol_model import Protocol
from ropdesk.store.models import (
    Meeting,
    MeetingAttendance,
    MeetingDecision,
    MeetingPoint,
    Member,
    Promise,
)
from ropdesk.store.workspace import Operation


def put_back(operation: Operation, row: Meeting, last: Protocol) -> None:
    """Give a meeting the words of an edition; promises added since go."""
    row.led_by, row.secretary, row.guests = last.led_by, last.secretary, last.guests
    _points(operation, last)
    _decisions(operation, row.id, last)
    _attendance(operation, row.id, last)
    kept = [pledge.row for pledge in last.pledges if pledge.row is not None]
    operation.session.execute(
        delete(Promise).where(Promise.meeting_id == row.id, Promise.id.not_in(kept))
    )


def _points(operation: Operation, last: Protocol) -> None:
    for each in last.points:
        point = operation.session.get(MeetingPoint, each.row) if each.row else None
        if point is not None and point.meeting_id == last.meeting_id:
            point.title, point.notes, point.avoid = each.title, each.notes, each.avoid


def _decisions(operation: Operation, meeting_id: int, last: Protocol) -> None:
    """Keep the rows whose text stands in the edition, with their points; add what is missing."""
    missing = Counter(last.decisions)
    found = operation.session.scalars(
        select(MeetingDecision).where(MeetingDecision.meeting_id == meeting_id)
    ).all()
    places = {text: place for place, text in reversed(list(enumerate(last.decisions)))}
    for row in found:
        if missing[row.text]:
            missing[row.text] -= 1
            row.position = places[row.text]
        else:
            operation.session.delete(row)
    operation.session.add_all(
        MeetingDecision(meeting_id=meeting_id, text=text, position=places[text])
        for text in missing.elements()
    )


def _attendance(operation: Operation, meeting_id: int, last: Protocol) -> None:
    session = operation.session
    wanted = {person.member_id: person for person in last.people if person.member_id is not None}
    found = {
        row.member_id: row
        for row in session.scalars(
            select(MeetingAttendance).where(MeetingAttendance.meeting_id == meeting_id)
        )
    }
    for member_id, row in found.items():
        person = wanted.get(member_id)
        if person is None:
            session.delete(row)
        else:
            row.state, row.reason = person.state, person.reason
    for member_id, person in wanted.items():
        known = session.scalar(select(func.count()).where(Member.id == member_id))
        if member_id not in found and known:
            session.add(
                MeetingAttendance(
                    meeting_id=meeting_id, member_id=member_id, state=person.state,
                    reason=person.reason,
                )
            )  # fmt: skip
