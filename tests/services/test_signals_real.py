"""Signals of public sets, as the guide lists them: few, and each of them true."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

from ropdesk.services import import_tables as tables
from ropdesk.services import imports, signals
from ropdesk.services.files import FileSpec, read
from ropdesk.services.owners import Choice
from ropdesk.services.signals import Signal
from ropdesk.store.workspace import Workspace
from tests.services.importing import EVERYBODY, TODAY, take

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "signals.md"
GOOD, BAD = True, False
DEALS = [
    ("2017-01-09", "range", "inquiries", "", GOOD),
    ("2017-06-05", "range", "receipts", "", GOOD),
    ("2017-06-19", "cohort", "conversion", "", BAD),
    ("2017-07-17", "range", "deals_won", "", BAD),
    ("2017-07-17", "range", "inquiries", "", GOOD),
    ("2017-08-28", "cohort", "conversion", "", BAD),
    ("2017-09-11", "record", "receipts", "Kami Bicknell", GOOD),
    ("2017-10-16", "range", "deals_won", "", BAD),
    ("2017-10-30", "record", "receipts", "Marty Freudenburg", GOOD),
    ("2017-10-30", "range", "inquiries", "", BAD),
    ("2017-11-27", "cohort", "conversion", "", GOOD),
]
STUCK = ("2017-11-06", "stuck", "open_deals", "Engaging", BAD)
ORDERS = [
    ("2017-11-13", "range", "receipts", "", GOOD),
    ("2018-02-26", "record", "receipts", "David Campbell", GOOD),
    ("2018-05-14", "range", "receipts", "", GOOD),
    ("2018-05-28", "record", "receipts", "David Campbell", GOOD),
    ("2018-07-23", "record", "receipts", "Michael Blythe", GOOD),
    ("2018-08-06", "range", "deals_won", "", GOOD),
    ("2018-09-24", "record", "receipts", "Shu Ito", GOOD),
    ("2018-12-31", "record", "receipts", "Stephen Jiang", GOOD),
    ("2019-02-25", "record", "receipts", "Stephen Jiang", GOOD),
    ("2019-05-06", "record", "receipts", "Ranjit Varkey Chudukatil", GOOD),
    ("2019-05-27", "record", "receipts", "Linda Mitchell", GOOD),
]


def listed(found: list[Signal]) -> list[tuple[str, str, str, str, bool]]:
    return [
        (str(s.week), s.rule, s.metric.code, s.member or s.stage or s.source, s.good)
        for s in reversed(found)
    ]


def in_the_guide(found: list[Signal]) -> None:
    text = GUIDE.read_text(encoding="utf-8").replace("\u202f", " ")
    for one in found:
        assert one.title.replace("\u202f", " ") in text, one.title


def few(found: list[Signal], weeks: int) -> None:
    by_week = Counter(one.week for one in found)
    assert max(by_week.values(), default=0) <= 2
    assert len(found) / weeks < 0.25


def test_deals_of_thirty_sellers(ws: Workspace, shared_data: Path) -> None:
    path = shared_data / "crm_deals" / "sales_pipeline.csv"
    take(ws, path, won=("Won",), lost=("Lost",))
    first, last = date(2016, 10, 17), date(2018, 1, 1)
    found = signals.history(ws, first, last, stuck=False)
    assert listed(found) == DEALS
    few(found, 64)
    in_the_guide(found)
    stuck = signals.history(ws, date(2017, 10, 30), date(2017, 11, 12))
    assert STUCK in listed(stuck)


def test_orders_of_two_years(ws: Workspace, shared_data: Path) -> None:
    folder = shared_data / "adventureworks"
    spec = FileSpec("members", maps=("name=Salesperson", "alias=EmployeeKey", "alias=EmployeeID"))
    tables.run_members(ws, folder / "Salesperson.csv", spec, Choice(), TODAY)
    maps = (
        "id=SalesOrderNumber", "owner=EmployeeKey", "created=OrderDate", "closed=OrderDate",
        "amount=Sales", "stage==Won",
    )  # fmt: skip
    incoming = read(folder / "Sales.csv", FileSpec("deals", maps=maps, won=("Won",)), TODAY)
    imports.run(ws, incoming, EVERYBODY)
    found = signals.history(ws, date(2017, 7, 3), date(2019, 6, 24))
    assert listed(found) == ORDERS
    few(found, 104)
    in_the_guide(found)


def test_calls_of_one_quarter_are_too_few_weeks_to_shout(ws: Workspace, shared_data: Path) -> None:
    path = shared_data / "call_centre" / "Call-Center-Dataset.xlsx"
    take(ws, path, "calls", maps=("direction==incoming",))
    assert signals.history(ws, date(2021, 1, 4), date(2021, 3, 29)) == []
    looked = signals.look(ws, date(2021, 4, 5), 4)  # the last week is half a week long
    assert (looked.last, looked.judged) == (date(2021, 3, 29), date(2021, 3, 22))
    assert looked.series > 40


def test_the_number_told_is_what_the_file_says(ws: Workspace, shared_data: Path) -> None:
    path = shared_data / "crm_deals" / "sales_pipeline.csv"
    take(ws, path, won=("Won",), lost=("Lost",))
    found = signals.history(ws, date(2017, 7, 17), date(2017, 7, 23), stuck=False)
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    week = ("2017-07-17", "2017-07-23")
    won = [r for r in rows if r["deal_stage"] == "Won" and week[0] <= r["close_date"] <= week[1]]
    came = [r for r in rows if week[0] <= r["engage_date"] <= week[1]]
    assert {one.metric.code: one.value for one in found} == {
        "deals_won": len(won),
        "inquiries": len(came),
    }
