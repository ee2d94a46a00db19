"""The page of a meeting in a window, on a workspace of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import facts, meeting_run, meetings, planning, planning_versions, team
from ropdesk.services.facts import Entry
from ropdesk.services.meeting_run import MeetingState
from ropdesk.services.meetings import NewMeeting
from ropdesk.store import workspace
from ropdesk.store.workspace import Workspace
from ropdesk.ui.actions import ActionRegistry
from ropdesk.ui.context import Context
from ropdesk.ui.meeting.page import MeetingPage
from ropdesk.ui.meeting.room import RoomView
from ropdesk.ui.runner import Runner
from ropdesk.ui.theme import current_theme
from ropdesk.ui.window import MainWindow

TODAY = date(2026, 10, 22)
YESTERDAY = date(2026, 10, 21)
NINE = datetime(2026, 10, 22, 9, 0, tzinfo=timezone(timedelta(hours=3)))
NAMES = ("Галиев Тимур", "Иванова Мария", "Орлов Никита", "Петров Алексей")


def at(minutes: float) -> datetime:
    """Return a moment of the meeting."""
    return NINE + timedelta(minutes=minutes)


class News(QObject):
    """Brings what a worker has written to the window's thread."""

    told = Signal(object)


@dataclass
class Desk:
    """The window with the page of a meeting."""

    window: MainWindow
    page: MeetingPage
    ws: Workspace
    context: Context
    qtbot: QtBot
    went: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    @property
    def room(self) -> RoomView:
        """The room of the meeting that is held."""
        room = self.page.side
        assert isinstance(room, RoomView)
        return room

    @property
    def state(self) -> MeetingState:
        """The meeting as it is kept."""
        assert self.room.state is not None
        with self.ws.read() as connection:
            return meeting_run.meeting(connection, self.room.state.id)

    @property
    def focus(self) -> QWidget | None:
        """Where the keyboard is."""
        return QApplication.focusWidget()

    def now(self, minutes: float) -> None:
        """Let it be so many minutes after nine."""
        self.room.clock = lambda: at(minutes)
        self.room.tick()

    def keys(self, *pressed: str) -> None:
        """Press keys, as Qt writes them, where the keyboard is."""
        for one in pressed:
            found = QKeySequence(one)[0]
            target = self.focus or self.window
            self.qtbot.keyClick(target, found.key(), found.keyboardModifiers())
            self.settle()

    def type(self, text: str) -> None:
        """Type words where the keyboard is."""
        for sign in text:
            target = self.focus
            assert target is not None
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
                QApplication.sendEvent(target, event)

    def settle(self) -> None:
        """Wait until what is shown is up to date."""
        self.qtbot.wait(20)
        self.qtbot.waitUntil(lambda: not self.context.runner.busy, timeout=20_000)
        self.qtbot.wait(20)

    def alone(self) -> None:
        """Leave every field."""
        self.room.setFocus(Qt.FocusReason.OtherFocusReason)
        self.settle()


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """Four members with a plan and yesterday's facts; one of them is ill."""
    opened = workspace.create(tmp_path / "department.ropdesk")
    ids = [team.add(opened, Member(0, name, hired=date(2025, 1, 1))) for name in NAMES]
    team.add_absence(opened, Absence(ids[2], AbsenceKind.SICK_LEAVE, TODAY, TODAY))
    for number, member in enumerate(ids):
        facts.enter(opened, YESTERDAY, [Entry(member, "receipts", (number + 1) * 50_000_00)])
    planning.set_value(opened, TODAY.replace(day=1), "receipts", 8_800_000_00)
    planning_versions.approve(opened, TODAY.replace(day=1), "Смирнов А. В.", date(2026, 9, 30))
    yield opened
    opened.close()


@pytest.fixture
def members(ws: Workspace) -> dict[str, int]:
    """Ids by name."""
    return {member.name: member.id for member in team.team(ws).members.values()}


@pytest.fixture
def daily(ws: Workspace) -> int:
    """A daily coordination begun at nine."""
    planned = meetings.add(ws, NewMeeting(kind="daily", day=TODAY, start=540))
    return meeting_run.begin(ws, planned, NINE)


def open_desk(ws: Workspace, qtbot: QtBot, size: tuple[int, int] = (1366, 768)) -> Desk:
    """Show the page of a meeting; what is navigated to elsewhere is noted."""
    theme = current_theme()
    theme.start("light")
    registry = ActionRegistry()
    window = MainWindow(registry, theme)
    qtbot.addWidget(window)
    runner = Runner(window)
    went: list[tuple[str, dict[str, object]]] = []

    def navigate(name: str, /, **where: object) -> None:
        went.append((name, where))

    context = Context(ws, registry, runner, theme, window.toast, navigate, lambda: TODAY)
    window.register_page("meeting", lambda: MeetingPage(context), "Meeting")
    news = News(window)
    news.told.connect(lambda changed: window.on_changed(changed.tables))
    ws.subscribe(news.told.emit)
    window.resize(*size)
    window.show()
    window.activateWindow()
    window.show_page("meeting")
    page = window.current_page
    assert isinstance(page, MeetingPage)
    desk = Desk(window, page, ws, context, qtbot, went)
    desk.settle()
    return desk


def close(desk: Desk) -> None:
    """Close the window as a person does."""
    desk.context.runner.close()
    desk.window.close()


@pytest.fixture
def desk(ws: Workspace, daily: int, qtbot: QtBot) -> Iterator[Desk]:
    """The window with the running meeting, five minutes after nine."""
    opened = open_desk(ws, qtbot)
    opened.now(5)
    yield opened
    close(opened)
