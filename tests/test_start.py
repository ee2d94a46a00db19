"""What a start loads: the window is painted before anything heavy, a command never loads Qt."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("pandas", "numpy", "reportlab", "pyqtgraph", "alembic", "openpyxl", "lxml", "sqlalchemy")
NEVER = ("pandas", "numpy", "reportlab", "alembic", "openpyxl", "lxml", "python_calamine")
SHOW = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from ropdesk import app, cli
from ropdesk.ui.window import MainWindow

heavy = json.loads(sys.argv[2])
painted = {}

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, MainWindow):
            painted.setdefault("first", [name for name in heavy if name in sys.modules])
        return False

made = QApplication(sys.argv[:1])
watch = Watch()
made.installEventFilter(watch)

def finish():
    window = next(w for w in made.topLevelWidgets() if isinstance(w, MainWindow))
    painted["page"] = window.current_page_name
    painted["opened"] = [name for name in heavy if name in sys.modules]
    window.close()

QTimer.singleShot(1500, finish)
code = app.run(Path(sys.argv[1]) if sys.argv[1] else None, None)
print(json.dumps({**painted, "code": code}))
"""


def start(tmp_path: Path, workspace: str) -> dict[str, object]:
    home = {
        name: str(tmp_path / name)
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "APPDATA")
    }
    done = subprocess.run(
        [sys.executable, "-c", SHOW, workspace, json.dumps([*HEAVY, *NEVER])],
        env={**os.environ, **home, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, check=False, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_a_first_start_loads_nothing_heavy(tmp_path: Path) -> None:
    found = start(tmp_path, "")
    assert found == {"first": [], "page": "welcome", "opened": [], "code": 0}


def test_a_workspace_is_opened_after_the_first_paint_and_without_what_only_files_need(
    tmp_path: Path,
) -> None:
    from ropdesk.store.workspace import create

    path = tmp_path / "отдел.ropdesk"
    create(path).close()
    found = start(tmp_path, str(path))
    opened = found["opened"]
    assert isinstance(opened, list)
    assert (found["first"], found["page"], found["code"]) == ([], "today", 0)
    assert not set(NEVER) - {"numpy"} & set(opened)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["calendar", "--year", "2026", "--json"]]
)
def test_a_command_loads_no_qt(tmp_path: Path, arguments: list[str]) -> None:
    code = (
        "import sys\nfrom ropdesk.__main__ import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write(repr([n for n in sys.modules if n.startswith(('PySide6', 'pyqtgraph'))]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--workspace", str(tmp_path / "none.ropdesk"), *arguments],
        capture_output=True, check=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert done.stderr.endswith("[]")


def test_the_help_is_there_without_a_home(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ropdesk", "--lang", "ru", "--help"],
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "none")},
        capture_output=True, check=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert "ropdesk" in done.stdout
    assert done.stderr == ""
