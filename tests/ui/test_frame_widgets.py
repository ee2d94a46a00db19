from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QLineEdit, QWidget

from ropdesk.domain.months import add_months
from ropdesk.i18n import set_language
from ropdesk.ui import qt_texts
from ropdesk.ui.matching import score
from ropdesk.ui.roles import State
from ropdesk.ui.widgets.buttons import LinkLabel, action_button
from ropdesk.ui.widgets.cards import Card, MetricCard, MetricView
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.dialogs import ConfirmReason
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.fields import DateField, Field
from ropdesk.ui.widgets.flow import CardRow
from ropdesk.ui.widgets.month import MonthSwitcher
from ropdesk.ui.widgets.segmented import Segmented
from ropdesk.ui.widgets.tabs import TabRow

ALT = Qt.KeyboardModifier.AltModifier


def type_text(widget, text):
    for letter in text:
        press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(widget, press)


def test_months_by_keys_anywhere_on_the_page(qtbot, theme):
    page = QWidget()
    qtbot.addWidget(page)
    field = QLineEdit(page)
    switcher = MonthSwitcher(date(2026, 1, 15), page)
    switcher.bind_keys(page)
    page.show()
    page.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    with qtbot.waitSignal(switcher.changed) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Left, ALT)
    assert caught.args == [date(2025, 12, 1)]
    qtbot.keyClick(page, Qt.Key.Key_Right, ALT)
    assert switcher.month == date(2026, 1, 1)
    with qtbot.assertNotEmitted(switcher.changed):
        switcher.set_month(date(2024, 2, 29))


def test_a_month_is_chosen_from_the_grid(qtbot, theme):
    switcher = MonthSwitcher(date(2026, 10, 1))
    qtbot.addWidget(switcher)
    switcher.show()
    switcher.open_grid()
    grid = switcher._popup
    qtbot.keyClick(grid, Qt.Key.Key_PageUp)
    cell = QApplication.focusWidget() or grid
    assert cell.accessibleName() == "Октябрь 2025"
    qtbot.keyClick(cell, Qt.Key.Key_Left)
    with qtbot.waitSignal(switcher.changed) as caught:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert caught.args == [date(2025, 9, 1)]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-200, 200))
def test_months_add_up(day, count):
    assert add_months(add_months(day, count), -count) == day.replace(day=1)


