"""A month's plan: set, shared between members, spread over days; always exact."""

from datetime import date

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import calendar, history, planning, planning_versions, team
from ropdesk.services.planning_sheet import load_sheet
from ropdesk.store.workspace import Workspace

NOV = date(2026, 11, 1)


def people(ws: Workspace, *names: str) -> list[int]:
    return [team.add(ws, Member(0, name)) for name in names]


def view(ws: Workspace, month: date = NOV) -> planning.PlanView:
    found = planning.plan(ws, month)
    assert found is not None
    return found


def shares(ws: Workspace, metric: str = "receipts", scenario: str = "standard") -> dict[int, int]:
    return {
        member: cell.value
        for (s, m, member), cell in view(ws).values.items()
        if (s, m) == (scenario, metric) and member is not None
    }


def days(
    ws: Workspace,
    member_id: int | None = None,
    metric: str = "receipts",
    scenario: str = "standard",
) -> dict[date, int]:
    with ws.read() as connection:
        sheet = load_sheet(connection, view(ws).id)
    return {day: cell.value for day, cell in sheet.days[scenario, metric, member_id].items()}


def check(ws: Workspace, month: date = NOV) -> None:
    """Every sum is exact."""
    found = planning.plan(ws, month)
    if found is None:
        return
    with ws.read() as connection:
        sheet = load_sheet(connection, found.id)
    for key, by_day in sheet.days.items():
        assert sum(cell.value for cell in by_day.values()) == sheet.cells[key].value, key
        assert all(cell.value >= 0 for cell in by_day.values()), key
    for pair in sheet.pairs():
        members = sheet.members(pair)
        if members and (*pair, None) in sheet.days:
            assert sum(c.value for c in members.values()) == sheet.cells[*pair, None].value
            for day, cell in sheet.days[*pair, None].items():
                parts = (
                    sheet.days.get((*pair, m), {}).get(day, planning.DayCell(0)).value
                    for m in members
                )
                assert sum(parts) == cell.value


def test_nothing_is_planned_at_first(ws: Workspace) -> None:
    assert planning.plan(ws, NOV) is None


def test_the_departments_plan_is_shared_and_spread(ws: Workspace) -> None:
    one, two, three = people(ws, "Анна", "Борис", "Вера")
    planning.set_value(ws, NOV, "receipts", 1_000_000_00)
    assert shares(ws) == {one: 333_334_00, two: 333_333_00, three: 333_333_00}
    worked = calendar.calendar(ws).working_days(NOV, date(2026, 11, 30))
    assert sorted(days(ws)) == list(worked)
    assert max(days(ws).values()) - min(days(ws).values()) <= 300
    check(ws)


def test_a_department_without_members_has_days(ws: Workspace) -> None:
    planning.set_value(ws, NOV, "calls", 2000)
    assert shares(ws, "calls") == {}
    assert set(days(ws, metric="calls").values()) == {100}


def test_a_members_value_is_locked_and_the_others_share_the_rest(ws: Workspace) -> None:
    one, two, three = people(ws, "Анна", "Борис", "Вера")
    planning.set_value(ws, NOV, "deals_won", 90)
    planning.set_value(ws, NOV, "deals_won", 50, member_id=one)
    assert shares(ws, "deals_won") == {one: 50, two: 20, three: 20}
    planning.set_value(ws, NOV, "deals_won", 100)
    assert shares(ws, "deals_won") == {one: 50, two: 25, three: 25}
    with pytest.raises(DomainError, match="locked values exceed"):
        planning.set_value(ws, NOV, "deals_won", 40)
    planning.unlock(ws, NOV, "deals_won", one)
    assert sorted(shares(ws, "deals_won").values()) == [33, 33, 34]
    check(ws)


