"""Starting a plan: from another month, a quarter, another scenario, a file."""

import csv
from datetime import date
from pathlib import Path

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import CATALOGUE, Kind
from ropdesk.domain.team import Member
from ropdesk.services import (
    calendar,
    history,
    planning,
    planning_import,
    planning_start,
    planning_versions,
    team,
)
from ropdesk.services.planning_import import PlanRow
from ropdesk.store.models import DailyValue
from ropdesk.store.workspace import Workspace
from tests.services.test_planning import check, days, people, shares, view

OCT, NOV, DEC = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)


def approve(ws: Workspace, month: date) -> None:
    planning_versions.approve(ws, month, "И. Петров", month)


def test_a_copied_plan_is_shared_over_the_new_month(ws: Workspace) -> None:
    one, two = people(ws, "Анна", "Борис")
    gone = team.add(ws, Member(0, "Вера", left=date(2026, 10, 20)))
    planning.set_value(ws, OCT, "receipts", 900_000_00)
    planning.set_value(ws, OCT, "receipts", 200_000_00, member_id=one)
    planning.set_value(ws, OCT, "conversion", 1850)
    planning.set_value(ws, OCT, "calls", 40, member_id=gone)
    planning.distribute(ws, OCT, by="equal", metric="receipts")
    approve(ws, OCT)
    planning.set_value(ws, NOV, "inquiries", 5)
    planning_start.copy_plan(ws, NOV, OCT)
    assert shares(ws) == {one: 200_000_00, two: 700_000_00}
    assert view(ws).method == "equal"
    assert view(ws).value("conversion") == 1850
    assert view(ws).value("inquiries") is None
    assert view(ws).value("calls") is None
    worked = calendar.calendar(ws).working_days(NOV, date(2026, 11, 30))
    assert sorted(days(ws)) == list(worked)
    check(ws)
    with pytest.raises(DomainError, match="to copy"):
        planning_start.copy_plan(ws, NOV, DEC)
    with pytest.raises(DomainError, match="approved and does not change"):
        planning_start.copy_plan(ws, OCT, NOV)
    history.undo(ws)
    assert view(ws).value("inquiries") == 5


def test_nobody_free_takes_over_from_who_left(ws: Workspace) -> None:
    one = team.add(ws, Member(0, "Анна"))
    gone = team.add(ws, Member(0, "Вера", left=date(2026, 10, 20)))
    planning.set_value(ws, OCT, "calls", 100)
    planning.set_value(ws, OCT, "calls", 40, member_id=one)
    planning.set_value(ws, OCT, "calls", 60, member_id=gone)
    planning_start.copy_plan(ws, NOV, OCT)
    assert shares(ws, "calls") == {one: 100}


def test_a_quarter_by_working_days(ws: Workspace) -> None:
    people(ws, "Анна", "Борис")
    found = planning_start.plan_span(ws, OCT, 3, "calls", 6400)
    norms = [calendar.calendar(ws).month_norm(2026, m).working_days for m in (10, 11, 12)]
    assert sum(found.values()) == 6400
    assert [round(v / 6400 * sum(norms)) for v in found.values()] == norms
    for month in (OCT, NOV, DEC):
        assert view(ws, month).value("calls") == found[month]
        check(ws, month)
    assert set(planning_start.plan_span(ws, OCT, 3, "conversion", 1900).values()) == {1900}
    approve(ws, NOV)
    with pytest.raises(DomainError, match="approved and does not change"):
        planning_start.scale_scenarios(ws, NOV, 9000, 11_000)
    with pytest.raises(DomainError, match="approved and does not change"):
        planning_start.plan_span(ws, OCT, 3, "calls", 1)
    assert view(ws, OCT).value("calls") == found[OCT]
    with pytest.raises(DomainError, match="1 to 12"):
        planning_start.plan_span(ws, OCT, 13, "calls", 1)


def test_a_year_follows_last_years_season(ws: Workspace) -> None:
    [one] = people(ws, "Анна")
    with ws.operation("Facts") as operation:
        operation.session.add_all(
            DailyValue(member_id=one, metric="calls", day=date(2025, month, n), entered=amount)
            for month, amount in ((10, 10), (11, 10), (12, 30))
            for n in range(1, 32 if month != 11 else 31)
        )
    found = planning_start.plan_span(ws, OCT, 3, "calls", 10_000)
    assert found[DEC] > 2 * found[NOV]
    assert sum(found.values()) == 10_000


def test_scenarios_from_the_standard(ws: Workspace) -> None:
    one, two = people(ws, "Анна", "Борис")
    planning.set_value(ws, NOV, "receipts", 1_000_000_00)
    planning.set_value(ws, NOV, "receipts", 300_000_00, member_id=one)
    planning.set_value(ws, NOV, "average_check", 31_400_00)
    planning.set_value(ws, NOV, "calls", 7, member_id=one)
    planning.set_value(ws, NOV, "calls", 8, member_id=two)
    planning_start.scale_scenarios(ws, NOV, 8750, 11_250)
    assert shares(ws, scenario="minimum") == {one: 262_500_00, two: 612_500_00}
    assert shares(ws, scenario="maximum") == {one: 337_500_00, two: 787_500_00}
    assert view(ws).value("average_check", scenario="maximum") == 31_400_00
    assert sum(shares(ws, "calls", "minimum").values()) == 13
    check(ws)
    before = view(ws)
    planning_start.scale_scenarios(ws, NOV, 8750, 11_250)
    assert view(ws) == before
    with pytest.raises(DomainError, match="at most 100"):
        planning_start.scale_scenarios(ws, NOV, 10_001, 11_000)


