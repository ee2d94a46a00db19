"""Fonts, values, tables and charts by themselves."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk import i18n
from ropdesk.domain.metrics import Unit
from ropdesk.reports import fonts, values
from ropdesk.reports.bars import dynamics_chart, funnel_chart, member_bars
from ropdesk.reports.charts import cumulative_chart, spread, ticks
from ropdesk.reports.model import Cumulative
from ropdesk.reports.tables import Column, Grid, Row, tables
from ropdesk.reports.text import elide
from tests.reports import samples


@pytest.mark.parametrize("font", [fonts.FIGURES, fonts.FIGURES_BOLD])
def test_digits_of_tables_are_equally_wide(font):
    assert len({fonts.width(digit, font, 100) for digit in "0123456789"}) == 1


def test_the_font_has_every_sign_of_the_paper():
    signs = "₽−×÷«»№·–—…→±≤≥\u202f\u00a0\u2009ё+%"
    assert fonts.safe(signs) == signs


def test_characters_it_lacks_have_stand_ins():
    assert fonts.safe("a\u2015b\u2007c") == "a—b\u00a0c"
    assert fonts.safe("и\u0306\u200b\u00ad") == "й"
    assert fonts.safe("日") == "?"


@given(st.text())
def test_safe_text_has_nothing_left_to_replace(text):
    once = fonts.safe(text)
    assert fonts.safe(once) == once


@pytest.mark.parametrize(
    ("unit", "scale", "amounts", "exact", "shown", "heading"),
    [
        (Unit.MONEY, 100, [1_174_000_000], False, "11\u202f740", "X, т₽"),
        (Unit.MONEY, 100, [3_548_000], False, "35,5", "X, т₽"),
        (Unit.MONEY, 100, [950_000], False, "9\u202f500", "X, ₽"),
        (Unit.MONEY, 100, [123_456_789], True, "1\u202f234\u202f567,89", "X, ₽"),
        (Unit.SHARE, 10_000, [1813], False, "18,1", "X, %"),
        (Unit.SHARE, 10_000, [Fraction(1, 3)], False, "33,3", "X, %"),
        (Unit.SECONDS, 1, [712_800], False, "198", "X, ч"),
        (Unit.SECONDS, 1, [95], False, "95", "X, с"),
        (Unit.COUNT, 1, [2071], False, "2\u202f071", "X"),
        (Unit.COUNT, 1, [None], False, "—", "X"),
    ],
)
def test_a_column_chooses_its_unit(unit, scale, amounts, exact, shown, heading):
    i18n.set_language("ru")
    look = values.style_for(unit, scale, amounts, exact=exact)
    assert look.text(amounts[0], scale) == shown
    assert look.heading("X") == heading


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 4))
def test_rounding_is_within_half_of_the_last_place(value, places):
    assert abs(Fraction(values.rounded(value, places)) - value) <= Fraction(1, 2 * 10**places)


@given(st.lists(st.floats(0, 100), max_size=8))
def test_labels_never_overlap(wanted):
    placed = sorted(spread(wanted, 10, 0, 100))
    assert all(b - a >= 10 - 1e-9 for a, b in pairwise(placed))


@given(st.floats(1e-6, 1e12))
def test_ticks_cover_the_largest_value(top):
    marks = ticks(top)
    assert marks[0] == 0
    assert marks[-1] >= top * (1 - 1e-6)
    assert 2 <= len(marks) <= 8


def test_columns_that_do_not_fit_go_to_another_table():
    columns = [Column(f"Показатель {i}") for i in range(15)]
    grid = Grid("Менеджер", columns, [Row("Иванова", ["1 000 000"] * 15)])
    made = [f for f in tables(grid) if hasattr(f, "repeatRows")]
    assert len(made) >= 2
    for table in made:
        assert table.repeatRows == 1
        assert sum(table._colWidths) <= 518


def test_a_plan_stays_with_its_fact():
    columns = [Column("Факт"), Column("План", tied=True), Column("%", tied=True)] * 6
    grid = Grid("Менеджер", columns, [Row("Иванова", ["1 000 000"] * 18)])
    made = [f for f in tables(grid) if hasattr(f, "repeatRows")]
    assert len(made) >= 2
    for table in made:
        assert (len(table._colWidths) - 1) % 3 == 0


def test_elide_fits():
    text = elide("Ф" * 200, fonts.REGULAR, 8, 100)
    assert text.endswith("…")
    assert fonts.width(text, fonts.REGULAR, 8) <= 100


def test_charts_without_figures_are_left_out():
    days = (date(2026, 10, 1), date(2026, 10, 2))
    assert cumulative_chart(Cumulative("x", Unit.COUNT, 1, days, (None, None))) is None
    assert cumulative_chart(Cumulative("x", Unit.COUNT, 1, (), ())) is None
    assert member_bars([], "receipts") == []
    assert funnel_chart(samples.FUNNEL) is not None
    assert all(dynamics_chart(d) is not None for d in samples.dynamics())
