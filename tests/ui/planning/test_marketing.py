"""Marketing as a person uses it: typing terms, agreeing, closing, costs, disputes."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ropdesk.services import history, marketing, marketing_channels, marketing_edit, marketing_leads
from ropdesk.services.marketing_edit import TermEdit
from ropdesk.store.workspace import Workspace
from ropdesk.ui.planning.marketing.agreement_cells import TOTAL
from ropdesk.ui.planning.marketing.agreement_dialogs import AgreeDialog, OneFieldDialog
from ropdesk.ui.planning.marketing.agreements import AgreementsSide
from ropdesk.ui.planning.marketing.channels import ChannelsSide
from ropdesk.ui.planning.marketing.dispute_dialogs import LeadsDialog, ReasonsDialog
from ropdesk.ui.planning.marketing.disputes import DisputesSide
from ropdesk.ui.reports.paper_dialog import PaperDialog
from ropdesk.ui.roles import State
from ropdesk.ui.tables.bubble import CellError
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.widgets.fields import Field
from tests.services.leads import Lead, deal_id, put
from tests.ui.planning.conftest import MONTH, TODAY, Desk, open_desk

LONG = "Реклама на радио «Дорожное» утром по будням, второй квартал!"


@pytest.fixture
def leads(ws: Workspace, qtbot: QtBot) -> Iterator[Desk]:
    """The window on a workspace with leads of October."""
    won = Lead(status="won", amount=10_000_00, closed=date(2026, 10, 20), number="1")
    lost = Lead(status="lost", reason="Спам", closed=date(2026, 10, 6), number="2")
    put(ws, [won, lost, Lead(number="3"), Lead(LONG, number="4"), Lead("", number="5")])
    desk = open_desk(ws, qtbot)
    yield desk
    desk.context.runner.close()
    desk.window.hide()


def show(desk: Desk, side: str) -> object:
    """Go to a side of marketing and wait until it is up to date."""
    desk.page.go_to(view="marketing", side=side)
    settle(desk)
    view = desk.page.view("marketing")
    return view.shown


def settle(desk: Desk) -> None:
    """Wait for the worker and what it brings."""
    desk.qtbot.wait(30)
    desk.qtbot.waitUntil(lambda: not desk.context.runner.busy, timeout=20_000)
    desk.qtbot.wait(30)
    desk.qtbot.waitUntil(lambda: not desk.context.runner.busy, timeout=20_000)


def type_into(desk: Desk, table: DataTable, row: object, column: str, text: str) -> None:
    """Go to a cell, type, Enter."""
    table.setFocus()
    table.go_to_cell(row, column)
    desk.qtbot.keyClicks(table, text[0])
    editor = table.focusWidget() or table
    desk.qtbot.keyClicks(editor, text[1:])
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(desk)


def cell(table: DataTable, row: object, column: str):
    model = table.list_model
    return model.cell(model.row_of(row), model.column_of(column))


def agreements(desk: Desk) -> AgreementsSide:
    side = show(desk, "agreements")
    assert isinstance(side, AgreementsSide)
    return side


def agree(desk: Desk) -> None:
    """Agree on the site for October, outside the window."""
    edits = [TermEdit("Сайт", "inquiries", 5), TermEdit("Сайт", "accepted_share", 9_000)]
    marketing_edit.change(desk.ws, MONTH, edits, TODAY)
    marketing_edit.agree(desk.ws, MONTH, "Лебедев", TODAY)


def test_terms_are_typed_and_agreed(leads: Desk, qtbot: QtBot) -> None:
    side = agreements(leads)
    assert [row.key for row in side.table.list_model.rows] == ["Сайт", LONG, ""]
    assert cell(side.table, "", "inquiries").editable is False
    type_into(leads, side.table, "Сайт", "inquiries", "5")
    type_into(leads, side.table, "Сайт", "accepted_share", "90,5")
    found = marketing.month(leads.ws, MONTH, TODAY).line("Сайт")
    assert found is not None
    assert (found.state, found.promise.inquiries, found.promise.accepted_share) == (
        "draft", 5, 9_050,
    )  # fmt: skip
    assert cell(side.table, "Сайт", "state").text == "черновик"
    qtbot.mouseClick(side.primary, Qt.MouseButton.LeftButton)
    dialog = side.dialog
    assert isinstance(dialog, AgreeDialog)
    dialog.try_submit()
    assert "две стороны" in dialog.findChildren(Field)[0].error
    dialog.name.setText("Лебедев Кирилл")
    dialog.try_submit()
    settle(leads)
    assert side.view is not None
    assert side.view.state == "agreed"
    assert side.choice.current == "facts"
    told = cell(side.table, "Сайт", "inquiries")
    assert (told.text, told.secondary, told.state) == ("3", " / 4", State.BAD)
    assert cell(side.table, "Сайт", "undecided").text == "2"
    assert cell(side.table, TOTAL, "inquiries").text == "3"
    side.table.go_to_cell("Сайт", "inquiries")
    assert "Маркетинг: частично. Обращения 3 при 4 к дате (−1)" in side.card.sentence.text()


def test_a_wrong_number_is_said_at_its_cell(leads: Desk) -> None:
    side = agreements(leads)
    side.table.go_to_cell("Сайт", "inquiries")
    QGuiApplication.clipboard().setText("5\t120")
    side.table.paste()
    said = [bubble.text for bubble in side.table.findChildren(CellError)]
    assert "от 0 до 100" in said[-1]
    QGuiApplication.clipboard().setText("5\tмного")
    side.table.paste()
    said = [bubble.text for bubble in side.table.findChildren(CellError)]
    assert "Доля принятых" in said[-1]
    assert marketing.month(leads.ws, MONTH, TODAY).agreed_lines == ()


def test_a_pasted_block_is_one_operation(leads: Desk) -> None:
    side = agreements(leads)
    side.table.go_to_cell("Сайт", "inquiries")
    QGuiApplication.clipboard().setText("5\t90\t400\n7\t80\t300")
    side.table.paste()
    settle(leads)
    view = marketing.month(leads.ws, MONTH, TODAY)
    assert [line.promise.price_per_lead for line in view.agreed_lines] == [400_00, 300_00]
    history.undo(leads.ws)
    settle(leads)
    assert marketing.month(leads.ws, MONTH, TODAY).agreed_lines == ()
    assert cell(side.table, LONG, "inquiries").text == ""


def test_a_correction_asks_for_its_reason(leads: Desk) -> None:
    agree(leads)
    side = agreements(leads)
    side.choice.choose("terms")
    type_into(leads, side.table, "Сайт", "inquiries", "4")
    dialog = side.dialog
    assert isinstance(dialog, OneFieldDialog)
    dialog.try_submit()
    assert "Сайт" in dialog.field.error
    dialog.editor.setText("кампания началась позже")
    dialog.try_submit()
    settle(leads)
    assert cell(side.table, "Сайт", "inquiries").text == "4"
    assert cell(side.table, "Сайт", "state").text == "согласовано *"
    assert "кампания началась позже" in cell(side.table, "Сайт", "state").tooltip


def test_words_are_kept_when_the_field_is_left(leads: Desk, qtbot: QtBot) -> None:
    side = agreements(leads)
    edit = side.card.edits["criteria"]
    edit.setFocus()
    edit.setPlainText("Есть бюджет")
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(leads)
    found = marketing.month(leads.ws, MONTH, TODAY).line("Сайт")
    assert found is not None
    assert found.texts.criteria == "Есть бюджет"
    marketing_edit.change(leads.ws, MONTH, [TermEdit("Сайт", "inquiries", 5)], TODAY)
    marketing_edit.agree(leads.ws, MONTH, "Лебедев", TODAY)
    settle(leads)
    edit.setFocus()
    edit.setPlainText("Есть бюджет и срок")
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.wait(30)
    (dialog,) = side.findChildren(OneFieldDialog)  # leaving the field asks no second time
    dialog.reject()  # better not
    assert edit.toPlainText() == "Есть бюджет"


def test_facts_are_typed_where_exports_do_not_tell(leads: Desk) -> None:
    edits = [TermEdit("Сайт", "inquiries", 5), TermEdit("Сайт", "first_contact", 15)]
    marketing_edit.change(leads.ws, MONTH, edits, TODAY)
    marketing_edit.agree(leads.ws, MONTH, "Лебедев", TODAY)
    side = agreements(leads)
    assert cell(side.table, "Сайт", "fact_first_contact").behind == "15"
    assert cell(side.table, "Сайт", "sales").text == "нет факта"
    type_into(leads, side.table, "Сайт", "fact_first_contact", "20")
    assert side.dialog is None  # a fact is no correction
    told = cell(side.table, "Сайт", "fact_first_contact")
    assert (told.text, told.state) == ("20", State.BAD)
    assert cell(side.table, "Сайт", "sales").text == "отстаёт"


def test_closing_opening_again_and_printing(leads: Desk) -> None:
    agree(leads)
    side = agreements(leads)
    side.go_on()
    dialog = side.dialog
    assert isinstance(dialog, OneFieldDialog)
    dialog.editor.setPlainText("Итог")
    dialog.try_submit()
    assert "Месяц ещё идёт" in dialog.field.error  # today is the 22nd
    dialog.reject()
    marketing_edit.close(leads.ws, MONTH, "Итог", date(2026, 10, 31))
    settle(leads)
    assert side.primary.text() == "Открыть снова…"
    assert side.card.edits["conclusion"].isReadOnly()
    assert side.print_paper()
    settle(leads)
    (paper,) = side.findChildren(PaperDialog)
    assert paper.paper is not None
    assert paper.paper.pdf.startswith(b"%PDF")
    paper.close()
    side.go_on()
    dialog = side.dialog
    assert isinstance(dialog, OneFieldDialog)
    dialog.editor.setText("пересчёт")
    dialog.try_submit()
    settle(leads)
    assert side.view is not None
    assert side.view.state == "agreed"


def test_the_month_before_is_copied(leads: Desk, qtbot: QtBot) -> None:
    before = date(2026, 9, 1)
    marketing_edit.change(leads.ws, before, [TermEdit(LONG, "inquiries", 70)], TODAY)
    side = agreements(leads)
    assert side.copy_button.text() == "Как за сентябрь 2026"
    qtbot.mouseClick(side.copy_button, Qt.MouseButton.LeftButton)
    settle(leads)
    assert cell(side.table, LONG, "inquiries").text == "70"
    assert not side.copy_button.isVisible()


def test_a_source_of_ones_own(leads: Desk, qtbot: QtBot) -> None:
    side = agreements(leads)
    qtbot.mouseClick(side.add_button, Qt.MouseButton.LeftButton)
    dialog = side.dialog
    assert isinstance(dialog, OneFieldDialog)
    dialog.try_submit()
    assert dialog.field.error
    dialog.editor.setText("Выставка")
    dialog.try_submit()
    settle(leads)
    assert cell(side.table, "Выставка", "state").text == "черновик"
    assert side.card.line is not None
    assert side.card.line.source == "Выставка"
    qtbot.mouseClick(side.card.remove, Qt.MouseButton.LeftButton)
    settle(leads)
    assert side.table.list_model.row_of("Выставка") == -1


def test_a_number_opens_the_deals_behind(leads: Desk) -> None:
    agree(leads)
    side = agreements(leads)
    side.table.cell_activated.emit(cell(side.table, "Сайт", "undecided").ref)
    assert side.behind is not None
    assert side.behind.tables["deals"].list_model.rowCount() == 2
    assert "Сайт" in side.behind.windowTitle()
    side.behind.close()


def test_costs_are_typed_by_source_and_by_month(leads: Desk) -> None:
    side = show(leads, "channels")
    assert isinstance(side, ChannelsSide)
    assert [row.key for row in side.table.list_model.rows] == ["Сайт", LONG, "", TOTAL]
    assert cell(side.table, "Сайт", "romi").text == "—"
    type_into(leads, side.table, "Сайт", "cost", "4000")
    assert cell(side.table, "Сайт", "romi").text == "+150"
    assert cell(side.table, "Сайт", "per_inquiry").text == "1\u202f333"
    assert cell(side.table, "Сайт", "conversion").text == "33,3*"
    total = cell(side.table, TOTAL, "conversion")
    assert (total.text, total.bold) == ("20,0*", True)
    assert "3 из 5" in total.tooltip
    side.table.go_to_cell("Сайт", "cost")
    settle(leads)
    assert [row.key for row in side.month_table.list_model.rows][:2] == ["2026-10-01", "2026-09-01"]
    type_into(leads, side.month_table, "2026-09-01", "cost", "500")
    months = marketing_channels.by_month(leads.ws, "Сайт", MONTH, TODAY)
    assert [month.economics.cost for month in months[:2]] == [4_000_00, 500_00]
    side.span.choose("3")
    settle(leads)
    assert not cell(side.table, "Сайт", "cost").editable
    assert cell(side.table, "Сайт", "cost").text == "4\u202f500"
    side.basis.choose("closed")
    settle(leads)
    assert cell(side.table, "Сайт", "conversion").text == "33,3"
    assert cell(side.table, TOTAL, "conversion").text == "20,0"
    side.open_behind(cell(side.table, "Сайт", "won").ref)
    assert side.behind is not None
    assert side.behind.tables["deals"].list_model.rowCount() == 1
    side.behind.close()


def test_a_lead_is_disputed_answered_and_settled(leads: Desk, qtbot: QtBot) -> None:
    side = show(leads, "disputes")
    assert isinstance(side, DisputesSide)
    side.dispute()
    dialog = side.dialog
    assert isinstance(dialog, LeadsDialog)
    settle(leads)
    assert dialog.table.list_model.rowCount() == 5
    dialog.search.setText("сайт")
    qtbot.waitUntil(lambda: dialog.table.list_model.rowCount() == 3)
    dialog.table.go_to_cell(deal_id(leads.ws, "3"), "title")
    dialog.try_submit()
    assert dialog.reason_field.error
    dialog.reason.setText("несуществующий телефон")
    dialog.try_submit()
    settle(leads)
    (row,) = side.table.list_model.rows
    assert cell(side.table, row.key, "state").text == "ждёт маркетинга"
    side.table.go_to_cell(row.key, "answer")
    QGuiApplication.clipboard().setText("проверяем")
    side.table.paste()
    settle(leads)
    assert cell(side.table, row.key, "state").text == "нужно решить"
    side.table.go_to_cell(row.key, "reason")
    qtbot.keyClick(side.table, Qt.Key.Key_Delete)
    assert "почему лид нецелевой" in side.table.findChildren(CellError)[-1].text
    qtbot.mouseClick(side.reject_button, Qt.MouseButton.LeftButton)
    settle(leads)
    assert cell(side.table, row.key, "state").text == "нецелевой"
    qtbot.mouseClick(side.open_button, Qt.MouseButton.LeftButton)
    assert side.behind is not None
    side.behind.close()
    qtbot.mouseClick(side.withdraw_button, Qt.MouseButton.LeftButton)
    settle(leads)
    assert marketing_leads.register(leads.ws, MONTH) == []


def test_reasons_of_loss_are_checked(leads: Desk, qtbot: QtBot) -> None:
    side = show(leads, "disputes")
    assert isinstance(side, DisputesSide)
    side.choose_reasons()
    dialog = side.dialog
    assert isinstance(dialog, ReasonsDialog)
    assert dialog.model.item(0).text() == "Спам · 1"
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    dialog.try_submit()
    settle(leads)
    found = marketing.month(leads.ws, MONTH, TODAY).line("Сайт")
    assert found is not None
    assert (found.facts.accepted, found.facts.rejected, found.facts.undecided) == (1, 1, 1)


def test_the_palette_leads_to_marketing(leads: Desk) -> None:
    show(leads, "channels")
    leads.page.show_view("board")
    leads.context.registry.run("planning.dispute_lead")
    settle(leads)
    side = leads.page.view("marketing").shown
    assert leads.page.current_view == "marketing"
    assert isinstance(side.dialog, LeadsDialog)
    side.dialog.reject()
    leads.context.registry.run("planning.rejection_reasons")
    assert isinstance(side.dialog, ReasonsDialog)
    side.dialog.reject()
    agree(leads)
    leads.context.registry.run("planning.print_agreement")
    settle(leads)
    (paper,) = leads.page.view("marketing").findChildren(PaperDialog)
    assert paper.paper is not None
    paper.close()


def test_nothing_yet(empty_ws: Workspace, qtbot: QtBot) -> None:
    desk = open_desk(empty_ws, qtbot)
    for name in ("agreements", "channels", "disputes"):
        side = show(desk, name)
        assert side.stack.currentIndex() == 1
    side = agreements(desk)
    side.add_source()
    assert isinstance(side.dialog, OneFieldDialog)
    side.dialog.editor.setText("Сайт")
    side.dialog.try_submit()
    settle(desk)
    assert side.stack.currentIndex() == 0
    desk.page.set_month(date(2026, 12, 1))
    settle(desk)
    assert side.stack.currentIndex() == 1
    desk.context.runner.close()
    desk.window.hide()


def test_narrow_and_large_the_sides_stand(leads: Desk) -> None:
    agree(leads)
    leads.window.resize(1100, 680)
    leads.context.theme.set_scale(150)
    for name in ("agreements", "channels", "disputes"):
        show(leads, name)
        assert leads.window.width() == 1100
    leads.context.theme.set_scale(100)
