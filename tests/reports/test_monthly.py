"""The monthly report as a reader gets it: text, pages, margins, equal bytes."""

import io
import re
import shutil
import subprocess
from dataclasses import replace
from fractions import Fraction

import pytest
from pypdf import PdfReader

from ropdesk import i18n
from ropdesk.reports.monthly import monthly_report
from tests.reports import samples

CASES = {
    "october": samples.october,
    "running": samples.running,
    "without plan": samples.without_plan,
    "empty": samples.empty,
    "sixty members": samples.crowd,
    "fifteen metrics": samples.many_metrics,
    "one metric": lambda: samples.many_metrics(1),
}
MARGIN = 38.0


@pytest.fixture(autouse=True)
def _language():
    i18n.set_language("ru")
    yield
    i18n.set_language("ru")


def pages(pdf):
    """Text of each page, every kind of space made plain."""
    reader = PdfReader(io.BytesIO(pdf))
    return [re.sub(r"[ \u00a0\u202f\u2009]+", " ", page.extract_text()) for page in reader.pages]


def pieces(pdf):
    """(page, x, y, text) of every piece of text."""
    found = []
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages):

        def visit(text, cm, tm, _font, _size, number=number):
            if text.strip():
                x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
                y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                found.append((number, x, y, text))

        page.extract_text(visitor_text=visit)
    return found


def test_the_summary_says_what_the_design_says():
    first = pages(monthly_report(samples.october()))[0]
    for text in (
        "ООО «Северный ветер»",
        "· отдел продаж",
        "Отчёт за октябрь 2026 · составлен 02.11.2026",
        "Октябрь: 11,74 из 12,00 млн ₽, 98 % плана",
        "−0,26 к плану · +4 % к сентябрю",
        "план 385 · −11",
        "план 18,7 % · −0,6 п. п.",
        "Прогноз на 15.10 был",
        "11,80 млн ₽",
        "ошибка 0,5 %",
        "Отклонение −260 т₽: обращения",
        "+96",
        "−391",
        "+35",
        "Поступления нарастающим итогом, млн ₽",
        "план 12,00",
        "факт 11,74",
        "По менеджерам",
        "Поступления, т₽",
        "11 740",
        "12 000",
        "Сделано",
        "Решения и ноябрь",
        "(минимум 10,50, максимум 13,50)",
        "Руководитель отдела продаж",
        "Директор",
        "RopDesk · данные CRM от 01.11.2026, правок вручную: 3",
        "1 / 5",
    ):
        assert text in re.sub(r"\s+", " ", first), text


def test_every_page_is_numbered_and_headed():
    texts = pages(monthly_report(samples.crowd()))
    assert len(texts) >= 8
    for number, text in enumerate(texts, 1):
        assert f"{number} / {len(texts)}" in text
        assert "ООО «Северный ветер»" in text


def test_long_tables_repeat_their_header_and_lose_nobody():
    texts = pages(monthly_report(samples.crowd()))
    table_pages = [t for t in texts[1:] if "Сотрудник Номер" in t and "Поступления, т₽\nПлан" in t]
    assert len(table_pages) >= 2
    together = "\n".join(texts[1:])
    for member in samples.crowd().members:
        if "Сотрудник" in member.name:
            assert f"{member.name}\n" in together


def test_a_large_department_shows_its_extremes_first():
    first = pages(monthly_report(samples.crowd()))[0]
    assert "лучшие и отстающие (все 60 — на следующих страницах)" in first
    assert "Сотрудник Номер 59" in first
    assert "Константинопольский-Задунайский" in first  # the last one, number 0
    assert "Сотрудник Номер 30" not in first


def test_a_month_without_plan_says_so_and_divides_by_nothing():
    texts = pages(monthly_report(samples.without_plan()))
    assert "Октябрь: 11,74 млн ₽, плана нет" in texts[0]
    assert "План на этот месяц не задан: показан только факт." in texts[0]
    assert "Выполнение" not in "\n".join(texts)
    assert not re.search(r"\b0 % плана", "\n".join(texts))


def test_an_empty_month_is_still_a_document():
    texts = pages(monthly_report(samples.empty()))
    assert "Октябрь: данных нет" in texts[0]
    assert "За этот месяц данных нет." in texts[1]


