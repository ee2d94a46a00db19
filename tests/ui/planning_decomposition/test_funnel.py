"""The funnel: type one number and the rest follows; what does not fit is said and mended."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ropdesk.services import planning_start, planning_versions
from ropdesk.services.planning_funnel import change_funnel, funnel
from tests.ui.planning_decomposition.helpers import NOV, plan, press, settle, type_field


def test_one_number_becomes_a_funnel(view, past, ws):
    type_field(view, "receipts", "6000")
    assert plan(ws) == 6_000_000_00
    card = view.scenario_card
    assert plan(ws, "deals_won") == 200  # 6 000 ÷ 30
    assert card.field("deals").text() == "200"
    assert plan(ws, "inquiries") == 1067  # 200 ÷ 18,75 %
    assert sum(row.value for row in view.shown.rows) == 6_000_000_00


def test_enter_goes_to_the_next_number(view, past, ws):
    type_field(view, "receipts", "6000")
    assert QApplication.focusWidget() is view.scenario_card.field("average_check")
    QTest.keyClicks(QApplication.focusWidget(), "40")
    press(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert plan(ws, "average_check") == 40_000_00
    assert plan(ws, "deals_won") == 150
    assert plan(ws) == 6_000_000_00


def test_a_result_typed_moves_what_stands_above(view, past, ws):
    type_field(view, "receipts", "6000")
    type_field(view, "deals", "100")
    assert plan(ws) == 3_000_000_00
    assert view.scenario_card.field("receipts").text().replace("\u202f", "") == "3000"


def test_escape_takes_the_typing_back(view, past, ws):
    type_field(view, "receipts", "6000")
    field = view.scenario_card.field("receipts")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClicks(field, "77")
    press(field, Qt.Key.Key_Escape)
    view.scenario_card.field("deals").setFocus()
    settle()
    assert plan(ws) == 6_000_000_00
    assert field.text().replace("\u202f", "") == "6000"


def test_words_are_refused_beside_the_field(view, past, ws):
    type_field(view, "receipts", "many")
    assert "не число" in view.scenario_card.error
    field = view.scenario_card.field("receipts")
    assert field.text() == "many"
    assert plan(ws) is None
    type_field(view, "receipts", "6000")
    assert not view.scenario_card.error
    assert plan(ws) == 6_000_000_00


def test_a_refused_text_is_taken_back_by_escape_and_holds_nothing_up(view, past, ws, page):
    type_field(view, "receipts", "6000")
    type_field(view, "receipts", "many")
    field = view.scenario_card.field("receipts")
    change_funnel(ws, NOV, "standard", "average_check", 40_000_00)
    settle()
    assert view.scenario_card.field("deals").text() == "150"  # the rest is up to date
    assert field.text() == "many"
    field.setFocus()
    press(field, Qt.Key.Key_Escape)
    assert field.text() == "6000"
    type_field(view, "receipts", "many")
    page.set_month(date(2026, 12, 1))
    settle()
    assert not view.scenario_card.error
    assert field.text() == ""


def test_a_short_months_step_is_applied_by_its_link(view, past, ws):
    seen = funnel(ws, NOV).references["inquiries"].high
    assert seen is not None
    type_field(view, "receipts", "9000")
    words = view.scenario_card.advice.text()
    assert "Не хватает обращений" in words
    key = next(part for part in words.split('"') if part.startswith("set:conversion"))
    view.scenario_card.advice.linkActivated.emit(key)
    settle()
    assert plan(ws, "conversion") == int(key.rsplit(":", 1)[1])
    assert plan(ws, "inquiries") <= seen
    assert plan(ws) == 9_000_000_00


def test_undo_takes_the_number_back(view, past, ws, window):
    type_field(view, "receipts", "6000")
    type_field(view, "receipts", "7000")
    assert plan(ws) == 7_000_000_00
    view.members_card.table.setFocus()
    window.registry.run("app.undo")
    settle()
    assert plan(ws) == 6_000_000_00
    assert view.scenario_card.field("receipts").text().replace("\u202f", "") == "6000"
    window.registry.run("app.redo")
    settle()
    assert plan(ws) == 7_000_000_00


def test_typing_is_not_disturbed_by_news(view, past, ws):
    type_field(view, "receipts", "6000")
    field = view.scenario_card.field("average_check")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClicks(field, "4")
    change_funnel(ws, NOV, "standard", "receipts", 5_000_000_00)
    settle()
    assert field.text() == "4"
    QTest.keyClicks(field, "0")
    press(field, Qt.Key.Key_Return)
    assert plan(ws, "average_check") == 40_000_00
    assert view.scenario_card.field("receipts").text().replace("\u202f", "") == "5000"


def test_scenarios_are_switched_and_made_by_percent(view, past, ws):
    type_field(view, "receipts", "6000")
    view.scenario_card.segments.choose("minimum")
    settle()
    assert view.scenario == "minimum"
    assert "пуст" in view.scenario_card.advice.text()
    view.scenario_card.advice.linkActivated.emit("scale")
    dialog = view.actions_of_month.dialog
    dialog.minimum.setValue(80)
    dialog.maximum.setValue(120)
    QTest.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    settle()
    assert plan(ws, scenario="minimum") == 4_800_000_00
    assert plan(ws, scenario="maximum") == 7_200_000_00
    assert view.scenario_card.field("receipts").text().replace("\u202f", "") == "4800"
    shown = view.scenario_card.segments.findChildren(object)
    assert any("4,80" in child.text() for child in shown if hasattr(child, "text"))


def test_an_approved_plan_is_read_only_and_says_how_to_correct(view, past, ws):
    change_funnel(ws, NOV, "standard", "receipts", 6_000_000_00)
    planning_start.scale_scenarios(ws, NOV, 9_000, 11_000)
    planning_versions.approve(ws, NOV, "Соколова Анна", NOV)
    settle()
    assert all(view.scenario_card.field(k).isReadOnly() for k in ("receipts", "deals", "calls"))
    assert "новую версию" in view.scenario_card.advice.text()
    assert "Соколова Анна" in view.scenario_card.advice.text()


def test_the_past_stands_beside(view, past):
    reference = view.shown.funnel.references["average_check"]
    assert reference.mean == 30_000_00
    texts = [child.accessibleName() for child in view.scenario_card.findChildren(object)
             if hasattr(child, "accessibleName")]  # fmt: skip
    assert any("6 месяцев" in text for text in texts)
    assert any("лучший месяц" in text for text in texts)
