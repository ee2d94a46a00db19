"""What a person does with an action of the week: each is one service call and one sentence."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.week import DAYS, STEP, State
from ropdesk.domain.week import monday as this_week
from ropdesk.i18n import _, describe, ngettext
from ropdesk.services import week, week_series
from ropdesk.services.week_lines import ActionLine, NewAction, Ref
from ropdesk.ui.planning.week import words
from ropdesk.ui.planning.week.editor import ActionForm, Filled
from ropdesk.ui.widgets.dialogs import ConfirmReason

if TYPE_CHECKING:
    from ropdesk.services.week_view import Week
    from ropdesk.ui.context import Context


class Changes(QObject):
    """Changes of the week in sight.

    Signals:
        refused: what is wrong and what to do; empty when a change went through.
        follow: the ref that the focus goes to once the change is shown.
    """

    refused = Signal(str)
    follow = Signal(object)

    def __init__(self, context: "Context", parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent
        self.week: Week | None = None
        self.dialog: ActionForm | ConfirmReason | None = None

    def line(self, ref: Ref) -> ActionLine | None:
        """Return an action of the week in sight, or one left from before."""
        if self.week is None:
            return None
        return next((x for x in (*self.week.lines, *self.week.left) if x.ref == ref), None)

    def run(self, ref: Ref, name: str) -> None:
        """Do what a key or the menu asks of an action."""
        line = self.line(ref)
        if line is None:
            return
        steps: dict[str, Callable[[ActionLine], object]] = {
            "edit": self.edit, "done": self.toggle, "drop": self.drop, "delete": self.delete,
            "carry": self.carry_on, "free": self.to_free_time, "off": self.off_grid,
            "end": self.end, "back": self.reopen, "case": self.open_case,
        }  # fmt: skip
        if name in steps:
            steps[name](line)
        else:
            self._shift(line, name)

    # -- the place of an action

    def place(self, line: ActionLine, day: date | None, start: int | None, minutes: int) -> None:
        """Put an action somewhere; one left from before comes into this week with it."""
        if self.week is None:
            return
        into = None if line.week == self.week.monday else self.week.monday
        done = self._do(line.ref, week.place, line.ref, day, start, minutes, into)
        if done and day is not None:
            self._warn(line, day)

    def off_grid(self, line: ActionLine) -> None:
        """Take an action off the grid."""
        if line.day is not None:
            self.place(line, None, None, line.minutes)

    def to_free_time(self, line: ActionLine) -> None:
        """Put an action into the first free time of its owner."""
        found = self.arrange(line.ref) if line.week == self._monday() else 0
        if found == 0:
            self._context.toast(_("There is no free time for it in this week."))

    def arrange(self, only: Ref | None = None) -> int | None:
        """Put everything without a day into free time; return how many, None on refusal."""
        shown = self.week
        if shown is None:
            return None
        try:
            count = week.arrange(self._context.workspace, shown.monday, shown.as_of, only)
        except DomainError as error:
            self.refused.emit(describe(error))
            return None
        self.refused.emit("")
        if only is not None:
            self.follow.emit(only)
        elif count:
            text = ngettext("{n} action has its time", "{n} actions have their time", count)
            self._context.toast(text, undo=True)
        else:
            self._context.toast(_("There is no free time left in this week."))
        return count

    def _shift(self, line: ActionLine, name: str) -> None:
        if self.week is None or line.state is not State.PLANNED:
            return
        if line.day is None:
            self.to_free_time(line)
            return
        day, start, minutes = line.day, line.start, line.minutes
        if name in {"day_back", "day_on"}:
            step = 1 if name == "day_on" else -1
            day += timedelta(step)
        elif name in {"longer", "shorter"}:
            minutes = minutes + STEP if name == "longer" else max(STEP, minutes - STEP)
        elif start is None:
            start = 9 * 60
        else:
            start += STEP if name == "later" else -STEP
        if (day, start, minutes) != (line.day, line.start, line.minutes):
            self.place(line, day, start, minutes)

    def _warn(self, line: ActionLine, day: date) -> None:
        """Say that a day holds more than its owner can do; it stays as it was put."""
        shown = week.week(self._context.workspace, day, self._context.today())
        found = next((one for one in shown.days if one.day == day), None)
        room = None if found is None else found.rooms.get(line.member_id)
        if room is not None and room.over:
            self._context.toast(
                _("{name}, {day}: too full, over by {time}", name=words.owner_name(line.owner),
                  day=words.day_title(day), time=words.length(room.over)),
                undo=True,
            )  # fmt: skip

    # -- what becomes of it

    def toggle(self, line: ActionLine) -> None:
        """Mark as done today, or take that back."""
        if line.state is not State.PLANNED:
            self.reopen(line)
            return
        on = min(self._context.today(), line.day or date.max)
        if self._do(line.ref, week.finish, line.ref, on):
            self._context.toast(_("Done: {title}", title=line.title), undo=True)

    def reopen(self, line: ActionLine) -> None:
        """Take back that it was done or dropped."""
        self._do(line.ref, week.reopen, line.ref)

    def drop(self, line: ActionLine) -> None:
        """Ask why, and give the action up."""
        dialog = _Reason(line, self._drop_because, self._window)
        self.dialog = dialog
        dialog.open()

    def _drop_because(self, ref: Ref, reason: str) -> None:
        week.drop(self._context.workspace, ref, reason)
        self.refused.emit("")
        self.follow.emit(ref)

    def delete(self, line: ActionLine) -> None:
        """Delete an action, or this time of a recurring one."""
        if self._do(line.ref, week.remove, line.ref):
            self._context.toast(_("Deleted: {title}", title=line.title), undo=True)

    def end(self, line: ActionLine) -> None:
        """End a recurring action from this time on."""
        if self._do(line.ref, week_series.end_series, line.ref):
            self._context.toast(_("Does not recur any more: {title}", title=line.title), undo=True)

    def open_case(self, line: ActionLine) -> None:
        """Go to the investigation that led to an action."""
        if line.investigation_id is not None:
            self._context.navigate(
                "planning", view="investigations", side="cases", record=line.investigation_id
            )

    def carry_on(self, line: ActionLine) -> None:
        """Put off: what was left comes into this week, what is in it goes to the next."""
        monday = self._monday()
        into = monday if line.week < monday else monday + timedelta(DAYS)
        into = max(into, this_week(self._context.today()))  # nothing is put off into the past
        if self._do(line.ref, week.carry, [line.ref], into):
            self._context.toast(
                _("Carried over to the week of {week}: {title}", week=words.week_title(into),
                  title=line.title),
                undo=True,
            )  # fmt: skip

    def carry_all(self, lines: Sequence[ActionLine]) -> None:
        """Carry everything left from before into this week, as one."""
        if not lines:
            return
        if self._do(lines[0].ref, week.carry, [line.ref for line in lines], self._monday()):
            text = ngettext("{n} action carried over", "{n} actions carried over", len(lines))
            self._context.toast(text, undo=True)

    def set_focus_text(self, text: str) -> None:
        """Write what the week is about."""
        if self.week is not None and text.strip() != self.week.focus:
            self._do(None, week.set_focus, self.week.monday, text)

    # -- the form

    def new(self, day: date | None = None, start: int | None = None,
            member_id: int | None = None) -> None:  # fmt: skip
        """Open the form for a new action."""
        if self.week is not None:
            first = NewAction(
                title="", week=self.week.monday, day=day, start=start, member_id=member_id
            )
            self._open(None, first)

    def edit(self, line: ActionLine) -> None:
        """Open the form of an action; one left from before is carried over when it is saved."""
        here = line.week == self._monday()
        self._open(
            line,
            NewAction(
                title=line.title, week=self._monday(), day=line.day if here else None,
                start=line.start,
                minutes=line.minutes, member_id=line.member_id, metric=line.metric,
                expected=line.expected, note=line.note, investigation_id=line.investigation_id,
            ),
        )  # fmt: skip

    def _open(self, line: ActionLine | None, start: NewAction) -> None:
        if self.week is None:
            return
        repeat = None
        if line is not None and line.recurring:
            repeat = week_series.repeat_of(self._context.workspace, line.ref)
        saver = _Saver(self, line)
        form = ActionForm(self.week, line, start, repeat, saver, self._window)
        self.dialog = form
        form.open()

    def store(self, line: ActionLine | None, filled: Filled) -> None:
        """Store what the form says.

        Raises:
            DomainError: what is wrong with it, with its field.
        """
        ws, action, repeat = self._context.workspace, filled.action, filled.repeat
        if line is None and repeat is None:
            self.follow.emit(week.add(ws, [action])[0])
        elif line is None and repeat is not None:
            week_series.add_series(ws, action, repeat)
        elif line is not None and repeat is None:
            result = filled.result if line.state is State.DONE else None
            into = None if line.week == self._monday() else self._monday()
            week.change(ws, line.ref, action, result, into)
            self.follow.emit(line.ref)
        elif line is not None and repeat is not None and line.recurring:
            week_series.change_following(ws, line.ref, action, repeat)
        elif repeat is not None and line is not None and isinstance(line.ref, int):
            week_series.add_series(ws, action, repeat, line.ref)
        self.refused.emit("")
        if action.day is not None and line is None and repeat is None:
            self._warn_new(action)

    def _warn_new(self, action: NewAction) -> None:
        owners = self.week.owners if self.week is not None else ()
        name = next((o.name for o in owners if o.id == action.member_id and o.id), "")
        shown = week.week(self._context.workspace, action.week, self._context.today())
        made = next((x for x in reversed(shown.lines) if x.day == action.day), None)
        if made is not None and action.day is not None:
            self._warn(replace(made, member_id=action.member_id, owner=name), action.day)

    def _monday(self) -> date:
        return self.week.monday if self.week is not None else date.min

    def _do(self, ref: Ref | None, change: Callable[..., object], *values: object) -> bool:
        try:
            change(self._context.workspace, *values)
        except DomainError as error:
            self.refused.emit(describe(error))
            return False
        self.refused.emit("")
        if ref is not None:
            self.follow.emit(ref)
        return True


class _Saver:
    """Hands a filled form back, holding neither form nor view."""

    def __init__(self, changes: Changes, line: ActionLine | None) -> None:
        self._changes, self._line = changes, line

    def __call__(self, filled: Filled) -> None:
        self._changes.store(self._line, filled)


class _Reason(ConfirmReason):
    """Asks why an action is given up."""

    def __init__(
        self, line: ActionLine, drop: Callable[[Ref, str], object], parent: QWidget
    ) -> None:
        super().__init__(
            _("Drop the action"),
            _("«{title}» stays in the plan, crossed out. Why is it dropped?", title=line.title),
            _("Drop"), parent,
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ref, self._drop = line.ref, drop

    def submit(self) -> None:
        """Give the action up for the reason written."""
        super().submit()
        self._drop(self._ref, self.reason)
