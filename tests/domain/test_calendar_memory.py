"""Official years may be kept between two runs; what is kept counts as published."""

from datetime import date

import pytest

from ropdesk.domain import calendar
from ropdesk.domain.calendar import DayKind, OfficialYear, WorkCalendar


class Notebook:
    """A memory of years in a dictionary."""

    def __init__(self) -> None:
        self.years: dict[int, OfficialYear] = {}

    def get(self, year: int) -> OfficialYear | None:
        return self.years.get(year)

    def put(self, year: int, official: OfficialYear) -> None:
        self.years[year] = official


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> Notebook:
    monkeypatch.setattr(calendar, "_memories", [])
    book = Notebook()
    calendar.remember_years(book)
    return book


def test_a_year_asked_for_is_put_into_the_memory(notebook: Notebook) -> None:
    WorkCalendar().is_working(date(2061, 3, 9))
    assert notebook.years[2061] == calendar.published(2061)


def test_a_kept_year_is_believed(notebook: Notebook) -> None:
    only = frozenset({date(2062, 6, 14), date(2063, 1, 1)})
    notebook.years[2062] = OfficialYear(only, {}, frozenset(), known=True)
    kept = WorkCalendar()
    assert kept.kind(date(2062, 6, 14)) is DayKind.DAY_OFF
    assert kept.kind(date(2062, 5, 9)) is DayKind.WORKDAY
    assert kept.year_norm(2062).source_known
