"""From the department's plan to members and days: the domain's rules over this workspace's data."""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Kind, Metric
from ropdesk.domain.money import unscaled
from ropdesk.domain.planning import HUNDREDTHS, day_weights, department_days, spread
from ropdesk.domain.split import Weight, split_with_locked
from ropdesk.services.planning_basis import Basis
from ropdesk.services.planning_sheet import Cell, DayCell, Pair, Sheet


def reshare(sheet: Sheet, basis: Basis, pair: Pair) -> None:
    """Share a scenario's plan of a metric anew: department → members → days, all sums exact.

    Raises:
        DomainError: what was set by hand does not fit into the plan.
    """
    metric = basis.metrics[pair[1]]
    if metric.kind is Kind.RATIO:
        return
    total = sheet.cells.get((*pair, None))
    cells = sheet.members(pair)
    if total is not None and total.locked:
        shares = _member_shares(sheet, basis, pair, total.value, cells)
        for member_id, value in shares.items():
            locked = member_id in cells and cells[member_id].locked
            sheet.cells[*pair, member_id] = Cell(value, locked)
        gone = cells.keys() - shares.keys()
    else:
        gone = {member_id for member_id, cell in cells.items() if not cell.locked}
        _add_up(sheet, pair, [cell.value for cell in cells.values() if cell.locked])
    for member_id in gone:
        sheet.drop((*pair, member_id))
    if metric.kind is Kind.FLOW:
        respread(sheet, basis, pair)


def _add_up(sheet: Sheet, pair: Pair, values: list[int]) -> None:
    if values:
        sheet.cells[*pair, None] = Cell(sum(values))
    else:
        sheet.drop((*pair, None))


def _unit(metric: Metric, *values: int) -> int:
    """Share money in whole roubles where everything set is in whole roubles."""
    return metric.scale if not any(value % metric.scale for value in values) else 1


def _member_shares(
    sheet: Sheet, basis: Basis, pair: Pair, total: int, cells: Mapping[int, Cell]
) -> dict[int, int]:
    """Share a total: locked members keep theirs, nobody gets less than their days set by hand."""
    metric = basis.metrics[pair[1]]
    weights = basis.weights(metric, sheet.method, cells)
    locked = {member_id: cell.value for member_id, cell in cells.items() if cell.locked}
    if not weights and not locked:
        return {}
    least = {key: sum(sheet.pins((*pair, key)).values()) for key in weights if key not in locked}
    while True:
        unit = _unit(metric, total, *locked.values())
        shares = split_with_locked(
            total // unit,
            weights,
            {key: value // unit for key, value in locked.items()},
            scale=metric.scale // unit,
        )
        shares = {key: value * unit for key, value in shares.items()}
        short = {key: value for key, value in least.items() if shares[key] < value}
        if not short:
            return shares
        locked |= short


def respread(sheet: Sheet, basis: Basis, pair: Pair) -> None:
    """Spread a flow's plan over the days: members first, the department is their sum.

    Raises:
        DomainError: days set by hand do not fit into the month.
    """
    metric = basis.metrics[pair[1]]
    whole = (*pair, None)
    total = sheet.cells.get(whole)
    if total is None:
        return
    pins = sheet.pins(whole)
    # Whole numbers are shared many times faster than fractions.
    weekdays = {day: int(w * HUNDREDTHS) for day, w in basis.weekdays(metric.code).items()}
    cells = sheet.members(pair)
    if not cells:
        weights = day_weights(basis.working, (), weekdays)
        _put_days(sheet, whole, _spread(metric, total.value, weights, pins), pins)
        return
    own = {member_id: sheet.pins((*pair, member_id)) for member_id in cells}
    free = {
        member_id: {
            day: weight
            for day, weight in day_weights(
                basis.working, basis.present_on(member_id), weekdays
            ).items()
            if day not in own[member_id]
        }
        for member_id in cells
    }
    fixed = _department_pins(metric, {k: c.value for k, c in cells.items()}, own, free, pins)
    spreads = {}
    for member_id, cell in cells.items():
        weights = {day: w for day, w in free[member_id].items() if day not in pins}
        spreads[member_id] = _spread(metric, cell.value, weights, fixed[member_id])
        _put_days(sheet, (*pair, member_id), spreads[member_id], own[member_id])
    _put_days(sheet, whole, department_days(spreads.values()), pins)


def _put_days(
    sheet: Sheet,
    key: tuple[str, str, int | None],
    days: Mapping[date, int],
    pins: Collection[date],
) -> None:
    sheet.days[key] = {
        day: DayCell(value, day in pins) for day, value in days.items() if value or day in pins
    } | {day: DayCell(0, True) for day in pins if day not in days}


def _spread(
    metric: Metric, total: int, weights: Mapping[date, Weight], fixed: Mapping[date, int]
) -> dict[date, int]:
    unit = _unit(metric, total, *fixed.values())
    parts = spread(
        total // unit,
        weights,
        {day: value // unit for day, value in fixed.items()},
        scale=metric.scale // unit,
    )
    return {day: value * unit for day, value in parts.items()}


def _department_pins(
    metric: Metric,
    totals: Mapping[int, int],
    own: Mapping[int, Mapping[date, int]],
    free: Mapping[int, Mapping[date, Weight]],
    pins: Mapping[date, int],
) -> dict[int, dict[date, int]]:
    """Share the department's days set by hand between the members, within their months.

    Returns:
        For each member the days that are settled: their own and their part of the department's.
    """
    fixed = {member_id: dict(days) for member_id, days in own.items()}
    for day in sorted(pins):
        left = {key: totals[key] - sum(fixed[key].values()) for key in totals}
        locked = {key: fixed[key][day] for key in totals if day in fixed[key]}
        there = [key for key in totals if key not in locked and free[key].get(day)]
        there = there or [key for key in totals if key not in locked]
        for key in there:
            elsewhere = any(w and (d not in pins or d > day) for d, w in free[key].items())
            if not elsewhere:  # this day is the last that can take the rest of the month
                locked[key] = left[key]
        weights = {
            key: Fraction(max(left[key], 0), max(1, sum(d not in fixed[key] for d in free[key])))
            for key in there
            if key not in locked
        }
        shares = _capped(metric, day, pins[day], weights, locked, left)
        for key, value in shares.items():
            fixed[key][day] = value
    return fixed


def _capped(
    metric: Metric,
    day: date,
    total: int,
    weights: Mapping[int, Weight],
    locked: dict[int, int],
    most: Mapping[int, int],
) -> dict[int, int]:
    """Split a day between members so that nobody gets more than is left of their month."""
    while True:
        open_to = {key: weight for key, weight in weights.items() if key not in locked}
        rest = total - sum(locked.values())
        if rest < 0 or (rest and not any(open_to.values())):
            raise DomainError(
                N_(
                    "{day}: the members cannot share {value} that day, given their months and "
                    "the days set by hand. Enter another value or release a day."
                ),
                day=f"{day:%d.%m.%Y}",
                value=unscaled(total, metric.scale),
            )
        shares = split_with_locked(total, open_to, locked, scale=metric.scale)
        over = {key: most[key] for key in open_to if shares[key] > most[key]}
        if not over:
            return shares
        locked |= over
