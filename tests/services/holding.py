"""Meetings held at a known time, whatever the clock says."""

from datetime import datetime, timedelta, timezone

from ropdesk.services import meeting_run, meetings
from ropdesk.services.meetings import Ref
from ropdesk.store.models import Meeting, MeetingMark
from ropdesk.store.workspace import Workspace

MOSCOW = timezone(timedelta(hours=3))


def hold(ws: Workspace, ref: Ref, late: int = 0, minutes: int = 18) -> int:
    """Hold a meeting that was set for a time: begun so many minutes late, as long as said."""
    with ws.read() as connection:
        line = meetings.line(connection, ref)
    assert line.start is not None
    begun = datetime(line.day.year, line.day.month, line.day.day, tzinfo=MOSCOW)
    begun += timedelta(minutes=line.start + late)
    made = meeting_run.begin(ws, ref, begun)
    with ws.operation("End") as operation:
        operation.session.add(
            MeetingMark(
                meeting_id=made, at=(begun + timedelta(minutes=minutes)).isoformat(), event="end"
            )
        )
        row = operation.session.get(Meeting, made)
        assert row is not None
        row.state = "done"
    return made
