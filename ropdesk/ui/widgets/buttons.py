"""Buttons and links."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ropdesk.ui import icons
from ropdesk.ui.fonts import REGULAR
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.painted import PaintedButton


class Button(QPushButton):
    """A plain button; Enter presses it too."""

    kind = "secondary"

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", self.kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)


class PrimaryButton(Button):
    """The one thing a page or a dialog is for."""

    kind = "primary"


class SecondaryButton(Button):
    """Everything else that can be done."""


class FlatButton(Button):
    """A button without a frame, where a frame would be noise."""

    kind = "flat"


class IconButton(Button):
    """A square button with an icon; its words are the tooltip and the accessible name."""

    kind = "icon"

    def __init__(self, icon: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._icon = icon
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setIcon(icons.icon(icon))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_icon"):
            self.setIcon(icons.icon(self._icon))
        super().changeEvent(event)


def action_button(action: QAction, *, primary: bool = False) -> Button:
    """Return a button that runs a registered action and follows its text and state."""
    button = PrimaryButton() if primary else SecondaryButton()
    link = _ActionLink(button, action)
    action.changed.connect(link.follow)
    button.clicked.connect(action.trigger)
    link.follow()
    return button


class _ActionLink(QWidget):
    """Keeps a button in step with its action; lives and dies with the button."""

    def __init__(self, button: Button, action: QAction) -> None:
        super().__init__(button)
        self.hide()
        self._button = button
        self._action = action

    def follow(self) -> None:
        keys = self._action.shortcut().toString()
        text = self._action.text()
        self._button.setText(text)
        self._button.setObjectName(self._action.objectName())
        self._button.setEnabled(self._action.isEnabled())
        self._button.setToolTip(f"{text} ({keys})" if keys else "")
        self._button.setAccessibleName(text)


class LinkLabel(PaintedButton):
    """A word that leads somewhere; clicked by mouse, Enter or Space."""

    def __init__(self, text: str, parent: QWidget | None = None, *, size: int = 12) -> None:
        super().__init__(text, parent)
        self._size = size
        self.setAccessibleName(text)

    def natural_size(self) -> tuple[int, int]:
        """Return the size of the words."""
        theme = current_theme()
        return self.text_width(theme.font(self._size)) + 4, theme.px(self._size + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, underlined under the pointer."""
        theme = current_theme()
        painter = QPainter(self)
        font = QFont(theme.font(self._size, REGULAR))
        font.setUnderline(self.underMouse() or self.hasFocus())
        painter.setFont(font)
        painter.setPen(theme.colour("accent" if self.isEnabled() else "disabled"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(1, 0, 0, 0), flags, self.text())
        if self.hasFocus():
            self.paint_focus(painter, self.rect().adjusted(0, 0, -1, -1), 3)
