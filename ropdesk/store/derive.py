"""Daily values counted from deals and calls, kept in step inside the importing transaction.

`refresh` recounts exactly the (member, day) pairs that an import touched, so its cost follows the
import and not the size of the workspace; `expected` recounts everything, for `ropdesk check`.
"""

from collections.abc import Iterable
from itertools import chain

from sqlalchemy import Connection

DEAL_FLOWS = ("inquiries", "deals_won", "deals_lost", "receipts", "cycle_time")
CALL_FLOWS = (
    "calls", "talk_time", "incoming_calls", "answered_calls", "missed_calls", "handle_time",
    "wait_time", "ratings", "rating_points",
)  # fmt: skip

# Each SELECT gives (member_id, metric, day, value) over the rows that {where} leaves.
_DEALS = (
    """SELECT d.member_id, 'inquiries', d.created, count(*) FROM deal d {join_created}
       WHERE d.created IS NOT NULL GROUP BY 1, 3""",
    """SELECT d.member_id, 'deals_won', d.closed, count(*) FROM deal d {join_closed}
       WHERE d.status = 'won' AND d.closed IS NOT NULL GROUP BY 1, 3""",
    """SELECT d.member_id, 'deals_lost', d.closed, count(*) FROM deal d {join_closed}
       WHERE d.status = 'lost' AND d.closed IS NOT NULL GROUP BY 1, 3""",
    """SELECT d.member_id, 'receipts', d.closed, coalesce(sum(d.amount), 0) FROM deal d
       {join_closed} WHERE d.status = 'won' AND d.closed IS NOT NULL GROUP BY 1, 3""",
    """SELECT d.member_id, 'cycle_time', d.closed,
              sum(julianday(d.closed) - julianday(d.created)) FROM deal d {join_closed}
       WHERE d.status = 'won' AND d.closed >= d.created GROUP BY 1, 3""",
)
# «Принятые» are answered calls that came in; where a file does not say which way a call went, an
# answered one counts, so that its AHT and ASA are not lost.
_CALL_VALUES = {
    "calls": "count(*)",
    "talk_time": "coalesce(sum(c.talk), 0)",
    "incoming_calls": "sum(c.direction = 'in')",
    "answered_calls": "sum(c.answered AND c.direction <> 'out')",
    "missed_calls": "sum(c.direction = 'in' AND NOT c.answered)",
    "handle_time": (
        "coalesce(sum(CASE WHEN c.answered AND c.direction <> 'out' THEN c.talk END), 0)"
    ),
    "wait_time": (
        "coalesce(sum(CASE WHEN c.answered AND c.direction <> 'out' THEN c.wait END), 0)"
    ),
    "ratings": "count(c.rating)",
    "rating_points": "coalesce(sum(c.rating), 0)",
}
_CALLS = tuple(
    f"SELECT c.member_id, '{metric}', c.day, {value} FROM call c {{join_day}} GROUP BY 1, 3"
    for metric, value in _CALL_VALUES.items()
)


def _join(alias: str, column: str, *, scoped: bool) -> str:
    if not scoped:
        return ""
    return f"JOIN touched t ON t.member_id = {alias}.member_id AND t.day = {alias}.{column}"


def _selects(kind: str, *, scoped: bool) -> list[str]:
    if kind == "deals":
        joins = {f"join_{c}": _join("d", c, scoped=scoped) for c in ("created", "closed")}
        return [text.format(**joins) for text in _DEALS]
    return [text.format(join_day=_join("c", "day", scoped=scoped)) for text in _CALLS]


def refresh(connection: Connection, kind: str, pairs: Iterable[tuple[int, str]]) -> None:
    """Recount the derived flows of the given (member id, ISO day) pairs.

    Args:
        kind: ``deals`` or ``calls``: whose flows are recounted.
    """
    run = connection.exec_driver_sql
    run("CREATE TEMP TABLE IF NOT EXISTS touched (member_id INT, day DATE, "
        "PRIMARY KEY (member_id, day)) WITHOUT ROWID")  # fmt: skip
    run("CREATE TEMP TABLE IF NOT EXISTS counted (member_id INT, metric TEXT, day DATE, value INT, "
        "PRIMARY KEY (member_id, metric, day)) WITHOUT ROWID")  # fmt: skip
    run("DELETE FROM touched")
    run("DELETE FROM counted")
    rows = sorted(set(pairs))
    if not rows:
        return
    run("INSERT INTO touched VALUES (?, ?)", rows)
    for select in _selects(kind, scoped=True):
        run(f"INSERT INTO counted {select}")
    flows = DEAL_FLOWS if kind == "deals" else CALL_FLOWS
    _write_counted(connection, flows)


