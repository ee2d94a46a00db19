"""What the grid is painted on: days with their room, hours, and what is shaded."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ropdesk.domain.calendar import DayKind
from ropdesk.domain.week import HOUR, Away, opening
from ropdesk.i18n import _
from ropdesk.services.week_view import Week, WeekDay
from ropdesk.ui.fonts import MEDIUM, SEMIBOLD
from ropdesk.ui.planning.holiday_names import holiday_name
from ropdesk.ui.planning.week import words
from ropdesk.ui.roles import State
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.paint import paint_bar

NEARLY_FULL = 9, 10
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Measures:
    """Where columns and hours stand, in pixels; ``hour`` is the height of one."""

    left: int
    head: int
    top: int
    wide: int
    days: int
    first: int
    last: int
    hour: float

    def x(self, column: int) -> int:
        """Return the left edge of a column."""
        return self.left + column * self.wide

    def y(self, minute: int) -> int:
        """Return where a minute stands."""
        return round(self.top + (minute - self.first * HOUR) / HOUR * self.hour)

    def minute(self, y: int) -> int:
        """Return the minute that stands at a height."""
        return round((y - self.top) / self.hour * HOUR) + self.first * HOUR


class Ground:
    """Paints the grid under its boxes."""

    def __init__(
        self, painter: QPainter, measures: Measures, week: Week, owner: int | None, height: int
    ) -> None:
        self._painter = painter
        self._at = measures
        self._week = week
        self._owner = owner
        self._foot = min(height, measures.y(measures.last * HOUR))
        self._names = {one.id: one.name for one in week.owners if one.id is not None}

    def draw(self, focused: int | None) -> None:
        """Draw everything; the focused day's column has a ring around its head."""
        theme, painter, at = current_theme(), self._painter, self._at
        for column, day in enumerate(self._week.days):
            self._shade(column, day)
        self._hours()
        for column, day in enumerate(self._week.days):
            self._meetings(column, day)
        for column, day in enumerate(self._week.days):
            self._say_why(column, day)
        painter.setPen(theme.colour("line"))
        for column in range(at.days + 1):
            x = at.x(column) - (1 if column == at.days else 0)
            painter.drawLine(x, 0, x, self._foot)
        painter.drawLine(at.left, at.head - 1, at.x(at.days), at.head - 1)
        painter.drawLine(at.left, at.top - 1, at.x(at.days), at.top - 1)
        for column, day in enumerate(self._week.days):
            self._head(column, day)
        if focused is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(at.x(focused) + 1, 1, at.wide - 2, at.head - 3), 4, 4)

    def _away(self, day: WeekDay) -> Away:
        if not day.working:
            return Away.DAY_OFF
        return Away.NO if self._owner is None else day.away.get(self._owner, Away.NO)

    def _shade(self, column: int, day: WeekDay) -> None:
        theme, painter, at = current_theme(), self._painter, self._at
        why = self._away(day)
        off = theme.colour("off_day")
        whole = QRect(at.x(column), at.head, at.wide, self._foot - at.head)
        if why:
            painter.fillRect(whole, off)
            return
        room = day.rooms.get(self._owner)
        worked = opening(room.works) if room is not None else ()
        top = at.top
        for span in worked:
            self._fill(column, top, at.y(span.start), off)
            top = at.y(span.end)
        self._fill(column, top, self._foot, off)

    def _meetings(self, column: int, day: WeekDay) -> None:
        """Fill the hours that meetings take; actions stand over them."""
        theme, painter, at = current_theme(), self._painter, self._at
        painter.setFont(theme.font(11, MEDIUM))
        for one in day.held:
            if one.line.start is None or not one.takes(self._owner):
                continue
            top, foot = at.y(one.line.start), at.y(one.line.start + one.line.minutes)
            place = QRect(at.x(column) + 1, max(at.top, top), at.wide - 1, foot - max(at.top, top))
            if place.height() <= 0:
                continue
            painter.fillRect(place, theme.colour("neutral_tint"))
            painter.setPen(theme.colour("neutral_text"))
            words_at = place.adjusted(6, 0, -4, 0)
            words_at.setHeight(min(place.height(), theme.px(15)))
            if place.height() >= theme.px(9):
                self._text(words_at, one.line.title)

    def _say_why(self, column: int, day: WeekDay) -> None:
        """Write over the hours why nobody works on a day, with room around the words."""
        why = self._away(day)
        if not why:
            return
        theme, painter, at = current_theme(), self._painter, self._at
        text = words.away_words(why)
        if why is Away.DAY_OFF:
            text = day.note or holiday_name(day.day) or text
        painter.setFont(theme.font(12, MEDIUM))
        flags = CENTRE | Qt.TextFlag.TextWordWrap
        whole = QRect(at.x(column) + 4, at.head, at.wide - 8, self._foot - at.head)
        place = painter.boundingRect(whole, flags, text)
        painter.fillRect(place.adjusted(-3, -2, 3, 2), theme.colour("off_day"))
        painter.setPen(theme.colour("secondary"))
        painter.drawText(place, flags, text)

    def _fill(self, column: int, top: int, foot: int, colour: QColor) -> None:
        if foot > top:
            rect = QRect(self._at.x(column), top, self._at.wide, foot - top)
            self._painter.fillRect(rect, colour)

    def _hours(self) -> None:
        theme, painter, at = current_theme(), self._painter, self._at
        painter.setFont(theme.font(11))
        for hour in range(at.first, at.last + 1):
            y = at.y(hour * HOUR)
            painter.setPen(theme.colour("row_line"))
            painter.drawLine(at.left, y, at.x(at.days), y)
            if hour < at.last:
                painter.setPen(theme.colour("secondary"))
                place = QRect(0, y + 1, at.left - 6, theme.px(15))
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
                painter.drawText(place, right, f"{hour}:00")

    def _head(self, column: int, day: WeekDay) -> None:
        theme, painter, at = current_theme(), self._painter, self._at
        left, wide = at.x(column) + 8, at.wide - 14
        today = day.day == self._week.as_of
        if today:
            painter.fillRect(QRect(at.x(column) + 1, 0, at.wide - 1, 3), theme.colour("accent"))
        painter.setFont(theme.font(13, SEMIBOLD))
        painter.setPen(theme.colour("accent" if today else "text"))
        title = words.day_title(day.day)
        if today:
            told = _("{day}, today", day=title)
            fits = painter.fontMetrics().horizontalAdvance(told) <= wide
            title = told if fits else f"\u25cf {title}"
        self._text(QRect(left, theme.px(5), wide, theme.px(18)), title)
        room = day.rooms.get(self._owner)
        if room is None or not day.working:
            return
        state = State.ACCENT
        if room.over:
            state = State.BAD
        elif room.works and room.busy * NEARLY_FULL[1] >= room.works * NEARLY_FULL[0]:
            state = State.WARNING
        ink = state if state is not State.ACCENT else State.NEUTRAL
        painter.setFont(theme.font(12, SEMIBOLD if room.over else MEDIUM))
        painter.setPen(QColor(theme.roles.of(ink)))
        self._text(QRect(left, theme.px(23), wide, theme.px(15)), words.room_words(room))
        if room.works:
            bar = QRectF(left, theme.px(40), wide, theme.px(4))
            paint_bar(painter, bar, room.busy / room.works, state)
        self._below(QRect(left, theme.px(45), wide, theme.px(15)), day)

    def _below(self, place: QRect, day: WeekDay) -> None:
        """Say whose day is overfull, else who is away."""
        theme, painter = current_theme(), self._painter
        full = [self._names[one] for one in day.overfull() if one in self._names]
        full = [name for name in full if self._owner is None]
        if full:
            painter.setPen(QColor(theme.roles.of(State.BAD)))
            text = _("too much: {names}", names=", ".join(full))
        else:
            painter.setPen(theme.colour("secondary"))
            gone = words.absent_words(day, self._names) if self._owner is None else ""
            short = _("shortened") if day.kind is DayKind.SHORTENED else ""
            text = " · ".join(part for part in (short, gone) if part)
        painter.setFont(theme.font(11))
        self._text(place, text)

    def _text(self, place: QRect, text: str) -> None:
        metrics = self._painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        self._painter.drawText(place, LEFT, shown)
