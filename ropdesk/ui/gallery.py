"""Pictures of every page and every side of it, as a person would see them."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from ropdesk.ui.pages import PAGES
from ropdesk.ui.window import MainWindow

SETTLE_MS = 400  # charts come in a later turn of the event loop


def draw(window: MainWindow, folder: Path) -> Iterator[Path]:
    """Show each page and each of its sides, wait until it has settled, and save its picture.

    Yields:
        The files as they are written: ``planning.png``, ``planning-decomposition.png``…
    """
    for name in PAGES:
        window.show_page(name)
        settle()
        page = window.page(name)
        for view in page.view_names or ("",):
            if view:
                page.show_view(view)
                settle()
            target = folder / (f"{name}-{view}.png" if view else f"{name}.png")
            window.grab().save(str(target))
            yield target


def settle(milliseconds: int = SETTLE_MS) -> None:
    """Let the event loop turn until what was asked for is on the screen."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