def test_segments_by_arrows_and_clicks(qtbot, theme):
    choice = Segmented([("month", "месяц"), ("week", "неделя"), ("day", "день")], name="Период")
    qtbot.addWidget(choice)
    choice.show()
    told = []
    choice.changed.connect(told.append)
    qtbot.keyClick(choice, Qt.Key.Key_Right)
    qtbot.mouseClick(choice._segments["day"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(choice._segments["day"], Qt.MouseButton.LeftButton)
    assert told == ["week", "day"]
    assert choice.current == "day"
    assert choice._segments["day"].isChecked()
    assert choice._segments["day"].accessibleName() == "Период: день"
    choice.set_text("day", "день 3")
    assert choice._segments["day"].accessibleName() == "Период: день 3"
    choice.set_current("month")
    assert told == ["week", "day"]


def test_a_metric_card_is_a_button_that_speaks(qtbot, theme):
    card = MetricCard(MetricView("Конверсия", "17,9 %", "план 18,7 % · −0,8 п. п."))
    qtbot.addWidget(card)
    card.show()
    assert card.accessibleName() == "Конверсия, 17,9 %, план 18,7 % · −0,8 п. п."
    with qtbot.waitSignal(card.clicked):
        qtbot.keyClick(card, Qt.Key.Key_Return)
    with qtbot.waitSignal(card.clicked):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    card.show_value(MetricView("Звонки", "4 126", state=State.GOOD, share=1.7, tick=-1))
    card.grab()
    assert card.accessibleName() == "Звонки, 4 126"


@pytest.mark.parametrize("scale", [100, 150])
def test_cards_take_a_second_row_rather_than_cut_a_number(qtbot, theme, scale):
    theme.set_scale(scale)
    row = CardRow()
    qtbot.addWidget(row)
    cards = [MetricCard(MetricView("Поступления", "128 420 000 ₽")) for _n in range(5)]
    for card in cards:
        row.add(card)
    row.resize(700, row.heightForWidth(700))
    row.show()
    qtbot.wait(10)
    assert len({card.y() for card in cards}) > 1
    assert all(card.width() >= card.minimumSizeHint().width() for card in cards)
    assert all(row.rect().contains(card.geometry()) for card in cards)
    row.clear()
    assert row.heightForWidth(700) == 0


def test_columns_go_under_each_other_when_narrow(qtbot, theme):
    columns = Columns(narrow=600)
    qtbot.addWidget(columns)
    left, right = Card("Слева"), Card("Справа", "подсказка")
    columns.add(left, 2)
    columns.add(right)
    columns.resize(900, 400)
    columns.show()
    assert left.y() == right.y()
    columns.resize(500, 400)
    qtbot.waitUntil(lambda: right.y() > left.y())


def test_a_chip_says_its_word_to_everyone(qtbot, theme):
    chip = Chip("Черновик", State.WARNING)
    qtbot.addWidget(chip)
    assert (chip.accessibleName(), chip.toolTip(), chip.state) == (
        "Черновик", "Черновик", State.WARNING,
    )  # fmt: skip
    chip.grab()


def test_a_reason_is_asked_for(qtbot, theme):
    qt_texts.install()
    dialog = ConfirmReason("Исправить план", "Почему?", "Создать версию")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).text() == "Отмена"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert "Причина не указана" in dialog.error
    assert dialog.isVisible()
    type_text(dialog._line, " ошибка в курсе ")
    qtbot.keyClick(dialog._line, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert dialog.reason == "ошибка в курсе"
    set_language("en")
    assert qt_texts.install()
    plain = ConfirmReason("Correct", "Why?", "Create")
    qtbot.addWidget(plain)
    assert plain.buttons.button(QDialogButtonBox.StandardButton.Cancel).text() == "Cancel"
    qtbot.keyClick(plain, Qt.Key.Key_Escape)


def test_an_error_stands_beside_its_field(qtbot, theme):
    field = Field("Сумма", QLineEdit(), hint="в рублях")
    qtbot.addWidget(field)
    field.show()
    field.set_error("Сумма отрицательна. Введите число больше нуля.")
    assert field.error.startswith("⚠ Сумма")
    assert field.editor.accessibleDescription().startswith("Сумма")
    assert field.editor.property("invalid") == "true"
    field.set_error("")
    assert field.error == ""
    assert field.editor.property("invalid") == "false"


def test_dates_are_chosen(qtbot, theme):
    field = DateField(date(2026, 10, 22))
    qtbot.addWidget(field)
    assert field.text() == "22.10.2026"
    field.set_value(date(2024, 2, 29))
    assert field.value == date(2024, 2, 29)


def test_an_empty_page_offers_what_to_do(qtbot, theme):
    done = []
    empty = EmptyState(
        "Здесь видно план и факт. Загрузите выгрузку.",
        ("Импорт…", lambda: done.append("import")),
        ("Внести факт", lambda: done.append("enter")),
    )
    qtbot.addWidget(empty)
    empty.resize(600, 300)
    empty.show()
    qtbot.keyClick(empty.primary, Qt.Key.Key_Return)
    qtbot.mouseClick(empty.secondary, Qt.MouseButton.LeftButton)
    assert done == ["import", "enter"]
    label = empty.findChild(QLabel)
    assert label.height() >= label.heightForWidth(label.width())


def test_links_and_action_buttons_press_by_keyboard(qtbot, theme, registry):
    link = LinkLabel("Открыть разбор")
    qtbot.addWidget(link)
    link.show()
    with qtbot.waitSignal(link.clicked):
        qtbot.keyClick(link, Qt.Key.Key_Space)
    done = []
    action = registry.add("x.print", "Undo", lambda: done.append(1), shortcut="Ctrl+P")
    button = action_button(action, primary=True)
    qtbot.addWidget(button)
    button.show()
    assert (button.text(), button.toolTip()) == ("Отменить", "Отменить (Ctrl+P)")
    qtbot.keyClick(button, Qt.Key.Key_Return)
    action.setEnabled(False)
    assert not button.isEnabled()
    assert done == [1]


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("план", "Планирование", "Копия плана"),
        ("вф", "Внести факт", "Скопировать"),
        ("факт вне", "Внести факт", "Факторы"),
        ("елкина", "Ёлкина", "Белкина"),
    ],
)
def test_what_is_meant_comes_first(query, better, worse):
    good, bad = score(query, better), score(query, worse)
    assert good is not None
    assert bad is None or good > bad


def test_letters_that_are_not_there_find_nothing():
    assert score("щщ", "Планирование") is None
    assert score("", "Планирование") == 0


def test_tabs_stand_closer_before_they_take_another_line(qtbot, theme):
    row = TabRow()
    qtbot.addWidget(row)
    for number in range(8):
        row.add(str(number), "Вкладка")
    full = row.layout().sizeHint().width()
    one = row.heightForWidth(full)
    assert row.heightForWidth(full - 7 * 8) == one, "the gaps give way"
    assert row.heightForWidth(full - 7 * 14) > one, "words never touch"
    assert row.heightForWidth(full * 2) == one
