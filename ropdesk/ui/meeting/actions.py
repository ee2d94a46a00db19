"""The actions of a meeting that is held: each has a key, none needs the mouse.

Single letters work while no field has the focus (Esc leaves a field), in both layouts of a
Russian keyboard; with Alt they work everywhere.
"""

from collections.abc import Callable
from typing import Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import PageActions


class Room(Protocol):
    """What the actions ask of a meeting that is held."""

    def next_point(self) -> None:
        """Talk of the next point."""

    def previous_point(self) -> None:
        """Talk of the point before."""

    def point_done(self) -> None:
        """Keep what was said, go on."""

    def toggle_pause(self) -> None:
        """Let the time stand still, or go on."""

    def finish(self) -> None:
        """End the meeting and print its protocol; while correcting: issue the new edition."""

    def print_draft(self) -> None:
        """Show the protocol as it would be now."""

    def go_promise(self) -> None:
        """Go to the promise line."""

    def go_notes(self) -> None:
        """Go to the notes of the point."""

    def go_decision(self) -> None:
        """Go to the line of a new decision."""

    def go_numbers(self) -> None:
        """Go to the numbers, or to the promises to be judged."""

    def go_agenda(self) -> None:
        """Go to the agenda."""

    def go_people(self) -> None:
        """Go to the attendance."""

    def say_roles(self) -> None:
        """Say who leads, writes and visits."""

    def new_point(self) -> None:
        """Add a point to the agenda."""

    def make_task(self) -> None:
        """Ask for a task that comes from the meeting."""

    def toggle_private(self) -> None:
        """Show or hide the private notes."""


class Page(Protocol):
    """The page of a meeting, with its room while a meeting is held in it."""

    @property
    def room(self) -> Room | None:
        """The room; None while no meeting is held."""


Run = Callable[[Room], object]


class _InRoom:
    """Asks something of the page's room, if it has one."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def __call__(self, page: Page) -> None:
        if page.room is not None:
            self._run(page.room)


def letter(latin: str, russian: str) -> list[str]:
    """Return the keys of a letter in both layouts, alone and with Alt."""
    return [latin, russian, f"Alt+{latin}", f"Alt+{russian}"]


class MeetingActions(PageActions[Page]):
    """The course of a meeting, and where to type."""

    page_name = "meeting"

    def add_all(self) -> None:
        """Add the actions."""
        self._add("next_point", N_("Next point"), lambda room: room.next_point(),
                  ["PgDown", "Alt+Down"], "right")  # fmt: skip
        self._add("previous_point", N_("Previous point"), lambda room: room.previous_point(),
                  ["PgUp", "Alt+Up"], "left")  # fmt: skip
        self._add("point_done", N_("Point done, go on"), lambda room: room.point_done(),
                  ["Ctrl+Return", "Ctrl+Enter"], "check")  # fmt: skip
        self._add("pause", N_("Pause or go on"), lambda room: room.toggle_pause(), ["F8"], "list")
        self._add("finish", N_("Finish and print"), lambda room: room.finish(),
                  ["Ctrl+Shift+P"], "print")  # fmt: skip
        self._add("draft", N_("Draft of the protocol"), lambda room: room.print_draft(),
                  ["Ctrl+P"], "print")  # fmt: skip
        self._add("promise", N_("New promise"), lambda room: room.go_promise(),
                  letter("P", "З"), "edit")  # fmt: skip
        self._add("notes", N_("Notes of the point"), lambda room: room.go_notes(),
                  letter("N", "Т"), "edit")  # fmt: skip
        self._add("decision", N_("New decision"), lambda room: room.go_decision(),
                  letter("D", "В"), "edit")  # fmt: skip
        self._add("numbers", N_("To the numbers of the point"), lambda room: room.go_numbers(),
                  letter("G", "П"), "edit")  # fmt: skip
        self._add("agenda", N_("To the agenda"), lambda room: room.go_agenda(),
                  letter("A", "Ф"), "list")  # fmt: skip
        self._add("people", N_("Who is present"), lambda room: room.go_people(),
                  letter("W", "Ц"), "list")  # fmt: skip
        self._add("roles", N_("Who leads, who writes, guests"), lambda room: room.say_roles(),
                  letter("R", "К"), "edit")  # fmt: skip
        self._add("new_point", N_("New point of the agenda"), lambda room: room.new_point(),
                  ["Ctrl+N"], "edit")  # fmt: skip
        self._add("task", N_("Task from the meeting…"), lambda room: room.make_task(),
                  letter("T", "Е"), "plus")  # fmt: skip
        self._add("private", N_("Private notes"), lambda room: room.toggle_private(),
                  ["F7"], "edit")  # fmt: skip

    def _add(self, name: str, text: str, run: Run, keys: list[str], icon: str) -> None:
        self.add(name, text, _InRoom(run), shortcut=keys, icon=icon, enabled=self._held)

    def _held(self) -> bool:
        return self.page is not None and self.page.room is not None
