"""What sources cost, typed by month."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.services.planning_sheet import first_day
from ropdesk.store.models import ChannelCost
from ropdesk.store.workspace import Operation, Workspace

_DEAREST = 10**13  # kopecks: a hundred billion roubles a month


def set_source_costs(ws: Workspace, source: str, costs: Mapping[date, int | None]) -> None:
    """Write what one source cost in several months as one operation; None forgets a cost.

    Raises:
        DomainError: a cost below zero or too large.
    """
    for cost in costs.values():
        check_cost(cost)
    with ws.operation(N_("Set what «{source}» costs"), source=source) as operation:
        for month, cost in costs.items():
            put_cost(operation, month, source, cost)


def put_cost(operation: Operation, month: date, source: str, cost: int | str | None) -> None:
    """Write what a source cost in a month within a running operation; None forgets it."""
    row = operation.session.scalar(
        select(ChannelCost).where(
            ChannelCost.month == first_day(month), ChannelCost.source == source
        )
    )
    if cost is None:
        if row is not None:
            operation.session.delete(row)
    elif row is None:
        fresh = ChannelCost(month=first_day(month), source=source, cost=int(cost))
        operation.session.add(fresh)
        operation.session.flush()
    else:
        row.cost = int(cost)


def check_cost(cost: int | str | None) -> None:
    """Refuse a cost in kopecks that cannot be.

    Raises:
        DomainError: it is below zero or too large.
    """
    if cost is not None and not 0 <= int(cost) <= _DEAREST:
        raise DomainError(N_("The number is below zero or too large. Check it."), field="cost")
