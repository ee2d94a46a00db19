"""What a plan is judged by: the past, capacity, and what each day must bring."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain.calendar import DayKind, MonthNorm
from ropdesk.domain.metrics import Kind, Metric
from ropdesk.domain.months import month_end as last_day
from ropdesk.domain.planning import plan_to_date, required_pace
from ropdesk.domain.split import largest_remainder
from ropdesk.domain.team import ramp_share
from ropdesk.services.planning_basis import Basis
from ropdesk.services.planning_capacity import (
    PAST_OF_LOADS,
    Carried,
    Overload,
    fullest,
    loads,
    overloads,
)
from ropdesk.services.planning_funnel import (
    PAST_OF_FUNNEL,
    FunnelView,
    funnel_of,
    opened,
    reference,
)
from ropdesk.services.planning_sheet import Cell, Key, Sheet
from ropdesk.store.workspace import Workspace

__all__ = [
    "DayPlanRow", "Decomposition", "MemberPace", "MemberPlanRow", "Overload", "Pace", "capacity",
    "day_rows", "decomposition", "member_rows", "required_per_day", "weekday_weights",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MemberPlanRow:
    """One member in the decomposition of a metric.

    Attributes:
        value: the month's plan in stored integers, or None.
        share: of the department's plan, basis points.
        ramp: share of a full norm, basis points.
        days: working days on which the member is there.
        mean, best: of the last six months with numbers, of the last twelve; stored integers.
        open_deals: deals held at the end of the month before, or None.
        capacity: the fullest of the member's loads under this plan, basis points; None: unknown.
        level: of that load: unknown, ok, tight or over.
    """

    member_id: int
    name: str
    value: int | None
    locked: bool
    share: int | None
    ramp: int
    days: int
    mean: int | None
    best: int | None
    open_deals: int | None
    deal_limit: int | None
    capacity: int | None
    level: str


@dataclass(frozen=True, slots=True)
class DayPlanRow:
    """One day of a month: its kind and its part of the plan in stored integers."""

    day: date
    kind: DayKind
    value: int
    pinned: bool


@dataclass(frozen=True, slots=True)
class Pace:
    """What the rest of a month has to bring, in stored integers.

    Attributes:
        missed: plan to date − fact, when the fact is behind; otherwise 0.
        per_day: what each remaining working day must bring; None when no day is left.
        planned_per_day: what the plan gives a remaining day on average.
    """

    plan: int
    plan_to_date: int
    fact: int
    missed: int
    days_left: int
    per_day: int | None
    planned_per_day: int | None


def member_rows(
    ws: Workspace, month: date, metric: str, scenario: str = "standard"
) -> list[MemberPlanRow]:
    """Return the members' part of a metric's plan, with the past and the load beside each."""
    with ws.read() as connection:
        sheet, basis = opened(connection, month, scenario, ())
        return _member_rows(sheet, basis, metric, loads(connection, sheet, basis, scenario))


def _member_rows(sheet: Sheet, basis: Basis, metric: str, carried: Carried) -> list[MemberPlanRow]:
    known, scenario = basis.metrics[metric], carried.scenario
    cells = sheet.members((scenario, metric))
    whole = sheet.cells.get((scenario, metric, None))
    past = {} if known.kind is Kind.RATIO else basis.finished(metric)
    found = []
    order = [m.id for m in basis.members]
    order += [key for key in cells if key not in order and key in basis.team.members]
    shares = _shares([cells[key].value if key in cells else 0 for key in order], known, whole)
    for member_id, share in zip(order, shares, strict=True):
        member = basis.team.members[member_id]
        own = {first: by[member_id] for first, by in past.items() if member_id in by}
        past_of = reference(own)
        bound = fullest(load for load in carried.loads if load.member_id == member_id)
        cell = cells.get(member_id)
        found.append(
            MemberPlanRow(
                member_id, member.name,
                None if cell is None else cell.value, cell is not None and cell.locked,
                share, ramp_share(member, basis.month), len(basis.present_on(member_id)),
                past_of.mean, past_of.best, carried.held.get(member_id),
                member.deal_limit, bound.share if bound else None,
                bound.level.value if bound else "unknown",
            )
        )  # fmt: skip
    return found


def _shares(values: list[int], metric: Metric, whole: Cell | None) -> list[int | None]:
    """Give each part in basis points; they sum to the whole's ten thousand."""
    if metric.kind is Kind.RATIO or whole is None or not sum(values):
        return [None] * len(values)
    return list(largest_remainder(10_000, values))


def day_rows(
    ws: Workspace,
    month: date,
    metric: str,
    scenario: str = "standard",
    member_id: int | None = None,
) -> list[DayPlanRow]:
    """Return every day of a month with its part of the plan, the department's or a member's."""
    with ws.read() as connection:
        sheet, basis = opened(connection, month, scenario, [metric])
        return _day_rows(sheet, basis, (scenario, basis.metrics[metric].code, member_id))


