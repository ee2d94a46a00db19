"""Periods of the director's reports, and what is overdue."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.director import ReportKind, RequestState, overdue, span

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
TODAY = date(2026, 10, 22)


@given(DAYS)
def test_a_span_holds_its_day_and_begins_anew_after_its_end(day):
    for kind in ReportKind:
        start, end = span(kind, day)
        assert start <= day <= end
        assert span(kind, start) == span(kind, end) == (start, end)
        assert span(kind, end + timedelta(1))[0] == end + timedelta(1)
    assert span(ReportKind.WEEK, day)[0].weekday() == 0
    assert span(ReportKind.MONTH, day)[0].day == 1


@pytest.mark.parametrize(
    ("state", "needed", "promised", "late"),
    [
        (RequestState.OPEN, date(2026, 10, 21), None, True),
        (RequestState.OPEN, TODAY, None, False),
        (RequestState.OPEN, None, None, False),
        (RequestState.PROMISED, date(2026, 10, 1), date(2026, 10, 30), False),
        (RequestState.PROMISED, date(2026, 10, 30), date(2026, 10, 21), True),
        (RequestState.PROMISED, date(2026, 10, 21), None, True),
        (RequestState.DONE, date(2026, 1, 1), date(2026, 1, 1), False),
        (RequestState.DECLINED, date(2026, 1, 1), None, False),
    ],
)
def test_a_promise_is_measured_by_its_own_day(state, needed, promised, late):
    assert overdue(state, needed, promised, TODAY) is late
