"""A year of days: twelve small months; a click, Enter or Space changes a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ropdesk.domain.calendar import DayKind
from ropdesk.i18n import month_name, weekday_short
from ropdesk.ui.fonts import BOLD, REGULAR, SEMIBOLD
from ropdesk.ui.theme import current_theme

COLUMNS = (4, 3, 2)  # months side by side: as many as fit
MONTHS, WEEK, WEEKS = 12, 7, 6
CELL = 26  # pixels of a day at least, at 100 % text
GAP = 18
TITLE, WEEKDAYS, ROW = 20, 16, 17  # heights at 100 % text


@dataclass(frozen=True, slots=True)
class YearView:
    """What is shown, every text ready.

    Attributes:
        kinds: every day of the year.
        edited: days that the sales head has set.
        notes: words under the name of each month: working days and hours.
        spoken: what a day is in words, for the tooltip and screen readers.
    """

    year: int
    kinds: Mapping[date, DayKind]
    edited: frozenset[date]
    notes: tuple[str, ...]
    spoken: Mapping[date, str] = field(repr=False)


class YearGrid(QWidget):
    """Arrows move by days and weeks, PageUp and PageDown by months.

    Signals:
        day_chosen: the day where the keyboard is.
        day_cycled: the day that was clicked, or Enter or Space pressed on.
    """

    day_chosen = Signal(object)
    day_cycled = Signal(object)

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: YearView | None = None
        self._day = day
        self._today = day
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def day(self) -> date:
        """The day where the keyboard is."""
        return self._day

    def show_year(self, view: YearView, today: date) -> None:
        """Show a year; the chosen day keeps its place in it."""
        self._view, self._today = view, today
        if self._day.year != view.year:
            self._day = today if today.year == view.year else date(view.year, 1, 1)
        self._speak()
        self.update()

    def choose(self, day: date) -> None:
        """Go to a day of the year shown."""
        if self._view is None or day.year != self._view.year:
            return
        self._day = day
        self._speak()
        self.update()
        self.day_chosen.emit(day)

    def sizeHint(self) -> QSize:
        """Ask for room for three rows of months."""
        return QSize(self._width_of(COLUMNS[0]), self._height_of(COLUMNS[0]))

    def minimumSizeHint(self) -> QSize:
        """Never cut a day: a narrow place makes more rows of months."""
        return QSize(self._width_of(COLUMNS[-1]), self._height_of(self._columns()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for more height where fewer months fit side by side."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def rect_of(self, day: date) -> QRectF:
        """Return where a day is drawn."""
        left, top, wide, _high = self._month_box(day.month)
        theme = current_theme()
        first = day.replace(day=1).weekday()
        place = first + day.day - 1
        row, column = divmod(place, WEEK)
        cell = wide / WEEK
        head = theme.px(TITLE + WEEKDAYS)
        high = self._row_height()
        return QRectF(left + column * cell, top + head + row * high, cell, high)

    def day_at(self, spot: QPoint) -> date | None:
        """Return the day drawn at a point."""
        if self._view is None:
            return None
        return next(
            (day for day in self._view.kinds if self.rect_of(day).contains(QPointF(spot))), None
        )

    # -- events

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Change the day under the pointer."""
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() is Qt.MouseButton.LeftButton:
            self.choose(day)
            self.day_cycled.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, or change the day."""
        keys = Qt.Key
        steps = {keys.Key_Left: -1, keys.Key_Right: 1, keys.Key_Up: -WEEK, keys.Key_Down: WEEK}
        key = keys(event.key())
        if key in steps:
            self.choose(self._day + timedelta(steps[key]))
        elif key in {keys.Key_PageUp, keys.Key_PageDown}:
            self._turn(1 if key is keys.Key_PageDown else -1)
        elif key in {keys.Key_Home, keys.Key_End}:
            first = key is keys.Key_Home
            self.choose(date(self._day.year, 1 if first else 12, 1 if first else 31))
        elif key in {keys.Key_Space, keys.Key_Return, keys.Key_Enter}:
            self.day_cycled.emit(self._day)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say what the day under the pointer is."""
        if isinstance(event, QHelpEvent) and self._view is not None:
            day = self.day_at(event.pos())
            words = "" if day is None else self._view.spoken[day]
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the months."""
        if self._view is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            self._paint_head(painter, month)
        for day in self._view.kinds:
            self._paint_day(painter, day)

    # -- inside

    def _turn(self, step: int) -> None:
        month = self._day.month + step
        if 1 <= month <= 12:
            self.choose(date(self._day.year, month, min(self._day.day, 28)))

    def _speak(self) -> None:
        if self._view is not None:
            self.setAccessibleName(self._view.spoken[self._day])
            if self.hasFocus():
                event = QAccessibleEvent(self, QAccessible.Event.NameChanged)
                QAccessible.updateAccessibility(event)

    def _columns(self) -> int:
        fitting = (count for count in COLUMNS if self._width_of(count) <= self.width())
        return next(fitting, COLUMNS[-1])

    def _width_of(self, columns: int) -> int:
        return current_theme().px(CELL) * WEEK * columns + GAP * (columns - 1)

    def _height_of(self, columns: int) -> int:
        theme = current_theme()
        rows = MONTHS // columns
        high = theme.px(TITLE + WEEKDAYS) + theme.px(ROW) * WEEKS
        return rows * high + (rows - 1) * theme.px(GAP // 2)

    def _row_height(self) -> float:
        theme = current_theme()
        rows = MONTHS // self._columns()
        room = (self.height() - (rows - 1) * theme.px(GAP // 2)) / rows
        fitting = (room - theme.px(TITLE + WEEKDAYS)) / WEEKS
        return max(float(theme.px(ROW)), min(fitting, float(theme.px(28))))

    def _month_box(self, month: int) -> tuple[float, float, float, float]:
        theme = current_theme()
        columns = self._columns()
        row, column = divmod(month - 1, columns)
        wide = (self.width() - GAP * (columns - 1)) / columns
        high = theme.px(TITLE + WEEKDAYS) + self._row_height() * WEEKS
        return column * (wide + GAP), row * (high + theme.px(GAP // 2)), wide, high

    def _paint_head(self, painter: QPainter, month: int) -> None:
        if self._view is None:
            return
        theme = current_theme()
        left, top, wide, _high = self._month_box(month)
        flags = Qt.AlignmentFlag
        name = month_name(date(self._view.year, month, 1)).split()[0]
        painter.setFont(theme.font(13, SEMIBOLD))
        painter.setPen(theme.colour("text"))
        line = QRectF(left + 6, top, wide - 8, theme.px(TITLE))
        painter.drawText(line, flags.AlignLeft | flags.AlignVCenter, name)
        used = painter.fontMetrics().horizontalAdvance(name) + 8
        painter.setFont(theme.font(11))
        painter.setPen(theme.colour("secondary"))
        note = painter.fontMetrics().elidedText(
            self._view.notes[month - 1], Qt.TextElideMode.ElideRight, int(line.width() - used)
        )
        painter.drawText(line, flags.AlignRight | flags.AlignVCenter, note)
        cell = wide / WEEK
        for number in range(WEEK):
            spot = QRectF(left + number * cell, top + theme.px(TITLE), cell, theme.px(WEEKDAYS))
            painter.drawText(spot, flags.AlignCenter, weekday_short(date(2024, 1, 1 + number)))

    def _paint_day(self, painter: QPainter, day: date) -> None:
        if self._view is None:
            return
        theme = current_theme()
        box = self.rect_of(day).adjusted(1, 1, -1, -1)
        kind = self._view.kinds[day]
        chosen = day == self._day
        ground = {DayKind.DAY_OFF: "bad_tint", DayKind.SHORTENED: "warning_tint"}.get(kind, "")
        ink = {DayKind.DAY_OFF: "bad_text", DayKind.SHORTENED: "warning_text"}.get(kind, "text")
        if kind is DayKind.DAY_OFF and day.weekday() >= 5 and day not in self._view.edited:
            ground, ink = "off_day", "secondary"
        painter.setPen(Qt.PenStyle.NoPen)
        if ground:
            painter.setBrush(theme.colour(ground))
            painter.drawRoundedRect(box, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if chosen:
            painter.setPen(QPen(theme.colour("accent"), 2 if self.hasFocus() else 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        today = day == self._today
        painter.setFont(theme.font(12, BOLD if today else REGULAR))
        painter.setPen(theme.colour("accent" if today else ink))
        mark = "*" if kind is DayKind.SHORTENED else ""
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{day.day}{mark}")
        if day in self._view.edited:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            corner = box.topRight()
            painter.drawPolygon(QPolygonF([corner, corner - QPointF(6, 0), corner + QPointF(0, 6)]))
