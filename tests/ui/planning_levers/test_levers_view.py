"""The levers as a person moves them: arrows, typing, the list, actions and their undo."""

from datetime import date
from fractions import Fraction
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from ropdesk.domain.levers import DEPARTMENT, Factor
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import levers, planning, team
from ropdesk.store.plain import rows
from ropdesk.ui.widgets.buttons import Button
from ropdesk.ui.widgets.empty import EmptyState
from tests.ui.planning_levers.conftest import MONTH, open_levers, wait

ANNA = "Иванова Анна"


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


def lever(view, factor: Factor):
    return view.what.lever(factor.value)


def press(widget, key, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(widget, key)
    QApplication.processEvents()


def type_into(field, text: str, end=Qt.Key.Key_Return) -> None:
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, end)
    QApplication.processEvents()


def chances(view) -> dict[str, str]:
    model = view.result.table.list_model
    column = model.column_of("chance")
    return {row.key: plain(row.cells[column].text) for row in model.rows}


def member(view, name: str) -> int:
    return next(one.id for one in view.found.subjects if one.name == name)


def choose(view, name: str) -> None:
    """Choose by the keyboard, as a list of names is chosen from."""
    box = view.what.subjects
    box.setFocus()
    for _ in range(box.count()):
        if box.currentText().startswith(name):
            return
        QTest.keyClick(box, Qt.Key.Key_Down)
        QApplication.processEvents()


def actions(ws) -> list[tuple[object, ...]]:
    with ws.read() as connection:
        return rows(connection, "SELECT title, member_id, metric FROM planned_action")


def test_the_levers_begin_at_the_forecast(view) -> None:
    whole = view.found.department
    assert lever(view, Factor.INQUIRIES).field.text() == str(whole.rest.inquiries)
    assert lever(view, Factor.CONVERSION).slider.value() == 0
    assert "лучшее" in lever(view, Factor.CONVERSION).reference.text()
    assert "успеют оплатить" in view.what.lag.text()
    assert view.changes == {}
    bars = view.result.bars.view.bars
    assert bars[0].middle == bars[1].middle == whole.course.end
    assert "→" not in chances(view)["standard"]
    assert chances(view)["maximum"] == "—"


def test_an_arrow_moves_a_lever_by_one_per_cent_and_the_end_follows(view) -> None:
    slider = lever(view, Factor.CONVERSION).slider
    slider.setFocus()
    press(slider, Qt.Key.Key_Right, 12)
    whole = view.found.department
    expected = whole.rest.conversion * Fraction(112, 100)
    assert view.changes == {(DEPARTMENT, Factor.CONVERSION): expected}
    assert plain(lever(view, Factor.CONVERSION).change.text()) == "+12 %"
    before, after = view.result.bars.view.bars
    assert after.middle - before.middle == round(whole.course.rest * Fraction(12, 100))
    assert "→" in chances(view)["standard"]
    assert "Изменения дают отделу +" in view.result.sentence.text()
    press(slider, Qt.Key.Key_PageDown)
    assert plain(lever(view, Factor.CONVERSION).change.text()) == "+2 %"
    press(slider, Qt.Key.Key_Home)
    assert view.changes == {}


def test_a_typed_value_moves_the_lever(view) -> None:
    row = lever(view, Factor.CHECK)
    base = view.found.department.rest.check
    type_into(row.field, "40 000")
    assert view.changes == {(DEPARTMENT, Factor.CHECK): 40_000_00}
    assert row.slider.value() == min(100, round((Fraction(40_000_00) / base - 1) * 100))
    type_into(row.field, "")
    assert view.changes == {(DEPARTMENT, Factor.CHECK): 40_000_00}  # nothing was typed over it
    QTest.mouseClick(row.field, Qt.MouseButton.LeftButton)
    row.field.selectAll()
    QTest.keyClick(row.field, Qt.Key.Key_Delete)
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert view.changes == {}


def test_what_is_no_possible_number_is_refused_beside_the_field(view) -> None:
    row = lever(view, Factor.CONVERSION)
    type_into(row.field, "abc")
    assert "не число" in view.what.error
    assert view.changes == {}
    QTest.keyClick(row.field, Qt.Key.Key_Escape)
    type_into(row.field, "0")
    assert "больше нуля" in view.what.error
    assert view.changes == {}
    press(row.slider, Qt.Key.Key_Right)
    assert view.what.error == ""


def test_new_inquiries_pay_partly_later(view) -> None:
    slider = lever(view, Factor.INQUIRIES).slider
    slider.setFocus()
    press(slider, Qt.Key.Key_PageUp, 5)
    assert "В следующих месяцах: ещё +" in view.result.sentence.text()
    before, after = view.result.bars.view.bars
    assert after.middle - before.middle < view.found.department.course.rest // 2


