"""The settings page as a person uses it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from ropdesk import i18n, paths
from ropdesk.domain.calendar import DayKind
from ropdesk.domain.team import Member
from ropdesk.i18n import set_language
from ropdesk.services import backups, calendar, history, settings, team
from ropdesk.ui.sidebar import SideRow
from tests.ui.conftest import TODAY
from tests.ui.test_frame_window import type_text

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space
XML = """<?xml version="1.0" encoding="UTF-8"?>
<calendar year="2031"><days><day d="01.01" t="1"/><day d="02.22" t="2"/></days></calendar>"""


def shown(page, qtbot, key):
    page.show_view(key)
    view = page.view(key)
    qtbot.waitUntil(lambda: not view.stale)
    return view


def rewrite(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    type_text(field, text)
    qtbot.keyClick(field, ENTER)


# -- general


def test_names_of_the_workspace_commit_on_enter_and_are_undone(qtbot, page, ws):
    view = shown(page, qtbot, "general")
    field = view.department.fields["company"]
    assert field.text() == "ООО «Ромашка»"
    rewrite(qtbot, field, "ООО «Василёк»")
    assert settings.settings(ws).company == "ООО «Василёк»"
    view.department.fields["sales_head"].setFocus()
    page.context.registry.run("app.undo")
    qtbot.waitUntil(lambda: field.text() == "ООО «Ромашка»")


def test_a_field_left_as_it_was_writes_nothing(qtbot, page, ws):
    view = shown(page, qtbot, "general")
    before = len(history.entries(ws))
    field = view.department.fields["department"]
    field.setFocus()
    qtbot.keyClick(field, ENTER)
    assert len(history.entries(ws)) == before


def test_language_is_changed_at_once_and_remembered(qtbot, page, window):
    view = shown(page, qtbot, "general")
    view.computer.language.choose("en")
    qtbot.waitUntil(lambda: window.current_page is not page)
    assert window.current_page.title == "Settings"
    assert paths.preferences().language == "en"
    assert window.registry["app.undo"].text() == "Undo"
    set_language("ru")


def test_theme_and_size_are_applied_at_once_and_remembered(qtbot, page, theme):
    view = shown(page, qtbot, "general")
    view.computer.theme.choose("dark")
    assert theme.roles.dark
    view.computer.scale.choose("125")
    assert theme.scale == 125
    known = paths.preferences()
    assert (known.theme, known.text_scale) == ("dark", 125)


def test_what_cannot_be_remembered_is_said_and_still_applies(
    qtbot, page, theme, tmp_path, monkeypatch
):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(blocked))
    view = shown(page, qtbot, "general")
    view.computer.theme.choose("dark")
    assert theme.roles.dark
    assert "до закрытия программы" in page._banner.text


def test_the_file_and_the_recent_ones_are_shown(qtbot, page, ws, tmp_path):
    other = tmp_path / "Филиал.ropdesk"
    other.touch()
    paths.remember(other)
    paths.remember(tmp_path / "нет.ropdesk")
    view = shown(page, qtbot, "general")
    view.refresh()
    assert str(ws.path) in view.file.path.text()
    links = [view.file._list.itemAt(i).widget().text() for i in range(view.file._list.count())]
    assert len(links) == 1
    assert links[0].startswith("Филиал")


# -- calendar


def test_the_year_says_its_norm_and_where_it_comes_from(qtbot, page):
    view = shown(page, qtbot, "calendar")
    assert view.year == TODAY.year
    assert (
        view._norm.text().replace("\u202f", "") == "247 рабочих дней · 1972 ч при 40-часовой неделе"
    )
    assert "учтены" in view._source.text
    view.set_year(2040)
    assert "ещё не известны" in view._source.text


def test_days_are_changed_by_keyboard_alone(qtbot, page, ws):
    view = shown(page, qtbot, "calendar")
    grid = view.grid
    grid.setFocus()
    grid.choose(date(2026, 11, 3))
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert grid.day == date(2026, 11, 4)
    assert "День народного единства" in grid.accessibleName()
    qtbot.keyClick(grid, SPACE)
    qtbot.waitUntil(lambda: calendar.edits(ws)[grid.day][0] is DayKind.WORKDAY and not view.stale)
    assert "по закону: выходной" in view.bar.words
    qtbot.keyClick(grid, ENTER)
    qtbot.waitUntil(lambda: view._calendar.kind(grid.day) is DayKind.SHORTENED)
    qtbot.keyClick(grid, SPACE)
    qtbot.waitUntil(lambda: not calendar.edits(ws) and not view.stale)
    qtbot.keyClick(grid, Qt.Key.Key_PageDown)
    assert grid.day == date(2026, 12, 4)
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    assert grid.day == date(2026, 1, 1)


def test_a_click_changes_the_day_under_the_pointer(qtbot, page, ws):
    view = shown(page, qtbot, "calendar")
    spot = view.grid.rect_of(date(2026, 6, 15)).center().toPoint()
    qtbot.mouseClick(view.grid, Qt.MouseButton.LeftButton, pos=spot)
    assert calendar.edits(ws) == {date(2026, 6, 15): (DayKind.SHORTENED, "")}


def test_kind_note_and_reset_of_the_chosen_day(qtbot, page, ws):
    view = shown(page, qtbot, "calendar")
    day = date(2026, 6, 15)
    view.grid.choose(day)
    view.bar.kind.choose("day_off")
    qtbot.waitUntil(lambda: view._calendar.kind(day) is DayKind.DAY_OFF)
    rewrite(qtbot, view.bar.note, "день компании")
    assert calendar.edits(ws) == {day: (DayKind.DAY_OFF, "день компании")}
    qtbot.waitUntil(lambda: "день компании" in view.bar.words)
    view.bar.reset.click()
    assert calendar.edits(ws) == {}
    page.context.registry.run("app.undo")
    assert day in calendar.edits(ws)


def test_week_decree_days_and_the_whole_year(qtbot, page, ws):
    view = shown(page, qtbot, "calendar")
    assert view.decree.isHidden()
    view.week.choose("6")
    assert settings.settings(ws).week_days == 6
    page.go_to(year=2020)
    assert not view.decree.isHidden()
    view.decree.click()
    assert settings.settings(ws).decree_days
    qtbot.waitUntil(lambda: view._calendar.kind(date(2020, 4, 1)) is DayKind.DAY_OFF)
    calendar.set_day(ws, date(2020, 6, 2), DayKind.DAY_OFF)
    qtbot.waitUntil(lambda: not view._reset_year.isHidden())
    view._reset_year.click()
    assert calendar.edits(ws) == {}


def test_an_official_file_is_imported_or_refused_in_words(qtbot, page, ws, tmp_path):
    view = shown(page, qtbot, "calendar")
    file = tmp_path / "calendar.xml"
    file.write_text("<other/>", encoding="utf-8")
    view.import_file(file)
    assert "xmlcalendar.ru" in page._banner.text
    file.write_text(XML, encoding="utf-8")
    view.import_file(file)
    assert page._banner.text == ""
    assert view.year == 2031
    assert calendar.calendar(ws).kind(date(2031, 2, 22)) is DayKind.SHORTENED


# -- backups


def test_a_backup_is_made_and_listed(qtbot, page, ws):
    view = shown(page, qtbot, "backups")
    assert view.table.isHidden()
    view.making.click()
    qtbot.waitUntil(lambda: view.table.list_model.rowCount() == 1)
    assert view.table.list_model.rows[0].cells[1].text == "вручную"
    assert view.restoring.isEnabled()
    assert len(backups.backups(ws.path)) == 1


def test_a_copy_is_saved_where_asked_or_the_trouble_is_said(qtbot, page, tmp_path):
    view = shown(page, qtbot, "backups")
    target = tmp_path / "stick" / "copy.ropdesk"
    view.save_copy(target)
    qtbot.waitUntil(target.is_file)
    (tmp_path / "plain").write_text("x")
    view.save_copy(tmp_path / "plain" / "copy.ropdesk")
    qtbot.waitUntil(lambda: "не записать" in page._banner.text)


def test_the_check_says_sound_and_recount_repairs(qtbot, page, ws, kim):
    view = shown(page, qtbot, "backups")
    view.checking.click()
    qtbot.waitUntil(lambda: view._state.text == "всё в порядке")
    assert view.recounting.isHidden()
    with ws.replaying() as connection:
        connection.exec_driver_sql(
            "INSERT INTO daily_value (member_id, metric, day, derived, value, reason) "
            "VALUES (?, 'inquiries', '2026-03-03', 7, 7, '')",
            (kim,),
        )
    view.checking.click()
    qtbot.waitUntil(lambda: not view.recounting.isHidden())
    assert "расходится" in view._words.text()
    view.recounting.click()
    qtbot.waitUntil(lambda: view._state.text == "всё в порядке")


# -- history


def test_the_history_reads_in_words(qtbot, page, ws, kim):
    page.go_to(view="history")
    view = shown(page, qtbot, "history")
    said = [row.cells[1].text for row in view.table.list_model.rows]
    assert said == [
        "Изменение сотрудника: Ким Дарья",
        "Новый сотрудник: Ким Дарья",
        "Изменение настроек",
    ]
    how = view.rows.list_model.rows[0]
    assert how.cells[0].text == "Менеджер: Ким Дарья"
    assert how.cells[1].text == "Должность: стажёр → менеджер; Предел сделок в работе: 30 → 40"
    view.table.go_to_cell(1, "what")
    assert view.rows.list_model.rows[0].cells[1].text == "новая запись: Значение: ООО «Ромашка»"


def test_an_earlier_version_comes_back_from_the_history(qtbot, page, ws, kim):
    view = shown(page, qtbot, "history")
    view.restoring.click()
    assert team.team(ws).members[kim].position == "стажёр"
    qtbot.waitUntil(lambda: view.table.list_model.rows[0].cells[1].text == "Возврат прежней версии")
    view.table.go_to_cell(2, "what")
    assert not view.restoring.isEnabled()
    view.record.click()
    assert view.dialog.table.list_model.rowCount() == 3
    view.dialog.reject()


def test_undone_operations_are_marked_and_the_search_finds(qtbot, page, ws):
    view = shown(page, qtbot, "history")
    page.context.registry.run("app.undo")
    qtbot.waitUntil(lambda: "отменено" in view.table.list_model.rows[0].cells[1].secondary)
    type_text(view.search, "настроек")
    assert view.table.list_model.rowCount() == 1
    view.search.setText("нет такого")
    assert view.table.list_model.rowCount() == 0
    assert view.rows.list_model.rowCount() == 0


def test_every_kind_of_change_has_words(qtbot, page, ws, kim):
    from ropdesk.domain.team import Absence, AbsenceKind
    from ropdesk.services import documents, facts, metrics
    from ropdesk.services.facts import Entry

    team.add_absence(ws, Absence(kim, AbsenceKind.VACATION, TODAY, TODAY))
    calendar.set_day(ws, TODAY, DayKind.SHORTENED, "праздник")
    facts.enter(ws, TODAY, [Entry(kim, "receipts", 123_456)])
    metrics.set_board(ws, ["receipts", "calls"])
    documents.set_comment(ws, TODAY.replace(day=1), "reasons", "мало звонков")
    member = team.team(ws).members[kim]
    ramp = {TODAY.replace(day=1): 6_050}
    team.update(ws, Member(kim, member.name, member.position, None, None, ("272",), 40, ramp))
    view = shown(page, qtbot, "history")
    texts = []
    for entry in history.entries(ws):
        view.table.go_to_cell(entry.id, "what")
        texts += [" | ".join(cell.text for cell in row.cells) for row in view.rows.list_model.rows]
    whole = "\n".join(texts)
    assert "Вид: отпуск" in whole
    assert "сокращённый" in whole
    assert "1\u202f234,56\u202f₽" in whole
    assert "60,50 %" in whole
    assert "Поступления, Звонки" in whole
    assert "member_id" not in whole
    assert "{" not in whole


# -- the frame


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("scale", [100, 150])
def test_every_side_is_shown_in_every_language_and_size(
    qtbot, page, window, theme, language, scale
):
    set_language(language)
    theme.set_scale(scale)
    window.resize(1100, 680)
    window.retranslate()
    fresh = window.page("settings")
    for key in fresh.view_names:
        view = shown(fresh, qtbot, key)
        assert view.width() <= fresh.width()


def test_a_restore_closes_swaps_and_opens_again(qtbot, theme, tmp_path):
    from ropdesk.store.workspace import create
    from ropdesk.ui.window_desk import Desk

    path = tmp_path / "отдел.ropdesk"
    made = create(path)
    settings.change(made, company="А")
    backups.make(made, "manual")
    settings.change(made, company="Б")
    made.close()
    desk = Desk(theme, None)
    qtbot.addWidget(desk.window)
    desk.window.show()
    desk.open(path, remember=False)
    desk.show_history()
    desk.window.show_page("settings", view="backups")
    view = desk.window.page("settings").view("backups")
    qtbot.waitUntil(lambda: view.table.list_model.rowCount() == 1)
    view.restoring.click()
    qtbot.waitUntil(lambda: desk.workspace is not None and not desk.runner.busy)
    assert settings.settings(desk.workspace).company == "А"
    assert desk.window.current_page.current_view == "backups"
    assert [b.why for b in backups.backups(path)] == ["restore", "manual"]
    desk.window.show_page("settings", view="general")
    fields = desk.window.page("settings").view("general").department.fields
    company = fields["company"]
    qtbot.waitUntil(lambda: company.text() == "А")
    rewrite(qtbot, company, "В")
    assert settings.settings(desk.workspace).company == "В"
    fields["sales_head"].setFocus()
    desk.window.undo.undo()
    qtbot.waitUntil(lambda: settings.settings(desk.workspace).company == "А")
    qtbot.waitUntil(lambda: company.text() == "А")
    desk.window.undo.redo()
    qtbot.waitUntil(lambda: company.text() == "В")
    desk.window.undo.undo()
    qtbot.waitUntil(lambda: company.text() == "А")
    desk.window.show_page("settings", view="backups")
    desk.registry["app.restore"].setData(str(tmp_path / "нет.ropdesk"))
    desk.registry.run("app.restore")
    qtbot.waitUntil(lambda: desk.workspace is not None and not desk.runner.busy)
    assert "нет" in desk.window.current_page._banner.text
    assert settings.settings(desk.workspace).company == "А"
    desk.close()
    QApplication.processEvents()
    assert path.is_file()
    assert i18n.language() == "ru"


def test_a_record_without_a_history_says_so(qtbot, page, ws, kim):
    from ropdesk.ui.settings.record_dialog import RecordDialog

    with_history = RecordDialog(ws, "member", kim, "Ким Дарья", page)
    assert with_history.table.list_model.rows
    with_history.close()
    dialog = RecordDialog(ws, "member", kim + 1, "Из учебного отдела", page)
    dialog.show()
    assert dialog.table.isHidden()
    assert dialog.primary.isHidden()
    assert "Изменений этой записи в истории нет." in [
        each.text() for each in dialog.findChildren(QLabel)
    ]
    dialog.close()


def test_the_settings_row_is_marked_while_its_page_is_shown(page, window):
    row = next(each for each in window.sidebar.findChildren(SideRow) if each.text() == "Настройки")
    assert row.isChecked()
    row.click()
    assert row.isChecked()
    window.sidebar.set_current("planning")
    assert not row.isChecked()
