"""The rows behind a number: deals, calls, typed values and the files they came from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, SQLColumnExpression, func, select

from ropdesk.domain.metrics import DERIVED_FROM_CALLS, Kind
from ropdesk.services import board, metrics
from ropdesk.store.models import Call, DailyValue, Deal, ImportBatch, Member
from ropdesk.store.workspace import Workspace

LIMIT = 5_000  # more rows than anybody reads; the count says how many there are


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
            deals=tuple(_deal_rows(connection, deals)) if deals is not None else (),
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
    """Find deals whose title or number holds a text, newest first (for Ctrl+K)."""
    pattern = f"%{text}%"
    query = (
        select(Deal.id)
        .where(Deal.title.ilike(pattern) | Deal.external_id.like(f"{text}%"))
        .order_by(Deal.id.desc())
        .limit(limit)
    )
    with ws.read() as connection:
        return list(_deal_rows(connection, query))


def _deals(
    parts: tuple[str, ...], member_id: int | None, first: date, last: date
) -> Select[int] | None:
    by_closing = {"deals_won", "receipts", "cycle_time", "deals_lost"} & set(parts)
    conditions: list[SQLColumnExpression[bool]] = []
    if by_closing:
        statuses = ["lost"] if by_closing == {"deals_lost"} else ["won"]
        conditions.append(Deal.closed.between(first, last) & Deal.status.in_(statuses))
    if "inquiries" in parts:
        conditions.append(Deal.created.between(first, last))
    if "open_deals" in parts:
        held = Deal.status == "open"
        conditions.append((Deal.created <= last) & (held | (Deal.closed > last)))
    if not conditions:
        return None
    # By member first: the indexes begin with the member, whole departments included.
    who = (
        select(Member.id) if member_id is None else select(Member.id).where(Member.id == member_id)
    )
    matches = conditions[0]
    for condition in conditions[1:]:
        matches = matches | condition
    return select(Deal.id).where(Deal.member_id.in_(who), matches)


def _calls(
    parts: tuple[str, ...], member_id: int | None, first: date, last: date
) -> Select[int] | None:
    mine = set(parts) & set(DERIVED_FROM_CALLS)
    if not mine:
        return None
    who = (
        select(Member.id) if member_id is None else select(Member.id).where(Member.id == member_id)
    )
    query = select(Call.id).where(Call.member_id.in_(who), Call.day.between(first, last))
    if mine <= {"missed_calls"}:
        query = query.where(Call.direction == "in", ~Call.answered)
    elif mine <= {"incoming_calls", "missed_calls"}:
        query = query.where(Call.direction == "in")
    elif mine <= {"answered_calls", "handle_time", "wait_time"}:
        query = query.where(Call.answered)
    elif mine <= {"ratings", "rating_points"}:
        query = query.where(Call.rating.is_not(None))
    return query


def _count(connection: Connection, ids: Select[int] | None) -> int:
    if ids is None:
        return 0
    return connection.execute(select(func.count()).select_from(ids.subquery())).scalar_one()


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
        .order_by(func.coalesce(Deal.closed, Deal.created).desc(), Deal.id)
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
    if kind is not Kind.STOCK:
        query = query.where(DailyValue.day >= first)
    if member_id is not None:
        query = query.where(DailyValue.member_id == member_id)
    return [ValueRow(*_plain(row)) for row in connection.execute(query)]


def _plain(row: Any) -> tuple[Any, ...]:
    return tuple(row)
