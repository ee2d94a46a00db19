"""The day of the sales head: numbers, agenda, promises and tasks, signals, duties."""

from collections.abc import Hashable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.meetings import DAILY
from ropdesk.domain.meetings import State as MeetingState
from ropdesk.domain.promises import Verdict
from ropdesk.i18n import _, describe, weekday_date
from ropdesk.services import meeting_run, meetings, promises, signals, tasks, week
from ropdesk.services.meeting_lines import MeetingLine
from ropdesk.services.meetings import NewMeeting
from ropdesk.services.tasks import TaskRef
from ropdesk.ui.meeting.clock import moment
from ropdesk.ui.page import Page
from ropdesk.ui.today import source, words
from ropdesk.ui.today.actions import TodayActions
from ropdesk.ui.today.cards import DueCard, ListCard, NeedsCard, SignalsCard
from ropdesk.ui.today.duties_card import DutiesCard
from ropdesk.ui.today.numbers import Numbers
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from ropdesk.services.signals import Signal as Told
    from ropdesk.ui.context import Context

MINUTE = 60_000
NARROW = 860  # pixels below which the columns go one under another


class TodayPage(Page):
    """What the day needs, and every duty in one click."""

    watches = frozenset({
        "daily_value", "plan", "plan_value", "plan_day", "member", "absence", "calendar_day",
        "setting", "meeting", "meeting_series", "meeting_kind", "meeting_goal", "promise",
        "promise_move", "task", "planned_action", "action_series", "investigation",
        "director_report", "director_request", "deal",
    })  # fmt: skip
    signal_tables = frozenset({"daily_value", "deal", "signal_mark", "member", "absence"})

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(context, _("Today"), parent)
        TodayActions.of(context.registry).page = self
        self.shown: source.Shown | None = None
        self._told: tuple[Told, ...] = ()
        self._look_again = True
        self._chip = Chip("")
        self.set_chips([self._chip])
        self.add_header_action("today.enter_fact")
        self.add_header_action("today.begin", primary=True)
        self.empty: EmptyState | None = None
        self._clock = QTimer(self)  # a laptop stays open over night
        self._clock.setInterval(MINUTE)
        self._clock.timeout.connect(self._look_at_the_day)
        self.content = QWidget()
        self.body.addWidget(self.content)
        self._build()

    # -- what is shown

    def reload(self) -> None:
        """Ask for the day, then for the signals in the worker."""
        today = self.context.today()
        self.shown = source.read(self.context.workspace, today)
        self._show(self.shown)
        if self._look_again:
            self._look_again = False
            job = partial(source.look, self.context.workspace, today)
            self.context.runner.start(job, self._signals_found, self._failed, quiet=True)

    def on_changed(self, changed: Any) -> None:
        """Look for signals again only where their numbers may have changed."""
        if not self.signal_tables.isdisjoint(changed):
            self._look_again = True
        super().on_changed(changed)
        self.duties.on_changed(changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch for the next day."""
        super().showEvent(event)
        self._look_at_the_day()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._clock.stop()

    # -- actions

    def begin_meeting(self) -> None:
        """Begin the day's coordination, go on with what is running, or hold one unplanned."""
        ws, now = self.context.workspace, moment(self.context)
        line = self._running() or self._coordination()
        try:
            if line is None:
                start = now.hour * 60 + now.minute
                new = NewMeeting(kind=DAILY, day=self.context.today(), start=start)
                meeting = meeting_run.begin(ws, meetings.add(ws, new), now)
            else:
                meeting = meeting_run.begin(ws, line.ref, now)
        except DomainError as error:
            self.show_error(describe(error))
            return
        self.context.navigate("meeting", meeting=meeting)

    def enter_fact(self) -> None:
        """Go to the day's grid of facts."""
        self.context.navigate("planning", view="day", day=self.context.today())

    def add_task(self) -> None:
        """Go to the line where tasks are typed."""
        self.context.navigate("meetings", view="tasks", new=True)

    def arrange_duties(self) -> None:
        """Say which duties are one's own."""
        self.duties.arrange()

    # -- inside

    def _build(self) -> None:
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.numbers = Numbers()
        self.numbers.clicked.connect(self._open_board)
        column.addWidget(self.numbers)
        self.agenda = ListCard(
            _("Agenda of the day"), _("No meetings and no actions with an hour today."),
            _("All meetings"),
        )  # fmt: skip
        self.needs = NeedsCard()
        self.people = ListCard(
            _("In the department today"), _("Everybody is at work; no birthdays within a week.")
        )
        self.due = DueCard()
        self.signals = SignalsCard()
        self.duties = DutiesCard(self.context)
        columns = Columns(NARROW)
        for cards, stretch in (
            ((self.agenda, self.people, self.needs), 10),
            ((self.due,), 11),
            ((self.signals, self.duties), 10),
        ):
            columns.add(_stacked(cards), stretch)
        column.addWidget(columns)
        column.addStretch(1)
        self.agenda.list.pressed.connect(self._begin)
        self.agenda.list.opened.connect(self._open_meeting)
        self.agenda.list.ticked.connect(self._tick_action)
        self.agenda.all_wanted.connect(partial(self.context.navigate, "meetings", view="list"))
        self.people.list.opened.connect(self._open_member)
        self.needs.table.cell_activated.connect(self._open_row)
        self.due.list.ticked.connect(self._tick)
        self.due.list.opened.connect(self._open_due)
        self.due.all_wanted.connect(self._open_all_due)
        self.signals.list.pressed.connect(self._look_into)
        self.signals.list.opened.connect(self._open_signals)
        self.signals.all_wanted.connect(self._open_signals)

    def _look_at_the_day(self) -> None:
        if self.shown is not None and self.shown.day.day != self.context.today():
            self._look_again = True
            self.duties.refresh()
            self.mark_stale()

    def _show(self, shown: source.Shown) -> None:
        day = shown.day
        self.set_title(weekday_date(day.day))
        self._chip.set(
            _("working day {n} of {of}", n=day.number, of=day.of) if day.working else _("day off")
        )
        numbers = day.numbers
        if numbers is None:
            self._show_empty()
            return
        if self.empty is not None:
            self.empty.hide()
        self.content.show()
        self.numbers.show_views((
            words.yesterday_card(day), words.need_card(day, numbers.metric),
            words.month_card(day), words.chance_card(day),
        ))  # fmt: skip
        self.agenda.show_rows(_agenda(shown))
        self.people.show_rows([words.news_view(one, day.day) for one in day.news])
        self.needs.show_day(shown)
        self.due.show_day(shown)

    def _show_empty(self) -> None:
        self.content.hide()
        if self.empty is None:
            self.empty = EmptyState(
                _(
                    "Here the day begins: what was yesterday, what today needs of each, what is "
                    "promised and due. Import an export of the CRM, or add the team."
                ),
                (_("Import a file…"), self._import), (_("Add the team"), self._to_team),
            )  # fmt: skip
            self.body.addWidget(self.empty, 1)
        self.empty.show()

    def _signals_found(self, told: "tuple[Told, ...]") -> None:
        self._told = told
        self.signals.show_signals(told)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, DomainError):
            raise error
        self.show_error(describe(error))

    def _meetings(self) -> tuple[MeetingLine, ...]:
        return self.shown.day.meetings if self.shown is not None else ()

    def _running(self) -> MeetingLine | None:
        with self.context.workspace.read() as connection:
            running = meeting_run.running(connection)
            return None if running is None else meetings.line(connection, running)

    def _coordination(self) -> MeetingLine | None:
        waiting = [one for one in self._meetings() if one.state is MeetingState.PLANNED]
        return next((one for one in waiting if one.kind == DAILY), None)

    def _begin(self, key: Hashable) -> None:
        line = next((one for one in self._meetings() if one.ref == key), None)
        if line is None:
            return
        try:
            meeting = meeting_run.begin(self.context.workspace, line.ref, moment(self.context))
        except DomainError as error:
            self.show_error(describe(error))
            return
        self.context.navigate("meeting", meeting=meeting)

    def _open_meeting(self, key: Hashable) -> None:
        if any(one.ref == key for one in self._meetings()):
            self.context.navigate("meeting", meeting=key)
        else:
            self.context.navigate("planning", view="week", day=self.context.today())

    def _tick_action(self, key: Hashable, on: bool) -> None:
        self._do(partial(week.finish, on=self.context.today()) if on else week.reopen, key)

    def _tick(self, key: Hashable, on: bool) -> None:
        if not on:
            return
        if isinstance(key, TaskRef):
            self._do(partial(tasks.finish, on=self.context.today()), key, _("Done"))
        elif isinstance(key, tuple):
            judge = partial(promises.judge, verdict=Verdict.KEPT, on=self.context.today())
            self._do(judge, key[1], _("The promise is kept"))

    def _do(self, what: Any, key: Any, said: str = "") -> None:
        try:
            what(self.context.workspace, key)
        except DomainError as error:
            self.show_error(describe(error))
            self.mark_stale()
            return
        self.clear_error()
        if said:
            self.context.toast(said, undo=True)

    def _open_due(self, key: Hashable) -> None:
        shown = self.shown
        if isinstance(key, TaskRef) and shown is not None:
            line = next((one for one in shown.tasks if one.ref == key), None)
            if line is not None:
                page, where = line.where
                self.context.navigate(page, **where)
        elif isinstance(key, tuple):
            self.context.navigate("meetings", view="promises", promise=key[1])

    def _open_all_due(self) -> None:
        late = self.shown is not None and len(self.shown.tasks) > len(self.shown.promises)
        self.context.navigate("meetings", view="tasks" if late else "promises")

    def _look_into(self, key: Hashable) -> None:
        told = next((one for one in self._told if one.key == key), None)
        if told is None:
            return
        try:
            case = signals.open_investigation(self.context.workspace, told, self.context.today())
        except DomainError as error:
            self.show_error(describe(error))
            return
        self.context.navigate("planning", view="investigations", side="cases", record=case)

    def _open_signals(self, _key: Hashable = None) -> None:
        self.context.navigate("planning", view="investigations", side="signals")

    def _open_member(self, key: Hashable) -> None:
        if isinstance(key, tuple):
            self.context.navigate("team", member=key[1])

    def _open_row(self, member: Hashable) -> None:
        self.context.navigate("team", member=member)

    def _open_board(self) -> None:
        self.context.navigate("planning", view="board", month=self.context.today().replace(day=1))

    def _import(self) -> None:
        self.context.navigate("imports")

    def _to_team(self) -> None:
        self.context.navigate("team")


def _agenda(shown: source.Shown) -> list[Any]:
    held = [(one.start, words.meeting_view(one)) for one in shown.day.meetings]
    done = [(one.start, words.action_view(one)) for one in shown.day.actions]
    return [view for _start, view in sorted([*held, *done], key=_by_hour)]


def _by_hour(one: tuple[int | None, Any]) -> int:
    return -1 if one[0] is None else one[0]


def _stacked(cards: "tuple[QWidget, ...]") -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return holder
