"""What a page says when it has nothing to show."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import PrimaryButton, SecondaryButton


class EmptyState(QWidget):
    """A sentence about what the page is for, and the one thing to do.

    Args:
        sentence: what this place is for and why it is empty.
        action: words and bound method of the one thing to do.
        secondary: another way, if there is one.
    """

    def __init__(
        self,
        sentence: str,
        action: tuple[str, Callable[[], object]] | None = None,
        secondary: tuple[str, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._handlers: list[Callable[[], object]] = []
        words = QLabel(sentence)
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setProperty("role", "secondary")
        words.setFixedWidth(current_theme().px(420))
        words.setMinimumHeight(words.heightForWidth(current_theme().px(420)))
        self.setAccessibleName(sentence)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        if action is not None:
            self.primary = PrimaryButton(action[0])
            self._wire(self.primary, action[1])
            buttons.addWidget(self.primary)
        if secondary is not None:
            self.secondary = SecondaryButton(secondary[0])
            self._wire(self.secondary, secondary[1])
            buttons.addWidget(self.secondary)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(2)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(buttons)
        column.addStretch(3)

    def _wire(self, button: PrimaryButton | SecondaryButton, handler: Callable[[], object]) -> None:
        self._handlers.append(handler)
        button.setObjectName(str(len(self._handlers) - 1))
        button.clicked.connect(self._run)

    def _run(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._handlers[int(sender.objectName())]()
