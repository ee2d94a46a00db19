"""The window's start against a bare Qt window: first paint, and the board filled with numbers.

Every start is a fresh process, bare and ours in turn; a time runs from the start of the process.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import data
from bench.measure import Line
from bench.started import MARK
from devtools import catalogues
from ropdesk.ui import window_desk

DAYS = 365
DEALS = data.MEMBERS * DAYS * len(data.STATUSES)
TIMES = 9
HOMES = ("HOME", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
         "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")  # fmt: skip


def start(home: Path, *arguments: str) -> dict[str, float]:
    """Start a fresh process; return when its marks were set, in seconds from the start."""
    environment = os.environ | dict.fromkeys(HOMES, str(home)) | {"QT_QPA_PLATFORM": "offscreen"}
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "bench.started", *arguments],
        env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    for line in done.stdout.splitlines():
        if line.startswith(MARK):
            return {n: at - begun for n, at in json.loads(line.removeprefix(MARK)).items()}
    raise RuntimeError(f"nothing was painted: {done.stderr}")


def run() -> Iterator[Line]:
    """Measure the start over a year of 30 members' deals with this month's approved plan."""
    catalogues.compile_all()
    today = window_desk.today()  # the month that the window opens by itself
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        path = home / "department.ropdesk"
        data.workspace(path, DEALS, DAYS, today).close()
        yield from compare(home, path, TIMES)


def compare(home: Path, workspace: Path, times: int, rows: int = data.MEMBERS) -> Iterator[Line]:
    """Start bare and ours in turn; the shortest of each counts."""
    arguments = str(workspace), str(rows)
    start(home, *arguments)  # the first start of a day also makes a backup and compiles Python
    pairs = [(start(home), start(home, *arguments)) for _ in range(times)]
    floor = min(bare["first"] for bare, _ours in pairs)
    for what, mark, bound in (
        ("first paint of the window to a bare Qt window", "first", 2.0),
        ("the filled board to a bare Qt window", "filled", 7.0),
    ):
        found = min(ours[mark] for _bare, ours in pairs)
        yield Line(
            what, found / floor, bound,
            f"{found * 1000:.0f} ms to {floor * 1000:.0f} ms, best of {times}",
        )  # fmt: skip
