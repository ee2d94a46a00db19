"""The agenda of a meeting that is held: what is done, what is talked of, what it takes."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ropdesk.domain.meeting_clock import Level, level
from ropdesk.i18n import _
from ropdesk.services.meeting_run import MeetingState, Point
from ropdesk.ui.fonts import REGULAR, SEMIBOLD
from ropdesk.ui.meeting.room_rows import DOWN, UP, RowButton, step
from ropdesk.ui.meeting.room_words import SIGNS, STATES, clock_text
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import IconButton
from ropdesk.ui.widgets.cards import Card

PAD, GAP, MARK = 8, 3, 20  # pixels at 100 % text scale
MOST_LINES = 3  # of a point's name


class AgendaRow(RowButton):
    """One point: its number or the tick, its name, its minutes and the time it took.

    A click or Enter talks of it.
    """

    def __init__(self, number: int, point: Point, parent: QWidget | None = None) -> None:
        super().__init__(point.title, parent)
        self.point = point
        self._number = number
        self._spent = 0
        self._current = False

    @property
    def done(self) -> bool:
        """Whether it was talked of and is not any more."""
        return self._spent > 0 and not self._current

    @property
    def level(self) -> Level:
        """How far its own time has gone."""
        return level(self._spent, self.point.minutes)

    @property
    def time(self) -> str:
        """What is said of its time: «3:12 из 4 мин», «4 мин», with a sign when it runs out."""
        plan = _("{n} min", n=self.point.minutes)
        if not self._spent and not self._current:
            return plan if self.point.minutes else ""
        spent = SIGNS[self.level] + clock_text(self._spent)
        return _("{spent} of {plan}", spent=spent, plan=plan) if self.point.minutes else spent

    def show_point(self, point: Point, spent: int, *, current: bool) -> None:
        """Show how it stands."""
        before = (self.point, self._spent, self._current)
        self.point, self._spent, self._current = point, spent, current
        if before == (point, spent, current):
            return
        self.setText(point.title)
        said = _("done") if self.done else (_("now") if current else "")
        parts = (f"{self._number}. {point.title}", said, self.time)
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.setToolTip(self.accessibleName())
        if before[0].title != point.title or before[2] != current:
            self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the name anew."""
        super().resizeEvent(event)
        self._fit()

    def natural_size(self) -> tuple[int, int]:
        """Return the height of the name's lines and of the time below."""
        theme = current_theme()
        name = QFontMetrics(theme.font(13, SEMIBOLD if self._current else REGULAR))
        room = self._room()
        broken = name.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text())
        high = min(broken.height(), name.lineSpacing() * MOST_LINES)
        return 60, high + theme.px(16) + 2 * theme.px(PAD - 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the point."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_tint" if self._current else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        ink = "accent_text" if self._current else ("secondary" if self.done else "text")
        room = self._room()
        painter.setFont(theme.font(13, SEMIBOLD if self._current else REGULAR))
        mark = QRect(theme.px(PAD), room.top(), theme.px(MARK), painter.fontMetrics().height())
        if self.done:
            self._tick(painter, QRectF(mark))
        painter.setPen(theme.colour(ink))
        if not self.done:
            painter.drawText(mark, int(Qt.AlignmentFlag.AlignLeft), str(self._number))
        name = QRect(room.left(), room.top(), room.width(), self.height() - theme.px(2 * PAD + 12))
        painter.drawText(name, int(Qt.TextFlag.TextWordWrap), self.text())
        self._paint_time(painter, room)
        if self.hasFocus():
            self.paint_focus(painter, self.rect().adjusted(1, 1, -1, -1), 6)

    def _paint_time(self, painter: QPainter, room: QRect) -> None:
        theme = current_theme()
        below = QRect(room.left(), self.height() - theme.px(PAD + 14), room.width(), theme.px(16))
        late = self.level is not Level.CALM and (self._current or self.level is Level.OVER)
        painter.setFont(theme.font(11, SEMIBOLD if self._current else REGULAR))
        painter.setPen(theme.roles.of(STATES[self.level]) if late else theme.roles.secondary)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignVCenter), self.time)

    def _tick(self, painter: QPainter, rect: QRectF) -> None:
        theme = current_theme()
        painter.setPen(QPen(theme.colour("good"), theme.px(2)))
        unit, left, middle = theme.px(4), rect.left(), rect.center().y()
        painter.drawPolyline([
            QPointF(left, middle), QPointF(left + unit, middle + unit),
            QPointF(left + 2.6 * unit, middle - unit),
        ])  # fmt: skip

    def _room(self) -> QRect:
        scale = current_theme().px
        left = scale(PAD + MARK)
        return QRect(left, scale(PAD - 2), max(30, self.width() - left - scale(PAD)), 1000)

    def _fit(self) -> None:
        high = self.natural_size()[1]
        if self.height() != high:
            self.setFixedHeight(high)


