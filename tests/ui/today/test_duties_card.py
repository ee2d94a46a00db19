"""The duties of a sales head as they are ticked and arranged."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ropdesk.domain.duties import STARTING_SET, Rhythm, State
from ropdesk.services import duties, facts, history
from ropdesk.services.facts import Entry
from ropdesk.ui.page import Page
from ropdesk.ui.roles import State as Colour
from ropdesk.ui.today.duties import DutiesDialog
from ropdesk.ui.today.duties_card import FEW, DutiesCard
from ropdesk.ui.today.duties_panel import SOMEBODY
from tests.ui.conftest import TODAY

SPACE, ENTER = Qt.Key.Key_Space, Qt.Key.Key_Return
SATURDAY = date(2026, 10, 24)
DAILY, WEEKLY = (
    sum(duty.rhythm is rhythm for duty in STARTING_SET) for rhythm in (Rhythm.DAY, Rhythm.WEEK)
)


class Holder(Page):
    """A page with nothing but the card."""

    def __init__(self, context):
        super().__init__(context, "Day")
        self.card = DutiesCard(context)
        self.body.addWidget(self.card)
        self.body.addStretch(1)

    def on_changed(self, changed):
        super().on_changed(changed)
        self.card.on_changed(changed)


@pytest.fixture
def card(qtbot, window, live):
    """The card, shown."""
    window.register_page("holder", lambda: Holder(live), "Day")
    window.show_page("holder")
    window.resize(500, 900)
    window.activateWindow()
    shown = window.current_page.card
    qtbot.waitUntil(lambda: bool(shown.content.lines))
    return shown


def row(card, code):
    for section in card.content.sections.values():
        found = section.list.row(code)
        if found is not None:
            return found
    raise AssertionError(code)


def hint(card):
    return card._hint.text()


def stored(ws, today=TODAY):
    with ws.read() as connection:
        return {line.code: line for line in duties.duties(connection, today)}


def test_the_card_lists_the_day_and_the_first_of_week_and_month(card):
    day, week, month = (card.content.sections[rhythm] for rhythm in Rhythm)
    assert len(day.list.rows) == DAILY
    assert (len(week.list.rows), len(month.list.rows)) == (FEW, FEW)
    assert hint(card) == f"сегодня 0 из {DAILY}"
    assert week.head.text() == f"На этой неделе 0 из {WEEKLY}"
    assert row(card, "coordination").view.chip == "9:00"
    week.more.click()
    assert len(week.list.rows) == WEEKLY
    week.more.click()
    assert len(week.list.rows) == FEW


def test_space_ticks_and_undo_takes_it_back(qtbot, card, ws):
    wanted = row(card, "plan_fact")
    wanted.setFocus()
    QTest.keyClick(wanted, SPACE)
    qtbot.waitUntil(lambda: hint(card) == f"сегодня 1 из {DAILY}")
    assert stored(ws)["plan_fact"].how == "hand"
    shown = row(card, "plan_fact")
    assert (shown.view.chip, shown.view.state, shown.view.checked) == ("✓", Colour.GOOD, True)
    assert shown.hasFocus()
    history.undo(ws)
    qtbot.waitUntil(lambda: hint(card) == f"сегодня 0 из {DAILY}")
    QTest.keyClick(row(card, "plan_fact"), SPACE)
    qtbot.waitUntil(lambda: row(card, "plan_fact").view.checked is True)
    QTest.keyClick(row(card, "plan_fact"), SPACE)
    qtbot.waitUntil(lambda: row(card, "plan_fact").view.checked is False)


def test_a_streak_stands_beside_the_duty(qtbot, card, ws):
    for day in (16, 19, 20, 21):
        duties.mark(ws, "coordination", date(2026, 10, day))
    qtbot.waitUntil(lambda: row(card, "coordination").view.chip == "9:00 · 4 дн. подряд")
    duties.mark(ws, "coordination", TODAY)
    qtbot.waitUntil(lambda: row(card, "coordination").view.chip == "✓ 5 дн. подряд")


def test_a_duty_of_the_week_goes_once_it_is_done(qtbot, card, ws):
    week = card.content.sections[Rhythm.WEEK]
    first = week.list.rows[0].view.key
    QTest.keyClick(week.list.rows[0], SPACE)
    qtbot.waitUntil(lambda: week.list.row(first) is None)
    assert week.head.text() == f"На этой неделе 1 из {WEEKLY}"
    assert len(week.list.rows) == FEW


def test_what_the_program_saw_cannot_be_unticked(qtbot, card, ws, people):
    facts.enter(ws, TODAY, [Entry(people["Ким Дарья"], "calls", 12)])
    qtbot.waitUntil(lambda: row(card, "statistics").view.checked is True)
    assert "факт этого дня внесён" in row(card, "statistics").view.tooltip
    QTest.keyClick(row(card, "statistics"), SPACE)
    assert row(card, "statistics").box.isChecked()
    assert "Отмечено программой: факт этого дня внесён" in card.content.error.text()
    assert stored(ws)["statistics"].how == "auto"


def test_enter_and_a_click_open_the_page(card, navigated):
    QTest.keyClick(row(card, "plan_fact"), ENTER)
    assert navigated[-1] == ("planning", {"view": "board", "month": TODAY.replace(day=1)})
    wanted = row(card, "coordination")
    QTest.mouseClick(wanted, Qt.MouseButton.LeftButton, pos=wanted.rect().center())
    assert navigated[-1] == ("meetings", {"view": "list"})


def test_on_a_day_off_daily_duties_rest(qtbot, card, clock):
    clock[0] = SATURDAY
    card.refresh()
    qtbot.waitUntil(card.content.nothing.isVisible)
    assert "Выходной" in card.content.nothing.text()
    assert hint(card) == ""
    assert card.content.sections[Rhythm.WEEK].list.rows


@pytest.fixture
def arranged(qtbot, card):
    """The list of all duties, open."""
    card.arrange()
    dialog = card.dialog
    assert isinstance(dialog, DutiesDialog)
    assert dialog.isVisible()
    yield dialog
    dialog.reject()


def test_a_duty_is_not_relevant_by_one_key(qtbot, card, arranged, ws):
    assert len(arranged.table.list_model.rows) == len(STARTING_SET)
    arranged.table.go_to_cell("calls", "title")
    QTest.keyClick(arranged.table, Qt.Key.Key_3)
    assert stored(ws)["calls"].state is State.IRRELEVANT
    qtbot.waitUntil(lambda: hint(card) == f"сегодня 0 из {DAILY - 1}")
    QTest.keyClick(arranged.table, Qt.Key.Key_1)
    assert stored(ws)["calls"].state is State.MINE


def test_a_duty_is_delegated_to_a_member_or_to_somebody(qtbot, card, people, arranged, ws):
    arranged.table.go_to_cell("calls", "title")
    QTest.keyClick(arranged.table, Qt.Key.Key_2)
    panel = arranged.panel
    assert stored(ws)["calls"].state is State.MINE  # to whom is not said yet
    panel.who.setCurrentIndex(panel.who.findText("Ким Дарья"))
    panel.who.activated.emit(panel.who.currentIndex())
    assert stored(ws)["calls"].delegate == "Ким Дарья"
    assert arranged.table.list_model.cell(3, 3).text == "поручена: Ким Дарья"
    panel.who.setCurrentIndex(panel.who.findData(SOMEBODY))
    panel.who.activated.emit(panel.who.currentIndex())
    panel.words.insert("старший менеджер")
    QTest.keyClick(panel.words, ENTER)
    assert stored(ws)["calls"].delegate == "старший менеджер"


def test_the_usual_time_is_chosen(arranged, ws):
    arranged.table.go_to_cell("plan_fact", "title")
    start = arranged.panel.start
    start.setCurrentIndex(start.findData(570))
    start.activated.emit(start.currentIndex())
    assert stored(ws)["plan_fact"].start == 570
    assert arranged.table.list_model.cell(0, 2).text == "9:30"


def test_a_duty_of_ones_own_is_added_renamed_and_deleted(qtbot, card, arranged, ws):
    QTest.keyClick(arranged.title, ENTER)
    assert "нет названия" in arranged.field.error
    arranged.title.insert("Обойти зал")
    QTest.keyClick(arranged.title, ENTER)
    code = next(code for code, line in stored(ws).items() if line.own)
    assert arranged.isVisible()
    assert arranged.table.current_place() == (code, "title")
    panel = arranged.panel
    panel.title.selectAll()
    panel.title.insert("Обойти склад")
    QTest.keyClick(panel.title, ENTER)
    assert stored(ws)[code].title == "Обойти склад"
    qtbot.waitUntil(lambda: row(card, code).view.text == "Обойти склад")
    panel.removing.click()
    assert code not in stored(ws)
    assert panel.line is not None
    assert not panel.line.own
