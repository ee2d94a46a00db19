"""The palette finds people and deals of the workspace, and goes to them."""

from datetime import date

import pytest

from ropdesk.domain.team import Member
from ropdesk.services import team
from ropdesk.store import workspace
from ropdesk.ui.finder import Finder
from ropdesk.ui.planning.behind import BehindDialog
from ropdesk.ui.planning.page import PlanningPage
from tests.services.importing import amo, amo_row, take


@pytest.fixture
def ws(tmp_path):
    made = workspace.create(tmp_path / "department.ropdesk")
    team.add(made, Member(0, "Фёдорова Алёна", "менеджер"))
    take(made, amo(tmp_path / "d.csv", [amo_row(4711, "Фёдорова Алёна")]))
    yield made
    made.close()


def found(context, ws, query):
    object.__setattr__(context, "workspace", ws)
    return Finder(context).find(query)


def test_people_are_found_whatever_the_letter(context, ws):
    assert [entry.title for entry in found(context, ws, "федорова")] == ["Фёдорова Алёна"]
    assert found(context, ws, "  ") == []


def test_a_deal_is_found_by_its_number_and_opens(context, ws, qtbot):
    (entry,) = found(context, ws, "4711")
    assert "4711" in entry.subtitle
    page = PlanningPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.go_to(month=date(2026, 10, 1), deal=1)
    dialog = page.findChild(BehindDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()
