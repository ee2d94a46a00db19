"""The list of signals as a person meets it."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ropdesk.domain.team import Member
from ropdesk.i18n import set_language
from ropdesk.services import facts, history, investigations, signals, team
from ropdesk.services.facts import Entry
from ropdesk.ui.planning.behind import BehindDialog
from ropdesk.ui.planning.signals.card import SignalCard
from ropdesk.ui.planning.signals.spark import Spark
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.labels import ElidedLabel
from tests.ui.planning_signals.conftest import LAST, STEADY


def only(side):
    [card] = side.cards.values()
    return card


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def pick(desk, side, key, qtbot):
    """Choose a period with the keyboard, as Tab and the arrows do."""
    side.period.setFocus()
    side.period.choose(key)
    desk.settle()


def test_a_card_says_what_who_and_how_usual_it_is(side):
    card = only(side)
    [told] = signals.signals(side.context.workspace, side.context.today())
    shown = texts(card)
    assert any(text.startswith("Сидоренко Ольга: звонки — 10, обычно от ") for text in shown)
    assert any("к среднему за 12 недель" in text for text in shown)
    assert card.accessibleName().startswith("▼ Плохая новость. Сидоренко Ольга")
    assert texts(side)[-1]
    assert "Неделя 12.10–18.10" in texts(side)
    spark = card.findChild(Spark)
    assert spark.accessibleName().endswith(", 10")
    assert told.key in side.cards


def test_how_it_was_judged_opens_in_place(side, qtbot):
    card = only(side)
    assert not any("скользящий размах" in text for text in texts(card))
    card.how_link.setFocus()
    qtbot.keyClick(card.how_link, Qt.Key.Key_Return)
    assert any("скользящий размах" in text for text in texts(card))
    qtbot.keyClick(card.how_link, Qt.Key.Key_Return)
    assert not any("скользящий размах" in text for text in texts(card))


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_the_rows_behind_open(side, qtbot, by):
    card = only(side)
    if by == "key":
        card.setFocus()
        qtbot.keyClick(card, Qt.Key.Key_Return)
    else:
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    dialog = side.findChild(BehindDialog)
    assert "Сидоренко Ольга" in dialog.windowTitle()
    dialog.close()


def test_hiding_asks_why_in_place(desk, side, qtbot):
    card = only(side)
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Delete)
    assert card.reason.hasFocus()
    qtbot.keyClick(card.reason, Qt.Key.Key_Return)
    assert "почему" in card.error.text()
    assert side.cards
    qtbot.keyClicks(card.reason, "office moved")
    qtbot.keyClick(card.reason, Qt.Key.Key_Return)
    desk.settle()
    assert side.cards == {}
    assert "Ничего необычного" in side.empty.accessibleName()
    pick(desk, side, "hidden", qtbot)
    hidden = only(side)
    assert any("office moved" in text for text in texts(hidden))
    qtbot.mouseClick(hidden.restore_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert side.cards == {}
    pick(desk, side, "13", qtbot)
    assert only(side)


def test_undo_shows_it_again(desk, side, qtbot):
    card = only(side)
    qtbot.mouseClick(card.hide_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(card.reason, "trifle")
    qtbot.mouseClick(card.done, Qt.MouseButton.LeftButton)
    desk.settle()
    assert side.cards == {}
    history.undo(desk.ws)
    desk.settle()
    assert only(side).told.mark is None


def test_escape_leaves_the_reason(side, qtbot):
    card = only(side)
    qtbot.mouseClick(card.hide_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(card.reason, "never mind")
    qtbot.keyClick(card.reason, Qt.Key.Key_Escape)
    assert not card.reason.isVisible()
    assert card.hasFocus()
    assert signals.hidden(side.context.workspace) == []


def test_what_is_being_typed_survives_a_change_elsewhere(desk, side, qtbot):
    card = only(side)
    qtbot.mouseClick(card.hide_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(card.reason, "off")
    team.add(desk.ws, Member(0, "Новый Человек"))
    desk.settle()
    assert only(side) is card
    assert card.reason.text() == "off"
    qtbot.mouseClick(card.cancel, Qt.MouseButton.LeftButton)
    desk.settle()


def test_an_investigation_opens_from_it(desk, side, qtbot):
    qtbot.mouseClick(only(side).investigate, Qt.MouseButton.LeftButton)
    desk.settle()
    view = desk.page.view("investigations")
    assert view.shown is view.side("cases")
    found = investigations.case(desk.ws, view.shown.chosen, side.context.today())
    assert found.question.startswith("Почему? Сидоренко Ольга: звонки — 10")
    desk.page.go_to(view="investigations", side="signals")
    desk.settle()
    assert side.cards == {}
    pick(desk, side, "hidden", qtbot)
    card = only(side)
    assert any("Открыт разбор" in text for text in texts(card))
    qtbot.mouseClick(card.case_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert view.shown is view.side("cases")


def test_a_week_can_be_gone_to(desk, side):
    desk.page.go_to(view="investigations", side="signals", week=LAST)
    desk.settle()
    assert side.period.current == "1"
    assert only(side)


def test_arrows_walk_between_cards(desk, side, qtbot):
    other = max(team.team(desk.ws).members)
    for week in range(13):
        day = LAST - timedelta(weeks=week + 1)
        facts.enter(
            desk.ws,
            day,
            [Entry(other, "ratings", 20), Entry(other, "rating_points", 90 + week % 3)],
        )
    facts.enter(
        desk.ws,
        LAST + timedelta(days=4),
        [Entry(other, "ratings", 20), Entry(other, "rating_points", 40)],
    )
    desk.settle()
    first, second = side.findChildren(SignalCard)[-2:]
    assert len(side.cards) == 2
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert first.hasFocus()


def test_an_empty_workspace_says_what_is_needed(empty, window_of):
    desk = window_of(empty)
    side = desk.page.view("investigations").side("signals")
    assert "11 полных недель" in side.empty.accessibleName()
    assert side.empty.primary.text() == "Импорт…"


def test_quiet_weeks_offer_earlier_ones(desk, side, qtbot):
    [told] = signals.signals(desk.ws, side.context.today())
    signals.dismiss(desk.ws, told.key, "мелочь", side.context.today())
    desk.settle()
    assert "Просмотрено" in side.empty.accessibleName()
    qtbot.mouseClick(side.empty.primary, Qt.MouseButton.LeftButton)
    desk.settle()
    assert side.period.current == "26"
    assert not hasattr(side.empty, "primary")


@pytest.mark.parametrize(("size", "scale"), [((1100, 680), 100), ((1366, 768), 150)])
def test_nothing_is_cut_with_long_names(ws, window_of, size, scale, qtbot):
    member = min(team.team(ws).members)
    long = "Константинопольская-Преображенская Елизавета"
    team.update(ws, Member(member, long))
    current_theme().set_scale(scale)
    try:
        desk = window_of(ws)
        desk.window.resize(*size)
        desk.settle()
        side = desk.page.view("investigations").side("signals")
        card = only(side)
        for label in card.findChildren(QLabel):
            if label.isVisible() and label.text() and not isinstance(label, ElidedLabel):
                assert label.height() >= label.heightForWidth(label.width()), label.text()
        for button in (card.investigate, card.hide_button):
            assert button.width() >= button.sizeHint().width()
        assert card.width() <= side.width()
    finally:
        current_theme().set_scale(100)


def test_it_speaks_english(ws, window_of):
    set_language("en")
    desk = window_of(ws)
    card = only(desk.page.view("investigations").side("signals"))
    assert any("calls 10, usually" in text for text in texts(card))


def test_a_week_whose_numbers_are_late_is_not_called_quiet(empty, window_of):
    member = team.add(empty, Member(0, "Сидоренко Ольга", hired=date(2025, 1, 1)))
    for week, value in enumerate((*STEADY, 10)):
        monday = LAST + timedelta(weeks=week - len(STEADY))
        for day in (monday, monday + timedelta(days=4 if monday < LAST else 1)):
            facts.enter(empty, day, [Entry(member, "calls", value // 2)])
    side = window_of(empty).page.view("investigations").side("signals")
    assert side.cards == {}
    said = side.empty.accessibleName()
    assert "Ничего необычного: за 20.07–11.10" in said
    assert "Неделя 12.10–18.10 не судится" in said
