"""A meeting held by the keyboard alone."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ropdesk.domain.meeting_clock import Level
from ropdesk.services import meeting_run, promises, tasks
from ropdesk.services.promises import NewPromise
from ropdesk.store.workspace import Workspace
from ropdesk.ui.meeting.room_roles_dialog import RolesDialog
from tests.store.dumps import dump
from tests.ui.meeting.conftest import NINE, TODAY, YESTERDAY, Desk, at, close, open_desk


def title_of(desk: Desk) -> str:
    point = desk.state.point(desk.room.point_id)
    return "" if point is None else point.title


# -- the course


def test_the_page_opens_the_meeting_that_is_running(desk: Desk) -> None:
    assert desk.page.title == "Ежедневная координация"
    assert desk.room.timer.text == "5:00 из 20:00"
    assert title_of(desk) == "Факт за вчера"
    assert [row.text() for row in desk.room.agenda.rows.values()] == [
        point.title for point in desk.state.points
    ]
    assert "протокол № 1" in [chip.text for chip in (desk.page._number_chip,)]


@pytest.mark.parametrize(
    ("minutes", "level", "text"),
    [
        (0, Level.CALM, "0:00 из 20:00"),
        (15.99, Level.CALM, "15:59 из 20:00"),
        (16, Level.NEAR, "▲ 16:00 из 20:00 осталось 4:00"),
        (20, Level.OVER, "⚠ 20:00 из 20:00 сверх на 0:00"),
        (75, Level.OVER, "⚠ 1:15:00 из 20:00 сверх на 55:00"),
    ],
)
def test_the_timer_turns_with_a_sign_and_words(
    desk: Desk, minutes: float, level: Level, text: str
) -> None:
    desk.now(minutes)
    assert desk.room.timer.level is level
    assert desk.room.timer.text == text


def test_the_timer_ticks_by_itself_and_only_while_it_is_seen(desk: Desk) -> None:
    desk.room.clock = lambda: at(7)
    desk.qtbot.waitUntil(lambda: desk.room.timer.text.startswith("7:00"), timeout=3_000)
    before = dump(desk.ws.path)
    desk.window.hide()
    desk.room.clock = lambda: at(8)
    desk.qtbot.wait(1_200)
    assert desk.room.timer.text.startswith("7:00")
    desk.window.show()
    desk.settle()
    assert desk.room.timer.text.startswith("8:00")
    assert dump(desk.ws.path) == before  # it writes nothing


def test_points_go_by_with_keys(desk: Desk) -> None:
    titles = [point.title for point in desk.state.points]
    desk.alone()
    for keys, expected in (
        ("PgDown", 1), ("Alt+Down", 2), ("PgUp", 1), ("Alt+Up", 0), ("PgUp", 0),
        ("Ctrl+Return", 1),
    ):  # fmt: skip
        desk.keys(keys)
        assert title_of(desk) == titles[expected], keys
    assert desk.state.current == desk.state.points[1].id


def test_a_point_has_its_own_time(desk: Desk) -> None:
    desk.alone()
    desk.keys("Ctrl+Return")
    desk.now(7)
    first, second, third = list(desk.room.agenda.rows.values())[:3]
    assert first.done
    assert not second.done
    assert first.time == "⚠ 5:00 из 4 мин"
    assert second.time == "2:00 из 3 мин"
    assert third.time == "4 мин"
    assert "сейчас" in second.accessibleName()


def test_the_agenda_is_walked_and_chosen_by_keys(desk: Desk) -> None:
    desk.alone()
    desk.keys("A", "Down", "Down", "Return")
    assert title_of(desk) == desk.state.points[2].title


def test_space_pauses_where_no_field_has_the_focus(desk: Desk) -> None:
    desk.alone()
    desk.keys("Space")
    desk.now(60)
    assert desk.room.timer.text == "5:00 из 20:00 пауза"
    desk.keys("F8")
    desk.now(62)
    assert desk.room.timer.text.startswith("7:00")
    desk.keys("N")
    desk.type("два слова")
    assert desk.room.notes.notes.text() == "два слова"
    assert not desk.state.clock(at(62)).paused


def test_the_end_of_the_agenda_says_what_comes_next(desk: Desk) -> None:
    desk.alone()
    for _point in desk.state.points:
        desk.keys("Ctrl+Return")
    assert title_of(desk) == desk.state.points[-1].title


def test_letters_work_in_both_layouts_and_with_alt_in_fields(desk: Desk) -> None:
    for name, latin, russian, target in (
        ("notes", "N", "Т", desk.room.notes.notes),
        ("decision", "D", "В", desk.room.decisions.line),
        ("promise", "P", "З", desk.room.promises.field.line),
    ):
        keys = [key.toString() for key in desk.context.registry[f"meeting.{name}"].shortcuts()]
        assert keys == [latin, russian, f"Alt+{latin}", f"Alt+{russian}"]
        desk.keys(f"Alt+{latin}")
        assert desk.focus is target
        desk.type("д")  # a letter belongs to the field
        assert desk.focus is target


# -- what is said


def test_notes_are_kept_when_the_point_is_done(desk: Desk) -> None:
    point = desk.state.points[0]
    desk.alone()
    desk.keys("N")
    desk.type("Лучший день недели")
    desk.keys("Ctrl+Return")
    kept = desk.state.point(point.id)
    assert kept is not None
    assert kept.notes == "Лучший день недели"
    assert desk.room.notes.notes.text() == ""
    desk.keys("PgUp")
    assert desk.room.notes.notes.text() == "Лучший день недели"


def test_words_are_kept_while_they_are_typed(desk: Desk) -> None:
    """Somebody types on and on: what is older than two seconds is in the file."""
    desk.alone()
    desk.keys("N")
    for _second in range(6):
        desk.type("слово ")
        desk.qtbot.wait(500)
    kept = desk.state.points[0].notes
    assert kept.startswith("слово слово")
    desk.type("дальше")
    assert desk.room.notes.notes.toPlainText() == "слово " * 6 + "дальше"


def test_a_pause_of_typing_keeps_everything(desk: Desk) -> None:
    desk.alone()
    desk.keys("N")
    desk.type("Сказано")
    desk.qtbot.waitUntil(lambda: desk.state.points[0].notes == "Сказано", timeout=2_000)


def test_what_to_repeat_and_what_not_are_two_texts(desk: Desk) -> None:
    desk.alone()
    desk.keys("PgDown", "PgDown")
    assert desk.room.notes.avoid.isVisible()
    assert desk.room.numbers.isVisible()
    desk.keys("N")
    desk.type("Звонок в день КП")
    desk.keys("Tab")
    desk.type("Четыре часа на документы")
    desk.alone()
    point = desk.state.points[2]
    assert (point.notes, point.avoid) == ("Звонок в день КП", "Четыре часа на документы")


def test_the_window_closes_with_words_being_typed(ws: Workspace, daily: int, qtbot: QtBot) -> None:
    desk = open_desk(ws, qtbot)
    desk.alone()
    desk.keys("N")
    desk.type("Последнее слово")
    desk.keys("Alt+D")
    desk.type("Недописанное решение")
    close(desk)
    with ws.read() as connection:
        state = meeting_run.meeting(connection, daily)
    assert state.points[0].notes == "Последнее слово"
    assert [decision.text for decision in state.decisions] == ["Недописанное решение"]


def test_a_killed_program_comes_back_to_where_it_was(
    ws: Workspace, daily: int, qtbot: QtBot
) -> None:
    """Nothing is closed in order: a second window over the same file knows everything."""
    first = open_desk(ws, qtbot)
    first.now(3)
    first.alone()
    first.keys("PgDown", "PgDown", "N")
    first.type("Перед обрывом")
    qtbot.waitUntil(lambda: first.state.points[2].notes == "Перед обрывом", timeout=2_000)
    second = open_desk(ws, qtbot)
    second.now(10)
    assert second.page.title == "Ежедневная координация"
    assert second.room.point_id == second.state.points[2].id
    assert second.room.notes.notes.text() == "Перед обрывом"
    assert second.room.timer.text == "10:00 из 20:00"
    assert list(second.room.agenda.rows.values())[2].time == "⚠ 7:00 из 4 мин"
    close(second)
    close(first)


# -- decisions, promises, people


def test_decisions_are_written_changed_and_taken_away(desk: Desk) -> None:
    desk.alone()
    desk.keys("D")
    desk.type("Документы готовит ассистент")
    desk.keys("Return")
    desk.type("КП только после звонка")
    desk.keys("Return")
    assert [d.text for d in desk.state.decisions] == [
        "Документы готовит ассистент", "КП только после звонка",
    ]  # fmt: skip
    assert desk.state.decisions[0].point_id == desk.state.points[0].id
    desk.keys("Down")
    desk.type(" всегда")
    desk.keys("Tab")
    assert len(desk.state.decisions) == 2
    second = desk.state.decisions[1]
    assert "всегда" in second.text
    desk.room.decisions.rows[second.id].edit.setFocus()
    desk.room.decisions.rows[second.id].edit.selectAll()
    desk.keys("Delete")
    desk.alone()
    assert [d.text for d in desk.state.decisions] == ["Документы готовит ассистент"]


def test_a_promise_is_one_line(desk: Desk, members: dict[str, int]) -> None:
    desk.alone()
    desk.keys("P")
    desk.type("Галиев завтра оплата СтройИнвест 180к")
    for _part in range(8):
        if desk.room.promises.rows:
            break
        desk.keys("Return")
    (row,) = desk.room.promises.rows.values()
    assert row.line.member_id == members["Галиев Тимур"]
    assert row.line.due == TODAY + timedelta(1)
    assert (row.line.metric, row.line.amount) == ("receipts", 180_000_00)
    assert row.line.meeting_id == desk.state.id
    row.setFocus(Qt.FocusReason.TabFocusReason)
    desk.keys("Delete")
    assert not desk.room.promises.rows


def test_promises_due_are_judged_with_one_key(
    ws: Workspace, members: dict[str, int], daily: int, qtbot: QtBot
) -> None:
    ids = [
        promises.add(ws, NewPromise(
            text=text, given=YESTERDAY, due=YESTERDAY, first=YESTERDAY, member_id=member,
        ))
        for text, member in (("КП", members["Галиев Тимур"]), ("Договор", members["Иванова Мария"]),
                             ("Отчёт", members["Петров Алексей"]))
    ]  # fmt: skip
    desk = open_desk(ws, qtbot)
    desk.now(5)
    desk.alone()
    desk.keys("PgDown")
    assert desk.room.due.isVisible()
    assert not desk.room.numbers.isVisible()
    desk.keys("G", "1", "3", "2")
    with ws.read() as connection:
        found = {each.id: each.verdict.value for each in promises.lines(connection, TODAY)}
    assert [found[each] for each in ids] == ["kept", "broken", "partly"]
    shown = [row.line.id for row in desk.room.promises.rows.values()]
    assert set(shown) == {ids[1], ids[2]}  # not kept before
    desk.room.due.table.go_to_cell(ids[1], "verdict")
    desk.keys("0")
    with ws.read() as connection:
        assert not promises.line(connection, TODAY, ids[1]).by_hand
    desk.keys("Return")
    dialog = desk.room.changes.promises.dialog
    assert dialog is not None  # corrected here: nobody leaves the meeting for it
    dialog.reject()
    close(desk)


def test_who_is_there_is_said_with_space(desk: Desk, members: dict[str, int]) -> None:
    people = desk.room.people
    assert people._title.text() == "Присутствуют 3 из 4"
    assert next(iter(people.people)) == members["Орлов Никита"]  # those who are not there first
    reason = people.reason(members["Орлов Никита"])
    assert reason is not None
    assert reason.text() == "больничный"
    desk.alone()
    desk.keys("W", "Down", "Space")
    first = desk.state.attendance[0]
    assert (first.name, first.state) == ("Галиев Тимур", "late")
    field = people.reason(first.member_id)
    assert field is not None
    field.setFocus(Qt.FocusReason.TabFocusReason)
    desk.type("пробки")
    desk.keys("Return")
    assert desk.state.attendance[0].reason == "пробки"
    people.row(first.member_id).setFocus(Qt.FocusReason.TabFocusReason)
    desk.keys("Space")
    assert desk.state.attendance[0].state == "absent"
    assert people._title.text() == "Присутствуют 2 из 4"
    desk.keys("Return")
    assert (desk.state.attendance[0].state, desk.state.attendance[0].reason) == ("present", "")


def test_who_leads_and_writes_is_said(desk: Desk) -> None:
    desk.alone()
    desk.keys("R")
    dialog = desk.room.changes.dialog
    assert isinstance(dialog, RolesDialog)
    dialog.led_by.setText("Смирнов А. В.")
    dialog.guests.setText("Директор")
    dialog.try_submit()
    desk.settle()
    assert (desk.state.led_by, desk.state.guests) == ("Смирнов А. В.", "Директор")
    assert desk.room.people._others.text() == "ведёт Смирнов А. В.; гости: Директор"


# -- numbers


def goals(desk: Desk) -> dict[int, int]:
    kept = dump(desk.ws.path)["meeting_goal"]
    return {row["member_id"]: row["value"] for row in kept}


def test_the_plan_of_the_day_is_typed_member_by_member(desk: Desk, members: dict[str, int]) -> None:
    desk.alone()
    desk.keys("G")
    for number in ("130", "95"):
        desk.type(number)
        desk.keys("Return")
    assert goals(desk) == {
        members["Галиев Тимур"]: 130_000_00, members["Иванова Мария"]: 95_000_00,
    }  # fmt: skip
    assert desk.room.numbers.table.current_place() == (members["Орлов Никита"], "goal")
    numbers = desk.room.numbers.numbers
    assert numbers is not None
    assert numbers.members[0].goal == 130_000_00
    desk.room.numbers.table.go_to_cell(members["Галиев Тимур"], "goal")
    desk.keys("Delete")
    assert goals(desk) == {members["Иванова Мария"]: 95_000_00}


@pytest.mark.parametrize("typed", ["сто", "130000"])
def test_a_wrong_number_is_said_at_its_cell(desk: Desk, typed: str) -> None:
    from ropdesk.ui.tables.bubble import CellError

    desk.alone()
    desk.keys("G")
    desk.qtbot.keyClick(desk.focus, Qt.Key.Key_F2)
    desk.type(typed)
    desk.keys("Return")
    assert goals(desk) == {}
    assert desk.room.numbers.table.viewport().findChildren(CellError)


def test_another_metric_is_chosen(desk: Desk) -> None:
    chosen = desk.room.numbers.chosen
    index = chosen.findData("deals_won")
    assert index > 0
    chosen.setCurrentIndex(index)
    chosen.activated.emit(index)
    numbers = desk.room.numbers.numbers
    assert numbers is not None
    assert numbers.metric.code == "deals_won"


def test_the_agenda_is_changed_on_the_way(desk: Desk) -> None:
    desk.alone()
    desk.keys("Ctrl+N")
    desk.type("Новая CRM 7")
    desk.keys("Return", "Escape")
    last = desk.state.points[-1]
    assert (last.title, last.minutes) == ("Новая CRM", 7)
    desk.keys("A")
    desk.room.agenda.rows[last.id].setFocus(Qt.FocusReason.TabFocusReason)
    desk.keys("Ctrl+Up")
    assert desk.state.points[-2].id == last.id
    desk.room.agenda.rows[last.id].setFocus(Qt.FocusReason.TabFocusReason)
    desk.keys("Delete")
    assert last.id not in desk.room.agenda.rows


# -- private notes, full screen


def test_private_notes_are_shown_on_demand_alone(desk: Desk) -> None:
    private = desk.room.private
    assert not private.isVisible()
    desk.alone()
    desk.keys("F7")
    assert private.isVisible()
    desk.type("Поговорить с Галиевым")
    desk.keys("F7")
    assert not private.isVisible()
    assert desk.state.private == "Поговорить с Галиевым"
    desk.keys("F7", "F11")
    assert desk.window.isFullScreen()
    assert not private.isVisible()  # the wall is about to be seen
    desk.keys("F11")
    assert not private.isVisible()


def test_full_screen_enlarges_and_comes_back(desk: Desk) -> None:
    from ropdesk.ui.theme import current_theme

    high = desk.room.timer.sizeHint().height()
    desk.alone()
    desk.keys("F11")
    desk.qtbot.waitUntil(lambda: current_theme().scale > 100)
    assert desk.room.timer.sizeHint().height() > high * 1.5
    desk.keys("F11")
    desk.qtbot.waitUntil(lambda: current_theme().scale == 100)


# -- every action has a name and a key


def test_every_action_is_in_the_palette_with_its_key(desk: Desk) -> None:
    mine = [entry for entry in desk.context.registry if entry.name.startswith("meeting.")]
    room = [entry for entry in mine if not entry.name.startswith("meeting.prepared")]
    assert len(room) >= 14
    for entry in room:
        assert entry.listed
        assert entry.action.shortcut().toString()
        assert entry.action.isEnabled()


def test_the_time_is_not_asked_of_a_clock_in_these_tests() -> None:
    assert at(0) == NINE


def test_a_task_comes_from_the_meeting_with_the_words_of_a_decision(desk: Desk) -> None:
    desk.keys("D")
    desk.type("Счета готовит ассистент")
    desk.keys("Return")
    desk.settle()
    desk.keys("Down", "Alt+T")
    form = desk.room.task_dialog
    assert form is not None
    assert form.title.text() == "Счета готовит ассистент"
    form.try_submit()
    desk.settle()
    with desk.ws.read() as connection:
        found = tasks.of_origin(connection, "meeting", desk.state.id)
    assert [line.title for line in found] == ["Счета готовит ассистент"]
    desk.window.activateWindow()  # a dialog that was closed leaves no window active
    desk.alone()
    desk.keys("T")
    assert desk.room.task_dialog is not None
    assert desk.room.task_dialog.title.text() == ""
    desk.room.task_dialog.reject()


@pytest.mark.parametrize("said", ["0к", "99999999999999999999к"])
def test_a_promise_that_cannot_be_keeps_its_words(desk: Desk, said: str) -> None:
    desk.alone()
    desk.keys("P")
    desk.type(f"Галиев завтра оплата {said}")
    field = desk.room.promises.field
    for _part in range(8):
        if field.error:
            break
        desk.keys("Return")
    assert field.error
    assert field.line.text() == f"Галиев завтра оплата {said}"
    assert not desk.room.promises.rows


def test_a_pause_is_taken_back_while_words_are_typed(desk: Desk) -> None:
    desk.alone()
    desk.keys("N")
    desk.type("слово")
    desk.now(6)
    desk.keys("F8")
    desk.type("слово")
    assert "пауза" in desk.room.timer.text
    desk.keys("F8")
    assert "пауза" not in desk.room.timer.text
    assert not desk.state.clock(at(6)).paused
