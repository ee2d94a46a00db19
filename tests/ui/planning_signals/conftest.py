"""A department in which one seller's calls fell last week, and its window."""

from datetime import date, timedelta

import pytest

from ropdesk.domain.team import Member
from ropdesk.services import facts, team
from ropdesk.services.facts import Entry
from ropdesk.ui.planning.signals.view import SignalsSide
from tests.ui.planning.conftest import open_desk
from tests.workspaces import empty_workspace

LAST = date(2026, 10, 12)  # Monday of the last finished week
STEADY = (50, 53, 48, 51, 47, 52, 49, 50, 53, 48, 51, 49, 50)


@pytest.fixture
def empty(tmp_path):
    opened = empty_workspace(tmp_path / "empty.ropdesk")
    yield opened
    opened.close()


@pytest.fixture
def ws(empty):
    """Thirteen steady weeks of two sellers, then one in which one of them hardly called."""
    ids = [
        team.add(empty, Member(0, name, hired=date(2025, 1, 1)))
        for name in ("Сидоренко Ольга", "Ким Дарья")
    ]
    for number, value in enumerate((*STEADY, 10)):
        monday = LAST + timedelta(weeks=number - len(STEADY))
        for day in (monday, monday + timedelta(days=4)):
            entries = [Entry(ids[0], "calls", value // 2), Entry(ids[1], "calls", 25)]
            facts.enter(empty, day, entries)
    return empty


@pytest.fixture
def window_of(qtbot):
    """Open the window on a workspace, at the signals."""
    opened = []

    def show(ws):
        desk = open_desk(ws, qtbot)
        opened.append(desk)
        desk.page.go_to(view="investigations", side="signals")
        desk.settle()
        return desk

    yield show
    for desk in opened:
        desk.context.runner.close()
        desk.window.hide()


@pytest.fixture
def desk(ws, window_of):
    return window_of(ws)


@pytest.fixture
def side(desk):
    shown = desk.page.view("investigations").side("signals")
    assert isinstance(shown, SignalsSide)
    return shown
