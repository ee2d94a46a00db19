"""What stands beside a plan: the funnel, the past, the load, the pace."""

from datetime import date, timedelta

import pytest

from ropdesk.domain.calendar import DayKind
from ropdesk.domain.errors import DomainError
from ropdesk.domain.planning import Funnel
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import (
    history,
    planning,
    planning_funnel,
    planning_import,
    planning_reference,
    planning_versions,
    team,
)
from ropdesk.store.models import DailyValue
from ropdesk.store.workspace import Workspace
from tests.services.test_planning import check, people, shares, view

NOV = date(2026, 11, 1)


def facts(ws: Workspace, member: int, metric: str, by_day: dict[date, int]) -> None:
    with ws.operation("Facts") as operation:
        operation.session.add_all(
            DailyValue(member_id=member, metric=metric, day=day, entered=value)
            for day, value in by_day.items()
        )


def ends(first_month: int, last_month: int, value: int, step: int = 0) -> dict[date, int]:
    """One value on the last day of every month of 2026."""
    return {
        date(2026, month + 1, 1) - timedelta(1): value + step * (month - first_month)
        for month in range(first_month, last_month + 1)
    }


def test_a_funnel_from_nothing(ws: Workspace) -> None:
    found = planning_funnel.funnel(ws, NOV)
    assert found.funnel == Funnel()
    assert found.references["receipts"].best is None
    after = planning_funnel.change_funnel(ws, NOV, "standard", "receipts", 12_000_000_00)
    assert after.funnel == Funnel(receipts=12_000_000_00)
    planning_funnel.change_funnel(ws, NOV, "standard", "average_check", 31_400_00)
    planning_funnel.change_funnel(ws, NOV, "standard", "conversion", 1850)
    planning_funnel.change_funnel(ws, NOV, "standard", "calls_per_inquiry", 898)
    wanted = Funnel(12_000_000_00, 31_400_00, 383, 1850, 2071, 898, 18_598)
    assert planning_funnel.funnel(ws, NOV).funnel == wanted
    assert view(ws).value("deals_won") == 383
    assert "calls_per_inquiry" not in {metric for _s, metric, _m in view(ws).values}
    history.undo(ws)
    assert planning_funnel.funnel(ws, NOV).funnel.calls is None


def test_a_funnel_stands_on_past_months(ws: Workspace) -> None:
    one, two = people(ws, "Анна", "Борис")
    facts(ws, one, "receipts", ends(4, 10, 100_000_00, 10_000_00))
    facts(ws, one, "deals_won", ends(4, 10, 10))
    facts(ws, one, "inquiries", ends(4, 10, 50))
    facts(ws, one, "calls", ends(4, 10, 200))
    found = planning_funnel.funnel(ws, NOV)
    receipts = found.references["receipts"]
    assert (receipts.best, receipts.best_month) == (160_000_00, date(2026, 10, 1))
    assert (receipts.low, receipts.high, receipts.mean) == (110_000_00, 160_000_00, 135_000_00)
    assert found.funnel.conversion == 2000
    assert found.funnel.average_check == 13_500_00
    assert found.funnel.calls_per_inquiry == 400
    assert found.assumed == {"average_check", "conversion", "calls_per_inquiry"}
    after = planning_funnel.change_funnel(ws, NOV, "standard", "receipts", 270_000_00)
    assert after.funnel == Funnel(270_000_00, 13_500_00, 20, 2000, 100, 400, 400)
    assert after.assumed == frozenset()
    assert shares(ws, "calls")[one] + shares(ws, "calls")[two] == 400
    check(ws)
    after = planning_funnel.change_funnel(ws, NOV, "standard", "deals", 30)
    assert after.funnel.receipts == 405_000_00
    with pytest.raises(DomainError, match="in the funnel"):
        planning_funnel.change_funnel(ws, NOV, "standard", "money", 1)
    planning_versions.approve(ws, NOV, "И. Петров", NOV)
    with pytest.raises(DomainError, match="approved and does not change"):
        planning_funnel.change_funnel(ws, NOV, "standard", "deals", 31)


