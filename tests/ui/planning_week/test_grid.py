"""The grid worked by mouse and by keyboard."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ropdesk.domain.week import State
from ropdesk.services import history, team, week, week_series
from ropdesk.services.week import NewAction, Occurrence
from ropdesk.services.week_series import Repeat
from tests.ui.planning_week.conftest import FRI, LEFT, MON, NINE, TEN, THU, TUE, WED, WeekDesk

Key = Qt.Key
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def middle(at: WeekDesk, day: date, minute: int) -> QPoint:
    """The middle of a column at a time."""
    return QPoint(at.view.grid.rect_of(day, minute, 15).center().x(),
                  at.view.grid.measures().y(minute))  # fmt: skip


def test_an_action_is_dragged_to_another_day_and_time(at: WeekDesk) -> None:
    ref = at.add(day=TUE, start=NINE, minutes=60)
    box = at.box(ref)
    at.drag(box, QPoint(20, 3), at.view.grid, middle(at, FRI, 14 * 60) + QPoint(0, 3))
    assert (at.line(ref).day, at.line(ref).start, at.line(ref).minutes) == (FRI, 14 * 60, 60)
    assert at.box(ref).y() == at.view.grid.rect_of(FRI, 14 * 60, 60).y() + 1
    assert len(history.entries(at.ws)) == 5
    history.undo(at.ws)
    at.settle()
    assert at.box(ref).y() == at.view.grid.rect_of(TUE, NINE, 60).y() + 1


def test_the_foot_of_a_box_lengthens_it(at: WeekDesk) -> None:
    ref = at.add(day=TUE, start=NINE, minutes=60)
    box = at.box(ref)
    foot = QPoint(20, box.height() - 2)
    at.drag(box, foot, at.view.grid, middle(at, WED, 11 * 60 + 30))
    assert (at.line(ref).day, at.line(ref).start, at.line(ref).minutes) == (TUE, NINE, 150)


def test_a_waiting_action_is_dragged_onto_the_grid_and_back(at: WeekDesk) -> None:
    ref = at.add()
    assert at.view.grid.box(ref) is None
    at.drag(at.box(ref), QPoint(10, 5), at.view.grid, middle(at, WED, TEN))
    assert (at.line(ref).day, at.line(ref).start) == (WED, TEN)
    assert at.view.aside.box(ref) is None
    at.drag(at.box(ref), QPoint(10, 5), at.view.aside, QPoint(60, 30))
    assert at.line(ref).day is None
    assert at.view.grid.box(ref) is None


def test_dropped_above_the_hours_it_has_no_time(at: WeekDesk) -> None:
    ref = at.add(day=TUE, start=NINE)
    grid = at.view.grid
    above = QPoint(middle(at, MON, TEN).x(), grid.measures().head + 4)
    at.drag(at.box(ref), QPoint(10, 5), grid, above)
    assert (at.line(ref).day, at.line(ref).start) == (MON, None)


def test_dropped_nowhere_it_stays(at: WeekDesk) -> None:
    ref = at.add(day=TUE, start=NINE)
    before = len(history.entries(at.ws))
    at.drag(at.box(ref), QPoint(10, 5), at.view.goals, QPoint(3, 3))
    assert at.line(ref).day == TUE
    assert len(history.entries(at.ws)) == before


def test_escape_gives_a_drag_up(at: WeekDesk) -> None:
    ref = at.add(day=TUE, start=NINE)
    box, grid = at.box(ref), at.view.grid
    end = box.mapFrom(grid, middle(at, FRI, TEN))
    QTest.mousePress(box, LEFT, pos=QPoint(10, 5))
    QTest.mouseMove(box, end)
    at.qtbot.wait(1)
    assert grid._ghost.isVisible()
    assert grid._ghost.text == "10:00–10:30"
    QTest.keyClick(box, Key.Key_Escape)
    QTest.mouseRelease(box, LEFT, pos=end)
    at.settle()
    assert not grid._ghost.isVisible()
    assert at.line(ref).day == TUE


def test_an_absent_owner_is_refused_while_dragging_and_when_dropped(at: WeekDesk) -> None:
    anna = next(m.id for m in team.team(at.ws).members.values() if m.name == "Анна")
    ref = at.add(day=TUE, start=NINE, member_id=anna)
    box, grid = at.box(ref), at.view.grid
    QTest.mousePress(box, LEFT, pos=QPoint(10, 5))
    QTest.mouseMove(box, box.mapFrom(grid, middle(at, THU, TEN)))
    at.qtbot.wait(1)
    assert grid._ghost.text == "отпуск"
    QTest.mouseRelease(box, LEFT, pos=box.mapFrom(grid, middle(at, THU, TEN)))
    at.settle()
    assert at.line(ref).day == TUE
    assert "Анна: 22.10.2026 отпуск" in at.error()
    at.press(ref, Key.Key_Right, ALT)
    assert at.line(ref).day == WED
    assert at.error() == ""


def test_keys_move_and_lengthen(at: WeekDesk) -> None:
    ref = at.add(day=TUE, start=TEN, minutes=30)
    for key, held, place in (
        (Key.Key_Down, ALT, (TUE, 615, 30)),
        (Key.Key_Up, ALT, (TUE, 600, 30)),
        (Key.Key_Right, ALT, (WED, 600, 30)),
        (Key.Key_Left, ALT, (TUE, 600, 30)),
        (Key.Key_Down, ALT | SHIFT, (TUE, 600, 45)),
        (Key.Key_Up, ALT | SHIFT, (TUE, 600, 30)),
        (Key.Key_Up, ALT | SHIFT, (TUE, 600, 15)),
        (Key.Key_Up, ALT | SHIFT, (TUE, 600, 15)),
    ):
        at.press(ref, key, held)
        line = at.line(ref)
        assert (line.day, line.start, line.minutes) == place
        assert at.box(ref).hasFocus()
    assert at.desk.page.month == date(2026, 10, 1)  # Alt+Left is the page's month elsewhere


def test_a_week_does_not_end_in_the_next_one(at: WeekDesk) -> None:
    ref = at.add(day=FRI, start=TEN)
    at.press(ref, Key.Key_Right, ALT)
    assert "выходной" in at.error()
    assert at.line(ref).day == FRI


def test_keys_put_a_waiting_action_into_free_time(at: WeekDesk) -> None:
    at.add(day=THU, start=NINE, minutes=60)
    ref = at.add(minutes=60)
    at.press(ref, Key.Key_Left, ALT)
    assert (at.line(ref).day, at.line(ref).start) == (THU, TEN)
    assert at.box(ref).hasFocus()


def test_arrows_move_the_focus(at: WeekDesk) -> None:
    first, second = at.add(day=TUE, start=NINE), at.add(day=TUE, start=TEN)
    other, waiting = at.add(day=FRI, start=TEN), at.add()
    at.press(first, Key.Key_Down)
    assert at.box(second).hasFocus()
    at.press(second, Key.Key_Right)
    assert at.box(other).hasFocus()
    at.press(other, Key.Key_Right)
    assert at.box(other).hasFocus()
    at.press(other, Key.Key_Left)
    assert at.box(second).hasFocus()
    at.press(second, Key.Key_Up)
    assert at.box(first).hasFocus()
    at.press(waiting, Key.Key_Left)
    assert at.view.grid.hasFocus()
    QTest.keyClick(at.view.grid, Key.Key_Right)
    QTest.keyClick(at.view.grid, Key.Key_Down)
    assert at.box(first).hasFocus()


def test_space_does_and_takes_back(at: WeekDesk) -> None:
    ref = at.add(day=WED, start=NINE)
    assert "не сделано" in at.box(ref).accessibleName()
    at.press(ref, Key.Key_Space)
    assert (at.line(ref).state, at.line(ref).done_on) == (State.DONE, WED)
    assert "сделано" in at.box(ref).accessibleName()
    at.press(ref, Key.Key_Space)
    assert at.line(ref).state is State.PLANNED


def test_delete_asks_for_a_reason_and_shift_delete_deletes(at: WeekDesk) -> None:
    ref = at.add(day=FRI, start=NINE)
    at.press(ref, Key.Key_Delete)
    dialog = at.view.changes.dialog
    assert dialog is not None
    dialog.try_submit()
    assert dialog.isVisible()
    assert "причин" in dialog.error.lower()
    dialog.findChild(QLineEdit).setText("Клиент отказался")
    dialog.try_submit()
    at.settle()
    assert (at.line(ref).state, at.line(ref).result) == (State.DROPPED, "Клиент отказался")
    assert at.desk.window.focusWidget() is at.box(ref)
    at.press(ref, Key.Key_Delete, SHIFT)
    assert at.view.grid.box(ref) is None
    history.undo(at.ws)
    at.settle()
    assert at.line(ref).state is State.DROPPED


def test_a_recurring_action_is_moved_once(at: WeekDesk) -> None:
    series = week_series.add_series(
        at.ws, NewAction(title="Планёрка", week=MON, start=NINE, minutes=15),
        Repeat((0, 1, 2, 3, 4), MON),
    )  # fmt: skip
    at.settle()
    assert len(at.view.grid.boxes()) == 5
    ref = Occurrence(series, TUE)
    at.press(ref, Key.Key_Down, ALT)
    assert at.box(ref).hasFocus()
    assert at.line(ref).start == 555
    assert at.line(Occurrence(series, WED)).start == NINE
    assert "повторяется" in at.box(ref).accessibleName()


def test_what_meets_stands_side_by_side(at: WeekDesk) -> None:
    refs = [at.add(day=TUE, start=NINE + n * 15, minutes=60) for n in range(3)]
    boxes = [at.box(ref).geometry() for ref in refs]
    for number, one in enumerate(boxes):
        assert not any(one.intersects(other) for other in boxes[:number])


def test_an_early_action_and_a_used_weekend_are_in_sight(at: WeekDesk) -> None:
    early = at.add(day=TUE, start=7 * 60)
    assert at.view.grid.measures().first == 7
    assert at.view.grid.rect().contains(at.box(early).geometry())
    assert len(at.view.week.days) == 5
    week.add(at.ws, [NewAction(title="a", week=MON, day=FRI)])
    with at.ws.operation("x") as operation:
        operation.conn.exec_driver_sql("UPDATE planned_action SET day = '2026-10-24' WHERE day = ?",
                                       (FRI.isoformat(),))  # fmt: skip
    at.settle()
    assert len(at.view.week.days) == 6


def test_a_double_click_plans_where_it_was(at: WeekDesk) -> None:
    QTest.mouseDClick(at.view.grid, LEFT, pos=middle(at, WED, TEN) + QPoint(0, 4))
    form = at.form()
    assert (form.day.currentData(), form.time.currentData()) == (WED.isoformat(), TEN)
    form.reject()


@pytest.mark.parametrize("size", [(1100, 680), (1366, 768)])
@pytest.mark.parametrize("scale", [100, 150])
def test_every_box_fits_its_column(at: WeekDesk, size: tuple[int, int], scale: int) -> None:
    at.desk.context.theme.set_scale(scale)
    at.desk.window.resize(*size)
    ref = at.add(title="Очень длинное название действия " * 5, day=FRI, start=18 * 60 + 30)
    at.qtbot.wait(30)
    at.view.refresh()
    grid = at.view.grid
    column = grid.rect_of(FRI, NINE, 60)
    box = at.box(ref).geometry()
    assert column.left() <= box.left()
    assert box.right() <= column.right()
    assert grid.rect().contains(box)
    assert not at.desk.window.grab().isNull()
    at.desk.context.theme.set_scale(100)


def test_the_grid_draws_a_holiday_a_shortened_and_a_full_day(at: WeekDesk) -> None:
    at.view.go_to(day=date(2026, 11, 4))
    at.settle()
    for _n in range(9):
        at.add(week=date(2026, 11, 3), day=date(2026, 11, 3), minutes=60)
    found = at.view.week
    assert found is not None
    assert [d.working for d in found.days] == [True, True, False, True, True]
    assert found.days[1].rooms[None].over == 120
    assert not at.view.grid.grab().isNull()
    at.view.owner.setCurrentIndex(2)
    at.view.owner.activated.emit(2)
    assert at.view.grid.boxes() == []
    at.view.go_to(day=MON + timedelta(3))
    at.settle()
    assert not at.view.grid.grab().isNull()
