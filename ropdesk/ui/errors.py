"""What happens to an exception nobody took: words on the page, advice, or a report.

A `DomainError` is said where the person looks. Known trouble with the storage gives advice.
Anything else is our mistake: the log, a report file, and a dialog to copy it. Nothing leaves the
computer, and the window lives on.
"""

import logging
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from ropdesk import __version__
from ropdesk.domain.errors import DomainError
from ropdesk.i18n import describe

log = logging.getLogger("ropdesk")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
MEGABYTE = 1 << 20


def start_log(folder: Path) -> Path:
    """Write the log to a folder: five files of a megabyte at most; returns the current one."""
    # Brings sockets and pickle along: not before the window is painted.
    from logging.handlers import RotatingFileHandler

    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "ropdesk.log"
    for old in list(log.handlers):
        log.removeHandler(old)
        old.close()
    handler = RotatingFileHandler(file, maxBytes=MEGABYTE, backupCount=4, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    return file


class ErrorDesk(QObject):
    """Takes every exception nobody took, on whatever thread.

    Args:
        folder: where reports are written.
        say: shows one sentence where the person looks (`MainWindow.show_error`).
        advise: returns advice for known trouble of the storage, else nothing.
        show_report: shows our mistake; by default the dialog to copy it.
    """

    _came = Signal(object)

    def __init__(
        self,
        folder: Path,
        say: Callable[[str], object],
        advise: Callable[[BaseException], str | None] | None = None,
        show_report: Callable[[str, Path | None], object] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._say = say
        self._advise = advise
        self._show_report = show_report or self._dialog
        self._showing = False
        self._came.connect(self.take)

    def install(self) -> None:
        """Stand behind Python's and Qt's own hooks."""
        sys.excepthook = self._main_hook
        threading.excepthook = self._thread_hook
        qInstallMessageHandler(_log_qt)

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def take(self, error: BaseException) -> None:
        """Deal with an exception; call on the main thread."""
        if isinstance(error, DomainError):
            self._say(describe(error))
            return
        advice = self._advise(error) if self._advise is not None else None
        if advice is not None:
            log.warning("storage trouble", exc_info=error)
            self._say(advice)
            return
        log.error("unexpected error", exc_info=error)
        if self._showing:
            return  # one report is on the screen already; the log has this one
        self._showing = True
        try:
            text = report(error)
            self._show_report(text, self._write(text))
        finally:
            self._showing = False

    def _write(self, text: str) -> Path | None:
        """Write the report; a full disk must not hide the error itself."""
        name = datetime.now(UTC).strftime("report-%Y%m%d-%H%M%S.txt")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = self._folder / name
            file.write_text(text, "utf-8")
        except OSError:
            log.exception("the report could not be written")
            return None
        return file

    def _dialog(self, text: str, file: Path | None) -> None:
        from ropdesk.ui.widgets.report_dialog import ReportDialog

        dialog = ReportDialog(text, file)
        dialog.exec()
        dialog.deleteLater()

    def _main_hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._came.emit(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._came.emit(args.exc_value)


def report(error: BaseException) -> str:
    """Return the text of a report: versions and the traceback, no data of the person's."""
    import platform
    import traceback

    import PySide6

    lines = "".join(traceback.format_exception(error))
    return (
        f"RopDesk {__version__}\nPython {platform.python_version()}, PySide6 {PySide6.__version__}"
        f"\n{platform.platform()}\n{datetime.now(UTC).isoformat(timespec='seconds')}\n\n{lines}"
    )


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s (%s)", message, context.category)
