"""A meeting is prepared: its points, what is offered, and nothing written before it is wanted."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ropdesk.domain.director import ReportKind
from ropdesk.domain.errors import DomainError
from ropdesk.domain.meetings import BUILTIN, Rule
from ropdesk.domain.team import Member
from ropdesk.services import (
    director,
    facts,
    history,
    investigations,
    meeting_offers,
    meeting_prep,
    meeting_run,
    meetings,
    practices,
    promises,
    tasks,
    team,
    week,
)
from ropdesk.services.facts import Entry
from ropdesk.services.investigations import NewInvestigation
from ropdesk.services.meeting_offers import Offer, Offers, Source, Standing
from ropdesk.services.meeting_prep import Change, Preparation
from ropdesk.services.meetings import NewMeeting, NewSeries, Occurrence
from ropdesk.services.promises import NewPromise
from ropdesk.services.tasks import NewTask
from ropdesk.services.week import NewAction
from ropdesk.store.workspace import Workspace
from tests.store import dumps

TODAY = date(2026, 10, 22)
YESTERDAY, TOMORROW = TODAY - timedelta(1), TODAY + timedelta(1)
USUAL = [point.minutes for point in BUILTIN["daily"].agenda]


@pytest.fixture
def anna(ws: Workspace) -> int:
    return team.add(ws, Member(0, "Иванова Анна", hired=date(2025, 1, 1)))


@pytest.fixture
def planned(ws: Workspace) -> Occurrence:
    """Give the coordination of today, one of every working day."""
    rule = Rule(date(2026, 10, 1), weekdays=(0, 1, 2, 3, 4))
    return Occurrence(meetings.add_series(ws, NewSeries(kind="daily", rule=rule, start=540)), TODAY)


def seen(ws: Workspace, ref: meetings.Ref) -> Preparation:
    with ws.read() as connection:
        return meeting_prep.preparation(connection, ref)


def titles(ws: Workspace, ref: meetings.Ref) -> list[str]:
    return [point.title for point in seen(ws, ref).points]


def offered(ws: Workspace, ref: meetings.Ref) -> Offers:
    return meeting_offers.offers(ws, ref, TODAY)


def test_a_planned_time_shows_its_agenda_and_writes_nothing(
    ws: Workspace, planned: Occurrence, anna: int
) -> None:
    before = dumps.dump(ws.path)
    found = seen(ws, planned)
    assert [point.minutes for point in found.points] == USUAL
    assert (found.line.id, found.minutes, found.over) == (None, 20, 0)
    assert found.points[0].title == "Факт за вчера"
    offered(ws, planned)
    meeting_prep.move(ws, planned, 0, -1)
    assert dumps.dump(ws.path) == before
    assert anna


def test_the_first_change_writes_the_row_with_all_its_points(
    ws: Workspace, planned: Occurrence
) -> None:
    before = dumps.dump(ws.path)
    names = titles(ws, planned)
    assert meeting_prep.add(ws, planned, "  Новый  регламент ", 7) == len(names)
    found = seen(ws, planned)
    assert found.line.id is not None
    assert found.line.ref == planned, "it keeps the name it is called by"
    assert titles(ws, planned) == [*names, "Новый регламент"]
    assert (found.minutes, found.over) == (27, 7)
    history.undo(ws)
    assert dumps.dump(ws.path) == before


def test_points_move_change_and_go(ws: Workspace, planned: Occurrence) -> None:
    names = titles(ws, planned)
    assert meeting_prep.move(ws, planned, 2, -1) == 1
    moved = [names[0], names[2], names[1], *names[3:]]
    assert titles(ws, planned) == moved
    assert meeting_prep.move(ws, planned, 1, 99) == len(names) - 1
    assert titles(ws, planned)[-1] == names[2]
    meeting_prep.change(ws, planned, Change(0, minutes=9), Change(1, minutes=0))
    meeting_prep.change(ws, planned, Change(0, title="Вчера и сегодня"))
    first = seen(ws, planned).points[0]
    assert (first.title, first.minutes) == ("Вчера и сегодня", 9)
    assert seen(ws, planned).points[1].minutes == 0
    meeting_prep.remove(ws, planned, 0)
    assert titles(ws, planned)[0] == names[1]
    for _step in range(5):
        history.undo(ws)
    assert titles(ws, planned) == names
    assert seen(ws, planned).line.id is None


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (lambda ws, ref: meeting_prep.add(ws, ref, "  "), "title"),
        (lambda ws, ref: meeting_prep.add(ws, ref, "Пункт", -1), "minutes"),
        (lambda ws, ref: meeting_prep.change(ws, ref, Change(0, minutes=241)), "minutes"),
        (lambda ws, ref: meeting_prep.change(ws, ref, Change(0, title="")), "title"),
        (
            lambda ws, ref: meeting_prep.change(
                ws, ref, Change(1, minutes=1), Change(6, minutes=1)
            ),
            None,
        ),
        (lambda ws, ref: meeting_prep.remove(ws, ref, -1), None),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(
    ws: Workspace, planned: Occurrence, act: object, field: str | None
) -> None:
    before = dumps.dump(ws.path)
    assert callable(act)
    with pytest.raises(DomainError) as refused:
        act(ws, planned)
    assert refused.value.fields.get("field") == field
    assert dumps.dump(ws.path) == before


def test_a_running_meeting_still_takes_points_and_a_finished_one_does_not(
    ws: Workspace, planned: Occurrence
) -> None:
    meeting_id = meeting_run.begin(ws, planned, datetime(2026, 10, 22, 9, tzinfo=UTC))
    place = meeting_prep.add(ws, meeting_id, "Срочное")
    assert place == len(USUAL)
    meetings_before = titles(ws, planned)
    assert meetings_before[-1] == "Срочное"
    single = meetings.add(ws, NewMeeting(kind="daily", day=TODAY))
    meetings.skip(ws, single, "Праздник")
    with pytest.raises(DomainError):
        meeting_prep.add(ws, single, "Ещё")


def test_promises_of_yesterday_come_along_and_become_points(
    ws: Workspace, planned: Occurrence, anna: int
) -> None:
    def promise(due: date, text: str, customer: str = "", amount: int | None = None) -> int:
        return promises.add(ws, NewPromise(
            text=text, given=TODAY - timedelta(5), due=due, first=due, member_id=anna,
            customer=customer, metric="calls" if amount else "", amount=amount,
        ))  # fmt: skip

    facts.enter(ws, YESTERDAY, [Entry(anna, "calls", 5)])
    promise(YESTERDAY, "Звонки по базе", amount=20)
    promise(YESTERDAY, "Сделать дело", amount=5)
    promise(TODAY, "Оплата", customer="Ромашка")
    promise(TOMORROW, "Аттестация")
    waiting = promise(TODAY - timedelta(3), "Разобрать задачи")
    found = offered(ws, planned).promises
    assert [(one.title, one.standing) for one in found] == [
        ("Звонки по базе, 20 звонков", Standing.BROKEN),
        ("Разобрать задачи", Standing.OVERDUE),
        ("Оплата «Ромашка»", Standing.TODAY),
    ]
    place = meeting_prep.take(ws, planned, found[1])
    point = seen(ws, planned).points[place]
    assert (point.title, point.minutes) == ("Иванова Анна: Разобрать задачи", 1)
    assert (point.source, point.source_key) == ("promise", str(waiting))
    assert seen(ws, planned).has(found[1])
    assert not seen(ws, planned).has(found[0])
    assert meeting_prep.take(ws, planned, found[1]) == place, "taken once"
    assert len(titles(ws, planned)) == len(USUAL) + 1
    meeting_prep.leave_out(ws, planned, found[1])
    assert len(titles(ws, planned)) == len(USUAL)


def test_what_is_unfinished_is_offered_by_its_kind(
    ws: Workspace, planned: Occurrence, anna: int
) -> None:
    week.add(ws, [
        NewAction(title="Разбор звонков", week=TODAY, day=TODAY, member_id=anna),
        NewAction(title="Позже", week=TODAY, day=TOMORROW),
    ])  # fmt: skip
    tasks.add(ws, NewTask(title="Утвердить план", due=YESTERDAY), TODAY)
    tasks.add(ws, NewTask(title="Когда-нибудь"), TODAY)
    case = investigations.start(ws, NewInvestigation(
        question="Почему упала конверсия?", metric="conversion", first=TODAY - timedelta(14),
        last=YESTERDAY, opened=TODAY, members=(anna,),
    ))  # fmt: skip
    practices.add_finding(ws, case, "Звонить в день КП", TODAY, member_id=anna, proven=True)
    practices.add_finding(ws, None, "Старое", date(2026, 8, 1), proven=True)
    director.add_request(ws, ReportKind.WEEK, TODAY, "Второй ассистент", TODAY)
    found = offered(ws, planned)
    assert [(one.title, one.who, one.standing) for one in found.actions] == [
        ("Разбор звонков", "Иванова Анна", Standing.TODAY)
    ]
    assert [(one.title, one.standing) for one in found.tasks] == [
        ("Утвердить план", Standing.OVERDUE)
    ]
    assert [one.point for one in found.investigations] == ["Разбор: Почему упала конверсия?"]
    assert [one.title for one in found.practices] == ["Звонить в день КП"]
    assert found.requests == (), "no talk for the department"
    met = meetings.add(ws, NewMeeting(kind="director", day=TODAY, start=600))
    [request] = offered(ws, met).requests
    assert (request.title, request.standing) == ("Второй ассистент", Standing.TODAY)
    every: list[Offer] = list(offered(ws, met))
    assert [one.source for one in every] == [
        Source.REQUEST, Source.ACTION, Source.TASK, Source.INVESTIGATION, Source.PRACTICE,
    ]  # fmt: skip
    for one in every:
        place = meeting_prep.take(ws, met, one)
        assert seen(ws, met).points[place].minutes == one.minutes


def test_signals_of_the_last_week_are_offered(
    ws: Workspace, planned: Occurrence, anna: int
) -> None:
    monday = TODAY - timedelta(TODAY.weekday())
    for number in range(1, 31):
        day = monday - timedelta(7 * number)
        for weekday in range(5):
            usual = 40 + (number * 7 + weekday * 3) % 5
            calls = 4 if number == 1 else usual
            facts.enter(ws, day + timedelta(weekday), [Entry(anna, "calls", calls)])
    found = meeting_offers.signalled(ws, TODAY)
    assert found
    assert all(one.source is Source.SIGNAL and one.title for one in found)
    assert found[0].where[1] == {"view": "signals", "week": monday - timedelta(7)}
    place = meeting_prep.take(ws, planned, found[0])
    assert seen(ws, planned).points[place].source_key == found[0].key


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Новая CRM 5", ("Новая CRM", 5)),
        ("Новая CRM, 10 мин", ("Новая CRM", 10)),
        ("Новая CRM – 15 минут.", ("Новая CRM", 15)),
        ("New CRM 7 min", ("New CRM", 7)),
        ("Итоги за 9", ("Итоги за", 9)),
        ("Новая CRM", ("Новая CRM", 5)),
        ("План 2027", ("План 2027", 5)),
        ("  12 ", ("12", 5)),
        ("Приказ №5", ("Приказ №5", 5)),
        ("", ("", 5)),
    ],
)
def test_a_point_is_typed_with_its_minutes(text: str, read: tuple[str, int]) -> None:
    assert meeting_prep.point_line(text) == read
