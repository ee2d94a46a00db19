"""Tools and automation that were tried: what for, by whom, and what they changed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from ropdesk.domain import promotions as lengths
from ropdesk.domain import voice as rules
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Metric
from ropdesk.domain.voice import Trial
from ropdesk.services import effects, metrics, team
from ropdesk.services.effects import Effect, Group
from ropdesk.services.member_links import put_members
from ropdesk.store.models import ToolTrial, ToolTrialMember
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Operation, Workspace

GONE = N_("This trial is gone. Open the list again.")
LONGEST_MEASURED = timedelta(weeks=12)
"""What is measured of a trial without an end: further back, the days before say little."""

FIELDS = frozenset({"title", "why", "first", "last", "metric", "cost", "conclusion"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTool:
    """What a trial begins with; ``cost`` in kopecks, ``metric`` a code or nothing."""

    title: str
    first: date
    why: str = ""
    last: date | None = None
    metric: str = ""
    cost: int | None = None
    members: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A trial as it stands; nobody named in ``members`` means everybody."""

    id: int
    title: str
    first: date
    last: date | None
    why: str
    metric: str
    cost: int | None
    state: Trial
    conclusion: str
    decided_on: date | None
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A trial with what it changed, as of a day.

    Attributes:
        effect: None without a metric or before its first day is over.
        before, after: the days compared.
    """

    tool: Tool
    metric: Metric | None = None
    effect: Effect | None = None
    before: effects.Span | None = None
    after: effects.Span | None = None


def tools(ws: Workspace) -> list[Tool]:
    """List trials: those going on first, newest first."""
    with ws.read() as connection:
        found = load(connection)
    return sorted(found, key=lambda t: (t.state is not Trial.TRYING, -t.first.toordinal(), -t.id))


def load(connection: Connection) -> list[Tool]:
    """Read all trials within a connection, by id."""
    members: dict[int, list[int]] = {}
    for tool_id, member in rows(
        connection, "SELECT tool_trial_id, member_id FROM tool_trial_member ORDER BY member_id"
    ):
        members.setdefault(tool_id, []).append(member)
    table = ToolTrial.__table__
    return [
        Tool(
            id=row.id, title=row.title, first=row.first, last=row.last, why=row.why,
            metric=row.metric, cost=row.cost, state=Trial(row.state), conclusion=row.conclusion,
            decided_on=row.decided_on, members=tuple(members.get(row.id, ())),
        )
        for row in connection.execute(select(table).order_by(table.c.id))
    ]  # fmt: skip


def measured(ws: Workspace, today: date) -> list[Measured]:
    """List trials with what each changed; today itself is not counted, it is not over."""
    listed = tools(ws)
    with ws.read() as connection:
        return [_measure(connection, each, today) for each in listed]


def measure(ws: Workspace, tool_id: int, today: date) -> Measured:
    """Answer one trial with what it changed.

    Raises:
        DomainError: it is gone.
    """
    with ws.read() as connection:
        for each in load(connection):
            if each.id == tool_id:
                return _measure(connection, each, today)
    raise DomainError(GONE)


def _measure(connection: Connection, tool: Tool, today: date) -> Measured:
    catalogue = metrics.load(connection)
    if tool.metric not in catalogue:
        return Measured(tool)
    metric = catalogue[tool.metric]
    last = min(tool.last or today, today - timedelta(1), tool.first + LONGEST_MEASURED)
    if last < tool.first:
        return Measured(tool, metric)
    before = effects.comparable_days(connection, tool.first, last)
    here = {each.id for each in team.load(connection).active(tool.first, last)}
    others = here - set(tool.members) if tool.members else set()
    effect = effects.read(
        connection, metric.code, (tool.first, last), before, Group(frozenset(tool.members)),
        Group(frozenset(others)) if others else None,
    )  # fmt: skip
    return Measured(tool, metric, effect, before, (tool.first, last))


def add(ws: Workspace, new: NewTool) -> int:
    """Note a trial and return its id.

    Raises:
        DomainError: no name, days the wrong way round, a cost below zero, an unknown metric.
    """
    title = lengths.title(new.title)
    rules.check_trial(Trial.TRYING, "", new.first, new.last)
    with ws.operation(N_("Try «{title}»"), title=title) as operation:
        session = operation.session
        row = ToolTrial(
            title=title, first=new.first, why=lengths.words(new.why, "why"), last=new.last,
            metric=_metric(operation, new.metric), cost=lengths.cost(new.cost, "cost"),
        )  # fmt: skip
        session.add(row)
        session.flush()
        _put_members(session, row.id, new.members)
        return row.id


def _metric(operation: Operation, code: str) -> str:
    return metrics.load(operation.conn)[code].code if code else ""


def change(ws: Workspace, tool_id: int, **values: Any) -> None:
    """Change fields of a trial, as one operation.

    Args:
        values: title, why, first, last, metric, cost, conclusion.

    Raises:
        DomainError: what cannot be (its ``field`` says where).
    """
    if not FIELDS.issuperset(values):
        message = f"no such field: {sorted(values)}"
        raise KeyError(message)
    with _changing(ws, tool_id, N_("Change the trial of «{title}»")) as (operation, row):
        for name, value in values.items():
            if name == "title":
                row.title = operation.fields["title"] = lengths.title(value)
            elif name == "metric":
                row.metric = _metric(operation, value)
            elif name == "cost":
                row.cost = lengths.cost(value, name)
            elif name in {"why", "conclusion"}:
                setattr(row, name, lengths.words(value, name))
            else:
                setattr(row, name, value)
        rules.check_trial(Trial(row.state), row.conclusion, row.first, row.last)


def set_members(ws: Workspace, tool_id: int, members: Sequence[int]) -> None:
    """Say who tries it; nobody named means everybody.

    Raises:
        DomainError: a member is gone.
    """
    with _changing(ws, tool_id, N_("Change who tries «{title}»")) as (operation, row):
        _put_members(operation.session, row.id, members)


def _put_members(session: Session, tool_id: int, members: Sequence[int]) -> None:
    put_members(
        session,
        select(ToolTrialMember).where(ToolTrialMember.tool_trial_id == tool_id),
        members,
        lambda member: ToolTrialMember(tool_trial_id=tool_id, member_id=member),
    )


def decide(ws: Workspace, tool_id: int, state: Trial, on: date) -> None:
    """Keep a tool, drop it, or try on; a decision ends a trial that had no last day.

    Raises:
        DomainError: the conclusion is not written.
    """
    labels = {
        Trial.TRYING: N_("Try on: «{title}»"),
        Trial.KEPT: N_("Keep «{title}»"),
        Trial.DROPPED: N_("Drop «{title}»"),
    }
    with _changing(ws, tool_id, labels[state]) as (_operation, row):
        rules.check_trial(state, row.conclusion, row.first, row.last)
        row.state = state.value
        row.decided_on = None if state is Trial.TRYING else on
        if state is not Trial.TRYING and row.last is None:
            row.last = max(on, row.first)


def remove(ws: Workspace, tool_id: int) -> None:
    """Remove a trial."""
    with _changing(ws, tool_id, N_("Remove the trial of «{title}»")) as (operation, row):
        operation.session.delete(row)


@contextmanager
def _changing(ws: Workspace, tool_id: int, label: str) -> Iterator[tuple[Operation, ToolTrial]]:
    with ws.operation(label, title="") as operation:
        row = operation.session.get(ToolTrial, tool_id)
        if row is None:
            raise DomainError(GONE)
        operation.fields["title"] = row.title
        yield operation, row