def test_without_its_own_value_the_department_is_the_sum(ws: Workspace) -> None:
    one, two = people(ws, "Анна", "Борис")
    planning.set_value(ws, NOV, "calls", 100, member_id=one)
    planning.set_value(ws, NOV, "calls", 60, member_id=two)
    assert view(ws).values["standard", "calls", None] == (160, False)
    planning.unlock(ws, NOV, "calls", two)
    planning.set_value(ws, NOV, "calls", 90, member_id=one)
    assert shares(ws, "calls") == {one: 90, two: 70}
    planning.set_value(ws, NOV, "calls", None)
    assert shares(ws, "calls") == {one: 90}
    planning.set_value(ws, NOV, "calls", None, member_id=one)
    assert view(ws).values == {}
    check(ws)


def test_ratios_and_levels(ws: Workspace) -> None:
    one, two = people(ws, "Анна", "Борис")
    planning.set_value(ws, NOV, "conversion", 1850)
    planning.set_value(ws, NOV, "conversion", 2000, member_id=one)
    planning.set_value(ws, NOV, "open_deals", 80)
    assert shares(ws, "conversion") == {one: 2000}
    assert shares(ws, "open_deals") == {one: 40, two: 40}
    for metric in ("conversion", "open_deals"):
        with pytest.raises(DomainError, match="no plan by days"):
            planning.set_day(ws, NOV, NOV, metric, 1)
    planning.set_value(ws, NOV, "conversion", None)
    assert shares(ws, "conversion") == {one: 2000}


def test_absences_and_ramp_up_weigh(ws: Workspace) -> None:
    one = team.add(ws, Member(0, "Анна"))
    two = team.add(ws, Member(0, "Борис", ramp={NOV: 5000}))
    planning.set_value(ws, NOV, "calls", 3000)
    assert shares(ws, "calls") == {one: 2000, two: 1000}
    away = Absence(one, AbsenceKind.VACATION, date(2026, 11, 2), date(2026, 11, 16))
    team.add_absence(ws, away)
    assert shares(ws, "calls") == {one: 2000, two: 1000}
    assert planning.refresh_days(ws, NOV)
    assert shares(ws, "calls") == {one: 1500, two: 1500}
    assert min(days(ws, one, "calls")) == date(2026, 11, 17)
    check(ws)


def test_days_set_by_hand_keep_their_value(ws: Workspace) -> None:
    one, two = people(ws, "Анна", "Борис")
    planning.set_value(ws, NOV, "calls", 4000)
    day, other = date(2026, 11, 12), date(2026, 11, 13)
    planning.set_day(ws, NOV, day, "calls", 300)
    assert days(ws, metric="calls")[day] == 300
    assert days(ws, one, "calls")[day] == 150
    planning.set_day(ws, NOV, other, "calls", 10, member_id=one)
    planning.set_day(ws, NOV, day, "calls", 200, member_id=two)
    planning.set_value(ws, NOV, "calls", 6000)
    assert days(ws, metric="calls")[day] == 300
    assert days(ws, one, "calls")[day] == 100
    assert days(ws, one, "calls")[other] == 10
    assert shares(ws, "calls") == {one: 3000, two: 3000}
    check(ws)
    with pytest.raises(DomainError, match=r"13\.11\.2026"):
        planning.set_day(ws, NOV, other, "calls", 9)
    planning.set_day(ws, NOV, day, "calls", None)
    planning.set_day(ws, NOV, day, "calls", None, member_id=two)
    planning.set_day(ws, NOV, other, "calls", None, member_id=one)
    assert set(days(ws, metric="calls").values()) == {300}


def test_a_released_value_keeps_its_days_set_by_hand(ws: Workspace) -> None:
    one, two = people(ws, "Анна", "Борис")
    day = date(2026, 11, 12)
    planning.set_value(ws, NOV, "calls", 400)
    planning.set_value(ws, NOV, "calls", 300, member_id=one)
    planning.set_day(ws, NOV, day, "calls", 250, member_id=one)
    planning.set_value(ws, NOV, "calls", None, member_id=one)
    assert days(ws, one, "calls")[day] == 250
    assert shares(ws, "calls") == {one: 250, two: 150}
    with pytest.raises(DomainError, match="locked values exceed"):
        planning.set_value(ws, NOV, "calls", 249, member_id=one)
    check(ws)


