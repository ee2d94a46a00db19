"""A week's actions as iCalendar, read back with the library."""

from datetime import UTC, date, datetime, time, timedelta
from string import printable

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from ropdesk.exchange.icalendar_out import Entry, calendar

STAMP = datetime(2026, 10, 22, 9, 0, tzinfo=UTC)
DAY = date(2026, 10, 20)


def entry(**values: object) -> Entry:
    given = {
        "uid": "a@ropdesk", "title": "Разбор", "day": DAY, "start": 600, "minutes": 45, "due": DAY,
    }  # fmt: skip
    return Entry(**(given | values))  # type: ignore[arg-type]


def read(*entries: Entry) -> list:
    found = Calendar.from_ical(calendar("План недели", entries, STAMP))
    assert found["VERSION"] == "2.0"
    assert found["X-WR-CALNAME"] == "План недели"
    return [part for part in found.walk() if part.name in {"VEVENT", "VTODO"}]


def test_a_timed_action_is_an_event_at_the_time_on_the_wall() -> None:
    [event] = read(entry(description="Кто: Анна", owner="Анна"))
    assert event.name == "VEVENT"
    assert event.decoded("DTSTART") == datetime.combine(date(2026, 10, 20), time(10, 0))
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=45)
    assert "TZID" not in event["DTSTART"].params
    assert (event["UID"], event["STATUS"], event["CONTACT"]) == ("a@ropdesk", "CONFIRMED", "Анна")
    assert event.decoded("DTSTAMP") == STAMP


def test_any_time_of_a_day_is_the_whole_day() -> None:
    [event] = read(entry(start=None))
    assert event.decoded("DTSTART") == DAY
    assert event.decoded("DTEND") == DAY + timedelta(1)
    assert event["TRANSP"] == "TRANSPARENT"


def test_what_has_no_day_is_a_task_of_the_week() -> None:
    [open_, done, dropped] = read(
        entry(day=None, due=date(2026, 10, 25)),
        entry(day=None, done_on=DAY),
        entry(day=None, dropped=True),
    )
    assert open_.name == "VTODO"
    assert open_.decoded("DUE") == date(2026, 10, 25)
    assert [part["STATUS"] for part in (open_, done, dropped)] == [
        "NEEDS-ACTION", "COMPLETED", "CANCELLED",
    ]  # fmt: skip
    assert done.decoded("COMPLETED").date() == DAY


def test_dropped_and_done_events() -> None:
    [dropped, done] = read(entry(dropped=True), entry(done_on=DAY))
    assert dropped["STATUS"] == "CANCELLED"
    assert done["X-ROPDESK-DONE"] == "2026-10-20"


def test_late_in_the_evening_and_over_midnight() -> None:
    [event] = read(entry(start=23 * 60, minutes=60))
    assert event.decoded("DTEND") == datetime.combine(date(2026, 10, 21), time(0, 0))


@given(
    st.text(
        printable.replace("\r", "").replace("\x0b", "").replace("\x0c", "") + "«»ё😀", max_size=300
    )
)
def test_any_words_survive(text: str) -> None:
    [event] = read(entry(title=text, description=text))
    assert str(event["SUMMARY"]) == text
    assert str(event.get("DESCRIPTION", "")) == text


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(0, 1425), st.integers(5, 720))
def test_any_time_survives(day: date, start: int, minutes: int) -> None:
    [event] = read(entry(day=day, start=start, minutes=minutes))
    begin = event.decoded("DTSTART")
    assert (begin.date(), begin.hour * 60 + begin.minute) == (day, start)
    assert event.decoded("DTEND") - begin == timedelta(minutes=minutes)


def test_the_same_week_gives_the_same_bytes() -> None:
    assert calendar("a", [entry()], STAMP) == calendar("a", [entry()], STAMP)
    assert calendar("a", [], STAMP).startswith(b"BEGIN:VCALENDAR\r\n")
