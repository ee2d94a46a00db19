"""The page of a meeting in each of its states, and coming back to one after a kill."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from ropdesk.domain.meetings import State
from ropdesk.domain.team import Member
from ropdesk.services import meeting_run, meetings, protocols, team
from ropdesk.services.meetings import NewMeeting
from ropdesk.store import workspace
from ropdesk.store.workspace import Workspace
from ropdesk.ui.meeting.done import DoneView
from ropdesk.ui.meeting.preparation import PreparationView
from ropdesk.ui.meeting.reopening import first_page
from ropdesk.ui.meeting.room import RoomView
from ropdesk.ui.meeting.room_end_dialog import EndDialog
from ropdesk.ui.page import Page
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.dialogs import ConfirmReason
from ropdesk.ui.widgets.empty import EmptyState
from tests.ui.meeting.conftest import TODAY, Desk, at, close, open_desk

LONG = "Преображенская-Константинопольская Елиз."


def state_of(ws: Workspace, meeting_id: int) -> State:
    with ws.read() as connection:
        return meetings.line(connection, meeting_id).state


# -- which side is shown


def test_without_a_meeting_the_page_says_what_it_is_for(ws: Workspace, qtbot: QtBot) -> None:
    desk = open_desk(ws, qtbot)
    shown = desk.page.findChild(EmptyState)
    assert shown is not None
    assert shown.isVisible()
    assert desk.page.room is None
    qtbot.keyClick(shown.primary, Qt.Key.Key_Return)
    assert desk.went == [("meetings", {})]
    close(desk)


def test_a_meeting_that_is_planned_is_prepared(ws: Workspace, qtbot: QtBot) -> None:
    planned = meetings.add(ws, NewMeeting(kind="weekly", day=TODAY))
    desk = open_desk(ws, qtbot)
    assert isinstance(desk.page.side, PreparationView)
    assert not desk.context.registry["meeting.pause"].isEnabled()
    meeting_run.begin(ws, planned, at(0))
    qtbot.waitUntil(lambda: isinstance(desk.page.side, RoomView))
    assert desk.context.registry["meeting.pause"].isEnabled()
    desk.settle()
    close(desk)


def test_a_meeting_that_is_gone_is_said_to_be_gone(desk: Desk) -> None:
    desk.page.go_to(meeting=999)
    desk.settle()
    assert "больше нет" in desk.page._banner.text
    assert isinstance(desk.page.side, RoomView)  # the running one is what is offered


def test_words_typed_are_kept_when_another_meeting_is_shown(desk: Desk, ws: Workspace) -> None:
    point = desk.state.points[0].id
    meeting_id = desk.state.id
    other = meetings.add(ws, NewMeeting(kind="weekly", day=TODAY + timedelta(1)))
    desk.settle()
    desk.alone()
    desk.keys("N")
    desk.type("Не потерять")
    desk.page.go_to(meeting=other)
    desk.settle()
    with ws.read() as connection:
        kept = meeting_run.meeting(connection, meeting_id).point(point)
    assert kept is not None
    assert kept.notes == "Не потерять"


def test_the_sidebar_marks_the_meetings(desk: Desk) -> None:
    desk.window.register_page("meetings", lambda: Page(desk.context, "Собрания"))
    desk.window.show_page("meetings")
    desk.window.show_page("meeting")
    assert desk.window.sidebar.tab("meetings").isChecked()


def test_full_screen_type_goes_with_the_page(desk: Desk) -> None:
    """Another page in full screen has its own size, and both come back to the person's."""
    desk.window.register_page("meetings", lambda: Page(desk.context, "Собрания"))
    desk.keys("F11")
    desk.qtbot.waitUntil(lambda: current_theme().scale == 150)
    desk.window.show_page("meetings")
    assert current_theme().scale == 100
    desk.window.show_page("meeting")
    desk.qtbot.waitUntil(lambda: current_theme().scale == 150)
    desk.keys("F11")
    desk.qtbot.waitUntil(lambda: current_theme().scale == 100)


