"""The list of meetings as its user works with it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ropdesk.domain.meetings import Rule, State
from ropdesk.services import history, meetings
from ropdesk.services.meetings import NewMeeting, NewSeries, Occurrence
from ropdesk.ui.meetings.list import COMING, PAST, RULES
from ropdesk.ui.meetings.list_changes import EndForm
from ropdesk.ui.meetings.list_forms import MONTH, MeetingForm, MoveForm, SkipForm
from ropdesk.ui.meetings.list_output import save_to
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.empty import EmptyState
from tests.services.holding import hold
from tests.ui.meetings.list_desk import MON, NINE, TEN, TODAY, MeetingsDesk, daily, opened
from tests.workspaces import empty_workspace

Key = Qt.Key
FRI = TODAY + timedelta(1)


@pytest.fixture
def at(tmp_path: Path, qtbot: QtBot) -> Iterator[MeetingsDesk]:
    """A daily coordination since Monday: held, skipped, not held; a meeting with the director."""
    ws = empty_workspace(tmp_path / "department.ropdesk")
    series = daily(ws)
    hold(ws, Occurrence(series, MON), late=7, minutes=24)
    meetings.skip(ws, Occurrence(series, MON + timedelta(1)), "Выставка")
    meetings.add(ws, NewMeeting(kind="director", day=FRI, start=TEN, place="Кабинет"))
    with opened(tmp_path, qtbot, ws) as desk:
        yield desk


@pytest.fixture
def bare(tmp_path: Path, qtbot: QtBot) -> Iterator[MeetingsDesk]:
    """Nothing at all."""
    with opened(tmp_path, qtbot) as desk:
        yield desk


def occurrence(at: MeetingsDesk, day: date) -> Occurrence:
    """Name the daily coordination of a day."""
    return Occurrence(next(iter(at.view.shelf.series)), day)


def test_the_first_meetings_come_from_the_empty_page(bare: MeetingsDesk) -> None:
    empty = bare.view._stack.currentWidget()
    assert isinstance(empty, EmptyState)
    empty.primary.click()
    form = bare.dialog()
    assert isinstance(form, MeetingForm)
    assert (form.kind.currentData(), form.time.currentData()) == ("daily", NINE)
    assert form.minutes.currentData() == 20
    form.place.setText("Переговорная")
    form.try_submit()
    bare.settle()
    assert bare.shown(bare.view.table, 0)[:3] == ["сегодня", "завтра", "пн 26.10"]
    assert len(bare.view.shelf.coming) == 9  # 4 November is a holiday, two weeks end before it
    assert bare.view.card.buttons["begin"].text() == "Начать"


def test_today_is_chosen_and_offers_what_comes_next(at: MeetingsDesk) -> None:
    assert at.view.chosen is not None
    assert at.view.chosen.day == TODAY
    assert list(at.view.card.buttons) == ["begin", "prepare", "move", "skip", "change"]
    assert at.view.card.when.text() == "Четверг, 22 октября · 9:00–9:20 · Переговорная"
    at.press(at.view.table, Key.Key_Down)
    assert list(at.view.card.buttons)[:2] == ["prepare", "begin"]
    assert at.shown(at.view.table, 2)[:3] == [
        "Ежедневная координация", "Ежедневная координация", "Встреча с директором",
    ]  # fmt: skip


def test_an_empty_list_says_what_to_do(bare: MeetingsDesk) -> None:
    meetings.add(bare.ws, NewMeeting(kind="own", day=TODAY))
    bare.settle()
    assert not bare.view.nothing.isVisible()
    for side in (PAST, RULES):
        bare.view.choice.choose(side)
        assert bare.view.nothing.isVisible()
        assert bare.view.nothing.text()
        assert not bare.view.card.isVisible()


def test_a_meeting_is_begun_by_a_key(at: MeetingsDesk) -> None:
    at.press(at.view.table, Key.Key_B)
    [there] = at.elsewhere
    assert there.where == [{"meeting": occurrence(at, TODAY)}]
    assert at.line(occurrence(at, TODAY)).state is State.RUNNING
    at.window.show_page("meetings")
    at.settle()
    assert list(at.view.card.buttons) == ["open"]
    assert at.view.card.chip.text == "идёт"


def test_enter_does_the_first_thing_and_p_prepares(at: MeetingsDesk) -> None:
    at.press(at.view.table, Key.Key_P)
    at.window.show_page("meetings")
    at.press(at.view.table, Key.Key_Down)
    at.press(at.view.table, Key.Key_Return)
    [there] = at.elsewhere
    assert there.where == [
        {"meeting": occurrence(at, TODAY)},
        {"meeting": occurrence(at, FRI)},
    ]
    assert at.line(occurrence(at, FRI)).state is State.PLANNED


def test_a_second_meeting_cannot_run(at: MeetingsDesk) -> None:
    at.press(at.view.table, Key.Key_B)
    at.window.show_page("meetings")
    at.settle()
    at.press(at.view.table, Key.Key_Down)
    at.press(at.view.table, Key.Key_B)
    assert at.error()
    assert at.line(occurrence(at, FRI)).state is State.PLANNED


def test_a_move_asks_for_a_reason_beside_the_field(at: MeetingsDesk) -> None:
    at.press(at.view.table, Key.Key_M)
    form = at.dialog()
    assert isinstance(form, MoveForm)
    assert not form.day_note.isVisible()
    form.day.set_value(TODAY + timedelta(2))
    assert form.day_note.text() == "Суббота, 24 октября — выходной"
    form.day.set_value(FRI)
    assert not form.day_note.isVisible()
    form.try_submit()
    assert "причин" in form._field.error
    form.reason.setText("Выезд к клиенту")
    form.try_submit()
    at.settle()
    ref = occurrence(at, TODAY)
    assert (at.line(ref).day, at.line(ref).moved) == (FRI, 1)
    assert at.view.chosen is not None
    assert at.view.chosen.ref == ref  # what is chosen stays chosen on its new day
    assert at.view.card.chip.text == "перенесено"
    assert at.view.card.reason.text() == "Перенесено с 22.10.2026: Выезд к клиенту"
    history.undo(at.ws)
    at.settle()
    assert at.line(ref).day == TODAY


def test_a_meeting_is_skipped_and_held_after_all(at: MeetingsDesk) -> None:
    at.press(at.view.table, Key.Key_Delete)
    form = at.dialog()
    assert isinstance(form, SkipForm)
    form.try_submit()
    assert form._field.error
    form.reason.setText("Корпоратив")
    form.try_submit()
    at.settle()
    assert at.line(occurrence(at, TODAY)).state is State.SKIPPED
    assert list(at.view.card.buttons) == ["restore"]
    at.view.card.buttons["restore"].click()
    at.settle()
    assert at.line(occurrence(at, TODAY)).state is State.PLANNED


def test_only_one_time_is_changed(at: MeetingsDesk) -> None:
    at.press(at.view.table, Key.Key_F2)
    form = at.dialog()
    assert isinstance(form, MeetingForm)
    assert not form.day.isEnabled()
    assert form.repeat.isHidden()
    form.title.setText("Планёрка с директором")
    form.minutes.setCurrentIndex(form.minutes.findData(30))
    form.try_submit()
    at.settle()
    assert at.line(occurrence(at, TODAY)).title == "Планёрка с директором"
    assert at.line(occurrence(at, TODAY)).minutes == 30
    assert at.line(occurrence(at, FRI)).title == "Ежедневная координация"


def test_past_meetings_show_what_they_took(at: MeetingsDesk) -> None:
    at.view.choice.choose(PAST)
    assert at.shown(at.view.table, 0) == ["вчера", "вт 20.10", "пн 19.10"]
    assert at.shown(at.view.table, 4) == ["не проведено", "отменено", "протокол № 1"]
    took = at.view.table.list_model.rows[2].cells[3]
    assert (took.text, took.secondary) == ("24 ↑", " / 20")
    at.press(at.view.table, Key.Key_Down)
    assert at.view.card.reason.text() == "Отменено: Выставка"
    at.press(at.view.table, Key.Key_Down)
    assert list(at.view.card.buttons) == ["open"]
    told = [label.text() for label in at.view.card._points.findChildren(QLabel)]
    assert told[:4] == ["1. Факт за вчера", "24 / 4 ↑", "2. Обещания: что на сегодня", "0 / 3"]
    [total] = at.view.card._points.findChildren(Chip)
    assert total.text == "24 из 20 мин ↑"


def test_the_panel_counts_the_month(at: MeetingsDesk) -> None:
    table = at.view.effect.table
    assert at.shown(table, 0) == ["Ежедневная координация"]
    row = table.list_model.rows[0]
    assert [cell.text.replace("\u202f", "") for cell in row.cells[1:]] == [
        "1",
        "24",
        "0% ↓",
        "0% ↓",
    ]
    assert row.cells[1].secondary == " −1"
    at.view.effect.switcher.back()
    assert at.view.effect.nothing.isVisible()


def test_a_single_meeting_is_planned_and_deleted(at: MeetingsDesk) -> None:
    at.press(at.view.table, Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = at.dialog()
    assert isinstance(form, MeetingForm)
    form.kind.setCurrentIndex(form.kind.findData("marketing"))
    form.kind.activated.emit(form.kind.currentIndex())
    assert form.minutes.currentData() == 45
    form.day.set_value(MON + timedelta(7))
    form.time.setCurrentIndex(form.time.findData(NINE + 30))
    form.try_submit()
    at.settle()
    assert at.view.chosen is not None
    assert (at.view.chosen.title, at.view.chosen.start) == ("Встреча с маркетингом", NINE + 30)
    at.view.card.buttons["remove"].click()
    at.settle()
    assert "Встреча с маркетингом" not in at.shown(at.view.table, 2)


def test_a_rule_is_made_changed_and_ended(at: MeetingsDesk) -> None:
    at.press(at.view.table, Key.Key_N,
             Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)  # fmt: skip
    form = at.dialog()
    assert isinstance(form, MeetingForm)
    form.kind.setCurrentIndex(form.kind.findData("monthly"))
    form.repeat.choose(MONTH)
    form.nth.setCurrentIndex(form.nth.findData(-1))
    form.ends.setChecked(True)
    form.until.set_value(MON)
    form.try_submit()
    assert "раньше" in form._fields["until"].error
    form.ends.setChecked(False)
    form.try_submit()
    at.settle()
    at.view.choice.choose(RULES)
    assert at.shown(at.view.rules, 1) == ["по рабочим дням", "последний рабочий день месяца"]
    assert at.shown(at.view.rules, 3) == ["сегодня", "пт 30.10"]
    at.press(at.view.rules, Key.Key_Up)
    at.press(at.view.rules, Key.Key_Return)
    form = at.dialog()
    assert isinstance(form, MeetingForm)
    for box in form.weekdays[1:]:
        box.setChecked(False)
    form.try_submit()
    at.settle()
    with at.ws.read() as connection:
        rules = [one.rule for one in meetings.series(connection)]
    assert Rule(TODAY, (0,)) in rules
    at.press(at.view.rules, Key.Key_Delete)
    form = at.dialog()
    assert isinstance(form, EndForm)
    form.last.set_value(TODAY - timedelta(1))
    form.try_submit()
    at.settle()
    assert at.shown(at.view.rules, 3) == ["пт 30.10", "окончено"]
    at.press(at.view.rules, Key.Key_Down)
    assert not at.view.rule_card.buttons["end"].isEnabled()
    at.press(at.view.rules, Key.Key_Delete)
    assert at.view.changes.dialog is form  # nothing is asked of what has ended


def test_every_other_week_keeps_its_weeks_when_it_is_changed(at: MeetingsDesk) -> None:
    rule = Rule(MON, (2,), every=2)  # of 21 October, 4 November (a holiday: the day before), …
    made = meetings.add_series(at.ws, NewSeries(kind="quality", rule=rule, start=TEN))
    at.settle()
    at.page.go_to(view="list", side=RULES)
    at.view.follow_rule(made)
    at.press(at.view.rules, Key.Key_F2)
    form = at.dialog()
    assert isinstance(form, MeetingForm)
    assert form.day.value == date(2026, 11, 4)
    form.time.setCurrentIndex(form.time.findData(NINE))
    form.try_submit()
    at.settle()
    with at.ws.read() as connection:
        found = meetings.between(connection, MON, MON + timedelta(40))
    assert [(line.day, line.start) for line in found if line.kind == "quality"] == [
        (date(2026, 10, 21), TEN), (date(2026, 11, 3), NINE), (date(2026, 11, 18), NINE),
    ]  # fmt: skip


def test_a_meeting_is_found_in_whichever_list_it_stands(at: MeetingsDesk) -> None:
    at.page.go_to(view="list", meeting=occurrence(at, MON))
    assert at.view.choice.current == PAST
    assert at.view.chosen is not None
    assert at.view.chosen.number == 1
    at.page.go_to(view="list", side=COMING)
    assert at.view.choice.current == COMING
    at.page.list.prepare_next()
    assert at.elsewhere[0].where == [{"meeting": occurrence(at, TODAY)}]


def test_the_calendar_is_saved(at: MeetingsDesk, tmp_path: Path) -> None:
    save_to(at.context, at.view, tmp_path / "собрания")
    text = (tmp_path / "собрания.ics").read_text("utf-8")
    assert "DTSTART:20261023T100000" in text
    assert "LOCATION:Кабинет" in text
    (tmp_path / "папка.ics").mkdir()
    save_to(at.context, at.view, tmp_path / "папка.ics")
    assert "папка.ics" in at.error()


@pytest.mark.parametrize("size", [(1100, 680), (1366, 768)])
@pytest.mark.parametrize("scale", [100, 150])
def test_small_screens_and_large_text(at: MeetingsDesk, size: tuple[int, int], scale: int) -> None:
    meetings.add(
        at.ws,
        NewMeeting(kind="own", day=FRI, title="Координация с отделом контроля качества и всеми"),
    )
    at.context.theme.set_scale(scale)
    at.window.resize(*size)
    at.qtbot.wait(20)
    at.settle()
    table = at.view.table
    assert table.columnWidth(2) >= 100
    assert table.horizontalScrollBar().maximum() == 0
    at.context.theme.set_scale(100)
