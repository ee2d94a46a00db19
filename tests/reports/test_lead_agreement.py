"""The agreement on leads: one page, two signatures, whatever is written on it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ropdesk import i18n
from ropdesk.reports.lead_agreement import lead_agreement
from ropdesk.reports.lead_agreement_model import LeadAgreementPaper, SourceRow
from ropdesk.reports.model import DocumentHead
from tests.reports.test_monthly import pages

LONG = "Реклама на радио «Дорожное» утром по будням, второй квартал!"
PAPER = LeadAgreementPaper(
    DocumentHead(
        "ООО «Северный ветер»", "отдел продаж", "Соглашение по лидам на октябрь 2026", "",
        datetime(2026, 10, 22, 9, tzinfo=UTC), "соглашение: согласовано",
    ),
    "Соглашение по лидам на октябрь 2026", "Согласовано 30.09.2026 · 22 рабочих дня",
    ("Обращения, не менее", "Принято, %, не менее"),
    (SourceRow("Сайт", ("760", "92")), SourceRow(LONG, ("290", "90"))),
    SourceRow("Вместе", ("1 050", "91,4")),
    marketing=("Имя и телефон в каждом лиде",), sales=("Результат в тот же день",),
    criteria=("Есть бюджет",), notes=("Факт — на день закрытия.",),
    signers=("Руководитель отдела продаж, Соколова Анна", "Руководитель маркетинга, Лебедев К."),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _language():
    i18n.set_language("ru")
    yield
    i18n.set_language("ru")


def test_the_page_says_who_owes_what_and_is_signed():
    (text,) = pages(lead_agreement(PAPER))
    for part in (
        "Соглашение по лидам на октябрь 2026", "Согласовано 30.09.2026", "Сайт", "760",
        "Вместе", "1 050", "Маркетинг обязуется", "Имя и телефон в каждом лиде",
        "Продажи обязуются", "Результат в тот же день", "Какой лид целевой", "Есть бюджет",
        "Факт — на день закрытия.", "Соколова Анна", "Руководитель маркетинга", "1 / 1",
    ):  # fmt: skip
        assert part in text.replace("\n", " "), part
    assert "Вывод по месяцу" not in text


def test_the_same_paper_gives_the_same_bytes():
    assert lead_agreement(PAPER) == lead_agreement(PAPER)


@pytest.mark.parametrize(("sources", "letters"), [(5, 1_000), (40, 10), (60, 1_000)])
def test_one_page_whatever_is_written(sources, letters):
    rows = tuple(SourceRow(f"{LONG} {n}", ("1 000 000", "100")) for n in range(sources))
    texts = tuple("Слово " * (letters // 6) + f"{n}" for n in range(3))
    paper = replace(
        PAPER, rows=rows, marketing=texts, sales=texts, criteria=texts, conclusions=texts,
        notes=texts,
    )  # fmt: skip
    (text,) = pages(lead_agreement(paper))
    assert "Вывод по месяцу" in text
    assert "Вместе" in text
    assert "1 / 1" in text
    if sources == 60:
        assert "и ещё 42 источника" in text.replace("\n", " ")


def test_an_agreement_of_bare_numbers():
    bare = replace(PAPER, marketing=(), sales=(), criteria=(), notes=(), total=None)
    (text,) = pages(lead_agreement(bare))
    assert "обязу" not in text
    assert "760" in text
