import datetime as dt

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.exchange.calendar_xml import read_calendar

XML = """<?xml version="1.0" encoding="UTF-8"?>
<calendar year="2025" lang="ru"><holidays/><days>
<day d="03.07" t="2"/><day d="01.01" t="1" h="1"/><day d="11.01" t="2"/><day d="11.08" t="3"/>
</days></calendar>"""


def test_days_in_order(tmp_path):
    file = tmp_path / "calendar.xml"
    file.write_text(XML, encoding="utf-8")
    assert read_calendar(file) == [
        (dt.date(2025, 1, 1), "day_off"),
        (dt.date(2025, 3, 7), "shortened"),
        (dt.date(2025, 11, 1), "shortened"),
        (dt.date(2025, 11, 8), "workday"),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "<calendar", "<html/>", "<calendar year='2025'/>", XML.replace("03.07", "02.30"),
     XML.replace('t="3"', 't="9"'), XML.replace("2025", "год"), "ID;Sum\n1;2", "x" * 2_000_000],
)  # fmt: skip
def test_not_a_calendar(tmp_path, text):
    file = tmp_path / "calendar.xml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DomainError, match="not a production calendar"):
        read_calendar(file)


def test_missing(tmp_path):
    with pytest.raises(DomainError, match="cannot be read"):
        read_calendar(tmp_path / "none.xml")


@pytest.mark.parametrize(("year", "days"), [(2024, 248), (2025, 247)])
def test_official_years(shared_data, year, days):
    special = dict(read_calendar(shared_data / "work_calendar" / f"xmlcalendar_{year}.xml"))
    first = dt.date(year, 1, 1)
    every = [
        first + dt.timedelta(days=n) for n in range(366) if (first + dt.timedelta(n)).year == year
    ]
    working = [
        day
        for day in every
        if special.get(day, "day_off" if day.weekday() > 4 else "workday") != "day_off"
    ]
    assert len(working) == days
