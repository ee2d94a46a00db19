"""The one list of tasks: rows of their own, and what waits in other rooms, as values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from ropdesk.domain import week as weeks
from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.director import RequestState
from ropdesk.domain.tasks import Kind, Repeat, State, When, when
from ropdesk.i18n import _
from ropdesk.services import calendar, settings, team, week_lines
from ropdesk.services.week_lines import ActionLine, Occurrence
from ropdesk.store.plain import rows

Where = tuple[str, Mapping[str, Any]]
"""What `Context.navigate` is asked for: a page's name and where on it to go."""

_FIELDS = (
    "id, title, due, member_id, state, done_on, result, note, repeat, origin, origin_id, created"
)
_ACTION_STATES = {
    weeks.State.PLANNED: State.OPEN,
    weeks.State.DONE: State.DONE,
    weeks.State.DROPPED: State.DROPPED,
}


@dataclass(frozen=True, slots=True)
class TaskRef:
    """What a line of the list is called by in every change."""

    kind: Kind
    key: int | Occurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """One line of the list.

    Attributes:
        owner: the member's name; empty for the sales head.
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

    Of recurring actions the times of this week are listed: earlier ones come again by themselves.

    Args:
        open_only: leave out what is done or dropped.
        until: only what is due up to this day, overdue included; tasks without a day are left out.
    """
    names = _names(connection)
    work = calendar.load(connection)
    found = [
        *_own(connection, names, "state = 'open'" if open_only else "1"),
        *_actions(connection, names, work, today, open_only=open_only),
        *_cases(connection, open_only=open_only),
        *_requests(connection, open_only=open_only),
    ]
    if until is not None:
        found = [line for line in found if line.due is not None and line.due <= until]
    return sorted(found, key=_order)


def of_origin(connection: Connection, origin: str, origin_id: int) -> list[TaskLine]:
    """List the tasks that were made at a place, done ones too, in the order they were made."""
    return _own(connection, _names(connection), "origin = ? AND origin_id = ?", (origin, origin_id))


def find(connection: Connection, task_id: int) -> TaskLine | None:
    """Return one task of its own; None when it is gone."""
    return next(iter(_own(connection, _names(connection), "id = ?", (task_id,))), None)


def _order(line: TaskLine) -> tuple[date, str]:
    return line.due or date.max, line.title.casefold()


def _names(connection: Connection) -> dict[int, str]:
    return dict(rows(connection, "SELECT id, name FROM member"))


def _own(
    connection: Connection, names: Mapping[int, str], where: str, values: Sequence[object] = ()
) -> list[TaskLine]:
    return [
        TaskLine(
            ref=TaskRef(Kind.TASK, row[0]), title=row[1], due=_day(row[2]), member_id=row[3],
            owner=names.get(row[3], ""), state=State(row[4]), done_on=_day(row[5]), result=row[6],
            note=row[7], repeat=Repeat(row[8]), origin=row[9], origin_id=row[10],
            where=_origin(row[0], row[9], row[10]),
        )
        for row in rows(
            connection, f"SELECT {_FIELDS} FROM task WHERE {where} ORDER BY id", values
        )
    ]  # fmt: skip


def _origin(task_id: int, origin: str, origin_id: int | None) -> Where:
    if origin_id is not None:
        if origin == "meeting":
            return "meeting", {"meeting": origin_id}
        if origin == "investigation":
            return "planning", {"view": "investigations", "side": "cases", "record": origin_id}
        if origin == "member":
            return "team", {"member": origin_id}
    return "meetings", {"view": "tasks", "record": TaskRef(Kind.TASK, task_id)}


def _actions(
    connection: Connection, names: Mapping[int, str], work: WorkCalendar, today: date,
    *, open_only: bool,
) -> list[TaskLine]:  # fmt: skip
    this = weeks.monday(today)
    single = "state = 'planned'" if open_only else "state <> 'removed'"
    kept = week_lines.read_lines(
        connection, names, f"{single} AND series_id IS NULL AND week <> ?", (this.isoformat(),)
    )
    kept += week_lines.lines_of(connection, this, work, names)
    if not open_only:
        kept += week_lines.read_lines(
            connection, names,
            "state IN ('done', 'dropped') AND series_id IS NOT NULL AND week <> ?",
            (this.isoformat(),),
        )  # fmt: skip
    return [
        _action(line, work) for line in kept if line.state is weeks.State.PLANNED or not open_only
    ]


