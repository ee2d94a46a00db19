"""Composition root of the window: language, theme, window, workspace, pages.

The window is painted before the store is imported, so nothing heavy is imported up here.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from ropdesk import i18n, paths
from ropdesk.ui import fonts, qt_texts
from ropdesk.ui.after_paint import AfterPaint
from ropdesk.ui.errors import ErrorDesk, start_log
from ropdesk.ui.theme import Theme, ThemeName, current_theme
from ropdesk.ui.window_desk import Desk
from ropdesk.ui.window_memory import WindowMemory


def run(workspace: Path | None, language: str | None, *, sample: bool = False) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    Args:
        workspace: the file to open; None for the last one, or the welcome on a first start.
        sample: open the sample department, making it if there is none yet.
    """
    application, theme = start(language)
    desk = Desk(theme, WindowMemory())
    errors = ErrorDesk(paths.log_folder(), desk.window.show_error, parent=desk)
    errors.install()
    desk.first = workspace or (paths.sample_workspace() if sample else last_workspace())
    desk.make_sample = sample
    if desk.first is not None:
        desk.announce()
    AfterPaint(desk.window, _Begin(desk))
    desk.window.show()
    code = application.exec()
    errors.uninstall()
    return code


class _Begin:
    """Starts the log and opens what was asked for, once the window is on the screen."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self) -> None:
        start_log(paths.log_folder())
        self._desk.begin()


def start(language: str | None, theme_name: str | None = None) -> tuple[QApplication, Theme]:
    """Make the Qt application in the person's language and theme."""
    known = paths.preferences()
    i18n.set_language(language or known.language)
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName(paths.NAME)
    application.setDesktopFileName("ropdesk")
    icon = fonts.resource_dir() / "icons" / "ropdesk.svg"
    if icon.exists():
        application.setWindowIcon(QIcon(str(icon)))
    qt_texts.install()
    theme = current_theme()
    theme.start(cast(ThemeName, theme_name or known.theme), known.text_scale)
    return application, theme


def last_workspace() -> Path | None:
    """Return the workspace opened last that is still there, or the default one."""
    for path in (*paths.preferences().recent, paths.default_workspace()):
        if path.is_file():
            return path
    return None


def screenshots(
    workspace: Path, folder: Path, language: str, theme_name: str, size: tuple[int, int]
) -> Iterator[Path]:
    """Draw every page of a workspace, and every side of it, into PNG files.

    Args:
        language: ``ru`` or ``en``.
        theme_name: ``light`` or ``dark``.
        size: width and height of the window in pixels.

    Yields:
        The files as they are written.
    """
    from ropdesk.ui.gallery import draw

    _application, theme = start(language, theme_name)
    theme.set_theme(cast(ThemeName, theme_name))
    desk = Desk(theme, None)
    desk.window.resize(*size)
    desk.window.show()
    desk.open(workspace, remember=False)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield from draw(desk.window, desk.runner, folder)
    finally:
        desk.close()
