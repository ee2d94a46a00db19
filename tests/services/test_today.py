"""The day's page knows what was yesterday, what today needs, who is away and what is held."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from ropdesk.domain.metrics import DEFAULT_BOARD
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import (
    board,
    facts,
    forecast,
    meetings,
    planning,
    planning_versions,
    team,
    week,
)
from ropdesk.services import today as service
from ropdesk.services.facts import Entry
from ropdesk.services.meetings import NewMeeting
from ropdesk.services.today import Day, NewsKind
from ropdesk.services.week import NewAction
from ropdesk.store.workspace import Workspace

TODAY = date(2026, 10, 22)  # a Thursday; the 16th of 22 working days
MONTH = date(2026, 10, 1)
ROUBLES = 100


def ask(ws: Workspace, on: date = TODAY) -> Day:
    with ws.read() as connection:
        return service.day(connection, on)


def hire(
    ws: Workspace,
    name: str,
    *,
    hired: date | None = None,
    left: date | None = None,
    birthday: date | None = None,
    probation_until: date | None = None,
) -> int:
    member = Member(0, name, hired=hired, left=left, birthday=birthday,
                    probation_until=probation_until)  # fmt: skip
    return team.add(ws, member)


@pytest.fixture
def people(ws: Workspace) -> tuple[int, int]:
    """Two sellers with a plan of 700 000 and with 350 000 brought before today."""
    maria, kim = hire(ws, "Иванова Мария"), hire(ws, "Ким Дарья")
    for member, value in ((maria, 500_000), (kim, 200_000)):
        planning.set_value(ws, MONTH, "receipts", value * ROUBLES, member)
    planning.set_value(ws, MONTH, "receipts", 700_000 * ROUBLES)
    planning_versions.approve(ws, MONTH, "Директор", date(2026, 9, 30))
    for day, brought in ((date(2026, 10, 20), 250_000), (date(2026, 10, 21), 100_000)):
        facts.enter(ws, day, [Entry(maria, "receipts", brought * ROUBLES)])
    return maria, kim


def test_an_empty_workspace_has_a_day_without_numbers(ws: Workspace) -> None:
    found = ask(ws)
    assert (found.working, found.number, found.of) == (True, 16, 22)
    assert (found.numbers, found.need, found.needs, found.chances) == (None, None, (), ())
    assert (found.meetings, found.actions, found.news) == ((), (), ())
    assert (found.plan.status, found.next_plan.status) == ("none", "none")


def test_what_is_missing_is_shared_over_the_days_left_today_included(
    ws: Workspace, people: tuple[int, int]
) -> None:
    maria, kim = people
    found = ask(ws)
    assert found.days_left == 7
    assert found.need == 350_000 * ROUBLES // 7
    needs = {one.member_id: one for one in found.needs}
    assert needs[maria].need == -(-150_000 * ROUBLES // 7)  # rounded up
    assert (needs[kim].need, needs[kim].fact) == (-(-200_000 * ROUBLES // 7), 0)
    facts.enter(ws, TODAY, [Entry(maria, "receipts", 90_000 * ROUBLES)])
    later = ask(ws)
    assert later.need == found.need  # what today brings does not lower what today is asked
    assert (found.fact_today, later.fact_today) == (None, 90_000 * ROUBLES)


def test_days_away_are_not_counted_on(ws: Workspace, people: tuple[int, int]) -> None:
    _maria, kim = people
    team.add_absence(ws, Absence(kim, AbsenceKind.VACATION, TODAY, TODAY + timedelta(1)))
    need = {one.member_id: one for one in ask(ws).needs}[kim]
    assert (need.days_left, need.need, need.away) == (5, 200_000 * ROUBLES // 5, True)
    team.add_absence(
        ws, Absence(kim, AbsenceKind.VACATION, TODAY + timedelta(2), date(2026, 10, 31))
    )
    need = {one.member_id: one for one in ask(ws).needs}[kim]
    assert (need.days_left, need.need) == (0, None)


def test_a_reached_plan_needs_nothing(ws: Workspace, people: tuple[int, int]) -> None:
    facts.enter(ws, date(2026, 10, 19), [Entry(people[0], "receipts", 400_000 * ROUBLES)])
    found = ask(ws)
    assert found.need == 0
    assert {one.member_id: one.need for one in found.needs}[people[0]] == 0


def test_yesterday_is_the_boards(ws: Workspace, people: tuple[int, int]) -> None:
    numbers = ask(ws).numbers
    assert numbers is not None
    yesterday = date(2026, 10, 21)
    shown = board.board(ws, MONTH, TODAY, by="day")
    period = next(one for one in shown.periods if one.start == yesterday)
    figure = period.department["receipts"]
    assert (numbers.department.fact, numbers.department.plan) == (figure.fact, figure.plan)
    assert numbers.spans.fact_first == numbers.spans.fact_last == yesterday
    assert "receipts" in DEFAULT_BOARD
    assert people[0] in {one.member_id for one in numbers.members}


def test_chances_are_the_forecasts_now_and_a_working_day_before(ws: Workspace) -> None:
    maria = hire(ws, "Иванова Мария")
    for month in range(1, 10):
        for day in range(1, 29, 3):
            value = (20_000 + 1_000 * (day * month % 7)) * ROUBLES
            facts.enter(ws, date(2026, month, day), [Entry(maria, "receipts", value)])
    for day in (5, 12, 19, 21):
        facts.enter(ws, date(2026, 10, day), [Entry(maria, "receipts", 50_000 * ROUBLES)])
    planning.set_value(ws, MONTH, "receipts", 230_000 * ROUBLES)
    found = ask(ws)
    assert [one.scenario for one in found.chances] == ["standard"]
    chance = found.chances[0]
    for day, said in ((date(2026, 10, 21), chance.chance), (date(2026, 10, 20), chance.before)):
        outlook = forecast.outlook(ws, MONTH, day, ["receipts"])
        assert outlook.chance("receipts", 230_000 * ROUBLES) == said
    assert isinstance(chance.chance, Fraction)


def test_the_first_day_of_a_month_begins_anew(ws: Workspace, people: tuple[int, int]) -> None:
    planning.set_value(ws, date(2026, 11, 1), "receipts", 190_000 * ROUBLES)
    found = ask(ws, date(2026, 11, 2))
    assert found.number == 1
    assert found.need == 190_000 * ROUBLES // found.of
    assert found.plan.status == "draft"
    assert people[0] in {one.member_id for one in found.needs}


def test_the_agenda_has_meetings_and_the_sales_heads_own_hours(
    ws: Workspace, people: tuple[int, int]
) -> None:
    meeting = meetings.add(ws, NewMeeting(kind="daily", day=TODAY, start=9 * 60))
    at_two = {"week": TODAY, "day": TODAY, "start": 14 * 60}
    mine = week.add(ws, [NewAction(title="Беседа", **at_two)])[0]
    week.add(ws, [
        NewAction(title="Чужое", member_id=people[0], **at_two),
        NewAction(title="Без времени", week=TODAY, day=TODAY),
        NewAction(title="Завтра", week=TODAY, day=TODAY + timedelta(1), start=600),
    ])  # fmt: skip
    dropped = week.add(ws, [NewAction(title="Отменено", **at_two)])[0]
    week.drop(ws, dropped, "Не нужно")
    found = ask(ws)
    assert [one.id for one in found.meetings] == [meeting]
    assert [one.ref for one in found.actions] == [mine]


def test_people_to_think_of_are_named(ws: Workspace) -> None:
    away = hire(ws, "Орлов Никита")
    back = hire(ws, "Галиев Тимур")
    soon = hire(ws, "Сидоренко Ольга", birthday=date(1990, 10, 23))
    hire(ws, "Петров Алексей", birthday=date(1990, 10, 30))
    trial = hire(ws, "Ким Дарья", hired=date(2026, 8, 3), probation_until=date(2026, 11, 2))
    new = hire(ws, "Новикова Вера", hired=TODAY + timedelta(1))
    gone = hire(ws, "Волков Илья", left=TODAY + timedelta(3))
    hire(ws, "Бывший", left=TODAY - timedelta(1), birthday=date(1990, 10, 23))
    team.add_absence(
        ws, Absence(away, AbsenceKind.SICK_LEAVE, TODAY - timedelta(1), date(2026, 10, 25))
    )
    team.add_absence(
        ws, Absence(back, AbsenceKind.VACATION, date(2026, 10, 12), TODAY - timedelta(1))
    )
    assert {(one.kind, one.member_id, one.day) for one in ask(ws).news} == {
        (NewsKind.AWAY, away, date(2026, 10, 25)),
        (NewsKind.BACK, back, TODAY),
        (NewsKind.BIRTHDAY, soon, date(2026, 10, 23)),
        (NewsKind.PROBATION, trial, date(2026, 11, 2)),
        (NewsKind.STARTS, new, TODAY + timedelta(1)),
        (NewsKind.LEAVES, gone, TODAY + timedelta(3)),
    }
