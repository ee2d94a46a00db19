"""What is offered for the agenda: a click or a key makes a point of it, another takes it back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ropdesk.i18n import _, ngettext
from ropdesk.services.meeting_offers import Offer, Offers, Source
from ropdesk.ui.fonts import SEMIBOLD
from ropdesk.ui.meeting import preparation_words as words
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import LinkLabel
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.paint import chip_size, paint_chip
from ropdesk.ui.widgets.painted import PaintedButton

PAD, SIGN, GAP = 7, 22, 2  # pixels at 100 % text scale
MOST_LINES = 3
SHOWN = 8  # of a group at first
Key = tuple[Source, str]


class OfferRow(PaintedButton):
    """One offer: a plus or a tick, what it is, whose, and how it stands.

    Signals:
        opened: it was pressed with Ctrl, to see the place where it is kept.
    """

    opened = Signal()

    def __init__(self, offer: Offer, today: date, parent: QWidget | None = None) -> None:
        super().__init__(offer.title, parent)
        self.offer, self._today, self.taken = offer, today, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(60)
        self.show_offer(offer, today, taken=False)

    def show_offer(self, offer: Offer, today: date, *, taken: bool) -> None:
        """Show how it stands now."""
        self.offer, self._today, self.taken = offer, today, taken
        self.setText(offer.title)
        said = words.spoken(offer, today, taken=taken)
        self.setAccessibleName(said)
        act = _("Enter takes it off the agenda") if taken else _("Enter takes it on the agenda")
        opens = _("Ctrl+Enter opens it")
        self.setToolTip(f"{said}\n{act}; {opens}")
        self._fit()
        self.update()

    def natural_size(self) -> tuple[int, int]:
        """Return the height of the words' lines and of the line below."""
        theme = current_theme()
        font = QFontMetrics(theme.font(13))
        broken = font.boundingRect(self._room(), int(Qt.TextFlag.TextWordWrap), self.text())
        high = min(broken.height(), font.lineSpacing() * MOST_LINES)
        below = theme.px(21) if self._below() else 0
        return 60, high + below + 2 * theme.px(PAD - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Ctrl+Enter."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.opened.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open with Ctrl and a click."""
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.setDown(False)
            self.opened.emit()
            return
        super().mouseReleaseEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the offer."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.taken:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        room = self._room()
        painter.setFont(theme.font(14, SEMIBOLD))
        painter.setPen(theme.colour("good" if self.taken else "accent"))
        mark = QRect(theme.px(PAD), room.top() - 1, theme.px(SIGN), painter.fontMetrics().height())
        sign = words.TAKEN if self.taken else words.ADD
        painter.drawText(mark, int(Qt.AlignmentFlag.AlignLeft), sign)
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("secondary" if self.taken else "text"))
        below = theme.px(21) if self._below() else 0
        text = QRect(room)
        text.setHeight(self.height() - below - 2 * theme.px(PAD - 1))
        painter.drawText(text, int(Qt.TextFlag.TextWordWrap), self.text())
        if below:
            self._paint_below(painter, room)
        if self.hasFocus():
            self.paint_focus(painter, self.rect().adjusted(1, 1, -1, -1), 6)

    def _paint_below(self, painter: QPainter, room: QRect) -> None:
        theme = current_theme()
        top = self.height() - theme.px(PAD - 1) - theme.px(20)
        left, high = room.left(), theme.px(20)
        said = words.chip(self.offer, self._today)
        if said is not None:
            wide = min(chip_size(said[0])[0], float(room.width()))
            paint_chip(painter, QRectF(left, top, wide, high), *said)
            left += int(wide) + theme.px(8)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("secondary"))
        rest = QRect(left, top, max(0, room.right() - left), high)
        shown = painter.fontMetrics().elidedText(
            self.offer.who, Qt.TextElideMode.ElideRight, rest.width()
        )
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _below(self) -> bool:
        return bool(self.offer.who) or words.chip(self.offer, self._today) is not None

    def _room(self) -> QRect:
        scale = current_theme().px
        left = scale(PAD + SIGN)
        return QRect(left, scale(PAD - 1), max(30, self.width() - left - scale(PAD)), 1000)

    def _fit(self) -> None:
        high = self.natural_size()[1]
        if self.height() != high:
            self.setFixedHeight(high)


