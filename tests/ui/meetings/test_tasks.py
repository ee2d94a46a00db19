"""Tasks as their user works with them: written on a line, ticked, changed, dropped."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ropdesk.domain.tasks import Kind, Repeat, State
from ropdesk.domain.team import Member
from ropdesk.services import history, investigations, tasks, team, week
from ropdesk.services.investigations import NewInvestigation
from ropdesk.services.tasks import NewTask, TaskLine, TaskRef
from ropdesk.services.week import NewAction
from ropdesk.ui.meetings.task_dialog import DropReason, ResultDialog, TaskForm, open_task
from ropdesk.ui.meetings.tasks import DONE, OPEN, TasksView
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.toast import ToastLine
from tests.ui.meetings.list_desk import MON, TODAY, Elsewhere, MeetingsDesk, opened
from tests.workspaces import empty_workspace

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
FRI = date(2026, 10, 23)


class Tasks:
    """The side of tasks, shown."""

    def __init__(self, desk: MeetingsDesk) -> None:
        self.desk, self.ws = desk, desk.ws
        desk.page.show_view("tasks")
        desk.settle()
        self.view = cast("TasksView", desk.page.view("tasks"))

    @property
    def titles(self) -> list[str]:
        """What the table lists."""
        return self.desk.shown(self.view.table, 1)

    def stored(self) -> list[TaskLine]:
        """Every task, done ones too."""
        with self.ws.read() as connection:
            return tasks.tasks(connection, TODAY, open_only=False)

    def line(self, title: str) -> TaskLine:
        """The one task of a title that waits, else the last of it."""
        found = [line for line in self.stored() if line.title == title]
        return next((line for line in found if line.state is State.OPEN), found[-1])

    def choose(self, title: str) -> None:
        """Go to a task."""
        self.view.table.go_to_cell(self.line(title).ref, "title")

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        """Press a key in the table."""
        self.desk.press(self.view.table, key, held)

    def type(self, widget: QLineEdit, text: str) -> None:
        """Type into what has the focus; Qt's own typing knows Latin letters alone."""
        assert widget.hasFocus()
        widget.insert(text)

    def dialog(self) -> QWidget:
        """The dialog in sight."""
        found = self.view.changes.dialog
        assert found is not None
        assert found.isVisible()
        return found


@pytest.fixture
def at(tmp_path: Path, qtbot: QtBot) -> Iterator[Tasks]:
    """Anna and a few tasks: late, of today, of the week, later, some day, repeating."""
    ws = empty_workspace(tmp_path / "department.ropdesk")
    anna = team.add(ws, Member(0, "Анна Ким", hired=date(2025, 1, 1)))
    for title, due, member, repeat in (
        ("Ответ маркетингу", date(2026, 10, 20), None, ""),
        ("Аттестация", TODAY, anna, ""),
        ("Отчёт", FRI, None, "week"),
        ("Договор с ОКК", date(2026, 11, 3), anna, ""),
        ("Скрипт", None, None, ""),
    ):
        tasks.add(ws, NewTask(title=title, due=due, member_id=member, repeat=repeat), TODAY)
    with opened(tmp_path, qtbot, ws) as desk:
        yield Tasks(desk)


@pytest.fixture
def bare(tmp_path: Path, qtbot: QtBot) -> Iterator[Tasks]:
    """Nothing at all."""
    with opened(tmp_path, qtbot) as desk:
        yield Tasks(desk)


def test_an_empty_list_says_what_it_is_for(bare: Tasks) -> None:
    empty = bare.view.stack.currentWidget()
    assert isinstance(empty, EmptyState)
    assert "Здесь всё, что нужно сделать" in empty.accessibleName()
    bare.desk.window.activateWindow()
    empty.primary.click()
    assert bare.view.entry.title.hasFocus()


