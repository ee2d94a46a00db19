"""What a meeting looks like in one of its states: planned, running, done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ropdesk.ui.page import Page, View

if TYPE_CHECKING:
    from ropdesk.services.meetings import Ref
    from ropdesk.ui.context import Context


class MeetingSide(View):
    """A view of one meeting. Set `watches`, override `reload` and what else it can do.

    Attributes:
        context: what the application gives to pages.
        ref: the meeting shown; None before the first.
    """

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.ref: Ref | None = None

    def set_meeting(self, ref: "Ref") -> None:
        """Show another meeting."""
        if ref != self.ref:
            self.ref = ref
            self.mark_stale()

    def header_parts(self) -> Sequence[QWidget]:
        """Return widgets for the right of the page's header, seen while this side is shown.

        Called once. The primary button comes last.
        """
        return ()

    def go_to(self, **where: object) -> None:
        """Go where `navigate` says."""

    def leave(self) -> None:
        """Hear that another meeting or side is about to be shown: keep what is being typed."""

    def print_paper(self) -> bool:
        """Show the paper of what is shown; False where there is none."""
        return False

    def show_error(self, text: str) -> None:
        """Say what is wrong and what to do, above the page's content; empty takes it away."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, Page):
            above = above.parentWidget()
        if above is not None:
            above.show_error(text)
