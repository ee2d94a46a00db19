"""The week's action plan: every change of it. What it holds is answered by `week_view`."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.week import Span, State, capacity, carried_to, checked_time, days_of, free_start
from ropdesk.domain.week import monday as monday_of
from ropdesk.services import calendar, team
from ropdesk.services.week_lines import (
    ActionLine,
    NewAction,
    Occurrence,
    Ref,
    checked,
    lines_of,
    member_names,
    read_lines,
    refuse_away,
)
from ropdesk.services.week_rows import find_row, row_of, title_of
from ropdesk.services.week_view import Week, WeekDay, held_meetings, week
from ropdesk.store.models import PlannedAction, WeekNote
from ropdesk.store.workspace import Operation, Workspace

__all__ = [
    "ActionLine",
    "NewAction",
    "Occurrence",
    "Ref",
    "Week",
    "WeekDay",
    "add",
    "arrange",
    "carry",
    "change",
    "drop",
    "finish",
    "of_investigation",
    "place",
    "remove",
    "reopen",
    "set_focus",
    "week",
    "week_of",
]


def add(ws: Workspace, actions: Sequence[NewAction]) -> list[int]:
    """Add actions, all of them as one operation.

    Returns:
        Their ids, in the order given.

    Raises:
        DomainError: an action without a name, with an impossible time, on a day on which its
            owner does not work, or of an unknown metric or member.
    """
    if not actions:
        return []
    label = N_("Plan the action «{title}»") if len(actions) == 1 else N_("Plan actions: {titles}")
    titles = [action.title.strip() for action in actions]
    with ws.operation(label, title=titles[0], titles="; ".join(titles)) as operation:
        made = []
        for action in checked(operation.conn, actions):
            week = monday_of(action.week)
            row = PlannedAction(title=action.title.strip(), week=week, origin_week=week)
            _fill(row, action)
            row.investigation_id = action.investigation_id
            made.append(row)
        operation.session.add_all(made)
        operation.session.flush()
        return [row.id for row in made]


def _fill(row: PlannedAction, action: NewAction) -> None:
    row.title, row.note = action.title.strip(), action.note.strip()
    row.day, row.minutes = action.day, action.minutes
    row.start = action.start if action.day else None
    row.member_id, row.metric = action.member_id, action.metric
    row.expected = action.expected if action.metric else None


def change(
    ws: Workspace,
    ref: Ref,
    action: NewAction,
    result: str | None = None,
    into: date | None = None,
) -> None:
    """Give an action new values; of a recurring one, this time alone. Its week stays.

    Args:
        result: what came of a done action; None leaves what is written.
        into: a later week that an action left from before is carried over to at once.

    Raises:
        DomainError: as `add`, or the action is gone.
    """
    with ws.operation(N_("Change the action «{title}»"), title=action.title.strip()) as operation:
        row = row_of(operation, ref)
        if into is not None:
            _carry(row, into)
        week = NewAction(
            title=action.title, week=row.week, day=action.day, start=action.start,
            minutes=action.minutes, member_id=action.member_id, metric=action.metric,
        )  # fmt: skip
        checked(operation.conn, [week])
        _fill(row, action)
        if result is not None and row.state == State.DONE.value:
            row.result = result.strip()


def place(
    ws: Workspace,
    ref: Ref,
    day: date | None,
    start: int | None,
    minutes: int,
    into: date | None = None,
) -> None:
    """Put an action on a day and time of its week, or take it off the grid with no day.

    Args:
        into: a later week that an action left from before is carried over to at once.

    Raises:
        DomainError: a day off or the owner's absence, another week's day, or an impossible time.
    """
    checked_time(start, minutes)
    with ws.operation(N_("The place of «{title}» in the week")) as operation:
        row = row_of(operation, ref)
        operation.fields["title"] = row.title
        if into is not None:
            _carry(row, into)
        refuse_away(
            calendar.load(operation.conn), team.load(operation.conn), day, row.week, row.member_id
        )
        row.day, row.start, row.minutes = day, start if day else None, minutes


def finish(ws: Workspace, ref: Ref, on: date, result: str = "") -> None:
    """Mark an action as done on a day, with what came of it."""
    with ws.operation(N_("Done: «{title}»")) as operation:
        row = row_of(operation, ref)
        operation.fields["title"] = row.title
        row.state, row.done_on, row.result = State.DONE.value, on, result.strip()


def reopen(ws: Workspace, ref: Ref) -> None:
    """Take back that an action was done or dropped."""
    with ws.operation(N_("Back to the plan: «{title}»")) as operation:
        row = row_of(operation, ref)
        operation.fields["title"] = row.title
        row.state, row.done_on, row.result = State.PLANNED.value, None, ""


def drop(ws: Workspace, ref: Ref, reason: str) -> None:
    """Give an action up, saying why; it stays in the plan, crossed out.

    Raises:
        DomainError: no reason is given.
    """
    if not reason.strip():
        raise DomainError(N_("No reason is given. Write a word or two."), field="reason")
    with ws.operation(N_("Dropped: «{title}»")) as operation:
        row = row_of(operation, ref)
        operation.fields["title"] = row.title
        row.state, row.done_on, row.result = State.DROPPED.value, None, reason.strip()


def remove(ws: Workspace, ref: Ref) -> None:
    """Delete an action; of a recurring one, this time alone."""
    with ws.operation(N_("Delete the action «{title}»")) as operation:
        operation.fields["title"] = title_of(operation.session, ref)
        row = find_row(operation.session, ref)
        if row is not None and row.series_id is None:
            operation.session.delete(row)
            return
        row = row_of(operation, ref)
        row.state, row.done_on, row.result = State.REMOVED.value, None, ""


def carry(ws: Workspace, refs: Sequence[Ref], into: date) -> None:
    """Put actions off to a later week, all as one operation; each counts how often.

    They come off the grid: the new week has days of its own.

    Raises:
        DomainError: a recurring action, one that is not waiting, or a week that is not later.
    """
    if not refs:
        return
    label = N_("Carry over «{title}»") if len(refs) == 1 else N_("Carry over actions: {titles}")
    with ws.operation(label, title="") as operation:
        titles = []
        for ref in refs:
            row = row_of(operation, ref)
            titles.append(row.title)
            _carry(row, into)
        operation.fields.update(title=titles[0], titles="; ".join(titles))


def _carry(row: PlannedAction, into: date) -> None:
    if row.series_id is not None:
        raise DomainError(
            N_("«{title}» recurs: its next time is in the plan already."), title=row.title
        )
    if row.state != State.PLANNED.value:
        raise DomainError(
            N_("«{title}» is not waiting any more. Take it back to the plan first."),
            title=row.title,
        )
    row.week, row.carried = carried_to(row.week, row.carried, into)
    row.day, row.start = None, None


def arrange(ws: Workspace, in_week: date, today: date, only: Ref | None = None) -> int:
    """Put what is not on the grid into the first free time of its owner, from today on.

    What finds no room stays beside the grid. One operation.

    Args:
        only: this action alone; all of them unless given.

    Returns:
        How many actions found a place.
    """
    with ws.operation(N_("Arrange the week of {day}"), day=monday_of(in_week)) as operation:
        days, people = calendar.load(operation.conn), team.load(operation.conn)
        lines = lines_of(operation.conn, in_week, days, member_names(operation.conn))
        placed: list[tuple[int | None, date, Span]] = [
            (line.member_id, line.day, Span(line.start, line.minutes))
            for line in lines
            if line.day and line.start is not None and line.state is not State.DROPPED
        ]
        held = held_meetings(operation.conn, in_week)
        found = 0
        for line in lines:
            if line.day or line.state is not State.PLANNED or only not in {None, line.ref}:
                continue
            owner = None if line.member_id is None else people.members[line.member_id]
            for day in (day for day in days_of(in_week) if day >= today):
                works = capacity(days, day, owner, people.absences)
                taken = [span for who, on, span in placed if (who, on) == (line.member_id, day)]
                taken += [
                    Span(one.line.start, one.line.minutes)
                    for one in held.get(day, ())
                    if one.line.start is not None and one.takes(line.member_id)
                ]
                start = free_start(works, taken, line.minutes)
                if start is not None:
                    _put(operation, line.ref, day, start)
                    placed.append((line.member_id, day, Span(start, line.minutes)))
                    found += 1
                    break
    return found


def _put(operation: Operation, ref: Ref, day: date, start: int) -> None:
    row = row_of(operation, ref)
    row.day, row.start = day, start


def set_focus(ws: Workspace, in_week: date, text: str) -> None:
    """Write what the week is about; an empty text clears it."""
    week = monday_of(in_week)
    with ws.operation(N_("Write the focus of the week of {day}"), day=week) as operation:
        row = operation.session.scalar(select(WeekNote).where(WeekNote.week == week))
        if not text.strip():
            operation.session.execute(delete(WeekNote).where(WeekNote.week == week))
        elif row is None:
            operation.session.add(WeekNote(week=week, text=text.strip()))
        else:
            row.text = text.strip()


def of_investigation(ws: Workspace, investigation_id: int) -> list[ActionLine]:
    """List the actions that an investigation led to, by week and time."""
    with ws.read() as connection:
        return read_lines(
            connection, member_names(connection), "investigation_id = ?", (investigation_id,)
        )


def week_of(ws: Workspace, action_id: int) -> date | None:
    """Return the Monday of an action's week; None when there is no such action."""
    with ws.read() as connection:
        found = read_lines(connection, {}, "id = ?", (action_id,))
    return found[0].week if found else None
