"""A meeting is prepared in the window: by keys alone, and nothing written before it is wanted."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ropdesk.domain.meetings import Rule
from ropdesk.domain.team import Member
from ropdesk.services import history, meeting_prep, meetings, promises, tasks, team
from ropdesk.services.meeting_offers import Source, Standing
from ropdesk.services.meetings import NewMeeting, NewSeries, Occurrence
from ropdesk.services.promises import NewPromise
from ropdesk.services.tasks import NewTask
from ropdesk.store import workspace
from ropdesk.store.workspace import Workspace
from ropdesk.ui.meeting.preparation import PreparationView
from ropdesk.ui.meeting.room import RoomView
from ropdesk.ui.roles import State
from ropdesk.ui.widgets.buttons import LinkLabel
from tests.store import dumps
from tests.ui.meeting.conftest import TODAY, YESTERDAY, Desk, close, open_desk

USUAL = 6


@pytest.fixture
def planned(ws: Workspace, members: dict[str, int]) -> Occurrence:
    """The coordination of today, of a series; a promise broken yesterday, one due, a task late."""
    rule = Rule(date(2026, 10, 1), weekdays=(0, 1, 2, 3, 4))
    timur, maria = members["Галиев Тимур"], members["Иванова Мария"]
    for who, due, text, amount in (
        (timur, YESTERDAY, "Звонки по базе", 9_000_000_00), (maria, TODAY, "Оплата", None),
    ):  # fmt: skip
        promises.add(ws, NewPromise(
            text=text, given=YESTERDAY, due=due, first=due, member_id=who,
            metric="receipts" if amount else "", amount=amount,
        ))  # fmt: skip
    tasks.add(ws, NewTask(title="Утвердить план ноября", due=YESTERDAY), YESTERDAY)
    series = meetings.add_series(ws, NewSeries(kind="daily", rule=rule, start=540))
    return Occurrence(series, TODAY)


@pytest.fixture
def prepared(ws: Workspace, planned: Occurrence, qtbot: QtBot) -> Iterator[Desk]:
    """The window with the meeting to be prepared."""
    desk = open_desk(ws, qtbot)
    desk.page.go_to(meeting=planned)
    desk.settle()
    yield desk
    close(desk)


def view(desk: Desk) -> PreparationView:
    side = desk.page.side
    assert isinstance(side, PreparationView)
    return side


def titles(desk: Desk) -> list[str]:
    table = view(desk).agenda.table.list_model
    return [row.cells[1].text for row in table.rows]


def kept(desk: Desk, ref: meetings.Ref) -> list[tuple[str, int]]:
    with desk.ws.read() as connection:
        found = meeting_prep.preparation(connection, ref)
    return [(point.title, point.minutes) for point in found.points]


def test_one_look_shows_numbers_agenda_and_offers_and_writes_nothing(
    prepared: Desk, ws: Workspace, planned: Occurrence
) -> None:
    before = dumps.dump(ws.path)
    shown = view(prepared)
    assert len(titles(prepared)) == USUAL
    assert shown.agenda.sum.text == "20 из 20 мин"
    assert shown.agenda.sum.state is State.GOOD
    numbers = shown.numbers.table.list_model.rows
    assert [row.cells[0].text for row in numbers][-1] == "Отдел"
    assert shown.sums.month.text().startswith("Октябрь 2026: ")
    assert "к дате" in shown.sums.month.text()
    offered = [(row.offer.source, row.offer.standing) for row in shown.offers.rows.values()]
    assert offered == [
        (Source.PROMISE, Standing.BROKEN), (Source.PROMISE, Standing.TODAY),
        (Source.TASK, Standing.OVERDUE),
    ]  # fmt: skip
    prepared.page.refresh()
    prepared.settle()
    assert dumps.dump(ws.path) == before
    assert shown.ref == planned


def test_a_key_takes_an_offer_and_takes_it_back(
    prepared: Desk, ws: Workspace, planned: Occurrence
) -> None:
    before = dumps.dump(ws.path)
    prepared.keys("F6")
    row = prepared.focus
    assert row is next(iter(view(prepared).offers.rows.values()))
    prepared.keys("Down", "Return")
    assert titles(prepared)[-1] == "Иванова Мария: Оплата"
    assert kept(prepared, planned)[-1] == ("Иванова Мария: Оплата", 1)
    taken = [row.taken for row in view(prepared).offers.rows.values()]
    assert taken == [False, True, False]
    assert "в повестке" in view(prepared).offers.rows[Source.PROMISE, "2"].accessibleName()
    assert view(prepared).agenda.sum.state is State.WARNING
    assert "⚠" in view(prepared).agenda.sum.text, "not by colour alone"
    assert "1 минуту" in view(prepared).agenda.too_long.text()
    history.undo(ws)
    prepared.settle()
    assert len(titles(prepared)) == USUAL
    assert dumps.dump(ws.path) == before
    history.redo(ws)
    prepared.settle()
    prepared.keys("Return")
    assert len(titles(prepared)) == USUAL
    prepared.keys("F6")
    assert prepared.focus is view(prepared).agenda.table


def test_ctrl_enter_on_an_offer_opens_where_it_is_kept(prepared: Desk, ws: Workspace) -> None:
    before = dumps.dump(ws.path)
    row = view(prepared).offers.rows[Source.PROMISE, "2"]
    row.opened.emit()
    assert prepared.went == [("meetings", {"view": "promises", "record": 2})]
    assert dumps.dump(ws.path) == before


def test_points_are_added_moved_changed_and_removed_by_keys(
    prepared: Desk, planned: Occurrence
) -> None:
    first, second = titles(prepared)[:2]
    prepared.keys("Ctrl+N")
    assert prepared.focus is view(prepared).agenda.line
    prepared.type("Новая CRM 7 мин")
    prepared.keys("Return")
    assert kept(prepared, planned)[-1] == ("Новая CRM", 7)
    assert view(prepared).agenda.line.text() == ""
    assert view(prepared).agenda.table.place == USUAL, "the new point is the current one"
    view(prepared).agenda.select(1)
    view(prepared).agenda.take_focus()
    prepared.keys("Alt+Up")
    assert titles(prepared)[:2] == [second, first]
    assert view(prepared).agenda.table.place == 0, "the current point moves along"
    prepared.keys("Alt+Up")
    prepared.keys("Alt+Down")
    assert titles(prepared)[:2] == [first, second]
    view(prepared).agenda.table.go_to_cell(0, "minutes")
    prepared.type("9")
    prepared.keys("Return")
    assert kept(prepared, planned)[0] == (first, 9)
    view(prepared).agenda.table.go_to_cell(USUAL, "title")
    prepared.keys("Delete")
    assert len(titles(prepared)) == USUAL
    assert view(prepared).agenda.table.place == USUAL - 1


def test_what_cannot_be_typed_is_said_where_it_is(prepared: Desk, planned: Occurrence) -> None:
    table = view(prepared).agenda.table
    table.go_to_cell(0, "minutes")
    table.setFocus()
    prepared.type("x")
    prepared.keys("Return")
    bubbles = [w for w in table.viewport().children() if type(w).__name__ == "CellError"]
    assert bubbles
    assert kept(prepared, planned)[0][1] == 4
    prepared.keys("Ctrl+N")
    prepared.type("Слишком долго 999")
    prepared.keys("Return")
    assert "240" in view(prepared).agenda.error.text()
    assert view(prepared).agenda.line.text() == "Слишком долго 999"
    assert len(titles(prepared)) == USUAL


def test_ctrl_enter_begins_and_keeps_what_was_being_typed(
    prepared: Desk, planned: Occurrence
) -> None:
    assert prepared.context.registry["meeting.prepared_begin"].isEnabled()
    prepared.keys("Ctrl+N")
    prepared.type("Не забыть")
    prepared.keys("Ctrl+Return")
    prepared.qtbot.waitUntil(lambda: isinstance(prepared.page.side, RoomView))
    prepared.settle()
    assert kept(prepared, planned)[-1] == ("Не забыть", 5)
    with prepared.ws.read() as connection:
        assert meetings.line(connection, planned).number == 1
    assert not prepared.context.registry["meeting.prepared_begin"].isEnabled()


def test_the_agenda_is_shown_as_it_will_be_printed(prepared: Desk) -> None:
    prepared.keys("Ctrl+P")
    shown = view(prepared).paper
    assert shown is not None
    prepared.qtbot.waitUntil(lambda: shown.paper is not None, timeout=20_000)
    assert shown.paper is not None
    assert shown.paper.title == "Повестка 22.10.2026. Ежедневная координация"
    shown.reject()
    prepared.settle()


def test_a_skipped_meeting_can_only_be_read(
    prepared: Desk, ws: Workspace, planned: Occurrence
) -> None:
    meetings.skip(ws, planned, "Выезд отдела")
    prepared.settle()
    shown = view(prepared)
    assert not shown.beginning.isEnabled()
    assert not shown.offers.isVisible()
    assert not shown.agenda.line.isVisible()
    assert "Выезд отдела" in shown.agenda.too_long.text()
    assert not prepared.context.registry["meeting.prepared_begin"].isEnabled()
    meetings.restore(ws, planned)
    prepared.settle()
    assert shown.beginning.isEnabled()
    assert shown.offers.isVisible()


def test_another_meeting_shows_its_own_agenda_and_offers(
    prepared: Desk, ws: Workspace, planned: Occurrence
) -> None:
    weekly = meetings.add(ws, NewMeeting(kind="weekly", day=TODAY, start=900))
    prepared.page.go_to(meeting=weekly)
    prepared.settle()
    assert view(prepared).agenda.sum.text == "60 из 60 мин"
    assert len(titles(prepared)) == 5
    prepared.page.go_to(meeting=planned)
    prepared.settle()
    assert len(titles(prepared)) == USUAL


def test_what_is_new_is_offered_at_once(prepared: Desk, ws: Workspace) -> None:
    tasks.add(ws, NewTask(title="Ответ маркетингу", due=TODAY), TODAY)
    prepared.settle()
    offered = [row.offer.title for row in view(prepared).offers.rows.values()]
    assert "Ответ маркетингу" in offered


def test_many_offers_are_folded_until_wanted(prepared: Desk, ws: Workspace) -> None:
    for number in range(20):
        tasks.add(ws, NewTask(title=f"Задача {number}", due=TODAY), TODAY)
    prepared.settle()
    offers = view(prepared).offers
    of_tasks = [key for key in offers.rows if key[0] is Source.TASK]
    assert len(of_tasks) == 8
    [link] = offers.findChildren(LinkLabel)
    link.click()
    prepared.settle()
    assert len([key for key in offers.rows if key[0] is Source.TASK]) == 21


def test_nothing_known_says_what_will_be_here(empty: Desk) -> None:
    shown = view(empty)
    assert "Здесь появляются" in shown.offers.note.text()
    assert shown.numbers.nobody.isVisible()


@pytest.fixture
def empty(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """The window on a workspace where there is nothing but the meeting."""
    opened = workspace.create(tmp_path / "empty.ropdesk")
    meetings.add(opened, NewMeeting(kind="daily", day=TODAY))
    desk = open_desk(opened, qtbot)
    yield desk
    close(desk)
    opened.close()


@pytest.mark.parametrize("size", [(1366, 768), (1100, 680)])
def test_it_fits_a_laptop_with_sixty_members(
    ws: Workspace, planned: Occurrence, qtbot: QtBot, size: tuple[int, int]
) -> None:
    for number in range(60):
        team.add(ws, Member(0, f"Константинопольская-Преображенская {number:02}"))
    desk = open_desk(ws, qtbot, size)
    desk.page.go_to(meeting=planned)
    desk.settle()
    shown = view(desk)
    for part in (shown.agenda.line, shown.beginning, shown.numbers.table, shown.agenda.table):
        corner = part.mapTo(desk.window, part.rect().bottomRight())
        assert corner.x() < size[0]
        assert corner.y() < size[1]
    assert shown.agenda.table.rowViewportPosition(USUAL - 1) < shown.agenda.table.height()
    close(desk)


def test_the_days_before_and_after_are_prepared_too(prepared: Desk, planned: Occurrence) -> None:
    tomorrow = Occurrence(planned.series_id, TODAY + timedelta(1))
    prepared.page.go_to(meeting=tomorrow)
    prepared.settle()
    prepared.keys("Ctrl+N")
    prepared.type("На завтра")
    prepared.keys("Return")
    assert kept(prepared, tomorrow)[-1] == ("На завтра", 5)
    assert len(kept(prepared, planned)) == USUAL
