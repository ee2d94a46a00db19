"""The planning page on its levers, over a workspace with a past."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ropdesk.services import history, planning
from ropdesk.store.workspace import Workspace
from ropdesk.ui.context import Context
from ropdesk.ui.planning.levers.view import LeversView
from ropdesk.ui.planning.page import PlanningPage
from ropdesk.ui.window import MainWindow
from tests.services.raw import put_deals
from tests.services.test_levers import deals_until
from tests.workspaces import empty_workspace

MONTH, TODAY = date(2026, 10, 1), date(2026, 10, 20)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """Three sellers with ten months behind them, and a plan above the forecast."""
    opened = empty_workspace(tmp_path / "department.ropdesk")
    put_deals(opened, deals_until(TODAY))
    planning.set_value(opened, MONTH, "receipts", 1_200_000_00)
    planning.set_value(opened, MONTH, "receipts", 900_000_00, scenario="minimum")
    yield opened
    opened.close()


@pytest.fixture
def empty_ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = empty_workspace(tmp_path / "empty.ropdesk")
    yield opened
    opened.close()


def open_levers(
    ws: Workspace, window: MainWindow, context: Context, qtbot: QtBot, month: date = MONTH
) -> LeversView:
    """Show the levers of a month."""
    here = Context(
        ws, context.registry, context.runner, context.theme, context.toast, context.navigate,
        lambda: TODAY,
    )  # fmt: skip
    ws.subscribe(lambda changed: window.on_changed(changed.tables))
    window.undo.connect_to(lambda: history.undo(ws), lambda: history.redo(ws))
    window.register_page("planning", lambda: PlanningPage(here))
    window.resize(1366, 768)
    window.show_page("planning", month=month, view="reasons", side="levers")
    page = window.page("planning")
    assert isinstance(page, PlanningPage)
    view = page.view("reasons").shown
    assert isinstance(view, LeversView)
    wait(view, qtbot)
    return view


def wait(view: LeversView, qtbot: QtBot) -> None:
    """Wait until the month has been read."""
    qtbot.waitUntil(
        lambda: view.found is not None and view.found.month == view.month and not view.stale
    )
    qtbot.waitUntil(lambda: not view.context.runner.busy)
    qtbot.wait(20)


@pytest.fixture
def view(ws, window, context, qtbot) -> LeversView:
    return open_levers(ws, window, context, qtbot)
