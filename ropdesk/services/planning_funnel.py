"""The department's funnel of a month: from the goal back to calls, with the past beside it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain.errors import N_
from ropdesk.domain.metrics import ratio
from ropdesk.domain.money import half_up
from ropdesk.domain.planning import HISTORY_MONTHS, Funnel
from ropdesk.domain.planning import change as change_field
from ropdesk.services.planning_basis import Basis
from ropdesk.services.planning_draft import editing, set_cell
from ropdesk.services.planning_sheet import (
    CALLS_PER_INQUIRY,
    Cell,
    Key,
    Sheet,
    checked_scenario,
    editable_id,
    first_day,
    load_sheet,
    month_text,
)
from ropdesk.store.workspace import Workspace

# Fields of the domain's funnel, and the metrics that carry them in a plan.
FUNNEL = {
    "receipts": "receipts",
    "average_check": "average_check",
    "deals": "deals_won",
    "conversion": "conversion",
    "inquiries": "inquiries",
    "calls": "calls",
    "calls_per_inquiry": CALLS_PER_INQUIRY,
}
PAST_OF_FUNNEL = ("receipts", "deals_won", "inquiries", "calls")


@dataclass(frozen=True, slots=True)
class Reference:
    """What the past says of a value, in stored integers; None where it says nothing.

    Attributes:
        best: the highest of the last twelve finished months, and ``best_month`` when that was.
        low, high, mean: of the last six of them that have numbers.
    """

    best: int | None = None
    best_month: date | None = None
    low: int | None = None
    high: int | None = None
    mean: int | None = None


@dataclass(frozen=True, slots=True)
class FunnelView:
    """The department's funnel of a scenario, and the past's word on each field.

    Fields are those of `ropdesk.domain.planning.Funnel`; drivers that the plan does not set stand
    at the mean of the last six months.
    """

    funnel: Funnel
    references: Mapping[str, Reference]
    assumed: frozenset[str]


def opened(
    connection: Connection, month: date, scenario: str, days_of: Collection[str] | None = None
) -> tuple[Sheet, Basis]:
    """Read the version that is worked on (an empty sheet without one) and its basis.

    Args:
        days_of: the metrics whose days are wanted; all unless given.
    """
    checked_scenario(scenario)
    found = editable_id(connection, month)
    basis = Basis(connection, month)
    if found is None:
        return Sheet(0, first_day(month), "history"), basis
    return load_sheet(connection, found.id, None, scenario, days_of=days_of), basis


def _mean(values: Sequence[int]) -> int | None:
    return half_up(Fraction(sum(values), len(values))) if values else None


def reference(by_month: Mapping[date, int]) -> Reference:
    """Refer to the values of past months."""
    if not by_month:
        return Reference()
    best_month = max(by_month, key=lambda month: (by_month[month], month))
    recent = [by_month[month] for month in sorted(by_month)][-HISTORY_MONTHS:]
    return Reference(
        by_month[best_month], best_month, min(recent), max(recent), _mean(recent)
    )  # fmt: skip


def _department_months(basis: Basis, code: str) -> dict[date, int]:
    return {month: sum(values.values()) for month, values in basis.finished(code).items()}


def _ratio_reference(basis: Basis, top: str, bottom: str, scale: int) -> Reference:
    """Refer to a ratio's past: each month sum ÷ sum, and the mean over all of them at once."""
    tops, bottoms = _department_months(basis, top), _department_months(basis, bottom)
    months = sorted(month for month in bottoms if bottoms[month] and month in tops)
    one, other = basis.metrics[top], basis.metrics[bottom]

    def value(chosen: Iterable[date]) -> int | None:
        sums = [sum(side[month] for month in chosen) for side in (tops, bottoms)]
        found = ratio(sums[0], sums[1], other, one)
        return None if found is None else half_up(found * scale)

    by_month = {month: value([month]) or 0 for month in months}
    found = reference(by_month)
    mean = value(months[-HISTORY_MONTHS:])
    return Reference(found.best, found.best_month, found.low, found.high, mean)


def _funnel_references(basis: Basis) -> dict[str, Reference]:
    basis.read_past(PAST_OF_FUNNEL)
    found = {
        field: reference(_department_months(basis, FUNNEL[field]))
        for field in ("receipts", "deals", "inquiries", "calls")
    }
    for field in ("average_check", "conversion"):
        metric = basis.metrics[FUNNEL[field]]
        found[field] = _ratio_reference(
            basis, metric.numerator or "", metric.denominator or "", metric.scale
        )
    found["calls_per_inquiry"] = _ratio_reference(basis, "calls", "inquiries", 100)
    return found


def _funnel(sheet: Sheet, scenario: str, references: Mapping[str, Reference]) -> FunnelView:
    values: dict[str, int | None] = {}
    assumed = set()
    for field, code in FUNNEL.items():
        cell = sheet.cells.get((scenario, code, None))
        values[field] = None if cell is None else cell.value
        if cell is None and field in {"average_check", "conversion", "calls_per_inquiry"}:
            values[field] = references[field].mean
            assumed.add(field)
    return FunnelView(Funnel(**values), dict(references), frozenset(assumed))


def funnel(ws: Workspace, month: date, scenario: str = "standard") -> FunnelView:
    """Return the department's funnel of a month, with what past months say beside it."""
    with ws.read() as connection:
        sheet, basis = opened(connection, month, scenario, ())
        return funnel_of(sheet, basis, scenario)


def funnel_of(sheet: Sheet, basis: Basis, scenario: str) -> FunnelView:
    """Return the same of a sheet that is already read."""
    return _funnel(sheet, scenario, _funnel_references(basis))


def change_funnel(
    ws: Workspace, month: date, scenario: str, field: str, value: int | None
) -> FunnelView:
    """Change one field of the funnel; the others follow, and members and days with them.

    Args:
        field: a field of `ropdesk.domain.planning.Funnel`, in its units.

    Returns:
        The funnel as it is now.

    Raises:
        DomainError: no such field, a value below zero, an approved plan, or the new department's
            plan does not fit what is locked.
    """
    checked_scenario(scenario)
    label = N_("Change the funnel of {month}")
    with ws.operation(label, month=month_text(month)) as operation:
        codes = set(FUNNEL.values())
        with editing(operation, month, codes, scenario) as draft:
            references = _funnel_references(draft.basis)
            before = _funnel(draft.sheet, scenario, references).funnel
            after = change_field(before, field, value)
            for name, code in FUNNEL.items():
                wanted = getattr(after, name)
                key: Key = (scenario, code, None)
                cell = draft.sheet.cells.get(key)
                changed = wanted != getattr(before, name)
                if not changed and name != field and (cell is not None or wanted is None):
                    continue
                if code == CALLS_PER_INQUIRY:
                    _put_driver(draft.sheet, key, wanted)
                elif (cell.value if cell and cell.locked else None) != wanted:
                    set_cell(draft, key, wanted)
            return _funnel(draft.sheet, scenario, references)


def _put_driver(sheet: Sheet, key: Key, value: int | None) -> None:
    if value is None:
        sheet.drop(key)
    else:
        sheet.cells[key] = Cell(value, True)
