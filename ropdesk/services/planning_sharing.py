"""From the department's plan to members and days: the domain's rules over this workspace's data."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import Connection, String, cast, func, select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Kind, Metric
from ropdesk.domain.money import unscaled
from ropdesk.domain.planning import (
    HUNDREDTHS,
    Method,
    PastMonth,
    day_weights,
    department_days,
    member_weights,
    spread,
    weekday_weights,
)
from ropdesk.domain.split import Weight, split_with_locked
from ropdesk.domain.team import Member, present_days, ramp_share
from ropdesk.services import calendar, metrics, team
from ropdesk.services.planning_sheet import Cell, DayCell, Pair, Sheet
from ropdesk.store.models import DailyValue

PAST_MONTHS = 12  # looked through for the last six months that a member worked


def add_months(month: date, count: int) -> date:
    """Return the first day of the month that is ``count`` months later (or earlier)."""
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def last_day(month: date) -> date:
    """Return the last day of a month."""
    return add_months(month, 1) - timedelta(1)


class Basis:
    """What a month's plan is shared by: who works when, and what the past shows.

    The past is everything before the month; each metric's is read once.
    """

    def __init__(self, connection: Connection, month: date) -> None:
        self.month = month.replace(day=1)
        self.metrics = metrics.load(connection)
        self.team = team.load(connection)
        self.calendar = calendar.load(connection)
        self.working = self.calendar.working_days(self.month, last_day(self.month))
        self.members = self.team.active(self.month, last_day(self.month))
        self.present = {m.id: self._present(m, self.working) for m in self.members}
        self._connection = connection
        self._past: dict[str, dict[date, dict[int, int]]] = {}
        self._totals: dict[str, dict[date, int]] = {}
        self._weekdays: dict[str, dict[int, Fraction]] = {}

    def _present(self, member: Member, days: Collection[date]) -> tuple[date, ...]:
        return present_days(member, self.team.absences, days)

    def present_on(self, member_id: int) -> tuple[date, ...]:
        """List the working days of a member, who may have left before the month."""
        if member_id in self.present:
            return self.present[member_id]
        return self._present(self.team.members[member_id], self.working)

    def read_past(self, codes: Collection[str]) -> None:
        """Read the past of several metrics at once: sums by month and member."""
        wanted = [code for code in codes if code not in self._past]
        if not wanted:
            return
        start = add_months(self.month, -PAST_MONTHS)
        for code in wanted:
            self._past[code] = {}
            self._totals[code] = {}
        table = DailyValue
        span = [table.day >= start, table.day < self.month]
        if len(wanted) == 1:  # several are found faster by their days alone
            span.append(table.metric == wanted[0])
        month = func.substr(cast(table.day, String), 1, 7)
        by_month = select(month, table.metric, table.member_id, func.sum(table.value))
        grouped = by_month.where(*span).group_by(table.metric, table.member_id, month)
        for text, code, member_id, total in self._connection.execute(grouped).all():
            if code in wanted:
                first = date.fromisoformat(f"{text}-01")
                self._past[code].setdefault(first, {})[member_id] = int(total)
        totals = select(table.day, table.metric, func.sum(table.value)).where(*span)
        by_day = totals.group_by(table.day, table.metric).order_by(table.day)
        for day, code, total in self._connection.execute(by_day).all():
            if code in wanted:
                self._totals[code][day] = int(total)

    def past(self, code: str) -> Mapping[date, Mapping[int, int]]:
        """Return the sums of earlier months (a flow's) by month and member, oldest first."""
        self.read_past([code])
        return self._past[code]

    def history(self, code: str) -> dict[int, list[PastMonth]]:
        """Return each member's earlier months: from being hired, or else from their first value.

        Days after the metric's last value count for nobody: the running month is not over.
        """
        past = self.past(code)
        if not self._totals[code]:
            return {}
        first, last = min(self._totals[code]), max(self._totals[code])
        months = [add_months(self.month, n) for n in range(-PAST_MONTHS, 0)]
        days = {
            month: self.calendar.working_days(max(month, first), min(last_day(month), last))
            for month in months
            if month <= last and last_day(month) >= first
        }
        found: dict[int, list[PastMonth]] = {}
        for member in self.members:
            for month, working in days.items():
                value = past.get(month, {}).get(member.id)
                if value is None and member.hired is None and member.id not in found:
                    continue
                there = len(self._present(member, working))
                found.setdefault(member.id, []).append(
                    PastMonth(value or 0, there, ramp_share(member, month))
                )
        return found

    def weekdays(self, code: str) -> Mapping[int, Fraction]:
        """Return the weights of weekdays, plain where the past shows no pattern."""
        if code not in self._weekdays:
            self.read_past([code])
            totals = self._totals[code]
            by_weekday: dict[int, list[int]] = {}
            for day in self.calendar.working_days(min(totals), max(totals)) if totals else ():
                by_weekday.setdefault(day.weekday(), []).append(totals.get(day, 0))
            self._weekdays[code] = weekday_weights(by_weekday)
        return self._weekdays[code]

    def weights(self, metric: Metric, method: str, cells: Mapping[int, Cell]) -> dict[int, Weight]:
        """Weigh the members for sharing a plan; by hand, by what they have in the plan now."""
        if method == "manual":
            kept = {m.id: cells[m.id].value if m.id in cells else 0 for m in self.members}
            if any(value for key, value in kept.items() if not cells.get(key, Cell(0)).locked):
                return dict(kept)
        by_history = method == Method.HISTORY and metric.kind is Kind.FLOW
        return member_weights(
            self.members,
            self.month,
            self.present,
            self.history(metric.code) if by_history else {},
            Method.HISTORY if by_history else Method.EQUAL,
        )


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
        shares = _member_shares(sheet, basis, pair, total.value)
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


def _member_shares(sheet: Sheet, basis: Basis, pair: Pair, total: int) -> dict[int, int]:
    """Share a total: locked members keep theirs, nobody gets less than their days set by hand."""
    metric = basis.metrics[pair[1]]
    cells = sheet.members(pair)
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
