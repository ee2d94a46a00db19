"""Deals that got stuck: a list to act on."""

from datetime import date

from ropdesk.domain import funnel as rules
from ropdesk.domain.funnel import Deal, Told
from ropdesk.services import funnel_ways
from ropdesk.services.funnel_model import StuckDeal
from ropdesk.services.funnel_ways import Filters, Open, ordinal
from ropdesk.store.workspace import Workspace


def stuck(
    ws: Workspace,
    as_of: date,
    *,
    pipeline: str | None = None,
    member: int | None = None,
    source: str | None = None,
) -> list[StuckDeal]:
    """List open deals that got stuck, the longest beyond the norm first.

    A deal is stuck when it has surely stood in its stage for longer than the stage's norm. Where
    nobody knows since when it stands there, it is stuck once it is open for longer than nine of
    ten won deals took.
    """
    filters = Filters(pipeline, member, source)
    with ws.read() as connection:
        deals = funnel_ways.open_deals(connection, filters, as_of)
        begun = funnel_ways.standing(connection, filters, as_of)
        seen = funnel_ways.sightings(connection, filters)
        ways = funnel_ways.learn(connection, as_of, {(deal[2], deal[3]) for deal in deals})
        old_after = funnel_ways.old_after(connection, as_of)
    today = as_of.toordinal()
    found = []
    for deal in deals:
        id_, _member, name, stage, day, *_rest = deal
        created = None if day is None else ordinal(day)
        norm = ways.norms.get((name, stage))
        last = None
        if id_ in begun:
            (_id, told_name, told_stage, low, high), first = begun[id_]
            if (told_name, told_stage) == (name, stage):
                told = Told(id_, name, stage, None if low is None else ordinal(low), ordinal(high))
                way = Deal(id_, rules.OPEN, created, None)
                last = rules.stand(way, told, first, ways.positions)
        elif id_ in seen:
            told = Told(id_, name, stage, created, min(seen[id_], today))
            last = rules.stand(Deal(id_, rules.OPEN, created, None), told, True, ways.positions)
        if last is not None and norm is not None and rules.standing(last, today) > norm:
            found.append(_line(deal, rules.standing(last, today), norm, "stage"))
            continue
        exact = last is not None and last.low == last.high
        age = None if created is None else today - created
        if not (exact and norm is not None) and age and old_after and age > old_after:
            found.append(_line(deal, age, old_after, "age"))
    return sorted(found, key=lambda each: (each.norm_days - each.days, -(each.amount or 0)))


def _line(deal: Open, days: int, norm: int, why: str) -> StuckDeal:
    id_, member, pipeline, stage, created, amount, source, title = deal
    return StuckDeal(
        deal_id=id_, title=title, member_id=member, pipeline=pipeline, stage=stage, days=days,
        norm_days=norm, amount=amount, source=source,
        created=None if created is None else date.fromisoformat(created), why=why,
    )  # fmt: skip
