"""A meeting before it begins: its numbers, its agenda, and what is offered for it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from ropdesk.domain.errors import DomainError
from ropdesk.domain.meetings import State
from ropdesk.i18n import _, describe
from ropdesk.services import meeting_offers, meeting_prep, meeting_run
from ropdesk.services.meeting_offers import Offer, Offers
from ropdesk.services.meeting_prep import Change, Preparation, preparation
from ropdesk.ui.meeting.clock import moment
from ropdesk.ui.meeting.preparation_actions import PreparationActions
from ropdesk.ui.meeting.preparation_agenda import TITLE, AgendaCard, minutes_of
from ropdesk.ui.meeting.preparation_offers import OffersCard
from ropdesk.ui.meeting.preparation_sums import Sums
from ropdesk.ui.meeting.room_numbers import NumbersCard
from ropdesk.ui.meeting.side import MeetingSide
from ropdesk.ui.tables.cells import Edit
from ropdesk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.columns import Columns

if TYPE_CHECKING:
    from ropdesk.services.meetings import Ref
    from ropdesk.store.workspace import Workspace
    from ropdesk.ui.context import Context
    from ropdesk.ui.reports.paper_dialog import PaperDialog
    from ropdesk.ui.runner import Progress, Task

T = TypeVar("T")
AGENDA = frozenset({"meeting", "meeting_point", "meeting_series", "meeting_kind", "agenda_item"})
NUMBERS = frozenset({
    "meeting", "meeting_goal", "meeting_series", "daily_value", "plan", "plan_value", "plan_day",
    "member", "absence", "metric", "promise", "calendar_day", "setting",
})  # fmt: skip
OFFERS = frozenset({
    "meeting", "promise", "promise_move", "task", "planned_action", "action_series", "finding",
    "investigation", "investigation_member", "director_request", "daily_value", "deal", "member",
    "calendar_day",
})  # fmt: skip
SIGNALS = frozenset({"daily_value", "deal", "call", "signal_mark", "member", "metric"})


class PreparationView(MeetingSide):
    """Numbers and agenda at the left, offers at the right. Nothing is written until it is wanted.

    What takes its time is asked in the worker: offers at once, signals after them, and those only
    when something they stand on has changed.
    """

    watches = AGENDA | NUMBERS | OFFERS | SIGNALS

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._found: Preparation | None = None
        self._offers: Offers | None = None
        self._signals: tuple[Offer, ...] | None = None
        self._old = {"numbers", "offers", "signals"}
        self._task: Task[Any] | None = None
        self._select: int | None = None
        self.paper: PaperDialog | None = None
        self._actions = PreparationActions.of(context.registry)
        self._actions.page = self
        self.numbers = NumbersCard(context)
        self.sums = Sums(self.numbers)
        self.agenda = AgendaCard()
        self.offers = OffersCard()
        self.printing = SecondaryButton(_("Print the agenda"))
        self.printing.setToolTip("Ctrl+P")
        self.beginning = PrimaryButton(_("Begin"))
        self.beginning.setToolTip("Ctrl+Enter")
        self._build()
        self._connect()

    @property
    def open(self) -> bool:
        """Whether it is seen, and its meeting may begin."""
        return self._may_change and self.isVisible()

    @property
    def _may_change(self) -> bool:
        return self._found is not None and self._found.line.state is State.PLANNED

    @property
    def found(self) -> Preparation | None:
        """What is shown."""
        return self._found

    def set_meeting(self, ref: "Ref") -> None:
        """Show another meeting."""
        if ref != self.ref:
            self._found = self._offers = None
            self._old |= {"numbers", "offers"}
        super().set_meeting(ref)

    def header_parts(self) -> Sequence[QWidget]:
        """Return the buttons: print, begin."""
        return (self.printing, self.beginning)

    def on_changed(self, changed: Iterable[str]) -> None:
        """Note what has to be asked again."""
        for name, tables in (("numbers", NUMBERS), ("offers", OFFERS), ("signals", SIGNALS)):
            if not tables.isdisjoint(changed):
                self._old.add(name)
        super().on_changed(changed)

    def reload(self) -> None:
        """Show the agenda at once, then what else has changed."""
        if self.ref is None:
            return
        try:
            with self.context.workspace.read() as connection:
                found = preparation(connection, self.ref)
                self._found = found
                self._show_agenda(found)
                if "numbers" in self._old:
                    self._old.discard("numbers")
                    self.numbers.load(connection, found.line, editable=False)
                    self.sums.load(connection)
        except DomainError as error:
            self.show_error(describe(error))
            return
        self._actions.refresh()
        self._show_offers()
        self._ask()

    # -- what is done

    def begin(self) -> None:
        """Begin the meeting; the page then shows the room."""
        if self.ref is None or not self.open:
            return
        self.leave()
        at = moment(self.context)
        self._try(partial(meeting_run.begin, self.context.workspace, self.ref, at))

    def print_agenda(self) -> None:
        """Show the page to take along, as it will be printed."""
        from ropdesk.ui.reports.paper_dialog import open_paper

        if self.ref is None or self._found is None:
            return
        make = partial(_make, self.context.workspace, self.ref, self.context.today())
        self.paper = open_paper(self.context, self, "agenda", self._found.line.day, make)

    def new_point(self) -> None:
        """Go to the line of a new point."""
        self.agenda.start_new()

    def other_side(self) -> None:
        """Go from the agenda to what is offered, and back."""
        if self.offers.focused or not self.offers.rows:
            self.agenda.take_focus()
        else:
            self.offers.take_focus()

    def leave(self) -> None:
        """Keep the point being typed."""
        if self.agenda.line.text().strip() and self.open:
            self._add(self.agenda.line.text())

    # -- inside

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.numbers)
        column.addWidget(self.agenda)
        column.addStretch(1)
        both = Columns(narrow=820)
        both.add(left, 3)
        both.add(self.offers, 2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(both, 1)

    def _connect(self) -> None:
        registry = self.context.registry
        self.beginning.clicked.connect(registry["meeting.prepared_begin"].trigger)
        self.printing.clicked.connect(registry["meeting.prepared_print"].trigger)
        self.agenda.table.set_edit_handler(self._edited)
        self.agenda.editing.connect(self._typing)
        self.agenda.added.connect(self._add)
        self.agenda.moved.connect(self._move)
        self.agenda.removed.connect(self._remove)
        self.offers.pressed.connect(self._press)
        self.offers.opened.connect(self._open_offer)

    def _show_agenda(self, found: Preparation) -> None:
        may = self._may_change
        self.agenda.show_agenda(found, fixed=not may)
        self.beginning.setEnabled(may)
        self.offers.setVisible(may)
        if self._select is not None:
            self.agenda.select(self._select)
            self._select = None

    def _show_offers(self) -> None:
        if self._found is None or self._offers is None:
            return
        every = replace(self._offers, signals=self._signals or ())
        taken = {(o.source, o.key) for o in every if self._found.has(o)}
        note = ""
        if self._signals is None:
            note = _("Signals of the last week are being looked for…")
        elif not list(every):
            note = _(
                "Nothing waits. Promises due, unfinished actions, tasks, signals and "
                "investigations appear here."
            )
        self.offers.show_offers(every, self.context.today(), taken, note)

    def _ask(self) -> None:
        """Ask in the worker for what is out of date, one after the other."""
        found, ref = self._found, self.ref
        if self._task is not None or ref is None or found is None or not self._may_change:
            return
        ws, today = self.context.workspace, self.context.today()
        start = self.context.runner.start
        if "offers" in self._old:
            self._old.discard("offers")
            job = partial(_look, ws, ref, today)
            self._task = start(job, self._looked, self._failed, quiet=True)
        elif "signals" in self._old:
            self._old.discard("signals")
            job_of_signals = partial(_signals, ws, today)
            self._task = start(job_of_signals, self._signalled, self._failed, quiet=True)

    def _looked(self, answer: "tuple[Ref, Offers]") -> None:
        if not isValid(self):  # the window was closed meanwhile
            return
        self._task = None
        ref, offers = answer
        if ref == self.ref:
            self._offers = offers
            self._show_offers()
        else:
            self._old.add("offers")
        self._ask()

    def _signalled(self, found: tuple[Offer, ...]) -> None:
        if not isValid(self):
            return
        self._task = None
        self._signals = found
        self._show_offers()
        self._ask()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, DomainError):
            raise error
        if isValid(self):
            self._task = None
            self.show_error(describe(error))

    def _try(self, act: Callable[[], T]) -> T | None:
        try:
            answer = act()
        except DomainError as error:
            self.show_error(describe(error))
            return None
        self.show_error("")
        return answer

    def _edited(self, edits: list[Edit]) -> None:
        changes = []
        for edit in edits:
            if isinstance(edit.row, int):
                title = edit.text if edit.column == TITLE else None
                minutes = None if edit.column == TITLE else minutes_of(edit)
                changes.append(Change(edit.row, title, minutes))
        if self.ref is not None and changes:
            meeting_prep.change(self.context.workspace, self.ref, *changes)

    def _typing(self, editing: bool) -> None:
        (self.begin_edit if editing else self.end_edit)()

    def _add(self, words: str) -> None:
        if self.ref is None:
            return
        try:
            place = meeting_prep.add(
                self.context.workspace, self.ref, *meeting_prep.point_line(words)
            )
        except DomainError as error:
            self.agenda.say_error(describe(error))
            return
        self.agenda.say_error("")
        self.agenda.line.clear()
        self._select = place

    def _move(self, place: int, step: int) -> None:
        if self.ref is not None:
            self._select = self._try(
                partial(meeting_prep.move, self.context.workspace, self.ref, place, step)
            )

    def _remove(self, place: int) -> None:
        if self.ref is not None:
            self._select = max(0, place - 1)
            self._try(partial(meeting_prep.remove, self.context.workspace, self.ref, place))
            self.context.toast(_("The point is off the agenda."), undo=True)

    def _press(self, offer: Offer) -> None:
        if self.ref is None or self._found is None:
            return
        act = meeting_prep.leave_out if self._found.has(offer) else meeting_prep.take
        self._try(partial(act, self.context.workspace, self.ref, offer))

    def _open_offer(self, offer: Offer) -> None:
        page, where = offer.where
        self.context.navigate(page, **where)


def _look(ws: "Workspace", ref: "Ref", today: date, _progress: "Progress") -> "tuple[Ref, Offers]":
    return ref, meeting_offers.offers(ws, ref, today)


def _signals(ws: "Workspace", today: date, _progress: "Progress") -> tuple[Offer, ...]:
    return meeting_offers.signalled(ws, today)


def _make(ws: "Workspace", ref: "Ref", today: date, at: datetime) -> tuple[str, bytes]:
    from ropdesk.services import agenda_paper

    return agenda_paper.pdf(ws, ref, today, at)
