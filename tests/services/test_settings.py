"""Settings of the workspace."""

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import DEFAULT_BOARD
from ropdesk.services import history, settings
from ropdesk.store.workspace import Workspace, open_workspace


def test_a_fresh_workspace_has_the_defaults(ws: Workspace) -> None:
    known = settings.settings(ws)
    assert known == settings.Settings()
    assert known.board == DEFAULT_BOARD


def test_settings_are_kept_and_undone(ws: Workspace) -> None:
    settings.change(ws, company="ООО «Ромашка»", sales_head="Соколова", decree_days=True)
    ws.close()
    again = open_workspace(ws.path)
    known = settings.settings(again)
    assert (known.company, known.sales_head, known.decree_days) == (
        "ООО «Ромашка»",
        "Соколова",
        True,
    )
    assert len(history.entries(again)) == 1
    history.undo(again)
    assert settings.settings(again) == settings.Settings()
    again.close()


@pytest.mark.parametrize("days", [0, 4, 7])
def test_a_week_has_five_or_six_days(ws: Workspace, days: int) -> None:
    with pytest.raises(DomainError, match="5 or 6 days"):
        settings.change(ws, week_days=days)
    assert history.entries(ws) == []


def test_a_setting_that_is_none_of_ours_is_a_mistake_of_ours(ws: Workspace) -> None:
    with pytest.raises(KeyError):
        settings.change(ws, colour="red")
    assert settings.settings(ws) == settings.Settings()
