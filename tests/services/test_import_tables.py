"""Daily facts, plans and the team from files."""

from datetime import date
from pathlib import Path

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Member
from ropdesk.services import facts, history, import_list, planning, planning_versions, team
from ropdesk.services import import_tables as tables
from ropdesk.services.facts import Entry
from ropdesk.services.files import FileSpec
from ropdesk.services.owners import Choice
from ropdesk.store.workspace import Workspace
from tests.services.importing import EVERYBODY, TODAY, adds_up, content, counts, write_csv

FACTS = ("Сотрудник", "Дата", "Показатель", "Значение")
PLAN = ("Менеджер", "Месяц", "Показатель", "План")
OCTOBER = date(2026, 10, 1)


def fact_file(folder: Path, *rows: tuple[str, str, str, str], name: str = "f.csv") -> Path:
    return write_csv(folder / name, FACTS, rows, delimiter=";")


def plan_file(folder: Path, *rows: tuple[str, str, str, str], name: str = "p.csv") -> Path:
    return write_csv(folder / name, PLAN, rows, delimiter=";")


def run_facts(ws: Workspace, path: Path, choice: Choice = EVERYBODY) -> tuple[int, ...]:
    outcome = tables.run_facts(ws, path, FileSpec("facts"), choice, TODAY)
    assert adds_up(outcome)
    return counts(outcome)


def run_plan(ws: Workspace, path: Path, choice: Choice = EVERYBODY) -> tuple[int, ...]:
    outcome = tables.run_plan(ws, path, FileSpec("plan"), choice, TODAY)
    assert adds_up(outcome)
    return counts(outcome)


def test_facts_come_in_once_update_and_go_again(ws: Workspace, tmp_path: Path) -> None:
    empty = content(ws)
    path = fact_file(tmp_path, ("Иванова Мария", "05.10.2026", "Звонки", "40"),
                     ("Петров Олег", "05.10.2026", "Поступления", "1 250,50"))  # fmt: skip
    rehearsed = tables.dry_run_facts(ws, path, FileSpec("facts"), EVERYBODY, TODAY)
    assert counts(rehearsed) == (2, 0, 0, 0, 0)
    assert content(ws) == empty
    assert run_facts(ws, path) == (2, 0, 0, 0, 0)
    first = content(ws)
    assert run_facts(ws, path) == (0, 0, 2, 0, 0)
    assert content(ws) == first
    newer = fact_file(tmp_path, ("Иванова Мария", "05.10.2026", "Звонки", "41"), name="g.csv")
    assert run_facts(ws, newer) == (0, 1, 0, 0, 0)
    assert [line.kind for line in import_list.imports(ws)] == ["facts"] * 3
    history.undo(ws)
    assert content(ws) == first
    history.undo(ws)
    history.undo(ws)
    assert content(ws) == empty
    assert all(line.undone for line in import_list.imports(ws))
    for _ in range(3):
        history.redo(ws)
    assert not any(line.undone for line in import_list.imports(ws))


def test_an_override_by_hand_stays_over_a_newer_file(ws: Workspace, tmp_path: Path) -> None:
    member = team.add(ws, Member(0, "Иванова Мария"))
    run_facts(ws, fact_file(tmp_path, ("Иванова Мария", "05.10.2026", "Звонки", "40")))
    day = date(2026, 10, 5)
    facts.enter(ws, day, [Entry(member, "calls", 55, "мобильный")])
    newer = fact_file(tmp_path, ("Иванова Мария", "05.10.2026", "Звонки", "41"), name="g.csv")
    assert run_facts(ws, newer) == (0, 1, 0, 0, 0)
    cell = facts.grid(ws, day, ["calls"]).cells[member, "calls"]
    assert (cell.value, cell.source, cell.overridden) == (55, 41, True)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("Иванова Мария", "05.10.2026", "Звонки", "-3"), "negative"),
        (("Иванова Мария", "23.10.2026", "Звонки", "3"), "not come yet"),
        (("Иванова Мария", "31.02.2026", "Звонки", "3"), ""),
        (("Иванова Мария", "05.10.2026", "Конверсия", "3"), "ratio"),
        (("Иванова Мария", "05.10.2026", "Нечто", "3"), "no metric"),
    ],
)
def test_impossible_facts_are_refused_one_by_one(
    ws: Workspace, tmp_path: Path, row: tuple[str, str, str, str], words: str
) -> None:
    path = fact_file(tmp_path, ("Иванова Мария", "06.10.2026", "Звонки", "1"), row)
    outcome = tables.run_facts(ws, path, FileSpec("facts"), EVERYBODY, TODAY)
    assert counts(outcome) == (1, 0, 0, 0, 1)
    assert outcome.rejected[0].line == 3
    assert words in str(outcome.rejected[0].reason)


