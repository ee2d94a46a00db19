"""Promises as they are stored, and which of them count the same facts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from ropdesk.domain import promises as rules
from ropdesk.domain.customers import customer_words
from ropdesk.domain.metrics import Metric, Metrics
from ropdesk.domain.promises import Way
from ropdesk.services.promise_facts import Span
from ropdesk.store.plain import rows

OPEN = "open"
DROPPED = "dropped"
Where = Sequence[tuple[str, list[object]]]
"""Conditions that all hold, each with its values."""

_day = date.fromisoformat


@dataclass(frozen=True, slots=True)
class Move:
    """A day put off, with the reason."""

    moved_on: date
    due_from: date
    due_to: date
    reason: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A promise as it is kept, before anything is judged."""

    id: int
    text: str
    customer: str
    member_id: int | None
    name: str
    given: date
    due: date
    first: date
    metric: str
    amount: int | None
    state: str
    settled_on: date | None
    result: str
    meeting_id: int | None
    moves: int
    original_due: date
    way: Way

    @property
    def begins(self) -> date:
        """The first day that counts; a customer who pays before the day named has paid, too."""
        return min(self.first, self.given) if self.way is Way.DEALS else self.first

    def span(self, last: date, metric: str = "") -> Span:
        """Say which facts it asks for, up to a day."""
        return Span(self.id, self.member_id, metric or self.metric, self.begins, last)


def metric_of(known: Metrics, code: str) -> Metric | None:
    """Return a metric; None for no code and for one that is no longer kept."""
    if code not in known:
        return None
    return known[code]


def stored(connection: Connection, known: Metrics, where: Where) -> list[Stored]:
    """Read promises by due day, then in the order given, with their moves counted."""
    chosen = " AND ".join(sql for sql, _values in where) or "1"
    found = []
    for (
        id_, text, customer, member_id, name, given, due, first, metric, amount, state, settled_on,
        result, meeting_id, count, original,
    ) in rows(
        connection,
        "SELECT p.id, p.text, p.customer, p.member_id, coalesce(m.name, ''), p.given, p.due, "
        "p.first, p.metric, p.amount, p.state, p.settled_on, p.result, p.meeting_id, "
        "(SELECT count(*) FROM promise_move AS v WHERE v.promise_id = p.id), "
        "(SELECT v.due_from FROM promise_move AS v WHERE v.promise_id = p.id "
        "ORDER BY v.id LIMIT 1) "
        f"FROM promise AS p LEFT JOIN member AS m ON m.id = p.member_id WHERE {chosen} "
        "ORDER BY p.due, p.id",
        [value for _sql, values in where for value in values],
    ):  # fmt: skip
        found.append(
            Stored(
                id_, text, customer, member_id, name, _day(given), _day(due), _day(first), metric,
                amount, state, None if settled_on is None else _day(settled_on), result,
                meeting_id, count, _day(original or due),
                rules.way(metric_of(known, metric), amount, customer),
            )
        )  # fmt: skip
    return found


def moves(connection: Connection, promise_id: int) -> list[Move]:
    """List how the day of a promise was put off, the first move first."""
    return [
        Move(_day(moved_on), _day(due_from), _day(due_to), reason)
        for moved_on, due_from, due_to, reason in rows(
            connection,
            "SELECT moved_on, due_from, due_to, reason FROM promise_move "
            "WHERE promise_id = ? ORDER BY id",
            [promise_id],
        )
    ]


def sharing(connection: Connection, known: Metrics, asked: Iterable[Stored]) -> dict[int, set[int]]:
    """Find which promises count some of the same facts.

    Those of one person and one flow whose days overlap do, unless both name a customer and not
    the same one. All that are not dropped are looked at, listed or not.
    """
    wanted = {each.id: each for each in asked if each.way is not Way.LEVEL}
    if not wanted:
        return {}
    low = min(each.begins for each in wanted.values()).isoformat()
    high = max(each.due for each in wanted.values()).isoformat()
    groups: defaultdict[tuple[int | None, str], list[Stored]] = defaultdict(list)
    for each in stored(
        connection, known,
        [
            ("p.state != ? AND p.metric != ''", [DROPPED]),
            ("p.due >= ? AND min(p.first, p.given) <= ?", [low, high]),
        ],
    ):  # fmt: skip
        if each.way in {Way.DAYS, Way.DEALS}:
            groups[each.member_id, each.metric].append(each)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for group in groups.values():
        for one, other in _overlapping(group):
            found[one.id].add(other.id)
            found[other.id].add(one.id)
    return found


def _overlapping(group: list[Stored]) -> Iterator[tuple[Stored, Stored]]:
    going: list[Stored] = []
    for each in sorted(group, key=lambda stored: stored.begins):
        going = [other for other in going if other.due >= each.begins]
        for other in going:
            words = {customer_words(one.customer) for one in (each, other) if one.customer}
            if len(words) < 2:
                yield other, each
        going.append(each)
