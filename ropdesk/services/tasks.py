"""Tasks: every change of them. The list is answered by `tasks_read`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ropdesk.domain import tasks as rules
from ropdesk.domain.director import RequestState
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.tasks import Kind, Repeat, State
from ropdesk.services import calendar, director, week
from ropdesk.services.tasks_read import TaskLine, TaskRef, Where, find, of_origin, owners, tasks
from ropdesk.store.models import DirectorRequest, Member, Task
from ropdesk.store.workspace import Operation, Workspace

__all__ = [
    "NewTask",
    "TaskLine",
    "TaskRef",
    "Where",
    "add",
    "change",
    "drop",
    "find",
    "finish",
    "of_origin",
    "owners",
    "put",
    "remove",
    "reopen",
    "tasks",
]

FIELDS = frozenset({"title", "due", "member_id", "note", "repeat", "result"})
GONE = N_("This task is gone. Open the list again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A task to be added.

    Attributes:
        due: by when; None is some day. Of a repeating task, a day off is moved to the working day
            before it, and the next times are counted from the day given here.
        member_id: who does it; None is the sales head.
        repeat: empty, day (every working day), week, month, quarter or year.
        origin: hand, meeting, investigation, action, signal, member, …; ``origin_id`` the record.
    """

    title: str
    due: date | None = None
    member_id: int | None = None
    note: str = ""
    repeat: str = ""
    origin: str = "hand"
    origin_id: int | None = None


def add(ws: Workspace, new: NewTask, today: date) -> TaskRef:
    """Add a task as one operation.

    Raises:
        DomainError: no title, an unknown member, or it repeats without a day.
    """
    with ws.operation(N_("New task «{title}»"), title=rules.title(new.title)) as operation:
        return TaskRef(Kind.TASK, put(operation, new, today))


def put(operation: Operation, new: NewTask, today: date) -> int:
    """Add a task within a running operation and return its id.

    Raises:
        DomainError: as `add`.
    """
    often = rules.repeat(new.repeat, new.due)
    row = Task(
        title=rules.title(new.title), created=today, due=new.due,
        member_id=_member(operation.session, new.member_id), note=rules.words(new.note, "note"),
        repeat=often.value, origin=new.origin, origin_id=new.origin_id,
    )  # fmt: skip
    if often:
        _count_from(operation, row, new.due)
    operation.session.add(row)
    operation.session.flush()
    return row.id


def change(ws: Workspace, ref: TaskRef, *, rhythm: bool = False, **values: Any) -> None:
    """Change fields: title, due, member_id, note, repeat, result (of what is done or dropped).

    Args:
        rhythm: with a new day of a repeating task, count the following times from it too;
            otherwise this time alone is moved.

    Raises:
        DomainError: as `add`; it is gone; or it is kept elsewhere.
    """
    if not FIELDS.issuperset(values):
        message = f"no such field: {sorted(values)}"
        raise KeyError(message)
    with _changing(ws, ref, N_("Change the task «{title}»")) as (operation, row):
        if "title" in values:
            row.title = rules.title(values["title"])
            operation.fields["title"] = row.title
        for name in {"note", "result"} & values.keys():
            setattr(row, name, rules.words(values[name], name))
        if "member_id" in values:
            row.member_id = _member(operation.session, values["member_id"])
        due = values.get("due", row.due)
        often = rules.repeat(values.get("repeat", row.repeat), due)
        anew = often != row.repeat or (rhythm and due != row.due) or row.counted_from is None
        row.due, row.repeat = due, often.value
        if not often:
            row.counted_from = None
        elif anew:
            _count_from(operation, row, due)


def finish(ws: Workspace, ref: TaskRef, on: date, result: str = "") -> TaskRef | None:
    """Mark as done, with what came of it; a repeating task makes its next in the same operation.

    Returns:
        The next one's ref.

    Raises:
        DomainError: it is gone, or a re-measurement, which is closed by its verdict.
    """
    if ref.kind is Kind.INVESTIGATION:
        raise DomainError(
            N_("A re-measurement is closed by its verdict. Open the investigation and give it.")
        )
    if ref.kind is Kind.ACTION:
        week.finish(ws, ref.key, on, result)
        return None
    if ref.kind is Kind.REQUEST:
        director.answer(ws, _id(ref), RequestState.DONE, on, result)
        return None
    with _changing(ws, ref, N_("Done: «{title}»")) as (operation, row):
        row.state, row.done_on = State.DONE.value, on
        row.result = rules.words(result, "result")
        following = _next(operation, row, on)
        return None if following is None else TaskRef(Kind.TASK, following)


