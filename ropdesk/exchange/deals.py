"""Deals from a table: fields by mapping, stages to won, lost and open, repeated rows merged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange import presets, repeated, stage_dates, values
from ropdesk.exchange.deal_spec import FIELDS, OPEN, WON, DealSpec, deal_spec, status_of
from ropdesk.exchange.fields import Source, content_ids
from ropdesk.exchange.table import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ropdesk.exchange.table import RawTable

__all__ = ["FIELDS", "DealRows", "DealSpec", "deal_spec", "parse_deals", "status_of"]

T = TypeVar("T")


@dataclass(slots=True)
class DealRows:
    """Deals, one for each id, as parallel lists.

    Attributes:
        line: 1-based line of the deal's first row.
        amount: kopecks, None where empty.
        created, closed: ISO days, None where empty; an open deal has no closing day.
        read: rows of data in the file; read == len(line) + len(rejected) + duplicates.
        duplicates: rows merged into another row of the same deal.
        suspicious: (line, code) with code ``closed_before_created``, ``closed_in_future``,
            ``won_without_amount`` or ``won_without_closed``.
        unmapped_stages: stages taken for open although rows in them have a closing day,
            with the number of such rows.
        stages: every stage of the file → status and number of rows.
        stage_dates: deal's id → open stages and the days it came to them, where the file says so.
    """

    line: list[int]
    external_id: list[str]
    title: list[str]
    owner: list[str]
    stage: list[str]
    status: list[str]
    amount: list[int | None]
    created: list[str | None]
    closed: list[str | None]
    source: list[str]
    pipeline: list[str]
    lost_reason: list[str]
    read: int
    duplicates: int
    rejected: list[Rejected]
    preset: str
    suspicious: list[tuple[int, str]]
    unmapped_stages: dict[str, int]
    stages: dict[str, tuple[str, int]]
    stage_dates: stage_dates.Dates = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.line)


@dataclass(slots=True)
class _Columns:
    ids: list[str]
    title: list[str]
    owner: list[str]
    stage: list[str]
    status: list[str]
    amount: list[int | None]
    created: list[str | None]
    closed: list[str | None]
    source: list[str]
    pipeline: list[str]
    lost_reason: list[str]


def parse_deals(table: RawTable, spec: DealSpec) -> DealRows:
    """Turn a table into deals.

    A row without an id is rejected. Where no column is an id, ids are made from the row's content,
    so the same file gives the same ids.

    Raises:
        DomainError: no column for owner or stage, or repeated rows that leave a doubt.
    """
    named = {f"{stage_dates.PREFIX}{stage}": column for stage, column in spec.stages.items()}
    source = Source(table, {**spec.mapping, **named}, spec.constants)
    for name, message in _REQUIRED.items():
        if not source.has(name):
            raise DomainError(message, columns=", ".join(table.columns))
    bad: dict[int, DomainError] = {}
    columns = _read(source, spec, bad)
    _refuse_exchanged(columns, bad)
    groups = repeated.groups_of(columns.ids)
    groups = [each for each in groups if each.id]
    merge: dict[int, int | None] = {}
    dropped: set[int] = set()
    if groups:
        policy = _policy(groups, table, columns, spec, bad)
        merge, dropped = _merge(groups, table, columns, policy, bad)
    rows = _collect(table, spec, columns, bad, merge, dropped)
    if spec.stages or source.has("stage_since"):
        rows.stage_dates = _stage_dates(source, spec, rows, columns)
    return rows


def _stage_dates(
    source: Source, spec: DealSpec, rows: DealRows, columns: _Columns
) -> stage_dates.Dates:
    last = spec.today.isoformat() if spec.today else "9999"
    found = stage_dates.read(
        source,
        {stage: f"{stage_dates.PREFIX}{stage}" for stage in spec.stages},
        (columns.ids, columns.stage, columns.status),
        (lambda stage: status_of(stage, spec) == OPEN, spec.day_first, last),
    )
    kept = set(rows.external_id)
    return {key: dates for key, dates in found.items() if key in kept}


_REQUIRED = {
    "owner": N_(
        "No column names the owner of a deal. Choose it with --map owner=COLUMN. "
        "Columns: {columns}."
    ),
    "stage": N_(
        "No column names the stage of a deal. Choose it with --map stage=COLUMN, or say that all "
        "deals are won with --map stage==Won. Columns: {columns}."
    ),
}


def _read(source: Source, spec: DealSpec, bad: dict[int, DomainError]) -> _Columns:
    amount = source.parsed("amount", values.parse_amounts, bad)
    created = source.parsed("created", lambda c: values.parse_dates(c, spec.day_first), bad)
    closed = source.parsed("closed", lambda c: values.parse_dates(c, spec.day_first), bad)
    texts = {
        name: source.texts(name)
        for name in ("title", "owner", "stage", "source", "pipeline", "lost_reason")
    }
    status_by_stage = {stage: status_of(stage, spec) for stage in dict.fromkeys(texts["stage"])}
    status = list(map(status_by_stage.__getitem__, texts["stage"]))
    if source.has("id"):
        found = source.parsed("id", values.parse_ids, bad)
        ids = [each or "" for each in found]
        for at, each in enumerate(found):
            if each is None:
                bad.setdefault(at, DomainError(N_("The row has no deal id. Fill it in.")))
    else:
        keys = (texts["title"], texts["owner"], created, amount, texts["source"])
        ids = content_ids(zip(*keys, strict=True))
    return _Columns(
        ids, texts["title"], texts["owner"], texts["stage"], status, amount, created, closed,
        texts["source"], texts["pipeline"], texts["lost_reason"],
    )  # fmt: skip


def _refuse_exchanged(columns: _Columns, bad: dict[int, DomainError]) -> None:
    """Reject rows whose owner and stage have changed places, as in a file pasted from two.

    A name belongs where it is found more often, or else where it is found first.
    """
    both = (set(columns.owner) & set(columns.stage)) - {""}
    if not both:
        return
    owners, stages = Counter(columns.owner), Counter(columns.stage)

    def strays(
        own: Counter[str], other: Counter[str], column: list[str], rest: list[str]
    ) -> set[str]:
        return {
            name
            for name in both
            if (other[name], -rest.index(name)) > (own[name], -column.index(name))
        }

    not_owners = strays(owners, stages, columns.owner, columns.stage)
    not_stages = strays(stages, owners, columns.stage, columns.owner)
    reason = DomainError(
        N_("The owner and the stage seem to have changed places here. Correct the row.")
    )
    for at, (owner, stage) in enumerate(zip(columns.owner, columns.stage, strict=True)):
        if owner in not_owners or stage in not_stages:
            bad.setdefault(at, reason)


def _policy(
    groups: list[repeated.Group],
    table: RawTable,
    columns: _Columns,
    spec: DealSpec,
    bad: dict[int, DomainError],
) -> str:
    if spec.repeated == repeated.REFUSE:
        raise repeated.refused(groups[0], table)
    if spec.repeated in (repeated.SUM, repeated.FIRST):
        return spec.repeated
    sound = [
        repeated.Group(group.id, at)
        for group in groups
        if len(at := tuple(each for each in group.at if each not in bad)) > 1
    ]
    if not sound:
        return repeated.SUM
    known = next((each for each in presets.PRESETS if each.code == spec.preset), None)
    agree = (columns.owner, columns.stage, columns.created, columns.closed)
    mapped = {*spec.mapping.values(), *spec.stages.values()}
    policy = known.repeated if known else None
    return repeated.decide(sound, table, agree, columns.amount, mapped, policy)


def _merge(
    groups: list[repeated.Group],
    table: RawTable,
    columns: _Columns,
    policy: str,
    bad: dict[int, DomainError],
) -> tuple[dict[int, int | None], set[int]]:
    """Merge rows: answers amounts of kept rows by index, and the rows merged into them."""
    amounts: dict[int, int | None] = {}
    dropped: set[int] = set()
    for group in groups:
        wrong = [at for at in group.at if at in bad]
        if wrong and policy == repeated.SUM:
            # A part of a deal would be a wrong amount, so none of it is taken.
            reason = DomainError(
                N_("Another line of deal «{id}» (line {line}) cannot be read: {reason}"),
                id=group.id,
                line=table.lines[wrong[0]],
                reason=bad[wrong[0]],
            )
            for at in group.at:
                bad.setdefault(at, reason)
            continue
        sound = [at for at in group.at if at not in bad]
        if not sound:
            continue
        first, *rest = sound
        dropped.update(rest)
        found = [each for at in sound if (each := columns.amount[at]) is not None]
        if policy == repeated.SUM and found:
            total = sum(found)
            if abs(total) > values.AMOUNT_LIMIT:
                reason = DomainError(
                    N_("The amounts of deal «{id}» add up to too much. Correct them."), id=group.id
                )
                bad.update(dict.fromkeys(sound, reason))
                dropped.difference_update(rest)
                continue
            amounts[first] = total
    return amounts, dropped


def _collect(
    table: RawTable,
    spec: DealSpec,
    columns: _Columns,
    bad: dict[int, DomainError],
    amounts: dict[int, int | None],
    dropped: set[int],
) -> DealRows:
    for at, amount in amounts.items():
        columns.amount[at] = amount
    stages = Counter(columns.stage)
    unmapped = Counter(
        stage
        for stage, status, closed in zip(columns.stage, columns.status, columns.closed, strict=True)
        if status == OPEN and closed
    )
    known = next((each for each in presets.PRESETS if each.code == spec.preset), None)
    if known and known.closed_is_expected:
        unmapped.clear()
    status_by_stage = dict(zip(columns.stage, columns.status, strict=True))
    closed_days = [
        day if status != OPEN else None
        for day, status in zip(columns.closed, columns.status, strict=True)
    ]
    keep: Sequence[int] | None = None
    if bad or dropped:
        keep = [at for at in range(len(table)) if at not in bad and at not in dropped]

    def kept(column: list[T]) -> list[T]:
        return column if keep is None else [column[at] for at in keep]

    rejected = [Rejected(table.lines[at], bad[at]) for at in bad]
    rejected = sorted((*table.rejected, *rejected), key=lambda each: each.line)
    rows = DealRows(
        line=kept(list(table.lines)),
        external_id=kept(columns.ids),
        title=kept(columns.title),
        owner=kept(columns.owner),
        stage=kept(columns.stage),
        status=kept(columns.status),
        amount=kept(columns.amount),
        created=kept(columns.created),
        closed=kept(closed_days),
        source=kept(columns.source),
        pipeline=kept(columns.pipeline),
        lost_reason=kept(columns.lost_reason),
        read=len(table) + len(table.rejected),
        duplicates=len(dropped),
        rejected=rejected,
        preset=spec.preset,
        suspicious=[],
        unmapped_stages=dict(unmapped),
        stages={name: (status_by_stage[name], count) for name, count in stages.items()},
    )
    rows.suspicious = _suspicious(rows, spec.today)
    return rows


def _suspicious(rows: DealRows, today: date | None) -> list[tuple[int, str]]:
    future = today.isoformat() if today else "9999"
    found: list[tuple[int, str]] = []
    columns = zip(rows.line, rows.status, rows.amount, rows.created, rows.closed, strict=True)
    for line, status, amount, created, closed in columns:
        if closed is not None:
            if closed < (created or ""):
                found.append((line, "closed_before_created"))
            if closed > future:
                found.append((line, "closed_in_future"))
        elif status == WON:
            found.append((line, "won_without_closed"))
        if not amount and status == WON:
            found.append((line, "won_without_amount"))
    return found
