"""Importing 100 thousand deals against read_csv and executemany into an equal table."""

import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench import data
from bench.measure import Line, best
from ropdesk.services import files, imports, owners
from ropdesk.store.workspace import create

DEALS = 100_000


def plain(export: Path, model: Path, target: Path) -> None:
    """Read and insert with nothing else: no parsing, no checks, no daily values."""
    import pandas as pd

    target.unlink(missing_ok=True)
    frame = pd.read_csv(export, dtype=str, keep_default_na=False)
    source = sqlite3.connect(model)
    table = source.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name = 'deal' AND sql IS NOT NULL"
    ).fetchall()
    source.close()
    connection = sqlite3.connect(target)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    for (sql,) in table:
        connection.execute(sql)
    people = {name: n for n, name in enumerate(frame["Ответственный"].unique())}
    rows = [
        (r[0], r[1], people[r[3]], r[6], "won", r[2], r[4], r[5], r[8], r[7])
        for r in frame.itertuples(index=False, name=None)
    ]
    connection.executemany(
        "INSERT INTO deal (origin, external_id, title, member_id, stage, status, amount, created, "
        "closed, source, pipeline, lost_reason, batch_id, line) "
        "VALUES ('amocrm', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 1, 1)",
        rows,
    )
    connection.commit()
    connection.close()


def ours(export: Path, folder: Path) -> None:
    """Import into a fresh workspace as the window and the command do."""
    path = folder / "fresh.ropdesk"
    for old in folder.glob("fresh.ropdesk*"):
        old.unlink()
    ws = create(path)
    rows = files.read(export, files.FileSpec("deals"), date(2026, 11, 21))
    outcome = imports.run(ws, rows, owners.Choice(create_all=True))
    ws.close()
    if outcome.created != DEALS:
        raise RuntimeError(f"{outcome.created} deals instead of {DEALS}")


def run() -> Iterator[Line]:
    """Measure the import."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = folder / "model.ropdesk"
        create(model).close()
        export = folder / "deals.csv"
        data.export(export, DEALS)
        floor = best(lambda: plain(export, model, folder / "plain.db"), 4)
        time = best(lambda: ours(export, folder), 4)
    yield Line(
        "importing 100 thousand deals to read_csv and executemany", time / floor, 3.0,
        f"{time:.2f} s to {floor:.2f} s",
    )  # fmt: skip
