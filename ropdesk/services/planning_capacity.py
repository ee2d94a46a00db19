"""Whether the members can carry a plan: against the most that each has ever carried."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from ropdesk.domain.capacity import Load, deals_held, fullest, per_day, strained
from ropdesk.domain.metrics import ratio
from ropdesk.domain.money import half_up
from ropdesk.domain.months import month_end as last_day
from ropdesk.domain.planning import HISTORY_MONTHS
from ropdesk.services.planning_basis import Basis
from ropdesk.services.planning_sheet import Sheet
from ropdesk.store.models import DailyValue

__all__ = ["Carried", "Overload", "fullest", "loads", "overloads"]

HELD = "open_deals"
DAILY = "calls"
MONTHLY = ("receipts", "deals_won", "inquiries")
PAST_OF_LOADS = (*MONTHLY, "cycle_time")


@dataclass(frozen=True, slots=True)
class Overload:
    """One load that leaves little room or none.

    Attributes:
        metric: ``open_deals`` (held at once), ``calls`` (of a day), or a flow's month.
        planned, best, limit: in the metric's stored integers; None where there is none.
        share: planned ÷ limit, or ÷ best; basis points.
        level: tight or over.
    """

    member_id: int
    name: str
    metric: str
    planned: int
    best: int | None
    limit: int | None
    share: int | None
    level: str


@dataclass(frozen=True, slots=True)
class Carried:
    """Every member's loads under a plan, and the deals that each holds as the month begins."""

    scenario: str
    loads: tuple[Load, ...]
    held: Mapping[int, int]


def loads(connection: Connection, sheet: Sheet, basis: Basis, scenario: str) -> Carried:
    """Set each member's plan against the past: months, calls of a day, deals held at once."""
    basis.read_past(PAST_OF_LOADS)
    highest = {code: _highest(connection, basis, code) for code in (HELD, DAILY)}
    cycle = _cycle_days(basis)
    found = []
    for member in basis.members:
        plan = {
            code: cell.value
            for code in (*MONTHLY, DAILY, HELD)
            if (cell := sheet.cells.get((scenario, code, member.id))) is not None
        }
        for code in MONTHLY:
            if code in plan:
                months = [by[member.id] for by in basis.past(code).values() if member.id in by]
                found.append(Load(member.id, code, plan[code], max(months, default=None)))
        calls = per_day(plan.get(DAILY, 0), len(basis.present_on(member.id)))
        if calls:
            found.append(Load(member.id, DAILY, calls, highest[DAILY].get(member.id)))
        held = plan.get(HELD)
        if held is None and cycle is not None and "inquiries" in plan:
            held = deals_held(plan["inquiries"], cycle, last_day(basis.month).day)
        if held is not None:
            best = highest[HELD].get(member.id)
            found.append(Load(member.id, HELD, held, best, member.deal_limit))
    return Carried(scenario, tuple(found), _held(connection, basis))


def overloads(carried: Carried, basis: Basis) -> list[Overload]:
    """Choose the loads that leave little room or none, the worst first."""
    return [
        Overload(
            load.member_id, basis.team.members[load.member_id].name, load.metric, load.planned,
            load.best, load.limit, load.share, load.level.value,
        )
        for load in strained(carried.loads)
    ]  # fmt: skip


def _cycle_days(basis: Basis) -> int | None:
    """Say how many days a won deal took over the last six months with deals."""
    won = {month: sum(by.values()) for month, by in basis.past("deals_won").items()}
    months = sorted(month for month, count in won.items() if count)[-HISTORY_MONTHS:]
    days = sum(sum(basis.past("cycle_time").get(month, {}).values()) for month in months)
    metrics = basis.metrics
    found = ratio(
        days, sum(won[month] for month in months), metrics["deals_won"], metrics["cycle_time"]
    )
    return half_up(found) if found else None


def _highest(connection: Connection, basis: Basis, code: str) -> dict[int, int]:
    query = (
        select(DailyValue.member_id, func.max(DailyValue.value))
        .where(DailyValue.metric == code, DailyValue.day < basis.month)
        .group_by(DailyValue.member_id)
    )
    return {member_id: int(value) for member_id, value in connection.execute(query)}


def _held(connection: Connection, basis: Basis) -> dict[int, int]:
    last = (
        select(DailyValue.member_id, func.max(DailyValue.day).label("day"))
        .where(DailyValue.metric == HELD, DailyValue.day < basis.month)
        .group_by(DailyValue.member_id)
        .subquery()
    )
    query = (
        select(DailyValue.member_id, DailyValue.value)
        .join(
            last,
            (DailyValue.member_id == last.c.member_id) & (DailyValue.day == last.c.day),
        )
        .where(DailyValue.metric == HELD)
    )
    return {row.member_id: row.value for row in connection.execute(query)}
