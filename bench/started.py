"""A process that is timed: shows a bare window, or ours over a workspace; imports nothing more."""

import json
import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ropdesk.ui.planning.board_table import BoardTable
    from ropdesk.ui.window import MainWindow
    from ropdesk.ui.window_desk import Desk

MARK = "marks: "


def bare() -> None:
    """Show a window with a label and nothing else, and print when it was painted."""
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    def painted(window: QMainWindow, event: "QPaintEvent") -> None:
        QMainWindow.paintEvent(window, event)
        tell({"first": time.monotonic()})

    application = QApplication(sys.argv[:1])
    window = type("Window", (QMainWindow,), {"paintEvent": painted})()
    window.setCentralWidget(QLabel("RopDesk"))
    window.resize(1366, 768)
    window.show()
    application.exec()


def ours(workspace: str, rows: int) -> None:
    """Open a workspace as the person does; print when window and table have been painted.

    Args:
        rows: how many rows the table shows once it is filled.
    """
    from ropdesk import __main__
    from ropdesk.ui.quick_start import quicken

    quicken()  # as the program does first of all; what is watched is imported before it is run
    from ropdesk.ui import window_desk
    from ropdesk.ui.window import MainWindow
    from ropdesk.ui.window_desk import Desk

    marks: dict[str, float] = {}
    plain, begin = MainWindow.paintEvent, Desk.begin

    def painted(window: "MainWindow", event: "QPaintEvent") -> None:
        plain(window, event)
        marks.setdefault("first", time.monotonic())

    def begun(desk: "Desk") -> None:
        marks["begun"] = time.monotonic()
        window_desk.START = "planning"  # what is measured is the board
        _watch_table(marks, rows)
        begin(desk)

    _put(MainWindow, "paintEvent", painted)
    _put(Desk, "begin", begun)
    __main__.main(["--workspace", workspace])


def _watch_table(marks: dict[str, float], rows: int) -> None:
    from ropdesk.ui.planning.board_table import BoardTable

    plain = BoardTable.paintEvent

    def painted(table: "BoardTable", event: "QPaintEvent") -> None:
        plain(table, event)
        if table.list_model.rowCount() >= rows:
            tell(marks | {"filled": time.monotonic()})

    _put(BoardTable, "paintEvent", painted)


def _put(owner: type, name: str, function: object) -> None:
    setattr(owner, name, function)


def tell(marks: dict[str, float]) -> None:
    """Print the marks and leave at once: what would follow is not measured."""
    sys.stdout.write(f"{MARK}{json.dumps(marks)}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        ours(sys.argv[1], int(sys.argv[2]))
    else:
        bare()
