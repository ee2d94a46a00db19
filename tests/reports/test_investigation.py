"""An investigation on paper: always one page, everything in its place."""

from dataclasses import replace
from fractions import Fraction

import pytest

from ropdesk import i18n
from ropdesk.reports.investigation import investigation
from ropdesk.reports.investigation_model import (
    ActionRow,
    FindingRow,
    InvestigationPaper,
    NumberBox,
    Weeks,
)
from tests.reports import samples
from tests.reports.test_extremes import LONG, WORD, inside
from tests.reports.test_monthly import pages, pieces

PAPER = InvestigationPaper(
    head=replace(samples.HEAD, title="Разбор № 7"),
    question="Почему упала конверсия?",
    about="Конверсия · Ким Дарья · Октябрь 2026",
    pace="За рабочий день; в периоде 22 рабочих дня.",
    numbers=tuple(
        NumberBox(name, "17,9 %", "Октябрь 2026")
        for name in ("Факт", "План", "Период до", "Обычно", "Остальной отдел")
    ),
    sentence="−12,0 % к плану; ниже обычного",
    weeks=Weeks(
        (Fraction(1, 8), None, Fraction(1, 6), Fraction(1, 5)), "01.09", "22.10", (2, 3),
        Fraction(1, 5), "20,0 %",
    ),
    deals=("Выиграно 31, до этого 22", "Потеряно 199, до этого 151"),
    reasons=("Дорого: 59 (59)", "Нет бюджета: 25 (14)"),
    events=("07.10–09.10.2026: Ким Дарья: больничный",),
    findings=(FindingRow("Звонит в день отправки КП", True, "Иванова Мария", "сразу", True),),
    notes="Послушать пять звонков",
    cause="Поздно перезваниваем",
    decision="Звонить в день отправки",
    actions=(ActionRow("Послушать звонки", "РОП", "19.10–25.10", "запланировано"),),
    measured=(NumberBox("Было", "12,4 %"), NumberBox("Стало", "17,9 %")),
    outcome="Числа стали лучше.",
)  # fmt: skip
EMPTY = replace(
    PAPER, numbers=(), weeks=None, deals=(), reasons=(), events=(), findings=(), notes="",
    cause="", decision="", actions=(), measured=(), outcome="", pace="",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _language():
    i18n.set_language("ru")
    yield
    i18n.set_language("ru")


def test_everything_is_said_once_on_one_page():
    (page,) = pages(investigation(PAPER))
    for words in (
        "Почему упала конверсия?", "Остальной отдел", "ниже обычного", "Дорого: 59 (59)",
        "больничный", "Звонит в день отправки КП", "Послушать пять звонков",
        "Поздно перезваниваем", "Послушать звонки", "Числа стали лучше.",
    ):  # fmt: skip
        assert page.count(words) == 1, words


def test_the_same_paper_gives_the_same_bytes():
    assert investigation(PAPER) == investigation(PAPER)


def test_what_is_not_known_leaves_no_empty_headings():
    (page,) = pages(investigation(EMPTY))
    for words in ("Причина", "Решение", "Действия", "Повторный замер", "Удачные"):
        assert words not in page
    inside(investigation(EMPTY))


@pytest.mark.parametrize("text", [LONG, WORD])
def test_any_length_of_text_stays_on_one_page(text):
    paper = replace(
        PAPER, question=text, cause=text, decision=text, notes=text, outcome=text,
        findings=tuple(FindingRow(text, n % 2 > 0, text, text, False) for n in range(30)),
        actions=tuple(ActionRow(text, text, "19.10", "сделано 20.10") for _n in range(30)),
        events=(text,) * 30, reasons=(text,) * 30,
    )  # fmt: skip
    pdf = investigation(paper)
    (page,) = pages(pdf)
    assert page.count("и ещё 2") == 4
    inside(pdf)


@pytest.mark.parametrize(
    ("values", "known"),
    [((), False), ((None, None), False), ((Fraction(0), Fraction(0)), True)],
)
def test_a_flat_or_unknown_line_is_drawn(values, known):
    weeks = Weeks(values, "05.05", "06.06", (0, 0), None, "7,7 %")
    pdf = investigation(replace(PAPER, weeks=weeks))
    inside(pdf)
    where = {text.strip(): (x, y) for _page, x, y, text in pieces(pdf)}
    (left, below), (right, level), (end, above) = (
        where[text] for text in (weeks.first, weeks.last, weeks.end)
    )
    assert below == level < above < below + 12  # on the axis: nothing rises
    assert left < right
    assert end > right if known else end < left + 12  # where the line ends, or would begin
