"""A month's funnel among a year of 100 thousand deals against hand-written sqlite3.

Both answer the same: movement, conversions and medians by stage, losses, members, sources, what
stands where and how many stand beyond the norm. Norms and order are set by hand, so that the plain
SQL need not learn them; the figures are compared before anything is timed.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.measure import Line, alternate
from ropdesk.domain.team import Member
from ropdesk.services import funnel, imports, owners, team
from ropdesk.services.funnel import Funnel
from ropdesk.services.imports import FileInfo, Incoming
from ropdesk.services.stage_history import Told
from ropdesk.store.workspace import Workspace, create

DEALS, MEMBERS, TIMES = 100_000, 30, 6
UNTIL = date(2026, 10, 31)
MONTH = date(2026, 10, 1)
STAGES = ("Первичный контакт", "Потребность выявлена", "КП отправлено", "Договор")
SOURCES = ("Сайт", "Звонок", "Реклама", "Рекомендация")
REASONS = ("Дорого", "Молчит", "Ушёл к другим")
NORM = 10

_WAYS = """
WITH touched AS (
    SELECT id FROM deal WHERE status = 'open' OR created BETWEEN :first AND :last
    OR closed BETWEEN :first AND :last
    UNION SELECT deal_id FROM stage_date WHERE day BETWEEN :first AND :last
), step AS (
    SELECT s.deal_id, s.stage, s.day, s.id, p.position,
    lag(s.stage) OVER (PARTITION BY s.deal_id ORDER BY s.day, s.id) AS earlier
    FROM touched CROSS JOIN stage_date AS s ON s.deal_id = touched.id
    JOIN stage AS p ON p.pipeline = s.pipeline AND p.stage = s.stage
), stay AS (
    SELECT step.deal_id, step.stage, step.position, step.day,
    lead(step.day) OVER w AS next_day, lead(step.position) OVER w AS next_position,
    d.status, d.closed, d.lost_reason
    FROM step JOIN deal AS d ON d.id = step.deal_id WHERE step.stage IS NOT step.earlier
    WINDOW w AS (PARTITION BY step.deal_id ORDER BY step.day, step.id)
), left_stay AS (
    SELECT *, coalesce(next_day, CASE WHEN status <> 'open' THEN closed END) AS left_day FROM stay
)
"""
_SPAN = {"first": MONTH.isoformat(), "last": UNTIL.isoformat(), "norm": NORM}
Answer = dict[str, Any]


def workspace(path: Path) -> Workspace:
    """Make a year of deals whose stages are dated, in four stages with norms."""
    random = Random(3)
    ws = create(path)
    names = [f"Менеджер {n:02}" for n in range(MEMBERS)]
    for name in names:
        team.add(ws, Member(0, name))
    columns: dict[str, list[Any]] = {
        name: [] for name in ("stage", "status", "created", "closed", "source", "lost_reason")
    }
    dates = {}
    for number in range(DEALS):
        created = UNTIL - timedelta(random.randrange(365))
        depth, ending = random.randint(1, 4), random.choice(("won", "lost", "lost", "open"))
        depth = 4 if ending == "won" else depth
        days = [created]
        for _ in range(depth - 1):
            days.append(days[-1] + timedelta(random.randrange(12)))
        closed = days[-1] + timedelta(random.randrange(12))
        days = [day for day in days if day <= UNTIL]
        ended = ending != "open" and closed <= UNTIL
        columns["status"].append(ending if ended else "open")
        columns["stage"].append(ending if ended else STAGES[len(days) - 1])
        columns["created"].append(created.isoformat())
        columns["closed"].append(closed.isoformat() if ended else None)
        columns["source"].append(random.choice(SOURCES))
        columns["lost_reason"].append(random.choice(REASONS) if ended and ending == "lost" else "")
        dates[str(number)] = [
            (stage, day.isoformat()) for stage, day in zip(STAGES, days, strict=False)
        ]
    columns["title"] = [f"Сделка {n}" for n in range(DEALS)]
    columns["amount"] = [100_000 + n * 7_919 % 9_000_000 for n in range(DEALS)]
    columns["pipeline"] = ["Основная"] * DEALS
    imports.run(
        ws,
        Incoming(
            "deals", "bench", FileInfo("year.csv", "year", 0), range(DEALS),
            [str(n) for n in range(DEALS)], [names[n % MEMBERS] for n in range(DEALS)], columns,
            frozenset(), DEALS, 0, (), told=Told(UNTIL, UNTIL, dates),
        ),
        owners.Choice(),
    )  # fmt: skip
    funnel.set_order(ws, "Основная", STAGES)
    for stage in STAGES:
        funnel.set_norm(ws, "Основная", stage, NORM)
    return ws


def by_hand(connection: sqlite3.Connection) -> Answer:
    """Answer a month's funnel with plain SQL, as one would write it for this one table."""
    run = connection.execute
    run("BEGIN")
    run("DROP TABLE IF EXISTS temp.way")
    run(f"CREATE TEMP TABLE way AS {_WAYS} SELECT * FROM left_stay", _SPAN)
    stages = run(
        "SELECT stage, sum(day BETWEEN :first AND :last), "
        "sum(left_day BETWEEN :first AND :last AND (next_position IS NOT NULL)), "
        "sum(left_day BETWEEN :first AND :last AND next_day IS NULL AND status = 'won'), "
        "sum(left_day BETWEEN :first AND :last AND next_day IS NULL AND status = 'lost'), "
        "sum(left_day IS NULL), sum(left_day IS NULL AND julianday(:last) - julianday(day) > :norm)"
        " FROM way GROUP BY stage ORDER BY position", _SPAN,
    ).fetchall()  # fmt: skip
    middles = dict(
        run(
            "SELECT stage, days FROM (SELECT stage, "
            "CAST(julianday(left_day) - julianday(day) AS INTEGER) AS days, "
            "row_number() OVER (PARTITION BY stage ORDER BY julianday(left_day) - julianday(day)) "
            "AS place, count(*) OVER (PARTITION BY stage) AS many FROM way "
            "WHERE left_day BETWEEN :first AND :last) WHERE place = (many + 1) / 2", _SPAN,
        ).fetchall()
    )  # fmt: skip
    to_won = run(
        "SELECT stage, sum(status = 'won'), count(*) FROM (SELECT DISTINCT deal_id, stage, status "
        "FROM way WHERE status <> 'open' AND closed BETWEEN :first AND :last) GROUP BY stage",
        _SPAN,
    ).fetchall()
    losses = run(
        "SELECT stage, lost_reason, count(*) FROM way WHERE next_day IS NULL AND status = 'lost' "
        "AND closed BETWEEN :first AND :last GROUP BY 1, 2", _SPAN,
    ).fetchall()  # fmt: skip
    reached = run(
        "SELECT position, count(*) FROM (SELECT way.deal_id, CASE WHEN way.status = 'won' THEN 4 "
        "ELSE max(position) END AS position FROM way JOIN deal ON deal.id = way.deal_id "
        "WHERE deal.created BETWEEN :first AND :last GROUP BY way.deal_id) GROUP BY 1", _SPAN,
    ).fetchall()  # fmt: skip
    groups = {
        column: run(
            f"SELECT {column}, sum(created BETWEEN :first AND :last), "
            "sum(status = 'won' AND closed BETWEEN :first AND :last), "
            "sum(status = 'lost' AND closed BETWEEN :first AND :last), "
            "sum(CASE WHEN status = 'won' AND closed BETWEEN :first AND :last THEN amount ELSE 0 "
            "END) FROM deal WHERE created BETWEEN :first AND :last "
            "OR closed BETWEEN :first AND :last GROUP BY 1", _SPAN,
        ).fetchall()
        for column in ("member_id", "source")
    }  # fmt: skip
    old = run(
        "SELECT julianday(closed) - julianday(created) AS days FROM (SELECT created, closed "
        "FROM deal WHERE status = 'won' AND closed <= :last ORDER BY closed DESC LIMIT 2000) "
        "ORDER BY days", _SPAN,
    ).fetchall()  # fmt: skip
    connection.rollback()
    return {
        "stages": [(*row, middles[row[0]]) for row in stages],
        "to_won": {stage: (won, closed) for stage, won, closed in to_won},
        "losses": {(stage, reason): count for stage, reason, count in losses},
        "reached": [sum(n for at, n in reached if at >= position) for position in range(4)],
        "groups": {column: sorted(rows) for column, rows in groups.items()},
        "old": int(old[len(old) * 9 // 10 - 1][0]),
    }


def told(found: Funnel) -> Answer:
    """Write our answer in the form of `by_hand`."""
    (line,) = found.pipelines
    return {
        "stages": [
            (s.stage, s.entered, s.forward, s.won, s.lost, s.standing, s.over, s.days)
            for s in line.stages
        ],
        "to_won": {
            s.stage: (s.to_won.numerator, s.to_won.denominator) for s in line.stages if s.to_won
        },
        "losses": {(each.stage, each.reason): each.count for each in found.losses},
        "reached": [s.cohort for s in line.stages],
        "groups": {
            column: sorted(
                (each.key, each.inquiries, each.won, each.lost, each.receipts) for each in lines
            )
            for column, lines in (("member_id", found.members), ("source", found.sources))
        },
        "old": found.old_after,
    }


def same(ours: Answer, plain: Answer) -> bool:
    """Tell whether both say the same; a share is compared as a share."""
    shares = {stage: won / closed for stage, (won, closed) in plain["to_won"].items()}
    mine = {stage: won / closed for stage, (won, closed) in ours["to_won"].items()}
    return (
        all(ours[key] == plain[key] for key in ("stages", "losses", "reached", "groups", "old"))
        and shares == mine
    )


def run() -> Iterator[Line]:
    """Measure the funnel of a month."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "year.ropdesk"
        ws = workspace(path)
        connection = sqlite3.connect(path, isolation_level=None)
        plain = by_hand(connection)
        ours = told(funnel.funnel(ws, MONTH, as_of=UNTIL))
        if not same(ours, plain):
            raise RuntimeError(f"{ours} instead of {plain}")
        floor, time = alternate(
            lambda: by_hand(connection), lambda: funnel.funnel(ws, MONTH, as_of=UNTIL),
            times=TIMES,
        )  # fmt: skip
        connection.close()
        ws.close()
    yield Line(
        "the funnel of a month of 100 thousand deals a year to hand-written sqlite3",
        time / floor, 3.0, f"{time * 1000:.0f} ms to {floor * 1000:.0f} ms",
    )  # fmt: skip
