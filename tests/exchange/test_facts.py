import datetime as dt
from pathlib import Path

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import Metrics
from ropdesk.exchange.facts import fact_spec, parse_facts, parse_month, parse_plan
from ropdesk.exchange.reading import read_table
from ropdesk.exchange.team import parse_members
from ropdesk.i18n import set_language
from tests.exchange.books import new_book


@pytest.fixture(autouse=True)
def english():
    set_language("en")
    yield
    set_language("ru")


def table_of(path: Path, text: str):
    file = path / "facts.csv"
    file.write_text(text, encoding="utf-8")
    return read_table(file)


def facts(path: Path, text: str, *maps: str, metric: str = ""):
    table = table_of(path, text)
    rows = parse_facts(table, fact_spec(table, maps=maps, metric=metric), Metrics())
    assert rows.read == len(rows) + len(rows.rejected) + rows.duplicates
    return rows


def plan(path: Path, text: str, *maps: str, metric: str = ""):
    table = table_of(path, text)
    rows = parse_plan(table, fact_spec(table, maps=maps, metric=metric), Metrics())
    assert rows.read == len(rows) + len(rows.rejected) + rows.duplicates
    return rows


def test_facts_in_units_of_their_metrics(tmp_path):
    rows = facts(
        tmp_path,
        "Менеджер;Дата;Показатель;Значение\n"
        "Анна;03.11.2025;receipts;1 250,50\n"
        "Анна;03.11.2025;Calls;14\n"
        "Анна;03.11.2025;talk_time;1:02:03\n"
        "Анна;03.11.2025;talk time;60\n",
    )
    assert rows.metric == ["receipts", "calls", "talk_time"]
    assert rows.value == [125050, 14, 3723]
    assert rows.period == ["2025-11-03"] * 3
    assert [each.line for each in rows.rejected] == [5]


def test_bad_and_repeated_facts(tmp_path):
    rows = facts(
        tmp_path,
        "member,day,metric,value\n"
        "Anna,2025-11-03,calls,5\n"
        "Anna,2025-11-03,calls,5\n"
        "Anna,2025-11-03,calls,6\n"
        "Anna,2025-11-31,calls,5\n"
        "Anna,2025-11-04,shoes,5\n"
        "Anna,2025-11-04,conversion,0.5\n"
        "Anna,2025-11-04,calls,\n"
        "Anna,,calls,5\n",
    )
    assert rows.value == [5]
    assert rows.duplicates == 1
    assert [each.line for each in rows.rejected] == [4, 5, 6, 7, 8, 9]


def test_facts_need_days(tmp_path):
    with pytest.raises(DomainError, match="by day"):
        facts(tmp_path, "member,month,metric,value\nAnna,2025-11,calls,5\n")
    with pytest.raises(DomainError, match="metric"):
        facts(tmp_path, "member,day,value\nAnna,2025-11-01,5\n")
    with pytest.raises(DomainError, match="shoes"):
        facts(tmp_path, "member,day,value\nAnna,2025-11-01,5\n", metric="shoes")


def test_plan_of_department_and_members(tmp_path):
    rows = plan(
        tmp_path,
        "Сотрудник;Месяц;План\nАнна;ноябрь 2025;500 000\n;11.2025;1000000\nЛис;2025/11/01;5\n",
        metric="receipts",
    )
    assert rows.member == ["Анна", "", "Лис"]
    assert rows.period == ["2025-11"] * 3
    assert rows.value == [50000000, 100000000, 500]


def test_plan_without_members_is_the_departments(tmp_path):
    rows = plan(tmp_path, "month,metric,value\n2025-11,conversion,18.5%\n2025-12,conversion,0.2\n")
    assert rows.member == ["", ""]
    assert rows.value == [1850, 2000]


def test_plan_from_a_sheet(tmp_path):
    book = new_book()
    book.active.append(["member", "month", "metric", "value"])
    book.active.append([272, dt.datetime.fromisoformat("2025-11-01T00:00:00"), "receipts", 100.5])
    book.save(tmp_path / "plan.xlsx")
    table = read_table(tmp_path / "plan.xlsx")
    rows = parse_plan(table, fact_spec(table), Metrics())
    assert (rows.member, rows.period, rows.value) == (["272"], ["2025-11"], [10050])


@pytest.mark.parametrize(
    ("cell", "month"),
    [("2025-11", "2025-11"), ("11.2025", "2025-11"), ("Ноябрь 2025 г.", "2025-11"), ("", None),
     ("01.11.2025", "2025-11"), (dt.date(2025, 11, 30), "2025-11"), ("nov 2025", "2025-11")],
)  # fmt: skip
def test_month(cell, month):
    assert parse_month(cell) == month


@pytest.mark.parametrize("cell", ["2025-13", "13.2025", "весна", 5, "11"])
def test_bad_month(cell):
    assert isinstance(parse_month(cell), DomainError)


def test_members(tmp_path):
    table = table_of(
        tmp_path,
        "Ключ;Код;ФИО;Должность;Принят\n"
        "272;A1;Анна  Иванова;менеджер;01.02.2024\n"
        "273;A2;анна иванова;менеджер;01.02.2024\n"
        "274;;Пётр Лис;стажёр;\n"
        "275;;;стажёр;\n"
        "276;;Яна;стажёр;31.02.2024\n",
    )
    rows = parse_members(
        table, ["name=ФИО", "alias=Ключ", "alias=Код", "position=Должность", "hired=Принят"]
    )
    assert rows.name == ["Анна Иванова", "Пётр Лис"]
    assert rows.aliases == [("272", "A1", "273", "A2"), ("274",)]
    assert rows.position == ["менеджер", "стажёр"]
    assert rows.hired == ["2024-02-01", None]
    assert rows.duplicates == 1
    assert [each.line for each in rows.rejected] == [5, 6]
    assert rows.read == len(rows) + len(rows.rejected) + rows.duplicates


def test_members_are_guessed(tmp_path):
    rows = parse_members(table_of(tmp_path, "sales_agent,manager\nAnna,Oleg\n"))
    assert rows.name == ["Anna"]
    with pytest.raises(DomainError, match="name"):
        parse_members(table_of(tmp_path, "x,y\na,b\n"))
