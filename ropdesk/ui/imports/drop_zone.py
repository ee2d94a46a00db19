"""The place to drop a file on, with the button for those who do not drag."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ropdesk.i18n import _
from ropdesk.ui import icons
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import PrimaryButton


class DropZone(QWidget):
    """Says what can be dropped; the window itself takes what is dropped anywhere."""

    choose_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        picture = QLabel()
        picture.setPixmap(icons.icon("upload", "accent", 28).pixmap(28, 28))
        head = QLabel(_("Drop an export here"))
        head.setProperty("role", "strong")
        hint = QLabel(
            _("amoCRM, Bitrix24, telephony, Excel or CSV: deals, calls, facts, a plan, the team")
        )
        hint.setProperty("role", "secondary")
        hint.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(head)
        words.addWidget(hint)
        self.button = PrimaryButton(_("Choose a file…"))
        self.button.clicked.connect(self.choose_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 16, 18, 16)
        row.setSpacing(14)
        row.addWidget(picture)
        row.addLayout(words, 1)
        row.addWidget(self.button)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dashed frame."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("field_line"), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(theme.colour("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
