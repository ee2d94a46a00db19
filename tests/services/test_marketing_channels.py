"""Channels against raw deals; costs; disputed leads."""

import sqlite3
from datetime import date
from fractions import Fraction

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.services import (
    history,
    marketing_channels,
    marketing_costs,
    marketing_edit,
    marketing_facts,
    marketing_leads,
)
from ropdesk.services.marketing_channels import CLOSED
from ropdesk.services.marketing_edit import TermEdit
from ropdesk.services.marketing_facts import BehindLeads
from ropdesk.services.marketing_leads import Said
from ropdesk.store.workspace import Workspace
from tests.services.leads import Lead, deal_id, put
from tests.services.test_marketing import LONG, MONTH, TODAY, invented

SEPTEMBER = date(2026, 9, 1)


def raw(ws: Workspace, sql: str) -> dict[str, tuple[int, ...]]:
    """Ask the file itself; the first column is the source."""
    connection = sqlite3.connect(ws.path)
    try:
        return {row[0]: row[1:] for row in connection.execute(sql)}
    finally:
        connection.close()


@pytest.mark.parametrize("months", [1, 2])
def test_channels_by_inquiry_are_those_of_raw_sql(ws: Workspace, months: int) -> None:
    put(ws, invented())
    first = "2026-10-01" if months == 1 else "2026-09-01"
    expected = raw(
        ws,
        "SELECT source, count(*), sum(status = 'won'), "
        "coalesce(sum(CASE WHEN status = 'won' THEN amount END), 0), sum(status = 'open') "
        f"FROM deal WHERE created BETWEEN '{first}' AND '2026-10-22' GROUP BY source",
    )
    found = marketing_channels.channels(ws, MONTH, TODAY, months=months)
    assert {
        c.source: (c.now.inquiries, c.now.won, c.now.receipts, c.still_open) for c in found.channels
    } == expected
    assert found.total.receipts == sum(row[2] for row in expected.values())
    assert (found.first, found.last) == (date.fromisoformat(first), TODAY)
    for channel in found.channels:
        where = BehindLeads(channel.source, found.first, found.last, won=True)
        assert marketing_facts.deals(ws, where)[1] == channel.now.won


def test_channels_by_payment_are_those_of_raw_sql(ws: Workspace) -> None:
    put(ws, invented())
    expected = raw(
        ws,
        "SELECT source, count(*), coalesce(sum(amount), 0) FROM deal WHERE status = 'won' "
        "AND closed BETWEEN '2026-10-01' AND '2026-10-22' GROUP BY source",
    )
    found = marketing_channels.channels(ws, MONTH, TODAY, basis=CLOSED)
    told = {c.source: (c.now.won, c.now.receipts) for c in found.channels if c.now.won}
    assert told == expected
    assert found.ripe
    assert all(channel.ripe for channel in found.channels)
    for source, (won, _receipts) in expected.items():
        where = BehindLeads(source, MONTH, TODAY, paid=True)
        assert marketing_facts.deals(ws, where)[1] == won
    everything = marketing_facts.deals(ws, BehindLeads(None, MONTH, TODAY, paid=True))
    assert everything[1] == found.total.won


def test_the_span_before_and_the_trend(ws: Workspace) -> None:
    days = [date(2026, 5, 20)] * 3 + [date(2026, 8, 1)] + [date(2026, 9, 30)] * 2
    put(ws, [Lead(created=day) for day in [*days, MONTH]])
    (channel,) = marketing_channels.channels(ws, MONTH, TODAY).channels
    assert channel.trend == (3, 0, 0, 1, 2, 1)
    assert (channel.now.inquiries, channel.before.inquiries) == (1, 2)
    (quarter,) = marketing_channels.channels(ws, MONTH, TODAY, months=3).channels
    assert (quarter.now.inquiries, quarter.before.inquiries) == (4, 3)


def test_what_a_channel_gives_back(ws: Workspace) -> None:
    won = Lead(status="won", amount=50_000_00, closed=date(2026, 10, 20))
    put(ws, [won, Lead(), Lead(), Lead(), Lead("Рекомендации"), Lead(LONG), Lead("")])
    marketing_channels.set_costs(ws, MONTH, {"Сайт": 20_000_00, "Рекомендации": 0, "": 0}, TODAY)
    found = marketing_channels.channels(ws, MONTH, TODAY)
    site, others = found.channels[0], {c.source: c for c in found.channels[1:]}
    assert (site.now.conversion, site.now.per_inquiry) == (Fraction(1, 4), 5_000_00)
    assert (site.now.per_won, site.now.romi) == (20_000_00, Fraction(3, 2))
    assert (site.ripe, site.still_open) == (False, 3)
    assert (found.ripe, found.still_open) == (False, 6)
    assert others["Рекомендации"].now.romi is None  # free: nothing to divide by
    assert others[LONG].now.cost is None
    assert others[LONG].without_cost == (MONTH,)
    assert found.channels[-1].source == ""
    assert found.total.cost is None
    assert found.costed.cost == 20_000_00
    assert found.costed.inquiries == 6
    history.undo(ws)
    assert marketing_channels.channels(ws, MONTH, TODAY).costed.cost is None


