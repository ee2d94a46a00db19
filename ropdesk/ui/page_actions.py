"""The actions of a page: registered once, although the page itself comes and goes.

A change of language makes pages anew and another workspace drops their actions, so an action holds
no page: it hands itself to the page of the moment.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, Self, TypeVar

from PySide6.QtCore import QObject

from ropdesk.domain.errors import N_

if TYPE_CHECKING:
    from ropdesk.ui.actions import ActionRegistry

P = TypeVar("P")


class MonthPage(Protocol):
    """A page that shows a month."""

    def previous_month(self) -> None:
        """Show the month before."""

    def next_month(self) -> None:
        """Show the month after."""


class PageActions(QObject, Generic[P]):
    """Actions handed to the page of the moment. Subclass, name the page, add actions.

    Attributes:
        page_name: name of the page in the window.
        page: the page of the moment; set by the page itself when it is made.
    """

    page_name: ClassVar[str]

    def __init__(self, registry: "ActionRegistry") -> None:
        super().__init__(registry)
        self.registry = registry
        self.page: P | None = None
        self._first = ""
        self.add_all()

    def add_all(self) -> None:
        """Add the page's actions with `add`. Override."""

    def add(self, name: str, text: str, run: Callable[[P], object], **options: Any) -> None:
        """Register an action of this page.

        Args:
            name: without the page's name: ``"print"`` becomes ``"reports.print"``.
            run: what the action asks of the page.
            options: as in `ActionRegistry.add`.
        """
        full = f"{self.page_name}.{name}"
        self._first = self._first or full
        self.registry.add(full, text, _Hand(self, run), page=self.page_name, **options)

    def add_month_steps(self: "PageActions[Any]", *, listed: bool = False) -> None:
        """Register Alt+Left and Alt+Right for a `MonthPage`."""
        self.add("previous_month", N_("Previous month"), _back, shortcut="Alt+Left", icon="left",
                 listed=listed)  # fmt: skip
        self.add("next_month", N_("Next month"), _forward, shortcut="Alt+Right", icon="right",
                 listed=listed)  # fmt: skip

    @classmethod
    def of(cls, registry: "ActionRegistry") -> Self:
        """Return the actions in the registry, registering them unless they are there."""
        known = registry.findChild(cls)
        if isinstance(known, cls):
            if known._first in registry:
                return known
            known.setParent(None)  # another workspace was opened: its pages' actions are gone
            known.deleteLater()
        return cls(registry)


class _Hand(Generic[P]):
    def __init__(self, actions: PageActions[P], run: Callable[[P], object]) -> None:
        self._actions, self._run = actions, run

    def __call__(self) -> None:
        if self._actions.page is not None:
            self._run(self._actions.page)


def _back(page: MonthPage) -> None:
    page.previous_month()


def _forward(page: MonthPage) -> None:
    page.next_month()
