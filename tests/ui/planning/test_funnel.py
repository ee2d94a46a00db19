"""The funnel as a person uses it."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from ropdesk.services import funnel, history
from ropdesk.services import week_view as week
from ropdesk.ui.planning.funnel.view import LOSSES, MEMBERS, SOURCES, STAGES, STUCK, FunnelView
from tests.services.test_funnel import DATES, SIX, dated, day
from tests.services.test_stage_history import NEW, OFFER, TALK, deal, take
from tests.ui.planning.conftest import open_desk

TODAY = date(2026, 10, 22)
FIVE = [*SIX[:3], dated(4, OFFER, "", day(4), day(6), day(20)), dated(5, TALK, "", day(28, 9),
        day(10))]  # fmt: skip


def shown(desk):
    desk.page.go_to(view="funnel")
    desk.settle()
    side = desk.page.view("funnel")
    assert isinstance(side, FunnelView)
    return side


@pytest.fixture
def side(ws, tmp_path, qtbot):
    """Five deals with dated stages, and norms for two of these."""
    take(ws, tmp_path / "a.csv", FIVE, TODAY, DATES)
    funnel.set_norm(ws, "Основная", TALK, 7)
    desk = open_desk(ws, qtbot)
    yield shown(desk)
    desk.context.runner.close()
    desk.window.hide()


def settle(qtbot, side):
    qtbot.wait(60)
    qtbot.waitUntil(lambda: not side.context.runner.busy and not side.stale, timeout=20_000)
    qtbot.wait(20)


def cell(table, row, column):
    model = table.list_model
    return model.cell(model.row_of(row), model.column_of(column))


def test_the_month_is_drawn_and_told(side):
    steps = side.drawn.bars.steps
    assert [step.label for step in steps] == ["Создано сделок", NEW, TALK, OFFER, "Оплачено"]
    assert [step.value for step in steps] == ["4", "4", "4", "2", "1"]
    assert steps[2].between == "↓ 80\u202f% из 5"
    assert steps[-1].strong
    assert "Создано сделок: 4" in side.drawn.bars.accessibleName()
    talk = ("Основная", TALK)
    assert cell(side.tables[STAGES], talk, "entered").text == "4"
    assert cell(side.tables[STAGES], talk, "norm").text == "7"
    (_new, ageing, _offer) = side.drawn.strip.ages
    assert (ageing.label, ageing.over, ageing.words) == (TALK, 1, "1, дольше нормы 1")


def test_the_deals_created_in_the_month(side, qtbot):
    side.how.choose("cohort")
    assert [step.value for step in side.drawn.bars.steps] == ["4", "4", "3", "2", "1"]
    assert "Ещё не созрело" in side.drawn.note.text()


def test_a_norm_is_typed_where_it_stands(side, qtbot):
    table = side.tables[STAGES]
    table.setFocus()
    table.go_to_cell(("Основная", OFFER), "norm")
    qtbot.keyClick(table, Qt.Key.Key_2)
    editor = table.findChild(QLineEdit)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(qtbot, side)
    ws = side.context.workspace
    norms = {each.stage: each.norm_days for each in funnel.stages(ws, TODAY)}
    assert norms[OFFER] == 2
    assert cell(table, ("Основная", OFFER), "norm").marked
    table.go_to_cell(("Основная", TALK), "norm")
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    settle(qtbot, side)
    assert cell(table, ("Основная", TALK), "norm").text == ""
    history.undo(ws)
    side.refresh()
    settle(qtbot, side)
    assert cell(table, ("Основная", TALK), "norm").text == "7"


def test_no_norm_is_no_number(side, qtbot):
    table = side.tables[STAGES]
    table.setFocus()
    table.go_to_cell(("Основная", TALK), "norm")
    before = funnel.stages(side.context.workspace, TODAY)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    editor.setText("скоро")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.wait(30)
    assert funnel.stages(side.context.workspace, TODAY) == before
    qtbot.keyClick(table.findChild(QLineEdit) or table, Qt.Key.Key_Escape)
    qtbot.wait(30)


def test_a_stuck_deal_goes_into_the_week(side, qtbot):
    table = side.tables[STUCK]
    assert side.which.current == STUCK
    (row,) = table.list_model.rows
    assert [each.text for each in row.cells[:5]] == ["Сделка 5", "Иванова Мария", TALK, "12", "7"]
    side.plan_selected()
    assert week.week(side.context.workspace, TODAY, TODAY).lines == ()
    table.setFocus()
    table.go_to_cell(row.key, "days")
    side.to_week.setFocus()
    qtbot.keyClick(side.to_week, Qt.Key.Key_Space)
    settle(qtbot, side)
    (action,) = week.week(side.context.workspace, TODAY, TODAY).lines
    assert action.title == "Сдвинуть сделку: Сделка 5"
    assert action.member_id is not None
    history.undo(side.context.workspace)
    assert week.week(side.context.workspace, TODAY, TODAY).lines == ()


def test_a_deal_opens(side, qtbot):
    table = side.tables[STUCK]
    table.setFocus()
    table.go_to_cell(table.list_model.rows[0].key, "deal")
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert side.behind is not None
    assert side.behind.windowTitle() == "Сделка 5"
    side.behind.close()


def test_the_lists(side, qtbot):
    side.which.setFocus()
    for key in (LOSSES, MEMBERS, SOURCES):
        qtbot.keyClick(side.which, Qt.Key.Key_Right)
        assert side.which.current == key
        assert side.tables[key].isVisible()
    assert [row.key[1:] for row in side.tables[LOSSES].list_model.rows] == [(NEW, ""), (TALK, "")]
    assert side.tables[LOSSES].list_model.rows[0].cells[1].text == "Причина не указана"
    assert side.tables[SOURCES].list_model.rows[0].cells[0].text == "Сайт"
    qtbot.keyClick(side.copy, Qt.Key.Key_Space)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Источник\t")
    assert lines[1].startswith("Сайт\t4\t1\t2")


def test_one_member_is_looked_at(side, qtbot):
    box = side.choices.members
    box.setCurrentIndex(box.findText("Петров Алексей"))
    settle(qtbot, side)
    assert side.drawn.bars.steps == ()
    assert side.drawn.note.text() == "В этом месяце ничего не было."
    assert side.which._segments[STUCK].text() == "Застряли: 0"
    box.setCurrentIndex(0)
    settle(qtbot, side)
    assert len(side.drawn.bars.steps) == 5


def test_another_month(side, qtbot):
    side.set_month(date(2026, 9, 1))
    settle(qtbot, side)
    assert side.drawn.bars.steps[0].value == "1"


def test_without_dates_nothing_is_made_up(ws, tmp_path, qtbot):
    rows = [
        deal(1, NEW, day(1, 8)),
        deal(
            2,
            OFFER,
            day(2, 8),
        ),
    ]
    take(ws, tmp_path / "a.csv", rows, TODAY)
    desk = open_desk(ws, qtbot)
    side = shown(desk)
    side.set_month(date(2026, 9, 1))
    settle(qtbot, side)
    assert [step.label for step in side.drawn.bars.steps] == ["Создано сделок", "Оплачено"]
    assert "неизвестно" in side.drawn.note.text()
    assert cell(side.tables[STAGES], ("Основная", OFFER), "entered").text == "–"
    desk.context.runner.close()
    desk.window.hide()


def test_an_empty_funnel_offers_an_import(empty_ws, qtbot):
    desk = open_desk(empty_ws, qtbot)
    side = shown(desk)
    assert side._empty is not None
    assert side._empty.isVisible()
    assert "Загрузите сделки" in side._empty.accessibleName()
    desk.context.runner.close()
    desk.window.hide()


@pytest.mark.parametrize("size", [(1100, 680), (1366, 768)])
def test_long_names_and_large_text_fit(ws, tmp_path, qtbot, size):
    names = ["Этап с очень длинным названием на сорок букв " + str(n) for n in range(12)]
    rows = [deal(n, name, (TODAY - timedelta(n)).strftime("%d.%m.%Y"))
            for n, name in enumerate(names)]  # fmt: skip
    take(ws, tmp_path / "a.csv", rows, TODAY)
    desk = open_desk(ws, qtbot)
    desk.window.resize(*size)
    desk.context.theme.set_scale(150)
    side = shown(desk)
    assert len(side.tables[STAGES].list_model.rows) == 12
    assert side.tables[STUCK].height() > 60
    assert side.drawn.bars.width() <= side.drawn.width()
    desk.context.theme.set_scale(100)
    desk.context.runner.close()
    desk.window.hide()
