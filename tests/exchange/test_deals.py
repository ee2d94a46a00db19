import csv
import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.errors import DomainError
from ropdesk.exchange.deals import DealRows, deal_spec, parse_deals
from ropdesk.exchange.reading import read_table
from tests.exchange.books import new_book
from tests.exchange.shapes import AMO_2022, AMO_XLSX, BITRIX, filled

TODAY = dt.date(2026, 1, 31)


def read(path: Path, rows: Sequence[Sequence[object]], **options) -> DealRows:
    encoding = options.pop("encoding", "utf-8")
    delimiter = options.pop("delimiter", ";")
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    file = path / "deals.csv"
    file.write_bytes(out.getvalue().encode(encoding))
    table = read_table(file)
    deals = parse_deals(table, deal_spec(table, today=TODAY, **options))
    assert deals.read == len(deals) + len(deals.rejected) + deals.duplicates
    assert len(set(deals.external_id)) == len(deals)
    return deals


HEADER = ["ID", "Менеджер", "Этап", "Сумма", "Создана", "Дата закрытия", "Товар", "Название"]


def lines(*rows: str) -> list[list[str]]:
    return [HEADER, *(row.split("|") for row in rows)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("header", [AMO_2022, AMO_XLSX])
def test_amocrm(tmp_path, encoding, header):
    created = "Дата создания" if header is AMO_XLSX else "Дата создания сделки"
    amount = "Бюджет ₽" if header is AMO_XLSX else "Бюджет"
    if encoding == "cp1251" and header is AMO_XLSX:
        amount, header = "Бюджет ", [name.replace(" ₽", " ") for name in header]
    won = {
        "ID": "20115001", "Название сделки": "Окна", amount: "1250000",
        "Ответственный": "Анна Иванова",
        created: "05.03.2024 10:11:12", "Дата закрытия": "07.03.2024 09:00:00",
        "Этап сделки": "Успешно реализовано", "Воронка": "Продажи", "Примечание": "раз\nдва",
    }  # fmt: skip
    lost = won | {"ID": "20115002", "Этап сделки": "Закрыто и не реализовано", amount: "0"}
    fresh = won | {
        "ID": "20115003",
        "Этап сделки": "Первичный контакт",
        "Дата закрытия": "не закрыта",
    }
    rows = [header, *(filled(header, each) for each in (won, lost, fresh))]
    deals = read(tmp_path, rows, encoding=encoding, delimiter=",")
    assert deals.preset == "amocrm"
    assert deals.external_id == ["20115001", "20115002", "20115003"]
    assert deals.status == ["won", "lost", "open"]
    assert deals.amount == [125000000, 0, 125000000]
    assert deals.created == ["2024-03-05"] * 3
    assert deals.closed == ["2024-03-07", "2024-03-07", None]
    assert deals.line == [2, 4, 6]
    assert deals.owner == ["Анна Иванова"] * 3
    assert deals.pipeline == ["Продажи"] * 3


def bitrix(**cells: object) -> list[object]:
    base = {
        "ID": "31", "Направление": "Общее", "Стадия сделки": "Сделка успешна",
        "Название сделки": "Окна", "Сумма": "350000.00", "Ответственный": "Пётр Лис",
        "Дата создания": "05.03.2024 10:11:12", "Предполагаемая дата закрытия": "07.03.2024",
        "Источник": "Звонок",
    }  # fmt: skip
    return filled(BITRIX, base | cells)


def test_bitrix24_counts_product_rows_once(tmp_path):
    rows = [
        BITRIX,
        bitrix(Товар="Рама"),
        bitrix(Товар="Стекло"),
        bitrix(ID="32", **{"Стадия сделки": "Новая"}),
    ]
    deals = read(tmp_path, rows, encoding="utf-8-sig")
    assert deals.preset == "bitrix24"
    assert deals.external_id == ["31", "32"]
    assert deals.amount == [35000000, 35000000]
    assert deals.duplicates == 1
    assert deals.closed == ["2024-03-07", None]
    assert deals.unmapped_stages == {}


def test_bitrix24_with_amounts_that_differ_is_asked_about(tmp_path):
    rows = [BITRIX, bitrix(Товар="Рама"), bitrix(Товар="Стекло", Сумма="10")]
    with pytest.raises(DomainError, match="--repeated sum or --repeated first"):
        read(tmp_path, rows)
    assert read(tmp_path, rows, repeated="sum").amount == [35001000]
    assert read(tmp_path, rows, repeated="first").amount == [35000000]


def test_identical_rows_are_the_same_deal_again(tmp_path):
    row = "1|Анна|Won|100|01.02.2024|05.02.2024|Окна|А"
    deals = read(tmp_path, lines(row, row, "2|Анна|Lost|5|01.02.2024|05.02.2024|Окна|Б"))
    assert deals.amount == [10000, 500]
    assert deals.duplicates == 1


def test_lines_of_one_deal_add_up(tmp_path):
    rows = lines(
        "1|Анна|Won|100|01.02.2024|05.02.2024|Окна|А",
        "1|Анна|Won|250,5|01.02.2024|05.02.2024|Двери|А",
        "2|Анна|Won|70|01.02.2024|05.02.2024|Окна|Б",
        "3|Анна|Won|70|01.02.2024|05.02.2024|Окна|В",
        "3|Анна|Won|70|01.02.2024|05.02.2024|Двери|В",
    )
    deals = read(tmp_path, rows)
    assert deals.amount == [35050, 7000, 14000]
    assert deals.duplicates == 2
    assert deals.line == [2, 4, 5]


def test_one_amount_on_different_products_is_asked_about(tmp_path):
    rows = lines(
        "1|Анна|Won|100|01.02.2024|05.02.2024|Окна|А",
        "1|Анна|Won|100|01.02.2024|05.02.2024|Двери|А",
    )
    with pytest.raises(DomainError, match=r"lines \(2, 3\)"):
        read(tmp_path, rows)
    assert read(tmp_path, rows, repeated="first").amount == [10000]
    assert read(tmp_path, rows, repeated="sum").amount == [20000]
    with pytest.raises(DomainError, match="to be refused"):
        read(tmp_path, rows, repeated="refuse")


@pytest.mark.parametrize(
    "again",
    [
        "1|Пётр|Won|100|01.02.2024|05.02.2024|Окна|А",
        "1|Анна|Lost|100|01.02.2024|05.02.2024|Окна|А",
        "1|Анна|Won|100|01.02.2024|06.02.2024|Окна|А",
        "1|Анна|Won|170|01.02.2024|05.02.2024|Окна|А",
    ],
)
def test_one_deal_in_two_states_is_asked_about(tmp_path, again):
    rows = lines("1|Анна|Won|100|01.02.2024|05.02.2024|Окна|А", again)
    with pytest.raises(DomainError, match="--repeated first"):
        read(tmp_path, rows)
    assert read(tmp_path, rows, repeated="first").amount == [10000]


def test_identical_lines_among_lines_that_add_up_are_asked_about(tmp_path):
    rows = lines(
        "1|Анна|Won|100|01.02.2024|05.02.2024|Окна|А",
        "1|Анна|Won|100|01.02.2024|05.02.2024|Окна|А",
        "1|Анна|Won|250|01.02.2024|05.02.2024|Двери|А",
    )
    with pytest.raises(DomainError, match="identical lines"):
        read(tmp_path, rows)
    assert read(tmp_path, rows, repeated="sum").amount == [45000]


def test_no_line_of_a_deal_is_taken_when_one_is_wrong(tmp_path):
    rows = lines(
        "1|Анна|Won|100|01.02.2024|05.02.2024|Окна|А",
        "1|Анна|Won|?|01.02.2024|05.02.2024|Двери|А",
        "2|Анна|Won|1|01.02.2024|05.02.2024|Окна|Б",
        "2|Анна|Won|2|01.02.2024|05.02.2024|Двери|Б",
    )
    deals = read(tmp_path, rows)
    assert deals.external_id == ["2"]
    assert [each.line for each in deals.rejected] == [2, 3]


def test_bad_cells_are_rejected_by_line(tmp_path):
    deals = read(
        tmp_path,
        lines(
            "1|Анна|Won|сто|01.02.2024|05.02.2024|Окна|А",
            "2|Анна|Won|100|31.02.2024|05.02.2024|Окна|А",
            "3|Анна|Won|100|01.02.2024|05.02.1900|Окна|А",
            "|Анна|Won|100|01.02.2024|05.02.2024|Окна|А",
            f"5|Анна|Won|{'9' * 25}|01.02.2024|05.02.2024|Окна|А",
            "6|Анна|Won|=1+1|01.02.2024|05.02.2024|Окна|А",
            "7|Анна|Won|100|01.02.2024|05.02.2024|=cmd|'+7900",
        ),
    )
    assert deals.external_id == ["7"]
    assert deals.title == ["'+7900"]
    assert [each.line for each in deals.rejected] == [2, 3, 4, 5, 6, 7]
    assert "Сумма" in str(deals.rejected[0].reason)


def test_columns_that_swap_halfway_are_rejected_from_there(tmp_path):
    rows = [f"{n}|Анна|Won|{n}00|01.02.2024|05.02.2024|Окна|А" for n in range(1, 6)]
    rows += [f"{n}|Анна|Won|05.02.2024|01.02.2024|{n}00|Окна|А" for n in range(6, 11)]
    deals = read(tmp_path, lines(*rows))
    assert len(deals) == 5
    assert [each.line for each in deals.rejected] == [7, 8, 9, 10, 11]


def test_owner_and_stage_that_change_places_are_rejected(tmp_path):
    rows = [f"{n}|Анна|Won|{n}00|01.02.2024|05.02.2024|Окна|А" for n in range(1, 4)]
    rows += [f"{n}|Won|Анна|{n}00|01.02.2024|05.02.2024|Окна|А" for n in range(4, 7)]
    deals = read(tmp_path, lines(*rows))
    assert set(deals.owner) == {"Анна"}
    assert [each.line for each in deals.rejected] == [5, 6, 7]


def test_suspicious_rows_are_kept_and_named(tmp_path):
    deals = read(
        tmp_path,
        lines(
            "1|Анна|Won|100|05.02.2024|01.02.2024|Окна|А",
            "2|Анна|Lost|100|05.02.2024|01.02.2026|Окна|А",
            "3|Анна|Won||05.02.2024||Окна|А",
            "4|Анна|Переговоры||05.02.2024||Окна|А",
        ),
    )
    assert len(deals) == 4
    assert deals.suspicious == [
        (2, "closed_before_created"), (3, "closed_in_future"), (4, "won_without_closed"),
        (4, "won_without_amount"),
    ]  # fmt: skip


def test_named_stages_are_all_there_is(tmp_path):
    rows = lines(
        "1|Анна|Оплачено|100|05.02.2024|06.02.2024|Окна|А",
        "2|Анна|Отгружено|100|05.02.2024|06.02.2024|Окна|А",
        "3|Анна|Отказ|100|05.02.2024|06.02.2024|Окна|А",
    )
    deals = read(tmp_path, rows, won=["отгружено "])
    assert deals.status == ["open", "won", "lost"]
    assert deals.unmapped_stages == {"Оплачено": 1}
    assert deals.stages == {"Оплачено": ("open", 1), "Отгружено": ("won", 1), "Отказ": ("lost", 1)}
    assert deals.closed == [None, "2024-02-06", "2024-02-06"]


def test_ids_are_made_where_there_are_none(tmp_path):
    header = ["Менеджер", "Статус", "Оплата", "Дата оплаты"]
    rows = [
        header,
        ["Анна", "Won", "5", "05.02.2024"],
        ["Анна", "Won", "5", "05.02.2024"],
        ["Лис", "Won", "6", "05.02.2024"],
    ]
    first, again = read(tmp_path, rows), read(tmp_path, rows)
    assert first.external_id == again.external_id
    assert len(first) == 3
    assert all(each.startswith("~") for each in first.external_id)


def test_owner_and_stage_are_needed(tmp_path):
    with pytest.raises(DomainError, match="owner"):
        read(tmp_path, [["ID", "Сумма"], ["1", "2"]])
    with pytest.raises(DomainError, match="stage==Won"):
        read(tmp_path, [["ID", "Менеджер"], ["1", "2"]])
    deals = read(tmp_path, [["ID", "Менеджер"], ["1", "2"]], maps=["stage==Won"])
    assert deals.status == ["won"]


def test_maps_beat_the_preset(tmp_path):
    rows = [BITRIX, bitrix(**{"Дата начала": "01.03.2024"})]
    deals = read(tmp_path, rows, maps=["created=Дата начала", "source==Сайт"])
    assert deals.created == ["2024-03-01"]
    assert deals.source == ["Сайт"]


def test_sheet_values(tmp_path):

    book = new_book()
    book.active.append(
        ["ID", "Ответственный", "Стадия сделки", "Тип", "Сумма", "Дата создания", "Дата закрытия"]
    )
    book.active.append(
        [
            996776338175,
            "Анна",
            "Сделка успешна",
            "",
            10.1,
            dt.datetime.fromisoformat("2024-03-01T09:00:00"),
            dt.datetime.fromisoformat("2024-03-02T00:00:00"),
        ]
    )
    book.active.append(
        [
            7,
            "Анна",
            "Сделка успешна",
            "",
            dt.datetime.fromisoformat("2024-03-01T00:00:00"),
            500,
            dt.datetime.fromisoformat("2024-03-02T00:00:00"),
        ]
    )
    book.save(tmp_path / "a.xlsx")
    table = read_table(tmp_path / "a.xlsx")
    deals = parse_deals(table, deal_spec(table))
    assert deals.external_id == ["996776338175"]
    assert deals.amount == [1010]
    assert (deals.created, deals.closed) == (["2024-03-01"], ["2024-03-02"])
    assert [each.line for each in deals.rejected] == [3]


AMOUNTS = st.integers(1, 10**9)


@given(st.lists(st.lists(AMOUNTS, min_size=2, max_size=4, unique=True), min_size=1, max_size=6))
def test_sums_of_lines_are_exact(tmp_path_factory, orders):
    rows = [
        f"{number}|Анна|Won|{amount // 100}.{amount % 100:02}|01.02.2024|05.02.2024|т{place}|А"
        for number, order in enumerate(orders)
        for place, amount in enumerate(order)
    ]
    deals = read(tmp_path_factory.mktemp("orders"), lines(*rows))
    assert deals.amount == [sum(order) for order in orders]
    assert deals.duplicates == sum(len(order) - 1 for order in orders)
