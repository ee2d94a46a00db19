"""Before and after, from daily values and deals, against sums made by hand."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from fractions import Fraction

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import Kind, Metric, Unit
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import calendar, effects, facts, metrics, team
from ropdesk.services.effects import Effect
from ropdesk.services.facts import Entry
from ropdesk.store.workspace import Workspace
from tests.services.raw import RawDeal, put_deals

# Mondays of weeks without a public holiday: 14 September to 9 October 2026.
BEFORE = (date(2026, 9, 14), date(2026, 9, 25))
FIRST, LAST = date(2026, 9, 28), date(2026, 10, 9)
NEVER = (date(2026, 8, 1), date(2026, 8, 31))


def hire(ws: Workspace, *names: str) -> list[int]:
    return [team.add(ws, Member(0, name)) for name in names]


def enter(ws: Workspace, code: str, values: Mapping[tuple[int, date], int]) -> None:
    for (member, day), value in values.items():
        facts.enter(ws, day, [Entry(member, code, value)])


def working(ws: Workspace, first: date, last: date) -> list[date]:
    return list(calendar.calendar(ws).working_days(first, last))


def steps(ws: Workspace, member: int, low: int, high: int) -> dict[tuple[int, date], int]:
    """Values that swing by one around a level: one before, another after."""
    days = working(ws, *BEFORE) + working(ws, FIRST, LAST)
    return {(member, day): (low if day < FIRST else high) + (n % 2) for n, day in enumerate(days)}


def measured(
    ws: Workspace,
    code: str = "calls",
    *,
    members: Collection[int] = (),
    control: Collection[int] = (),
    sources: Collection[str] = (),
    control_sources: Collection[str] = (),
) -> Effect:
    return effects.measure(
        ws, code, FIRST, LAST, before=BEFORE, members=members, control=control, sources=sources,
        control_sources=control_sources,
    )  # fmt: skip


def told(*found: object) -> tuple[object, ...]:
    """Say the values so that they may be compared with whole numbers."""
    return found


def test_a_flow_is_counted_a_working_day_with_the_days_off_put_to_the_day_before(
    ws: Workspace,
) -> None:
    [anna] = hire(ws, "Анна")
    values = steps(ws, anna, 10, 20)
    values[anna, date(2026, 9, 19)] = 30  # a Saturday
    enter(ws, "calls", values)
    found = measured(ws)
    assert told(found.days_before, found.days_after) == (10, 10)
    assert found.before == Fraction(10 * 10 + 5 + 30, 10)
    assert found.after == Fraction(20 * 10 + 5, 10)
    assert found.change == 7
    assert found.total == 70
    assert found.verdict == "up"
    assert found.low is not None
    assert found.high is not None
    assert found.low < 7 < found.high
    assert told(found.total_low, found.total_high) == (found.low * 10, found.high * 10)


def test_days_away_lower_what_is_expected(ws: Workspace) -> None:
    anna, boris = hire(ws, "Анна", "Борис")
    away = Absence(boris, AbsenceKind.VACATION, FIRST, LAST)
    enter(ws, "calls", {k: 10 for k in [*steps(ws, anna, 1, 1), *steps(ws, boris, 1, 1)]
                        if k[0] == anna or k[1] < FIRST})  # fmt: skip
    alone = measured(ws)
    assert told(alone.before, alone.after, alone.verdict) == (20, 10, "down")
    team.add_absence(ws, away)
    found = measured(ws)
    assert told(found.before, found.after, found.change) == (10, 10, 0)
    assert found.verdict == "unclear"


def test_the_others_own_change_is_taken_off_in_proportion(ws: Workspace) -> None:
    anna, boris = hire(ws, "Анна", "Борис")
    enter(ws, "calls", steps(ws, anna, 10, 30) | steps(ws, boris, 100, 150))
    found = measured(ws, members=[anna], control=[boris])
    assert found.controlled
    assert found.change is not None
    expected = Fraction(21, 2) * Fraction(301, 2) / Fraction(201, 2)
    assert found.change == Fraction(61, 2) - expected
    whole = measured(ws)
    assert whole.before == Fraction(21 + 201, 2)
    assert not whole.controlled


def test_a_ratio_is_sum_over_sum_in_parts_of_its_unit(ws: Workspace) -> None:
    [anna] = hire(ws, "Анна")
    enter(ws, "tasks_done", steps(ws, anna, 10, 10))
    enter(ws, "tasks_on_time", steps(ws, anna, 4, 8))
    found = measured(ws, "on_time_rate")
    assert found.before == Fraction(45, 105) * 10_000
    assert found.after == Fraction(85, 105) * 10_000
    assert found.total is None
    assert found.verdict == "up"


def test_a_ratio_of_money_is_in_kopecks(ws: Workspace) -> None:
    days = working(ws, *BEFORE) + working(ws, FIRST, LAST)
    put_deals(ws, [RawDeal("Анна", closed=day, created=day, amount=1_000_00) for day in days])
    found = measured(ws, "average_check")
    assert told(found.before, found.after) == (1_000_00, 1_000_00)
    assert told(found.low, found.high, found.verdict) == (0, 0, "unclear")


def test_a_stock_is_its_mean_level_and_holds_between_its_rows(ws: Workspace) -> None:
    anna, boris = hire(ws, "Анна", "Борис")
    enter(ws, "overdue_tasks", {(anna, BEFORE[0] - timedelta(30)): 6, (boris, FIRST): 2})
    enter(ws, "calls", {(anna, LAST): 1})
    found = measured(ws, "overdue_tasks")
    assert told(found.before, found.after, found.total) == (6, 8, None)
    assert measured(ws, "overdue_tasks", members=[boris]).before is None
    assert measured(ws, "overdue_tasks", members=[boris]).after == 2


def test_what_is_not_known_is_not_zero(ws: Workspace) -> None:
    assert measured(ws) == Effect("calls", None, None, None, None, None, 0, 0, None, "unknown")
    [anna] = hire(ws, "Анна")
    enter(ws, "calls", {(anna, day): 5 for day in working(ws, FIRST, FIRST + timedelta(8))})
    found = measured(ws)
    assert told(found.before, found.change, found.verdict) == (None, None, "unknown")
    assert told(found.after, found.days_after) == (5, 7), "later days have not come yet"


def test_few_days_give_a_difference_and_no_interval(ws: Workspace) -> None:
    [anna] = hire(ws, "Анна")
    enter(ws, "calls", steps(ws, anna, 10, 20))
    found = effects.measure(ws, "calls", FIRST, FIRST + timedelta(1), before=BEFORE)
    assert told(found.low, found.high, found.verdict) == (None, None, "unknown")
    assert found.days_before == 4, "Mondays and Tuesdays alone are comparable"
    assert found.change is not None


def test_sources_are_counted_from_deals(ws: Workspace) -> None:
    days = working(ws, *BEFORE) + working(ws, FIRST, LAST)
    deals = []
    for day in days:
        rise = 3 if day >= FIRST else 1
        deals += [RawDeal("Анна", created=day, closed=day, source="Акция")] * rise
        deals += [RawDeal("Борис", "lost", created=day, closed=day, source="Сайт")] * 2
    put_deals(ws, deals)
    promoted = measured(ws, "deals_won", sources=["Акция"], control_sources=["Сайт"])
    assert told(promoted.before, promoted.after) == (1, 3)
    assert not promoted.controlled, "nothing was won from the site"
    asked = measured(ws, "inquiries", sources=["Акция"], control_sources=["Сайт"])
    assert told(asked.change, asked.controlled) == (2, True)
    assert measured(ws, "conversion", sources=["Сайт"]).after == 0
    assert measured(ws, "receipts", sources=["Акция"]).total == 200_00 * 10
    assert measured(ws, "cycle_time", sources=["Акция"]).after == 0
    assert measured(ws, "inquiries", sources=["Сайт"], members=[1]).after == 0
    with pytest.raises(DomainError, match="not known by source"):
        measured(ws, "open_deals", sources=["Акция"])


def test_own_metrics_and_unknown_ones(ws: Workspace) -> None:
    [anna] = hire(ws, "Анна")
    metrics.add(ws, Metric("visits", "Визиты", Kind.FLOW, Unit.COUNT, builtin=False))
    enter(ws, "visits", steps(ws, anna, 2, 4))
    assert measured(ws, "visits").change == 2
    with pytest.raises(DomainError, match="There is no metric"):
        measured(ws, "nonsense")
    with pytest.raises(DomainError, match="not known by source"):
        measured(ws, "visits", sources=["Акция"])


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (FIRST, LAST, BEFORE),
        (date(2026, 9, 30), date(2026, 10, 2), (date(2026, 9, 23), date(2026, 9, 25))),
        # 2–6 November 2026 holds a day off: a week before has one working day more.
        (date(2026, 11, 2), date(2026, 11, 8), (date(2026, 10, 26), date(2026, 11, 1))),
        # The week before has the holiday, so one more day is taken in.
        (date(2026, 11, 9), date(2026, 11, 15), (date(2026, 10, 30), date(2026, 11, 8))),
    ],
)
def test_comparable_days_are_the_same_weekdays_before(
    ws: Workspace, first: date, last: date, expected: tuple[date, date]
) -> None:
    found = effects.comparable(ws, first, last)
    assert found == expected
    assert found[1] < first
    assert len(working(ws, *found)) >= len(working(ws, first, last))
