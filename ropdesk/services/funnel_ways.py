"""Deals and what is told of their stages, read for the funnel in few questions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection

from ropdesk.domain import funnel as rules
from ropdesk.domain.funnel import Deal, Place, Stay, Told
from ropdesk.store import plain

BASIS = 8_000  # of the newest stage dates, from which order and norms are learnt
CYCLES = 2_000  # of the newest won deals, from which an old deal is told

Open = tuple[int, int, str, str, str | None, int | None, str, str]
"""An open deal: id, member, pipeline, stage, day of creation, amount, source, title."""
Begun = tuple[int, str, str, str | None, str]
"""What is told of a stay's beginning: deal, pipeline, stage, not before and by which day."""


class Row(NamedTuple):
    """A deal as the funnel needs it; days are ordinals, money is kopecks."""

    id: int
    member_id: int
    pipeline: str
    stage: str
    status: str
    created: int | None
    closed: int | None
    amount: int | None
    source: str
    reason: str
    title: str

    @property
    def way(self) -> Deal:
        """The deal as far as its way matters."""
        return Deal(self.id, self.status, self.created, self.closed)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which deals are looked at; None for all of them."""

    pipeline: str | None = None
    member: int | None = None
    source: str | None = None

    def sql(self) -> tuple[str, list[object]]:
        """Return a condition on a deal ``d`` and its values."""
        conditions, values = ["1"], []
        for column, value in (
            ("pipeline", self.pipeline), ("member_id", self.member), ("source", self.source)
        ):  # fmt: skip
            if value is not None:
                conditions.append(f"d.{column} = ?")
                values.append(value)
        return " AND ".join(conditions), list(values)


@dataclass(frozen=True, slots=True)
class Ways:
    """Stages in order with their norms, learnt from what was told."""

    order: Mapping[str, Sequence[str]]
    positions: Mapping[Place, int]
    norms: Mapping[Place, int]
    by_hand: Mapping[Place, int]
    placed: frozenset[Place]


@cache
def ordinal(text: str) -> int:
    """Turn an ISO day into its number."""
    return date.fromisoformat(text).toordinal()


def _day(text: str | None) -> int | None:
    return None if text is None else ordinal(text)


def deals(
    connection: Connection, filters: Filters, span: tuple[date, date], as_of: date
) -> list[Row]:
    """Read the deals of a span: created, closed or moved in it, or open now."""
    condition, values = filters.sql()
    first, last = span[0].isoformat(), span[1].isoformat()
    found = plain.rows(
        connection,
        "SELECT d.id, d.member_id, d.pipeline, d.stage, d.status, d.created, d.closed, d.amount, "
        "d.source, d.lost_reason, d.title FROM deal AS d WHERE (d.status = 'open' "
        "OR d.created BETWEEN ? AND ? OR d.closed BETWEEN ? AND ? "
        "OR d.id IN (SELECT deal_id FROM stage_date WHERE day BETWEEN ? AND ?)) "
        # A deal with its days the wrong way round counts where the board counts it: once closed.
        "AND (d.created IS NULL OR d.created <= ? OR d.status <> 'open' AND d.closed <= ?) "
        f"AND {condition} ORDER BY d.id",
        (first, last, first, last, first, last, as_of.isoformat(), as_of.isoformat(), *values),
    )
    return [
        Row(row[0], row[1], row[2], row[3], row[4], _day(row[5]), _day(row[6]), row[7], row[8],
            row[9], row[10])
        for row in found
    ]  # fmt: skip


def told(
    connection: Connection, filters: Filters, span: tuple[date, date], as_of: date
) -> list[Told]:
    """Read what is told of the stages of the same deals, by deal in the order of days."""
    condition, values = filters.sql()
    first, last = span[0].isoformat(), span[1].isoformat()
    found = plain.rows(
        connection,
        "SELECT s.deal_id, s.pipeline, s.stage, "
        "CASE WHEN s.exact THEN s.day ELSE s.not_before END, s.day "
        # Few deals of all are looked at: SQLite would rather begin with every date there is.
        "FROM deal AS d CROSS JOIN stage_date AS s ON s.deal_id = d.id WHERE (d.status = 'open' "
        "OR d.created BETWEEN ? AND ? OR d.closed BETWEEN ? AND ? "
        "OR d.id IN (SELECT deal_id FROM stage_date WHERE day BETWEEN ? AND ?)) "
        f"AND s.day <= ? AND {condition} ORDER BY d.id, s.day, s.id",
        (first, last, first, last, first, last, as_of.isoformat(), *values),
    )
    return _told(found)


def open_deals(connection: Connection, filters: Filters, as_of: date) -> list[Open]:
    """Read the deals that are open now and were there on a day."""
    condition, values = filters.sql()
    return plain.rows(
        connection,
        "SELECT d.id, d.member_id, d.pipeline, d.stage, d.created, d.amount, d.source, d.title "
        "FROM deal AS d WHERE d.status = 'open' AND (d.created IS NULL OR d.created <= ?) "
        f"AND {condition} ORDER BY d.id",
        (as_of.isoformat(), *values),
    )


def standing(
    connection: Connection, filters: Filters, as_of: date
) -> dict[int, tuple[Begun, bool]]:
    """Say what was told first of the stay each open deal stands in, and whether it is its first."""
    condition, values = filters.sql()
    found: dict[int, tuple[Begun, bool]] = {}
    deal, pipeline, stage = 0, "", ""
    for row in plain.rows(
        connection,
        "SELECT d.id, s.pipeline, s.stage, "
        "CASE WHEN s.exact THEN s.day ELSE s.not_before END, s.day "
        "FROM deal AS d CROSS JOIN stage_date AS s ON s.deal_id = d.id "
        f"WHERE d.status = 'open' AND s.day <= ? AND {condition} ORDER BY d.id, s.day, s.id",
        (as_of.isoformat(), *values),
    ):
        if row[0] != deal:
            deal, pipeline, stage = row[:3]
            found[deal] = row, True
        elif row[2] != stage or row[1] != pipeline:
            pipeline, stage = row[1], row[2]
            found[deal] = row, False
    return found


def _told(found: Iterable[tuple[Any, ...]]) -> list[Told]:
    return [Told(row[0], row[1], row[2], _day(row[3]), ordinal(row[4])) for row in found]


def sightings(connection: Connection, filters: Filters) -> dict[int, int]:
    """Say by when open deals of which no stage is dated were first seen where they stand."""
    condition, values = filters.sql()
    found = plain.rows(
        connection,
        "SELECT d.id, e.told_on FROM deal AS d JOIN export_day AS e ON e.batch_id = d.batch_id "
        "WHERE d.status = 'open' AND NOT EXISTS (SELECT 1 FROM stage_date AS s "
        f"WHERE s.deal_id = d.id) AND {condition}",
        values,
    )
    return {deal: ordinal(day) for deal, day in found}


def stays(
    rows: Sequence[Row], said: Sequence[Told], seen: Mapping[int, int], ways: Ways, as_of: int
) -> dict[int, list[Stay]]:
    """Follow each deal through its stages, as far as it is told."""
    by_deal = {deal: list(group) for deal, group in groupby(said, key=lambda each: each.deal)}
    found: dict[int, list[Stay]] = {}
    for row in rows:
        entries = by_deal.get(row.id)
        if entries is None and row.id in seen:
            low = row.created
            entries = [Told(row.id, row.pipeline, row.stage, low, min(seen[row.id], as_of))]
        if entries:
            found[row.id] = rules.way(row.way, entries, ways.positions)
    return found


def learn(connection: Connection, as_of: date, present: Iterable[Place]) -> Ways:
    """Put stages in order and find their norms.

    Set by hand, else learnt from the newest `BASIS` dates of stages up to a day.

    Args:
        present: stages that deals are in, told by other questions.
    """
    table = plain.rows(connection, "SELECT pipeline, stage, position, norm_days FROM stage")
    said, deals = _basis(connection, as_of)
    places = {*present, *((each.pipeline, each.stage) for each in said)}
    placed = {(pipeline, stage): at for pipeline, stage, at, _norm in table if at >= 0}
    steps = rules.moves(said)
    order: dict[str, list[str]] = {}
    for pipeline in sorted({place[0] for place in places}):
        stages = sorted({stage for name, stage in places if name == pipeline})
        by_hand = {
            stage: placed[pipeline, stage] for stage in stages if (pipeline, stage) in placed
        }
        seen = {(a[1], b[1]): count for (a, b), count in steps.items() if a[0] == pipeline}
        order[pipeline] = rules.in_order(stages, by_hand, seen)
    positions = {
        (pipeline, stage): at
        for pipeline, stages in order.items()
        for at, stage in enumerate(stages)
    }
    hand = {(pipeline, stage): days for pipeline, stage, _at, days in table if days is not None}
    lengths = _lengths(said, deals, positions, as_of.toordinal())
    norms = {
        place: days
        for place in positions
        if (days := rules.norm(hand.get(place), lengths[place])) is not None
    }
    return Ways(order, positions, norms, hand, frozenset(placed))


def _basis(connection: Connection, as_of: date) -> tuple[list[Told], dict[int, Deal]]:
    found = plain.rows(
        connection,
        "SELECT s.deal_id, s.pipeline, s.stage, "
        "CASE WHEN s.exact THEN s.day ELSE s.not_before END, s.day, d.status, d.created, d.closed "
        "FROM stage_date AS s JOIN deal AS d ON d.id = s.deal_id "
        "WHERE s.day <= ? AND s.deal_id IN (SELECT deal_id FROM (SELECT deal_id "
        "FROM stage_date WHERE day <= ? ORDER BY day DESC LIMIT ?)) "
        "ORDER BY s.deal_id, s.day, s.id",
        (as_of.isoformat(), as_of.isoformat(), BASIS),
    )
    deals = {row[0]: Deal(row[0], row[5], _day(row[6]), _day(row[7])) for row in found}
    return _told(found), deals


def _lengths(
    said: Sequence[Told], deals: Mapping[int, Deal], positions: Mapping[Place, int], as_of: int
) -> Mapping[Place, Counter[int]]:
    found: dict[Place, Counter[int]] = defaultdict(Counter)
    for deal, entries in groupby(said, key=itemgetter(0)):
        for place, days in rules.lengths(deals[deal], list(entries), positions, as_of):
            found[place][days] += 1
    return found


def old_after(connection: Connection, as_of: date) -> int | None:
    """Return the days that nine of ten of the newest won deals took; None with too few of them."""
    found = plain.rows(
        connection,
        "SELECT created, closed FROM deal WHERE status = 'won' AND created IS NOT NULL "
        "AND closed >= created AND closed <= ? ORDER BY closed DESC LIMIT ?",
        (as_of.isoformat(), CYCLES),
    )
    lengths = Counter(ordinal(closed) - ordinal(created) for created, closed in found)
    return rules.percentile(lengths, rules.OLD) if len(found) >= rules.ENOUGH else None
