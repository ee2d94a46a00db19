"""The actions of the team page, registered once although pages come and go."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from ropdesk.domain.errors import N_

if TYPE_CHECKING:
    from ropdesk.ui.actions import ActionRegistry

PAGE = "team"


class Team(Protocol):
    """What the actions ask of the page."""

    def add_member(self) -> None:
        """Ask for a new member."""

    def add_absence(self) -> None:
        """Ask for an absence of the member shown."""

    def find_member(self) -> None:
        """Go to the search field."""

    def previous_month(self) -> None:
        """Show the month before."""

    def next_month(self) -> None:
        """Show the month after."""


class TeamActions(QObject):
    """Hands actions to the page of the moment: after a change of language it is another one."""

    def __init__(self, registry: "ActionRegistry") -> None:
        super().__init__(registry)
        self.page: Team | None = None
        add = registry.add
        add("team.add", N_("Add a member…"), self._add, shortcut="Ctrl+N", icon="plus",
            page=PAGE)  # fmt: skip
        add("team.absence", N_("Note an absence…"), self._absence, shortcut="Ctrl+Shift+N",
            icon="calendar", page=PAGE)  # fmt: skip
        add("team.find", N_("Find a member"), self._find, shortcut="Ctrl+F", icon="search",
            page=PAGE, listed=False)  # fmt: skip
        add("team.previous_month", N_("Previous month"), self._back, shortcut="Alt+Left",
            icon="left", page=PAGE, listed=False)  # fmt: skip
        add("team.next_month", N_("Next month"), self._forward, shortcut="Alt+Right",
            icon="right", page=PAGE, listed=False)  # fmt: skip

    def _add(self) -> None:
        if self.page is not None:
            self.page.add_member()

    def _absence(self) -> None:
        if self.page is not None:
            self.page.add_absence()

    def _find(self) -> None:
        if self.page is not None:
            self.page.find_member()

    def _back(self) -> None:
        if self.page is not None:
            self.page.previous_month()

    def _forward(self) -> None:
        if self.page is not None:
            self.page.next_month()


def register(registry: "ActionRegistry") -> TeamActions:
    """Register the actions unless they are; return what hands them to the page."""
    known = registry.findChild(TeamActions)
    if isinstance(known, TeamActions):
        if "team.add" in registry:
            return known
        known.setParent(None)  # another workspace has been opened: its pages' actions are gone
        known.deleteLater()
    return TeamActions(registry)
