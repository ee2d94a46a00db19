"""What the sides of marketing share: questions beside the window's work, the empty page."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ropdesk.i18n import _
from ropdesk.services.marketing_facts import BehindLeads
from ropdesk.ui.planning.marketing.behind_leads import open_leads
from ropdesk.ui.planning.side import Side
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from ropdesk.ui.context import Context
    from ropdesk.ui.planning.behind import BehindDialog
    from ropdesk.ui.runner import Progress

T = TypeVar("T")


class MarketingSide(Side):
    """A side that counts leads in the worker and shows the latest answer only."""

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        self._asked: dict[str, int] = {}
        self.behind: BehindDialog | None = None
        self.stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        self._empty: EmptyState | None = None

    def ask(self, job: Callable[[], T], show: Callable[[T], object], about: str = "") -> None:
        """Ask a service in the worker; an answer overtaken by a later question is dropped.

        Args:
            about: what is asked, where a side asks several things.
        """
        from shiboken6 import isValid

        number = self._asked.get(about, 0) + 1
        self._asked[about] = number

        def work(_progress: "Progress") -> T:
            return job()

        def done(answer: T) -> None:
            if isValid(self) and number == self._asked[about]:
                show(answer)

        self.context.runner.start(work, done, title=_("Counting leads"), quiet=True)

    def open_behind(self, where: object) -> None:
        """Open the deals behind a number."""
        if isinstance(where, BehindLeads):
            self.behind = open_leads(self.context.workspace, where, self)

    def show_empty(
        self, sentence: str, action: tuple[str, Callable[[], object]],
        other: tuple[str, Callable[[], object]] | None = None,
    ) -> None:  # fmt: skip
        """Say what this side is for and what to do; made once."""
        if self._empty is None:
            self._empty = EmptyState(sentence, action, other)
            self.stack.addWidget(self._empty)
        self.stack.setCurrentWidget(self._empty)

    def import_file(self) -> None:
        """Go to the imports."""
        if "app.import" in self.context.registry:
            self.context.registry.run("app.import")
        else:
            self.context.navigate("imports")


def fit_height(table: DataTable, most: int) -> None:
    """Keep so many rows in sight, and take no more room than the rows need."""
    theme = current_theme()
    rows = table.list_model.rowCount()
    bar = theme.px(12)  # of scrolling sideways
    table.setMinimumHeight(theme.px(32) + min(rows, most) * theme.px(30) + 2)
    table.setMaximumHeight(theme.px(32) + max(rows, 1) * theme.px(30) + bar)
