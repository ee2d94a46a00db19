"""Reports to the director: their periods, and when an answer is overdue."""

from datetime import date, timedelta
from enum import StrEnum

from ropdesk.domain.months import month_end


class ReportKind(StrEnum):
    """How long a period a report covers."""

    WEEK = "week"
    MONTH = "month"


class RequestState(StrEnum):
    """What became of a request for help."""

    OPEN = "open"
    PROMISED = "promised"
    DECLINED = "declined"
    DONE = "done"


WAITING = (RequestState.OPEN, RequestState.PROMISED)


def span(kind: ReportKind, day: date) -> tuple[date, date]:
    """Return the first and the last day of the week or the month that a day lies in."""
    if kind is ReportKind.MONTH:
        return day.replace(day=1), month_end(day)
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def overdue(
    state: RequestState, needed_by: date | None, promised_for: date | None, today: date
) -> bool:
    """Say whether a request waits longer than it should.

    A promise is measured by its own day, a request nobody answered by the day it is needed.
    """
    if state not in WAITING:
        return False
    due = promised_for if state is RequestState.PROMISED and promised_for else needed_by
    return due is not None and due < today
