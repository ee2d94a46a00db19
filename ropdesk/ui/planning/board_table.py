"""The board's table: members or metrics, by month, week or day, in the columns that fit."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from ropdesk.i18n import _, language
from ropdesk.ui import values
from ropdesk.ui.planning import board_cells, board_periods
from ropdesk.ui.planning.board_cells import Layout, RowCache
from ropdesk.ui.planning.board_source import Snapshot
from ropdesk.ui.tables.cells import Cell, Column, Row
from ropdesk.ui.tables.delegate import cell_width
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.tables.widths import STRETCH_WANTED
from ropdesk.ui.theme import current_theme

PADDING = 18
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
        self._fits = 0, True
        self._made_for: tuple[tuple[Column, ...], bool] = (), False
        self.row_activated.connect(self._row_activated)

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
        key = layout.columns, layout.with_plans
        if key != self._made_for:
            self._made_for = key
            self._cache.clear()
        return layout.columns, board_cells.member_rows(snapshot, layout, self._cache)

    def _layout(self, snapshot: Snapshot) -> Layout:
        """Take the other metrics in the board's order while there is room."""
        board, chosen = snapshot.board, snapshot.chosen
        others = [board.metrics[c] for c in board.codes if c != chosen.code]
        whole = board_cells.member_layout(snapshot, others)
        learnt = snapshot.people is not None
        key = (self.width(), self._all, language(), current_theme().scale, whole.columns, learnt)
        if key != self._layout_key:
            self._layout_key = key
            full = self._fitting(snapshot, whole)
            bare = self._fitting(snapshot, replace(whole, with_plans=False))
            self._fits = bare if bare[0] > full[0] else full
        count, with_plans = self._fits
        return board_cells.member_layout(
            snapshot, others[: max(0, count)], with_plans=with_plans, with_days=count >= 0
        )

    def _fitting(self, snapshot: Snapshot, layout: Layout) -> tuple[int, bool]:
        """Count how many of a layout's metrics fit, by the department's row.

        Where there is no room even without them, −1: the sparklines go too.
        """
        if self._all:
            return len(layout.others), True
        row = board_cells.department_row(snapshot, layout)
        lines = snapshot.board.members
        names = (cell_width(board_cells.name_cell(line, snapshot.board.nobody)) for line in lines)
        widest = min(max(names, default=0.0), current_theme().px(STRETCH_WANTED))
        room = self.width() - SCROLL_BAR - int(widest) - 1
        found = 0
        widths = [_width(c, cell) for c, cell in zip(layout.columns, row.cells, strict=True)]
        for column, wide in zip(layout.columns[1:], widths[1:], strict=True):
            room -= 0 if column.key.startswith("m:") else wide
        if room < 0:
            return -1, False
        for column, wide in zip(layout.columns, widths, strict=True):
            if column.key.startswith("m:"):
                room -= wide
                found += room >= 0
        return found, layout.with_plans

    def _row_activated(self, key: object) -> None:
        if self._kind == "metric" and isinstance(key, str):
            self.metric_wanted.emit(key)


def _width(column: Column, cell: Cell) -> int:
    """Return what `fit_columns` will give this column."""
    theme = current_theme()
    if column.width is not None:
        return theme.px(column.width)
    if column.key == "forecast" and not cell.text:
        cell = replace(cell, text="000 000", bold=True)  # it comes a moment later
    title = QFontMetricsF(theme.font(12)).horizontalAdvance(column.title) + PADDING
    return int(max(title, cell_width(cell))) + 1
