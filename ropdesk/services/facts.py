"""Daily facts by hand: the day's grid, entries and overrides with their reasons."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import Session

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Kind, Metric, Unit
from ropdesk.domain.team import Member
from ropdesk.services import board, metrics, settings, team
from ropdesk.store import models
from ropdesk.store.models import DailyValue
from ropdesk.store.plain import rows as plain_rows
from ropdesk.store.workspace import Operation, Workspace

BIGGEST = 2**62  # leaves room to add values up without leaving 64 bits

Place = tuple[int, str, str]
"""A member's id, a metric's code, an ISO day."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of the grid.

    Attributes:
        value: what counts (entered, else from files), in the metric's smallest parts.
        entered: the value typed by hand, if any; ``reason`` says why it overrides.
        source: the value from files that stands behind, if any.
        from_file: whether that source is a file of daily values (else counted from rows).
        plan: the day's plan.
    """

    value: int | None
    entered: int | None = None
    source: int | None = None
    from_file: bool = False
    reason: str = ""
    plan: int | None = None

    @property
    def overridden(self) -> bool:
        """Tell whether a typed value stands over one from files."""
        return self.entered is not None and self.source is not None


EMPTY = Cell(None)


@dataclass(frozen=True, slots=True)
class DayGrid:
    """A day: members by stored metrics, with totals and the plan behind."""

    day: date
    working: bool
    members: tuple[Member, ...]
    metrics: tuple[Metric, ...]
    cells: Mapping[tuple[int, str], Cell]
    totals: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Entry:
    """A value to type into a cell: None clears it; an override needs a reason."""

    member_id: int
    metric: str
    value: int | None
    reason: str = ""


def grid(ws: Workspace, day: date, codes: Sequence[str] | None = None) -> DayGrid:
    """Answer the grid of a day for the board's metrics, ratios standing for their flows."""
    from ropdesk.services import calendar

    with ws.read() as connection:
        known = metrics.load(connection)
        shown = board.flows_of(known, codes or settings.load(connection).board)
        people = team.load(connection)
        month = day.replace(day=1)
        plan = board.plan_state(connection, month)
        planned: dict[tuple[int, str], int] = {}
        if plan.id is not None:
            planned = {
                (member or 0, code): value
                for member, code, value in connection.exec_driver_sql(
                    "SELECT member_id, metric, value FROM plan_day "
                    "WHERE plan_id = ? AND scenario = 'standard' AND day = ?",
                    (plan.id, day.isoformat()),
                )
            }
        stored = {
            (row.member_id, row.metric): row
            for row in connection.execute(
                select(DailyValue.__table__).where(
                    DailyValue.day == day, DailyValue.metric.in_(shown)
                )
            )
        }
        working = calendar.load(connection).is_working(day)
    members = people.active(day, day)
    listed = {m.id for m in members}
    members += [people.members[i] for i in sorted({k[0] for k in stored}) if i not in listed]
    cells = {
        (m.id, code): _cell(stored.get((m.id, code)), planned.get((m.id, code)))
        for m in members
        for code in shown
    }
    totals = {code: _total(code, cells, planned.get((0, code))) for code in shown}
    return DayGrid(
        day, working, tuple(members), tuple(known[c] for c in shown), cells, totals
    )  # fmt: skip


def _cell(row: Any, plan: int | None) -> Cell:
    if row is None:
        return Cell(None, plan=plan)
    imported, derived = row.imported, row.derived
    source = derived if imported is None else imported
    return Cell(
        row.value,
        row.entered,
        source,
        imported is not None,
        row.reason,
        plan,
    )


def _total(code: str, cells: Mapping[tuple[int, str], Cell], plan: int | None) -> Cell:
    mine = [cell for (_, other), cell in cells.items() if other == code]
    values = [cell.value for cell in mine if cell.value is not None]
    return Cell(sum(values) if values else None, plan=plan)


def check(metric: Metric, value: int | None) -> None:
    """Refuse what a metric cannot be.

    Raises:
        DomainError: a ratio, a negative count, or a value beyond 62 bits.
    """
    if metric.kind is Kind.RATIO:
        raise DomainError(
            N_("«{metric}» is computed from other numbers. Enter those instead."),
            metric=metric.name,
        )
    if value is None:
        return
    if value < 0 and metric.unit is not Unit.MONEY:
        raise DomainError(N_("«{metric}» cannot be negative."), metric=metric.name)
    if abs(value) > BIGGEST:
        raise DomainError(N_("«{metric}»: the number is too large. Check it."), metric=metric.name)


