"""Tasks through their services: one list, every change undone, the next of a repeating one."""

from datetime import date

import pytest

from ropdesk.domain.director import ReportKind, RequestState
from ropdesk.domain.errors import DomainError
from ropdesk.domain.investigations import Verdict
from ropdesk.domain.tasks import Kind, Repeat, State, When
from ropdesk.domain.team import Member
from ropdesk.services import (
    director,
    duties,
    history,
    investigations,
    sample_tasks,
    tasks,
    team,
    week,
    week_series,
)
from ropdesk.services.investigations import NewInvestigation
from ropdesk.services.tasks import NewTask, TaskLine, TaskRef
from ropdesk.services.tasks_due import day_reader
from ropdesk.services.week import NewAction, Occurrence
from ropdesk.services.week_series import Repeat as Recurs
from ropdesk.store.workspace import Workspace
from tests.store import dumps

TODAY = date(2026, 10, 22)
SELLERS = ("Иванова Мария", "Петров Алексей", "Галиев Тимур", "Ким Дарья")
MON, WED, FRI = date(2026, 10, 19), date(2026, 10, 21), date(2026, 10, 23)


@pytest.fixture
def anna(ws: Workspace) -> int:
    return team.add(ws, Member(0, "Анна", hired=date(2025, 1, 1)))


def seen(ws: Workspace, **how: object) -> list[TaskLine]:
    with ws.read() as connection:
        return tasks.tasks(connection, TODAY, **how)  # type: ignore[arg-type]


def one(ws: Workspace, title: str = "Позвонить в банк", **values: object) -> TaskRef:
    return tasks.add(ws, NewTask(**({"title": title} | values)), TODAY)  # type: ignore[arg-type]


def line(ws: Workspace, ref: TaskRef) -> TaskLine:
    return next(found for found in seen(ws, open_only=False) if found.ref == ref)


def undone(ws: Workspace, before: dumps.Dump) -> None:
    """Undo takes everything back, redo brings it again, undo once more."""
    after = dumps.dump(ws.path)
    assert after != before
    history.undo(ws)
    assert dumps.dump(ws.path) == before
    history.redo(ws)
    assert dumps.dump(ws.path) == after
    history.undo(ws)


def test_a_task_is_added_changed_and_deleted(ws: Workspace, anna: int) -> None:
    before = dumps.dump(ws.path)
    ref = one(ws, " Отправить  КП ", due=FRI, member_id=anna, note=" по базе ")
    kept = line(ws, ref)
    assert (kept.title, kept.due, kept.owner, kept.note) == ("Отправить КП", FRI, "Анна", "по базе")
    assert kept.state is State.OPEN
    assert kept.when(TODAY) is When.WEEK
    assert kept.ticks
    undone(ws, before)
    ref = one(ws, "Отправить КП", due=FRI)
    before = dumps.dump(ws.path)
    tasks.change(ws, ref, title="Отправить два КП", due=None, member_id=anna, note="срочно")
    kept = line(ws, ref)
    assert (kept.title, kept.due, kept.member_id) == ("Отправить два КП", None, anna)
    assert kept.when(TODAY) is When.SOME_DAY
    undone(ws, before)
    before = dumps.dump(ws.path)
    tasks.remove(ws, ref)
    assert seen(ws, open_only=False) == []
    undone(ws, before)


def test_what_cannot_be_is_refused_and_nothing_is_written(ws: Workspace) -> None:
    ref = one(ws)
    before = dumps.dump(ws.path)
    for values in ({"title": " "}, {"member_id": 77}, {"repeat": "week"}):
        with pytest.raises(DomainError):
            one(ws, **values)
        with pytest.raises(DomainError):
            tasks.change(ws, ref, **values)
    with pytest.raises(DomainError):
        tasks.drop(ws, ref, " ", TODAY)
    with pytest.raises(KeyError):
        tasks.change(ws, ref, state="done")
    gone = TaskRef(Kind.TASK, 999)
    with pytest.raises(DomainError):
        tasks.finish(ws, gone, TODAY)
    assert dumps.dump(ws.path) == before


def test_done_and_dropped_leave_the_open_list_with_what_was_said(ws: Workspace) -> None:
    done, dropped = one(ws, "Первая"), one(ws, "Вторая", due=WED)
    tasks.finish(ws, done, TODAY, " всё подписано ")
    tasks.drop(ws, dropped, "клиент ушёл", TODAY)
    assert seen(ws) == []
    assert (line(ws, done).state, line(ws, done).result) == (State.DONE, "всё подписано")
    kept = line(ws, dropped)
    assert (kept.state, kept.result, kept.done_on) == (State.DROPPED, "клиент ушёл", TODAY)
    tasks.reopen(ws, dropped)
    assert [found.ref for found in seen(ws)] == [dropped]
    assert line(ws, dropped).result == ""


