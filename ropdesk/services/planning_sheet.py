"""A plan's version in memory: its cells and days, read at once and written as the difference."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from ropdesk.domain.errors import N_, DomainError
from ropdesk.store.models import Plan, PlanDay, PlanValue
from ropdesk.store.workspace import Operation

SCENARIOS = ("minimum", "standard", "maximum")
METHODS = ("history", "equal", "manual")
CALLS_PER_INQUIRY = "calls_per_inquiry"  # a driver of the funnel, kept with the plan; no metric
MOST = 10**15  # ten trillion roubles in kopecks: sums of plans stay far within 64 bits

Pair = tuple[str, str]  # scenario, metric
Key = tuple[str, str, int | None]  # scenario, metric, member (None: the department)


class Cell(NamedTuple):
    """A month's plan in stored integers. ``locked``: set by hand, so sharing leaves it alone.

    A department's cell that is not locked is the sum of its members.
    """

    value: int
    locked: bool = False


class DayCell(NamedTuple):
    """A day's part of a plan; ``pinned``: set by hand."""

    value: int
    pinned: bool = False


class PlanId(NamedTuple):
    """Which version of a month's plan."""

    id: int
    status: str
    version: int


@dataclass(slots=True)
class Sheet:
    """The cells of one version, and the days of its flows."""

    plan_id: int
    month: date
    method: str
    cells: dict[Key, Cell] = field(default_factory=dict)
    days: dict[Key, dict[date, DayCell]] = field(default_factory=dict)

    def pairs(self, metric: str | None = None, scenario: str | None = None) -> list[Pair]:
        """List the scenarios and metrics that have a plan, of one metric or scenario if asked."""
        known = dict.fromkeys((s, m) for s, m, _member in self.cells)
        return [p for p in known if scenario in {None, p[0]} and metric in {None, p[1]}]

    def members(self, pair: Pair) -> dict[int, Cell]:
        """Return the members' cells of a scenario and metric."""
        return {
            member: cell
            for (scenario, metric, member), cell in self.cells.items()
            if (scenario, metric) == pair and member is not None
        }

    def pins(self, key: Key) -> dict[date, int]:
        """Return the days of a cell that were set by hand."""
        return {day: cell.value for day, cell in self.days.get(key, {}).items() if cell.pinned}

    def drop(self, key: Key) -> None:
        """Remove a cell with its days."""
        self.cells.pop(key, None)
        self.days.pop(key, None)


def month_text(month: date) -> str:
    """Write a month the same in every language, for labels and sentences: ``11.2026``."""
    return f"{month:%m.%Y}"


def first_day(month: date) -> date:
    """Return the first day of a month."""
    return month.replace(day=1)


def checked_scenario(scenario: str) -> str:
    """Return a scenario that exists.

    Raises:
        DomainError: there is no such scenario.
    """
    if scenario not in SCENARIOS:
        raise DomainError(
            N_("There is no scenario «{name}». Choose minimum, standard or maximum."), name=scenario
        )
    return scenario


def checked_value(value: int) -> int:
    """Return a value that a plan can have.

    Raises:
        DomainError: it is below zero or beyond any department's means.
    """
    if value < 0:
        raise DomainError(N_("A plan cannot be below zero. Enter zero or more."), field="value")
    if value > MOST:
        raise DomainError(N_("This plan is too large. Check the number."), field="value")
    return value


def versions(connection: Connection, month: date) -> list[Any]:
    """Read the versions of a month's plan, newest first."""
    query = select(Plan.__table__).where(Plan.month == first_day(month))
    return list(connection.execute(query.order_by(Plan.version.desc())))


def current_plan_id(connection: Connection, month: date) -> PlanId | None:
    """Find the version that counts: the approved one, otherwise the draft (boards, reports)."""
    rows = {row.status: row for row in versions(connection, month)}
    row = rows.get("approved") or rows.get("draft")
    return PlanId(row.id, row.status, row.version) if row else None


def editable_id(connection: Connection, month: date) -> PlanId | None:
    """Find the version that is worked on: the draft, otherwise the approved one."""
    rows = {row.status: row for row in versions(connection, month)}
    row = rows.get("draft") or rows.get("approved")
    return PlanId(row.id, row.status, row.version) if row else None


