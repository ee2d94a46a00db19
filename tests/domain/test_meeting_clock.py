"""The time of a meeting, whatever happens to the program that shows it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.meeting_clock import Clock, Event, Level, Mark, clock, level

NINE = datetime(2026, 10, 22, 9, 0, tzinfo=timezone(timedelta(hours=3)))


def at(seconds: int) -> datetime:
    return NINE + timedelta(seconds=seconds)


def mark(seconds: int, event: Event, point: int | None = None) -> Mark:
    return Mark(at(seconds), event, point)


BEGUN = [mark(0, Event.BEGIN), mark(0, Event.POINT, 1)]


def test_nothing_is_counted_before_the_beginning() -> None:
    assert clock([], at(100)) == Clock()
    assert not Clock().running


def test_the_time_goes_on_by_the_wall() -> None:
    """Nothing has to run between the marks: a killed program knows it as well."""
    found = clock(BEGUN, at(760))
    assert (found.elapsed, found.points, found.current) == (760, {1: 760}, 1)
    assert found.running
    assert found.begun == NINE
    assert found.ended is None


def test_each_point_has_its_own_time() -> None:
    marks = [*BEGUN, mark(60, Event.POINT, 2), mark(100, Event.POINT, 1)]
    found = clock(marks, at(130))
    assert (found.elapsed, found.points, found.current) == (130, {1: 90, 2: 40}, 1)


def test_a_pause_is_not_counted() -> None:
    marks = [*BEGUN, mark(60, Event.PAUSE)]
    found = clock(marks, at(5000))
    assert (found.elapsed, found.paused, found.running) == (60, True, False)
    marks.append(mark(360, Event.RESUME))
    found = clock(marks, at(400))
    assert (found.elapsed, found.points, found.paused) == (100, {1: 100}, False)


def test_another_point_may_be_looked_at_in_a_pause() -> None:
    marks = [*BEGUN, mark(60, Event.PAUSE), mark(70, Event.POINT, 2)]
    found = clock(marks, at(100))
    assert (found.elapsed, found.current, found.paused) == (60, 2, True)
    found = clock([*marks, mark(100, Event.RESUME)], at(110))
    assert found.points == {1: 60, 2: 10}


def test_the_end_stops_it_for_good() -> None:
    marks = [*BEGUN, mark(600, Event.END), mark(700, Event.RESUME)]
    found = clock(marks, at(9999))
    assert (found.elapsed, found.current, found.paused, found.running) == (600, None, False, False)
    assert found.ended == at(600)


def test_the_end_in_a_pause() -> None:
    found = clock([*BEGUN, mark(60, Event.PAUSE), mark(90, Event.END)], at(100))
    assert (found.elapsed, found.paused) == (60, False)


def test_a_second_beginning_keeps_the_first() -> None:
    found = clock([*BEGUN, mark(10, Event.BEGIN)], at(30))
    assert (found.elapsed, found.begun) == (30, NINE)


def test_a_point_that_is_gone_takes_its_time_out_of_the_points_alone() -> None:
    found = clock([mark(0, Event.BEGIN), mark(0, Event.POINT, None)], at(30))
    assert (found.elapsed, found.points, found.current) == (30, {}, None)


def test_a_clock_set_back_adds_nothing() -> None:
    marks = [*BEGUN, mark(100, Event.POINT, 2), mark(-3500, Event.POINT, 3)]
    found = clock(marks, at(-3490))
    assert (found.elapsed, found.points) == (110, {1: 100, 2: 0, 3: 10})
    assert clock(BEGUN, at(-60)).elapsed == 0


def test_offsets_do_not_matter() -> None:
    assert clock(BEGUN, datetime(2026, 10, 22, 6, 1, tzinfo=UTC)).elapsed == 60


@pytest.mark.parametrize(
    ("spent", "minutes", "expected"),
    [
        (0, 20, Level.CALM), (959, 20, Level.CALM), (960, 20, Level.NEAR), (1199, 20, Level.NEAR),
        (1200, 20, Level.OVER), (9999, 0, Level.CALM),
    ],
)  # fmt: skip
def test_level(spent: int, minutes: int, expected: Level) -> None:
    assert level(spent, minutes) is expected


MARKS = st.lists(
    st.tuples(
        st.integers(0, 600),
        st.sampled_from([Event.POINT, Event.PAUSE, Event.RESUME]),
        st.integers(1, 4),
    ),
    max_size=12,
)


@given(MARKS, st.integers(0, 5000), st.integers(0, 600))
def test_points_make_the_whole_and_time_never_runs_back(
    steps: list[tuple[int, Event, int]], more: int, later: int
) -> None:
    marks, now = list(BEGUN), 0
    for wait, event, point in steps:
        now += wait
        marks.append(mark(now, event, point if event is Event.POINT else None))
    found = clock(marks, at(now + more))
    assert sum(found.points.values()) == found.elapsed <= now + more
    after = clock(marks, at(now + more + later))
    assert after.elapsed - found.elapsed == (0 if found.paused else later)
