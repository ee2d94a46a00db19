"""The promises as their user works with them."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QToolTip
from pytestqt.qtbot import QtBot

from ropdesk.domain.promises import Share, Verdict
from ropdesk.domain.team import Member
from ropdesk.i18n import set_language
from ropdesk.services import facts, history, meetings, promises, team
from ropdesk.services.facts import Entry
from ropdesk.services.meetings import NewMeeting
from ropdesk.services.promises import NewPromise, PromiseLine
from ropdesk.store.workspace import Workspace
from ropdesk.ui.meetings import promises_card as commands
from ropdesk.ui.meetings.promises import PromisesView
from ropdesk.ui.meetings.promises_chart import ShareChart
from ropdesk.ui.meetings.promises_filters import ALL, BROKEN, OPEN, OVERDUE
from ropdesk.ui.meetings.promises_forms import MoveForm, PromiseForm
from ropdesk.ui.meetings.promises_shares import HEAD, TOTAL
from ropdesk.ui.tables.cells import Cell
from ropdesk.ui.widgets.dialogs import ConfirmReason, Dialog
from ropdesk.ui.widgets.empty import EmptyState
from tests.services.raw import RawDeal, put_deals
from tests.ui.meetings.list_desk import TODAY, MeetingsDesk, opened
from tests.ui.test_frame_window import type_text
from tests.workspaces import empty_workspace

Key = Qt.Key
YESTERDAY, TOMORROW = TODAY - timedelta(1), TODAY + timedelta(1)
ANNA, BORIS = "Анна Белова", "Борис Котов"


@pytest.fixture(autouse=True)
def _russian() -> Iterator[None]:
    set_language("ru")
    yield
    set_language("ru")


class Promises:
    """The view of promises in the window."""

    def __init__(self, desk: MeetingsDesk) -> None:
        self.desk, self.ws = desk, desk.ws
        desk.page.show_view("promises")
        view = desk.page.view("promises")
        assert isinstance(view, PromisesView)
        self.view = view
        self.settle()

    def settle(self) -> None:
        """Wait until the view shows what is stored."""
        qtbot = self.desk.qtbot
        qtbot.wait(20)
        qtbot.waitUntil(lambda: not self.view.stale and not self.desk.context.runner.busy)
        qtbot.wait(20)

    def texts(self, column: str = "text") -> list[str]:
        """The texts of a column."""
        model = self.view.table.list_model
        at = model.column_of(column)
        return [row.cells[at].text for row in model.rows]

    def cell(self, key: int | str, column: str) -> Cell:
        """A cell of the list."""
        model = self.view.table.list_model
        return model.cell(model.row_of(key), model.column_of(column))

    def share(self, key: int | str, column: str) -> Cell:
        """A cell of the shares."""
        model = self.view.shares.table.list_model
        return model.cell(model.row_of(key), model.column_of(column))

    def press(self, key: Qt.Key) -> None:
        """Press a key in the list."""
        self.desk.press(self.view.table, key)
        self.settle()

    def show(self, state: str) -> None:
        """Choose which promises are listed."""
        self.view.filters.state.choose(state)
        self.settle()

    def choose(self, id_: int) -> None:
        """Go to a promise of the list."""
        self.view.table.go_to_cell(id_, "text")

    def line(self, id_: int) -> PromiseLine:
        """A promise as it stands."""
        with self.ws.read() as connection:
            return promises.line(connection, TODAY, id_)

    def dialog(self) -> Dialog:
        """The dialog in sight."""
        found = self.view.changes.dialog
        assert found is not None
        assert found.isVisible()
        return found

    def submit(self, dialog: Dialog) -> None:
        """Press the dialog's button."""
        dialog.primary.click()
        self.settle()


def promise(ws: Workspace, member: int | None, due: date, **values: Any) -> int:
    said: dict[str, Any] = {"text": "Отправить КП", "given": due - timedelta(2), **values}
    return promises.add(ws, NewPromise(due=due, member_id=member, first=due, **said))


@pytest.fixture
def ids() -> dict[str, int]:
    """Ids of people and promises by name."""
    return {}


