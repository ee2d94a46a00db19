"""Plan–fact of a month, checked against sums made by hand from the same facts, deals and plans."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Member
from ropdesk.services import board, calendar, facts, metrics, planning, planning_versions, team
from ropdesk.services.board import Board, Figure, Figures, Period
from ropdesk.services.facts import Entry
from ropdesk.store.workspace import Workspace
from tests.services.raw import NOBODY, RawDeal, counted, opened, put_deals

MONTH, LAST = date(2026, 10, 1), date(2026, 10, 31)
AS_OF = date(2026, 10, 22)
ANNA, BORIS = "Иванова Анна", "Петров Борис"
EMPTY = Figure(None, None, None)
FLOWS = ("inquiries", "deals_won", "deals_lost", "receipts", "cycle_time")
ALL = (*FLOWS, "conversion", "average_check", "sales_cycle", "open_deals")


def on(day: int) -> date:
    return MONTH + timedelta(day - 1)


def hire(ws: Workspace, *names: str) -> list[int]:
    return [team.add(ws, Member(0, name)) for name in names]


def enter(ws: Workspace, day: date, code: str, *values: tuple[int, int | None]) -> None:
    facts.enter(ws, day, [Entry(who, code, value) for who, value in values])


def whole(ws: Workspace, code: str, as_of: date = AS_OF, month: date = MONTH) -> Figure:
    return board.board(ws, month, as_of, codes=[code]).department[code]


def by_name(found: Board | Period) -> Mapping[str, Figures]:
    return {line.member.name: line.figures for line in found.members}


def test_a_metric_that_never_was_is_unknown_and_one_begun_is_zero(ws: Workspace) -> None:
    anna, _boris = hire(ws, ANNA, BORIS)
    assert whole(ws, "calls") == EMPTY
    enter(ws, on(15), "calls", (anna, 7))
    assert whole(ws, "calls", on(14)) == EMPTY, "what is typed later is not known yet"
    found = board.board(ws, MONTH, on(15), codes=["calls", "inquiries"])
    assert (found.department["calls"].fact, found.department["inquiries"].fact) == (7, None)
    assert {n: f["calls"].fact for n, f in by_name(found).items()} == {ANNA: 7, BORIS: 0}
    november = date(2026, 11, 1)
    assert whole(ws, "calls", november, november).fact == 0
    assert whole(ws, "calls", date(2026, 9, 30), date(2026, 9, 1)) == EMPTY
    enter(ws, on(15), "calls", (anna, None))
    assert whole(ws, "calls") == EMPTY, "nothing is left of what was typed"


def test_a_flow_counts_its_own_month_up_to_the_day(ws: Workspace) -> None:
    [anna] = hire(ws, ANNA)
    for number, day in enumerate((MONTH - timedelta(1), on(1), on(22), on(23), LAST)):
        enter(ws, day, "calls", (anna, 10**number))
    november = date(2026, 11, 1)
    enter(ws, november, "calls", (anna, 10**5))
    sums = {on(1): 10, on(21): 10, on(22): 110, on(23): 1_110, LAST: 11_110, november: 11_110}
    assert {day: whole(ws, "calls", day).fact for day in sums} == sums


def test_a_month_not_begun_has_plans_and_no_facts(ws: Workspace) -> None:
    [anna] = hire(ws, ANNA)
    enter(ws, on(5), "calls", (anna, 7))
    enter(ws, date(2026, 9, 5), "calls", (anna, 3))
    planning.set_value(ws, MONTH, "calls", 220)
    found = board.board(ws, MONTH, date(2026, 9, 10), codes=["calls"], by="week")
    assert found.department["calls"] == Figure(None, 220, 0)
    assert found.department["calls"].completion is None
    assert (found.as_of, found.days_passed, found.days_total) == (date(2026, 9, 30), 0, 22)
    assert {p.department["calls"].fact for p in found.periods} == {None}
    assert sum(int(p.department["calls"].plan or 0) for p in found.periods) == 220


def test_a_level_holds_until_the_next_and_adds_up_over_members(ws: Workspace) -> None:
    anna, boris, _third = hire(ws, ANNA, BORIS, "Сидоров Глеб")
    assert whole(ws, "overdue_tasks") == EMPTY
    enter(ws, MONTH - timedelta(40), "overdue_tasks", (anna, 9))
    enter(ws, on(10), "overdue_tasks", (anna, 4), (boris, 2))
    enter(ws, on(20), "overdue_tasks", (boris, 0))
    levels = {on(1): 9, on(9): 9, on(10): 6, on(19): 6, on(20): 4, LAST: 4}
    assert {day: whole(ws, "overdue_tasks", day).fact for day in levels} == levels
    found = by_name(board.board(ws, MONTH, LAST, codes=["overdue_tasks"]))
    assert {name: f["overdue_tasks"].fact for name, f in found.items()} == {
        ANNA: 4, BORIS: 0, "Сидоров Глеб": None,
    }  # fmt: skip
    later = date(2027, 3, 1)
    assert whole(ws, "overdue_tasks", later, later).fact == 4


def test_a_ratio_is_sum_by_sum_and_no_mean_of_ratios(ws: Workspace) -> None:
    anna, boris = hire(ws, ANNA, BORIS)
    enter(ws, on(1), "inquiries", (anna, 1), (boris, 99))
    enter(ws, on(2), "deals_won", (anna, 1), (boris, 9))
    enter(ws, on(2), "receipts", (anna, 30_000_00), (boris, 1_00))
    found = board.board(ws, MONTH, AS_OF, codes=["conversion", "average_check"])
    assert found.department["conversion"].fact == 1_000
    assert found.department["average_check"].fact == Fraction(30_001_00, 10)
    lines = by_name(found)
    assert lines[ANNA]["conversion"].fact == 10_000
    assert lines[BORIS]["conversion"].fact == Fraction(9 * 10_000, 99)
    assert lines[BORIS]["average_check"].fact == Fraction(1_00, 9)


def test_a_ratio_over_nothing_is_unknown(ws: Workspace) -> None:
    anna, boris = hire(ws, ANNA, BORIS)
    enter(ws, on(1), "deals_won", (anna, 3))
    assert whole(ws, "conversion").fact is None
    enter(ws, on(1), "inquiries", (boris, 6))
    found = board.board(ws, MONTH, AS_OF, codes=["conversion"])
    assert found.department["conversion"].fact == 5_000
    lines = by_name(found)
    assert (lines[ANNA]["conversion"].fact, lines[BORIS]["conversion"].fact) == (None, 0)


def test_plan_to_date_is_what_the_days_passed_were_to_bring(ws: Workspace) -> None:
    """220 over 22 working days is 10 a day; a weekend adds nothing."""
    [anna] = hire(ws, ANNA)
    planning.set_value(ws, MONTH, "calls", 220)
    days = calendar.calendar(ws).working_days(MONTH, LAST)
    assert len(days) == 22
    for day in (on(1), on(2), on(3), on(4), on(5), on(22), LAST):
        expected = 10 * sum(each <= day for each in days)
        found = board.board(ws, MONTH, day, codes=["calls"])
        assert found.department["calls"] == Figure(None, 220, expected)
        assert by_name(found)[ANNA]["calls"].plan_to_date == expected
        assert found.days_passed == expected // 10
    enter(ws, on(1), "calls", (anna, 8))
    assert whole(ws, "calls", on(1)).completion == Fraction(8, 10)
    assert whole(ws, "calls", LAST).completion == Fraction(8, 220)


def test_plans_of_ratios_and_levels(ws: Workspace) -> None:
    """A ratio's plan follows from its parts'; alone it, and a level's, hold every day."""
    [anna] = hire(ws, ANNA)
    planning.set_value(ws, MONTH, "conversion", 2_500)
    planning.set_value(ws, MONTH, "overdue_tasks", 5)
    enter(ws, on(1), "overdue_tasks", (anna, 4))
    assert whole(ws, "conversion") == Figure(None, 2_500, 2_500)
    assert whole(ws, "overdue_tasks") == Figure(4, 5, 5)
    assert whole(ws, "overdue_tasks").completion == Fraction(4, 5)
    planning.set_value(ws, MONTH, "receipts", 220_000_00)
    planning.set_value(ws, MONTH, "deals_won", 44)
    check = whole(ws, "average_check", on(1))
    assert (check.plan, check.plan_to_date) == (5_000_00, 5_000_00)


