"""The page of imports: a place to drop files, what came in, and the wizard."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from ropdesk.i18n import _
from ropdesk.ui.context import Context
from ropdesk.ui.imports.list_view import ListView
from ropdesk.ui.imports.waiting_files import waiting_files
from ropdesk.ui.imports.wizard import Wizard
from ropdesk.ui.page import Page

FILTER = "(*.csv *.tsv *.txt *.xlsx *.xls *.ods)"


class ImportsPage(Page):
    """Shows the list of imports, and in its place the wizard while a file comes in."""

    watches = frozenset({"import_batch", "deal", "call", "member", "setting"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, _("Imports"), parent)
        self.list_view = ListView(context)
        self.list_view.choose_wanted.connect(self.ask_file)
        self.list_view.file_wanted.connect(self.take)
        self.wizard = Wizard(context)
        self.wizard.left.connect(self._show_list)
        self.wizard.imported.connect(self._imported)
        self._taken: Path | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list_view)
        self._pages.addWidget(self.wizard)
        self.body.addWidget(self._pages, 1)

    def reload(self) -> None:
        """Ask for the list again."""
        self.list_view.reload()

    def go_to(self, **where: object) -> None:
        """Take a file in: ``file=Path``, ``kind`` if it is known what it holds."""
        file = where.get("file")
        kind = where.get("kind")
        if isinstance(file, Path):
            self.take(file, kind if isinstance(kind, str) else None)
        else:
            super().go_to(**where)

    def take(self, path: Path, kind: str | None = None) -> None:
        """Start the wizard with a file."""
        self.clear_error()
        self._taken = path
        self.set_title(_("Import of a file"))
        self._pages.setCurrentWidget(self.wizard)
        self.wizard.start(path, kind)

    def ask_file(self) -> None:
        """Let the person choose a file."""
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Import a file"), "", _("Tables") + f" {FILTER};;" + _("All files") + " (*)"
        )
        if name:
            self.take(Path(name))

    def _imported(self, batch_id: int) -> None:
        if self._taken is not None:
            waiting_files(self.context.runner).drop(self._taken)
        self.list_view.select(batch_id)

    def _show_list(self) -> None:
        self.set_title(_("Imports"))
        self._pages.setCurrentWidget(self.list_view)
        self.list_view.drop_zone.button.setFocus()
