"""The drawing itself: pyqtgraph without its menus and mouse, in our colours.

Importing this module is cheap; making a `Canvas` imports pyqtgraph.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ropdesk.ui.charts.overlay import Overlay
from ropdesk.ui.theme import current_theme

_STYLES = {
    "solid": Qt.PenStyle.SolidLine,
    "dashed": Qt.PenStyle.DashLine,
    "dotted": Qt.PenStyle.DotLine,
}


class Canvas(QWidget):
    """Curves, bars, a tint and two axes, each changed in place."""

    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        import pyqtgraph

        self._pg: Any = pyqtgraph
        pyqtgraph.setConfigOptions(antialias=True)
        self._plot: Any = pyqtgraph.PlotWidget(self)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._item: Any = self._plot.getPlotItem()
        self._item.setMenuEnabled(False)
        self._item.hideButtons()
        self._box: Any = self._item.getViewBox()
        self._box.setMouseEnabled(False, False)
        self._box.setDefaultPadding(0)
        self._lines: dict[str, Any] = {}
        self._roles: dict[str, tuple[str, str, float]] = {}
        self._points: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {}
        self._tint: Any = None
        self._axes: Any = None
        self._bars: dict[str, Any] = {}
        self.overlay = Overlay(self.to_pixels, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._plot)
        self._box.sigResized.connect(self._moved)
        self.paint_theme()

    def to_pixels(self, x: float, y: float) -> QPointF:
        """Return where a point of the data stands in this widget."""
        scene = self._box.mapViewToScene(QPointF(x, y))
        return QPointF(self._plot.mapFromScene(scene))

    def set_line(
        self,
        key: str,
        xs: Sequence[float],
        ys: Sequence[float],
        role: str,
        style: str = "solid",
        width: float = 1.5,
    ) -> None:
        """Draw or move a line; empty values take it away. `nan` leaves a gap."""
        if key not in self._lines:
            self._lines[key] = self._pg.PlotCurveItem(connect="finite")
            self._item.addItem(self._lines[key])
        if self._roles.get(key) != (role, style, width):
            self._roles[key] = (role, style, width)
            self._lines[key].setPen(self._pen(role, style, width))
        points = tuple(xs), tuple(ys)
        if self._points.get(key) != points:
            self._points[key] = points
            self._lines[key].setData(list(xs), list(ys))

    def keep_lines(self, keys: set[str]) -> None:
        """Take away the lines that are no longer named."""
        for key in set(self._lines) - keys:
            self._item.removeItem(self._lines.pop(key))
            self._roles.pop(key)
            self._points.pop(key, None)

    def set_tint(self, xs: Sequence[float], low: Sequence[float], high: Sequence[float]) -> None:
        """Tint the band between two lines; empty values take it away."""
        if self._tint is None:
            edges = [self._pg.PlotCurveItem(pen=None), self._pg.PlotCurveItem(pen=None)]
            self._tint = self._pg.FillBetweenItem(*edges, brush=self._tint_brush())
            self._tint.setZValue(-10)
            self._item.addItem(self._tint)
        upper, lower = self._tint.curves
        upper.setData(list(xs), list(high))
        lower.setData(list(xs), list(low))
        self._tint.setVisible(bool(xs))

    def set_bars(
        self, key: str, xs: Sequence[float], tops: Sequence[float], width: float, role: str
    ) -> None:
        """Draw or change a set of bars from zero."""
        if key not in self._bars:
            bars = self._pg.BarGraphItem(x=[], height=[], width=width)
            self._item.addItem(bars)
            self._bars[key] = (bars, role)
        colour = current_theme().colour(role)
        self._bars[key][0].setOpts(
            x=list(xs), height=list(tops), width=width, brush=colour, pen=colour
        )

    def set_axes(
        self,
        x_ticks: Sequence[tuple[float, str]],
        y_ticks: Sequence[tuple[float, str]],
        x_range: tuple[float, float],
        y_range: tuple[float, float],
    ) -> None:
        """Set what the axes say and how far they reach."""
        asked = (tuple(x_ticks), tuple(y_ticks), x_range, y_range)
        if asked == self._axes:
            self.overlay.update()
            return
        self._axes = asked
        self._item.getAxis("bottom").setTicks([list(x_ticks), []])
        self._item.getAxis("left").setTicks([list(y_ticks), []])
        self._box.setRange(xRange=x_range, yRange=y_range, padding=0, disableAutoRange=True)
        self.overlay.update()

    def paint_theme(self) -> None:
        """Take the colours and the text size now in force."""
        theme = current_theme()
        self._plot.setBackground(theme.colour("card"))
        font = theme.font(11)
        for name in ("bottom", "left"):
            axis = self._item.getAxis(name)
            axis.setTickFont(font)
            axis.setPen(QPen(theme.colour("line")))
            axis.setTextPen(QPen(theme.colour("secondary")))
            axis.setStyle(tickLength=0, tickTextOffset=6, hideOverlappingLabels=False)
            axis.setZValue(-20)
        self._item.getAxis("left").setPen(QPen(Qt.PenStyle.NoPen))
        self._item.showGrid(x=False, y=True, alpha=1.0)
        self._item.getAxis("left").setTickPen(QPen(theme.colour("row_line")))
        for key, (role, style, width) in self._roles.items():
            self._lines[key].setPen(self._pen(role, style, width))
        for bars, role in self._bars.values():
            bars.setOpts(brush=theme.colour(role), pen=theme.colour(role))
        if self._tint is not None:
            self._tint.setBrush(self._tint_brush())
        self.overlay.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the overlay over the drawing."""
        super().resizeEvent(event)
        self.overlay.setGeometry(self.rect())
        self.overlay.raise_()
        self.resized.emit()

    def _moved(self) -> None:
        self.overlay.update()

    def _pen(self, role: str, style: str, width: float) -> Any:
        return self._pg.mkPen(current_theme().colour(role), width=width, style=_STYLES[style])

    def _tint_brush(self) -> QColor:
        colour = QColor(current_theme().colour("accent"))
        colour.setAlpha(38)
        return colour
