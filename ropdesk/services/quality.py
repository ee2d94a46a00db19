"""Suspicious data, named: each rule with its count and the way to its rows."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import SQLColumnExpression, case, func, select

from ropdesk.domain.errors import N_
from ropdesk.store.models import Deal, Member
from ropdesk.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One rule: English msgids of its name and statement, and how many deals it finds."""

    code: str
    name: str
    rule: str
    count: int


NAMES = {
    "closed_before_created": (
        N_("Closed before created"),
        N_("The closing date lies before the date of creation; the cycle of such a deal is "
           "not counted."),
    ),
    "closed_in_future": (
        N_("Closing date in the future"),
        N_("A won or lost deal has a closing date after today; it counts when that day comes."),
    ),
    "won_without_amount": (
        N_("Won without an amount"),
        N_("A won deal has no amount or zero; it counts as a deal and adds nothing to receipts."),
    ),
    "won_without_closed": (
        N_("Won without a closing date"),
        N_("A won deal has no closing date; it counts on no day until the date is known."),
    ),
    "won_without_created": (
        N_("Won without a date of creation"),
        N_("A won deal has no date of creation; its cycle is not counted, so the sales cycle "
           "looks shorter."),
    ),
    "owner_left": (
        N_("The owner had left"),
        N_("The deal is open, was created or was closed after its owner's last day; it counts "
           "with the owner."),
    ),
    "without_owner": (
        N_("Without an owner"),
        N_("The deal names no owner; it counts in the department and with no member."),
    ),
}  # fmt: skip


def _condition(code: str, today: date) -> SQLColumnExpression[bool]:
    won = Deal.status == "won"
    return {
        "closed_before_created": Deal.closed < Deal.created,
        "closed_in_future": (Deal.status != "open") & (Deal.closed > today),
        "won_without_amount": won & (func.coalesce(Deal.amount, 0) == 0),
        "won_without_closed": won & Deal.closed.is_(None),
        "won_without_created": won & Deal.created.is_(None),
        "owner_left": Member.left.is_not(None)
        & (
            ((Deal.status == "open") & (Member.left < today))
            | (Deal.created > Member.left)
            | ((Deal.status != "open") & (Deal.closed > Member.left))
        ),
        "without_owner": Member.nobody,
    }[code]


def suspicions(ws: Workspace, today: date) -> list[Suspicion]:
    """Count the deals that each rule finds; rules that find none are left out.

    All rules are counted in one pass over the deals.
    """
    counts = [func.sum(case((_condition(code, today), 1), else_=0)).label(code) for code in NAMES]
    with ws.read() as connection:
        row = connection.execute(
            select(*counts).select_from(Deal).join(Member, Member.id == Deal.member_id)
        ).one()
    return [
        Suspicion(code, *NAMES[code], count)
        for code, count in zip(NAMES, row, strict=True)
        if count
    ]


def rows(ws: Workspace, code: str, today: date, limit: int = 5_000) -> list[int]:
    """Answer the ids of the deals that a rule finds, newest first."""
    with ws.read() as connection:
        return list(
            connection.scalars(
                select(Deal.id)
                .join(Member, Member.id == Deal.member_id)
                .where(_condition(code, today))
                .order_by(Deal.id.desc())
                .limit(limit)
            )
        )
