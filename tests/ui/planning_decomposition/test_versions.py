"""The month as a whole: starting, approving, correcting, comparing, planning a span."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ropdesk.services import planning, planning_versions
from ropdesk.services.planning_funnel import change_funnel
from ropdesk.ui.roles import State
from tests.ui.planning_decomposition.helpers import NOV, plan, settle, type_field

OCT, DEC = date(2026, 10, 1), date(2026, 12, 1)


def click(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def test_an_empty_month_offers_three_beginnings(view, past, ws, page):
    assert view.offers.isVisible()
    assert view.offers.history.isVisible()
    assert not view.offers.copy.isVisible()
    assert not view.header.approve.isEnabled()
    click(view.offers.type)
    assert QApplication.focusWidget() is view.scenario_card.field("receipts")
    click(view.offers.history)
    mean = view.shown.funnel.references["receipts"].mean
    assert plan(ws) == mean
    assert not view.offers.isVisible()


def test_last_month_is_copied(view, past, ws):
    change_funnel(ws, OCT, "standard", "receipts", 5_000_000_00)
    settle()
    assert "октябрь" in view.offers.copy.text()
    click(view.offers.copy)
    assert plan(ws) == 5_000_000_00
    assert view.header.copy.isVisible()


def test_approving_shows_overload_and_asks_name_and_date(view, past, ws):
    type_field(view, "receipts", "9000")
    click(view.header.approve)
    dialog = view.actions_of_month.dialog
    assert dialog.name.text() == "Соколова Анна"
    assert dialog.date.value == date(2026, 10, 22)
    said = [label.text() for label in dialog.findChildren(type(view.offers._words))]
    assert any("Иванова Мария" in words and "от лучшего" in words for words in said)
    dialog.name.clear()
    click(dialog.primary)
    assert planning.plan(ws, NOV).status == "draft"
    assert dialog.isVisible()
    dialog.name.insert("Орлова Вера")
    click(dialog.primary)
    found = planning.plan(ws, NOV)
    assert (found.status, found.approved_by) == ("approved", "Орлова Вера")
    assert view.header.state.text == "План утверждён 22.10 · версия 1"
    assert view.header.state.state is State.GOOD
    assert view.header.correct.isVisible()
    assert not view.header.approve.isVisible()


@pytest.fixture
def corrected(view, past, ws):
    """Two approved versions of November."""
    change_funnel(ws, NOV, "standard", "receipts", 6_000_000_00)
    planning_versions.approve(ws, NOV, "Анна", OCT)
    settle()
    click(view.header.correct)
    dialog = view.actions_of_month.dialog
    click(dialog.primary)
    assert "Причина" in dialog.error  # not without a reason
    dialog.findChild(QLineEdit).insert("Ушёл менеджер")
    click(dialog.primary)
    return view


def test_a_correction_is_a_new_version_with_a_reason(corrected, ws):
    found = planning.plan(ws, NOV)
    assert (found.version, found.status, found.reason) == (2, "draft", "Ушёл менеджер")
    assert corrected.header.state.text == "Черновик версии 2"
    type_field(corrected, "receipts", "5000")
    assert plan(ws) == 5_000_000_00
    assert planning.plan(ws, NOV, 1).value("receipts") == 6_000_000_00


def test_versions_stand_side_by_side(corrected, ws):
    type_field(corrected, "receipts", "5000")
    corrected.actions_of_month.compare_versions()
    dialog = corrected.actions_of_month.dialog
    rows = dialog.table.list_model.rows
    first = [cell.text.replace("\u202f", "") for cell in rows[0].cells]
    assert first == ["Отдел", "Поступления, стандарт", "6000000,00₽", "5000000,00₽", "−16,7%"]
    assert all(row.cells[4].text for row in rows)
    dialog.every.setChecked(True)
    assert dialog.table.list_model.rowCount() > len(rows)
    click(dialog.primary)


def test_a_draft_is_discarded_and_comes_back_by_undo(corrected, ws, window):
    corrected.actions_of_month.discard_draft()
    settle()
    assert planning.plan(ws, NOV).version == 1
    assert corrected.header.correct.isVisible()
    window.registry.run("app.undo")
    settle()
    assert planning.plan(ws, NOV).version == 2


def test_a_quarter_is_planned_at_once(view, past, ws):
    view.actions_of_month.plan_span()
    dialog = view.actions_of_month.dialog
    assert dialog.first.month == OCT
    click(dialog.primary)
    assert dialog.isVisible()  # no total yet
    QTest.keyClicks(dialog.total, "18 000 000")
    assert "6,00\u202fмлн" in dialog.words.text()
    click(dialog.primary)
    parts = [plan(ws, month=month) for month in (OCT, NOV, DEC)]
    assert sum(parts) == 18_000_000_00


def test_a_year_begins_in_january(view, past, ws):
    view.actions_of_month.plan_span()
    dialog = view.actions_of_month.dialog
    dialog.span.choose("12")
    assert dialog.first.month == date(2026, 1, 1)
    dialog.reject()
    settle()
    assert view.actions_of_month.dialog is None


def test_the_rarer_actions_know_when_they_can_be_done(view, past, ws, window):
    registry = window.registry
    registry.refresh()
    assert not registry["planning.compare_versions"].isEnabled()
    assert not registry["planning.discard_draft"].isEnabled()
    type_field(view, "receipts", "6000")
    menu = view.header.make_menu()
    enabled = {action.objectName() for action in menu.actions() if action.isEnabled()}
    assert enabled >= {"planning.scale_scenarios", "planning.plan_span", "planning.discard_draft"}
    assert "planning.compare_versions" not in enabled
    menu.deleteLater()


def test_printing_is_offered_only_where_it_works(view, past, ws, window):
    type_field(view, "receipts", "6000")
    assert not view.header.print.isVisible()
    went = []
    window.registry.add("reports.plan_sheet", "Plan sheet", lambda: None)
    view.refresh()
    assert view.header.print.isVisible()
    assert went == []


def test_other_sides_have_their_own_header(view, past, page):
    assert view.header.buttons.isVisible()
    page.show_view("board")
    settle()
    assert not view.header.buttons.isVisible()
    page.show_view("decomposition")
    settle()
    assert view.header.buttons.isVisible()


def test_actions_survive_a_change_of_language(view, past, window, page):
    window.retranslate()
    settle()
    window.show_page("planning", month=NOV, view="decomposition")
    settle()
    fresh = window.page("planning").view("decomposition")
    assert fresh is not view
    type_field(fresh, "receipts", "6000")
    window.registry.run("planning.discard_draft")
    settle()
    assert fresh.shown.plan is None
