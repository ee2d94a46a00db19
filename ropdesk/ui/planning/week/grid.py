"""The week's grid: a column for each day, hours down, actions as boxes where they happen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ropdesk.domain.week import HOUR, STEP, Span, lanes, snapped
from ropdesk.i18n import _
from ropdesk.services.week_lines import ActionLine, Ref
from ropdesk.services.week_view import Week
from ropdesk.ui.planning.week import words
from ropdesk.ui.planning.week.box import ActionBox
from ropdesk.ui.planning.week.ghost import Ghost
from ropdesk.ui.planning.week.ground import Ground, Measures
from ropdesk.ui.theme import current_theme

FIRST_HOUR, LAST_HOUR = 8, 20
LEAST_HOUR, LEAST_BOX, ROW = 25, 18, 20  # pixels at 100 % text scale


@dataclass(frozen=True, slots=True)
class Target:
    """A place on the grid; no start means any time of the day."""

    day: date
    start: int | None


class WeekGrid(QWidget):
    """Days and hours with the actions on them.

    Signals:
        command: an action's ref and what is asked of it.
        menu_wanted: an action's ref and where.
        placed: ref, `Target`, minutes: what was dragged or lengthened.
        dragged_off: ref and the pointer on the screen: dropped outside.
        held: whether something is being dragged.
        new_wanted: a `Target` for a new action.
    """

    command = Signal(object, str)
    menu_wanted = Signal(object, QPoint)
    placed = Signal(object, object, int)
    dragged_off = Signal(object, QPoint)
    held = Signal(bool)
    new_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("The week by days and hours"))
        self._week: Week | None = None
        self._owner: int | None = None
        self._lines: tuple[ActionLine, ...] = ()
        self._boxes: dict[Ref, ActionBox] = {}
        self._at_day = 0
        self._ghost = Ghost(self)
        self._ghost.hide()

    # -- what is shown

    def show_week(self, week: Week, lines: tuple[ActionLine, ...], owner: int | None) -> None:
        """Show a week.

        Args:
            lines: the actions to show, those without a day are passed over.
            owner: whose room and absences the days show; None for the sales head's.
        """
        self._week, self._owner = week, owner
        self._lines = tuple(line for line in lines if line.day is not None)
        self._at_day = min(self._at_day, len(week.days) - 1)
        wanted = {line.ref for line in self._lines}
        for ref in [ref for ref in self._boxes if ref not in wanted]:
            box = self._boxes.pop(ref)
            box.hide()
            box.deleteLater()
        for line in self._lines:
            if line.ref not in self._boxes:
                self._boxes[line.ref] = self._new_box(line)
        self.setMinimumHeight(self._least())
        self._place_boxes()
        self.update()

    def box(self, ref: Ref) -> ActionBox | None:
        """Return the box of an action, None when it is not on the grid."""
        return self._boxes.get(ref)

    def boxes(self) -> list[ActionBox]:
        """Return the boxes by day and time."""
        return [self._boxes[line.ref] for line in self._lines]

    def rect_of(self, day: date, start: int, minutes: int) -> QRect:
        """Return where a stretch of a day stands."""
        measures = self.measures()
        column = self._column(day)
        top = measures.y(start)
        return QRect(measures.x(column), top, measures.wide, measures.y(start + minutes) - top)

    def measures(self) -> Measures:
        """Return where columns and hours stand."""
        theme, days = current_theme(), len(self._week.days) if self._week else 5
        first, last = self._hours()
        left, head = theme.px(38), theme.px(62)
        any_time = theme.px(ROW) * max(1, self._most_any())
        top = head + any_time + 2
        hour = max((self.height() - top - 4) / (last - first), float(theme.px(LEAST_HOUR)))
        wide = (self.width() - left) // days
        return Measures(left, head, top, wide, days, first, last, hour)

    def target_at(self, here: QPoint) -> Target | None:
        """Say which place a point of the grid is; None outside the days."""
        measures = self.measures()
        column = (here.x() - measures.left) // max(1, measures.wide)
        if self._week is None or not 0 <= column < measures.days or not self.rect().contains(here):
            return None
        day = self._week.days[column].day
        if here.y() < measures.top:
            return Target(day, None)
        return Target(day, snapped(measures.minute(here.y())))

    # -- dragging

    def drag(self, line: ActionLine, at: QPoint, offset: int, *, stretching: bool) -> None:
        """Show where a dragged action would stand; ``at`` is on the screen, ``offset`` minutes."""
        self.held.emit(True)
        target, minutes = self._wanted(line, at, offset, stretching=stretching)
        if target is None:
            self._ghost.hide()
            return
        measures = self.measures()
        if target.start is None:
            place = QRect(measures.x(self._column(target.day)), measures.head, measures.wide,
                          measures.top - measures.head)  # fmt: skip
            text = _("any time")
        else:
            place = self.rect_of(target.day, target.start, minutes)
            text = words.span(target.start, minutes)
        self._ghost.show_at(place, text, self._refusal(target.day, line.member_id))

    def drop(self, line: ActionLine, at: QPoint, offset: int, *, stretching: bool) -> None:
        """Put a dragged action where it was let go."""
        target, minutes = self._wanted(line, at, offset, stretching=stretching)
        self.give_up()
        if target is None:
            self.dragged_off.emit(line.ref, at)
        elif (target.day, target.start, minutes) != (line.day, line.start, line.minutes):
            self.placed.emit(line.ref, target, minutes)

    def give_up(self) -> None:
        """End a drag without moving anything."""
        self._ghost.hide()
        self.held.emit(False)

    def _wanted(
        self, line: ActionLine, at: QPoint, offset: int, *, stretching: bool
    ) -> tuple[Target | None, int]:
        here = self.mapFromGlobal(at)
        if stretching and line.day is not None and line.start is not None:
            foot = snapped(self.measures().minute(here.y()))
            return Target(line.day, line.start), max(STEP, foot - line.start)
        target = self.target_at(here)
        if target is None or target.start is None:
            return target, line.minutes
        measures = self.measures()
        start = snapped(measures.minute(here.y()) - offset)
        highest = measures.last * HOUR - line.minutes
        return Target(target.day, max(measures.first * HOUR, min(start, highest))), line.minutes

    def _refusal(self, day: date, member_id: int | None) -> str:
        found = next((d for d in self._week.days if d.day == day), None) if self._week else None
        if found is None:
            return ""
        if not found.working:
            return _("day off")
        why = None if member_id is None else found.away.get(member_id)
        return words.away_words(why) if why else ""

    def _box_dragged(self, ref: Ref, at: QPoint, stretching: bool) -> None:
        box = self._boxes[ref]
        self.drag(box.line, at, self._offset(box), stretching=stretching)

    def _box_dropped(self, ref: Ref, at: QPoint, stretching: bool) -> None:
        box = self._boxes[ref]
        self.drop(box.line, at, self._offset(box), stretching=stretching)

    def _offset(self, box: ActionBox) -> int:
        if box.line.start is None:
            return 0
        return round(box.hold.y() / self.measures().hour * HOUR)

    # -- keyboard and mouse on empty ground

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a day with the arrows; Enter plans something on it; down goes to its actions."""
        key = Qt.Key(event.key())
        week = self._week
        if week is None:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            step = 1 if key == Qt.Key.Key_Right else -1
            self._at_day = (self._at_day + step) % len(week.days)
            self.update()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.new_wanted.emit(Target(week.days[self._at_day].day, None))
        elif key == Qt.Key.Key_Down:
            self.focus_day(week.days[self._at_day].day)
        else:
            super().keyPressEvent(event)

    def focus_day(self, day: date) -> None:
        """Go to the first action of a day, if it has one."""
        found = next((line for line in self._lines if line.day == day), None)
        if found is not None:
            self._boxes[found.ref].setFocus(Qt.FocusReason.TabFocusReason)

    def step_from(self, ref: Ref, way: str) -> None:
        """Move the focus: up and down within the day, left and right to the nearest in time."""
        lines, week = list(self._lines), self._week
        at = next((n for n, line in enumerate(lines) if line.ref == ref), None)
        if at is None or week is None:
            return
        here = lines[at]
        if way in {"up", "down"}:
            day = [line for line in lines if line.day == here.day]
            there = day.index(here) + (1 if way == "down" else -1)
            found = day[there] if 0 <= there < len(day) else None
        else:
            found = self._nearest(here, 1 if way == "right" else -1)
        if found is not None:
            self._boxes[found.ref].setFocus(Qt.FocusReason.TabFocusReason)

    def _nearest(self, here: ActionLine, step: int) -> ActionLine | None:
        days = [day.day for day in self._week.days] if self._week else []
        column = days.index(here.day) + step if here.day in days else -1
        while 0 <= column < len(days):
            day = [line for line in self._lines if line.day == days[column]]
            if day:
                return min(day, key=lambda line: abs((line.start or 0) - (here.start or 0)))
            column += step
        return None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Plan something where the pointer is."""
        target = self.target_at(event.position().toPoint())
        if target is not None:
            start = None if target.start is None else target.start // 30 * 30
            self.new_wanted.emit(Target(target.day, start))

    # -- look

    def sizeHint(self) -> QSize:
        """Ask for the least height; more is shared among the hours."""
        return QSize(current_theme().px(560), self._least())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the boxes along."""
        super().resizeEvent(event)
        self._place_boxes()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw days, hours and what is shaded."""
        if self._week is None:
            return
        painter = QPainter(self)
        ground = Ground(painter, self.measures(), self._week, self._owner, self.height())
        ground.draw(self._at_day if self.hasFocus() else None)

    def _column(self, day: date) -> int:
        return [one.day for one in self._week.days].index(day) if self._week else 0

    def _hours(self) -> tuple[int, int]:
        starts = [line.start for line in self._lines if line.start is not None]
        ends = [line.start + line.minutes for line in self._lines if line.start is not None]
        first = min([FIRST_HOUR, *(start // HOUR for start in starts)])
        return first, max([LAST_HOUR, *(-(-end // HOUR) for end in ends)])

    def _most_any(self) -> int:
        counts: dict[date | None, int] = {}
        for line in self._lines:
            if line.start is None:
                counts[line.day] = counts.get(line.day, 0) + 1
        return max(counts.values(), default=0)

    def _least(self) -> int:
        theme = current_theme()
        first, last = self._hours()
        any_time = theme.px(ROW) * max(1, self._most_any())
        return theme.px(62) + any_time + theme.px(LEAST_HOUR) * (last - first) + 6

    def _new_box(self, line: ActionLine) -> ActionBox:
        box = ActionBox(line, self)
        box.command.connect(self.command)
        box.menu_wanted.connect(self.menu_wanted)
        box.dragged.connect(self._box_dragged)
        box.dropped.connect(self._box_dropped)
        box.let_go.connect(self.give_up)
        box.show()
        return box

    def _place_boxes(self) -> None:
        if self._week is None:
            return
        before: QWidget = self
        for day in self._week.days:
            lines = [line for line in self._lines if line.day == day.day]
            for ref, place in self._places(lines).items():
                box = self._boxes[ref]
                box.setGeometry(place)
                QWidget.setTabOrder(before, box)
                before = box
        for line in self._lines:
            self._say(line)
        self._ghost.raise_()

    def _places(self, lines: list[ActionLine]) -> Mapping[Ref, QRect]:
        theme, measures = current_theme(), self.measures()
        found: dict[Ref, QRect] = {}
        timed = [line for line in lines if line.start is not None]
        for number, line in enumerate(line for line in lines if line.start is None):
            top = measures.head + number * theme.px(ROW)
            found[line.ref] = QRect(measures.x(self._column_of(line)) + 2, top + 1,
                                    measures.wide - 4, theme.px(ROW) - 2)  # fmt: skip
        least = theme.px(LEAST_BOX)
        shortest = round(least / measures.hour * HOUR)
        spans = [Span(line.start or 0, max(line.minutes, shortest)) for line in timed]
        for line, (lane, wide) in zip(timed, lanes(spans), strict=True):
            place = self.rect_of(line.day or self._week_day(), line.start or 0, line.minutes)
            room = (place.width() - 4) // wide
            left = place.left() + 2 + lane * room
            found[line.ref] = QRect(left, place.top() + 1, room - 1, max(least, place.height() - 1))
        return found

    def _column_of(self, line: ActionLine) -> int:
        return self._column(line.day or self._week_day())

    def _week_day(self) -> date:
        return self._week.monday if self._week else date.min

    def _say(self, line: ActionLine) -> None:
        week = self._week
        if week is None:
            return
        spoken = words.spoken(line, week.as_of, words.metric_of(week, line))
        effect = week.effects.get(line.ref)
        if effect is not None:
            spoken += "\n" + words.effect_words(effect)
        colour = words.state_colour(line, week.as_of)
        self._boxes[line.ref].show_line(line, words.box_lines(week, line), spoken, colour)
