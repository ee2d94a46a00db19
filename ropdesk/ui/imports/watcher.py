"""Brings in what is dropped into the watched folder, while the window is open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import backups, settings, watch
from ropdesk.services.watch import Result, Seen
from ropdesk.store.errors import StorageError
from ropdesk.store.workspace import Workspace
from ropdesk.ui.imports import texts
from ropdesk.ui.imports.waiting_files import waiting_files

if TYPE_CHECKING:
    from ropdesk.ui.context import Context
    from ropdesk.ui.runner import Progress

POLL_MS = 4_000  # network folders tell nothing by themselves
SOON_MS = 800  # a file is looked at twice before it counts as whole


@dataclass(frozen=True, slots=True)
class Found:
    """What a look into the folder gave."""

    folder: Path
    listing: Mapping[Path, Seen]
    results: tuple[Result, ...]
    trouble: DomainError | None = None


class Watcher(QObject):
    """Looks into the folder of the settings, imports what needs no decision, tells of the rest."""

    def __init__(self, context: "Context", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._before: Mapping[Path, Seen] = {}
        self._handled: dict[Path, Seen] = {}
        self._folder: Path | None = None
        self._trouble = ""
        self._looking = False
        self._waiting = waiting_files(context.runner)
        self._system = QFileSystemWatcher(self)
        self._system.directoryChanged.connect(self._look_soon)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self.look)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.look)

    def start(self) -> None:
        """Watch from now on; files that lie there already are looked at too."""
        self._poll.start()
        self._soon.start()

    def stop(self) -> None:
        """Watch no more; an import under way is finished or cancelled by the runner."""
        self._poll.stop()
        self._soon.stop()
        self._waiting.keep(())
        if self._system.directories():
            self._system.removePaths(self._system.directories())

    def look(self) -> None:
        """Look into the folder now, unless other work is under way."""
        if self._looking or self._context.runner.busy:
            return
        chosen = settings.settings(self._context.workspace).watched_folder
        folder = Path(chosen) if chosen else None
        if folder != self._folder:
            self._follow(folder)
        if folder is None:
            return
        self._looking = True
        job = _Look(
            self._context.workspace, folder, dict(self._before), dict(self._handled),
            self._context.today,
        )  # fmt: skip
        self._context.runner.start(
            job, self._found, self._failed, quiet=True, on_cancelled=self._ended
        )

    def _follow(self, folder: Path | None) -> None:
        if self._system.directories():
            self._system.removePaths(self._system.directories())
        self._folder, self._before, self._handled, self._trouble = folder, {}, {}, ""
        self._waiting.keep(())
        if folder is not None and folder.is_dir():
            self._system.addPath(str(folder))

    def _look_soon(self, _folder: str) -> None:
        self._soon.start()

    def _ended(self) -> None:
        self._looking = False

    def _failed(self, error: BaseException) -> None:
        self._looking = False
        raise error

    def _found(self, found: Found) -> None:
        self._looking = False
        if found.folder != self._folder:
            return
        news = found.listing != self._before
        self._before = found.listing
        self._waiting.keep(found.listing.keys())
        if found.trouble is not None:
            words = describe(found.trouble)
            if words != self._trouble:
                self._context.toast(words)
            self._trouble = words
            return
        self._trouble = ""
        for result in found.results:
            self._tell(result)
        if news and self._poll.isActive():
            self._soon.start()

    def _tell(self, result: Result) -> None:
        name = result.path.name
        if isinstance(result.waits, StorageError):
            return  # another change was being written: the next look takes it
        self._handled[result.path] = self._before[result.path]
        if result.outcome is not None:
            self._waiting.drop(result.path)
            counts = texts.counted(result.outcome)
            self._context.toast(_("Imported {file}: {counts}", file=name, counts=counts), undo=True)
        elif result.waits is not None:
            self._waiting.add(result.path, result.waits)
            reason = describe(result.waits)
            self._context.toast(_("{file} waits in «Imports»: {why}", file=name, why=reason))


@dataclass(frozen=True, slots=True)
class _Look:
    """Job: one look into the folder, and the import of what can be imported."""

    workspace: Workspace
    folder: Path
    before: Mapping[Path, Seen]
    handled: Mapping[Path, Seen]
    today: Callable[[], date]

    def __call__(self, progress: "Progress") -> Found:
        try:
            now = watch.listing(self.folder)
        except DomainError as error:
            return Found(self.folder, {}, (), error)
        ready = [
            path for path in watch.settled(self.before, now) if self.handled.get(path) != now[path]
        ]
        ready.sort(key=lambda path: now[path].changed)  # a newer export has the last word
        results = []
        for path in watch.fresh(self.workspace, ready):
            progress.check_cancelled()
            results.append(
                watch.take(self.workspace, path, self.today(), progress.at, self._back_up)
            )
        return Found(self.folder, now, tuple(results))

    def _back_up(self) -> None:
        backups.make(self.workspace, "import")
