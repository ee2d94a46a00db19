"""The board's table: members or metrics, by month, week or day, in the columns that fit."""

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from ropdesk.domain.metrics import Kind
from ropdesk.i18n import _, language
from ropdesk.ui import values
from ropdesk.ui.planning import board_cells, board_periods
from ropdesk.ui.planning.board_cells import Layout, RowCache
from ropdesk.ui.planning.board_source import Snapshot
from ropdesk.ui.tables.cells import Cell, Column, Row
from ropdesk.ui.tables.delegate import cell_width
from ropdesk.ui.tables.frozen import FrozenColumn
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.tables.widths import fit_columns, title_width
from ropdesk.ui.theme import current_theme

NAME_LONGEST = 150  # longer names are elided before a column goes
NAME_SHORTEST = 110  # where no column is left to go
FIRST = ("deals_won", "conversion", "average_check")  # columns that stay the longest
DAYS, FORECAST = "days", "forecast"
SCROLL_BAR = 12  # kept free whether it shows or not, or the columns would come and go


class BoardTable(DataTable):
    """Shows a snapshot; another width shows other columns, never half of one."""

    metric_wanted = Signal(str)
    columns_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((), parent)
        self.setAccessibleName(_("Plan–fact"))
        self._cache = RowCache()
        self._shown: tuple[Column, ...] = ()
        self._snapshot: Snapshot | None = None
        self._kind = "member"
        self._all = False
        self._fitted = 0
        self._layout_key: object = None
        self._lengths: tuple[int, ...] = ()
        self._order: list[str] = []
        self._fits = 0, True
        self._laid: Layout | None = None
        self._wanted = 0
        self.row_activated.connect(self._row_activated)
        self._frozen = FrozenColumn(self)

    @property
    def hidden_metrics(self) -> tuple[str, ...]:
        """Names of the metrics that there is no room for."""
        if self._snapshot is None or self._kind != "member" or self._snapshot.board.periods:
            return ()
        board = self._snapshot.board
        shown = {column.key for column in self._shown} | {f"m:{self._snapshot.chosen.code}"}
        return tuple(
            values.name(board.metrics[c]) for c in board.codes if f"m:{c}" not in shown
        )  # fmt: skip

    @property
    def shows_all(self) -> bool:
        """Whether every metric has its column, to be scrolled to."""
        return self._all

    def show_all(self, *, every: bool) -> None:
        """Show every metric, or only as many as fit."""
        self._all = every
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot, self._kind)

    def show_snapshot(self, snapshot: Snapshot, kind: str) -> None:
        """Show members or metrics (``member``, ``metric``) of a snapshot."""
        self._snapshot, self._kind = snapshot, kind
        self._fitted = self.width()
        scrolls = self._all or bool(snapshot.board.periods)
        policy = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(
            policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
        )
        columns, rows = self._prepared(snapshot, kind)
        lengths = tuple(len(c.text) + len(c.secondary) for c in rows[0].cells) if rows else ()
        if columns != self._shown:
            self._shown = columns
            self.set_columns(columns, rows)
            self.columns_changed.emit()
        else:
            self.set_rows(rows)
            if lengths != self._lengths:
                self.fit()
        self._lengths = lengths
        if not scrolls and kind == "member":
            self._drop_what_does_not_fit()

    def fit(self) -> None:
        """Give the columns the widths their texts want, the names the rest."""
        self._wanted = fit_columns(self, self.list_model, NAME_LONGEST)
        if self._wanted > self.width() - SCROLL_BAR and not self._fits[0]:
            self._wanted = fit_columns(self, self.list_model, NAME_SHORTEST)
        self._frozen.place()

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Keep the current cell clear of the names that stay at the left."""
        super().currentChanged(current, previous)
        bar = self.horizontalScrollBar()
        left = self.columnViewportPosition(current.column()) if current.column() > 0 else 0
        if bar.value() and current.column() > 0 and left < self.columnWidth(0):
            bar.setValue(max(0, bar.value() + left - self.columnWidth(0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many metrics as fit the new width."""
        if self._snapshot is not None and self._fitted != self.width():
            self.show_snapshot(self._snapshot, self._kind)
        super().resizeEvent(event)

    def _prepared(self, snapshot: Snapshot, kind: str) -> tuple[tuple[Column, ...], list[Row]]:
        board = snapshot.board
        if board.periods and kind == "member":
            title = values.heading(
                values.short_name(snapshot.chosen), board_cells.column_style(board, snapshot.chosen)
            )
            columns = board_periods.period_columns(board, title)
            return columns, board_periods.period_rows_by_member(snapshot)
        if board.periods:
            columns = board_periods.period_columns(board, _("Metric"))
            return columns, board_periods.period_rows_by_metric(snapshot)
        if kind == "metric":
            return board_cells.metric_columns(), board_cells.metric_rows(snapshot)
        layout = self._layout(snapshot)
        if layout is not self._laid:
            self._laid = layout
            self._cache.clear()
        return layout.columns, board_cells.member_rows(snapshot, layout, self._cache)

    def _layout(self, snapshot: Snapshot) -> Layout:
        """Take as many of the other metrics as there is room for, the weightiest first."""
        board = snapshot.board
        styles = {c: board_cells.column_style(board, board.metrics[c]) for c in board.codes}
        planned = board.department[snapshot.chosen.code].plan is not None
        key = (
            tuple(board.metrics[c] for c in board.codes), tuple(styles.values()), snapshot.chosen,
            planned, self.width(), self._all, language(), current_theme().scale,
            snapshot.people is not None,
        )  # fmt: skip
        if key != self._layout_key or self._laid is None:
            self._layout_key = key
            self._order = _order(snapshot)
            full = self._fitting(snapshot, with_plans=True), True
            bare = self._fitting(snapshot, with_plans=False), False
            enough = min(1 + len(FIRST), len(self._order))
            self._fits = bare if full[0] < enough and bare[0] > full[0] else full
            return self._taken(snapshot)
        return self._laid

    def _taken(self, snapshot: Snapshot) -> Layout:
        """Lay out as many of the optional columns as fit, in the board's order."""
        board = snapshot.board
        count, with_plans = self._fits
        taken = set(self._order[:count])
        others = [board.metrics[c] for c in board.codes if c in taken]
        return board_cells.member_layout(
            snapshot,
            others,
            with_plans=with_plans,
            with_days=DAYS in taken,
            with_forecast=FORECAST in taken,
        )

    def _drop_what_does_not_fit(self) -> None:
        """Let optional columns go until no column is cut: numbers may have grown."""
        snapshot = self._snapshot
        if snapshot is None or self._wanted <= self.width() - SCROLL_BAR or not self._fits[0]:
            return
        self._fits = self._fits[0] - 1, self._fits[1]
        self._laid = self._taken(snapshot)
        self._cache.clear()
        self._shown = self._laid.columns
        self.set_columns(self._shown, board_cells.member_rows(snapshot, self._laid, self._cache))
        self.columns_changed.emit()
        self._drop_what_does_not_fit()

    def _fitting(self, snapshot: Snapshot, *, with_plans: bool) -> int:
        """Count how many of the optional columns fit, by the department's row."""
        if self._all:
            return len(self._order)
        board = snapshot.board
        others = [board.metrics[c] for c in board.codes if c in self._order]
        layout = board_cells.member_layout(snapshot, others, with_plans=with_plans)
        row = board_cells.department_row(snapshot, layout)
        names = (cell_width(board_cells.name_cell(line, board.nobody)) for line in board.members)
        widest = min(max(names, default=0.0), current_theme().px(NAME_LONGEST))
        room = self.width() - SCROLL_BAR - int(widest) - 1
        widths = {
            column.key.removeprefix("m:"): _width(column, cell)
            for column, cell in zip(layout.columns[1:], row.cells[1:], strict=True)
        }
        room -= sum(wide for key, wide in widths.items() if key not in self._order)
        for number, key in enumerate(self._order):
            room -= widths[key]
            if room < 0:
                return number
        return len(self._order)

    def _row_activated(self, key: object) -> None:
        if self._kind == "metric" and isinstance(key, str):
            self.metric_wanted.emit(key)


def _order(snapshot: Snapshot) -> list[str]:
    """List the columns that may be left out, the last ones first to go."""
    codes = [c for c in snapshot.board.codes if c != snapshot.chosen.code]
    first = [c for c in FIRST if c in codes]
    forecast = [FORECAST] if snapshot.chosen.kind is Kind.FLOW else []
    return [*forecast, *first, DAYS, *(c for c in codes if c not in first)]


def _width(column: Column, cell: Cell) -> int:
    """Return what `fit_columns` will give this column."""
    theme = current_theme()
    if column.width is not None:
        return theme.px(column.width)
    if column.key == FORECAST and not cell.text:
        cell = replace(cell, text="000 000", bold=True)  # it comes a moment later
    title = title_width(column, QFontMetricsF(theme.font(12)))
    return int(max(title, cell_width(cell))) + 1
