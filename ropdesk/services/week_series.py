"""Recurring actions of the week's plan: made, changed from one time on, ended."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.week import State, checked_time, weekdays_of, weekdays_text
from ropdesk.services import metrics, team
from ropdesk.services.week_lines import NewAction, Occurrence, Ref
from ropdesk.services.week_rows import GONE, NO_SERIES, find_row, series_of
from ropdesk.store.models import ActionSeries, PlannedAction
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Operation, Workspace


@dataclass(frozen=True, slots=True)
class Repeat:
    """How an action recurs: numbers of weekdays from Monday 0, first and last day (None: open)."""

    weekdays: tuple[int, ...]
    first: date
    until: date | None = None


def repeat_of(ws: Workspace, ref: Ref) -> Repeat:
    """Say how a recurring action recurs.

    Raises:
        DomainError: it does not recur, or is gone.
    """
    if not isinstance(ref, Occurrence):
        raise DomainError(NO_SERIES)
    with ws.read() as connection:
        found = rows(
            connection,
            "SELECT weekdays, first, until FROM action_series WHERE id = ?",
            (ref.series_id,),
        )
    if not found:
        raise DomainError(GONE)
    weekdays, first, until = found[0]
    return Repeat(
        weekdays_of(weekdays),
        date.fromisoformat(first),
        None if until is None else date.fromisoformat(until),
    )


def add_series(
    ws: Workspace, action: NewAction, repeat: Repeat, instead_of: int | None = None
) -> int:
    """Add a recurring action.

    Args:
        action: what each time is like; its day and week are not used.
        instead_of: a single action that becomes the recurring one.

    Returns:
        The id of the recurring action.

    Raises:
        DomainError: as for a single action, no weekday, or an end before the beginning.
    """
    with ws.operation(N_("Recurring action «{title}»"), title=action.title.strip()) as operation:
        if instead_of is not None:
            row = find_row(operation.session, instead_of)
            operation.session.delete(row)
        series = _new(operation, action, repeat)
        return series.id


def change_following(ws: Workspace, ref: Ref, action: NewAction, repeat: Repeat) -> None:
    """Change a recurring action from one of its times on; earlier times stay as they were.

    Times moved by hand follow the new values; those done, dropped or deleted keep theirs.

    Raises:
        DomainError: as `add_series`, or the action does not recur.
    """
    with ws.operation(
        N_("Change the recurring action «{title}»"), title=action.title.strip()
    ) as operation:
        series, at = series_of(operation.session, ref)
        _free_moved(operation, series.id, at.day)
        if series.first >= at.day:
            _check(operation, action, repeat)
            _fill(series, action, repeat)
            return
        new = _new(operation, action, Repeat(repeat.weekdays, at.day, repeat.until))
        series.until = at.day - timedelta(1)
        for row in _rows(operation, series.id, at.day):
            row.series_id = new.id
        operation.session.flush()


def end_series(ws: Workspace, ref: Ref) -> None:
    """Delete a recurring action from one of its times on; what was done stays in the plan.

    Raises:
        DomainError: the action does not recur, or is gone.
    """
    with ws.operation(N_("End the recurring action «{title}»")) as operation:
        series, at = series_of(operation.session, ref)
        operation.fields["title"] = series.title
        _free_moved(operation, series.id, at.day)
        kept = _rows(operation, series.id, at.day)
        for row in kept:
            if row.state == State.REMOVED.value:
                operation.session.delete(row)
            elif series.first >= at.day:
                row.series_id, row.series_day = None, None
        operation.session.flush()
        if series.first >= at.day:
            operation.session.delete(series)
        else:
            series.until = at.day - timedelta(1)


def _free_moved(operation: Operation, series_id: int, since: date) -> None:
    operation.session.execute(
        delete(PlannedAction).where(
            PlannedAction.series_id == series_id,
            PlannedAction.series_day >= since,
            PlannedAction.state == State.PLANNED.value,
        )
    )


def _rows(operation: Operation, series_id: int, since: date) -> list[PlannedAction]:
    return list(
        operation.session.scalars(
            select(PlannedAction).where(
                PlannedAction.series_id == series_id, PlannedAction.series_day >= since
            )
        )
    )


def _new(operation: Operation, action: NewAction, repeat: Repeat) -> ActionSeries:
    _check(operation, action, repeat)
    series = ActionSeries(title="", weekdays="", first=repeat.first)
    _fill(series, action, repeat)
    operation.session.add(series)
    operation.session.flush()
    return series


def _fill(series: ActionSeries, action: NewAction, repeat: Repeat) -> None:
    series.title, series.note = action.title.strip(), action.note.strip()
    series.weekdays = weekdays_text(repeat.weekdays)
    series.first, series.until = repeat.first, repeat.until
    series.member_id, series.metric = action.member_id, action.metric
    series.expected = action.expected if action.metric else None
    series.start, series.minutes = action.start, action.minutes


def _check(operation: Operation, action: NewAction, repeat: Repeat) -> None:
    if not action.title.strip():
        raise DomainError(N_("The action has no name. Write what is to be done."), field="title")
    checked_time(action.start, action.minutes)
    weekdays_text(repeat.weekdays)
    if repeat.until is not None and repeat.until < repeat.first:
        raise DomainError(
            N_("The last day is before the first one. Choose a later day."), field="until"
        )
    if action.metric:
        metrics.load(operation.conn)[action.metric]
    members = team.load(operation.conn).members
    if action.member_id is not None and action.member_id not in members:
        raise DomainError(N_("This member is gone. Open the team again."), field="member_id")