def refuse_approved(month: date) -> DomainError:
    """Say that an approved plan stays as it is."""
    return DomainError(
        N_(
            "The plan for {month} is approved and does not change. "
            "Correct it by a new version with a reason."
        ),
        month=month_text(month),
    )


def open_draft(operation: Operation, month: date) -> int:
    """Return the month's draft, starting one where there is no plan at all.

    Raises:
        DomainError: the plan is approved.
    """
    rows = versions(operation.conn, month)
    for row in rows:
        if row.status == "draft":
            found: int = row.id
            return found
        if row.status == "approved":
            raise refuse_approved(month)
    return new_version(operation, month, version=rows[0].version + 1 if rows else 1)


def new_version(
    operation: Operation, month: date, *, version: int, reason: str = "", method: str = "history"
) -> int:
    """Add an empty draft; returns its id."""
    plan = Plan(month=first_day(month), version=version, reason=reason, method=method)
    operation.session.add(plan)
    operation.session.flush()
    return plan.id


def load_sheet(
    connection: Connection,
    plan_id: int,
    metrics: Collection[str] | None = None,
    scenario: str | None = None,
) -> Sheet:
    """Read a version, or only some of its metrics and one scenario."""
    plan = connection.execute(select(Plan.__table__).where(Plan.id == plan_id)).one()
    sheet = Sheet(plan_id, plan.month, plan.method)
    for row in _rows(connection, PlanValue, plan_id, metrics, scenario):
        sheet.cells[row.scenario, row.metric, row.member_id] = Cell(row.value, row.locked)
    for row in _rows(connection, PlanDay, plan_id, metrics, scenario):
        key = (row.scenario, row.metric, row.member_id)
        sheet.days.setdefault(key, {})[row.day] = DayCell(row.value, row.pinned)
    return sheet


def _rows(
    connection: Connection,
    model: type[PlanValue | PlanDay],
    plan_id: int,
    metrics: Collection[str] | None,
    scenario: str | None,
) -> Iterable[Any]:
    query = select(model.__table__).where(model.plan_id == plan_id).order_by(model.id)
    if metrics is not None:
        query = query.where(model.metric.in_(list(metrics)))
    if scenario is not None:
        query = query.where(model.scenario == scenario)
    return connection.execute(query)


def save_sheet(
    operation: Operation,
    sheet: Sheet,
    metrics: Collection[str] | None = None,
    scenario: str | None = None,
) -> None:
    """Write what differs from the stored rows, of the part that was loaded.

    Days that carry nothing are not stored unless they were set by hand.
    """
    connection, plan_id = operation.conn, sheet.plan_id
    cells: dict[tuple[Any, ...], dict[str, Any]] = {
        key: {"value": cell.value, "locked": cell.locked} for key, cell in sheet.cells.items()
    }
    stored = _rows(connection, PlanValue, plan_id, metrics, scenario)
    present: dict[tuple[Any, ...], Any] = {
        (row.scenario, row.metric, row.member_id): row for row in stored
    }
    _write(connection, PlanValue.__table__, plan_id, present, cells)
    days = {
        (*key, day): {"value": cell.value, "pinned": cell.pinned}
        for key, by_day in sheet.days.items()
        for day, cell in by_day.items()
        if cell.value or cell.pinned
    }
    stored = _rows(connection, PlanDay, plan_id, metrics, scenario)
    present = {(row.scenario, row.metric, row.member_id, row.day): row for row in stored}
    _write(connection, PlanDay.__table__, plan_id, present, days)


def _write(
    connection: Connection,
    table: Any,
    plan_id: int,
    present: Mapping[tuple[Any, ...], Any],
    wanted: Mapping[tuple[Any, ...], Mapping[str, Any]],
) -> None:
    names = ("scenario", "metric", "member_id", "day")
    gone = [{"row_id": row.id} for key, row in present.items() if key not in wanted]
    new, changed = [], []
    for key, values in wanted.items():
        row = present.get(key)
        if row is None:
            new.append({"plan_id": plan_id, **dict(zip(names, key, strict=False)), **values})
        elif any(getattr(row, name) != value for name, value in values.items()):
            changed.append({"row_id": row.id, **values})
    at = table.c.id == bindparam("row_id")
    if gone:
        connection.execute(delete(table).where(at), gone)
    if changed:
        connection.execute(update(table).where(at), changed)
    if new:
        connection.execute(insert(table), new)