def test_a_cost_of_some_months_is_no_cost_of_the_span(ws: Workspace) -> None:
    put(ws, [Lead(created=SEPTEMBER), Lead()])
    marketing_channels.set_costs(ws, MONTH, {"Сайт": 100}, TODAY)
    (quarter,) = marketing_channels.channels(ws, MONTH, TODAY, months=3).channels
    assert (quarter.now.cost, quarter.without_cost) == (None, (SEPTEMBER,))
    marketing_costs.set_source_costs(ws, "Сайт", {SEPTEMBER: 50, MONTH: 70})
    (quarter,) = marketing_channels.channels(ws, MONTH, TODAY, months=3).channels
    assert (quarter.now.cost, quarter.without_cost) == (120, ())
    marketing_costs.set_source_costs(ws, "Сайт", {SEPTEMBER: None})
    months = marketing_channels.by_month(ws, "Сайт", MONTH, TODAY)
    assert [(m.month.month, m.economics.inquiries, m.economics.cost) for m in months[:3]] == [
        (10, 1, 70), (9, 1, None), (8, 0, None),
    ]  # fmt: skip
    with pytest.raises(DomainError):
        marketing_costs.set_source_costs(ws, "Сайт", {MONTH: -1})


def test_one_source_by_month_adds_up(ws: Workspace) -> None:
    put(ws, invented())
    for basis in ("created", CLOSED):
        together = marketing_channels.by_month(ws, None, MONTH, TODAY, basis)
        names = ("Сайт", "Директ", "", LONG)
        each = [marketing_channels.by_month(ws, name, MONTH, TODAY, basis) for name in names]
        for number, month in enumerate(together):
            assert month.economics.won == sum(one[number].economics.won for one in each)
            assert month.economics.receipts == sum(one[number].economics.receipts for one in each)


def test_no_deals_no_channels(ws: Workspace) -> None:
    found = marketing_channels.channels(ws, MONTH, TODAY)
    assert (found.channels, found.trend, found.total.conversion) == ((), (), None)
    assert all(
        m.economics.inquiries == 0 for m in marketing_channels.by_month(ws, None, MONTH, TODAY)
    )
    assert marketing_channels.summary(ws, MONTH).empty


def test_the_summary_of_a_month(ws: Workspace) -> None:
    put(ws, [Lead(status="won", number="1"), Lead(), Lead("Директ")])
    edits = [TermEdit("Сайт", "inquiries", 2), TermEdit("Директ", "inquiries", 5)]
    marketing_edit.change(ws, MONTH, edits, TODAY)
    assert marketing_channels.summary(ws, MONTH, TODAY).fulfilled == 0  # drafts bind nobody
    marketing_edit.agree(ws, MONTH, "Лебедев", TODAY)
    marketing_leads.dispute(ws, [deal_id(ws, "1")], "дубль", TODAY)
    told = marketing_channels.summary(ws, MONTH, TODAY)
    assert (told.fulfilled, told.broken, told.partly, told.unknown) == (1, 1, 0, 0)
    assert (told.disputed, told.empty) == (1, False)
    assert told.channels.total.inquiries == 3


def test_a_dispute_from_reason_to_settlement(ws: Workspace) -> None:
    put(ws, [Lead(number="A-17", title="Монтаж: АО «Ёлка»"), Lead("Директ", number="18")])
    (found,) = marketing_leads.find(ws, MONTH, "ЁЛК сайт")
    assert (found.number, found.verdict, found.state) == ("A-17", "undecided", "")
    assert [lead.number for lead in marketing_leads.find(ws, MONTH, "иванова")] == ["18", "A-17"]
    assert len(marketing_leads.find(ws, MONTH, limit=1)) == 1
    assert marketing_leads.find(ws, SEPTEMBER) == []
    with pytest.raises(DomainError):
        marketing_leads.dispute(ws, [found.deal_id], " ", TODAY)
    with pytest.raises(DomainError):
        marketing_leads.dispute(ws, [], "дубль", TODAY)
    marketing_leads.dispute(ws, [found.deal_id], "несуществующий\nтелефон", TODAY)
    (lead,) = marketing_leads.register(ws, MONTH)
    assert (lead.state, lead.reason) == ("asked", "несуществующий телефон")
    assert marketing_leads.find(ws, MONTH, "ёлка") == []  # it is disputed already
    marketing_leads.explain(ws, [Said(lead.deal_id, answer="проверяем")])
    assert marketing_leads.register(ws, MONTH)[0].state == "answered"
    marketing_leads.explain(ws, [Said(lead.deal_id, reason="номер не отвечает")])
    with pytest.raises(DomainError):
        marketing_leads.explain(ws, [Said(lead.deal_id, reason="")])
    marketing_leads.settle(ws, [lead.deal_id], TODAY, accepted=False)
    (lead,) = marketing_leads.register(ws, MONTH)
    assert (lead.state, lead.settled_on, lead.reason) == ("rejected", TODAY, "номер не отвечает")
    history.undo(ws)
    assert marketing_leads.register(ws, MONTH)[0].state == "answered"
    marketing_leads.withdraw(ws, [lead.deal_id])
    assert marketing_leads.register(ws, MONTH) == []
    for gone in (
        lambda: marketing_leads.withdraw(ws, [lead.deal_id]),
        lambda: marketing_leads.explain(ws, [Said(lead.deal_id, answer="да")]),
        lambda: marketing_leads.settle(ws, [], TODAY, accepted=True),
    ):
        with pytest.raises(DomainError):
            gone()


def test_reasons_are_chosen_from_those_seen(ws: Workspace) -> None:
    lost = [Lead(status="lost", reason=name) for name in ("Дорого", "Спам", "Дорого", "")]
    put(ws, [*lost, Lead(reason="Открыта")])
    marketing_leads.choose_reasons(ws, ["Спам", "Прежняя"])
    told = [(r.reason, r.deals, r.rejects) for r in marketing_leads.reasons(ws)]
    assert told == [("Дорого", 2, False), ("Спам", 1, True), ("Прежняя", 0, True)]
    marketing_leads.choose_reasons(ws, ["Дорого"])
    assert [r.reason for r in marketing_leads.reasons(ws) if r.rejects] == ["Дорого"]
