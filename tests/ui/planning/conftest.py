"""The planning page in a window, on a workspace of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ropdesk import i18n
from ropdesk.domain.team import Member
from ropdesk.services import facts, metrics, planning, planning_versions, team
from ropdesk.services.facts import Entry
from ropdesk.store.workspace import Workspace
from ropdesk.ui.actions import ActionRegistry
from ropdesk.ui.context import Context
from ropdesk.ui.planning.page import PlanningPage
from ropdesk.ui.runner import Runner
from ropdesk.ui.theme import current_theme
from ropdesk.ui.window import MainWindow
from tests.workspaces import empty_workspace

TODAY = date(2026, 10, 22)
MONTH = date(2026, 10, 1)


@dataclass
class Desk:
    """The window with its page."""

    window: MainWindow
    page: PlanningPage
    ws: Workspace
    context: Context
    qtbot: QtBot

    def settle(self) -> None:
        """Wait until everything shown is up to date."""
        board = self.page.board
        self.qtbot.waitUntil(lambda: not board.stale or not board.isVisible())
        self.qtbot.wait(60)
        self.qtbot.waitUntil(lambda: not self.context.runner.busy, timeout=20_000)
        self.qtbot.wait(60)


@pytest.fixture(autouse=True)
def _russian() -> Iterator[None]:
    i18n.set_language("ru")
    yield
    i18n.set_language("ru")


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """Three members with October's facts; the plan of receipts approved."""
    opened = empty_workspace(tmp_path / "department.ropdesk")
    for name in ("Иванова Мария", "Петров Алексей"):
        team.add(opened, Member(0, name, hired=date(2025, 1, 1)))
    team.add(opened, Member(0, "Ким Дарья", hired=date(2026, 9, 1), ramp={MONTH: 6_000}))
    metrics.set_board(opened, ["receipts", "deals_won", "inquiries", "conversion"])
    ids = sorted(team.team(opened).members)
    for day in (1, 2, 5, 6):
        entries = [
            entry
            for member in ids
            for entry in (
                Entry(member, "receipts", 100_000_00),
                Entry(member, "deals_won", 2),
                Entry(member, "inquiries", 10),
            )
        ]
        facts.enter(opened, date(2026, 10, day), entries)
    planning.set_value(opened, MONTH, "receipts", 4_400_000_00)
    planning_versions.approve(opened, MONTH, "Смирнов А. В.", date(2026, 9, 30))
    yield opened
    opened.close()


@pytest.fixture
def empty_ws(tmp_path: Path) -> Iterator[Workspace]:
    """Nothing at all."""
    opened = empty_workspace(tmp_path / "empty.ropdesk")
    yield opened
    opened.close()


def open_desk(ws: Workspace, qtbot: QtBot) -> Desk:
    """Show the planning page of a workspace."""
    theme = current_theme()
    theme.start("light")
    registry = ActionRegistry()
    window = MainWindow(registry, theme)
    qtbot.addWidget(window)
    runner = Runner(window)
    context = Context(ws, registry, runner, theme, window.toast, window.show_page, lambda: TODAY)
    window.register_page("planning", lambda: PlanningPage(context))
    ws.subscribe(lambda changed: window.on_changed(changed.tables))
    window.resize(1366, 768)
    window.show()
    window.show_page("planning")
    page = window.current_page
    assert isinstance(page, PlanningPage)
    desk = Desk(window, page, ws, context, qtbot)
    desk.settle()
    return desk


@pytest.fixture
def desk(ws: Workspace, qtbot: QtBot) -> Iterator[Desk]:
    """The window on the workspace with facts."""
    opened = open_desk(ws, qtbot)
    yield opened
    opened.context.runner.close()
    opened.window.hide()
