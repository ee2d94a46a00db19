"""Promises given at a meeting: one line to type into, and the list."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from ropdesk.domain.metrics import Metrics
from ropdesk.i18n import _
from ropdesk.services import promise_words
from ropdesk.services.promise_line import Reader
from ropdesk.services.promises import PromiseLine
from ropdesk.ui.fonts import REGULAR, SEMIBOLD
from ropdesk.ui.meeting import room_promise_words as words
from ropdesk.ui.meeting.promise_field import PromiseField
from ropdesk.ui.meeting.room_rows import DOWN, REMOVE, UP, RowButton, step
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.paint import chip_size, paint_chip

PAD, MOST_LINES = 6, 3
WRAP = int(Qt.TextFlag.TextWordWrap)


class PromiseRow(RowButton):
    """One promise: who, by when, what. Delete takes away one that was given here."""

    def __init__(self, line: PromiseLine, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.line = line
        self._what = ""
        self._chip = words.chip(line, line.due)

    def show_line(self, line: PromiseLine, today: date, metrics: Metrics) -> None:
        """Show how it stands."""
        self.line = line
        self._what, self._chip = words.what(line, metrics), words.chip(line, today)
        self.setAccessibleName(f"{promise_words.who(line)}, {self._chip[0]}: {self._what}")
        self.setToolTip(self.accessibleName())
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        self._fit()

    def natural_size(self) -> tuple[int, int]:
        """Return the height of the name and of the words below."""
        theme = current_theme()
        metrics = QFontMetrics(theme.font(13, REGULAR))
        room = QRect(0, 0, max(40, self.width() - 2), 1000)
        high = metrics.boundingRect(room, WRAP, self._what).height()
        high = min(high, metrics.lineSpacing() * MOST_LINES)
        return 80, high + theme.px(22) + theme.px(2 * PAD)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the promise."""
        theme = current_theme()
        painter = QPainter(self)
        top, high = theme.px(PAD - 1), theme.px(22)
        chip_wide = min(chip_size(self._chip[0])[0], self.width() * 0.6)
        painter.setFont(theme.font(13, SEMIBOLD))
        painter.setPen(theme.colour("text"))
        room = self.width() - int(chip_wide) - theme.px(8)
        name = painter.fontMetrics().elidedText(
            promise_words.who(self.line), Qt.TextElideMode.ElideRight, room
        )
        painter.drawText(QRect(1, top, room, high), int(Qt.AlignmentFlag.AlignVCenter), name)
        left = painter.fontMetrics().horizontalAdvance(name) + theme.px(8)
        chip_high = chip_size(self._chip[0])[1]
        spot = QRectF(left, top + (high - chip_high) / 2, chip_wide, chip_high)
        paint_chip(painter, spot, *self._chip)
        painter.setFont(theme.font(13, REGULAR))
        painter.setPen(theme.colour("text"))
        below = QRect(1, top + high, self.width() - 2, self.height() - top - high - theme.px(PAD))
        painter.drawText(below, WRAP, self._what)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("row_line"))
        if self.hasFocus():
            self.paint_focus(painter, self.rect().adjusted(0, 1, -1, -2), 4)

    def _fit(self) -> None:
        high = self.natural_size()[1]
        if self.height() != high:
            self.setFixedHeight(high)


class PromisesCard(Card):
    """Promises of this meeting, the last one first; below what was not kept before it.

    Signals:
        accepted: a `PromiseInput` from the line.
        removed: id of a promise given here that is taken away.
        opened: id of a promise to be looked at.
    """

    accepted = Signal(object)
    removed = Signal(int)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Promises"), parent=parent)
        self.rows: dict[int, PromiseRow] = {}
        self._given: frozenset[int] = frozenset()
        self.field = PromiseField()
        self.field.accepted.connect(self.accepted)
        self.body.addWidget(self.field)
        inner = QWidget()
        inner.setObjectName("clear")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._before = QLabel(_("Not kept before"))
        self._before.setProperty("role", "secondary")
        self._before.setWordWrap(True)
        self._before.setContentsMargins(0, 10, 0, 0)
        self._column.addWidget(self._before)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self.body.addWidget(self._scroll, 1)

    def set_reader(self, reader: Reader) -> None:
        """Read lines with the people of this meeting."""
        self.field.set_reader(reader)

    def show_promises(
        self,
        given: Sequence[PromiseLine],
        broken: Sequence[PromiseLine],
        today: date,
        metrics: Metrics,
    ) -> None:
        """Show what was given here, and what was not kept before."""
        self.set_title(_("Promises"), str(len(given)) if given else "")
        ordered = [*reversed(given), *broken]
        if list(self.rows) != [line.id for line in ordered]:
            self._make(ordered, len(given))
        for line in ordered:
            self.rows[line.id].show_line(line, today, metrics)
        self._given = frozenset(line.id for line in given)
        self._before.setVisible(bool(broken))

    def take_focus(self) -> None:
        """Go to the line."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the line down to the list."""
        if event.key() == Qt.Key.Key_Down and self.rows and self.field.line.hasFocus():
            next(iter(self.rows.values())).setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _commanded(self, name: str) -> None:
        row = self.sender()
        if not isinstance(row, PromiseRow):
            return
        if name in {UP, DOWN}:
            there = step(list(self.rows.values()), row, name)
            if there is None:
                self.take_focus()
            else:
                self._scroll.ensureWidgetVisible(there)
        elif name == REMOVE and row.line.id in self._given:
            self.removed.emit(row.line.id)

    def _make(self, lines: Sequence[PromiseLine], given: int) -> None:
        for row in self.rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for number, line in enumerate(lines):
            row = PromiseRow(line)
            row.setObjectName(str(line.id))
            row.clicked.connect(self._clicked)
            row.commanded.connect(self._commanded)
            self.rows[line.id] = row
            # The heading of those before stands between both parts.
            self._column.insertWidget(number if number < given else number + 1, row)

    def _clicked(self) -> None:
        self.opened.emit(int(self.sender().objectName()))