@pytest.fixture
def at(tmp_path: Path, qtbot: QtBot, ids: dict[str, int]) -> Iterator[Promises]:
    """Promises of two members and the sales head: waiting, kept, broken, open."""
    ws = empty_workspace(tmp_path / "department.ropdesk")
    anna, boris = (team.add(ws, Member(0, name)) for name in (ANNA, BORIS))
    for day, value in ((YESTERDAY, 12), (TODAY, 3)):
        facts.enter(ws, day, [Entry(anna, "calls", value)])
    ids |= {
        "anna": anna,
        "boris": boris,
        "word": promise(ws, anna, YESTERDAY),
        "kept": promise(ws, anna, YESTERDAY, text="10 звонков", metric="calls", amount=10),
        "broken": promise(ws, boris, YESTERDAY, text="5 звонков", metric="calls", amount=5),
        "today": promise(ws, anna, TODAY, text="20 звонков", metric="calls", amount=20),
        "head": promise(ws, None, TOMORROW, text="Согласовать скидку"),
    }
    with opened(tmp_path, qtbot, ws) as desk:
        yield Promises(desk)


def test_the_list_says_how_each_promise_stands(at: Promises, ids: dict[str, int]) -> None:
    assert at.texts() == ["Отправить КП", "20 звонков", "Согласовать скидку"]
    assert at.texts("verdict") == ["ждёт вас", "сегодня", "открыто"]
    assert at.texts("due") == ["! вчера", "сегодня", "завтра"]
    assert at.texts("who") == [ANNA, ANNA, "РОП"]
    assert (at.cell(ids["today"], "amount").text, at.cell(ids["today"], "fact").text) == ("20", "3")
    counts = [button.text() for button in at.view.filters.state.findChildren(QAbstractButton)]
    assert counts == ["открытые 3", "просроченные 1", "не выполненные 1", "все 5"]
    at.show(BROKEN)
    assert at.texts() == ["5 звонков"]
    at.show(OVERDUE)
    assert at.texts() == ["Отправить КП"]
    at.show(ALL)
    assert at.texts()[0] == "Согласовать скидку"
    assert len(at.texts()) == 5


def test_one_person_is_chosen(at: Promises, ids: dict[str, int]) -> None:
    person = at.view.filters.people
    person.setCurrentIndex(person.findData(HEAD))
    person.activated.emit(person.currentIndex())
    assert at.texts() == ["Согласовать скидку"]
    person.setCurrentIndex(person.findData(ids["boris"]))
    person.activated.emit(person.currentIndex())
    assert at.texts() == []
    assert at.view.nothing.isVisible()
    assert not at.view.card.isVisible()
    at.show(ALL)
    assert at.texts() == ["5 звонков"]


def test_keys_judge_and_undo_takes_it_back(at: Promises, ids: dict[str, int]) -> None:
    at.choose(ids["word"])
    at.press(Key.Key_1)
    kept = at.line(ids["word"])
    assert (kept.verdict, kept.by_hand, kept.late) == (Verdict.KEPT, True, False)
    history.undo(at.ws)
    at.settle()
    for key, verdict, late in (
        (Key.Key_2, Verdict.PARTLY, False),
        (Key.Key_3, Verdict.BROKEN, False),
        (Key.Key_4, Verdict.KEPT, True),
    ):
        at.show(ALL)
        at.choose(ids["word"])
        at.press(key)
        judged = at.line(ids["word"])
        assert (judged.verdict, judged.late) == (verdict, late)
        at.choose(ids["word"])
        at.press(Key.Key_0)
        assert at.line(ids["word"]).verdict is Verdict.WAITING


def test_a_key_that_does_not_fit_does_nothing(at: Promises, ids: dict[str, int]) -> None:
    at.show(ALL)
    at.choose(ids["kept"])
    before = at.line(ids["kept"])
    for key in (Key.Key_1, Key.Key_0, Key.Key_F6):
        at.press(key)
    assert at.line(ids["kept"]) == before
    assert at.view.changes.dialog is None


