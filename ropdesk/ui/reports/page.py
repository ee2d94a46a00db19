"""The reports page: what is printed at the left, the very paper at the right."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.months import add_months
from ropdesk.i18n import _, describe, moment
from ropdesk.services import documents
from ropdesk.services.documents import Issued
from ropdesk.ui.page import Page
from ropdesk.ui.reports.actions import ReportsActions
from ropdesk.ui.reports.choice import Choice
from ropdesk.ui.reports.comments import CommentsCard
from ropdesk.ui.reports.issued import IssuedCard
from ropdesk.ui.reports.kinds import KINDS, MONTHLY, Wanted
from ropdesk.ui.reports.output import Output
from ropdesk.ui.reports.paper import Making, Paper
from ropdesk.ui.reports.preview import Preview
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.month import MonthSwitcher

if TYPE_CHECKING:
    from ropdesk.ui.context import Context
    from ropdesk.ui.runner import Task

# What is shown of the month, and what was done about it.
DATA = frozenset({
    "finding", "investigation", "lead_agreement", "meeting", "meeting_mark", "planned_action",
    "promise", "promise_move", "promotion", "voice_mention",
    "absence", "calendar_day", "call", "daily_value", "deal", "import_batch", "member",
    "own_metric", "plan", "plan_day", "plan_value", "ramp_up", "report_comment", "setting",
})  # fmt: skip
SETTLE_MS = 250  # several changes on end make one paper
LEFT_WIDTH = 312
LAST_MONTH_UNTIL = 7  # day of a month up to which the month before is what is reported


class ReportsPage(Page):
    """`go_to` takes ``kind`` (of `kinds.KINDS`), ``month`` (a date), ``version`` and ``member``."""

    watches = DATA | {"document"}

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(context, _("Reports"), parent)
        self._wanted = Wanted(MONTHLY, _month_to_report(context.today()))
        self._paper: Paper | None = None  # what is shown: being worked on, or issued earlier
        self._issued: Issued | None = None
        self._task: Task[Paper] | None = None
        self._data_stale = True
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._make)
        self._switcher = MonthSwitcher(self._wanted.month)
        self._switcher.changed.connect(self.set_month)
        self.set_period(self._switcher)
        ReportsActions.of(context.registry).page = self
        self.add_header_action("reports.xlsx")
        self.add_header_action("reports.print")
        self.add_header_action("reports.save_pdf", primary=True)
        self._build()

    # -- what is shown

    @property
    def wanted(self) -> Wanted:
        """The document chosen."""
        return self._wanted

    @property
    def paper(self) -> Paper | None:
        """The document in sight; None while there is none."""
        return self._paper

    @property
    def ready(self) -> bool:
        """Whether there is paper to print."""
        return self._paper is not None

    @property
    def making(self) -> bool:
        """Whether paper is being made, or is about to be."""
        return self._task is not None or self._settle.isActive() or self._stale

    @property
    def reprint(self) -> Issued | None:
        """The issued document in sight; None while the current one is shown."""
        return self._issued

    def want(self, wanted: Wanted) -> None:
        """Show another document."""
        if wanted == self._wanted and self._issued is None:
            return
        self.comments.keep()
        self._issued = None
        another = wanted != self._wanted
        self._wanted = wanted
        self._switcher.set_month(wanted.month)
        self._show_choice()
        if another:
            self._data_stale = True
        self.mark_stale()

    def choose(self, kind: str) -> None:
        """Show another kind of document of this month."""
        self.want(Wanted(kind, self._wanted.month))

    def set_month(self, month: date) -> None:
        """Show another month."""
        self.want(Wanted(self._wanted.kind, month.replace(day=1)))

    def previous_month(self) -> None:
        """Show the month before."""
        self.set_month(add_months(self._wanted.month, -1))

    def next_month(self) -> None:
        """Show the month after."""
        self.set_month(add_months(self._wanted.month, 1))

    def go_to(self, **where: object) -> None:
        """Go to a document."""
        kind, month = where.get("kind"), where.get("month")
        version, member = where.get("version"), where.get("member")
        self.want(
            Wanted(
                kind if isinstance(kind, str) and kind in KINDS else MONTHLY,
                month.replace(day=1) if isinstance(month, date) else self._wanted.month,
                version if isinstance(version, int) else None,
                member if isinstance(member, int) else None,
            )
        )

    # -- keeping in step

    def on_changed(self, changed: Iterable[str]) -> None:
        """Remember whether the paper may have changed, not only the list of documents."""
        names = frozenset(changed)
        self._data_stale = self._data_stale or bool(names & DATA)
        super().on_changed(names)

    def reload(self) -> None:
        """Read the comments and the lists; make the paper anew where it may differ."""
        self.comments.load()
        self.issued.load()
        self._show_choice()
        if self._issued is None and (self._data_stale or self._paper is None):
            self.preview.set_stale(stale=True)
            self._settle.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the window: it may be closed before a field is left."""
        self.window().installEventFilter(self)
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what was typed before the window lets the workspace go."""
        if event.type() == QEvent.Type.Close and self.isVisible():
            self.comments.keep()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed; what was waiting to be made waits for the next showing."""
        if self._settle.isActive():
            self._settle.stop()
            self._stale = True
        self.comments.keep()
        super().hideEvent(event)

    def refresh(self) -> None:
        """Make the paper anew even if nothing is known to have changed."""
        self._data_stale = True
        super().refresh()

    # -- actions

    def save_pdf(self) -> None:
        """Ask where, and save."""
        self.output.save_pdf()

    def print_paper(self) -> None:
        """Ask which printer, and print."""
        self.output.print_paper()

    def save_xlsx(self) -> None:
        """Ask where, and write the workbook: the board, or the plan."""
        self.output.save_xlsx()

    def open_issued(self, issued: Issued) -> None:
        """Show an issued document as it was, to be saved or printed again."""
        try:
            pdf = documents.pdf(self.context.workspace, issued.id)
        except DomainError as error:
            self.show_error(describe(error))
            return
        self.comments.keep()
        self._issued = issued
        self._wanted = Wanted(issued.kind if issued.kind in KINDS else MONTHLY, issued.period)
        self._switcher.set_month(issued.period)
        self._data_stale = True
        self._show_choice()
        self._paper = Paper(issued.kind, issued.period, issued.title, pdf)
        self.preview.show_pdf(pdf, _("issued {moment}", moment=moment(issued.at.astimezone())))
        self.context.registry.refresh()

    def back_to_current(self) -> None:
        """Leave the issued document for the one being worked on."""
        self._issued = None
        self._data_stale = True
        self.mark_stale()

    def zoom_in(self) -> None:
        """Show the paper larger."""
        self.preview.zoom_in()

    def zoom_out(self) -> None:
        """Show the paper smaller."""
        self.preview.zoom_out()

    def fit_width(self) -> None:
        """Fill the width."""
        self.preview.fit("width")

    # -- inside

    def _build(self) -> None:
        self.choice = Choice(self.context, self._wanted)
        self.choice.changed.connect(self.want)
        self.comments = CommentsCard(self.context, self._wanted.month)
        self.comments.failed.connect(self.show_error)
        self.issued = IssuedCard(self.context)
        self.issued.opened.connect(self.open_issued)
        self.output = Output(self)
        self.preview = Preview()
        self.preview.back_wanted.connect(self.back_to_current)
        left = QWidget()
        left.setFixedWidth(current_theme().px(LEFT_WIDTH))
        both = Columns(narrow=760)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.choice)
        column.addWidget(self.comments, 3)
        column.addWidget(self.issued, 2)
        both.add(left, 0)
        both.add(self.preview, 1)
        self.body.addWidget(both)

    def _show_choice(self) -> None:
        self.choice.show_wanted(self._wanted)
        monthly = self._wanted.kind == MONTHLY
        self.comments.setVisible(monthly)
        if self.comments.month != self._wanted.month:
            self.comments.set_month(self._wanted.month)

    def _make(self) -> None:
        """Make the paper in the worker; one at a time, the newest wish last."""
        if self._task is not None:
            self._data_stale = True
            return
        self._data_stale = False
        wanted = self._wanted
        making = Making(self.context.workspace, wanted, self.context.today(), self._now)

        def made(paper: Paper) -> None:
            if self._settled(wanted):
                self._paper = paper
                self.preview.show_pdf(paper.pdf)
                self.context.registry.refresh()

        def failed(error: BaseException) -> None:
            if not isinstance(error, DomainError):
                raise error
            if self._settled(wanted):
                self._paper = None
                self.preview.show_message(describe(error), self._way_out())
                self.context.registry.refresh()

        self._task = self.context.runner.start(
            making, made, failed, _("Making the document…"), quiet=True
        )

    def _settled(self, wanted: Wanted) -> bool:
        """Say whether what was made is still wanted; make what is wanted otherwise."""
        from shiboken6 import isValid

        self._task = None
        if not isValid(self):  # another workspace or another language came meanwhile
            return False
        if wanted != self._wanted or self._data_stale:
            self.mark_stale()
        return wanted == self._wanted and self._issued is None

    def _way_out(self) -> Any:
        if self._wanted.kind != MONTHLY:
            return _("Open the plan"), self._open_plan
        if "app.import" in self.context.registry:
            return _("Import…"), self._import
        return None

    def _open_plan(self) -> None:
        self.context.navigate("planning", month=self._wanted.month, view="decomposition")

    def _import(self) -> None:
        self.context.registry.run("app.import")

    def _now(self) -> datetime:
        return datetime.combine(self.context.today(), datetime.now().astimezone().timetz())


def _month_to_report(today: date) -> date:
    """In the first days of a month it is the month before that is reported."""
    first = today.replace(day=1)
    return (first - timedelta(days=1)).replace(day=1) if today.day <= LAST_MONTH_UNTIL else first
