"""Fields of a table: columns and constants by field name, parsed with their errors gathered."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange.table import Rejected
from ropdesk.exchange.values import plain_text, plain_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ropdesk.exchange.columns import Parsed
    from ropdesk.exchange.table import RawTable

T = TypeVar("T")


class Source:
    """Answers for the fields of a table."""

    def __init__(
        self, table: RawTable, mapping: Mapping[str, str], constants: Mapping[str, str]
    ) -> None:
        self._table = table
        self._mapping = mapping
        self._constants = constants

    def has(self, field: str) -> bool:
        """Tell whether a field has a column or a constant."""
        return field in self._mapping or field in self._constants

    def column(self, field: str) -> str | None:
        """Return the column of a field, None where it has none."""
        return self._mapping.get(field)

    def cells(self, field: str) -> list[object]:
        """Return a field's raw cells; empty ones where it is not mapped.

        Raises:
            DomainError: the mapping names a column that the file has not got.
        """
        if field in self._constants:
            return [self._constants[field]] * len(self._table)
        column = self._mapping.get(field)
        if column is None:
            return [""] * len(self._table)
        if column not in self._table.columns:
            raise DomainError(
                N_("The file has no column «{column}». Its columns: {columns}."),
                column=column,
                columns=", ".join(self._table.columns),
            )
        cells: list[object] = self._table.cells(column).tolist()
        return cells

    def texts(self, field: str) -> list[str]:
        """Return a field as texts in one line, ``""`` where empty or not mapped."""
        if field in self._constants:
            return [plain_text(self._constants[field])] * len(self._table)
        if field not in self._mapping:
            return [""] * len(self._table)
        return plain_texts(self.cells(field))

    def parsed(
        self,
        field: str,
        parse: Callable[[list[object]], Parsed[T]],
        bad: dict[int, DomainError],
    ) -> list[T | None]:
        """Parse a field; the first error of each row goes to ``bad`` by 0-based row."""
        if not self.has(field):
            return [None] * len(self._table)
        answer = parse(self.cells(field))
        for at, error in answer.errors.items():
            bad.setdefault(at, _in_column(error, self._mapping.get(field, field)))
        return answer.values


def _in_column(error: DomainError, column: str) -> DomainError:
    return DomainError(N_("Column «{column}»: {reason}"), column=column, reason=error)


def content_ids(rows: Iterable[tuple[object, ...]]) -> list[str]:
    """Make ids from content: equal rows are told apart by their order, so ids are stable."""
    seen: Counter[str] = Counter()
    ids = []
    for row in rows:
        text = "\x1f".join("" if cell is None else str(cell) for cell in row)
        key = hashlib.blake2b(text.encode(), digest_size=10).hexdigest()
        seen[key] += 1
        ids.append(f"~{key}-{seen[key]}")
    return ids


def require(source: Source, table: RawTable, *fields: str) -> None:
    """Refuse a table that has no column for a needed field."""
    for name in fields:
        if not source.has(name):
            raise DomainError(
                N_(
                    "No column is the {field}. Choose it with --map {field}=COLUMN. "
                    "Columns: {columns}."
                ),
                field=name,
                columns=", ".join(table.columns),
            )


def rejected_rows(table: RawTable, bad: dict[int, DomainError]) -> list[Rejected]:
    """Return all rows that cannot be taken, in the file's order."""
    own = [Rejected(table.lines[at], reason) for at, reason in bad.items()]
    return sorted((*table.rejected, *own), key=lambda each: each.line)
