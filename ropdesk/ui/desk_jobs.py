"""What the window has done for it later: pages made; workspaces made, restored, backed up."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ropdesk import i18n
from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from ropdesk.store.workspace import Workspace
    from ropdesk.ui.context import Context
    from ropdesk.ui.page import Page
    from ropdesk.ui.window_desk import Desk


class Make:
    """Makes one page for the window."""

    def __init__(self, factory: "Callable[[Context], Page]", desk: "Desk") -> None:
        self._factory, self._desk = factory, desk

    def __call__(self) -> "Page":
        """Make the page."""
        return self._factory(self._desk.context())


class MakeSample:
    """Job: makes the sample department under its name."""

    def __init__(self, path: Path, today: date) -> None:
        self._path, self._today = path, today

    def __call__(self, _progress: object) -> Path:
        """Fill a workspace aside; it takes its name when it is whole."""
        from ropdesk.services import sample
        from ropdesk.store.workspace import create

        making = self._path.with_name(self._path.name + ".making")
        making.unlink(missing_ok=True)
        made = create(making)
        try:
            sample.fill(made, self._today)
        finally:
            made.close()
        return making.replace(self._path)


class Step:
    """Job: one undo or redo."""

    def __init__(self, step: "Callable[[Workspace], Any]", opened: "Workspace") -> None:
        self._step, self._opened = step, opened

    def __call__(self, _progress: object) -> Any:
        """Take the step."""
        return self._step(self._opened)


class Restore:
    """Job: puts a backup in a closed workspace's place."""

    def __init__(self, path: Path, source: Path) -> None:
        self._path, self._source = path, source

    def __call__(self, _progress: object) -> Path | None:
        """Restore; answers where what was replaced is kept."""
        from ropdesk.services import backups

        return backups.restore(self._path, self._source)


class Reopen:
    """Opens a workspace again after a restore, and says what came of it."""

    def __init__(self, desk: "Desk", path: Path, *, remember: bool) -> None:
        self._desk, self._path, self._remember = desk, path, remember

    def done(self, _before: object) -> None:
        """Show the restored workspace."""
        self._open()
        if self._desk.workspace is not None:
            self._desk.window.toast(
                _("The backup is restored. What was there before is first in the list.")
            )

    def failed(self, error: BaseException) -> None:
        """Show the workspace as it was, and why it stayed."""
        self._open()
        if not isinstance(error, DomainError):
            raise error
        self._desk.window.show_error(i18n.describe(error))

    def _open(self) -> None:
        self._desk.open(self._path, remember=self._remember)
        if self._desk.workspace is not None:
            self._desk.window.show_page("settings", view="backups")


class BackUp:
    """Job: one backup."""

    def __init__(self, opened: "Workspace", why: str) -> None:
        self._opened, self._why = opened, why

    def __call__(self, _progress: object) -> Path:
        """Make the backup; answers where it is."""
        from ropdesk.services import backups

        return backups.make(self._opened, self._why)


def nothing(_result: object) -> None:
    """Take a result that nobody waits for."""


def same(one: Path, other: Path) -> bool:
    """Tell whether two paths lead to one file that is there."""
    return one.exists() and other.exists() and one.samefile(other)
