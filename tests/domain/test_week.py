"""The week's action plan: days, what recurs, room, lanes, carrying over."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain import week
from ropdesk.domain.calendar import DayKind, WorkCalendar
from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.domain.week import Away, Room, Span

WORK = WorkCalendar()
MON = date(2026, 10, 19)
NINE, ONE, TWO = 9 * 60, 13 * 60, 14 * 60
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
SPANS = st.lists(
    st.builds(Span, st.integers(0, 1400), st.integers(5, 300)), min_size=0, max_size=12
)


@given(DAYS)
def test_a_week_begins_on_monday_and_holds_its_day(day: date) -> None:
    days = week.days_of(day)
    assert day in days
    assert [d.weekday() for d in days] == list(range(7))
    assert week.monday(day) == days[0]


def test_a_weekend_is_shown_when_worked_or_used() -> None:
    saturday = MON + timedelta(5)
    assert week.shown_days(MON, WORK, ()) == week.days_of(MON)[:5]
    assert week.shown_days(MON, WORK, {saturday}) == week.days_of(MON)[:6]
    worked = WorkCalendar(edits={saturday: DayKind.WORKDAY})
    assert week.shown_days(MON, worked, ()) == week.days_of(MON)[:6]


@given(st.sets(st.integers(0, 6), min_size=1))
def test_weekdays_survive_being_stored(weekdays: set[int]) -> None:
    assert week.weekdays_of(week.weekdays_text(weekdays)) == tuple(sorted(weekdays))


def test_no_weekday_is_refused() -> None:
    with pytest.raises(DomainError, match="at least one"):
        week.weekdays_text(())
    assert week.weekdays_of("") == ()


def test_what_recurs_happens_between_its_first_and_last_day() -> None:
    found = week.occurrences({0, 3}, MON, None, MON + timedelta(2), WORK)
    assert list(found) == [MON, MON + timedelta(3)]
    assert week.occurrences({0, 3}, MON + timedelta(1), None, MON, WORK) == {
        MON + timedelta(3): MON + timedelta(3)
    }
    assert week.occurrences({0, 3}, MON, MON + timedelta(2), MON, WORK) == {MON: MON}


def test_a_day_off_moves_to_the_working_day_before_it() -> None:
    # 4 November 2026 is a Wednesday and a public holiday.
    first = date(2026, 11, 2)
    holiday = date(2026, 11, 4)
    assert week.occurrences({2}, first, None, first, WORK) == {holiday: date(2026, 11, 3)}
    assert holiday not in week.occurrences({1, 2}, first, None, first, WORK)
    monday_off = WorkCalendar(edits={MON: DayKind.DAY_OFF})
    assert week.occurrences({0}, MON, None, MON, monday_off) == {}


@given(st.sets(st.integers(0, 6)), DAYS, DAYS)
def test_occurrences_are_working_days_of_the_week_and_never_twice(
    weekdays: set[int], first: date, day: date
) -> None:
    found = week.occurrences(weekdays, first, None, day, WORK)
    assert len(set(found.values())) == len(found)
    for named, done in found.items():
        assert named.weekday() in weekdays
        assert named >= first
        assert week.monday(done) == week.monday(day)
        assert done <= named
        assert WORK.is_working(done)


def test_why_somebody_is_away() -> None:
    anna = Member(1, "Анна", hired=MON, left=MON + timedelta(3))
    gaps = [
        Absence(2, AbsenceKind.OTHER, MON, MON),
        Absence(1, AbsenceKind.VACATION, MON + timedelta(1), MON + timedelta(1)),
        Absence(1, AbsenceKind.SICK_LEAVE, MON + timedelta(2), MON + timedelta(2)),
        Absence(1, AbsenceKind.OTHER, MON + timedelta(3), MON + timedelta(3)),
    ]
    said = [week.away(WORK, MON + timedelta(n), anna, gaps) for n in range(6)]
    assert said == [
        Away.NO, Away.VACATION, Away.SICK_LEAVE, Away.OTHER, Away.NOT_HERE, Away.DAY_OFF,
    ]  # fmt: skip
    assert week.away(WORK, MON + timedelta(1), None, gaps) is Away.NO
    assert week.away(WORK, MON - timedelta(3), Member(1, "Анна", hired=MON), ()) is Away.NOT_HERE


def test_a_day_holds_the_hours_of_the_calendar() -> None:
    eve = date(2026, 11, 3)
    assert week.capacity(WORK, MON, None, ()) == 480
    assert week.capacity(WORK, eve, None, ()) == 420
    assert week.capacity(WORK, MON + timedelta(5), None, ()) == 0
    away = [Absence(1, AbsenceKind.VACATION, MON, MON)]
    assert week.capacity(WORK, MON, Member(1, "Анна"), away) == 0


@given(st.integers(0, 720), st.integers(0, 2000))
def test_room_is_either_left_or_missing(works: int, busy: int) -> None:
    room = Room(works, busy)
    assert room.free - room.over == works - busy
    assert not (room.free and room.over)


def test_a_working_day_begins_at_nine_and_has_a_lunch() -> None:
    assert week.opening(480) == (Span(NINE, 240), Span(TWO, 240))
    assert week.opening(180) == (Span(NINE, 180),)
    assert week.opening(0) == ()


def test_the_first_free_time_passes_what_is_taken_and_lunch() -> None:
    assert week.free_start(480, (), 30) == NINE
    assert week.free_start(480, [Span(NINE, 40)], 30) == NINE + 45
    assert week.free_start(480, [Span(NINE, 210)], 60) == TWO
    assert week.free_start(480, (), 30, after=ONE) == TWO
    assert week.free_start(480, (), 300) is None
    assert week.free_start(0, (), 15) is None


@given(SPANS, st.integers(5, 240))
def test_a_free_time_meets_nothing(taken: list[Span], minutes: int) -> None:
    start = week.free_start(480, taken, minutes)
    if start is not None:
        assert start % week.STEP == 0
        assert not any(Span(start, minutes).meets(span) for span in taken)
        assert any(s.start <= start and start + minutes <= s.end for s in week.opening(480))


@given(SPANS)
def test_lanes_never_overlap(spans: list[Span]) -> None:
    found = week.lanes(spans)
    for at, one in enumerate(spans):
        lane, wide = found[at]
        assert 0 <= lane < wide
        for other in range(at):
            if one.meets(spans[other]):
                assert lane != found[other][0]
                assert wide == found[other][1]


def test_lanes_are_as_few_as_can_be() -> None:
    spans = [Span(540, 60), Span(570, 60), Span(600, 60), Span(720, 30)]
    assert week.lanes(spans) == [(0, 2), (1, 2), (0, 2), (0, 1)]
    assert week.lanes([]) == []


@given(st.integers(0, 1440))
def test_a_minute_snaps_to_the_nearest_step(minute: int) -> None:
    assert week.snapped(minute) % week.STEP == 0
    assert abs(week.snapped(minute) - minute) <= week.STEP / 2


@pytest.mark.parametrize(
    ("start", "minutes"), [(None, 4), (None, 721), (-15, 30), (1430, 30), (NINE, 0)]
)
def test_times_that_no_day_has(start: int | None, minutes: int) -> None:
    with pytest.raises(DomainError):
        week.checked_time(start, minutes)


def test_times_that_a_day_has() -> None:
    week.checked_time(None, 5)
    week.checked_time(0, 720)
    week.checked_time(1410, 30)


def test_an_action_is_carried_forward_only() -> None:
    assert week.carried_to(MON, 2, MON + timedelta(9)) == (MON + timedelta(7), 3)
    for day in (MON, MON + timedelta(6), MON - timedelta(1)):
        with pytest.raises(DomainError, match="later week"):
            week.carried_to(MON, 0, day)


@given(DAYS)
def test_an_effect_compares_seven_days_with_the_seven_before(day: date) -> None:
    before, after = week.effect_spans(day)
    for first, last in (before, after):
        assert last - first == timedelta(6)
    assert before[1] == day
    assert after[0] == day + timedelta(1)
