"""A changed fact in everything that shows it: from the service's call to the painted window.

The clock runs over the commit to the disk (synchronous=FULL), the news of it, the reading and the
painting of the cards, the table and the chart, which all show the changed metric. The window is
the real one, drawn without a display.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from bench import data
from bench.measure import Line, median, percentile
from ropdesk import app
from ropdesk.services import facts, metrics, team
from ropdesk.services.facts import Entry
from ropdesk.ui import window_desk
from ropdesk.ui.charts.cumulative import CumulativeChart
from ropdesk.ui.planning.board_table import BoardTable
from ropdesk.ui.planning.board_view import BoardView

CODES = ("receipts", "inquiries", "deals_won", "conversion", "average_check", "calls",
         "talk_time", "deals_lost", "sales_cycle", "tasks_done", "overdue_tasks",
         "qualified_inquiries")  # fmt: skip
DAYS = 430
CHANGES = 200
BOUND_MS = 16.0
PATIENCE = 60.0  # seconds until the past has been learnt


class Times(NamedTuple):
    """How long one change took, in milliseconds: to the commit, and until it was painted."""

    committed: float
    painted: float


class _Paints(QObject):
    """Counts the paints of some widgets."""

    def __init__(self, widgets: list[QWidget]) -> None:
        super().__init__()
        self.seen: set[int] = set()
        self.number = {widget: n for n, widget in enumerate(widgets)}
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.seen.add(self.number[watched])
        return False


class Window:
    """The real window on a workspace, its board shown and its past learnt."""

    def __init__(self, path: Path) -> None:
        _application, theme = app.start("ru", "light")
        self.desk = window_desk.Desk(theme, None)
        self.desk.window.resize(1366, 768)
        self.desk.window.show()
        self.desk.open(path, remember=False)
        self.desk.window.show_page("planning")
        turn_until(lambda: bool(self.desk.window.findChildren(BoardView)))
        view: BoardView = self.desk.window.findChildren(BoardView)[0]
        turn_until(lambda: view.snapshot is not None and view.snapshot.people is not None)
        chart = view.findChildren(CumulativeChart)[0]
        turn_until(lambda: chart.canvas is not None)
        until = time.monotonic() + 1
        turn_until(lambda: time.monotonic() > until)  # the last of what opening started
        table: BoardTable = view.findChildren(BoardTable)[0]
        card = view.findChildren(QWidget, "card.receipts")[0]
        drawing = chart.findChildren(QGraphicsView)[0]
        self._paints = _Paints([card, table.viewport(), drawing.viewport()])

    def change(self, day: date, entry: Entry) -> Times:
        """Enter a fact; wait until card, table and chart have been painted."""
        workspace = self.desk.workspace
        if workspace is None:
            raise RuntimeError("no workspace is open")
        self._paints.seen.clear()
        begun = time.perf_counter()
        facts.enter(workspace, day, [entry])
        committed = time.perf_counter()
        turn_until(lambda: len(self._paints.seen) == len(self._paints.number))
        painted = time.perf_counter()
        return Times((committed - begun) * 1000, (painted - begun) * 1000)

    def close(self) -> None:
        """Let the file go."""
        self.desk.close()
        self.desk.window.close()


def turn_until(done: Callable[[], bool]) -> None:
    """Let Qt work until something is so."""
    until = time.monotonic() + PATIENCE
    while not done():
        QApplication.processEvents()
        if time.monotonic() > until:
            raise TimeoutError("the window did not come so far")


def department(path: Path, today: date) -> None:
    """Make a department with 12 metrics on its board."""
    ws = data.workspace(path, data.MEMBERS * DAYS * len(data.STATUSES), DAYS, today)
    data.widen(ws, CODES, metrics.catalogue(ws), today)
    ws.close()


def changes(window: Window, today: date, count: int, first: int = 1_000_000) -> list[Times]:
    """Correct the receipts of one member after another, each on another day.

    Args:
        first: the first value, in kopecks; one written before would change nothing.
    """
    workspace = window.desk.workspace
    if workspace is None:
        raise RuntimeError("no workspace is open")
    members = sorted(m.id for m in team.team(workspace).active(today, today))
    made = []
    for n in range(count):
        day = today - timedelta(n % today.day)
        entry = Entry(members[n % len(members)], "receipts", first + n * 12_345, "bench")
        made.append(window.change(day, entry))
    return made


def run() -> Iterator[Line]:
    """Measure changes over today's month: the window shows no other by itself."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    today = window_desk.today()  # the month that the window opens by itself
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "department.ropdesk"
        department(path, today)
        window = Window(path)
        changes(window, today, 20, 500_000)
        made = changes(window, today, CHANGES)
        window.close()
    yield line(made)


def line(made: list[Times]) -> Line:
    """Say the 95th percentile of the whole, and what of it was the commit."""
    whole = [each.painted for each in made]
    commits = [each.committed for each in made]
    late = percentile(whole, 0.95)
    return Line(
        "a changed fact painted, 95th percentile", late, BOUND_MS,
        f"median {median(whole):.1f} ms, of it the commit {median(commits):.1f} ms; "
        f"{data.MEMBERS} members, {len(CODES)} metrics", "ms",
    )  # fmt: skip
