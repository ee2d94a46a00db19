"""The rows behind a number: deals, calls, typed values and the files they came from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, SQLColumnExpression, func, or_, select, true, union
from sqlalchemy.orm import aliased

from ropdesk.domain.metrics import Kind
from ropdesk.services import board, metrics
from ropdesk.store.models import Call, DailyValue, Deal, ImportBatch, Member
from ropdesk.store.workspace import Workspace

LIMIT = 5_000  # more rows than anybody reads; the count says how many there are
NEWEST = func.coalesce(Deal.closed, Deal.created).desc()


@dataclass(frozen=True, slots=True)
class DealRow:
    """A deal as a list shows it."""

    id: int
    external_id: str
    title: str
    member: str
    stage: str
    status: str
    amount: int | None
    created: date | None
    closed: date | None
    source: str
    lost_reason: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call as a list shows it; times in seconds."""

    id: int
    member: str
    day: date
    at: int | None
    direction: str
    answered: bool
    wait: int | None
    talk: int | None
    rating: int | None
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A daily value typed by hand or brought by a file of daily values."""

    id: int
    member: str
    metric: str
    day: date
    value: int
    entered: int | None
    source: int | None
    reason: str
    file: str


@dataclass(frozen=True, slots=True)
class Behind:
    """Everything behind one number; the counts are exact even where a list is cut at `LIMIT`."""

    deals: tuple[DealRow, ...] = ()
    deal_count: int = 0
    calls: tuple[CallRow, ...] = ()
    call_count: int = 0
    values: tuple[ValueRow, ...] = ()


def behind(ws: Workspace, code: str, member_id: int | None, first: date, last: date) -> Behind:
    """Answer the rows of a metric over a span, for a member or the whole department."""
    with ws.read() as connection:
        known = metrics.load(connection)
        parts = board.flows_of(known, [code])
        deals = _deals(parts, member_id, first, last)
        calls = _calls(parts, member_id, first, last)
        return Behind(
            deals=tuple(_deal_rows(connection, _latest(deals))) if deals is not None else (),
            deal_count=_count(connection, deals),
            calls=tuple(_call_rows(connection, calls)) if calls is not None else (),
            call_count=_count(connection, calls),
            values=tuple(_value_rows(connection, parts, known[code].kind, member_id, first, last)),
        )


def deals_by_id(ws: Workspace, ids: list[int]) -> list[DealRow]:
    """Answer deals by id, for lists that were selected elsewhere."""
    with ws.read() as connection:
        return list(_deal_rows(connection, select(Deal.id).where(Deal.id.in_(ids[:LIMIT]))))


def find_deals(ws: Workspace, text: str, limit: int = 20) -> list[DealRow]:
    """Find deals whose title holds a text or whose number begins with it, newest first (Ctrl+K).

    Upper and lower case are the same letter, in any alphabet; no sign of the text is special.
    """
    pattern = "".join(map(_either_case, text))
    query = (
        select(Deal.id)
        .where(
            Deal.title.bool_op("GLOB")(f"*{pattern}*")
            | Deal.external_id.bool_op("GLOB")(f"{pattern}*")
        )
        .order_by(Deal.id.desc())
        .limit(limit)
    )
    with ws.read() as connection:
        return list(_deal_rows(connection, query))


def _either_case(sign: str) -> str:
    # SQLite's LIKE knows the case of Latin letters alone; GLOB takes any set of signs.
    same = sorted({form for form in (sign, sign.lower(), sign.upper()) if len(form) == 1})
    return f"[{''.join(same)}]" if len(same) > 1 or sign in "*?[" else sign


def _deals(
    parts: tuple[str, ...], member_id: int | None, first: date, last: date
) -> Select[int] | None:
    inside = Deal.closed.between(first, last)
    won = inside & (Deal.status == "won")
    held = (Deal.status == "open") | (Deal.closed > last)
    counted: dict[str, SQLColumnExpression[bool]] = {
        "inquiries": Deal.created.between(first, last),
        "deals_won": won,
        "deals_lost": inside & (Deal.status == "lost"),
        "receipts": won,
        "cycle_time": won & (Deal.closed >= Deal.created),
        "open_deals": (Deal.created <= last) & held,
    }
    asked = []
    for code in parts:
        if code in counted:
            # By member first, as the indexes begin; what is held now is most of them: one walk.
            everywhere = code == "open_deals" and member_id is None
            mine = true() if everywhere else _whose(Deal.member_id, member_id)
            asked.append(select(Deal.id).where(mine, counted[code]))
    if len(asked) <= 1:
        return asked[0] if asked else None
    # Not one OR: each of these selects has an index of its own.
    return select(Deal.id).where(Deal.id.in_(union(*asked)))


def _calls(
    parts: tuple[str, ...], member_id: int | None, first: date, last: date
) -> Select[int] | None:
    incoming, rated = Call.direction == "in", Call.rating.is_not(None)
    taken = Call.answered & (Call.direction != "out")
    counted: dict[str, SQLColumnExpression[bool]] = {
        "calls": true(),
        "talk_time": true(),
        "incoming_calls": incoming,
        "answered_calls": taken,
        "missed_calls": incoming & ~Call.answered,
        "handle_time": taken,
        "wait_time": taken,
        "ratings": rated,
        "rating_points": rated,
    }
    conditions = [counted[code] for code in parts if code in counted]
    if not conditions:
        return None
    return select(Call.id).where(
        _whose(Call.member_id, member_id), Call.day.between(first, last), or_(*conditions)
    )


def _whose(column: SQLColumnExpression[int], member_id: int | None) -> SQLColumnExpression[bool]:
    return column.in_(select(Member.id)) if member_id is None else column == member_id


def _count(connection: Connection, ids: Select[int] | None) -> int:
    if ids is None:
        return 0
    return connection.execute(select(func.count()).select_from(ids.subquery())).scalar_one()


def _latest(deals: Select[int]) -> Select[int]:
    # Cut before anything else is joined: of 100 000 deals most are only counted.
    return deals.order_by(NEWEST, Deal.id).limit(LIMIT)


def _deal_rows(connection: Connection, ids: Select[int]) -> list[DealRow]:
    rows = connection.execute(
        select(
            Deal.id, Deal.external_id, Deal.title, Member.name, Deal.stage, Deal.status,
            Deal.amount, Deal.created, Deal.closed, Deal.source, Deal.lost_reason,
            ImportBatch.file_name, Deal.line,
        )
        .join(Member, Member.id == Deal.member_id)
        .join(ImportBatch, ImportBatch.id == Deal.batch_id)
        .where(Deal.id.in_(ids))
        .order_by(NEWEST, Deal.id)
        .limit(LIMIT)
    )  # fmt: skip
    return [DealRow(*tuple(row)) for row in rows]


def _call_rows(connection: Connection, ids: Select[int]) -> list[CallRow]:
    rows = connection.execute(
        select(
            Call.id, Member.name, Call.day, Call.at, Call.direction, Call.answered, Call.wait,
            Call.talk, Call.rating, ImportBatch.file_name, Call.line,
        )
        .join(Member, Member.id == Call.member_id)
        .join(ImportBatch, ImportBatch.id == Call.batch_id)
        .where(Call.id.in_(ids))
        .order_by(Call.day.desc(), Call.at.desc(), Call.id)
        .limit(LIMIT)
    )  # fmt: skip
    return [CallRow(*tuple(row)) for row in rows]


def _value_rows(
    connection: Connection,
    parts: tuple[str, ...],
    kind: Kind,
    member_id: int | None,
    first: date,
    last: date,
) -> list[ValueRow]:
    query = (
        select(
            DailyValue.id, Member.name, DailyValue.metric, DailyValue.day, DailyValue.value,
            DailyValue.entered, func.coalesce(DailyValue.imported, DailyValue.derived),
            DailyValue.reason, func.coalesce(ImportBatch.file_name, ""),
        )
        .join(Member, Member.id == DailyValue.member_id)
        .outerjoin(ImportBatch, ImportBatch.id == DailyValue.batch_id)
        .where(DailyValue.metric.in_(parts), DailyValue.day <= last)
        .where(DailyValue.entered.is_not(None) | DailyValue.imported.is_not(None))
        .order_by(DailyValue.day.desc(), Member.name)
        .limit(LIMIT)
    )  # fmt: skip
    if kind is Kind.STOCK:
        query = query.where(DailyValue.day == _in_force(last))
    else:
        query = query.where(DailyValue.day >= first)
    if member_id is not None:
        query = query.where(DailyValue.member_id == member_id)
    return [ValueRow(*_plain(row)) for row in connection.execute(query)]


def _in_force(last: date) -> SQLColumnExpression[date | None]:
    """Give the day whose level of a stock still holds at the end of a day."""
    earlier = aliased(DailyValue)
    return (
        select(func.max(earlier.day))
        .where(
            earlier.metric == DailyValue.metric,
            earlier.member_id == DailyValue.member_id,
            earlier.day <= last,
        )
        .correlate(DailyValue)
        .scalar_subquery()
    )


def _plain(row: Any) -> tuple[Any, ...]:
    return tuple(row)
