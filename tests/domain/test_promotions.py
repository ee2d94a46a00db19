"""Promotions: what each step needs, and which of them disturb each other."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain import promotions
from ropdesk.domain.errors import DomainError
from ropdesk.domain.promotions import ORDER, State, Terms

FIRST, LAST = date(2026, 10, 5), date(2026, 10, 16)
WHOLE = Terms(
    offer="Доставка даром", first=FIRST, last=LAST, agreed_by="Смирнов", conclusion="Повторить"
)
DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 1))


def fields(state: State, terms: Terms) -> list[str]:
    return [name for name, _words in promotions.missing(state, terms)]


def test_each_step_needs_what_it_is_about() -> None:
    assert [fields(state, Terms()) for state in ORDER] == [
        [],
        ["offer"],
        ["offer", "first", "last", "agreed_by"],
        ["offer", "first", "last", "agreed_by"],
        ["offer", "first", "last", "agreed_by", "conclusion"],
    ]
    for state in ORDER:
        promotions.check(state, WHOLE)
    with pytest.raises(DomainError) as caught:
        promotions.check(State.FINISHED, Terms(offer="Даром", first=FIRST, last=LAST))
    assert caught.value.fields["field"] == "agreed_by"


def test_a_period_may_be_open_and_not_turned_round() -> None:
    promotions.period(None, LAST)
    promotions.period(FIRST, FIRST)
    with pytest.raises(DomainError, match="ends before it begins"):
        promotions.period(LAST, FIRST)


def test_texts_are_kept_tidy_and_bounded() -> None:
    assert promotions.title("  Осенняя \n распродажа ") == "Осенняя распродажа"
    assert promotions.words(" a\nb ", "offer") == "a\nb"
    for empty in ("", "  \n "):
        with pytest.raises(DomainError, match="needs a name"):
            promotions.title(empty)
    with pytest.raises(DomainError, match="longer than 120"):
        promotions.title("а" * 121)
    with pytest.raises(DomainError, match="longer than 4000"):
        promotions.words("а" * 4001, "offer")


def test_a_cost_is_unknown_or_not_below_zero() -> None:
    assert promotions.cost(None, "budget") is None
    assert promotions.cost(0, "budget") == 0
    with pytest.raises(DomainError, match="below zero"):
        promotions.cost(-1, "budget")


@given(DAYS, st.integers(0, 20), DAYS, st.integers(0, 20))
def test_promotions_overlap_when_they_share_a_day(
    one: date, long: int, other: date, longer: int
) -> None:
    a = Terms(first=one, last=one + timedelta(long))
    b = Terms(first=other, last=other + timedelta(longer))
    shared = {one + timedelta(n) for n in range(long + 1)} & {
        other + timedelta(n) for n in range(longer + 1)
    }
    assert promotions.overlap(a, b) is promotions.overlap(b, a) is bool(shared)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (Terms(), Terms(members=[1]), True),
        (Terms(members=[1, 2]), Terms(members=[2, 3]), True),
        (Terms(members=[1]), Terms(members=[3]), False),
        (Terms(sources=["Сайт"]), Terms(sources=["Выставка"]), False),
        (Terms(members=[1], sources=["Сайт"]), Terms(sources=["Сайт"]), True),
    ],
)
def test_the_same_days_disturb_only_where_people_and_sources_meet(
    one: Terms, other: Terms, meet: bool
) -> None:
    def dated(terms: Terms) -> Terms:
        return Terms(first=FIRST, last=LAST, members=terms.members, sources=terms.sources)

    assert promotions.overlap(dated(one), dated(other)) is meet
    assert not promotions.overlap(one, dated(other))
    assert not promotions.overlap(dated(one), Terms(first=FIRST))


def test_the_calendar_asks_to_start_and_to_conclude() -> None:
    assert promotions.to_do(State.AGREED, WHOLE, FIRST) is State.RUNNING
    assert promotions.to_do(State.AGREED, WHOLE, FIRST - timedelta(1)) is None
    assert promotions.to_do(State.RUNNING, WHOLE, LAST) is None
    assert promotions.to_do(State.RUNNING, WHOLE, LAST + timedelta(1)) is State.FINISHED
    assert promotions.to_do(State.FINISHED, WHOLE, date(2027, 1, 1)) is None
    assert promotions.to_do(State.AGREED, Terms(), FIRST) is None
    assert promotions.to_do(State.RUNNING, Terms(), FIRST) is None


def test_what_a_rouble_brought_is_known_only_with_both() -> None:
    assert promotions.returned(Fraction(300), 100) == 3
    assert promotions.returned(None, 100) is None
    assert promotions.returned(Fraction(300), None) is None
    assert promotions.returned(Fraction(300), 0) is None
