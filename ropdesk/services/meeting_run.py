"""Running a meeting: its course, what is said under each point, who is there, what is decided.

Nothing of a meeting that is done is changed: its protocol is frozen. While a new edition is being
written (`correcting`), words, decisions and attendance may change, the course and the numbers may
not.
"""

from datetime import date, datetime

from sqlalchemy import func, select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.meeting_clock import Event, Mark, clock
from ropdesk.domain.meetings import State
from ropdesk.i18n import _
from ropdesk.services import meeting_kinds, meetings, metrics, settings, team
from ropdesk.services import meeting_run_rows as found
from ropdesk.services.investigation_words import ABSENCES
from ropdesk.services.meeting_now import running
from ropdesk.services.meeting_run_rows import (
    ABSENT,
    LATE,
    PRESENT,
    Attendance,
    Decision,
    MeetingState,
    Point,
    last_word,
    meeting,
)
from ropdesk.services.meeting_run_texts import (
    add_decision,
    add_point,
    change_decision,
    move_point,
    remove_decision,
    remove_point,
    set_notes,
    set_point,
)
from ropdesk.services.meetings import Ref
from ropdesk.services.planning_sheet import MOST
from ropdesk.store.models import Meeting, MeetingAttendance, MeetingGoal, MeetingMark, Member
from ropdesk.store.workspace import Operation, Workspace

__all__ = [
    "ABSENT",
    "LATE",
    "PRESENT",
    "Attendance",
    "Decision",
    "MeetingState",
    "Point",
    "add_decision",
    "add_point",
    "begin",
    "change_decision",
    "go_to_point",
    "last_word",
    "meeting",
    "move_point",
    "pause",
    "remove_decision",
    "remove_point",
    "resume",
    "running",
    "set_attendance",
    "set_goal",
    "set_notes",
    "set_people",
    "set_point",
    "set_private",
]


def begin(ws: Workspace, ref: Ref, at: datetime) -> int:
    """Begin a meeting: its number of the year, who is there, the first point.

    One that is running already goes on. A meeting planned for another day is held on this one.

    Returns:
        Its id.

    Raises:
        DomainError: another meeting is running, or this one was held or skipped.
    """
    with ws.operation(N_("Begin the meeting «{title}»"), title="") as operation:
        _one_at_a_time(operation, ref)
        row = meetings.ensure(operation, ref)
        if row.state == State.RUNNING:
            return row.id
        found.open_row(operation, row.id)
        if row.state == State.CORRECTING:
            raise DomainError(
                N_("The protocol of this meeting is being corrected. It is not held twice.")
            )
        operation.session.flush()
        line = meetings.line(operation.conn, row.id)
        operation.fields["title"] = line.title
        if row.day != at.date():
            row.moved_from, row.moved, row.day = row.day, row.moved + 1, at.date()
        row.state, row.year = State.RUNNING.value, at.year
        row.number = _next_number(operation, at.year)
        row.led_by = row.led_by or settings.load(operation.conn).sales_head
        if meeting_kinds.kind(operation.conn, row.kind).team:
            _call_the_roll(operation, row)
        _mark(operation, row.id, at, Event.BEGIN)
        order = found.point_rows(operation.session, row.id)
        if order:
            _mark(operation, row.id, at, Event.POINT, order[0].id)
        return row.id


def _one_at_a_time(operation: Operation, ref: Ref) -> None:
    other = running(operation.conn)
    if other is None:
        return
    mine = meetings.line(operation.conn, ref)
    if mine.id != other:
        line = meetings.line(operation.conn, other)
        raise DomainError(
            N_("«{title}» of {day} is running. Finish it first: one meeting is held at a time."),
            title=line.title, day=line.day,
        )  # fmt: skip


def _next_number(operation: Operation, year: int) -> int:
    last = operation.session.scalar(select(func.max(Meeting.number)).where(Meeting.year == year))
    return (last or 0) + 1


def _call_the_roll(operation: Operation, row: Meeting) -> None:
    people = team.load(operation.conn)
    away = {gap.member_id: gap for gap in people.absences if gap.start <= row.day <= gap.end}
    known = {each.member_id for each in found.attendance(operation.conn, row.id)}
    for member in people.active(row.day, row.day):
        if member.id not in known:
            gap = away.get(member.id)
            operation.session.add(MeetingAttendance(
                meeting_id=row.id, member_id=member.id, state=ABSENT if gap else PRESENT,
                reason=_(ABSENCES[gap.kind]) if gap else "",
            ))  # fmt: skip


def _mark(
    operation: Operation, meeting_id: int, at: datetime, event: Event, point: int | None = None
) -> None:
    operation.session.add(
        MeetingMark(
            meeting_id=meeting_id, at=at.isoformat(timespec="seconds"), event=event.value,
            point_id=point,
        )
    )  # fmt: skip
    operation.session.flush()


