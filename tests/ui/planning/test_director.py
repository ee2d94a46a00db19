"""The director's side as a person uses it."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialogButtonBox

from ropdesk.domain.director import ReportKind, RequestState
from ropdesk.services import director, documents
from ropdesk.ui.planning.director.view import DirectorView
from ropdesk.ui.widgets.chips import Chip

TODAY = date(2026, 10, 22)
WEEK = ReportKind.WEEK


@pytest.fixture
def side(desk):
    """Open the side."""
    desk.page.go_to(view="director")
    desk.settle()
    shown = desk.page.view("director")
    assert isinstance(shown, DirectorView)
    return shown


def press(qtbot, widget):
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_Space)


def test_the_months_chips_go_while_another_period_is_shown(desk, side):
    chips = [chip for chip in desk.page.findChildren(Chip) if chip.text.startswith("рабочий")]
    assert len(chips) == 1
    assert not chips[0].isVisible()
    desk.page.show_view("reasons")
    assert chips[0].isVisible()
    desk.page.show_view("week")
    assert not chips[0].isVisible()
    desk.page.show_view("board")
    assert chips[0].isVisible()


def test_what_is_typed_is_kept_and_can_be_undone(desk, side, qtbot):
    edit = side.texts.edits["result"]
    edit.setFocus()
    qtbot.keyClicks(edit, "Idem po planu")
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert director.report(desk.ws, WEEK, TODAY).result == "Idem po planu"
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert side.texts.edits["reasons"].hasFocus()


def test_the_numbers_fill_what_is_empty_and_nothing_else(desk, side, qtbot):
    director.write(desk.ws, WEEK, TODAY, reasons="Отпуска")
    desk.settle()
    press(qtbot, side.texts.suggest)
    desk.settle()
    kept = director.report(desk.ws, WEEK, TODAY)
    assert kept.reasons == "Отпуска"
    month = side.kinds
    month.setFocus()
    month.choose("month")
    desk.settle()
    press(qtbot, side.texts.suggest)
    desk.settle()
    kept = director.report(desk.ws, ReportKind.MONTH, TODAY)
    assert "поступления" in kept.result.lower()
    assert side.texts.edits["result"].toPlainText() == kept.result


def test_a_request_is_asked_answered_and_followed(desk, side, qtbot):
    press(qtbot, side.adding)
    dialog = side.dialog
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "Просьбе нужны слова" in dialog._field.error
    qtbot.keyClicks(dialog.text, "Litsenziya")
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    desk.settle()
    (asked,) = director.report(desk.ws, WEEK, TODAY).requests
    assert side.requests.model().index(0, 0).data() == "Litsenziya"
    side.requests.setFocus()
    side.requests.go_to_cell(asked.id, "text")
    qtbot.keyClick(side.requests, Qt.Key.Key_Return)
    answer = side.dialog
    qtbot.keyClicks(answer.words, "Da")
    answer.promised.chosen.emit(date(2026, 10, 20))
    qtbot.keyClick(answer.words, Qt.Key.Key_Return)
    desk.settle()
    (kept,) = director.report(desk.ws, WEEK, TODAY).requests
    assert (kept.state, kept.promised_for) == (RequestState.PROMISED, date(2026, 10, 20))
    assert side.requests.model().index(0, 2).data() == "обещано к 20.10, просрочено"
    press(qtbot, side.forth)
    desk.settle()
    assert side.report.start == date(2026, 10, 26)
    assert side.followed.model().rowCount() == 1
    assert not side.requests.isVisible()


def test_a_sent_report_is_read_only_until_it_is_opened_again(desk, side, qtbot):
    director.write(desk.ws, WEEK, TODAY, result="Есть")
    desk.settle()
    press(qtbot, side.sending)
    desk.settle()
    assert director.report(desk.ws, WEEK, TODAY).state == "sent"
    assert side.texts.edits["result"].isReadOnly()
    assert not side.adding.isEnabled()
    assert "отправлен" in side.state.accessibleName()
    press(qtbot, side.sending)
    desk.settle()
    assert not side.texts.edits["result"].isReadOnly()


def test_a_listed_report_opens(desk, side, qtbot):
    director.write(desk.ws, WEEK, date(2026, 10, 5), result="Давно")
    desk.settle()
    side.list.setFocus()
    side.list.go_to_cell((WEEK, date(2026, 10, 5)), "period")
    qtbot.keyClick(side.list, Qt.Key.Key_Return)
    desk.settle()
    assert side.texts.edits["result"].toPlainText() == "Давно"


def test_another_month_shows_its_last_week(desk, side):
    desk.page.set_month(date(2026, 9, 1))
    desk.settle()
    assert side.report.start == date(2026, 9, 28)
    desk.page.set_month(date(2026, 10, 1))
    desk.settle()
    assert side.report.start == date(2026, 10, 19)


def test_the_paper_is_shown_saved_and_issued(desk, side, qtbot, tmp_path: Path):
    side.texts.edits["result"].setPlainText("Слова на бумаге")
    assert desk.page.current_view == "director"
    desk.page.print_month()
    dialog = side.paper
    assert not dialog.primary.isEnabled()
    qtbot.waitUntil(lambda: dialog.paper is not None, timeout=20_000)
    assert dialog.primary.isEnabled()
    assert dialog.primary.shortcut() == QKeySequence("Ctrl+S")
    assert dialog.preview.pages >= 1
    assert director.report(desk.ws, WEEK, TODAY).result == "Слова на бумаге"
    target = tmp_path / "отчёт.pdf"
    dialog.output.save_to(target)
    assert target.read_bytes() == dialog.paper.pdf
    (issued,) = documents.issued(desk.ws)
    assert (issued.kind, issued.period) == ("director_week", date(2026, 10, 19))
    dialog.reject()
    desk.settle()


def test_a_request_of_a_draft_can_be_removed(desk, side, qtbot):
    asked = director.add_request(desk.ws, WEEK, TODAY, "Лишняя просьба")
    desk.settle()
    side.change(asked)
    dialog = side.dialog
    assert dialog.buttons.buttonRole(dialog.removing) is QDialogButtonBox.ButtonRole.ResetRole
    press(qtbot, dialog.removing)
    desk.settle()
    assert director.report(desk.ws, WEEK, TODAY).requests == ()


def test_the_palette_leads_to_every_side(desk):
    registry = desk.context.registry
    for key in ("reasons", "investigations", "week", "funnel", "marketing", "director"):
        registry.run(f"planning.view_{key}")
        desk.settle()
        assert desk.page.current_view == key
    names = {entry.action.text() for entry in registry if entry.listed}
    assert {"План недели", "Воронка", "Директору"} <= names