def test_a_task_is_written_by_keys_alone(bare: Tasks) -> None:
    team.add(bare.ws, Member(0, "Анна Ким", hired=date(2025, 1, 1)))
    bare.desk.settle()
    entry, window = bare.view.entry, bare.desk.window
    window.activateWindow()
    bare.desk.qtbot.waitUntil(window.isActiveWindow)
    entry.begin()
    bare.type(entry.title, "Отправить КП")
    QTest.keyClick(entry.title, Key.Key_Tab)
    assert entry.owner.hasFocus()
    QTest.keyClick(entry.owner, Key.Key_Down)
    QTest.keyClick(entry.owner, Key.Key_Tab)
    assert entry.due.line.hasFocus()
    bare.type(entry.due.line, "завтра")
    assert entry.due.said.text() == "пт 23.10"
    QTest.keyClick(entry.due.line, Key.Key_Tab)
    assert entry.often.hasFocus()
    QTest.keyClick(entry.often, Key.Key_Return)
    bare.desk.settle()
    kept = bare.line("Отправить КП")
    assert (kept.owner, kept.due, kept.repeat) == ("Анна Ким", FRI, Repeat.NO)
    assert bare.titles == ["Отправить КП"]
    assert entry.title.text() == ""
    assert entry.title.hasFocus()
    bare.type(entry.title, "Ещё одна")
    QTest.keyClick(entry.title, Key.Key_Return)
    bare.desk.settle()
    assert (bare.line("Ещё одна").due, bare.line("Ещё одна").owner) == (None, "Анна Ким")
    history.undo(bare.ws)
    bare.desk.settle()
    assert bare.titles == ["Отправить КП"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [("25.10", "вс 25.10? или 23.10"), ("бла", "какой это день?"), ("30.02", "какой это день?"),
     ("", "Без срока"), ("28", "ср 28.10")],
)  # fmt: skip
def test_what_is_understood_of_a_day_is_said_at_once(bare: Tasks, said: str, shown: str) -> None:
    bare.view.entry.due.line.setText(said)
    assert bare.view.entry.due.said.text() == shown


def test_what_is_wrong_is_said_and_nothing_is_lost(bare: Tasks) -> None:
    entry = bare.view.entry
    entry.submit()
    assert "нет названия" in entry.error.text()
    entry.title.setText("Отправить КП")
    entry.due.line.setText("когда-нибудь")
    entry.submit()
    assert "Непонятно, какой это день" in entry.error.text()
    assert entry.title.text() == "Отправить КП"
    entry.due.line.clear()
    entry.often.setCurrentIndex(1)
    entry.submit()
    assert "нужен первый день" in entry.error.text()
    assert bare.stored() == []


def test_the_calendar_gives_a_day(bare: Tasks) -> None:
    due = bare.view.entry.due
    QTest.keyClick(due.line, Key.Key_Down)
    assert due.popup is not None
    due.popup.calendar.activated.emit(QDate(2026, 10, 23))
    assert due.value == FRI


def test_filters_count_and_show(at: Tasks) -> None:
    assert at.titles == ["Ответ маркетингу", "Аттестация", "Отчёт", "Договор с ОКК", "Скрипт"]
    which = at.view.which
    for key, title in (
        ("overdue", "Ответ маркетингу"), ("today", "Аттестация"), ("week", "Отчёт"),
        ("later", "Договор с ОКК"), ("some_day", "Скрипт"),
    ):  # fmt: skip
        which.choose(key)
        assert at.titles == [title]
    which.choose(DONE)
    assert isinstance(at.view.stack.currentWidget(), EmptyState)
    which.choose(OPEN)
    at.view.whose.setCurrentIndex(at.view.whose.findText("Анна Ким"))
    at.view.whose.activated.emit(at.view.whose.currentIndex())
    assert at.titles == ["Аттестация", "Договор с ОКК"]
    assert "просрочены 0" in [one.text() for one in which.findChildren(QWidget)
                              if hasattr(one, "text")]  # fmt: skip


def test_space_does_a_task_and_undo_takes_it_back(at: Tasks) -> None:
    at.choose("Аттестация")
    at.key(Key.Key_Space)
    assert at.line("Аттестация").state is State.DONE
    assert "Аттестация" not in at.titles
    history.undo(at.ws)
    at.desk.settle()
    assert "Аттестация" in at.titles


def test_a_repeating_task_says_when_it_comes_again(at: Tasks) -> None:
    at.choose("Отчёт")
    at.key(Key.Key_Space)
    assert at.line("Отчёт").due == date(2026, 10, 30)
    assert "30.10" in at.desk.window.findChildren(ToastLine)[0].text
    at.view.which.choose(DONE)
    assert at.titles == ["Отчёт"]
    at.key(Key.Key_Space)
    at.view.which.choose(OPEN)
    assert at.titles.count("Отчёт") == 1
    assert at.line("Отчёт").due == FRI


def test_a_result_and_a_reason_are_asked_for(at: Tasks) -> None:
    at.choose("Аттестация")
    at.key(Key.Key_Space, SHIFT)
    told = at.dialog()
    assert isinstance(told, ResultDialog)
    told.outcome.setText("сдала на четыре")
    told.try_submit()
    at.desk.settle()
    assert at.line("Аттестация").result == "сдала на четыре"
    at.choose("Скрипт")
    at.key(Key.Key_Delete)
    asked = at.dialog()
    assert isinstance(asked, DropReason)
    asked.try_submit()
    assert "Причина не указана" in asked.error
    asked._line.setText("пишет маркетинг")
    asked.try_submit()
    at.desk.settle()
    kept = at.line("Скрипт")
    assert (kept.state, kept.result) == (State.DROPPED, "пишет маркетинг")
    at.view.which.choose(DONE)
    assert dict(zip(at.titles, at.desk.shown(at.view.table, 4), strict=True)) == {
        "Аттестация": "сдала на четыре", "Скрипт": "пишет маркетинг",
    }  # fmt: skip


