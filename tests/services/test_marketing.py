"""Agreements about leads: facts against raw deals, states, corrections, undo."""

import sqlite3
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.marketing import Kept, LeadFacts, Outcome, Promise
from ropdesk.services import (
    history,
    marketing,
    marketing_edit,
    marketing_facts,
    marketing_leads,
    team,
)
from ropdesk.services.marketing_edit import TermEdit
from ropdesk.services.marketing_facts import BehindLeads
from ropdesk.store.workspace import Workspace
from tests.services.leads import Lead, deal_id, put

MONTH = date(2026, 10, 1)
END = date(2026, 10, 31)
TODAY = date(2026, 10, 22)
LONG = "Реклама на радио «Дорожное» утром по будням, второй квартал!"


def agreed(ws: Workspace, source: str = "Сайт", month: date = MONTH, **terms: int | str) -> None:
    """Agree on a source."""
    fields = terms or {"inquiries": 100}
    edits = [TermEdit(source, field, value) for field, value in fields.items()]
    marketing_edit.change(ws, month, edits, TODAY)
    marketing_edit.agree(ws, month, "Лебедев Кирилл", TODAY)


def line(ws: Workspace, source: str = "Сайт", as_of: date = TODAY) -> marketing.AgreementLine:
    """Return a source's line of October."""
    found = marketing.month(ws, MONTH, as_of).line(source)
    assert found is not None
    return found


def invented(n: int = 600) -> list[Lead]:
    """Invent leads of three months: every status, reason, source, some without a day."""
    random = Random(7)
    made = []
    for _each in range(n):
        status = random.choice(("open", "won", "lost", "lost"))
        created = date(2026, 8, 15) + timedelta(random.randrange(90))
        closed = None if status == "open" else created + timedelta(random.randrange(20))
        made.append(
            Lead(
                random.choice(("Сайт", "Директ", "", LONG)),
                None if random.random() < 0.05 else created,
                status,
                random.choice(("", "Дорого", "Спам", "Не наш профиль")) if status == "lost" else "",
                closed,
                random.randrange(1, 10**7) if random.random() < 0.9 else None,
                random.choice(("Иванова Мария", "Петров Алексей")),
            )
        )
    return made


def test_facts_are_those_of_the_deals_one_by_one(ws: Workspace) -> None:
    leads = invented()
    put(ws, leads)
    marketing_leads.choose_reasons(ws, ["Спам", "Не наш профиль"])
    expected: Counter[tuple[str, str]] = Counter()
    for lead in leads:
        if lead.created is None or not MONTH <= lead.created <= TODAY:
            continue
        verdict = "undecided"
        if lead.status == "won" or (lead.status == "lost" and lead.reason == "Дорого"):
            verdict = "accepted"
        elif lead.status == "lost" and lead.reason in {"Спам", "Не наш профиль"}:
            verdict = "rejected"
        expected[lead.source, verdict] += 1
    view = marketing.month(ws, MONTH, TODAY)
    told = {
        (each.source, verdict): getattr(each.facts, verdict)
        for each in view.lines
        for verdict in marketing_facts.VERDICTS
        if getattr(each.facts, verdict)
    }
    assert told == dict(expected)
    assert view.inquiries == sum(expected.values())
    for (source, verdict), n in expected.items():
        where = BehindLeads(source, MONTH, TODAY, verdict)
        deals, count = marketing_facts.deals(ws, where)
        assert (len(deals), count) == (n, n)
        assert {deal.source for deal in deals} == {source}


def test_inquiries_are_those_of_raw_sql(ws: Workspace) -> None:
    put(ws, invented())
    with sqlite3.connect(ws.path) as raw:
        expected = dict(
            raw.execute(
                "SELECT source, count(*) FROM deal WHERE created >= '2026-10-01' "
                "AND created < '2026-11-01' GROUP BY source"
            )
        )
    raw.close()
    view = marketing.month(ws, MONTH, date(2026, 12, 1))
    assert {each.source: each.facts.inquiries for each in view.lines} == expected
    assert view.lines[-1].source == ""  # those without a source come last
    assert not view.lines[-1].editable


def test_without_chosen_reasons_no_lost_lead_is_decided(ws: Workspace) -> None:
    put(ws, [Lead(status="lost", reason="Дорого"), Lead(status="won"), Lead()])
    assert line(ws).facts == LeadFacts(accepted=1, undecided=2)
    marketing_leads.choose_reasons(ws, ["Спам"])
    assert line(ws).facts == LeadFacts(accepted=2, undecided=1)
    history.undo(ws)
    assert line(ws).facts == LeadFacts(accepted=1, undecided=2)


