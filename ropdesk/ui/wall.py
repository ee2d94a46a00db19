"""Full screen for a wall: larger type as long as it lasts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ropdesk.ui.theme import Theme

LARGER = 130


class WallScale(QObject):
    """Follows the window in and out of full screen while its page is the one that is seen.

    Args:
        larger: percent of the person's own text size.
    """

    def __init__(self, theme: "Theme", page: QWidget, larger: int = LARGER) -> None:
        super().__init__(page)
        self._larger = larger
        self._theme, self._page = theme, page
        self._own: int | None = None
        self._window: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.follow)
        page.installEventFilter(self)

    def watch(self, window: QWidget) -> None:
        """Follow this window from now on."""
        if window is not self._window:
            self._window = window
            window.installEventFilter(self)
            self._timer.start(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the change; the scale follows once the window has its new state."""
        if watched is self._page:
            if event.type() == QEvent.Type.Hide:
                self._timer.stop()
                self._come_back()  # before the next page enlarges in its own way
            elif event.type() == QEvent.Type.Show:
                self._timer.start(0)
        elif event.type() == QEvent.Type.WindowStateChange and self._page.isVisible():
            self._timer.start(0)
        return False

    def follow(self) -> None:
        """Enlarge in full screen, come back after it."""
        if self._window is None or not self._page.isVisible():
            return
        if not self._window.isFullScreen():
            self._come_back()
        elif self._own is None:
            self._own = self._theme.scale
            self._theme.set_scale(self._own * self._larger // 100)

    def _come_back(self) -> None:
        if self._own is not None:
            own, self._own = self._own, None
            self._theme.set_scale(own)
