"""Beside the board: this month against earlier ones, and data that looks wrong."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ropdesk.domain.metrics import Direction, Metric, Unit
from ropdesk.i18n import _, day_month, integer, month_name, month_short, ngettext
from ropdesk.services.quality import Suspicion
from ropdesk.ui import values
from ropdesk.ui.planning.board_cells import Behind
from ropdesk.ui.planning.board_source import Past, Snapshot
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import LinkLabel
from ropdesk.ui.widgets.cards import Card

SHOWN_SUSPICIONS = 3
MIN_ROWS, ROW, HEADING = 3, 30, 32  # the least shown; heights in pixels at 100 % text scale
SMALL = Fraction(1, 200)  # of the earlier value: shown as 0 %


def compare_columns(snapshot: Snapshot) -> tuple[Column, ...]:
    """Return the columns of the comparison."""
    columns = [Column("name", _("Metric"), Align.LEFT, stretch=True)]
    for past in snapshot.past:
        until = _("until {day}", day=day_month(past.until))
        tip = _("{month}, {until}: the same working day", month=month_name(past.month), until=until)
        title = f"{month_short(past.month)} {past.month.year}"
        columns.append(Column(f"{past.month:%Y-%m}", title, tooltip=tip))
    return tuple(columns)


def compare_rows(snapshot: Snapshot) -> list[Row]:
    """Return the department's metrics against the earlier months."""
    board = snapshot.board
    rows = []
    for code in board.codes:
        metric, fact = board.metrics[code], board.department[code].fact
        cells = [Cell(values.name(metric))]
        cells += [_compared(metric, fact, past) for past in snapshot.past]
        rows.append(Row(code, tuple(cells)))
    return rows


def _compared(metric: Metric, fact: values.Value, past: Past) -> Cell:
    before = past.figures[metric.code].fact
    if before is None or fact is None or not before:
        return Cell(values.UNKNOWN, muted=True, tooltip=_("No data for {month}",
                    month=month_name(past.month)))  # fmt: skip
    change = Fraction(fact) - Fraction(before)
    if metric.unit is Unit.SHARE:
        text = values.deviation(metric, fact, before)
    else:
        text = values.percent(change / Fraction(before), sign=True)
    tip = _("{before} then, {fact} now", before=values.exact(metric, before),
            fact=values.exact(metric, fact))  # fmt: skip
    where = Behind(metric.code, None, past.month, past.until)
    return Cell(text, state=_direction(metric, change / Fraction(before)), tooltip=tip, ref=where,
                sort_key=float(change / Fraction(before)))  # fmt: skip


def _direction(metric: Metric, change: Fraction) -> State:
    if abs(change) < SMALL or metric.better is Direction.NONE:
        return State.NEUTRAL
    return State.GOOD if (change > 0) == (metric.better is Direction.UP) else State.BAD


class _Table(DataTable):
    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that there is room for more or fewer rows."""
        super().resizeEvent(event)
        self.resized.emit()


class CompareCard(Card):
    """This month against the last one and the same one a year ago, at the same working day."""

    opened = Signal(object)  # Behind
    suspicion_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Compared at the same working day"), "", parent)
        self._columns: tuple[Column, ...] = ()
        self.table = _Table()
        self.table.setSortingEnabled(False)
        self.table.setAccessibleName(_("Compared at the same working day"))
        self.table.cell_activated.connect(self.opened)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.table.setMinimumHeight(current_theme().px(HEADING + MIN_ROWS * ROW))
        self.table.resized.connect(self._follow_height)
        self._snapshot: Snapshot | None = None
        self._count = 0
        self.body.addWidget(self.table, 1)
        self._doubts = QWidget()
        row = QHBoxLayout(self._doubts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._doubt_row = row
        self.body.addWidget(self._doubts)
        self._doubts.hide()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the comparison of as many metrics as there is room for."""
        self._snapshot = snapshot
        columns = compare_columns(snapshot)
        self._count = self._room()
        rows = compare_rows(snapshot)[: self._count]
        if columns != self._columns:
            self._columns = columns
            self.table.set_columns(columns, rows)
        else:
            self.table.set_rows(rows)

    def _follow_height(self) -> None:
        if self._snapshot is not None and self._room() != self._count:
            self.show_snapshot(self._snapshot)

    def _room(self) -> int:
        free = self.table.height() - self.table.horizontalHeader().height()
        return max(MIN_ROWS, free // self.table.verticalHeader().defaultSectionSize())

    def show_suspicions(self, found: Sequence[Suspicion]) -> None:
        """Name what looks wrong in the data, each leading to its rows."""
        while (item := self._doubt_row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._doubts.setVisible(bool(found))
        if not found:
            return
        total = sum(one.count for one in found)
        words = QLabel("\u26a0 " + ngettext("{n} deal to check:", "{n} deals to check:", total))
        words.setProperty("role", "secondary")
        self._doubt_row.addWidget(words)
        for one in sorted(found, key=lambda x: -x.count)[:SHOWN_SUSPICIONS]:
            link = LinkLabel(f"{_(one.name).lower()} {integer(one.count)}")
            link.setObjectName(one.code)
            link.setToolTip(_(one.rule))
            link.clicked.connect(self._clicked)
            self._doubt_row.addWidget(link)
        self._doubt_row.addStretch(1)

    def _clicked(self) -> None:
        self.suspicion_opened.emit(self.sender().objectName())