def test_the_last_free_day_takes_what_is_left(ws: Workspace) -> None:
    one = team.add(ws, Member(0, "Анна"))
    two = team.add(ws, Member(0, "Борис", hired=date(2026, 11, 30)))
    last = date(2026, 11, 30)
    planning.set_value(ws, NOV, "calls", 100)
    planning.set_value(ws, NOV, "calls", 30, member_id=two)
    planning.set_day(ws, NOV, last, "calls", 50)
    assert days(ws, two, "calls") == {last: 30}
    assert days(ws, one, "calls")[last] == 20
    with pytest.raises(DomainError, match=r"30\.11\.2026"):
        planning.set_day(ws, NOV, last, "calls", 29)
    check(ws)


def test_a_saturday_can_be_given_a_plan(ws: Workspace) -> None:
    people(ws, "Анна", "Борис")
    planning.set_value(ws, NOV, "calls", 4000)
    planning.set_day(ws, NOV, date(2026, 11, 14), "calls", 400)
    assert days(ws, metric="calls")[date(2026, 11, 14)] == 400
    check(ws)


def test_refusals(ws: Workspace) -> None:
    one, _two = people(ws, "Анна", "Борис")
    for wrong in (-1, 10**16):
        with pytest.raises(DomainError):
            planning.set_value(ws, NOV, "calls", wrong)
    with pytest.raises(DomainError, match="scenario"):
        planning.set_value(ws, NOV, "calls", 1, scenario="best")
    with pytest.raises(DomainError, match="no metric"):
        planning.set_value(ws, NOV, "cals", 1)
    with pytest.raises(DomainError, match="gone"):
        planning.set_value(ws, NOV, "calls", 1, member_id=99)
    with pytest.raises(DomainError, match="no plan for"):
        planning.distribute(ws, NOV)
    with pytest.raises(DomainError, match="no plan for"):
        planning.set_day(ws, NOV, NOV, "calls", 1)
    assert planning.plan(ws, NOV) is None
    planning.set_value(ws, NOV, "calls", 100)
    with pytest.raises(DomainError, match="not shared by"):
        planning.distribute(ws, NOV, by="wish")
    with pytest.raises(DomainError, match="outside"):
        planning.set_day(ws, NOV, date(2026, 12, 1), "calls", 1)
    with pytest.raises(DomainError, match="Set it first"):
        planning.set_day(ws, NOV, NOV, "receipts", 1, member_id=one)


def test_equally_and_by_hand(ws: Workspace) -> None:
    one, two, three = people(ws, "Анна", "Борис", "Вера")
    planning.set_value(ws, NOV, "calls", 600)
    planning.set_value(ws, NOV, "calls", 300, member_id=one)
    planning.unlock(ws, NOV, "calls", one)
    assert shares(ws, "calls") == {one: 200, two: 200, three: 200}
    planning.set_value(ws, NOV, "calls", 300, member_id=one)
    planning.distribute(ws, NOV, by="manual")
    planning.unlock(ws, NOV, "calls", one)
    planning.set_value(ws, NOV, "calls", 1200)
    assert shares(ws, "calls") == {one: 600, two: 300, three: 300}
    planning.distribute(ws, NOV, by="equal")
    assert shares(ws, "calls") == {one: 400, two: 400, three: 400}
    assert view(ws).method == "equal"


def test_every_change_is_one_step_back(ws: Workspace) -> None:
    one, _two = people(ws, "Анна", "Борис")
    planning.set_value(ws, NOV, "calls", 100)
    before = (view(ws), days(ws, metric="calls"))
    planning.set_value(ws, NOV, "calls", 70, member_id=one)
    after = (view(ws), days(ws, metric="calls"))
    history.undo(ws)
    assert (view(ws), days(ws, metric="calls")) == before
    history.redo(ws)
    assert (view(ws), days(ws, metric="calls")) == after
    history.undo(ws)
    history.undo(ws)
    assert planning.plan(ws, NOV) is None


