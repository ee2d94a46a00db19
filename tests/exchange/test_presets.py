import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.exchange.presets import (
    find_preset,
    guess_mapping,
    guess_stage,
    headers_key,
    parse_maps,
    preset_mapping,
    recognise,
)
from ropdesk.exchange.table import unique_names
from tests.exchange.shapes import AMO_2022, AMO_TEMPLATE, AMO_XLSX, BITRIX, CALLS, SIPUNI_SHORT


@pytest.mark.parametrize("header", [AMO_2022, AMO_XLSX, AMO_TEMPLATE])
def test_amocrm(header):
    columns = unique_names(header)
    preset = recognise(columns, "deals")
    assert preset is not None
    assert preset.code == "amocrm"
    mapping = preset_mapping(preset, columns)
    assert {"title", "owner", "stage", "amount", "created", "closed"} <= set(mapping)


def test_amocrm_with_a_trailing_space_and_a_currency_sign():
    for name in ("Бюджет ", "Бюджет ₽", "Бюджет, руб.", "БЮДЖЕТ"):
        columns = ["ID", "Название сделки", name, "Ответственный", "Этап сделки", "Своё поле"]
        preset = recognise(columns)
        assert preset is not None
        assert preset_mapping(preset, columns)["amount"] == name


def test_the_deals_own_source_is_the_second_one():
    columns = unique_names(AMO_2022)
    preset = find_preset("amocrm", "deals")
    assert preset_mapping(preset, columns)["source"] == "Источник (2)"


@pytest.mark.parametrize("pipeline", ["Воронка", "Направление"])
def test_bitrix24(pipeline):
    columns = [pipeline if name == "Направление" else name for name in BITRIX]
    preset = recognise(columns)
    assert preset is not None
    assert (preset.code, preset.repeated) == ("bitrix24", "first")
    assert preset_mapping(preset, columns)["pipeline"] == pipeline


@pytest.mark.parametrize("code", sorted(CALLS))
def test_telephony(code):
    header, _rows = CALLS[code]
    preset = recognise(header, "calls")
    assert preset is not None
    assert preset.code == code


def test_sipuni_short_and_old():
    assert recognise(SIPUNI_SHORT).code == "sipuni"
    assert recognise([name.replace(", сек", "") for name in SIPUNI_SHORT]).code == "sipuni"


def test_unknown_files_are_not_recognised():
    assert recognise(["opportunity_id", "sales_agent", "deal_stage"]) is None
    assert recognise(["ID", "Сумма"]) is None


def test_unknown_preset():
    with pytest.raises(DomainError, match="amocrm, bitrix24"):
        find_preset("salesforce", "deals")
    with pytest.raises(DomainError):
        find_preset("amocrm", "calls")


def test_guesses():
    assert guess_mapping(
        [
            "opportunity_id",
            "sales_agent",
            "product",
            "account",
            "deal_stage",
            "engage_date",
            "close_date",
            "close_value",
        ],
        "deals",
    ) == {
        "id": "opportunity_id",
        "owner": "sales_agent",
        "stage": "deal_stage",
        "amount": "close_value",
        "created": "engage_date",
        "closed": "close_date",
    }
    assert guess_mapping(
        ["№", "Менеджер", "Сумма сделки, руб.", "Статус", "Дата оплаты"], "deals"
    ) == {
        "id": "№",
        "owner": "Менеджер",
        "amount": "Сумма сделки, руб.",
        "stage": "Статус",
        "closed": "Дата оплаты",
    }
    assert guess_mapping(["Дата и время", "Оператор", "Длительность"], "calls") == {
        "started": "Дата и время",
        "member": "Оператор",
        "talk": "Длительность",
    }


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        ("Успешно реализовано", "won"), ("Сделка успешна", "won"), ("Won", "won"),
        ("Closed Won", "won"), ("Оплачено", "won"), ("Закрыто и реализовано", "won"),
        ("Закрыто и не реализовано", "lost"), ("Сделка провалена", "lost"), ("Lost", "lost"),
        ("Отказ клиента", "lost"), ("Неуспешно", "lost"), ("Дубль", "lost"),
        ("Переговоры", "open"), ("Счёт не оплачен", "open"), ("Частично оплачен", "open"),
        ("Prospecting", "open"), ("", "open"), ("Новая", "open"),
    ],
)  # fmt: skip
def test_stages_by_name(stage, status):
    assert guess_stage(stage) == status


def test_headers_key_is_stable():
    assert headers_key(["ID", "Сумма"]) == headers_key([" id", "СУММА ₽"])
    assert headers_key(["ID", "Сумма"]) != headers_key(["Сумма", "ID"])
    assert headers_key(["ID"]) == headers_key(["ID"])


def test_maps():
    maps = parse_maps(
        ["id=№", "stage==Won", "alias=Код", "alias=Ключ"],
        ("id", "stage", "alias"),
        ["№", "Код", "Ключ"],
    )
    assert maps.columns == {"id": ("№",), "alias": ("Код", "Ключ")}
    assert maps.constants == {"stage": "Won"}
    with pytest.raises(DomainError, match="no column «нет»"):
        parse_maps(["id=нет"], ("id",), ["№"])
    for option in ("id", "colour=№"):
        with pytest.raises(DomainError, match="not a mapping"):
            parse_maps([option], ("id",), ["№"])