def test_hand_wins_and_says_what_came_of_it(at: Promises, ids: dict[str, int]) -> None:
    at.show(ALL)
    at.choose(ids["broken"])
    assert set(at.view.card.buttons) >= {commands.KEPT, commands.LATE, commands.MOVE}
    assert not at.view.card.outcome_field.isVisible()
    at.view.card.buttons[commands.PARTLY].click()
    at.settle()
    outcome = at.view.card.outcome
    assert outcome.isVisible()
    outcome.setFocus()
    type_text(outcome, "Звонили с мобильного")
    QTest.keyClick(outcome, Key.Key_Return)
    at.settle()
    judged = at.line(ids["broken"])
    assert (judged.verdict, judged.result) == (Verdict.PARTLY, "Звонили с мобильного")
    assert set(at.view.card.buttons) == {commands.REOPEN, commands.CHANGE}


def test_a_promise_is_put_off_only_with_a_reason(at: Promises, ids: dict[str, int]) -> None:
    at.choose(ids["word"])
    at.press(Key.Key_F6)
    form = at.dialog()
    assert isinstance(form, MoveForm)
    at.submit(form)
    assert form.isVisible()
    assert "Причина" in form._fields["reason"].error
    form.reason.setText("болела")
    form.day.set_value(YESTERDAY)
    at.submit(form)
    assert "более поздний" in form._fields["due"].error
    form.day.set_value(TOMORROW)
    at.submit(form)
    moved = at.line(ids["word"])
    assert (moved.due, moved.moves, moved.verdict) == (TOMORROW, 1, Verdict.OPEN)
    assert at.cell(ids["word"], "moves").text == "1×"
    assert "«болела»" in at.view.card.moves.text()
    assert at.line(ids["word"]).original_due == YESTERDAY


def test_a_promise_is_dropped_with_a_reason(at: Promises, ids: dict[str, int]) -> None:
    at.choose(ids["today"])
    at.press(Key.Key_Delete)
    dialog = at.dialog()
    assert isinstance(dialog, ConfirmReason)
    at.submit(dialog)
    assert dialog.isVisible()
    dialog._line.setText("клиент закрылся")
    at.submit(dialog)
    assert at.line(ids["today"]).verdict is Verdict.DROPPED
    at.show(ALL)
    at.choose(ids["today"])
    assert at.view.card.outcome.text() == "клиент закрылся"
    at.view.card.buttons[commands.REOPEN].click()
    at.settle()
    assert at.line(ids["today"]).verdict is Verdict.OPEN


