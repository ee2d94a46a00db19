"""The team page as a person uses it."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit

from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.i18n import set_language
from ropdesk.services import history, metrics, team
from ropdesk.ui.tables.bubble import CellError
from ropdesk.ui.team.page import TeamPage
from tests.ui.conftest import TODAY
from tests.ui.test_frame_window import type_text

ENTER = Qt.Key.Key_Return
MONTH = TODAY.replace(day=1)


def names(page):
    return [row.cells[0].text for row in page.members.table.list_model.rows]


def cell(page, who, column):
    model = page.members.table.list_model
    return model.cell(model.row_of(who), model.column_of(column))


def put(qtbot, page, who, column, text):
    """Type a text over a cell, as a person does."""
    table = page.members.table
    table.setFocus()
    table.go_to_cell(who, column)
    table.edit(table.currentIndex())
    editor = table.viewport().findChildren(QLineEdit)[-1]
    editor.selectAll()
    type_text(editor, text) if text else editor.clear()
    qtbot.keyClick(editor, ENTER)
    qtbot.waitUntil(lambda: table.state() is not QAbstractItemView.State.EditingState)


def rewrite(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    field.insert(text)
    field.setModified(True)
    qtbot.keyClick(field, ENTER)


def test_the_list_says_who_works_how_far_along_and_who_is_away(page, people):
    maria, kim = people["Иванова Мария"], people["Ким Дарья"]
    assert names(page) == ["Иванова Мария", "Ким Дарья"]
    assert cell(page, kim, "ramp").text == "60"
    assert cell(page, kim, "open").text == "⚠ 3"
    assert "предел: 2" in cell(page, kim, "open").tooltip
    assert cell(page, maria, "away").text == "Отпуск до 25.10"
    assert cell(page, maria, "aliases").text == "272"
    assert cell(page, maria, "hired").text == "01.02.2024"


def test_the_filter_and_the_search_leave_who_fits(qtbot, page):
    view = page.members
    view.who.choose("left")
    assert names(page) == ["Петров Алексей"]
    view.who.choose("all")
    assert len(names(page)) == 3
    qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.search.hasFocus()
    type_text(view.search, "272")
    assert names(page) == ["Иванова Мария"]
    view.search.setText("никого")
    assert names(page) == []


def test_a_name_is_typed_in_the_list_and_undone(qtbot, page, people, ws):
    kim = people["Ким Дарья"]
    put(qtbot, page, kim, "name", "Ким-Орлова Дарья")
    qtbot.waitUntil(lambda: "Ким-Орлова Дарья" in names(page))
    assert "Ким Дарья" in team.team(ws).members[kim].aliases
    page.context.registry.run("app.undo")
    qtbot.waitUntil(lambda: "Ким Дарья" in names(page))


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        ("name", "", "нужно имя"),
        ("name", "мария иванова", "уже записано"),
        ("limit", "много", "не количество"),
        ("limit", "0", "не меньше 1"),
        ("ramp", "300", "не норма"),
        ("ramp", "шесть", "не норма"),
    ],
)
def test_what_cannot_be_is_said_at_the_cell(qtbot, page, people, ws, column, text, words):
    before = len(history.entries(ws))
    put(qtbot, page, people["Ким Дарья"], column, text)
    bubbles = page.members.table.viewport().findChildren(CellError)
    assert words in bubbles[-1].text
    assert len(history.entries(ws)) == before


def test_limit_and_ramp_are_typed_in_the_list(qtbot, page, people, ws):
    kim = people["Ким Дарья"]
    put(qtbot, page, kim, "ramp", "62,5 %")
    put(qtbot, page, kim, "limit", "")
    member = team.team(ws).members[kim]
    assert member.ramp == {MONTH: 6_250}
    assert member.deal_limit is None
    put(qtbot, page, kim, "ramp", "100")
    assert team.team(ws).members[kim].ramp == {}


def test_a_pasted_block_is_one_step(qtbot, page, people, ws):
    table = page.members.table
    table.go_to_cell(people["Иванова Мария"], "position")
    QApplication.clipboard().setText("старший менеджер\t80\nменеджер\t90")
    before = len(history.entries(ws))
    table.paste()
    members = team.team(ws).members
    assert members[people["Иванова Мария"]].position == "старший менеджер"
    assert members[people["Ким Дарья"]].ramp == {MONTH: 9_000}
    assert len(history.entries(ws)) == before + 1


def test_a_date_of_the_list_is_chosen_from_a_calendar(qtbot, page, people, ws):
    kim = people["Ким Дарья"]
    table = page.members.table
    table.setFocus()
    table.go_to_cell(kim, "left")
    qtbot.keyClick(table, ENTER)
    day = TODAY + timedelta(5)
    page.members.popup.calendar.activated.emit(QDate(day.year, day.month, day.day))
    qtbot.waitUntil(lambda: team.team(ws).members[kim].left == day)
    table.go_to_cell(kim, "left")
    qtbot.keyClick(table, ENTER)
    page.members.popup.calendar.activated.emit(QDate(2020, 1, 1))
    assert "последний день раньше первого" in page._banner.text
    qtbot.keyClick(table, ENTER)
    page.members.popup.clear.click()
    qtbot.waitUntil(lambda: team.team(ws).members[kim].left is None)


def test_birthday_and_probation_are_chosen_in_the_card(qtbot, page, people, ws):
    kim = people["Ким Дарья"]
    page.members.table.setFocus()
    page.members.table.go_to_cell(kim, "name")
    card = page.members.card
    for field, day in ((card.birthday, date(1999, 2, 28)), (card.probation, TODAY)):
        qtbot.keyClick(field, Qt.Key.Key_Space)
        field.popup.calendar.activated.emit(QDate(day.year, day.month, day.day))
    member = team.team(ws).members[kim]
    assert (member.birthday, member.probation_until) == (date(1999, 2, 28), TODAY)
    qtbot.waitUntil(lambda: card.birthday.value == date(1999, 2, 28))
    card.probation.open()
    card.probation.popup.calendar.activated.emit(QDate(2001, 1, 1))
    assert "не может кончиться раньше приёма" in card._fields["probation"].error
    card.probation.popup.clear.click()
    qtbot.waitUntil(lambda: team.team(ws).members[kim].probation_until is None)
    assert card._fields["probation"].error == ""
    history.undo(ws)
    assert team.team(ws).members[kim].probation_until == TODAY


def test_a_member_is_added_by_keyboard_and_shown(qtbot, page, ws):
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = page.members.dialog
    qtbot.keyClick(dialog.name, ENTER)
    assert "нужно имя" in dialog._name_field.error
    type_text(dialog.name, "Ким Дарья")
    dialog.primary.click()
    assert "уже записано" in dialog._name_field.error
    assert not dialog.error, "said once, beside its field"
    dialog.name.clear()
    type_text(dialog.name, "Ли Анна")
    type_text(dialog.position, "стажёр")
    qtbot.keyClick(dialog.position, ENTER)
    qtbot.waitUntil(lambda: "Ли Анна" in names(page))
    assert page.members.card.name.text() == "Ли Анна"
    added = team.team(ws).members[page.members.chosen]
    assert (added.position, added.hired) == ("стажёр", TODAY)


def test_the_card_follows_the_row_and_commits_its_fields(qtbot, page, people, ws):
    kim = people["Ким Дарья"]
    page.go_to(member=kim)
    card = page.members.card
    assert card.name.text() == "Ким Дарья"
    rewrite(qtbot, card.position, "менеджер")
    rewrite(qtbot, card.limit, "45")
    member = team.team(ws).members[kim]
    assert (member.position, member.deal_limit) == ("менеджер", 45)
    rewrite(qtbot, card.limit, "сорок")
    assert "не количество" in card._fields["limit"].error
    rewrite(qtbot, card.limit, "")
    assert card._fields["limit"].error == ""
    assert team.team(ws).members[kim].deal_limit is None
    rewrite(qtbot, card.name, "272")
    assert "уже записано" in card._fields["name"].error


def test_results_of_the_month_lead_to_the_board(qtbot, page, people, window):
    page.go_to(member=people["Ким Дарья"])
    rows = page.members.card.results.table.list_model.rows
    shown = {row.key: row.cells[1].text for row in rows}
    assert shown["calls"] == "12"


def test_ramp_up_is_typed_by_month_in_the_card(qtbot, page, people, ws):
    kim = people["Ким Дарья"]
    page.go_to(member=kim)
    table = page.members.card.ramp.table
    table.go_to_cell("ramp", "2026-11-01")
    QApplication.clipboard().setText("80\t90")
    table.paste()
    ramp = team.team(ws).members[kim].ramp
    assert ramp == {MONTH: 6_000, date(2026, 11, 1): 8_000, date(2026, 12, 1): 9_000}
    qtbot.waitUntil(lambda: table.list_model.cell(0, 2).text == "80")


def test_aliases_are_chips_that_come_and_go(qtbot, page, people, ws):
    maria = people["Иванова Мария"]
    page.go_to(member=maria)
    section = page.members.card.aliases
    assert [chip.alias for chip in section.chips] == ["272"]
    type_text(section.field, "Маша")
    qtbot.keyClick(section.field, ENTER)
    qtbot.waitUntil(lambda: len(section.chips) == 2)
    type_text(section.field, "МАША")
    section.adding.click()
    assert "уже записано" in section.error.text()
    section.field.setText("Дарья Ким")
    section.adding.click()
    assert "за другим сотрудником" in section.error.text()
    qtbot.keyClick(section.chips[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: [chip.alias for chip in section.chips] == ["Маша"])
    assert "272" not in team.team(ws).members[maria].aliases


def test_an_absence_is_noted_changed_and_removed(qtbot, page, people, ws):
    kim = people["Ким Дарья"]
    page.go_to(member=kim)
    section = page.members.card.absences
    section.adding.click()
    dialog = section.dialog
    dialog.kind.choose("sick_leave")
    dialog.last.set_value(TODAY - timedelta(2))
    dialog.primary.click()
    assert "раньше, чем начинается" in dialog._last_field.error
    dialog.last.set_value(TODAY + timedelta(2))
    dialog.primary.click()
    qtbot.waitUntil(lambda: section.table.list_model.rowCount() == 1)
    row = team.absences(ws, kim)[0]
    assert row.absence.kind is AbsenceKind.SICK_LEAVE
    assert cell(page, kim, "away").chip
    section.table.cell_activated.emit(row.id)
    section.dialog.note.setText("к врачу")
    section.dialog.primary.click()
    assert team.absences(ws, kim)[0].absence.note == "к врачу"
    section.table.cell_activated.emit(row.id)
    section.dialog.removing.click()
    assert team.absences(ws, kim) == []


def test_only_somebody_without_numbers_is_removed(qtbot, page, people, ws):
    card = page.members.card
    page.go_to(member=people["Ким Дарья"])
    card.removing.click()
    assert "Укажите последний день" in card._remove_error.text()
    card._today_link.click()
    assert team.team(ws).members[people["Ким Дарья"]].left == TODAY
    page.go_to(member=people["Иванова Мария"])
    assert card._remove_error.isHidden()
    card.removing.click()
    qtbot.waitUntil(lambda: "Иванова Мария" not in names(page))
    page.context.registry.run("app.undo")
    qtbot.waitUntil(lambda: "Иванова Мария" in names(page))


def test_an_earlier_version_of_a_member_comes_back(qtbot, page, people, ws):
    kim = people["Ким Дарья"]
    page.go_to(member=kim)
    rewrite(qtbot, page.members.card.position, "менеджер")
    page.members.card.history_link.click()
    dialog = page.members.card.history_dialog
    first = dialog.table.list_model.rows[0]
    assert first.cells[2].text == "Должность: стажёр → менеджер"
    dialog.primary.click()
    assert team.team(ws).members[kim].position == "стажёр"


def test_absences_by_day_are_drawn_and_noted_from_the_selection(qtbot, page, people, ws):
    page.show_view("absences")
    view = page.away
    qtbot.waitUntil(lambda: view.table.list_model.rowCount() == 2)
    model = view.table.list_model
    maria, kim = people["Иванова Мария"], people["Ким Дарья"]
    row = model.rows[model.row_of(maria)]
    letters = [c.text for c in row.cells[1:-1]]
    assert letters[21:25] == ["О"] * 4
    assert letters.count("О") == 4
    assert row.cells[-1].text == "2"  # of four days two are a weekend
    top = model.index(model.row_of(kim), 5)
    view.table.setFocus()
    view.table.setCurrentIndex(top)
    qtbot.keyClick(view.table, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view.table, ENTER)
    assert (view.dialog.first.value, view.dialog.last.value) == (
        date(2026, 10, 5),
        date(2026, 10, 6),
    )
    view.dialog.primary.click()
    assert team.absences(ws, kim)[0].absence.start == date(2026, 10, 5)
    qtbot.waitUntil(lambda: model.cell(model.row_of(kim), 5).text == "О")
    page.next_month()
    qtbot.waitUntil(lambda: model.columns[1].key == "2026-11-01")


def test_sixty_members_with_long_names_fit(qtbot, page, ws):
    for number in range(60):
        team.add(ws, Member(0, f"Константинопольская-Задунайская Ева {number:02}"))
    qtbot.waitUntil(lambda: len(names(page)) == 62)
    last = team.team(ws).members
    who = max(last)
    page.go_to(member=who)
    table = page.members.table
    assert table.visualRect(table.currentIndex()).intersects(table.viewport().rect())


def test_an_empty_department_offers_the_one_thing_to_do(qtbot, window, live):
    window.register_page("team", lambda: TeamPage(live))
    window.show_page("team")
    made = window.page("team")
    qtbot.waitUntil(lambda: made.members._empty is not None)
    made.members._empty.primary.click()
    type_text(made.members.dialog.name, "Ли Анна")
    made.members.dialog.primary.click()
    qtbot.waitUntil(lambda: made.members.table.list_model.rowCount() == 1)


def test_an_own_metric_off_the_board_does_not_disturb(page, ws, qtbot):
    metrics.set_board(ws, ["receipts"])
    qtbot.waitUntil(lambda: page.members.card.results.table.list_model.rowCount() <= 2)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("scale", [100, 150])
def test_nothing_is_cut_in_any_language_and_size(
    qtbot, window, live, people, theme, language, scale
):
    set_language(language)
    theme.set_scale(scale)
    window.resize(1100, 680)
    window.register_page("team", lambda: TeamPage(live))
    window.show_page("team")
    made = window.page("team")
    qtbot.waitUntil(lambda: made.members.table.list_model.rowCount() > 0)
    for button in (
        made.members.card.hired,
        made.members.card.left,
        made.members.card.aliases.adding,
    ):
        assert button.width() >= button.minimumSizeHint().width()
    made.show_view("absences")
    qtbot.waitUntil(lambda: made.away.table.list_model.rowCount() > 0)


def test_pages_of_another_workspace_register_their_actions_again(window, live, people):
    TeamPage(live).deleteLater()
    window.registry.remove_pages()
    TeamPage(live).deleteLater()
    assert "team.add" in window.registry


def test_a_month_without_absences_says_so(page, qtbot, ws):
    assert isinstance(team.absences(ws)[0].absence, Absence)
    page.set_month(date(2026, 2, 1))
    page.show_view("absences")
    qtbot.waitUntil(lambda: page.away.table.list_model.columnCount() == 30)
