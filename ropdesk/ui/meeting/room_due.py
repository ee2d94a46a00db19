"""Promises that a meeting opens with: what is due, judged here with one key each."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from ropdesk.domain.metrics import Metrics
from ropdesk.i18n import _, short_date
from ropdesk.services import promise_words
from ropdesk.services.promises import PromiseLine
from ropdesk.ui.meeting import room_promise_words as words
from ropdesk.ui.meeting.room_table import TallTable
from ropdesk.ui.meetings import promises_card as card
from ropdesk.ui.meetings.promises_changes import VERDICTS
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.flow import FlowLayout

JUDGING = (card.KEPT, card.PARTLY, card.BROKEN, card.LATE, card.REOPEN, card.MOVE)
BY_TEXT = {card.KEYS[name]: name for name in JUDGING if name != card.MOVE}
BY_KEY = {Qt.Key.Key_F6: card.MOVE, Qt.Key.Key_F2: card.CHANGE}


class _Table(TallTable):
    """Hears the keys of a judgement."""

    pressed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = BY_TEXT.get(event.text()) or BY_KEY.get(Qt.Key(event.key()))
        if name is None:
            super().keyPressEvent(event)
        else:
            self.pressed.emit(name)


class DueCard(Card):
    """What was promised for now, judged with the keys of the list of promises.

    Signals:
        commanded: promise id and a command of `promises_card`.
    """

    commanded = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Promises due"), parent=parent)
        self._columns: tuple[Column, ...] = ()
        self.table = _Table(spare=("due",))
        self.table.setAccessibleName(_("Promises due"))
        self.table.pressed.connect(self._pressed)
        self.table.row_activated.connect(self._open)
        self.table.current_row_changed.connect(self._follow)
        self.body.addWidget(self.table, 1)
        self.nothing = QLabel(_("No promise is due: nothing was promised for these days."))
        self.nothing.setProperty("role", "secondary")
        self.nothing.setWordWrap(True)
        self.body.addWidget(self.nothing)
        self.whole = QLabel()
        self.whole.setWordWrap(True)
        self.whole.setProperty("role", "secondary")
        self.body.addWidget(self.whole)
        self.setSizePolicy(self.table.sizePolicy())
        self.buttons: dict[str, SecondaryButton] = {}
        below = QWidget()
        policy = below.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(policy.Policy.Minimum)
        below.setSizePolicy(policy)
        flow = FlowLayout(below, 6)
        for name in JUDGING:
            button = SecondaryButton()
            button.setObjectName(name)
            button.clicked.connect(self._clicked)
            self.buttons[name] = button
            flow.addWidget(button)
        self.body.addWidget(below)
        self._lines: dict[int, PromiseLine] = {}
        self._metrics: Metrics | None = None
        self._today = date.min

    def sizeHint(self) -> QSize:
        """Ask for the height that the buttons need in their lines at this width."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask anew: another width makes other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_due(self, lines: Sequence[PromiseLine], today: date, metrics: Metrics) -> None:
        """Show the promises, those that wait for a word first."""
        self._lines, self._metrics = {line.id: line for line in lines}, metrics
        self._today = today
        columns = (
            Column("name", _("Member"), Align.LEFT),
            Column("what", _("Promised"), Align.LEFT, stretch=True),
            Column("due", _("By"), Align.LEFT),
            Column("fact", _("Fact")),
            Column("verdict", _("Judgement"), Align.LEFT),
        )
        rows = [_row(line, today, metrics) for line in lines]
        if columns != self._columns:
            self._columns = columns
            self.table.set_columns(columns, rows)
        else:
            self.table.set_rows(rows)
        if rows and self.table.current_place() is None:
            self.table.go_to_cell(rows[0].key, "verdict")
        self.table.setVisible(bool(rows))
        self.table.updateGeometry()
        self.nothing.setVisible(not rows)
        waits = sum(1 for line in lines if line.unsettled)
        self.set_title(_("Promises due"), _("{n} to be judged", n=waits) if waits else "")
        self._follow(None)

    def line(self, promise_id: int) -> PromiseLine | None:
        """Return a promise shown."""
        return self._lines.get(promise_id)

    def take_focus(self) -> None:
        """Go to the first promise that waits for a word."""
        shown = self.table.list_model.shown
        waiting = [row.key for row in shown if self._lines[int(str(row.key))].unsettled]
        if waiting:
            self.table.go_to_cell(waiting[0], "verdict")
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _current(self) -> PromiseLine | None:
        place = self.table.current_place()
        return None if place is None else self._lines.get(int(str(place[0])))

    def _follow(self, _key: object) -> None:
        line = self._current()
        if line is not None and self._metrics is not None:
            basis = promise_words.waiting(line) or promise_words.basis(self._metrics, line)
            self.whole.setText(f"{words.what(line, self._metrics)}. {basis}")
        self.whole.setVisible(line is not None)
        offered = {} if line is None else dict(card.choices(line, self._today))
        for name, button in self.buttons.items():
            words_of = offered.get(name, "")
            button.setVisible(bool(words_of))
            button.setText(words_of)
            button.setToolTip(_("{what} ({keys})", what=words_of, keys=card.KEYS[name]))

    def _clicked(self) -> None:
        self._pressed(self.sender().objectName())

    def _open(self, _key: object) -> None:
        self._pressed(card.CHANGE)

    def _pressed(self, name: str) -> None:
        line = self._current()
        if line is None:
            return
        shown = self.table.list_model.shown
        below = self.table.list_model.row_of(line.id) + 1
        following = shown[below].key if below < len(shown) else None
        self.commanded.emit(line.id, name)
        if following is not None and name in VERDICTS:
            self.table.go_to_cell(following, "verdict")


def _row(line: PromiseLine, today: date, metrics: Metrics) -> Row:
    moved = promise_words.moved(line)
    why = _("by hand: {why}", why=line.result) if line.by_hand and line.result else ""
    said = (promise_words.basis(metrics, line), promise_words.waiting(line), why)
    what = words.what(line, metrics)
    return Row(
        line.id,
        (
            Cell(promise_words.who(line), bold=True),
            Cell(what, tooltip=what),
            Cell(promise_words.due(line, today), sort_key=line.due.toordinal(),
                 secondary=f" ×{line.moves}" if line.moves else "",
                 tooltip=f"{short_date(line.due)} {moved}".strip()),
            Cell(promise_words.value(promise_words.what_metric(metrics, line), line.fact),
                 tooltip=promise_words.fact(metrics, line)),
            Cell(promise_words.verdict(line, today), chip=True, state=words.STATES[line.verdict],
                 tooltip=" ".join(part for part in said if part)),
        ),
    )  # fmt: skip
