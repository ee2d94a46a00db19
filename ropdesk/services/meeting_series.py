"""Recurring meetings: made, changed from one day on, ended."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.meetings import Rule, State, checked_rule, checked_time
from ropdesk.domain.week import weekdays_text
from ropdesk.services import calendar, meeting_kinds
from ropdesk.services.meeting_lines import GONE, day_named, one_series
from ropdesk.services.meeting_rows import untouched
from ropdesk.store.models import Meeting, MeetingSeries
from ropdesk.store.workspace import Operation, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSeries:
    """A recurring meeting to be added, or what one becomes.

    Attributes:
        kind: code of its kind.
        start: minutes after midnight; None for any time of the day.
        minutes: the limit; that of the kind unless given.
        title: empty takes the name of the kind.
    """

    kind: str
    rule: Rule
    start: int | None = None
    minutes: int | None = None
    title: str = ""
    place: str = ""


def add_series(ws: Workspace, new: NewSeries) -> int:
    """Add a recurring meeting.

    Returns:
        Its id.

    Raises:
        DomainError: an unknown kind, a rule that names no day, a time that a day does not have.
    """
    with ws.operation(N_("Hold «{title}» by rule"), title="") as operation:
        made = MeetingSeries(kind="", first=new.rule.first)
        _fill(operation, made, new)
        operation.session.add(made)
        operation.session.flush()
        return made.id


def change_series(ws: Workspace, series_id: int, new: NewSeries, since: date) -> int:
    """Change a recurring meeting from a day on; earlier times stay as they were.

    Times that are prepared stay with it if the new rule has them, and become single meetings if
    not; those that were moved or skipped keep what was decided.

    Returns:
        The id of the series that goes on: another one where earlier times are kept.

    Raises:
        DomainError: as `add_series`, or it is gone.
    """
    with ws.operation(N_("Change the recurring meeting «{title}»"), title="") as operation:
        old = _series(operation, series_id)
        rows = _rows(operation, old.id, since)
        if old.first >= since:
            target = old
            _fill(operation, target, new)
        else:
            target = MeetingSeries(kind="", first=since)
            first = max(since, new.rule.first)
            rule = Rule(first, new.rule.weekdays, new.rule.every, new.rule.month_day,
                        new.rule.until)  # fmt: skip
            _fill(operation, target, NewSeries(
                kind=new.kind, rule=rule, start=new.start, minutes=new.minutes, title=new.title,
                place=new.place,
            ))  # fmt: skip
            operation.session.add(target)
            old.until = since - timedelta(days=1)
        operation.session.flush()
        _hand_over(operation, rows, target)
        return target.id


def end_series(ws: Workspace, series_id: int, since: date) -> None:
    """End a recurring meeting: from a day on it is held no more.

    What was held stays; times that are prepared become single meetings.

    Raises:
        DomainError: it is gone.
    """
    with ws.operation(N_("End the recurring meeting «{title}»"), title="") as operation:
        old = _series(operation, series_id)
        operation.fields["title"] = old.title or meeting_kinds.kind(operation.conn, old.kind).title
        for row in _rows(operation, old.id, since):
            _let_go(operation, row)
        operation.session.flush()
        if old.first >= since:
            operation.session.delete(old)
        else:
            old.until = since - timedelta(days=1)


def _hand_over(operation: Operation, rows: list[Meeting], target: MeetingSeries) -> None:
    one, work = one_series(operation.conn, target.id), calendar.load(operation.conn)
    for row in rows:
        named = row.series_day
        day = None if named is None else day_named(one, named, work)
        if day is None or row.kind != target.kind:
            _let_go(operation, row)
            continue
        row.series_id = target.id
        if row.state == State.PLANNED.value and not row.moved:
            row.day, row.start, row.minutes = day, target.start, target.minutes
            row.title, row.place = target.title, target.place
    operation.session.flush()


def _let_go(operation: Operation, row: Meeting) -> None:
    """Delete a time nobody has worked on; leave any other as a single meeting."""
    usual = meeting_kinds.agenda(operation.conn, row.kind)
    if row.state == State.SKIPPED.value or (
        row.state == State.PLANNED.value
        and not row.moved
        and untouched(operation.conn, row.id, usual)
    ):
        operation.session.delete(row)
    else:
        row.series_id, row.series_day = None, None


def _rows(operation: Operation, series_id: int, since: date) -> list[Meeting]:
    return list(
        operation.session.scalars(
            select(Meeting).where(Meeting.series_id == series_id, Meeting.series_day >= since)
        )
    )


def _series(operation: Operation, series_id: int) -> MeetingSeries:
    found = operation.session.get(MeetingSeries, series_id)
    if found is None:
        raise DomainError(GONE)
    return found


def _fill(operation: Operation, row: MeetingSeries, new: NewSeries) -> None:
    kind = meeting_kinds.kind(operation.conn, new.kind)
    operation.fields["title"] = new.title.strip() or kind.title
    minutes = kind.minutes if new.minutes is None else new.minutes
    checked_time(new.start, minutes)
    rule = checked_rule(new.rule)
    row.kind, row.title, row.place = kind.code, new.title.strip(), new.place.strip()
    row.start, row.minutes = new.start, minutes
    row.rule = "week" if rule.month_day is None else "month"
    row.weekdays = weekdays_text(rule.weekdays) if rule.month_day is None else ""
    row.every, row.month_day = rule.every, rule.month_day
    row.first, row.until = rule.first, rule.until
