"""Goals of a week: the parts of the months' plans that fall on its days, and the fact so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from ropdesk.domain.metrics import Kind, Metrics
from ropdesk.domain.months import add_months
from ropdesk.domain.week import days_of
from ropdesk.services.board import STANDARD, Figure, Sums, figures_of, flows_of
from ropdesk.services.board_rows import grouped, known, levels, plan_state
from ropdesk.store.plain import rows

DEPARTMENT = 0


@dataclass(frozen=True, slots=True)
class Goals:
    """What the week is to bring, by metric code: for the department (id 0) and each member.

    Attributes:
        codes: the metrics with a plan or a fact, in the order asked for.
        planned: whether any plan falls on the week.
    """

    codes: tuple[str, ...]
    figures: Mapping[int, Mapping[str, Figure]]
    planned: bool

    def of(self, member_id: int | None) -> Mapping[str, Figure]:
        """Return a member's figures, the department's without a member."""
        return self.figures.get(DEPARTMENT if member_id is None else member_id, {})


def read_goals(
    connection: Connection, metrics: Metrics, codes: Iterable[str], week: date, as_of: date
) -> Goals:
    """Answer the goals of a week, as `read_span` does of its seven days."""
    days = days_of(week)
    return read_span(connection, metrics, codes, days[0], days[-1], as_of)


def read_span(
    connection: Connection,
    metrics: Metrics,
    codes: Iterable[str],
    first: date,
    last: date,
    as_of: date,
) -> Goals:
    """Answer the goals of some days; where they lie in two months they are of both plans.

    A flow's goal is the sum of the plans of the days, a ratio's the ratio of those sums (the
    month's own value where its flows have no plan), a stock's the month's level.

    Args:
        as_of: facts and the plan to date are counted up to this day.
    """
    asked = [code for code in codes if code in metrics]
    until = min(last, as_of)
    plans, to_date = Sums(), Sums()
    month = first.replace(day=1)
    while month <= last:
        plan_id = plan_state(connection, month).id
        if plan_id is not None:
            span = first, last, until
            _add_month(connection, metrics, plan_id, span, (plans.values, to_date.values))
        month = add_months(month, 1)
    stored = flows_of(metrics, asked)
    facts = Sums()
    flows = [code for code in stored if metrics[code].kind is Kind.FLOW]
    if until >= first:
        for member, code, value in grouped(connection, flows, first, until):
            facts.add(code, member, value)
        for code in (code for code in stored if metrics[code].kind is Kind.STOCK):
            for member, value in levels(connection, code, until):
                facts.add(code, member, value)
    begun = {code for code, _member in facts.values}
    counted = {
        code
        for code in stored
        if until >= first and (code in begun or known(connection, code, until))
    }
    who = {member for _code, member in (*facts.values, *plans.values)} | {DEPARTMENT}
    found = {
        member: figures_of(metrics, asked, member, facts, counted, plans.values, to_date.values)
        for member in who
    }
    whole = found[DEPARTMENT]
    shown = [c for c in asked if whole[c].plan is not None or whole[c].fact is not None]
    return Goals(tuple(shown), found, bool(plans.values))


def _add_month(
    connection: Connection,
    metrics: Metrics,
    plan_id: int,
    span: tuple[date, date, date],
    into: tuple[dict[tuple[str, int], int], dict[tuple[str, int], int]],
) -> None:
    plans, to_date = into
    first, last, until = (day.isoformat() for day in span)
    for code, member, value, passed in rows(
        connection,
        "SELECT metric, coalesce(member_id, 0), sum(value), "
        "sum(CASE WHEN day <= ? THEN value ELSE 0 END) FROM plan_day "
        "WHERE plan_id = ? AND scenario = ? AND day BETWEEN ? AND ? GROUP BY 1, 2",
        (until, plan_id, STANDARD, first, last),
    ):
        plans[code, member] = plans.get((code, member), 0) + value
        to_date[code, member] = to_date.get((code, member), 0) + passed
    for code, member, value in rows(
        connection,
        "SELECT metric, coalesce(member_id, 0), value FROM plan_value "
        "WHERE plan_id = ? AND scenario = ?",
        (plan_id, STANDARD),
    ):
        if code in metrics and metrics[code].kind is not Kind.FLOW:
            plans[code, member] = to_date[code, member] = value  # the later month has the last word