def test_a_verdict_by_hand_wins(ws: Workspace) -> None:
    put(ws, [Lead(status="lost", reason="Спам", number="1"), Lead(status="won", number="2")])
    marketing_leads.choose_reasons(ws, ["Спам"])
    marketing_leads.settle(ws, [deal_id(ws, "1")], TODAY, accepted=True)
    marketing_leads.settle(ws, [deal_id(ws, "2")], TODAY, accepted=False)
    assert line(ws).facts == LeadFacts(accepted=1, rejected=1)
    marketing_leads.dispute(ws, [deal_id(ws, "2")], "дубль", TODAY)
    assert line(ws).facts == LeadFacts(accepted=1, disputed=1)
    marketing_leads.withdraw(ws, [deal_id(ws, "1"), deal_id(ws, "2")])
    assert line(ws).facts == LeadFacts(accepted=1, rejected=1)


def test_a_deal_leaves_with_its_import(ws: Workspace) -> None:
    team.add(ws, _member())
    put(ws, [Lead(number="1")])
    marketing_leads.dispute(ws, [deal_id(ws, "1")], "дубль", TODAY)
    assert len(marketing_leads.register(ws, MONTH)) == 1
    history.undo(ws)
    history.undo(ws)
    assert marketing_leads.register(ws, MONTH) == []
    assert marketing.month(ws, MONTH, TODAY).lines == ()


def _member() -> team.Member:
    return team.Member(0, "Иванова Мария", hired=date(2025, 1, 1))


def test_typing_into_an_empty_row_makes_a_draft(ws: Workspace) -> None:
    put(ws, [Lead() for _each in range(8)])
    assert line(ws).state == "none"
    edits = [
        TermEdit("Сайт", "inquiries", 11), TermEdit("Сайт", "accepted_share", 9_000),
        TermEdit("Сайт", "cost", 800_00), TermEdit(LONG, "inquiries", 5),
        TermEdit("Никто", "inquiries", None),
    ]  # fmt: skip
    marketing_edit.change(ws, MONTH, edits, TODAY)
    found = line(ws)
    assert (found.state, found.promise) == ("draft", Promise(11, 9_000))
    assert found.facts.price == 100_00
    asked = found.judgement.term("inquiries")
    assert asked is not None
    assert (asked.due, asked.fact, asked.kept) == (Fraction(11 * 16, 22), 8, Kept.KEPT)
    view = marketing.month(ws, MONTH, TODAY)
    assert (view.passed, view.days, view.state) == (16, 22, "draft")
    assert [each.source for each in view.agreed_lines] == ["Сайт", LONG]
    assert view.total is not None
    assert view.total.promise.inquiries == 16
    assert view.total.facts.inquiries == 8
    history.undo(ws)
    assert marketing.month(ws, MONTH, TODAY).agreed_lines == ()


def test_what_is_agreed_changes_by_a_correction_only(ws: Workspace) -> None:
    put(ws, [Lead()])
    agreed(ws, inquiries=100, sales_owe="Звонить сразу")
    edit = [TermEdit("Сайт", "inquiries", 90)]
    view = marketing.month(ws, MONTH, TODAY)
    assert marketing_edit.needs_reason(view, edit)
    assert not marketing_edit.needs_reason(view, [TermEdit("Сайт", "fact_attempts", 300)])
    with pytest.raises(DomainError):
        marketing_edit.change(ws, MONTH, edit, TODAY)
    assert line(ws).promise.inquiries == 100
    marketing_edit.change(ws, MONTH, edit, TODAY, "сайт\nлежал три дня")
    found = line(ws)
    assert found.promise.inquiries == 90
    assert [(c.on, c.reason) for c in found.corrections] == [(TODAY, "сайт лежал три дня")]
    marketing_edit.change(ws, MONTH, [TermEdit("Сайт", "fact_attempts", 300)], TODAY)
    assert len(line(ws).corrections) == 1  # a fact is no correction
    assert history.entries(ws)[1].fields["reason"] == "сайт лежал три дня"
    history.undo(ws)
    history.undo(ws)
    assert line(ws).promise.inquiries == 100
    assert line(ws).corrections == ()


def test_agreeing_asks_for_both_sides_and_a_number(ws: Workspace) -> None:
    with pytest.raises(DomainError):
        marketing_edit.agree(ws, MONTH, "Лебедев", TODAY)
    marketing_edit.add(ws, MONTH, "  Выставка  ")
    with pytest.raises(DomainError):
        marketing_edit.add(ws, MONTH, "Выставка")
    with pytest.raises(DomainError):
        marketing_edit.add(ws, MONTH, "  ")
    with pytest.raises(DomainError):
        marketing_edit.agree(ws, MONTH, "Лебедев", TODAY)
    marketing_edit.change(ws, MONTH, [TermEdit("Выставка", "inquiries", 5)], TODAY)
    with pytest.raises(DomainError) as refused:
        marketing_edit.agree(ws, MONTH, "  ", TODAY)
    assert refused.value.fields["field"] == "head"
    marketing_edit.agree(ws, MONTH, "Лебедев", TODAY)
    found = line(ws, "Выставка")
    assert (found.state, found.agreed_on, found.marketing_head) == ("agreed", TODAY, "Лебедев")


