"""Deals that got stuck: a list to act on."""

from datetime import date

from ropdesk.domain import funnel as rules
from ropdesk.services import funnel_ways
from ropdesk.services.funnel_model import StuckDeal
from ropdesk.services.funnel_ways import Filters, Row
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
        rows = [
            row
            for row in funnel_ways.deals(connection, filters, (as_of, as_of), as_of)
            if row.status == rules.OPEN
        ]
        said = funnel_ways.told(connection, filters, (as_of, as_of), as_of)
        seen = funnel_ways.sightings(connection, filters)
        ways = funnel_ways.learn(
            connection, as_of, {(row.pipeline, row.stage) for row in rows}
        )  # fmt: skip
        old_after = funnel_ways.old_after(connection, as_of)
    today = as_of.toordinal()
    known = funnel_ways.stays(rows, said, seen, ways, today)
    found = []
    for row in rows:
        stays = known.get(row.id, ())
        last = stays[-1] if stays and stays[-1].place == (row.pipeline, row.stage) else None
        norm = ways.norms.get((row.pipeline, row.stage))
        if last is not None and norm is not None and rules.standing(last, today) > norm:
            found.append(_line(row, rules.standing(last, today), norm, "stage"))
            continue
        exact = last is not None and last.low == last.high
        age = None if row.created is None else today - row.created
        if not (exact and norm is not None) and age and old_after and age > old_after:
            found.append(_line(row, age, old_after, "age"))
    return sorted(found, key=lambda each: (each.norm_days - each.days, -(each.amount or 0)))


def _line(row: Row, days: int, norm: int, why: str) -> StuckDeal:
    return StuckDeal(
        deal_id=row.id, title=row.title, member_id=row.member_id, pipeline=row.pipeline,
        stage=row.stage, days=days, norm_days=norm, amount=row.amount, source=row.source,
        created=None if row.created is None else date.fromordinal(row.created), why=why,
    )  # fmt: skip