def test_enter_changes_a_task(at: Tasks) -> None:
    at.choose("Отчёт")
    at.key(Key.Key_Return)
    form = at.dialog()
    assert isinstance(form, TaskForm)
    assert form.scope.isHidden()
    form.title.setText(" ")
    form.try_submit()
    assert form.isVisible()
    assert "нет названия" in form._fields["title"].error
    form.title.setText("Отчёт директору")
    form.due.line.setText("29.10")
    assert form.scope.isVisible()
    form.note.setPlainText("по форме")
    form.try_submit()
    at.desk.settle()
    kept = at.line("Отчёт директору")
    assert (kept.due, kept.note) == (date(2026, 10, 29), "по форме")
    at.choose("Отчёт директору")
    at.key(Key.Key_Space)
    assert at.line("Отчёт директору").due == date(2026, 10, 30)  # the rhythm stayed on Fridays


def test_all_following_times_can_be_moved(at: Tasks) -> None:
    at.choose("Отчёт")
    at.key(Key.Key_Return)
    form = at.dialog()
    assert isinstance(form, TaskForm)
    form.due.line.setText("29.10")
    form.scope.choose("following")
    form.try_submit()
    at.desk.settle()
    at.choose("Отчёт")
    at.key(Key.Key_Space)
    assert at.line("Отчёт").due == date(2026, 11, 5)


def test_what_is_kept_elsewhere_is_opened_there(at: Tasks) -> None:
    week.add(at.ws, [NewAction(title="Разбор звонков", week=MON, day=FRI)])
    case = investigations.start(
        at.ws,
        NewInvestigation(question="Почему?", metric="calls", first=MON, last=TODAY, opened=TODAY),
    )
    investigations.decide(at.ws, case, "скрипт", "новый", date(2026, 11, 5), TODAY)
    at.desk.settle()
    there: list[Elsewhere] = []

    def planning() -> Elsewhere:
        there.append(Elsewhere(at.desk.context))
        return there[-1]

    at.desk.window.register_page("planning", planning, "Planning")
    at.choose("Разбор звонков")
    at.key(Key.Key_Return)
    assert there[0].where[-1]["view"] == "week"
    at.desk.window.show_page("meetings")
    at.desk.settle()
    at.key(Key.Key_Space)
    assert at.line("Разбор звонков").state is State.DONE
    at.choose("Повторный замер: Почему?")
    assert not at.view.buttons["tick"].isEnabled()
    at.key(Key.Key_Space)
    assert there[0].where[-1]["record"] == case
    assert at.line("Повторный замер: Почему?").state is State.OPEN


def test_the_page_goes_to_a_task_and_to_the_line(at: Tasks) -> None:
    ref = at.line("Договор с ОКК").ref
    at.view.which.choose("today")
    at.desk.window.show_page("meetings", view="tasks", record=ref)
    at.desk.settle()
    assert at.view.table.current_place() == (ref, "title")
    tasks.finish(at.ws, ref, TODAY)
    at.desk.window.show_page("meetings", view="tasks", record=ref)
    at.desk.settle()
    assert at.view.which.current == DONE
    assert at.view.table.current_place() == (ref, "title")
    at.desk.window.activateWindow()
    at.desk.qtbot.waitUntil(at.desk.window.isActiveWindow)
    at.desk.window.show_page("meetings", view="tasks", new=True)
    assert at.view.entry.title.hasFocus()


def test_a_task_that_has_gone_is_said_above(at: Tasks) -> None:
    gone = at.line("Скрипт")
    tasks.remove(at.ws, gone.ref)
    at.view.changes.tick(gone)
    assert "больше нет" in at.desk.error()


def test_deleting_is_for_tasks_written_here(at: Tasks) -> None:
    at.choose("Скрипт")
    at.view.buttons["delete"].click()
    at.desk.settle()
    assert "Скрипт" not in at.titles
    history.undo(at.ws)
    at.desk.settle()
    assert "Скрипт" in at.titles


def test_any_place_can_make_a_task(at: Tasks) -> None:
    form = open_task(at.desk.context, at.desk.page, "investigation", 7, "Проверить скрипт")
    form.due.line.setText("завтра")
    form.try_submit()
    at.desk.settle()
    kept = at.line("Проверить скрипт")
    assert (kept.origin, kept.origin_id, kept.due) == ("investigation", 7, FRI)
    assert kept.ref.kind is Kind.TASK
    assert isinstance(kept.ref, TaskRef)
    at.choose("Проверить скрипт")
    assert at.view.buttons["go"].isEnabled()