def test_finishing_a_repeating_task_makes_the_next_in_one_step(ws: Workspace, anna: int) -> None:
    ref = one(ws, "Отчёт", due=date(2026, 10, 31), repeat="month", member_id=anna, note="форма 2")
    assert line(ws, ref).due == date(2026, 10, 30)  # the 31st is a Saturday
    before = dumps.dump(ws.path)
    following = tasks.finish(ws, ref, TODAY)
    assert following is not None
    kept = line(ws, following)
    assert (kept.due, kept.repeat, kept.owner) == (date(2026, 11, 30), Repeat.MONTH, "Анна")
    assert kept.note == "форма 2"
    undone(ws, before)
    assert [found.ref for found in seen(ws)] == [ref]
    # Month after month it comes back to the 31st, on a working day.
    days, here = [], ref
    for _month in range(5):
        found = tasks.finish(ws, here, line(ws, here).due or TODAY)
        assert found is not None
        here = found
        days.append(line(ws, here).due)
    assert days == [
        date(2026, 11, 30), date(2026, 12, 30), date(2027, 1, 29), date(2027, 2, 26),
        date(2027, 3, 31),
    ]  # fmt: skip


def test_a_late_finish_does_not_make_up_what_was_missed(ws: Workspace) -> None:
    ref = one(ws, "Сверка", due=date(2026, 10, 5), repeat="week")
    following = tasks.finish(ws, ref, TODAY)
    assert following is not None
    assert line(ws, following).due == date(2026, 10, 26)


def test_one_time_can_be_moved_alone_or_with_the_following(ws: Workspace) -> None:
    ref = one(ws, "Сверка", due=MON, repeat="week")
    tasks.change(ws, ref, due=WED)
    following = tasks.finish(ws, ref, WED)
    assert following is not None
    assert line(ws, following).due == date(2026, 10, 26)
    tasks.change(ws, following, due=date(2026, 10, 28), rhythm=True)
    last = tasks.finish(ws, following, date(2026, 10, 28))
    assert last is not None
    assert line(ws, last).due == date(2026, 11, 3)  # 4 November is a day off
    tasks.change(ws, last, repeat="")
    assert tasks.finish(ws, last, date(2026, 11, 3)) is None


def test_reopening_takes_the_next_one_back_unless_it_was_changed(ws: Workspace) -> None:
    ref = one(ws, "Сверка", due=MON, repeat="week")
    tasks.finish(ws, ref, TODAY)
    tasks.reopen(ws, ref)
    assert [found.ref for found in seen(ws)] == [ref]
    following = tasks.finish(ws, ref, TODAY)
    assert following is not None
    tasks.change(ws, following, note="взять акты")
    tasks.reopen(ws, ref)
    assert {found.ref for found in seen(ws)} == {ref, following}
    assert tasks.finish(ws, ref, TODAY) is None  # its next one stands already


def test_the_list_holds_what_waits_elsewhere(ws: Workspace, anna: int) -> None:
    past = week.add(ws, [NewAction(title="Разбор звонков", week=date(2026, 10, 12), day=None)])[0]
    week.add(ws, [NewAction(title="Обзвон базы", week=MON, day=FRI, member_id=anna)])
    series = week_series.add_series(
        ws, NewAction(title="Планёрка с ОКК", week=MON), Recurs((2,), MON)
    )
    request = director.add_request(ws, ReportKind.WEEK, MON, "Две линии телефонии", FRI)
    case = investigations.start(
        ws,
        NewInvestigation(question="Почему упала конверсия?", metric="conversion", first=MON,
                         last=WED, opened=WED),
    )  # fmt: skip
    investigations.decide(ws, case, "скрипт", "новый скрипт", date(2026, 11, 5), WED)
    own = one(ws, "Позвонить в банк")
    lines = seen(ws)
    assert [(found.ref.kind, found.due) for found in lines] == [
        (Kind.ACTION, date(2026, 10, 16)),
        (Kind.ACTION, WED),
        (Kind.REQUEST, FRI),
        (Kind.ACTION, FRI),
        (Kind.INVESTIGATION, date(2026, 11, 5)),
        (Kind.TASK, None),
    ]
    assert lines[-1].ref == own
    recurring = next(found for found in lines if found.title == "Планёрка с ОКК")
    assert recurring.ref.key == Occurrence(series, WED)
    assert recurring.repeat is Repeat.WEEK
    assert [found.title for found in seen(ws, until=WED)] == ["Разбор звонков", "Планёрка с ОКК"]
    for ref, result in (
        (TaskRef(Kind.ACTION, past), "три разбора"),
        (recurring.ref, ""),
        (TaskRef(Kind.REQUEST, request), "поставили"),
    ):
        before = dumps.dump(ws.path)
        assert tasks.finish(ws, ref, TODAY, result) is None
        assert (line(ws, ref).state, line(ws, ref).result) == (State.DONE, result)
        undone(ws, before)
    with pytest.raises(DomainError):
        tasks.finish(ws, TaskRef(Kind.INVESTIGATION, case), TODAY)
    investigations.verdict(ws, case, Verdict.HELPED, "выросла", date(2026, 11, 5))
    closed = line(ws, TaskRef(Kind.INVESTIGATION, case))
    assert (closed.state, closed.done_on) == (State.DONE, date(2026, 11, 5))
    with pytest.raises(DomainError):
        tasks.change(ws, TaskRef(Kind.REQUEST, request), title="Иначе")


