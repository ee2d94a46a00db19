"""One duty arranged: whose it is, at what time, and the name of one's own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ropdesk.domain.duties import LONGEST_TITLE, Rhythm, State
from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import duties, team
from ropdesk.services.duties import DutyLine
from ropdesk.ui.planning.week.words import clock
from ropdesk.ui.tables.cells import Column
from ropdesk.ui.theme import current_theme
from ropdesk.ui.today import duties_words as words
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.fields import ADJUST, Field, FieldError, choice, choose
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.notes import TextLine
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

SOMEBODY = "somebody"
KEYS = {"1": State.MINE, "2": State.DELEGATED, "3": State.IRRELEVANT}
_OPENS, _CLOSES, _STEP = 7 * 60, 21 * 60, 15


class DutyTable(FittingTable):
    """A list in which 1, 2 and 3 say whose a duty is.

    Signals:
        state_wanted: the state's value.
    """

    state_wanted = Signal(str)

    def __init__(self, columns: list[Column], spare: tuple[str, ...]) -> None:
        super().__init__(columns, spare)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hear the keys of a state."""
        state = KEYS.get(event.text())
        if state is None:
            super().keyPressEvent(event)
        else:
            self.state_wanted.emit(state.value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen duty in sight while what arranges it grows."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())


class EntryLine(QLineEdit):
    """A line whose Enter is its own, not the dialog's."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class _KeptLine(TextLine):
    """A line kept by Enter, which does not close the dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the Enter here."""
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()


class TimeBox(QComboBox):
    """A time of the day, or any time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(ADJUST)
        self.setMinimumContentsLength(11)
        self.set_value(None)

    @property
    def value(self) -> int | None:
        """Minutes after midnight; None is any time."""
        chosen = self.currentData()
        return None if chosen is None else int(chosen)

    def set_value(self, value: int | None) -> None:
        """Choose a time; one between the steps is offered too."""
        times = {*range(_OPENS, _CLOSES + 1, _STEP), *(() if value is None else (value,))}
        self.clear()
        self.addItem(_("any time"), None)
        for minute in sorted(times):
            self.addItem(clock(minute), minute)
        self.setCurrentIndex(max(0, self.findData(value)))


class DutyPanel(QWidget):
    """The chosen duty; every choice is kept at once.

    Signals:
        changed: something was kept.
    """

    changed = Signal()

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.line: DutyLine | None = None
        self.name = QLabel()
        self.name.setProperty("role", "cardTitle")
        self.name.setWordWrap(True)
        self.seen = QLabel()
        self.seen.setProperty("role", "secondary")
        self.seen.setWordWrap(True)
        self.error = FieldError()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.name, self.seen, self._build_state(), self._build_own(), self.error):
            column.addWidget(widget)

    def show_line(self, line: DutyLine) -> None:
        """Show a duty."""
        other = self.line is None or self.line.code != line.code
        self.line = line
        self.name.setText(line.title)
        self.seen.setText(words.seen_by(line))
        self.state.set_current(line.state.value)
        self._fill_people(line)
        self.words.show_text("" if line.member_id is not None else line.delegate, other=other)
        self.start.set_value(line.start)
        self.title.show_text(line.title, other=other)
        choose(self.rhythm, line.rhythm.value)
        self._own.setVisible(line.own)
        self._say_delegate()
        if other:
            self.error.say("")

    def choose_state(self, state: str) -> None:
        """Say whose the duty is; a delegated one then needs a name."""
        if self.line is None:
            return
        self.state.set_current(state)
        self._say_delegate()
        named = self.who.currentData() != SOMEBODY or self.words.text().strip()
        if state != State.DELEGATED.value or named:
            self._keep_state()
        else:
            self.error.say("")
            self.who.setFocus()

    # -- inside

    def _build_state(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=12)
        self.state = Segmented(
            [(state.value, _(text)) for state, text in words.STATES.items()], name=_("Whose duty")
        )
        self.state.changed.connect(self.choose_state)
        self.who = QComboBox()
        self.who.setSizeAdjustPolicy(ADJUST)
        self.who.setMinimumContentsLength(16)
        self.who.setAccessibleName(_("Delegated to"))
        self.who.activated.connect(self._chosen)
        self.words = _KeptLine()
        self.words.setPlaceholderText(_("to whom: a name"))
        self.words.setAccessibleName(_("Delegated to"))
        self.words.committed.connect(self._named)
        self.start = TimeBox()
        self.start.setAccessibleName(_("Usual time"))
        self.start.activated.connect(self._timed)
        self.time_words = QLabel(_("Usual time"))
        self.time_words.setProperty("role", "secondary")
        timed = QWidget()
        row = QHBoxLayout(timed)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.time_words)
        row.addWidget(self.start)
        for widget in (self.state, self.who, self.words, timed):
            flow.addWidget(widget)
        return holder

    def _build_own(self) -> QWidget:
        self._own = QWidget()
        flow = FlowLayout(self._own, spacing=12)
        self.title = _KeptLine(LONGEST_TITLE)
        self.title.setMinimumWidth(current_theme().px(260))
        self.title.committed.connect(self._renamed)
        self.rhythm = choice({key.value: _(text) for key, text in words.RHYTHMS.items()})
        self.rhythm.setMinimumContentsLength(18)
        self.rhythm.activated.connect(self._renamed)
        self.removing = SecondaryButton(_("Delete"))
        self.removing.clicked.connect(self._remove)
        flow.addWidget(Field(_("Name of the duty"), self.title))
        flow.addWidget(Field(_("How often"), self.rhythm))
        flow.addWidget(Field(" ", self.removing))
        return self._own

    def _fill_people(self, line: DutyLine) -> None:
        today = self._context.today()
        people = team.team(self._context.workspace).active(today, today)
        self.who.clear()
        for member in people:
            self.who.addItem(member.name, member.id)
        if line.member_id is not None and self.who.findData(line.member_id) < 0:
            self.who.addItem(line.delegate, line.member_id)
        self.who.addItem(_("somebody else…"), SOMEBODY)
        chosen = line.member_id if line.member_id is not None else SOMEBODY
        self.who.setCurrentIndex(max(0, self.who.findData(chosen)))

    def _say_delegate(self) -> None:
        delegated = self.state.current == State.DELEGATED.value
        self.who.setVisible(delegated)
        self.words.setVisible(delegated and self.who.currentData() == SOMEBODY)

    def _chosen(self) -> None:
        self._say_delegate()
        if self.who.currentData() == SOMEBODY:
            self.words.setFocus()
        else:
            self._keep_state()

    def _named(self, _text: str) -> None:
        self._keep_state()

    def _keep_state(self) -> None:
        line, state = self.line, State(self.state.current)
        if line is None:
            return
        who = self.who.currentData()
        member = None if who == SOMEBODY else who
        self._do(
            lambda: duties.set_state(
                self._context.workspace, line.code, state, member, self.words.text()
            )
        )

    def _timed(self) -> None:
        line, start = self.line, self.start.value
        if line is not None and start != line.start:
            self._do(lambda: duties.set_start(self._context.workspace, line.code, start))

    def _renamed(self, _told: object) -> None:
        line = self.line
        if line is None or not line.own:
            return
        title, rhythm = self.title.text(), Rhythm(self.rhythm.currentData())
        self._do(
            lambda: duties.change_own(
                self._context.workspace, line.code, title, rhythm, self.start.value
            )
        )

    def _remove(self) -> None:
        line = self.line
        if line is not None and line.own:
            self.line = None
            self._do(lambda: duties.remove_own(self._context.workspace, line.code))

    def _do(self, change: Callable[[], object]) -> None:
        self.error.say("")
        try:
            change()
        except DomainError as error:
            self.error.say(describe(error))
        else:
            self.changed.emit()
