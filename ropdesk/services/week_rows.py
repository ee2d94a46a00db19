"""What every change of the week's plan does first: find the row, or make one of a recurring time.

A recurring action has no rows. The moment one of its times is moved, done or dropped, that time
gets a row of its own, which stands for it from then on.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.week import monday, occurrences, weekdays_of
from ropdesk.services import calendar
from ropdesk.services.week_lines import Occurrence, Ref
from ropdesk.store.models import ActionSeries, PlannedAction
from ropdesk.store.workspace import Operation

GONE = N_("This action is gone. Open the week again.")
NO_SERIES = N_("This action does not recur. Change it alone.")


def find_row(session: Session, ref: Ref) -> PlannedAction | None:
    """Find the row of an action; None for a recurring one's time without a row."""
    if isinstance(ref, Occurrence):
        return session.scalar(
            select(PlannedAction).where(
                PlannedAction.series_id == ref.series_id, PlannedAction.series_day == ref.day
            )
        )
    row = session.get(PlannedAction, ref)
    if row is None:
        raise DomainError(GONE)
    return row


def row_of(operation: Operation, ref: Ref) -> PlannedAction:
    """Return the row of an action within a running operation, making that of a recurring time.

    Raises:
        DomainError: there is no such action.
    """
    row = find_row(operation.session, ref)
    if row is None and isinstance(ref, Occurrence):
        row = _made(operation, ref)
    if row is None:
        raise DomainError(GONE)
    return row


def series_of(session: Session, ref: Ref) -> tuple[ActionSeries, Occurrence]:
    """Return the recurring action that a time belongs to, and what that time is called by.

    Raises:
        DomainError: the action does not recur, or is gone.
    """
    if not isinstance(ref, Occurrence):
        raise DomainError(NO_SERIES)
    series = session.get(ActionSeries, ref.series_id)
    if series is None:
        raise DomainError(GONE)
    return series, ref


def title_of(session: Session, ref: Ref) -> str:
    """Return what an action is called, for the history."""
    row = find_row(session, ref)
    return series_of(session, ref)[0].title if row is None else row.title


def _made(operation: Operation, ref: Occurrence) -> PlannedAction | None:
    series, _ref = series_of(operation.session, ref)
    day = occurrences(
        weekdays_of(series.weekdays), series.first, series.until, ref.day,
        calendar.load(operation.conn),
    ).get(ref.day)  # fmt: skip
    if day is None:
        return None
    row = PlannedAction(
        title=series.title, week=monday(ref.day), origin_week=monday(ref.day), day=day,
        start=series.start, minutes=series.minutes, member_id=series.member_id,
        metric=series.metric, expected=series.expected, note=series.note, series_id=series.id,
        series_day=ref.day,
    )  # fmt: skip
    operation.session.add(row)
    operation.session.flush()
    return row