def test_a_promise_is_written_down_by_hand(at: Promises, ids: dict[str, int]) -> None:
    at.desk.press(at.view, Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = at.dialog()
    assert isinstance(form, PromiseForm)
    assert form.due.value == TOMORROW
    assert not form.amount.isEnabled()
    at.submit(form)
    assert "Не сказано, что обещано" in form._fields["text"].error
    type_text(form.text, "Поступления за неделю")
    form.who.setCurrentIndex(form.who.findData(ids["boris"]))
    form.metric_box.setCurrentIndex(form.metric_box.findData("receipts"))
    form.metric_box.activated.emit(form.metric_box.currentIndex())
    type_text(form.amount, "много")
    at.submit(form)
    assert "не число" in form._fields["amount"].error
    form.amount.setText("")
    at.submit(form)
    assert "Не сказано, сколько" in form._fields["amount"].error
    form.amount.setText("180 000,50")
    form.whole.setChecked(True)
    at.submit(form)
    with at.ws.read() as connection:
        (line,) = promises.lines(connection, TODAY, member_id=ids["boris"], open_only=True)
    assert (line.text, line.metric, line.amount) == ("Поступления за неделю", "receipts", 18000050)
    assert (line.given, line.first, line.due) == (TODAY, TODAY, TOMORROW)
    assert at.view.chosen == line


def test_a_promise_is_typed_in_one_line(at: Promises, ids: dict[str, int]) -> None:
    line = at.view.quick.line
    line.setFocus()
    type_text(line, "Белова завтра 20 звонков")
    QTest.keyClick(line, Key.Key_Return)
    at.settle()
    made = at.view.chosen
    assert made is not None
    assert (made.member_id, made.due, made.metric, made.amount) == (
        ids["anna"], TOMORROW, "calls", 20,
    )  # fmt: skip
    assert made.given == TODAY
    assert line.text() == ""


def test_a_promise_is_corrected(at: Promises, ids: dict[str, int]) -> None:
    at.choose(ids["today"])
    at.press(Key.Key_F2)
    form = at.dialog()
    assert isinstance(form, PromiseForm)
    assert (form.text.text(), form.amount.text()) == ("20 звонков", "20")
    form.due.set_value(TOMORROW)
    at.submit(form)
    assert "это перенос" in form._fields["due"].error
    form.due.set_value(TODAY)
    form.amount.setText("3")
    form.who.setCurrentIndex(form.who.findData(None))
    at.submit(form)
    changed = at.line(ids["today"])
    assert (changed.amount, changed.member_id, changed.verdict) == (3, None, Verdict.KEPT)


def test_enter_opens_a_row_and_the_fact_its_rows(at: Promises, ids: dict[str, int]) -> None:
    at.choose(ids["today"])
    at.press(Key.Key_Return)
    at.dialog().reject()
    at.view.table.go_to_cell(ids["today"], "fact")
    at.press(Key.Key_Return)
    assert at.view.behind is not None
    assert at.view.behind.parts == ("values",)
    at.view.behind.close()


def test_the_rows_behind_a_customers_payment_are_its_deals(
    at: Promises, ids: dict[str, int]
) -> None:
    put_deals(
        at.ws,
        [
            RawDeal(ANNA, created=YESTERDAY, closed=YESTERDAY, title="ООО «Вектор»"),
            RawDeal(ANNA, created=YESTERDAY, closed=YESTERDAY, title="Лада"),
        ],
    )
    paid = promise(
        at.ws, ids["anna"], YESTERDAY, text="Оплата", customer="Вектора", metric="receipts",
        amount=100_00,
    )  # fmt: skip
    at.settle()
    at.view.go_to(promise=paid)
    at.settle()
    assert at.view.chosen == at.line(paid)
    assert at.cell(paid, "text").secondary == " · Вектора"
    at.view.card.rows_link.click()
    assert at.view.behind is not None
    assert at.view.behind.parts == ("deals",)
    assert at.view.behind.tables["deals"].list_model.rowCount() == 1
    at.view.behind.close()


def test_promises_that_count_the_same_facts_say_so(at: Promises, ids: dict[str, int]) -> None:
    other = promise(at.ws, ids["anna"], TODAY, text="Ещё 5", metric="calls", amount=5)
    at.settle()
    assert at.cell(other, "fact").marked
    at.choose(other)
    assert "Эти же факты считает ещё 1 обещание." in at.view.card.notes.text()


def test_shares_say_their_sample_and_lead_to_the_list(at: Promises, ids: dict[str, int]) -> None:
    assert at.share(ids["boris"], "all").text == "0 из 1"
    assert at.share(ids["anna"], "2026-10-01").text == "1 из 1"
    assert at.share(ids["anna"], "2026-09-01").text == "–"
    assert "мало данных" in at.share(TOTAL, "all").tooltip
    for _n in range(4):
        made = promise(at.ws, ids["boris"], YESTERDAY)
        promises.judge(at.ws, made, Verdict.KEPT, YESTERDAY)
    at.settle()
    shown = at.share(ids["boris"], "all")
    assert (shown.text.replace("\u202f", ""), shown.secondary) == ("80%", " 4/5")
    at.view.shares.table.go_to_cell(ids["boris"], "all")
    at.desk.press(at.view.shares.table, Key.Key_Return)
    assert len(at.texts()) == 5
    assert at.view.filters.people.currentData() == ids["boris"]
    assert at.view.chart.chart.accessibleDescription().startswith("Октябрь 2026")


def test_the_chart_says_each_month_exactly(qtbot: QtBot) -> None:
    chart = ShareChart()
    qtbot.addWidget(chart)
    chart.resize(400, 170)
    chart.show_months([
        (date(2026, 8, 1), Share()), (date(2026, 9, 1), Share(kept=1)),
        (date(2026, 10, 1), Share(kept=4, broken=2, late=1, on_time=3)),
    ])  # fmt: skip
    chart.show()
    assert chart.words_at(0) == "Август 2026: оценённых нет"
    assert "1 из 1, мало данных" in chart.words_at(1)
    told = chart.words_at(2).replace("\u202f", "")
    assert told == "Октябрь 2026: 67%, 4 из 6 (в срок 3, с опозданием 1, не выполнено 2)"
    assert chart.words_at(3) == ""
    spot = QPoint(390, 80)
    chart.event(QHelpEvent(QHelpEvent.Type.ToolTip, spot, chart.mapToGlobal(spot)))
    assert QToolTip.text().startswith("Октябрь 2026")
    drawn = chart.grab().toImage()
    chart.show_months([(date(2026, 10, 1), Share())])
    assert chart.grab().toImage() != drawn
    QToolTip.hideText()


def test_an_older_open_promise_stays_in_sight(at: Promises, ids: dict[str, int]) -> None:
    old = promise(at.ws, ids["anna"], date(2025, 3, 3), text="Давнее")
    settled = promise(at.ws, ids["anna"], date(2025, 3, 3), text="Давно сделано")
    promises.judge(at.ws, settled, Verdict.KEPT, date(2025, 3, 3))
    at.settle()
    assert at.texts()[0] == "Давнее"
    at.show(ALL)
    assert "Давно сделано" not in at.texts()
    back = at.view.filters.back
    back.setCurrentIndex(back.findData(0))
    back.activated.emit(back.currentIndex())
    at.settle()
    assert "Давно сделано" in at.texts()
    assert at.line(old).overdue(TODAY)


def test_the_meeting_of_a_promise_is_a_click_away(at: Promises, ids: dict[str, int]) -> None:
    held = meetings.add(at.ws, NewMeeting(kind="director", day=TODAY))
    made = promise(at.ws, ids["anna"], TOMORROW, text="С собрания", meeting_id=held)
    at.settle()
    assert not at.view.card.meeting_link.isVisible()
    at.choose(made)
    at.view.card.meeting_link.click()
    assert at.desk.elsewhere[-1].where == [{"meeting": held}]


def test_the_page_leads_to_somebodys_promises(at: Promises, ids: dict[str, int]) -> None:
    at.desk.page.go_to(view="promises", member=ids["boris"])
    at.settle()
    assert at.texts() == ["5 звонков"]
    at.desk.page.go_to(view="promises", member=None, show=OPEN)
    at.settle()
    assert at.texts() == ["Согласовать скидку"]


def test_deleting_is_undone(at: Promises, ids: dict[str, int]) -> None:
    at.choose(ids["head"])
    at.view.card.buttons[commands.REMOVE].click()
    at.settle()
    assert "Согласовать скидку" not in at.texts()
    history.undo(at.ws)
    at.settle()
    assert "Согласовать скидку" in at.texts()


def test_what_is_gone_meanwhile_is_said(at: Promises, ids: dict[str, int]) -> None:
    at.choose(ids["head"])
    at.view.begin_edit()  # as while somebody types: the list is a step behind
    promises.remove(at.ws, ids["head"])
    at.view.run(commands.BROKEN)
    assert "больше нет" in at.desk.error()
    at.view.end_edit()
    at.settle()


def test_an_empty_workspace_offers_the_first_promise(tmp_path: Path, qtbot: QtBot) -> None:
    with opened(tmp_path, qtbot) as desk:
        here = Promises(desk)
        empty = here.view._stack.currentWidget()
        assert isinstance(empty, EmptyState)
        empty.primary.click()
        form = here.dialog()
        assert isinstance(form, PromiseForm)
        assert form.who.currentData() is None
        form.text.setText("Собрать отдел")
        here.submit(form)
        assert here.texts() == ["Собрать отдел"]


def test_long_names_and_many_members_fit(tmp_path: Path, qtbot: QtBot) -> None:
    ws = empty_workspace(tmp_path / "department.ropdesk")
    for number in range(60):
        member = team.add(ws, Member(0, f"Константинопольская-Преображенская Е. {number:02}"))
        promise(ws, member, TOMORROW, text="Очень длинное обещание со всеми подробностями " * 5)
        done = promise(ws, member, YESTERDAY)
        promises.judge(ws, done, Verdict.KEPT, YESTERDAY)
    with opened(tmp_path, qtbot, ws) as desk:
        here = Promises(desk)
        desk.window.resize(1100, 680)
        here.settle()
        assert len(here.texts()) == 60
        for table in (here.view.table, here.view.shares.table):
            assert table.horizontalScrollBar().maximum() == 0
        assert desk.window.width() == 1100
