"""The deals behind a signal that a metric and its days alone would not single out."""

from datetime import timedelta

from ropdesk.services import funnel
from ropdesk.services.signals import COHORT, STUCK, Signal
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace


def deals(ws: Workspace, signal: Signal) -> list[int] | None:
    """List the deals of a conversion's inquiries, or those stuck in a stage.

    Returns:
        Their ids; None where the rows are those of the signal's metric and days.
    """
    if signal.rule == STUCK:
        end = signal.week + timedelta(days=6)
        return [deal.deal_id for deal in funnel.stuck(ws, end) if deal.stage == signal.stage]
    if signal.rule != COHORT:
        return None
    where, values = "", [signal.first.isoformat(), signal.last.isoformat()]
    for column, value in (("member_id", signal.member_id), ("source", signal.source)):
        if value:
            where += f" AND {column} = ?"
            values.append(str(value))
    with ws.read() as connection:
        found = rows(
            connection, f"SELECT id FROM deal WHERE created BETWEEN ? AND ?{where}", values
        )
    return [deal for (deal,) in found]
