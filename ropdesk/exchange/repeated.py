"""Rows that share one deal id: lines of one deal, the same deal again, or a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange.headers import normal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ropdesk.exchange.table import RawTable

SUM, FIRST, REFUSE = "sum", "first", "refuse"
_CHANGES = ("изменен", "редактир", "обновлен", "modif", "updated", "changed", "edited", "выгруз")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one id, by 0-based index, in the file's order."""

    id: str
    at: tuple[int, ...]


def groups_of(ids: Sequence[str | None]) -> list[Group]:
    """Find ids that occur more than once."""
    if len(set(ids)) == len(ids):
        return []
    found: dict[str, list[int]] = {}
    for at, each in enumerate(ids):
        if each is not None:
            found.setdefault(each, []).append(at)
    return [Group(each, tuple(at)) for each, at in found.items() if len(at) > 1]


def decide(
    groups: Sequence[Group],
    table: RawTable,
    rows: Sequence[Sequence[object]],
    amounts: Sequence[int | None],
    mapped: set[str],
    policy: str | None,
) -> str:
    """Decide whether amounts of rows of one deal add up.

    Args:
        rows: columns whose values must agree within a deal (owner, stage, dates), parsed.
        amounts: parsed amounts.
        mapped: columns that hold known fields; the others may tell lines apart.
        policy: what the preset says, if it says anything.

    Returns:
        ``"sum"`` or ``"first"``.

    Raises:
        DomainError: the data leaves a real doubt; asks the question with example lines.
    """
    others = {
        normal(column): table.cells(column).tolist()
        for column in table.columns
        if column not in mapped
    }
    found: dict[str, list[Group]] = {LINES: [], WHOLE: [], TWINS: [], HARMLESS: []}
    for group in groups:
        for kind in _kinds(group, table, rows, amounts, others):
            found[kind].append(group)
    if policy == FIRST:
        if found[LINES]:
            raise _doubt_of_amount(found[LINES][0], table)
        return FIRST
    if policy == SUM:
        return SUM
    if not found[LINES]:
        if found[WHOLE]:
            raise _doubt_of_lines(found[WHOLE][0], table)
        return FIRST
    # A deal's own total, repeated on its lines, never varies: where amounts vary in most deals,
    # they are amounts of lines, and two lines of one price are no surprise.
    if found[TWINS]:
        raise _doubt_of_twins(found[TWINS][0], table)
    if len(found[WHOLE]) > len(found[LINES]):
        raise _doubt_of_lines(found[WHOLE][0], table)
    return SUM


# What a group of rows looks like: amounts vary; one amount on different rows; identical rows;
# no amount at all.
LINES, WHOLE, TWINS, HARMLESS = "lines", "whole", "twins", "harmless"


def _kinds(
    group: Group,
    table: RawTable,
    rows: Sequence[Sequence[object]],
    amounts: Sequence[int | None],
    others: Mapping[str, Sequence[object]],
) -> list[str]:
    first, *rest = group.at
    if any(column[at] != column[first] for column in rows for at in rest):
        raise _doubt_of_state(group, table)
    varying = [
        name for name, cells in others.items() if any(cells[at] != cells[first] for at in rest)
    ]
    values = {amounts[at] for at in group.at}
    if len(values) > 1:
        if all(any(word in name for word in _CHANGES) for name in varying):
            raise _doubt_of_amount(group, table)
        return [LINES, TWINS] if _has_twins(group, list(others.values()), amounts) else [LINES]
    if not varying:
        return [TWINS]
    return [HARMLESS] if values <= {None, 0} else [WHOLE]


def _has_twins(
    group: Group, others: Sequence[Sequence[object]], amounts: Sequence[int | None]
) -> bool:
    keys = {(amounts[at], *(cells[at] for cells in others)) for at in group.at}
    return len(keys) < len(group.at)


def _lines(group: Group, table: RawTable) -> str:
    return ", ".join(str(table.lines[at]) for at in group.at[:5])


def refused(group: Group, table: RawTable) -> DomainError:
    """Say that repeated rows are there, where they were not to be."""
    return DomainError(
        N_(
            "Deal «{id}» is on several lines ({lines}), and repeated rows are to be refused. "
            "Correct the file, or choose what the rows mean: --repeated sum or --repeated first."
        ),
        id=group.id,
        lines=_lines(group, table),
    )


def _doubt_of_state(group: Group, table: RawTable) -> DomainError:
    return DomainError(
        N_(
            "Deal «{id}» is on several lines ({lines}) that differ in owner, stage or dates. "
            "Which is right? Correct the file, or take the first of them with --repeated first."
        ),
        id=group.id,
        lines=_lines(group, table),
    )


def _doubt_of_amount(group: Group, table: RawTable) -> DomainError:
    return DomainError(
        N_(
            "Deal «{id}» is on several lines ({lines}) with different amounts. Do they add up, "
            "or is it one deal written again? Answer --repeated sum or --repeated first."
        ),
        id=group.id,
        lines=_lines(group, table),
    )


def _doubt_of_lines(group: Group, table: RawTable) -> DomainError:
    return DomainError(
        N_(
            "Deal «{id}» is on several lines ({lines}) with one and the same amount. Is it the "
            "amount of the whole deal or of each line? Answer --repeated first (of the deal) or "
            "--repeated sum (of each line)."
        ),
        id=group.id,
        lines=_lines(group, table),
    )


def _doubt_of_twins(group: Group, table: RawTable) -> DomainError:
    return DomainError(
        N_(
            "Lines of deals add up in this file, but deal «{id}» has identical lines ({lines}). "
            "Are they two sales or one written twice? Correct the file, or answer --repeated sum "
            "to add all of them up."
        ),
        id=group.id,
        lines=_lines(group, table),
    )
