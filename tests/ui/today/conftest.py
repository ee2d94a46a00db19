"""A department with a plan, a meeting, promises and tasks, and the day's page over it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ropdesk.domain.meetings import DAILY
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import (
    facts,
    history,
    meetings,
    planning,
    planning_versions,
    promises,
    tasks,
    team,
)
from ropdesk.services.facts import Entry
from ropdesk.services.meetings import NewMeeting
from ropdesk.services.promises import NewPromise
from ropdesk.services.tasks import NewTask
from ropdesk.ui.today.page import TodayPage
from tests.ui.conftest import TODAY
from tests.workspaces import empty_workspace

MONTH = TODAY.replace(day=1)
YESTERDAY = TODAY - timedelta(1)
ROUBLES = 100


@pytest.fixture
def ws(tmp_path):
    made = empty_workspace(tmp_path / "department.ropdesk")
    yield made
    made.close()


@pytest.fixture
def people(ws):
    """Three sellers with a plan of the month; ids by name."""
    ids = {
        "Иванова Мария": team.add(ws, Member(0, "Иванова Мария")),
        "Ким Дарья": team.add(ws, Member(0, "Ким Дарья", birthday=date(2001, 10, 23))),
        "Орлов Никита": team.add(ws, Member(0, "Орлов Никита")),
    }
    team.add_absence(
        ws, Absence(ids["Орлов Никита"], AbsenceKind.SICK_LEAVE, YESTERDAY, date(2026, 10, 25))
    )
    planning.set_value(ws, MONTH, "receipts", 2_200_000 * ROUBLES)
    planning_versions.approve(ws, MONTH, "Директор", date(2026, 9, 30))
    facts.enter(ws, YESTERDAY, [Entry(ids["Иванова Мария"], "receipts", 90_000 * ROUBLES)])
    return ids


@pytest.fixture
def full(ws, people):
    """The same with a coordination at nine, a broken promise, one of today, a task of today."""
    maria = people["Иванова Мария"]
    meetings.add(ws, NewMeeting(kind=DAILY, day=TODAY, start=9 * 60))
    for text, due in (("Список договоров", YESTERDAY), ("Позвонить в «Восток»", TODAY)):
        promises.add(
            ws, NewPromise(text=text, given=YESTERDAY, due=due, first=YESTERDAY, member_id=maria)
        )
    tasks.add(ws, NewTask(title="Утвердить план ноября", due=TODAY), TODAY)
    return people


@pytest.fixture
def navigated():
    """Where the page led: a page's name and what it was told."""
    return []


@pytest.fixture
def clock():
    """The day it is, as a list of one that a test may change."""
    return [TODAY]


@pytest.fixture
def live(context, window, ws, navigated, clock):
    """The context over the workspace; changes reach the window as in the application."""
    ws.subscribe(lambda changed: window.on_changed(changed.tables))
    window.undo.connect_to(lambda: history.undo(ws), lambda: history.redo(ws))
    return replace(
        context,
        workspace=ws,
        navigate=lambda name, **where: navigated.append((name, where)),
        today=lambda: clock[0],
    )


@pytest.fixture
def show(qtbot, window, live):
    """Show the page and wait until it has asked."""

    def shown():
        window.register_page("today", lambda: TodayPage(live))
        window.show_page("today")
        window.activateWindow()
        page = window.page("today")
        qtbot.waitUntil(lambda: page.shown is not None and not live.runner.busy)
        qtbot.waitUntil(lambda: all(row.isVisible() for row in page.due.list.rows))
        return page

    return shown