def test_a_running_month_measures_against_the_plan_to_date():
    texts = pages(monthly_report(samples.running()))
    assert "98 % к дате" in texts[0]
    assert "прогноз" in texts[0]
    assert "План на дату" in texts[1]
    assert "рабочих дней: 16 из 22" in texts[1]


def test_unknown_is_a_dash_never_zero():
    lines = tuple(
        replace(line, fact=None, completion=None, deviation=None) for line in samples.DEPARTMENT
    )
    report = replace(
        samples.october(),
        headline=lines[:3],
        department=lines,
        members=(),
        weeks=(),
        funnel=(),
        dynamics=(),
        deviation=None,
    )
    texts = pages(monthly_report(report))
    assert "Октябрь: данных нет" in texts[0]
    row = next(line for line in texts[1].split("\n") if line.startswith("Поступления, ₽"))
    after = texts[1].split(row)[1].split("\n")[1:3]
    assert after == ["—", "12 000 000"]


def test_english_is_complete():
    i18n.set_language("en")
    text = re.sub(r"\s+", " ", "\n".join(pages(monthly_report(samples.october()))))
    for part in (
        "October: 11.74 of 12.00 m ₽, 98 % of the plan",
        "Why",
        "By manager",
        "Decisions and November",
        "vs September",
        "Head of sales",
        "Funnel",
        "About the data",
        "issued 02/11/2026",
    ):
        assert part in text, part


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_nothing_leaves_the_margins(name, language):
    i18n.set_language(language)
    for page, x, y, text in pieces(monthly_report(CASES[name]())):
        assert MARGIN <= x <= 595.3 - MARGIN, (page, x, text)
        assert 30 <= y <= 842 - 36, (page, y, text)


@pytest.mark.parametrize("name", CASES)
def test_the_same_report_gives_the_same_bytes(name):
    assert monthly_report(CASES[name]()) == monthly_report(CASES[name]())


def test_properties_carry_title_author_language_and_the_date_of_issue():
    reader = PdfReader(io.BytesIO(monthly_report(samples.october())))
    assert reader.metadata.title == "Отчёт за октябрь 2026"
    assert reader.metadata.author == "ООО «Северный ветер»"
    assert reader.metadata["/CreationDate"] == "D:20261102101500+03'00'"
    assert reader.trailer["/Root"]["/Lang"] == "ru"


def test_characters_the_font_lacks_do_not_become_boxes():
    words = "Успех 🎉 и\tтаб, Ⅻ, ﬁ, <b>не разметка</b> & 2 < 3\nвторая строка, и\u0306од"
    report = replace(samples.october(), reasons=words)
    first = " ".join(pages(monthly_report(report))[0].split())
    assert "Успех ? и таб, XII, fi, <b>не разметка</b> & 2 < 3" in first
    assert "йод" in first


def test_every_font_is_embedded():
    for page in PdfReader(io.BytesIO(monthly_report(samples.october()))).pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]


def test_texts_too_long_for_the_summary_run_on():
    report = replace(samples.october(), reasons="Очень подробная причина. " * 200)
    texts = pages(monthly_report(report))
    assert sum(t.count("подробная") for t in texts) == 200


def test_rounding_is_half_up_and_the_exact_sum_is_printed():
    line = samples.money("receipts", 11740, 12000)
    line = replace(line, fact=1_174_000_050, completion=Fraction(985, 1000), deviation=-25_999_950)
    report = replace(samples.october(), headline=(line,), department=(line,))
    texts = pages(monthly_report(report))
    assert "99 % плана" in texts[0]
    assert "11 740 000,50" in texts[1]
    assert "−259 999,50" in texts[1]


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm is not installed")
def test_the_picture_is_not_blank(tmp_path):
    from PIL import Image, ImageStat

    path = tmp_path / "report.pdf"
    path.write_bytes(monthly_report(samples.october()))
    subprocess.run(["pdftoppm", "-r", "40", "-png", str(path), str(tmp_path / "p")], check=True)
    pictures = sorted(tmp_path.glob("*.png"))
    assert len(pictures) == 5
    for picture in pictures:
        with Image.open(picture) as image:
            assert ImageStat.Stat(image.convert("L")).stddev[0] > 10
