"""Full screen for a wall: larger type as long as it lasts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ropdesk.ui.theme import Theme

LARGER = 130  # percent of the person's own text size


class WallScale(QObject):
    """Follows the window in and out of full screen."""

    def __init__(self, theme: "Theme", page: QWidget) -> None:
        super().__init__(page)
        self._theme = theme
        self._own: int | None = None
        self._window: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.follow)

    def watch(self, window: QWidget) -> None:
        """Follow this window from now on."""
        if window is not self._window:
            self._window = window
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notice the change; the scale follows once the window has its new state."""
        if event.type() == QEvent.Type.WindowStateChange:
            self._timer.start(0)
        return False

    def follow(self) -> None:
        """Enlarge in full screen, come back after it."""
        if self._window is None:
            return
        if self._window.isFullScreen():
            if self._own is None:
                self._own = self._theme.scale
                self._theme.set_scale(self._own * LARGER // 100)
        elif self._own is not None:
            own, self._own = self._own, None
            self._theme.set_scale(own)
