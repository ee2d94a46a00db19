"""A small chart of the kept share by month: every bar says how many promises it is made of."""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import add

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ropdesk.domain.promises import Share
from ropdesk.i18n import _, month_name, month_short, percent
from ropdesk.services import promise_words as words
from ropdesk.ui.fonts import SEMIBOLD
from ropdesk.ui.meetings.promises_read import Shown
from ropdesk.ui.meetings.promises_shares import of_person
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card

HEIGHT, BAR = 170, 0.62
LINE = 17  # pixels of a line of text at 100 % text scale
MOST = 8  # months that are drawn

Months = Sequence[tuple[date, Share]]


class ShareChart(QWidget):
    """Bars from nothing to all; hollow where there are too few promises to tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._months: tuple[tuple[date, Share], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Promises kept, by the month they were due"))

    def show_months(self, months: Months) -> None:
        """Draw these months, the first at the left."""
        self._months = tuple(months)
        told = (self.words_at(n) for n, (_month, share) in enumerate(self._months) if share.n)
        self.setAccessibleDescription("; ".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a few lines' height."""
        return QSize(current_theme().px(280), current_theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Shrink in width alone."""
        return QSize(current_theme().px(160), current_theme().px(HEIGHT))

    def words_at(self, number: int) -> str:
        """Say a month's share exactly."""
        if not 0 <= number < len(self._months):
            return ""
        month, share = self._months[number]
        told = f"{month_name(month)}: {words.share(share)}"
        return f"{told} ({words.details(share)})" if share.n else told

    def event(self, event: QEvent) -> bool:
        """Say the exact share under the pointer."""
        if isinstance(event, QHelpEvent) and self._months:
            place = event.pos().x() / max(1, self.width()) * len(self._months)
            QToolTip.showText(event.globalPos(), self.words_at(int(place)), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars, or say that there is nothing to draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = current_theme()
        painter.setFont(theme.font(11))
        if not any(share.n for _month, share in self._months):
            painter.setPen(theme.colour("secondary"))
            told = _("Once promises have been judged, their share is drawn here.")
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, told)
            return
        step = self.width() / len(self._months)
        for number, (month, share) in enumerate(self._months):
            self._draw(painter, QRectF(step * number, 0, step, self.height()), month, share)

    def _draw(self, painter: QPainter, place: QRectF, month: date, share: Share) -> None:
        theme, line = current_theme(), current_theme().px(LINE)
        room = place.adjusted(0, line, 0, -2 * line)
        high = room.height() * float(share.share or 0)
        side = room.width() * (1 - BAR) / 2
        bar = QRectF(room.left() + side, room.bottom() - high, room.width() * BAR, high)
        centre = Qt.AlignmentFlag.AlignCenter
        if share.enough:
            painter.fillRect(bar, theme.colour("accent"))
            painter.setPen(theme.colour("text"))
            painter.setFont(theme.font(11, SEMIBOLD))
            above = QRectF(place.left(), bar.top() - line, place.width(), line)
            painter.drawText(above, centre, percent(share.share) if share.share is not None else "")
        elif share.n:
            painter.setPen(theme.colour("secondary"))
            painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(theme.colour("line"))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        painter.setFont(theme.font(11))
        painter.setPen(theme.colour("secondary"))
        foot = QRectF(place.left(), room.bottom(), place.width(), line)
        painter.drawText(foot, centre, month_short(month))
        counted = f"{share.kept}/{share.n}" if share.n else "–"
        painter.drawText(foot.translated(0, line), centre, counted)


class ShareChartCard(Card):
    """The shares of one person, or of the department, with what they are in all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.chart = ShareChart()
        self.body.addWidget(self.chart)

    def show_person(self, person: int | str | None, shown: Shown) -> None:
        """Draw a member's months (None: the sales head's), or everybody's (`TOTAL`)."""
        name = _("Sales head") if person is None else _("Department")
        if isinstance(person, int):
            name = shown.names.get(person, "")
        months = of_person(person, shown.months, shown.shares)
        total = reduce(add, (share for _month, share in months), Share())
        self.set_title(name, words.share(total))
        self.chart.show_months(months[-MOST:])
