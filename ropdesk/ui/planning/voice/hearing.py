"""Noting what a customer said: typing finds what is known, Enter counts it once more."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit

from ropdesk.domain.voice import LONGEST, Heard, Kind
from ropdesk.i18n import _
from ropdesk.services import voice_words as words
from ropdesk.services.voice import NewMention, Voice
from ropdesk.ui.planning.promotions.asking import row_of
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fields import Field, choice, choose
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

NOBODY = ""


class WordsLine(QLineEdit):
    """What the customer said; Enter counts what is chosen below, Ctrl+Enter notes it anew."""

    again = Signal()
    anew = Signal()
    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.anew if control else self.again).emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class HearingCard(Card):
    """One gesture: words, who heard them, where, from whom."""

    typed = Signal(str)
    again = Signal()
    anew = Signal()

    def __init__(self, context: "Context") -> None:
        super().__init__(_("Heard from a customer"))
        self._context = context
        self.words = WordsLine()
        self.words.setMaxLength(LONGEST)
        self.words.setClearButtonEnabled(True)
        self.words.setPlaceholderText(_("Type in the customer's words: what is known is found"))
        self.words.textChanged.connect(self.typed)
        self.words.again.connect(self._enter)
        self.words.anew.connect(self.anew)
        self.field = Field(_("What was said"), self.words)
        self.kind = Segmented([(k.value, words.kind(k)) for k in Kind], name=_("Kind"))
        self.member = choice({NOBODY: _("nobody named")}, _("Who heard"))
        self.place = choice({h.value: words.heard(h) for h in Heard}, _("Where"))
        self.customer = _line(_("Customer"), 110)
        self.quote = _line(_("Their own words"), 150)
        self.more = PrimaryButton(_("Heard again"))
        self.more.setToolTip(_("Count what is chosen below once more (Enter)"))
        self.more.clicked.connect(self.again)
        self.new = SecondaryButton(_("Note as new"))
        self.new.setToolTip(_("Note these words as something new (Ctrl+Enter)"))
        self.new.clicked.connect(self.anew)
        self.hint = QLabel()
        self.hint.setProperty("role", "secondary")
        self.hint.setWordWrap(True)
        self.body.addWidget(self.field)
        flow = FlowLayout(spacing=8)
        widgets = (
            self.kind, self.member, self.place, self.customer, self.quote, self.more, self.new,
        )  # fmt: skip
        for widget in widgets:
            flow.addWidget(widget)
        self.body.addWidget(row_of(flow))
        self.body.addWidget(self.hint)

    def show_people(self, names: Mapping[int, str]) -> None:
        """Offer these members; the one chosen stays."""
        wanted = [(NOBODY, _("nobody named")), *((str(k), name) for k, name in names.items())]
        box = self.member
        if [(box.itemData(n), box.itemText(n)) for n in range(box.count())] == wanted:
            return
        chosen = box.currentData()
        box.clear()
        for key, name in wanted:
            box.addItem(name, key)
        choose(box, chosen)

    def mention(self) -> NewMention:
        """Return the mention as it stands, of today."""
        member = self.member.currentData()
        return NewMention(
            day=self._context.today(), source=self.place.currentData(),
            customer=self.customer.text(), quote=self.quote.text(),
            member_id=int(member) if member else None,
        )  # fmt: skip

    def follow(self, chosen: Voice | None, *, typed: bool) -> None:
        """Say what Enter would do."""
        self.more.setEnabled(chosen is not None)
        self.new.setEnabled(typed)
        if chosen is not None and typed:
            self.hint.setText(_("Enter: once more «{text}»", text=chosen.text[:60]))
        elif typed:
            self.hint.setText(_("Nobody has said this before: Enter notes it as new."))
        else:
            self.hint.setText("")
        self.hint.setVisible(typed)

    def _enter(self) -> None:
        # On an empty line Enter is a slip: nothing says what was heard.
        if self.words.text().strip():
            self.again.emit()

    def clear(self) -> None:
        """Be ready for the next one; who heard it and where stay."""
        for line in (self.customer, self.quote):
            line.clear()
        self.words.clear()
        self.words.setFocus()


def _line(name: str, width: int) -> QLineEdit:
    line = QLineEdit()
    line.setMaxLength(LONGEST)
    line.setPlaceholderText(name)
    line.setAccessibleName(name)
    line.setMinimumWidth(current_theme().px(width))
    return line
