"""Long tables of daily facts and monthly plans."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Kind, Metric, Unit
from ropdesk.exchange import presets, values
from ropdesk.exchange.columns import is_empty, shown
from ropdesk.exchange.fields import Source, rejected_rows, require
from ropdesk.exchange.headers import normal
from ropdesk.exchange.team import MemberRows, parse_members

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ropdesk.domain.metrics import Metrics
    from ropdesk.exchange.table import RawTable, Rejected

__all__ = [
    "FACT_FIELDS", "FactRows", "FactSpec", "MemberRows", "fact_spec", "parse_facts",
    "parse_members", "parse_month", "parse_plan",
]  # fmt: skip

FACT_FIELDS = ("member", "day", "month", "metric", "value")
_MONTH = re.compile(r"(\d{4})[-./](\d{1,2})|(\d{1,2})[-./](\d{4})")
_MONTH_WORD = re.compile(r"([а-яёa-z]{3,9})\.?[ ,.-]+(\d{4})(?: ?г(?:\.|ода)?)?", re.IGNORECASE)
_TOTAL = re.compile(r"(итого|всего|total|отдел|department)\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FactSpec:
    """How to read facts or plans from a table.

    Attributes:
        mapping: field → column.
        constants: field → text that every row has.
        metric: the code where the whole file is of one metric.
        day_first: reads 03/04/2024 as the third of April; None to let the column prove it.
    """

    mapping: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    metric: str = ""
    day_first: bool | None = None


@dataclass(slots=True)
class FactRows:
    """Facts or plans as parallel lists.

    Attributes:
        member: name or key as written; ``""`` is the department.
        period: ISO day ``YYYY-MM-DD`` of a fact, month ``YYYY-MM`` of a plan.
        metric: code.
        value: stored integer (`Metric.scale` per whole unit).
        read: rows of data; read == len(line) + len(rejected) + duplicates.
        duplicates: rows that repeat a member, period, metric and value.
    """

    line: list[int]
    member: list[str]
    period: list[str]
    metric: list[str]
    value: list[int]
    read: int
    duplicates: int
    rejected: list[Rejected]

    def __len__(self) -> int:
        return len(self.line)


def fact_spec(table: RawTable, *, maps: Sequence[str] = (), metric: str = "") -> FactSpec:
    """Make a specification from what the command line says; what it leaves out is guessed.

    Raises:
        DomainError: an unknown field or column.
    """
    chosen = presets.parse_maps(maps, FACT_FIELDS, table.columns)
    mapping = {name: columns[-1] for name, columns in chosen.columns.items()}
    free = [column for column in table.columns if column not in mapping.values()]
    for name, column in presets.guess_mapping(free, "facts").items():
        period = name in ("day", "month") and ({"day", "month"} & set(mapping))
        metric_known = name == "metric" and bool(metric)
        # An explicit mapping without a member means the department's own figures.
        member = name == "member" and bool(chosen.columns)
        if not (name in mapping or name in chosen.constants or period or metric_known or member):
            mapping[name] = column
    return FactSpec(mapping, dict(chosen.constants), metric)


def parse_month(cell: object) -> str | DomainError | None:
    """Parse a month to ``YYYY-MM``: 2024-03, 03.2024, «март 2024», or any date in it."""
    if is_empty(cell):
        return None
    if isinstance(cell, str):
        text = cell.strip()
        match = _MONTH.fullmatch(text)
        if match:
            text = f"{match[1] or match[4]}-{int(match[2] or match[3]):02}-01"
        elif word := _MONTH_WORD.fullmatch(text):
            text = f"1 {word[1]} {word[2]}"
        found = values.parse_date(text)
    else:
        found = values.parse_date(cell)
    if isinstance(found, str):
        return found[:7]
    return DomainError(
        N_("«{text}» is not a month. Write it as 2024-03 or 03.2024."), text=shown(cell)
    )


def parse_facts(table: RawTable, spec: FactSpec, metrics: Metrics) -> FactRows:
    """Turn a long table into daily facts; a ratio is refused, for it follows from its flows.

    Raises:
        DomainError: no column for day, value or metric; an unknown ``metric`` of the file.
    """
    source = Source(table, spec.mapping, spec.constants)
    if not source.has("day") and source.has("month"):
        raise DomainError(
            N_(
                "Facts are kept by day, and the file has only months. "
                "Choose the column of days with --map day=COLUMN."
            )
        )
    return _rows(
        table,
        source,
        spec,
        metrics,
        "day",
        lambda cells: values.parse_dates(cells, spec.day_first),
        ratios=False,
    )


def parse_plan(table: RawTable, spec: FactSpec, metrics: Metrics) -> FactRows:
    """Turn a long table into monthly plans; a row without member is the department's.

    Raises:
        DomainError: no column for month, value or metric; an unknown ``metric`` of the file.
    """
    source = Source(table, spec.mapping, spec.constants)
    return _rows(
        table,
        source,
        spec,
        metrics,
        "month" if source.has("month") else "day",
        lambda cells: values.parse_by_unique(cells, parse_month),
        ratios=True,
    )


def _rows(
    table: RawTable,
    source: Source,
    spec: FactSpec,
    metrics: Metrics,
    period: str,
    parse: Callable[[list[object]], values.Parsed[str]],
    *,
    ratios: bool,
) -> FactRows:
    require(source, table, period, "value")
    if not spec.metric:
        require(source, table, "metric")
    bad: dict[int, DomainError] = {}
    periods = source.parsed(period, parse, bad)
    members = source.texts("member")
    codes = _metric_codes(source, spec, metrics, len(table), bad, ratios=ratios)
    amounts = _values(source.cells("value"), codes, metrics, bad)
    for at, each in enumerate(periods):
        if each is None:
            bad.setdefault(at, DomainError(N_("The row has no date. Fill it in.")))
    seen: dict[tuple[str, str, str], tuple[int, int]] = {}
    duplicates = 0
    rows = FactRows([], [], [], [], [], len(table) + len(table.rejected), 0, [])
    for at, line in enumerate(table.lines):
        when, amount = periods[at], amounts[at]
        if at in bad or when is None or amount is None:
            continue
        member = "" if _TOTAL.fullmatch(members[at]) else members[at]
        key = (member, when, codes[at])
        earlier = seen.get(key)
        if earlier is not None and earlier[0] == amount:
            duplicates += 1
            continue
        if earlier is not None:
            bad[at] = DomainError(
                N_("Line {line} has another value of the same member, period and metric."),
                line=earlier[1],
            )
            continue
        seen[key] = (amount, line)
        rows.line.append(line)
        rows.member.append(member)
        rows.period.append(when)
        rows.metric.append(codes[at])
        rows.value.append(amount)
    rows.duplicates = duplicates
    rows.rejected = rejected_rows(table, bad)
    return rows


def _metric_codes(
    source: Source,
    spec: FactSpec,
    metrics: Metrics,
    count: int,
    bad: dict[int, DomainError],
    *,
    ratios: bool,
) -> list[str]:
    texts = [metrics[spec.metric].code] * count if spec.metric else source.texts("metric")
    table: dict[str, str | DomainError] = {}
    for text in dict.fromkeys(texts):
        found = _find_metric(text, metrics)
        if isinstance(found, Metric) and found.kind is Kind.RATIO and not ratios:
            table[text] = DomainError(
                N_("«{metric}» is a ratio: it is counted from its parts, not entered."),
                metric=text,
            )
        else:
            table[text] = found.code if isinstance(found, Metric) else found
    codes = []
    for at, text in enumerate(texts):
        found_code = table[text]
        if isinstance(found_code, DomainError):
            bad.setdefault(at, found_code)
        codes.append("" if isinstance(found_code, DomainError) else found_code)
    return codes


def _find_metric(text: str, metrics: Metrics) -> Metric | DomainError:
    """Find a metric by its code, its English name, or its name in the language in force."""
    from ropdesk.i18n import _

    wanted = normal(text)
    for metric in metrics.values():
        names = {metric.code, metric.code.replace("_", " "), metric.name, _(metric.name)}
        if wanted in {normal(name) for name in names}:
            return metric
    return DomainError(
        N_("There is no metric «{code}». Known metrics: {known}."),
        code=text,
        known=", ".join(sorted(metrics)),
    )


def _values(
    cells: list[object], codes: list[str], metrics: Metrics, bad: dict[int, DomainError]
) -> list[int | None]:
    answers: list[int | None] = [None] * len(cells)
    for code in dict.fromkeys(codes):
        if not code:
            continue
        at = [number for number, each in enumerate(codes) if each == code]
        found = _parse_values([cells[number] for number in at], metrics[code])
        for place, number in enumerate(at):
            answers[number] = found.values[place]
            if place in found.errors:
                bad.setdefault(number, found.errors[place])
            elif found.values[place] is None:
                bad.setdefault(number, DomainError(N_("The row has no value. Fill it in.")))
    return answers


def _parse_values(cells: list[object], metric: Metric) -> values.Parsed[int]:
    if metric.unit is Unit.SHARE:
        return values.parse_by_unique(cells, lambda cell: _share(cell, metric.scale))
    if metric.unit is Unit.SECONDS and any(
        not isinstance(cell, int | float) and ":" in str(cell) for cell in cells
    ):
        seconds = values.parse_durations(cells)
        seconds.values = [each if each is None else each * metric.scale for each in seconds.values]
        return seconds
    return values.parse_amounts(cells, metric.scale)


def _share(cell: object, scale: int) -> int | DomainError | None:
    if isinstance(cell, str) and cell.strip().endswith("%"):
        return values.parse_amount(cell.strip()[:-1], scale // 100, decimal_mark=_mark(cell))
    return values.parse_amount(cell, scale, decimal_mark=_mark(cell))


def _mark(cell: object) -> str:
    return "," if isinstance(cell, str) and "," in cell else "."
