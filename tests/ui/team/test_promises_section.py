"""A member's promises in their card."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from ropdesk.domain.promises import Verdict
from ropdesk.i18n import set_language
from ropdesk.services import promises
from ropdesk.services.promises import NewPromise
from ropdesk.ui.page import Page
from tests.ui.conftest import TODAY

KIM = "Ким Дарья"


class Elsewhere(Page):
    """Stands for the meetings: remembers where it was told to go."""

    where: dict[str, object] | None = None

    def go_to(self, **where):
        self.where = where


@pytest.fixture(autouse=True)
def _russian():
    set_language("ru")
    yield
    set_language("ru")


def promise(ws, member, text="Отправить КП", due=TODAY, **values):
    said = NewPromise(text=text, given=due, due=due, first=due, member_id=member, **values)
    return promises.add(ws, said)


def texts(section):
    return [row.cells[0].text for row in section.table.list_model.rows]


def test_without_promises_it_says_so(page):
    section = page.members.card.promises
    assert section.share.text() == "За последние 3 мес. оценённых обещаний нет."
    assert not section.table.isVisible()
    assert not section.details.isVisible()


def test_the_share_is_told_with_its_sample_and_open_ones_are_listed(qtbot, page, people, ws):
    kim, section = people[KIM], page.members.card.promises
    for verdict in (Verdict.KEPT, Verdict.BROKEN):
        promises.judge(ws, promise(ws, kim), verdict, TODAY)
    promises.judge(ws, promise(ws, kim, due=date(2026, 7, 31)), Verdict.KEPT, TODAY)
    promise(ws, people["Иванова Мария"], "Чужое")
    promise(ws, kim, "Давнее", date(2026, 3, 2))
    today = promise(ws, kim, "50 звонков", metric="calls", amount=50)
    page.members.go_to_member(kim)
    qtbot.waitUntil(lambda: texts(section) == ["Давнее", "50 звонков"])
    assert section.share.text() == "Выполнено за 3 мес.: 1 из 2, мало данных"
    assert section.details.text() == "в срок 1, не выполнено 1"
    verdicts = [row.cells[2].text for row in section.table.list_model.rows]
    assert verdicts == ["ждёт вас", "сегодня"]
    promises.judge(ws, today, Verdict.KEPT, TODAY)
    qtbot.waitUntil(lambda: texts(section) == ["Давнее"])


def test_more_than_a_few_are_counted(qtbot, page, people, ws):
    kim, section = people[KIM], page.members.card.promises
    for number in range(9):
        promise(ws, kim, f"Дело {number}", TODAY + timedelta(number))
    page.members.go_to_member(kim)
    qtbot.waitUntil(lambda: len(texts(section)) == 6)
    assert section.more.text() == "ещё 3 открытых"


def test_it_leads_to_a_promise_and_to_all_of_them(qtbot, page, people, ws, window, live):
    kim, section = people[KIM], page.members.card.promises
    made = promise(ws, kim)
    page.members.go_to_member(kim)
    qtbot.waitUntil(lambda: texts(section) == ["Отправить КП"])
    window.register_page("meetings", lambda: Elsewhere(live, "Собрания"))
    section.table.setFocus()
    section.table.go_to_cell(made, "text")
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    assert window.page("meetings").where == {"view": "promises", "promise": made}
    window.show_page("team")
    section._open_all()
    assert window.page("meetings").where == {"view": "promises", "member": kim}
