"""A meeting that is over: its protocol as it was printed, every edition of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import meetings, metrics, promises, protocols
from ropdesk.services.protocols import Edition
from ropdesk.ui.meeting.done_actions import DoneActions
from ropdesk.ui.meeting.done_editions import EditionsCard
from ropdesk.ui.meeting.done_promises import PledgesCard
from ropdesk.ui.meeting.side import MeetingSide
from ropdesk.ui.reports.output import PaperOutput
from ropdesk.ui.reports.paper import Paper
from ropdesk.ui.reports.preview import Preview
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import PrimaryButton, SecondaryButton

if TYPE_CHECKING:
    from ropdesk.domain.metrics import Metrics
    from ropdesk.services.meetings import Ref
    from ropdesk.services.promises import PromiseLine
    from ropdesk.ui.context import Context
    from ropdesk.ui.runner import Progress

ASIDE = 300  # pixels at 100 % text scale


@dataclass(frozen=True, slots=True)
class Shown:
    """A protocol to be shown: the edition asked for, and what became of the promises since."""

    meeting_id: int
    edition: int
    editions: tuple[Edition, ...]
    title: str
    day: date
    pdf: bytes
    pledges: tuple["PromiseLine", ...]
    known: "Metrics"


@dataclass(frozen=True, slots=True)
class _Read:
    ws: Any
    ref: "Ref"
    edition: int | None
    today: date

    def __call__(self, _progress: "Progress") -> Shown:
        with self.ws.read() as connection:
            line = meetings.line(connection, self.ref)
            meeting_id = line.id or 0  # only a time of a series that nobody held has none
            content = protocols.content(connection, meeting_id, self.edition)
            editions = tuple(protocols.editions(connection, meeting_id))
            pledges = tuple(promises.lines(connection, self.today, meeting_id=meeting_id))
            known = metrics.load(connection)
        pdf = protocols.pdf(self.ws, meeting_id, content.edition)
        name = protocols.title(content)
        return Shown(meeting_id, content.edition, editions, name, content.day, pdf, pledges, known)


class DoneView(MeetingSide):
    """The very paper, its editions and the promises given beside it.

    `go_to` takes ``edition`` (a number).
    """

    watches = frozenset({
        "meeting", "meeting_protocol", "document", "promise", "promise_move", "daily_value",
        "deal", "call",
    })  # fmt: skip

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        DoneActions.of(context.registry).page = self
        self.shown: Shown | None = None
        self._edition: int | None = None
        self._asked = 0
        self._print_next = False
        self.preview = Preview()
        self.preview.back_wanted.connect(self._to_last)
        self.output = PaperOutput(self, self)
        self.editions = EditionsCard()
        self.editions.opened.connect(self.show_edition)
        self.pledges = PledgesCard()
        self.pledges.opened.connect(self._open_promise)
        self._build_buttons()
        aside = QWidget()
        aside.setFixedWidth(current_theme().px(ASIDE))
        column = QVBoxLayout(aside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.editions)
        column.addWidget(self.pledges, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.preview, 1)
        row.addWidget(aside)

    def _build_buttons(self) -> None:
        self.correct = SecondaryButton(_("Correct the protocol"))
        self.correct.setToolTip(
            _("Words and promises can be corrected as a new edition; the numbers stay.")
        )
        self.correct.clicked.connect(self.begin_correction)
        self.save = SecondaryButton(_("Save PDF…"))
        self.save.setShortcut("Ctrl+S")
        self.save.setToolTip(_("A file to send (Ctrl+S)"))
        self.save.clicked.connect(self.save_paper)
        self.printer = PrimaryButton(_("Print…"))
        self.printer.setShortcut("Ctrl+P")
        self.printer.setToolTip(_("Print… (Ctrl+P)"))
        self.printer.clicked.connect(self.ask_printer)
        self._allow()

    # -- what the page asks of a side

    def header_parts(self) -> Sequence[QWidget]:
        """Return the buttons, printing last."""
        return self.correct, self.save, self.printer

    def set_meeting(self, ref: "Ref") -> None:
        """Show another meeting, its last edition."""
        if ref != self.ref:
            self._edition, self._print_next = None, False
            self.shown = None
            self._allow()
        super().set_meeting(ref)

    def go_to(self, **where: object) -> None:
        """Show an edition."""
        edition = where.get("edition")
        if isinstance(edition, int):
            self.show_edition(edition)

    def reload(self) -> None:
        """Read in the worker; an answer overtaken by a later question is dropped."""
        from shiboken6 import isValid

        if self.ref is None:
            return
        self._asked += 1
        number = self._asked
        context = self.context

        def done(answer: Shown) -> None:
            if isValid(self) and number == self._asked:
                self._show(answer)

        def failed(error: BaseException) -> None:
            if not isinstance(error, DomainError):
                raise error
            if isValid(self) and number == self._asked:
                self.preview.show_message(describe(error), None)

        job = _Read(context.workspace, self.ref, self._edition, context.today())
        context.runner.start(job, done, failed, _("Making the document…"), quiet=True)

    # -- what can be done

    @property
    def paper(self) -> Paper | None:
        """The paper in sight; None while it is being read."""
        if self.shown is None:
            return None
        return Paper(protocols.KIND, self.shown.day, self.shown.title, self.shown.pdf)

    def clear_error(self) -> None:
        """Take the error away."""
        self.show_error("")

    def show_edition(self, edition: int) -> None:
        """Show an edition."""
        if self.shown is None or edition != self.shown.edition:
            self._edition = edition
            self.mark_stale()

    def print_paper(self) -> bool:
        """Bring the paper before the eyes, with Enter to print it."""
        self._print_next = self.shown is None or self.stale
        if not self._print_next:
            self.printer.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def ready(self) -> bool:
        """Whether a paper is in sight."""
        return self.shown is not None and self.isVisible()

    def save_paper(self) -> None:
        """Ask where, and save the paper as a file."""
        self.output.save_pdf()

    def ask_printer(self) -> None:
        """Ask which printer, and print the paper."""
        self.output.print_paper()

    def begin_correction(self) -> None:
        """Open the words for a new edition: the page then shows the room."""
        if self.shown is None:
            return
        self._edition = None  # the new one is to be seen when it is issued
        try:
            protocols.begin_correction(self.context.workspace, self.shown.meeting_id)
        except DomainError as error:
            self.show_error(describe(error))

    # -- inside

    def _show(self, answer: Shown) -> None:
        same = self.shown is not None and self.shown.pdf == answer.pdf
        self.shown = answer
        last = answer.editions[0].edition
        note = ""
        if answer.edition != last:
            note = _("edition {n}; there is a newer one", n=answer.edition)
        if not same or self.preview.message:
            self.preview.show_pdf(answer.pdf, note)
        self.editions.show_editions(answer.editions, answer.edition)
        self.pledges.show_promises(answer.pledges, answer.known, self.context.today())
        self._allow()
        if self._print_next:
            self.print_paper()

    def _allow(self) -> None:
        ready = self.shown is not None
        for button in (self.correct, self.save, self.printer):
            button.setEnabled(ready)
        self.context.registry.refresh()

    def _to_last(self) -> None:
        if self.shown is not None:
            self.show_edition(self.shown.editions[0].edition)

    def _open_promise(self, promise_id: int) -> None:
        self.context.navigate("meetings", view="promises", promise=promise_id)
