"""The calendar of a workspace: edits, import of the official file, reset."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropdesk.domain.calendar import DayKind, WorkCalendar
from ropdesk.domain.errors import DomainError
from ropdesk.services import calendar, calendar_import, history
from ropdesk.services import settings as settings_service
from ropdesk.store.workspace import Workspace

DAY = date(2026, 11, 4)
XML = """<?xml version="1.0" encoding="UTF-8"?>
<calendar year="2031"><days>
<day d="01.01" t="1"/><day d="02.22" t="2"/><day d="11.01" t="3"/>
</days></calendar>"""


def test_a_day_is_changed_noted_and_given_back(ws: Workspace) -> None:
    calendar.set_day(ws, DAY, DayKind.WORKDAY, "ярмарка")
    assert calendar.calendar(ws).is_working(DAY)
    assert calendar.edits(ws) == {DAY: (DayKind.WORKDAY, "ярмарка")}
    calendar.set_day(ws, DAY, DayKind.SHORTENED)
    assert calendar.calendar(ws).hours(DAY) == 7
    calendar.set_day(ws, DAY, None)
    assert calendar.edits(ws) == {}
    assert not calendar.calendar(ws).is_working(DAY)
    calendar.set_day(ws, DAY, None)
    assert len(history.entries(ws)) == 3


def test_week_and_decree_days_come_from_the_settings(ws: Workspace) -> None:
    settings_service.change(ws, week_days=6, decree_days=True)
    known = calendar.calendar(ws)
    assert known.is_working(date(2026, 11, 7))
    assert not known.is_working(date(2020, 4, 1))


def test_a_year_is_reset_alone(ws: Workspace) -> None:
    calendar.set_day(ws, DAY, DayKind.WORKDAY)
    calendar.set_day(ws, date(2025, 11, 4), DayKind.WORKDAY)
    calendar.reset_year(ws, 2026)
    assert list(calendar.edits(ws)) == [date(2025, 11, 4)]
    history.undo(ws)
    assert len(calendar.edits(ws)) == 2


def test_a_file_replaces_the_edits_of_its_year(ws: Workspace, tmp_path: Path) -> None:
    calendar.set_day(ws, date(2031, 6, 2), DayKind.DAY_OFF, "прежнее")
    calendar.set_day(ws, DAY, DayKind.WORKDAY)
    file = tmp_path / "calendar.xml"
    file.write_text(XML, encoding="utf-8")
    year, differing = calendar_import.import_file(ws, file)
    known = calendar.calendar(ws)
    assert year == 2031
    assert known.kind(date(2031, 6, 2)) is DayKind.WORKDAY
    assert known.kind(date(2031, 2, 22)) is DayKind.SHORTENED
    assert known.kind(date(2031, 1, 2)) is DayKind.WORKDAY
    assert known.is_working(DAY)
    assert differing == sum(day.year == 2031 for day in calendar.edits(ws))


@pytest.mark.parametrize("text", ["", "это не XML", "<calendar year='2031'></calendar>"])
def test_a_file_of_another_kind_is_refused_in_words(
    ws: Workspace, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "calendar.xml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DomainError, match="not a production calendar"):
        calendar_import.import_file(ws, file)
    assert calendar.edits(ws) == {}


@pytest.mark.parametrize("year", range(2018, 2026))
def test_the_official_files_agree_day_for_day_after_import(
    ws: Workspace, shared_data: Path, year: int
) -> None:
    file = next((shared_data / "work_calendar").glob(f"*{year}*"))
    _year, differing = calendar_import.import_file(ws, file)
    if year not in {2020, 2021}:
        assert differing == 0
    settings_service.change(ws, decree_days=True)
    calendar_import.import_file(ws, file)
    from ropdesk.exchange.calendar_xml import read_calendar

    known = calendar.calendar(ws)
    assert all(known.kind(day) is DayKind(kind) for day, kind in read_calendar(file))


def test_nothing_told_changes_nothing(ws: Workspace) -> None:
    assert calendar.import_days(ws, [], "") == 0
    assert history.entries(ws) == []


@settings(max_examples=20)
@given(st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from(DayKind)))
def test_an_imported_year_says_what_the_file_says(told: dict[date, DayKind]) -> None:
    import tempfile

    from ropdesk.store.workspace import create

    with tempfile.TemporaryDirectory() as folder:
        ws = create(Path(folder) / "w.ropdesk")
        calendar.import_days(ws, sorted(told.items()), "файл")
        known = calendar.calendar(ws)
        law = WorkCalendar()
        assert all(known.kind(day) is kind for day, kind in told.items())
        assert all(law.kind(day) is not kind for day, (kind, _note) in calendar.edits(ws).items())
        ws.close()
