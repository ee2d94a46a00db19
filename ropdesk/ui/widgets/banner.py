"""The line above a page's content that says what went wrong and what to do."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ropdesk.i18n import _
from ropdesk.ui.widgets.buttons import IconButton


class Banner(QFrame):
    """An error where the person is looking; stays until closed or replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._text: QLabel | None = None

    def _build(self) -> QLabel:
        """Make the content: most pages never need it."""
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        close = IconButton("close", _("Close the message"))
        close.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(self._text)
        row.addWidget(close)
        return self._text

    def say(self, text: str) -> None:
        """Show the text; an empty one hides the line."""
        if text or self._text is not None:
            label = self._text or self._build()
            label.setText(f"\u26a0 {text}" if text else "")
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    @property
    def text(self) -> str:
        """What is being said."""
        return self.accessibleName()

    def _close(self) -> None:
        self.say("")
