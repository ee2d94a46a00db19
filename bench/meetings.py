"""Promises judged, the day's page and the search in protocols, each against a plain way to it.

The day has its figures on both sides: plan, fact, what is needed, agenda, people and promises. Its
forecasts (a simulation that plain SQL has no answer to) are left out on both sides; the detail of
the line says how long the day takes with them.
"""

import random
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from bench import data
from bench.board import connect
from bench.measure import Line, alternate, best
from ropdesk.domain.meetings import DAILY, Rule
from ropdesk.domain.months import month_end
from ropdesk.reports.protocol_model import Person, Pledge, Point, Protocol
from ropdesk.services import (
    calendar,
    meeting_numbers,
    meetings,
    promises,
    protocol_json,
    protocols_search,
    team,
    today,
)
from ropdesk.services.meetings import NewSeries
from ropdesk.store.models import Meeting, MeetingProtocol, Promise
from ropdesk.store.workspace import Workspace, create

DEALS, DAYS, PROMISES, PROTOCOLS = 100_000, 365, 5_000, 1_000
CUSTOMERS = 400
TIMES = 20
WORDS = (
    "звонок", "счёт", "оплата", "договор", "встреча", "скидка", "замер", "монтаж", "заявка",
    "клиент", "возражение",
)  # fmt: skip
FOUND = "паркет"  # stands in every fiftieth protocol

Counts = dict[int, tuple[int, int, int, int]]
"""By member: kept, of them late, partly, broken."""


# -- promises


def promise(ws: Workspace, count: int) -> None:
    """Write promises of the year down: half of a day's receipts, half of a customer's payment."""
    rng = random.Random(4)
    members = sorted(id_ for id_ in team.team(ws).members if id_ != team.team(ws).nobody)
    with ws.replaying() as connection:
        connection.exec_driver_sql(
            "UPDATE deal SET title = printf('Окна, Вектор%03d', CAST(external_id AS INTEGER) % ?)",
            (CUSTOMERS,),
        )
    with ws.operation("bench") as operation:
        for number in range(count):
            given = data.AS_OF - timedelta(rng.randrange(20, DAYS - 20))
            operation.session.add(Promise(
                text="Оплата", given=given, first=given, due=given + timedelta(rng.randrange(1, 8)),
                member_id=rng.choice(members), metric="receipts",
                customer=f"Вектор{rng.randrange(CUSTOMERS):03}" if number % 2 else "",
                amount=rng.randrange(1_000_000, 60_000_000),
            ))  # fmt: skip


def by_hand_promises(connection: sqlite3.Connection, on: date) -> Counts:
    """Judge and count all promises whose day is over with plain SQL."""
    connection.execute("BEGIN")
    found = connection.execute(
        """
        WITH deals AS MATERIALIZED (
          SELECT p.id, sum(CASE WHEN d.closed <= p.due THEN d.amount ELSE 0 END) AS in_time,
                 sum(d.amount) AS whole
          FROM promise p CROSS JOIN deal d ON d.member_id = p.member_id AND d.status = 'won'
           AND d.closed BETWEEN p.first AND date(p.due, '+14 days')
           AND instr(d.title, p.customer) WHERE p.customer <> '' GROUP BY p.id
        ), sums AS (
          SELECT p.member_id, p.amount,
            CASE WHEN p.customer = '' THEN (SELECT coalesce(sum(v.value), 0) FROM daily_value v
              WHERE v.member_id = p.member_id AND v.metric = p.metric
              AND v.day BETWEEN p.first AND p.due) ELSE coalesce(d.in_time, 0) END AS in_time,
            coalesce(d.whole, 0) AS late
          FROM promise p LEFT JOIN deals d ON d.id = p.id WHERE p.due < ?
        )
        SELECT member_id, sum(in_time >= amount OR late >= amount),
          sum(in_time < amount AND late >= amount),
          sum(max(in_time, late) BETWEEN 1 AND amount - 1), sum(max(in_time, late) = 0)
        FROM sums GROUP BY member_id
        """,
        (on.isoformat(),),
    ).fetchall()
    connection.execute("COMMIT")
    return {member: (kept, late, partly, broken) for member, kept, late, partly, broken in found}


