"""Kill the program at random moments and see that the workspace is whole.

``python -m tests.soak [TIMES]`` runs a bounded loop (200 by default). A round starts a child that
edits, imports, migrates, backs up or restores without pause, kills it with SIGKILL after a random
moment, and then demands: the file opens, its integrity and every derived figure are sound, nothing
half-done is in it, and what a restore leaves is exactly one of the two it could be.
"""

import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ropdesk.domain.team import Member
from ropdesk.services import backups, facts, files, history, imports, team
from ropdesk.services.owners import Choice
from ropdesk.store import backup, migrate
from ropdesk.store.workspace import Workspace, create, open_workspace

DAY = date(2026, 10, 5)
TODAY = date(2026, 11, 21)
DEALS = 1_500
LONGEST_WAIT = 0.6  # seconds a child works before it is killed
MODES = ("edits", "import", "migration", "backup", "restore")


def prepare(folder: Path) -> Path:
    """Make the workspace, the export and the two backups that the rounds use."""
    path = folder / "soak.ropdesk"
    ws = create(path)
    team.add(ws, Member(0, "Иванова Мария"))
    ws.close()
    for name in ("a", "b"):
        backup.copy(path, folder / f"{name}.copy")
    ws = open_workspace(folder / "b.copy")
    team.add(ws, Member(0, "Петров Алексей"))
    ws.close()
    write_export(folder / "deals.csv")
    return path


def write_export(target: Path) -> None:
    """Write deals in amoCRM's shape, some of which a second export changes."""
    head = "ID,Название сделки,Бюджет,Ответственный,Дата создания сделки,Дата закрытия,Этап сделки"
    for number, name in enumerate((target, target.with_name("newer.csv"))):
        rows = [head]
        for n in range(DEALS):
            amount = 1000 + n + (number * 500 if n % 3 == 0 else 0)
            rows.append(
                f"{n},Сделка {n},{amount},Иванова Мария,01.10.2026 10:00:00,"
                f"{n % 28 + 1:02}.10.2026 12:00:00,Успешно реализовано"
            )
        name.write_text("\n".join(rows), encoding="utf-8")


def child_edits(path: Path) -> None:
    ws = open_workspace(path)
    member = next(iter(team.team(ws).members))
    for value in range(10_000_000):
        pair = [facts.Entry(member, code, value) for code in ("tasks_done", "tasks_on_time")]
        facts.enter(ws, DAY, pair)
        if value % 7 == 3:
            history.undo(ws)


def child_import(path: Path) -> None:
    ws = open_workspace(path)
    while True:
        for name in ("deals.csv", "newer.csv"):
            rows = files.read(path.with_name(name), files.FileSpec("deals"), TODAY)
            imports.run(ws, rows, Choice())
        history.undo(ws)
        history.undo(ws)


def child_migration(path: Path) -> None:
    while True:
        ws = open_workspace(path)
        ws.close()
        old = path.with_name("next.ropdesk")
        empty(old)
        old.replace(path)


def child_backup(path: Path) -> None:
    while True:
        backup.make(path, "soak")


def child_restore(path: Path) -> None:
    while True:
        for name in ("a", "b"):
            backups.restore(path, path.with_name(f"{name}.copy"))


CHILDREN: dict[str, Callable[[Path], None]] = {
    "edits": child_edits,
    "import": child_import,
    "migration": child_migration,
    "backup": child_backup,
    "restore": child_restore,
}


def empty(path: Path) -> None:
    """Make a file of ours from before the first schema, to be migrated."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {migrate.APPLICATION_ID}")
    connection.commit()
    connection.close()


def kill_once(folder: Path, mode: str, rng: random.Random) -> None:
    """Run one round: start a child, kill it, judge what is left."""
    path = folder / ("old.ropdesk" if mode == "migration" else "soak.ropdesk")
    if mode == "migration" and not path.exists():
        empty(path)
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.soak", "--child", mode, str(path)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
    )
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(rng.uniform(0, LONGEST_WAIT))
    assert child.poll() is None, f"the child of «{mode}» ended by itself"
    child.kill()
    child.wait()
    child.stdout.close()
    judge(path, mode)


def judge(path: Path, mode: str) -> None:
    """Demand that a workspace is whole after a kill."""
    if mode == "migration":
        open_workspace(path).close()
        backup.verify(path)
        return
    assert backups.check(path).sound, f"unsound after «{mode}»"
    for kept in backup.made(path):
        backup.verify(kept)
    ws = open_workspace(path)
    try:
        judge_content(ws, mode)
    finally:
        ws.close()


def judge_content(ws: Workspace, mode: str) -> None:
    """Demand that no operation is there by half."""
    with ws.read() as connection:
        odd = connection.exec_driver_sql(
            "SELECT count(*) FROM (SELECT day, count(DISTINCT value) AS n, count(*) AS rows "
            "FROM daily_value WHERE metric IN ('tasks_done', 'tasks_on_time') GROUP BY day) "
            "WHERE n <> 1 OR rows <> 2"
        ).scalar_one()
        deals = connection.exec_driver_sql("SELECT count(*) FROM deal").scalar_one()
        changed = connection.exec_driver_sql("SELECT count(*) FROM row_change").scalar_one()
        members = connection.exec_driver_sql("SELECT count(*) FROM member").scalar_one()
    assert odd == 0, "half an edit was kept"
    assert deals in (0, DEALS), f"{deals} deals: half an import was kept"
    assert changed % (DEALS // 3) == 0, f"{changed} changes: half an import was kept"
    if mode == "restore":
        assert members in (1, 2), "neither of the two backups"


def run(times: int, seed: int = 2026) -> int:
    """Run a bounded number of rounds in a folder of their own; return how many were judged."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        for number in range(times):
            mode = MODES[number % len(MODES)]
            kill_once(folder, mode, rng)
            print(f"{number + 1}/{times} {mode}: whole", flush=True)
    return times


def main(argv: list[str]) -> None:
    """Run the loop, or a child of it."""
    if argv[:1] == ["--child"]:
        mode, path = argv[1], Path(argv[2])
        print("ready", flush=True)
        CHILDREN[mode](path)
        return
    run(int(argv[0]) if argv else 200)


if __name__ == "__main__":
    main(sys.argv[1:])
