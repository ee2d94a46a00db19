"""Meetings as iCalendar, for Outlook, Google Calendar or a phone."""

from datetime import UTC, date, datetime, time

from sqlalchemy import Connection

from ropdesk.domain.meetings import State
from ropdesk.i18n import _, short_date
from ropdesk.services.meeting_effect import HELD
from ropdesk.services.meeting_lines import MeetingLine, Occurrence, between, outline
from ropdesk.services.week_calendar import workspace_key
from ropdesk.store.workspace import Workspace


def ics(ws: Workspace, first: date, last: date, today: date) -> bytes:
    """Return the meetings of a span as a calendar file; skipped ones are marked as cancelled.

    Args:
        today: its date stamps the file; the same meetings on the same day give the same bytes.
    """
    from ropdesk.exchange.icalendar_out import Entry, calendar

    key = workspace_key(ws)
    with ws.read() as connection:
        entries = [
            Entry(
                _uid(key, line), line.title, line.day, line.start, line.minutes, line.day,
                description=_description(connection, line),
                done_on=line.day if line.state in HELD else None,
                dropped=line.state is State.SKIPPED, location=line.place,
            )
            for line in between(connection, first, last)
        ]  # fmt: skip
    return calendar(_("Meetings"), entries, datetime.combine(today, time(), UTC))


def _uid(key: str, line: MeetingLine) -> str:
    if isinstance(line.ref, Occurrence):
        return f"meetings-{line.ref.series_id}-{line.ref.day:%Y%m%d}-{key}@ropdesk"
    return f"meeting-{line.ref}-{key}@ropdesk"


def _description(connection: Connection, line: MeetingLine) -> str:
    """List the agenda, and say why it was moved or skipped."""
    reason = why(line)
    parts = [reason] if reason else []
    points = outline(connection, line)
    if points:
        parts.append(_("Agenda:"))
    parts += [
        _("{at}. {title}, {n} min", n=minutes, at=at, title=title)
        for at, (title, minutes) in enumerate(points, 1)
    ]
    return "\n".join(parts)


def why(line: MeetingLine) -> str:
    """Say why a meeting was skipped or moved, and from which day; nothing for any other."""
    if line.state is State.SKIPPED:
        return _("Skipped: {reason}", reason=line.reason)
    if line.moved_from is None:
        return ""
    day = short_date(line.moved_from)
    if not line.reason:  # it was begun on another day than planned
        return _("Planned for {day}", day=day)
    return _("Moved from {day}: {reason}", day=day, reason=line.reason)