def test_a_member_has_levers_of_their_own(view) -> None:
    choose(view, ANNA)
    anna = view.found.subject(member(view, ANNA))
    assert ANNA in view.result.accessibleName()
    slider = lever(view, Factor.CHECK).slider
    slider.setFocus()
    press(slider, Qt.Key.Key_PageUp)
    assert list(view.changes) == [(anna.id, Factor.CHECK)]
    assert view.what.subjects.currentText() == f"{ANNA} · изменено"
    assert f"{ANNA}: ср. чек" in view.what.changed.text()
    view.what.subjects.setFocus()
    press(view.what.subjects, Qt.Key.Key_Home)
    assert view.result.bars.view.bars[1].middle > view.found.department.course.end


def test_a_members_own_plan_is_spoken_of(view, ws, qtbot) -> None:
    anna = member(view, ANNA)
    end = view.found.subject(anna).course.end
    planning.set_value(ws, MONTH, "receipts", end + 10_000_00, anna)
    qtbot.waitUntil(lambda: view.found.subject(anna).targets["standard"] == end + 10_000_00)
    view.choose(anna)
    note = plain(view.result.note.text())
    assert note.startswith("До своего плана «Стандарт» не хватает 10 т₽; закроет любое одно: ")
    assert "средний чек " in note
    planning.set_value(ws, MONTH, "receipts", end - 20_000_00, anna)
    qtbot.waitUntil(lambda: "с запасом 20 т₽" in plain(view.result.note.text()))


def test_a_click_in_the_list_closes_the_gap(view) -> None:
    table = view.closing.table
    model = table.list_model
    first = model.rows[0]
    index = model.index(0, model.column_of("needed"))
    place = table.visualRect(index).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [(who, factor.value) for who, factor in view.changes] == [first.key]
    standard = next(c for c in outcome(view).chances if c.scenario == "standard")
    assert abs(standard.gap) <= 1


def outcome(view):
    return levers.what_if(view.found, view.changes)


def test_enter_on_a_row_tries_it_and_an_impossible_one_does_nothing(view) -> None:
    table = view.closing.table
    model = table.list_model
    table.setFocus()
    table.go_to_cell(model.rows[1].key, "who")
    press(table, Qt.Key.Key_Return)
    assert [(who, factor.value) for who, factor in view.changes] == [model.rows[1].key]
    view.reset()
    reach = model.column_of("reach")
    impossible = [row for row in model.rows if row.cells[reach].text == "невозможно"]
    for row in impossible:
        assert row.tooltip
        table.go_to_cell(row.key, "who")
        press(table, Qt.Key.Key_Return)
        assert view.changes == {}


def test_the_gap_of_another_scenario(view) -> None:
    assert view.closing.table.list_model.rows
    segments = view.closing.segments
    segments.choose("maximum")
    assert "нет плана поступлений «Максимум»" in view.closing.sentence.text()
    assert view.closing.plan.isVisible()
    assert not view.closing.table.isVisible()
    segments.choose("standard")
    assert view.closing.table.isVisible()


def test_best_months_by_a_link(view) -> None:
    view.what.best.setFocus()
    press(view.what.best, Qt.Key.Key_Return)
    whole = view.found.department
    assert view.changes
    for (_who, factor), value in view.changes.items():
        assert value == whole.best[factor].value
    press(view.what.halfway, Qt.Key.Key_Space)
    for (_who, factor), value in view.changes.items():
        base = whole.rest.value(factor)
        assert value == (base + whole.best[factor].value) / 2


def test_changes_become_actions_and_undo_takes_them_back(view, ws, window, registry) -> None:
    act, reset = registry["planning.levers_act"], registry["planning.levers_reset"]
    assert not act.isEnabled()
    slider = lever(view, Factor.CONVERSION).slider
    slider.setFocus()
    press(slider, Qt.Key.Key_PageUp)
    assert act.isEnabled()
    button = next(b for b in window.findChildren(Button) if b.objectName() == "planning.levers_act")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    made = actions(ws)
    assert len(made) == 1
    assert made[0][0].startswith("Отдел: довести конверсию с ")
    assert made[0][1:] == (None, "conversion")
    registry.run("app.undo")
    assert actions(ws) == []
    assert reset.isEnabled()
    registry.run("planning.levers_reset")
    assert view.changes == {}
    assert slider.value() == 0
    assert not act.isEnabled()


