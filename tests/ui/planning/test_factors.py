"""Why receipts differ, as a person uses it: keys, clicks, another basis, an investigation."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from ropdesk import i18n
from ropdesk.domain.factors import Factor
from ropdesk.domain.team import Member
from ropdesk.services import facts, investigations, planning, planning_versions, team
from ropdesk.services.factors import DEPARTMENT
from ropdesk.services.facts import Entry
from ropdesk.store.workspace import Workspace
from ropdesk.ui.planning.factors.view import FactorsView
from ropdesk.ui.planning.factors.waterfall import ROW
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.painted import PaintedButton
from tests.ui.planning.conftest import MONTH, TODAY, Desk, open_desk

SEPTEMBER = date(2026, 9, 1)


def make_plan(ws: Workspace, month: date = MONTH) -> None:
    for code, value in (("receipts", 4_400_000_00), ("deals_won", 110), ("inquiries", 440),
                        ("calls", 4_400)):  # fmt: skip
        planning.set_value(ws, month, code, value)


@pytest.fixture
def planned(ws: Workspace, qtbot: QtBot) -> Iterator[Desk]:
    """October with a plan of every factor, calls too."""
    for member in sorted(team.team(ws).members):
        facts.enter(ws, date(2026, 10, 6), [Entry(member, "calls", 200)])
    planning_versions.correct(ws, MONTH, "Добавлены обращения")
    make_plan(ws)
    planning_versions.approve(ws, MONTH, "Смирнов А. В.", date(2026, 10, 1))
    opened = open_desk(ws, qtbot)
    yield opened
    opened.context.runner.close()
    opened.window.hide()


def open_factors(desk: Desk) -> FactorsView:
    desk.page.go_to(view="reasons", side="factors")
    desk.qtbot.wait(30)
    view = desk.page.view("reasons").shown
    assert isinstance(view, FactorsView)
    desk.qtbot.waitUntil(lambda: not view.stale)
    return view


def test_the_waterfall_goes_from_the_plan_to_the_fact(planned: Desk) -> None:
    view = open_factors(planned)
    bars = view.chart.bars
    split = view.report.department.split
    assert bars[0].total and bars[-1].total
    assert bars[-1].end == split.deviation
    for before, after in pairwise(bars[:-1]):
        assert after.start == before.end
    assert bars[-2].end == split.deviation
    for bar in bars[1:-1]:
        effect = bar.end - bar.start
        assert effect == split.effect(Factor(bar.key))
        assert bar.value.startswith("+" if effect > 0 else "−" if effect < 0 else "0")
    assert view.sentence.text().startswith("Поступления")
    assert view.calls.isVisible()
    calls = view.calls.bars
    assert calls[-1].end == split.inquiries + split.mix


def test_the_table_adds_up(planned: Desk) -> None:
    view = open_factors(planned)
    rows = view.table.list_model.rows
    assert rows[0].cells[0].text == "Отдел"
    assert len(rows) == 4
    for place in range(1, len(rows[0].cells)):
        total = sum(row.cells[place].sort_key for row in rows[1:])
        assert total == rows[0].cells[place].sort_key


def test_another_basis_is_chosen_by_keyboard(planned: Desk) -> None:
    view = open_factors(planned)
    to_date = view.report.department.base.receipts
    view.basis.box.setFocus()
    planned.qtbot.keyClick(view.basis.box, Qt.Key.Key_Down)
    planned.qtbot.keyClick(view.basis.box, Qt.Key.Key_Return)
    planned.qtbot.wait(20)
    assert view.report.whole
    assert view.report.department.base.receipts == 4_400_000_00 != to_date
    view.basis.by.setFocus()
    planned.qtbot.keyClick(view.basis.by, Qt.Key.Key_Right)
    assert view.report.by == "week"
    assert view.table.list_model.columns[0].title == "Неделя"
    assert view.chart.bars[-1].end == view.report.department.split.deviation


def test_months_are_compared_to_the_same_day_or_whole(planned: Desk) -> None:
    for member in sorted(team.team(planned.ws).members):
        for day in (2, 29):
            entries = [Entry(member, "receipts", 80_000_00), Entry(member, "deals_won", 2),
                       Entry(member, "inquiries", 12)]  # fmt: skip
            facts.enter(planned.ws, date(2026, 9, day), entries)
    view = open_factors(planned)
    assert not view.basis.span.isVisible()
    view.basis.choose("previous")
    assert view.report.other == SEPTEMBER
    assert view.report.department.base.receipts == 3 * 80_000_00
    whole = view.basis.span.findChild(PaintedButton, "whole")
    planned.qtbot.mouseClick(whole, Qt.MouseButton.LeftButton)
    assert view.report.department.base.receipts == 6 * 80_000_00
    view.basis.choose("year")
    assert not view.report.known
    assert not view.chart.isVisible()
    view.basis.choose("other")
    assert view.basis.other.isVisible()
    view.basis.other.choose(SEPTEMBER)
    assert view.report.known
    assert view.report.other == SEPTEMBER


def test_bars_are_walked_by_keys_and_open_their_rows(planned: Desk) -> None:
    view = open_factors(planned)
    view.chart.setFocus()
    planned.qtbot.keyClick(view.chart, Qt.Key.Key_Up)
    while view.chart.current != "conversion":
        before = view.chart.current
        step = Qt.Key.Key_Up if before in {"average_check", "fact", "unsplit"} else Qt.Key.Key_Down
        planned.qtbot.keyClick(view.chart, step)
        assert view.chart.current != before
    assert view.subject.factor is Factor.CONVERSION
    assert "Конверсия" in view.chart.accessibleName()
    planned.qtbot.keyClick(view.chart, Qt.Key.Key_Return)
    assert view.dialog is not None
    assert view.dialog.windowTitle().startswith("Конверсия · Отдел")
    view.dialog.close()


def test_a_click_on_the_plan_opens_nothing_and_on_a_bar_its_rows(planned: Desk) -> None:
    view = open_factors(planned)
    high = current_theme().px(ROW)
    planned.qtbot.mouseClick(view.chart, Qt.MouseButton.LeftButton, pos=QPoint(20, high // 2))
    assert view.dialog is None
    planned.qtbot.mouseClick(view.chart, Qt.MouseButton.LeftButton, pos=QPoint(20, high + 4))
    assert view.dialog is not None
    assert view.dialog.windowTitle().startswith("Обращения")
    view.dialog.close()


def test_a_number_of_the_table_opens_the_members_rows(planned: Desk) -> None:
    view = open_factors(planned)
    key = next(row.key for row in view.table.list_model.rows if row.cells[0].text == "Ким Дарья")
    view.table.setFocus()
    view.table.go_to_cell(key, "average_check")
    assert view.subject.line.name == "Ким Дарья"
    assert "Ким Дарья" in view.numbers.text()
    planned.qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert "Ким Дарья" in view.dialog.windowTitle()
    view.dialog.close()


def test_a_factor_becomes_an_investigation(planned: Desk) -> None:
    view = open_factors(planned)
    key = next(row.key for row in view.table.list_model.rows if row.cells[0].text == "Ким Дарья")
    view.table.setFocus()
    view.table.go_to_cell(key, "inquiries")
    subject, sentence = view.subject, view.sentence.text()
    assert view.button.isEnabled()
    planned.qtbot.mouseClick(view.button, Qt.MouseButton.LeftButton)
    line = investigations.cases(planned.ws, TODAY)[0]
    found = investigations.case(planned.ws, line.id, TODAY)
    assert "Ким Дарья" in found.question
    assert (found.metric, found.first) == ("inquiries", MONTH)
    assert found.source == "factor"
    assert found.notes == sentence
    assert str(subject.line.member) == found.source_key.rpartition(":")[2]
    assert planned.page.current_view == "investigations"


def test_the_rules_are_told_when_asked(planned: Desk) -> None:
    view = open_factors(planned)
    assert view.rules.isHidden()
    view.how.setFocus()
    planned.qtbot.keyClick(view.how, Qt.Key.Key_Return)
    assert view.rules.isVisible()
    assert "Шепли" in view.rules.text()


def test_a_changed_fact_changes_the_bars(planned: Desk) -> None:
    view = open_factors(planned)
    before = view.report.department.split
    member = view.report.lines[0].member
    facts.enter(planned.ws, date(2026, 10, 7), [Entry(member, "receipts", 50_000_00)])
    planned.qtbot.waitUntil(lambda: view.report.department.split != before)
    assert view.report.department.split.deviation == before.deviation + 50_000_00


def test_a_plan_of_receipts_alone_says_what_to_do(desk: Desk) -> None:
    view = open_factors(desk)
    assert view.report.department.split.unsplit == view.report.department.split.deviation
    assert "Запланируйте" in view.sentence.text()
    assert not view.calls.isVisible()
    assert view.set_plan.isVisible()
    assert "unsplit" in [bar.key for bar in view.chart.bars]


def test_a_month_without_a_plan_offers_to_set_it(desk: Desk) -> None:
    facts.enter(desk.ws, date(2026, 9, 2), [Entry(1, "receipts", 100)])
    desk.page.set_month(SEPTEMBER)
    view = open_factors(desk)
    assert not view.report.known
    assert not view.can_investigate
    assert not view.button.isVisible()
    empty = view._stack.currentWidget()
    assert "нет плана" in empty.accessibleName()
    desk.qtbot.mouseClick(empty.secondary, Qt.MouseButton.LeftButton)
    assert view.report.other == date(2026, 8, 1)
    view.basis.choose("to_date")
    desk.qtbot.mouseClick(view._stack.currentWidget().primary, Qt.MouseButton.LeftButton)
    assert desk.page.current_view == "decomposition"


def test_an_empty_workspace_offers_an_import(empty_ws: Workspace, qtbot: QtBot) -> None:
    opened = open_desk(empty_ws, qtbot)
    view = open_factors(opened)
    empty = view._stack.currentWidget()
    assert "ещё нет поступлений" in empty.accessibleName()
    assert empty.primary.text() == "Импорт…"
    assert not view.can_investigate
    opened.context.runner.close()
    opened.window.hide()


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("scale", [100, 150])
def test_sixty_people_with_long_names_fit(
    ws: Workspace, qtbot: QtBot, language: str, scale: int
) -> None:
    i18n.set_language(language)
    for number in range(60):
        member = team.add(ws, Member(0, f"Константинопольский-Задунайский Апполинарий {number:02}"))
        entries = [Entry(member, "receipts", 9_000_00), Entry(member, "deals_won", 1),
                   Entry(member, "inquiries", 3)]  # fmt: skip
        facts.enter(ws, date(2026, 10, 8), entries)
    desk = open_desk(ws, qtbot)
    desk.context.theme.set_scale(scale)
    view = open_factors(desk)
    assert len(view.table.list_model.rows) >= 61
    names = [row.key for row in view.table.list_model.rows]
    assert names[0] == DEPARTMENT
    assert view.chart.height() >= view.chart.sizeHint().height() - 4
    image = view.grab().toImage()
    assert not image.isNull()
    desk.context.theme.set_scale(100)
    desk.context.runner.close()
    desk.window.hide()