def test_a_closed_agreement_keeps_its_facts(ws: Workspace) -> None:
    put(ws, [Lead(status="won", number=str(n)) for n in range(4)])
    agreed(ws, inquiries=4, accepted_share=10_000, first_contact=15)
    with pytest.raises(DomainError):
        marketing_edit.close(ws, MONTH, "итог", date(2026, 10, 29))  # the last working day is 30.10
    with pytest.raises(DomainError) as refused:
        marketing_edit.close(ws, MONTH, " ", date(2026, 10, 30))
    assert refused.value.fields["field"] == "conclusion"
    marketing_edit.close(ws, MONTH, "Всё выполнено", date(2026, 10, 30))
    marketing_leads.settle(ws, [deal_id(ws, "1")], END, accepted=False)
    found = line(ws, as_of=END)
    assert (found.state, found.closed_on) == ("closed", date(2026, 10, 30))
    assert found.facts == LeadFacts(accepted=4)
    assert (found.now.accepted, found.now.rejected) == (3, 1)
    assert found.judgement.marketing is Outcome.FULFILLED
    assert found.judgement.sales is Outcome.UNKNOWN
    assert found.texts.conclusion == "Всё выполнено"
    for field, value in (("inquiries", 1), ("fact_attempts", 100), ("conclusion", "другой")):
        with pytest.raises(DomainError):
            marketing_edit.change(ws, MONTH, [TermEdit("Сайт", field, value)], END, "почему")
    with pytest.raises(DomainError):
        marketing_edit.remove(ws, MONTH, "Сайт")
    with pytest.raises(DomainError):
        marketing_edit.reopen(ws, MONTH, "", END)
    marketing_edit.reopen(ws, MONTH, "пересчёт", END)
    found = line(ws, as_of=END)
    assert (found.state, found.closed_on, found.facts.rejected) == ("agreed", None, 1)
    assert found.corrections[-1].reason == "пересчёт"
    history.undo(ws)
    assert line(ws, as_of=END).facts == LeadFacts(accepted=4)
    with pytest.raises(DomainError):
        marketing_edit.close(ws, MONTH, "ещё раз", END)


def test_copying_the_month_before(ws: Workspace) -> None:
    before = date(2026, 9, 1)
    agreed(ws, "Сайт", before, inquiries=100, criteria="Есть бюджет", fact_attempts=300)
    agreed(ws, "Директ", before, inquiries=50)
    view = marketing.month(ws, MONTH, TODAY)
    assert view.earlier == before
    marketing_edit.change(ws, MONTH, [TermEdit("Директ", "inquiries", 70)], TODAY)
    assert marketing_edit.copy_from(ws, MONTH, before) == 1
    found = line(ws)
    assert (found.state, found.promise.inquiries, found.texts.criteria) == (
        "draft", 100, "Есть бюджет",
    )  # fmt: skip
    assert found.facts.attempts is None  # a fact is not copied
    assert found.marketing_head == "Лебедев Кирилл"
    assert line(ws, "Директ").promise.inquiries == 70
    with pytest.raises(DomainError):
        marketing_edit.copy_from(ws, MONTH, before)
    marketing_edit.remove(ws, MONTH, "Сайт")
    assert marketing.month(ws, MONTH, TODAY).line("Сайт") is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("inquiries", -1), ("accepted_share", 10_001), ("price_per_lead", 10**13),
        ("attempts", -5), ("cost", -1), ("cost", 10**14), ("criteria", "я" * 1_001),
    ],
)  # fmt: skip
def test_values_that_cannot_be(ws: Workspace, field: str, value: int | str) -> None:
    with pytest.raises(DomainError):
        marketing_edit.change(ws, MONTH, [TermEdit("Сайт", field, value)], TODAY)
    assert marketing.month(ws, MONTH, TODAY).lines == ()


def test_deals_without_a_source_cannot_be_agreed_on(ws: Workspace) -> None:
    put(ws, [Lead(source="")])
    with pytest.raises(DomainError):
        marketing_edit.change(ws, MONTH, [TermEdit("", "inquiries", 5)], TODAY)
    with pytest.raises(KeyError):
        marketing_edit.change(ws, MONTH, [TermEdit("Сайт", "state", 5)], TODAY)


def test_a_month_without_anything(ws: Workspace) -> None:
    view = marketing.month(ws, MONTH, TODAY)
    assert (view.lines, view.total, view.inquiries, view.state) == ((), None, 0, "none")
    future = marketing.month(ws, date(2027, 2, 1), TODAY)
    assert (future.lines, future.passed) == ((), 0)


def test_a_lead_whose_import_was_taken_back_is_said_to_be_gone(ws: Workspace) -> None:
    put(ws, [Lead(number="1")])
    known = deal_id(ws, "1")
    for attempt in (
        lambda: marketing_leads.dispute(ws, [known, 77], "Дубль", TODAY),
        lambda: marketing_leads.settle(ws, [known, 77], TODAY, accepted=True),
    ):
        with pytest.raises(DomainError, match="not in the register"):
            attempt()
    assert marketing_leads.register(ws, MONTH) == []