def test_another_month_forgets_the_changes(view, window, qtbot) -> None:
    view.move_lever("conversion", 10)
    page = window.page("planning")
    page.set_month(date(2026, 9, 1))
    wait(view, qtbot)
    assert view.changes == {}
    empty = view.findChildren(EmptyState)[0]
    assert "рабочих дней не осталось" in empty.accessibleName()
    QTest.mouseClick(empty.primary, Qt.MouseButton.LeftButton)
    wait(view, qtbot)
    assert view.month == MONTH
    assert view.what.isVisible()
    page.set_month(date(2026, 11, 1))
    wait(view, qtbot)
    said = [one.accessibleName() for one in view.findChildren(EmptyState) if one.isVisible()]
    assert "ещё не начался" in said[0]


def test_an_empty_workspace_says_what_is_needed(empty_ws, window, context, qtbot) -> None:
    view = open_levers(empty_ws, window, context, qtbot)
    empty = next(one for one in view.findChildren(EmptyState) if one.isVisible())
    assert "нужны три рабочих дня фактов" in empty.accessibleName()
    view.move_lever("conversion", 10)
    assert view.changes == {}


def test_a_changed_plan_is_followed_and_the_changes_are_kept(view, ws, qtbot) -> None:
    view.move_lever("average_check", 10)
    kept = dict(view.changes)
    planning.set_value(ws, MONTH, "receipts", 100, scenario="maximum")
    wait(view, qtbot)
    qtbot.waitUntil(lambda: chances(view)["maximum"] != "—")
    assert view.changes == kept
    view.closing.segments.choose("maximum")
    assert "будет выполнен с запасом" in view.closing.sentence.text()


def test_who_goes_away_loses_the_levers_with_the_reason(view, ws, qtbot) -> None:
    anna = member(view, ANNA)
    view.choose(anna)
    view.move_lever("conversion", 10)
    team.add_absence(ws, Absence(anna, AbsenceKind.VACATION, date(2026, 10, 21), date(2026, 11, 3)))
    qtbot.waitUntil(lambda: view.changes == {})
    row = lever(view, Factor.CONVERSION)
    assert not row.slider.isEnabled()
    assert not row.field.isEnabled()
    assert row.reference.text() == "отсутствует до конца месяца"


def test_every_widget_has_a_name_and_the_tab_order_is_that_of_reading(view) -> None:
    for factor in Factor:
        row = lever(view, factor)
        assert row.slider.accessibleName() == row.field.accessibleName() == row.label.text()
    assert view.what.subjects.accessibleName()
    assert view.result.bars.accessibleName().startswith("Без изменений")
    field = lever(view, Factor.INQUIRIES).field
    field.setFocus()
    press(field, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is lever(view, Factor.CONVERSION).field


def test_a_mouse_moves_a_slider_and_a_double_click_lets_it_go(view) -> None:
    slider = lever(view, Factor.CHECK).slider
    place = slider.rect().center()
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=place)
    assert slider.value() == 25
    assert (DEPARTMENT, Factor.CHECK) in view.changes
    QTest.mouseDClick(slider, Qt.MouseButton.LeftButton, pos=place)
    assert view.changes == {}


@pytest.mark.parametrize(
    ("size", "scale"), [((1366, 768), 100), ((1100, 680), 100), ((1366, 768), 150)]
)
def test_nothing_is_cut_at_the_side(view, window, theme, qtbot, size, scale) -> None:
    theme.set_scale(scale)
    window.resize(*size)
    view.move_lever("conversion", 10)
    qtbot.wait(50)
    page = window.page("planning")
    for area in [view.result.table, view.closing.table, *page.findChildren(QScrollArea)]:
        assert area.horizontalScrollBar().maximum() == 0, area
    for factor in Factor:
        row = lever(view, factor)
        assert row.slider.width() >= theme.px(80)
        assert row.field.width() >= row.field.minimumSizeHint().width()
        assert row.label.width() >= row.label.sizeHint().width()
    theme.set_scale(100)


def test_sixty_members_with_long_names_move_at_once(ws, window, context, qtbot) -> None:
    for number in range(57):
        team.add(ws, Member(0, f"Константинопольская-Задунайская Анна {number:02}"))
    view = open_levers(ws, window, context, qtbot)
    assert view.what.subjects.count() == 61
    assert len(view.closing.table.list_model.rows) == 183
    page = window.page("planning")
    assert all(a.horizontalScrollBar().maximum() == 0 for a in page.findChildren(QScrollArea))
    slider = lever(view, Factor.CHECK).slider
    slider.setFocus()
    began = perf_counter()
    press(slider, Qt.Key.Key_Right, 20)
    assert perf_counter() - began < 20 * 0.1  # a tenth of a second is felt as at once
    assert slider.value() == 20
