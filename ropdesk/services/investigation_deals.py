"""The deals of an investigation: won, lost and why, the largest, and by source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from ropdesk.domain.investigations import Span
from ropdesk.store.plain import rows

LARGEST = 5


@dataclass(frozen=True, slots=True)
class Compared:
    """A count in the period and in the one before; empty words are rows that say nothing."""

    words: str
    count: int
    before: int


@dataclass(frozen=True, slots=True)
class BySource:
    """Inquiries of a source and deals won from it, now and before."""

    source: str
    inquiries: int
    won: int
    inquiries_before: int
    won_before: int


@dataclass(frozen=True, slots=True)
class LargeDeal:
    """One of the largest deals closed in the period; money in kopecks."""

    id: int
    title: str
    member: str
    status: str
    amount: int
    closed: date
    reason: str


@dataclass(frozen=True, slots=True)
class DealFacts:
    """Deals closed in the period, and in the one before; money in kopecks."""

    won: int
    lost: int
    amount: int
    won_before: int
    lost_before: int
    amount_before: int
    reasons: tuple[Compared, ...]
    sources: tuple[BySource, ...]
    largest: tuple[LargeDeal, ...]

    @property
    def empty(self) -> bool:
        """Whether no deal closed in either period."""
        return not (self.won or self.lost or self.won_before or self.lost_before)


def deal_facts(
    connection: Connection, now: Span, before: Span, members: frozenset[int]
) -> DealFacts:
    """Count the deals of some people (none: of everybody) in two spans."""
    closed, closed_before = (_closed(connection, span, members) for span in (now, before))
    return DealFacts(
        won=_sum(closed, "won", 3), lost=_sum(closed, "lost", 3), amount=_sum(closed, "won", 4),
        won_before=_sum(closed_before, "won", 3), lost_before=_sum(closed_before, "lost", 3),
        amount_before=_sum(closed_before, "won", 4),
        reasons=_reasons(closed, closed_before),
        sources=_sources(connection, now, before, members, closed, closed_before),
        largest=tuple(_largest(connection, now, members)),
    )  # fmt: skip


def _whose(members: frozenset[int], column: str = "member_id") -> tuple[str, list[int]]:
    if not members:
        return "", []
    return f" AND {column} IN ({', '.join('?' * len(members))})", sorted(members)


def _closed(connection: Connection, span: Span, members: frozenset[int]) -> list[tuple[Any, ...]]:
    """Answer status, reason, source, count and amount of the deals closed."""
    where, who = _whose(members)
    return rows(
        connection,
        "SELECT status, CASE status WHEN 'lost' THEN lost_reason ELSE '' END, source, count(*), "
        "coalesce(sum(amount), 0) FROM deal WHERE status <> 'open' AND closed BETWEEN ? AND ?"
        f"{where} GROUP BY 1, 2, 3",
        (span[0].isoformat(), span[1].isoformat(), *who),
    )


def _sum(found: Sequence[tuple[Any, ...]], status: str, column: int) -> int:
    return sum(row[column] for row in found if row[0] == status)


def _counts(found: Sequence[tuple[Any, ...]], status: str, column: int) -> dict[str, int]:
    counted: dict[str, int] = {}
    for row in found:
        if row[0] == status:
            counted[row[column]] = counted.get(row[column], 0) + row[3]
    return counted


def _reasons(
    now: Sequence[tuple[Any, ...]], before: Sequence[tuple[Any, ...]]
) -> tuple[Compared, ...]:
    here, earlier = _counts(now, "lost", 1), _counts(before, "lost", 1)
    made = [Compared(reason, count, earlier.get(reason, 0)) for reason, count in here.items()]
    return tuple(sorted(made, key=lambda one: (-one.count, one.words)))


def _sources(
    connection: Connection, now: Span, before: Span, members: frozenset[int],
    closed: Sequence[tuple[Any, ...]], closed_before: Sequence[tuple[Any, ...]],
) -> tuple[BySource, ...]:  # fmt: skip
    came, came_before = (_created(connection, span, members) for span in (now, before))
    won, won_before = _counts(closed, "won", 2), _counts(closed_before, "won", 2)
    names = {*came, *won, *came_before, *won_before}
    made = [
        BySource(
            name, came.get(name, 0), won.get(name, 0), came_before.get(name, 0),
            won_before.get(name, 0),
        )
        for name in names
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (-one.inquiries, -one.won, one.source)))


def _created(connection: Connection, span: Span, members: frozenset[int]) -> dict[str, int]:
    where, who = _whose(members)
    found = rows(
        connection,
        f"SELECT source, count(*) FROM deal WHERE created BETWEEN ? AND ?{where} GROUP BY source",
        (span[0].isoformat(), span[1].isoformat(), *who),
    )
    return dict(found)


def _largest(connection: Connection, span: Span, members: frozenset[int]) -> list[LargeDeal]:
    where, who = _whose(members, "d.member_id")
    found = rows(
        connection,
        "SELECT d.id, d.title, m.name, d.status, d.amount, d.closed, d.lost_reason FROM deal d "
        "JOIN member m ON m.id = d.member_id WHERE d.status <> 'open' AND d.amount > 0 "
        f"AND d.closed BETWEEN ? AND ?{where} ORDER BY d.amount DESC, d.id LIMIT ?",
        (span[0].isoformat(), span[1].isoformat(), *who, LARGEST),
    )
    return [
        LargeDeal(id_, title, member, status, amount, date.fromisoformat(closed), reason)
        for id_, title, member, status, amount, closed, reason in found
    ]
