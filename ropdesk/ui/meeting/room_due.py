"""Promises that a meeting opens with: what is due, judged here with one key each."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ropdesk.domain.errors import N_
from ropdesk.domain.metrics import Metrics
from ropdesk.domain.promises import Verdict
from ropdesk.i18n import _, short_date
from ropdesk.services import promise_words
from ropdesk.services.promises import PromiseLine
from ropdesk.ui import values
from ropdesk.ui.meeting import room_promise_words as words
from ropdesk.ui.meeting.room_table import TallTable
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.cards import Card

KEYS = {
    "1": (Verdict.KEPT.value, N_("Kept")),
    "2": (Verdict.PARTLY.value, N_("Partly kept")),
    "3": (Verdict.BROKEN.value, N_("Not kept")),
    "0": ("", N_("Let the program judge")),
}


class _Table(TallTable):
    """Hears the keys of a judgement."""

    pressed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in KEYS:
            self.pressed.emit(event.text())
        else:
            super().keyPressEvent(event)


class DueCard(Card):
    """What was promised for now: 1 kept, 2 partly, 3 not kept, 0 let the program judge.

    Signals:
        judged: promise id, value of the verdict; empty takes a judgement by hand back.
        opened: id of a promise to be looked at.
    """

    judged = Signal(int, str)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Promises due"), parent=parent)
        self._columns: tuple[Column, ...] = ()
        self.table = _Table(spare=("due",))
        self.table.setAccessibleName(_("Promises due"))
        self.table.pressed.connect(self._pressed)
        self.table.row_activated.connect(self.opened)
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
        row = QHBoxLayout()
        row.setSpacing(8)
        for key, (_verdict, text) in KEYS.items():
            button = SecondaryButton(_(text))
            button.setObjectName(key)
            button.setToolTip(_("{what} ({keys})", what=_(text), keys=key))
            button.clicked.connect(self._clicked)
            self.buttons[key] = button
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self._lines: dict[int, PromiseLine] = {}
        self._metrics: Metrics | None = None

    def show_due(self, lines: Sequence[PromiseLine], today: date, metrics: Metrics) -> None:
        """Show the promises, those that wait for a word first."""
        self._lines, self._metrics = {line.id: line for line in lines}, metrics
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
        for button in self.buttons.values():
            button.setVisible(bool(rows))
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
        for key, button in self.buttons.items():
            button.setEnabled(line is not None and (key != "0" or line.by_hand))

    def _clicked(self) -> None:
        self._pressed(self.sender().objectName())

    def _pressed(self, key: str) -> None:
        line = self._current()
        if line is None:
            return
        below = self.table.list_model.row_of(line.id) + 1
        self.judged.emit(line.id, KEYS[key][0])
        shown = self.table.list_model.shown
        if key != "0" and below < len(shown):
            self.table.go_to_cell(shown[below].key, "verdict")


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
            Cell(promise_words.fact(metrics, line) or values.UNKNOWN),
            Cell(promise_words.verdict(line, today), chip=True, state=words.STATES[line.verdict],
                 tooltip=" ".join(part for part in said if part)),
        ),
    )  # fmt: skip
