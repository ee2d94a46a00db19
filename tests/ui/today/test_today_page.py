"""The day's page as a sales head meets it in the morning."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ropdesk.domain.promises import Verdict
from ropdesk.i18n import set_language
from ropdesk.services import facts, meetings, promises, tasks
from ropdesk.services.facts import Entry
from ropdesk.ui.roles import State
from tests.ui.conftest import TODAY
from tests.ui.today.conftest import ROUBLES

SPACE, ENTER, DOWN = Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Down


def texts(page):
    return [view.text for view in page.due.list.views]


def test_an_empty_workspace_says_what_the_page_is_for(show, navigated):
    page = show()
    assert page.title == "Четверг, 22 октября"
    assert "Здесь начинается день" in page.empty.accessibleName()
    page.empty.primary.click()
    assert navigated[-1][0] == "imports"


def test_the_cards_say_yesterday_today_the_month_and_the_chance(show, full):
    page = show()
    yesterday, need, month, chance = (card.view for card in page.numbers.cards)
    assert yesterday.name == "Вчера, поступления"
    assert "90" in yesterday.value
    assert yesterday.aside.endswith("% плана дня")
    assert yesterday.note.endswith("без оплат: Ким")  # Orlov is ill, and has no plan of the day
    assert need.name == "Нужно сегодня"
    # (2 200 000 − 90 000) ÷ 7 working days left
    assert need.tooltip.replace("\u202f", " ").startswith("301 428,58 ₽ в день")
    assert month.name == "Октябрь, к дате"
    assert chance.note == "Слишком мало истории, чтобы судить."


def test_the_need_of_today_says_what_has_come_already(show, full, ws, qtbot):
    page = show()
    facts.enter(ws, TODAY, [Entry(full["Ким Дарья"], "receipts", 60_000 * ROUBLES)])
    qtbot.waitUntil(lambda: page.numbers.cards[1].view.aside.startswith("уже 60"))
    assert page.numbers.cards[1].view.share == pytest.approx(60_000 / 301_428.58, abs=1e-6)


def test_a_kept_promise_and_a_done_task_are_ticked_by_space_and_taken_back(
    qtbot, show, full, ws, window
):
    page = show()
    assert texts(page) == [
        "Иванова: Список договоров", "Иванова: Позвонить в «Восток»", "Утвердить план ноября",
    ]  # fmt: skip
    assert page.due.chip.text == "! 1 просрочено"
    first = page.due.list.rows[0]
    assert (first.view.chip, first.view.state) == ("! вчера", State.BAD)
    first.setFocus()
    qtbot.keyClick(first, DOWN)
    second = page.due.list.rows[1]
    assert second.hasFocus()
    qtbot.keyClick(second, SPACE)
    qtbot.waitUntil(lambda: len(texts(page)) == 2)
    with ws.read() as connection:
        kept = [one.verdict for one in promises.lines(connection, TODAY)]
    assert kept.count(Verdict.KEPT) == 1
    task = page.due.list.rows[1]
    assert task.hasFocus()  # the place in the list is kept
    qtbot.keyClick(task, SPACE)
    qtbot.waitUntil(lambda: len(texts(page)) == 1)
    window.registry.run("app.undo")
    qtbot.waitUntil(lambda: "Утвердить план ноября" in texts(page))
    with ws.read() as connection:
        assert [one.title for one in tasks.tasks(connection, TODAY)] == ["Утвердить план ноября"]


def test_the_coordination_begins_from_here(show, full, ws, navigated, window):
    page = show()
    row = page.agenda.list.rows[0]
    assert (row.view.lead, row.view.text) == ("9:00", "Ежедневная координация")
    assert row.button is not None
    window.registry.run("today.begin")
    with ws.read() as connection:
        line = meetings.on_day(connection, TODAY)[0]
    assert (line.state, line.number) == ("running", 1)
    assert navigated[-1] == ("meeting", {"meeting": line.id})


def test_a_running_meeting_is_gone_on_with(qtbot, show, full, ws, navigated, window):
    page = show()
    window.registry.run("today.begin")
    qtbot.waitUntil(lambda: page.agenda.list.rows[0].view.chip == "идёт")
    assert page.agenda.list.rows[0].button.text() == "Продолжить"
    qtbot.keyClick(page.agenda.list.rows[0], ENTER)
    assert [where for where, _more in navigated] == ["meeting", "meeting"]
    with ws.read() as connection:
        assert len(meetings.on_day(connection, TODAY)) == 1


def test_without_a_planned_one_a_coordination_is_held_at_once(show, people, ws, window, navigated):
    show()
    window.registry.run("today.begin")
    with ws.read() as connection:
        held = meetings.on_day(connection, TODAY)
    assert [(one.kind, one.state) for one in held] == [("daily", "running")]
    assert navigated[-1][0] == "meeting"


def test_people_and_their_needs_lead_to_them(show, full, navigated):
    page = show()
    said = [view.text for view in page.people.list.views]
    assert said == ["Орлов Никита: больничный до 25.10", "Ким Дарья: день рождения завтра"]
    page.people.list.rows[1].opened.emit(page.people.list.rows[1].view.key)
    assert navigated[-1] == ("team", {"member": full["Ким Дарья"]})
    rows = {row.key: row.cells[-1].text for row in page.needs.table.list_model.rows}
    assert rows[full["Орлов Никита"]] == "нет на месте"


def test_the_day_turns_over_night(qtbot, show, full, clock):
    page = show()
    clock[0] = TODAY.replace(day=23)
    page._clock.timeout.emit()
    qtbot.waitUntil(lambda: page.title == "Пятница, 23 октября")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("scale", [100, 150])
def test_nothing_is_cut_in_any_language_and_size(qtbot, show, full, theme, window, language, scale):
    set_language(language)
    theme.set_scale(scale)
    window.resize(1100, 680)
    page = show()
    labels = [one for one in page.due.findChildren(QLabel) if one.wordWrap() and one.isVisible()]
    assert len(labels) >= 5
    qtbot.waitUntil(lambda: all(one.height() >= one.heightForWidth(one.width()) for one in labels))
    inner = page.content
    assert inner.width() <= page.width()


def test_days_whose_facts_are_not_in_are_unknown_not_zero(show, full, clock):
    clock[0] = TODAY.replace(day=24)  # a Saturday: nothing was imported for Thursday and Friday
    page = show()
    card = page.numbers.cards[0].view
    assert card.value == "\u2014"
    assert card.note == "Фактов за этот день ещё нет."
    rows = {row.key: row.cells for row in page.needs.table.list_model.rows}
    assert rows[full["Иванова Мария"]][1].text == "\u2014"
    assert page._chip.text == "выходной"


def test_the_days_of_a_long_weekend_are_named(show, full, clock, ws):
    facts.enter(ws, TODAY.replace(day=23), [Entry(full["Ким Дарья"], "receipts", 10_000 * ROUBLES)])
    clock[0] = TODAY.replace(day=26)
    page = show()
    card = page.numbers.cards[0].view
    assert card.name == "Пт 23.10 – вс 25.10, поступления"
    assert "10" in card.value
