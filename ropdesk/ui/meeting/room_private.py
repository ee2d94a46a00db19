"""The sales head's own notes of a meeting: shown on demand alone, never printed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from ropdesk.i18n import _
from ropdesk.ui.widgets.buttons import IconButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.notes import NotesEdit


class PrivateCard(Card):
    """Hidden until it is asked for, and again whenever the window fills the screen.

    Signals:
        said: the words.
    """

    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Private notes"), parent=parent)
        self.edit = NotesEdit(_("Only for you"), lines=4, most=None, as_typed=True)
        self.edit.setAccessibleName(_("Private notes"))
        self.edit.committed.connect(self.said)
        note = QLabel(_("Not printed and not in the protocol. Hide: F7"))
        note.setProperty("role", "secondary")
        note.setWordWrap(True)
        self.body.addWidget(note)
        self.body.addWidget(self.edit, 1)
        self._wall = QLabel(_("\u26a0 Full screen: whoever sees it can read this"))
        self._wall.setProperty("role", "error")
        self._wall.setWordWrap(True)
        self.body.addWidget(self._wall)
        close = IconButton("close", _("Hide the private notes (F7)"))
        close.clicked.connect(self.conceal)
        self.add_right(close)
        self.hide()

    def show_text(self, text: str, *, other: bool) -> None:
        """Show the words of a meeting."""
        self.edit.show_text(text, other=other)

    def reveal(self) -> None:
        """Show the notes: the person has asked for them."""
        self._wall.setVisible(self.window().isFullScreen())
        self.show()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def conceal(self) -> None:
        """Keep what was typed, and hide."""
        self.edit.commit()
        self.hide()
