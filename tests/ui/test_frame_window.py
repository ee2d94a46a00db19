from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from ropdesk.domain.errors import N_
from ropdesk.i18n import set_language
from ropdesk.ui.page import Page
from ropdesk.ui.palette import Entry
from ropdesk.ui.widgets.buttons import Button
from ropdesk.ui.widgets.toast import ToastLine
from ropdesk.ui.window import MainWindow


def type_text(widget, text):
    """Type Cyrillic: QTest knows only Latin keys."""
    for letter in text:
        press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(widget, press)


class Sheet(Page):
    watches = frozenset({"deal"})

    def __init__(self, context, title="Планирование"):
        super().__init__(context, title)
        self.reloads = 0
        self.field = QLineEdit()
        self.body.addWidget(self.field)
        self.went = {}

    def reload(self):
        self.reloads += 1

    def go_to(self, **where):
        self.went = where


@pytest.fixture
def two_pages(window, context, qtbot):
    made = []

    def planning():
        made.append("planning")
        return Sheet(context)

    def reports():
        made.append("reports")
        return Sheet(context, "Отчёты")

    window.register_page("planning", planning)
    window.register_page("reports", reports)
    window.show_page("planning")
    qtbot.waitUntil(lambda: window.current_page.reloads == 1)
    return made