# -- the end


def test_a_meeting_is_finished_by_a_key_and_its_paper_shown(desk: Desk) -> None:
    meeting_id, point = desk.state.id, desk.state.points[0].id
    desk.alone()
    desk.keys("N")
    desk.type("Последние слова")
    desk.keys("Ctrl+Shift+P")
    desk.qtbot.waitUntil(lambda: isinstance(desk.page.side, DoneView), timeout=20_000)
    desk.settle()
    assert state_of(desk.ws, meeting_id) is State.DONE
    with desk.ws.read() as connection:
        state = meeting_run.meeting(connection, meeting_id)
        assert protocols.editions(connection, meeting_id)
    kept = state.point(point)
    assert kept is not None
    assert kept.notes == "Последние слова"
    assert state.clock(at(99)).elapsed == 300
    side = desk.page.side
    assert isinstance(side, DoneView)
    assert QApplication.focusWidget() is side.printer  # Enter prints


@pytest.mark.parametrize(("choice", "minutes"), [("then", 5), ("at_once", 200)])
def test_a_forgotten_meeting_is_asked_when_it_ended(desk: Desk, choice: str, minutes: int) -> None:
    meeting_id = desk.state.id
    desk.alone()
    desk.keys("PgDown")
    desk.now(200)
    desk.keys("Ctrl+Shift+P")
    dialog = desk.room.ending.dialog
    assert isinstance(dialog, EndDialog)
    assert dialog.then.text().startswith("В 9:05")
    getattr(dialog, choice).setChecked(True)
    dialog.try_submit()
    desk.qtbot.waitUntil(lambda: isinstance(desk.page.side, DoneView), timeout=20_000)
    desk.settle()
    with desk.ws.read() as connection:
        assert meeting_run.meeting(connection, meeting_id).clock(at(999)).elapsed == minutes * 60


def test_a_correction_uses_the_room_without_its_timer(desk: Desk) -> None:
    meeting_id = desk.state.id
    desk.alone()
    desk.keys("Ctrl+Shift+P")
    desk.qtbot.waitUntil(lambda: isinstance(desk.page.side, DoneView), timeout=20_000)
    protocols.begin_correction(desk.ws, meeting_id)
    desk.qtbot.waitUntil(lambda: isinstance(desk.page.side, RoomView))
    desk.settle()
    room = desk.room
    assert not room.timer.isVisible()
    assert not room.numbers.isVisible()
    assert not room.agenda.plus.isVisible()
    marks = desk.state.marks
    desk.alone()
    desk.keys("Ctrl+Return", "Ctrl+Return", "F8", "Space", "Alt+N")
    desk.type("Исправлено")
    desk.alone()
    assert desk.state.points[2].notes == "Исправлено"
    assert desk.state.marks == marks
    desk.keys("Ctrl+Shift+P")
    dialog = room.ending.dialog
    assert isinstance(dialog, ConfirmReason)
    dialog._line.setText("Уточнили заметки")
    dialog.try_submit()
    desk.qtbot.waitUntil(lambda: isinstance(desk.page.side, DoneView), timeout=20_000)
    desk.settle()
    with desk.ws.read() as connection:
        assert [each.note for each in protocols.editions(connection, meeting_id)] == [
            "Уточнили заметки", "",
        ]  # fmt: skip


def test_corrections_are_given_up(desk: Desk) -> None:
    meeting_id = desk.state.id
    protocols.finish(desk.ws, meeting_id, at(10))
    protocols.begin_correction(desk.ws, meeting_id)
    desk.settle()
    desk.alone()
    desk.keys("Alt+N")
    desk.type("Лишнее")
    desk.room.ending.cancel.setFocus(Qt.FocusReason.TabFocusReason)
    desk.keys("Return")
    desk.qtbot.waitUntil(lambda: isinstance(desk.page.side, DoneView), timeout=20_000)
    desk.settle()
    with desk.ws.read() as connection:
        assert meeting_run.meeting(connection, meeting_id).points[0].notes == ""


