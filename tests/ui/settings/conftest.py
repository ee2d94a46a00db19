"""A workspace with a little in it, and the settings page over it."""

from dataclasses import replace

import pytest

from ropdesk import paths
from ropdesk.domain.team import Member
from ropdesk.services import history, settings, team
from ropdesk.ui.settings.page import SettingsPage
from tests.workspaces import empty_workspace


@pytest.fixture
def ws(tmp_path):
    made = empty_workspace(tmp_path / "department.ropdesk")
    yield made
    made.close()


@pytest.fixture
def kim(ws):
    settings.change(ws, company="ООО «Ромашка»")
    who = team.add(ws, Member(0, "Ким Дарья", "стажёр", deal_limit=30))
    team.update(ws, Member(who, "Ким Дарья", "менеджер", deal_limit=40))
    return who


@pytest.fixture
def live(context, window, ws):
    """The context over the workspace; changes reach the window as in the application."""
    ws.subscribe(lambda changed: window.on_changed(changed.tables))
    window.undo.connect_to(lambda: history.undo(ws), lambda: history.redo(ws))
    return replace(context, workspace=ws)


@pytest.fixture
def page(qtbot, window, live, kim):
    paths.preferences_file().unlink(missing_ok=True)
    window.register_page("settings", lambda: SettingsPage(live), "Settings")
    window.show_page("settings")
    yield window.page("settings")
    paths.preferences_file().unlink(missing_ok=True)
