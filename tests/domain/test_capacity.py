import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.capacity import Level, Load, deals_held, fullest, per_day, strained


@pytest.mark.parametrize(
    ("planned", "best", "limit", "level", "share"),
    [
        (94, 100, None, Level.OK, 9400),
        (95, 100, None, Level.TIGHT, 9500),
        (100, 100, None, Level.TIGHT, 10_000),
        (101, 100, None, Level.OVER, 10_100),
        (41, 60, 40, Level.OVER, 10_250),
        (41, None, 50, Level.OK, 8200),
        (41, None, None, Level.UNKNOWN, None),
        (0, 0, None, Level.UNKNOWN, None),
        (5, 0, None, Level.OVER, None),
    ],
)
def test_levels(planned, best, limit, level, share):
    load = Load(1, "receipts", planned, best, limit)
    assert (load.level, load.share) == (level, share)


def test_strained_shows_the_worst_first():
    loads = [Load(n, "calls", n, 100) for n in (10, 96, 130, 99, 110)]
    assert [load.planned for load in strained(loads)] == [130, 110, 99, 96]
    new = Load(1, "calls", 5, 0)
    assert strained([*loads, new])[0] is new


def test_fullest():
    loads = [Load(1, "calls", 50, 100), Load(1, "receipts", 97, 100), Load(1, "inquiries", 9)]
    assert fullest(loads).metric == "receipts"
    assert fullest([loads[2]]) is None


def test_deals_held():
    assert deals_held(30, 52, 30) == 52
    assert deals_held(31, 10, 30) == 11


@given(st.integers(0, 10**6), st.integers(1, 31))
def test_per_day(total, days):
    assert 0 <= per_day(total, days) * days - total < days


def test_per_day_without_days():
    assert per_day(5, 0) is None
