"""The library of proven actions as a person uses it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from ropdesk.domain.investigations import Verdict
from ropdesk.services import history, investigations, practices
from ropdesk.services.investigations import NewInvestigation
from ropdesk.ui.planning.investigations.library import LibrarySide

TODAY = date(2026, 10, 22)


@pytest.fixture
def case(desk):
    """A closed case with one proven finding."""
    made = investigations.start(
        desk.ws,
        NewInvestigation(question="Почему «дорого»?", metric="receipts", first=date(2026, 10, 1),
                         last=date(2026, 10, 2), opened=date(2026, 10, 2)),
    )  # fmt: skip
    found = practices.add_finding(desk.ws, made, "Три комплекта на выбор", TODAY)
    investigations.decide(desk.ws, made, "а", "б", TODAY, date(2026, 10, 2))
    investigations.verdict(desk.ws, made, Verdict.HELPED, "", TODAY, prove=[found])
    return made


def show(desk):
    desk.page.go_to(view="investigations", side="library")
    desk.settle()
    side = desk.page.view("investigations").shown
    assert isinstance(side, LibrarySide)
    return side


def press(qtbot, widget):
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_Space)


def test_an_empty_library_leads_to_the_investigations(desk, qtbot):
    side = show(desk)
    assert "разбор" in side._empty.accessibleName()
    press(qtbot, side._empty.primary)
    desk.settle()
    assert desk.page.view("investigations").choice.current == "cases"


def test_it_is_searched_whatever_the_case_of_letters(desk, case, qtbot):
    practices.add_finding(desk.ws, None, "Звонит в день КП", TODAY, metric="calls", proven=True)
    side = show(desk)
    assert side.table.list_model.rowCount() == 2
    side.search.setFocus()
    side.search.setText("ТРИ комп")
    assert [row.cells[0].text for row in side.table.list_model.shown] == [
        "✓ Три комплекта на выбор"
    ]
    side.search.setText("нет такого")
    assert side.table.list_model.rowCount() == 0
    assert not side.using.isVisible()
    side.search.clear()
    side.metric_choice.setCurrentIndex(side.metric_choice.findData("calls"))
    assert [row.cells[0].text for row in side.table.list_model.shown] == ["✓ Звонит в день КП"]
    qtbot.keyClick(side, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert side.search.hasFocus()


def test_it_says_where_it_was_proven_and_leads_there(desk, case, qtbot):
    side = show(desk)
    assert "Почему «дорого»?" in side.about.text()
    assert "помогло" in side.about.text()
    assert "→" in side.table.list_model.shown[0].cells[3].text
    press(qtbot, side.where)
    desk.settle()
    assert desk.page.view("investigations").shown.chosen == case


def test_an_action_is_copied_into_the_week(desk, case, qtbot):
    side = show(desk)
    press(qtbot, side.using)
    assert side.dialog.title.text() == "Три комплекта на выбор"
    qtbot.keyClick(side.dialog.title, Qt.Key.Key_Return)
    desk.settle()
    titles = [line.title for line in _lines(desk.ws)]
    assert titles == ["Три комплекта на выбор"]
    history.undo(desk.ws)
    assert _lines(desk.ws) == []


def _lines(ws):
    with ws.read() as connection:
        return connection.exec_driver_sql("SELECT id, title FROM planned_action").all()


def test_it_is_taken_out_and_brought_back(desk, case, qtbot):
    side = show(desk)
    press(qtbot, side.taking)
    desk.settle()
    assert side._empty.isVisible()
    history.undo(desk.ws)
    desk.settle()
    assert side.using.isVisible()
