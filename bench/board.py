"""A month's board against hand-written sqlite3, and against itself with 100 times the deals."""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import data
from bench.measure import Line, best
from ropdesk.services import board

CODES = ("receipts", "inquiries", "deals_won", "deals_lost", "conversion", "average_check")


def by_hand(path: Path) -> dict[tuple[int, str], tuple[int | None, int | None, int | None]]:
    """Answer fact, plan and plan to date by member and metric with plain SQL."""
    connection = sqlite3.connect(path)
    run = connection.execute
    flows = "('receipts', 'inquiries', 'deals_won', 'deals_lost')"
    until = data.AS_OF.isoformat()
    facts = run(
        f"SELECT member_id, metric, sum(value) FROM daily_value WHERE day BETWEEN ? AND ? "
        f"AND metric IN {flows} GROUP BY 1, 2",
        (data.MONTH.isoformat(), until),
    ).fetchall()
    plan = run(
        "SELECT id FROM plan WHERE month = ? AND status <> 'superseded'", (data.MONTH.isoformat(),)
    ).fetchone()[0]
    plans = run(
        "SELECT coalesce(member_id, 0), metric, value FROM plan_value "
        "WHERE plan_id = ? AND scenario = 'standard'",
        (plan,),
    ).fetchall()
    to_date = run(
        "SELECT coalesce(member_id, 0), metric, sum(value) FROM plan_day "
        "WHERE plan_id = ? AND scenario = 'standard' AND day <= ? GROUP BY 1, 2",
        (plan, until),
    ).fetchall()
    names = dict(run("SELECT id, name FROM member").fetchall())
    connection.close()
    table: dict[tuple[int, str], list[int | None]] = {}
    for index, rows in enumerate((facts, plans, to_date)):
        for member, metric, value in rows:
            table.setdefault((member, metric), [None, None, None])[index] = value
    for member in (0, *names):
        deals, won = table.get((member, "deals_won")), table.get((member, "inquiries"))
        if deals and won and deals[0] and won[0]:
            table[member, "conversion"] = [deals[0] * 10_000 // won[0], None, None]
    return {key: (row[0], row[1], row[2]) for key, row in table.items()}


def run() -> Iterator[Line]:
    """Measure the board."""
    with tempfile.TemporaryDirectory() as name:
        times = {}
        for deals in (10_000, 1_000_000):
            path = Path(name) / f"{deals}.ropdesk"
            ws = data.workspace(path, deals)
            times[deals] = best(
                lambda ws=ws: board.board(ws, data.MONTH, data.AS_OF, codes=CODES), 15
            )
            if deals == 10_000:
                floor = best(lambda path=path: by_hand(path), 15)
                yield Line(
                    "a month's board to hand-written sqlite3", times[deals] / floor, 2.0,
                    f"{times[deals] * 1000:.1f} ms to {floor * 1000:.1f} ms, 30 members",
                )  # fmt: skip
            ws.close()
        yield Line(
            "the board with 1 million deals to 10 thousand", times[1_000_000] / times[10_000], 1.3,
            f"{times[1_000_000] * 1000:.1f} ms to {times[10_000] * 1000:.1f} ms",
        )  # fmt: skip
