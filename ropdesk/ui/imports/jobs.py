"""Work on files for the runner: nothing here touches a widget."""

from dataclasses import dataclass

from ropdesk.exchange.table import Preview
from ropdesk.i18n import _
from ropdesk.services import backups
from ropdesk.services.files import FileSpec
from ropdesk.services.import_look import FileSession, Look
from ropdesk.services.imports import Outcome
from ropdesk.services.owners import Choice
from ropdesk.store.workspace import Workspace
from ropdesk.ui.runner import Progress


class Rows:
    """Passes the number of rows read on to a job's progress."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done = 0

    def __call__(self, rows: int) -> None:
        """Hear how many rows are read."""
        self._progress.step(max(0, rows - self._done))
        self._done = rows


@dataclass(frozen=True, slots=True)
class LookJob:
    """Reads, parses and judges a file; answers its session with what was seen."""

    session: FileSession
    spec: FileSpec | None
    choice: Choice

    def __call__(self, progress: Progress) -> tuple[FileSession, Look]:
        """Do it."""
        return self.session, self.session.look(self.spec, self.choice, Rows(progress))


@dataclass(frozen=True, slots=True)
class PreviewJob:
    """Reads the beginning of a file."""

    session: FileSession
    spec: FileSpec

    def __call__(self, _progress: Progress) -> tuple[FileSession, Preview]:
        """Do it."""
        return self.session, self.session.preview(self.spec)


@dataclass(frozen=True, slots=True)
class ImportJob:
    """Backs the workspace up and imports a file."""

    workspace: Workspace
    session: FileSession
    spec: FileSpec
    choice: Choice

    def __call__(self, progress: Progress) -> tuple[FileSession, Outcome]:
        """Do it."""
        progress.total(0, _("Making a backup…"))
        backups.make(self.workspace, "import")
        progress.total(0, _("Importing {file}", file=self.session.path.name))
        return self.session, self.session.run(self.spec, self.choice, progress.at)
