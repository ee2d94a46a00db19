"""The search through the protocols as its user works with it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ropdesk.services import meeting_run, protocols
from ropdesk.store.workspace import Workspace
from ropdesk.ui.meetings.protocols import ProtocolsView
from ropdesk.ui.meetings.protocols_span import EVER, LAST_YEAR, MONTH, QUARTER, WEEK, YEAR, span
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.fields import choose
from tests.services.finishing import at, begun
from tests.ui.meetings.list_desk import TODAY, MeetingsDesk, opened
from tests.ui.test_frame_window import type_text
from tests.workspaces import empty_workspace

Key = Qt.Key


def held(ws: Workspace) -> tuple[int, int]:
    """Hold a daily meeting and one with the director; the first has two editions."""
    daily = begun(ws)
    protocols.finish(ws, daily.id, at(9, 17))
    protocols.begin_correction(ws, daily.id)
    with ws.read() as connection:
        decision = meeting_run.meeting(connection, daily.id).decisions[0]
    meeting_run.change_decision(ws, decision.id, "Счёт готовит бухгалтер")
    protocols.issue_edition(ws, daily.id, "кто готовит", at(12, 0))
    director = begun(ws, "director", daily.members)
    meeting_run.add_decision(ws, director.id, "Вторая ставка")
    protocols.finish(ws, director.id, at(13, 0))
    return daily.id, director.id


class Protocols:
    """The view in the window."""

    def __init__(self, desk: MeetingsDesk) -> None:
        self.desk = desk
        desk.page.show_view("protocols")
        view = desk.page.view("protocols")
        assert isinstance(view, ProtocolsView)
        self.view = view
        self.settle()

    def settle(self) -> None:
        self.desk.qtbot.waitUntil(
            lambda: not (self.view.stale or self.view._typing.isActive()), timeout=20_000
        )
        self.desk.qtbot.waitUntil(lambda: not self.desk.context.runner.busy, timeout=20_000)
        self.desk.qtbot.wait(10)

    def ask(self, text: str) -> list[str]:
        """Type words, and return the meetings found."""
        self.view.words.clear()
        self.view.words.setFocus()
        type_text(self.view.words, text)
        self.settle()
        return self.kinds()

    def kinds(self) -> list[str]:
        return [hit.kind for hit in self.view.hits]


@pytest.fixture
def found(tmp_path: Path, qtbot: QtBot) -> Iterator[Protocols]:
    """The search over two meetings."""
    ws = empty_workspace(tmp_path / "department.ropdesk")
    held(ws)
    for desk in _desks(tmp_path, qtbot, ws):
        yield Protocols(desk)


def _desks(path: Path, qtbot: QtBot, ws: Workspace) -> Iterator[MeetingsDesk]:
    with opened(path, qtbot, ws) as desk:
        yield desk


def test_all_protocols_are_listed_newest_first(found: Protocols):
    assert found.kinds() == ["director", "daily"]
    assert found.view.count.text() == "2 протокола"
    assert found.desk.shown(found.view.table, 0) == ["№ 2", "№ 1"]


def test_words_are_found_while_typing(found: Protocols):
    assert found.ask("СЧЕТ бух") == ["daily"]
    assert found.ask("ставка") == ["director"]
    assert found.ask("стройинвест") == ["director", "daily"]
    assert found.ask("зебра") == []
    assert found.view.nothing.isVisible()
    assert not found.view.card.isVisible()
    QTest.keyClick(found.view.words, Key.Key_Escape)
    found.settle()
    assert found.kinds() == ["director", "daily"]


def test_the_places_of_the_chosen_one_are_shown(found: Protocols):
    found.ask("бухгалтер")
    assert "<b>бухгалтер</b>" in found.view.card.places.text()
    assert "Протокол № 1" in found.view.card.accessibleName()
    found.ask("ассистент")  # stands in the first edition alone
    rows = {hit.kind: hit for hit in found.view.hits}
    assert rows["daily"].edition == 1
    QTest.keyClick(found.view.words, Key.Key_Down)
    QTest.keyClick(found.view.table, Key.Key_Down)
    assert "только в редакции 1, последняя — 2" in found.view.card.about.text()


def test_enter_opens_what_was_found(found: Protocols):
    found.ask("бухгалтер")
    QTest.keyClick(found.view.words, Key.Key_Return)
    hit = found.view.hits[0]
    where = {"meeting": hit.meeting_id, "edition": 2}
    assert found.desk.elsewhere[0].where == [where]
    found.desk.window.show_page("meetings")
    found.settle()
    found.view.table.setFocus()
    QTest.keyClick(found.view.table, Key.Key_Return)
    assert found.desk.elsewhere[0].where == [where, where]
    found.desk.window.show_page("meetings")
    found.view.card.open.click()
    assert len(found.desk.elsewhere[0].where) == 3


def test_person_kind_and_time_choose(found: Protocols):
    view = found.view
    for box, key, left in (
        (view.kind, "director", ["director"]),
        (view.person, begun_member(found), ["director", "daily"]),
        (view.period, LAST_YEAR, []),
    ):
        choose(box, key)
        box.activated.emit(box.currentIndex())
        found.settle()
        assert found.kinds() == left, key
        choose(box, box.itemData(0))
        box.activated.emit(0)
        found.settle()
    assert found.kinds() == ["director", "daily"]


def begun_member(found: Protocols) -> int:
    """Return who promised at both meetings."""
    box = found.view.person
    return int(box.itemData(box.findText("Галиев Тимур")))


def test_the_palette_and_links_come_here(found: Protocols):
    found.desk.page.show_view("list")
    found.desk.context.registry["meetings.find_protocol"].trigger()
    found.settle()
    assert found.desk.page.current_view == "protocols"
    assert found.view.words.hasFocus()
    found.desk.page.go_to(view="protocols", words="бухгалтер", member=begun_member(found))
    found.settle()
    assert found.kinds() == ["daily"]
    assert found.view.person.currentText() == "Галиев Тимур"


def test_without_protocols_it_says_what_this_is_for(tmp_path: Path, qtbot: QtBot):
    with opened(tmp_path, qtbot) as desk:
        shown = Protocols(desk)
        empty = shown.view.findChild(EmptyState)
        assert empty is not None
        assert empty.isVisible()
        assert "протокол с номером" in empty.accessibleName()


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        (EVER, None, None),
        (WEEK, TODAY - timedelta(6), None),
        (MONTH, TODAY.replace(day=1), None),
        (QUARTER, TODAY.replace(month=8, day=1), None),
        (YEAR, TODAY.replace(month=1, day=1), None),
        (LAST_YEAR, TODAY.replace(2025, 1, 1), TODAY.replace(2025, 12, 31)),
    ],
)
def test_times_are_what_they_are_called(key: str, first: object, last: object):
    assert span(key, TODAY) == (first, last)
