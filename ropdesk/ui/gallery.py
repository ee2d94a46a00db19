"""Pictures of every page and every side of it, as a person would see them."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from ropdesk.ui.page import Page
from ropdesk.ui.pages import PAGES
from ropdesk.ui.runner import Runner
from ropdesk.ui.window import MainWindow

SETTLE_MS = 400  # charts come in a later turn of the event loop
LAID_OUT_MS = 60  # an answer that has only just come is laid out in the next turns
MOST_MS = 20_000  # a picture of unfinished work is better than none


def draw(window: MainWindow, runner: Runner, folder: Path) -> Iterator[Path]:
    """Show each page and each of its sides, wait until it has settled, and save its picture.

    Args:
        runner: runs what pages make in the background (the paper of a report, forecasts).

    Yields:
        The files as they are written: ``planning.png``, ``planning-decomposition.png``…
    """
    for name in PAGES:
        window.show_page(name)
        finish(runner)
        page = window.page(name)
        places = page.pictures()
        for part, where in places.items():
            page.go_to(**where)
            finish(runner)
            target = folder / f"{name}-{part}.png"
            window.grab().save(str(target))
            yield target
        if places:
            continue
        for view in page.view_names or ("",):
            if view:
                page.show_view(view)
                finish(runner)
            base = f"{name}-{view}" if view else name
            for part in _parts(page, view, runner):
                target = folder / (f"{base}-{part}.png" if part else f"{base}.png")
                window.grab().save(str(target))
                yield target


def _parts(page: Page, view: str, runner: Runner) -> Iterator[str]:
    """Show the parts of a view one after the other, where it has several."""
    shown = page.view(view) if view else None
    for part in getattr(shown, "side_names", ("",)):
        if part:
            page.go_to(view=view, side=part)
            finish(runner)
        yield part


def finish(runner: Runner) -> None:
    """Let background work come to its end, for a while at most, and then to the screen."""
    settle()
    for _turn in range(MOST_MS // SETTLE_MS):
        if not runner.busy:
            break
        settle()
    settle(LAID_OUT_MS)


def settle(milliseconds: int = SETTLE_MS) -> None:
    """Let the event loop turn until what was asked for is on the screen."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
