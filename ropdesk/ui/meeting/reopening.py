"""Coming back to a meeting after the program stopped in the middle of it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ropdesk.store.workspace import Workspace


def first_page(workspace: "Workspace", usual: str) -> str:
    """Name the page a workspace opens on: the meeting that is running, else the usual one."""
    from ropdesk.services.meeting_now import running

    with workspace.read() as connection:
        return usual if running(connection) is None else "meeting"
