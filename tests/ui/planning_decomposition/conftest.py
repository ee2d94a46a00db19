"""A real workspace with a small department, and the planning page on its decomposition."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert

from ropdesk.domain.team import Member
from ropdesk.services import calendar, history, settings, team
from ropdesk.store.models import DailyValue
from ropdesk.store.workspace import Workspace
from ropdesk.ui.context import Context
from ropdesk.ui.planning.decomposition import DecompositionView
from ropdesk.ui.planning.page import PlanningPage
from tests.workspaces import empty_workspace

NOV = date(2026, 11, 1)
TODAY = date(2026, 10, 22)
NAMES = ("Галиев Тимур", "Иванова Мария", "Петров Алексей")
DEALS, INQUIRIES, CALLS, CHECK = 3, 16, 150, 30_000_00  # of a working day, by member


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = empty_workspace(tmp_path / "department.ropdesk")
    settings.change(opened, sales_head="Соколова Анна")
    yield opened
    opened.close()


@pytest.fixture
def people(ws) -> list[int]:
    return [team.add(ws, Member(0, name)) for name in NAMES]


def fill_past(ws: Workspace, people: list[int], last: date = TODAY) -> None:
    """Give every member the same working days from May on: an even past."""
    days = calendar.calendar(ws).working_days(date(2026, 5, 1), last)
    rows = [
        {
            "member_id": member,
            "metric": code,
            "day": day,
            "entered": value,
            "value": value,
            "reason": "",
        }
        for day in days
        for member in people
        for code, value in (
            ("receipts", DEALS * CHECK),
            ("deals_won", DEALS),
            ("inquiries", INQUIRIES),
            ("calls", CALLS),
        )
    ]
    with ws.operation("Fill") as operation:
        operation.conn.execute(insert(DailyValue), rows)


@pytest.fixture
def past(ws, people) -> list[int]:
    """The members, with half a year behind them."""
    fill_past(ws, people)
    return people


@pytest.fixture
def page(ws, window, context, qtbot) -> PlanningPage:
    """The planning page of November, told of every commit as the application does it."""
    here = Context(
        ws, context.registry, context.runner, context.theme, context.toast, context.navigate,
        lambda: TODAY,
    )  # fmt: skip
    ws.subscribe(lambda changed: window.on_changed(changed.tables))
    window.undo.connect_to(lambda: history.undo(ws), lambda: history.redo(ws))
    window.register_page("planning", lambda: PlanningPage(here))
    window.resize(1366, 768)
    window.show_page("planning", month=NOV, view="decomposition")
    made = window.page("planning")
    assert isinstance(made, PlanningPage)
    return made


@pytest.fixture
def view(page, qtbot) -> DecompositionView:
    made = page.view("decomposition")
    assert isinstance(made, DecompositionView)
    qtbot.waitUntil(lambda: made.shown is not None)
    return made
