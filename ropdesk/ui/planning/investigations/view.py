"""The sides of investigations: one line each, imported when its side is first shown."""

from datetime import date
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from ropdesk.domain.errors import N_
from ropdesk.i18n import _
from ropdesk.ui.planning.investigations.actions import InvestigationActions
from ropdesk.ui.planning.side import Side, Sides

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

# Key, words of the choice, module in ``ropdesk.ui.planning``, and the class that shows it.
INSIDE: tuple[tuple[str, str, str, str], ...] = (
    ("signals", N_("Signals"), "signals.view", "SignalsSide"),
    ("cases", N_("Investigations"), "investigations.cases", "CasesSide"),
    ("library", N_("Proven actions"), "investigations.library", "LibrarySide"),
)


def _make(module: str, name: str, context: "Context", month: date) -> Side:
    found = import_module(f"ropdesk.ui.planning.{module}")
    return cast("Side", getattr(found, name)(context, month))


class InvestigationsView(Sides):
    """Signals, cases and the library. `go_to` takes ``side`` and ``record`` (an id)."""

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            month,
            [(key, _(words), partial(_make, module, name)) for key, words, module, name in INSIDE],
            _("Side of investigations"),
            parent,
        )
        InvestigationActions.of(context.registry).page = self

    def begin_case(self) -> None:
        """Show the investigations and ask for a new one."""
        from ropdesk.ui.planning.investigations.cases import CasesSide

        self.context.navigate("planning", view="investigations", side="cases")
        if isinstance(self.shown, CasesSide):
            self.shown.new_case()

    def open_library(self) -> None:
        """Show the library of proven actions, ready to search."""
        from ropdesk.ui.planning.investigations.library import LibrarySide

        self.context.navigate("planning", view="investigations", side="library")
        if isinstance(self.shown, LibrarySide):
            self.shown.find_action()
