"""Plan sheets to sign."""

from dataclasses import replace

import pytest

from ropdesk import i18n
from ropdesk.reports.plan_sheets import member_plan_sheets, plan_sheet
from tests.reports import samples
from tests.reports.test_monthly import MARGIN, pages, pieces


@pytest.fixture(autouse=True)
def _language():
    i18n.set_language("ru")
    yield
    i18n.set_language("ru")


def test_the_department_sheet_shows_plan_members_days_and_signatures():
    (text,) = pages(plan_sheet(samples.plan_sheet()))
    for part in (
        "План: Октябрь 2026",
        "Версия 2, утверждён 30.09.2026 (Смирнов А. В.)",
        "сценарий «Стандарт»",
        "22 рабочих дня",
        "Причина этой версии: уточнён план",
        "12,00 млн ₽",
        "12 000 000",
        "минимум 10,50 млн ₽",
        "Иванова Мария",
        "2 950 000",
        "По дням: Поступления, ₽",
        "545 454",
        "Руководитель отдела продаж",
        "Директор",
    ):
        assert part in text.replace("\n", " "), part
    assert text.count("545 454") == 22


def test_sixty_members_repeat_the_header_and_keep_the_total_with_a_row():
    texts = pages(plan_sheet(samples.plan_sheet(60)))
    assert len(texts) == 3
    assert sum("Менеджер\n" in t for t in texts) == 2
    assert "Орлов Никита 59" in texts[1]
    assert "12 000 000\n" in texts[1]


def test_each_member_has_a_page_and_signs_it():
    names = ["Ким Дарья", "Константинопольский-Задунайский Иннокентий"]
    texts = pages(member_plan_sheets([samples.member_sheet(n) for n in names]))
    assert len(texts) == 2
    for number, (name, text) in enumerate(zip(names, texts, strict=True), 1):
        assert text.count(name) == 2  # on top and at the signature
        assert "менеджер по продажам" in text
        assert "01.10–04.10" in text
        assert "Руководитель отдела продаж" in text
        assert f"{number} / 2" in text


def test_no_sheets_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="at least one"):
        member_plan_sheets([])


def test_reprints_are_identical():
    assert plan_sheet(samples.plan_sheet()) == plan_sheet(samples.plan_sheet())
    one = [samples.member_sheet()]
    assert member_plan_sheets(one) == member_plan_sheets(one)


@pytest.mark.parametrize("members", [0, 1, 60])
def test_nothing_leaves_the_margins(members):
    for page, x, y, text in pieces(plan_sheet(samples.plan_sheet(members))):
        assert MARGIN <= x <= 595.3 - MARGIN, (page, x, text)
        assert 30 <= y <= 842 - 36, (page, y, text)


def test_a_sheet_without_metrics_or_days_still_prints():
    bare = replace(samples.plan_sheet(), metrics=(), days=(), members=(), scenarios=())
    assert "План: Октябрь 2026" in pages(plan_sheet(bare))[0]


def test_english_plurals():
    i18n.set_language("en")
    assert "22 working days" in pages(plan_sheet(samples.plan_sheet()))[0]
    one = replace(samples.plan_sheet(), working_days=1)
    assert "1 working day" in pages(plan_sheet(one))[0]
