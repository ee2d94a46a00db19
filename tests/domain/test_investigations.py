"""What each step of an investigation needs, and which days are compared."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain import investigations as rules
from ropdesk.domain.errors import DomainError
from ropdesk.domain.investigations import State
from ropdesk.domain.metrics import Kind

D = date(2026, 10, 22)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def refused(call, *args):
    with pytest.raises(DomainError) as caught:
        call(*args)
    return caught.value.fields.get("field")


def test_a_question_is_one_line_and_not_empty():
    assert rules.question("  Почему\nупала   конверсия? ") == "Почему упала конверсия?"
    assert refused(rules.question, " \n ") == "question"
    assert refused(rules.question, "я" * 201) == "question"
    assert rules.question("я" * 200) == "я" * 200


def test_longer_words_keep_their_lines():
    assert rules.words(" раз\nдва ", "cause") == "раз\nдва"
    assert refused(rules.words, "я" * 4001, "cause") == "cause"


def test_a_period_does_not_end_before_it_begins():
    assert rules.period(D, D) == (D, D)
    assert refused(rules.period, D, D - timedelta(1)) == "period"


def test_a_decision_needs_its_cause_its_words_and_a_day():
    last, later = D - timedelta(3), D + timedelta(14)
    rules.check_decision("причина", "решение", D, last, later)
    assert refused(rules.check_decision, " ", "решение", D, last, later) == "cause"
    assert refused(rules.check_decision, "причина", "", D, last, later) == "decision"
    assert refused(rules.check_decision, "причина", "решение", D, last, None) == "remeasure_on"
    assert refused(rules.check_decision, "причина", "решение", D, last, D) == "remeasure_on"
    assert refused(rules.check_remeasure, D, D + timedelta(20), later) == "remeasure_on"


def test_a_verdict_is_given_once_and_after_a_decision():
    rules.check_verdict(State.ACTING)
    for state in (State.OPEN, State.CLOSED):
        refused(rules.check_verdict, state)
    rules.check_open(State.OPEN)
    rules.check_open(State.ACTING)
    refused(rules.check_open, State.CLOSED)


def test_only_what_is_acted_upon_is_due_from_its_day_on():
    assert rules.due(State.ACTING, D, D)
    assert rules.due(State.ACTING, D, D + timedelta(40))
    assert not rules.due(State.ACTING, D, D - timedelta(1))
    assert not rules.due(State.ACTING, None, D)
    assert not rules.due(State.OPEN, D, D)
    assert not rules.due(State.CLOSED, D, D)


def test_after_begins_when_both_the_decision_and_the_period_are_over():
    first, last = date(2026, 9, 1), date(2026, 9, 30)
    end = date(2026, 10, 30)
    assert rules.compared(first, last, date(2026, 10, 5), end) == (
        (first, last),
        (date(2026, 10, 6), end),
    )
    assert rules.compared(first, last, date(2026, 9, 20), end)[1] == (date(2026, 10, 1), end)


def test_whole_months_step_back_by_months():
    assert rules.earlier(date(2026, 3, 1), date(2026, 3, 31)) == (
        date(2026, 2, 1),
        date(2026, 2, 28),
    )
    assert rules.earlier(date(2026, 1, 1), date(2026, 3, 31), 2) == (
        date(2025, 7, 1),
        date(2025, 9, 30),
    )
    assert rules.earlier(date(2026, 10, 5), date(2026, 10, 11)) == (
        date(2026, 9, 28),
        date(2026, 10, 4),
    )
    assert rules.earlier(date(2026, 10, 1), date(2026, 10, 10)) == (
        date(2026, 9, 21),
        date(2026, 9, 30),
    )


@given(DAYS, st.integers(1, 100), st.integers(1, 6))
def test_earlier_periods_stand_side_by_side(first, length, steps):
    last = first + timedelta(length - 1)
    spans = [(first, last), *(rules.earlier(first, last, n) for n in range(1, steps + 1))]
    for later, before in pairwise(spans):
        assert before[1] + timedelta(1) == later[0]
        assert before[0] <= before[1]


@given(st.fractions(min_value=-(10**9), max_value=10**9), st.sampled_from(Kind))
def test_what_a_verdict_keeps_is_read_back_within_half_a_part(value, kind):
    again = rules.measured(rules.kept(value, kind), kind)
    part = Fraction(1, 100) if kind is Kind.FLOW else Fraction(1)
    assert abs(again - value) <= part / 2


@pytest.mark.parametrize("kind", Kind)
def test_the_unknown_stays_unknown(kind):
    assert rules.kept(None, kind) is None
    assert rules.measured(None, kind) is None
