"""Why a month deviates, split by member, against hand-written sqlite3 that splits it too.

A year of 100 thousand deals; every month of it against the month before, and the last one against
its plan. The hand-written side reads the same numbers with plain SQL and splits them with plain
arithmetic; both sides must say the same to the kopeck (the mean worth in floats may turn one).
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench import data
from bench.board import connect
from bench.measure import Line, alternate
from ropdesk.domain.months import add_months, month_end
from ropdesk.services import factors
from ropdesk.services.factors import FactorReport
from ropdesk.store.workspace import Workspace

DEALS, DAYS = 100_000, 365
CODES = ("inquiries", "deals_won", "receipts", "calls")
MONTHS = tuple(add_months(data.MONTH, -n) for n in range(11))
TIMES = 30

Numbers = dict[int, dict[str, int]]
Effects = dict[str, tuple[float, float, float, float]]
"""By member's name (empty for the department): inquiries with mix, conversion, check, not split."""


def by_hand_plan(connection: sqlite3.Connection, month: date, as_of: date) -> Effects:
    """Split a month's deviation from its plan to date."""
    run = connection.execute
    run("BEGIN")
    names, facts = _names(connection), _facts(connection, month, as_of)
    plan = run(
        "SELECT id FROM plan WHERE month = ? AND status = 'approved'", (month.isoformat(),)
    ).fetchone()[0]
    planned = run(
        "SELECT member_id, metric, sum(value) FROM plan_day WHERE plan_id = ? AND day <= ? "
        "AND scenario = 'standard' AND member_id IS NOT NULL GROUP BY member_id, metric",
        (plan, as_of.isoformat()),
    ).fetchall()
    run("COMMIT")
    return _split(names, _by_member(planned), facts)


def by_hand_months(connection: sqlite3.Connection, months: tuple[date, ...]) -> list[Effects]:
    """Split each month's deviation from the month before."""
    found = []
    for month in months:
        connection.execute("BEGIN")
        names, before = _names(connection), add_months(month, -1)
        sides = [_facts(connection, m, month_end(m)) for m in (before, month)]
        connection.execute("COMMIT")
        found.append(_split(names, *sides))
    return found


def _names(connection: sqlite3.Connection) -> dict[int, str]:
    return dict(connection.execute("SELECT id, name FROM member WHERE NOT nobody").fetchall())


def _facts(connection: sqlite3.Connection, first: date, until: date) -> Numbers:
    return _by_member(
        connection.execute(
            "SELECT member_id, metric, sum(value) FROM daily_value WHERE day BETWEEN ? AND ? "
            "AND metric IN ('inquiries', 'deals_won', 'receipts') GROUP BY member_id, metric",
            (first.isoformat(), until.isoformat()),
        ).fetchall()
    )


def _by_member(rows: list[tuple[int, str, int]]) -> Numbers:
    found: Numbers = {}
    for member, metric, value in rows:
        found.setdefault(member, {})[metric] = value
    return found


def _split(names: dict[int, str], base: Numbers, fact: Numbers) -> Effects:
    table: Effects = {}
    sums = [0.0, 0.0, 0.0, 0.0]
    for member, name in names.items():
        n0, d0, r0 = (base.get(member, {}).get(code, 0) for code in CODES[:3])
        n1, d1, r1 = (fact.get(member, {}).get(code, 0) for code in CODES[:3])
        if (d0 and not n0) or (d1 and not n1) or (r0 and not d0) or (r1 and not d1):
            row = (0.0, 0.0, 0.0, float(r1 - r0))
        else:
            c0, c1 = d0 / n0 if n0 else d1 / (n1 or 1), d1 / n1 if n1 else d0 / (n0 or 1)
            a0, a1 = r0 / d0 if d0 else r1 / (d1 or 1), r1 / d1 if d1 else r0 / (d0 or 1)
            row = (
                (n1 - n0) * (2 * c0 * a0 + c0 * a1 + c1 * a0 + 2 * c1 * a1) / 6,
                (c1 - c0) * (2 * n0 * a0 + n0 * a1 + n1 * a0 + 2 * n1 * a1) / 6,
                (a1 - a0) * (2 * n0 * c0 + n0 * c1 + n1 * c0 + 2 * n1 * c1) / 6,
                0.0,
            )
        table[name] = row
        sums = [total + value for total, value in zip(sums, row, strict=True)]
    table[""] = (sums[0], sums[1], sums[2], sums[3])
    return table


def ours_plan(ws: Workspace, month: date, as_of: date) -> FactorReport:
    """Answer the same with the service that the window asks."""
    return factors.factors(ws, month, as_of)


def ours_months(ws: Workspace, months: tuple[date, ...]) -> list[FactorReport]:
    """Answer each month against the month before."""
    return [
        factors.factors(ws, month, month_end(month), against=add_months(month, -1))
        for month in months
    ]


def same(answer: FactorReport, hand: Effects) -> bool:
    """Say whether both sides split alike; floats and the rounding of each line may differ by 2."""
    lines = {line.name: line.split for line in (answer.department, *answer.lines)}
    if set(lines) != set(hand):
        return False
    return all(
        abs(ours - theirs) <= (2 if name else 2 * len(lines))
        for name, split in lines.items()
        for ours, theirs in zip(
            (split.inquiries + split.mix, split.conversion, split.average_check, split.unsplit),
            hand[name], strict=True,
        )
    )  # fmt: skip


def run() -> Iterator[Line]:
    """Measure the split."""
    with tempfile.TemporaryDirectory() as name:
        ws = data.workspace(Path(name) / "year.ropdesk", DEALS, DAYS)
        plain = connect(ws.path)
        asked = data.MONTH, data.AS_OF
        pairs = zip(ours_months(ws, MONTHS), by_hand_months(plain, MONTHS), strict=True)
        alike = all(same(ours, hand) for ours, hand in pairs)
        if not alike or not same(ours_plan(ws, *asked), by_hand_plan(plain, *asked)):
            raise RuntimeError("the hand-written split says something else")
        floor, ours = alternate(
            lambda: by_hand_plan(plain, *asked), lambda: ours_plan(ws, *asked), times=TIMES
        )
        year_floor, year = alternate(
            lambda: by_hand_months(plain, MONTHS), lambda: ours_months(ws, MONTHS), times=5
        )
        plain.close()
        ws.close()
    yield Line(
        "a month's factors to hand-written sqlite3", ours / floor, 3.0,
        f"{ours * 1000:.1f} ms to {floor * 1000:.1f} ms, {data.MEMBERS} members, {DEALS:,} deals",
    )  # fmt: skip
    yield Line(
        "a year's factors, month to month, to hand-written sqlite3", year / year_floor, 3.0,
        f"{year * 1000:.1f} ms to {year_floor * 1000:.1f} ms, {len(MONTHS)} months",
    )  # fmt: skip
