"""Columns that say when a deal came to a stage, as exports name them."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.exchange.deals import DealRows, deal_spec, parse_deals
from ropdesk.exchange.reading import read_table
from ropdesk.exchange.table import RawTable

TODAY = dt.date(2026, 10, 22)
HEAD = ["ID", "Менеджер", "Этап", "Сумма", "Создана", "Дата закрытия"]


def table(path: Path, head: list[str], *rows: list[str]) -> RawTable:
    file = path / "deals.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *rows])
    return read_table(file)


def read(path: Path, head: list[str], *rows: list[str], **options) -> DealRows:
    made = table(path, head, *rows)
    return parse_deals(made, deal_spec(made, today=TODAY, **options))


def row(stage: str, *more: str, number: str = "1") -> list[str]:
    return [number, "Иванова", stage, "1", "01.10.2026", "", *more]


@pytest.mark.parametrize(
    ("column", "stage"),
    [
        ("Дата перехода на этап КП отправлено", "КП отправлено"),
        ("Дата перехода в стадию «КП отправлено»", "КП отправлено"),
        ("Дата входа на этап: КП отправлено", "КП отправлено"),
        ("Дата этапа «КП отправлено»", "КП отправлено"),
        ("КП отправлено: дата", "КП отправлено"),
        ("Этап «КП отправлено» (дата)", "КП отправлено"),
        ("Дата КП отправлено", "КП отправлено"),
        ('Date entered "КП отправлено (Sales Pipeline)"', "КП отправлено"),
        ("Date entered Proposal", "Proposal"),
        ("Date entered Proposal (Sales Pipeline)", "Proposal"),
    ],
)
def test_a_column_named_after_a_stage(tmp_path: Path, column: str, stage: str) -> None:
    rows = read(tmp_path, [*HEAD, column], row("КП отправлено", "05.10.2026"))
    assert rows.stage_dates == {"1": ((stage, "2026-10-05"),)}


@pytest.mark.parametrize(
    "column", ["Дата редактирования", "Дата рождения", "Комментарий к этапу", "Дата", "Этап: дата"]
)
def test_another_column_is_none(tmp_path: Path, column: str) -> None:
    rows = read(tmp_path, [*HEAD, column], row("КП отправлено", "05.10.2026"))
    assert rows.stage_dates == {}


@pytest.mark.parametrize(
    "column",
    ["Дата изменения стадии", "Дата перехода на этап", "Last Stage Change Date", "MOVED_TIME"],
)
def test_since_when_a_deal_is_in_its_stage(tmp_path: Path, column: str) -> None:
    rows = read(
        tmp_path, [*HEAD, column], row("Переговоры", "05.10.2026 11:00:00"),
        row("Успешно реализовано", "06.10.2026", number="2"),
        row("Переговоры", "", number="3"), row("Переговоры", "не было", number="4"),
        row("Переговоры", "23.10.2026", number="5"),
    )  # fmt: skip
    # A closed deal has its closing day; what is no past day tells nothing and refuses nothing.
    assert rows.stage_dates == {"1": (("Переговоры", "2026-10-05"),)}
    assert len(rows) == 5


def test_bitrix24_says_it(tmp_path: Path) -> None:
    head = ["ID", "Стадия сделки", "Название сделки", "Сумма", "Ответственный",
            "Дата создания", "Дата изменения стадии"]  # fmt: skip
    rows = read(
        tmp_path, head, ["7", "В работе", "Окна", "1", "Иванова", "01.10.2026", "03.10.2026"]
    )
    assert rows.preset == "bitrix24"
    assert rows.stage_dates == {"7": (("В работе", "2026-10-03"),)}


def test_maps_name_the_columns_of_stages(tmp_path: Path) -> None:
    head = [*HEAD, "c1", "c2", "Дата этапа «Сам»"]
    maps = ("stage:Новая=c1", "stage:КП = и договор=c2")
    with pytest.raises(DomainError, match="no column"):
        read(tmp_path, head, row("Новая", "", "", ""), maps=maps)
    rows = read(
        tmp_path, head, row("Новая", "03.10.2026", "02.10.2026", "01.10.2026"),
        maps=("stage:Новая=c1", "stage:КП=c2", "owner=Менеджер"),
    )  # fmt: skip
    assert rows.stage_dates == {"1": (("КП", "2026-10-02"), ("Новая", "2026-10-03"))}


@pytest.mark.parametrize("option", ["stage:=c1", "stage:Новая==05.10.2026", "step:Новая=c1"])
def test_a_wrong_map_is_said(tmp_path: Path, option: str) -> None:
    with pytest.raises(DomainError, match="is not a mapping"):
        read(tmp_path, [*HEAD, "c1"], row("Новая", "03.10.2026"), maps=(option,))


def test_closed_stages_and_refused_rows_have_no_dates(tmp_path: Path) -> None:
    head = [*HEAD, "Дата этапа «Новая»", "Дата этапа «Оплачен»"]
    rows = read(
        tmp_path, head, row("Оплачен", "02.10.2026", "04.10.2026"),
        ["2", "Иванова", "Новая", "1", "99.99.2026", "", "02.10.2026", ""],
    )  # fmt: skip
    assert rows.stage_dates == {"1": (("Новая", "2026-10-02"),)}
    assert len(rows.rejected) == 1