def test_a_request_goes_back_to_what_was_promised(ws: Workspace) -> None:
    key = director.add_request(ws, ReportKind.WEEK, MON, "Две линии", WED)
    ref = TaskRef(Kind.REQUEST, key)
    director.answer(ws, key, RequestState.PROMISED, WED, "поставим", date(2026, 10, 30))
    assert line(ws, ref).due == date(2026, 10, 30)
    tasks.finish(ws, ref, TODAY)
    tasks.reopen(ws, ref)
    kept = director.waiting(ws)[0]
    assert (kept.state, kept.answered_on) == (RequestState.PROMISED, WED)
    assert kept.promised_for == date(2026, 10, 30)
    tasks.drop(ws, ref, "не дадут", TODAY)
    assert line(ws, ref).state is State.DROPPED
    other = director.add_request(ws, ReportKind.WEEK, MON, "Стажёр")
    tasks.finish(ws, TaskRef(Kind.REQUEST, other), TODAY)
    tasks.reopen(ws, TaskRef(Kind.REQUEST, other))
    assert line(ws, TaskRef(Kind.REQUEST, other)).state is State.OPEN


def test_an_action_is_dropped_and_taken_back_in_the_week_itself(ws: Workspace) -> None:
    ref = TaskRef(Kind.ACTION, week.add(ws, [NewAction(title="Разбор", week=MON)])[0])
    tasks.drop(ws, ref, "нет времени", TODAY)
    assert seen(ws) == []
    tasks.reopen(ws, ref)
    assert [found.ref for found in seen(ws)] == [ref]
    assert line(ws, ref).due == FRI  # without a day: the last working day of its week


def test_a_place_lists_the_tasks_made_there(ws: Workspace) -> None:
    ref = one(ws, "Проверить запись", origin="meeting", origin_id=5)
    one(ws, "Другое", origin="meeting", origin_id=6)
    tasks.finish(ws, ref, TODAY)
    with ws.read() as connection:
        found = tasks.of_origin(connection, "meeting", 5)
    assert [task.ref for task in found] == [ref]
    assert found[0].where == ("meeting", {"meeting": 5})


def test_who_can_be_given_a_task(ws: Workspace, anna: int) -> None:
    left = team.add(ws, Member(0, "Борис", hired=date(2024, 1, 1), left=date(2026, 9, 1)))
    with ws.read() as connection:
        assert tasks.owners(connection, TODAY) == [(None, ""), (anna, "Анна")]
        assert tasks.owners(connection, TODAY, [left])[-1] == (left, "Борис")


@pytest.mark.parametrize(
    ("said", "day", "others"),
    [
        ("завтра", FRI, ()),
        ("25-го", date(2026, 10, 25), (FRI, date(2026, 10, 26))),
        ("28", date(2026, 10, 28), ()),
        ("к концу недели", FRI, ()),
        ("tomorrow", FRI, ()),
        ("2026-10-30", date(2026, 10, 30), ()),
    ],
)
def test_a_day_is_read_from_words(
    ws: Workspace, said: str, day: date, others: tuple[date, ...]
) -> None:
    found = day_reader(ws, TODAY)(said)
    assert found is not None
    assert (found.value, found.others) == (day, others)


@pytest.mark.parametrize("said", ["бла", "завтра бла", "30.02", "99", "Петров завтра"])
def test_what_is_not_a_day_is_refused(ws: Workspace, said: str) -> None:
    with pytest.raises(DomainError) as refused:
        day_reader(ws, TODAY)(said)
    assert refused.value.fields["field"] == "due"


def test_nothing_written_is_no_day(ws: Workspace) -> None:
    assert day_reader(ws, TODAY)("  ") is None


def test_the_sample_has_tasks_and_duties_of_every_kind(ws: Workspace) -> None:
    members = {name: team.add(ws, Member(0, name)) for name in SELLERS}
    sample_tasks.sample(ws, TODAY, members)
    lines = seen(ws, open_only=False)
    assert {found.when(TODAY) for found in lines if found.state is State.OPEN} == set(When)
    assert {found.repeat for found in lines} >= {Repeat.WEEK, Repeat.MONTH}
    assert State.DONE in {found.state for found in lines}
    with ws.read() as connection:
        kept = {line.code: line for line in duties.duties(connection, TODAY)}
    assert (kept["plan_fact"].done, kept["plan_fact"].streak) == (True, 10)
    assert (kept["calls"].done, kept["calls"].streak) == (False, 4)
    assert kept["stuck_deals"].streak == 5
    assert kept["discipline"].delegate == "Петров Алексей"
