"""Meetings: what there is and will be, and every change of when. What is said is `meeting_run`'s.

A recurring meeting has no rows. The moment one of its times is moved, skipped, prepared or begun,
that time gets a row of its own with the points of its kind's agenda (`ensure`).
"""

from dataclasses import dataclass
from datetime import date

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.meetings import Rule, State, checked_reason, checked_time
from ropdesk.domain.months import checked_day
from ropdesk.services import meeting_kinds
from ropdesk.services.meeting_lines import (
    MeetingLine,
    Occurrence,
    Ref,
    Series,
    between,
    line,
    next_of,
    on_day,
    one_series,
    outline,
    series,
)
from ropdesk.services.meeting_rows import add_row, ensure, find_row, made, renew_points
from ropdesk.services.meeting_series import NewSeries, add_series, change_series, end_series
from ropdesk.store.models import Meeting
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Operation, Workspace

__all__ = [
    "MeetingLine",
    "NewMeeting",
    "NewSeries",
    "Occurrence",
    "Ref",
    "Rule",
    "Series",
    "add",
    "add_series",
    "between",
    "change",
    "change_series",
    "end_series",
    "ensure",
    "line",
    "move",
    "next_of",
    "on_day",
    "one_series",
    "outline",
    "remove",
    "restore",
    "series",
    "skip",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeeting:
    """A meeting to be added, or what one becomes.

    Attributes:
        kind: code of its kind.
        start: minutes after midnight; None for any time of the day.
        minutes: the limit; that of the kind unless given.
        title: empty takes the name of the kind.
    """

    kind: str
    day: date
    start: int | None = None
    minutes: int | None = None
    title: str = ""
    place: str = ""


def add(ws: Workspace, meeting: NewMeeting) -> int:
    """Add a single meeting with the points of its kind's agenda.

    Returns:
        Its id.

    Raises:
        DomainError: an unknown kind or a time that a day does not have.
    """
    with ws.operation(N_("Plan «{title}» on {day}"), title="", day=meeting.day) as operation:
        kind = meeting_kinds.kind(operation.conn, meeting.kind)
        operation.fields["title"] = meeting.title.strip() or kind.title
        minutes = kind.minutes if meeting.minutes is None else meeting.minutes
        checked_day(meeting.day)
        checked_time(meeting.start, minutes)
        row = Meeting(
            kind=kind.code, day=meeting.day, title=meeting.title.strip(), start=meeting.start,
            minutes=minutes, place=meeting.place.strip(),
        )  # fmt: skip
        add_row(operation, row)
        return row.id


def change(
    ws: Workspace,
    ref: Ref,
    *,
    title: str | None = None,
    minutes: int | None = None,
    place: str | None = None,
) -> None:
    """Change what is given of a meeting's name, limit and place; its time is changed by `move`.

    Raises:
        DomainError: it is gone, done already, or the length is impossible.
    """
    with ws.operation(N_("Change «{title}» on {day}"), title="") as operation:
        row = _open_row(operation, ref)
        if title is not None:
            row.title = title.strip()
        if place is not None:
            row.place = place.strip()
        if minutes is not None:
            checked_time(row.start, minutes)
            row.minutes = minutes


def move(ws: Workspace, ref: Ref, day: date, start: int | None, reason: str) -> None:
    """Move a planned meeting to another day or time, with a reason; the moves are counted.

    Raises:
        DomainError: no reason, a time that a day does not have, or it is not planned any more.
    """
    with ws.operation(N_("Move «{title}» from {day} to {to}"), title="", to=day) as operation:
        row = _planned_row(operation, ref)
        if (row.day, row.start) == (day, start):
            raise DomainError(
                N_("The meeting stands on this day and time already. Choose another."),
                field="day",
            )
        checked_day(day)
        checked_time(start, row.minutes)
        row.reason = checked_reason(reason)
        row.moved_from, row.day, row.start = row.day, day, start
        row.moved += 1


def skip(ws: Workspace, ref: Ref, reason: str) -> None:
    """Leave a planned meeting out, with a reason.

    Raises:
        DomainError: no reason, or it is not planned any more.
    """
    with ws.operation(N_("Skip «{title}» on {day}: {reason}"), title="") as operation:
        row = find_row(operation.session, ref)
        if row is None:  # what is left out needs no agenda
            row = made(operation, ref)
            operation.session.add(row)
        _named(operation, row)
        _refuse_held(row)
        row.reason = operation.fields["reason"] = checked_reason(reason)
        row.state = State.SKIPPED.value


def restore(ws: Workspace, ref: Ref) -> None:
    """Plan a skipped meeting again.

    Raises:
        DomainError: it is gone, or was not skipped.
    """
    with ws.operation(N_("Hold «{title}» on {day} after all"), title="") as operation:
        row = _named(operation, ensure(operation, ref))
        if row.state != State.SKIPPED.value:
            raise DomainError(N_("This meeting is not skipped. Open the list again."))
        row.state, row.reason = State.PLANNED.value, ""
        asked = "SELECT 1 FROM meeting_point WHERE meeting_id = ? LIMIT 1"
        if not rows(operation.conn, asked, (row.id,)):
            renew_points(operation, row.id, meeting_kinds.agenda(operation.conn, row.kind))


def remove(ws: Workspace, ref: Ref) -> None:
    """Delete a single meeting that has not been held.

    Raises:
        DomainError: it recurs, has begun, or is gone.
    """
    with ws.operation(N_("Delete «{title}» on {day}"), title="") as operation:
        row = find_row(operation.session, ref)
        if row is None or row.series_id is not None:
            raise DomainError(
                N_("This meeting recurs. Skip this time, or end the recurring meeting.")
            )
        if row.state not in {State.PLANNED.value, State.SKIPPED.value}:
            raise DomainError(N_("This meeting has been held: its protocol stays."))
        operation.session.delete(_named(operation, row))


def _open_row(operation: Operation, ref: Ref) -> Meeting:
    row = _named(operation, ensure(operation, ref))
    if row.state == State.DONE.value:
        raise DomainError(N_("This meeting has been held: its protocol stays."))
    return row


def _planned_row(operation: Operation, ref: Ref) -> Meeting:
    row = _named(operation, ensure(operation, ref))
    _refuse_held(row)
    return row


def _refuse_held(row: Meeting) -> None:
    if row.state != State.PLANNED.value:
        raise DomainError(N_("This meeting is not planned any more. Open the list again."))


def _named(operation: Operation, row: Meeting) -> Meeting:
    title = row.title or meeting_kinds.kind(operation.conn, row.kind).title
    operation.fields.update(title=title, day=row.day)
    return row
