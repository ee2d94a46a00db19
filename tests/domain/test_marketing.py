"""Judging an agreement about leads, and what a channel gives back."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.marketing import (
    Economics,
    Kept,
    LeadFacts,
    Outcome,
    Promise,
    Side,
    judge,
    outcome,
    per_piece,
    ripe,
    romi,
    together,
    total_facts,
    total_promise,
)

counts = st.integers(0, 10_000)
leads = st.builds(LeadFacts, counts, counts, counts, counts, st.none() | counts)
promises = st.builds(Promise, st.none() | counts, st.none() | st.integers(0, 10_000))


def test_a_promise_beside_its_fact():
    promise = Promise(100, 8_000, 500_00, 15, 400)
    facts = LeadFacts(40, 10, 2, 8, 24_000_00, 20, 350)
    found = judge(promise, facts, 10, 20)
    assert [(t.code, t.fact, t.due, t.kept) for t in found.terms] == [
        ("inquiries", 60, 50, Kept.KEPT),
        ("accepted_share", 8_000, 8_000, Kept.KEPT),
        ("price_per_lead", 400_00, 500_00, Kept.KEPT),
        ("first_contact", 20, 15, Kept.BROKEN),
        ("attempts", 350, 400, Kept.BROKEN),
    ]
    assert (found.marketing, found.sales) == (Outcome.FULFILLED, Outcome.NOT)
    asked = found.term("inquiries")
    assert asked is not None
    assert (asked.deviation, asked.completion) == (10, Fraction(60, 50))
    assert {t.side for t in found.terms} == {Side.MARKETING, Side.SALES}


def test_what_is_not_promised_is_not_judged():
    found = judge(Promise(), LeadFacts(5), 1, 2)
    assert found.terms == ()
    assert found.term("inquiries") is None
    assert (found.marketing, found.sales) == (Outcome.NONE, Outcome.NONE)


def test_what_is_not_known_is_never_kept():
    found = judge(Promise(10, 5_000, 100, 15, 300), LeadFacts(undecided=10), 2, 2)
    assert [t.kept for t in found.terms] == [Kept.KEPT, *[Kept.UNKNOWN] * 4]
    assert (found.marketing, found.sales) == (Outcome.UNKNOWN, Outcome.UNKNOWN)
    share = found.term("accepted_share")
    assert share is not None
    assert (share.deviation, share.completion, share.near) == (None, None, False)


def test_a_month_without_working_days_is_judged_whole():
    found = judge(Promise(10), LeadFacts(5), 0, 0)
    assert found.terms[0].due == 10
    assert found.marketing is Outcome.NOT
    nothing_due = judge(Promise(10), LeadFacts(), 0, 20).terms[0]
    assert (nothing_due.kept, nothing_due.completion) == (Kept.KEPT, None)


@pytest.mark.parametrize(
    ("accepted", "near"), [(96, True), (95, True), (94, False), (100, False), (120, False)]
)
def test_a_near_miss(accepted, near):
    assert judge(Promise(100), LeadFacts(accepted), 1, 1).terms[0].near is near


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([], Outcome.NONE),
        ([Kept.KEPT, Kept.KEPT], Outcome.FULFILLED),
        ([Kept.KEPT, Kept.UNKNOWN], Outcome.UNKNOWN),
        ([Kept.UNKNOWN], Outcome.UNKNOWN),
        ([Kept.BROKEN, Kept.KEPT], Outcome.PARTLY),
        ([Kept.BROKEN, Kept.KEPT, Kept.UNKNOWN], Outcome.PARTLY),
        ([Kept.BROKEN], Outcome.NOT),
        ([Kept.BROKEN, Kept.UNKNOWN], Outcome.NOT),
    ],
)
def test_outcomes(terms, expected):
    assert outcome(terms) is expected
    assert outcome(reversed(terms)) is expected


@given(leads)
def test_every_inquiry_has_one_verdict(facts):
    assert facts.inquiries == facts.decided + facts.disputed + facts.undecided
    if facts.decided:
        assert facts.quality is not None
        assert 0 <= facts.quality <= 1
    else:
        assert facts.quality is None
    if facts.cost is None or not facts.inquiries:
        assert facts.price is None
    else:
        assert facts.price == Fraction(facts.cost, facts.inquiries)


@given(st.integers(1, 10_000), st.integers(0, 23))
def test_due_grows_to_the_promise(promised, passed):
    due = judge(Promise(promised), LeadFacts(), passed, 23).terms[0].due
    assert due == Fraction(promised * passed, 23)
    assert judge(Promise(promised), LeadFacts(promised), 23, 23).marketing is Outcome.FULFILLED


@given(st.lists(promises, max_size=6))
def test_promises_together(each):
    whole = total_promise(each)
    known = [p.inquiries for p in each if p.inquiries is not None]
    assert whole.inquiries == (sum(known) if known else None)
    shares = [p.accepted_share for p in each if p.inquiries and p.accepted_share is not None]
    if shares:
        assert min(shares) <= whole.accepted_share <= max(shares)
    else:
        assert whole.accepted_share is None
    assert (whole.price_per_lead, whole.first_contact, whole.attempts) == (None, None, None)


def test_shares_are_weighed_by_inquiries():
    whole = total_promise([Promise(300, 9_000, 100), Promise(100, 5_000, 500), Promise(None, 1)])
    assert whole == Promise(400, 8_000, 200)
    assert total_promise([Promise(0, 5_000)]) == Promise(0)


@given(st.lists(leads, max_size=6))
def test_facts_together(each):
    whole = total_facts(each)
    assert whole.inquiries == sum(f.inquiries for f in each)
    assert whole.accepted == sum(f.accepted for f in each)
    if each and all(f.cost is not None for f in each):
        assert whole.cost == sum(f.cost for f in each)
    else:
        assert whole.cost is None


def test_return_on_cost():
    assert romi(300, 100) == 2
    assert romi(50, 100) == Fraction(-1, 2)
    assert romi(300, 0) is None
    assert romi(300, None) is None
    assert per_piece(100, 0) is None
    assert per_piece(None, 5) is None
    assert per_piece(0, 5) == 0


def test_economics():
    channel = Economics(10, 6, 8, 2, 500_00, 100_00)
    assert channel.quality == Fraction(3, 4)
    assert channel.conversion == Fraction(1, 5)
    assert (channel.per_inquiry, channel.per_won, channel.romi) == (10_00, 50_00, 4)
    empty = Economics()
    assert (empty.quality, empty.conversion, empty.per_inquiry, empty.per_won, empty.romi) == (
        None, None, None, None, None,
    )  # fmt: skip


@given(st.lists(st.builds(Economics, counts, counts, counts, counts, counts, st.none() | counts)))
def test_channels_together(each):
    whole = together(each)
    assert whole.inquiries == sum(part.inquiries for part in each)
    assert whole.receipts == sum(part.receipts for part in each)
    known = bool(each) and all(part.cost is not None for part in each)
    assert whole.cost == (sum(part.cost for part in each) if known else None)


@pytest.mark.parametrize(
    ("still_open", "inquiries", "expected"),
    [(0, 0, True), (5, 100, True), (6, 100, False), (1, 19, False), (1, 20, True)],
)
def test_ripe(still_open, inquiries, expected):
    assert ripe(still_open, inquiries) is expected
