"""A window over a workspace: opening, the pages, news of changes, undo, backups, closing."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from ropdesk import i18n, paths
from ropdesk.domain.errors import N_, DomainError
from ropdesk.i18n import _
from ropdesk.ui.actions import ActionRegistry
from ropdesk.ui.badges import Badges
from ropdesk.ui.context import Context
from ropdesk.ui.desk_jobs import BackUp, Make, MakeSample, Reopen, Restore, Step, nothing, same
from ropdesk.ui.meeting.reopening import first_page
from ropdesk.ui.runner import Runner
from ropdesk.ui.theme import Theme
from ropdesk.ui.window import MainWindow
from ropdesk.ui.window_memory import WindowMemory

if TYPE_CHECKING:
    from collections.abc import Callable

    from ropdesk.services.history import Entry
    from ropdesk.store.journal import Changed
    from ropdesk.store.workspace import Workspace
    from ropdesk.ui.imports.watcher import Watcher
    from ropdesk.ui.instance import Instance

POLL_MS = 1_000
SETTLED_MS = 400  # upkeep waits until the board is on the screen
FILTER = "RopDesk (*.ropdesk)"
START = "today"  # the page a workspace opens on


class Desk(QObject):
    """The window and the workspace it shows.

    Attributes:
        first: what `begin` opens; None shows the welcome.
        make_sample: `begin` makes the sample department if `first` is not there.
    """

    _committed = Signal(object)

    def __init__(self, theme: Theme, memory: WindowMemory | None) -> None:
        super().__init__()
        self.theme = theme
        self.registry = ActionRegistry(self)
        self.window = MainWindow(self.registry, theme, memory)
        self.runner = Runner(self.window)
        self.badges = Badges(self.window, self.runner, _today)
        self.first: Path | None = None
        self.make_sample = False
        self.workspace: Workspace | None = None
        self._instance: Instance | None = None
        self._watcher: Watcher | None = None
        self._written = False
        self._seen_version: int | None = None
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._look_for_others)
        self._upkeep = QTimer(self)
        self._upkeep.setSingleShot(True)
        self._upkeep.setInterval(SETTLED_MS)
        self._upkeep.timeout.connect(self._watch)
        self._upkeep.timeout.connect(self._back_up_if_due)
        self._committed.connect(self._on_committed)
        self.window.closing.connect(self.close)
        self.window.undo.connect_to(self._undo, self._redo)
        self.window.files_dropped.connect(self._take_files)
        self._register()

    def _register(self) -> None:
        add = self.registry.add
        add("app.open", N_("Open a workspace…"), self.ask_open, shortcut="Ctrl+O")
        add("app.new", N_("New workspace…"), self.ask_new)
        add("app.sample", N_("Open the sample department"), self.open_sample)
        add("app.import", N_("Import a file…"), self.ask_import, shortcut="Ctrl+I")
        add("app.settings", N_("Settings"), self.show_settings, shortcut="Ctrl+,")
        add("app.restore", N_("Restore a backup…"), self.restore_chosen, listed=False)
        add("app.open_file", N_("Open this workspace"), self.open_chosen, listed=False)
        add("app.history", N_("History of changes"), self.show_history, shortcut="Ctrl+H")

    # -- opening

    def begin(self) -> None:
        """Open what was asked for, once the window is on the screen."""
        if self.first is None:
            self.show_welcome()
        elif self.make_sample and not self.first.is_file():
            self.open_sample()
        else:
            self.open(self.first)

    def open(self, path: Path, *, remember: bool = True) -> None:
        """Open a workspace in this window; trouble is told on the welcome page."""
        from ropdesk.store.workspace import open_workspace

        if self.workspace is not None and same(path, self.workspace.path):
            self.come_forward()
            return
        try:
            self._switch(path, open_workspace, remember=remember)
        except DomainError as error:
            self._failed(error)

    def create(self, path: Path) -> None:
        """Make a new workspace and open it."""
        from ropdesk.store.workspace import create

        try:
            self._switch(path, create, remember=True)
        except DomainError as error:
            self._failed(error)

    def _switch(self, path: Path, how: "Callable[[Path], Workspace]", *, remember: bool) -> None:
        path = path.absolute()
        instance = None
        if remember:
            from ropdesk.ui.instance import Instance  # Qt's sockets, after the first paint

            instance = Instance(path, self)
            if not instance.hold():
                if self.workspace is None:
                    self.window.close()
                return
            instance.raise_wanted.connect(self.come_forward)
        try:
            opened = how(path)
        except DomainError:
            if instance is not None:
                instance.release()
            raise
        self.close()
        self._instance = instance
        self.workspace = opened
        opened.subscribe(self._committed.emit)
        if remember:
            paths.remember(path)
        self.window.setWindowTitle(f"{path.stem} — RopDesk")
        self._add_pages()
        self.window.show_page(first_page(opened, START))
        self.badges.follow(opened)
        self._seen_version = opened.data_version()
        self._poll.start()
        if remember:
            self._upkeep.start()

    @property
    def busy(self) -> bool:
        """Whether work is running, or waits for the board to be on the screen."""
        return self.runner.busy or self._upkeep.isActive()

    def announce(self) -> None:
        """Show the tabs before there is a workspace, so that the first paint is the window's."""
        from ropdesk.ui.pages import PAGES

        for name, (title, factory) in PAGES.items():
            self.window.register_page(name, Make(factory, self), title)

    def context(self) -> Context:
        """Return what pages of the workspace shown get."""
        return Context(
            workspace=self.workspace, registry=self.registry, runner=self.runner,
            theme=self.theme, toast=self.window.toast, navigate=self.window.show_page,
            today=today,
        )  # fmt: skip

    def _add_pages(self) -> None:
        from ropdesk.ui.finder import Finder
        from ropdesk.ui.reports.actions import ReportsActions

        self.window.forget_pages()
        self.announce()
        ReportsActions.of(self.registry)  # other pages print through it before its first visit
        self.window.palette_providers[:] = [Finder(self.context()).find]

    def _watch(self) -> None:
        """Bring in what is dropped into the watched folder."""
        from ropdesk.ui.imports.watcher import Watcher

        self._watcher = Watcher(self.context(), self)
        self._watcher.start()

    def _leave(self) -> None:
        """Let the workspace shown go, with its pages."""
        self._poll.stop()
        self._upkeep.stop()
        self.badges.follow(None)
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher.deleteLater()
            self._watcher = None
        if self.workspace is not None:
            self.runner.close()
            self.window.forget_pages()
            self.workspace.close()
            self.workspace = None
        if self._instance is not None:
            self._instance.release()
            self._instance = None

    def show_welcome(self, problem: str = "") -> None:
        """Show what can be opened, and what went wrong if anything did."""
        from ropdesk.ui.welcome import WelcomePage

        self.window.forget_pages()
        page = WelcomePage(self, problem)
        self.window.register_page("welcome", page.itself, N_("Welcome"))
        self.window.show_page("welcome")

    def open_sample(self) -> None:
        """Open the sample department, making it if there is none yet."""
        path = paths.sample_workspace()
        if path.is_file():
            self.open(path)
            return
        self.runner.start(
            MakeSample(path, today()), self.open, self._failed, _("Preparing the sample department")
        )

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, DomainError):
            raise error
        if self.workspace is None:
            self.show_welcome(i18n.describe(error))
        else:
            self.window.show_error(i18n.describe(error))

    def ask_open(self) -> None:
        """Let the person choose a workspace to open."""
        name, _kind = QFileDialog.getOpenFileName(
            self.window, _("Open a workspace"), str(self._folder()), FILTER
        )
        if name:
            self.open(Path(name))

    def ask_new(self) -> None:
        """Let the person name a new workspace."""
        suggested = self._folder() / (_("Sales department") + paths.SUFFIX)
        name, _kind = QFileDialog.getSaveFileName(
            self.window, _("New workspace"), str(suggested), FILTER
        )
        if name:
            path = Path(name)
            self.create(path if path.suffix else path.with_suffix(paths.SUFFIX))

    def _folder(self) -> Path:
        folder = self.workspace.path.parent if self.workspace else paths.data_folder()
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def come_forward(self) -> None:
        """Bring the window before the others."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    # -- changes

    def _on_committed(self, changed: "Changed") -> None:
        self._written = True
        self.window.on_changed(changed.tables)
        self.badges.hear(changed.tables)

    def _look_for_others(self) -> None:
        """See whether another process (a command) has written to the file."""
        if self.workspace is None:
            return
        version = self.workspace.data_version()
        if version is not None and version != self._seen_version:
            self._seen_version = version
            from ropdesk.store.models import Base

            self.window.on_changed(Base.metadata.tables)
            self.badges.hear(Base.metadata.tables)

    def _undo(self) -> None:
        self._replay("undo")

    def _redo(self) -> None:
        self._replay("redo")

    def _replay(self, verb: str) -> None:
        if self.workspace is None:
            return
        from ropdesk.services import history

        step = history.undo if verb == "undo" else history.redo
        told = self._undone if verb == "undo" else self._redone
        self.runner.start(Step(step, self.workspace), told, self._failed, _("Undo"))

    def _undone(self, entry: "Entry | None") -> None:
        if entry is None:
            self.window.toast(_("There is nothing to undo."))
        else:
            self.window.toast(_("Undone: {what}", what=i18n.label(entry.label, entry.fields)))

    def _redone(self, entry: "Entry | None") -> None:
        if entry is None:
            self.window.toast(_("There is nothing to redo."))
        else:
            self.window.toast(_("Done again: {what}", what=i18n.label(entry.label, entry.fields)))

    # -- files, settings, history

    def _take_files(self, files: list[Path]) -> None:
        first = files[0]
        if first.suffix.casefold() == paths.SUFFIX:
            self.open(first)
        elif self.workspace is not None:
            self.window.show_page("imports", file=first)
        else:
            self.window.show_error(_(
                "There is no workspace for «{file}» yet. Make or open one, then drop the file.",
                file=first.name,
            ))  # fmt: skip

    def ask_import(self) -> None:
        """Let the person choose a file to import."""
        if self.workspace is None:
            return
        name, _kind = QFileDialog.getOpenFileName(
            self.window, _("Import a file"), "",
            _("Tables (*.csv *.tsv *.txt *.xlsx *.xls);;All files (*)"),
        )  # fmt: skip
        if name:
            self.window.show_page("imports", file=Path(name))

    def show_settings(self) -> None:
        """Open the settings."""
        if self.workspace is not None:
            self.window.show_page("settings")

    def show_history(self) -> None:
        """Open the history of the workspace."""
        if self.workspace is not None:
            self.window.show_page("settings", view="history")

    # -- backups and the end

    def open_chosen(self) -> None:
        """Open the workspace whose path the action carries as its data."""
        name = self.registry["app.open_file"].data()
        if name:
            self.open(Path(name))

    def restore_chosen(self) -> None:
        """Put the backup whose path the action carries as its data in the workspace's place."""
        name = self.registry["app.restore"].data()
        if name:
            self.restore(Path(name))

    def restore(self, source: Path) -> None:
        """Close the workspace, put a backup in its place, and open it again."""
        opened = self.workspace
        if opened is None:
            return
        again = Reopen(self, opened.path, remember=self._instance is not None)
        self._written = False  # what is replaced is backed up by the restore itself
        self._leave()
        job = Restore(opened.path, source)
        self.runner.start(job, again.done, again.failed, _("Restoring the backup"))

    def _back_up_if_due(self) -> None:
        from ropdesk.services import backups

        opened = self.workspace
        if opened is not None and backups.due(opened.path, today()):
            self.runner.start(BackUp(opened, "daily"), nothing, self._failed, quiet=True)

    def close(self) -> None:
        """Finish: stop work, back up what was written, let the file go."""
        opened = self.workspace
        if opened is not None and self._written and self._instance is not None:
            self.runner.close()
            from ropdesk.services import backups

            try:
                backups.make(opened, "closing")
            except DomainError as error:  # a full stick must not keep the window open
                import logging

                logging.getLogger("ropdesk").warning("no backup on closing: %s", error)
            self._written = False
        self._leave()


def _today() -> date:
    return today()  # looked up when asked: tests and pictures live on a day of their own


def today() -> date:
    """Return the day by the computer's clock: the person's own."""
    return date.today()  # noqa: DTZ011 - not UTC: the day on the person's wall
