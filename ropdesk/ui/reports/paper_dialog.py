"""One document in a window of its own: seen as it will be printed, saved, printed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.ui.reports.output import PaperOutput
from ropdesk.ui.reports.paper import Paper
from ropdesk.ui.reports.preview import Preview
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.dialogs import Dialog

if TYPE_CHECKING:
    from ropdesk.ui.context import Context
    from ropdesk.ui.runner import Progress

SIZE = (920, 680)  # pixels at 100 % text scale
Make = Callable[[datetime], tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class _Job:
    make: Make
    at: datetime

    def __call__(self, _progress: "Progress") -> tuple[str, bytes]:
        return self.make(self.at)


class PaperDialog(Dialog):
    """Makes a document in the worker and shows it; what is saved or printed is issued.

    Open with `open_paper`.
    """

    def __init__(
        self, context: "Context", parent: QWidget, kind: str, period: date, make: Make
    ) -> None:
        """Begin to make the document.

        Args:
            kind: its kind among issued documents, 20 letters at most.
            period: the day its period begins.
            make: runs in the worker; gets the moment of making, answers with the title and the
                PDF. A `DomainError` it raises is shown instead of the paper.
        """
        super().__init__(_("Document"), _("Save PDF…"), parent, cancel=False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self._kind, self._period = kind, period
        self._paper: Paper | None = None
        self.preview = Preview()
        self.output = PaperOutput(self, self)
        self.body.addWidget(self.preview, 1)
        self.printer = SecondaryButton(_("Print…"))
        self.printer.setShortcut("Ctrl+P")
        self.printer.clicked.connect(self.output.print_paper)
        self.primary.setShortcut("Ctrl+S")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.printer)
        self.body.addLayout(row)
        self._allow(ready=False)
        scale = current_theme().px
        self.resize(scale(SIZE[0]), scale(SIZE[1]))
        at = datetime.combine(context.today(), datetime.now().astimezone().timetz())
        context.runner.start(
            _Job(make, at), self._made, self._failed, _("Making the document…"), quiet=True
        )

    @property
    def paper(self) -> Paper | None:
        """The document; None until it is made."""
        return self._paper

    def submit(self) -> None:
        """Ask where, and save."""
        self.output.save_pdf()

    def try_submit(self) -> None:
        """Save, and stay: the paper may be printed next."""
        self.submit()

    def clear_error(self) -> None:
        """Take the error away."""
        self.show_error("")

    def _made(self, answer: tuple[str, bytes]) -> None:
        from shiboken6 import isValid

        if not isValid(self):  # closed meanwhile
            return
        title, pdf = answer
        self._paper = Paper(self._kind, self._period, title, pdf)
        self._title.setText(title)
        self.setWindowTitle(title)
        self.preview.show_pdf(pdf)
        self._allow(ready=True)

    def _failed(self, error: BaseException) -> None:
        from shiboken6 import isValid

        if not isinstance(error, DomainError):
            raise error
        if isValid(self):
            self.preview.show_message(describe(error), None)

    def _allow(self, *, ready: bool) -> None:
        self.primary.setEnabled(ready)
        self.printer.setEnabled(ready)


def open_paper(
    context: "Context", parent: QWidget, kind: str, period: date, make: Make
) -> PaperDialog:
    """Show a document in a window of its own; arguments as in `PaperDialog`."""
    dialog = PaperDialog(context, parent, kind, period, make)
    dialog.open()
    return dialog
