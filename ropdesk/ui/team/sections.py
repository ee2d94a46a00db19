"""The frame of a section of the card: a small heading, a link beside it, content below."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ropdesk.ui.widgets.buttons import LinkLabel


class Section(QWidget):
    """A heading and `body`."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(title)
        self._title.setProperty("role", "strong")
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._head)
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        column.addLayout(self.body)
        self.setAccessibleName(title)

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def add_link(self, words: str) -> LinkLabel:
        """Add a link at the right of the heading."""
        link = LinkLabel(words)
        self._head.addWidget(link)
        return link
