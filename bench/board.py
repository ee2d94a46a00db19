"""A month's board against hand-written sqlite3, and against itself with 100 times the deals.

The daily values behind the board are as many with 10 thousand deals as with a million (every
member has every day filled in both), so the second ratio is about deals and nothing else.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

from bench import data
from bench.measure import Line, alternate
from ropdesk.domain.money import half_up
from ropdesk.services import board
from ropdesk.services.board import Board, Value
from ropdesk.store.workspace import Workspace

CODES = ("receipts", "inquiries", "deals_won", "deals_lost", "conversion", "average_check")
FLOWS = CODES[:4]
FEW, MANY = 10_000, 1_000_000
DAYS = 110  # FEW deals fill that many days of 30 members with one deal of each status
TIMES = 60

Row = tuple[int | None, int | None, int | None]
"""Fact, plan and plan to date of a metric."""
Table = dict[tuple[str, str], Row]
"""Rows by member's name (empty for the department) and metric."""


def by_hand(connection: sqlite3.Connection, month: date, as_of: date) -> Table:
    """Answer a month's board with plain SQL, as one would write it for this one table."""
    run = connection.execute
    first, until = month.isoformat(), as_of.isoformat()
    run("BEGIN")
    names = dict(run("SELECT id, name FROM member WHERE NOT nobody ORDER BY name").fetchall())
    plan = run("SELECT id FROM plan WHERE month = ? AND status = 'approved'", (first,)).fetchone()[
        0
    ]
    facts = run(
        "SELECT member_id, metric, sum(value) FROM daily_value WHERE day BETWEEN ? AND ? "
        "GROUP BY member_id, metric",
        (first, until),
    ).fetchall()
    plans = run(
        "SELECT coalesce(member_id, 0), metric, value FROM plan_value "
        "WHERE plan_id = ? AND scenario = 'standard'",
        (plan,),
    ).fetchall()
    to_date = run(
        "SELECT coalesce(member_id, 0), metric, sum(value) FROM plan_day "
        "WHERE plan_id = ? AND scenario = 'standard' AND day <= ? GROUP BY member_id, metric",
        (plan, until),
    ).fetchall()
    run("COMMIT")
    total: dict[str, int] = {}
    for _member, metric, value in facts:
        total[metric] = total.get(metric, 0) + value
    facts += [(0, metric, value) for metric, value in total.items()]
    sums = [{(m, code): value for m, code, value in rows} for rows in (facts, plans, to_date)]
    table: Table = {}
    for member, name in {0: "", **names}.items():
        known = [{code: part.get((member, code)) for code in FLOWS} for part in sums]
        for code in FLOWS:
            table[name, code] = (known[0][code], known[1][code], known[2][code])
        conversion = [_ratio(p["deals_won"], p["inquiries"], 10_000) for p in known]
        check = [_ratio(p["receipts"], p["deals_won"], 1) for p in known]
        table[name, "conversion"] = (conversion[0], conversion[1], conversion[2])
        table[name, "average_check"] = (check[0], check[1], check[2])
    return table


def _ratio(top: int | None, bottom: int | None, scale: int) -> int | None:
    if top is None or not bottom:
        return None
    return (2 * top * scale + bottom) // (2 * bottom)


def ours(ws: Workspace, month: date, as_of: date) -> Board:
    """Answer the same with the service that the window asks."""
    return board.board(ws, month, as_of, codes=CODES)


def table_of(answer: Board) -> Table:
    """Write our answer as `by_hand` does, ratios rounded."""
    lines = [("", answer.department), *((x.member.name, x.figures) for x in answer.members)]
    return {
        (name, code): (_whole(f.fact), _whole(f.plan), _whole(f.plan_to_date))
        for name, figures in lines
        for code, f in figures.items()
    }


def _whole(value: Value) -> int | None:
    return None if value is None else half_up(Fraction(value))


def connect(path: Path) -> sqlite3.Connection:
    """Open a workspace's file as plain sqlite3 does."""
    return sqlite3.connect(path, isolation_level=None)


def run() -> Iterator[Line]:
    """Measure the board."""
    with tempfile.TemporaryDirectory() as name:
        few = data.workspace(Path(name) / "few.ropdesk", FEW, DAYS)
        many = data.workspace(Path(name) / "many.ropdesk", MANY, DAYS)
        plain = connect(few.path)
        asked = data.MONTH, data.AS_OF
        if table_of(ours(few, *asked)) != by_hand(plain, *asked):
            raise RuntimeError("the hand-written board says something else")
        floor, small, large = alternate(
            lambda: by_hand(plain, *asked),
            lambda: ours(few, *asked),
            lambda: ours(many, *asked),
            times=TIMES,
        )
        plain.close()
        few.close()
        many.close()
    yield Line(
        "a month's board to hand-written sqlite3", small / floor, 2.0,
        f"{small * 1000:.1f} ms to {floor * 1000:.1f} ms, {data.MEMBERS} members",
    )  # fmt: skip
    yield Line(
        "the board with 1 million deals to 10 thousand", large / small, 1.3,
        f"{large * 1000:.1f} ms to {small * 1000:.1f} ms, equally many daily values",
    )  # fmt: skip