def test_totals_and_second_names_do_not_count_twice(ws: Workspace, tmp_path: Path) -> None:
    team.add(ws, Member(0, "Иванова Мария", aliases=("205",)))
    path = fact_file(
        tmp_path, ("Иванова Мария", "05.10.2026", "Звонки", "4"),
        ("205", "05.10.2026", "Звонки", "4"), ("205", "05.10.2026", "Звонки", "5"),
        ("Отдел", "05.10.2026", "Звонки", "4"), ("", "06.10.2026", "Звонки", "4"),
    )  # fmt: skip
    assert run_facts(ws, path) == (2, 0, 0, 1, 2)
    assert run_facts(ws, path) == (0, 0, 2, 1, 2)


def test_unknown_names_of_facts_are_refused(ws: Workspace, tmp_path: Path) -> None:
    path = fact_file(tmp_path, ("Некто", "05.10.2026", "Звонки", "4"))
    outcome = tables.run_facts(ws, path, FileSpec("facts"), Choice(), TODAY)
    assert outcome.unknown == ("Некто",)
    assert counts(outcome) == (0, 0, 0, 0, 1)
    assert not content(ws)["member"]


def test_plans_come_in_whole_and_the_department_is_their_sum(ws: Workspace, tmp_path: Path) -> None:
    path = plan_file(tmp_path, ("Иванова Мария", "10.2026", "Поступления", "300000"),
                     ("Петров Олег", "10.2026", "Поступления", "200000"))  # fmt: skip
    assert run_plan(ws, path) == (2, 0, 0, 0, 0)
    first = content(ws)
    plan = planning.plan(ws, OCTOBER)
    assert plan is not None
    assert plan.value("receipts") == 500_000_00
    assert run_plan(ws, path) == (0, 0, 2, 0, 0)
    assert content(ws) == first
    newer = plan_file(
        tmp_path,
        ("", "10.2026", "Поступления", "700000"),
        ("Петров Олег", "10.2026", "Поступления", "400000"),
        name="q.csv",
    )
    assert run_plan(ws, newer) == (0, 2, 0, 0, 0)
    history.undo(ws)
    assert content(ws) == first


def test_a_department_that_contradicts_its_members_is_refused(
    ws: Workspace, tmp_path: Path
) -> None:
    path = plan_file(tmp_path, ("", "10.2026", "Поступления", "100"),
                     ("Иванова Мария", "10.2026", "Поступления", "300"),
                     ("Иванова Мария", "10.2026", "Звонки", "50"))  # fmt: skip
    outcome = tables.run_plan(ws, path, FileSpec("plan"), EVERYBODY, TODAY)
    assert counts(outcome) == (2, 0, 0, 0, 1)
    plan = planning.plan(ws, OCTOBER)
    assert plan is not None
    assert plan.value("receipts") == 30_000
    assert plan.value("calls") == 50


def test_an_approved_plan_refuses_its_rows(ws: Workspace, tmp_path: Path) -> None:
    path = plan_file(tmp_path, ("", "10.2026", "Звонки", "100"))
    run_plan(ws, path)
    planning_versions.approve(ws, OCTOBER, "Соколова", TODAY)
    other = plan_file(tmp_path, ("", "10.2026", "Звонки", "200"), ("", "11.2026", "Звонки", "5"),
                      name="q.csv")  # fmt: skip
    assert run_plan(ws, other) == (1, 0, 0, 0, 1)


