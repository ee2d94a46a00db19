"""The board's table: members or metrics, by month, week or day, in the columns that fit."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from ropdesk.domain.metrics import Kind, Metric
from ropdesk.i18n import _
from ropdesk.ui import values
from ropdesk.ui.fonts import MEDIUM, SEMIBOLD
from ropdesk.ui.planning import board_cells, board_periods
from ropdesk.ui.planning.board_cells import Layout, RowCache
from ropdesk.ui.planning.board_source import Snapshot
from ropdesk.ui.tables.cells import Column, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.theme import current_theme

NAME_ROOM = 165  # pixels at 100 % for the name, its ramp-up note elided beyond
PADDING = 18


class BoardTable(DataTable):
    """Shows a snapshot; another width shows other columns, never half of one."""

    metric_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((), parent)
        self.setAccessibleName(_("Plan–fact"))
        self._cache = RowCache()
        self._shown: tuple[Column, ...] = ()
        self._snapshot: Snapshot | None = None
        self._kind = "member"
        self._all = False
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
        columns, rows = self._prepared(snapshot, kind)
        if columns != self._shown:
            self._shown = columns
            self.set_columns(columns, rows)
        else:
            self.set_rows(rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many metrics as fit the new width."""
        if self._snapshot is not None and event.size().width() != event.oldSize().width():
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
        if layout.columns != self._shown:
            self._cache.clear()
        return layout.columns, board_cells.member_rows(snapshot, layout, self._cache)

    def _layout(self, snapshot: Snapshot) -> Layout:
        """Take the other metrics in the board's order while there is room."""
        board = snapshot.board
        others = [board.metrics[c] for c in board.codes if c != snapshot.chosen.code]
        base = board_cells.member_layout(snapshot, ())
        room = self.viewport().width() - self._taken(base)
        fitting: list[Metric] = []
        for metric in others:
            wide = self._width_of(snapshot, metric)
            if wide > room and not self._all:
                break
            fitting.append(metric)
            room -= wide
        return board_cells.member_layout(snapshot, fitting)

    def _taken(self, layout: Layout) -> int:
        theme = current_theme()
        wide = theme.px(NAME_ROOM)
        for column in layout.columns[1:]:
            wide += column.width or max(self._words(column.title), theme.px(66))
        return wide

    def _width_of(self, snapshot: Snapshot, metric: Metric) -> int:
        board = snapshot.board
        how = board_cells.column_style(board, metric)
        figure = board.department[metric.code]
        text = values.text(figure.fact, how)
        if metric.kind is Kind.FLOW and figure.plan_to_date is not None:
            text += f" / {values.text(figure.plan_to_date, how)}"
        title = values.heading(values.short_name(metric), how)
        return max(self._words(title), self._words(text, 13, SEMIBOLD))

    def _words(self, text: str, size: int = 12, weight: int = MEDIUM) -> int:
        metrics = QFontMetricsF(current_theme().font(size, weight))
        return int(metrics.horizontalAdvance(text)) + PADDING

    def _row_activated(self, key: object) -> None:
        if self._kind == "metric" and isinstance(key, str):
            self.metric_wanted.emit(key)
