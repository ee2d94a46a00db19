"""Reports to the director: words, requests and answers, and the page made of them."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from ropdesk.domain.director import ReportKind, RequestState
from ropdesk.domain.errors import DomainError
from ropdesk.i18n import set_language
from ropdesk.services import director, director_paper, history, week, week_series
from ropdesk.services.week import NewAction, Occurrence
from ropdesk.services.week_series import Repeat
from ropdesk.store.workspace import Workspace
from tests.services import reporting

TODAY = date(2026, 9, 17)
WEEK, MONTH = ReportKind.WEEK, ReportKind.MONTH
ISSUED = datetime(2026, 9, 18, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _russian():
    set_language("ru")
    yield
    set_language("ru")


def text(pdf: bytes) -> list[str]:
    return [
        page.extract_text().replace("\u00a0", " ").replace("\u202f", " ")
        for page in PdfReader(BytesIO(pdf)).pages
    ]


def test_words_are_kept_by_week_and_month_and_can_be_taken_back(ws: Workspace) -> None:
    director.write(ws, WEEK, TODAY, result="Неделя ровная", reasons=" ")
    director.write(ws, MONTH, TODAY, result="Месяц идёт")
    kept = director.report(ws, WEEK, date(2026, 9, 14))
    assert (kept.start, kept.end) == (date(2026, 9, 14), date(2026, 9, 20))
    assert (kept.result, kept.reasons, kept.state) == ("Неделя ровная", "", "draft")
    assert director.report(ws, MONTH, TODAY).result == "Месяц идёт"
    assert director.report(ws, WEEK, date(2026, 9, 21)).result == ""
    history.undo(ws)
    assert director.report(ws, MONTH, TODAY).result == ""
    assert director.report(ws, WEEK, TODAY).result == "Неделя ровная"


def test_nothing_new_leaves_no_trace(ws: Workspace) -> None:
    director.write(ws, WEEK, TODAY, result="")
    assert director.reports(ws) == []
    director.write(ws, WEEK, TODAY, result="Есть")
    before = len(history.entries(ws))
    director.write(ws, WEEK, TODAY, result="Есть ")
    assert len(history.entries(ws)) == before


def test_a_sent_report_is_not_rewritten_until_it_is_opened(ws: Workspace) -> None:
    director.write(ws, WEEK, TODAY, result="Было")
    asked = director.add_request(ws, WEEK, TODAY, "Лицензия телефонии", date(2026, 9, 25))
    director.mark_sent(ws, WEEK, TODAY, TODAY)
    for change in (
        lambda: director.write(ws, WEEK, TODAY, result="Стало"),
        lambda: director.add_request(ws, WEEK, TODAY, "Ещё"),
        lambda: director.change_request(ws, asked, "Другое", None),
        lambda: director.remove_request(ws, asked),
        lambda: director.mark_sent(ws, WEEK, TODAY, TODAY),
    ):
        with pytest.raises(DomainError, match="has been sent"):
            change()
    assert director.report(ws, WEEK, TODAY).result == "Было"
    director.answer(ws, asked, RequestState.PROMISED, TODAY, "К пятнице", date(2026, 9, 18))
    director.take_back(ws, WEEK, TODAY)
    director.change_request(ws, asked, "Две лицензии", None)
    (request,) = director.report(ws, WEEK, TODAY).requests
    assert (request.text, request.needed_by, request.answer) == ("Две лицензии", None, "К пятнице")


def test_what_waits_follows_into_later_reports_until_it_is_done(ws: Workspace) -> None:
    asked = director.add_request(ws, WEEK, date(2026, 9, 7), "Ставка стажёра", date(2026, 9, 10))
    now = director.report(ws, WEEK, TODAY)
    assert [r.id for r in now.followed] == [asked]
    assert now.followed[0].overdue(TODAY)
    assert now.requests == ()
    director.answer(ws, asked, RequestState.PROMISED, date(2026, 9, 11), "", date(2026, 9, 30))
    (waiting,) = director.waiting(ws)
    assert not waiting.overdue(TODAY)
    director.answer(ws, asked, RequestState.DONE, TODAY)
    assert director.waiting(ws) == []
    assert director.report(ws, WEEK, TODAY).followed == ()
    (done,) = director.report(ws, WEEK, date(2026, 9, 7)).requests
    assert (done.done_on, done.answered_on, done.promised_for) == (
        TODAY, date(2026, 9, 11), date(2026, 9, 30),
    )  # fmt: skip
    director.answer(ws, asked, RequestState.OPEN, TODAY)
    (again,) = director.waiting(ws)
    assert (again.answered_on, again.promised_for, again.done_on) == (None, None, None)


def test_the_list_counts_what_waits(ws: Workspace) -> None:
    director.add_request(ws, MONTH, TODAY, "Бюджет")
    declined = director.add_request(ws, MONTH, TODAY, "Машина")
    director.answer(ws, declined, RequestState.DECLINED, TODAY, "Не в этом году")
    director.write(ws, WEEK, TODAY, result="Есть")
    lines = {
        (line.kind, line.start): (line.requests, line.waiting) for line in director.reports(ws)
    }
    assert lines == {(MONTH, date(2026, 9, 1)): (2, 1), (WEEK, date(2026, 9, 14)): (0, 0)}


@pytest.mark.parametrize("words", ["", "  \n "])
def test_a_request_needs_words(ws: Workspace, words: str) -> None:
    with pytest.raises(DomainError, match="needs words"):
        director.add_request(ws, WEEK, TODAY, words)
    assert director.reports(ws) == []


def test_a_request_that_is_gone_is_said_to_be(ws: Workspace) -> None:
    with pytest.raises(DomainError, match="gone"):
        director.answer(ws, 99, RequestState.DONE, TODAY)


def test_the_numbers_of_a_week_are_its_own_days(ws: Workspace) -> None:
    reporting.fill(ws)
    reporting.plan(ws)
    found = director_paper.numbers(ws, WEEK, TODAY, date(2026, 9, 30))
    lines = {line.code: line for line in found.department}
    # Of the two days with facts only 15.09 lies in the week.
    assert lines["receipts"].fact == sum(reporting.WON.values()) * 1_000_000
    assert lines["deals_won"].fact == 12
    assert {row.name: row.metrics["deals_won"].fact for row in found.members} == reporting.WON
    month = director_paper.numbers(ws, MONTH, TODAY, date(2026, 9, 30))
    assert {line.code: line.fact for line in month.department}["deals_won"] == 24


def test_a_time_taken_out_of_a_recurring_action_is_not_told(ws: Workspace) -> None:
    reporting.fill(ws)
    monday = date(2026, 9, 14)
    daily = NewAction(title="Планёрка", week=monday)
    series = week_series.add_series(ws, daily, Repeat((0, 1), monday))
    week.finish(ws, Occurrence(series, monday), monday, "Провели")
    week.remove(ws, Occurrence(series, date(2026, 9, 15)))
    told = director_paper.numbers(ws, WEEK, TODAY, TODAY).actions
    assert [(line.title, line.state) for line in told] == [("Планёрка", "Провели")]


def test_suggested_words_name_result_reasons_and_what_is_next(ws: Workspace) -> None:
    reporting.fill(ws)
    reporting.plan(ws)
    week.add(ws, [NewAction(title="Три разбора звонков", week=date(2026, 9, 28))])
    said = director_paper.suggest(ws, WEEK, TODAY, date(2026, 9, 18))
    assert "сделки (оплаты) 12 из" in said.result
    assert "поступления" in said.reasons
    assert "Три разбора звонков" in said.decisions


def test_the_page_has_the_words_the_requests_and_the_appendix(ws: Workspace) -> None:
    reporting.fill(ws)
    reporting.plan(ws)
    director.write(ws, WEEK, TODAY, result="Неделя ровная", decisions="Разбираем звонки")
    director.add_request(ws, WEEK, date(2026, 9, 7), "Старая просьба", date(2026, 9, 10))
    director.add_request(ws, WEEK, TODAY, "Новая просьба")
    week.add(ws, [NewAction(title="Пять звонков вместе", week=TODAY)])
    title, pdf = director_paper.pdf(ws, WEEK, TODAY, TODAY, ISSUED)
    assert title == "Отчёт директору за неделю, 14.09.2026–20.09.2026"
    first, *rest = text(pdf)
    for words in ("Неделя ровная", "Разбираем звонки", "Новая просьба", "Старая просьба",
                  "просрочено", "Соколова Анна", "Директор"):  # fmt: skip
        assert words in first, words
    appendix = "\n".join(rest)
    assert "Приложение" in appendix
    assert "Пять звонков вместе" in appendix
    assert "Иванова Мария" in appendix
    assert director_paper.pdf(ws, WEEK, TODAY, TODAY, ISSUED)[1] == pdf


def test_without_data_it_is_still_a_page_to_write_on(ws: Workspace) -> None:
    for kind in ReportKind:
        _title, pdf = director_paper.pdf(ws, kind, TODAY, TODAY, ISSUED)
        assert "Ничего не записано" in text(pdf)[0]
    said = director_paper.suggest(ws, WEEK, TODAY, TODAY)
    assert said.result == ""


def test_english_is_complete(ws: Workspace) -> None:
    reporting.fill(ws)
    set_language("en")
    director.add_request(ws, MONTH, TODAY, "Licence")
    _title, pdf = director_paper.pdf(ws, MONTH, TODAY, TODAY, ISSUED)
    cyrillic = {
        w for page in text(pdf) for w in page.split() if any("а" <= c.lower() <= "я" for c in w)
    }
    names = " ".join([*reporting.WON, reporting.HEAD, "ООО «Ветер» Отдел продаж", "₽"])
    assert not {w for w in cyrillic if w.strip("·,.«»") not in names}