def test_repeating_a_value_leaves_no_trace(ws: Workspace) -> None:
    people(ws, "Анна", "Борис")
    planning.set_value(ws, NOV, "calls", 100)
    count = len(history.entries(ws))
    planning.set_value(ws, NOV, "calls", 100)
    planning.refresh_days(ws, NOV)
    planning.unlock(ws, NOV, "calls", None)
    assert len(history.entries(ws)) == count


def test_an_approved_plan_never_changes(ws: Workspace) -> None:
    one, _two = people(ws, "Анна", "Борис")
    planning.set_value(ws, NOV, "calls", 100)
    planning_versions.approve(ws, NOV, "И. Петров", date(2026, 10, 30))
    before = view(ws)
    assert (before.status, before.approved_by) == ("approved", "И. Петров")
    attempts = (
        lambda: planning.set_value(ws, NOV, "calls", 200),
        lambda: planning.set_value(ws, NOV, "calls", None),
        lambda: planning.set_value(ws, NOV, "calls", 20, member_id=one),
        lambda: planning.unlock(ws, NOV, "calls", one),
        lambda: planning.distribute(ws, NOV),
        lambda: planning.set_day(ws, NOV, date(2026, 11, 12), "calls", 1),
        lambda: planning.refresh_days(ws, NOV),
        lambda: planning_versions.approve(ws, NOV, "И. Петров", date(2026, 10, 30)),
    )
    for attempt in attempts:
        with pytest.raises(DomainError, match="approved and does not change"):
            attempt()
    with pytest.raises(DomainError, match="no draft"):
        planning_versions.discard_draft(ws, NOV)
    assert view(ws) == before


def test_versions(ws: Workspace) -> None:
    one, two = people(ws, "Анна", "Борис")
    with pytest.raises(DomainError, match="no plan for"):
        planning_versions.approve(ws, NOV, "И. Петров", date(2026, 10, 30))
    with pytest.raises(DomainError, match="no approved plan"):
        planning_versions.correct(ws, NOV, "так")
    planning.set_value(ws, NOV, "calls", 100)
    with pytest.raises(DomainError, match="by somebody"):
        planning_versions.approve(ws, NOV, " ", date(2026, 10, 30))
    planning_versions.approve(ws, NOV, "И. Петров", date(2026, 10, 30))
    with pytest.raises(DomainError, match="needs a reason"):
        planning_versions.correct(ws, NOV, " ")
    assert planning_versions.correct(ws, NOV, "ушёл крупный клиент") == 2
    with pytest.raises(DomainError, match="already has a draft"):
        planning_versions.correct(ws, NOV, "ещё раз")
    planning.set_value(ws, NOV, "calls", 80)
    with ws.read() as connection:
        counting = planning.current_plan_id(connection, NOV)
    assert counting is not None
    assert (counting.status, counting.version) == ("approved", 1)
    rows = planning_versions.compare(ws, NOV, 1, 2)
    assert [(row.member_id, row.a, row.b) for row in rows] == [
        (None, 100, 80),
        (one, 50, 40),
        (two, 50, 40),
    ]
    with pytest.raises(DomainError, match="no version 3"):
        planning_versions.compare(ws, NOV, 1, 3)
    planning_versions.approve(ws, NOV, "И. Петров", date(2026, 11, 10))
    assert [(v.version, v.status) for v in view(ws).versions] == [
        (2, "approved"),
        (1, "superseded"),
    ]
    first = planning.plan(ws, NOV, version=1)
    assert first is not None
    assert first.value("calls") == 100
    planning_versions.correct(ws, NOV, "опять")
    planning_versions.discard_draft(ws, NOV)
    assert view(ws).version == 2
    assert len(view(ws).versions) == 2
