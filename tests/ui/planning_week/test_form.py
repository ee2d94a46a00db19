"""The form of an action."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ropdesk.services import history, week, week_series
from ropdesk.services.week import NewAction, Occurrence
from ropdesk.services.week_series import Repeat
from ropdesk.ui.planning.week.editor import FOLLOWING
from tests.ui.planning_week.conftest import FRI, MON, NINE, TEN, THU, TODAY, TUE, WED, WeekDesk

Key = Qt.Key
NEXT = MON + timedelta(7)


def test_an_action_is_planned_by_keyboard(at: WeekDesk) -> None:
    at.view.grid.setFocus()
    QTest.keyClick(at.view.grid, Key.Key_N)
    form = at.form()
    assert form.focusWidget() is form.title
    assert form.day.currentData() == TODAY.isoformat()
    form.title.setText("Разобрать звонки")
    form.owner.setCurrentIndex(form.owner.findText("Борис"))
    form.which.setCurrentIndex(form.which.findData("conversion"))
    form.which.activated.emit(form.which.currentIndex())
    form.expected.setText("+1,5")
    form.time.setCurrentIndex(form.time.findData(TEN))
    form.minutes.setCurrentIndex(form.minutes.findData(60))
    form.note.setText("скрипт 3")
    form.try_submit()
    at.settle()
    [line] = at.view.week.lines
    assert (line.title, line.owner, line.day, line.start) == ("Разобрать звонки", "Борис", THU, TEN)
    assert (line.minutes, line.metric, line.expected) == (60, "conversion", 150)
    assert "Конверсия +1,5\u202fп. п." in at.box(line.ref).accessibleName()
    assert at.desk.window.focusWidget() is at.box(line.ref)
    at.press(line.ref, Key.Key_Return)
    form = at.form()
    assert (form.expected.text(), form.note.text()) == ("1,5", "скрипт 3")
    assert form.time.currentData() == TEN
    form.reject()


def test_the_form_refuses_beside_the_field(at: WeekDesk) -> None:
    at.view.new_action()
    form = at.form()
    form.try_submit()
    assert form.isVisible()
    assert "нет названия" in form._fields["title"].error
    form.title.setText("Разбор")
    form.which.setCurrentIndex(form.which.findData("calls"))
    form.which.activated.emit(0)
    form.expected.setText("пять")
    form.try_submit()
    assert "не число" in form._fields["expected"].error
    assert form._fields["title"].error == ""
    form.expected.setText("5")
    form.owner.setCurrentIndex(form.owner.findText("Анна"))
    form.owner.activated.emit(0)
    assert form.day.currentText().endswith("отпуск")
    form.try_submit()
    assert "отпуск" in form._fields["day"].error
    form.reject()
    assert at.view.week.lines == ()


def test_a_full_day_is_allowed_and_said(at: WeekDesk) -> None:
    at.add(day=THU, start=NINE, minutes=480)
    at.view.new_action()
    form = at.form()
    assert "свободно 0" in form.day.currentText().replace("\u202f", " ")
    form.title.setText("Ещё одно")
    form.try_submit()
    at.settle()
    assert len(at.view.week.lines) == 2
    assert "перегруз на 30" in at.desk.window._toast.text.replace("\u202f", " ")


def test_an_action_that_recurs(at: WeekDesk) -> None:
    at.view.new_action()
    form = at.form()
    form.title.setText("Планёрка")
    for box in form.weekdays[:2]:
        box.setChecked(True)
    assert not form.day.isEnabled()
    form.ends.setChecked(True)
    form.until.set_value(MON)
    form.try_submit()
    assert "раньше" in form._fields["until"].error
    form.until.set_value(NEXT + timedelta(1))
    form.try_submit()
    at.settle()
    assert at.view.week.lines == ()  # both weekdays of this week have passed
    at.view.switcher.following()
    at.settle()
    assert [x.day for x in at.view.week.lines] == [NEXT, NEXT + timedelta(1)]
    history.undo(at.ws)
    at.settle()
    assert at.view.week.lines == ()


def test_one_time_or_all_following(at: WeekDesk) -> None:
    series = week_series.add_series(
        at.ws, NewAction(title="Планёрка", week=MON, start=NINE), Repeat((0, 2, 4), MON)
    )
    at.settle()
    at.press(Occurrence(series, WED), Key.Key_Return)
    form = at.form()
    assert form._fields["until"].isHidden()
    form.title.setText("Летучка")
    form.try_submit()
    at.settle()
    assert [x.title for x in at.view.week.lines] == ["Планёрка", "Летучка", "Планёрка"]
    at.press(Occurrence(series, WED), Key.Key_Return)
    form = at.form()
    form.scope.choose(FOLLOWING)
    assert not form._fields["until"].isHidden()
    assert [box.isChecked() for box in form.weekdays] == [True, False, True, False, True]
    form.title.setText("Совет")
    form.weekdays[0].setChecked(False)
    form.try_submit()
    at.settle()
    assert [x.title for x in at.view.week.lines] == ["Планёрка", "Совет", "Совет"]
    at.view.switcher.following()
    at.settle()
    assert [(x.title, x.day.weekday()) for x in at.view.week.lines] == [("Совет", 2), ("Совет", 4)]


def test_what_came_of_it_is_written_in_the_form(at: WeekDesk) -> None:
    ref = at.add(day=TUE)
    week.finish(at.ws, ref, TUE, "")
    at.settle()
    at.press(ref, Key.Key_F2)
    form = at.form()
    assert not form._fields["result"].isHidden()
    form.outcome.setText("Договорились")
    before = len(history.entries(at.ws))
    form.try_submit()
    at.settle()
    assert at.line(ref).result == "Договорились"
    assert len(history.entries(at.ws)) == before + 1


def test_a_single_action_becomes_recurring_in_the_form(at: WeekDesk) -> None:
    ref = at.add(title="Сверка", day=FRI)
    at.press(ref, Key.Key_Return)
    form = at.form()
    form.weekdays[4].setChecked(True)
    form.try_submit()
    at.settle()
    [line] = at.view.week.lines
    assert (line.day, line.recurring) == (FRI, True)
