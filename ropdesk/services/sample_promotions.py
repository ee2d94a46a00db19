"""Promotions of the sample department: one finished, one running, one idea."""

from collections.abc import Mapping
from datetime import date, timedelta

from ropdesk.domain.promotions import State
from ropdesk.i18n import _
from ropdesk.services import promotions
from ropdesk.services.promotions import NewPromotion
from ropdesk.store.workspace import Workspace


def sample(ws: Workspace, today: date, members: Mapping[str, int]) -> None:
    """Note the promotions of the sample department.

    Args:
        today: the sample's day.
        members: ids of the sellers by name.
    """
    monday = today - timedelta(today.weekday())
    names = list(members)
    _finished(ws, monday - timedelta(weeks=7), tuple(members[name] for name in names[3:6]))
    _running(ws, monday - timedelta(weeks=1), tuple(members[name] for name in names[2:4]))
    promotions.add(
        ws,
        NewPromotion(
            title=_("Second delivery of the year free of charge"), created=monday,
            offer=_("A customer who has ordered once this year gets the next delivery free."),
            audience=_("Customers with one order this year"), metric="deals_won", expected=12,
        ),
    )  # fmt: skip


def _finished(ws: Workspace, first: date, members: tuple[int, ...]) -> None:
    """A promotion of two weeks that three of six sellers ran."""
    made = promotions.add(
        ws,
        NewPromotion(
            title=_("Autumn kit at the price of summer"), created=first - timedelta(20),
            offer=_("The ventilation kit at last summer's price when paid within five days."),
            audience=_("Customers who asked for the kit in spring and did not buy"),
            first=first, last=first + timedelta(11), budget=60_000_00, metric="receipts",
            expected=400_000_00, members=members,
        ),
    )  # fmt: skip
    _agree(ws, made, first - timedelta(6))
    promotions.move(ws, made, State.RUNNING, first)
    promotions.change(
        ws, made, spent=54_000_00,
        conclusion=_("Old customers answered best. Repeat before the season, with a list to call."),
    )  # fmt: skip
    promotions.move(ws, made, State.FINISHED, first + timedelta(14))


def _running(ws: Workspace, first: date, members: tuple[int, ...]) -> None:
    """A promotion that has been running for a week."""
    made = promotions.add(
        ws,
        NewPromotion(
            title=_("Installation as a gift for a contract in October"),
            created=first - timedelta(12),
            offer=_("Installation free of charge when the contract is signed this month."),
            audience=_("New inquiries from the site"), first=first, last=first + timedelta(18),
            budget=90_000_00, metric="deals_won", expected=8, members=members,
        ),
    )  # fmt: skip
    _agree(ws, made, first - timedelta(3))
    promotions.move(ws, made, State.RUNNING, first)


def _agree(ws: Workspace, promotion_id: int, on: date) -> None:
    promotions.move(ws, promotion_id, State.PROPOSAL, on - timedelta(3))
    promotions.change(ws, promotion_id, agreed_by=_("A. Smirnov, director"))
    promotions.move(ws, promotion_id, State.AGREED, on)
