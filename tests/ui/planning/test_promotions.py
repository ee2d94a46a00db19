"""Promotions as a person meets them: noted, stepped forward, judged, printed."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from ropdesk.domain.promotions import State
from ropdesk.services import facts, history, promotions, team
from ropdesk.services.facts import Entry
from ropdesk.services.promotions import NewPromotion
from ropdesk.ui.planning.promotions.view import PromotionsView
from ropdesk.ui.widgets.empty import EmptyState

FIRST, LAST = date(2026, 10, 5), date(2026, 10, 9)


def put(field, text):
    """Type into a field what the keys of a test cannot: Cyrillic."""
    field.setFocus()
    field.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


@pytest.fixture
def shown(desk):
    def show(**where):
        desk.page.go_to(view="promotions", **where)
        desk.settle()
        side = desk.page.view("promotions")
        assert isinstance(side, PromotionsView)
        return side

    return show


def ids(ws):
    return sorted(team.team(ws).members)


def add(ws, title="Осенний комплект", **more):
    values = {
        "offer": "По летней цене", "first": FIRST, "last": LAST, "created": date(2026, 9, 1),
    }  # fmt: skip
    return promotions.add(ws, NewPromotion(title=title, **(values | more)))


def run(ws, made):
    promotions.change(ws, made, agreed_by="Смирнов")
    for state in (State.PROPOSAL, State.AGREED, State.RUNNING):
        promotions.move(ws, made, state, FIRST)


def titles(side):
    return [row.cells[0].text for row in side.table.list_model.shown]


def test_an_empty_side_offers_the_first_promotion(desk, shown, qtbot):
    side = shown()
    empty = side.stack.currentWidget()
    assert isinstance(empty, EmptyState)
    qtbot.mouseClick(empty.primary, Qt.MouseButton.LeftButton)
    desk.settle()
    assert titles(side) == ["Новая акция"]
    assert side.card.title.hasFocus()
    put(side.card.title, "Осенний комплект")
    qtbot.keyClick(side.card.title, Qt.Key.Key_Return)
    desk.settle()
    assert titles(side) == ["Осенний комплект"]
    history.undo(desk.ws)
    history.undo(desk.ws)
    assert promotions.promotions(desk.ws) == []


def test_what_is_missing_is_said_beside_its_field(desk, shown, qtbot):
    made = promotions.add(desk.ws, NewPromotion(title="Комплект", created=FIRST))
    side = shown()
    qtbot.mouseClick(side.card.forward, Qt.MouseButton.LeftButton)
    assert "Предложение не записано" in side.card.fields["offer"].error
    assert promotions.promotion(desk.ws, made).state is State.IDEA
    put(side.card.offer, "По летней цене")
    qtbot.mouseClick(side.card.forward, Qt.MouseButton.LeftButton)
    desk.settle()
    assert promotions.promotion(desk.ws, made).state is State.PROPOSAL
    assert side.card.fields["offer"].error == ""
    assert side.card.chip.text == "предложение"
    qtbot.mouseClick(side.card.forward, Qt.MouseButton.LeftButton)
    assert "Период не задан" in side.card.fields["first"].error
    side.card.first.chosen.emit(FIRST)
    side.card.last.chosen.emit(LAST)
    desk.settle()
    put(side.card.agreed_by, "Смирнов")
    qtbot.keyClick(side.card.agreed_by, Qt.Key.Key_Return)
    desk.settle()
    qtbot.mouseClick(side.card.forward, Qt.MouseButton.LeftButton)
    desk.settle()
    assert promotions.promotion(desk.ws, made).state is State.AGREED
    assert side.card.forward.text() == "Запустить"
    qtbot.mouseClick(side.card.back, Qt.MouseButton.LeftButton)
    desk.settle()
    assert promotions.promotion(desk.ws, made).state is State.PROPOSAL


def test_sums_and_people_are_changed_in_place(desk, shown, qtbot):
    made = add(desk.ws)
    side = shown(record=made)
    budget = side.card.fields["budget"].editor
    budget.setFocus()
    qtbot.keyClicks(budget, "60000")
    qtbot.keyClick(budget, Qt.Key.Key_Return)
    desk.settle()
    assert promotions.promotion(desk.ws, made).budget == 60_000_00
    budget.selectAll()
    qtbot.keyClicks(budget, "much")
    qtbot.keyClick(budget, Qt.Key.Key_Return)
    assert "не число" in side.card.fields["budget"].error
    qtbot.mouseClick(side.card.members, Qt.MouseButton.LeftButton)
    popup = side.card.members.popup
    first = ids(desk.ws)[0]
    popup.boxes[first].setChecked(True)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    desk.settle()
    assert promotions.promotion(desk.ws, made).members == (first,)
    assert side.card.members.text() == "Иванова Мария"


def test_a_result_is_said_with_its_doubt_and_drawn(desk, shown):
    for day in range(14, 31):
        entries = [Entry(member, "receipts", 50_000_00 + day * 1000) for member in ids(desk.ws)]
        facts.enter(desk.ws, date(2026, 9, day), entries)
    for day in (7, 8, 9):
        entries = [Entry(member, "receipts", 100_000_00) for member in ids(desk.ws)]
        facts.enter(desk.ws, date(2026, 10, day), entries)
    made = add(desk.ws, members=(ids(desk.ws)[0],), expected=100_000_00)
    run(desk.ws, made)
    side = shown()
    assert "участвовали 1 из 3" in side.card.sentence.text()
    assert "вычтено" in side.card.details.text()
    assert side.card.chart.words_at(0).startswith("28.09.2026: 50")
    assert side.card.chart.accessibleDescription().startswith("Было")
    row = side.table.list_model.shown[0]
    assert row.cells[3].tooltip == side.card.sentence.text()
    assert "!" in row.cells[1].text, "its last day is over"


def test_the_list_is_filtered_by_state_with_counts(desk, shown):
    add(desk.ws, "Идея")
    run(desk.ws, add(desk.ws, "Идёт"))
    side = shown()
    assert titles(side) == ["Идёт", "Идея"]
    side.state.choose("idea")
    assert titles(side) == ["Идея"]
    assert side.card.detail.promotion.title == "Идея"
    side.state.choose("finished")
    assert titles(side) == []
    assert not side.card.isVisible()


def test_others_of_the_same_days_are_warned_of(desk, shown):
    run(desk.ws, add(desk.ws, "Вторая"))
    side = shown(record=add(desk.ws, "Первая"))
    assert "«Вторая»" in side.card._notes.text()


def test_it_is_printed_removed_and_brought_back(desk, shown, qtbot):
    made = add(desk.ws)
    side = shown()
    assert side.print_paper()
    qtbot.waitUntil(lambda: side.paper.paper is not None, timeout=20_000)
    assert side.paper.paper.title == "Акция «Осенний комплект»"
    side.paper.reject()
    qtbot.mouseClick(side.card.remover, Qt.MouseButton.LeftButton)
    desk.settle()
    assert isinstance(side.stack.currentWidget(), EmptyState)
    assert not side.print_paper(), "nothing is chosen: the month's report is printed instead"
    history.undo(desk.ws)
    side.mark_stale()
    desk.settle()
    assert side.card.detail.promotion.id == made


def test_ctrl_n_begins_a_new_one_only_where_it_is_seen(desk, shown, qtbot):
    add(desk.ws)
    side = shown()
    qtbot.keyClick(side.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert len(promotions.promotions(desk.ws)) == 2
    desk.page.go_to(view="board")
    desk.settle()
    qtbot.keyClick(desk.page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert len(promotions.promotions(desk.ws)) == 2


def test_the_palette_begins_a_new_one_from_anywhere(desk, shown):
    add(desk.ws)
    side = shown()
    desk.page.go_to(view="board")
    desk.settle()
    desk.context.registry.run("planning.new_promotion")
    desk.settle()
    assert side.isVisible()
    assert len(promotions.promotions(desk.ws)) == 2
