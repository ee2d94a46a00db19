"""Plans of days as they were agreed at meetings, before those of the board.

A goal agreed at a weekly or monthly meeting is kept under the first day of its week or month and
is of the whole of it; at any other meeting it is of one day. Where several meetings agreed on the
same days, the last one before (or at) the meeting that asks has the last word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol

from sqlalchemy import Connection

from ropdesk.domain.meetings import MONTHLY, WEEKLY
from ropdesk.domain.metrics import Kind, Metric
from ropdesk.services.board import STANDARD, Figure, Value
from ropdesk.services.board_rows import plan_state
from ropdesk.services.week_goals import DEPARTMENT, Goals
from ropdesk.store.plain import rows

SPANS = (WEEKLY, MONTHLY)
LAST_ID = 2**62

__all__ = ["DEPARTMENT", "Held", "Plan", "plans"]


class Held(Protocol):
    """As much of a meeting as its numbers depend on; `services.meetings.MeetingLine` is one."""

    @property
    def id(self) -> int | None:
        """Its row, None while a planned time has none."""

    @property
    def kind(self) -> str:
        """Code of its kind."""

    @property
    def day(self) -> date:
        """When it is held."""

    @property
    def start(self) -> int | None:
        """Minutes after midnight."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of some days, what counts and the board's, and their parts of the days counted."""

    value: Value
    agreed: bool
    board: Value
    to_date: Value
    board_to_date: Value


Agreed = Mapping[int, Mapping[date, int]]
"""What was agreed, by member and day."""


def plans(
    connection: Connection,
    meeting: Held,
    metric: Metric,
    span: tuple[date, date],
    until: date,
    read: Goals,
    shown: Sequence[int],
) -> dict[int, Plan]:
    """Answer the plan of each member shown, and of the department under `DEPARTMENT`.

    The department's plan moves by as much as its members' agreed plans differ from the board's.
    Where the board's plan is not shared out it holds until something is agreed with everybody.

    Args:
        span: first and last day.
        until: the last day counted so far.
        read: the board's plans of the same days.
        shown: ids of the members.
    """
    agreed = _agreed(connection, meeting, metric.code, span)
    by_day = {} if _whole(meeting, span) else _board_days(connection, metric.code, agreed)
    found = {}
    for member_id in shown:
        figure = read.of(member_id).get(metric.code, Figure(None, None, None))
        goals = agreed.get(member_id, {})
        if not goals:
            found[member_id] = _of_board(figure)
        elif _whole(meeting, span) or metric.kind is not Kind.FLOW:
            value = goals[max(goals)]
            passed = _passed(value, figure, span, until)
            found[member_id] = Plan(value, True, figure.plan, passed, figure.plan_to_date)
        else:
            found[member_id] = _replaced(figure, goals, by_day.get(member_id, {}), until)
    whole = read.of(None).get(metric.code, Figure(None, None, None))
    found[DEPARTMENT] = _department(whole, metric, found)
    return found


def _whole(meeting: Held, span: tuple[date, date]) -> bool:
    return meeting.kind in SPANS or span[0] == span[1]


def _agreed(
    connection: Connection, meeting: Held, code: str, span: tuple[date, date]
) -> dict[int, dict[date, int]]:
    first, last = span
    if meeting.kind in SPANS:
        where, values, last = "m.kind = ?", [meeting.kind], first
    else:
        where, values = "m.kind NOT IN (?, ?)", list(SPANS)
    found: dict[int, dict[date, int]] = {}
    for member_id, day, value in rows(
        connection,
        "SELECT g.member_id, g.day, g.value FROM meeting_goal g JOIN meeting m "
        "ON m.id = g.meeting_id WHERE g.day BETWEEN ? AND ? AND g.metric = ? "
        f"AND m.state <> 'skipped' AND {where} "
        "AND (m.day, coalesce(m.start, -1), m.id) <= (?, ?, ?) "
        "ORDER BY m.day, coalesce(m.start, -1), m.id",
        (
            first.isoformat(), last.isoformat(), code, *values, meeting.day.isoformat(),
            -1 if meeting.start is None else meeting.start, meeting.id or LAST_ID,
        ),
    ):  # fmt: skip
        found.setdefault(member_id, {})[date.fromisoformat(day)] = value
    return found


def _board_days(connection: Connection, code: str, agreed: Agreed) -> dict[int, dict[date, int]]:
    """Read the board's plans of the days for which something is agreed."""
    found: dict[int, dict[date, int]] = {}
    for day in sorted({day for goals in agreed.values() for day in goals}):
        for member_id, value in rows(
            connection,
            "SELECT member_id, value FROM plan_day WHERE plan_id = ? AND scenario = ? "
            "AND day = ? AND metric = ? AND member_id IS NOT NULL",
            (plan_state(connection, day.replace(day=1)).id, STANDARD, day.isoformat(), code),
        ):
            found.setdefault(member_id, {})[day] = value
    return found


def _passed(value: int, figure: Figure, span: tuple[date, date], until: date) -> Value:
    """Return the part of an agreed plan that the days counted carry: as the board's is spread."""
    if until >= span[1]:
        return value
    if not figure.plan or figure.plan_to_date is None:
        return None
    return value * Fraction(figure.plan_to_date) / Fraction(figure.plan)


def _of_board(figure: Figure) -> Plan:
    plan, passed = figure.plan, figure.plan_to_date
    return Plan(plan, False, plan, passed, passed)


def _replaced(
    figure: Figure, goals: Mapping[date, int], board: Mapping[date, int], until: date
) -> Plan:
    moved = {day: value - board.get(day, 0) for day, value in goals.items()}
    passed = sum(value for day, value in moved.items() if day <= until)
    return Plan(
        (figure.plan or 0) + sum(moved.values()),
        True,
        figure.plan,
        (figure.plan_to_date or 0) + passed,
        figure.plan_to_date,
    )


def _department(whole: Figure, metric: Metric, members: Mapping[int, Plan]) -> Plan:
    board = _of_board(whole)
    agreed = [plan for plan in members.values() if plan.agreed]
    if not agreed or metric.kind is Kind.RATIO:
        return board
    shared = any(plan.board is not None for plan in members.values())
    if not shared and whole.plan is not None:
        if len(agreed) < len(members):
            return board
        whole = Figure(None, None, None)
    passed: Value = None
    if all(plan.to_date is not None for plan in agreed):
        passed = _part(whole.plan_to_date)
        passed += sum(_part(plan.to_date) - _part(plan.board_to_date) for plan in agreed)
    value = _part(whole.plan) + sum(_part(plan.value) - _part(plan.board) for plan in agreed)
    return Plan(value, True, board.board, passed, board.board_to_date)


def _part(value: Value) -> int | Fraction:
    return 0 if value is None else value