def enter(ws: Workspace, day: date, entries: Sequence[Entry]) -> None:
    """Type values into a day's grid, one or a pasted block, as one operation.

    Raises:
        DomainError: a ratio, an impossible value, or an override without a reason; nothing of the
            block is written then.
    """
    if not entries:
        return
    with ws.operation(N_("Enter facts of {day}"), day=day.isoformat()) as operation:
        session, known = operation.session, metrics.load(operation.conn)
        stored = {
            (row.member_id, row.metric): row
            for row in session.scalars(
                select(DailyValue).where(
                    DailyValue.day == day,
                    DailyValue.metric.in_({entry.metric for entry in entries}),
                )
            )
        }
        for entry in entries:
            check(known[entry.metric], entry.value)
        _known_members(session, {entry.member_id for entry in entries})
        # Of a cell that a block names twice the last value counts, as if typed one by one.
        for place, entry in {(each.member_id, each.metric): each for each in entries}.items():
            row = stored.get(place)
            if row is not None:
                if not _change(row, entry):
                    session.delete(row)
            elif entry.value is not None:
                session.add(
                    DailyValue(
                        member_id=entry.member_id, metric=entry.metric, day=day,
                        entered=entry.value, reason=entry.reason.strip(),
                    )
                )  # fmt: skip


def _known_members(session: Session, ids: set[int]) -> None:
    found = set(session.scalars(select(models.Member.id).where(models.Member.id.in_(ids))))
    if found != ids:
        raise DomainError(N_("This member is gone. Open the team again."))


def _change(row: DailyValue, entry: Entry) -> bool:
    """Type over a stored value; says whether the row still has one."""
    source = row.derived if row.imported is None else row.imported
    if entry.value is None and source is None:
        return False
    if entry.value is None or entry.value == source:
        row.entered, row.reason = None, ""
    elif source is not None and not entry.reason.strip():
        raise DomainError(N_("This number comes from a file. Say in a word why you change it."))
    else:
        row.entered, row.reason = entry.value, entry.reason.strip()
    row.settle()
    return True


@dataclass(frozen=True, slots=True)
class Imported:
    """A daily value from a file: line, member, metric, day, value in smallest parts."""

    line: int
    member_id: int
    metric: str
    day: date
    value: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows of a file were new, changed or the same."""

    created: int
    updated: int
    unchanged: int


def judge(session: Session, rows: Iterable[Imported]) -> Counted:
    """Count what importing daily values would do."""
    return _put(session.connection(), rows, None)


def put(operation: Operation, rows: Iterable[Imported], batch_id: int) -> Counted:
    """Write daily values of a file within a running operation."""
    operation.session.flush()
    return _put(operation.conn, rows, batch_id)


def _put(connection: Connection, rows: Iterable[Imported], batch_id: int | None) -> Counted:
    """Compare all the rows with what is stored, then write what differs at once."""
    wanted = [(row.member_id, row.metric, row.day.isoformat(), row.value) for row in rows]
    stored = _stored(connection, wanted)
    created = updated = unchanged = 0
    new: dict[Place, int] = {}
    changed: dict[int, int] = {}
    for member_id, metric, day, value in wanted:
        place = member_id, metric, day
        row_id, imported = stored.get(place, (None, None))
        if imported == value:
            unchanged += 1
            continue
        if imported is None:
            created += 1
        else:
            updated += 1
        if batch_id is None:
            continue
        stored[place] = row_id, value
        if row_id is None:
            new[place] = value
        else:
            changed[row_id] = value
    if new:
        connection.exec_driver_sql(
            "INSERT INTO daily_value (member_id, metric, day, imported, value, reason, batch_id) "
            "VALUES (?, ?, ?, ?, ?, '', ?)",
            [(*place, value, value, batch_id) for place, value in new.items()],
        )
    if changed:
        connection.exec_driver_sql(
            "UPDATE daily_value SET imported = ?, batch_id = ?, "
            "value = coalesce(entered, ?, derived) WHERE id = ?",
            [(value, batch_id, value, row_id) for row_id, value in changed.items()],
        )
    return Counted(created, updated, unchanged)


def _stored(
    connection: Connection, wanted: Sequence[tuple[int, str, str, int]]
) -> dict[Place, tuple[int | None, int | None]]:
    """Find the stored rows of these places: their ids and what files said."""
    query = (
        "SELECT d.member_id, d.metric, d.day, d.id, d.imported FROM json_each(?) AS asked "
        "CROSS JOIN daily_value AS d ON d.member_id = asked.value ->> 0 "
        "AND d.metric = asked.value ->> 1 AND d.day = asked.value ->> 2"
    )
    found = plain_rows(connection, query, [json.dumps([place[:3] for place in wanted])])
    return {
        (member_id, metric, day): (row_id, imported)
        for member_id, metric, day, row_id, imported in found
    }


def clear_imported(operation: Operation, batch_id: int) -> None:
    """Remove the daily values that a file brought and nothing else stands on."""
    operation.session.execute(
        delete(DailyValue).where(
            DailyValue.batch_id == batch_id,
            DailyValue.entered.is_(None),
            DailyValue.derived.is_(None),
        )
    )
