"""Tasks of every origin in one list, and every change of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from ropdesk.domain.tasks import Kind, Repeat, State, When, when
from ropdesk.services.week_lines import Occurrence
from ropdesk.store.workspace import Workspace

Where = tuple[str, Mapping[str, Any]]
"""What `Context.navigate` is asked for: a page's name and where on it to go."""


@dataclass(frozen=True, slots=True)
class TaskRef:
    """What a line of the list is called by in every change."""

    kind: Kind
    key: int | Occurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A task to be added.

    Attributes:
        due: by when; None is some day. A day off is moved to the working day before it only where
            the task repeats.
        member_id: who does it; None is the sales head.
        repeat: empty, day (every working day), week, month, quarter or year.
        origin: hand, meeting, investigation, action, signal, request, …; ``origin_id`` the record.
    """

    title: str
    due: date | None = None
    member_id: int | None = None
    note: str = ""
    repeat: str = ""
    origin: str = "hand"
    origin_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """One line of the list.

    Attributes:
        owner: the member's name; empty for the sales head, the director's word for a request.
        done_on: when it was done or dropped.
        result: what came of it, or why it was dropped.
        origin: where it came from; ``where`` shows that place.
        ticks: whether it can be finished right here; a re-measurement needs its verdict.
    """

    ref: TaskRef
    title: str
    member_id: int | None
    owner: str
    due: date | None
    repeat: Repeat
    state: State
    done_on: date | None
    result: str
    note: str
    origin: str
    origin_id: int | None
    where: Where = field(compare=False)
    ticks: bool = True

    def when(self, today: date) -> When:
        """Say how soon it is due."""
        return when(self.due, today)


def tasks(
    connection: Connection, today: date, *, open_only: bool = True, until: date | None = None
) -> list[TaskLine]:
    """List own tasks, unfinished actions of weeks, re-measurements and requests, by due day.

    Args:
        open_only: leave out what is done or dropped.
        until: only what is due up to this day, overdue included; tasks without a day are left out.
    """
    raise NotImplementedError


def of_origin(connection: Connection, origin: str, origin_id: int, today: date) -> list[TaskLine]:
    """List the tasks that were made at a place, done ones too, in the order they were made."""
    raise NotImplementedError


def add(ws: Workspace, new: NewTask, today: date) -> TaskRef:
    """Add a task as one operation.

    Raises:
        DomainError: no title, an unknown member, or it repeats without a day.
    """
    raise NotImplementedError


def change(ws: Workspace, ref: TaskRef, **values: Any) -> None:
    """Change fields: title, due, member_id, note, repeat, result (of what is done).

    Raises:
        DomainError: as `add`; it is gone; or the field is kept elsewhere.
    """
    raise NotImplementedError


def finish(ws: Workspace, ref: TaskRef, on: date, result: str = "") -> TaskRef | None:
    """Mark as done, with what came of it; a repeating task makes its next in the same operation.

    Returns:
        The next one's ref.

    Raises:
        DomainError: it is gone, or a re-measurement, which is closed by its verdict.
    """
    raise NotImplementedError


def reopen(ws: Workspace, ref: TaskRef) -> None:
    """Take back that it was done or dropped; the next one that it made goes, if still untouched."""
    raise NotImplementedError


def drop(ws: Workspace, ref: TaskRef, reason: str, on: date) -> None:
    """Give up, saying why; it stays in the list, crossed out. A repeating one ends.

    Raises:
        DomainError: no reason is given, it is gone, or it cannot be dropped here.
    """
    raise NotImplementedError


def remove(ws: Workspace, ref: TaskRef) -> None:
    """Delete a task.

    Raises:
        DomainError: it is gone, or kept elsewhere.
    """
    raise NotImplementedError
