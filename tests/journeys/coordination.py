"""A department of eight that meets every morning, and a program that is killed while it does.

``python -m tests.journeys.coordination FILE`` opens the workspace, begins the coordination by
keyboard, types into its notes, and goes on typing until somebody kills it.
"""

import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ropdesk.domain.meetings import DAILY, Rule
from ropdesk.domain.team import Member
from ropdesk.services import facts, meetings, planning, planning_versions, promises, team
from ropdesk.services.facts import Entry
from ropdesk.services.meetings import NewSeries
from ropdesk.services.promises import NewPromise
from ropdesk.store import workspace

TODAY = date(2026, 10, 22)
YESTERDAY, TOMORROW = TODAY - timedelta(1), TODAY + timedelta(1)
MONTH = TODAY.replace(day=1)
EIGHT = (
    "Галиев Тимур", "Иванова Мария", "Ким Дарья", "Орлов Никита", "Петров Алексей", "Петров Илья",
    "Сидоренко Ольга", "Яковлев Степан",
)  # fmt: skip
BEFORE_THE_KILL = "Сказано до обрыва"
TYPED = "typed"


@dataclass
class Clock:
    """The clock on the wall of the room: it goes when it is told."""

    now: datetime = datetime(2026, 10, 22, 9, tzinfo=UTC)

    def at(self, minutes: float) -> None:
        """Let it be so many minutes after nine."""
        self.now = datetime(2026, 10, 22, 9, tzinfo=UTC) + timedelta(minutes=minutes)

    def __call__(self, _context: object) -> datetime:
        return self.now


def make(path: Path) -> Path:
    """Make eight members, a plan, yesterday's facts, a coordination on every working day."""
    ws = workspace.create(path)
    members = [team.add(ws, Member(0, name, hired=date(2025, 1, 1))) for name in EIGHT]
    for number, member in enumerate(members[:-1]):  # nothing is known of the last one yet
        for days in (8, 7, 2, 1):
            value = (number + days) * 10_000_00
            facts.enter(ws, TODAY - timedelta(days), [Entry(member, "receipts", value)])
    planning.set_value(ws, MONTH, "receipts", 8_800_000_00)
    planning_versions.approve(ws, MONTH, "Смирнов А. В.", date(2026, 9, 30))
    weekdays = Rule(TODAY - timedelta(3), (0, 1, 2, 3, 4))
    meetings.add_series(ws, NewSeries(kind=DAILY, rule=weekdays, start=9 * 60))
    promises.add(ws, NewPromise(
        text="Договор с «Вектором»", given=YESTERDAY, due=TODAY, first=YESTERDAY,
        member_id=members[2],
    ))  # fmt: skip
    ws.close()
    return path


class Patience:
    """Waits as the tests' robot does, where no test runs."""

    def wait(self, milliseconds: int) -> None:
        """Let the window work."""
        from PySide6.QtTest import QTest

        QTest.qWait(milliseconds)

    def waitUntil(self, condition: Callable[[], bool], timeout: int) -> None:
        """Let the window work until something is so."""
        for _turn in range(timeout // 20):
            if condition():
                return
            self.wait(20)
        raise TimeoutError


def hold(path: Path) -> None:
    """Hold the meeting in the real window until somebody kills the process."""
    import pytest
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ropdesk.ui import window_desk
    from ropdesk.ui.meeting import room
    from ropdesk.ui.theme import current_theme
    from ropdesk.ui.today import page
    from ropdesk.ui.window_desk import Desk
    from ropdesk.ui.window_memory import WindowMemory
    from tests.journeys.keyboard import Keyboard
    from tests.journeys.steps import Person

    application = QApplication(sys.argv[:1])
    clock = Clock()
    window_desk.today = lambda: TODAY
    for part in (page, room):
        part.moment = clock
    theme = current_theme()
    theme.start("light")
    desk = Desk(theme, WindowMemory())
    desk.first = path
    desk.window.show()
    desk.begin()

    def work() -> None:
        person = Person(desk, Patience(), pytest.MonkeyPatch())
        person.settle()
        keys = Keyboard(person)
        keys.press("Ctrl+Return")
        for minutes, key in ((3, "PgDown"), (5, "F8"), (9, "F8"), (10, "PgDown")):
            clock.at(minutes)
            keys.press(key)
        keys.press("N")
        keys.write(BEFORE_THE_KILL)
        QTest.qWait(2_000)
        sys.stdout.write(f"{TYPED}\n")
        sys.stdout.flush()
        while True:
            keys.write("и")
            QTest.qWait(30)

    def work_or_say() -> None:
        try:
            work()
        finally:  # it never ends well: somebody reads what is printed
            traceback.print_exc()
            os._exit(1)

    QTimer.singleShot(0, work_or_say)
    application.exec()


if __name__ == "__main__":
    hold(Path(sys.argv[1]))