def go_to_point(ws: Workspace, meeting_id: int, point_id: int, at: datetime) -> None:
    """Talk of another point from now on; a paused meeting stays paused.

    Raises:
        DomainError: the meeting is not running, or the point is not one of its own.
    """
    with ws.operation(N_("Go on to «{title}»"), title="") as operation:
        found.live_row(operation, meeting_id)
        point = found.open_point(operation, point_id)
        if point.meeting_id != meeting_id:
            raise DomainError(found.POINT_GONE)
        operation.fields["title"] = point.title
        marks = found.marks(operation.conn, meeting_id)
        talked = [mark.point for mark in marks if mark.event is Event.POINT]
        if talked[-1:] != [point_id]:
            _mark(operation, meeting_id, at, Event.POINT, point_id)


def pause(ws: Workspace, meeting_id: int, at: datetime) -> None:
    """Let the time stand still; twice is once."""
    with ws.operation(N_("Pause the meeting")) as operation:
        if not clock(_course(operation, meeting_id), at).paused:
            _mark(operation, meeting_id, at, Event.PAUSE)


def resume(ws: Workspace, meeting_id: int, at: datetime) -> None:
    """Let the time go on; twice is once."""
    with ws.operation(N_("Go on with the meeting")) as operation:
        if clock(_course(operation, meeting_id), at).paused:
            _mark(operation, meeting_id, at, Event.RESUME)


def _course(operation: Operation, meeting_id: int) -> tuple[Mark, ...]:
    found.live_row(operation, meeting_id)
    return found.marks(operation.conn, meeting_id)


def set_attendance(
    ws: Workspace, meeting_id: int, member_id: int, state: str, reason: str = ""
) -> None:
    """Say whether a member is there (present, late, absent), and why not.

    Raises:
        DomainError: the member is gone, or the meeting may not be changed any more.
    """
    if state not in {PRESENT, LATE, ABSENT}:
        raise ValueError(state)
    with ws.operation(N_("Attendance of {name}"), name="") as operation:
        found.open_row(operation, meeting_id)
        operation.fields["name"] = _member(operation, member_id).name
        row = operation.session.scalar(
            select(MeetingAttendance).where(
                MeetingAttendance.meeting_id == meeting_id,
                MeetingAttendance.member_id == member_id,
            )
        )
        if row is None:
            row = MeetingAttendance(meeting_id=meeting_id, member_id=member_id, state=state)
            operation.session.add(row)
        row.state, row.reason = state, "" if state == PRESENT else reason.strip()


def set_goal(
    ws: Workspace, meeting_id: int, member_id: int, day: date, metric: str, value: int | None
) -> None:
    """Agree a member's plan of a day, in the metric's stored parts; None takes it back.

    Raises:
        DomainError: the meeting is not running, the member or the metric is gone, or the value
            is below zero.
    """
    with ws.operation(N_("Agree the plan of {name} for {day}"), name="", day=day) as operation:
        found.live_row(operation, meeting_id)
        operation.fields["name"] = _member(operation, member_id).name
        code = metrics.load(operation.conn)[metric].code
        if value is not None and value < 0:
            raise DomainError(N_("A plan is zero or more. Check the number."), field="goal")
        if value is not None and value > MOST:
            raise DomainError(N_("This plan is too large. Check the number."), field="goal")
        row = operation.session.scalar(
            select(MeetingGoal).where(
                MeetingGoal.meeting_id == meeting_id, MeetingGoal.day == day,
                MeetingGoal.metric == code, MeetingGoal.member_id == member_id,
            )
        )  # fmt: skip
        if value is None:
            if row is not None:
                operation.session.delete(row)
        elif row is None:
            operation.session.add(MeetingGoal(
                meeting_id=meeting_id, day=day, metric=code, member_id=member_id, value=value,
            ))  # fmt: skip
        else:
            row.value = value


def _member(operation: Operation, member_id: int) -> Member:
    row = operation.session.get(Member, member_id)
    if row is None:
        raise DomainError(N_("This member is gone. Open the team again."))
    return row


def set_private(ws: Workspace, meeting_id: int, text: str) -> None:
    """Write what is neither shown to the team nor printed."""
    with ws.operation(N_("Private notes of a meeting")) as operation:
        found.open_row(operation, meeting_id).private = text.strip()


def set_people(
    ws: Workspace, meeting_id: int, *, led_by: str | None = None, secretary: str | None = None,
    guests: str | None = None,
) -> None:  # fmt: skip
    """Say who leads, who writes the protocol, who else is there; what is None stays."""
    with ws.operation(N_("Who leads and writes a meeting")) as operation:
        row = found.open_row(operation, meeting_id)
        if led_by is not None:
            row.led_by = " ".join(led_by.split())
        if secretary is not None:
            row.secretary = " ".join(secretary.split())
        if guests is not None:
            row.guests = guests.strip()