def reopen(ws: Workspace, ref: TaskRef) -> None:
    """Take back that it was done or dropped; the next one that it made goes, if still untouched.

    Raises:
        DomainError: it is gone, or it cannot be taken back here.
    """
    if ref.kind is Kind.ACTION:
        week.reopen(ws, ref.key)
        return
    if ref.kind is Kind.REQUEST:
        _reopen_request(ws, _id(ref))
        return
    with _changing(ws, ref, N_("Open again: «{title}»")) as (operation, row):
        _take_back_next(operation, row)
        row.state, row.done_on, row.result = State.OPEN.value, None, ""


def drop(ws: Workspace, ref: TaskRef, reason: str, on: date) -> None:
    """Give up, saying why; it stays in the list, crossed out. A repeating one ends.

    Raises:
        DomainError: no reason is given, it is gone, or it cannot be dropped here.
    """
    if not reason.strip():
        raise DomainError(N_("No reason is given. Write a word or two."), field="reason")
    if ref.kind is Kind.ACTION:
        week.drop(ws, ref.key, reason)
        return
    if ref.kind is Kind.REQUEST:
        director.answer(ws, _id(ref), RequestState.DECLINED, on, reason)
        return
    with _changing(ws, ref, N_("Dropped: «{title}»")) as (_operation, row):
        row.state, row.done_on = State.DROPPED.value, on
        row.result = rules.words(reason, "reason")


def remove(ws: Workspace, ref: TaskRef) -> None:
    """Delete a task.

    Raises:
        DomainError: it is gone, or kept elsewhere.
    """
    with _changing(ws, ref, N_("Delete the task «{title}»")) as (operation, row):
        operation.session.delete(row)


# -- inside


def _id(ref: TaskRef) -> int:
    if not isinstance(ref.key, int):
        raise DomainError(GONE)
    return ref.key


@contextmanager
def _changing(ws: Workspace, ref: TaskRef, label: str) -> Iterator[tuple[Operation, Task]]:
    with ws.operation(label, title="") as operation:
        if ref.kind is not Kind.TASK:
            raise DomainError(N_("This line is kept in another place. Open it there to change it."))
        row = operation.session.get(Task, _id(ref))
        if row is None:
            raise DomainError(GONE)
        operation.fields["title"] = row.title
        yield operation, row


def _member(session: Session, member_id: int | None) -> int | None:
    if member_id is not None and session.get(Member, member_id) is None:
        raise DomainError(N_("This member is gone. Open the team again."), field="member_id")
    return member_id


def _count_from(operation: Operation, row: Task, day: date | None) -> None:
    if day is not None:
        row.counted_from = day
        row.due = rules.working(day, calendar.load(operation.conn))


def _following(session: Session, row: Task) -> Task | None:
    return session.scalar(select(Task).where(Task.previous_id == row.id))


def _next(operation: Operation, row: Task, on: date) -> int | None:
    often = Repeat(row.repeat)
    # It may have been taken back and done again: its next one stands already.
    if not often or row.due is None or _following(operation.session, row) is not None:
        return None
    made = Task(
        title=row.title, created=on, due=_next_due(operation, row, on), member_id=row.member_id,
        note=row.note, repeat=row.repeat, counted_from=row.counted_from, origin=row.origin,
        origin_id=row.origin_id, previous_id=row.id,
    )  # fmt: skip
    operation.session.add(made)
    operation.session.flush()
    return made.id


def _next_due(operation: Operation, row: Task, on: date) -> date:
    due = row.due or on
    return rules.next_due(
        row.counted_from or due, Repeat(row.repeat), max(due, on), calendar.load(operation.conn)
    )


def _take_back_next(operation: Operation, row: Task) -> None:
    following = _following(operation.session, row)
    if following is None or row.done_on is None or following.state != State.OPEN.value:
        return
    made = (row.title, row.note, row.member_id, row.repeat, _next_due(operation, row, row.done_on))
    kept = (following.title, following.note, following.member_id, following.repeat, following.due)
    if made == kept:
        operation.session.delete(following)
        operation.session.flush()


def _reopen_request(ws: Workspace, request_id: int) -> None:
    with ws.read() as connection:
        promised = connection.scalar(
            select(DirectorRequest.promised_for).where(DirectorRequest.id == request_id)
        )
    if promised is None:
        director.answer(ws, request_id, RequestState.OPEN, date.min)
    else:  # it was answered before: that day stays
        director.answer(ws, request_id, RequestState.PROMISED, promised, promised_for=promised)
