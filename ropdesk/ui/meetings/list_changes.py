"""What is done with meetings from the list: dialogs, changes, what the toast says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.errors import DomainError
from ropdesk.domain.meetings import DAILY, OWN, Rule
from ropdesk.domain.week import HOUR
from ropdesk.i18n import _, describe
from ropdesk.services import calendar, meeting_kinds, meeting_run, meetings
from ropdesk.services.meetings import MeetingLine, NewMeeting, NewSeries, Ref, Series
from ropdesk.ui.meeting.clock import moment
from ropdesk.ui.meetings import list_card, words
from ropdesk.ui.meetings.list_forms import (
    MONTH,
    ONCE,
    WEEK,
    Filled,
    Form,
    MeetingForm,
    MoveForm,
    SkipForm,
)
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import DateField, Field

if TYPE_CHECKING:
    from ropdesk.services.meeting_kinds import Kind
    from ropdesk.ui.context import Context
    from ropdesk.ui.meetings.list import ListView

NINE = 9 * HOUR


class Changes:
    """Asks and does; refusals are said in the dialog, or above the page."""

    def __init__(self, context: "Context", view: "ListView") -> None:
        self.context = context
        self.view = view
        self.dialog: Dialog | None = None

    # -- one meeting

    def run(self, line: MeetingLine, command: str) -> None:
        """Do what a button of the card, or its key, says."""
        title = line.title
        if command in {list_card.OPEN, list_card.PREPARE}:
            self.context.navigate("meeting", meeting=line.ref)
        elif command == list_card.BEGIN:
            self._begin(line.ref)
        elif command == list_card.MOVE:
            save = partial(self._move, line.ref)
            self._open(
                MoveForm(
                    title, line.day, line.start, self.context.today(), save, self._work(),
                    self.view,
                )
            )  # fmt: skip
        elif command == list_card.SKIP:
            self._open(SkipForm(title, line.day, partial(self._skip, line), self.view))
        elif command == list_card.RESTORE:
            self._do(partial(meetings.restore, self.context.workspace, line.ref), line.ref)
        elif command == list_card.REMOVE:
            done = self._do(partial(meetings.remove, self.context.workspace, line.ref))
            if done:
                self.context.toast(_("Deleted: {title}", title=title), undo=True)
        elif command == list_card.CHANGE:
            self._open(self._change_form(line))

    def new(self, day: date) -> None:
        """Ask for a meeting; it may recur."""
        kinds = self._kinds()
        first = next((kind for kind in kinds if kind.code == OWN), kinds[0])
        start = Filled(kind=first.code, day=day, start=None, minutes=first.minutes)
        self._open(
            MeetingForm(
                _("New meeting"),
                _("Schedule"),
                kinds,
                start,
                self._save_new,
                self._work(),
                parent=self.view,
            )
        )

    def new_rule(self, day: date) -> None:
        """Ask for a recurring meeting; the daily coordination is proposed first."""
        kinds = self._kinds()
        first = next((kind for kind in kinds if kind.code == DAILY), kinds[0])
        start = Filled(
            kind=first.code, day=day, start=NINE, minutes=first.minutes,
            rule=Rule(day, words.WORKWEEK),
        )  # fmt: skip
        self._open(
            MeetingForm(
                _("Meeting by rule"), _("Schedule"), kinds, start, self._save_new, self._work(),
                (WEEK, MONTH),
                parent=self.view,
            )
        )  # fmt: skip

    # -- a rule

    def run_rule(self, rule: Series, command: str) -> None:
        """Change or end a recurring meeting."""
        today = self.context.today()
        if command == "end":
            self._open(EndForm(rule, self._title(rule), today, self._end, self.view))
            return
        since = self._since(rule.rule, today)
        start = Filled(
            kind=rule.kind, day=since, start=rule.start, minutes=rule.minutes, title=rule.title,
            place=rule.place, rule=replace(rule.rule, first=since),
        )  # fmt: skip
        note = _("Meetings before this day stay as they were.") if rule.rule.first < since else ""
        self._open(
            MeetingForm(
                _("Change the rule"), _("Save"), self._kinds(rule.kind), start,
                partial(self._save_rule, rule), self._work(), (WEEK, MONTH), note, self.view,
            )
        )  # fmt: skip

    # -- inside

    def _since(self, rule: Rule, today: date) -> date:
        """Propose the day from which a rule changes: every n-th week keeps its weeks."""
        if rule.every > 1:
            ahead = rule.times(today, today + timedelta(weeks=rule.every + 2), self._work())
            return next((named for named in ahead if named >= today), today)
        return max(today, rule.first)

    def _begin(self, ref: Ref) -> None:
        ws = self.context.workspace
        if self._do(partial(meeting_run.begin, ws, ref, moment(self.context))):
            self.context.navigate("meeting", meeting=ref)

    def _move(self, ref: Ref, day: date, start: int | None, reason: str) -> None:
        meetings.move(self.context.workspace, ref, day, start, reason)
        self._after(ref)

    def _skip(self, line: MeetingLine, reason: str) -> None:
        meetings.skip(self.context.workspace, line.ref, reason)
        self.context.toast(_("Skipped: {title}", title=line.title), undo=True)
        self._after(line.ref)

    def _save_new(self, filled: Filled) -> None:
        ws = self.context.workspace
        if filled.rule is not None:
            self.view.know_rule(meetings.add_series(ws, _series(filled, filled.rule)))
            return
        made = meetings.add(
            ws,
            NewMeeting(
                kind=filled.kind, day=filled.day, start=filled.start, minutes=filled.minutes,
                title=filled.title, place=filled.place,
            ),
        )  # fmt: skip
        self._after(made)

    def _save_rule(self, rule: Series, filled: Filled) -> None:
        if filled.rule is not None:
            now = meetings.change_series(
                self.context.workspace, rule.id, _series(filled, filled.rule), filled.rule.first
            )
            self.view.follow_rule(now)

    def _end(self, rule: Series, since: date) -> None:
        meetings.end_series(self.context.workspace, rule.id, since)
        self.context.toast(_("Ended: {title}", title=self._title(rule)), undo=True)

    def _title(self, rule: Series) -> str:
        with self.context.workspace.read() as connection:
            return rule.title or meeting_kinds.kind(connection, rule.kind).title

    def _change_form(self, line: MeetingLine) -> MeetingForm:
        kinds = [kind for kind in self._kinds(line.kind) if kind.code == line.kind]
        own = "" if line.title == kinds[0].title else line.title
        start = Filled(
            kind=line.kind, day=line.day, start=line.start, minutes=line.minutes, title=own,
            place=line.place,
        )  # fmt: skip
        note = _("Only this time is changed; the rule stays.") if line.recurring else ""
        form = MeetingForm(
            _("Meeting"), _("Save"), kinds, start, partial(self._save_change, line), self._work(),
            (ONCE,), note,
            self.view,
        )  # fmt: skip
        for widget in (form.kind, form.day, form.time):
            widget.setEnabled(False)
            widget.setToolTip(_("Another day or time is a move, with a reason"))
        form.title.setFocus()
        return form

    def _save_change(self, line: MeetingLine, filled: Filled) -> None:
        meetings.change(
            self.context.workspace, line.ref, title=filled.title, minutes=filled.minutes,
            place=filled.place,
        )  # fmt: skip

    def _kinds(self, more: str = "") -> list["Kind"]:
        with self.context.workspace.read() as connection:
            found = meeting_kinds.kinds(connection, hidden=True)
        return [kind for kind in found if not kind.hidden or kind.code == more] or found

    def _work(self) -> WorkCalendar:
        return calendar.calendar(self.context.workspace)

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        self.view.show_error("")
        dialog.open()

    def _after(self, ref: Ref) -> None:
        self.view.follow(ref)

    def _do(self, change: Callable[[], object], ref: Ref | None = None) -> bool:
        try:
            change()
        except DomainError as error:
            self.view.show_error(describe(error))
            return False
        self.view.show_error("")
        if ref is not None:
            self._after(ref)
        return True


class EndForm(Form):
    """Asks from which day on a recurring meeting is held no more."""

    def __init__(
        self, rule: Series, title: str, today: date, save: Callable[[Series, date], object],
        parent: "ListView",
    ) -> None:  # fmt: skip
        super().__init__(_("End «{title}»", title=title), _("End"), parent)
        self._rule, self._save = rule, save
        told = QLabel(_("What was held stays. Meetings already prepared become single ones."))
        told.setWordWrap(True)
        told.setProperty("role", "secondary")
        self.body.addWidget(told)
        self.last = DateField(max(today, rule.rule.first - timedelta(1)))
        self.body.addWidget(Field(_("Last day"), self.last))
        self.last.setFocus()

    def submit(self) -> None:
        """End it after the day chosen."""
        self._save(self._rule, self.last.value + timedelta(1))


def _series(filled: Filled, rule: Rule) -> NewSeries:
    return NewSeries(
        kind=filled.kind, rule=rule, start=filled.start, minutes=filled.minutes,
        title=filled.title, place=filled.place,
    )  # fmt: skip