def test_the_running_month_is_no_reference(ws: Workspace) -> None:
    [one] = people(ws, "Анна")
    facts(ws, one, "calls", {**ends(8, 9, 200), date(2026, 10, 14): 5})
    found = planning_funnel.funnel(ws, NOV).references["calls"]
    assert (found.low, found.mean) == (200, 200)


def test_members_beside_their_past(ws: Workspace) -> None:
    one = team.add(ws, Member(0, "Анна", deal_limit=40))
    two = team.add(ws, Member(0, "Борис", ramp={NOV: 4000}))
    team.add_absence(ws, Absence(one, AbsenceKind.VACATION, date(2026, 11, 2), date(2026, 11, 6)))
    facts(ws, one, "receipts", ends(6, 10, 200_00))
    facts(ws, one, "open_deals", {date(2026, 10, 3): 35, date(2026, 10, 20): 41})
    planning.set_value(ws, NOV, "receipts", 400_00)
    planning.set_value(ws, NOV, "receipts", 190_00, member_id=one)
    first, second = planning_reference.member_rows(ws, NOV, "receipts")
    assert (first.name, first.value, first.locked, first.share) == ("Анна", 190_00, True, 4750)
    assert (first.days, first.mean, first.best) == (16, 200_00, 200_00)
    assert (first.open_deals, first.deal_limit) == (41, 40)
    assert (first.capacity, first.level) == (9500, "tight")
    assert (second.member_id, second.ramp, second.days, second.mean) == (two, 4000, 20, None)
    assert (second.capacity, second.level) == (None, "unknown")
    [load] = planning_reference.capacity(ws, NOV)
    assert (load.name, load.metric, load.planned, load.best) == ("Анна", "receipts", 190_00, 200_00)


def test_overload_by_deals_and_calls(ws: Workspace) -> None:
    one = team.add(ws, Member(0, "Анна", deal_limit=40))
    facts(ws, one, "deals_won", ends(6, 10, 10))
    facts(ws, one, "cycle_time", ends(6, 10, 300))
    facts(ws, one, "calls", dict.fromkeys((date(2026, 10, 1), date(2026, 10, 30)), 50))
    planning.set_value(ws, NOV, "inquiries", 41)
    planning.set_value(ws, NOV, "calls", 1200)
    found = {load.metric: load for load in planning_reference.capacity(ws, NOV)}
    assert (found["open_deals"].planned, found["open_deals"].limit) == (41, 40)
    assert (found["calls"].planned, found["calls"].best) == (60, 50)
    assert {load.level for load in found.values()} == {"over"}
    assert found["calls"].share == 12_000


def test_days_and_the_pace(ws: Workspace) -> None:
    one, _two = people(ws, "Анна", "Борис")
    planning.set_value(ws, NOV, "calls", 2000)
    planning.set_day(ws, NOV, date(2026, 11, 12), "calls", 480)
    rows = planning_reference.day_rows(ws, NOV, "calls")
    assert len(rows) == 30
    assert sum(row.value for row in rows) == 2000
    assert [row.value for row in rows if row.pinned] == [480]
    assert rows[0].kind is DayKind.DAY_OFF
    assert (
        sum(r.value for r in planning_reference.day_rows(ws, NOV, "calls", member_id=one)) == 1000
    )
    assert planning_reference.day_rows(ws, NOV, "receipts")[1].value == 0
    facts(ws, one, "calls", {date(2026, 11, 2): 100})
    pace = planning_reference.required_per_day(ws, NOV, date(2026, 11, 6), "calls")
    assert pace is not None
    assert (pace.plan_to_date, pace.fact, pace.missed) == (320, 100, 220)
    assert (pace.days_left, pace.per_day, pace.planned_per_day) == (16, 119, 105)
    before = planning_reference.required_per_day(ws, NOV, date(2026, 10, 30), "calls")
    assert before is not None
    assert (before.plan_to_date, before.days_left, before.per_day) == (0, 20, 100)
    after = planning_reference.required_per_day(ws, NOV, date(2026, 12, 30), "calls")
    assert after is not None
    assert (after.plan_to_date, after.days_left, after.per_day) == (2000, 0, None)
    for metric in ("receipts", "conversion"):
        assert planning_reference.required_per_day(ws, NOV, NOV, metric) is None


