"""The month by days: a calendar whose numbers are typed in place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableView,
    QWidget,
)

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.ui.planning.days_model import DayDelegate, DayModel, DayView
from ropdesk.ui.tables.bubble import CellError
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card

DayHandler = Callable[[date, str], object]
# Pixels of a week's row where the window is small: number beside plan, or above it.
_LOWEST, _LOWEST_NARROW = 24, 38
_NARROW = 52  # pixels of a day that holds the two side by side
_HEADER = 28  # pixels of the weekdays' names


@dataclass(frozen=True, slots=True)
class DaysView:
    """What the card shows, every text ready.

    Attributes:
        title: with the unit.
        weights: what weekdays weigh, where the past shows a pattern.
        pace: what each day needs, and how to set one by hand.
    """

    title: str
    weights: str
    weights_tooltip: str
    pace: str
    days: tuple[DayView, ...]
    editable: bool


class DayGrid(QTableView):
    """The calendar itself: arrows move, typing sets, Enter goes to the next working day.

    Delete gives a day set by hand back to the calendar. The handler may raise `DomainError`; the
    words then stand at the day.
    """

    editing_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = DayModel(self)
        self.setModel(self._model)
        delegate = DayDelegate(self)
        delegate.typed.connect(self._typed)
        delegate.opened.connect(self._opened)
        self.setItemDelegate(delegate)
        self._handler: DayHandler | None = None
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked
        )
        self.setAccessibleName(_("Plan by days"))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setMinimumSectionSize(_LOWEST)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(30)
        self._model.modelReset.connect(self._fit)

    @property
    def day_model(self) -> DayModel:
        """The model behind."""
        return self._model

    @property
    def current_day(self) -> date | None:
        """The day that the keyboard is on."""
        view = self._model.day_at(self.currentIndex())
        return None if view is None else view.day

    def set_days(self, days: Sequence[DayView], *, editable: bool) -> None:
        """Show a month; the place is kept within the same month."""
        here = self.current_day
        self._model.set_days(days, editable=editable)
        if here is not None:
            self.go_to(here)

    def go_to(self, day: date) -> None:
        """Make a day current, if it is shown."""
        index = self._model.index_of(day)
        if index.isValid():
            self.setCurrentIndex(index)

    def set_handler(self, handler: DayHandler) -> None:
        """Set what takes a typed text for a day; an empty one releases the day."""
        self._handler = handler

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Release a day by Delete; go on by Enter."""
        key = event.key()
        view = self._model.day_at(self.currentIndex())
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            if view is not None and view.pinned and self._model.editable:
                self._send(view.day, "")
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # An editor passes Enter on; closing it goes to the next day by itself.
            if self.state() is not QAbstractItemView.State.EditingState:
                self._go_on()
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter go to the next working day."""
        ends = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, ends.NoHint)
        self.editing_changed.emit(False)
        if hint in {ends.SubmitModelCache, ends.EditNextItem}:
            self._go_on()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the weeks share the height."""
        super().resizeEvent(event)
        self._fit()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Keep every week readable."""
        theme = current_theme()
        narrow = self.viewport().width() < 7 * theme.px(_NARROW)
        lowest = theme.px(_LOWEST_NARROW if narrow else _LOWEST)
        return QSize(theme.px(250), theme.px(_HEADER) + self._model.rowCount() * lowest + 2)

    def sizeHint(self) -> QSize:
        """Ask for little; the layout gives what there is."""
        return self.minimumSizeHint()

    def _fit(self) -> None:
        theme = current_theme()
        self.horizontalHeader().setFixedHeight(theme.px(_HEADER))
        rows = max(1, self._model.rowCount())
        highest = theme.px(_HEADER) + rows * theme.px(50)
        if self.maximumHeight() != highest:
            self.setMaximumHeight(highest)
            self.updateGeometry()

    def _opened(self) -> None:
        self.editing_changed.emit(True)

    def _typed(self, day: date, text: str) -> None:
        view = self._model.day_at(self._model.index_of(day))
        if view is not None and text != view.raw:
            self._send(day, text)

    def _send(self, day: date, text: str) -> None:
        if self._handler is None:
            return
        try:
            self._handler(day, text)
        except DomainError as error:
            spot = self.visualRect(self._model.index_of(day)).bottomLeft()
            CellError(self.viewport(), describe(error)).place(spot)

    def _go_on(self) -> None:
        day = self.current_day
        following = None if day is None else self._model.next_working(day)
        if following is not None:
            self.go_to(following)


class DaysCard(Card):
    """The calendar with what weekdays weigh and what each day needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.grid = DayGrid()
        self._weights = QLabel()
        self._weights.setProperty("role", "hint")
        self.add_right(self._weights)
        self.pace = QLabel()
        self.pace.setProperty("role", "secondary")
        self.pace.setWordWrap(True)
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(self.pace)

    def show_days(self, view: DaysView) -> None:
        """Show a month."""
        self.set_title(view.title)
        self._weights.setText(view.weights)
        self._weights.setToolTip(view.weights_tooltip)
        self.pace.setText(view.pace)
        self.pace.setVisible(bool(view.pace))
        self.grid.set_days(view.days, editable=view.editable)
