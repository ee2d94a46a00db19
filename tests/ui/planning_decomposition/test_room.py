"""Small windows, large text, many members and long names: nothing is cut, nothing stutters."""

import time
from datetime import date

import pytest
from PySide6.QtWidgets import QScrollArea

from ropdesk.domain.team import Member
from ropdesk.services import team
from ropdesk.services.planning_funnel import change_funnel
from tests.ui.planning_decomposition.helpers import NOV, settle

LONG = "Константинопольская-Задунайская Александра"


@pytest.fixture
def planned(view, past, ws):
    change_funnel(ws, NOV, "standard", "receipts", 9_000_000_00)
    settle()
    return view


@pytest.mark.parametrize(("size", "scale"), [((1366, 768), 100), ((1100, 680), 100),
                                             ((1366, 768), 150)])  # fmt: skip
def test_nothing_is_cut_at_the_side(planned, page, window, theme, size, scale):
    theme.set_scale(scale)
    window.resize(*size)
    settle()
    for table in (planned.members_card.table, planned.outlook.loads.table, planned.days_card.grid):
        assert table.horizontalScrollBar().maximum() == 0, table
    scrolls = [area for area in page.findChildren(QScrollArea) if area.widget() is not None]
    assert all(area.horizontalScrollBar().maximum() == 0 for area in scrolls)
    if scale == 100:
        assert all(area.verticalScrollBar().maximum() == 0 for area in scrolls)


def test_where_two_lists_have_no_room_a_link_shows_the_other(planned, window):
    window.resize(1100, 680)
    settle()
    outlook = planned.outlook
    assert outlook.loads.isVisible()
    assert not outlook.paces.isVisible()
    outlook.loads.other.click()
    assert outlook.paces.isVisible()
    assert not outlook.loads.isVisible()
    window.resize(1500, 800)
    settle()
    assert outlook.loads.isVisible()
    assert outlook.paces.isVisible()


def test_sixty_members_with_long_names(view, past, ws, window):
    for number in range(57):
        team.add(ws, Member(0, f"{LONG} {number}"))
    window.resize(1100, 680)
    change_funnel(ws, NOV, "standard", "receipts", 90_000_000_00)
    settle()
    assert view.members_card.table.list_model.rowCount() == 61
    assert view.members_card.table.horizontalScrollBar().maximum() == 0
    assert "сходится точно" in view.members_card.sum_line.text()
    began = time.monotonic()
    view.reload()
    assert time.monotonic() - began < 5


def test_a_month_long_past_is_readable(view, past, page):
    page.set_month(date(2026, 2, 1))  # begins on a Sunday: five weeks and one day before them
    settle()
    assert view.days_card.grid.day_model.rowCount() == 5
    assert view.shown.month == date(2026, 2, 1)
