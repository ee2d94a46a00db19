"""What a promotion brought: against the days before it and those who went without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain import promotions as rules
from ropdesk.domain.metrics import Kind, Metric, Unit
from ropdesk.domain.promotions import State
from ropdesk.services import effects, metrics, promotions, team
from ropdesk.services.effects import Effect, Group, Series, Span
from ropdesk.services.promotions import Promotion
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

BY_MEMBERS, BY_SOURCES, NOTHING = "members", "sources", ""


@dataclass(frozen=True, slots=True)
class Point:
    """A working day of the chart.

    Attributes:
        value: in the metric's smallest parts; None where a ratio has nothing to be divided by.
        part: ``before``, ``during``, ``between`` or ``after``.
    """

    day: date
    value: Fraction | None
    part: str


@dataclass(frozen=True, slots=True)
class Result:
    """Fact of a promotion as of a day.

    Attributes:
        metric: what it is measured by.
        before: the days compared with; None while the period is not set.
        after: its own days that are over; None while there are none.
        effect: None where there is nothing to compare yet.
        gain, gain_low, gain_high: the effect over the whole of ``after``: a flow's total, of other
            kinds the change itself; the metric's smallest parts.
        against: whose change was taken off: ``members``, ``sources`` or nothing.
        took_part, people: members who took part, of those who worked then.
        sources_told: False where sources are named but the metric is not known by source.
        cost: spent, or the budget where nothing is spent yet; kopecks.
        returned: gain ÷ cost, where the metric is money and the whole interval is a gain.
    """

    metric: Metric
    before: Span | None = None
    after: Span | None = None
    effect: Effect | None = None
    gain: Fraction | None = None
    gain_low: Fraction | None = None
    gain_high: Fraction | None = None
    against: str = NOTHING
    took_part: int = 0
    people: int = 0
    sources_told: bool = True
    cost: int | None = None
    returned: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """All that the card and the paper of a promotion say."""

    promotion: Promotion
    result: Result
    points: tuple[Point, ...]
    overlaps: tuple[Promotion, ...]
    names: tuple[str, ...]
    step: State | None


def detail(ws: Workspace, promotion_id: int, today: date) -> Detail:
    """Answer what is known of a promotion.

    Args:
        today: its days are counted up to yesterday while it runs: today is not over.

    Raises:
        DomainError: the promotion is gone.
    """
    overlaps = promotions.overlapping(ws, promotion_id)
    with ws.read() as connection:
        found = promotions.one(connection, promotion_id)
        people = team.load(connection).members
        result = _result(connection, found, today)
        points = _points(connection, found, result, today)
    names = tuple(people[each].name for each in found.members if each in people)
    return Detail(
        found, result, points, tuple(overlaps), names, rules.to_do(found.state, found.terms, today)
    )


def result(ws: Workspace, promotion_id: int, today: date) -> Result:
    """Answer the fact of a promotion; arguments as in `detail`."""
    with ws.read() as connection:
        return _result(connection, promotions.one(connection, promotion_id), today)


def sources(ws: Workspace) -> tuple[str, ...]:
    """List the sources that deals name, by name."""
    with ws.read() as connection:
        return _sources(connection)


def _sources(connection: Connection) -> tuple[str, ...]:
    found = rows(connection, "SELECT DISTINCT source FROM deal WHERE source <> '' ORDER BY source")
    return tuple(source for (source,) in found)


def _result(connection: Connection, found: Promotion, today: date) -> Result:
    catalogue = metrics.load(connection)
    metric = catalogue[found.metric]
    cost = found.budget if found.spent is None else found.spent
    people = team.load(connection)
    known_by_source = effects.by_source(catalogue, metric.code)
    told = not found.sources or known_by_source
    if found.first is None or found.last is None:
        return Result(metric, cost=cost, sources_told=told)
    here = [each.id for each in people.active(found.first, found.last)]
    took = [each for each in here if not found.members or each in found.members]
    last = min(found.last, today - timedelta(1))
    before = effects.comparable_days(connection, found.first, found.last)
    if last < found.first or found.state in {State.IDEA, State.PROPOSAL}:
        return Result(
            metric, before, took_part=len(took), people=len(here), cost=cost, sources_told=told
        )  # fmt: skip
    group = Group(frozenset(found.members), frozenset(found.sources if known_by_source else ()))
    control, against = _control(connection, group, here)
    effect = effects.read(connection, metric.code, (found.first, last), before, group, control)
    gain, low, high = (
        (effect.total, effect.total_low, effect.total_high) if metric.kind is Kind.FLOW
        else (effect.change, effect.low, effect.high)
    )  # fmt: skip
    return Result(
        metric, before, (found.first, last), effect, gain, low, high,
        against if effect.controlled else NOTHING, len(took), len(here), told, cost,
        _returned(metric, effect, cost),
    )  # fmt: skip


def _returned(metric: Metric, effect: Effect, cost: int | None) -> Fraction | None:
    """Say what a rouble brought, where money was surely gained."""
    if metric.unit is not Unit.MONEY or metric.kind is not Kind.FLOW or effect.verdict != "up":
        return None
    return rules.returned(effect.total, cost)


def _control(connection: Connection, group: Group, here: Sequence[int]) -> tuple[Group | None, str]:
    """Choose those without it: the other members, else the other sources."""
    others = frozenset(here) - group.members if group.members else frozenset()
    if others:
        return Group(others, group.sources), BY_MEMBERS
    if group.sources:
        rest = frozenset(_sources(connection)) - group.sources
        if rest:
            return Group(group.members, rest), BY_SOURCES
    return None, NOTHING


def _points(
    connection: Connection, found: Promotion, result: Result, today: date
) -> tuple[Point, ...]:
    """Give each working day from the days compared with to as many days after the end."""
    if result.before is None or found.first is None or found.last is None:
        return ()
    series = Series(connection, found.metric)
    told = found.sources if result.sources_told else ()
    length = found.last - found.first
    until = min(found.last + length + timedelta(1), today - timedelta(1))
    span = series.known((result.before[0], max(until, result.before[0])))
    side = series.side(span, Group(frozenset(found.members), frozenset(told)))
    ratio = result.metric.kind is Kind.RATIO

    def value(top: int, weight: int) -> Fraction | None:
        if not ratio:
            return Fraction(top)
        return Fraction(top, weight) * series.scale if weight else None

    return tuple(
        Point(day, value(top, weight), _part(day, result.before, (found.first, found.last)))
        for day, top, weight in zip(side.days, side.tops, side.weights, strict=True)
    )


def _part(day: date, before: Span, during: Span) -> str:
    if day <= before[1]:
        return "before"
    if day < during[0]:
        return "between"
    return "during" if day <= during[1] else "after"
