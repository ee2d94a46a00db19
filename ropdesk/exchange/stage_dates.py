"""Dates of stages in exports: since when a deal is in its stage, or one column for each stage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ropdesk.exchange import values
from ropdesk.exchange.headers import normal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from ropdesk.exchange.fields import Source
    from ropdesk.exchange.table import RawTable

PREFIX = "stage:"
Dates = dict[str, tuple[tuple[str, str], ...]]
"""Deal's id → its stages with the days it came to them, earliest first."""

# «Дата перехода на этап КП отправлено», «Дата этапа «КП отправлено»»,
# «Date entered "Proposal (Sales Pipeline)"».
_SURE = re.compile(
    r"(?:дата|время)\s+(?:перехода|входа|попадания)\s+(?:на|в)\s+(?:этап|стадию)\b\s*(?P<name>.+)"
    r"|дата\s+(?:этапа|стадии)\s*[:«\"“„](?P<quoted>.+)"
    r"|date\s+entered\s+(?!current\b)(?:stage\s+)?(?P<english>.+)",
    re.IGNORECASE,
)
# «Дата КП отправлено», «КП отправлено: дата», «Этап «КП отправлено» (дата)».
_LIKELY = re.compile(
    r"дата\s+(?:этапа|стадии)?(?P<after>.+)|(?:этап|стадия|stage)?(?P<before>.+?)[\s:,(—-]+"
    r"(?:дата(?:\s+(?:перехода|входа))?|date)\)?",
    re.IGNORECASE,
)
_AROUND = " \t:—-«»\"'“”„()"
_PIPELINE = re.compile(r"\s*\([^()]*\)$")


def names_a_stage(column: str) -> bool:
    """Tell whether a column's name says by itself that it dates a stage."""
    return _SURE.fullmatch(column.strip()) is not None


def stage_columns(table: RawTable, stage: str | None, taken: Collection[str]) -> dict[str, str]:
    """Find the columns that say when a deal came to a stage: stage → column, in the file's order.

    Args:
        stage: the column that holds the deal's stage, whose values are known names.
        taken: columns that already are something else.
    """
    known: dict[str, str] = {}
    if stage is not None and stage in table.columns:
        for cell in dict.fromkeys(table.cells(stage).tolist()):
            known.setdefault(normal(str(cell)), str(cell).strip())
    found: dict[str, str] = {}
    for column in table.columns:
        if column in taken:
            continue
        name = _name(column, known)
        if name and name not in found:
            found[name] = column
    return found


def _name(column: str, known: Mapping[str, str]) -> str:
    sure = _SURE.fullmatch(column.strip())
    if sure:
        said = sure["name"] or sure["quoted"] or _unquoted(sure["english"])
        name, short = _stripped(said), _stripped(_PIPELINE.sub("", said))
        return known.get(normal(name)) or known.get(normal(short)) or short or name
    likely = _LIKELY.fullmatch(column.strip())
    if likely:
        return known.get(normal(_stripped(likely["after"] or likely["before"] or "")), "")
    return ""


def _unquoted(text: str) -> str:
    return text.strip().strip("«»\"'“”„")


def _stripped(text: str) -> str:
    return text.strip(_AROUND)


def read(
    source: Source,
    stages: Mapping[str, str],
    rows: tuple[Sequence[str], Sequence[str], Sequence[str]],
    rule: tuple[Callable[[str], bool], bool | None, str],
) -> Dates:
    """Read the dates of stages by deal; cells that are no past day are left out.

    A stage's date is a detail of the deal: what cannot be read of it must not refuse the deal.

    Args:
        stages: stage → the field it is mapped under.
        rows: ids, stages and statuses of all rows.
        rule: what tells an open stage, how slashed dates are read, the last day that may be.
    """
    is_open, day_first, last = rule
    ids, current, status = rows
    columns: list[tuple[Iterable[str], Sequence[str | None]]] = []
    for stage, field in stages.items():
        if is_open(stage):
            told = values.parse_dates(source.cells(field), day_first).values
            columns.append(([stage] * len(ids), told))
    if source.has("stage_since"):
        since = values.parse_dates(source.cells("stage_since"), day_first).values
        known = [day if of == "open" else None for day, of in zip(since, status, strict=True)]
        columns.append((current, known))
    found: dict[str, list[tuple[str, str]]] = {}
    for names, days in columns:
        for key, stage, day in zip(ids, names, days, strict=True):
            if day is not None and key and stage and day <= last:
                found.setdefault(key, []).append((stage, day))
    return {
        key: tuple(sorted(dict.fromkeys(dates), key=lambda each: each[1]))
        for key, dates in found.items()
    }
