"""Reports to the director: the words, the requests, the answers, the paper."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ropdesk.domain.director import ReportKind, span
from ropdesk.domain.errors import DomainError
from ropdesk.domain.months import add_months, month_end
from ropdesk.i18n import _, describe
from ropdesk.services import director, director_paper
from ropdesk.services.director import SENT, Report, Request
from ropdesk.ui.planning.director import words
from ropdesk.ui.planning.director.dialogs import AnswerDialog, RequestDialog
from ropdesk.ui.planning.director.texts_card import TextsCard
from ropdesk.ui.planning.side import Side
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import IconButton, PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.ui.context import Context
    from ropdesk.ui.reports.paper_dialog import PaperDialog

WEEK = timedelta(days=7)
LIST_WIDTH, TABLE_HEIGHT = 300, 120  # pixels at 100 % text scale


class DirectorView(Side):
    """One report at a time. `go_to` takes ``kind`` (week, month) and ``day`` (a date)."""

    watches = frozenset({"director_report", "director_request", "document"})
    own_period = True

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        self._kind = ReportKind.WEEK
        self._day = self._day_of(month)
        self._report: Report | None = None
        self.paper: PaperDialog | None = None
        self.dialog: RequestDialog | AnswerDialog | None = None
        self.state = Chip("")
        self.sending = SecondaryButton(_("Mark as sent"))
        self.sending.clicked.connect(self.send_or_open)
        self.printing = PrimaryButton(_("Print…"))
        self.printing.clicked.connect(self.print_paper)
        self.printing.setToolTip("Ctrl+P")
        self._build()

    @property
    def report(self) -> Report | None:
        """The report shown."""
        return self._report

    def set_month(self, month: date) -> None:
        """Show a report of another month: its week of today, or its last one."""
        if month != self.month:
            self.month = month
            self.show_report(self._kind, self._day_of(month))

    def header_parts(self) -> Sequence[QWidget]:
        """Return the report's state and what can be done with it."""
        return (self.state, self.sending, self.printing)

    def go_to(self, **where: object) -> None:
        """Show the report of a day."""
        day, kind = where.get("day"), where.get("kind")
        if isinstance(day, date):
            self.show_report(ReportKind(kind) if isinstance(kind, str) else self._kind, day)

    def show_report(self, kind: ReportKind, day: date) -> None:
        """Show the report of the week or month that a day lies in."""
        self.texts.keep()
        self._kind, self._day = kind, day
        self.kinds.set_current(kind.value)
        self.mark_stale()

    def reload(self) -> None:
        """Read the report, the list and what waits."""
        workspace, today = self.context.workspace, self.context.today()
        report = director.report(workspace, self._kind, self._day)
        self._report = report
        self._period.setText(words.period(report.kind, report.start, report.end))
        self.texts.show_report(report)
        self.state.set(*words.state_chip(report))
        sent = report.state == SENT
        self.sending.setText(_("Open again") if sent else _("Mark as sent"))
        self.adding.setEnabled(not sent)
        columns = words.request_columns()
        self.requests.set_columns(columns, words.request_rows(report.requests, today))
        self.followed.set_columns(columns, words.request_rows(report.followed, today))
        self._no_requests.setVisible(not report.requests)
        self.requests.setVisible(bool(report.requests))
        self._followed_card.setVisible(bool(report.followed))
        known = director.reports(workspace)
        self._listed.setVisible(bool(known))
        self.list.set_columns(words.list_columns(), words.list_rows(known))

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed."""
        self.texts.keep()
        super().hideEvent(event)

    # -- actions

    def previous(self) -> None:
        """Show the report before."""
        self._step(-1)

    def following(self) -> None:
        """Show the report after."""
        self._step(1)

    def suggest(self) -> None:
        """Fill the empty fields with what the numbers say."""
        try:
            found = director_paper.suggest(
                self.context.workspace, self._kind, self._day, self.context.today()
            )
        except DomainError as error:
            self.show_error(describe(error))
            return
        self.texts.fill_empty(
            {"result": found.result, "reasons": found.reasons, "decisions": found.decisions}
        )

    def ask(self) -> None:
        """Ask the director for something."""
        self._open(None)

    def answer(self, request_id: object) -> None:
        """Note the director's answer; of an open request of a draft, change its words."""
        request = self._request(request_id)
        if request is None:
            return
        self.dialog = AnswerDialog(self.context.workspace, request, self.context.today(), self)
        self.dialog.open()

    def change(self, request_id: object) -> None:
        """Change the words of a request."""
        request = self._request(request_id)
        if request is not None:
            self._open(request)

    def send_or_open(self) -> None:
        """Close the report as sent, or open the sent one again."""
        report = self._report
        if report is None:
            return
        self.texts.keep()
        workspace = self.context.workspace
        try:
            if report.state == SENT:
                director.take_back(workspace, report.kind, report.start)
            else:
                director.mark_sent(workspace, report.kind, report.start, self.context.today())
        except DomainError as error:
            self.show_error(describe(error))
        else:
            self.show_error("")

    def print_paper(self) -> bool:
        """Show the report as it will be printed."""
        from ropdesk.ui.reports.paper_dialog import open_paper

        self.texts.keep()
        start, _end = span(self._kind, self._day)
        make = partial(_make, self.context, self._kind, self._day)
        self.paper = open_paper(self.context, self, f"director_{self._kind}", start, make)
        return True

    # -- inside

    def _build(self) -> None:
        self.kinds = Segmented(
            [(ReportKind.WEEK.value, _("Week")), (ReportKind.MONTH.value, _("Month"))],
            self._kind.value,
            _("Period of the report"),
        )
        self.kinds.changed.connect(self._kind_chosen)
        self.back = IconButton("left", _("Previous report"))
        self.forth = IconButton("right", _("Next report"))
        self.back.clicked.connect(self.previous)
        self.forth.clicked.connect(self.following)
        self._period = QLabel()
        self._period.setProperty("role", "cardTitle")
        top = QHBoxLayout()
        top.setSpacing(8)
        for widget in (self.kinds, self.back, self._period, self.forth):
            top.addWidget(widget)
        top.addStretch(1)
        both = Columns(narrow=820)
        both.add(self._left(), 5)
        both.add(self._right(), 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(both, 1)

    def _left(self) -> QWidget:
        self.texts = TextsCard(self.context)
        self.texts.failed.connect(self.show_error)
        self.texts.suggestion_wanted.connect(self.suggest)
        return self.texts

    def _right(self) -> QWidget:
        scale = current_theme().px
        card = Card(_("Requests for help"), _("with the director's answers"))
        self.adding = SecondaryButton(_("Ask for help…"))
        self.adding.clicked.connect(self.ask)
        card.add_right(self.adding)
        self._no_requests = QLabel(_("Nothing is asked for in this report."))
        self._no_requests.setProperty("role", "secondary")
        self._no_requests.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(self._no_requests)
        self.requests = self._table(_("Requests for help"))
        card.body.addWidget(self.requests, 1)
        self._followed_card = Card(_("Still waiting from earlier reports"))
        self.followed = self._table(_("Still waiting from earlier reports"))
        self._followed_card.body.addWidget(self.followed, 1)
        self._listed = listed = Card(_("Reports"), _("a click opens one"))
        self.list = DataTable()
        self.list.setAccessibleName(_("Reports"))
        self.list.cell_activated.connect(self._open_listed)
        self.list.row_activated.connect(self._open_listed)
        self.list.setMinimumHeight(scale(TABLE_HEIGHT))
        listed.body.addWidget(self.list, 1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card, 3)
        column.addWidget(self._followed_card, 2)
        column.addWidget(listed, 2)
        return right

    def _table(self, name: str) -> DataTable:
        table = FittingTable(spare=("due", "answer"))
        table.setAccessibleName(name)
        table.setMinimumHeight(current_theme().px(TABLE_HEIGHT) - 30)
        table.cell_activated.connect(self.answer)
        table.row_activated.connect(self.change)
        return table

    def _open(self, request: Request | None) -> None:
        report = self._report
        if report is None:
            return
        self.texts.keep()
        self.dialog = RequestDialog(
            self.context.workspace, report.kind, report.start, self.context.today(), request, self
        )
        self.dialog.open()

    def _request(self, request_id: object) -> Request | None:
        report = self._report
        known = () if report is None else (*report.requests, *report.followed)
        return next((each for each in known if each.id == request_id), None)

    def _open_listed(self, key: object) -> None:
        if isinstance(key, tuple):
            kind, start = key
            self.show_report(kind, start)

    def _kind_chosen(self, kind: str) -> None:
        self.show_report(ReportKind(kind), self._day)

    def _step(self, step: int) -> None:
        if self._kind is ReportKind.WEEK:
            self.show_report(self._kind, self._day + step * WEEK)
        else:
            self.show_report(self._kind, add_months(self._day, step))

    def _day_of(self, month: date) -> date:
        today = self.context.today()
        return today if today.replace(day=1) == month else month_end(month)


def _make(context: "Context", kind: ReportKind, day: date, at: datetime) -> tuple[str, bytes]:
    return director_paper.pdf(context.workspace, kind, day, context.today(), at)