def test_a_scenario_of_its_own(ws: Workspace, tmp_path: Path) -> None:
    path = plan_file(tmp_path, ("", "10.2026", "Звонки", "100"))
    spec = FileSpec("plan", scenario="maximum")
    tables.run_plan(ws, path, spec, EVERYBODY, TODAY)
    plan = planning.plan(ws, OCTOBER)
    assert plan is not None
    assert plan.value("calls", scenario="maximum") == 100
    assert plan.value("calls") is None
    with pytest.raises(DomainError, match="no scenario"):
        tables.run_plan(ws, path, FileSpec("plan", scenario="best"), EVERYBODY, TODAY)


TEAM = ("ФИО", "Код", "Логин", "Должность", "Принят")
TEAM_MAPS = ("name=ФИО", "alias=Код", "alias=Логин", "position=Должность", "hired=Принят")


def run_team(ws: Workspace, path: Path) -> tuple[int, ...]:
    spec = FileSpec("members", maps=TEAM_MAPS)
    rehearsed = tables.dry_run_members(ws, path, spec, Choice(), TODAY)
    outcome = tables.run_members(ws, path, spec, Choice(), TODAY)
    assert counts(rehearsed) == counts(outcome)
    assert adds_up(outcome)
    return counts(outcome)


def test_the_team_is_made_changed_and_renamed(ws: Workspace, tmp_path: Path) -> None:
    team.add(ws, Member(0, "272"))  # an earlier import knew only the key
    team.add(ws, Member(0, "Петров О."))
    path = write_csv(tmp_path / "t.csv", TEAM, [
        ("Иванова Мария", "272", "maria", "Старший менеджер", "01.02.2024"),
        ("Петров Олег", "273", "", "", ""),
        ("Сидоров Яков", "274", "", "Менеджер", ""),
    ])  # fmt: skip
    assert run_team(ws, path) == (1, 2, 0, 0, 0)
    people = {m.name: m for m in team.team(ws).members.values()}
    assert sorted(people) == ["Иванова Мария", "Петров Олег", "Сидоров Яков"]
    maria = people["Иванова Мария"]
    assert maria.hired == date(2024, 2, 1)
    assert {"272", "maria"} <= set(maria.aliases)
    before = content(ws)
    assert run_team(ws, path) == (0, 0, 3, 0, 0)
    assert content(ws) == before


def test_one_name_cannot_mean_two(ws: Workspace, tmp_path: Path) -> None:
    team.add(ws, Member(0, "Иванова Мария", aliases=("272",)))
    team.add(ws, Member(0, "Петров Олег"))
    path = write_csv(tmp_path / "t.csv", TEAM, [("Петров Олег", "272", "", "", "")])
    before = content(ws)
    assert run_team(ws, path) == (0, 0, 0, 0, 1)
    assert content(ws) == before


def test_two_agreeing_rows_do_not_take_one_member(ws: Workspace, tmp_path: Path) -> None:
    team.add(ws, Member(0, "Иванов И."))
    rows = [("Иванов Иван", "1", "", "", ""), ("Иванов Игорь", "2", "", "", "")]
    path = write_csv(tmp_path / "t.csv", TEAM, rows)
    assert run_team(ws, path) == (2, 0, 0, 0, 0)


def test_the_order_workers_figures(ws: Workspace, shared_data: Path) -> None:
    """The public set: people by keys, orders of several lines, a plan by another key."""
    folder = shared_data / "adventureworks"
    spec = FileSpec("members", maps=("name=Salesperson", "alias=EmployeeKey", "alias=EmployeeID"))
    tables.run_members(ws, folder / "Salesperson.csv", spec, Choice(), TODAY)
    spec = FileSpec(
        "plan", maps=("member=EmployeeID", "month=TargetMonth", "value=TargetAmount"),
        metric="receipts",
    )  # fmt: skip
    outcome = tables.run_plan(ws, folder / "Targets.csv", spec, Choice(), TODAY)
    assert counts(outcome) == (323, 0, 0, 0, 0)
    ids = {m.name: m.id for m in team.team(ws).members.values()}
    checked = 0
    for line in (folder / "plan_fact_truth.csv").read_text("utf-8").splitlines()[1:]:
        name, month, wanted, _fact = line.split(",")
        plan = planning.plan(ws, date.fromisoformat(month.replace("/", "-") + "-01"))
        assert plan is not None
        assert (plan.value("receipts", ids[name]) or 0) == int(float(wanted or 0) * 100)
        checked += 1
    assert checked > 200
