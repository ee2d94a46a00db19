"""Duties through their services: whose, done by hand or seen by the program, streaks."""

from datetime import date

import pytest

from ropdesk.domain.director import ReportKind
from ropdesk.domain.duties import STARTING_SET, Rhythm, State
from ropdesk.domain.errors import DomainError
from ropdesk.domain.investigations import About
from ropdesk.domain.team import Member
from ropdesk.i18n import set_language
from ropdesk.services import director, duties, facts, history, investigations, team, week
from ropdesk.services.duties import DutyLine
from ropdesk.services.facts import Entry
from ropdesk.services.investigations import NewInvestigation
from ropdesk.services.week import NewAction
from ropdesk.store.models import Meeting, MeetingProtocol, Plan
from ropdesk.store.workspace import Workspace
from tests.store import dumps

TODAY = date(2026, 10, 22)
MON = date(2026, 10, 19)
SATURDAY = date(2026, 10, 24)


def seen(ws: Workspace, today: date = TODAY) -> dict[str, DutyLine]:
    with ws.read() as connection:
        return {line.code: line for line in duties.duties(connection, today)}


def due(ws: Workspace, today: date = TODAY) -> list[str]:
    with ws.read() as connection:
        return [line.code for line in duties.due(connection, today)]


def undone(ws: Workspace, before: dumps.Dump) -> None:
    """Undo takes everything back, redo brings it again, undo once more."""
    after = dumps.dump(ws.path)
    assert after != before
    history.undo(ws)
    assert dumps.dump(ws.path) == before
    history.redo(ws)
    assert dumps.dump(ws.path) == after
    history.undo(ws)


def test_a_fresh_workspace_has_the_starting_set_all_ones_own(ws: Workspace) -> None:
    found = seen(ws)
    assert list(found) == [duty.code for duty in STARTING_SET]
    assert all(line.state is State.MINE and not line.done for line in found.values())
    assert all(line.streak == 0 and line.where is not None for line in found.values())
    assert found["coordination"].start == 9 * 60
    assert found["coordination"].auto
    assert not found["plan_fact"].auto
    assert due(ws) == list(found)
    russian = [line.title for line in found.values()]
    set_language("en")
    assert all(a != b for a, b in zip(russian, [x.title for x in seen(ws).values()], strict=True))


def test_a_mark_is_of_its_period_and_streaks_count_periods(ws: Workspace) -> None:
    for day in (date(2026, 10, 16), MON, date(2026, 10, 20), date(2026, 10, 21)):
        duties.mark(ws, "plan_fact", day)
    line = seen(ws)["plan_fact"]
    assert (line.done, line.how, line.streak) == (False, "", 4)
    before = dumps.dump(ws.path)
    duties.mark(ws, "plan_fact", TODAY)
    line = seen(ws)["plan_fact"]
    assert (line.done, line.how, line.done_on, line.streak) == (True, "hand", TODAY, 5)
    undone(ws, before)
    duties.mark(ws, "discipline", MON)
    duties.mark(ws, "discipline", TODAY)  # of the same week: one mark
    assert seen(ws)["discipline"].streak == 1
    assert seen(ws)["discipline"].done_on == MON
    duties.unmark(ws, "discipline", TODAY)
    assert not seen(ws)["discipline"].done
    duties.unmark(ws, "discipline", TODAY)  # nothing to take away: nothing happens
    duties.mark(ws, "motivation", date(2026, 9, 30))
    assert seen(ws)["motivation"].streak == 1
    assert seen(ws)["motivation"].done is False


def test_whose_a_duty_is(ws: Workspace) -> None:
    anna = team.add(ws, Member(0, "Анна", hired=date(2025, 1, 1)))
    before = dumps.dump(ws.path)
    duties.set_state(ws, "calls", State.DELEGATED, anna)
    assert (seen(ws)["calls"].state, seen(ws)["calls"].delegate) == (State.DELEGATED, "Анна")
    undone(ws, before)
    duties.set_state(ws, "calls", State.DELEGATED, delegate=" старший  менеджер ")
    assert seen(ws)["calls"].delegate == "старший менеджер"
    duties.set_state(ws, "tools", State.IRRELEVANT)
    assert {"calls", "tools"}.isdisjoint(due(ws))
    assert {"calls", "tools"} < seen(ws).keys()
    duties.set_state(ws, "calls", State.MINE)
    assert seen(ws)["calls"].delegate == ""
    for state, member, code in (
        (State.DELEGATED, None, "calls"), (State.DELEGATED, 99, "calls"), (State.MINE, None, "x"),
    ):  # fmt: skip
        with pytest.raises(DomainError):
            duties.set_state(ws, code, state, member)


def test_daily_duties_rest_on_a_day_off(ws: Workspace) -> None:
    rhythms = {duty.code: duty.rhythm for duty in STARTING_SET}
    assert Rhythm.DAY not in {rhythms[code] for code in due(ws, SATURDAY)}


