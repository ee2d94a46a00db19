"""Days: moved over by arrows, typed, kept, released; holidays named."""

from datetime import date

from PySide6.QtCore import Qt

from ropdesk.domain.calendar import DayKind
from ropdesk.services import calendar, planning_versions
from ropdesk.ui.tables.bubble import CellError
from tests.ui.planning_decomposition.helpers import NOV, press, settle, type_day, type_field

TWELFTH = date(2026, 11, 12)


def values(view):
    return {row.day: row for row in view.shown.days}


def test_a_typed_day_stays_and_the_others_absorb_it(view, past):
    type_field(view, "receipts", "6000")
    type_day(view, TWELFTH, "400")
    days = values(view)
    assert days[TWELFTH].value == 400_000_00
    assert days[TWELFTH].pinned
    assert sum(row.value for row in days.values()) == 6_000_000_00
    assert view.days_card.grid.current_day == date(2026, 11, 13)
    type_field(view, "receipts", "7000")
    assert values(view)[TWELFTH].value == 400_000_00


def test_delete_gives_a_day_back(view, past):
    type_field(view, "receipts", "6000")
    type_day(view, TWELFTH, "400")
    view.days_card.grid.go_to(TWELFTH)
    press(view.days_card.grid, Qt.Key.Key_Delete)
    assert not values(view)[TWELFTH].pinned
    assert values(view)[TWELFTH].value == 300_000_00


def test_arrows_walk_the_month(view, past):
    type_field(view, "receipts", "6000")
    grid = view.days_card.grid
    grid.setFocus()
    grid.go_to(TWELFTH)
    press(grid, Qt.Key.Key_Down)
    assert grid.current_day == date(2026, 11, 19)
    press(grid, Qt.Key.Key_Left)
    assert grid.current_day == date(2026, 11, 18)
    grid.go_to(date(2026, 11, 6))
    press(grid, Qt.Key.Key_Return)  # over the weekend
    assert grid.current_day == date(2026, 11, 9)


def test_too_much_for_the_month_is_refused_at_the_day(view, past):
    type_field(view, "receipts", "6000")
    type_day(view, TWELFTH, "9000")
    said = view.days_card.grid.findChildren(CellError)
    assert len(said) == 1
    assert said[0].text
    assert not values(view)[TWELFTH].pinned


def test_holidays_and_notes_are_told(view, past, ws):
    type_field(view, "receipts", "6000")
    model = view.days_card.grid.day_model
    unity = model.day_at(model.index_of(date(2026, 11, 4)))
    assert "День народного единства" in unity.tooltip
    assert not unity.working
    calendar.set_day(ws, date(2026, 11, 10), DayKind.DAY_OFF, "переезд офиса")
    settle()
    moved = model.day_at(model.index_of(date(2026, 11, 10)))
    assert not moved.working
    assert "переезд офиса" in moved.tooltip
    assert "19 рабочих дней" in view.header.time.text


def test_the_month_without_a_plan_takes_no_days(view, past):
    grid = view.days_card.grid
    grid.setFocus()
    grid.go_to(TWELFTH)
    press(grid, Qt.Key.Key_5)
    assert not view.days_card.grid.day_model.editable


def test_an_approved_month_takes_no_days(view, past, ws):
    type_field(view, "receipts", "6000")
    planning_versions.approve(ws, NOV, "Анна", NOV)
    settle()
    assert not view.days_card.grid.day_model.editable


def test_the_pace_is_in_sight(view, past, page):
    type_field(view, "receipts", "6000")
    assert "300" in view.days_card.pace.text()
    assert "20 рабочих дней" in view.days_card.pace.text()
    page.set_month(date(2026, 10, 1))
    settle()
    type_field(view, "receipts", "6000")
    assert "осталось 6 рабочих дней" in view.days_card.pace.text()
