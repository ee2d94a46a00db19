"""Parsing a whole column at the price of its distinct values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from ropdesk.domain.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")

# What exports write where there is nothing.
EMPTY = frozenset(
    ("", "-", "–", "—", "−", "не закрыта", "не закрыто", "не закрыт", "null", "none", "nan", "nat",
     "n/a", "#n/a", "#н/д", "<na>")
)  # fmt: skip


@dataclass(slots=True)
class Parsed(Generic[T]):
    """A parsed column.

    Attributes:
        values: one for each cell; None where empty or wrong.
        errors: what is wrong, by 0-based index of the cell.
    """

    values: list[T | None]
    errors: dict[int, DomainError] = field(default_factory=dict)


def is_empty(cell: object) -> bool:
    """Tell whether a cell says «nothing»: blank, a dash, «не закрыта», NULL."""
    if cell is None:
        return True
    return isinstance(cell, str) and cell.strip().casefold() in EMPTY


def parse_by_unique(
    cells: Iterable[object], parse: Callable[[object], T | DomainError | None]
) -> Parsed[T]:
    """Parse every distinct cell once, and spread the answers over the column."""
    column = cells if isinstance(cells, list) else list(cells)
    table = {cell: parse(cell) for cell in dict.fromkeys(column)}
    return spread(column, table)


def spread(column: Sequence[object], table: dict[object, T | DomainError | None]) -> Parsed[T]:
    """Look every cell up in a table of answers, keeping errors apart."""
    answers = list(map(table.__getitem__, column))
    if DomainError not in set(map(type, table.values())):
        return Parsed(cast("list[T | None]", answers))
    errors = {at: answer for at, answer in enumerate(answers) if isinstance(answer, DomainError)}
    return Parsed([None if isinstance(a, DomainError) else a for a in answers], errors)


def joined(column: Sequence[object]) -> str | None:
    """Join a column of texts, to ask one question of all cells at once; None if not all are."""
    try:
        return "\x1f".join(cast("Sequence[str]", column))
    except TypeError:
        return None


def texts(column: Sequence[object]) -> list[str] | None:
    """Return a column whose cells are all texts; None if any is not."""
    return None if joined(column) is None else cast("list[str]", column)


def shown(cell: object) -> str:
    """Quote a cell in a message, cut to a readable length."""
    text = " ".join(str(cell).split())
    return text if len(text) <= 60 else text[:57] + "…"
