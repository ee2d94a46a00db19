"""What customers say and tools that were tried, as a person notes them."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from ropdesk.domain.voice import Kind, State, Trial
from ropdesk.services import history, team, tools, voice
from ropdesk.services.tools import NewTool
from ropdesk.services.voice import NewMention
from ropdesk.ui.planning.voice.customers import CustomersSide
from ropdesk.ui.planning.voice.tools import ToolsSide
from ropdesk.ui.widgets.empty import EmptyState
from tests.services.raw import RawDeal, put_deals

TODAY = date(2026, 10, 22)
MONTH = (date(2026, 10, 1), date(2026, 10, 31))
LEFT = Qt.MouseButton.LeftButton


def put(field, text):
    """Type into a field what the keys of a test cannot: Cyrillic."""
    field.setFocus()
    field.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


@pytest.fixture
def shown(desk):
    def show(side="customers", **where):
        desk.page.go_to(view="voice", side=side, **where)
        desk.settle()
        found = desk.page.view("voice").shown
        assert isinstance(found, CustomersSide if side == "customers" else ToolsSide)
        return found

    return show


def say(ws, text="Дорогая доставка", kind=Kind.OBJECTION):
    return voice.add(ws, kind, text, NewMention(day=TODAY))


def texts(side):
    return [row.cells[0].text for row in side.table.list_model.shown]


def test_typing_finds_what_is_known_and_enter_counts_it(desk, shown, qtbot):
    made = say(desk.ws)
    say(desk.ws, "Нет сертификата")
    side = shown()
    line = side.hearing.words
    put(line, "достав")
    assert texts(side) == ["Дорогая доставка"]
    assert "ещё раз «Дорогая доставка»" in side.hearing.hint.text()
    side.hearing.member.setCurrentIndex(1)
    side.hearing.customer.setText("Вектор")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.settle()
    found = voice.voice(desk.ws, made, *MONTH)
    assert found.times == 2
    assert voice.mentions(desk.ws, made)[0].customer == "Вектор"
    assert list(found.by_member) != [None]
    assert line.text() == "", "ready for the next one"
    assert len(texts(side)) == 2
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert voice.voice(desk.ws, made).total == 2, "Enter on an empty line counts nothing"
    history.undo(desk.ws)
    assert voice.voice(desk.ws, made).total == 1


def test_what_nobody_has_said_is_noted_as_new(desk, shown, qtbot):
    say(desk.ws)
    side = shown()
    side.hearing.kind.choose("refusal")
    put(side.hearing.words, "Ушли к конкуренту")
    assert texts(side) == []
    qtbot.keyClick(side.hearing.words, Qt.Key.Key_Return)
    desk.settle()
    assert side.entry.entry.text == "Ушли к конкуренту"
    assert side.entry.entry.kind is Kind.REFUSAL
    put(side.hearing.words, "Дорогая доставка ночью")
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(side.hearing.words, Qt.Key.Key_Return, control)
    desk.settle()
    assert len(voice.voices(desk.ws, *MONTH)) == 3


def test_one_click_counts_once_more(desk, shown):
    made = say(desk.ws)
    side = shown()
    side.table.cell_activated.emit(side.table.list_model.shown[0].cells[-1].ref)
    desk.settle()
    assert voice.voice(desk.ws, made).total == 2


def test_it_is_passed_on_answered_and_stepped_back(desk, shown, qtbot):
    made = say(desk.ws)
    side = shown(record=made)
    card = side.entry
    qtbot.mouseClick(card.passing, LEFT)
    assert "кому передать" in card.fields["to"].error
    assert not card.answers[State.DONE].isVisible()
    put(card.to, "Логистика")
    qtbot.mouseClick(card.passing, LEFT)
    desk.settle()
    found = voice.voice(desk.ws, made)
    assert (found.state, found.passed_to, found.passed_on) == (State.PASSED, "Логистика", TODAY)
    put(card.answer, "Снизили цену")
    qtbot.mouseClick(card.answers[State.DONE], LEFT)
    desk.settle()
    found = voice.voice(desk.ws, made)
    assert (found.state, found.answer) == (State.DONE, "Снизили цену")
    assert card.chip.text == "сделано"
    qtbot.mouseClick(card.back, LEFT)
    desk.settle()
    assert voice.voice(desk.ws, made).state is State.PASSED


def test_entries_and_mentions_are_removed(desk, shown, qtbot):
    made = say(desk.ws)
    voice.mention(desk.ws, made, NewMention(day=TODAY, quote="Везут за четверть заказа"))
    side = shown()
    rows = side.entry.mentions.list_model.shown
    assert rows[0].cells[3].text == "«Везут за четверть заказа»"
    side.entry.mentions.go_to_cell(rows[0].key, "day")
    qtbot.mouseClick(side.entry.forget, LEFT)
    desk.settle()
    assert voice.voice(desk.ws, made).total == 1
    qtbot.mouseClick(side.entry.remover, LEFT)
    desk.settle()
    assert voice.voices(desk.ws, *MONTH) == []
    assert not side.entry.isVisible()


def test_reasons_of_lost_deals_stand_below_and_can_be_noted(desk, shown):
    put_deals(desk.ws, [RawDeal("Иванова Мария", "lost", TODAY, TODAY, lost_reason="Дорого")] * 2)
    side = shown()
    row = side.reasons.list_model.shown[0]
    assert [cell.text for cell in row.cells[:2]] == ["Дорого", "2"]
    side.reasons.cell_activated.emit(row.cells[-1].ref)
    assert side.hearing.words.text() == "Дорого"
    assert side.hearing.kind.current == "refusal"


def test_the_month_is_followed_and_printed(desk, shown, qtbot):
    say(desk.ws)
    side = shown()
    assert side.print_paper()
    qtbot.waitUntil(lambda: side.paper.paper is not None, timeout=20_000)
    assert side.paper.paper.title == "Что говорят клиенты, Октябрь 2026"
    side.paper.reject()
    desk.page.set_month(date(2026, 9, 1))
    desk.settle()
    assert side.heard.voices[0].times == 0
    assert side.entry.counts.text() == "В этом месяце не слышали."


def test_a_tool_is_noted_changed_and_kept(desk, shown, qtbot):
    side = shown("tools")
    empty = side.stack.currentWidget()
    assert isinstance(empty, EmptyState)
    qtbot.mouseClick(empty.primary, LEFT)
    desk.settle()
    put(side.card.title, "Автодозвон")
    qtbot.keyClick(side.card.title, Qt.Key.Key_Return)
    desk.settle()
    side.card.cost.setFocus()
    qtbot.keyClicks(side.card.cost, "18000")
    qtbot.keyClick(side.card.cost, Qt.Key.Key_Return)
    side.card.first.chosen.emit(date(2026, 10, 5))
    side.card.metric_choice.setCurrentIndex(side.card.metric_choice.findData("receipts"))
    side.card.metric_choice.activated.emit(side.card.metric_choice.currentIndex())
    desk.settle()
    [tool] = tools.tools(desk.ws)
    assert (tool.title, tool.cost, tool.first) == ("Автодозвон", 18_000_00, date(2026, 10, 5))
    assert tool.metric == "receipts"
    assert side.card.effect.text() == "Сравнивать пока нечего"
    qtbot.mouseClick(side.card.buttons[Trial.KEPT], LEFT)
    assert "Вывод не записан" in side.card.fields["conclusion"].error
    put(side.card.conclusion, "Оставляем")
    qtbot.mouseClick(side.card.buttons[Trial.KEPT], LEFT)
    desk.settle()
    [tool] = tools.tools(desk.ws)
    assert (tool.state, tool.conclusion, tool.last) == (Trial.KEPT, "Оставляем", TODAY)
    assert side.table.list_model.shown[0].cells[1].text == "оставили"


def test_who_tries_is_ticked_and_a_trial_is_removed(desk, shown, qtbot):
    made = tools.add(desk.ws, NewTool(title="Бот", first=TODAY))
    side = shown("tools", record=made)
    qtbot.mouseClick(side.card.members, LEFT)
    popup = side.card.members.popup
    first = min(team.team(desk.ws).members)
    popup.boxes[first].setChecked(True)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    desk.settle()
    assert tools.tools(desk.ws)[0].members == (first,)
    qtbot.mouseClick(side.card.remover, LEFT)
    desk.settle()
    assert isinstance(side.stack.currentWidget(), EmptyState)


def test_an_empty_list_says_what_to_type(desk, shown):
    side = shown()
    assert not side.table.isVisible()
    assert "Записей пока нет" in side.nothing.text()
    assert not side.entry.isVisible()
    say(desk.ws)
    desk.settle()
    assert side.table.isVisible()
    assert side.entry.isVisible()
    assert not side.nothing.isVisible()
    put(side.hearing.words, "рассрочка")
    assert side.nothing.isVisible()
    assert "ещё не говорили" in side.nothing.text()