def test_pages_are_made_on_first_visit_and_reached_by_keys(window, two_pages, qtbot):
    assert two_pages == ["planning"]
    qtbot.keyClick(window, Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
    assert window.current_page_name == "reports"
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current_page.title == "Планирование"
    assert two_pages == ["planning", "reports"]


def test_only_registered_tabs_are_shown_in_the_order_of_duties(window, context, qtbot):
    window.register_page("reports", lambda: Sheet(context))
    window.register_page("today", lambda: Sheet(context))
    window.register_page("imports", lambda: Sheet(context), title=N_("Settings"))
    today, reports = window.sidebar.tab("today"), window.sidebar.tab("reports")
    qtbot.waitUntil(lambda: today.isVisible() and reports.isVisible())
    assert today.y() < reports.y()
    with pytest.raises(KeyError):
        window.sidebar.tab("imports")


def test_a_click_on_a_tab_shows_its_page_and_the_badge_is_named(window, two_pages, qtbot):
    window.set_badge("reports", 7)
    row = window.sidebar.tab("reports")
    assert row.accessibleName() == "Отчёты, ждут 7"
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert window.current_page_name == "reports"
    assert row.isChecked()


def test_a_hidden_page_only_marks_itself_stale(window, two_pages, qtbot):
    planning = window.page("planning")
    window.show_page("reports")
    window.on_changed({"deal": {1, 2}})
    qtbot.wait(20)
    assert planning.reloads == 1
    assert planning.stale
    window.show_page("planning")
    qtbot.waitUntil(lambda: planning.reloads == 2)


def test_many_changes_in_one_turn_are_one_refresh(window, two_pages, qtbot):
    page = window.current_page
    for _time in range(5):
        window.on_changed({"deal"})
    window.on_changed({"vacancy"})
    assert page.reloads == 1
    qtbot.waitUntil(lambda: page.reloads == 2)
    qtbot.wait(20)
    assert page.reloads == 2


def test_a_page_being_edited_waits(window, two_pages, qtbot):
    page = window.current_page
    page.begin_edit()
    window.on_changed({"deal"})
    qtbot.wait(20)
    assert page.reloads == 1
    page.end_edit()
    qtbot.waitUntil(lambda: page.reloads == 2)


def test_navigation_says_where(window, two_pages):
    window.show_page("reports", month="2026-10")
    assert window.current_page.went == {"month": "2026-10"}


def test_sub_tabs_by_keyboard(window, context, qtbot):
    page = Sheet(context)
    seen = []
    for key in ("board", "plan", "week"):
        page.add_view(key, key, lambda key=key: seen.append(key) or QLabel(key))
    window.register_page("planning", lambda: page)
    window.show_page("planning")
    assert (page.current_view, seen) == ("board", ["board"])
    qtbot.keyClick(page, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert page.current_view == "plan"
    qtbot.keyClick(page, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.current_view == "week"
    assert seen == ["board", "plan", "week"]


def test_undo_goes_to_the_focused_field_first(window, two_pages, qtbot):
    done = []
    window.undo.connect_to(lambda: done.append("undo"), lambda: done.append("redo"))
    field = window.current_page.field
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "12")
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(field, Qt.Key.Key_Z, control)
    assert (field.text(), done) == ("", [])
    window.setFocus()
    field.clearFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, control)
    qtbot.keyClick(window, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(window, Qt.Key.Key_Y, control)
    assert done == ["undo", "redo", "redo"]


def test_the_toast_offers_undo_and_takes_no_focus(window, two_pages, qtbot):
    done = []
    window.undo.connect_to(lambda: done.append(1), lambda: None)
    focus = QApplication.focusWidget()
    window.toast("Импортировано 250 сделок", undo=True)
    line = window.findChild(ToastLine)
    assert line.isVisible()
    assert line.text == "Импортировано 250 сделок"
    assert QApplication.focusWidget() is focus
    qtbot.mouseClick(line.findChild(Button), Qt.MouseButton.LeftButton)
    assert done == [1]
    assert not line.isVisible()


def test_files_dropped_anywhere(window, qtbot, tmp_path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.csv")), QUrl("https://example.org/b")])
    event = QDropEvent(
        QPointF(600, 300), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    with qtbot.waitSignal(window.files_dropped) as caught:
        window.dropEvent(event)
    assert caught.args[0] == [Path(tmp_path / "a.csv")]


def test_errors_are_said_on_the_page(window, two_pages, qtbot):
    window.show_error("Файл открыт в Excel. Закройте его.")
    banner = window.current_page._banner
    assert banner.isVisible()
    qtbot.mouseClick(banner.findChild(Button), Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


def test_full_screen_by_a_key(window, two_pages, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert not window.sidebar.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.sidebar.isVisible()


def test_language_switch_says_everything_anew(window, two_pages, registry):
    set_language("en")
    window.retranslate()
    assert window.sidebar.tab("planning").text() == "Planning"
    assert registry["app.undo"].text() == "Undo"
    assert two_pages == ["planning", "planning"]


def test_geometry_is_remembered(qtbot, theme, registry):
    kept = {}

    class Kept:
        def get(self, key):
            return kept.get(key)

        def set(self, key, value):
            kept[key] = value

    first = MainWindow(registry, theme, Kept())
    qtbot.addWidget(first)
    first.resize(1100, 720)
    first.show()
    first.close()
    from ropdesk.ui.actions import ActionRegistry

    second = MainWindow(ActionRegistry(), theme, Kept())
    qtbot.addWidget(second)
    assert second.size() == first.size()


class TestPalette:
    def open(self, window, qtbot):
        qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        return window._palette

    def test_finds_a_page_by_keyboard_alone(self, window, two_pages, qtbot):
        palette = self.open(window, qtbot)
        type_text(palette.field, "отч")
        assert palette.found.item(0).text() == "Отчёты"
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
        assert window.current_page_name == "reports"
        assert not palette.isVisible()

    def test_asks_providers_and_moves_with_arrows(self, window, two_pages, qtbot):
        chosen = []

        def people(query):
            names = ("Иванова Мария", "Иванов Пётр")
            return [
                Entry(name, "сотрудник", "user", lambda name=name: chosen.append(name))
                for name in names
                if query.casefold() in name.casefold()
            ]

        window.add_palette_provider(people)
        palette = self.open(window, qtbot)
        type_text(palette.field, "ивано")
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
        assert chosen == ["Иванов Пётр"]

    def test_says_when_nothing_is_found(self, window, two_pages, qtbot):
        palette = self.open(window, qtbot)
        type_text(palette.field, "ъъъ")
        assert palette.found.item(0).text().startswith("Ничего не найдено")
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
        assert palette.isVisible()


def test_page_actions_have_keys_on_their_page_only(window, two_pages, registry, qtbot):
    done = []
    registry.add("planning.go", "Go", lambda: done.append(1), shortcut="Ctrl+E", page="planning")
    window.show_page("reports")
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert done == []
    registry.run("planning.go")
    assert (done, window.current_page_name) == ([1], "planning")
    with pytest.raises(ValueError, match="registered twice"):
        registry.add("planning.go", "Go", print)


def test_disabled_actions_do_not_run(registry):
    state = {"on": False}
    done = []
    registry.add("x.y", "X", lambda: done.append(1), enabled=lambda: state["on"])
    registry.run("x.y")
    state["on"] = True
    registry.run("x.y")
    assert done == [1]


@pytest.mark.parametrize("scale", [100, 150])
def test_nothing_is_clipped_at_the_least_size(window, context, theme, qtbot, scale):
    from ropdesk.ui.widgets.chips import Chip

    page = Sheet(context)
    page.set_chips([Chip("рабочий день 16 из 22"), Chip("План утверждён 30.09 · версия 2")])
    buttons = [Button(words) for words in ("Импорт…", "Печать", "Внести факт")]
    for button in buttons:
        page.add_action_widget(button)
    window.register_page("planning", lambda: page)
    theme.set_scale(scale)
    window.resize(1100, 680)
    window.show_page("planning")
    qtbot.wait(30)
    for widget in [*buttons, *page.findChildren(Chip)]:
        assert widget.width() >= widget.sizeHint().width()
        corner = widget.mapTo(page, widget.rect().bottomRight())
        assert page.rect().contains(corner)
