"""The week as a whole: the form, the lists beside the grid, goals, weeks, paper, calendar."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ropdesk import i18n
from ropdesk.domain.team import Member
from ropdesk.domain.week import State
from ropdesk.services import (
    documents,
    facts,
    history,
    investigations,
    planning,
    team,
    week,
    week_series,
)
from ropdesk.services.facts import Entry
from ropdesk.services.week import NewAction, Occurrence
from ropdesk.services.week_series import Repeat
from ropdesk.store.workspace import Workspace
from ropdesk.ui.planning.week import output
from ropdesk.ui.planning.week.view import EVERYBODY
from ropdesk.ui.reports.paper_dialog import PaperDialog
from tests.ui.planning_week.conftest import (
    FRI,
    MON,
    NINE,
    TEN,
    TODAY,
    TUE,
    WED,
    WeekDesk,
    open_week,
)

Key = Qt.Key
NEXT = MON + timedelta(7)


def choose_owner(at: WeekDesk, name: str) -> None:
    """Choose an owner as the person does."""
    at.view.owner.setCurrentIndex(at.view.owner.findText(name))
    at.view.owner.activated.emit(at.view.owner.currentIndex())


# -- beside the grid


def test_what_earlier_weeks_left_is_carried_over(at: WeekDesk) -> None:
    first, second = (at.add(title=t, week=MON - timedelta(7)) for t in ("a", "b"))
    cards = at.view.aside.left
    assert [box.line.title for box in cards.boxes()] == ["a", "b"]
    at.press(first, Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert (at.line(first).week, at.line(first).carried) == (MON, 1)
    assert "перенесено 1 раз" in at.box(first).accessibleName()
    history.undo(at.ws)
    at.settle()
    before = len(history.entries(at.ws))
    QTest.mouseClick(cards.link, Qt.MouseButton.LeftButton)
    at.settle()
    assert len(history.entries(at.ws)) == before
    assert {at.line(ref).week for ref in (first, second)} == {MON}
    assert cards.boxes() == []
    assert cards.link.isHidden()


def test_what_was_left_is_carried_over_by_its_form(at: WeekDesk) -> None:
    ref = at.add(week=MON - timedelta(7), day=MON - timedelta(6), start=NINE)
    at.press(ref, Key.Key_Return)
    form = at.form()
    assert form.day.currentData() is None
    form.reject()
    assert at.line(ref).carried == 0
    at.press(ref, Key.Key_Return)
    form = at.form()
    form.day.setCurrentIndex(form.day.findData(FRI.isoformat()))
    form.try_submit()
    at.settle()
    assert (at.line(ref).week, at.line(ref).day, at.line(ref).carried) == (MON, FRI, 1)
    history.undo(at.ws)
    at.settle()
    assert at.line(ref).carried == 0


def test_an_action_leads_to_its_investigation(at: WeekDesk) -> None:
    case = investigations.start(
        at.ws,
        investigations.NewInvestigation(
            question="Почему?", metric="calls", first=MON, last=FRI, opened=TODAY
        ),
    )
    ref = at.add(day=FRI, investigation_id=case)
    at.view.open_menu(ref, QPoint(5, 5))
    menu = at.view.menu
    assert menu is not None
    next(a for a in menu.actions() if a.text() == "Открыть разбор").trigger()
    menu.close()
    assert at.desk.page.current_view == "investigations"


def test_the_chip_counts_what_is_done_and_late(at: WeekDesk) -> None:
    assert at.view.done.text == "действий нет"
    refs = [at.add(day=WED), at.add(day=FRI)]
    assert at.view.done.text == "сделано 0 из 2 · просрочено 1"
    for ref in refs:
        at.press(ref, Key.Key_Space)
    assert at.view.done.text == "сделано 2 из 2"


def test_nothing_is_put_off_into_the_past(at: WeekDesk) -> None:
    ref = at.add(week=MON - timedelta(14), day=MON - timedelta(14))
    at.view.go_to(record=ref)
    at.settle()
    assert at.view.switcher.week == MON - timedelta(14)
    assert at.view.aside.left.boxes() == []
    at.press(ref, Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    at.view.switcher.this_week()
    at.settle()
    assert at.line(ref).week == MON


def test_what_was_left_is_dragged_into_the_week_in_one_step(at: WeekDesk) -> None:
    ref = at.add(week=MON - timedelta(7), day=MON - timedelta(7), start=NINE)
    grid = at.view.grid
    there = QPoint(grid.rect_of(FRI, TEN, 15).center().x(), grid.measures().y(TEN))
    at.drag(at.box(ref), QPoint(9, 5), grid, there)
    assert (at.line(ref).week, at.line(ref).day, at.line(ref).carried) == (MON, FRI, 1)
    history.undo(at.ws)
    at.settle()
    assert at.line(ref).week == MON - timedelta(7)


def test_carried_on_to_the_next_week(at: WeekDesk) -> None:
    ref = at.add(day=FRI)
    at.press(ref, Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert at.view.week.lines == ()
    at.view.grid.setFocus()
    QTest.keyClick(at.view.grid, Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    at.settle()
    assert at.view.switcher.week == NEXT
    assert (at.line(ref).week, at.line(ref).carried) == (NEXT, 1)


def test_everything_waiting_is_arranged_at_once(at: WeekDesk) -> None:
    refs = [at.add(title=str(n), minutes=60) for n in range(3)]
    before = len(history.entries(at.ws))
    QTest.mouseClick(at.view.aside.waiting.link, Qt.MouseButton.LeftButton)
    at.settle()
    assert [at.line(r).start for r in refs] == [540, 600, 660]
    assert len(history.entries(at.ws)) == before + 1
    huge = at.add(minutes=600)
    QTest.mouseClick(at.view.aside.waiting.link, Qt.MouseButton.LeftButton)
    at.settle()
    assert at.line(huge).day is None


def test_the_menu_offers_what_can_be_done(at: WeekDesk) -> None:
    ref = at.add(day=FRI, start=NINE)

    def texts() -> list[str]:
        at.view.open_menu(ref, QPoint(10, 10))
        menu = at.view.menu
        assert menu is not None
        found = [action.text().split("\t")[0] for action in menu.actions()]
        menu.close()
        return found

    assert texts() == [
        "Изменить…", "Сделано", "Снять…", "Убрать с сетки", "Перенести на следующую неделю",
        "Удалить",
    ]  # fmt: skip
    week.finish(at.ws, ref, FRI)
    at.settle()
    assert texts() == ["Изменить…", "Вернуть в план", "Удалить"]
    at.view.open_menu(ref, QPoint(10, 10))
    menu = at.view.menu
    assert menu is not None
    menu.actions()[1].trigger()
    menu.close()
    at.settle()
    assert at.line(ref).state is State.PLANNED
    at.view.changes.run(ref, "off")
    at.settle()
    assert at.line(ref).day is None


def test_a_recurring_action_is_ended_from_the_menu(at: WeekDesk) -> None:
    series = week_series.add_series(
        at.ws, NewAction(title="Планёрка", week=MON), Repeat((0, 1, 2), MON)
    )
    at.settle()
    at.view.changes.run(Occurrence(series, TUE), "end")
    at.settle()
    assert [x.day for x in at.view.week.lines] == [MON]
    at.view.changes.run(Occurrence(series, MON), "carry")
    assert "повторяется" in at.error()


def test_the_effect_is_told_in_words(at: WeekDesk) -> None:
    boris = next(m.id for m in team.team(at.ws).members.values() if m.name == "Борис")
    for day, calls in ((date(2026, 10, 6), 40), (date(2026, 10, 13), 52)):
        facts.enter(at.ws, day, [Entry(boris, "calls", calls)])
    ref = at.add(title="Скрипт", week=date(2026, 10, 7), day=date(2026, 10, 7), member_id=boris,
                 metric="calls", expected=10)  # fmt: skip
    week.finish(at.ws, ref, date(2026, 10, 7))
    at.view.go_to(record=ref)
    at.settle()
    assert at.view.aside.effect_text == ("<b>Скрипт</b><br>Звонки: 40 → 52 (+12), ждали +10: есть")
    assert "40 → 52" in at.box(ref).accessibleName()
    assert at.desk.window.focusWidget() is at.box(ref)


# -- goals, weeks, owners


def test_goals_of_the_department_and_of_a_member(at: WeekDesk) -> None:
    assert at.view.goals.tiles == []
    planning.set_value(at.ws, date(2026, 10, 1), "calls", 4400)
    planning.distribute(at.ws, date(2026, 10, 1), by="equal")
    boris = next(m.id for m in team.team(at.ws).members.values() if m.name == "Борис")
    facts.enter(at.ws, TUE, [Entry(boris, "calls", 100)])
    at.settle()
    tile = at.view.goals.tiles[0]
    whole = tile.accessibleName()
    assert "Звонки: 100" in whole
    choose_owner(at, "Борис")
    assert at.view.goals.tiles[0].accessibleName() != whole
    choose_owner(at, "Анна")
    assert "Звонки: 0" in at.view.goals.tiles[0].accessibleName()


def test_a_week_before_it_begins_shows_its_goals(at: WeekDesk) -> None:
    planning.set_value(at.ws, date(2026, 10, 1), "calls", 4400)
    planning.distribute(at.ws, date(2026, 10, 1), by="equal")
    at.view.switcher.following()
    at.settle()
    tile = at.view.goals.tiles[0]
    goal = week.week(at.ws, NEXT, TODAY).goals.of(None)["calls"].plan
    assert goal
    assert tile._value == i18n.integer(int(goal))
    assert tile.accessibleName() == f"Звонки: —, цель недели {i18n.integer(int(goal))}"


def test_only_the_chosen_owners_actions(at: WeekDesk) -> None:
    boris = next(m.id for m in team.team(at.ws).members.values() if m.name == "Борис")
    mine, his = at.add(day=FRI), at.add(day=FRI, member_id=boris)
    at.add(week=MON - timedelta(7))
    choose_owner(at, "Борис")
    assert at.view.grid.box(mine) is None
    assert at.view.grid.box(his) is not None
    assert at.view.aside.left.boxes() == []
    at.add(day=FRI, title="Новое", member_id=boris)
    assert at.view.owner.currentText() == "Борис"
    choose_owner(at, "РОП")
    assert at.view.grid.box(mine) is not None
    assert at.view.grid.box(his) is None
    at.view.new_action()
    assert at.form().owner.currentData() is None
    at.form().reject()
    at.view.owner.setCurrentIndex(at.view.owner.findData(EVERYBODY))


def test_the_month_leads_to_its_week_and_weeks_go_their_own_way(at: WeekDesk) -> None:
    assert at.view.switcher.week == MON
    at.desk.page.next_month()
    at.settle()
    assert at.view.switcher.week == date(2026, 10, 26)  # the week 1 November lies in
    at.view.switcher.following()
    at.settle()
    assert at.view.week.monday == date(2026, 11, 2)
    assert at.desk.page.month == date(2026, 11, 1)
    QTest.mouseClick(at.view.switcher.now, Qt.MouseButton.LeftButton)
    at.settle()
    assert at.view.week.monday == MON
    assert not at.view.switcher.now.isEnabled()


def test_the_focus_is_kept_as_soon_as_it_is_written(at: WeekDesk) -> None:
    at.view.focus_text.setFocus()
    at.view.focus_text.setText("Дожать счета")
    QTest.keyClick(at.view.focus_text, Key.Key_Return)
    at.settle()
    assert week.week(at.ws, MON, TODAY).focus == "Дожать счета"
    history.undo(at.ws)
    at.settle()
    assert week.week(at.ws, MON, TODAY).focus == ""
    at.view.focus_text.clearFocus()
    at.view.refresh()
    assert at.view.focus_text.text() == ""


def test_a_letter_typed_into_a_field_stays_there(at: WeekDesk) -> None:
    at.view.focus_text.setFocus()
    QTest.keyClick(at.view.focus_text, Key.Key_N)
    assert at.view.changes.dialog is None
    assert at.view.focus_text.text().lower() == "n"
    at.view.focus_text.clear()


def test_the_palette_knows_the_week(at: WeekDesk) -> None:
    at.desk.context.registry.run("planning.week_new")
    at.form().reject()
    words = {entry.text for entry in at.desk.context.registry}
    assert "New action of the week" in words
    keys = {shortcut.key().toString() for shortcut in at.view.findChildren(QShortcut)}
    assert QKeySequence("Ctrl+N").toString() in keys


# -- paper and calendar


def test_the_page_is_shown_and_issued(at: WeekDesk, tmp_path: Path) -> None:
    at.add(title="Разбор", day=FRI)
    assert at.view.print_paper()
    dialog = at.view.findChild(PaperDialog)
    at.qtbot.waitUntil(lambda: dialog.paper is not None, timeout=20_000)
    assert dialog.windowTitle() == "План недели 19.10–25.10.2026"
    dialog.output.save_to(tmp_path / "week.pdf")
    assert [d.kind for d in documents.issued(at.ws)] == ["week_plan"]
    dialog.close()


def test_the_calendar_is_saved(at: WeekDesk, tmp_path: Path) -> None:
    at.add(title="Разбор", day=FRI, start=NINE)
    output.save_to(at.desk.context, at.view, MON, tmp_path / "week")
    assert "SUMMARY:Разбор" in (tmp_path / "week.ics").read_text("utf-8")
    output.save_to(at.desk.context, at.view, MON, tmp_path / "week.ics" / "week.ics")
    assert "не записать" in at.error()


# -- extremes


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("dark", [False, True])
def test_sixty_people_with_long_names(
    ws: Workspace, qtbot: QtBot, language: str, dark: bool
) -> None:
    i18n.set_language(language)
    ids = [team.add(ws, Member(0, f"Константинопольский-Александров Пётр {n}")) for n in range(60)]
    week.add(ws, [
        NewAction(title=f"Действие {n}", week=MON, day=WED, start=NINE + n, member_id=id_)
        for n, id_ in enumerate(ids)
    ])  # fmt: skip
    at = open_week(ws, qtbot)
    at.desk.context.theme.set_theme("dark" if dark else "light")
    at.desk.window.resize(1100, 680)
    qtbot.wait(30)
    assert at.view.owner.count() == 64
    assert len(at.view.grid.boxes()) == 60
    assert all(box.width() > 0 for box in at.view.grid.boxes())
    assert not at.desk.window.grab().isNull()
    at.desk.context.theme.set_theme("light")
    at.desk.context.runner.close()
    at.desk.window.hide()


def test_a_workspace_with_nothing_says_what_to_do(empty: WeekDesk) -> None:
    assert empty.view.goals.tiles == []
    assert "из плана месяца" in empty.view.goals._nothing.text()
    assert empty.view.week.lines == ()
    assert [b.text() for b in empty.desk.page.findChildren(QPushButton) if b.isVisible()].count(
        "Новое действие"
    )


@pytest.fixture
def empty(tmp_path: Path, qtbot: QtBot):
    from ropdesk.store import workspace

    opened = workspace.create(tmp_path / "empty.ropdesk")
    made = open_week(opened, qtbot)
    yield made
    made.desk.context.runner.close()
    made.desk.window.hide()
    QApplication.processEvents()
    opened.close()