# -- sizes


def room_scrolls(desk: Desk) -> list[QScrollArea]:
    """List the page's own scroll area, and those of the room that are seen."""
    return [area for area in desk.page.findChildren(QScrollArea) if area.isVisible()]


@pytest.fixture
def crowd(tmp_path: Path) -> Iterator[Workspace]:
    """Sixty members with names of forty letters."""
    opened = workspace.create(tmp_path / "crowd.ropdesk")
    for number in range(60):
        team.add(opened, Member(0, f"{LONG[:37]} {number:02}", hired=date(2025, 1, 1)))
    yield opened
    opened.close()


@pytest.mark.parametrize(("size", "scale"), [((1100, 680), 100), ((1366, 768), 150)])
def test_sixty_long_names_fit(
    crowd: Workspace, qtbot: QtBot, size: tuple[int, int], scale: int
) -> None:
    planned = meetings.add(crowd, NewMeeting(kind="daily", day=TODAY))
    meeting_run.begin(crowd, planned, at(0))
    current_theme().set_scale(scale)
    desk = open_desk(crowd, qtbot, size)
    desk.now(5)
    for _point in desk.state.points:
        scrolls = [area.horizontalScrollBar().maximum() for area in room_scrolls(desk)]
        assert not any(scrolls)
        assert desk.window.width() == size[0]
        desk.alone()
        desk.keys("PgDown")
    assert len(desk.room.people.people) == 60
    close(desk)
    current_theme().set_scale(100)


def test_an_empty_workspace_holds_a_meeting_too(tmp_path: Path, qtbot: QtBot) -> None:
    opened = workspace.create(tmp_path / "empty.ropdesk")
    planned = meetings.add(opened, NewMeeting(kind="daily", day=TODAY))
    meeting_run.begin(opened, planned, at(0))
    desk = open_desk(opened, qtbot)
    desk.now(1)
    assert desk.room.numbers.nobody.isVisible()
    assert desk.room.people._title.text() == "Участники"
    desk.alone()
    desk.keys("G", "W", "D")
    desk.type("Решили нанимать")
    desk.keys("Return")
    assert [d.text for d in desk.state.decisions] == ["Решили нанимать"]
    close(desk)
    opened.close()


# -- a real kill

TYPIST = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from ropdesk import app
from ropdesk.ui.window_desk import Desk
application, theme = app.start("ru", "light")
desk = Desk(theme, None)
desk.window.show()
desk.open(Path(sys.argv[1]), remember=False)
print(desk.window.current_page_name, flush=True)
while desk.window.page("meeting").side is None:
    application.processEvents()
room = desk.window.page("meeting").side
application.processEvents()
room.next_point()
room.go_notes()

def press():
    for sign in "слово ":
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
        QApplication.sendEvent(room.notes.notes, event)
    print("typed", flush=True)

timer = QTimer()
timer.timeout.connect(press)
timer.start(300)
application.exec()
"""


def test_a_killed_program_loses_two_seconds_of_typing_at_most(
    ws: Workspace, daily: int, qtbot: QtBot
) -> None:
    assert first_page(ws, "today") == "meeting"
    root = str(Path(__file__).resolve().parents[3])
    command = [sys.executable, "-c", TYPIST, str(ws.path), root]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        try:
            assert program.stdout.readline().strip() == "meeting"
            for _word in range(15):
                assert program.stdout.readline().strip() == "typed"
        finally:
            program.send_signal(signal.SIGKILL)
        typed = 15 + program.stdout.read().count("typed")
    desk = open_desk(ws, qtbot)
    kept = desk.room.notes.notes.text().split()
    assert desk.room.point_id == desk.state.points[1].id
    assert set(kept) == {"слово"}
    assert typed - 8 <= len(kept) <= typed  # eight words are two seconds and a half
    close(desk)


def test_a_workspace_without_a_meeting_opens_as_usual(ws: Workspace) -> None:
    assert first_page(ws, "today") == "today"