def test_weekdays_weigh_where_the_past_shows_it(ws: Workspace) -> None:
    [one] = people(ws, "Анна")
    start = date(2026, 3, 2)
    days = [start + timedelta(n) for n in range(240)]
    facts(ws, one, "calls", {d: 20 if d.weekday() == 1 else 10 for d in days if d.weekday() < 5})
    weights = planning_reference.weekday_weights(ws, NOV, "calls")
    assert weights[1] > 1.5
    planning.set_value(ws, NOV, "calls", 1000)
    rows = planning_reference.day_rows(ws, NOV, "calls")
    tuesday, monday = (next(r for r in rows if r.value and r.day.weekday() == n) for n in (1, 0))
    assert tuesday.value > 1.7 * monday.value
    check(ws)
    assert set(planning_reference.weekday_weights(ws, NOV, "receipts").values()) == {1}


def test_history_shares_by_pace_not_by_presence(ws: Workspace) -> None:
    one = team.add(ws, Member(0, "Анна"))
    two = team.add(ws, Member(0, "Борис", hired=date(2026, 10, 1)))
    facts(ws, one, "calls", ends(6, 10, 220))
    facts(ws, two, "calls", ends(10, 10, 220))
    planning.set_value(ws, NOV, "calls", 1000)
    found = shares(ws, "calls")
    assert abs(found[one] - found[two]) < 30


def test_one_reading_answers_what_the_others_answer_one_by_one(ws: Workspace) -> None:
    ids = people(ws, "Иванова", "Петров")
    for member in ids:
        facts(ws, member, "receipts", ends(5, 10, 900_000_00, 50_000_00))
        facts(ws, member, "deals_won", ends(5, 10, 30))
    facts(ws, ids[0], "receipts", {date(2026, 11, 3): 40_000_00})
    planning.set_value(ws, NOV, "receipts", 2_500_000_00)
    as_of = date(2026, 11, 10)
    with ws.read() as connection:
        found = planning_reference.decomposition(connection, NOV, "receipts", "standard", as_of)
    assert found.funnel == planning_funnel.funnel(ws, NOV)
    assert list(found.rows) == planning_reference.member_rows(ws, NOV, "receipts")
    assert list(found.days) == planning_reference.day_rows(ws, NOV, "receipts")
    assert found.weights == planning_reference.weekday_weights(ws, NOV, "receipts")
    assert found.pace == planning_reference.required_per_day(ws, NOV, as_of, "receipts")
    assert list(found.overloads) == planning_reference.capacity(ws, NOV)
    assert [pace.fact for pace in found.paces] == [40_000_00, 0]
    assert sum(pace.plan for pace in found.paces) == 2_500_000_00


def test_a_pasted_block_is_taken_whole_or_not_at_all(ws: Workspace) -> None:
    one, other = people(ws, "Иванова", "Петров")
    planning_import.paste_block(ws, NOV, "receipts", {one: 100_00, other: 200_00}, "standard")
    assert shares(ws, "receipts") == {one: 100_00, other: 200_00}
    assert history.entries(ws)[0].label == "Paste a block into the plan for {month}"
    with pytest.raises(DomainError):
        planning_import.paste_block(ws, NOV, "receipts", {one: 300_00, other: -1}, "standard")
    assert shares(ws, "receipts") == {one: 100_00, other: 200_00}
