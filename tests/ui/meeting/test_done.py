"""A finished meeting in the window: its paper, its editions, printing and correcting."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ropdesk.services import documents, history, meeting_run, promises, protocols
from ropdesk.services.promises import NewPromise
from ropdesk.store.workspace import Workspace
from ropdesk.ui.meeting.done import DoneView
from ropdesk.ui.meeting.room import RoomView
from tests.ui.meeting.conftest import TODAY, Desk, at, close, open_desk


@pytest.fixture
def done(ws: Workspace, daily: int, members: dict[str, int], qtbot: QtBot) -> Iterator[Desk]:
    """The window with a meeting that is finished, of two editions."""
    meeting_run.add_decision(ws, daily, "Счета готовит ассистент")
    promises.add(ws, NewPromise(
        text="Оплата", given=TODAY, due=TODAY, first=TODAY, member_id=members["Галиев Тимур"],
        meeting_id=daily, customer="СтройИнвест", metric="receipts", amount=180_000_00,
    ))  # fmt: skip
    protocols.finish(ws, daily, at(17))
    protocols.begin_correction(ws, daily)
    protocols.issue_edition(ws, daily, "решение дополнено", at(60))
    opened = open_desk(ws, qtbot)
    opened.page.go_to(meeting=daily)
    opened.settle()
    yield opened
    close(opened)


def view(desk: Desk) -> DoneView:
    found = desk.page.side
    assert isinstance(found, DoneView)
    desk.qtbot.waitUntil(lambda: found.shown is not None and not found.stale, timeout=20_000)
    return found


def state(desk: Desk, meeting: int) -> str:
    with desk.ws.read() as connection:
        return meeting_run.meeting(connection, meeting).line.state.value


def test_the_very_paper_is_shown(done: Desk, daily: int):
    shown = view(done)
    assert shown.preview.pages == 1
    assert shown.paper is not None
    assert shown.paper.pdf == protocols.pdf(done.ws, daily)
    assert shown.paper.title == "Протокол № 1 от 22.10.2026, редакция 2"
    assert done.page.title == "Ежедневная координация"
    assert "решение дополнено" in shown.editions.note.text()


def test_an_earlier_edition_is_chosen_by_the_keyboard_and_left_again(done: Desk, daily: int):
    shown = view(done)
    table = shown.editions.table
    assert [row.cells[0].text for row in table.list_model.rows] == ["Редакция 2", "Первая редакция"]
    table.go_to_cell(1, "edition")
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    done.settle()
    assert view(done).paper is not None
    assert shown.paper is not None
    assert shown.paper.pdf == protocols.pdf(done.ws, daily, 1)
    assert shown.paper.title == "Протокол № 1 от 22.10.2026"
    shown.preview.back_wanted.emit()
    done.settle()
    assert view(done).shown is not None
    assert shown.shown is not None
    assert shown.shown.edition == 2


def test_the_protocol_is_saved_as_the_very_file(
    done: Desk, daily: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    target = tmp_path / "protocol.pdf"
    asked = []

    def choose(_parent: object, _title: str, first: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(first).name)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    before = documents.issued(done.ws)
    view(done).save.click()
    assert target.read_bytes() == protocols.pdf(done.ws, daily)
    assert asked == ["Протокол № 1 от 22.10.2026, редакция 2.pdf"]
    assert documents.issued(done.ws) == before  # it was issued when it was frozen


def test_promises_stand_beside_as_they_are_today(done: Desk):
    shown = view(done)
    (row,) = shown.pledges.table.list_model.rows
    assert row.cells[0].text == "Галиев Тимур: Оплата"
    shown.pledges.table.go_to_cell(row.key, "text")
    shown.pledges.table.setFocus()
    QTest.keyClick(shown.pledges.table, Qt.Key.Key_Return)
    assert done.went == [("meetings", {"view": "promises", "promise": row.key})]


def test_correcting_opens_the_room_and_undo_comes_back(done: Desk, daily: int):
    view(done).correct.click()
    done.settle()
    assert state(done, daily) == "correcting"
    assert isinstance(done.page.side, RoomView)
    history.undo(done.ws)
    done.settle()
    assert state(done, daily) == "done"
    assert view(done).preview.pages == 1


def test_the_edition_just_issued_is_shown(done: Desk, daily: int):
    view(done).show_edition(1)
    done.settle()
    view(done).correct.click()
    done.settle()
    protocols.issue_edition(done.ws, daily, "ещё раз", at(90))
    done.settle()
    shown = view(done).shown
    assert shown is not None
    assert shown.edition == 3


def test_the_palette_offers_what_can_be_done(done: Desk, daily: int):
    view(done)
    registry = done.context.registry
    for name in ("print_protocol", "save_protocol", "correct_protocol"):
        assert registry[f"meeting.{name}"].isEnabled(), name
    registry.run("meeting.correct_protocol")
    done.settle()
    assert state(done, daily) == "correcting"
    registry.refresh()
    assert not registry["meeting.print_protocol"].isEnabled()


def test_after_the_end_enter_prints(done: Desk):
    assert view(done).print_paper()
    assert done.focus is view(done).printer


def test_printing_waits_for_the_paper(done: Desk, daily: int):
    shown = view(done)
    shown.set_meeting(daily + 1)
    assert shown.paper is None
    assert not shown.save.isEnabled()
    shown.set_meeting(daily)
    assert shown.print_paper()
    done.settle()
    assert view(done).paper is not None
    assert done.focus is shown.printer


def test_a_meeting_without_a_protocol_says_so(done: Desk, daily: int):
    with done.ws.operation("x") as operation:
        operation.conn.exec_driver_sql("DELETE FROM meeting_protocol")
    shown = done.page.side
    assert isinstance(shown, DoneView)
    done.qtbot.waitUntil(lambda: bool(shown.preview.message), timeout=20_000)
    assert "ещё нет протокола" in shown.preview.message
