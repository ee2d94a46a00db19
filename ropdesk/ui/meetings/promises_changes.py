"""What can be done with promises: written down, judged, put off, dropped, corrected."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.promises import Verdict
from ropdesk.i18n import _, describe, pgettext
from ropdesk.services import metrics, promises, team
from ropdesk.services.promises import NewPromise, PromiseLine
from ropdesk.ui.meetings import promises_card as commands
from ropdesk.ui.meetings.promises_forms import Filled, MoveForm, PromiseForm
from ropdesk.ui.page import Page
from ropdesk.ui.widgets.dialogs import ConfirmReason, Dialog

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

VERDICTS = {
    commands.KEPT: Verdict.KEPT,
    commands.LATE: Verdict.KEPT,
    commands.PARTLY: Verdict.PARTLY,
    commands.BROKEN: Verdict.BROKEN,
}


class PromiseChanges(QObject):
    """Asks what must be asked and changes promises; what refuses is said above the page."""

    def __init__(self, context: "Context", view: QWidget) -> None:
        super().__init__(view)
        self._context, self._view = context, view
        self.dialog: Dialog | None = None

    def write(self, member_id: int | None, written: Callable[[int], object]) -> None:
        """Ask for a new promise of somebody; ``written`` hears its id."""
        ws, today = self._context.workspace, self._context.today()
        with ws.read() as connection:
            day = promises.next_day(connection, today)
        start = Filled(
            member_id=member_id, text="", customer="", metric="", amount=None, due=day, whole=False
        )

        def save(said: Filled) -> None:
            new = NewPromise(
                text=said.text, given=today, due=said.due, first=today if said.whole else said.due,
                member_id=said.member_id, customer=said.customer, metric=said.metric,
                amount=said.amount,
            )  # fmt: skip
            written(promises.add(ws, new))

        self._ask(_("New promise"), _("Write down"), start, save)

    def run(self, command: str, line: PromiseLine) -> None:
        """Run a command of the card on a promise; one that does not fit it is passed over."""
        today = self._context.today()
        offered = dict(commands.choices(line, today))
        if command not in offered:
            return
        ws = self._context.workspace
        if command in VERDICTS:
            on = today if command == commands.LATE else min(line.due, today)
            if self.do(partial(promises.judge, ws, line.id, VERDICTS[command], on)):
                self._context.toast(f"{offered[command]}: {line.text[:60]}", undo=True)
        elif command == commands.REOPEN:
            self.do(partial(promises.reopen, ws, line.id))
        elif command == commands.MOVE:
            self._move(line, today)
        elif command == commands.DROP:
            self._drop(line)
        elif command == commands.CHANGE:
            self._change(line)
        elif self.do(partial(promises.remove, ws, line.id)):
            self._context.toast(_("The promise has been deleted."), undo=True)

    def tell_result(self, line: PromiseLine, text: str) -> None:
        """Keep what came of a promise."""
        self.do(partial(promises.change, self._context.workspace, line.id, result=text))

    def do(self, change: Callable[[], object]) -> bool:
        """Make a change; what refuses it is said above the page."""
        above = self._view.parentWidget()
        while above is not None and not isinstance(above, Page):
            above = above.parentWidget()
        words = ""
        try:
            change()
        except DomainError as error:
            words = describe(error)
        if isinstance(above, Page):
            above.show_error(words)
        return not words

    # -- inside

    def _move(self, line: PromiseLine, today: date) -> None:
        ws = self._context.workspace
        with ws.read() as connection:
            day = promises.next_day(connection, max(today, line.due))

        def save(due: date, reason: str) -> None:
            promises.move(ws, line.id, due, reason, today)

        self._open(MoveForm(line, day, save, self._view))

    def _drop(self, line: PromiseLine) -> None:
        question = _("A dropped promise counts neither as kept nor as broken. Why is it dropped?")
        dialog = ConfirmReason(_("Drop the promise"), question, _("Drop"), self._view)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def save() -> None:
            self.do(partial(promises.drop, self._context.workspace, line.id, dialog.reason))

        dialog.accepted.connect(save)
        self._open(dialog)

    def _change(self, line: PromiseLine) -> None:
        start = Filled(
            member_id=line.member_id, text=line.text, customer=line.customer, metric=line.metric,
            amount=line.amount, due=line.due, whole=line.first < line.due,
        )  # fmt: skip

        def save(said: Filled) -> None:
            first = min(line.given, said.due) if said.whole else said.due
            promises.change(
                self._context.workspace, line.id, member_id=said.member_id, text=said.text,
                customer=said.customer, metric=said.metric, amount=said.amount, due=said.due,
                first=first,
            )  # fmt: skip

        self._ask(_("Change the promise"), pgettext("promise", "Change"), start, save)

    def _ask(
        self, heading: str, verb: str, start: Filled, save: Callable[[Filled], object]
    ) -> None:
        today = self._context.today()
        with self._context.workspace.read() as connection:
            known, people = metrics.load(connection), team.load(connection)
        names = {m.id: m.name for m in people.active(today, today)}
        if start.member_id is not None and start.member_id in people.members:
            names.setdefault(start.member_id, people.members[start.member_id].name)
        self._open(PromiseForm(heading, verb, known, names, start, save, self._view))

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.open()
