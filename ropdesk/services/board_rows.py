"""The queries behind the board: sums, days and levels as the store has them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from ropdesk.store.plain import rows


@dataclass(frozen=True, slots=True)
class PlanState:
    """Which plan the board measures by."""

    id: int | None
    status: str
    version: int | None
    approved_on: date | None = None


def plan_state(connection: Connection, month: date) -> PlanState:
    """Say which plan counts: the approved version, else the draft."""
    found = rows(
        connection,
        "SELECT id, status, version, approved_on FROM plan "
        "WHERE month = ? AND status <> 'superseded' "
        "ORDER BY status = 'approved' DESC, version DESC LIMIT 1",
        (month.isoformat(),),
    )
    if not found:
        return PlanState(None, "none", None)
    row = found[0]
    approved = date.fromisoformat(row[3]) if row[3] else None
    return PlanState(row[0], row[1], row[2], approved)


def known(connection: Connection, code: str, until: date) -> bool:
    """Tell whether numbers of a metric had begun by a day: then silence means zero."""
    return bool(
        rows(
            connection,
            "SELECT 1 FROM daily_value WHERE metric = ? AND day <= ? LIMIT 1",
            (code, until.isoformat()),
        )
    )


def grouped(
    connection: Connection, codes: Iterable[str], first: date, until: date
) -> list[tuple[int, str, int]]:
    """Answer the sums of flows over a span: member id, metric, value."""
    # The span alone is asked for: with the metrics named, SQLite would walk all their history.
    wanted = frozenset(codes)
    found = rows(
        connection,
        "SELECT member_id, metric, sum(value) FROM daily_value WHERE day BETWEEN ? AND ? "
        "GROUP BY member_id, metric",
        (first.isoformat(), until.isoformat()),
    )
    return [(member, code, value) for member, code, value in found if code in wanted]


def cells(
    connection: Connection, codes: Iterable[str], first: date, until: date
) -> list[tuple[int, str, str, int]]:
    """Answer flows by day over a span: member id, metric, ISO day, value."""
    wanted = frozenset(codes)
    found = rows(
        connection,
        "SELECT member_id, metric, day, value FROM daily_value WHERE day BETWEEN ? AND ?",
        (first.isoformat(), until.isoformat()),
    )
    return [(member, code, day, value) for member, code, day, value in found if code in wanted]


def levels(connection: Connection, code: str, until: date) -> list[tuple[int, int]]:
    """Answer each member's last level of a stock at the end of a day."""
    found = rows(
        connection,
        "SELECT m.id, (SELECT v.value FROM daily_value v WHERE v.metric = ? "
        "AND v.member_id = m.id AND v.day <= ? ORDER BY v.day DESC LIMIT 1) AS level "
        "FROM member m WHERE level IS NOT NULL",
        (code, until.isoformat()),
    )
    return [(member, level) for member, level in found]


def daily(
    connection: Connection, code: str, first: date, last: date, member_id: int | None = None
) -> dict[date, int]:
    """Answer a stored flow by day over a span, for a member or the whole department."""
    where = "" if member_id is None else " AND member_id = ?"
    found = rows(
        connection,
        "SELECT day, sum(value) FROM daily_value WHERE day BETWEEN ? AND ? AND metric = ?"
        f"{where} GROUP BY day",
        (first.isoformat(), last.isoformat(), code, *([] if member_id is None else [member_id])),
    )
    return {date.fromisoformat(day): value for day, value in found}


def planned_days(
    connection: Connection, plan_id: int | None, code: str, scenario: str = "standard"
) -> dict[date, int]:
    """Answer the department's plan of a flow by day; empty without a plan."""
    found = rows(
        connection,
        "SELECT day, value FROM plan_day WHERE plan_id = ? AND scenario = ? AND metric = ? "
        "AND member_id IS NULL",
        (plan_id, scenario, code),
    )
    return {date.fromisoformat(day): value for day, value in found}
