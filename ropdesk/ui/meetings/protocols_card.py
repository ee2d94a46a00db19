"""Where the words stand in a protocol."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ropdesk.i18n import _, full_day
from ropdesk.services.protocols import Hit, Piece
from ropdesk.ui.planning.promotions.asking import scrolling
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.cards import Card


class HitCard(Card):
    """The places of one protocol, the words found in bold; ``wanted`` asks to open it."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", "", parent)
        self._pieces: tuple[Piece, ...] = ()
        self.open = SecondaryButton(_("Open the protocol"))
        self.open.setToolTip(_("Open the protocol (Enter in the list)"))
        self.open.clicked.connect(self.wanted)
        self.about = QLabel()
        self.about.setProperty("role", "secondary")
        self.about.setWordWrap(True)
        self.places = QLabel()
        self.places.setTextFormat(Qt.TextFormat.RichText)
        self.places.setWordWrap(True)
        self.places.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.places.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        current_theme().changed.connect(self._write)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.places)
        column.addStretch(1)
        self.body.addWidget(self.about)
        self.body.addWidget(scrolling(inner), 1)
        self.body.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)

    def show_hit(self, hit: Hit | None) -> None:
        """Show where the words stand; without a protocol the card goes away."""
        self.setVisible(hit is not None)
        if hit is None:
            return
        self.set_title(hit.name)
        about = [hit.title, full_day(hit.day)]
        if hit.edition != hit.last:
            about.append(_("only in edition {n}; the last one is {last}", n=hit.edition,
                           last=hit.last))  # fmt: skip
        self.about.setText(" · ".join(about))
        self._pieces = hit.pieces
        self._write()

    def _write(self) -> None:
        grey = current_theme().colour("secondary").name()
        self.places.setText("".join(_paragraph(piece, grey) for piece in self._pieces))


def _paragraph(piece: Piece, grey: str) -> str:
    parts, at = [], 0
    for start, end in piece.marks:
        parts += [escape(piece.text[at:start]), f"<b>{escape(piece.text[start:end])}</b>"]
        at = end
    parts.append(escape(piece.text[at:]))
    where = f'<span style="color: {grey}">{escape(piece.where)}</span>'
    return f'<p style="margin: 0 0 8px 0">{where}<br>{"".join(parts)}</p>'
