"""The large timer of a meeting."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ropdesk.domain.meeting_clock import Level, level
from ropdesk.i18n import _
from ropdesk.ui.fonts import BOLD, SEMIBOLD
from ropdesk.ui.meeting.room_words import SIGNS, STATES, clock_text, time_words
from ropdesk.ui.roles import State
from ropdesk.ui.theme import current_theme

LARGE, ON_THE_WALL, SMALL, GAP = 24, 34, 12, 8  # pixels at 100 % text scale


class BigTimer(QWidget):
    """«12:40 из 20:00», with a sign and words from four fifths of the limit on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._elapsed, self._minutes, self._paused = 0, 0, False
        self._wall = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def level(self) -> Level:
        """How far the time has gone."""
        return level(self._elapsed, self._minutes)

    @property
    def text(self) -> str:
        """What is shown, in one line."""
        return " ".join(part for part in (self._main, self._beside, self._words) if part)

    def show_time(self, elapsed: int, minutes: int, *, paused: bool) -> None:
        """Show seconds spent of a limit in minutes."""
        wanted = self.sizeHint()
        self._elapsed, self._minutes, self._paused = elapsed, minutes, paused
        self.setAccessibleName(_("Time of the meeting: {time}", time=self.text))
        self.setToolTip(self.accessibleName())
        if self.sizeHint() != wanted:
            self.updateGeometry()
        self.update()

    def set_wall(self, *, on: bool) -> None:
        """Be read from the other end of the room."""
        if on != self._wall:
            self._wall = on
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Fit the figures; they do not dance while they run."""
        theme = current_theme()
        large = QFontMetricsF(theme.font(self._large, BOLD))
        wide = large.horizontalAdvance("0" * len(self._main)) + theme.px(4)
        for text in (self._beside, self._words):
            if text:
                wide += theme.metrics(SMALL, SEMIBOLD).horizontalAdvance(text) + theme.px(GAP)
        return QSize(int(wide) + 1, int(large.height()) + 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the time, the limit, and what is to be said of them."""
        theme = current_theme()
        painter = QPainter(self)
        state = State.NEUTRAL if self._paused else STATES[self.level]
        rect = QRectF(self.rect())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(self._large, BOLD))
        painter.setPen(theme.roles.of(state))
        painter.drawText(rect, flags, self._main)
        rect.setLeft(painter.fontMetrics().horizontalAdvance(self._main) + theme.px(GAP))
        for text, weight, ink in (
            (self._beside, SEMIBOLD, theme.roles.secondary),
            (self._words, SEMIBOLD, theme.roles.of(state)),
        ):
            painter.setFont(theme.font(SMALL, weight))
            painter.setPen(ink)
            painter.drawText(rect, flags, text)
            if text:
                wide = theme.metrics(SMALL, SEMIBOLD).horizontalAdvance(text)
                rect.setLeft(rect.left() + wide + theme.px(GAP))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text scale."""
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.updateGeometry()
        super().changeEvent(event)

    @property
    def _large(self) -> int:
        return ON_THE_WALL if self._wall else LARGE

    @property
    def _main(self) -> str:
        return SIGNS[self.level] + clock_text(self._elapsed)

    @property
    def _beside(self) -> str:
        return _("of {time}", time=clock_text(self._minutes * 60)) if self._minutes else ""

    @property
    def _words(self) -> str:
        return time_words(self._elapsed, self._minutes, self.level, paused=self._paused)
