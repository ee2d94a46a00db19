from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.facts import (
    Cell,
    State,
    aggregate,
    completion,
    deviation,
    state,
    whole_percent,
)
from ropdesk.domain.metrics import Direction, Metrics

METRICS = Metrics()
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def value(code, **cells):
    found = {key: [Cell(*cell) for cell in rows] for key, rows in cells.items()}
    return aggregate(METRICS[code], METRICS, found)


def test_flow_adds_up():
    rows = [(MONDAY, 1, 150), (TUESDAY, 1, 50), (TUESDAY, 2, 1)]
    assert value("receipts", receipts=rows) == Fraction(201, 100)
    assert value("calls", calls=rows) == 201
    assert value("calls") == 0


def test_stock_counts_each_members_last_level():
    rows = [(TUESDAY, 1, 7), (MONDAY, 1, 9), (MONDAY, 2, 5)]
    assert value("open_deals", open_deals=rows) == 12
    assert value("open_deals") is None


def test_ratio_is_sum_by_sum():
    wins, asked = [(MONDAY, 1, 1), (TUESDAY, 2, 3)], [(MONDAY, 1, 10), (TUESDAY, 2, 10)]
    assert value("conversion", deals_won=wins, inquiries=asked) == Fraction(1, 5)
    assert value("conversion", deals_won=wins) is None
    money = [(MONDAY, 1, 1000)]
    assert value("average_check", deals_won=wins, receipts=money) == Fraction(5, 2)


@given(st.lists(st.tuples(st.dates(), st.integers(1, 4), st.integers(-(10**9), 10**9)), max_size=9))
def test_a_flow_does_not_mind_the_order(rows):
    assert value("calls", calls=rows) == value("calls", calls=rows[::-1])
    assert value("calls", calls=rows) == sum(row[2] for row in rows)


def test_completion_and_deviation():
    assert completion(Fraction(9), Fraction(10)) == Fraction(9, 10)
    for fact, plan in ((None, Fraction(1)), (Fraction(1), None), (Fraction(1), Fraction(0))):
        assert completion(fact, plan) is None
    assert deviation(Fraction(9), Fraction(10)) == -1
    assert deviation(None, Fraction(10)) is None
    assert deviation(Fraction(9), None) is None


@pytest.mark.parametrize(
    ("percent", "up", "down"),
    [
        (101, State.GOOD, State.WARNING),
        (100, State.GOOD, State.GOOD),
        (95, State.WARNING, State.GOOD),
        (94, State.BAD, State.GOOD),
        (110, State.GOOD, State.BAD),
        (0, State.BAD, State.GOOD),
    ],
)
def test_states(percent, up, down):
    share = Fraction(percent, 100)
    assert state(share, Direction.UP) is up
    assert state(share, Direction.DOWN) is down
    assert state(share, Direction.NONE) is State.NEUTRAL


def test_unknown_is_neutral():
    assert state(None, Direction.UP) is State.NEUTRAL


@pytest.mark.parametrize(
    ("share", "better", "expected"),
    [
        (Fraction(996, 1000), Direction.UP, 99),
        (Fraction(1), Direction.UP, 100),
        (Fraction(1004, 1000), Direction.UP, 100),
        (Fraction(946, 1000), Direction.UP, 94),
        (Fraction(1004, 1000), Direction.DOWN, 101),
        (Fraction(996, 1000), Direction.NONE, 100),
    ],
)
def test_a_written_percent_does_not_contradict_its_judgement(
    share: Fraction, better: Direction, expected: int
) -> None:
    assert whole_percent(share, better) == expected


@given(st.fractions(0, 3), st.sampled_from(Direction))
def test_a_written_percent_is_near_and_judged_alike(share: Fraction, better: Direction) -> None:
    written = whole_percent(share, better)
    assert abs(written - share * 100) <= Fraction(3, 2)
    assert state(Fraction(written, 100), better) is state(share, better)