class AgendaCard(Card):
    """The points in order. Up and Down move the focus, Enter talks of the point in focus.

    Signals:
        chosen: id of the point to talk of.
        added: words of a new point.
        command: point id and earlier, later, remove or edit.
    """

    chosen = Signal(int)
    added = Signal(str)
    command = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Agenda"), parent=parent)
        self.rows: dict[int, AgendaRow] = {}
        self._wanted: int | None = None
        inner = QWidget()
        inner.setObjectName("clear")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current_theme().px(GAP))
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self.body.addWidget(self._scroll, 1)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("New point, minutes"))
        self.line.setAccessibleName(_("New point: its name, and its minutes at the end"))
        self.line.setToolTip(_("For example: «New CRM 5». Enter adds it, Esc leaves."))
        self.line.setMaxLength(200)
        self.line.returnPressed.connect(self._add)
        self.line.hide()
        self.body.addWidget(self.line)
        self.plus = IconButton("plus", _("New point of the agenda (Ctrl+N)"))
        self.plus.clicked.connect(self.start_new)
        self.add_right(self.plus)

    def show_agenda(self, state: MeetingState, *, fixed: bool) -> None:
        """Show a meeting's points; while its words alone are corrected the agenda is ``fixed``."""
        self.plus.setVisible(not fixed)
        if fixed:
            self.line.hide()
        if list(self.rows) != [point.id for point in state.points]:
            self._make_rows(state)

    def show_times(
        self, state: MeetingState, spent: Mapping[int, int], current: int | None
    ) -> None:
        """Show the time of each point, and which is talked of."""
        for point in state.points:
            self.rows[point.id].show_point(
                point, spent.get(point.id, 0), current=point.id == current
            )
        total = sum(point.minutes for point in state.points)
        self.set_title(_("Agenda"), _("{n} min", n=total) if total else "")

    def show_row(self, point_id: int | None) -> None:
        """Bring a point into sight."""
        self._wanted = point_id
        QTimer.singleShot(0, self, self._scroll_to)  # heights follow the layout

    def take_focus(self, point_id: int | None) -> None:
        """Go to a point, or to the first."""
        rows = list(self.rows.values())
        row = self.rows.get(point_id) if point_id is not None else None
        if rows:
            (row or rows[0]).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def start_new(self) -> None:
        """Open the line of a new point."""
        self.line.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the line of a new point with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.line.hasFocus():
            self.line.clear()
            self.line.hide()
        super().keyPressEvent(event)

    def _commanded(self, name: str) -> None:
        row = self.sender()
        if not isinstance(row, AgendaRow):
            return
        if name in {UP, DOWN}:
            there = step(list(self.rows.values()), row, name)
            self.show_row(None if there is None else int(there.objectName()))
        else:
            self.command.emit(row.point.id, name)

    def _scroll_to(self) -> None:
        row = self.rows.get(self._wanted) if self._wanted is not None else None
        if row is not None:
            self._scroll.ensureWidgetVisible(row, 0, 12)

    def _make_rows(self, state: MeetingState) -> None:
        focused = next((id_ for id_, row in self.rows.items() if row.hasFocus()), None)
        for row in self.rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for number, point in enumerate(state.points):
            row = AgendaRow(number + 1, point)
            row.setObjectName(str(point.id))
            row.clicked.connect(self._clicked)
            row.commanded.connect(self._commanded)
            self.rows[point.id] = row
            self._column.insertWidget(number, row)
        if focused in self.rows:
            self.rows[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self) -> None:
        self.chosen.emit(int(self.sender().objectName()))

    def _add(self) -> None:
        words = self.line.text()
        if words.strip():
            self.added.emit(words)
            self.line.clear()
