"""Kinds of meetings, and the rules by which they recur."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.calendar import DayKind, WorkCalendar
from ropdesk.domain.errors import DomainError
from ropdesk.domain.meetings import (
    BUILTIN,
    SECTION_TITLES,
    Rule,
    Section,
    began_in_time,
    checked_reason,
    checked_rule,
    checked_time,
    over,
    reordered,
)

CALENDAR = WorkCalendar()
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
RULES = st.one_of(
    st.builds(
        Rule,
        first=DAYS,
        weekdays=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
        every=st.integers(1, 4),
        until=st.none() | DAYS,
    ),
    st.builds(
        Rule,
        first=DAYS,
        month_day=st.integers(1, 15) | st.integers(-15, -1),
        until=st.none() | DAYS,
    ),
)


def times(rule: Rule, first: date, last: date) -> Mapping[date, date]:
    return rule.times(first, last, CALENDAR)


def test_every_usual_agenda_fits_its_limit() -> None:
    for kind in BUILTIN.values():
        minutes = [point.minutes for point in kind.agenda]
        assert sum(minutes) == kind.minutes
        assert over(minutes, kind.minutes) == 0
        assert over([*minutes, 7], kind.minutes) == 7
        assert all(point.title or point.section is not Section.FREE for point in kind.agenda)


def test_the_limits_are_those_of_the_published_duties() -> None:
    assert [BUILTIN[code].minutes for code in ("daily", "weekly")] == [20, 60]
    assert [kind.team for kind in BUILTIN.values()] == [True] * 3 + [False] * 3 + [True]


def test_every_section_has_a_name() -> None:
    assert set(SECTION_TITLES) == set(Section)


def test_weekdays_of_a_plain_week() -> None:
    rule = Rule(date(2026, 10, 20), (0, 3))
    found = times(rule, date(2026, 10, 19), date(2026, 11, 1))
    assert list(found) == [date(2026, 10, 22), date(2026, 10, 26), date(2026, 10, 29)]
    assert all(name == day for name, day in found.items())


def test_a_day_off_moves_a_meeting_to_the_working_day_before() -> None:
    # Wednesday 4 November 2026 is a holiday, Tuesday the 3rd is worked.
    rule = Rule(date(2026, 11, 1), (2,))
    found = times(rule, date(2026, 11, 2), date(2026, 11, 8))
    assert found == {date(2026, 11, 4): date(2026, 11, 3)}


def test_a_week_of_days_off_has_no_meeting() -> None:
    rule = Rule(date(2025, 12, 1), (0, 1, 2))
    assert not times(rule, date(2026, 1, 1), date(2026, 1, 9))


def test_every_other_week_counts_from_the_first() -> None:
    rule = Rule(date(2026, 10, 21), (0,), every=2)
    found = times(rule, date(2026, 10, 1), date(2026, 11, 30))
    assert list(found) == [date(2026, 11, 2), date(2026, 11, 16), date(2026, 11, 30)]


@pytest.mark.parametrize(
    ("nth", "day"),
    [(1, date(2026, 11, 2)), (2, date(2026, 11, 3)), (3, date(2026, 11, 5)),
     (-1, date(2026, 11, 30)), (-2, date(2026, 11, 27))],
)  # fmt: skip
def test_the_nth_working_day_of_a_month(nth: int, day: date) -> None:
    rule = Rule(date(2026, 10, 5), month_day=nth)
    found = times(rule, date(2026, 11, 1), date(2026, 11, 30))
    assert found == {date(2026, 11, 1): day}


def test_a_month_keeps_its_name_when_the_calendar_changes() -> None:
    rule = Rule(date(2026, 10, 1), month_day=1)
    span = date(2026, 11, 1), date(2026, 11, 30)
    moved = WorkCalendar(edits={date(2026, 11, 2): DayKind.DAY_OFF})
    assert rule.times(*span, CALENDAR) == {date(2026, 11, 1): date(2026, 11, 2)}
    assert rule.times(*span, moved) == {date(2026, 11, 1): date(2026, 11, 3)}


def test_a_month_with_too_few_working_days_has_none() -> None:
    worked = {date(2026, 2, 2): DayKind.WORKDAY}
    edits = {
        day: worked.get(day, DayKind.DAY_OFF)
        for day in (date(2026, 2, 1) + timedelta(n) for n in range(28))
    }
    sparse = WorkCalendar(edits=edits)
    span = date(2026, 2, 1), date(2026, 2, 28)
    assert not Rule(date(2026, 1, 1), month_day=2).times(*span, sparse)
    assert Rule(date(2026, 1, 1), month_day=1).times(*span, sparse)


def test_the_month_in_which_a_rule_begins_and_ends() -> None:
    rule = Rule(date(2026, 10, 2), month_day=1, until=date(2026, 12, 1))
    found = times(rule, date(2026, 9, 1), date(2027, 3, 1))
    assert list(found.values()) == [date(2026, 11, 2), date(2026, 12, 1)]
    earlier = Rule(date(2026, 10, 2), month_day=2, until=date(2026, 12, 1))
    assert list(times(earlier, date(2026, 9, 1), date(2027, 3, 1)).values()) == [
        date(2026, 10, 2),
        date(2026, 11, 3),
    ]


@given(RULES, DAYS, st.integers(0, 120))
def test_times_are_working_days_of_the_span(rule: Rule, first: date, length: int) -> None:
    last = first + timedelta(length)
    found = times(rule, first, last)
    assert list(found) == sorted(found)
    for name, day in found.items():
        assert first <= day <= last
        assert CALENDAR.is_working(day)
        if rule.month_day is not None:
            assert name == day.replace(day=1)
            assert rule.first <= day <= (rule.until or day)
        else:
            assert name.weekday() in rule.weekdays
            assert rule.first <= name <= (rule.until or name)
            assert timedelta(0) <= name - day < timedelta(7)
    assert len(set(found.values())) == len(found)


@given(RULES, DAYS, st.integers(1, 60), st.integers(0, 60))
def test_a_span_cut_in_two_has_the_same_times(
    rule: Rule, first: date, before: int, after: int
) -> None:
    cut, last = first + timedelta(before), first + timedelta(before + after)
    halves = {**times(rule, first, cut - timedelta(1)), **times(rule, cut, last)}
    assert halves == times(rule, first, last)


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (Rule(date(2026, 1, 1)), "weekdays"),
        (Rule(date(2026, 1, 1), (0,), every=0), "every"),
        (Rule(date(2026, 1, 1), (0,), every=9), "every"),
        (Rule(date(2026, 1, 1), month_day=0), "month_day"),
        (Rule(date(2026, 1, 1), month_day=-16), "month_day"),
        (Rule(date(2026, 1, 2), (0,), until=date(2026, 1, 1)), "until"),
    ],
)
def test_a_rule_that_names_no_day_is_refused(rule: Rule, field: str) -> None:
    with pytest.raises(DomainError) as told:
        checked_rule(rule)
    assert told.value.fields["field"] == field


def test_a_sound_rule_passes() -> None:
    for rule in (Rule(date(2026, 1, 1), (0,)), Rule(date(2026, 1, 1), month_day=-15)):
        assert checked_rule(rule) is rule


@pytest.mark.parametrize(
    ("start", "minutes", "field"),
    [(None, 4, "minutes"), (None, 721, "minutes"), (-1, 20, "start"), (1430, 11, "start")],
)
def test_a_time_that_no_day_has_is_refused(start: int | None, minutes: int, field: str) -> None:
    with pytest.raises(DomainError) as told:
        checked_time(start, minutes)
    assert told.value.fields["field"] == field


def test_times_up_to_midnight_pass() -> None:
    checked_time(None, 5)
    checked_time(1430, 10)


def test_a_reason_is_asked_for() -> None:
    assert checked_reason("  Выезд к клиенту ") == "Выезд к клиенту"
    with pytest.raises(DomainError):
        checked_reason("  ")


@pytest.mark.parametrize(
    ("hour", "minute", "expected"), [(8, 50, True), (9, 5, True), (9, 6, False)]
)
def test_five_minutes_late_is_in_time(hour: int, minute: int, expected: bool) -> None:
    begun = datetime(2026, 10, 22, hour, minute, tzinfo=timezone(timedelta(hours=3)))
    assert began_in_time(date(2026, 10, 22), 540, begun) is expected


@given(st.permutations(range(5)), st.integers(0, 4), st.integers(-3, 9))
def test_reordering_keeps_everything(order: list[int], at: int, to: int) -> None:
    moved = reordered(order, at, to)
    assert sorted(moved) == sorted(order)
    assert moved[max(0, min(to, 4))] == order[at]
    assert [x for x in moved if x != order[at]] == [x for x in order if x != order[at]]
