import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.calendar import DayKind, WorkCalendar
from ropdesk.domain.errors import DomainError

DATA = Path(__file__).parents[3] / "shared" / "data" / "work_calendar"
OFF, SHORT, WORK = DayKind.DAY_OFF, DayKind.SHORTENED, DayKind.WORKDAY
# The one-off decrees, with what an ordinary calendar says of their weekdays instead.
ORDINARY = {
    **{date(2020, 3, 30) + timedelta(days=n): WORK for n in range(31)},
    date(2020, 4, 30): SHORT,
    date(2020, 5, 6): WORK,
    date(2020, 5, 7): WORK,
    date(2020, 5, 8): SHORT,
    date(2020, 6, 24): WORK,
    date(2020, 7, 1): WORK,
    **{date(2021, 5, day): WORK for day in (4, 5, 6, 7)},
    date(2021, 11, 1): WORK,
    date(2021, 11, 2): WORK,
    date(2021, 11, 3): SHORT,
}


def year_days(year):
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def published(year):
    path = DATA / f"xmlcalendar_{year}.xml"
    if not path.exists():
        pytest.skip("the published calendars (../shared/data/work_calendar) are not here")
    marks = {}
    for node in ET.parse(path).getroot().iter("day"):
        month, day = map(int, node.attrib["d"].split("."))
        kinds = {"1": OFF, "2": SHORT, "3": WORK}
        marks[date(year, month, day)] = kinds[node.attrib["t"]]
    return {day: marks.get(day, OFF if day.weekday() >= 5 else WORK) for day in year_days(year)}


@pytest.mark.parametrize("year", range(2018, 2026))
def test_agrees_with_the_published_calendar(year):
    calendar = WorkCalendar(decree_days=True)
    assert {day: calendar.kind(day) for day in year_days(year)} == published(year)


@pytest.mark.parametrize("year", range(2018, 2026))
def test_ordinary_calendar_lacks_the_decrees_alone(year):
    expected = published(year)
    for day in expected:
        if day in ORDINARY and day.weekday() < 5:
            expected[day] = ORDINARY[day]
    calendar = WorkCalendar()
    assert {day: calendar.kind(day) for day in year_days(year)} == expected


@pytest.mark.parametrize(
    ("year", "days", "hours"),
    [
        (2022, 247, 1973),
        (2023, 247, 1973),
        (2024, 248, 1979),
        (2025, 247, 1972),
        (2026, 247, 1972),
        (2027, 247, 1972),
    ],
)
def test_year_norms(year, days, hours):
    norm = WorkCalendar().year_norm(year)
    assert (norm.working_days, norm.hours_40) == (days, hours)
    assert norm.source_known
    assert sum(month.working_days for month in norm.months) == days


def test_details_of_a_year():
    norm = WorkCalendar().year_norm(2024)
    assert norm.working_weekends == (date(2024, 4, 27), date(2024, 11, 2), date(2024, 12, 28))
    assert norm.shortened == (
        date(2024, 2, 22),
        date(2024, 3, 7),
        date(2024, 5, 8),
        date(2024, 6, 11),
        date(2024, 11, 2),
    )
    january = norm.months[0]
    assert (january.month, january.working_days, january.hours_40) == (date(2024, 1, 1), 17, 136)


def test_hours_of_days():
    calendar = WorkCalendar()
    assert [calendar.hours(date(2025, 3, day)) for day in (6, 7, 8)] == [8, 7, 0]
    six = WorkCalendar(week_days=6)
    assert [six.hours(date(2025, 3, day)) for day in (6, 7, 8, 9, 15)] == [7, 6, 0, 0, 5]
    assert six.hours(date(2025, 2, 22)) == 4


def test_six_day_week():
    six = WorkCalendar(week_days=6)
    # 1 November 2025 is worked for the 3rd in a five-day week only; 31 December comes from Sunday.
    assert [six.kind(date(2025, 11, day)) for day in (1, 2, 3, 4)] == [WORK, OFF, SHORT, OFF]
    assert six.kind(date(2025, 12, 31)) is OFF
    assert six.kind(date(2025, 5, 2)) is WORK
    norm = six.year_norm(2025)
    assert norm.working_days == 299
    assert norm.hours_40 == 1972
    assert norm.working_weekends == ()


def test_working_sunday_of_a_six_day_week():
    assert WorkCalendar(week_days=6).kind(date(2009, 1, 11)) is WORK


def test_a_year_not_published_yet_follows_the_law():
    norm = WorkCalendar().year_norm(2028)
    assert not norm.source_known
    calendar = WorkCalendar()
    # 4 November 2028 is a Saturday: the law itself frees Monday the 6th.
    assert calendar.kind(date(2028, 11, 6)) is OFF
    assert calendar.kind(date(2028, 11, 3)) is SHORT
    assert calendar.kind(date(2028, 12, 29)) is WORK
    # 1 May 2033 is a Sunday and 9 May a Monday; 8 March 2031 a Saturday.
    assert calendar.kind(date(2033, 5, 2)) is OFF
    assert calendar.kind(date(2031, 3, 10)) is OFF


@pytest.mark.parametrize("year", [1, 1900, 1992, 2100, 9999])
def test_any_year_that_a_file_may_mention(year):
    assert 240 < WorkCalendar().year_norm(year).working_days < 270


def test_edits_win():
    saturday, monday = date(2025, 3, 15), date(2025, 3, 17)
    calendar = WorkCalendar(edits={saturday: SHORT, monday: OFF})
    assert calendar.is_working(saturday)
    assert calendar.hours(saturday) == 7
    assert not calendar.is_working(monday)
    norm = calendar.month_norm(2025, 3)
    plain = WorkCalendar().month_norm(2025, 3)
    assert (norm.working_days, norm.hours_40) == (plain.working_days, plain.hours_40 - 1)


def test_week_of_five_or_six():
    with pytest.raises(DomainError, match="Choose 5 or 6"):
        WorkCalendar(week_days=7)


@given(st.dates(date(1995, 1, 1), date(2035, 1, 1)), st.integers(0, 800), st.sampled_from((5, 6)))
def test_working_days_are_those_that_work(start, length, week):
    calendar = WorkCalendar(week_days=week)
    end = start + timedelta(days=length)
    days = [start + timedelta(days=n) for n in range(length + 1)]
    assert list(calendar.working_days(start, end)) == [d for d in days if calendar.is_working(d)]


def test_working_days_of_an_empty_span():
    assert WorkCalendar().working_days(date(2025, 3, 10), date(2025, 3, 1)) == ()


def test_holidays_are_not_imported_before_they_are_asked():
    code = (
        "import sys, ropdesk.domain.calendar as c; c.WorkCalendar();"
        "sys.exit(any(name.split('.')[0] == 'holidays' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
