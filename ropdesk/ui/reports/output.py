"""Where paper goes: into a file, to a printer, and into the list of issued documents."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ropdesk import paths
from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import documents
from ropdesk.ui.reports.kinds import MONTHLY
from ropdesk.ui.reports.paper import Paper

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ropdesk.ui.context import Context
    from ropdesk.ui.reports.page import ReportsPage
    from ropdesk.ui.reports.preview import Preview
    from ropdesk.ui.runner import Progress


class PaperOwner(Protocol):
    """A page or a dialog with paper in sight."""

    context: "Context"
    preview: "Preview"

    @property
    def paper(self) -> Paper | None:
        """The document in sight; None while there is none."""

    def show_error(self, text: str) -> None:
        """Say what is wrong and what to do."""

    def clear_error(self) -> None:
        """Take the error away."""


class PaperOutput(QObject):
    """Saves and prints the paper in sight; what left the house is issued."""

    def __init__(self, owner: PaperOwner, parent: QWidget) -> None:
        super().__init__(parent)
        self._owner = owner
        self._parent = parent
        self._context = owner.context

    def save_pdf(self) -> None:
        """Ask where, and save."""
        if self._owner.paper is None:
            return
        where = self._ask_file(_("Save the document"), self._owner.paper.title, "PDF", ".pdf")
        if where is not None:
            self.save_to(where)

    def save_to(self, path: Path) -> None:
        """Save the paper in sight and issue it."""
        paper = self._owner.paper
        if paper is None:
            return
        try:
            paths.write_whole(path, paper.pdf)
            self._issue(paper)
        except OSError:
            words = _("«{file}» cannot be written. Check the folder and the free space.", file=path)
            self._owner.show_error(words)
        except DomainError as error:
            self._owner.show_error(describe(error))
        else:
            self._owner.clear_error()
            self._context.toast(_("Saved: {file}", file=path.name))

    def print_paper(self) -> None:
        """Ask which printer, and print."""
        from PySide6.QtPrintSupport import QPrintDialog

        from ropdesk.ui.reports.printing import new_printer

        if self._owner.paper is None:
            return
        printer = new_printer(self._owner.preview.pages, self._owner.paper.title)
        dialog = QPrintDialog(printer, self._parent)
        dialog.setWindowTitle(_("Print…").removesuffix("…"))
        if dialog.exec():
            self.print_on(printer)
        dialog.deleteLater()

    def print_on(self, printer: "QPrinter") -> None:
        """Print the paper in sight, and issue it once the printer has taken it."""
        from ropdesk.ui.reports.printing import Printing

        paper = self._owner.paper
        if paper is None:
            return

        def printed(_nothing: None) -> None:
            try:
                self._issue(paper)
            except DomainError as error:
                self._owner.show_error(describe(error))
            else:
                self._context.toast(_("Sent to the printer: {title}", title=paper.title))

        self._context.runner.start(
            Printing(paper.pdf, printer), printed, self._failed_aside, _("Printing")
        )

    def _issue(self, paper: Paper) -> None:
        documents.issue(self._context.workspace, paper.kind, paper.month, paper.title, paper.pdf)

    def _ask_file(self, title: str, name: str, kinds: str, suffix: str) -> Path | None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        first = Path(folder) / (_file_name(name) + suffix)
        chosen, _kind = QFileDialog.getSaveFileName(
            self._parent, title, str(first), f"{kinds} (*{suffix})"
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)

    def _failed_aside(self, error: BaseException) -> None:
        if not isinstance(error, DomainError):
            raise error
        self._owner.show_error(describe(error))


class Output(PaperOutput):
    """Output of the reports page: its workbook too."""

    def __init__(self, page: "ReportsPage") -> None:
        super().__init__(page, page)
        self._page = page

    def save_xlsx(self) -> None:
        """Ask where, and write the workbook: the board, or the plan."""
        name = _("Board") if self._page.wanted.kind == MONTHLY else _("Plan")
        title = f"{name} {self._page.wanted.month:%Y-%m}"
        where = self._ask_file(_("Save the workbook"), title, "Excel", ".xlsx")
        if where is not None:
            self.write_xlsx(where)

    def write_xlsx(self, path: Path) -> None:
        """Write the workbook of the month shown."""
        workspace, wanted, today = self._context.workspace, self._page.wanted, self._context.today()

        def job(_progress: "Progress") -> None:
            from ropdesk.services import workbooks

            if wanted.kind == MONTHLY:
                workbooks.board_xlsx(workspace, wanted.month, today, path)
            else:
                workbooks.plan_xlsx(workspace, wanted.month, path, version=wanted.version)

        def written(_nothing: None) -> None:
            self._page.clear_error()
            self._context.toast(_("Saved: {file}", file=path.name))

        self._context.runner.start(job, written, self._failed_aside, _("Writing the workbook"))


def _file_name(title: str) -> str:
    """Return a title without what file systems refuse."""
    return "".join("-" if sign in '<>:"/\\|?*' else sign for sign in title).strip(" .") or "report"
