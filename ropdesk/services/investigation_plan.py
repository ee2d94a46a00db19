"""What was planned for some people over any days: the plan beside an investigation's fact."""

from datetime import date

from sqlalchemy import Connection

from ropdesk.domain.investigations import Span
from ropdesk.domain.metrics import Kind, Metric, Metrics
from ropdesk.domain.months import add_months, month_end
from ropdesk.services.board import STANDARD, Value, flows_of, plan_state, share
from ropdesk.store.plain import rows


def planned(
    connection: Connection, known: Metrics, metric: Metric, span: Span, members: frozenset[int]
) -> Value:
    """Answer the standard plan of a metric over days; None where a month of them has none.

    Args:
        members: whose plan; nobody named means the department's own.
    """
    months = _months(*span)
    if metric.kind is Kind.RATIO:
        top, bottom = (
            _flow(connection, code or "", span, members)
            for code in (metric.numerator, metric.denominator)
        )
        split = share(metric, known, top, bottom)
        if split is not None:
            return split
    if metric.kind is Kind.FLOW:
        return _flow(connection, flows_of(known, [metric.code])[0], span, members)
    if len(months) > 1 and metric.kind is Kind.RATIO:
        return None  # levels of several months have no common denominator
    return _level(connection, metric.code, months[-1], members)


def _flow(connection: Connection, code: str, span: Span, members: frozenset[int]) -> int | None:
    total = 0
    for month in _months(*span):
        plan = plan_state(connection, month)
        first, last = max(span[0], month), min(span[1], month_end(month))
        found = rows(
            connection,
            "SELECT coalesce(member_id, 0), sum(value) FROM plan_day WHERE plan_id = ? "
            "AND scenario = ? AND metric = ? AND day BETWEEN ? AND ? GROUP BY 1",
            (plan.id, STANDARD, code, first.isoformat(), last.isoformat()),
        )
        values = [value for member, value in found if member in (members or {0})]
        if not values:
            return None
        total += sum(values)
    return total


def _level(connection: Connection, code: str, month: date, members: frozenset[int]) -> int | None:
    found = rows(
        connection,
        "SELECT coalesce(member_id, 0), value FROM plan_value WHERE plan_id = ? "
        "AND scenario = ? AND metric = ?",
        (plan_state(connection, month).id, STANDARD, code),
    )
    values = [value for member, value in found if member in (members or {0})]
    if not values or (len(values) > 1 and len(set(values)) > 1):
        return None
    return int(values[0])


def _months(first: date, last: date) -> list[date]:
    made, month = [], first.replace(day=1)
    while month <= last:
        made.append(month)
        month = add_months(month, 1)
    return made
