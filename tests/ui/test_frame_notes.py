"""Lines of text that are kept when they are left."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout

from ropdesk.ui.page import View
from ropdesk.ui.widgets.notes import NotesEdit

CTRL = Qt.KeyboardModifier.ControlModifier


class Noted(View):
    """A view with notes and another field; counts its refreshes."""

    watches = frozenset({"note"})

    def __init__(self, **how):
        super().__init__()
        self.reloads = 0
        self.told = []
        self.notes = NotesEdit("What was said", **how)
        self.notes.committed.connect(self.told.append)
        self.other = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.notes)
        column.addWidget(self.other)
        column.addStretch(1)

    def reload(self):
        self.reloads += 1


@pytest.fixture
def noted(qtbot, theme):
    def make(**how):
        view = Noted(**how)
        qtbot.addWidget(view)
        view.resize(300, 400)
        view.show()
        view.activateWindow()
        view.notes.setFocus()
        qtbot.waitUntil(view.notes.hasFocus)
        qtbot.waitUntil(lambda: view.reloads == 1)
        return view

    return make


def test_words_are_told_when_left_and_only_if_changed(qtbot, noted):
    view = noted()
    qtbot.keyClick(view.notes, Qt.Key.Key_Tab)
    assert view.other.hasFocus()
    assert view.told == []
    view.notes.setFocus()
    qtbot.keyClicks(view.notes, " agreed ")
    qtbot.keyClick(view.notes, Qt.Key.Key_Tab)
    assert view.told == ["agreed"]
    view.notes.setFocus()
    qtbot.keyClick(view.notes, Qt.Key.Key_Tab)
    assert view.told == ["agreed"]


def test_ctrl_enter_tells_at_once_and_enter_begins_a_line(qtbot, noted):
    view = noted()
    qtbot.keyClicks(view.notes, "one")
    qtbot.keyClick(view.notes, Qt.Key.Key_Return)
    qtbot.keyClicks(view.notes, "two")
    assert view.told == []
    qtbot.keyClick(view.notes, Qt.Key.Key_Return, CTRL)
    assert view.told == ["one\ntwo"]
    assert view.notes.hasFocus()


def test_a_menu_over_the_field_is_not_leaving(noted):
    view = noted()
    view.notes.insertPlainText("half a wo")
    away = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason)
    QApplication.sendEvent(view.notes, away)
    assert view.told == []


def test_the_view_waits_while_words_are_typed(qtbot, noted):
    view = noted()
    qtbot.keyClicks(view.notes, "word")
    view.on_changed({"note"})
    qtbot.wait(30)
    assert view.reloads == 1
    view.other.setFocus()
    qtbot.waitUntil(lambda: view.reloads == 2)
    view.notes.setFocus()
    view.on_changed({"note"})
    qtbot.waitUntil(lambda: view.reloads == 3)  # nothing typed: nothing to wait for


def test_the_view_goes_on_when_typing_is_taken_back_or_the_field_goes_away(qtbot, noted):
    view = noted()
    qtbot.keyClicks(view.notes, "a")
    view.on_changed({"note"})
    qtbot.keyClick(view.notes, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: view.reloads == 2)
    qtbot.keyClicks(view.notes, "a")
    view.on_changed({"note"})
    view.notes.setParent(None)
    view.notes.deleteLater()
    qtbot.waitUntil(lambda: view.reloads == 3)


def test_stored_words_do_not_overwrite_typed_ones_of_the_same_record(qtbot, noted):
    view = noted()
    view.notes.show_text("stored")
    assert view.notes.toPlainText() == "stored"
    assert not view.notes.changed
    qtbot.keyClicks(view.notes, "typed ")
    view.notes.show_text("newer")
    assert view.notes.text() == "typed stored"
    view.notes.show_text("another", other=True)
    assert view.notes.text() == "another"
    qtbot.keyClick(view.notes, Qt.Key.Key_Tab)
    assert view.told == []


def test_refused_words_stay_and_are_told_again(qtbot, noted):
    view = noted()
    view.notes.show_text("stored")
    view.notes.selectAll()
    qtbot.keyClicks(view.notes, "refused")
    view.notes.commit()
    view.notes.refused("stored")
    view.notes.show_text("stored")
    assert view.notes.text() == "refused"
    view.notes.commit()
    assert view.told == ["refused", "refused"]
    view.notes.show_text("stored")  # taken this time, and then undone
    assert view.notes.text() == "stored"


def test_words_taken_otherwise_are_not_told(qtbot, noted):
    view = noted()
    qtbot.keyClicks(view.notes, "by the button")
    assert view.notes.take() == "by the button"
    view.other.setFocus()
    assert view.told == []


def test_a_pause_tells_only_where_words_are_kept_as_typed(qtbot, noted):
    quiet, eager = noted(), noted(as_typed=True)
    quiet.notes.insertPlainText("a")
    eager.notes.insertPlainText("b ")
    qtbot.waitUntil(lambda: eager.told == ["b"], timeout=3000)
    eager.notes.show_text("b")
    assert eager.notes.toPlainText() == "b "  # the blank before the next word stays
    assert quiet.told == []


def test_it_grows_with_its_lines_within_bounds(qtbot, noted):
    view = noted(lines=2, most=4)
    line = view.notes.fontMetrics().lineSpacing()
    low = view.notes.height()
    view.notes.show_text("1\n2\n3")
    qtbot.waitUntil(lambda: view.notes.height() == low + line)
    view.notes.show_text("word " * 200)  # broken by the width, not by Enter
    qtbot.waitUntil(lambda: view.notes.height() == low + 2 * line)
    view.notes.show_text("")
    qtbot.waitUntil(lambda: view.notes.height() == low)
