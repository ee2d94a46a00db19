"""What earlier imports changed becomes the way of deals when a workspace of then is migrated."""

import json
import sqlite3
from pathlib import Path

from ropdesk.store.workspace import open_workspace

RELEASED = Path(__file__).parent / "released" / "0001.sql"
OFFER, TALK, WON = "КП", "Переговоры", "Успешно реализовано"


def batch(connection: sqlite3.Connection, day: str) -> int:
    """Write the line of an import."""
    operation = connection.execute("SELECT min(id) FROM operation").fetchone()[0]
    return (
        connection.execute(
            "INSERT INTO import_batch (kind, file_name, operation_id, sha256, size, at, who, "
            "preset, encoding, delimiter, spec, read, created, updated, unchanged, duplicates, "
            "rejected, rejections, undone) "
            "VALUES ('deals', 'a.csv', ?, '', 1, ?, '', '', '', '', '{}', "
            "0, 0, 0, 0, 0, 0, '[]', 0)",
            (operation, f"{day}T10:00:00+00:00"),
        ).lastrowid
        or 0
    )


def state(stage: str, status: str, batch_id: int, created: str | None = "2026-09-01") -> str:
    """Return a deal as an import left it."""
    return json.dumps(
        {"stage": stage, "status": status, "pipeline": "", "created": created,
         "batch_id": batch_id}
    )  # fmt: skip


def test_stages_are_learnt_from_what_imports_changed(tmp_path: Path) -> None:
    path = tmp_path / "old.ropdesk"
    connection = sqlite3.connect(path)
    connection.executescript(RELEASED.read_text(encoding="utf-8"))
    member = connection.execute("SELECT min(id) FROM member").fetchone()[0]
    first, second, third = (batch(connection, f"2026-09-{day:02}") for day in (5, 12, 19))
    deal = connection.execute(
        "INSERT INTO deal (origin, external_id, title, member_id, stage, status, created, closed, "
        "source, pipeline, lost_reason, batch_id, line) VALUES ('x', '1', '', ?, ?, 'won', "
        "'2026-09-01', '2026-09-18', '', '', '', ?, 2)",
        (member, WON, third),
    ).lastrowid
    connection.execute(
        "INSERT INTO deal (origin, external_id, title, member_id, stage, status, created, closed, "
        "source, pipeline, lost_reason, batch_id, line) VALUES ('x', '2', '', ?, ?, 'open', "
        "'2026-09-04', NULL, '', '', '', ?, 3)",
        (member, TALK, first),
    )
    for batch_id, before, after in (
        (second, state(TALK, "open", first), state(OFFER, "open", second)),
        (third, state(OFFER, "open", second), state(WON, "won", third)),
    ):
        connection.execute(
            "INSERT INTO row_change (batch_id, table_name, row_id, before, after) "
            "VALUES (?, 'deal', ?, ?, ?)",
            (batch_id, deal, before, after),
        )
    connection.commit()
    connection.close()
    ws = open_workspace(path)
    with ws.read() as opened:
        days = opened.exec_driver_sql(
            "SELECT told_from, told_on FROM export_day WHERE batch_id IN (?, ?, ?) "
            "ORDER BY batch_id",
            (first, second, third),
        ).all()
        rows = opened.exec_driver_sql(
            "SELECT deal_id, stage, day, exact, not_before, batch_id FROM stage_date ORDER BY id"
        ).all()
    ws.close()
    assert [tuple(row) for row in days] == [
        ("2026-09-04", "2026-09-05"), (None, "2026-09-12"), ("2026-09-18", "2026-09-19"),
    ]  # fmt: skip
    assert [tuple(row) for row in rows] == [
        (deal, TALK, "2026-09-05", 0, "2026-09-01", second),
        (deal, OFFER, "2026-09-12", 0, "2026-09-04", second),
    ]
