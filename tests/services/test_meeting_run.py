"""A meeting from its beginning to its end, through the services."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.meetings import State
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import history, meeting_run, meetings, protocols, settings, team
from ropdesk.services.meeting_run import ABSENT, LATE, PRESENT, MeetingState
from ropdesk.services.meetings import NewMeeting, NewSeries, Occurrence, Rule
from ropdesk.store.workspace import Workspace
from tests.store.dumps import dump

DAY = date(2026, 10, 22)
NINE = datetime(2026, 10, 22, 9, 0, tzinfo=timezone(timedelta(hours=3)))


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


@pytest.fixture
def people(ws: Workspace) -> dict[str, int]:
    made = {
        name: team.add(ws, Member(0, name, hired=date(2025, 1, 1)))
        for name in ("Иванова Мария", "Орлов Никита", "Петров Алексей")
    }
    team.add(ws, Member(0, "Ушёл Давно", hired=date(2024, 1, 1), left=date(2026, 9, 1)))
    sick = Absence(made["Орлов Никита"], AbsenceKind.SICK_LEAVE, DAY, DAY)
    team.add_absence(ws, sick)
    return made


def plan(ws: Workspace, kind: str = "daily", day: date = DAY) -> int:
    return meetings.add(ws, NewMeeting(kind=kind, day=day, start=540))


@pytest.fixture
def daily(ws: Workspace, people: dict[str, int]) -> int:
    return meeting_run.begin(ws, plan(ws), NINE)


def seen(ws: Workspace, meeting_id: int) -> MeetingState:
    with ws.read() as connection:
        return meeting_run.meeting(connection, meeting_id)


def running(ws: Workspace) -> int | None:
    with ws.read() as connection:
        return meeting_run.running(connection)


def undone(ws: Workspace, before: object) -> None:
    """Undo takes everything back, redo brings it again, undo once more."""
    after = dump(ws.path)
    history.undo(ws)
    assert dump(ws.path) == before
    history.redo(ws)
    assert dump(ws.path) == after
    history.undo(ws)


def test_a_meeting_begins_with_its_number_the_roll_and_the_first_point(
    ws: Workspace, people: dict[str, int]
) -> None:
    meeting_id = plan(ws)
    before = dump(ws.path)
    assert meeting_run.begin(ws, meeting_id, NINE) == meeting_id
    state = seen(ws, meeting_id)
    assert (state.line.state, state.line.year, state.line.number) == (State.RUNNING, 2026, 1)
    assert [(each.name, each.state, each.reason) for each in state.attendance] == [
        ("Иванова Мария", PRESENT, ""),
        ("Орлов Никита", ABSENT, "больничный"),
        ("Петров Алексей", PRESENT, ""),
    ]
    assert state.kind.code == "daily"
    assert state.current == state.points[0].id
    found = state.clock(at(5))
    assert (found.elapsed, found.points) == (300, {state.points[0].id: 300})
    assert (state.led_by, running(ws)) == ("", meeting_id)
    undone(ws, before)
    settings.change(ws, sales_head="Смирнов А. В.")
    meeting_run.begin(ws, meeting_id, NINE)
    assert seen(ws, meeting_id).led_by == "Смирнов А. В."


def test_one_time_of_a_recurring_meeting_is_begun(ws: Workspace) -> None:
    series = meetings.add_series(
        ws, NewSeries(kind="daily", rule=Rule(date(2026, 10, 19), (0, 1, 2, 3, 4)), start=540)
    )
    begun = meeting_run.begin(ws, Occurrence(series, DAY), NINE)
    assert seen(ws, begun).line.ref == Occurrence(series, DAY)
    assert meeting_run.begin(ws, Occurrence(series, DAY), at(3)) == begun  # it goes on
    assert seen(ws, begun).clock(at(3)).elapsed == 180


def test_numbers_go_on_within_the_year(ws: Workspace) -> None:
    first = meeting_run.begin(ws, plan(ws), NINE)
    protocols.finish(ws, first, at(10))
    second = meeting_run.begin(ws, plan(ws), at(30))
    assert seen(ws, second).line.number == 2
    protocols.finish(ws, second, at(40))
    january = datetime(2027, 1, 11, 9, 0, tzinfo=NINE.tzinfo)
    third = meeting_run.begin(ws, plan(ws, day=january.date()), january)
    assert (seen(ws, third).line.year, seen(ws, third).line.number) == (2027, 1)


def test_one_meeting_at_a_time(ws: Workspace, daily: int) -> None:
    other = plan(ws, "weekly")
    with pytest.raises(DomainError, match="is running"):
        meeting_run.begin(ws, other, at(1))
    assert running(ws) == daily


def test_a_meeting_is_held_on_the_day_it_begins(ws: Workspace) -> None:
    meeting_id = plan(ws, day=DAY + timedelta(1))
    meeting_run.begin(ws, meeting_id, NINE)
    line = seen(ws, meeting_id).line
    assert (line.day, line.moved_from, line.moved) == (DAY, DAY + timedelta(1), 1)


def test_a_meeting_without_the_team_calls_no_roll(ws: Workspace, people: dict[str, int]) -> None:
    begun = meeting_run.begin(ws, plan(ws, "director"), NINE)
    assert seen(ws, begun).attendance == ()


def test_a_meeting_without_points_runs_too(ws: Workspace) -> None:
    meeting_id = plan(ws)
    for point in seen(ws, meeting_id).points:
        meeting_run.remove_point(ws, point.id)
    meeting_run.begin(ws, meeting_id, NINE)
    state = seen(ws, meeting_id)
    assert (state.current, state.clock(at(2)).elapsed) == (None, 120)


def test_points_follow_one_another_and_may_be_returned_to(ws: Workspace, daily: int) -> None:
    first, second = seen(ws, daily).points[:2]
    before = dump(ws.path)
    meeting_run.go_to_point(ws, daily, second.id, at(2))
    undone(ws, before)
    meeting_run.go_to_point(ws, daily, second.id, at(2))
    meeting_run.go_to_point(ws, daily, second.id, at(3))
    assert len(seen(ws, daily).marks) == 3
    meeting_run.go_to_point(ws, daily, first.id, at(5))
    state = seen(ws, daily)
    assert state.current == first.id
    assert state.clock(at(6)).points == {first.id: 180, second.id: 180}


def test_a_pause_holds_the_time(ws: Workspace, daily: int) -> None:
    meeting_run.pause(ws, daily, at(4))
    meeting_run.pause(ws, daily, at(5))
    assert seen(ws, daily).clock(at(60)).elapsed == 240
    meeting_run.resume(ws, daily, at(60))
    meeting_run.resume(ws, daily, at(61))
    assert seen(ws, daily).clock(at(62)).elapsed == 360
    assert len(seen(ws, daily).marks) == 4


def test_a_point_of_another_meeting_is_refused(ws: Workspace, daily: int) -> None:
    other = seen(ws, plan(ws, "weekly")).points[0].id
    for refused in (
        lambda: meeting_run.go_to_point(ws, daily, other, at(1)),
        lambda: meeting_run.add_decision(ws, daily, "Решили", other),
        lambda: meeting_run.go_to_point(ws, daily, 9999, at(1)),
    ):
        with pytest.raises(DomainError, match="point is gone"):
            refused()


def test_what_is_said_is_kept(ws: Workspace, daily: int) -> None:
    point = seen(ws, daily).points[2]
    before = dump(ws.path)
    meeting_run.set_notes(ws, point.id, notes=" Звонок в день КП \n", avoid="4 часа на документы")
    undone(ws, before)
    meeting_run.set_notes(ws, point.id, notes=" Звонок в день КП \n")
    meeting_run.set_notes(ws, point.id, avoid="4 часа на документы")
    kept = seen(ws, daily).point(point.id)
    assert kept is not None
    assert (kept.notes, kept.avoid) == ("Звонок в день КП", "4 часа на документы")
    meeting_run.set_private(ws, daily, " Поговорить с Галиевым ")
    meeting_run.set_people(ws, daily, led_by=" Смирнов  А. В. ", guests="Директор")
    meeting_run.set_people(ws, daily, secretary="Ким Д.")
    state = seen(ws, daily)
    assert (state.private, state.led_by, state.secretary, state.guests) == (
        "Поговорить с Галиевым", "Смирнов А. В.", "Ким Д.", "Директор",
    )  # fmt: skip


def test_the_agenda_is_changed(ws: Workspace) -> None:
    meeting_id = plan(ws)
    titles = [point.title for point in seen(ws, meeting_id).points]
    first = seen(ws, meeting_id).points[0].id
    before = dump(ws.path)
    added = meeting_run.add_point(
        ws, meeting_id, " Новый  CRM ", 7, source="signal", source_key="x", after=first
    )
    undone(ws, before)
    added = meeting_run.add_point(
        ws, meeting_id, " Новый  CRM ", 7, source="signal", source_key="x", after=first
    )
    point = seen(ws, meeting_id).points[1]
    assert (point.id, point.title, point.minutes, point.source) == (added, "Новый CRM", 7, "signal")
    last = meeting_run.add_point(ws, meeting_id, "В конце")
    meeting_run.move_point(ws, added, -1)
    meeting_run.move_point(ws, added, -1)
    meeting_run.move_point(ws, last, 1)
    meeting_run.set_point(ws, added, minutes=0, title="CRM")
    meeting_run.set_point(ws, added, minutes=3)
    assert [p.title for p in seen(ws, meeting_id).points] == ["CRM", *titles, "В конце"]
    meeting_run.remove_point(ws, added)
    assert [p.title for p in seen(ws, meeting_id).points] == [*titles, "В конце"]


@pytest.mark.parametrize(
    ("title", "minutes", "words"),
    [("  ", 5, "needs a name"), ("Точка", -1, "from 0 to 240"), ("Точка", 241, "from 0 to 240")],
)
def test_an_impossible_point_is_refused(
    ws: Workspace, title: str, minutes: int, words: str
) -> None:
    meeting_id = plan(ws)
    with pytest.raises(DomainError, match=words):
        meeting_run.add_point(ws, meeting_id, title, minutes)


def test_a_point_taken_off_while_it_is_talked_of(ws: Workspace, daily: int) -> None:
    first, second = seen(ws, daily).points[:2]
    meeting_run.go_to_point(ws, daily, second.id, at(1))
    meeting_run.add_decision(ws, daily, "Решили", second.id)
    before = dump(ws.path)
    meeting_run.remove_point(ws, second.id)
    state = seen(ws, daily)
    assert (state.current, state.clock(at(3)).elapsed) == (first.id, 180)
    assert [(d.text, d.point_id) for d in state.decisions] == [("Решили", None)]
    undone(ws, before)


def test_decisions_stand_in_the_order_in_which_they_were_made(ws: Workspace, daily: int) -> None:
    point = seen(ws, daily).points[0].id
    before = dump(ws.path)
    first = meeting_run.add_decision(ws, daily, " Документы готовит ассистент ", point)
    undone(ws, before)
    first = meeting_run.add_decision(ws, daily, " Документы готовит ассистент ", point)
    second = meeting_run.add_decision(ws, daily, "я" * 100)
    meeting_run.change_decision(ws, second, "Иначе")
    assert [(d.id, d.text, d.point_id) for d in seen(ws, daily).decisions] == [
        (first, "Документы готовит ассистент", point), (second, "Иначе", None),
    ]  # fmt: skip
    meeting_run.remove_decision(ws, first)
    assert [d.text for d in seen(ws, daily).decisions] == ["Иначе"]
    with pytest.raises(DomainError, match="what was decided"):
        meeting_run.add_decision(ws, daily, "  ")
    with pytest.raises(DomainError, match="decision is gone"):
        meeting_run.change_decision(ws, first, "Поздно")


def test_who_is_there(ws: Workspace, daily: int, people: dict[str, int]) -> None:
    maria = people["Иванова Мария"]
    before = dump(ws.path)
    meeting_run.set_attendance(ws, daily, maria, LATE, " пробки ")
    undone(ws, before)
    meeting_run.set_attendance(ws, daily, maria, LATE, " пробки ")
    assert seen(ws, daily).attendance[0].reason == "пробки"
    meeting_run.set_attendance(ws, daily, maria, PRESENT, "пробки")
    assert (seen(ws, daily).attendance[0].state, seen(ws, daily).attendance[0].reason) == (
        PRESENT, "",
    )  # fmt: skip
    with pytest.raises(DomainError, match="member is gone"):
        meeting_run.set_attendance(ws, daily, 9999, PRESENT)
    guest = team.add(ws, Member(0, "Новый Сотрудник"))
    meeting_run.set_attendance(ws, daily, guest, PRESENT)
    assert len(seen(ws, daily).attendance) == 4


def goals(ws: Workspace) -> list[tuple[object, ...]]:
    kept = dump(ws.path)["meeting_goal"]
    return [(row["member_id"], row["day"], row["metric"], row["value"]) for row in kept]


def test_the_plan_of_the_day_is_agreed(ws: Workspace, daily: int, people: dict[str, int]) -> None:
    maria = people["Иванова Мария"]
    before = dump(ws.path)
    meeting_run.set_goal(ws, daily, maria, DAY, "receipts", 130_000_00)
    undone(ws, before)
    meeting_run.set_goal(ws, daily, maria, DAY, "receipts", 130_000_00)
    meeting_run.set_goal(ws, daily, maria, DAY, "receipts", 140_000_00)
    assert goals(ws) == [(maria, "2026-10-22", "receipts", 140_000_00)]
    meeting_run.set_goal(ws, daily, maria, DAY, "receipts", None)
    meeting_run.set_goal(ws, daily, maria, DAY, "receipts", None)
    assert goals(ws) == []
    with pytest.raises(DomainError, match="zero or more"):
        meeting_run.set_goal(ws, daily, maria, DAY, "receipts", -1)


def test_what_has_not_begun_has_no_course(ws: Workspace, people: dict[str, int]) -> None:
    planned = plan(ws)
    for refused in (
        lambda: meeting_run.pause(ws, planned, NINE),
        lambda: meeting_run.go_to_point(ws, planned, seen(ws, planned).points[0].id, NINE),
        lambda: meeting_run.set_goal(ws, planned, people["Иванова Мария"], DAY, "receipts", 1),
    ):
        with pytest.raises(DomainError, match="not begun"):
            refused()


def test_nothing_of_a_finished_meeting_is_changed(
    ws: Workspace, daily: int, people: dict[str, int]
) -> None:
    maria = people["Иванова Мария"]
    point = seen(ws, daily).points[0].id
    decision = meeting_run.add_decision(ws, daily, "Решили")
    protocols.finish(ws, daily, at(15))
    state = seen(ws, daily)
    assert state.clock(at(99)).elapsed == 900
    before = dump(ws.path)
    for refused in (
        lambda: meeting_run.begin(ws, daily, at(20)),
        lambda: meeting_run.go_to_point(ws, daily, point, at(20)),
        lambda: meeting_run.pause(ws, daily, at(20)),
        lambda: meeting_run.resume(ws, daily, at(20)),
        lambda: meeting_run.set_notes(ws, point, notes="Поздно"),
        lambda: meeting_run.add_point(ws, daily, "Поздно"),
        lambda: meeting_run.move_point(ws, point, 1),
        lambda: meeting_run.remove_point(ws, point),
        lambda: meeting_run.set_point(ws, point, minutes=1),
        lambda: meeting_run.set_attendance(ws, daily, maria, LATE),
        lambda: meeting_run.add_decision(ws, daily, "Поздно"),
        lambda: meeting_run.change_decision(ws, decision, "Поздно"),
        lambda: meeting_run.remove_decision(ws, decision),
        lambda: meeting_run.set_goal(ws, daily, maria, DAY, "receipts", 1),
        lambda: meeting_run.set_private(ws, daily, "Поздно"),
        lambda: meeting_run.set_people(ws, daily, led_by="Поздно"),
    ):
        with pytest.raises(DomainError, match="protocol of this meeting is finished"):
            refused()
    assert dump(ws.path) == before


def test_a_correction_changes_words_alone(
    ws: Workspace, daily: int, people: dict[str, int]
) -> None:
    maria = people["Иванова Мария"]
    point = seen(ws, daily).points[0].id
    protocols.finish(ws, daily, at(15))
    protocols.begin_correction(ws, daily)
    assert running(ws) is None
    meeting_run.set_notes(ws, point, notes="Исправлено")
    meeting_run.add_decision(ws, daily, "Дописано", point)
    assert seen(ws, daily).decisions[0].text == "Дописано"
    for refused in (
        lambda: meeting_run.go_to_point(ws, daily, point, at(20)),
        lambda: meeting_run.pause(ws, daily, at(20)),
        lambda: meeting_run.set_goal(ws, daily, maria, DAY, "receipts", 1),
        lambda: meeting_run.remove_point(ws, point),
    ):
        with pytest.raises(DomainError, match="Correct its words only"):
            refused()
    with pytest.raises(DomainError, match="not held twice"):
        meeting_run.begin(ws, daily, at(20))


def test_a_skipped_meeting_does_not_begin(ws: Workspace) -> None:
    meeting_id = plan(ws)
    meetings.skip(ws, meeting_id, "Отчётный день")
    with pytest.raises(DomainError, match="was skipped"):
        meeting_run.begin(ws, meeting_id, NINE)


def test_what_is_gone_is_said_to_be_gone(ws: Workspace) -> None:
    for refused in (
        lambda: seen(ws, 7),
        lambda: meeting_run.begin(ws, 7, NINE),
        lambda: meeting_run.pause(ws, 7, NINE),
    ):
        with pytest.raises(DomainError, match="meeting is gone"):
            refused()


def test_the_time_is_known_after_the_program_was_killed(ws: Workspace, daily: int) -> None:
    """Another process reads the file: what was said and the time are there."""
    from ropdesk.store.workspace import open_workspace

    point = seen(ws, daily).points[1].id
    meeting_run.go_to_point(ws, daily, point, at(3))
    meeting_run.set_notes(ws, point, notes="Последнее слово")
    other = open_workspace(ws.path)
    try:
        assert running(other) == daily
        state = seen(other, daily)
        assert state.current == point
        assert state.clock(at(12)).points[point] == 540
        kept = state.point(point)
        assert kept is not None
        assert kept.notes == "Последнее слово"
    finally:
        other.close()


def test_the_last_word_is_the_last_thing_written(ws: Workspace, daily: int) -> None:
    """Operations carry the computer's own time, so they are looked for up to a moment."""
    with ws.read() as connection:
        assert meeting_run.last_word(connection, plan_of(ws), at(5)) is None
        first = meeting_run.last_word(connection, daily, at(5))
    assert first is not None
    assert first >= NINE
    meeting_run.go_to_point(ws, daily, seen(ws, daily).points[1].id, at(7))
    written = datetime.now(UTC)
    meeting_run.set_notes(ws, seen(ws, daily).points[1].id, notes="Слово")
    with ws.read() as connection:
        long_ago = meeting_run.last_word(connection, daily, datetime(2000, 1, 1, tzinfo=UTC))
        found = meeting_run.last_word(connection, daily, written + timedelta(days=1))
    assert long_ago == at(7)  # nothing but the marks
    assert found is not None
    assert found == max(at(7), found)
    assert abs(found - max(at(7), written)) < timedelta(minutes=1)


def plan_of(ws: Workspace) -> int:
    with ws.read() as connection:
        return connection.exec_driver_sql("SELECT max(id) + 1 FROM meeting").scalar_one()
