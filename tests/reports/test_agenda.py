"""The page taken along to a meeting: one page, whatever there is, and honest about the rest."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from ropdesk import i18n
from ropdesk.domain.metrics import Unit
from ropdesk.reports.agenda import agenda
from ropdesk.reports.agenda_model import AgendaLine, AgendaPaper, AgendaPoint, AgendaTable
from ropdesk.reports.model import DocumentHead
from ropdesk.reports.protocol_model import Figures, Measure, MonthSoFar, Pledge

DAY = date(2026, 10, 22)
AT = datetime(2026, 10, 22, 8, 55, tzinfo=UTC)
RUB = Measure("receipts", "Поступления", Unit.MONEY, 100)
LONG = "Константинопольская-Преображенская Александра"
POINTS = tuple(
    AgendaPoint(title, minutes, halved)
    for title, minutes, halved in (
        ("Факт за вчера", 4, False), ("Что повторить", 4, True), ("План на день", 4, False),
        ("Обучение", 3, False),
    )
)  # fmt: skip


@pytest.fixture(autouse=True)
def _russian() -> None:
    i18n.set_language("ru")


def line(name: str, thousands: int = 148) -> AgendaLine:
    part = thousands * 100_000
    return AgendaLine(Figures(name, part, 12_000_000, Fraction(part, 12_000_000), 13_000_000), 3, 4)


def pledge(number: int, **more: object) -> Pledge:
    given_by = ("Галиев Тимур", LONG, "Ким Дарья")[number % 3]
    return replace(
        Pledge(1, given_by, f"Обещание{number:03}", "", DAY, verdict="open", row=number),
        **more,  # type: ignore[arg-type]
    )


def made(
    members: int = 5, promises: int = 3, points: tuple[AgendaPoint, ...] = POINTS
) -> AgendaPaper:
    lines = tuple(line(f"Менеджер{number:03} Имя", 100 + number) for number in range(members))
    return AgendaPaper(
        head=DocumentHead("ООО «Ветер»", "Отдел продаж", "Повестка", "22.10.2026", AT, dated=False),
        title="Ежедневная координация", opening="22 октября 2026, четверг, 9:00, до 20 мин.",
        day=DAY, limit=20, points=points,
        table=AgendaTable(
            RUB, DAY - timedelta(1), DAY - timedelta(1), DAY, DAY, lines, line("Отдел", 999)
        ),
        month=MonthSoFar(date(2026, 10, 1), RUB, 842_000_000, 1_200_000_000, Fraction(97, 100)),
        promises=tuple(pledge(number) for number in range(promises)),
    )  # fmt: skip


def text(paper: AgendaPaper) -> str:
    [page] = PdfReader(io.BytesIO(agenda(paper))).pages
    return re.sub("[\u00a0\u202f]", " ", page.extract_text())


def numbers_in(found: str, word: str) -> set[int]:
    return {int(n) for n in re.findall(rf"{word}(\d{{3}})", found)}


def test_everything_stands_on_the_page() -> None:
    found = text(made())
    for said in (
        "ООО «Ветер»", "Повестка 22.10.2026", "Ежедневная координация", "97 % к дате",
        "Факт 21.10, т₽", "План 22.10", "Договорились", "1. Факт за вчера", "4. Обучение",
        "Повторить:", "Не повторять:", "Обещание000", "22.10", "3 из 4", "1 / 1",
    ):  # fmt: skip
        assert said in found, said
    assert numbers_in(found, "Менеджер") == set(range(5))
    assert "поместил" not in found


def test_the_same_page_gives_the_same_bytes() -> None:
    assert agenda(made()) == agenda(made())
    assert agenda(made()) != agenda(made(promises=4))


@pytest.mark.parametrize(
    ("members", "promises", "points"),
    [(0, 0, 0), (1, 1, 1), (16, 8, 6), (17, 9, 6), (60, 0, 6), (60, 40, 6), (8, 40, 6),
     (60, 40, 14), (200, 300, 60)],
)  # fmt: skip
def test_one_page_says_what_it_leaves_out(members: int, promises: int, points: int) -> None:
    named = tuple(AgendaPoint(f"Пункт{number:03}", 5) for number in range(points))
    found = text(made(members, promises, named))
    shown = {
        "Менеджер": (members, r"Ещё (\d+) менеджер"), "Обещание": (promises, r"Ещё (\d+) обещани"),
        "Пункт": (points, r"Ещё (\d+) пункт"),
    }  # fmt: skip
    for word, (count, rest) in shown.items():
        there = numbers_in(found, word)
        assert there == set(range(len(there))), "the first ones are shown"
        left = re.search(rest, found)
        assert count - len(there) == (int(left[1]) if left else 0), word


def test_sixty_members_fit_beside_ten_promises_and_six_points() -> None:
    named = tuple(AgendaPoint(f"Пункт{number:03}", 5) for number in range(6))
    found = text(made(60, 10, named))
    assert numbers_in(found, "Менеджер") == set(range(60))
    assert numbers_in(found, "Обещание") == set(range(10))


def test_a_crossed_box_is_explained_where_there_is_one() -> None:
    paper = made(promises=1)
    assert "перечёркнутые" not in text(paper)
    failed = replace(paper, promises=(pledge(0, verdict="broken"), pledge(1)))
    assert "перечёркнутые не выполнены" in text(failed)


def test_amounts_and_days_stay_whatever_the_words() -> None:
    long = pledge(
        1, text="Слово " * 40, measure=RUB, amount=18_000_000, due=DAY - timedelta(2), moves=1
    )
    found = text(replace(made(), promises=(long,) * 12))
    assert found.count("180 000 ₽") == 12
    assert found.count("20.10") == 12
    assert "А." in found, "the initial tells namesakes apart"


def test_nothing_known_is_still_a_page() -> None:
    bare = replace(made(points=()), table=None, month=None, promises=())
    found = text(bare)
    assert "В повестке пока нет пунктов." in found
    assert "Обещания" not in found


@given(title=st.text(max_size=400), name=st.text(max_size=200), said=st.text(max_size=400))
def test_any_text_stays_on_one_page(title: str, name: str, said: str) -> None:
    i18n.set_language("ru")
    paper = made(points=(AgendaPoint(title, 5), *POINTS))
    table = paper.table
    assert table is not None
    lines = (*table.members, replace(line(name), figures=Figures(name, away=said[:60])))
    paper = replace(
        paper, title=title, promises=(pledge(0, name=name, text=said, customer=name),),
        table=replace(table, members=lines),
    )  # fmt: skip
    assert len(PdfReader(io.BytesIO(agenda(paper))).pages) == 1
