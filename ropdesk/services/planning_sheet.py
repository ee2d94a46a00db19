"""A plan's version in memory: its cells and days, read at once and written as the difference."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from ropdesk.domain.errors import N_, DomainError
from ropdesk.store.models import Plan, PlanDay, PlanValue
from ropdesk.store.plain import rows
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
    stored_cells: dict[Key, Cell] = field(default_factory=dict, compare=False, repr=False)
    stored_days: dict[Key, dict[date, DayCell]] = field(
        default_factory=dict, compare=False, repr=False
    )
    cell_ids: dict[Key, int] = field(default_factory=dict, compare=False, repr=False)
    day_ids: dict[Key, dict[date, int]] = field(default_factory=dict, compare=False, repr=False)

    def pairs(self, metric: str | None = None, scenario: str | None = None) -> list[Pair]:
        """List the scenarios and metrics that have a plan, of one metric or scenario if asked."""
        known = dict.fromkeys((s, m) for s, m, _member in self.cells)
        return [p for p in known if scenario in {None, p[0]} and metric in {None, p[1]}]

    def members(self, pair: Pair) -> dict[int, Cell]:
        """Return the members' cells of a scenario and metric."""
        scenario, metric = pair
        return {
            key[2]: cell
            for key, cell in self.cells.items()
            if key[1] == metric and key[0] == scenario and key[2] is not None
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
    *,
    days_of: Collection[str] | None = None,
) -> Sheet:
    """Read a version, or only some of its metrics and one scenario.

    Args:
        days_of: the metrics whose days are wanted, where they are fewer.
    """
    month, method = rows(connection, "SELECT month, method FROM plan WHERE id = ?", [plan_id])[0]
    sheet = Sheet(plan_id, date.fromisoformat(month), method)
    for row_id, name, metric, member_id, amount, locked in _part(
        connection, "SELECT {}, value, locked FROM plan_value", plan_id, metrics, scenario
    ):
        sheet.cells[name, metric, member_id] = sheet.stored_cells[name, metric, member_id] = Cell(
            amount, bool(locked)
        )
        sheet.cell_ids[name, metric, member_id] = row_id
    whose = metrics if days_of is None else days_of
    known: dict[str, date] = {}
    for row_id, name, metric, member_id, amount, pinned, on in _part(
        connection, "SELECT {}, value, pinned, day FROM plan_day", plan_id, whose, scenario
    ):
        key = (name, metric, member_id)
        day = known.get(on) or known.setdefault(on, date.fromisoformat(on))
        sheet.stored_days.setdefault(key, {})[day] = DayCell(amount, bool(pinned))
        sheet.day_ids.setdefault(key, {})[day] = row_id
    sheet.days = {key: dict(days) for key, days in sheet.stored_days.items()}
    return sheet


def _part(
    connection: Connection,
    query: str,
    plan_id: int,
    metrics: Collection[str] | None,
    scenario: str | None,
) -> Sequence[Any]:
    wanted: list[object] = [plan_id]
    query = query.format("id, scenario, metric, member_id") + " WHERE plan_id = ?"
    if metrics is not None:
        query += f" AND metric IN ({', '.join('?' * len(metrics))})"
        wanted += metrics
    if scenario is not None:
        query += " AND scenario = ?"
        wanted.append(scenario)
    return rows(connection, f"{query} ORDER BY id", wanted)


def save_sheet(operation: Operation, sheet: Sheet) -> None:
    """Write what differs from the rows that were loaded, once.

    Days that carry nothing are not stored unless they were set by hand.
    """
    cells, days = _Rows(sheet.plan_id, "locked"), _Rows(sheet.plan_id, "pinned")
    for key in sheet.stored_cells | sheet.cells:  # in order, so that ids are the same every time
        was, now = sheet.stored_cells.get(key), sheet.cells.get(key)
        cells.add(key, None, sheet.cell_ids.get(key), was, now)
    for key in sheet.stored_days | sheet.days:
        before, after = sheet.stored_days.get(key, {}), sheet.days.get(key, {})
        if before == after:
            continue
        ids = sheet.day_ids.get(key, {})
        for day in sorted(before.keys() | after.keys()):
            now_there = after.get(day)
            if now_there is not None and not (now_there.value or now_there.pinned):
                now_there = None
            days.add(key, day, ids.get(day), before.get(day), now_there)
    cells.write(operation.conn, PlanValue)
    days.write(operation.conn, PlanDay)


class _Rows:
    """Rows of one table to delete, change and add, written in bulk."""

    def __init__(self, plan_id: int, flag: str) -> None:
        self._plan_id = plan_id
        self._flag = flag
        self._gone: list[dict[str, Any]] = []
        self._changed: list[dict[str, Any]] = []
        self._new: list[dict[str, Any]] = []

    def add(
        self,
        key: Key,
        day: date | None,
        row_id: int | None,
        was: Cell | DayCell | None,
        now: Cell | DayCell | None,
    ) -> None:
        """Note one cell as it was stored and as it is now."""
        if was == now:
            return
        if now is None:
            self._gone.append({"row_id": row_id})
        elif was is not None:
            self._changed.append({"row_id": row_id, "value": now[0], self._flag: now[1]})
        else:
            scenario, metric, member_id = key
            row: dict[str, Any] = {"plan_id": self._plan_id, "scenario": scenario}
            row |= {"metric": metric, "member_id": member_id}
            row |= {"value": now[0], self._flag: now[1]}
            self._new.append(row if day is None else row | {"day": day})

    def write(self, connection: Connection, model: type[PlanValue | PlanDay]) -> None:
        """Write the noted differences."""
        at = model.id == bindparam("row_id")
        if self._gone:
            connection.execute(delete(model).where(at), self._gone)
        if self._changed:
            values: dict[str, Any] = {
                "value": bindparam("value"),
                self._flag: bindparam(self._flag),
            }
            connection.execute(update(model).where(at).values(values), self._changed)
        if self._new:
            connection.execute(insert(model), self._new)
