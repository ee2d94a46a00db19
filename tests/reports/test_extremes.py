"""What people really type and import: enormous, negative, missing."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ropdesk import i18n
from ropdesk.domain.metrics import Kind, Unit
from ropdesk.reports.deviation import FactorRow
from ropdesk.reports.model import Factor, MetricLine, MonthPoint
from ropdesk.reports.monthly import monthly_report
from ropdesk.reports.plan_sheets import member_plan_sheets, plan_sheet
from tests.reports import samples
from tests.reports.test_monthly import MARGIN, pages, pieces


@pytest.fixture(autouse=True)
def _language():
    i18n.set_language("ru")
    yield
    i18n.set_language("ru")


LONG = "Очень подробное описание сделанного за месяц. " * 400
WORD = "Щ" * 3000


def inside(pdf):
    for page, x, y, text in pieces(pdf):
        assert MARGIN <= x <= 595.3 - MARGIN, (page, x, text)
        assert 30 <= y <= 842 - 36, (page, y, text)


@pytest.mark.parametrize("field", ["reasons", "done", "decisions"])
@pytest.mark.parametrize("text", [LONG, WORD])
def test_any_length_of_text_is_printed_whole(field, text):
    pdf = monthly_report(replace(samples.october(), **{field: text}))
    printed = "".join("".join(pages(pdf)).split())
    assert printed.count("Щ") == 3000 if text is WORD else printed.count("подробное") == 400
    inside(pdf)


def test_enormous_names_stay_in_their_places():
    head = replace(samples.HEAD, company=WORD, department=WORD, title="Отчёт", footer_note=WORD)
    people = tuple(replace(m, name=WORD, note=WORD) for m in samples.MEMBERS)
    lines = tuple(replace(line, name=WORD) for line in samples.DEPARTMENT)
    inside(monthly_report(replace(samples.october(), head=head, members=people)))
    inside(monthly_report(replace(samples.october(), department=lines, headline=lines[:3])))
    inside(plan_sheet(replace(samples.plan_sheet(), head=head, signers=(WORD,) * 5)))
    inside(member_plan_sheets([samples.member_sheet(WORD)]))


def test_sums_of_trillions_fit():
    huge = 9 * 10**17
    days = tuple(replace(day, values={"receipts": huge + 1}) for day in samples.plan_sheet().days)
    columns = (replace(samples.COLUMNS[0], total=huge * 31 + 31), *samples.COLUMNS[1:])
    pdf = plan_sheet(replace(samples.plan_sheet(), days=days, metrics=columns))
    assert "9 000 000 000 000 000,01" in "".join(pages(pdf))
    inside(pdf)


def test_negative_and_zero_months_are_shown_as_they_are():
    line = samples.money("receipts", -120, 1000)
    points = tuple(MonthPoint(date(2026, m, 1), -m * 100) for m in range(1, 10))
    report = replace(
        samples.october(),
        headline=(line,),
        department=(line,),
        dynamics=(replace(samples.dynamics()[0], points=points),),
        cumulative=replace(samples.cumulative(), fact=tuple(-n * 100_000 for n in range(31))),
    )
    texts = pages(monthly_report(report))
    assert "−0,12 из 1,00 млн ₽" in texts[0]
    assert "−12 % плана" in texts[0]


amounts = st.none() | st.integers(-(10**15), 10**15) | st.fractions(max_denominator=1000)
shares = st.none() | st.fractions(-10, 10, max_denominator=1000)


@given(
    st.sampled_from(Unit),
    st.sampled_from(Kind),
    st.lists(amounts, min_size=5, max_size=5),
    shares,
    shares,
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_numbers_make_a_document(unit, kind, numbers, completion, change):
    fact, plan, deviation, previous, year = numbers
    line = MetricLine(
        "x",
        "Показатель",
        unit,
        100,
        kind,
        fact,
        plan,
        plan,
        completion,
        deviation,
        previous,
        change,
        year,
        change,
    )
    people = tuple(replace(m, metrics={"x": line}) for m in samples.MEMBERS)
    report = replace(
        samples.october(),
        headline=(line,) * 4,
        department=(line,),
        members=people,
        member_metrics=("x",),
        deviation=None,
        forecast_accuracy=None,
    )
    pdf = monthly_report(report)
    inside(pdf)
    if fact is None:
        assert "Октябрь: данных нет" in pages(pdf)[0]


def test_a_share_of_the_plan_is_rounded_half_up():
    line = replace(samples.DEPARTMENT[0], completion=Fraction(995, 1000))
    assert "100 % плана" in pages(monthly_report(replace(samples.october(), headline=(line,))))[0]


def test_sixty_members_and_unknown_ones_fit_the_deviation():
    many = tuple(
        FactorRow(f"Константинопольский-Задунайский Апполинарий {n:02}", n * 1_000_00 - 30_000_00,
                  (n * 1_000_00, -20_000_00, -10_000_00), "сделки есть, а нет ни одного обращения")
        for n in range(60)
    )  # fmt: skip
    unknown = FactorRow("Без плана", None, None)
    none = Factor("Обращения", 0)
    full = samples.DEVIATION
    for deviation in (
        replace(full, rows=(*many, unknown)),
        replace(full, rows=()),
        replace(full, base=0, fact=0, factors=(none,) * 3),
        replace(full, factors=(Factor("Не разложено", -26_000_000),)),
    ):
        pdf = monthly_report(replace(samples.october(), deviation=deviation))
        inside(pdf)
