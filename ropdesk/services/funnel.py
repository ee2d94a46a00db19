"""The funnel of a month: deals by stage, how far they came, where they were lost, who got stuck."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from ropdesk.domain import funnel as rules
from ropdesk.domain.funnel import Place, Stay
from ropdesk.domain.months import month_end
from ropdesk.services import funnel_ways, team
from ropdesk.services.funnel_model import (
    Funnel,
    GroupLine,
    Loss,
    PipelineFunnel,
    StageLine,
    StageSetting,
    StuckDeal,
)
from ropdesk.services.funnel_stages import set_norm, set_order, stages
from ropdesk.services.funnel_stuck import stuck
from ropdesk.services.funnel_ways import Filters, Row, Ways
from ropdesk.store import plain
from ropdesk.store.workspace import Workspace

__all__ = [
    "Funnel", "GroupLine", "Loss", "PipelineFunnel", "StageLine", "StageSetting", "StuckDeal",
    "funnel", "pipelines", "set_norm", "set_order", "sources", "stages", "stuck",
]  # fmt: skip


@dataclass(slots=True)
class _Stage:
    """Counts of a stage while they are gathered."""

    entered: int = 0
    uncertain: int = 0
    how: Counter[str] = field(default_factory=Counter)
    closed_won: int = 0
    closed: int = 0
    lengths: Counter[int] = field(default_factory=Counter)
    standing: int = 0
    over: int = 0
    unknown_age: int = 0
    amount: int = 0


@dataclass(slots=True)
class _Pipeline:
    created: int = 0
    closed: Counter[str] = field(default_factory=Counter)
    unknown: int = 0
    cohort: Counter[str] = field(default_factory=Counter)
    reached: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class _Group:
    inquiries: int = 0
    won: int = 0
    lost: int = 0
    receipts: int = 0
    cycles: Counter[int] = field(default_factory=Counter)


def funnel(
    ws: Workspace,
    month: date,
    *,
    as_of: date,
    pipeline: str | None = None,
    member: int | None = None,
    source: str | None = None,
) -> Funnel:
    """Tell the funnel of a month, up to a day within it.

    Deals that stand in a stage are those of now; everything else is of the month.

    Args:
        month: its first day.
        pipeline, member, source: only these deals; None for all.
    """
    filters = Filters(pipeline, member, source)
    first = month.replace(day=1)
    last = min(month_end(first), as_of)  # before the month's first day nothing is of it yet
    with ws.read() as connection:
        rows = funnel_ways.deals(connection, filters, (first, last), as_of)
        said = funnel_ways.told(connection, filters, (first, last), as_of)
        seen = funnel_ways.sightings(connection, filters)
        present = {(row.pipeline, row.stage) for row in rows if row.status == rules.OPEN}
        ways = funnel_ways.learn(
            connection, as_of, present | {(each.pipeline, each.stage) for each in said}
        )
        old_after = funnel_ways.old_after(connection, as_of)
        names = {id_: each.name for id_, each in team.load(connection).members.items()}
    known = funnel_ways.stays(rows, said, seen, ways, as_of.toordinal())
    span = (first.toordinal(), last.toordinal())
    gathered = _gather(rows, known, ways, span, as_of.toordinal())
    return Funnel(
        month=first,
        as_of=as_of,
        pipelines=_pipelines(gathered[0], gathered[1], ways),
        losses=_losses(rows, known, span),
        members=_groups(rows, span, [row.member_id for row in rows]),
        sources=_groups(rows, span, [row.source for row in rows]),
        old_after=old_after,
        names=names,
    )


def _gather(
    rows: Sequence[Row],
    known: Mapping[int, Sequence[Stay]],
    ways: Ways,
    span: tuple[int, int],
    as_of: int,
) -> tuple[dict[str, _Pipeline], dict[Place, _Stage]]:
    lines: dict[str, _Pipeline] = defaultdict(_Pipeline)
    places: dict[Place, _Stage] = defaultdict(_Stage)
    first, last = span
    for row in rows:
        stays = known.get(row.id, ())
        line = lines[row.pipeline]
        closes = row.status != rules.OPEN and row.closed is not None and first <= row.closed <= last
        if row.created is not None and first <= row.created <= last:
            line.created += 1
            line.cohort[
                row.status if row.closed is None or row.closed <= as_of else rules.OPEN
            ] += 1
            line.reached[rules.reached(row.way, stays, _of(ways, row.pipeline))] += 1
        if closes:
            line.closed[row.status] += 1
            line.unknown += not stays
            for place in {stay.place for stay in stays}:
                places[place].closed += 1
                places[place].closed_won += row.status == rules.WON
        for stay in stays:
            _count(places[stay.place], stay, span)
        if row.status == rules.OPEN:
            _stand(places, row, stays, ways, as_of)
    return lines, places


def _of(ways: Ways, pipeline: str) -> Mapping[Place, int]:
    return {(pipeline, stage): at for at, stage in enumerate(ways.order.get(pipeline, ()))}


def _count(stage: _Stage, stay: Stay, span: tuple[int, int]) -> None:
    first, last = span
    if first <= stay.high <= last:
        stage.entered += 1
        stage.uncertain += stay.low is None or stay.low < first
    if stay.left_high is not None and first <= stay.left_high <= last:
        stage.how[stay.how] += 1
        days = stay.days
        if days is not None:
            stage.lengths[days] += 1


def _stand(
    places: dict[Place, _Stage], row: Row, stays: Sequence[Stay], ways: Ways, as_of: int
) -> None:
    place = (row.pipeline, row.stage)
    stage = places[place]
    stage.standing += 1
    stage.amount += row.amount or 0
    last = stays[-1] if stays and stays[-1].place == place else None
    norm = ways.norms.get(place)
    if last is None or last.low is None or last.low != last.high:
        stage.unknown_age += 1
    if last is not None and norm is not None and rules.standing(last, as_of) > norm:
        stage.over += 1


def _pipelines(
    lines: Mapping[str, _Pipeline], places: Mapping[Place, _Stage], ways: Ways
) -> tuple[PipelineFunnel, ...]:
    found = []
    for name, line in lines.items():
        stages = tuple(
            _stage(places.get((name, stage), _Stage()), (name, stage), at, line, ways)
            for at, stage in enumerate(ways.order.get(name, ()))
        )
        shown = tuple(each for each in stages if _alive(each))
        found.append(
            PipelineFunnel(
                name=name, created=line.created, won=line.closed[rules.WON],
                lost=line.closed[rules.LOST], unknown=line.unknown, stages=shown,
                cohort_won=line.cohort[rules.WON], cohort_lost=line.cohort[rules.LOST],
                cohort_open=line.cohort[rules.OPEN], cohort_unknown=line.reached[-1],
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-each.created - each.won - each.lost, each.name)))


def _alive(line: StageLine) -> bool:
    return bool(line.entered or line.left or line.standing or line.cohort)


def _stage(
    stage: _Stage, place: Place, at: int, line: _Pipeline, ways: Ways
) -> StageLine:  # fmt: skip
    how = stage.how
    forward = how[rules.FORWARD]
    reached = sum(count for position, count in line.reached.items() if position >= at)
    return StageLine(
        stage=place[1], position=at, entered=stage.entered, uncertain=stage.uncertain,
        forward=forward, back=how[rules.BACK], aside=how[rules.ASIDE], won=how[rules.WON],
        lost=how[rules.LOST],
        to_next=rules.share(forward + how[rules.WON], sum(how.values())),
        to_won=rules.share(stage.closed_won, stage.closed),
        days=rules.median(stage.lengths), measured=sum(stage.lengths.values()),
        standing=stage.standing, over=stage.over, unknown_age=stage.unknown_age,
        amount=stage.amount, norm_days=ways.norms.get(place), norm_by_hand=place in ways.by_hand,
        cohort=reached,
    )  # fmt: skip


def _losses(
    rows: Sequence[Row], known: Mapping[int, Sequence[Stay]], span: tuple[int, int]
) -> tuple[Loss, ...]:
    counts: Counter[tuple[str, str, str]] = Counter()
    money: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        if row.status == rules.LOST and row.closed is not None and span[0] <= row.closed <= span[1]:
            stays = known.get(row.id)
            key = (row.pipeline, stays[-1].place[1] if stays else "", row.reason)
            counts[key] += 1
            money[key] += row.amount or 0
    return tuple(
        Loss(pipeline=key[0], stage=key[1], reason=key[2], count=count, amount=money[key])
        for key, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )


def _groups(
    rows: Sequence[Row], span: tuple[int, int], keys: Iterable[int | str]
) -> tuple[GroupLine, ...]:
    groups: dict[int | str, _Group] = defaultdict(_Group)
    for row, key in zip(rows, keys, strict=True):
        created = row.created is not None and span[0] <= row.created <= span[1]
        closed = row.closed is not None and span[0] <= row.closed <= span[1]
        if not created and not (closed and row.status != rules.OPEN):
            continue
        group = groups[key]
        group.inquiries += created
        if closed and row.closed is not None:
            group.lost += row.status == rules.LOST
            if row.status == rules.WON:
                group.won += 1
                group.receipts += row.amount or 0
                if row.created is not None and row.closed >= row.created:
                    group.cycles[row.closed - row.created] += 1
    return tuple(
        GroupLine(
            key=key, inquiries=each.inquiries, won=each.won, lost=each.lost,
            conversion=rules.share(each.won, each.inquiries), receipts=each.receipts,
            cycle=rules.median(each.cycles),
        )
        for key, each in sorted(
            groups.items(), key=lambda each: (-each[1].receipts, -each[1].inquiries, str(each[0]))
        )
    )  # fmt: skip


def sources(connection: Connection) -> list[str]:
    """List the sources that deals name, by how many there are of each."""
    found = plain.rows(
        connection,
        "SELECT source FROM deal WHERE source <> '' GROUP BY source ORDER BY count(*) DESC, source",
    )
    return [str(source) for (source,) in found]


def pipelines(connection: Connection) -> list[str]:
    """List the pipelines of the deals, the fullest first; empty is a deal without one."""
    found = plain.rows(
        connection, "SELECT pipeline FROM deal GROUP BY pipeline ORDER BY count(*) DESC, pipeline"
    )
    return [str(name) for (name,) in found]
