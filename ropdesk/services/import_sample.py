"""The first rows of a file as they were understood, for a person to check."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ropdesk.domain.metrics import Metric
from ropdesk.domain.money import KOPECKS, unscaled
from ropdesk.exchange.facts import FactRows
from ropdesk.services.import_tables import TableRows
from ropdesk.services.imports import Incoming

Value = str | int | bool | date | Decimal | None
COUNT = 200
_SHOWN = {
    "deals": ("title", "stage", "status", "amount", "created", "closed"),
    "calls": ("day", "at", "direction", "answered", "wait", "talk", "rating"),
}


def first_rows(
    parsed: Incoming | TableRows, metrics: Mapping[str, Metric]
) -> tuple[tuple[str, ...], tuple[tuple[Value, ...], ...]]:
    """Answer names of columns and the values of the first rows, the line of the file first.

    Money is in roubles and other values in whole units; days are dates, times of day seconds.
    """
    if isinstance(parsed, Incoming):
        names = _SHOWN[parsed.kind]
        columns = [
            parsed.lines[:COUNT], parsed.external_ids[:COUNT], parsed.owner[:COUNT],
            *(_typed(name, parsed.values[name][:COUNT]) for name in names),
        ]  # fmt: skip
        return ("line", "id", "owner" if parsed.kind == "deals" else "member", *names), tuple(
            zip(*columns, strict=True)
        )
    rows = parsed.rows
    if isinstance(rows, FactRows):
        codes = rows.metric[:COUNT]
        values = [
            unscaled(value, metrics[code].scale)
            for code, value in zip(codes, rows.value, strict=False)
        ]
        period = "month" if parsed.spec.kind == "plan" else "day"
        periods = [date.fromisoformat(f"{each}-01"[:10]) for each in rows.period[:COUNT]]
        return ("line", "member", period, "metric", "value"), tuple(
            zip(rows.line[:COUNT], rows.member[:COUNT], periods, codes, values, strict=True)
        )
    aliases = [", ".join(each) for each in rows.aliases[:COUNT]]
    return ("line", "name", "alias", "position", "hired", "left"), tuple(
        zip(
            rows.line[:COUNT], rows.name[:COUNT], aliases, rows.position[:COUNT],
            _typed("hired", rows.hired[:COUNT]), _typed("left", rows.left[:COUNT]),
            strict=True,
        )
    )  # fmt: skip


def _typed(name: str, cells: Sequence[Any]) -> list[Value]:
    if name in {"created", "closed", "day", "hired", "left"}:
        return [date.fromisoformat(cell) if cell else None for cell in cells]
    if name == "amount":
        return [None if cell is None else unscaled(cell, KOPECKS) for cell in cells]
    return list(cells)