class OffersCard(Card):
    """Everything offered, in groups. Up and Down go through all of them.

    Signals:
        pressed: an `Offer` is to be taken, or taken back.
        opened: an `Offer` whose place is to be shown.
    """

    pressed = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("For the agenda"), _("Enter or a click takes it"), parent)
        self.rows: dict[Key, OfferRow] = {}
        self._whole: set[Source] = set()
        self._shown: tuple[Offers, date] = (Offers(), date.min)
        self._taken: frozenset[Key] = frozenset()
        self._layout: list[tuple[str, tuple[Key, ...], int]] = []
        inner = QWidget()
        inner.setObjectName("clear")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setMinimumHeight(current_theme().px(220))
        self._scroll.setWidget(inner)
        self.note = QLabel()
        self.note.setProperty("role", "secondary")
        self.note.setWordWrap(True)
        self.body.addWidget(self.note)
        self.body.addWidget(self._scroll, 1)

    def show_offers(self, found: Offers, today: date, taken: Collection[Key], note: str) -> None:
        """Show what is offered; ``note`` says what is still being looked for."""
        self._shown, self._taken = (found, today), frozenset(taken)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        groups = self._groups(found)
        if self._layout != _outline(groups):
            self._build(groups)
        for group in groups.values():
            for offer in group[0]:
                key = offer.source, offer.key
                self.rows[key].show_offer(offer, today, taken=key in self._taken)

    @property
    def focused(self) -> bool:
        """Whether the keyboard is on an offer."""
        return any(row.hasFocus() for row in self.rows.values())

    def take_focus(self) -> None:
        """Go to the first offer."""
        row = next(iter(self.rows.values()), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the offers."""
        rows = list(self.rows.values())
        here = next((i for i, row in enumerate(rows) if row.hasFocus()), None)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if here is None or not step:
            super().keyPressEvent(event)
            return
        row = rows[max(0, min(len(rows) - 1, here + step))]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(row, 0, 20)

    # -- inside

    def _groups(self, found: Offers) -> Mapping[Source, tuple[Sequence[Offer], str, int]]:
        """Part the offers: what is shown of each group, its heading, how many are not shown."""
        every: dict[Source, list[Offer]] = {}
        for offer in found:
            every.setdefault(offer.source, []).append(offer)
        made = {}
        for source, offers in every.items():
            whole = source in self._whole or len(offers) <= SHOWN + 1
            kept = offers if whole else offers[:SHOWN]
            made[source] = (kept, words.group(source, offers), len(offers) - len(kept))
        return made

    def _build(self, groups: Mapping[Source, tuple[Sequence[Offer], str, int]]) -> None:
        focused = next((key for key, row in self.rows.items() if row.hasFocus()), None)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = {}
        for source, (offers, heading, hidden) in groups.items():
            title = QLabel(heading)
            title.setProperty("role", "secondary")
            title.setContentsMargins(PAD, PAD, 0, 2)
            self._column.addWidget(title)
            for offer in offers:
                self._add(offer)
            if hidden:
                more = LinkLabel(ngettext("{n} more", "{n} more", hidden))
                more.setObjectName(source.value)
                more.clicked.connect(self._show_whole)
                self._column.addWidget(more)
        self._column.addStretch(1)
        self._layout = _outline(groups)
        if focused in self.rows:
            self.rows[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, offer: Offer) -> None:
        row = OfferRow(offer, self._shown[1])
        row.clicked.connect(self._clicked)
        row.opened.connect(self._opened)
        self.rows[offer.source, offer.key] = row
        self._column.addWidget(row)

    def _show_whole(self) -> None:
        self._whole.add(Source(self.sender().objectName()))
        self.show_offers(*self._shown, self._taken, self.note.text())

    def _clicked(self) -> None:
        row = self.sender()
        if isinstance(row, OfferRow):
            self.pressed.emit(row.offer)

    def _opened(self) -> None:
        row = self.sender()
        if isinstance(row, OfferRow):
            self.opened.emit(row.offer)


def _outline(
    groups: Mapping[Source, tuple[Sequence[Offer], str, int]],
) -> list[tuple[str, tuple[Key, ...], int]]:
    return [
        (heading, tuple((offer.source, offer.key) for offer in offers), hidden)
        for offers, heading, hidden in groups.values()
    ]
