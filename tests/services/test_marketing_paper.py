"""The agreement on paper, from the workspace and from the command line."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ropdesk import i18n
from ropdesk.__main__ import main
from ropdesk.domain.errors import DomainError
from ropdesk.domain.months import add_months
from ropdesk.services import (
    marketing_channels,
    marketing_edit,
    marketing_leads,
    marketing_paper,
    sample_marketing,
    settings,
)
from ropdesk.services.marketing_edit import TermEdit
from ropdesk.store.workspace import Workspace
from tests.reports.test_monthly import pages
from tests.services.leads import Lead, put
from tests.services.test_marketing import LONG, MONTH, TODAY

ISSUED = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)
END = date(2026, 10, 31)


@pytest.fixture(autouse=True)
def _language():
    i18n.set_language("ru")
    yield
    i18n.set_language("ru")


def _agreed(ws: Workspace) -> None:
    settings.change(ws, company="ООО «Северный ветер»", sales_head="Соколова Анна")
    put(ws, [Lead(status="won"), Lead(status="lost", reason="Спам"), Lead(LONG)])
    marketing_leads.choose_reasons(ws, ["Спам"])
    marketing_channels.set_costs(ws, MONTH, {"Сайт": 1_000_00}, TODAY)
    edits = [
        TermEdit("Сайт", "inquiries", 2), TermEdit("Сайт", "accepted_share", 6_000),
        TermEdit("Сайт", "price_per_lead", 600_00), TermEdit("Сайт", "first_contact", 15),
        TermEdit("Сайт", "fact_first_contact", 12), TermEdit(LONG, "inquiries", 10),
        TermEdit("Сайт", "marketing_owes", "Имя и телефон"),
        TermEdit(LONG, "marketing_owes", "Имя и телефон"),
        TermEdit("Сайт", "sales_owe", "Ответ за день"),
    ]  # fmt: skip
    marketing_edit.change(ws, MONTH, edits, TODAY)
    marketing_edit.agree(ws, MONTH, "Лебедев Кирилл", date(2026, 10, 1))


def test_before_closing_the_page_has_promises_only(ws: Workspace) -> None:
    _agreed(ws)
    title, pdf = marketing_paper.agreement(ws, MONTH, TODAY, ISSUED)
    assert title == "Соглашение по лидам на октябрь 2026"
    (text,) = pages(pdf)
    flat = text.replace("\n", " ")
    for part in (
        "Согласовано 01.10.2026", "Сайт", "600", "Имя и телефон", "Сайт: Ответ за день",
        "Руководитель отдела продаж, Соколова Анна", "Лебедев Кирилл", "«Спам»", "22 рабочих дня",
    ):  # fmt: skip
        assert part in flat, part
    assert "выполнено" not in flat
    assert flat.count("Имя и телефон") == 1  # the same words for both sources


def test_after_closing_the_page_has_facts_and_the_conclusion(ws: Workspace) -> None:
    _agreed(ws)
    correction = [TermEdit("Сайт", "inquiries", 3)]
    marketing_edit.change(ws, MONTH, correction, TODAY, "запустили вторую кампанию")
    marketing_edit.close(ws, MONTH, "Меняем график дежурств", END)
    (text,) = pages(marketing_paper.agreement(ws, MONTH, END, ISSUED)[1])
    flat = text.replace("\n", " ")
    for part in (
        "закрыто 31.10.2026", "2 / 3", "50 / 60", "500 / 600", "12 / 15", "не выполнено",
        "Меняем график дежурств", "Исправлено 22.10.2026, Сайт: запустили вторую кампанию",
        "факт / обещано",
    ):  # fmt: skip
        assert part in flat, part


def test_a_month_without_an_agreement_has_no_paper(ws: Workspace) -> None:
    put(ws, [Lead()])
    with pytest.raises(DomainError):
        marketing_paper.agreement(ws, MONTH, TODAY, ISSUED)


def test_a_draft_says_so_and_english_is_complete(ws: Workspace) -> None:
    marketing_edit.change(ws, MONTH, [TermEdit("Site", "inquiries", 2)], TODAY)
    i18n.set_language("en")
    (text,) = pages(marketing_paper.agreement(ws, MONTH, TODAY, ISSUED)[1])
    assert "Draft" in text
    assert "Head of marketing" in text


def test_the_command_writes_the_page(
    ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _agreed(ws)
    ws.close()
    target = tmp_path / "соглашение.pdf"
    base = ["--lang", "ru", "--workspace", str(ws.path), "report", "agreement"]
    assert main([*base, "--month", "2026-10", "-o", str(target)]) == 0
    (text,) = pages(target.read_bytes())
    assert "Соглашение по лидам на октябрь 2026" in text.replace("\n", " ")
    target.unlink()
    assert main([*base, "--month", "2026-11", "-o", str(target)]) == 1
    assert not target.exists()
    assert "11.2026" in capsys.readouterr().err


@pytest.mark.parametrize("today", [TODAY, date(2026, 1, 3), date(2026, 10, 1)])
def test_the_sample_has_agreements_costs_and_disputes(ws: Workspace, today: date) -> None:
    names = [source.name for source in sample_marketing.SOURCES]
    month = today.replace(day=1)
    leads = [
        Lead(name, day, "lost", "Дорого", day, owner="Иванова Мария")
        for name in names
        for day in (month, month, month)
    ]
    put(ws, leads)
    sample_marketing.sample(ws, today, {"Иванова Мария": 1})
    told = marketing_channels.summary(ws, month, today)
    assert told.agreement.state == "agreed"
    before = marketing_channels.summary(ws, add_months(month, -1))
    assert before.agreement.state == "closed"
    assert all(line.texts.conclusion for line in before.agreement.agreed_lines)
    states = {lead.state for lead in marketing_leads.register(ws, month)}
    nobody_worked = today == date(2026, 1, 3)
    assert states == (set() if nobody_worked else {"asked", "answered", "accepted", "rejected"})
