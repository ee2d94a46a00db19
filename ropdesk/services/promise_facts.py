"""The facts that promises are judged by, asked for all of them at once."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from sqlalchemy import Connection

from ropdesk.domain.metrics import DERIVED_FROM_CALLS, DERIVED_FROM_DEALS
from ropdesk.store.plain import rows

Day = tuple[date, int]
CLOSED = attrgetter("closed")


@dataclass(frozen=True, slots=True)
class Span:
    """What one promise asks of the facts: a member's (None: the department's) over some days."""

    promise_id: int
    member_id: int | None
    metric: str
    first: date
    last: date

    @property
    def asked(self) -> list[object]:
        """The values that the queries below take from it."""
        first, last = self.first.isoformat(), self.last.isoformat()
        return [self.promise_id, self.member_id, self.metric, first, last]


@dataclass(frozen=True, slots=True)
class WonDeal:
    """A deal won."""

    id: int
    title: str
    closed: date
    amount: int


@dataclass(frozen=True, slots=True)
class Known:
    """Up to which day facts are in: of each metric asked for, and of deals themselves."""

    metrics: Mapping[str, date] = field(default_factory=dict)
    deals: date | None = None


# Read into columns once: taking JSON apart anew for each row would cost more than the rows.
_ASKED = (
    "WITH asked(promise, member, metric, first, last) AS MATERIALIZED (SELECT value ->> 0, "
    "value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)) "
)


def _json(spans: Iterable[Span]) -> str:
    return json.dumps([span.asked for span in spans])


def flows(connection: Connection, spans: Sequence[Span]) -> dict[tuple[int, str], list[Day]]:
    """Answer the daily values of flows: promise id and metric → what came on which day."""
    # By member, metric and day there is an index; the department is its members in turn.
    query = (
        f"{_ASKED} SELECT a.promise, d.metric, d.day, d.value FROM asked AS a {{whose}} "
        "AND d.metric = a.metric AND d.day BETWEEN a.first AND a.last"
    )
    mine = "CROSS JOIN daily_value AS d ON d.member_id = a.member"
    all_ = "CROSS JOIN member AS m CROSS JOIN daily_value AS d ON d.member_id = m.id"
    found: dict[tuple[int, str], list[Day]] = {}
    for of_members, some in _parted(spans):
        asked = query.format(whose=mine if of_members else all_)
        for promise_id, metric, day, value in rows(connection, asked, [_json(some)]):
            found.setdefault((promise_id, metric), []).append((date.fromisoformat(day), value))
    return found


def levels(connection: Connection, spans: Sequence[Span]) -> dict[int, int]:
    """Answer the level of a stock at the end of each promise's last day."""
    query = (
        f"{_ASKED} SELECT promise, sum(level) FROM (SELECT a.promise, "
        "(SELECT v.value FROM daily_value AS v WHERE v.metric = a.metric "
        "AND v.member_id = m.id AND v.day <= a.last ORDER BY v.day DESC LIMIT 1) AS level "
        "FROM asked AS a CROSS JOIN member AS m {whose}) "
        "WHERE level IS NOT NULL GROUP BY promise"
    )
    found: dict[int, int] = {}
    for of_members, some in _parted(spans):
        asked = query.format(whose="ON m.id = a.member" if of_members else "")
        found |= dict(rows(connection, asked, [_json(some)]))
    return found


def won_deals(connection: Connection, spans: Sequence[Span]) -> dict[int, list[WonDeal]]:
    """Answer the deals won within each promise's days, whoever the customer is.

    A deal is read once, however many promises of its member look at it.
    """
    if not spans:
        return {}
    low = min(span.first for span in spans).isoformat()
    high = max(span.last for span in spans).isoformat()
    by_member: dict[int | None, list[WonDeal]] = {None: []}
    wanted = {span.member_id for span in spans}
    for id_, member, title, closed, amount in rows(
        connection,
        "SELECT d.id, d.member_id, d.title, d.closed, coalesce(d.amount, 0) "
        "FROM member AS m CROSS JOIN deal AS d ON d.member_id = m.id "
        "WHERE d.status = 'won' AND d.closed BETWEEN ? AND ? "
        "AND (? OR m.id IN (SELECT value FROM json_each(?))) ORDER BY d.closed, d.id",
        [low, high, None in wanted, json.dumps([id_ for id_ in wanted if id_ is not None])],
    ):
        deal = WonDeal(id_, title, date.fromisoformat(closed), amount)
        by_member[None].append(deal)
        by_member.setdefault(member, []).append(deal)
    found = {}
    for span in spans:
        deals = by_member.get(span.member_id, [])
        start = bisect_left(deals, span.first, key=CLOSED)
        found[span.promise_id] = deals[start : bisect_right(deals, span.last, key=CLOSED)]
    return found


def _parted(spans: Sequence[Span]) -> list[tuple[bool, list[Span]]]:
    """Part what is asked of members from what is asked of the department; nothing is left out."""
    of_members = [span for span in spans if span.member_id is not None]
    of_all = [span for span in spans if span.member_id is None]
    return [(whose, some) for whose, some in ((True, of_members), (False, of_all)) if some]


def known_until(connection: Connection, codes: Collection[str], today: date) -> Known:
    """Say up to which day the facts of stored metrics are in.

    That is the last day with any value of the metric in the workspace. What is counted from deals
    or calls is known as far as its deals or calls are: where the latest deal was created on a day
    and none was paid, that day's receipts are nothing, not unknown.
    """
    until = today.isoformat()
    found: dict[str, str] = {
        code: day
        for code, day in rows(
            connection,
            "SELECT c.value, max((SELECT max(d.day) FROM daily_value AS d WHERE d.metric = c.value "
            "AND d.member_id = m.id AND d.day <= ?)) AS last "
            "FROM json_each(?) AS c CROSS JOIN member AS m GROUP BY c.value",
            [until, json.dumps(sorted(codes))],
        )
        if day is not None
    }
    typed = {
        code
        for (code,) in rows(
            connection,
            "SELECT DISTINCT d.metric FROM json_each(?) AS a CROSS JOIN daily_value AS d "
            "ON d.day = a.value ->> 1 AND d.metric = a.value ->> 0 "
            "WHERE coalesce(d.entered, d.imported) IS NOT NULL",
            [json.dumps(list(found.items()))],
        )
    }
    deals = _last_row(connection, "deal", ("created", "closed"), until)
    sources: dict[str, str | None] = dict.fromkeys(DERIVED_FROM_DEALS, deals)
    if not frozenset(DERIVED_FROM_CALLS).isdisjoint(codes):
        calls = _last_row(connection, "call", ("day",), until)
        sources |= dict.fromkeys(DERIVED_FROM_CALLS, calls)
    known = {}
    for code in codes:
        own, source = found.get(code), sources.get(code)
        last = own if code in typed else max(filter(None, (own, source)), default=None)
        if last is not None:
            known[code] = date.fromisoformat(last)
    return Known(known, None if deals is None else date.fromisoformat(deals))


def _last_row(
    connection: Connection, table: str, columns: tuple[str, ...], until: str
) -> str | None:
    """Find the last day on which a source has a row; each member's by the index."""
    each = ", ".join(
        f"max((SELECT max(t.{column}) FROM {table} AS t "
        f"WHERE t.member_id = m.id AND t.{column} <= ?))"
        for column in columns
    )
    found = rows(connection, f"SELECT {each} FROM member AS m", [until] * len(columns))[0]
    return max(filter(None, found), default=None)