def test_the_usual_time_can_be_changed_and_stays_with_the_state(ws: Workspace) -> None:
    duties.set_state(ws, "coordination", State.MINE)
    assert seen(ws)["coordination"].start == 9 * 60
    duties.set_start(ws, "coordination", 570)
    assert seen(ws)["coordination"].start == 570
    duties.set_start(ws, "coordination", None)
    assert seen(ws)["coordination"].start is None
    with pytest.raises(DomainError):
        duties.set_start(ws, "coordination", 24 * 60)


def test_a_duty_of_ones_own(ws: Workspace) -> None:
    before = dumps.dump(ws.path)
    code = duties.add_own(ws, " Обход  зала ", Rhythm.DAY, 600)
    line = seen(ws)[code]
    assert (line.title, line.rhythm, line.start, line.own) == ("Обход зала", Rhythm.DAY, 600, True)
    undone(ws, before)
    code = duties.add_own(ws, "Обход зала", Rhythm.DAY)
    other = duties.add_own(ws, "Письмо команде", Rhythm.WEEK)
    assert code != other
    duties.mark(ws, code, TODAY)
    duties.change_own(ws, code, "Обход склада", Rhythm.DAY, 615)
    assert (seen(ws)[code].title, seen(ws)[code].done) == ("Обход склада", True)
    before = dumps.dump(ws.path)
    duties.remove_own(ws, code)
    assert code not in seen(ws)
    undone(ws, before)
    for bad in ("calls", "own_99"):
        with pytest.raises(DomainError):
            duties.remove_own(ws, bad)
        with pytest.raises(DomainError):
            duties.change_own(ws, bad, "Иначе", Rhythm.DAY)
    with pytest.raises(DomainError):
        duties.add_own(ws, " ", Rhythm.DAY)
    with pytest.raises(DomainError):
        duties.mark(ws, "own_99", TODAY)


def held(ws: Workspace, kind: str, day: date, state: str = "done") -> int:
    with ws.operation("Meeting") as operation:
        row = Meeting(kind=kind, day=day, state=state)
        operation.session.add(row)
        operation.session.flush()
        return row.id


def test_meetings_that_were_held_are_seen(ws: Workspace) -> None:
    kinds = {
        "coordination": "daily", "weekly_meeting": "weekly", "month_meeting": "monthly",
        "director_week": "director", "quality": "quality", "marketing": "marketing",
    }  # fmt: skip
    for kind in kinds.values():
        held(ws, kind, TODAY, "planned")
    assert not any(seen(ws)[code].done for code in kinds)
    for kind in kinds.values():
        held(ws, kind, TODAY)
    assert {code: seen(ws)[code].how for code in kinds} == dict.fromkeys(kinds, "auto")
    held(ws, "daily", date(2026, 10, 21), "correcting")
    assert seen(ws)["coordination"].streak == 2
    duties.mark(ws, "coordination", date(2026, 10, 20))  # by hand and by itself count together
    assert seen(ws)["coordination"].streak == 3
    assert not seen(ws, date(2026, 10, 29))["weekly_meeting"].done
    assert seen(ws, date(2026, 10, 29))["weekly_meeting"].streak == 1


def test_what_is_kept_elsewhere_is_seen(ws: Workspace) -> None:
    anna = team.add(ws, Member(0, "Анна", hired=date(2025, 1, 1)))
    wanted = ("protocol", "statistics", "week_plan", "investigation", "director_week",
              "director_month", "month_plan")  # fmt: skip
    assert not any(seen(ws)[code].done for code in wanted)
    meeting = held(ws, "daily", TODAY)
    with ws.operation("Protocol") as operation:
        operation.session.add(
            MeetingProtocol(meeting_id=meeting, edition=1, at="2026-10-22T09:20:00", content="{}")
        )
        operation.session.add(Plan(month=date(2026, 11, 1), version=1, status="approved"))
        operation.session.add(Plan(month=date(2026, 12, 1), version=1, status="draft"))
    facts.enter(ws, TODAY, [Entry(anna, "calls", 12)])
    facts.enter(ws, date(2026, 10, 21), [Entry(anna, "calls", 10)])
    week.add(ws, [NewAction(title="Разбор", week=MON)])
    investigations.start(
        ws,
        NewInvestigation(question="Почему?", metric="calls", first=MON, last=TODAY, opened=TODAY,
                         kind=About.SUCCESS.value),
    )  # fmt: skip
    director.mark_sent(ws, ReportKind.WEEK, TODAY, TODAY)
    director.mark_sent(ws, ReportKind.MONTH, date(2026, 9, 1), date(2026, 10, 2))
    found = seen(ws)
    assert {code: found[code].how for code in wanted} == dict.fromkeys(wanted, "auto")
    assert found["statistics"].streak == 2
    assert not seen(ws, date(2026, 11, 2))["month_plan"].done
    duties.mark(ws, "week_plan", TODAY)
    duties.unmark(ws, "week_plan", TODAY)
    assert seen(ws)["week_plan"].how == "auto"  # seen is seen


def test_the_whole_list_takes_few_statements(ws: Workspace) -> None:
    duties.mark(ws, "calls", TODAY)
    told: list[str] = []
    with ws.read() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_trace_callback(told.append)
        duties.duties(connection, TODAY)
        raw.set_trace_callback(None)
    assert 0 < len(told) <= 6