def _day_rows(sheet: Sheet, basis: Basis, key: Key) -> list[DayPlanRow]:
    days = sheet.days.get(key, {})
    first, last = basis.month.toordinal(), last_day(basis.month).toordinal()
    found = []
    for day in map(date.fromordinal, range(first, last + 1)):
        cell = days.get(day)
        value, pinned = (cell.value, cell.pinned) if cell else (0, False)
        found.append(DayPlanRow(day, basis.calendar.kind(day), value, pinned))
    return found


def weekday_weights(ws: Workspace, month: date, metric: str) -> Mapping[int, Fraction]:
    """Return the weights of weekdays (0 is Monday) by which a month's days are planned."""
    with ws.read() as connection:
        basis = Basis(connection, month)
        return dict(basis.weekdays(basis.metrics[metric].code))


def required_per_day(
    ws: Workspace,
    month: date,
    as_of: date,
    metric: str,
    scenario: str = "standard",
    member_id: int | None = None,
) -> Pace | None:
    """Say what the missed part of a flow's plan means for each remaining working day.

    Args:
        as_of: the last day whose facts are in.

    Returns:
        None where there is no plan, or it does not add up over days.
    """
    with ws.read() as connection:
        sheet, basis = opened(connection, month, scenario, [metric])
        return _pace(sheet, basis, (scenario, metric, member_id), as_of)


def _pace(sheet: Sheet, basis: Basis, key: Key, as_of: date) -> Pace | None:
    _scenario, metric, member_id = key
    cell = sheet.cells.get(key)
    if cell is None or basis.metrics[metric].kind is not Kind.FLOW:
        return None
    until = min(max(as_of, basis.month), last_day(basis.month))
    fact = basis.fact(metric, until, member_id) if as_of >= basis.month else 0
    days = {day: part.value for day, part in sheet.days.get(key, {}).items()}
    due = plan_to_date(days, as_of)
    there = basis.working if member_id is None else basis.present_on(member_id)
    left = sum(day > as_of for day in there)
    return Pace(
        cell.value, due, fact, max(0, due - fact), left,
        required_pace(cell.value, fact, left), required_pace(cell.value, due, left),
    )  # fmt: skip


def capacity(ws: Workspace, month: date, scenario: str = "standard") -> list[Overload]:
    """Name the members whose plan comes close to or beyond what they ever carried or may carry.

    Shown before a plan is approved; the worst first.
    """
    with ws.read() as connection:
        sheet, basis = opened(connection, month, scenario, ())
        return overloads(loads(connection, sheet, basis, scenario), basis)


@dataclass(frozen=True, slots=True)
class MemberPace:
    """What the rest of the month asks of one member, in stored integers.

    Attributes:
        days_left: working days left on which the member is there.
        per_day: what each of them must bring; None when none is left and the plan is not reached.
    """

    member_id: int
    plan: int
    fact: int
    days_left: int
    per_day: int | None


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A metric of a month taken apart, with all it is judged by, from one reading.

    Attributes:
        paces: what is asked of those who have a plan.
        overloads: of the whole plan, the worst first.
    """

    funnel: FunnelView
    rows: tuple[MemberPlanRow, ...]
    days: tuple[DayPlanRow, ...]
    weights: Mapping[int, Fraction]
    pace: Pace | None
    paces: tuple[MemberPace, ...]
    overloads: tuple[Overload, ...]
    norm: MonthNorm


def decomposition(
    connection: Connection, month: date, metric: str, scenario: str, as_of: date
) -> Decomposition:
    """Answer at once what `member_rows`, `day_rows`, `funnel` and the others answer one by one.

    Args:
        metric: a flow.
        as_of: the last day whose facts are in.
    """
    sheet, basis = opened(connection, month, scenario, [metric])
    basis.read_past([*PAST_OF_FUNNEL, *PAST_OF_LOADS, metric])
    carried = loads(connection, sheet, basis, scenario)
    found = _member_rows(sheet, basis, metric, carried)
    return Decomposition(
        funnel_of(sheet, basis, scenario),
        tuple(found),
        tuple(_day_rows(sheet, basis, (scenario, metric, None))),
        dict(basis.weekdays(metric)),
        _pace(sheet, basis, (scenario, metric, None), as_of),
        tuple(_member_paces(basis, metric, as_of, found)),
        tuple(overloads(carried, basis)),
        basis.calendar.month_norm(basis.month.year, basis.month.month),
    )


def _member_paces(
    basis: Basis, metric: str, as_of: date, planned: Iterable[MemberPlanRow]
) -> Iterator[MemberPace]:
    facts = basis.facts(metric, as_of)
    for row in planned:
        if row.value is None:
            continue
        fact = facts.get(row.member_id, 0)
        days = sum(day > as_of for day in basis.present_on(row.member_id))
        yield MemberPace(row.member_id, row.value, fact, days, required_pace(row.value, fact, days))