def test_an_approved_plan_counts_until_the_next_is_approved(ws: Workspace) -> None:
    hire(ws, ANNA)
    assert board.board(ws, MONTH, AS_OF).plan == board.PlanState(None, "none", None)
    planning.set_value(ws, MONTH, "calls", 100)
    assert board.board(ws, MONTH, AS_OF).plan.status == "draft"
    assert whole(ws, "calls").plan == 100
    planning_versions.approve(ws, MONTH, "Соколова Анна", MONTH)
    state = board.board(ws, MONTH, AS_OF).plan
    assert (state.status, state.version, state.approved_on) == ("approved", 1, MONTH)
    planning_versions.correct(ws, MONTH, "the market grew")
    planning.set_value(ws, MONTH, "calls", 150)
    assert (board.board(ws, MONTH, AS_OF).plan.version, whole(ws, "calls").plan) == (1, 100)
    planning_versions.approve(ws, MONTH, "Соколова Анна", on(10))
    assert (board.board(ws, MONTH, AS_OF).plan.version, whole(ws, "calls").plan) == (2, 150)


def test_each_scenario_has_its_own_plan(ws: Workspace) -> None:
    hire(ws, ANNA)
    planning.set_value(ws, MONTH, "calls", 220)
    planning.set_value(ws, MONTH, "calls", 110, scenario="minimum")
    for scenario, plan in (("standard", 220), ("minimum", 110)):
        for by in ("month", "week"):
            found = board.board(ws, MONTH, on(1), codes=["calls"], by=by, scenario=scenario)
            assert found.department["calls"] == Figure(None, plan, plan // 22)
            assert found.scenario == scenario


def test_who_left_stays_with_their_numbers_and_nobody_comes_last(ws: Workspace) -> None:
    put_deals(
        ws,
        [
            RawDeal("Яковлев Пётр", created=on(1), closed=on(2)),
            RawDeal(ANNA, created=on(1), closed=on(2)),
            RawDeal(NOBODY, created=on(1), closed=on(2), amount=5_00),
        ],
    )
    gone = next(m for m in team.team(ws).members.values() if m.name == ANNA)
    team.update(ws, Member(gone.id, ANNA, left=MONTH - timedelta(1)))
    team.add(ws, Member(0, BORIS, left=MONTH - timedelta(1)))
    team.add(ws, Member(0, "Сидоров Глеб", hired=LAST))
    team.add(ws, Member(0, "Ким Дарья", hired=LAST + timedelta(1)))
    found = board.board(ws, MONTH, AS_OF, codes=["receipts"])
    names = [line.member.name for line in found.members]
    assert names == [ANNA, "Сидоров Глеб", "Яковлев Пётр", team.NOBODY]
    assert found.members[-1].member.id == found.nobody == team.team(ws).nobody
    assert found.members[-1].figures["receipts"].fact == 5_00
    assert found.department["receipts"].fact == 205_00
    november = date(2026, 11, 1)
    names = [x.member.name for x in board.board(ws, november, november, codes=["calls"]).members]
    assert names == ["Ким Дарья", "Сидоров Глеб", "Яковлев Пётр"]


def test_the_ramp_of_the_month_is_told(ws: Workspace) -> None:
    team.add(ws, Member(0, ANNA, ramp={MONTH: 5_000, date(2026, 11, 1): 7_500}))
    assert [line.ramp for line in board.board(ws, MONTH, AS_OF).members] == [5_000]
    december = date(2026, 12, 1)
    assert [line.ramp for line in board.board(ws, december, december).members] == [10_000]


def test_what_is_shown(ws: Workspace) -> None:
    """The metrics asked for, else those chosen for the board; none that does not exist."""
    metrics.set_board(ws, ["calls", "conversion"])
    assert board.board(ws, MONTH, AS_OF).codes == ("calls", "conversion")
    assert board.board(ws, MONTH, AS_OF, codes=["talk_time", "gone"]).codes == ("talk_time",)
    known = metrics.catalogue(ws)
    assert board.flows_of(known, ["conversion", "inquiries", "average_check"]) == (
        "deals_won", "inquiries", "receipts",
    )  # fmt: skip
    with pytest.raises(DomainError):
        board.flows_of(known, ["gone"])


def test_spans() -> None:
    weeks = board.spans(MONTH, LAST, "week")
    assert weeks == [
        (on(1), on(4)), (on(5), on(11)), (on(12), on(18)), (on(19), on(25)), (on(26), LAST),
    ]  # fmt: skip
    assert board.spans(MONTH, LAST, "day") == [(on(n), on(n)) for n in range(1, 32)]
    assert [board.month_end(date(y, 2, 1)).day for y in (2024, 2026)] == [29, 28]
    assert board.month_end(date(2026, 12, 1)) == date(2026, 12, 31)


def test_a_day_off_is_listed_only_with_numbers(ws: Workspace) -> None:
    [anna] = hire(ws, ANNA)
    enter(ws, on(3), "calls", (anna, 2))
    found = board.board(ws, MONTH, AS_OF, codes=["calls"], by="day")
    working = calendar.calendar(ws).working_days(MONTH, LAST)
    assert [p.start for p in found.periods] == sorted({*working, on(3)})
    assert {p.start: p.department["calls"].fact for p in found.periods} == {
        day: (2 if day == on(3) else 0) if day <= AS_OF else None for day in (*working, on(3))
    }


deal = st.builds(
    RawDeal,
    st.sampled_from([ANNA, BORIS, NOBODY]),
    st.sampled_from(["won", "lost", "open"]),
    st.none() | st.integers(-20, 36).map(on),
    st.none() | st.integers(-20, 36).map(on),
    st.none() | st.integers(0, 10**9),
)
SCALED = {"conversion": 10_000, "average_check": 1, "sales_cycle": 100}


def expected(deals: list[RawDeal], code: str, as_of: date) -> Fraction | int | None:
    """Count a figure of the month up to a day from the raw deals."""
    until = min(as_of, LAST)
    if code not in SCALED:
        return counted(deals, code, MONTH, until)
    halves = {
        "conversion": ("deals_won", "inquiries"),
        "average_check": ("receipts", "deals_won"),
        "sales_cycle": ("cycle_time", "deals_won"),
    }[code]
    top, bottom = (counted(deals, half, MONTH, until) for half in halves)
    return Fraction(top * SCALED[code], bottom) if bottom else None


def allowed(wanted: Fraction | int | None) -> set[Fraction | int | None]:
    return {0, None} if wanted == 0 else {wanted}


@settings(max_examples=25)
@given(st.lists(deal, min_size=1, max_size=15), st.integers(1, 33).map(on))
def test_the_board_says_what_the_deals_add_up_to(deals: list[RawDeal], as_of: date) -> None:
    """Department and members; where nothing came yet, nothing is as good as zero."""
    with opened() as ws:
        put_deals(ws, deals)
        found = board.board(ws, MONTH, as_of, codes=ALL)
        for code in ALL:
            wanted = expected(deals, code, as_of)
            assert found.department[code].fact in allowed(wanted)
            for line in found.members:
                owner = NOBODY if line.member.id == found.nobody else line.member.name
                wanted = expected([d for d in deals if d.owner == owner], code, as_of)
                assert line.figures[code].fact in allowed(wanted)


@settings(max_examples=15)
@given(
    st.lists(deal, min_size=1, max_size=15),
    st.integers(1, 31).map(on),
    st.integers(0, 10**8),
    st.integers(0, 500),
)
def test_parts_add_up_to_the_whole(
    deals: list[RawDeal], as_of: date, receipts: int, won: int
) -> None:
    """Members make the department; days and weeks make the month: facts, plans, plans to date."""
    with opened() as ws:
        put_deals(ws, deals)
        if len(team.team(ws).active(MONTH, LAST)):
            planning.set_value(ws, MONTH, "receipts", receipts)
            planning.set_value(ws, MONTH, "deals_won", won)
        month = board.board(ws, MONTH, as_of, codes=ALL)
        adds_up(month, month.department)
        for by in ("week", "day"):
            cut = board.board(ws, MONTH, as_of, codes=ALL, by=by)
            assert (cut.department, cut.members) == (month.department, month.members)
            for period in cut.periods:
                adds_up(period, period.department)
            for code in FLOWS:
                parts = [period.department[code] for period in cut.periods]
                assert total(parts) == total([month.department[code]])
                for n, line in enumerate(month.members):
                    mine = [period.members[n].figures[code] for period in cut.periods]
                    assert total(mine) == total([line.figures[code]])


def total(parts: list[Figure]) -> tuple[int, ...]:
    return tuple(
        sum(int(getattr(part, name) or 0) for part in parts)
        for name in ("fact", "plan", "plan_to_date")
    )


def adds_up(found: Board | Period, department: Figures) -> None:
    for code in FLOWS:
        assert total([line.figures[code] for line in found.members]) == total([department[code]])