def _write_counted(connection: Connection, flows: tuple[str, ...]) -> None:
    """Bring `daily_value.derived` of the touched pairs to what was counted.

    A row whose count vanished goes away, unless somebody typed or imported a value there.
    """
    marks = ", ".join(f"'{flow}'" for flow in flows)
    stale = f"""metric IN ({marks})
        AND (member_id, day) IN (SELECT member_id, day FROM touched)
        AND (member_id, metric, day) NOT IN (SELECT member_id, metric, day FROM counted)"""
    run = connection.exec_driver_sql
    run(f"DELETE FROM daily_value WHERE entered IS NULL AND imported IS NULL AND {stale}")
    run(
        f"""UPDATE daily_value SET derived = NULL, value = coalesce(entered, imported)
            WHERE derived IS NOT NULL AND {stale}"""
    )
    run(
        """INSERT INTO daily_value (id, member_id, metric, day, derived, value, reason)
           SELECT ? + row_number() OVER (), member_id, metric, day, value, value, ''
           FROM counted WHERE true
           ON CONFLICT (member_id, metric, day) DO UPDATE SET derived = excluded.derived,
           value = coalesce(daily_value.entered, daily_value.imported, excluded.derived)
           WHERE daily_value.derived IS NOT excluded.derived""",
        (_last_id(connection),),
    )


def _last_id(connection: Connection) -> int:
    """Return the highest id that a daily value has or had in the journal.

    Counted rows are not journalled; an id that the journal may bring back must not be theirs.
    """
    found: int = connection.exec_driver_sql(
        "SELECT max(coalesce((SELECT max(id) FROM daily_value), 0), coalesce((SELECT max(row_id) "
        "FROM change WHERE table_name = 'daily_value'), 0))"
    ).scalar_one()
    return found


def refresh_open_deals(connection: Connection, members: Iterable[int]) -> None:
    """Recount the level of open deals of members: created up to a day, not closed by its end.

    A level is stored on the days on which it changes.
    """
    run = connection.exec_driver_sql
    for member in sorted(set(members)):
        steps: dict[str, int] = {}
        opened = run(
            "SELECT created, count(*) FROM deal WHERE member_id = ? AND created IS NOT NULL "
            "GROUP BY created",
            (member,),
        )
        for day, n in opened:
            steps[day] = steps.get(day, 0) + n
        closed = run(
            "SELECT closed, count(*) FROM deal WHERE member_id = ? AND status <> 'open' "
            "AND created IS NOT NULL AND closed >= created GROUP BY closed",
            (member,),
        )
        for day, n in closed:
            steps[day] = steps.get(day, 0) - n
        # Closed, but with no day or an impossible one: never counted as held.
        unknown = run(
            "SELECT created, count(*) FROM deal WHERE member_id = ? AND status <> 'open' "
            "AND created IS NOT NULL AND (closed IS NULL OR closed < created) GROUP BY created",
            (member,),
        )
        for day, n in unknown:
            steps[day] = steps.get(day, 0) - n
        _write_levels(connection, member, steps)


def _write_levels(connection: Connection, member: int, steps: dict[str, int]) -> None:
    run = connection.exec_driver_sql
    level = 0
    wanted: dict[str, int] = {}
    for day in sorted(steps):
        if steps[day]:
            level += steps[day]
            wanted[day] = level
    present: dict[str, int] = dict(
        run(
            "SELECT day, derived FROM daily_value WHERE member_id = ? AND metric = 'open_deals' "
            "AND derived IS NOT NULL",
            (member,),
        ).all()
    )
    gone = [(member, day) for day in present if day not in wanted]
    if gone:
        run(
            "DELETE FROM daily_value WHERE member_id = ? AND metric = 'open_deals' AND day = ? "
            "AND entered IS NULL AND imported IS NULL",
            gone,
        )
        run(
            "UPDATE daily_value SET derived = NULL WHERE member_id = ? AND metric = 'open_deals' "
            "AND day = ?",
            gone,
        )
    fresh = [(member, day, value) for day, value in wanted.items() if present.get(day) != value]
    if fresh:
        first = _last_id(connection) + 1
        run(
            "INSERT INTO daily_value (id, member_id, metric, day, derived, value, reason) "
            "VALUES (?4, ?1, 'open_deals', ?2, ?3, ?3, '') ON CONFLICT (member_id, metric, day) "
            "DO UPDATE SET derived = excluded.derived, value = "
            "coalesce(daily_value.entered, daily_value.imported, excluded.derived)",
            [(*row, number) for number, row in enumerate(fresh, first)],
        )


def differences(connection: Connection) -> int:
    """Count the daily flows whose stored value is not what their deals and calls add up to."""
    selects = " UNION ALL ".join(
        f"SELECT * FROM ({text})"
        for text in chain(_selects("deals", scoped=False), _selects("calls", scoped=False))
    )
    marks = ", ".join(f"'{flow}'" for flow in (*DEAL_FLOWS, *CALL_FLOWS))
    found: int = connection.exec_driver_sql(
        f"""WITH counted (member_id, metric, day, value) AS ({selects})
            SELECT (SELECT count(*) FROM counted c LEFT JOIN daily_value v
                    USING (member_id, metric, day) WHERE v.derived IS NOT c.value)
                 + (SELECT count(*) FROM daily_value v LEFT JOIN counted c
                    USING (member_id, metric, day)
                    WHERE v.metric IN ({marks}) AND coalesce(v.derived, 0) <> 0
                    AND c.value IS NULL)"""
    ).scalar_one()
    return found