def _action(line: ActionLine, work: WorkCalendar) -> TaskLine:
    # Without a day an action may wait until the last working day of its week.
    due = line.day or _last_working(line.week, work)
    return TaskLine(
        ref=TaskRef(Kind.ACTION, line.ref), title=line.title, due=due, member_id=line.member_id,
        owner=line.owner, state=_ACTION_STATES[line.state], done_on=line.done_on,
        result=line.result, note=line.note,
        repeat=Repeat.WEEK if line.recurring else Repeat.NO, origin=Kind.ACTION.value,
        origin_id=line.investigation_id,
        where=("planning", {"view": "week", "day": line.week, "record": line.ref}),
    )  # fmt: skip


def _last_working(week: date, work: WorkCalendar) -> date:
    days = weeks.days_of(week)
    return next((day for day in reversed(days) if work.is_working(day)), days[4])


def _cases(connection: Connection, *, open_only: bool) -> list[TaskLine]:
    condition = "state = 'acting'" if open_only else "state IN ('acting', 'closed')"
    return [
        TaskLine(
            ref=TaskRef(Kind.INVESTIGATION, case), title=_("Measure again: {name}", name=question),
            due=date.fromisoformat(due), member_id=None, owner="",
            state=State.DONE if verdict_on else State.OPEN, done_on=_day(verdict_on), result=words,
            note="", repeat=Repeat.NO, origin=Kind.INVESTIGATION.value, origin_id=case,
            where=("planning", {"view": "investigations", "side": "cases", "record": case}),
            ticks=False,
        )
        for case, question, due, verdict_on, words in rows(
            connection,
            "SELECT id, question, remeasure_on, verdict_on, verdict_text FROM investigation "
            f"WHERE {condition} AND remeasure_on IS NOT NULL ORDER BY id",
        )
    ]  # fmt: skip


def _requests(connection: Connection, *, open_only: bool) -> list[TaskLine]:
    waits = "q.state IN ('open', 'promised')"
    return [
        TaskLine(
            ref=TaskRef(Kind.REQUEST, key), title=_("The director: {text}", text=text),
            due=_day(promised if state == RequestState.PROMISED.value and promised else needed),
            member_id=None, owner="", state=_REQUESTS[RequestState(state)],
            done_on=_day(done or (answered if state == RequestState.DECLINED.value else None)),
            result=answer if state != RequestState.OPEN.value else "", note="", repeat=Repeat.NO,
            origin=Kind.REQUEST.value, origin_id=key,
            where=("planning", {"view": "director", "kind": kind, "day": date.fromisoformat(day)}),
        )
        for key, text, state, needed, promised, answer, answered, done, kind, day in rows(
            connection,
            "SELECT q.id, q.text, q.state, q.needed_by, q.promised_for, q.answer, q.answered_on, "
            "q.done_on, r.kind, r.start FROM director_request q "
            "JOIN director_report r ON r.id = q.report_id "
            f"WHERE {waits if open_only else '1'} ORDER BY q.id",
        )
    ]  # fmt: skip


_REQUESTS = {
    RequestState.OPEN: State.OPEN,
    RequestState.PROMISED: State.OPEN,
    RequestState.DECLINED: State.DROPPED,
    RequestState.DONE: State.DONE,
}


def owners(
    connection: Connection, today: date, kept: Iterable[int] = ()
) -> list[tuple[int | None, str]]:
    """List who can be given a task: the sales head (None) first, then who works on the day.

    Args:
        kept: members named already, listed though they have left.
    """
    people = team.load(connection)
    here = {member.id: member.name for member in people.active(today, today)}
    for member_id in kept:
        if member_id in people.members:
            here.setdefault(member_id, people.members[member_id].name)
    return [(None, settings.load(connection).sales_head), *here.items()]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
