"""A department in a workspace, and the team page over it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import facts, history, team
from ropdesk.services.facts import Entry
from ropdesk.ui.team.page import TeamPage
from tests.ui.conftest import TODAY
from tests.workspaces import empty_workspace


@pytest.fixture
def ws(tmp_path):
    made = empty_workspace(tmp_path / "department.ropdesk")
    yield made
    made.close()


@pytest.fixture
def people(ws):
    """Ids of the members by name."""
    first = TODAY.replace(day=1)
    ids = {
        "Иванова Мария": team.add(
            ws, Member(0, "Иванова Мария", "менеджер", date(2024, 2, 1), None, ("272",), 40)
        ),
        "Ким Дарья": team.add(
            ws, Member(0, "Ким Дарья", "стажёр", first, None, (), 2, {first: 6_000})
        ),
        "Петров Алексей": team.add(
            ws, Member(0, "Петров Алексей", "менеджер", None, TODAY - timedelta(30))
        ),
    }
    gap = Absence(ids["Иванова Мария"], AbsenceKind.VACATION, TODAY, TODAY + timedelta(3), "море")
    team.add_absence(ws, gap)
    facts.enter(
        ws,
        TODAY,
        [Entry(ids["Ким Дарья"], "open_deals", 3), Entry(ids["Ким Дарья"], "calls", 12)],
    )
    return ids


@pytest.fixture
def live(context, window, ws):
    """The context over the workspace; changes reach the window as in the application."""
    ws.subscribe(lambda changed: window.on_changed(changed.tables))
    window.undo.connect_to(lambda: history.undo(ws), lambda: history.redo(ws))
    return replace(context, workspace=ws)


@pytest.fixture
def page(qtbot, window, live, people):
    window.register_page("team", lambda: TeamPage(live))
    window.show_page("team")
    made = window.page("team")
    qtbot.waitUntil(lambda: made.members.table.list_model.rowCount() > 0)
    return made
