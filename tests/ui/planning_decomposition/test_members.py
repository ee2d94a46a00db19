"""Members: a typed number locks, the rest share, the sum stays exact; blocks come from Excel."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ropdesk.domain.team import Member
from ropdesk.services import history, planning, planning_versions, team
from ropdesk.ui.planning.members_card import PLAN
from ropdesk.ui.tables.bubble import CellError
from tests.ui.planning_decomposition.helpers import (
    NOV,
    cell,
    plan,
    press,
    settle,
    type_field,
    type_member,
)


def test_typing_locks_and_the_rest_share(view, past, ws):
    one, two, three = past
    type_field(view, "receipts", "6000")
    type_member(view, one, "1000")
    assert plan(ws, member=one) == 1_000_000_00
    assert plan(ws, member=two) + plan(ws, member=three) == 5_000_000_00
    assert "закреплено" in cell(view, one, "name").secondary
    assert "закреплено" not in cell(view, two, "name").secondary
    assert "сходится точно" in view.members_card.sum_line.text()
    assert view.members_card.table.current_place() == (two, PLAN)  # Enter goes on


def test_unlocking_by_key(view, past, ws):
    one, _two, _three = past
    type_field(view, "receipts", "6000")
    type_member(view, one, "1000")
    table = view.members_card.table
    table.go_to_cell(one, PLAN)
    press(table, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert plan(ws, member=one) == 2_000_000_00
    assert not cell(view, one, "name").secondary


def test_unlocking_by_menu(view, past, ws):
    one, two, _three = past
    type_field(view, "receipts", "6000")
    type_member(view, one, "1000")
    type_member(view, two, "1500")
    table = view.members_card.table
    table.go_to_cell(one, PLAN)
    menu = table.make_menu()
    by_name = {action.objectName(): action for action in menu.actions()}
    assert by_name["unlock"].isEnabled()
    by_name["unlock_all"].trigger()
    settle()
    assert plan(ws, member=one) == plan(ws, member=two) == 2_000_000_00
    menu.deleteLater()


def test_delete_gives_a_value_back(view, past, ws):
    one = past[0]
    type_field(view, "receipts", "6000")
    type_member(view, one, "1000")
    table = view.members_card.table
    table.go_to_cell(one, PLAN)
    press(table, Qt.Key.Key_Delete)
    assert plan(ws, member=one) == 2_000_000_00


def test_more_than_the_department_is_refused_at_the_cell(view, past, ws):
    type_field(view, "receipts", "6000")
    type_member(view, past[0], "7000")
    said = [bubble.text for bubble in view.members_card.table.findChildren(CellError)]
    assert len(said) == 1
    assert "больше плана" in said[0] or "превышают" in said[0]
    assert plan(ws, member=past[0]) == 2_000_000_00


def test_a_block_from_excel_is_one_step(view, past, ws):
    type_field(view, "receipts", "6000")
    table = view.members_card.table
    table.setFocus()
    table.go_to_cell(past[0], PLAN)
    before = len(history.entries(ws))
    QApplication.clipboard().setText("2 500\r\n1 900\r\n1 600\r\n")
    press(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [plan(ws, member=one) for one in past] == [2_500_000_00, 1_900_000_00, 1_600_000_00]
    assert plan(ws) == 6_000_000_00
    assert len(history.entries(ws)) == before + 1
    history.undo(ws)
    settle()
    assert plan(ws, member=past[0]) == 2_000_000_00


def test_the_plan_column_is_copied_for_excel(view, past):
    type_field(view, "receipts", "6000")
    table = view.members_card.table
    table.setFocus()
    table.go_to_cell(past[0], PLAN)
    press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "2000\n2000"


def test_the_total_is_typed_in_the_table_too(view, past, ws):
    type_member(view, "total", "6000000")
    assert plan(ws) == 6_000_000_00
    assert plan(ws, member=past[0]) == 2_000_000_00


def test_members_alone_make_the_sum(view, past, ws):
    type_member(view, past[0], "1000000")
    type_member(view, past[1], "2000")
    assert plan(ws) == 3_000_000_00
    assert "сумма планов менеджеров" in view.members_card.sum_line.text()


def test_another_metric_is_taken_apart(view, past, ws):
    type_field(view, "receipts", "6000")
    box = view.members_card.chooser
    codes = [box.itemData(n) for n in range(box.count())]
    assert "conversion" not in codes
    box.setCurrentIndex(codes.index("calls"))
    box.activated.emit(codes.index("calls"))
    settle()
    assert view.shown.metric.code == "calls"
    type_member(view, past[0], "100")
    assert plan(ws, "calls", past[0]) == 100


def test_shared_equally(view, past, ws):
    team.update(ws, Member(past[0], "Галиев Тимур", ramp={NOV: 5_000}))
    type_field(view, "receipts", "6000")
    assert plan(ws, member=past[0]) == 1_200_000_00  # half a norm of two and a half
    view.members_card.method.choose("equal")
    settle()
    assert view.shown.plan.method == "equal"
    assert cell(view, past[0], "norm").text.replace("\u202f", "") == "50%"


def test_the_team_is_followed_live(view, past, ws):
    type_field(view, "receipts", "6000")
    team.add(ws, Member(0, "Яшин Пётр"))
    settle()
    assert len(view.shown.rows) == 4
    view.actions_of_month.refresh_days()
    settle()
    assert "сходится точно" in view.members_card.sum_line.text()
    assert all(row.value for row in view.shown.rows)


def test_an_approved_plan_cannot_be_typed_into(view, past, ws):
    type_field(view, "receipts", "6000")
    planning_versions.approve(ws, NOV, "Анна", NOV)
    settle()
    assert not cell(view, past[0], PLAN).editable
    table = view.members_card.table
    table.setFocus()
    table.go_to_cell(past[0], PLAN)
    press(table, Qt.Key.Key_5)
    assert plan(ws, member=past[0]) == 2_000_000_00


def test_overload_is_named_and_leads_to_its_cell(view, past, ws):
    type_field(view, "receipts", "9000")
    loads = view.outlook.loads.table
    assert loads.list_model.rowCount() == 3
    assert "проверить 3 менеджеров" in view.outlook.loads.accessibleName()
    loads.setFocus()
    loads.setCurrentIndex(loads.list_model.index(0, 0))
    press(loads, Qt.Key.Key_Return)
    place = view.members_card.table.current_place()
    assert place is not None
    assert place[1] == PLAN
    assert view.members_card.table.hasFocus()


def test_what_each_day_needs(view, past, ws):
    type_field(view, "receipts", "6000")
    table = view.outlook.paces.table
    assert table.list_model.cell(0, 2).text == "100,0"  # 2 000 over 20 days
    planning.set_value(ws, NOV, "receipts", 3_000_000_00)
    settle()
    assert table.list_model.cell(0, 2).text == "50,0"