def outcomes(found: list[planning_import.RowOutcome]) -> list[str]:
    return [one.outcome for one in found]


def test_rows_of_a_file(ws: Workspace) -> None:
    one, two = people(ws, "Анна", "Борис")
    planning.set_value(ws, OCT, "calls", 10)
    approve(ws, OCT)
    rows = [
        PlanRow(2, one, NOV, "calls", 100),
        PlanRow(3, two, NOV, "calls", 60),
        PlanRow(4, two, NOV, "calls", 60),
        PlanRow(5, two, NOV, "calls", 61),
        PlanRow(6, None, DEC, "receipts", 100_00),
        PlanRow(7, one, OCT, "calls", 5),
        PlanRow(8, one, NOV, "call", 5),
        PlanRow(9, one, NOV, "receipts", -5),
        PlanRow(10, one, NOV, "conversion", 2000),
    ]
    wanted = ["created", "created", "duplicate", "rejected", "created"] + ["rejected"] * 3
    with ws.read() as connection:
        assert outcomes(planning_import.judge_rows(connection, rows)) == [*wanted, "created"]
    assert planning.plan(ws, NOV) is None
    found = planning_import.import_plan(ws, rows)
    assert outcomes(found) == [*wanted, "created"]
    assert "approved" in str(found[5].reason)
    assert view(ws).values["standard", "calls", None] == (160, False)
    assert view(ws, DEC).value("receipts", two) == 50_00
    check(ws)
    check(ws, DEC)
    again = outcomes(planning_import.import_plan(ws, rows))
    assert again.count("unchanged") == 4
    assert not {"created", "updated"} & set(again)
    changed = planning_import.import_plan(ws, [PlanRow(2, one, NOV, "calls", 90)])
    assert outcomes(changed) == ["updated"]
    assert view(ws).value("calls") == 150


def test_a_file_meets_what_was_planned_by_hand(ws: Workspace) -> None:
    one, two = people(ws, "Анна", "Борис")
    planning.set_value(ws, NOV, "calls", 200)
    planning_import.import_plan(ws, [PlanRow(2, one, NOV, "calls", 150)])
    assert shares(ws, "calls") == {one: 150, two: 50}
    planning_import.import_plan(ws, [PlanRow(2, two, NOV, "calls", 70)])
    assert view(ws).values["standard", "calls", None] == (220, False)
    both = [PlanRow(2, one, NOV, "calls", 10), PlanRow(3, two, NOV, "calls", 20)]
    found = planning_import.import_plan(ws, [*both, PlanRow(4, None, NOV, "calls", 25)])
    assert outcomes(found) == ["updated", "updated", "rejected"]
    assert view(ws).value("calls") == 30
    found = planning_import.import_plan(ws, [PlanRow(4, None, NOV, "calls", 25)])
    assert outcomes(found) == ["rejected"]
    assert view(ws).value("calls") == 30
    found = planning_import.import_plan(ws, [*both, PlanRow(4, None, NOV, "calls", 30)])
    assert outcomes(found) == ["unchanged", "unchanged", "updated"]
    check(ws)


def test_a_file_does_not_undo_days_set_by_hand(ws: Workspace) -> None:
    one, _two = people(ws, "Анна", "Борис")
    planning.set_value(ws, NOV, "calls", 200)
    planning.set_day(ws, NOV, date(2026, 11, 12), "calls", 90, member_id=one)
    before = view(ws)
    found = planning_import.import_plan(ws, [PlanRow(2, one, NOV, "calls", 80)])
    assert outcomes(found) == ["rejected"]
    assert "exceed the plan by 10" in str(found[0].reason)
    assert view(ws) == before


def test_a_real_file_of_plans(ws: Workspace, shared_data: Path) -> None:
    folder = shared_data / "adventureworks"
    with (folder / "Salesperson.csv").open(encoding="utf-8-sig") as file:
        names = {r["EmployeeID"]: r["Salesperson"] for r in csv.DictReader(file, delimiter="|")}
    ids = {key: team.add(ws, Member(0, name, aliases=(key,))) for key, name in names.items()}
    with (folder / "Targets.csv").open(encoding="utf-8-sig") as file:
        rows = [
            PlanRow(
                line,
                ids[row["EmployeeID"]],
                date(*map(int, row["TargetMonth"].split("/"))),
                "receipts",
                int(row["TargetAmount"]) * 100,
            )
            for line, row in enumerate(csv.DictReader(file, delimiter="|"), 2)
        ]
    assert outcomes(planning_import.import_plan(ws, rows)) == ["created"] * len(rows)
    assert set(outcomes(planning_import.import_plan(ws, rows))) == {"unchanged"}
    with (folder / "plan_fact_truth.csv").open(encoding="utf-8-sig") as file:
        truth = list(csv.DictReader(file))
    known = team.team(ws).members.values()
    for row in truth:
        member = next(m for m in known if m.name == row["salesperson"])
        found = view(ws, date(*map(int, row["month"].split("/")), 1))
        value = found.value("receipts", member.id)
        assert (value or 0) == round(float(row["plan"] or 0) * 100)
        check(ws, found.month)


def test_a_whole_department_is_shared_at_once(ws: Workspace) -> None:
    """Thirty members, a dozen metrics, three scenarios: every sum holds."""
    people(ws, *(f"Менеджер {n}" for n in range(30)))
    flows = [m.code for m in CATALOGUE if m.kind is Kind.FLOW][:12]
    rows = [PlanRow(n, None, NOV, code, 100_000 + n) for n, code in enumerate(flows)]
    for scenario in ("minimum", "standard", "maximum"):
        planning_import.import_plan(ws, rows, scenario)
    planning.distribute(ws, NOV, by="equal")
    check(ws)
