"""The duties of a sales head on the day's page: ticked off here, opened with a click."""

from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ropdesk.domain.duties import Rhythm
from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe, ngettext
from ropdesk.services import calendar, duties
from ropdesk.services.duties import AUTO, DutyLine
from ropdesk.ui.page import View
from ropdesk.ui.today import duties_words as words
from ropdesk.ui.widgets.buttons import FlatButton, IconButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.check_rows import CheckList
from ropdesk.ui.widgets.fields import FieldError

if TYPE_CHECKING:
    from ropdesk.ui.context import Context
    from ropdesk.ui.today.duties import DutiesDialog

FEW = 2  # duties of the week and of the month that are named until all are asked for


class DutiesCard(Card):
    """Daily duties, then what the week and the month still ask.

    Space ticks, Enter or a click opens the page; what is ticked can be undone.
    """

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(_("Duties of the sales head"), parent=parent)
        self.context = context
        self.dialog: DutiesDialog | None = None
        self.button = IconButton("settings", _("Duties: mine, delegated, not relevant…"))
        self.button.clicked.connect(self.arrange)
        self.add_right(self.button)
        self.content = DutiesList(context, self)
        self.body.addWidget(self.content)

    def on_changed(self, changed: Iterable[str]) -> None:
        """Pass the news on."""
        self.content.on_changed(changed)

    def refresh(self) -> None:
        """Ask again: the day may be another."""
        self.content.refresh()

    def arrange(self) -> None:
        """Open the list of all duties: whose, when, one's own."""
        from ropdesk.ui.today.duties import open_duties

        self.dialog = open_duties(self.context, self)

    def say_count(self, lines: Sequence[DutyLine]) -> None:
        """Say beside the title how far the day's duties are."""
        done, of = words.counted(lines)
        hint = _("today {done} of {of}", done=done, of=of) if of else ""
        self.set_title(_("Duties of the sales head"), hint)


class DutiesList(View):
    """The rows of the card."""

    watches = frozenset({
        "duty", "duty_mark", "calendar_day", "setting", "member", "meeting", "meeting_protocol",
        "daily_value", "planned_action", "investigation", "director_report", "plan",
        "lead_agreement", "promotion", "voice", "tool_trial",
    })  # fmt: skip

    def __init__(self, context: "Context", card: DutiesCard) -> None:
        super().__init__(card)
        self.context, self._card = context, card
        self.lines: dict[str, DutyLine] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.error = FieldError()
        column.addWidget(self.error)
        self.nothing = QLabel()
        self.nothing.setProperty("role", "secondary")
        self.nothing.setWordWrap(True)
        column.addWidget(self.nothing)
        self.sections = {rhythm: _Section(rhythm, first=rhythm is Rhythm.DAY) for rhythm in Rhythm}
        for section in self.sections.values():
            section.list.ticked.connect(self._tick)
            section.list.opened.connect(self._open)
            column.addWidget(section)

    def reload(self) -> None:
        """Ask for the duties and show them."""
        today = self.context.today()
        with self.context.workspace.read() as connection:
            found = duties.due(connection, today)
            working = calendar.load(connection).is_working(today)
        self.lines = {line.code: line for line in found}
        for rhythm, section in self.sections.items():
            section.show_lines([line for line in found if line.rhythm is rhythm])
        daily = [line for line in found if line.rhythm is Rhythm.DAY]
        self._card.say_count(daily)
        self.nothing.setText(
            _("All duties are delegated or not relevant.") if working
            else _("A day off: daily duties rest.")
        )  # fmt: skip
        self.nothing.setVisible(not daily and (not working or not found))

    def _tick(self, key: Hashable, on: bool) -> None:
        code, ws, today = str(key), self.context.workspace, self.context.today()
        line = self.lines[code]
        self.error.say("")
        if not on and line.how == AUTO:
            self.error.say(words.seen_by(line))
            row = self.sections[line.rhythm].list.row(key)
            if row is not None and row.box is not None:
                row.box.setChecked(True)
            return
        try:
            (duties.mark if on else duties.unmark)(ws, code, today)
        except DomainError as error:
            self.error.say(describe(error))
        else:
            title = line.title
            said = (
                _("Done: «{title}»", title=title) if on else _("Not done: «{title}»", title=title)
            )
            self.context.toast(said, undo=True)
        self.mark_stale()

    def _open(self, key: Hashable) -> None:
        where = self.lines[str(key)].where
        if where is None:
            self._card.arrange()
        else:
            page, place = where
            self.context.navigate(page, **place)


class _Section(QWidget):
    """Duties of one rhythm: daily ones all, of the others the first that wait."""

    def __init__(self, rhythm: Rhythm, *, first: bool) -> None:
        super().__init__()
        self._first, self._rhythm, self._all = first, rhythm, first
        self._lines: Sequence[DutyLine] = ()
        self.head = QLabel()
        self.head.setProperty("role", "strong")
        self.head.setContentsMargins(0, 0 if first else 8, 0, 0)
        self.list = CheckList(_(words.RHYTHMS[rhythm]))
        self.more = FlatButton()
        self.more.clicked.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.list)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_lines(self, lines: Sequence[DutyLine]) -> None:
        """Show these duties."""
        self._lines = lines
        waiting = [line for line in lines if not line.done]
        shown = list(lines) if self._all else waiting[:FEW]
        self.list.show_rows([words.view(line) for line in shown])
        self.setVisible(bool(lines))
        self.head.setVisible(not self._first)
        done, of = words.counted(lines)
        self.head.setText(
            _("This week {done} of {of}", done=done, of=of) if self._rhythm is Rhythm.WEEK
            else _("This month {done} of {of}", done=done, of=of)
        )  # fmt: skip
        hidden = len(lines) - len(shown)
        self.more.setVisible(not self._first and (hidden > 0 or self._all))
        self.more.setText(
            _("Show fewer") if self._all else ngettext("{n} more", "{n} more", hidden)
        )

    def _turn(self) -> None:
        self._all = not self._all
        self.show_lines(self._lines)
