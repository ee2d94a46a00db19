"""The base of charts: there at once, drawn a turn later, a sentence when there is nothing."""

from datetime import date
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedLayout, QWidget

from ropdesk.ui.charts.canvas import Canvas
from ropdesk.ui.theme import current_theme

LATER_MS = 20  # lets the page paint before pyqtgraph is imported


class _HasEmpty(Protocol):
    @property
    def empty(self) -> bool: ...


D = TypeVar("D", bound=_HasEmpty)


class ChartFrame(QWidget, Generic[D]):
    """A chart of data of one kind.

    `update_data` may be called at any time; what cannot be drawn yet is drawn when it can.
    """

    clicked = Signal(date)

    def __init__(self, empty_text: str, parent: QWidget | None = None) -> None:
        """Make the chart.

        Args:
            empty_text: a sentence for when there is nothing to draw: why, and what to do.
        """
        super().__init__(parent)
        self._data: D | None = None
        self.canvas: Canvas | None = None
        self._sentence = QLabel(empty_text)
        self._sentence.setProperty("role", "secondary")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setWordWrap(True)
        self._blank = QWidget()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._blank)
        self._stack.addWidget(self._sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LATER_MS)
        self._timer.timeout.connect(self._load)

    def minimumSizeHint(self) -> QSize:
        """Leave room for the axes and a few lines of labels."""
        theme = current_theme()
        return QSize(theme.px(200), theme.px(150))

    def sizeHint(self) -> QSize:
        """Like to be somewhat larger."""
        return self.minimumSizeHint() * 1.4

    @property
    def data(self) -> D | None:
        """What is shown."""
        return self._data

    def update_data(self, data: D) -> None:
        """Show this; lines are moved, nothing is rebuilt."""
        self._data = data
        if data.empty:
            self._stack.setCurrentWidget(self._sentence)
        elif self.canvas is None:
            self._stack.setCurrentWidget(self._blank)
            if self.isVisible():
                self._timer.start()
        else:
            self._stack.setCurrentWidget(self.canvas)
            self._draw(self.canvas, data)
            words = self._describe(data)
            self.setAccessibleDescription(words)
            self.canvas.overlay.setAccessibleName(words)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw soon after the first showing."""
        super().showEvent(event)
        if self.canvas is None and self._data is not None and not self._data.empty:
            self._timer.start()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the text scale."""
        super().changeEvent(event)
        self.updateGeometry()
        kinds = {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}
        if event.type() in kinds and self.__dict__.get("canvas") is not None:
            self._repaint()

    def _repaint(self) -> None:
        if self.canvas is not None:
            self.canvas.paint_theme()
            if self._data is not None:
                self.update_data(self._data)

    def _resized(self) -> None:
        """Make room for the labels anew."""
        if self.canvas is not None and self._data is not None and not self._data.empty:
            self._draw(self.canvas, self._data)

    def _load(self) -> None:
        if self.canvas is None:
            self.canvas = Canvas(self)
            self.canvas.overlay.picked.connect(self._picked)
            self.canvas.resized.connect(self._resized)
            self._stack.addWidget(self.canvas)
        if self._data is not None:
            self.update_data(self._data)

    def _draw(self, canvas: Canvas, data: D) -> None:
        """Put the data on the canvas. Override."""
        raise NotImplementedError

    def _describe(self, data: D) -> str:
        """Say the chart in words, for who does not see it. Override."""
        raise NotImplementedError

    def _date_at(self, place: int) -> date | None:
        """Return the date a click at this point means. Override."""
        raise NotImplementedError

    def _picked(self, place: int) -> None:
        day = self._date_at(place)
        if day is not None:
            self.clicked.emit(day)
