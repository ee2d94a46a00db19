"""One meeting: prepared, held, read afterwards."""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from ropdesk.i18n import _
from ropdesk.ui.meeting.side import MeetingSide
from ropdesk.ui.page import Page

if TYPE_CHECKING:
    from ropdesk.services.meetings import Ref
    from ropdesk.ui.context import Context

# State of a meeting → room in ``ropdesk.ui.meeting`` and the class that shows it, a `MeetingSide`.
PREPARATION, ROOM, DONE = "preparation", "room", "done"
SIDES = {PREPARATION: "PreparationView", ROOM: "RoomView", DONE: "DoneView"}
STATES = {"running": ROOM, "correcting": ROOM, "done": DONE}


class MeetingPage(Page):
    """One meeting, as its state wants it. `go_to` takes ``meeting`` (a `Ref`)."""

    watches = frozenset({"meeting", "meeting_series"})

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(context, _("Meeting"), parent)
        self.ref: Ref | None = None
        self._sides: dict[str, MeetingSide] = {}

    def go_to(self, **where: object) -> None:
        """Show a meeting."""
        if "meeting" in where:
            self.ref = cast("Ref", where["meeting"])
            self.mark_stale()

    def _side(self, key: str) -> MeetingSide | None:
        if key not in self._sides and find_spec(f"ropdesk.ui.meeting.{key}") is not None:
            room = import_module(f"ropdesk.ui.meeting.{key}")
            self._sides[key] = getattr(room, SIDES[key])(self.context)
        return self._sides.get(key)
