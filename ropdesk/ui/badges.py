"""The counts beside the tabs, kept in step with every commit, off the window's thread."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ropdesk.domain.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from ropdesk.store.workspace import Workspace
    from ropdesk.ui.runner import Progress, Runner
    from ropdesk.ui.window import MainWindow

WATCHED = frozenset({
    "promise", "promise_move", "task", "planned_action", "action_series", "investigation",
    "director_request", "daily_value", "deal", "member",
})  # fmt: skip
WAIT_MS = 400  # several commits in a row are counted once
HOUR_MS = 3_600_000  # a new day makes things due without any commit


class Badges(QObject):
    """Counts what waits for the day's page."""

    def __init__(self, window: "MainWindow", runner: "Runner", today: "Callable[[], date]") -> None:
        super().__init__(window)
        self._window, self._runner, self._today = window, runner, today
        self._workspace: Workspace | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._count)
        self._clock = QTimer(self)
        self._clock.setInterval(HOUR_MS)
        self._clock.timeout.connect(self._count)

    @property
    def waits(self) -> bool:
        """Whether a count is about to begin."""
        return self._timer.isActive()

    def follow(self, workspace: "Workspace | None") -> None:
        """Count in this workspace from now on; in none, stop."""
        self._workspace = workspace
        if workspace is None:
            self._timer.stop()
            self._clock.stop()
        else:
            self._timer.start()
            self._clock.start()

    def hear(self, changed: "Collection[str]") -> None:
        """Count again if a table that matters has changed."""
        if self._workspace is not None and not WATCHED.isdisjoint(changed):
            self._timer.start()

    def _count(self) -> None:
        if self._workspace is not None:
            job = partial(_waiting, self._workspace, self._today())
            self._runner.start(job, self._show, self._failed, quiet=True)

    def _show(self, waiting: int) -> None:
        self._window.set_badge("today", waiting)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, DomainError):
            raise error


def _waiting(ws: "Workspace", today: "date", _progress: "Progress") -> int:
    """Count promises and tasks that are overdue or due today."""
    from datetime import date as day

    from ropdesk.services import promises, tasks

    with ws.read() as connection:
        due = promises.lines(connection, today, due=(day.min, today), open_only=True)
        return len(due) + len(tasks.tasks(connection, today, until=today))