def ours_promises(ws: Workspace, on: date) -> Counts:
    """Answer the same with the service."""
    with ws.read() as connection:
        found = promises.shares(connection, on, date.min, on - timedelta(1))
    return {
        member: (one.kept, one.late, one.partly, one.broken)
        for member, one in found.items()
        if member is not None
    }


# -- the day


def by_hand_day(
    connection: sqlite3.Connection, on: date, working: tuple[date, ...], eve: date
) -> dict[str, Any]:
    """Answer the figures of a day with plain SQL; working days are given.

    Args:
        eve: the working day before.
    """
    run = connection.execute
    month, yesterday, day = on.replace(day=1), on - timedelta(1), on.isoformat()
    run("BEGIN")
    names = dict(run("SELECT id, name FROM member WHERE NOT nobody").fetchall())
    away = run("SELECT member_id, first, last FROM absence").fetchall()
    news = run(
        'SELECT id, birthday, probation_until, hired, "left" FROM member WHERE NOT nobody'
    ).fetchall()
    plan = run(
        "SELECT id FROM plan WHERE month = ? AND status = 'approved'", (month.isoformat(),)
    ).fetchone()[0]
    after = (month_end(month) + timedelta(1)).isoformat()
    following = run("SELECT id FROM plan WHERE month = ?", (after,)).fetchall()
    spans = run(
        "SELECT member_id, metric, sum(CASE WHEN day >= ? THEN value END), sum(value) "
        "FROM daily_value WHERE day BETWEEN ? AND ? GROUP BY member_id, metric",
        (eve.isoformat(), month.isoformat(), yesterday.isoformat()),
    ).fetchall()
    fact_today = run(
        "SELECT sum(value) FROM daily_value WHERE day = ? AND metric = 'receipts'", (day,)
    ).fetchone()[0]
    planned = run(
        "SELECT coalesce(member_id, 0), sum(CASE WHEN day BETWEEN ? AND ? THEN value END), "
        "sum(CASE WHEN day = ? THEN value END), sum(CASE WHEN day <= ? THEN value END) "
        "FROM plan_day WHERE plan_id = ? AND scenario = 'standard' AND metric = 'receipts' "
        "GROUP BY member_id",
        (eve.isoformat(), yesterday.isoformat(), day, yesterday.isoformat(), plan),
    ).fetchall()
    of_month = dict(run(
        "SELECT coalesce(member_id, 0), value FROM plan_value WHERE plan_id = ? "
        "AND scenario = 'standard' AND metric = 'receipts'", (plan,),
    ).fetchall())  # fmt: skip
    series = run("SELECT id, kind, start FROM meeting_series WHERE first <= ?", (day,)).fetchall()
    held = run("SELECT id FROM meeting WHERE day = ?", (day,)).fetchall()
    goals = run("SELECT member_id, value FROM meeting_goal WHERE day BETWEEN ? AND ?",
                (eve.isoformat(), day)).fetchall()  # fmt: skip
    actions = run("SELECT id FROM planned_action WHERE day = ?", (day,)).fetchall()
    run("COMMIT")
    receipts = {m: (span, whole) for m, code, span, whole in spans if code == "receipts"}
    goal_of = {m: (past, ahead, until) for m, past, ahead, until in planned}
    interim: Counter[str] = Counter()
    for _member, code, span, _whole in spans:
        if span is not None:
            interim[code] += span
    left = sum(one >= on for one in working)
    total = sum(whole for _span, whole in receipts.values())

    def need(target: int, fact: int) -> int:
        return max(0, -((fact - target) // left))

    return {
        "members": {
            names[m]: (receipts.get(m, (0, 0))[0] or 0, goal_of[m][0], goal_of[m][1],
                       receipts.get(m, (0, 0))[1], of_month[m],
                       need(of_month[m], receipts.get(m, (0, 0))[1]))
            for m in names
        },
        "department": (interim["receipts"], goal_of[0][0], goal_of[0][1]),
        "month": (total, of_month[0], goal_of[0][2]),
        "need": need(of_month[0], total), "today": fact_today,
        "interim": {code: interim[code] for code in ("inquiries", "deals_won")},
        "place": (sum(one <= on for one in working), len(working)),
        "counts": (len(series) + len(held), len(actions), len(away) + len(goals), len(following)),
        "people": len(news),
    }  # fmt: skip


def ours_day(ws: Workspace, on: date) -> today.Day:
    """Ask the service that the page asks."""
    with ws.read() as connection:
        return today.day(connection, on)


def told(found: today.Day) -> dict[str, Any]:
    """Write our answer as `by_hand_day` does."""
    numbers = found.numbers
    if numbers is None:
        return {}
    needs = {one.name: one for one in found.needs}
    return {
        "members": {
            one.name: (one.fact, one.plan, one.goal, needs[one.name].fact, needs[one.name].plan,
                       needs[one.name].need)
            for one in numbers.members if one.name in needs
        },
        "department": (numbers.department.fact, numbers.department.plan, numbers.department.goal),
        "month": (numbers.month.fact, numbers.month.plan, numbers.month.plan_to_date),
        "need": found.need, "today": found.fact_today,
        "interim": {
            one.code: one.fact for one in numbers.interim if one.code in ("inquiries", "deals_won")
        },
        "place": (found.number, found.of),
        "counts": (len(found.meetings), len(found.actions), len(found.news),
                   int(found.next_plan.id is not None)),
        "people": len(found.needs),
    }  # fmt: skip


@contextmanager
def without_forecasts() -> Iterator[None]:
    """Leave the forecasts of the day out."""
    nothing = SimpleNamespace(of=lambda _code: None, chance=lambda *_asked: None)
    seer = SimpleNamespace(read=lambda *_asked: nothing)
    blind = SimpleNamespace(within=lambda *_asked, **_more: seer)
    with ExitStack() as stack:
        for module in (today, meeting_numbers):
            stack.enter_context(patch.object(module, "Seer", blind))
        yield


# -- protocols


def archive(ws: Workspace, count: int) -> None:
    """Keep so many protocols of daily meetings, as finishing one keeps it."""
    rng = random.Random(7)
    people = tuple(Person(n, f"Фамилия{n:02} Имя{n:02}") for n in range(8))

    def words(many: int) -> str:
        return " ".join(rng.choice(WORDS) for _word in range(many))

    with ws.operation("bench") as operation:
        for number in range(count):
            day = data.AS_OF - timedelta(number)
            row = Meeting(kind=DAILY, day=day, state="done", year=day.year, number=number + 1)
            operation.session.add(row)
            operation.session.flush()
            at = datetime(day.year, day.month, day.day, 9, 20, tzinfo=UTC)
            made = Protocol(
                meeting_id=row.id, kind=DAILY, title="Ежедневная координация", team=True,
                year=day.year, company="", department="", sales_head="", minutes=20, seconds=1_100,
                began=None, ended=None, place="", led_by="", secretary="", guests="", tables=(),
                month=None, interim=(), kept=None, checked=(), as_of=at,
                number=number + 1, day=day, people=people,
                points=tuple(Point("", words(3), words(20), words(8)) for _n in range(6)),
                decisions=(words(8), f"{words(3)} {FOUND if number % 50 == 0 else ''}"),
                pledges=tuple(
                    Pledge(one.member_id, one.name, words(4), f"Клиент{number}", day)
                    for one in people[:5]
                ),
                issued=at,
            )  # fmt: skip
            operation.session.add(MeetingProtocol(
                meeting_id=row.id, edition=1, at=made.issued.isoformat(),
                content=protocol_json.write(made),
            ))  # fmt: skip


def by_hand_search(connection: sqlite3.Connection, words: tuple[str, ...]) -> list[int]:
    """Look for words in the text of every protocol."""
    found = connection.execute("SELECT meeting_id, content FROM meeting_protocol").fetchall()
    return [meeting for meeting, text in found if all(word in text.lower() for word in words)]


def ours_search(ws: Workspace, words: tuple[str, ...]) -> list[int]:
    """Answer the same with the search of the window: with places, marks and names."""
    with ws.read() as connection:
        return [hit.meeting_id for hit in protocols_search.search(connection, " ".join(words))]


def first_search(ws: Workspace) -> list[int]:
    """Search as the first time after a start: nothing is remembered."""
    protocols_search._remembered.clear()
    return ours_search(ws, (FOUND,))


# -- measured


def _promises(ws: Workspace, plain: sqlite3.Connection) -> Line:
    promise(ws, PROMISES)
    if ours_promises(ws, data.AS_OF) != by_hand_promises(plain, data.AS_OF):
        raise RuntimeError("the hand-written judgement says something else")
    floor, ours = alternate(
        lambda: by_hand_promises(plain, data.AS_OF), lambda: ours_promises(ws, data.AS_OF), times=8
    )
    return Line(
        "promises judged and counted to hand-written sqlite3", ours / floor, 3.0,
        f"{ours * 1000:.0f} ms to {floor * 1000:.0f} ms, {PROMISES:,} promises, {DEALS:,} deals",
    )  # fmt: skip


def _day(ws: Workspace, plain: sqlite3.Connection) -> Line:
    weekdays = Rule(data.AS_OF - timedelta(30), (0, 1, 2, 3, 4))
    meetings.add_series(ws, NewSeries(kind=DAILY, rule=weekdays, start=9 * 60))
    work = calendar.calendar(ws)
    working = work.working_days(data.MONTH, month_end(data.MONTH))
    eve = max(one for one in working if one < data.AS_OF)
    asked = data.AS_OF, working, eve
    with without_forecasts():
        if told(ours_day(ws, data.AS_OF)) != by_hand_day(plain, *asked):
            raise RuntimeError("the hand-written day says something else")
        floor, ours = alternate(
            lambda: by_hand_day(plain, *asked), lambda: ours_day(ws, data.AS_OF), times=TIMES
        )
    whole = best(lambda: ours_day(ws, data.AS_OF), 5)
    return Line(
        "the day's figures to hand-written sqlite3", ours / floor, 3.0,
        f"{ours * 1000:.1f} ms to {floor * 1000:.1f} ms without forecasts, "
        f"{whole * 1000:.1f} ms with them, {DEALS:,} deals",
    )  # fmt: skip


def _search(ws: Workspace, plain: sqlite3.Connection) -> Line:
    archive(ws, PROTOCOLS)
    if sorted(first_search(ws)) != sorted(by_hand_search(plain, (FOUND,))):
        raise RuntimeError("the plain loop finds something else")
    floor, ours = alternate(
        lambda: by_hand_search(plain, (FOUND,)), lambda: ours_search(ws, (FOUND,)), times=TIMES
    )
    cold = best(lambda: first_search(ws), 3)
    return Line(
        "a search in protocols to a plain loop over their texts", ours / floor, 2.0,
        f"{ours * 1000:.1f} ms to {floor * 1000:.1f} ms, {PROTOCOLS:,} protocols; the first one "
        f"after a start {cold * 1000:.0f} ms ({cold / floor:.0f} ×)",
    )  # fmt: skip


def run() -> Iterator[Line]:
    """Measure promises, the day and the search."""
    with tempfile.TemporaryDirectory() as name:
        ws = data.workspace(Path(name) / "year.ropdesk", DEALS, DAYS)
        plain = connect(ws.path)
        yield _day(ws, plain)
        yield _promises(ws, plain)
        plain.close()
        ws.close()
        ws = create(Path(name) / "protocols.ropdesk")
        plain = connect(ws.path)
        yield _search(ws, plain)
        plain.close()
        ws.close()
