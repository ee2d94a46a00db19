"""From a deviation to a cause, an action, a measurement and the paper, as a sales head goes."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ropdesk.services import history, investigation_rows, planning, reports, week
from ropdesk.services.week_view import week as week_of
from ropdesk.store import workspace
from ropdesk.ui import window_desk
from tests.exchange.shapes import AMO_2022
from tests.journeys.steps import TODAY, Person, amocrm
from tests.journeys.test_planning import made_rows
from tests.store.dumps import dump

MONTH = date(2026, 9, 1)
LATER = date(2026, 11, 9)
NOW = datetime(2026, 11, 9, 10, tzinfo=UTC)
Start = Callable[..., Person]


def test_from_a_deviation_to_what_proved_itself(
    start: Start, tmp_path: Path, monkeypatch
) -> None:  # fmt: skip
    path = tmp_path / "Отдел продаж.ropdesk"
    workspace.create(path).close()
    export = tmp_path / "amocrm_export_leads_2026-10-22.csv"
    export.write_text(amocrm(AMO_2022, made_rows()), encoding="utf-8")
    person = start(path)
    person.settle()
    person.import_file(export)
    for metric, value in (("receipts", 2_000_000_00), ("deals_won", 30), ("inquiries", 60)):
        planning.set_value(person.ws, MONTH, metric, value)
    began = dump(path)
    steps = len(history.entries(person.ws))

    # Why: the waterfall names the largest factor, and a button starts an investigation of it.
    person.show_planning("reasons", MONTH)
    factors = person.page.view("reasons").shown
    person.wait(lambda: factors.report is not None)
    split = factors.report.department.split
    assert sum(split.effect(factor) for factor in split.ranked) == split.deviation
    assert "Больше всего" in factors.sentence.text()
    person.press_button("Разобрать")
    person.settle()
    assert person.page.current_view == "investigations"

    # The case: a cause, a decision, an action, a day to measure again.
    sides = person.page.view("investigations")
    cases = sides.side("cases")
    card = cases.card
    (line,) = investigation_rows.cases(person.ws, TODAY)
    assert cases.chosen == line.id
    findings = card.findings
    findings.field.setFocus()
    QTest.keyClicks(findings.field, "Three offers instead of one")
    QTest.keyClick(findings.field, Qt.Key.Key_Return)
    person.settle()
    card.actions_made.add()
    dialog = card.actions_made.dialog
    dialog.title.setFocus()
    dialog.title.selectAll()
    QTest.keyClicks(dialog.title, "Send three offers")
    QTest.keyClick(dialog.title, Qt.Key.Key_Return)
    person.settle()
    for name, words in (("cause", "One offer only"), ("decision", "Three offers")):
        edit = card.decision.texts[name]
        edit.setFocus()
        QTest.keyClicks(edit, words)
        edit.commit()
    person.settle()
    card.decision.remeasure.chosen.emit(date(2026, 11, 6))
    person.settle()
    person.press_button("Решено: действуем")
    person.settle()
    case = investigation_rows.case(person.ws, line.id, TODAY)
    assert (case.cause, case.decision) == ("One offer only", "Three offers")
    assert case.remeasure_on == date(2026, 11, 6)

    # The action stands in the week, is done there, and the case knows it.
    person.show_planning("week", TODAY.replace(day=1))
    (action,) = week.of_investigation(person.ws, line.id)
    assert action.title == "Send three offers"
    shown = week_of(person.ws, action.week, TODAY)
    assert action.ref in {each.ref for each in shown.lines}
    week.finish(person.ws, action.ref, TODAY)
    person.settle()
    assert investigation_rows.case(person.ws, line.id, TODAY).actions[0].state == "done"

    # After the day: the program asks, the verdict is given, the finding joins the library.
    person.desk.window.close()
    monkeypatch.setattr(window_desk, "today", lambda: LATER)
    second = start(path)
    second.settle()
    second.desk.window.show_page("planning", view="investigations", side="cases", record=line.id)
    second.settle()
    assert [each.due for each in investigation_rows.cases(second.ws, LATER)] == [True]
    verdict = second.page.view("investigations").side("cases").card.verdict
    second.wait(verdict.giving.isVisible)
    verdict.choice.choose("helped")
    second.settle()
    for box in verdict.boxes.values():
        box.setChecked(True)
    QTest.mouseClick(verdict.giving, Qt.MouseButton.LeftButton)
    second.settle()
    second.page.go_to(view="investigations", side="library")
    second.settle()
    library = second.page.view("investigations").shown
    texts = [row.cells[0].text for row in library.table.list_model.rows]
    assert any("Three offers instead of one" in text for text in texts)

    # It is quoted in the month's report.
    pdf = reports.monthly_pdf(second.ws, date(2026, 11, 1), LATER, NOW)
    words = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "Three offers instead of one" in words

    # And all of it can be taken back, step by step.
    for _step in range(len(history.entries(second.ws)) - steps):
        history.undo(second.ws)
    assert _without_imports(dump(path)) == _without_imports(began)


def _without_imports(found):
    return {table: rows for table, rows in found.items() if table != "document"}
