"""Investigations as a person works on them: keys, clicks, what is kept."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ropdesk.domain.investigations import State, Verdict
from ropdesk.domain.team import Member
from ropdesk.services import history, investigations, practices, tasks, team, week
from ropdesk.services.investigations import NewInvestigation
from ropdesk.services.week import NewAction
from ropdesk.ui.planning.investigations.cases import CasesSide
from tests.ui.planning.conftest import open_desk

TODAY = date(2026, 10, 22)
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 5)
LONG = "Константинопольский-Задунайский Аполлинарий"


def begin(ws, question="Почему конверсия?", **other):
    values = {"metric": "conversion", "first": FIRST, "last": LAST, "opened": TODAY}
    return investigations.start(ws, NewInvestigation(question=question, **{**values, **other}))


def acting(ws, **other):
    case = begin(ws, **{"last": date(2026, 10, 2), **other})
    investigations.decide(ws, case, "Долго", "Звонить сразу", TODAY, date(2026, 10, 2))
    return case


def get(ws, case):
    return investigations.case(ws, case, TODAY)


def show(desk, record=None):
    where = {"record": record} if record else {}
    desk.page.go_to(view="investigations", side="cases", **where)
    desk.settle()
    side = desk.page.view("investigations").shown
    assert isinstance(side, CasesSide)
    return side


def press(qtbot, widget):
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_Space)


def type_into(qtbot, edit, words):
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, words)
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_an_empty_place_says_what_it_is_for_and_begins(qtbot, empty_ws):
    desk = open_desk(empty_ws, qtbot)
    side = show(desk)
    assert "факты" in side._empty.accessibleName().lower()
    assert not side.printing.isEnabled()
    qtbot.keyClick(side, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = side.dialog
    qtbot.keyClick(dialog.question, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "вопрос" in dialog.fields["question"].error
    qtbot.keyClicks(dialog.question, "Pochemu?")
    qtbot.keyClick(dialog.question, Qt.Key.Key_Return)
    desk.settle()
    (line,) = investigations.cases(empty_ws, TODAY)
    assert (line.question, line.metric, line.first) == ("Pochemu?", "conversion", FIRST)
    assert side.card.isVisible()
    assert side.printing.isEnabled()
    history.undo(empty_ws)
    desk.settle()
    assert side._empty.isVisible()
    desk.context.runner.close()
    desk.window.hide()


def test_fields_are_kept_when_they_are_left(desk, qtbot):
    case = begin(desk.ws)
    side = show(desk, case)
    fields = side.card.fields
    fields.question.setFocus()
    fields.question.selectAll()
    qtbot.keyClicks(fields.question, "Drugoy vopros")
    qtbot.keyClick(fields.question, Qt.Key.Key_Return)
    desk.settle()
    assert get(desk.ws, case).question == "Drugoy vopros"
    assert side.table.list_model.items[0].question == "Drugoy vopros"
    fields.question.selectAll()
    qtbot.keyClick(fields.question, Qt.Key.Key_Delete)
    qtbot.keyClick(fields.question, Qt.Key.Key_Return)
    assert "вопрос" in fields.fields["question"].error
    assert get(desk.ws, case).question == "Drugoy vopros"
    fields.metric_choice.setFocus()
    fields.metric_choice.setCurrentIndex(fields.metric_choice.findData("receipts"))
    fields.metric_choice.activated.emit(fields.metric_choice.currentIndex())
    desk.settle()
    assert get(desk.ws, case).metric == "receipts"
    fields.last.setFocus()
    fields.last.set_value(date(2026, 9, 1))
    qtbot.keyClick(fields.last, Qt.Key.Key_Return)
    assert fields.fields["period"].error
    fields.last.set_value(date(2026, 10, 6))
    qtbot.keyClick(fields.last, Qt.Key.Key_Return)
    desk.settle()
    assert get(desk.ws, case).last == date(2026, 10, 6)
    assert not fields.fields["period"].error


def test_people_are_ticked_in_a_list(desk, qtbot):
    case = begin(desk.ws)
    side = show(desk, case)
    button = side.card.fields.people
    assert button.text() == "отдел"
    press(qtbot, button)
    popup = button.popup
    first = next(iter(popup.boxes.values()))
    qtbot.keyClick(first, Qt.Key.Key_Space)
    popup.close()
    desk.settle()
    assert len(get(desk.ws, case).member_ids) == 1
    assert button.text() == get(desk.ws, case).members[0]
    press(qtbot, button)
    press(qtbot, button.popup.every)
    desk.settle()
    assert get(desk.ws, case).member_ids == ()


def test_facts_come_by_themselves_and_follow_the_period(desk, qtbot):
    case = begin(desk.ws, metric="receipts")
    side = show(desk, case)
    shown = side.card.facts
    assert shown.facts.case.id == case
    numbers = shown.tables["numbers"].list_model.shown
    assert numbers[0].cells[0].text == "Факт"
    assert numbers[0].cells[2].text == "900,0"
    for part in ("people", "deals", "events", "numbers"):
        shown.choice.choose(part)
        assert shown.choice.current == part
    investigations.change(desk.ws, case, last=date(2026, 10, 1))
    desk.settle()
    assert shown.tables["numbers"].list_model.shown[0].cells[2].text == "300,0"
    assert shown.chart.accessibleName().startswith("Поступления")


def test_findings_are_typed_signed_and_removed_in_place(desk, qtbot):
    case = begin(desk.ws)
    side = show(desk, case)
    found = side.card.findings
    qtbot.keyClick(found.field, Qt.Key.Key_Return)
    assert found.error.isVisible()
    found.field.setFocus()
    qtbot.keyClicks(found.field, "Zvonit utrom")
    qtbot.keyClick(found.field, Qt.Key.Key_Return)
    desk.settle()
    (one,) = get(desk.ws, case).findings
    assert (one.text, one.successful) == ("Zvonit utrom", True)
    table = found.table
    table.setFocus()
    table.go_to_cell(one.id, "kind")
    qtbot.keyClick(table, Qt.Key.Key_Return)
    desk.settle()
    assert not get(desk.ws, case).findings[0].successful
    table.go_to_cell(one.id, "proven")
    qtbot.keyClick(table, Qt.Key.Key_Return)
    desk.settle()
    assert get(desk.ws, case).findings[0].proven
    table.go_to_cell(one.id, "who")
    qtbot.keyClick(table, Qt.Key.Key_Return)
    found.menu.actions()[1].trigger()
    found.menu.close()
    desk.settle()
    assert get(desk.ws, case).findings[0].member
    table.go_to_cell(one.id, "text")
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    desk.settle()
    assert get(desk.ws, case).findings == ()
    history.undo(desk.ws)
    desk.settle()
    assert table.list_model.rowCount() == 1


def test_a_decision_says_what_is_missing_beside_its_field(desk, qtbot):
    case = begin(desk.ws)
    side = show(desk, case)
    decision = side.card.decision
    press(qtbot, decision.deciding)
    assert decision.fields["cause"].error
    type_into(qtbot, decision.texts["cause"], "Dolgo otvechaem")
    type_into(qtbot, decision.texts["decision"], "Zvonit v den zayavki")
    assert get(desk.ws, case).cause == "Dolgo otvechaem"
    press(qtbot, decision.deciding)
    assert decision.fields["remeasure_on"].error
    decision.remeasure.chosen.emit(date(2026, 11, 5))
    desk.settle()
    press(qtbot, decision.deciding)
    desk.settle()
    kept = get(desk.ws, case)
    assert (kept.state, kept.remeasure_on) == (State.ACTING, date(2026, 11, 5))
    assert (kept.decided_on, kept.decision) == (TODAY, "Zvonit v den zayavki")
    assert not decision.deciding.isVisible()
    assert side.card.state.text == "замер 05.11"


def test_words_not_yet_left_are_kept_when_another_case_is_chosen(desk, qtbot):
    one = begin(desk.ws)
    two = begin(desk.ws, "Второй")
    side = show(desk, one)
    edit = side.card.decision.texts["notes"]
    edit.setFocus()
    qtbot.keyClicks(edit, "Poslushal")
    side.table.setFocus()
    qtbot.keyClick(side.table, Qt.Key.Key_Up)
    desk.settle()
    assert side.chosen == two
    assert get(desk.ws, one).notes == "Poslushal"
    assert get(desk.ws, two).notes == ""
    assert edit.toPlainText() == ""


def test_an_action_goes_into_the_week(desk, qtbot):
    case = acting(desk.ws)
    side = show(desk, case)
    made = side.card.actions_made
    press(qtbot, made.adding)
    assert made.dialog.title.text() == "Звонить сразу"
    made.dialog.title.clear()
    qtbot.keyClick(made.dialog.title, Qt.Key.Key_Return)
    assert made.dialog.isVisible()
    qtbot.keyClicks(made.dialog.title, "Zvonit")
    qtbot.keyClick(made.dialog.title, Qt.Key.Key_Return)
    desk.settle()
    (action,) = week.of_investigation(desk.ws, case)
    assert (action.title, action.metric) == ("Zvonit", "conversion")
    assert made.table.list_model.shown[0].cells[0].text == "Zvonit"
    assert made.table.list_model.shown[0].cells[3].text == "запланировано"


def test_a_task_comes_from_a_case_and_stands_among_its_actions(desk, qtbot):
    case = acting(desk.ws)
    side = show(desk, case)
    made = side.card.actions_made
    press(qtbot, made.making)
    form = made.task_dialog
    qtbot.keyClicks(form.title, "Zvonit")
    form.due.line.setText("27.10")
    qtbot.keyClick(form.title, Qt.Key.Key_Return)
    desk.settle()
    with desk.ws.read() as connection:
        (task,) = tasks.of_origin(connection, "investigation", case)
    assert (task.title, task.due) == ("Zvonit", date(2026, 10, 27))
    shown = made.table.list_model.shown[-1]
    assert [cell.text for cell in shown.cells] == ["Zvonit", "РОП", "27.10", "задача"]
    tasks.finish(desk.ws, task.ref, TODAY)
    desk.settle()
    assert made.table.list_model.shown[-1].cells[3].text == "сделано"
    tasks.reopen(desk.ws, task.ref)
    tasks.drop(desk.ws, task.ref, "не нужно", TODAY)
    desk.settle()
    assert made.table.list_model.shown[-1].cells[3].text == "отменено"


def test_on_its_day_it_asks_for_a_verdict_and_fills_the_library(desk, qtbot):
    case = acting(desk.ws, metric="receipts")
    good = practices.add_finding(desk.ws, case, "Звонит сразу", TODAY)
    practices.add_finding(desk.ws, case, "Пишет письма", TODAY, successful=False)
    side = show(desk, case)
    asked = side.card.verdict
    assert side.card.state.text == "пора замерить"
    assert asked.before.view.value == "300,0\u202fт₽"
    assert set(asked.boxes) == {good, 0}
    assert asked.boxes[good].isChecked()
    asked.choice.choose(Verdict.NOT_HELPED)
    assert asked.boxes == {}
    asked.choice.choose(Verdict.HELPED)
    type_into(qtbot, asked.text, "Luchshe")
    press(qtbot, asked.giving)
    desk.settle()
    kept = get(desk.ws, case)
    assert (kept.verdict, kept.verdict_text) == (Verdict.HELPED, "Luchshe")
    assert [p.id for p in investigations.library(desk.ws)] == [good]
    assert not asked.giving.isVisible()
    assert "Luchshe" in asked.sentence.text()
    assert not side.card.fields.metric_choice.isEnabled()
    press(qtbot, side.card.reopening)
    desk.settle()
    assert get(desk.ws, case).state is State.ACTING
    assert asked.giving.isVisible()


def test_the_list_is_filtered_and_says_how_many(desk, qtbot):
    one, two = begin(desk.ws), acting(desk.ws, question="Второй")
    side = show(desk)
    assert side.chosen == two
    assert [item.id for item in side.table.list_model.items] == [two, one]
    side.state.choose(State.OPEN.value)
    assert [item.id for item in side.table.list_model.items] == [one]
    assert side.chosen == one
    side.state.choose(State.CLOSED.value)
    assert side.chosen is None
    assert not side.card.isVisible()
    desk.page.go_to(view="investigations", side="cases", record=two)
    desk.settle()
    assert (side.chosen, side.state.current) == (two, "all")


def test_a_case_is_removed_and_brought_back(desk, qtbot):
    case = begin(desk.ws)
    side = show(desk, case)
    press(qtbot, side.card.removing)
    desk.settle()
    assert investigations.cases(desk.ws, TODAY) == []
    assert side._empty.isVisible()
    history.undo(desk.ws)
    desk.settle()
    assert side.card.isVisible()


def test_it_is_printed_from_the_window(desk, qtbot):
    case = begin(desk.ws)
    side = show(desk, case)
    press(qtbot, side.printing)
    dialog = side.card.paper_dialog
    qtbot.waitUntil(lambda: dialog.paper is not None, timeout=20_000)
    assert dialog.paper.title == f"Разбор № {case}"
    assert dialog.paper.pdf.startswith(b"%PDF")
    dialog.close()


@pytest.mark.parametrize("size", [(1366, 768), (1100, 680)])
@pytest.mark.parametrize("scale", [100, 150])
def test_long_names_and_many_people_fit(desk, qtbot, size, scale):
    ids = [
        team.add(desk.ws, Member(0, f"{LONG} {number}", hired=date(2025, 1, 1)))
        for number in range(60)
    ]
    case = begin(desk.ws, question="Почему " + "очень " * 30, members=tuple(ids), metric="receipts")
    practices.add_finding(desk.ws, case, "Долго " * 80, TODAY, member_id=ids[0])
    week.add(desk.ws, [NewAction(title="Звонить " * 20, week=TODAY, investigation_id=case,
                                 member_id=ids[1])])  # fmt: skip
    investigations.decide(desk.ws, case, "Долго " * 100, "Звонить " * 100, TODAY, LAST)
    desk.context.theme.set_scale(scale)
    try:
        desk.window.resize(*size)
        side = show(desk, case)
        card = side.card
        inner = card._scroll.widget()
        assert inner.width() <= card._scroll.viewport().width()
        for label in inner.findChildren(QLabel):
            if label.isVisible() and label.text() and not label.wordWrap():
                assert label.x() + label.width() <= label.parentWidget().width() + 1
        press(qtbot, card.fields.people)
        assert card.fields.people.popup.width() < size[0]
        card.fields.people.popup.close()
    finally:
        desk.context.theme.set_scale(100)


def test_the_palette_begins_a_case_and_finds_what_worked(desk, qtbot):
    begin(desk.ws)
    show(desk)
    desk.page.go_to(view="board")
    desk.context.registry.run("planning.investigation_new")
    desk.settle()
    view = desk.page.view("investigations")
    assert desk.page.current_view == "investigations"
    assert view.shown.dialog.isVisible()
    view.shown.dialog.close()
    desk.settle()
    practices.add_finding(desk.ws, None, "Звонит", TODAY, metric="calls", proven=True)
    desk.context.registry.run("planning.library")
    desk.settle()
    assert view.choice.current == "library"
    assert desk.window.focusWidget() is view.shown.search
