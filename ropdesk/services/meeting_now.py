"""Which meeting is running: asked at every start, so it waits for nothing else to be imported."""

from sqlalchemy import Connection

from ropdesk.domain.meetings import State
from ropdesk.store.plain import rows


def running(connection: Connection) -> int | None:
    """Return the id of the meeting that is running, if one is."""
    found = rows(
        connection, "SELECT id FROM meeting WHERE state = ? ORDER BY id", (State.RUNNING.value,)
    )
    return found[0][0] if found else None
